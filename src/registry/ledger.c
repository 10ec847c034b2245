/* This is where acts are entered, and the list is proved whole. */
#include "ihala/ledger.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "query.h"

/* What ih_keys_grow() makes of the key of compartment "audit". */
#define SIGNER "ihala ledger signer 1"
#define MARKER "ihala ledger marks 1"

static const char *const acts[IH_ACTS] = {
	[IH_ACT_OPEN] = "open",
	[IH_ACT_READ] = "read",
	[IH_ACT_WRITE] = "write",
	[IH_ACT_MOVE] = "move",
	[IH_ACT_SEND] = "send",
	[IH_ACT_RECEIVE] = "receive",
	[IH_ACT_PRINT] = "print",
	[IH_ACT_PREVIEW] = "preview",
	[IH_ACT_EXPORT] = "export",
	[IH_ACT_KEEP] = "keep",
	[IH_ACT_TRUST] = "trust",
	[IH_ACT_PROPOSE] = "propose",
	[IH_ACT_UNTRUST] = "untrust",
	[IH_ACT_REVOKE] = "revoke",
	[IH_ACT_COUNT] = "count",
	[IH_ACT_PACK] = "pack",
	[IH_ACT_USERS] = "users",
	[IH_ACT_ASSIGN] = "assign",
	[IH_ACT_BREAK] = "break",
	[IH_ACT_REVIEW] = "review",
	[IH_ACT_SHARE] = "share",
	[IH_ACT_RECOVER] = "recover",
	[IH_ACT_SEARCH] = "search",
	[IH_ACT_LINK] = "link",
	[IH_ACT_UNLINK] = "unlink",
	[IH_ACT_NOTE] = "note",
	[IH_ACT_ERASE] = "erase",
	[IH_ACT_BACKUP] = "backup",
	[IH_ACT_RESTORE] = "restore",
	[IH_ACT_CONSENT] = "consent",
	[IH_ACT_RECTIFY] = "rectify",
	[IH_ACT_MIGRATE] = "migrate",
	[IH_ACT_REQUEST] = "request",
	[IH_ACT_PLAN] = "plan",
	[IH_ACT_SERVICE] = "provider",
	[IH_ACT_DRAFT] = "draft",
	[IH_ACT_INTAKE] = "intake",
};

const char *
ih_act_name(enum ih_act act)
{
	return acts[act];
}

/* ---- one entry */

struct row {
	struct ih_entry entry;
	char act[16]; /* as it stands, even where it is no act */
	struct ih_hash leaf, mark;
};

/* Its canonical bytes; their number. */
static size_t
line_of(const struct row *row, char line[static IH_ENTRY_TEXT])
{
	const struct ih_entry *e = &row->entry;
	char digest[IH_DIGEST_TEXT];

	ih_hash_text(&e->digest, digest);
	return (size_t)snprintf(line, IH_ENTRY_TEXT,
	    "%" PRIu64 "\t%" PRId64 "\t%s\t%s\t%s\t%s\n", e->at, e->instant,
	    e->actor, row->act, e->subject, digest);
}

static struct ih_hash
leaf_of(const struct row *row)
{
	char line[IH_ENTRY_TEXT];
	size_t length = line_of(row, line);

	return ih_tree_leaf(line, length);
}

static struct ih_hash
mark_of(const struct ih_secret *marker, const struct ih_tree *tree)
{
	struct ih_hash root = ih_tree_root(tree), mark = { 0 };
	char digest[IH_DIGEST_TEXT], text[2 * IH_DIGEST_TEXT];

	ih_hash_text(&root, digest);
	snprintf(text, sizeof text, "%" PRIu64 "\n%s\n", tree->size, digest);
	ih_digest_keyed(marker->bytes, marker->size, text, strlen(text),
	    mark.bytes);
	return mark;
}

/* ---- the checkpoint */

static bool
read_checkpoint(struct ih_registry *registry, struct ih_checkpoint *checkpoint,
    struct ih_tree *tree, struct ih_error *err)
{
	IH_OWNED(sqlite3_stmt)
	rows = ih_ask(registry->db, err,
	    "SELECT size, root, signature, subtrees FROM checkpoint",
	    IH_NOTHING);

