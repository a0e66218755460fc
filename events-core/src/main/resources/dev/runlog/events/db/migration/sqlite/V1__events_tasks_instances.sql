-- The table that is the product. Appended, never updated.
CREATE TABLE events (
    id INTEGER PRIMARY KEY,        -- unique id of the event itself
    timestamp INTEGER NOT NULL,    -- Unix epoch milliseconds, UTC
    run_id INTEGER NOT NULL,       -- the run that EMITTED the event
    parent_run_id INTEGER,         -- the run that SPAWNED the emitter, NULL for a root
    instance_id TEXT NOT NULL,     -- long-lived name of the emitter
    role TEXT NOT NULL,            -- type of the emitter
    event_type TEXT NOT NULL,
    payload TEXT                   -- JSON object
);
CREATE INDEX events_timestamp ON events (timestamp);
CREATE INDEX events_run_id ON events (run_id);
CREATE INDEX events_parent_run_id ON events (parent_run_id);
CREATE INDEX events_event_type ON events (event_type);
-- The tree of runs: one row a run, so it costs an insert of other events nothing.
CREATE INDEX events_tree ON events (parent_run_id, run_id) WHERE event_type = 'process.started';

-- State beside the history: each change of a row happens in the transaction of the event that reports it.
CREATE TABLE tasks (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,                        -- which handler runs it, 'chat' for the built-in one
    state TEXT NOT NULL CHECK (state IN ('queued', 'claimed', 'done', 'failed', 'cancelled')),
    priority INTEGER NOT NULL DEFAULT 0,       -- higher first
    run_at INTEGER NOT NULL,                   -- not claimed before, Unix epoch milliseconds
    attempt INTEGER NOT NULL DEFAULT 0,        -- attempts begun, less those that a planned stop gave back
    max_attempts INTEGER NOT NULL CHECK (max_attempts >= 1),
    crashes INTEGER NOT NULL DEFAULT 0,        -- how many workers died while they held it
    unique_key TEXT,                           -- at most one queued or claimed task has it
    request TEXT NOT NULL,                     -- JSON object, what the handler is given
    result TEXT,                               -- JSON object, what the handler answered
    error TEXT,                                -- why the last attempt ended without a result
    submitted_at INTEGER NOT NULL,             -- Unix epoch milliseconds
    submitted_by INTEGER NOT NULL,             -- run that submitted it
    claimed_at INTEGER,                        -- Unix epoch milliseconds, while claimed
    claimed_by INTEGER,                        -- run that holds it, while claimed
    finished_at INTEGER,                       -- Unix epoch milliseconds, once done, failed or cancelled
    CHECK ((state = 'claimed') = (claimed_by IS NOT NULL)),
    CHECK ((state = 'claimed') = (claimed_at IS NOT NULL)),
    CHECK ((state IN ('done', 'failed', 'cancelled')) = (finished_at IS NOT NULL))
);
CREATE INDEX tasks_due ON tasks (priority DESC, run_at, id) WHERE state = 'queued';
CREATE INDEX tasks_held ON tasks (claimed_by) WHERE state = 'claimed';
CREATE UNIQUE INDEX tasks_unique_key ON tasks (unique_key)
    WHERE unique_key IS NOT NULL AND state IN ('queued', 'claimed');

-- Long-lived names. A slot of an owner keeps its name through every restart of the slot and of the owner.
CREATE TABLE instances (
    instance_id TEXT PRIMARY KEY,
    role TEXT NOT NULL,
    owner_instance_id TEXT,                    -- who runs it; NULL when it was started by hand
    slot INTEGER,                              -- its place with the owner, counted from 1
    created_at INTEGER NOT NULL,               -- Unix epoch milliseconds
    CHECK ((owner_instance_id IS NULL) = (slot IS NULL)),
    UNIQUE (owner_instance_id, role, slot)
);
