/** New builds of the worker, good and bad ones, in real processes. */
@NullMarked
package dev.runlog.it.revision;

import org.jspecify.annotations.NullMarked;
