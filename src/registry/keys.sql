-- keys.db: every key of the registry, sealed or wrapped.
--
-- Apart from registry.db so that it is backed up apart and kept for less
-- long: a case whose keys are gone from here cannot be read again.

PRAGMA application_id = 0x4948414b;	-- "IHAK"
PRAGMA user_version = 2;		-- SCHEMA in registry.c

CREATE TABLE setup (
	one	INTEGER PRIMARY KEY CHECK (one = 1),
	id	TEXT NOT NULL CHECK (length(id) = 36)	-- as in registry.db
) STRICT;

-- Who may open the registry.
CREATE TABLE user (
	name	TEXT PRIMARY KEY CHECK (length(name) BETWEEN 1 AND 64),
	public	BLOB NOT NULL CHECK (length(public) = 32),	-- X25519
	sealed	BLOB NOT NULL	-- private key and digest of the setup, under
				-- the passphrase
) STRICT, WITHOUT ROWID;

-- What can be held apart.
CREATE TABLE compartment (
	name	TEXT PRIMARY KEY,
	public	BLOB NOT NULL CHECK (length(public) = 32)	-- X25519
) STRICT, WITHOUT ROWID;

-- Who holds what: the compartment's private key, wrapped to the user.
CREATE TABLE holding (
	compartment TEXT NOT NULL REFERENCES compartment (name),
	user	TEXT NOT NULL REFERENCES user (name),
	wrapped	BLOB NOT NULL,
	PRIMARY KEY (compartment, user)
) STRICT, WITHOUT ROWID;

-- The key of one part of one case, wrapped to the part's compartment.
CREATE TABLE case_key (
	code	TEXT NOT NULL CHECK (length(code) = 11),
	part	TEXT NOT NULL REFERENCES compartment (name),
	wrapped	BLOB NOT NULL,
	PRIMARY KEY (code, part)
) STRICT, WITHOUT ROWID;

-- Cases whose keys were written just before the case itself: after a crash
-- in between, the keys are swept.
CREATE TABLE pending (
	code	TEXT PRIMARY KEY CHECK (length(code) = 11)
) STRICT, WITHOUT ROWID;

-- Secrets of the office, sealed under compartment "office".
CREATE TABLE kept (
	name	TEXT PRIMARY KEY CHECK (length(name) BETWEEN 1 AND 64),
	sealed	BLOB NOT NULL
) STRICT, WITHOUT ROWID;
