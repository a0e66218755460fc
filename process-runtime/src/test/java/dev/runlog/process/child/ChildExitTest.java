package dev.runlog.process.child;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChildExitTest {

  @ParameterizedTest
  @CsvSource({
    "129, SIGHUP",
    "130, SIGINT",
    "134, SIGABRT",
    "137, SIGKILL",
    "139, SIGSEGV",
    "141, SIGPIPE",
    "143, SIGTERM",
    "159, SIGSYS"
  })
  void namesTheSignalOfAnExitCode(int exitCode, String signal) {
    assertThat(ChildExit.of(exitCode, Duration.ZERO, "").signal()).contains(signal);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 1, 70, 127, 128, 160, 255})
  void seesNoSignalInOtherExitCodes(int exitCode) {
    assertThat(ChildExit.of(exitCode, Duration.ZERO, "").signal()).isEmpty();
  }

  @Test
  void buildsTheCommandLineOfAJar() {
    JavaCommand command =
        new JavaCommand(Path.of("/jdk/bin/java"), List.of(), Path.of("w.jar"), List.of())
            .withJvmArgs("-Xmx64m")
            .withArgs("--db", "x.db");

    assertThat(command.toList())
        .containsExactly("/jdk/bin/java", "-Xmx64m", "-jar", "w.jar", "--db", "x.db");
  }

  @Test
  void usesTheJavaThatRunsThisProcess() {
    assertThat(JavaCommand.ofSameJava(Path.of("w.jar")).java()).isExecutable();
  }
}
