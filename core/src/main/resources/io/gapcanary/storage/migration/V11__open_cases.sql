-- The lists that agents work from: what is open now, and what one agent serves, by opening.
CREATE INDEX desk_case_open ON desk_case (opened_at, id) WHERE closed_at IS NULL;
CREATE INDEX desk_case_agent ON desk_case (agent_id, opened_at, id) WHERE agent_id IS NOT NULL;
