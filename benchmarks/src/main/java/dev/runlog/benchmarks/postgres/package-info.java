/** The same log on PostgreSQL. Start at {@link dev.runlog.benchmarks.postgres.OnPostgres}. */
@NullMarked
package dev.runlog.benchmarks.postgres;

import org.jspecify.annotations.NullMarked;