	if (rows == NULL)
		return false;
	if (!ih_row(rows, err))
		return err->kind != IH_NONE ?
			   false :
			   ih_fail(err, IH_TRUST,
			       "ledger: the checkpoint is gone");
	checkpoint->size = (uint64_t)sqlite3_column_int64(rows, 0);
	ih_column_bytes(rows, 1, checkpoint->root.bytes, IH_DIGEST);
	ih_column_bytes(rows, 2, checkpoint->signature, IH_SIGNATURE);
	if (tree == NULL)
		return true;
	*tree = (struct ih_tree){ .size = checkpoint->size };
	if (checkpoint->size >> IH_TREE_HEIGHT != 0)
		return ih_fail(err, IH_TRUST, "ledger: checkpoint malformed");
	ih_column_bytes(rows, 3, tree->full,
	    ih_tree_fulls(tree->size) * sizeof tree->full[0]);
	return true;
}

static bool
is_signed(const struct ih_registry *registry,
    const struct ih_checkpoint *checkpoint, struct ih_error *err)
{
	char text[IH_CHECKPOINT_TEXT];

	ih_checkpoint_text(registry->committee, registry->signer,
	    checkpoint->size, &checkpoint->root, text);
	return ih_sign_check(registry->signer, text, strlen(text),
		   checkpoint->signature, err) ||
	       ih_fail_in(err, "ledger: checkpoint");
}

/* Checked once, then by comparison: a signature takes long to check. */
static bool
is_trusted(struct ih_registry *registry, const struct ih_checkpoint *checkpoint,
    struct ih_error *err)
{
	if (memcmp(&registry->trusted, checkpoint, sizeof *checkpoint) == 0)
		return true;
	if (!is_signed(registry, checkpoint, err))
		return false;
	registry->trusted = *checkpoint;
	return true;
}

bool
ih_ledger_sign(const struct ih_registry *registry, const void *bytes,
    size_t size, unsigned char signature[static IH_SIGNATURE],
    struct ih_error *err)
{
	IH_OWNED(ih_secret)
	signer = ih_keys_grow(registry, IH_HOLD_AUDIT, SIGNER, err);

	return signer != NULL && ih_sign(signer, bytes, size, signature, err);
}

static bool
sign_checkpoint(struct ih_registry *registry, const struct ih_tree *tree,
    struct ih_checkpoint *checkpoint, struct ih_error *err)
{
	char text[IH_CHECKPOINT_TEXT];

	memset(checkpoint, 0, sizeof *checkpoint);
	checkpoint->size = tree->size;
	checkpoint->root = ih_tree_root(tree);
	ih_checkpoint_text(registry->committee, registry->signer, tree->size,
	    &checkpoint->root, text);
	return ih_ledger_sign(registry, text, strlen(text),
	    checkpoint->signature, err);
}

static bool
write_checkpoint(struct ih_registry *registry, const struct ih_tree *tree,
    struct ih_error *err)
{
	struct ih_checkpoint checkpoint;

	if (!sign_checkpoint(registry, tree, &checkpoint, err) ||
	    !ih_run(registry->db, err,
		"INSERT INTO checkpoint (one, size, root, subtrees, signature)"
		" VALUES (1, :size, :root, :subtrees, :signature)"
		" ON CONFLICT (one) DO UPDATE SET size = excluded.size,"
		" root = excluded.root, subtrees = excluded.subtrees,"
		" signature = excluded.signature",
		ih_number(":size", (int64_t)checkpoint.size),
		ih_bytes(":root", checkpoint.root.bytes, IH_DIGEST),
		ih_bytes(":subtrees", tree->full,
		    ih_tree_fulls(tree->size) * sizeof tree->full[0]),
		ih_bytes(":signature", checkpoint.signature, IH_SIGNATURE)))
		return false;
	registry->trusted = checkpoint;
	return true;
}

bool
ih_ledger_init(struct ih_registry *registry, struct ih_error *err)
{
	struct ih_tree nothing = { 0 };
	IH_OWNED(ih_secret)
	signer = ih_keys_grow(registry, IH_HOLD_AUDIT, SIGNER, err);

	return signer != NULL &&
	       ih_sign_public(signer, registry->signer, err) &&
	       write_checkpoint(registry, &nothing, err);
}

