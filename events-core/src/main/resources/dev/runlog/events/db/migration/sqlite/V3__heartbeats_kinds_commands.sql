-- A run that holds tasks or children shows here that it lives. Beside the history, since it is written every two seconds.
CREATE TABLE heartbeats (
    run_id INTEGER PRIMARY KEY,
    beat INTEGER NOT NULL,                     -- counts up; only that it changes means anything
    beat_at INTEGER NOT NULL                   -- by the clock of the writer, for people; Unix epoch milliseconds
);

ALTER TABLE tasks ADD COLUMN cancel_requested_at INTEGER; -- its holder is to drop it; Unix epoch milliseconds
CREATE INDEX tasks_held_by_kind ON tasks (kind) WHERE state = 'claimed';

-- What people decided about a kind of task; a kind without a row is open and has no limit.
CREATE TABLE task_kinds (
    kind TEXT PRIMARY KEY,
    paused_at INTEGER,                         -- since when none of it is claimed, NULL while it is open; Unix epoch milliseconds
    most_held INTEGER CHECK (most_held >= 1)   -- how many may be held at once in the whole fleet, NULL for any number
);

-- What people ask of supervisors.
CREATE TABLE commands (
    id INTEGER PRIMARY KEY,
    verb TEXT NOT NULL CHECK (verb IN ('stop', 'restart', 'scale')),
    target TEXT NOT NULL,                      -- an instance; to scale, a role
    argument INTEGER,                          -- to scale: how many
    state TEXT NOT NULL CHECK (state IN ('asked', 'obeyed', 'refused')),
    asked_at INTEGER NOT NULL,                 -- Unix epoch milliseconds
    asked_by INTEGER NOT NULL,                 -- run that asked
    ended_at INTEGER,                          -- Unix epoch milliseconds, once obeyed or refused
    answer TEXT,                               -- what was done, or why not
    CHECK ((verb = 'scale') = (argument IS NOT NULL)),
    CHECK ((state = 'asked') = (ended_at IS NULL))
);
CREATE INDEX commands_asked ON commands (id) WHERE state = 'asked';
