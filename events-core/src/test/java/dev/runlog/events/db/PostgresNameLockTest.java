package dev.runlog.events.db;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runlog.events.PostgresDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One name, two databases opened as two machines would. */
class PostgresNameLockTest {

  private final PostgresDatabase postgres = new PostgresDatabase();
  private Database here;
  private Database elsewhere;
  private NameLock first;
  private NameLock second;

  @BeforeEach
  void open() {
    here = postgres.open();
    elsewhere = postgres.open();
    first = here.nameLock("supervisor-main");
    second = elsewhere.nameLock("supervisor-main");
  }

  @AfterEach
  void close() {
    first.close();
    second.close();
    here.close();
    elsewhere.close();
  }

  @Test
  void onlyOneHoldsAName() {
    assertThat(first.hold()).isTrue();
    assertThat(first.hold()).isTrue();
    assertThat(second.hold()).isFalse();
    try (NameLock other = elsewhere.nameLock("supervisor-other")) {
      assertThat(other.hold()).isTrue();
    }

    first.close();

    assertThat(second.hold()).isTrue();
    assertThat(first.hold()).isFalse();
  }

  @Test
  void aNameThatWasLostWithItsConnectionIsTakenAgainUnlessAnotherCameFirst() {
    assertThat(first.hold()).isTrue();
    endSessionsWithLocks();
    assertThat(first.hold()).isTrue();
    assertThat(second.hold()).isFalse();

    endSessionsWithLocks();
    assertThat(second.hold()).isTrue();
    assertThat(first.hold()).isFalse();
  }

  private void endSessionsWithLocks() {
    here.write(
        transaction ->
            transaction
                .sql()
                .fetch(
                    "SELECT pg_terminate_backend(pid, 5000) FROM pg_locks"
                        + " WHERE locktype = 'advisory' AND pid <> pg_backend_pid()"));
  }
}
