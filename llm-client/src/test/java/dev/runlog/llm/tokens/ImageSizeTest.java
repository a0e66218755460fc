package dev.runlog.llm.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageSizeTest {

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "GIF, 4749463839614001f0000000, 320, 240",
    "JPEG, ffd8ffe000104a46494600010100000100010000ffc0001108006400c803012200, 200, 100",
    "WebP lossy, 52494646000000005745425056503820000000000000009d012a4001f000, 320, 240",
    "WebP lossless, 5249464600000000574542505650384c000000002f3fc13b000000000000, 320, 240",
    "WebP extended, 524946460000000057454250565038580a000000000000003f0100ef0000, 320, 240",
  })
  void readsTheSizeFromTheHeader(String format, String hex, int width, int height) {
    assertThat(ImageSize.ofDataUrl(dataUrl(hex))).as(format).contains(new ImageSize(width, height));
  }

  @Test
  void knowsNothingOfOtherUrls() {
    assertThat(ImageSize.ofDataUrl("https://example.org/a.png")).isEmpty();
    assertThat(ImageSize.ofDataUrl("data:image/png;base64,%%%%")).isEmpty();
    assertThat(ImageSize.ofDataUrl("data:image/png;base64,")).isEmpty();
    assertThat(ImageSize.ofDataUrl(dataUrl("89504e470d0a1a0a"))).isEqualTo(Optional.empty());
    assertThat(ImageSize.ofDataUrl(dataUrl("ffd8ffe0ffff"))).isEmpty();
  }

  private static String dataUrl(String hex) {
    byte[] bytes = HexFormat.of().parseHex(hex);
    return "data:image/any;base64," + Base64.getEncoder().encodeToString(bytes);
  }
}
