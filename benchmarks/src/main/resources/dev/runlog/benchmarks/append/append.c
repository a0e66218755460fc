/*
 * Appends events to a database that has the tables, for a while, and prints how many a second.
 * usage: append FILE FULL|NORMAL BATCH MILLIS EVENT_TYPE PAYLOAD
 */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static sqlite3 *db;

static void check(int code) {
  if (code != SQLITE_OK && code != SQLITE_DONE && code != SQLITE_ROW) {
    fprintf(stderr, "append: %s\n", sqlite3_errmsg(db));
    exit(1);
  }
}

static long long now_nanos(clockid_t clock) {
  struct timespec t;
  clock_gettime(clock, &t);
  return t.tv_sec * 1000000000LL + t.tv_nsec;
}

static sqlite3_stmt *prepared(const char *sql) {
  sqlite3_stmt *statement;
  check(sqlite3_prepare_v3(db, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL));
  return statement;
}

static void run(sqlite3_stmt *statement) {
  check(sqlite3_step(statement));
  check(sqlite3_reset(statement));
}

static void insert(sqlite3_stmt *statement, const char *type, const char *payload) {
  sqlite3_bind_int64(statement, 1, now_nanos(CLOCK_REALTIME) / 1000000);
  sqlite3_bind_int64(statement, 2, 1);
  sqlite3_bind_null(statement, 3);
  sqlite3_bind_text(statement, 4, "bench", -1, SQLITE_STATIC);
  sqlite3_bind_text(statement, 5, "bench", -1, SQLITE_STATIC);
  sqlite3_bind_text(statement, 6, type, -1, SQLITE_STATIC);
  sqlite3_bind_text(statement, 7, payload, -1, SQLITE_STATIC);
  run(statement);
}

int main(int argc, char **argv) {
  if (argc != 7) {
    fprintf(stderr, "usage: append FILE FULL|NORMAL BATCH MILLIS EVENT_TYPE PAYLOAD\n");
    return 64;
  }
  int batch = atoi(argv[3]);
  long long nanos = atoll(argv[4]) * 1000000;
  char synchronous[64];
  snprintf(synchronous, sizeof synchronous, "PRAGMA synchronous = %s", argv[2]);

  check(sqlite3_open(argv[1], &db));
  check(sqlite3_busy_timeout(db, 30000));
  check(sqlite3_exec(db, synchronous, NULL, NULL, NULL));
  sqlite3_stmt *begin = prepared("BEGIN IMMEDIATE");
  sqlite3_stmt *commit = prepared("COMMIT");
  sqlite3_stmt *event = prepared(
      "INSERT INTO events (timestamp, run_id, parent_run_id, instance_id, role, event_type, payload)"
      " VALUES (?, ?, ?, ?, ?, ?, ?)");

  long long begun = now_nanos(CLOCK_MONOTONIC);
  long long done = 0;
  do {
    if (batch > 1) run(begin);
    for (int i = 0; i < batch; i++) insert(event, argv[5], argv[6]);
    if (batch > 1) run(commit);
    done += batch;
  } while (now_nanos(CLOCK_MONOTONIC) - begun < nanos);
  printf("%.1f\n", done * 1e9 / (now_nanos(CLOCK_MONOTONIC) - begun));
  return 0;
}
