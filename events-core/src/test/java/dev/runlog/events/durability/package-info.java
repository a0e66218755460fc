/** Proves by force that what was acknowledged stays. */
@NullMarked
package dev.runlog.events.durability;

import org.jspecify.annotations.NullMarked;
