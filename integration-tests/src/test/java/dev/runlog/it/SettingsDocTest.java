package dev.runlog.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runlog.process.ExitCode;
import dev.runlog.process.propagation.ChildEnvironment;
import dev.runlog.process.propagation.ParentRun;
import dev.runlog.process.settings.KnownSettings;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Compares {@code docs/settings.md} with the settings and exit codes in the code. */
class SettingsDocTest {

  private static final String PAGE = Docs.page("settings.md");
  private static final Pattern OWN_NAME = Pattern.compile("\\bRUNLOG_[A-Z_]+\\b");

  @Test
  void everySettingHasARow() {
    List<String> settings = new ArrayList<>(KnownSettings.meanings().keySet());
    settings.addAll(
        List.of(
            ParentRun.VARIABLE,
            ChildEnvironment.INSTANCE_ID,
            ChildEnvironment.TRACEPARENT,
            "OPENAI_API_KEY",
            "OPENAI_BASE_URL",
            "OPENAI_MODEL",
            "AZURE_OPENAI_ENDPOINT",
            "AZURE_OPENAI_API_KEY",
            "OPENAI_API_VERSION"));
    assertThat(Docs.rows(Docs.section(PAGE, "## Environment variables")))
        .extracting(row -> Docs.code(row.get(0)).get(0))
        .containsExactlyInAnyOrderElementsOf(settings);
  }

  @Test
  void noSettingIsMadeUp() {
    Stream<String> named = OWN_NAME.matcher(PAGE).results().map(MatchResult::group).distinct();
    assertThat(named).isSubsetOf(KnownSettings.meanings().keySet());
  }

  @Test
  void everyExitCodeHasARow() throws IllegalAccessException {
    Set<String> codes = new HashSet<>();
    for (Field field : ExitCode.class.getFields()) {
      if (Modifier.isStatic(field.getModifiers())) {
        codes.add(Integer.toString(field.getInt(null)));
      }
    }
    assertThat(Docs.rows(Docs.section(PAGE, "## Exit codes")))
        .extracting(row -> Docs.code(row.get(0)).get(0))
        .containsExactlyInAnyOrderElementsOf(codes);
  }
}
