-- Calls to models added up, so that a question about tokens need not read every payload. The triggers below keep the sums
-- in the statement that inserts or deletes an event, whoever runs it: in every transaction they are what the events say.

-- One row a call that has ended, its payload as columns: the only place that reads payloads of calls.
-- A figure that is no number is absent; one outside of reason is cut, so that no sum overflows.
CREATE VIEW ended_calls AS
WITH read_payloads AS (
    SELECT id, timestamp, run_id, instance_id, role,
        event_type = 'llm_call.completed' AS is_completed,
        coalesce(CAST(json_extract(payload, '$.model_name') AS TEXT), 'unknown') AS model_name,
        CASE WHEN json_type(payload, '$.latency_ms') IN ('integer', 'real')
            THEN max(0, min(1000000000000, CAST(json_extract(payload, '$.latency_ms') AS INTEGER))) END AS latency_ms,
        CASE WHEN json_type(payload, '$.input_tokens') IN ('integer', 'real')
            THEN max(0, min(1000000000000, CAST(json_extract(payload, '$.input_tokens') AS INTEGER))) END AS input_tokens,
        CASE WHEN json_type(payload, '$.output_tokens') IN ('integer', 'real')
            THEN max(0, min(1000000000000, CAST(json_extract(payload, '$.output_tokens') AS INTEGER))) END AS output_tokens,
        CASE WHEN json_type(payload, '$.cached_input_tokens') IN ('integer', 'real')
            THEN max(0, min(1000000000000, CAST(json_extract(payload, '$.cached_input_tokens') AS INTEGER))) END
            AS cached_input_tokens,
        CASE WHEN json_type(payload, '$.reasoning_tokens') IN ('integer', 'real')
            THEN max(0, min(1000000000000, CAST(json_extract(payload, '$.reasoning_tokens') AS INTEGER))) END
            AS reasoning_tokens,
        CASE WHEN json_type(payload, '$.estimated_input_tokens') IN ('integer', 'real')
            THEN max(0, min(1000000000000, CAST(json_extract(payload, '$.estimated_input_tokens') AS INTEGER))) END
            AS estimated_input_tokens,
        CASE WHEN json_type(payload, '$.cost_usd') IN ('integer', 'real')
            THEN CAST(round(max(0, min(1000000, json_extract(payload, '$.cost_usd'))) * 1000000000) AS INTEGER) END
            AS cost_nano_usd
    FROM events
    -- The plus keeps the index on the type out of it: whoever asks names an id or a time, and those are narrower.
    WHERE +event_type IN ('llm_call.completed', 'llm_call.failed') AND json_valid(payload)
)
SELECT id, timestamp, timestamp / 3600000 * 3600000 AS hour, run_id, instance_id, role, model_name,
    is_completed AS completed,
    1 - is_completed AS failed,
    is_completed AND input_tokens IS NULL AS without_usage,
    coalesce(input_tokens, 0) AS input_tokens,
    coalesce(output_tokens, 0) AS output_tokens,
    coalesce(cached_input_tokens, 0) AS cached_input_tokens,
    coalesce(reasoning_tokens, 0) AS reasoning_tokens,
    is_completed AND cost_nano_usd IS NOT NULL AS priced,
    coalesce(cost_nano_usd, 0) AS cost_nano_usd,
    CASE WHEN is_completed THEN coalesce(latency_ms, 0) ELSE 0 END AS latency_ms,
    input_tokens IS NOT NULL AND estimated_input_tokens IS NOT NULL AS estimate_calls,
    CASE WHEN input_tokens IS NOT NULL THEN coalesce(estimated_input_tokens, 0) ELSE 0 END AS estimated_tokens,
    CASE WHEN estimated_input_tokens IS NOT NULL THEN coalesce(input_tokens, 0) ELSE 0 END AS reported_tokens,
    coalesce(abs(estimated_input_tokens - input_tokens), 0) AS absolute_error_tokens,
    -- The latency to within one percent, NULL where it does not count: exact below 100 ms, then to steps of
    -- 2, 5 or 10 in the third digit. substr makes the power of ten that fits the number of digits.
    CASE
        WHEN NOT is_completed THEN NULL
        WHEN latency_ms < 100 THEN latency_ms
        ELSE (latency_ms + CAST(substr('100000000000', 1, length(latency_ms) - 1) AS INTEGER)
                / CASE WHEN substr(latency_ms, 1, 1) = '1' THEN 10 WHEN substr(latency_ms, 1, 1) < '5' THEN 4 ELSE 2 END)
            / (CAST(substr('100000000000', 1, length(latency_ms) - 1) AS INTEGER)
                / CASE WHEN substr(latency_ms, 1, 1) = '1' THEN 5 WHEN substr(latency_ms, 1, 1) < '5' THEN 2 ELSE 1 END)
            * (CAST(substr('100000000000', 1, length(latency_ms) - 1) AS INTEGER)
                / CASE WHEN substr(latency_ms, 1, 1) = '1' THEN 5 WHEN substr(latency_ms, 1, 1) < '5' THEN 2 ELSE 1 END)
    END AS latency_bucket_ms
