-- registry.db as format 3 had it: an invented office, dumped by sqlite3(1).
PRAGMA application_id = 1229472076;
PRAGMA user_version = 3;
PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE setup (
	one	INTEGER PRIMARY KEY CHECK (one = 1),
	id	TEXT NOT NULL CHECK (length(id) = 36),	-- as in keys.db
	committee TEXT NOT NULL CHECK (length(committee) BETWEEN 1 AND 64),
	training INTEGER NOT NULL CHECK (training IN (0, 1)),
	created	INTEGER NOT NULL,			-- instant
	signer	BLOB NOT NULL CHECK (length(signer) = 32) -- ledger's public key
) STRICT;
INSERT INTO setup VALUES(1,'d71c02cb-da11-46fe-a169-eb2c4e30e6f8','XX',1,1767268800,X'32b4db009447dceef7037925f37e21c2d3fc719eb1caf06b5936e2e4076eb728');
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
INSERT INTO case_file VALUES('53WW-49YT-D',X'bd4dbe2535c1b781f78c2277000556d0cd34073ecd42219c6ea6251749fa76b9',20454,2,0,1,1,'','','request','none','none','none');
INSERT INTO case_file VALUES('5454-87HQ-6',X'03c740df7d13a237534006a085d6bb44765545fae537243dda36c1b6d495ee5a',20454,5,0,0,1,'','','destroyed','none','none','none');
INSERT INTO case_file VALUES('MP9T-3XV4-R',X'b067e49708d6834b46c44e13531e9bc8237f07543009b3154655c532c02a65f4',20454,2,0,0,1,'','','screening','none','none','none');
CREATE TABLE case_part (
	code	TEXT NOT NULL REFERENCES case_file (code),
	part	TEXT NOT NULL CHECK (part IN ('identity', 'facts', 'statistics')),
	version	INTEGER NOT NULL CHECK (version >= 1),	-- of the case, then
	entry	INTEGER NOT NULL REFERENCES ledger (at), -- that recorded it
	sealed	BLOB NOT NULL,
	PRIMARY KEY (code, part)
) STRICT;
INSERT INTO case_part VALUES('MP9T-3XV4-R','facts',1,1,X'01bb69b50b2e46285fa728556d1515823947bacd4a648d3f02ceb91265253310586c7009ddbc822323230d98def37cefe6fa9e299bf3fb9db63d90369913');
INSERT INTO case_part VALUES('MP9T-3XV4-R','identity',1,2,X'012a080a33acf97412be81d8f74e4baae046de4243b9e912ca900efd36b70567199dc7c98993c839a11210530e34719e1eae2e31f75bedcbb8a13c8975dab2ef0d80a4e81f5b14763a0704ba26b2b33d5006cc');
INSERT INTO case_part VALUES('MP9T-3XV4-R','statistics',1,3,X'01265cc0812e4cdddbcbeb77bde90d372f43a16adf22d923cfbbf2516fe217a1791882');
INSERT INTO case_part VALUES('53WW-49YT-D','facts',1,5,X'01b8b24da4c4abdc1f46412ac96c17afb2c1e6a351969c9d98020fd8011b2f863faf080dc1644da92f1a1f960d43f029e6f2c1fdeef4b236315ebc0e28ea');
INSERT INTO case_part VALUES('53WW-49YT-D','identity',1,6,X'0115fb0bb5c103461f9e64b55a57a21f1e5f188cc4d840053d4dbab563e03452b169d0596b5d4afce9bff69e16989d818d28cf6839b9fdce5cb5397926d1d8600ce9867e5c13e063fcb0a5ad6d5562f6d9a29d');
INSERT INTO case_part VALUES('53WW-49YT-D','statistics',1,7,X'0135a1709f8c521e126bea0e360cff7d676b78fd28c6e5c353a0e21fe066265a0d84ee');
CREATE TABLE step (
	entry	INTEGER PRIMARY KEY REFERENCES ledger (at),
	code	TEXT NOT NULL REFERENCES case_file (code),
	axis	TEXT NOT NULL
		CHECK (axis IN ('file', 'determination', 'referral', 'consent')),
	event	TEXT NOT NULL CHECK (length(event) BETWEEN 1 AND 32),
	source	TEXT NOT NULL CHECK (length(source) BETWEEN 1 AND 32),
	target	TEXT NOT NULL CHECK (length(target) BETWEEN 1 AND 32)
) STRICT;
INSERT INTO step VALUES(12,'5454-87HQ-6','file','open','request','screening');
INSERT INTO step VALUES(13,'5454-87HQ-6','file','finalise','screening','review');
INSERT INTO step VALUES(14,'5454-87HQ-6','file','no-indication','review','closed');
INSERT INTO step VALUES(15,'5454-87HQ-6','file','destroy','closed','destroyed');
INSERT INTO step VALUES(16,'MP9T-3XV4-R','file','open','request','screening');
INSERT INTO step VALUES(17,'53WW-49YT-D','file','hold','request','request');
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
INSERT INTO ledger VALUES(0,1767268800,'office','open','MP9T-3XV4-R',X'0000000000000000000000000000000000000000000000000000000000000000',X'58c8ecf479309e1019342f6a0853d003710bcd3324540745fec440796a1f1e31',X'd3fce7fa7224e0f42317249b89d31a9ff5356c0a0a9cf8f158aa082d0730d231');
INSERT INTO ledger VALUES(1,1767268800,'office','write','MP9T-3XV4-R facts',X'6fcf621efe6da4a02c950d8ed5a1aa21c9fe04fa0821df1d75c8e858fc851ab7',X'ec34c987101d4484ad7b17d597a59484f7cde31e92122d831096bd7059677da6',X'28805d911f9c0ff72e94bbc673104a7f65a6c580679bfab4adffa082312b56fa');
INSERT INTO ledger VALUES(2,1767268800,'office','write','MP9T-3XV4-R identity',X'599e7f0bd6cead476c2a95889d076e0f373bbddb6ec419f054edfe344d7e41c1',X'535b04e59cb549d20b22422111855890e3d772417356f8bafb6b96bae276cdf0',X'e82e83be5b7b04a5645f6926fb9e7119cb0659078f2726919590a04ddd567cc8');
INSERT INTO ledger VALUES(3,1767268800,'office','write','MP9T-3XV4-R statistics',X'60da1cb8b6f9afd090e61511846fadcf149fcfe0c88a8075d4e0d02308d5f79f',X'2e05a6b8e040b9d7fb579a50438cf0579b04bc57151f77e264c5c15f9d293ca2',X'cafa8d624d0536c43fd42d4b39ab8bd26610a649e92e0fea86c64016f40b3b9b');
INSERT INTO ledger VALUES(4,1767268800,'office','open','53WW-49YT-D',X'0000000000000000000000000000000000000000000000000000000000000000',X'1dfae55636d91a8153cb6f02fcee4184b153966c32f70ce9e59ea368edc0bf04',X'b0deaa63bdaf5f41f3c69f7068e69d541e8274e6510e70b0210d17b8c40bcb5e');
INSERT INTO ledger VALUES(5,1767268800,'office','write','53WW-49YT-D facts',X'b0cb23305c1793d5255dd3fd95f1edca2b0c40fbfb9e0c0ff3bc32cba9bd7644',X'4e6998b8985e0d740489f2db69d90703282dc5cb64dad94f1ea003b79946f829',X'df1319003cd0857f8ee5b9b20a49e136b21fb27743bca70c8be8d3897a067b26');
INSERT INTO ledger VALUES(6,1767268800,'office','write','53WW-49YT-D identity',X'5751db26c3f25978378b53b292df2b543d94a1f7fc366353698a0d3972fea69a',X'7f04d7eee170a1aec7f2830fa2b7b63453f6825528fee09ffe1f5ce65cce55ef',X'a6e6de4ac38da6dadc9d3c8566f085a80542fd530bd4a2067cd0de62b030e7b7');
INSERT INTO ledger VALUES(7,1767268800,'office','write','53WW-49YT-D statistics',X'73476330cc82e73c26c1bf8f65ce38b6ccc269855f992cbb732d4ecd8793a631',X'67e69a94ed7c4357185b8119b471c67f28a42fa01358677fde4f1a97d07beb0a',X'2dc285925ad73efd99a6facdd015f5d2d9a649e4bdca0a473332e3a8a3055342');
INSERT INTO ledger VALUES(8,1767268800,'office','open','5454-87HQ-6',X'0000000000000000000000000000000000000000000000000000000000000000',X'b68199746efed747e43ed51ab74bdddc8c602129d2a648c5f174350878d0bf4e',X'0cbc3d7f45bde7d16244957bffa6270dc49d46d591c3e407002a7ab9e1b4ac45');
INSERT INTO ledger VALUES(9,1767268800,'office','write','5454-87HQ-6 facts',X'4714ba78c899c5dfca8b49d7e2e18f41fb3cfdd167c5e82650cbb4eeb974e5cd',X'0bb326c58ee6fd294bd3f5a6fcc6593abaad48a374fdaf13ce918cca4b01c0ec',X'8bc2a74b424ce7ef666655ffc4fe5f3c97eb41464c307c0c1b378494f0a403c4');
INSERT INTO ledger VALUES(10,1767268800,'office','write','5454-87HQ-6 identity',X'57213ba2170489c3d93d6adcfbede0e4e7a6b45e8851e2337a60c22da36b14f8',X'595ad7543802b1f348793152156c468660217f5414e52f6daabed6ad9d8ab5b2',X'5fa189a5e786166be710f11092080bd53007b413f939fc91e379b3991aee94b2');
INSERT INTO ledger VALUES(11,1767268800,'office','write','5454-87HQ-6 statistics',X'dec5127f48133e4d5c151f1d56b89bd4778e7aa891a6fd108736469f410da5e6',X'bb00393430284a27b389983b2d29cd54bd31d080f0584dc99f19c466bcc4402b',X'd22e1b2125ed2df6aff23492730d3e260eb20361b82207fe1c9d7ad30ce9298a');
INSERT INTO ledger VALUES(12,1767268800,'office','move','5454-87HQ-6',X'cbaf119f417732d04a9b6dc798b6a4cdacd5533bda66b84360420ac76c7801b8',X'3591d92c87d78b258411e8f9468e15e1591785ec5dcedb77b6091d3e0531d311',X'6577339919567d955b799cac1747b066a6e30307e94a3cd7307e99728d79b2b0');
INSERT INTO ledger VALUES(13,1767268800,'office','move','5454-87HQ-6',X'177ad148290d5db6a3087dfa1cedc39f0a09e27d7a800bd8e88169214bea2730',X'e8fc9999d3175a9772c604e68838a0cc021666f6689dac0d12bfef2a413d58b0',X'58b3e178358aec86020472c7bde93501bb7d39a7751e17a8b0b39064dd0da334');
INSERT INTO ledger VALUES(14,1767268800,'office','move','5454-87HQ-6',X'5391e27084b24f0d337567e5569ae8bdfdfdd897e3aa9c8a3294f445668f959b',X'd220369383fb6c66ddc3fc1fdfa7f5446a3b75c5cec8a0d344fc7100e1afaeec',X'8bbbad9d73653249575b6397494768b9b1db4ed88db8789cd82fc28945384dd6');
INSERT INTO ledger VALUES(15,1767268800,'office','erase','5454-87HQ-6',X'68c9fb7e616e5a30a27b5126155fd016dd4580abdc08461cd572b8f291566004',X'1788f37df2653914051ef221b45f06b6e6f59aecdb80e44bf5b1298f6668be2e',X'5e9d40bdc35e45f8ebba2c29fb6ef4acab3ba540b861709aee19dfc9ca33f45c');
INSERT INTO ledger VALUES(16,1767268800,'office','move','MP9T-3XV4-R',X'fc72f73b41d161fd43e43b5256979a345188bc1ffb5a00734ca92ab60836c9ab',X'7018814e8f7a7b1e72fbb0c3d1124bed6c224cc616c719e8ed9b32da39b13510',X'd2c0797d0610a5ee7115f372f7cc1237ce0e3a5c1914deffc2453f1318d8df32');
INSERT INTO ledger VALUES(17,1767268800,'office','move','53WW-49YT-D',X'ddeaf4290f41ad0ddfdac4781934bd701747759f17538abf479a2c07b9dd362c',X'b31008a9f45ce4760be768e6004d068d322c89d22aea94a5a28a0b0fd76afb7f',X'377310ab841848167ed3f158282fedabf4b2dd0ea7934861f9c413eaab227780');
INSERT INTO ledger VALUES(18,1767268800,'office','send','00000000-0000-4000-8000-000000000009',X'0101010101010101010101010101010101010101010101010101010101010101',X'dca075f5be6c917fdf5e5686846c9c7267ca6d8651e1d2ff53e6892232430be9',X'5699b75805067a8cfb9761940473b125f2545febd7d2f6bc24a83b2fa9ae5e74');
INSERT INTO ledger VALUES(19,1767268800,'office','users','register aid',X'8eec0742e19bcc268c8daf7ea9c5e91cb920c6864eaa05691c74c6e4f968b2af',X'92e55c0ae4dfff91aac0ce13c7b015423be3e4dc68444456b00912ed380648e4',X'a2d0412c8ec06f29a95705481fa18cf5fe0960f2854c4c519f2d354520c667f2');
INSERT INTO ledger VALUES(20,1767268800,'office','users','admit aid',X'acb8fb3fdaa5c1316e95a4a9114e60f85832f99b2e6e9c4ed08e4ad658d17c31',X'f5aab9d775832c4b87794c04a53e68f7c06f32873af4bbaba4d1d4f0eff4211e',X'd8a38159521c056b7be5aa3061c565808a5dc46467228dfee906128e3a270cef');
INSERT INTO ledger VALUES(21,1767268800,'office','assign','MP9T-3XV4-R to aid',X'0000000000000000000000000000000000000000000000000000000000000000',X'8ccadaf11ce87ae719f8db49ad48ded624caed35cf4b85f983a3cf40f47692d3',X'2a811464f9b01a5f11aceda4ee7534ff8cd4e6498170d33c62ae2dbfb34dadd0');
INSERT INTO ledger VALUES(22,1767268800,'office','share','recovery-20888',X'208f37fee39c57031348e200ac6874b0011df70eb0ab2cdb75bac2955c46f34f',X'fe840d660950cbc228a571163de9886948a4da7776b37932ee6cd38559178090',X'c196af82ef87e4e19396119284d8836ed25649226ac00da4f71b30a5c90092f7');
INSERT INTO ledger VALUES(23,1767268800,'office','users','recovery-20888',X'5542aec2c9091dc9b72b05540771e9ffa76f5c98da9a04e2cea92cb37c80eeec',X'b96d9175f1ac9e10ff03790a2e02917bbe7fab00b7091a046d2a276310e422fe',X'c572a078936afd242a1151a6cc3cca21982ad67c08f88e2f30b9925cd256c5c8');
INSERT INTO ledger VALUES(24,1767268800,'aid','break','53WW-49YT-D by aid',X'0000000000000000000000000000000000000000000000000000000000000000',X'4d7beb0ea23a6cd119a1d550d9398b1f293ea08a01284dafbc2868b36d956a88',X'01976a7642e913af9d5faf3d6bb281be81f9bf1f9b626aa3b4b636da8271de29');
CREATE TABLE break_glass (
	entry	INTEGER PRIMARY KEY REFERENCES ledger (at),
	code	TEXT NOT NULL REFERENCES case_file (code),
	user	TEXT NOT NULL CHECK (length(user) BETWEEN 1 AND 64),
	until	INTEGER NOT NULL,		-- instant
	reason	BLOB NOT NULL,			-- sealed with the key of the facts
	reviewed INTEGER REFERENCES ledger (at)	-- NULL: not yet
) STRICT;
INSERT INTO break_glass VALUES(24,'53WW-49YT-D','aid',1767283200,X'011232cc6d71c4dbdcbeb264b811e0f16be27523be8034afdd22af42811458c98680ec692f46b84aefcab6ba6f90543d9cefefe6b9',NULL);
CREATE TABLE checkpoint (
	one	INTEGER PRIMARY KEY CHECK (one = 1),
	size	INTEGER NOT NULL CHECK (size >= 0),
	root	BLOB NOT NULL CHECK (length(root) = 32),
	subtrees BLOB NOT NULL CHECK (length(subtrees) % 32 = 0),
	signature BLOB NOT NULL CHECK (length(signature) = 64)
) STRICT;
INSERT INTO checkpoint VALUES(1,25,X'803c743636f96d73c3a26e23d8c1b66e48ce4cf4e66f73abb0a57b62439d38f4',X'ae31156febdaece61d9b021026ece30154c9b64ad358e536dde66467615332bda831a09625e24ff3db0a31d70173a860845fc347dc0eab39aa206eaa2c777f654d7beb0ea23a6cd119a1d550d9398b1f293ea08a01284dafbc2868b36d956a88',X'dd3e3c348a09ade75721dc9d16ae596a7d8e178228174820c155994e5f70f5683061e826b58ea0060dbb141507fd50f248b6acae26f3b12d19c5c7099d0ed609');
CREATE TABLE pack (
	sequence INTEGER PRIMARY KEY CHECK (sequence >= 1),
	entry	INTEGER NOT NULL UNIQUE REFERENCES ledger (at),
	made	INTEGER NOT NULL,		-- instant
	loaded	INTEGER NOT NULL,		-- instant
	digest	BLOB NOT NULL CHECK (length(digest) = 32),
	mark	BLOB NOT NULL CHECK (length(mark) = 32), -- HMAC of the above
	bytes	BLOB NOT NULL
) STRICT;
CREATE TABLE pack_file (
	digest	BLOB NOT NULL CHECK (length(digest) = 32),
	sequence INTEGER NOT NULL REFERENCES pack (sequence),
	PRIMARY KEY (digest, sequence)
) STRICT, WITHOUT ROWID;
CREATE TABLE partner (
	committee TEXT PRIMARY KEY CHECK (length(committee) BETWEEN 1 AND 64),
	fingerprint TEXT NOT NULL CHECK (length(fingerprint) <= 128),
	sequence INTEGER NOT NULL CHECK (sequence >= 0),
	list	BLOB NOT NULL,			-- signed, public
	added	INTEGER NOT NULL,		-- instant
	updated	INTEGER NOT NULL		-- instant
) STRICT, WITHOUT ROWID;
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
INSERT INTO message VALUES('00000000-0000-4000-8000-000000000009','sent','EG','referral',1,X'0101010101010101010101010101010101010101010101010101010101010101',X'0000000000000000000000000000000000000000000000000000000000000000',X'0000000000000000000000000000000000000000000000000000000000000000','sent',1767268800,0,'','');
CREATE TABLE name_mark (
	mark	BLOB NOT NULL CHECK (length(mark) = 16),
	code	TEXT NOT NULL REFERENCES case_file (code),
	PRIMARY KEY (mark, code)
) STRICT, WITHOUT ROWID;
CREATE TABLE person_link (
	a	TEXT NOT NULL REFERENCES case_file (code),
	b	TEXT NOT NULL REFERENCES case_file (code),
	sealed	BLOB NOT NULL,
	PRIMARY KEY (a, b),
	CHECK (a < b)
) STRICT, WITHOUT ROWID;
CREATE TABLE accused (
	entry	INTEGER PRIMARY KEY REFERENCES ledger (at),
	code	TEXT NOT NULL REFERENCES case_file (code),
	sealed	BLOB NOT NULL
) STRICT;
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
INSERT INTO due VALUES('53WW-49YT-D','request',1,1767484799,1767268800,0);
INSERT INTO due VALUES('MP9T-3XV4-R','screening',1,1768175999,1767268800,0);
CREATE TABLE due_made (
	one	INTEGER PRIMARY KEY CHECK (one = 1),
	sequence INTEGER NOT NULL CHECK (sequence >= 0)
) STRICT;
CREATE TABLE excuse (
	entry	INTEGER PRIMARY KEY REFERENCES ledger (at),
	code	TEXT NOT NULL REFERENCES case_file (code),
	clock	TEXT NOT NULL CHECK (length(clock) BETWEEN 1 AND 64),
	started	INTEGER NOT NULL,		-- instant: which run of it
	sealed	BLOB NOT NULL			-- with the key of the facts
) STRICT;
CREATE INDEX case_by_day ON case_file (opened, code);
CREATE INDEX step_by_case ON step (code, entry);
CREATE INDEX ledger_of_users ON ledger (at) WHERE act = 'users';
CREATE INDEX break_glass_by_case ON break_glass (code, user, until);
CREATE INDEX ledger_of_packs ON ledger (at) WHERE act = 'pack';
CREATE INDEX message_by_time ON message (created, id);
CREATE INDEX name_mark_by_case ON name_mark (code);
CREATE INDEX person_link_by_second ON person_link (b);
CREATE INDEX accused_by_case ON accused (code);
CREATE INDEX due_by_time ON due (rank, due, code, clock, started, excused);
CREATE INDEX ledger_of_openings ON ledger (subject) WHERE act = 'open';
CREATE INDEX excuse_by_case ON excuse (code, clock, started);
COMMIT;
