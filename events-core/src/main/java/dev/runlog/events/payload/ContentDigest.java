package dev.runlog.events.payload;

/**
 * The content of one message of a request, without its text: enough to see that two calls were sent
 * the same.
 *
 * @param role who speaks: system, developer, user, assistant, tool
 * @param chars characters of the content in the API's own form
 * @param sha256 first 16 hexadecimal digits of the SHA-256 of the content in the API's own form
 */
public record ContentDigest(String role, long chars, String sha256) {}
