-- keys.db: how officers get back what a lost passphrase closed.

-- The recovery key there is; one row.  Its private half is in the hands of
-- officers and nowhere else.
CREATE TABLE IF NOT EXISTS recovery (
	one	INTEGER PRIMARY KEY CHECK (one = 1),
	number	INTEGER NOT NULL CHECK (number BETWEEN 0 AND 32767), -- of the set
	shares	INTEGER NOT NULL CHECK (shares BETWEEN 2 AND 16),
	threshold INTEGER NOT NULL CHECK (threshold BETWEEN 2 AND shares),
	made	INTEGER NOT NULL,				-- instant
	public	BLOB NOT NULL CHECK (length(public) = 32),	-- X25519
	sealed	BLOB NOT NULL,	-- what it was made for, only to be opened by it
	signature BLOB NOT NULL CHECK (length(signature) = 64)	-- ledger's key
) STRICT;

-- Each compartment's private key, wrapped to it.
CREATE TABLE IF NOT EXISTS recovery_holding (
	compartment TEXT PRIMARY KEY,
	wrapped	BLOB NOT NULL
) STRICT, WITHOUT ROWID;
