/** Long-lived names. Start at {@link dev.runlog.events.instances.Instances}. */
@NullMarked
package dev.runlog.events.instances;

import org.jspecify.annotations.NullMarked;
