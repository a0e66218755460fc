/** The whole path on sample prompts. Start at {@link dev.runlog.supervisor.demo.Demo}. */
@NullMarked
package dev.runlog.supervisor.demo;

import org.jspecify.annotations.NullMarked;
