/**
 * Kills, stops and starves real fleets and counts what is lost: nothing may be. Start at {@link
 * dev.runlog.benchmarks.torture.TortureMain}.
 */
@NullMarked
package dev.runlog.benchmarks.torture;

import org.jspecify.annotations.NullMarked;
