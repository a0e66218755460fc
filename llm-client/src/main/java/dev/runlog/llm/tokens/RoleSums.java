package dev.runlog.llm.tokens;

import dev.runlog.llm.openai.Abbreviated;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Tokens by role. A request has up to six roles and may have thousands of messages, so that looking
 * at a few names one after the other takes less than hashing one. Not thread-safe.
 */
final class RoleSums {

  /** A request may make up any number of them; what is beyond is summed up under one name. */
  private static final int MAX_ROLES = 20;

  private static final String OTHERS = "(others)";

  private final List<String> roles = new ArrayList<>();
  private long[] sums = new long[6];

  void add(String name, long tokens) {
    String role = roles.size() < MAX_ROLES || roles.contains(name) ? Abbreviated.of(name) : OTHERS;
    int index = roles.indexOf(role);
    if (index < 0) {
      index = roles.size();
      roles.add(role);
      if (index == sums.length) {
        sums = Arrays.copyOf(sums, 2 * index);
      }
    }
    sums[index] += tokens;
  }

  long total() {
    return Arrays.stream(sums).sum();
  }

  /** In the order in which the roles came up. */
  Map<String, Long> byRole() {
    Map<String, Long> byRole = new LinkedHashMap<>();
    for (int i = 0; i < roles.size(); i++) {
      byRole.put(roles.get(i), sums[i]);
    }
    return byRole;
  }
}
