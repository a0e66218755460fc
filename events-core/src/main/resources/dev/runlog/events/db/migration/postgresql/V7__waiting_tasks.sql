-- What waits, by kind and by when it is due: whoever is idle asks ten times a second whether there is anything to do, and
-- any number of tasks may wait for their time or for a kind that is paused. One that was never delayed is due at once.
-- The kind stands in it as an expression, so that no claim is drawn to it: claims want the order of tasks_due.
CREATE INDEX tasks_due_by_kind ON tasks ((kind || ''), (CASE WHEN run_at <= submitted_at THEN 0 ELSE run_at END))
    WHERE state = 'queued';
