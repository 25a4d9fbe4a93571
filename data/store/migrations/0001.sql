-- Schema 1. Run in one EXCLUSIVE transaction together with user_version.
--
-- log: the truth. Lines as they were written or received, and what proves them.

-- One row for each device incarnation. n = 1 need not be this file's own (see device_state).
CREATE TABLE chain (
  n INTEGER PRIMARY KEY,
  device TEXT NOT NULL UNIQUE,
  public_key BLOB NOT NULL                 -- Ed25519, 32 bytes, from line 1
);

-- n counts arrivals here. A stub (a line that this file may not see) has neither line nor record. A line of a grammar
-- that this version cannot read is kept with its text and without record.
CREATE TABLE change (
  n INTEGER PRIMARY KEY,
  chain INTEGER NOT NULL REFERENCES chain (n),
  seq INTEGER NOT NULL,
  record BLOB,                             -- 16 bytes of the UUID
  line TEXT,
  digest BLOB NOT NULL,                    -- SHA-256 of the line
  link BLOB NOT NULL,                      -- SHA-256 of the link before and the digest
  UNIQUE (chain, seq)
);
CREATE INDEX change_record ON change (record) WHERE record IS NOT NULL;

-- The openings of sealed values: digest = SHA-256 (salt, value).
CREATE TABLE opened (
  digest BLOB PRIMARY KEY,
  salt BLOB NOT NULL,
  value TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE checkpoint (
  chain INTEGER NOT NULL REFERENCES chain (n),
  seq INTEGER NOT NULL,
  link BLOB NOT NULL,
  signature BLOB NOT NULL,
  PRIMARY KEY (chain, seq)
) WITHOUT ROWID;

-- Made from the log alone, so that a merge finds quickly what concerns a record from outside its own lines.

-- Which lines seal a root.
CREATE TABLE seal (
  root BLOB NOT NULL,
  change INTEGER NOT NULL,
  PRIMARY KEY (root, change)
) WITHOUT ROWID;

-- Which lines a verdict refuses; record is that of both.
CREATE TABLE refused (
  record BLOB NOT NULL,
  device TEXT NOT NULL,
  seq INTEGER NOT NULL,
  change INTEGER NOT NULL,                 -- the verdict
  PRIMARY KEY (record, device, seq, change)
) WITHOUT ROWID;

-- What an erasure took away: openings ('sealed') and blobs ('blob').
CREATE TABLE erased (
  digest BLOB NOT NULL,
  kind TEXT NOT NULL,
  change INTEGER NOT NULL,                 -- the first erasure of it
  PRIMARY KEY (digest, kind)
) WITHOUT ROWID;

-- Records that have lines of which none is in effect (all of them late or refused). They have no row below.
CREATE TABLE dormant (
  id TEXT PRIMARY KEY,
  entity TEXT NOT NULL,
  root TEXT NOT NULL,                      -- of a part: its root; of a root: itself
  state INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE INDEX dormant_root ON dormant (root);

-- local: of this file alone, never synced.

CREATE TABLE device_state (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  device TEXT NOT NULL,
  token_hash TEXT                          -- hex SHA-256 of the start token; NULL in a backup
);

CREATE TABLE local_setting (
  key TEXT PRIMARY KEY,
  value
) WITHOUT ROWID;

-- What was typed and could not be saved yet.
CREATE TABLE draft (
  user TEXT NOT NULL,
  entity TEXT NOT NULL,
  record TEXT NOT NULL,
  key TEXT NOT NULL,
  value TEXT,
  at INTEGER NOT NULL,
  PRIMARY KEY (user, entity, record, key)
) WITHOUT ROWID;

-- An import's lines stand in a row in the chain of its device.
CREATE TABLE import_batch (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  at INTEGER NOT NULL,
  by TEXT NOT NULL,
  file_name TEXT NOT NULL,
  sheet_name TEXT,
  created INTEGER NOT NULL,
  updated INTEGER NOT NULL,
  device TEXT NOT NULL,
  first_seq INTEGER NOT NULL,
  last_seq INTEGER NOT NULL,
  undone_at INTEGER
) WITHOUT ROWID;

-- State: here, to_fetch, to_send, erased, damaged.
CREATE TABLE blob (
  digest TEXT PRIMARY KEY,
  state TEXT NOT NULL,
  size INTEGER
) WITHOUT ROWID;
CREATE INDEX blob_state ON blob (state) WHERE state <> 'here';

-- derived: one table for each entity of mc-entity.c, one column for each of its fields. Personal columns hold the opened
-- value. `state` has the bits of McRecordState; `whole_state` those of the root and all its parts together.
-- `search_key` is the search key of all searchable fields.

CREATE TABLE device (
  id TEXT PRIMARY KEY,
  name TEXT,
  public_key TEXT,
  previous TEXT,
  state INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE area (
  id TEXT PRIMARY KEY,
  code TEXT,
  name TEXT,
  level TEXT,
  parent TEXT,
  aliases TEXT,
  managed_by TEXT,
  retired_on TEXT,
  retired_reason TEXT,
  same_as TEXT,
  state INTEGER NOT NULL DEFAULT 0,
  search_key BLOB
);

CREATE TABLE authority (
  id TEXT PRIMARY KEY,
  name TEXT,
  short_name TEXT,
  kind TEXT,
  area TEXT,
  document_number_pattern TEXT,
  address TEXT,
  phone TEXT,
  retired_on TEXT,
  retired_reason TEXT,
  same_as TEXT,
  state INTEGER NOT NULL DEFAULT 0,
  search_key BLOB
);

CREATE TABLE user (
  id TEXT PRIMARY KEY,
  name TEXT,
  role TEXT,
  authority TEXT,
  area TEXT,
  inspector TEXT,
  retired_on TEXT,
  retired_reason TEXT,
  same_as TEXT,
  state INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE facility (
  id TEXT PRIMARY KEY,
  name TEXT,
  operator TEXT,
  credit_code TEXT,
  kind TEXT,
  ownership TEXT,
  supply_model TEXT,
  status TEXT,
  area TEXT,
  authority TEXT,
  address TEXT,
  beds INTEGER,
  nursing_beds INTEGER,
  dementia_beds INTEGER,
  medical_beds INTEGER,
  childcare_places INTEGER,
  credit_risk_class TEXT,
  legal_representative TEXT,
  contact_person TEXT,
  contact_phone TEXT,
  floor_area INTEGER,
  investment INTEGER,
  central_investment INTEGER,
  registered_on TEXT,
  filed_on TEXT,
  filing_no TEXT,
  opened_on TEXT,
  grade TEXT,
  sample_fields TEXT,
  note TEXT,
  retired_on TEXT,
  retired_reason TEXT,
  same_as TEXT,
  state INTEGER NOT NULL DEFAULT 0,
  whole_state INTEGER NOT NULL DEFAULT 0,
  search_key BLOB
);

CREATE TABLE facility_class (
  id TEXT PRIMARY KEY,
  facility TEXT,
  class_kind TEXT,
  classes INTEGER,
  children INTEGER,
  carers INTEGER,
  state INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE inspector (
  id TEXT PRIMARY KEY,
  name TEXT,
  employer TEXT,
  authority TEXT,
  area TEXT,
  certificate_no TEXT,
  certificate_expires_on TEXT,
  fields TEXT,
  recusals TEXT,
  recusal_reason TEXT,
  phone TEXT,
  sample_fields TEXT,
  retired_on TEXT,
  retired_reason TEXT,
  same_as TEXT,
  state INTEGER NOT NULL DEFAULT 0,
  search_key BLOB
);

CREATE TABLE check_matter (
  id TEXT PRIMARY KEY,
  code TEXT,
  name TEXT,
  authority TEXT,
  area TEXT,
  facility_kinds TEXT,
  basis TEXT,
  certainty TEXT,
  method TEXT,
  importance TEXT,
  ratio TEXT,
  frequency TEXT,
  yearly_cap INTEGER,
  standard TEXT,
  published_on TEXT,
  sample_fields TEXT,
  retired_on TEXT,
  retired_reason TEXT,
  same_as TEXT,
  state INTEGER NOT NULL DEFAULT 0,
  search_key BLOB
);

CREATE TABLE standard (
  id TEXT PRIMARY KEY,
  title TEXT,
  kind TEXT,
  version TEXT,
  document TEXT,
  authority TEXT,
  area TEXT,
  retired_on TEXT,
  retired_reason TEXT,
  same_as TEXT,
  state INTEGER NOT NULL DEFAULT 0,
  search_key BLOB
);

CREATE TABLE visit (
  id TEXT PRIMARY KEY,
  facility TEXT,
  authority TEXT,
  area TEXT,
  type TEXT,
  source TEXT,
  source_no TEXT,
  source_reply_on TEXT,
  check_matter TEXT,
  standard TEXT,
  standard_title TEXT,
  checked_on TEXT,
  started_at INTEGER,
  ended_at INTEGER,
  lead TEXT,
  assistants TEXT,
  recorder TEXT,
  late_entry INTEGER,
  facility_representative TEXT,
  representative_position TEXT,
  facility_statement TEXT,
  note TEXT,
  result_code TEXT,
  document_no TEXT,
  previous TEXT,
  external_system TEXT,
  external_no TEXT,
  external_entered_at INTEGER,
  retired_on TEXT,
  retired_reason TEXT,
  same_as TEXT,
  state INTEGER NOT NULL DEFAULT 0,
  whole_state INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE answer (
  id TEXT PRIMARY KEY,
  visit TEXT,
  item TEXT,
  value TEXT,
  note TEXT,
  bulk INTEGER,
  state INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE finding (
  id TEXT PRIMARY KEY,
  visit TEXT,
  item TEXT,
  description TEXT,
  basis TEXT,
  certainty TEXT,
  severity TEXT,
  way TEXT,
  competent TEXT,
  requirement TEXT,
  deadline_on TEXT,
  legal_review TEXT,
  others_told_at INTEGER,
  withdrawn_reason TEXT,
  state INTEGER NOT NULL DEFAULT 0
);

CREATE INDEX area_parent ON area (parent);
CREATE INDEX area_code ON area (code);
CREATE INDEX facility_area ON facility (area);
CREATE INDEX facility_authority ON facility (authority) WHERE authority IS NOT NULL;
CREATE INDEX facility_name ON facility (name);
CREATE INDEX facility_credit_code ON facility (credit_code) WHERE credit_code IS NOT NULL;
CREATE INDEX facility_class_facility ON facility_class (facility);
CREATE INDEX inspector_name ON inspector (name);
CREATE INDEX visit_facility ON visit (facility, checked_on);
-- The work lists of checks read row numbers and counts from these alone.
CREATE INDEX visit_checked_on ON visit (checked_on, state, retired_on, same_as);
CREATE INDEX visit_draft ON visit (checked_on) WHERE state & 2 = 0 AND retired_on IS NULL AND same_as IS NULL;
CREATE INDEX visit_lead ON visit (lead, checked_on);
CREATE INDEX visit_assistants ON visit (assistants) WHERE assistants IS NOT NULL; -- searched through for an inspector's own
CREATE INDEX answer_visit ON answer (visit);
CREATE INDEX finding_visit ON finding (visit);
CREATE INDEX finding_deadline_on ON finding (deadline_on) WHERE deadline_on IS NOT NULL;
