package dev.runlog.it.revision;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A case tried so often as {@code -Drunlog.revision.repeats=20} says; once by default. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(ToldRepeats.class)
@ParameterizedTest(name = "repeat {0}")
@MethodSource("dev.runlog.it.revision.Repeated$Count#all")
@interface Repeated {

  /** The numbers of the repeats, from 1. */
  final class Count {
    private Count() {}

    static Stream<Integer> all() {
      return IntStream.rangeClosed(1, wanted()).boxed();
    }

    static int wanted() {
      return Integer.getInteger("runlog.revision.repeats", 1);
    }
  }
}
