-- keys.db: every key of the registry, sealed or wrapped.
--
-- Apart from registry.db so that it is backed up apart and kept for less
-- long: a case whose keys are gone from here cannot be read again.

PRAGMA application_id = 0x4948414b;	-- "IHAK"; the version is set by format.c

CREATE TABLE setup (
	one	INTEGER PRIMARY KEY CHECK (one = 1),
	id	TEXT NOT NULL CHECK (length(id) = 36)	-- as in registry.db
) STRICT;

-- Who may open the registry: the keys of a user, under the passphrase.  Who
-- they are and what they may do stands in the roster.
CREATE TABLE user (
	name	TEXT PRIMARY KEY CHECK (length(name) BETWEEN 1 AND 64),
	sealed	BLOB NOT NULL	-- two private keys and the digest of the setup
) STRICT, WITHOUT ROWID;

-- Users and compartments, each generation signed by a user of the one before.
CREATE TABLE roster (
	generation INTEGER PRIMARY KEY CHECK (generation >= 1),
	document BLOB NOT NULL,		-- as in roster.h
	signer	TEXT NOT NULL CHECK (length(signer) BETWEEN 1 AND 64),
	signature BLOB NOT NULL CHECK (length(signature) = 64)
) STRICT;

-- Who holds what: the compartment's private key, wrapped to the user.
CREATE TABLE holding (
	compartment TEXT NOT NULL CHECK (length(compartment) BETWEEN 1 AND 32),
	user	TEXT NOT NULL REFERENCES user (name),
	wrapped	BLOB NOT NULL,
	PRIMARY KEY (compartment, user)
) STRICT, WITHOUT ROWID;

-- The key of one part of one case, wrapped to each who may read it: to a
-- compartment ("facts"), or to a user whom the case was given ("user NAME").
CREATE TABLE case_key (
	code	TEXT NOT NULL CHECK (length(code) = 11),
	part	TEXT NOT NULL CHECK (part IN ('identity', 'facts', 'statistics')),
	holder	TEXT NOT NULL CHECK (length(holder) BETWEEN 1 AND 72),
	wrapped	BLOB NOT NULL,
	PRIMARY KEY (code, part, holder)
) STRICT, WITHOUT ROWID;
CREATE INDEX case_key_by_holder ON case_key (holder, code);

-- Cases whose keys were written just before the case itself: after a crash
-- in between, the keys are swept.
CREATE TABLE pending (
	code	TEXT PRIMARY KEY CHECK (length(code) = 11)
) STRICT, WITHOUT ROWID;

-- Secrets of the office, sealed under compartment "office"; and "packed rows N",
-- made of the coded rows of all cases, under "statistics": here, because it
-- has to go with the keys of a case that is destroyed.
CREATE TABLE kept (
	name	TEXT PRIMARY KEY CHECK (length(name) BETWEEN 1 AND 64),
	sealed	BLOB NOT NULL
) STRICT, WITHOUT ROWID;
