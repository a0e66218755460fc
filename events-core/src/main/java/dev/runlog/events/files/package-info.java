/** Directories that are made and removed whole; begin at {@link ScratchDirectory}. */
@NullMarked
package dev.runlog.events.files;

import org.jspecify.annotations.NullMarked;
