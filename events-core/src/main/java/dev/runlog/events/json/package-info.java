/** JSON as the tables hold it. Start at {@link dev.runlog.events.json.Json}. */
@NullMarked
package dev.runlog.events.json;

import org.jspecify.annotations.NullMarked;
