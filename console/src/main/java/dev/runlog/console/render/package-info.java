/**
 * Values as text for people and as JSON for programs; nothing here reads or prints. Start at {@link
 * dev.runlog.console.render.Table}.
 */
@NullMarked
package dev.runlog.console.render;

import org.jspecify.annotations.NullMarked;
