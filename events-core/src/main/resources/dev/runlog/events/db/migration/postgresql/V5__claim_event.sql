-- Which claim holds the task: the same run may take it again in the same attempt after it gave it back.
ALTER TABLE tasks ADD COLUMN claim_event_id BIGINT; -- id of its task.claimed, while claimed
