package dev.runlog.llm.simulator;

/** A request gets another reply than the answer that it asked for. */
final class RequestRefused extends Exception {

  private final transient Reply reply;

  RequestRefused(Reply reply) {
    super("HTTP " + reply.status());
    this.reply = reply;
  }

  RequestRefused(ApiError error) {
    this(Reply.json(error.status(), error.body()));
  }

  Reply reply() {
    return reply;
  }
}
