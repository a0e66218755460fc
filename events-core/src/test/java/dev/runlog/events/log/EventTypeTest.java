package dev.runlog.events.log;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EventTypeTest {

  @Test
  void namesFollowTheRule() {
    for (EventType type : EventType.values()) {
      EventNames.require(type.wireName());
      assertThat(EventType.ofWireName(type.wireName())).contains(type);
    }
  }
}
