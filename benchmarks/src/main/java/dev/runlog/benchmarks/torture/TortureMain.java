package dev.runlog.benchmarks.torture;

import dev.runlog.process.ExitCode;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs one torture by its name, or all of them; exits with 1 when something did not hold. */
public final class TortureMain {

  private static final String SHORT = "--short";

  private TortureMain() {}

  public static void main(String[] args) throws Exception {
    List<String> names = new ArrayList<>(List.of(args));
    boolean isShort = names.remove(SHORT);
    Map<String, Torture> all = all();
    if (names.size() > 1 || !all.keySet().containsAll(names)) {
      System.err.println(
          "runlog: usage: ./runlog torture [" + String.join(" | ", all.keySet()) + "] [--short]");
      System.exit(ExitCode.USAGE);
    }
    all.keySet().removeIf(name -> !names.isEmpty() && !names.contains(name));
    System.exit(run(all, isShort, System.out).contains(Verdict.BROKEN) ? 1 : ExitCode.OK);
  }

  /**
   * Runs one by its name.
   *
   * @param isShort whether a small load is enough
   * @param out is told what was done and counted
   * @throws IllegalArgumentException when there is none of that name
   */
  public static Verdict judge(String name, boolean isShort, PrintStream out) throws Exception {
    Torture torture = all().get(name);
    if (torture == null) {
      throw new IllegalArgumentException("there is no torture " + name);
    }
    return run(Map.of(name, torture), isShort, out).get(0);
  }

  private static List<Verdict> run(Map<String, Torture> tortures, boolean isShort, PrintStream out)
      throws Exception {
    List<Verdict> verdicts = new ArrayList<>();
    for (Map.Entry<String, Torture> torture : tortures.entrySet()) {
      out.println(torture.getKey());
      long start = System.nanoTime();
      Verdict verdict = judge(torture.getValue(), isShort, out);
      Duration took = Duration.ofNanos(System.nanoTime() - start);
      out.printf("  %s, %d s%n", verdict.word(), took.toSeconds());
      verdicts.add(verdict);
    }
    return verdicts;
  }

  /** In the order in which people should read them. */
  private static Map<String, Torture> all() {
    Map<String, Torture> all = new LinkedHashMap<>();
    all.put("workers", new KilledWorkers());
    all.put("supervisor", new KilledSupervisors());
    all.put("frozen", new FrozenWorkers());
    all.put("children", new BadChildren());
    all.put("poison", new PoisonTasks());
    all.put("signals", new ManySignals());
    all.put("output", new MuchOutput());
    all.put("locked", new LockedDatabase());
    all.put("disk", new FullDisk());
    all.put("postgres", new StoppedPostgres());
    all.put("clock", new MovedClock());
    all.put("soak", new Soak());
    return all;
  }

  private static Verdict judge(Torture torture, boolean isShort, PrintStream out) throws Exception {
    try {
      torture.run(isShort, new Report(out));
      return Verdict.HELD;
    } catch (Missing e) {
      out.println("  " + e.getMessage());
      return Verdict.SKIPPED;
    } catch (BrokenPromise e) {
      out.println("  " + e.getMessage());
      return Verdict.BROKEN;
    }
  }
}
