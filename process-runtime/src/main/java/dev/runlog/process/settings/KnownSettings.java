package dev.runlog.process.settings;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** The settings that Runlog's own executables read from the environment under its own prefix. */
public final class KnownSettings {

  /** What the name of every setting begins with; a name with it that nobody knows is an error. */
  public static final String PREFIX = "RUNLOG_";

  public static final String DB = "RUNLOG_DB";
  public static final String DURABILITY = "RUNLOG_DURABILITY";
  public static final String WORKERS = "RUNLOG_WORKERS";
  public static final String WORKER_JAR = "RUNLOG_WORKER_JAR";
  public static final String CONSOLE_JAR = "RUNLOG_CONSOLE_JAR";
  public static final String LOGS = "RUNLOG_LOGS";
  public static final String CANARY_TASKS = "RUNLOG_CANARY_TASKS";
  public static final String CANARY_SECONDS = "RUNLOG_CANARY_SECONDS";
  public static final String HEALTHY_SECONDS = "RUNLOG_HEALTHY_SECONDS";
  public static final String SOAK_SECONDS = "RUNLOG_SOAK_SECONDS";
  public static final String LIFELINE = "RUNLOG_LIFELINE";
  public static final String RUN_ID = "RUNLOG_RUN_ID";
  public static final String PRICES = "RUNLOG_PRICES";
  public static final String CAPTURE = "RUNLOG_CAPTURE";
  public static final String REDACT = "RUNLOG_REDACT";
  public static final String REQUIRE_ALL = "RUNLOG_REQUIRE_ALL";

  private static final Map<String, String> MEANINGS = meaningsInOrder();

  private KnownSettings() {}

  /** Each name with its meaning in one line, in the order in which people should read them. */
  public static Map<String, String> meanings() {
    return MEANINGS;
  }

  private static Map<String, String> meaningsInOrder() {
    Map<String, String> meanings = new LinkedHashMap<>();
    meanings.put(
        DB,
        "path of a SQLite file, or jdbc:postgresql://host/database; runlog.db in the working directory by default");
    meanings.put(
        DURABILITY,
        "what an acknowledged event survives: power (power loss, the default) or process (SIGKILL)");
    meanings.put(WORKERS, "how many workers the supervisor keeps running");
    meanings.put(WORKER_JAR, "path of worker.jar; beside the running jar by default");
    meanings.put(CONSOLE_JAR, "path of console.jar; beside the running jar by default");
    meanings.put(LOGS, "directory of the files that the output of child processes goes to");
    meanings.put(
        CANARY_TASKS, "tasks after which a new build in its first slot is judged; 20 by default");
    meanings.put(
        CANARY_SECONDS, "seconds after which it is judged with fewer tasks; 300 by default");
    meanings.put(
        HEALTHY_SECONDS,
        "seconds that a slot must be ready on a new build before the next one follows; 5 by default");
    meanings.put(
        SOAK_SECONDS,
        "seconds that all slots must do well before a new build is permanent; 600 by default");
    meanings.put(
        LIFELINE,
        "stdin: end when standard input ends, which is when the parent is gone; set by the parent");
    meanings.put(
        RUN_ID,
        "the run that a program under 'runlog exec' is; 'runlog log' logs under it; set by exec");
    meanings.put(PRICES, "path of a JSON file of model prices that goes before the built-in table");
    meanings.put(
        CAPTURE,
        "what events keep of requests and answers: none (sizes and hashes, the default), redacted or full");
    meanings.put(
        REDACT,
        "regular expressions, one a line, of what else is to be taken out of events of calls");
    meanings.put(REQUIRE_ALL, "true: a test that would skip itself fails instead; read by tests");
    return Collections.unmodifiableMap(meanings);
  }
}
