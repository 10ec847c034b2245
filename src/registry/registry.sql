-- registry.db: the cases of one office.
--
-- Nothing here names a person: content is sealed, the day is all that is said
-- of when, the interview is known by a keyed digest.  Booleans are 0 and 1,
-- days count from 1970-01-01, instants are seconds since then (UTC), digests
-- are 32 bytes of SHA-256.

PRAGMA application_id = 0x4948414c;	-- "IHAL"; the version is set by format.c

-- What this registry is; one row, bound into each user's sealed key.
CREATE TABLE setup (
	one	INTEGER PRIMARY KEY CHECK (one = 1),
	id	TEXT NOT NULL CHECK (length(id) = 36),	-- as in keys.db
	committee TEXT NOT NULL CHECK (length(committee) BETWEEN 1 AND 64),
	training INTEGER NOT NULL CHECK (training IN (0, 1)),
	created	INTEGER NOT NULL,			-- instant
	signer	BLOB NOT NULL CHECK (length(signer) = 32) -- ledger's public key
) STRICT;

-- A case.  The states are those of xml/lifecycle/case.xml.
CREATE TABLE case_file (
	code	TEXT PRIMARY KEY CHECK (length(code) = 11),
	interview BLOB NOT NULL UNIQUE CHECK (length(interview) = 32), -- HMAC
	opened	INTEGER NOT NULL,			-- day
	version	INTEGER NOT NULL CHECK (version >= 1),
	urgent	INTEGER NOT NULL CHECK (urgent IN (0, 1)),
	held	INTEGER NOT NULL CHECK (held IN (0, 1)), -- not to be destroyed
	training INTEGER NOT NULL CHECK (training IN (0, 1)),
	origin	TEXT NOT NULL CHECK (length(origin) <= 64), -- '': ours
	their_code TEXT NOT NULL CHECK (length(their_code) IN (0, 11)),
	file	TEXT NOT NULL CHECK (file GLOB '[a-z]*' AND length(file) <= 32),
	determination TEXT NOT NULL
		CHECK (determination GLOB '[a-z]*' AND length(determination) <= 32),
	referral TEXT NOT NULL
		CHECK (referral GLOB '[a-z]*' AND length(referral) <= 32),
	consent	TEXT NOT NULL
		CHECK (consent GLOB '[a-z]*' AND length(consent) <= 32)
) STRICT, WITHOUT ROWID;
CREATE INDEX case_by_day ON case_file (opened, code);

-- One sealed part of a case; its key is in keys.db.
CREATE TABLE case_part (
	code	TEXT NOT NULL REFERENCES case_file (code),
	part	TEXT NOT NULL CHECK (part IN ('identity', 'facts', 'statistics')),
	version	INTEGER NOT NULL CHECK (version >= 1),	-- of the case, then
	entry	INTEGER NOT NULL REFERENCES ledger (at), -- that recorded it
	sealed	BLOB NOT NULL,
	PRIMARY KEY (code, part)
) STRICT;

-- How a case came where it is.
CREATE TABLE step (
	entry	INTEGER PRIMARY KEY REFERENCES ledger (at),
	code	TEXT NOT NULL REFERENCES case_file (code),
	axis	TEXT NOT NULL
		CHECK (axis IN ('file', 'determination', 'referral', 'consent')),
	event	TEXT NOT NULL CHECK (length(event) BETWEEN 1 AND 32),
	source	TEXT NOT NULL CHECK (length(source) BETWEEN 1 AND 32),
	target	TEXT NOT NULL CHECK (length(target) BETWEEN 1 AND 32)
) STRICT;
CREATE INDEX step_by_case ON step (code, entry);

-- Who did what, for ever: the leaves of a Merkle tree.
CREATE TABLE ledger (
	at	INTEGER PRIMARY KEY CHECK (at >= 0),
	instant	INTEGER NOT NULL,
	actor	TEXT NOT NULL CHECK (length(actor) BETWEEN 1 AND 64),
	act	TEXT NOT NULL,
	subject	TEXT NOT NULL CHECK (length(subject) <= 128),
	digest	BLOB NOT NULL CHECK (length(digest) = 32),
	leaf	BLOB NOT NULL CHECK (length(leaf) = 32),
	mark	BLOB NOT NULL CHECK (length(mark) = 32)	-- HMAC of size and root
) STRICT;
-- The last change of the roster in keys.db.
CREATE INDEX ledger_of_users ON ledger (at) WHERE act = 'users';

-- A case that was opened by somebody whom it was not given: for some hours,
-- for a reason, to be looked at by another.
CREATE TABLE break_glass (
	entry	INTEGER PRIMARY KEY REFERENCES ledger (at),
	code	TEXT NOT NULL REFERENCES case_file (code),
	user	TEXT NOT NULL CHECK (length(user) BETWEEN 1 AND 64),
	until	INTEGER NOT NULL,		-- instant
	reason	BLOB NOT NULL,			-- sealed with the key of the facts
	reviewed INTEGER REFERENCES ledger (at)	-- NULL: not yet
) STRICT;
CREATE INDEX break_glass_by_case ON break_glass (code, user, until);

-- The ledger as it was last signed; one row.
CREATE TABLE checkpoint (
	one	INTEGER PRIMARY KEY CHECK (one = 1),
	size	INTEGER NOT NULL CHECK (size >= 0),
	root	BLOB NOT NULL CHECK (length(root) = 32),
	subtrees BLOB NOT NULL CHECK (length(subtrees) % 32 = 0),
	signature BLOB NOT NULL CHECK (length(signature) = 64)
) STRICT;

