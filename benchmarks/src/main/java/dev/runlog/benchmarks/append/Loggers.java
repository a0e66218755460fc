package dev.runlog.benchmarks.append;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.rolling.FixedWindowRollingPolicy;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy;
import ch.qos.logback.core.util.FileSize;
import dev.runlog.benchmarks.measure.BenchOptions;
import dev.runlog.benchmarks.measure.Benchmark;
import dev.runlog.benchmarks.measure.Comparison;
import dev.runlog.benchmarks.measure.Rate;
import dev.runlog.benchmarks.measure.Sample;
import dev.runlog.benchmarks.measure.Scratch;
import dev.runlog.events.db.DatabaseSettings;
import dev.runlog.events.db.Durability;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.io.PrintStream;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;

/**
 * What logging costs that promises less, for scale: logback's rolling file, which the operating
 * system may still hold when the call returns, and OpenTelemetry's batch processor without an
 * exporter, which drops what its queue cannot take. One thread each; Runlog waits for each commit,
 * with durability {@code process}.
 */
public final class Loggers implements Benchmark {

  private static final int LOG_FILES = 3;
  private static final FileSize LOG_FILE_SIZE = FileSize.valueOf("64MB");

  /** It would say how much it drops, many times a second. */
  private static final java.util.logging.Logger OF_OPENTELEMETRY =
      java.util.logging.Logger.getLogger("io.opentelemetry");

  private final BenchOptions options;

  public Loggers(BenchOptions options) {
    this.options = options;
  }

  @Override
  public void run(PrintStream out) throws Exception {
    OF_OPENTELEMETRY.setLevel(Level.OFF);
    LoggerContext logback = new LoggerContext();
    try (Scratch scratch = Scratch.in(options.directory());
        BenchLog log =
            BenchLog.open(
                new DatabaseSettings(scratch.file("runlog.db").toString(), Durability.PROCESS));
        SdkTracerProvider tracing = tracing()) {
      Logger logger = logger(logback, scratch);
      Tracer tracer = tracing.get("bench");
      List<Sample> samples =
          options
              .inRounds()
              .measure(
                  List.of(
                      () -> Rate.perSecond(options.trial(), log::append),
                      () -> Rate.perSecond(options.trial(), () -> logged(logger)),
                      () -> Rate.perSecond(options.trial(), () -> traced(tracer))));
      print(out, "logback's rolling file appender", samples.get(0), samples.get(1));
      print(out, "OpenTelemetry's BatchSpanProcessor, no exporter", samples.get(0), samples.get(2));
    } finally {
      logback.stop();
    }
  }

  private static void print(PrintStream out, String reference, Sample log, Sample other) {
    out.println(
        new Comparison(
                "one thread, one event a commit, durability process",
                reference + " (not durable at return)",
                log,
                other,
                "events/s",
                Optional.empty())
            .describe());
  }

  private static int logged(Logger logger) {
    logger.info(SampleEvent.JSON);
    return 1;
  }

  private static int traced(Tracer tracer) {
    tracer
        .spanBuilder(SampleEvent.TYPE)
        .setAttribute("payload", SampleEvent.JSON)
        .startSpan()
        .end();
    return 1;
  }

  private static Logger logger(LoggerContext context, Scratch scratch) {
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setPattern("%d{yyyy-MM-dd'T'HH:mm:ss.SSS} %thread %logger %msg%n");
    encoder.start();
    RollingFileAppender<ILoggingEvent> appender = new RollingFileAppender<>();
    appender.setContext(context);
    appender.setFile(scratch.file("log").toString());
    appender.setEncoder(encoder);
    FixedWindowRollingPolicy rolling = new FixedWindowRollingPolicy();
    rolling.setContext(context);
    rolling.setParent(appender);
    rolling.setFileNamePattern(scratch.file("log.%i").toString());
    rolling.setMaxIndex(LOG_FILES);
    rolling.start();
    SizeBasedTriggeringPolicy<ILoggingEvent> full = new SizeBasedTriggeringPolicy<>();
    full.setContext(context);
    full.setMaxFileSize(LOG_FILE_SIZE);
    full.start();
    appender.setRollingPolicy(rolling);
    appender.setTriggeringPolicy(full);
    appender.start();
    Logger logger = context.getLogger("bench");
    logger.addAppender(appender);
    return logger;
  }

  private static SdkTracerProvider tracing() {
    return SdkTracerProvider.builder()
        .addSpanProcessor(BatchSpanProcessor.builder(new NoExporter()).build())
        .build();
  }

  /** Takes spans and does nothing with them. */
  private static final class NoExporter implements SpanExporter {

    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
      return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode flush() {
      return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode shutdown() {
      return CompletableResultCode.ofSuccess();
    }
  }
}
