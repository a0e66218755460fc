package dev.runlog.supervisor.revision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runlog.events.tasks.Probe;
import dev.runlog.events.work.HeldTask;
import dev.runlog.events.work.TaskSample;
import dev.runlog.events.work.Work;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CanaryJudgeTest {

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "the same,                     0, 20, 0, 100, 50,    0, 20, 0, 100, 50,   ''",
    "one crash is forgiven,        1, 20, 0, 100, 50,    0, 20, 0, 100, 50,   ''",
    "two crashes are not,          2, 20, 0, 100, 50,    0, 20, 0, 100, 50,   '2 crashes in 20'",
    "unless the old crashes too,   2, 20, 0, 100, 50,    2, 20, 0, 100, 50,   ''",
    "one failure is forgiven,      0, 8,  1, 100, 50,    0, 20, 0, 100, 50,   ''",
    "a fifth failed is not,        0, 20, 4, 100, 50,    0, 20, 0, 100, 50,   '4 of 20 tasks failed'",
    "unless the old fails as much, 0, 20, 4, 100, 50,    0, 20, 4, 100, 50,   ''",
    "twice as slow is forgiven,    0, 20, 0, 200, 50,    0, 20, 0, 100, 50,   ''",
    "ten times is not,             0, 20, 0, 1000, 50,   0, 20, 0, 100, 50,   'p95 of 1000 ms'",
    "nor against few tasks,        0, 20, 0, 1000, 50,   0, 4,  0, 100, 50,   ''",
    "twice the tokens,             0, 20, 0, 100, 1000,  0, 20, 0, 100, 500,  '1000 tokens a task'",
    "half the tokens,              0, 20, 0, 100, 250,   0, 20, 0, 100, 500,  ''",
  })
  void judges(
      String name,
      int crashes,
      int tasks,
      int failed,
      long millis,
      long tokens,
      int oldCrashes,
      int oldTasks,
      int oldFailed,
      long oldMillis,
      long oldTokens,
      String why) {
    Optional<String> verdict =
        CanaryJudge.judge(
            work(crashes, tasks, failed, millis, tokens),
            work(oldCrashes, oldTasks, oldFailed, oldMillis, oldTokens));
    assertThat(verdict.orElse("")).as(name).startsWith(why);
    assertThat(verdict.isPresent()).isEqualTo(!why.isEmpty());
  }

  @Test
  void forgivesTheSlowFirstTasksOfAJvm() {
    Work previous = work(0, 8, 0, 5, 50);
    assertThat(CanaryJudge.judge(withSlow(1, 2, 3, 4), previous)).isEmpty();
    assertThat(CanaryJudge.judge(withSlow(8), previous)).isEmpty();
    assertThat(CanaryJudge.judge(withSlow(7, 8), previous)).isPresent();
    assertThat(CanaryJudge.judge(withSlow(1, 2, 3, 4, 5), previous)).isPresent();
  }

  /** Eight tasks of one process, some of them slow. */
  private static Work withSlow(Integer... slow) {
    Set<Integer> slowOnes = Set.of(slow);
    return new Work(
        1,
        0,
        IntStream.rangeClosed(1, 8)
            .mapToObj(number -> sample(number, false, slowOnes.contains(number) ? 900 : 5, 50))
            .toList());
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "a task that does not end,            0, 100_000, 20, 0,      true",
    "as long as twice the longest,        0, 10_200,  20, 0,      false",
    "a little longer,                     0, 10_201,  20, 0,      true",
    "one of many,                         5, 100_000, 20, 0,      false",
    "while the previous build hangs too,  0, 100_000, 20, 90_000, false",
    "beside a previous one of few tasks,  0, 100_000, 4,  0,      false",
  })
  void judgesTasksThatDoNotEnd(
      String name, int tasks, long held, int oldTasks, long oldHeld, boolean isWorse) {
    Optional<String> verdict =
        CanaryJudge.judge(
            holding(work(0, tasks, 0, 100, 50), held),
            holding(work(0, oldTasks, 0, 100, 50), oldHeld));
    assertThat(verdict.isPresent()).as(name).isEqualTo(isWorse);
    verdict.ifPresent(
        why -> assertThat(why).startsWith("a task of kind chat took or has taken " + held));
  }

  @Test
  void severalTasksThatDoNotEndAreTooManyOfAnyNumber() {
    Work fresh =
        new Work(
            2,
            0,
            work(0, 50, 0, 100, 50).samples(),
            List.of(new HeldTask("chat", 60_000), new HeldTask("chat", 70_000)));
    assertThat(CanaryJudge.judge(fresh, work(0, 20, 0, 100, 50)).orElse(""))
        .isEqualTo(
            "a task of kind chat took or has taken 70000 ms, none of the previous build more than 100 ms");
  }

  @Test
  void comparesEachKindOfTasksByItself() {
    Work previous = both(work(0, 90, 0, 100, 50), ofKind("index", work(0, 10, 0, 9_000, 50)));
    Work unlucky = both(work(0, 15, 0, 100, 50), ofKind("index", work(0, 5, 0, 9_000, 50)));
    assertThat(CanaryJudge.judge(unlucky, previous)).isEmpty();
    Work slow = both(work(0, 15, 0, 1_000, 50), ofKind("index", work(0, 5, 0, 9_000, 50)));
    assertThat(CanaryJudge.judge(slow, previous).orElse(""))
        .isEqualTo("p95 of 1000 ms a task of kind chat, with the previous build 100 ms");
  }

  @Test
  void aKindThatFailsIsSeenAmongManyOthers() {
    Work previous = both(work(0, 90, 0, 100, 50), ofKind("index", work(0, 10, 0, 100, 50)));
    Work fresh = both(work(0, 90, 0, 100, 50), ofKind("index", work(0, 3, 2, 100, 50)));
    assertThat(CanaryJudge.judge(fresh, previous).orElse(""))
        .startsWith("2 of 3 tasks of kind index failed");
  }

  private static Work both(Work one, Work other) {
    List<TaskSample> samples = new ArrayList<>(one.samples());
    samples.addAll(other.samples());
    return new Work(one.runs() + other.runs(), one.crashes() + other.crashes(), samples);
  }

  private static Work ofKind(String kind, Work work) {
    return new Work(
        work.runs(),
        work.crashes(),
        work.samples().stream()
            .map(
                sample ->
                    new TaskSample(
                        kind,
                        sample.number(),
                        sample.isFailed(),
                        sample.durationMillis(),
                        sample.tokens(),
                        sample.costUsd()))
            .toList());
  }

  @Test
  void probesDoNotHideThatTasksFail() {
    Work fresh = with(work(0, 5, 2, 100, 50), 15, 0);
    assertThat(CanaryJudge.judge(fresh, work(0, 20, 0, 100, 50)).orElse(""))
        .startsWith("2 of 5 tasks failed");
  }

  @Test
  void aBuildWhoseProbesFailCannotStay() {
    Work idle = work(0, 0, 0, 0, 0);
    assertThat(CanaryJudge.judge(with(idle, 20, 1), idle)).isEmpty();
    assertThat(CanaryJudge.judge(with(idle, 20, 2), idle)).contains("2 of 20 probes failed");
  }

  /** The same with probes, some of which failed. */
  static Work with(Work work, int probes, int failed) {
    List<TaskSample> samples = new ArrayList<>(work.samples());
    for (int i = 0; i < probes; i++) {
      samples.add(
          new TaskSample(
              Probe.kindFor("W00001"), samples.size() + 1, i < failed, 1, 0, Optional.empty()));
    }
    return new Work(work.runs(), work.crashes(), samples);
  }

  private static Work holding(Work work, long millis) {
    return new Work(
        work.runs(), work.crashes(), work.samples(), List.of(new HeldTask("chat", millis)));
  }

  static Work work(int crashes, int tasks, int failed, long millis, long tokens) {
    List<TaskSample> samples = new ArrayList<>();
    for (int i = 0; i < tasks; i++) {
      samples.add(sample(i + 1, i < failed, millis, tokens));
    }
    return new Work(1 + crashes, crashes, samples);
  }

  private static TaskSample sample(int number, boolean isFailed, long millis, long tokens) {
    return new TaskSample("chat", number, isFailed, millis, tokens, Optional.empty());
  }
}
