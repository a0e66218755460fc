package dev.runlog.console.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TableTest {

  @Test
  void alignsTextLeftAndNumbersRight() {
    Table table = new Table(Column.text("NAME"), Column.number("N"), Column.text("NOTE"));
    table.row(Cell.of("a"), Cell.of("1"), Cell.of(""));
    table.row(Cell.of("long name"), Cell.of("1,000"), Cell.of("x"));

    assertThat(table.lines(80, false))
        .containsExactly(
            "NAME           N  NOTE", //
            "a              1",
            "long name  1,000  x");
  }

  @Test
  void cutsOnlyWhatMayBeCutAndOnlyAsFarAsNeeded() {
    Table table = new Table(Column.text("ID"), Column.cuttable("ABOUT", 3));
    table.row(Cell.of("12345"), Cell.of("abcdefghij"));

    assertThat(table.lines(14, false)).containsExactly("ID     ABOUT", "12345  abcdef…");
    assertThat(table.lines(2, false)).containsExactly("ID     AB…", "12345  ab…");
  }

  @Test
  void countsWideLettersTwice() {
    Table table = new Table(Column.cuttable("A", 3), Column.text("B"));
    table.row(Cell.of("漢字漢字"), Cell.of("x"));
    table.row(Cell.of("abc"), Cell.of("y"));

    assertThat(table.lines(80, false)).containsExactly("A         B", "漢字漢字  x", "abc       y");
    assertThat(table.lines(8, false)).containsExactly("A      B", "漢字…  x", "abc    y");
  }

  @Test
  void colorsOnlyTheTextAndNotTheSpaces() {
    Table table = new Table(Column.number("N"), Column.text("S"));
    table.row(Cell.of("10", Style.RED), Cell.of("ok"));

    assertThat(table.lines(80, true).get(1)).isEqualTo("\u001b[31m10\u001b[0m  ok");
  }

  @Test
  void showsWhatATerminalWouldObey() {
    Table table = new Table(Column.text("T"));
    table.row(Cell.of("a\u001b[31m\nb\u202e"));

    assertThat(table.lines(80, false).get(1)).isEqualTo("a\\u001b[31m b\\u202e");
  }

  @Test
  void refusesRowsOfAnotherShape() {
    assertThatThrownBy(() -> new Table(Column.text("T")).row(Cell.of("a"), Cell.of("b")))
        .hasMessage("2 cells do not fit 1 columns");
  }
}
