package dev.runlog.llm.openai;

import java.util.Optional;

/**
 * How Azure's service wants to be called: the key in a header of its own, the version of the API as
 * a query, and with the older API the deployment in the path.
 *
 * @param version value of {@code api-version}; the API under {@code /openai/v1} needs none
 * @param deploymentPaths whether chats and embeddings go to {@code /deployments/MODEL/…}; the model
 *     of a request is then the name of a deployment
 */
public record AzureApi(Optional<String> version, boolean deploymentPaths) {

  public AzureApi {
    version = version.map(String::strip).filter(text -> !text.isEmpty());
  }
}