bool
ih_ledger_checkpoint(struct ih_registry *registry,
    struct ih_checkpoint *checkpoint, struct ih_error *err)
{
	memset(checkpoint, 0, sizeof *checkpoint);
	return ih_ledger_settle(registry, err) &&
	       read_checkpoint(registry, checkpoint, NULL, err);
}

bool
ih_ledger_key(struct ih_registry *registry,
    unsigned char public[static IH_SIGN_PUBLIC], struct ih_error *err)
{
	(void)err;
	memcpy(public, registry->signer, IH_SIGN_PUBLIC);
	return true;
}

/* ---- entering */

/* One line stays one line, in the canonical bytes too. */
static bool
is_one_line(const char *text)
{
	for (; *text != '\0'; text++)
		if ((unsigned char)*text < 0x20 || *text == 0x7f)
			return false;
	return true;
}

static bool
insert(struct ih_registry *registry, const struct row *row,
    struct ih_error *err)
{
	return ih_run(registry->db, err,
	    "INSERT INTO ledger"
	    " (at, instant, actor, act, subject, digest, leaf, mark) VALUES"
	    " (:at, :instant, :actor, :act, :subject, :digest, :leaf, :mark)",
	    ih_number(":at", (int64_t)row->entry.at),
	    ih_number(":instant", row->entry.instant),
	    ih_text(":actor", row->entry.actor), ih_text(":act", row->act),
	    ih_text(":subject", row->entry.subject),
	    ih_bytes(":digest", row->entry.digest.bytes, IH_DIGEST),
	    ih_bytes(":leaf", row->leaf.bytes, IH_DIGEST),
	    ih_bytes(":mark", row->mark.bytes, IH_DIGEST));
}

/* A ledger that was tampered with must not get a fresh signature. */
static bool
start_growing(struct ih_registry *registry, struct ih_error *err)
{
	struct ih_checkpoint checkpoint = { 0 };
	struct ih_hash root;

	if (registry->grown.is_ahead)
		return true;
	if (!read_checkpoint(registry, &checkpoint, &registry->grown.tree,
		err) ||
	    !is_trusted(registry, &checkpoint, err))
		return false;
	root = ih_tree_root(&registry->grown.tree);
	return ih_hash_is(&root, &checkpoint.root) ||
	       ih_fail(err, IH_TRUST, "ledger: the checkpoint was changed");
}

static bool
enter(struct ih_registry *registry, struct row *row, struct ih_error *err)
{
	struct ih_tree *tree = &registry->grown.tree;
	IH_OWNED(ih_secret)
	marker = ih_keys_grow(registry, IH_HOLD_AUDIT, MARKER, err);

	if (marker == NULL || !start_growing(registry, err))
		return false;
	row->entry.at = tree->size;
	row->leaf = leaf_of(row);
	ih_tree_add(tree, row->leaf);
	registry->grown.is_ahead = true;
	row->mark = mark_of(marker, tree);
	return insert(registry, row, err);
}

bool
ih_ledger_settle(struct ih_registry *registry, struct ih_error *err)
{
	if (!registry->grown.is_ahead)
		return true;
	registry->grown.is_ahead = false;
	return write_checkpoint(registry, &registry->grown.tree, err);
}

void
ih_ledger_look(struct ih_registry *registry)
{
	registry->look = (struct ih_look){ .is_begun = true };
}

/* The ledger itself is asked: a transaction that was rolled back entered
 * nothing. */
static bool
is_entered(const struct ih_registry *registry, const struct row *row,
    bool *entered, struct ih_error *err)
{
	const struct ih_look *look = &registry->look;

	*entered = false;
	if (!look->is_begun || look->from == 0 || row->entry.act != IH_ACT_READ)
		return true;
	IH_OWNED(sqlite3_stmt)
	rows = ih_ask(registry->db, err,
	    "SELECT 1 FROM ledger WHERE at >= :from AND act = :act"
	    " AND subject = :subject AND actor = :actor",
	    ih_number(":from", (int64_t)look->from), ih_text(":act", row->act),
	    ih_text(":subject", row->entry.subject),
	    ih_text(":actor", row->entry.actor));
	if (rows == NULL)
		return false;
	*entered = ih_row(rows, err);
	return err->kind == IH_NONE;
}

