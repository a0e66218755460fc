package dev.runlog.llm.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import okio.Buffer;
import okio.ForwardingSink;
import okio.Okio;
import org.junit.jupiter.api.Test;

class OutgoingJsonTest {

  private final AtomicInteger told = new AtomicInteger();
  private final OutgoingJson json = new OutgoingJson("{\"a\":\"é\"}", told::incrementAndGet);

  @Test
  void tellsWhenItIsWritten() throws IOException {
    Buffer written = new Buffer();
    json.writeTo(written);
    assertThat(written.size()).isEqualTo(json.contentLength());
    assertThat(written.readUtf8()).isEqualTo("{\"a\":\"é\"}");
    assertThat(told).hasValue(1);
  }

  @Test
  void tellsNothingWhenTheConnectionBreaks() {
    ForwardingSink broken =
        new ForwardingSink(new Buffer()) {
          @Override
          public void write(Buffer source, long byteCount) throws IOException {
            throw new IOException("broken pipe");
          }
        };
    assertThatThrownBy(() -> json.writeTo(Okio.buffer(broken))).hasMessage("broken pipe");
    assertThat(told).hasValue(0);
  }
}
