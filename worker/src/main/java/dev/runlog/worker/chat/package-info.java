/** The built-in kind of task. Start at {@link dev.runlog.worker.chat.ChatHandler}. */
@NullMarked
package dev.runlog.worker.chat;

import org.jspecify.annotations.NullMarked;
