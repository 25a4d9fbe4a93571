-- Schema 3: who handed their open work to whom, and why.

CREATE TABLE handover (
  id TEXT PRIMARY KEY,
  authority TEXT,
  area TEXT,
  from_inspector TEXT,
  to_inspector TEXT,
  handed_on TEXT,
  reason TEXT,
  visits TEXT,
  follow_ups TEXT,
  retired_on TEXT,
  retired_reason TEXT,
  same_as TEXT,
  state INTEGER NOT NULL DEFAULT 0
);

CREATE INDEX handover_from ON handover (from_inspector);

-- What was joined to a place: few are.
CREATE INDEX facility_same ON facility (same_as) WHERE same_as IS NOT NULL;
