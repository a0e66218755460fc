package dev.runlog.benchmarks.measure;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** The processor time that this process has used, over all its threads. */
public final class CpuTime {

  /** Something that uses processor time. */
  public interface Work {
    void run() throws Exception;
  }

  private static final OperatingSystemMXBean SYSTEM =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  private CpuTime() {}

  /** The microseconds of processor time that the whole process used while the work ran. */
  public static double microsOf(Work work) throws Exception {
    long before = SYSTEM.getProcessCpuTime();
    work.run();
    return (SYSTEM.getProcessCpuTime() - before) / 1e3;
  }
}
