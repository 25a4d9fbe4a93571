-- Schema 2: photos, joint checks, what becomes of findings, issued documents and their signatures, stock phrases, document numbers,
-- PINs and settings of users.

-- derived

-- In a joint check an item may be of another standard than the visit's own.
ALTER TABLE answer ADD COLUMN standard TEXT;
ALTER TABLE finding ADD COLUMN standard TEXT;

CREATE TABLE visit_party (
  id TEXT PRIMARY KEY,
  visit TEXT,
  authority TEXT,
  standard TEXT,
  standard_title TEXT,
  lead TEXT,
  assistants TEXT,
  leads INTEGER,
  withdrawn_reason TEXT,
  state INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE photo (
  id TEXT PRIMARY KEY,
  visit TEXT,
  item TEXT,
  standard TEXT,
  stage TEXT,
  caption TEXT,
  taken_at INTEGER,
  added_at INTEGER,
  blob TEXT,
  received_digest TEXT,
  format TEXT,
  width INTEGER,
  height INTEGER,
  original_kept INTEGER,
  withdrawn_reason TEXT,
  state INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE follow_up (
  id TEXT PRIMARY KEY,
  visit TEXT,
  finding TEXT,
  item TEXT,
  standard TEXT,
  facility TEXT,
  authority TEXT,
  area TEXT,
  inspector TEXT,
  way TEXT,
  deadline_on TEXT,
  extended_to TEXT,
  extension_reason TEXT,
  extension_approved_by TEXT,
  referred_to TEXT,
  referred_on TEXT,
  reply_due_on TEXT,
  reply_on TEXT,
  reply_no TEXT,
  reply_text TEXT,
  recheck_visit TEXT,
  corrected_on TEXT,
  closed_on TEXT,
  closed_result TEXT,
  note TEXT,
  external_system TEXT,
  external_no TEXT,
  external_entered_at INTEGER,
  retired_on TEXT,
  retired_reason TEXT,
  same_as TEXT,
  state INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE document (
  id TEXT PRIMARY KEY,
  kind TEXT,
  visit TEXT,
  facility TEXT,
  authority TEXT,
  area TEXT,
  standard TEXT,
  items TEXT,
  about TEXT,
  addressed_to TEXT,
  basis TEXT,
  statement TEXT,
  number TEXT,
  template TEXT,
  text_digest TEXT,
  pages INTEGER,
  issued_on TEXT,
  issued_by TEXT,
  approved_by TEXT,
  blob TEXT,
  delivered_on TEXT,
  delivery_way TEXT,
  received_by TEXT,
  delivery_note TEXT,
  withdrawn_reason TEXT,
  retired_on TEXT,
  retired_reason TEXT,
  same_as TEXT,
  state INTEGER NOT NULL DEFAULT 0,
  whole_state INTEGER NOT NULL DEFAULT 0,
  search_key BLOB
);

CREATE TABLE signature (
  id TEXT PRIMARY KEY,
  document TEXT,
  role TEXT,
  name TEXT,
  way TEXT,
  blob TEXT,
  pages INTEGER,
  reason TEXT,
  witness TEXT,
  signed_at INTEGER,
  withdrawn_reason TEXT,
  state INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE phrase (
  id TEXT PRIMARY KEY,
  authority TEXT,
  area TEXT,
  text TEXT,
  basis TEXT,
  certainty TEXT,
  requirement TEXT,
  keywords TEXT,
  item TEXT,
  standard TEXT,
  retired_on TEXT,
  retired_reason TEXT,
  same_as TEXT,
  state INTEGER NOT NULL DEFAULT 0,
  search_key BLOB
);

CREATE TABLE number_range (
  id TEXT PRIMARY KEY,
  authority TEXT,
  area TEXT,
  document_kind TEXT,
  year INTEGER,
  pattern TEXT,
  first_number INTEGER,
  last_number INTEGER,
  device TEXT,
  retired_on TEXT,
  retired_reason TEXT,
  same_as TEXT,
  state INTEGER NOT NULL DEFAULT 0
);

CREATE INDEX visit_party_visit ON visit_party (visit);
CREATE INDEX photo_visit ON photo (visit);
CREATE INDEX follow_up_visit ON follow_up (visit);
CREATE INDEX follow_up_facility ON follow_up (facility);
CREATE INDEX follow_up_finding ON follow_up (finding);
-- The work list of what is still to be done, by what is due first.
CREATE INDEX follow_up_open ON follow_up (coalesce (extended_to, deadline_on, reply_due_on), inspector)
  WHERE closed_on IS NULL AND retired_on IS NULL AND same_as IS NULL;
CREATE INDEX document_visit ON document (visit);
CREATE INDEX document_facility ON document (facility, issued_on);
CREATE INDEX document_about ON document (about) WHERE about IS NOT NULL;
CREATE INDEX document_of_number ON document (number) WHERE number IS NOT NULL;
CREATE INDEX signature_document ON signature (document);
CREATE INDEX phrase_authority ON phrase (authority);
CREATE INDEX number_range_authority ON number_range (authority, document_kind, year);

-- local

-- Numbers that were given away here, of withdrawn documents too: none is given twice.
CREATE TABLE document_number (
  authority TEXT NOT NULL,
  kind TEXT NOT NULL,
  year INTEGER NOT NULL,
  number INTEGER NOT NULL,
  document TEXT NOT NULL,
  PRIMARY KEY (authority, kind, year, number)
) WITHOUT ROWID;

-- Argon2id.
CREATE TABLE user_pin (
  user TEXT PRIMARY KEY,
  salt BLOB NOT NULL,
  hash BLOB NOT NULL,
  passes INTEGER NOT NULL,
  memory_kib INTEGER NOT NULL,
  wrong INTEGER NOT NULL DEFAULT 0,        -- wrong ones since the last right one
  wrong_at INTEGER                         -- when the last of them was typed
) WITHOUT ROWID;

CREATE TABLE user_setting (
  user TEXT NOT NULL,
  key TEXT NOT NULL,
  value,
  PRIMARY KEY (user, key)
) WITHOUT ROWID;