FROM read_payloads;

CREATE TABLE call_totals (
    hour INTEGER NOT NULL,                     -- its beginning, Unix epoch milliseconds
    run_id INTEGER NOT NULL,
    instance_id TEXT NOT NULL,
    role TEXT NOT NULL,
    model_name TEXT NOT NULL,
    completed INTEGER NOT NULL,                -- calls that were answered
    failed INTEGER NOT NULL,                   -- calls that ended without an answer
    without_usage INTEGER NOT NULL,            -- answered calls whose provider reported no tokens
    input_tokens INTEGER NOT NULL,
    output_tokens INTEGER NOT NULL,
    cached_input_tokens INTEGER NOT NULL,
    reasoning_tokens INTEGER NOT NULL,
    priced INTEGER NOT NULL,                   -- answered calls whose cost is known
    cost_nano_usd INTEGER NOT NULL,            -- billionths of a US dollar, so that the sum is exact
    latency_ms INTEGER NOT NULL,               -- sum over the answered calls
    estimate_calls INTEGER NOT NULL,           -- calls with an estimate and a reported figure
    estimated_tokens INTEGER NOT NULL,
    reported_tokens INTEGER NOT NULL,
    absolute_error_tokens INTEGER NOT NULL,
    PRIMARY KEY (hour, run_id, instance_id, role, model_name)
) WITHOUT ROWID;

-- How many answered calls took how long, for percentiles that can be added up.
CREATE TABLE call_latencies (
    hour INTEGER NOT NULL,                     -- its beginning, Unix epoch milliseconds
    run_id INTEGER NOT NULL,
    instance_id TEXT NOT NULL,
    role TEXT NOT NULL,
    model_name TEXT NOT NULL,
    latency_bucket_ms INTEGER NOT NULL,
    calls INTEGER NOT NULL,
    PRIMARY KEY (hour, run_id, instance_id, role, model_name, latency_bucket_ms)
) WITHOUT ROWID;

INSERT INTO call_totals
SELECT hour, run_id, instance_id, role, model_name,
    sum(completed), sum(failed), sum(without_usage), sum(input_tokens), sum(output_tokens), sum(cached_input_tokens),
    sum(reasoning_tokens), sum(priced), sum(cost_nano_usd), sum(latency_ms), sum(estimate_calls), sum(estimated_tokens),
    sum(reported_tokens), sum(absolute_error_tokens)
FROM ended_calls GROUP BY hour, run_id, instance_id, role, model_name;

INSERT INTO call_latencies
SELECT hour, run_id, instance_id, role, model_name, latency_bucket_ms, count(*)
FROM ended_calls WHERE latency_bucket_ms IS NOT NULL
GROUP BY hour, run_id, instance_id, role, model_name, latency_bucket_ms;

