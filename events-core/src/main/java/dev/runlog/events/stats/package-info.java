/**
 * What the calls to models cost, how long they took and how often they failed, added up from the
 * events. Start at {@link dev.runlog.events.stats.StatsQuery}.
 */
@NullMarked
package dev.runlog.events.stats;

import org.jspecify.annotations.NullMarked;
