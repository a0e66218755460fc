package dev.runlog.process.child;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OutputTailTest {

  @Test
  void keepsTheEndOverManyWrites() {
    OutputTail tail = new OutputTail(5);
    for (String part : new String[] {"ab", "c", "defghijklm", "n", ""}) {
      write(tail, part.getBytes(UTF_8));
    }
    assertThat(tail.text()).isEqualTo("jklmn");
  }

  @Test
  void leavesOutACharacterThatTheBeginningCutsThrough() {
    for (int capacity = 1; capacity <= 12; capacity++) {
      OutputTail tail = new OutputTail(capacity);
      write(tail, "aé€😀ü".getBytes(UTF_8));
      assertThat("aé€😀ü").endsWith(tail.text());
    }
  }

  @Test
  void leavesOutACharacterThatTheEndCutsThrough() {
    byte[] bytes = "aé€😀".getBytes(UTF_8);
    for (int length = 0; length <= bytes.length; length++) {
      OutputTail tail = new OutputTail(100);
      tail.write(bytes, length);
      assertThat("aé€😀").startsWith(tail.text());
    }
  }

  @Test
  void replacesWhatIsNoUtf8() {
    OutputTail tail = new OutputTail(100);
    write(tail, new byte[] {'a', (byte) 0xff, 'b', (byte) 0x80});
    assertThat(tail.text()).isEqualTo("a\ufffdb\ufffd");
  }

  private static void write(OutputTail tail, byte[] bytes) {
    tail.write(bytes, bytes.length);
  }
}
