package dev.runlog.console;

import dev.runlog.console.command.Grouping;
import dev.runlog.console.command.PointInTime;
import dev.runlog.events.log.EventId;
import dev.runlog.events.log.RunId;
import dev.runlog.events.tasks.TaskId;
import dev.runlog.events.tasks.TaskState;
import java.util.function.Function;
import java.util.function.LongFunction;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the values of the command line that are not mere text. */
final class Converters {

  private Converters() {}

  static void registerAt(CommandLine commands) {
    commands.registerConverter(
        EventId.class, id("an event id; 'runlog tail' shows some", EventId::new));
    commands.registerConverter(RunId.class, id("a run id; 'runlog tree' shows them", RunId::new));
    commands.registerConverter(
        TaskId.class, id("a task id; 'runlog tasks list' shows them", TaskId::new));
    commands.registerConverter(TaskState.class, word(TaskState::ofWireName));
    commands.registerConverter(Grouping.class, word(Grouping::of));
    commands.registerConverter(PointInTime.class, word(PointInTime::new));
  }

  private static <T> ITypeConverter<T> id(String what, LongFunction<T> type) {
    return text -> {
      try {
        return type.apply(Long.parseLong(text));
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException("'" + text + "' is not " + what);
      }
    };
  }

  private static <T> ITypeConverter<T> word(Function<String, T> parser) {
    return text -> {
      try {
        return parser.apply(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(String.valueOf(e.getMessage()));
      }
    };
  }
}
