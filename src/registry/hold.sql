-- registry.db: why a case may not be destroyed.

-- A legal hold; whether one is in force stands in the case's row.  One whose
-- day has passed still holds, until somebody releases it.
CREATE TABLE IF NOT EXISTS hold (
	entry	INTEGER PRIMARY KEY REFERENCES ledger (at),
	code	TEXT NOT NULL REFERENCES case_file (code),
	until	INTEGER NOT NULL,		-- day
	sealed	BLOB NOT NULL			-- why; with the key of the facts
) STRICT;
CREATE INDEX IF NOT EXISTS hold_by_case ON hold (code, entry);
