/** What happens inside a process, measured by JMH: counting a context, writing a payload. */
@NullMarked
package dev.runlog.benchmarks.micro;

import org.jspecify.annotations.NullMarked;
