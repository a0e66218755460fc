package dev.runlog.llm.openai;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * An answer, read to its end.
 *
 * @param status HTTP status
 * @param headers values by lower-case name, the last one where a name repeats
 * @param body the decoded text
 */
public record HttpAnswer(int status, Map<String, String> headers, String body) {

  public HttpAnswer {
    Map<String, String> lowerCase = new TreeMap<>();
    headers.forEach((name, value) -> lowerCase.put(name.toLowerCase(Locale.ROOT), value));
    headers = Map.copyOf(lowerCase);
  }

  /** The same with another body. */
  public HttpAnswer withBody(String other) {
    return new HttpAnswer(status, headers, other);
  }

  /** Value of a header by its lower-case name. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  /** The provider's id of the request: OpenAI's header, else Azure's. */
  public Optional<String> requestId() {
    return header("x-request-id").or(() -> header("apim-request-id"));
  }

  public boolean isSuccess() {
    return status >= 200 && status < 300;
  }
}
