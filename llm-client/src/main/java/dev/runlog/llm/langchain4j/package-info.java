/**
 * Accounts for the chats of LangChain4j. Its core is an optional dependency: whoever uses this
 * package has it already. Start at {@link dev.runlog.llm.langchain4j.AccountingListener}.
 */
@NullMarked
package dev.runlog.llm.langchain4j;

import org.jspecify.annotations.NullMarked;
