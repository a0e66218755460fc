/**
 * Checks that what is in the tables fits together. Start at {@link
 * dev.runlog.events.verify.Verification}.
 */
@NullMarked
package dev.runlog.events.verify;

import org.jspecify.annotations.NullMarked;
