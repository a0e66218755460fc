package dev.runlog.process.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class SettingsReaderTest {

  @Test
  void readsWhatIsSetAndFallsBackToTheDefault() {
    SettingsReader reader = new SettingsReader(Map.of("RUNLOG_WORKERS", "4"));

    assertThat(reader.orDefault("RUNLOG_WORKERS", SettingParsers.integerBetween(0, 64), 2))
        .isEqualTo(4);
    assertThat(reader.orDefault("RUNLOG_LOGS", SettingParsers.path(), Path.of("logs")))
        .isEqualTo(Path.of("logs"));
    reader.check();
  }

  @Test
  void takesAnEmptyValueForNotSet() {
    SettingsReader reader = new SettingsReader(Map.of("RUNLOG_WORKERS", "", "RUNLOG_LOGS", "  "));

    assertThat(reader.optional("RUNLOG_WORKERS", SettingParsers.integerBetween(0, 64))).isEmpty();
    assertThat(reader.optional("RUNLOG_LOGS", SettingParsers.path())).isEmpty();
    reader.check();
  }

  @Test
  void tellsAllProblemsAtOnce() {
    SettingsReader reader =
        new SettingsReader(
            Map.of("RUNLOG_WORKERS", "many", "RUNLOG_DURABILITY", "fast", "RUNLOG_WORKRES", "2"));
    reader.optional("RUNLOG_WORKERS", SettingParsers.integerBetween(0, 64));
    reader.optional("RUNLOG_DURABILITY", SettingParsers.oneOf(Set.of("power", "process")));
    Supplier<String> key = reader.required("API_KEY", "to call the model", text -> text);

    assertThatThrownBy(reader::check)
        .isInstanceOfSatisfying(
            SettingsException.class,
            e ->
                assertThat(e.problems())
                    .containsExactly(
                        "RUNLOG_WORKERS: expected a whole number from 0 to 64, got 'many'",
                        "RUNLOG_DURABILITY: expected power or process, got 'fast'",
                        "API_KEY is not set; it is needed: to call the model",
                        "RUNLOG_WORKRES is not a setting; did you mean RUNLOG_WORKERS?"));
    assertThatThrownBy(key::get).isInstanceOf(SettingsException.class);
  }

  @Test
  void listsTheSettingsWhenNoneIsNear() {
    SettingsReader reader = new SettingsReader(Map.of("RUNLOG_COLOUR_SCHEME", "dark"));

    assertThatThrownBy(reader::check)
        .hasMessageStartingWith(
            "RUNLOG_COLOUR_SCHEME is not a setting; the settings are RUNLOG_CANARY_SECONDS, RUNLOG_CANARY_TASKS,");
  }

  @Test
  void knowsTheNamesThatAreRead() {
    SettingsReader reader = new SettingsReader(Map.of("RUNLOG_MY_OWN", "x"));
    reader.optional("RUNLOG_MY_OWN", text -> text);

    reader.check();
  }

  @Test
  void toleratesEveryKnownSettingAndForeignNames() {
    new SettingsReader(Map.of("RUNLOG_REQUIRE_ALL", "true", "PATH", "/bin", "RUNLOGX", "1"))
        .check();
  }

  @Test
  void handsOutARequiredValue() {
    SettingsReader reader = new SettingsReader(Map.of("API_KEY", "secret"));
    Supplier<String> key = reader.required("API_KEY", "to call the model", text -> text);

    reader.check();
    assertThat(key.get()).isEqualTo("secret");
  }

  @Test
  void refusesNumbersOutOfRangeAndPartsOfNumbers() {
    for (String text : List.of("65", "-1", "1.5", "1e3", "99999999999999999999", "٣")) {
      assertThatThrownBy(() -> SettingParsers.integerBetween(0, 64).apply(text))
          .hasMessage("expected a whole number from 0 to 64, got '" + text + "'");
    }
  }

  @Test
  void readsTrueAndFalseOnly() {
    assertThat(SettingParsers.trueOrFalse().apply("true")).isTrue();
    assertThat(SettingParsers.trueOrFalse().apply("false")).isFalse();
    assertThatThrownBy(() -> SettingParsers.trueOrFalse().apply("yes"))
        .hasMessage("expected false or true, got 'yes'");
  }

  @Test
  void acceptsOnlyInstanceNamesThatStayInTheirDirectory() {
    assertThat(InstanceName.require("supervisor-main")).isEqualTo("supervisor-main");
    for (String name : List.of("", "../x", "a/b", ".hidden", "with space", "x".repeat(101))) {
      assertThatThrownBy(() -> InstanceName.require(name))
          .hasMessageContaining("is not an instance name");
    }
  }

  @Test
  void givesEverySettingAMeaning() {
    assertThat(KnownSettings.meanings())
        .allSatisfy(
            (name, meaning) -> {
              assertThat(name).startsWith(KnownSettings.PREFIX);
              assertThat(meaning).isNotBlank().doesNotContain("\n");
            });
  }
}
