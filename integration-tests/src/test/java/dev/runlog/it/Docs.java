package dev.runlog.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The pages in {@code docs} as tests read them. */
final class Docs {

  private static final Pattern CODE = Pattern.compile("`([^`]+)`");

  private Docs() {}

  /** A page as text. */
  static String page(String name) {
    Path module = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
    Path page = module.resolveSibling("docs").resolve(name);
    try {
      return Files.readString(page);
    } catch (IOException e) {
      throw new UncheckedIOException("read " + page, e);
    }
  }

  /** The part of a page below a heading, up to the next heading of the same level. */
  static String section(String page, String heading) {
    int start = page.indexOf("\n" + heading + "\n");
    if (start < 0) {
      throw new AssertionError("there is no heading '" + heading + "'");
    }
    String rest = page.substring(start + heading.length() + 2);
    int end = rest.indexOf("\n" + heading.substring(0, heading.indexOf(' ') + 1));
    return end < 0 ? rest : rest.substring(0, end);
  }

  /** The rows of the tables in a text whose first cell is code; the cells of each. */
  static List<List<String>> rows(String text) {
    return text.lines()
        .filter(line -> line.startsWith("| `"))
        .map(line -> Stream.of(line.split("\\|", -1)).map(String::strip).toList())
        .map(cells -> cells.subList(1, cells.size() - 1))
        .toList();
  }

  /** What a cell has in backticks. */
  static List<String> code(String cell) {
    List<String> found = new ArrayList<>();
    Matcher matcher = CODE.matcher(cell);
    while (matcher.find()) {
      found.add(matcher.group(1));
    }
    return found;
  }
}
