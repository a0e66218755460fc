-- Calls to models added up, so that a question about tokens need not read every payload. The triggers below keep the sums
-- in the statement that inserts or deletes an event, whoever runs it: in every transaction they are what the events say.

-- A payload as JSON, NULL when it is none: a row that another program wrote may hold anything.
CREATE FUNCTION readable_json(payload TEXT) RETURNS JSONB LANGUAGE plpgsql IMMUTABLE STRICT AS $$
BEGIN
    RETURN payload::jsonb;
EXCEPTION WHEN OTHERS THEN
    RETURN NULL;
END $$;

-- A figure of a payload; absent when it is no number, cut when it is outside of reason, so that no sum overflows.
CREATE FUNCTION call_figure(fields JSONB, name TEXT) RETURNS BIGINT LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN jsonb_typeof(fields -> name) = 'number'
        THEN trunc(greatest(0, least(1000000000000, (fields ->> name)::numeric)))::bigint END
$$;

-- One row a call that has ended, its payload as columns: the only place that reads payloads of calls.
CREATE VIEW ended_calls AS
WITH readable AS (
    SELECT id, timestamp, run_id, instance_id, role, event_type, readable_json(payload) AS fields
    FROM events
    WHERE event_type IN ('llm_call.completed', 'llm_call.failed')
), read_payloads AS (
    SELECT id, timestamp, run_id, instance_id, role,
        (event_type = 'llm_call.completed')::int::bigint AS is_completed,
        coalesce(fields ->> 'model_name', 'unknown') AS model_name,
        call_figure(fields, 'latency_ms') AS latency_ms,
        call_figure(fields, 'input_tokens') AS input_tokens,
        call_figure(fields, 'output_tokens') AS output_tokens,
        call_figure(fields, 'cached_input_tokens') AS cached_input_tokens,
        call_figure(fields, 'reasoning_tokens') AS reasoning_tokens,
        call_figure(fields, 'estimated_input_tokens') AS estimated_input_tokens,
        CASE WHEN jsonb_typeof(fields -> 'cost_usd') = 'number'
            THEN round(greatest(0, least(1000000, (fields ->> 'cost_usd')::numeric)) * 1000000000)::bigint END
            AS cost_nano_usd
    FROM readable
    WHERE fields IS NOT NULL
)
SELECT id, timestamp, timestamp / 3600000 * 3600000 AS hour, run_id, instance_id, role, model_name,
    is_completed AS completed,
    1 - is_completed AS failed,
    (is_completed = 1 AND input_tokens IS NULL)::int::bigint AS without_usage,
    coalesce(input_tokens, 0) AS input_tokens,
    coalesce(output_tokens, 0) AS output_tokens,
    coalesce(cached_input_tokens, 0) AS cached_input_tokens,
    coalesce(reasoning_tokens, 0) AS reasoning_tokens,
    (is_completed = 1 AND cost_nano_usd IS NOT NULL)::int::bigint AS priced,
    coalesce(cost_nano_usd, 0) AS cost_nano_usd,
    CASE WHEN is_completed = 1 THEN coalesce(latency_ms, 0) ELSE 0 END AS latency_ms,
    (input_tokens IS NOT NULL AND estimated_input_tokens IS NOT NULL)::int::bigint AS estimate_calls,
    CASE WHEN input_tokens IS NOT NULL THEN coalesce(estimated_input_tokens, 0) ELSE 0 END AS estimated_tokens,
    CASE WHEN estimated_input_tokens IS NOT NULL THEN coalesce(input_tokens, 0) ELSE 0 END AS reported_tokens,
    coalesce(abs(estimated_input_tokens - input_tokens), 0) AS absolute_error_tokens,
    -- The latency to within one percent, NULL where it does not count: exact below 100 ms, then to steps of
    -- 2, 5 or 10 in the third digit. substr makes the power of ten that fits the number of digits.
    CASE
        WHEN is_completed = 0 THEN NULL
        WHEN latency_ms < 100 THEN latency_ms
        ELSE (latency_ms + substr('100000000000', 1, length(latency_ms::text) - 1)::bigint
                / CASE WHEN left(latency_ms::text, 1) = '1' THEN 10 WHEN left(latency_ms::text, 1) < '5' THEN 4 ELSE 2 END)
            / (substr('100000000000', 1, length(latency_ms::text) - 1)::bigint
                / CASE WHEN left(latency_ms::text, 1) = '1' THEN 5 WHEN left(latency_ms::text, 1) < '5' THEN 2 ELSE 1 END)
            * (substr('100000000000', 1, length(latency_ms::text) - 1)::bigint
                / CASE WHEN left(latency_ms::text, 1) = '1' THEN 5 WHEN left(latency_ms::text, 1) < '5' THEN 2 ELSE 1 END)
    END AS latency_bucket_ms