bool
ih_ledger_add(struct ih_registry *registry, enum ih_act act,
    const char *subject, const struct ih_hash *digest, struct ih_error *err)
{
	struct row row = { .entry = { .instant = registry->world->now,
			       .act = act } };
	bool entered;

	if (strlen(subject) >= sizeof row.entry.subject ||
	    !is_one_line(subject))
		return ih_fail(err, IH_INPUT, "ledger: subject malformed");
	snprintf(row.entry.actor, sizeof row.entry.actor, "%s", registry->user);
	snprintf(row.entry.subject, sizeof row.entry.subject, "%s", subject);
	snprintf(row.act, sizeof row.act, "%s", acts[act]);
	if (digest != NULL)
		row.entry.digest = *digest;
	IH_OWNED(ih_transaction) all = ih_transaction_begin(registry, err);
	if (all == NULL || !is_entered(registry, &row, &entered, err) ||
	    (!entered && !enter(registry, &row, err)))
		return false;
	if (act == IH_ACT_READ && registry->look.from == 0)
		registry->look.from = row.entry.at;
	return ih_transaction_commit(all, err);
}

/* ---- reading */

static sqlite3_stmt *
rows_from(struct ih_registry *registry, uint64_t from, struct ih_error *err)
{
	return ih_ask(registry->db, err,
	    "SELECT at, instant, actor, act, subject, digest, leaf, mark"
	    " FROM ledger WHERE at >= :from ORDER BY at",
	    ih_number(":from", (int64_t)from));
}

static bool
next(sqlite3_stmt *rows, struct row *row, struct ih_error *err)
{
	if (!ih_row(rows, err))
		return false;
	memset(row, 0, sizeof *row);
	row->entry.at = (uint64_t)sqlite3_column_int64(rows, 0);
	row->entry.instant = sqlite3_column_int64(rows, 1);
	ih_column_text(rows, 2, row->entry.actor, sizeof row->entry.actor);
	ih_column_text(rows, 3, row->act, sizeof row->act);
	ih_column_text(rows, 4, row->entry.subject, sizeof row->entry.subject);
	ih_column_bytes(rows, 5, row->entry.digest.bytes, IH_DIGEST);
	ih_column_bytes(rows, 6, row->leaf.bytes, IH_DIGEST);
	ih_column_bytes(rows, 7, row->mark.bytes, IH_DIGEST);
	row->entry.act = IH_ACTS;
	for (int i = 0; i < IH_ACTS; i++)
		if (strcmp(row->act, acts[i]) == 0)
			row->entry.act = (enum ih_act)i;
	return true;
}

bool
ih_ledger_each(struct ih_registry *registry, uint64_t from, ih_entry_seen *each,
    void *with, struct ih_error *err)
{
	IH_OWNED(sqlite3_stmt) rows = rows_from(registry, from, err);
	struct row row;

	if (rows == NULL)
		return false;
	while (next(rows, &row, err)) {
		if (row.entry.act == IH_ACTS)
			return ih_fail(err, IH_TRUST,
			    "ledger: entry %" PRIu64 " is no act",
			    row.entry.at);
		if (!each(&row.entry, with))
			return true;
	}
	return err->kind == IH_NONE;
}

/* ---- proving */

static bool
does_not_hold(struct ih_error *err, uint64_t at, const char *why)
{
	return ih_fail_code(err, IH_TRUST, "E_LEDGER",
	    "ledger: entry %" PRIu64 " %s", at, why);
}

/* Entry by entry into TREE; MARKER is NULL where the registry is locked. */
static bool
recompute(struct ih_registry *registry, const struct ih_secret *marker,
    struct ih_tree *tree, struct ih_error *err)
{
	IH_OWNED(sqlite3_stmt) rows = rows_from(registry, 0, err);
	struct ih_hash leaf, mark;
	struct row row;

	if (rows == NULL)
		return false;
	while (next(rows, &row, err)) {
		if (row.entry.at != tree->size)
			return does_not_hold(err, tree->size, "is missing");
		leaf = leaf_of(&row);
		if (!ih_hash_is(&leaf, &row.leaf))
			return does_not_hold(err, tree->size, "was changed");
		ih_tree_add(tree, leaf);
		if (marker == NULL)
			continue;
		mark = mark_of(marker, tree);
		if (!ih_hash_is(&mark, &row.mark))
			return does_not_hold(err, tree->size - 1,
			    "was changed");
	}
	return err->kind == IH_NONE;
}

