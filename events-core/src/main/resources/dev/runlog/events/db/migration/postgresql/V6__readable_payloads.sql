-- Calls whose payload is JSON that JSONB cannot hold, with an escaped NUL or half of a surrogate pair in a text, were in
-- no sum. They are read with a question mark in that place, and the hours in which there are any are added up again.

CREATE OR REPLACE FUNCTION readable_json(payload TEXT) RETURNS JSONB LANGUAGE plpgsql IMMUTABLE STRICT AS $$
BEGIN
    RETURN payload::jsonb;
EXCEPTION WHEN OTHERS THEN
    BEGIN
        RETURN regexp_replace(
            -- An escaped backslash is written as a number, so that any other backslash begins an escape.
            replace(payload, '\\', '\u005c'),
            '\\u0000'
                || '|\\u[dD][89abAB][0-9a-fA-F]{2}(?!\\u[dD][c-fC-F])'
                || '|(?<!\\u[dD][89abAB][0-9a-fA-F]{2})\\u[dD][c-fC-F][0-9a-fA-F]{2}',
            '?', 'g')::jsonb;
    EXCEPTION WHEN OTHERS THEN
        RETURN NULL;
    END;
END $$;

-- Nobody may add a call between the deletion of its sum and the new one.
LOCK TABLE events IN SHARE ROW EXCLUSIVE MODE;

CREATE VIEW hours_to_sum AS
SELECT DISTINCT timestamp / 3600000 * 3600000 AS hour
FROM events
WHERE event_type IN ('llm_call.completed', 'llm_call.failed') AND payload ~ '\\u(0000|[dD][89a-fA-F])';

DELETE FROM call_totals WHERE hour IN (SELECT hour FROM hours_to_sum);

INSERT INTO call_totals
SELECT hour, run_id, instance_id, role, model_name,
    sum(completed), sum(failed), sum(without_usage), sum(input_tokens), sum(output_tokens), sum(cached_input_tokens),
    sum(reasoning_tokens), sum(priced), sum(cost_nano_usd), sum(latency_ms), sum(estimate_calls), sum(estimated_tokens),
    sum(reported_tokens), sum(absolute_error_tokens)
FROM ended_calls
WHERE hour = ANY (ARRAY(SELECT hour FROM hours_to_sum))
GROUP BY hour, run_id, instance_id, role, model_name;

DELETE FROM call_latencies WHERE hour IN (SELECT hour FROM hours_to_sum);

INSERT INTO call_latencies
SELECT hour, run_id, instance_id, role, model_name, latency_bucket_ms, count(*)
FROM ended_calls
WHERE latency_bucket_ms IS NOT NULL AND hour = ANY (ARRAY(SELECT hour FROM hours_to_sum))
GROUP BY hour, run_id, instance_id, role, model_name, latency_bucket_ms;

DROP VIEW hours_to_sum;