FROM read_payloads;

CREATE TABLE call_totals (
    hour BIGINT NOT NULL,                     -- its beginning, Unix epoch milliseconds
    run_id BIGINT NOT NULL,
    instance_id TEXT NOT NULL,
    role TEXT NOT NULL,
    model_name TEXT NOT NULL,
    completed BIGINT NOT NULL,                -- calls that were answered
    failed BIGINT NOT NULL,                   -- calls that ended without an answer
    without_usage BIGINT NOT NULL,            -- answered calls whose provider reported no tokens
    input_tokens BIGINT NOT NULL,
    output_tokens BIGINT NOT NULL,
    cached_input_tokens BIGINT NOT NULL,
    reasoning_tokens BIGINT NOT NULL,
    priced BIGINT NOT NULL,                   -- answered calls whose cost is known
    cost_nano_usd BIGINT NOT NULL,            -- billionths of a US dollar, so that the sum is exact
    latency_ms BIGINT NOT NULL,               -- sum over the answered calls
    estimate_calls BIGINT NOT NULL,           -- calls with an estimate and a reported figure
    estimated_tokens BIGINT NOT NULL,
    reported_tokens BIGINT NOT NULL,
    absolute_error_tokens BIGINT NOT NULL,
    PRIMARY KEY (hour, run_id, instance_id, role, model_name)
);

-- How many answered calls took how long, for percentiles that can be added up.
CREATE TABLE call_latencies (
    hour BIGINT NOT NULL,                     -- its beginning, Unix epoch milliseconds
    run_id BIGINT NOT NULL,
    instance_id TEXT NOT NULL,
    role TEXT NOT NULL,
    model_name TEXT NOT NULL,
    latency_bucket_ms BIGINT NOT NULL,
    calls BIGINT NOT NULL,
    PRIMARY KEY (hour, run_id, instance_id, role, model_name, latency_bucket_ms)
);

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

CREATE FUNCTION add_call() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO call_totals
    SELECT hour, run_id, instance_id, role, model_name, completed, failed, without_usage, input_tokens, output_tokens,
        cached_input_tokens, reasoning_tokens, priced, cost_nano_usd, latency_ms, estimate_calls, estimated_tokens,
        reported_tokens, absolute_error_tokens
    FROM ended_calls WHERE id = new.id
    ON CONFLICT (hour, run_id, instance_id, role, model_name) DO UPDATE SET
        completed = call_totals.completed + excluded.completed,
        failed = call_totals.failed + excluded.failed,
        without_usage = call_totals.without_usage + excluded.without_usage,
        input_tokens = call_totals.input_tokens + excluded.input_tokens,
        output_tokens = call_totals.output_tokens + excluded.output_tokens,
        cached_input_tokens = call_totals.cached_input_tokens + excluded.cached_input_tokens,
        reasoning_tokens = call_totals.reasoning_tokens + excluded.reasoning_tokens,
        priced = call_totals.priced + excluded.priced,
        cost_nano_usd = call_totals.cost_nano_usd + excluded.cost_nano_usd,
        latency_ms = call_totals.latency_ms + excluded.latency_ms,
        estimate_calls = call_totals.estimate_calls + excluded.estimate_calls,
        estimated_tokens = call_totals.estimated_tokens + excluded.estimated_tokens,
        reported_tokens = call_totals.reported_tokens + excluded.reported_tokens,
        absolute_error_tokens = call_totals.absolute_error_tokens + excluded.absolute_error_tokens;
    INSERT INTO call_latencies
    SELECT hour, run_id, instance_id, role, model_name, latency_bucket_ms, 1
    FROM ended_calls WHERE id = new.id AND latency_bucket_ms IS NOT NULL
    ON CONFLICT (hour, run_id, instance_id, role, model_name, latency_bucket_ms) DO UPDATE SET calls = call_latencies.calls + 1;
    RETURN NULL;
END $$;

CREATE TRIGGER events_add_call AFTER INSERT ON events FOR EACH ROW
WHEN (new.event_type IN ('llm_call.completed', 'llm_call.failed'))
EXECUTE FUNCTION add_call();

CREATE FUNCTION take_call() RETURNS TRIGGER LANGUAGE plpgsql AS $$
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
    RETURN old;
END $$;

-- Before, while the row can still be read.
CREATE TRIGGER events_take_call BEFORE DELETE ON events FOR EACH ROW
WHEN (old.event_type IN ('llm_call.completed', 'llm_call.failed'))
EXECUTE FUNCTION take_call();
