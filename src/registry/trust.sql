-- registry.db: whom this office believes, and what it no longer does.

-- A partner's first list, which one person has compared; it is believed when
-- a second one has.
CREATE TABLE IF NOT EXISTS partner_waiting (
	committee TEXT PRIMARY KEY CHECK (length(committee) BETWEEN 1 AND 64),
	fingerprint TEXT NOT NULL CHECK (length(fingerprint) <= 128),
	sequence INTEGER NOT NULL CHECK (sequence >= 0),
	list	BLOB NOT NULL,
	entry	INTEGER NOT NULL REFERENCES ledger (at)	-- who was the first
) STRICT, WITHOUT ROWID;

-- That the list in partner is the one this registry took in last.
CREATE TABLE IF NOT EXISTS partner_pin (
	committee TEXT PRIMARY KEY REFERENCES partner (committee),
	entry	INTEGER NOT NULL REFERENCES ledger (at),
	mark	BLOB NOT NULL CHECK (length(mark) = 32)	-- HMAC of the row
) STRICT, WITHOUT ROWID;

-- The newest revocation list of a partner, as it came.
CREATE TABLE IF NOT EXISTS partner_revocation (
	committee TEXT PRIMARY KEY REFERENCES partner (committee),
	crl	BLOB NOT NULL				-- signed, public
) STRICT, WITHOUT ROWID;

-- By which keys a letter was signed.
CREATE TABLE IF NOT EXISTS message_signer (
	id	TEXT NOT NULL REFERENCES message (id),
	fingerprint TEXT NOT NULL CHECK (length(fingerprint) <= 128),
	PRIMARY KEY (id, fingerprint)
) STRICT, WITHOUT ROWID;

-- What the ledger says of partners, and of the letters that came.
CREATE INDEX IF NOT EXISTS ledger_of_trust ON ledger (act, subject)
	WHERE act = 'trust' OR act = 'propose' OR act = 'untrust'
	OR act = 'revoke' OR act = 'receive';
