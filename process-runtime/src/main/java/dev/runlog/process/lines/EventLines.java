package dev.runlog.process.lines;

import dev.runlog.events.log.Event;
import java.io.PrintStream;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Renders events as log lines for people, one line an event:
 *
 * <pre>
 * 14:03:07.412  run 3  W00001  task.done  task 17 · attempt 1 · 812 ms
 * </pre>
 *
 * or, for those who look back, with the date and the id of the event:
 *
 * <pre>
 * 2026-01-02 14:03:07.412  event 9  run 3  W00001  task.done  task 17 · attempt 1 · 812 ms
 * </pre>
 *
 * Thread-safe as far as the stream is. It never throws, whatever an event holds, so it may be told
 * of events by the log itself.
 */
public final class EventLines implements Consumer<Event> {

  private static final int LONGEST_NAME = 100;
  private static final int LONGEST_PHRASE = 400;
  private static final String TIME_OF_DAY = "HH:mm:ss.SSS";
  private static final String DATE_AND_TIME = "yyyy-MM-dd HH:mm:ss.SSS";

  private final PrintStream out;
  private final Supplier<ZoneId> zone;
  private final boolean looksBack;

  /** Made for the first line, which comes after the event: it reads the zones of the world. */
  private @Nullable DateTimeFormatter time;

  /**
   * @param zone the time zone of the times of day
   */
  public EventLines(PrintStream out, ZoneId zone) {
    this(out, () -> zone, false);
  }

  private EventLines(PrintStream out, Supplier<ZoneId> zone, boolean looksBack) {
    this.out = out;
    this.zone = zone;
    this.looksBack = looksBack;
  }

  /** Lines with date and id, for events that may be of any day and that people ask more about. */
  public static EventLines withDatesAndIds(PrintStream out, ZoneId zone) {
    return new EventLines(out, () -> zone, true);
  }

  /** Lines with the times of day of this machine. */
  public static EventLines inLocalTime(PrintStream out) {
    return new EventLines(out, ZoneId::systemDefault, false);
  }

  @Override
  public void accept(Event event) {
    out.println(render(event));
  }

  /** The line of an event, without a line end. */
  public String render(Event event) {
    String phrase = LineText.of(EventPhrase.of(event), LONGEST_PHRASE);
    return String.join(
            "  ",
            time().format(event.timestamp()) + (looksBack ? "  event " + event.id() : ""),
            "run " + event.runId(),
            LineText.of(event.emitter().instanceId(), LONGEST_NAME),
            LineText.of(event.eventType(), LONGEST_NAME),
            phrase)
        .stripTrailing();
  }

  /** Two threads that make it at once make the same. */
  private DateTimeFormatter time() {
    DateTimeFormatter made = time;
    if (made == null) {
      made =
          DateTimeFormatter.ofPattern(looksBack ? DATE_AND_TIME : TIME_OF_DAY, Locale.ROOT)
              .withZone(zone.get());
      time = made;
    }
    return made;
  }
}
