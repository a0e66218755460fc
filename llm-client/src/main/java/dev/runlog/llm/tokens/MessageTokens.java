package dev.runlog.llm.tokens;

/**
 * What one message takes of the context.
 *
 * @param index its place in the request, from 0
 * @param role system, developer, user, assistant or tool
 * @param contentTokens its text, calls of functions included
 * @param imageTokens its images
 * @param framingTokens what the wire format adds around it
 */
public record MessageTokens(
    int index, String role, long contentTokens, long imageTokens, long framingTokens) {

  /** All of it. */
  public long totalTokens() {
    return contentTokens + imageTokens + framingTokens;
  }
}