CREATE TRIGGER events_add_call AFTER INSERT ON events
WHEN new.event_type IN ('llm_call.completed', 'llm_call.failed')
BEGIN
    INSERT INTO call_totals
    SELECT hour, run_id, instance_id, role, model_name, completed, failed, without_usage, input_tokens, output_tokens,
        cached_input_tokens, reasoning_tokens, priced, cost_nano_usd, latency_ms, estimate_calls, estimated_tokens,
        reported_tokens, absolute_error_tokens
    FROM ended_calls WHERE id = new.id
    ON CONFLICT (hour, run_id, instance_id, role, model_name) DO UPDATE SET
        completed = completed + excluded.completed,
        failed = failed + excluded.failed,
        without_usage = without_usage + excluded.without_usage,
        input_tokens = input_tokens + excluded.input_tokens,
        output_tokens = output_tokens + excluded.output_tokens,
        cached_input_tokens = cached_input_tokens + excluded.cached_input_tokens,
        reasoning_tokens = reasoning_tokens + excluded.reasoning_tokens,
        priced = priced + excluded.priced,
        cost_nano_usd = cost_nano_usd + excluded.cost_nano_usd,
        latency_ms = latency_ms + excluded.latency_ms,
        estimate_calls = estimate_calls + excluded.estimate_calls,
        estimated_tokens = estimated_tokens + excluded.estimated_tokens,
        reported_tokens = reported_tokens + excluded.reported_tokens,
        absolute_error_tokens = absolute_error_tokens + excluded.absolute_error_tokens;
    INSERT INTO call_latencies
    SELECT hour, run_id, instance_id, role, model_name, latency_bucket_ms, 1
    FROM ended_calls WHERE id = new.id AND latency_bucket_ms IS NOT NULL
    ON CONFLICT (hour, run_id, instance_id, role, model_name, latency_bucket_ms) DO UPDATE SET calls = calls + 1;
END;

-- Before, while the row can still be read.
CREATE TRIGGER events_take_call BEFORE DELETE ON events
WHEN old.event_type IN ('llm_call.completed', 'llm_call.failed')
BEGIN
    UPDATE call_totals SET
        completed = call_totals.completed - gone.completed,
        failed = call_totals.failed - gone.failed,
        without_usage = call_totals.without_usage - gone.without_usage,
        input_tokens = call_totals.input_tokens - gone.input_tokens,
        output_tokens = call_totals.output_tokens - gone.output_tokens,
        cached_input_tokens = call_totals.cached_input_tokens - gone.cached_input_tokens,
        reasoning_tokens = call_totals.reasoning_tokens - gone.reasoning_tokens,
        priced = call_totals.priced - gone.priced,
        cost_nano_usd = call_totals.cost_nano_usd - gone.cost_nano_usd,
        latency_ms = call_totals.latency_ms - gone.latency_ms,
        estimate_calls = call_totals.estimate_calls - gone.estimate_calls,
        estimated_tokens = call_totals.estimated_tokens - gone.estimated_tokens,
        reported_tokens = call_totals.reported_tokens - gone.reported_tokens,
        absolute_error_tokens = call_totals.absolute_error_tokens - gone.absolute_error_tokens
    FROM (SELECT * FROM ended_calls WHERE id = old.id) AS gone
    WHERE call_totals.hour = gone.hour AND call_totals.run_id = gone.run_id
        AND call_totals.instance_id = gone.instance_id AND call_totals.role = gone.role
        AND call_totals.model_name = gone.model_name;
    DELETE FROM call_totals
    WHERE hour = old.timestamp / 3600000 * 3600000 AND run_id = old.run_id
        AND instance_id = old.instance_id AND role = old.role AND completed + failed = 0;
    UPDATE call_latencies SET calls = calls - 1
    FROM (SELECT * FROM ended_calls WHERE id = old.id) AS gone
    WHERE call_latencies.hour = gone.hour AND call_latencies.run_id = gone.run_id
        AND call_latencies.instance_id = gone.instance_id AND call_latencies.role = gone.role
        AND call_latencies.model_name = gone.model_name
        AND call_latencies.latency_bucket_ms = gone.latency_bucket_ms;
    DELETE FROM call_latencies
    WHERE hour = old.timestamp / 3600000 * 3600000 AND run_id = old.run_id
        AND instance_id = old.instance_id AND role = old.role AND calls = 0;
END;
