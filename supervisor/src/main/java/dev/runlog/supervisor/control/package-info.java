/**
 * What people ask of a running supervisor. Start at {@link
 * dev.runlog.supervisor.control.Obedience}.
 */
@NullMarked
package dev.runlog.supervisor.control;

import org.jspecify.annotations.NullMarked;