-- The instruments, frameworks and mechanisms that are judged by, as signed
-- files: the newest is in force, the earlier ones stay for earlier cases.
CREATE TABLE pack (
	sequence INTEGER PRIMARY KEY CHECK (sequence >= 1),
	entry	INTEGER NOT NULL UNIQUE REFERENCES ledger (at),
	made	INTEGER NOT NULL,		-- instant
	loaded	INTEGER NOT NULL,		-- instant
	digest	BLOB NOT NULL CHECK (length(digest) = 32),
	mark	BLOB NOT NULL CHECK (length(mark) = 32), -- HMAC of the above
	bytes	BLOB NOT NULL
) STRICT;
CREATE INDEX ledger_of_packs ON ledger (at) WHERE act = 'pack';

-- What each holds, to find the one that a case was judged by.
CREATE TABLE pack_file (
	digest	BLOB NOT NULL CHECK (length(digest) = 32),
	sequence INTEGER NOT NULL REFERENCES pack (sequence),
	PRIMARY KEY (digest, sequence)
) STRICT, WITHOUT ROWID;

-- Committees we exchange with, and the newest trust list of each.
CREATE TABLE partner (
	committee TEXT PRIMARY KEY CHECK (length(committee) BETWEEN 1 AND 64),
	fingerprint TEXT NOT NULL CHECK (length(fingerprint) <= 128),
	sequence INTEGER NOT NULL CHECK (sequence >= 0),
	list	BLOB NOT NULL,			-- signed, public
	added	INTEGER NOT NULL,		-- instant
	updated	INTEGER NOT NULL		-- instant
) STRICT, WITHOUT ROWID;

-- What was sent and received.
CREATE TABLE message (
	id	TEXT PRIMARY KEY CHECK (length(id) = 36),
	direction TEXT NOT NULL CHECK (direction IN ('sent', 'received')),
	peer	TEXT NOT NULL CHECK (length(peer) BETWEEN 1 AND 64),
	purpose	TEXT NOT NULL CHECK (length(purpose) BETWEEN 1 AND 32),
	sequence INTEGER NOT NULL CHECK (sequence >= 1),
	container BLOB NOT NULL CHECK (length(container) = 32),
	envelope BLOB NOT NULL CHECK (length(envelope) = 32),
	previous BLOB NOT NULL CHECK (length(previous) = 32),
	state	TEXT NOT NULL CHECK (length(state) BETWEEN 1 AND 32),
	created	INTEGER NOT NULL,		-- instant
	expires	INTEGER NOT NULL,		-- instant; 0: never
	in_reply_to TEXT NOT NULL CHECK (length(in_reply_to) IN (0, 36)),
	code	TEXT NOT NULL CHECK (length(code) IN (0, 11)),
	UNIQUE (direction, peer, sequence)
) STRICT, WITHOUT ROWID;
CREATE INDEX message_by_time ON message (created, id);

-- By what a person is found again: keyed marks of name and year of birth
-- (person.h).  No kind stands beside them: each looks like any other.
CREATE TABLE name_mark (
	mark	BLOB NOT NULL CHECK (length(mark) = 16),
	code	TEXT NOT NULL REFERENCES case_file (code),
	PRIMARY KEY (mark, code)
) STRICT, WITHOUT ROWID;
CREATE INDEX name_mark_by_case ON name_mark (code);

-- Two cases that belong together; how, is sealed with the first one's key.
CREATE TABLE person_link (
	a	TEXT NOT NULL REFERENCES case_file (code),
	b	TEXT NOT NULL REFERENCES case_file (code),
	sealed	BLOB NOT NULL,
	PRIMARY KEY (a, b),
	CHECK (a < b)
) STRICT, WITHOUT ROWID;
CREATE INDEX person_link_by_second ON person_link (b);

-- Notes on alleged perpetrators: no part of a case, and never released.
CREATE TABLE accused (
	entry	INTEGER PRIMARY KEY REFERENCES ledger (at),
	code	TEXT NOT NULL REFERENCES case_file (code),
	sealed	BLOB NOT NULL
) STRICT;
CREATE INDEX accused_by_case ON accused (code);

-- What is due: the clocks that run in a case, as its steps, the clocks and
-- the calendar make them.  Nothing stands here that could not be made anew.
CREATE TABLE due (
	code	TEXT NOT NULL REFERENCES case_file (code),
	clock	TEXT NOT NULL CHECK (length(clock) BETWEEN 1 AND 64),
	rank	INTEGER NOT NULL CHECK (rank BETWEEN 0 AND 2), -- urgent, running,
							       -- paused
	due	INTEGER NOT NULL,		-- instant: the last in time
	started	INTEGER NOT NULL,		-- instant
	excused	INTEGER NOT NULL CHECK (excused IN (0, 1)),
	PRIMARY KEY (code, clock)
) STRICT, WITHOUT ROWID;
CREATE INDEX due_by_time ON due (rank, due, code, clock, started, excused);

-- By which pack: another may have other clocks, or another calendar.
CREATE TABLE due_made (
	one	INTEGER PRIMARY KEY CHECK (one = 1),
	sequence INTEGER NOT NULL CHECK (sequence >= 0)
) STRICT;

-- When a case was taken in.
CREATE INDEX ledger_of_openings ON ledger (subject) WHERE act = 'open';

-- Why something was late.  It stays late.
CREATE TABLE excuse (
	entry	INTEGER PRIMARY KEY REFERENCES ledger (at),
	code	TEXT NOT NULL REFERENCES case_file (code),
	clock	TEXT NOT NULL CHECK (length(clock) BETWEEN 1 AND 64),
	started	INTEGER NOT NULL,		-- instant: which run of it
	sealed	BLOB NOT NULL			-- with the key of the facts
) STRICT;
CREATE INDEX excuse_by_case ON excuse (code, clock, started);
