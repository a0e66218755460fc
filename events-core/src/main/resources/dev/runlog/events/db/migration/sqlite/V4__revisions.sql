-- Builds of the worker on their way into the fleet of a supervisor. One row an attempt; it only ever moves forward, each
-- move in the transaction of the event that reports it.
CREATE TABLE supervisor_revisions (
    id INTEGER PRIMARY KEY,
    supervisor_instance_id TEXT NOT NULL,      -- whose workers it is for
    revision TEXT NOT NULL,                    -- git SHA that names the build
    attempt INTEGER NOT NULL CHECK (attempt >= 1), -- tries of the same SHA with the same supervisor, counted from 1
    artifact_sha256 TEXT NOT NULL CHECK (length(artifact_sha256) = 64),
    state TEXT NOT NULL CHECK (state IN ('registered', 'verifying', 'candidate', 'canary', 'rolling', 'active',
        'permanent', 'superseded', 'rejected', 'rolling_back', 'inconsistent', 'rolled_back')),
    previous_revision TEXT,                    -- SHA that it replaces, from its canary on; NULL: the worker that came with the supervisor
    reason TEXT,                               -- why it is in this state, for people
    figures TEXT,                              -- JSON object, what it was judged by
    resumes INTEGER NOT NULL DEFAULT 0,       -- how often a supervisor found it in this state when it started
    window_start_event_id INTEGER,            -- from where on it is compared with the previous one: its revision.canary
    registered_at INTEGER NOT NULL,           -- Unix epoch milliseconds
    registered_by INTEGER NOT NULL,           -- run that registered it
    state_since INTEGER NOT NULL,             -- Unix epoch milliseconds
    promote_requested_at INTEGER,             -- since when it is to go on as soon as it can; Unix epoch milliseconds
    rollback_requested_at INTEGER,            -- since when it is to be taken back; Unix epoch milliseconds
    UNIQUE (supervisor_instance_id, revision, attempt)
);
-- A build that is being checked, tried or taken back is alone.
CREATE UNIQUE INDEX supervisor_revisions_in_flight ON supervisor_revisions (supervisor_instance_id)
    WHERE state IN ('verifying', 'canary', 'rolling', 'active', 'rolling_back', 'inconsistent');
CREATE UNIQUE INDEX supervisor_revisions_permanent ON supervisor_revisions (supervisor_instance_id)
    WHERE state = 'permanent';
