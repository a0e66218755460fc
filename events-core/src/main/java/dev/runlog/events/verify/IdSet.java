package dev.runlog.events.verify;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/** Many ids that lie close together, at about one bit each. Not thread-safe. */
final class IdSet {

  private static final int BLOCK_BITS = 20;

  private final Map<Long, BitSet> blocks = new HashMap<>();

  /** Adds an id; returns false when it was there. */
  boolean add(long id) {
    BitSet block = blocks.computeIfAbsent(id >> BLOCK_BITS, number -> new BitSet());
    boolean isNew = !block.get(indexOf(id));
    block.set(indexOf(id));
    return isNew;
  }

  boolean contains(long id) {
    BitSet block = blocks.get(id >> BLOCK_BITS);
    return block != null && block.get(indexOf(id));
  }

  private static int indexOf(long id) {
    return (int) (id & ((1 << BLOCK_BITS) - 1));
  }
}
