/**
 * Starts the executable jars as people do and watches what they write. Start at {@link
 * dev.runlog.it.kit.Fleet}.
 */
@NullMarked
package dev.runlog.it.kit;

import org.jspecify.annotations.NullMarked;