static bool
is_whole(struct ih_registry *registry, struct ih_tree *tree,
    struct ih_error *err)
{
	struct ih_checkpoint checkpoint = { 0 };
	struct ih_hash root;
	IH_OWNED(ih_secret) marker = NULL;

	if (!ih_registry_is_locked(registry)) {
		marker = ih_keys_grow(registry, IH_HOLD_AUDIT, MARKER, err);
		if (marker == NULL)
			return false;
	}
	if (!read_checkpoint(registry, &checkpoint, NULL, err) ||
	    !recompute(registry, marker, tree, err))
		return false;
	if (tree->size < checkpoint.size)
		return does_not_hold(err, tree->size, "is missing");
	if (tree->size > checkpoint.size)
		return does_not_hold(err, checkpoint.size, "was never signed");
	root = ih_tree_root(tree);
	if (!ih_hash_is(&root, &checkpoint.root))
		return ih_fail_code(err, IH_TRUST, "E_LEDGER",
		    "ledger: one of its %" PRIu64 " entries was changed;"
		    " open it with the passphrase to know which",
		    tree->size);
	return is_signed(registry, &checkpoint, err);
}

/* Each part that was written is there, as it was last written; unless the
 * case was erased since. */
static bool
parts_hold(struct ih_registry *registry, struct ih_error *err)
{
	IH_OWNED(sqlite3_stmt)
	rows = ih_ask(registry->db, err,
	    "SELECT w.at, l.digest, p.entry, p.sealed FROM"
	    " (SELECT subject, max(at) AS at FROM ledger WHERE act = 'write'"
	    "  GROUP BY subject) AS w"
	    " JOIN ledger AS l ON l.at = w.at"
	    " LEFT JOIN case_part AS p ON p.code = substr(w.subject, 1, 11)"
	    "  AND p.part = substr(w.subject, 13)"
	    " WHERE NOT EXISTS (SELECT 1 FROM step AS s"
	    "  JOIN ledger AS e ON e.at = s.entry"
	    "  WHERE s.code = substr(w.subject, 1, 11)"
	    "  AND e.act = 'erase' AND e.at > w.at)"
	    " ORDER BY w.at",
	    IH_NOTHING);
	int64_t parts, seen = 0;

	if (rows == NULL)
		return false;
	for (; ih_row(rows, err); seen++) {
		uint64_t at = (uint64_t)sqlite3_column_int64(rows, 0);
		struct ih_hash entered = { 0 }, found = { 0 };

		if (sqlite3_column_type(rows, 2) == SQLITE_NULL)
			return does_not_hold(err, at, "wrote what is gone");
		ih_column_bytes(rows, 1, entered.bytes, IH_DIGEST);
		ih_digest(sqlite3_column_blob(rows, 3),
		    (size_t)sqlite3_column_bytes(rows, 3), found.bytes);
		if ((uint64_t)sqlite3_column_int64(rows, 2) != at ||
		    !ih_hash_is(&entered, &found))
			return does_not_hold(err, at,
			    "wrote something else than is there");
	}
	if (err->kind != IH_NONE ||
	    !ih_count(registry->db, err, &parts,
		"SELECT count(*) FROM case_part", IH_NOTHING))
		return false;
	return parts == seen ||
	       ih_fail_code(err, IH_TRUST, "E_LEDGER",
		   "ledger: a part of a case was never entered");
}

#define STEPS                                                                  \
	"SELECT l.at, l.digest, s.code, s.axis, s.event, s.source, s.target,"  \
	" CASE s.axis WHEN 'file' THEN c.file"                                 \
	"  WHEN 'determination' THEN c.determination"                          \
	"  WHEN 'referral' THEN c.referral ELSE c.consent END,"                \
	" NOT EXISTS (SELECT 1 FROM step AS n WHERE n.code = s.code"           \
	"  AND n.axis = s.axis AND n.entry > s.entry)"                         \
	" FROM ledger AS l LEFT JOIN step AS s ON s.entry = l.at"              \
	" LEFT JOIN case_file AS c ON c.code = s.code"                         \
	" WHERE l.act IN ('move', 'erase')"

