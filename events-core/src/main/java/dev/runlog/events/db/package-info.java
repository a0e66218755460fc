/**
 * The store below the tables: connections, migrations, one writer. Start at {@link
 * dev.runlog.events.db.Database}.
 */
@NullMarked
package dev.runlog.events.db;

import org.jspecify.annotations.NullMarked;
