package dev.runlog.llm.simulator;

/** What goes back over HTTP. */
record Reply(int status, String contentType, String body) {

  static Reply json(int status, String body) {
    return new Reply(status, "application/json", body);
  }

  /** Server-sent events. */
  static Reply stream(String events) {
    return new Reply(200, "text/event-stream; charset=utf-8", events);
  }

  /** A page as proxies send it in place of an answer. */
  static Reply garbage() {
    return new Reply(200, "text/html", "<html><body>502 Bad Gateway (simulated)</body></html>");
  }
}