/* The steps of cases; request.c has its own.  A backup of before there were
 * requests is held to its word as it is. */
static sqlite3_stmt *
ask_steps(struct ih_registry *registry, struct ih_error *err)
{
	static const char *const sql[2] = {
		STEPS " ORDER BY l.at",
		STEPS " AND l.at NOT IN (SELECT entry FROM request_step)"
		      " ORDER BY l.at",
	};
	int64_t requests = 0;

	if (!ih_count(registry->db, err, &requests,
		"SELECT count(*) FROM sqlite_schema"
		" WHERE name = 'request_step'",
		IH_NOTHING))
		return NULL;
	return ih_ask(registry->db, err, sql[requests > 0], IH_NOTHING);
}

/* Each step is as it was entered, and each case is where its last step took
 * it. */
static bool
steps_hold(struct ih_registry *registry, struct ih_error *err)
{
	IH_OWNED(sqlite3_stmt) rows = ask_steps(registry, err);

	if (rows == NULL)
		return false;
	while (ih_row(rows, err)) {
		uint64_t at = (uint64_t)sqlite3_column_int64(rows, 0);
		char field[6][IH_STATE_TEXT];
		struct ih_hash entered = { 0 }, found = { 0 };

		ih_column_bytes(rows, 1, entered.bytes, IH_DIGEST);
		for (int i = 0; i < 6; i++)
			ih_column_text(rows, 2 + i, field[i], sizeof field[i]);
		found = ih_step_digest(field[0], field[1], field[2], field[3],
		    field[4]);
		if (!ih_hash_is(&entered, &found))
			return does_not_hold(err, at,
			    "moved otherwise than is there");
		if (sqlite3_column_int(rows, 8) != 0 &&
		    strcmp(field[4], field[5]) != 0)
			return does_not_hold(err, at,
			    "moved a case that is elsewhere now");
	}
	return err->kind == IH_NONE;
}

/* One view of it all, whatever others write meanwhile. */
static bool
start_view(struct ih_registry *registry, struct ih_error *err)
{
	return ih_ledger_settle(registry, err) &&
	       ih_run(registry->db, err, "SAVEPOINT verify", IH_NOTHING);
}

static void
end_view(struct ih_registry *registry)
{
	struct ih_error ignored = { 0 };

	ih_run(registry->db, &ignored, "RELEASE verify", IH_NOTHING);
}

bool
ih_ledger_verify(struct ih_registry *registry, uint64_t *size,
    struct ih_hash *root, struct ih_error *err)
{
	struct ih_tree tree = { 0 };

	if (!start_view(registry, err))
		return false;
	bool holds = is_whole(registry, &tree, err) &&
		     parts_hold(registry, err) && steps_hold(registry, err);
	end_view(registry);
	*size = tree.size;
	*root = ih_tree_root(&tree);
	return holds;
}

bool
ih_ledger_had(struct ih_registry *registry, uint64_t size,
    const struct ih_hash *root, struct ih_error *err)
{
	IH_OWNED(sqlite3_stmt) rows = rows_from(registry, 0, err);
	struct ih_tree tree = { 0 };
	struct ih_hash now;
	struct row row;

	if (rows == NULL)
		return false;
	while (tree.size < size && next(rows, &row, err))
		ih_tree_add(&tree, leaf_of(&row));
	if (err->kind != IH_NONE)
		return false;
	now = ih_tree_root(&tree);
	return (tree.size == size && ih_hash_is(&now, root)) ||
	       ih_fail_code(err, IH_TRUST, "E_LEDGER",
		   "ledger: a witness saw other entries up to %" PRIu64, size);
}

/* ---- for outsiders */

/* A proof that does not hold says something about the ledger. */
static bool
is_not_the_ledger(struct ih_error *err, const char *why)
{
	*err = (struct ih_error){ 0 };
	return ih_fail_code(err, IH_TRUST, "E_LEDGER", "ledger: %s", why);
}

/* The leaves under the checkpoint of EVIDENCE, recomputed, and its entry.  The
 * caller owns them.  NULL: they are not what was signed. */
