package dev.runlog.llm.langchain4j;

import dev.langchain4j.exception.HttpException;
import dev.langchain4j.model.chat.listener.ChatModelErrorContext;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.listener.ChatModelRequestContext;
import dev.langchain4j.model.chat.listener.ChatModelResponseContext;
import dev.runlog.events.log.EventAppender;
import dev.runlog.events.log.EventId;
import dev.runlog.llm.AccountedCall;
import dev.runlog.llm.Accounting;
import dev.runlog.llm.CallAccountant;
import dev.runlog.llm.FailureKind;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Accounts for the chats of any LangChain4j model that takes listeners, streaming ones included:
 * given to the model's builder, it logs {@code llm_call.started} with what fills the context and
 * the end of each chat. Thread-safe.
 *
 * <p>A listener sees what LangChain4j knows, not what goes over the wire: {@code attempts} is
 * always 1, {@code stream} false, and there is no time to first token. A chat with a model of
 * another provider is counted as OpenAI would count it, and said to be approximate.
 */
public final class AccountingListener implements ChatModelListener {

  private final CallAccountant accountant;
  private final Supplier<Optional<EventId>> parentEvent;

  /**
   * @param events where chats are logged; stays open
   * @param parentEvent the event in whose scope the calling thread works, asked for at each chat
   */
  public AccountingListener(
      EventAppender events, Accounting accounting, Supplier<Optional<EventId>> parentEvent) {
    this.accountant = new CallAccountant(events, accounting);
    this.parentEvent = parentEvent;
  }

  @Override
  public void onRequest(ChatModelRequestContext context) {
    AccountedCall call = accountant.chat(WireRequest.of(context.chatRequest()), parentEvent.get());
    context.attributes().put(this, call);
  }

  @Override
  public void onResponse(ChatModelResponseContext context) {
    end(context.attributes(), call -> call.completed(WireAnswer.of(context.chatResponse())));
  }

  @Override
  public void onError(ChatModelErrorContext context) {
    end(context.attributes(), call -> fail(call, context.error()));
  }

  private static void fail(AccountedCall call, Throwable error) {
    Optional<HttpException> refusal = Causes.find(error, HttpException.class);
    Optional<FailureKind> kind = Causes.kind(error);
    if (refusal.isPresent()) {
      call.refused(refusal.get().statusCode(), String.valueOf(refusal.get().getMessage()));
    } else if (kind.isPresent()) {
      call.failed(kind.get(), error);
    } else {
      call.failed(error);
    }
  }

  private void end(Map<Object, Object> attributes, Consumer<AccountedCall> end) {
    if (attributes.remove(this) instanceof AccountedCall call) {
      end.accept(call);
    }
  }
}
