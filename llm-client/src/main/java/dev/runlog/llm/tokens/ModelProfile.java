package dev.runlog.llm.tokens;

import dev.runlog.llm.openai.Abbreviated;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What counting needs to know of a model.
 *
 * @param family the model without its provider, its date and its fine-tuning
 * @param encoding how its texts are cut into tokens
 * @param generation how its conversations are laid out
 * @param images what its images cost
 * @param doubt why a count cannot be exact, absent when nothing speaks against it
 */
record ModelProfile(
    String family,
    EncodingName encoding,
    Generation generation,
    ImagePrice images,
    Optional<String> doubt) {

  private record Rule(
      Pattern name, EncodingName encoding, Generation generation, ImagePrice images) {

    private static Rule cl100k(String name, ImagePrice images) {
      return new Rule(Pattern.compile(name), EncodingName.CL100K_BASE, Generation.CLASSIC, images);
    }

    private static Rule o200k(String name, Generation generation, ImagePrice images) {
      return new Rule(Pattern.compile(name), EncodingName.O200K_BASE, generation, images);
    }
  }

  private static final ImagePrice GPT_4O_TILES = new ImagePrice.Tiles(85, 170);

  /** The first rule that matches the start of the name. */
  private static final List<Rule> RULES =
      List.of(
          Rule.cl100k("gpt-3\\.5", GPT_4O_TILES),
          Rule.cl100k("text-embedding-", GPT_4O_TILES),
          Rule.cl100k("gpt-4(?![.o\\w])", GPT_4O_TILES),
          Rule.o200k("(chat)?gpt-4o-mini", Generation.CLASSIC, new ImagePrice.Tiles(2833, 5667)),
          Rule.o200k("(chat)?gpt-4o", Generation.CLASSIC, GPT_4O_TILES),
          Rule.o200k("gpt-4\\.1-mini", Generation.CLASSIC, new ImagePrice.Patches(1.62)),
          Rule.o200k("gpt-4\\.1-nano", Generation.CLASSIC, new ImagePrice.Patches(2.46)),
          Rule.o200k("gpt-4\\.[15](?!\\d)", Generation.CLASSIC, GPT_4O_TILES),
          Rule.o200k("o4-mini|codex-mini", Generation.O_SERIES, new ImagePrice.Patches(1.72)),
          Rule.o200k("o[134](?!\\w)", Generation.O_SERIES, new ImagePrice.Tiles(75, 150)),
          Rule.o200k("gpt-5-mini", Generation.GPT_5, new ImagePrice.Patches(1.2)),
          Rule.o200k("gpt-5-nano", Generation.GPT_5, new ImagePrice.Patches(1.5)),
          Rule.o200k("gpt-5(\\.[0-3])?(?![.\\w])", Generation.GPT_5, new ImagePrice.Tiles(70, 140)),
          Rule.o200k("gpt-5\\.\\d", Generation.GPT_5_4, new ImagePrice.Patches(1.2)));

  /** What nobody has measured yet is taken to be like the newest that somebody has. */
  private static final Pattern LATER = Pattern.compile("gpt-([6-9]|\\d\\d)(?![\\dA-Za-z])");

  /** Azure allows no dot in a name. */
  private static final String AZURE_GPT_35 = "gpt-35";

  private static final Pattern DATE = Pattern.compile("-(\\d{4}-\\d{2}-\\d{2}|\\d{4})(?=-|$)");

  /** The profile of a model by the name that a request gives it. */
  static ModelProfile of(String model) {
    String family = family(model);
    return RULES.stream()
        .filter(rule -> rule.name().matcher(family).lookingAt())
        .findFirst()
        .map(rule -> known(family, rule))
        .orElseGet(() -> unknown(model, family));
  }

  /** Whether the rules of the model are known. */
  boolean isKnown() {
    return doubt.isEmpty();
  }

  private static ModelProfile known(String family, Rule rule) {
    return new ModelProfile(
        family, rule.encoding(), rule.generation(), rule.images(), Optional.empty());
  }

  private static ModelProfile unknown(String model, String family) {
    boolean later = LATER.matcher(family).lookingAt();
    return new ModelProfile(
        family,
        EncodingName.O200K_BASE,
        later ? Generation.GPT_5_4 : Generation.CLASSIC,
        later ? new ImagePrice.Patches(1.2) : GPT_4O_TILES,
        Optional.of("model " + Abbreviated.of(model) + " is not known, counted with o200k_base"));
  }

  /** {@code openai/gpt-4o-2024-08-06} and {@code ft:gpt-4o:team::id} are {@code gpt-4o}. */
  private static String family(String model) {
    String name = model.strip().toLowerCase(Locale.ROOT);
    name = name.substring(name.lastIndexOf('/') + 1);
    if (name.startsWith("ft:")) {
      name = name.substring(3).replaceFirst(":.*", "");
    }
    if (name.startsWith(AZURE_GPT_35)) {
      name = "gpt-3.5" + name.substring(AZURE_GPT_35.length());
    }
    return DATE.matcher(name).replaceAll("");
  }

  /** gpt-3.5-turbo-0301 framed each message with one token more, on Azure too. */
  static int messageFraming(String model) {
    return model.endsWith("gpt-3.5-turbo-0301") || model.endsWith(AZURE_GPT_35 + "-turbo-0301")
        ? 5
        : 4;
  }
}
