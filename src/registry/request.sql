-- registry.db: who asked for help, before there is a case.
--
-- Nothing here names a person either.  The keys of its two parts stand in
-- case_key (keys.db) under its code, as those of a case do.

-- A request.  The states are those of axis "request" in
-- xml/lifecycle/case.xml.
CREATE TABLE IF NOT EXISTS request (
	code	TEXT PRIMARY KEY CHECK (length(code) = 11),
	content	BLOB NOT NULL UNIQUE CHECK (length(content) = 32), -- HMAC
	asked	INTEGER NOT NULL,			-- instant
	channel	TEXT NOT NULL CHECK (length(channel) BETWEEN 1 AND 32),
	danger	TEXT NOT NULL CHECK (danger IN ('yes', 'no', 'unknown')),
	training INTEGER NOT NULL CHECK (training IN (0, 1)),
	state	TEXT NOT NULL CHECK (state GLOB '[a-z]*' AND length(state) <= 32),
	opened_as TEXT REFERENCES case_file (code)	-- NULL: no case yet
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS request_by_case ON request (opened_as);

-- What was asked, and who the person is: sealed apart, and never edited.
CREATE TABLE IF NOT EXISTS request_part (
	code	TEXT NOT NULL REFERENCES request (code),
	part	TEXT NOT NULL CHECK (part IN ('identity', 'facts')),
	entry	INTEGER NOT NULL REFERENCES ledger (at), -- that recorded it
	sealed	BLOB NOT NULL,
	PRIMARY KEY (code, part)
) STRICT;

-- What became of it.
CREATE TABLE IF NOT EXISTS request_step (
	entry	INTEGER PRIMARY KEY REFERENCES ledger (at),
	code	TEXT NOT NULL REFERENCES request (code),
	event	TEXT NOT NULL CHECK (length(event) BETWEEN 1 AND 32),
	source	TEXT NOT NULL CHECK (length(source) BETWEEN 1 AND 32),
	target	TEXT NOT NULL CHECK (length(target) BETWEEN 1 AND 32)
) STRICT;
CREATE INDEX IF NOT EXISTS request_step_by_code ON request_step (code, entry);

-- Where somebody was shown the way to, and why: with the key of the facts.
CREATE TABLE IF NOT EXISTS request_note (
	entry	INTEGER PRIMARY KEY REFERENCES ledger (at),
	code	TEXT NOT NULL REFERENCES request (code),
	sealed	BLOB NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS request_note_by_code ON request_note (code);

-- The clocks that run for a request, as table due has those of a case.
CREATE TABLE IF NOT EXISTS request_due (
	code	TEXT NOT NULL REFERENCES request (code),
	clock	TEXT NOT NULL CHECK (length(clock) BETWEEN 1 AND 64),
	rank	INTEGER NOT NULL CHECK (rank BETWEEN 0 AND 2),
	due	INTEGER NOT NULL,
	started	INTEGER NOT NULL,
	excused	INTEGER NOT NULL CHECK (excused = 0),
	PRIMARY KEY (code, clock)
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS request_due_by_time
	ON request_due (rank, due, code, clock, started, excused);
