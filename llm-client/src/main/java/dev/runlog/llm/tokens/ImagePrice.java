package dev.runlog.llm.tokens;

/** What an image costs, in tokens. */
sealed interface ImagePrice {

  /** Tokens of an image of that size in pixels, seen in full detail. */
  int tokens(int width, int height);

  /**
   * An image is fitted into 2048 pixels, its short side reduced to 768, and cut into tiles of 512.
   *
   * @param base tokens of any image
   * @param tile tokens of a tile
   */
  record Tiles(int base, int tile) implements ImagePrice {

    @Override
    public int tokens(int width, int height) {
      double fit = Math.min(1, 2048.0 / Math.max(width, height));
      double reduce = Math.min(1, 768 / (fit * Math.min(width, height)));
      return base + tile * tiles(width * fit * reduce) * tiles(height * fit * reduce);
    }

    private static int tiles(double pixels) {
      return Math.max(1, (int) Math.ceil(Math.round(pixels) / 512.0));
    }
  }

  /**
   * An image is cut into patches of 32 pixels, at most 1536. Computed in doubles, as the recorded
   * bills are: 300 patches at 1.62 make 488.
   *
   * @param multiplier tokens a patch
   */
  record Patches(double multiplier) implements ImagePrice {

    private static final long MAX_PATCHES = 1536;

    @Override
    public int tokens(int width, int height) {
      long patches = Math.min(MAX_PATCHES, (long) patches(width) * patches(height));
      return (int) Math.ceil(patches * multiplier) + 1;
    }

    private static int patches(int pixels) {
      return (int) Math.ceil(pixels / 32.0);
    }
  }
}