static struct ih_buffer *
leaves_of(struct ih_registry *registry, struct ih_evidence *evidence,
    struct ih_error *err)
{
	const struct ih_checkpoint *checkpoint = &evidence->checkpoint;
	IH_OWNED(sqlite3_stmt) rows = rows_from(registry, 0, err);
	IH_OWNED(ih_buffer) leaves = ih_buffer_new();
	struct ih_tree tree = { 0 };
	struct ih_hash root;
	struct row row;

	if (rows == NULL)
		return NULL;
	while (tree.size < checkpoint->size && next(rows, &row, err)) {
		struct ih_hash leaf = leaf_of(&row);

		if (evidence->kind == IH_OF_ENTRY && tree.size == evidence->at)
			line_of(&row, evidence->entry);
		ih_buffer_add(leaves, leaf.bytes, sizeof leaf.bytes);
		ih_tree_add(&tree, leaf);
	}
	if (err->kind != IH_NONE)
		return NULL;
	root = ih_tree_root(&tree);
	if (tree.size != checkpoint->size ||
	    !ih_hash_is(&root, &checkpoint->root)) {
		is_not_the_ledger(err, "its entries are not what was signed");
		return NULL;
	}
	return IH_GIVE(leaves);
}

/* Digests of bytes lie as they come. */
static const struct ih_hash *
hashes(const struct ih_buffer *leaves)
{
	return (const struct ih_hash *)(const void *)leaves->data;
}

static bool
state_of(struct ih_registry *registry, enum ih_evidence_kind kind,
    struct ih_evidence *evidence, struct ih_error *err)
{
	*evidence = (struct ih_evidence){ .kind = kind };
	memcpy(evidence->committee, registry->committee,
	    sizeof evidence->committee);
	memcpy(evidence->key, registry->signer, sizeof evidence->key);
	return read_checkpoint(registry, &evidence->checkpoint, NULL, err) &&
	       is_signed(registry, &evidence->checkpoint, err);
}

bool
ih_ledger_state(struct ih_registry *registry, struct ih_evidence *evidence,
    struct ih_error *err)
{
	return ih_ledger_settle(registry, err) &&
	       state_of(registry, IH_OF_STATE, evidence, err);
}

static bool
prove_entry(struct ih_registry *registry, uint64_t at,
    struct ih_evidence *evidence, struct ih_error *err)
{
	if (!state_of(registry, IH_OF_ENTRY, evidence, err))
		return false;
	size_t size = evidence->checkpoint.size;
	if (at >= size)
		return ih_fail_code(err, IH_ABSENT, "E_ENTRY_UNKNOWN",
		    "ledger: %zu entries, counted from 0", size);
	evidence->at = at;
	IH_OWNED(ih_buffer) leaves = leaves_of(registry, evidence, err);
	if (leaves == NULL)
		return false;
	evidence->path = ih_tree_inclusion(hashes(leaves), size, at);
	return true;
}

bool
ih_ledger_prove(struct ih_registry *registry, uint64_t at,
    struct ih_evidence *evidence, struct ih_error *err)
{
	if (!start_view(registry, err))
		return false;
	bool proved = prove_entry(registry, at, evidence, err);
	end_view(registry);
	return proved;
}

static bool
prove_growth(struct ih_registry *registry, const struct ih_evidence *older,
    struct ih_evidence *evidence, struct ih_error *err)
{
	uint64_t old = older->checkpoint.size;

	if (!ih_evidence_is_signed(older, err) ||
	    !state_of(registry, IH_OF_GROWTH, evidence, err))
		return false;
	size_t size = evidence->checkpoint.size;
	if (old == 0 || old > size)
		return is_not_the_ledger(err,
		    "it does not reach to the older checkpoint");
	IH_OWNED(ih_buffer) leaves = leaves_of(registry, evidence, err);
	if (leaves == NULL)
		return false;
	evidence->at = old;
	evidence->path = ih_tree_consistency(hashes(leaves), size, old);
	return ih_evidence_extends(evidence, older, err) ||
	       is_not_the_ledger(err,
		   "it does not begin with what the older checkpoint saw");
}

bool
ih_ledger_prove_growth(struct ih_registry *registry,
    const struct ih_evidence *older, struct ih_evidence *evidence,
    struct ih_error *err)
{
	if (!start_view(registry, err))
		return false;
	bool proved = prove_growth(registry, older, evidence, err);
	end_view(registry);
	return proved;
}
