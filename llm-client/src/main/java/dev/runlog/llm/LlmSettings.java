package dev.runlog.llm;

import dev.runlog.llm.openai.ApiServer;
import dev.runlog.llm.openai.AzureApi;
import dev.runlog.llm.openai.Patience;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import okhttp3.HttpUrl;

/**
 * Where models are called and how patiently. The key never shows in {@link #toString()}.
 *
 * @param baseUrl the URL above the endpoints, without a slash at its end; OpenAI's and most others
 *     end in {@code /v1}
 * @param apiKey sent as bearer token; absent for servers that want none
 * @param defaultModel model of requests that name none
 * @param timeouts how long a call waits
 * @param maxRetries how often a request is sent again at most
 * @param azure present for Azure's service
 * @param accounting what is written of calls
 */
public record LlmSettings(
    String baseUrl,
    Optional<String> apiKey,
    String defaultModel,
    CallTimeouts timeouts,
    int maxRetries,
    Optional<AzureApi> azure,
    Accounting accounting) {

  public static final String DEFAULT_BASE_URL = "https://api.openai.com/v1";
  public static final String DEFAULT_MODEL = "gpt-5-mini";

  private static final int DEFAULT_MAX_RETRIES = 2;

  /**
   * @throws InvalidLlmSettingsException naming all that is wrong at once
   */
  public LlmSettings {
    baseUrl = withoutTrailingSlash(baseUrl.strip());
    apiKey = apiKey.map(String::strip).filter(key -> !key.isEmpty());
    defaultModel = defaultModel.strip();
    List<String> problems = new ArrayList<>();
    checkBaseUrl(baseUrl, problems);
    apiKey.ifPresent(key -> checkApiKey(key, problems));
    check(!defaultModel.isEmpty(), "OPENAI_MODEL is empty; name a model", problems);
    check(isPositive(timeouts.connect()), "connect timeout must be above zero", problems);
    check(isPositive(timeouts.firstByte()), "first byte timeout must be above zero", problems);
    check(isPositive(timeouts.betweenBytes()), "timeout of bytes must be above zero", problems);
    check(isPositive(timeouts.total()), "total timeout must be above zero", problems);
    check(maxRetries >= 0, "max retries " + maxRetries + " must not be negative", problems);
    if (!problems.isEmpty()) {
      throw new InvalidLlmSettingsException(problems);
    }
  }

  /**
   * Settings from OPENAI_API_KEY, OPENAI_BASE_URL and OPENAI_MODEL; an empty value counts as none.
   * Without a base URL, AZURE_OPENAI_ENDPOINT names a resource of Azure's service, with
   * AZURE_OPENAI_API_KEY and OPENAI_API_VERSION as OpenAI's own clients read them; the models are
   * then deployments, and without a version the API under {@code /openai/v1} is used.
   * RUNLOG_PRICES, RUNLOG_CAPTURE and RUNLOG_REDACT say what is written of calls.
   *
   * @throws InvalidLlmSettingsException naming all that is wrong at once
   */
  public static LlmSettings ofEnvironment(Map<String, String> environment) {
    Accounting accounting = AccountingSettings.ofEnvironment(environment);
    return serverOfEnvironment(environment).withAccounting(accounting);
  }

  private static LlmSettings serverOfEnvironment(Map<String, String> environment) {
    Optional<String> azure = value(environment, "AZURE_OPENAI_ENDPOINT");
    if (azure.isPresent() && value(environment, "OPENAI_BASE_URL").isEmpty()) {
      return ofAzure(azure.get(), environment);
    }
    return of(
        value(environment, "OPENAI_BASE_URL").orElse(DEFAULT_BASE_URL),
        value(environment, "OPENAI_API_KEY"),
        value(environment, "OPENAI_MODEL").orElse(DEFAULT_MODEL));
  }

  /**
   * Settings with the time limits and retries of OpenAI's own clients.
   *
   * @throws InvalidLlmSettingsException naming all that is wrong at once
   */
  public static LlmSettings of(String baseUrl, Optional<String> apiKey, String defaultModel) {
    return new LlmSettings(
        baseUrl,
        apiKey,
        defaultModel,
        CallTimeouts.DEFAULT,
        DEFAULT_MAX_RETRIES,
        Optional.empty(),
        Accounting.ofDefaults());
  }

  /** The same with another limit for one call. */
  public LlmSettings withTotalTimeout(Duration timeout) {
    return withTimeouts(timeouts.withTotal(timeout));
  }

  /** The same with other limits. */
  public LlmSettings withTimeouts(CallTimeouts other) {
    return new LlmSettings(baseUrl, apiKey, defaultModel, other, maxRetries, azure, accounting);
  }

  /** The same for Azure's service. */
  public LlmSettings withAzure(AzureApi api) {
    return new LlmSettings(
        baseUrl, apiKey, defaultModel, timeouts, maxRetries, Optional.of(api), accounting);
  }

  /** The same with another limit of retries. */
  public LlmSettings withMaxRetries(int retries) {
    return new LlmSettings(baseUrl, apiKey, defaultModel, timeouts, retries, azure, accounting);
  }

  /** The same with other accounting. */
  public LlmSettings withAccounting(Accounting other) {
    return new LlmSettings(baseUrl, apiKey, defaultModel, timeouts, maxRetries, azure, other);
  }

  /** The server, as requests are addressed to it. */
  ApiServer server() {
    return new ApiServer(baseUrl, apiKey, azure);
  }

  /** How long one request waits. */
  Patience patience() {
    return new Patience(timeouts.firstByte(), timeouts.betweenBytes(), timeouts.total());
  }

  @Override
  public String toString() {
    return "LlmSettings[baseUrl="
        + baseUrl
        + ", apiKey="
        + (apiKey.isPresent() ? "[redacted]" : "none")
        + ", defaultModel="
        + defaultModel
        + ", timeouts="
        + timeouts
        + ", maxRetries="
        + maxRetries
        + ", azure="
        + azure
        + "]";
  }

  private static LlmSettings ofAzure(String endpoint, Map<String, String> environment) {
    Optional<String> version = value(environment, "OPENAI_API_VERSION");
    String base = withoutTrailingSlash(endpoint.strip()) + "/openai";
    return of(
            version.isPresent() ? base : base + "/v1",
            value(environment, "AZURE_OPENAI_API_KEY")
                .or(() -> value(environment, "OPENAI_API_KEY")),
            value(environment, "OPENAI_MODEL").orElse(DEFAULT_MODEL))
        .withAzure(new AzureApi(version, version.isPresent()));
  }

  private static Optional<String> value(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
  }

  private static void checkBaseUrl(String baseUrl, List<String> problems) {
    HttpUrl url = HttpUrl.parse(baseUrl);
    check(
        url != null,
        "OPENAI_BASE_URL is no http or https URL; use one such as " + DEFAULT_BASE_URL,
        problems);
    check(
        url == null || isPlain(url),
        "OPENAI_BASE_URL holds a user, a query or a fragment; leave them out",
        problems);
    check(
        !baseUrl.endsWith("/chat/completions") && !baseUrl.endsWith("/responses"),
        "OPENAI_BASE_URL names an endpoint; end it before, usually in /v1",
        problems);
  }

  private static boolean isPlain(HttpUrl url) {
    return url.encodedUsername().isEmpty()
        && url.encodedPassword().isEmpty()
        && url.encodedQuery() == null
        && url.encodedFragment() == null;
  }

  private static void checkApiKey(String key, List<String> problems) {
    check(
        key.chars().allMatch(c -> c > ' ' && c < 127),
        "OPENAI_API_KEY holds a blank or a character beyond ASCII; was it copied whole?",
        problems);
  }

  private static void check(boolean holds, String problem, List<String> problems) {
    if (!holds) {
      problems.add(problem);
    }
  }

  private static boolean isPositive(Duration duration) {
    return duration.compareTo(Duration.ZERO) > 0;
  }

  private static String withoutTrailingSlash(String url) {
    return url.replaceFirst("/+$", "");
  }
}
