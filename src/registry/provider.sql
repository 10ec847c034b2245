-- registry.db: the providers that people are sent to.

-- A page about one: itself ("ID"), or how it was found to be ("ID check").
-- Pages are only added; the newest of a subject counts.
CREATE TABLE IF NOT EXISTS provider (
	entry	INTEGER PRIMARY KEY REFERENCES ledger (at),
	subject	TEXT NOT NULL CHECK (length(subject) BETWEEN 1 AND 128),
	mark	BLOB NOT NULL CHECK (length(mark) = 32), -- HMAC of the page
	bytes	BLOB NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS provider_by_subject ON provider (subject, entry);
CREATE INDEX IF NOT EXISTS ledger_of_providers ON ledger (subject, at)
	WHERE act = 'provider';
