package dev.runlog.llm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AccountingFaultsTest {

  private final Told told = new Told();
  private final AccountingFaults faults = new AccountingFaults(told);

  @Test
  void warnsOfTheFirstFaultAlone() {
    for (int i = 0; i < 3; i++) {
      faults.kept(
          () -> {
            throw new IllegalStateException("the disk is full");
          });
    }
    assertThat(told.levels)
        .containsExactly(
            System.Logger.Level.WARNING, System.Logger.Level.DEBUG, System.Logger.Level.DEBUG);
    assertThat(told.messages.get(0))
        .contains("the disk is full", "the call goes on, its events are missing");
  }

  @Test
  void returnsWhatWorked() {
    assertThat(faults.kept(() -> 7)).contains(7);
    assertThat(told.levels).isEmpty();
  }

  private static final class Told implements System.Logger {

    private final List<Level> levels = new ArrayList<>();
    private final List<@Nullable String> messages = new ArrayList<>();

    @Override
    public String getName() {
      return "told";
    }

    @Override
    public boolean isLoggable(Level level) {
      return true;
    }

    @Override
    public void log(
        Level level,
        @Nullable ResourceBundle bundle,
        @Nullable String message,
        @Nullable Throwable thrown) {
      levels.add(level);
      messages.add(message);
    }

    @Override
    public void log(
        Level level,
        @Nullable ResourceBundle bundle,
        @Nullable String format,
        @Nullable Object... params) {
      levels.add(level);
      messages.add(format);
    }
  }
}
