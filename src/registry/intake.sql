-- registry.db: interviews that were held elsewhere and wait to be confirmed.
--
-- What was filled in stands sealed in the request of the same code; here only
-- by which way it came, and two keyed marks by which it is known again.
CREATE TABLE IF NOT EXISTS intake (
	code	TEXT PRIMARY KEY REFERENCES request (code),
	origin	TEXT NOT NULL CHECK (origin GLOB '[a-z]*' AND length(origin) <= 32),
	interview BLOB NOT NULL UNIQUE CHECK (length(interview) = 32), -- of its id
	answers	BLOB NOT NULL CHECK (length(answers) = 32) -- of what was answered
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS intake_by_answers ON intake (answers);
