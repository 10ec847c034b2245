-- registry.db: interviews that are not finished.
--
-- What was said is sealed with a key that is wrapped to its author alone and
-- stands in case_key (keys.db) under its code, as the keys of a case do.

CREATE TABLE IF NOT EXISTS draft (
	code	TEXT PRIMARY KEY CHECK (length(code) = 11),
	entry	INTEGER NOT NULL REFERENCES ledger (at), -- that began it
	user	TEXT NOT NULL CHECK (length(user) BETWEEN 1 AND 64),
	instrument TEXT NOT NULL CHECK (length(instrument) BETWEEN 1 AND 64),
	begun	INTEGER NOT NULL,			-- instant
	saved	INTEGER NOT NULL,			-- instant
	expires	INTEGER NOT NULL,			-- day: the last
	version	INTEGER NOT NULL CHECK (version >= 1),
	sealed	BLOB NOT NULL
) STRICT;

-- It became a case, or it was destroyed: its keys go, if they are not gone.
CREATE TABLE IF NOT EXISTS draft_end (
	code	TEXT PRIMARY KEY CHECK (length(code) = 11),
	entry	INTEGER NOT NULL REFERENCES ledger (at)
) STRICT, WITHOUT ROWID;
