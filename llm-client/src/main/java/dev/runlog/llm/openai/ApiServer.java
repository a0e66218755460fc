package dev.runlog.llm.openai;

import java.util.Optional;
import java.util.Set;
import okhttp3.HttpUrl;
import okhttp3.Request;

/**
 * A server and how it is addressed. The key never shows in {@link #toString()}.
 *
 * @param baseUrl the URL above the endpoints, such as {@code https://api.openai.com/v1}
 * @param apiKey the credential, where the server wants one
 * @param azure present for Azure's service
 */
public record ApiServer(String baseUrl, Optional<String> apiKey, Optional<AzureApi> azure) {

  private static final Set<String> OF_A_DEPLOYMENT = Set.of("/chat/completions", "/embeddings");

  /**
   * A request to an endpoint, without its method and body.
   *
   * @param path below the base URL, with a leading slash
   * @param model that the request names, empty when none
   */
  Request.Builder request(String path, String model) {
    Request.Builder request =
        new Request.Builder().url(url(path, model)).header("User-Agent", "runlog");
    apiKey.ifPresent(key -> authorize(request, key));
    return request;
  }

  @Override
  public String toString() {
    return "ApiServer[baseUrl="
        + baseUrl
        + ", apiKey="
        + (apiKey.isPresent() ? "[redacted]" : "none")
        + ", azure="
        + azure
        + "]";
  }

  private void authorize(Request.Builder request, String key) {
    if (azure.isPresent()) {
      request.header("api-key", key);
    } else {
      request.header("Authorization", "Bearer " + key);
    }
  }

  private HttpUrl url(String path, String model) {
    HttpUrl.Builder url = HttpUrl.get(baseUrl).newBuilder();
    if (azure.filter(AzureApi::deploymentPaths).isPresent() && OF_A_DEPLOYMENT.contains(path)) {
      url.addPathSegment("deployments").addPathSegment(model);
    }
    url.addPathSegments(path.substring(1));
    azure.flatMap(AzureApi::version).ifPresent(of -> url.addQueryParameter("api-version", of));
    return url.build();
  }
}
