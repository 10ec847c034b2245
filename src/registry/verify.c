/* This is where all of a registry is gone through, and held to its word. */
#include "ihala/verify.h"

#include <inttypes.h>
#include <string.h>

#include "ihala/message.h"
#include "ihala/progress.h"
#include "ihala/provider.h"
#include "ihala/schema.h"
#include "ihala/xml.h"
#include "roster.h"
#include "view.h"

static const char *const names[IH_CHECKS] = {
	[IH_CHECK_FILES] = "files",
	[IH_CHECK_LEDGER] = "ledger",
	[IH_CHECK_PARTS] = "parts",
	[IH_CHECK_KEYS] = "keys",
	[IH_CHECK_USERS] = "users",
	[IH_CHECK_STEPS] = "steps",
	[IH_CHECK_PERSONS] = "persons",
	[IH_CHECK_LETTERS] = "letters",
	[IH_CHECK_PROVIDERS] = "providers",
};

const char *
ih_check_name(enum ih_check check)
{
	return names[check];
}

typedef bool check(struct ih_registry *registry, const struct ih_verify *how,
    uint64_t *count, struct ih_error *err);

/* No row may come; the first that does names the place, in column 0. */
#define nothing_is(db, err, what, sql, ...)                                    \
	nothing_is_(db, err, what, sql, IH_BINDS(__VA_ARGS__))
static bool
nothing_is_(sqlite3 *db, struct ih_error *err, const char *what,
    const char *sql, const struct ih_bind *binds)
{
	char place[IH_SUBJECT_TEXT];
	IH_OWNED(sqlite3_stmt) rows = ih_ask_(db, err, sql, binds);

	if (rows == NULL)
		return false;
	if (!ih_row(rows, err))
		return err->kind == IH_NONE;
	ih_column_text(rows, 0, place, sizeof place);
	return ih_fail(err, IH_TRUST, "%s: %s", place, what);
}

static bool
count_rows(sqlite3 *db, const char *sql, uint64_t *count, struct ih_error *err)
{
	int64_t rows = 0;

	if (!ih_count(db, err, &rows, sql, IH_NOTHING))
		return false;
	*count = (uint64_t)rows;
	return true;
}

/* ---- files */

static bool
file_is_whole(sqlite3 *db, struct ih_error *err)
{
	char said[8] = "";
	IH_OWNED(sqlite3_stmt)
	rows = ih_ask(db, err, "PRAGMA integrity_check(1)", IH_NOTHING);

	if (rows == NULL)
		return false;
	if (ih_row(rows, err))
		ih_column_text(rows, 0, said, sizeof said);
	if (err->kind != IH_NONE)
		return false;
	if (strcmp(said, "ok") != 0)
		return ih_fail(err, IH_TRUST,
		    "the file is damaged; restore it from a backup");
	return nothing_is(db, err, "a row refers to one that is not there",
	    "PRAGMA foreign_key_check", IH_NOTHING);
}

static bool
check_files(struct ih_registry *registry, const struct ih_verify *how,
    uint64_t *count, struct ih_error *err)
{
	(void)how;
	if (!file_is_whole(registry->db, err))
		return ih_fail_in(err, "registry.db");
	if (!file_is_whole(registry->keys, err))
		return ih_fail_in(err, "keys.db");
	*count = 2; /* their versions were looked at when they were opened */
	return true;
}

/* ---- the ledger */

static bool
check_ledger(struct ih_registry *registry, const struct ih_verify *how,
    uint64_t *count, struct ih_error *err)
{
	struct ih_hash root;

	(void)how;
	return ih_ledger_verify(registry, count, &root, err);
}

/* ---- parts */

static const char *const formats[IH_PARTS] = {
	[IH_IDENTITY] = "case",
	[IH_FACTS] = "case",
	[IH_STATISTICS] = "statistic",
};

/* What a walk over the parts has at hand. */
typedef struct part_reader {
	struct ih_registry *registry;
	struct ih_schema *schema[IH_PARTS]; /* NULL: none is asked for */
} part_reader;

static void
reader_end(struct part_reader *reader)
{
	for (int i = 0; i < IH_PARTS; i++)
		ih_schema_free(reader->schema[i]);
}

IH_OWNER(part_reader, reader_end)

static bool
reader_start(struct part_reader *reader, struct ih_library *library,
    struct ih_error *err)
{
	for (int i = 0; library != NULL && i < IH_PARTS; i++) {
		reader->schema[i] = ih_schema_load(library, formats[i], err);
		if (reader->schema[i] == NULL)
			return false;
	}
	return true;
}

static bool
is_document(struct ih_schema *schema, const struct ih_buffer *bytes,
    struct ih_error *err)
{
	if (schema == NULL)
		return true;
	IH_OWNED(xmlDoc)
	doc = ih_schema_parse(schema, "content", bytes->data, bytes->size, err);
	return doc != NULL;
}

static bool
part_is_sound(struct part_reader *reader, sqlite3_stmt *row,
    struct ih_error *err)
{
	char code[IH_CODE_TEXT], name[16];
	enum ih_part part = (enum ih_part)0;

	ih_column_text(row, 0, code, sizeof code);
	ih_column_text(row, 1, name, sizeof name);
	while (part + 1 < IH_PARTS && strcmp(ih_part_names[part], name) != 0)
		part++;
	/* Who may not read it has its digest, which the ledger holds. */
	if (reader->registry->private[part] == NULL)
		return true;
	IH_OWNED(ih_buffer)
	bytes = ih_case_unseal(reader->registry, code, part,
	    sqlite3_column_int64(row, 2), sqlite3_column_blob(row, 3),
	    (size_t)sqlite3_column_bytes(row, 3), err);
	if (bytes != NULL && is_document(reader->schema[part], bytes, err))
		return true;
	ih_fail_in(err, name);
	return ih_fail_in(err, code);
}

static bool
walk_parts(struct part_reader *reader, struct ih_progress *bar, uint64_t *count,
    struct ih_error *err)
{
	IH_OWNED(sqlite3_stmt)
	rows = ih_ask(reader->registry->db, err,
	    "SELECT code, part, version, sealed FROM case_part", IH_NOTHING);

	if (rows == NULL)
		return false;
	while (ih_row(rows, err)) {
		if (!part_is_sound(reader, rows, err))
			return false;
		++*count;
		if (bar->label != NULL)
			ih_progress_at(bar, *count);
	}
	return err->kind == IH_NONE;
}

static bool
check_parts(struct ih_registry *registry, const struct ih_verify *how,
    uint64_t *count, struct ih_error *err)
{
	uint64_t total;
	struct part_reader all = { .registry = registry };
	IH_OWNED(part_reader) reader = &all;

	if (!reader_start(reader, how->library, err) ||
	    !count_rows(registry->db, "SELECT count(*) FROM case_part", &total,
		err))
		return false;
	struct ih_progress bar = ih_progress_start(how->label, total);
	bool sound = walk_parts(reader, &bar, count, err);
	if (bar.label != NULL)
		ih_progress_end(&bar);
	return sound;
}

/* ---- keys */

/* Each row of one database, looked up in the other: they are never joined,
 * since neither may be attached to the other. */
static bool
each_has(sqlite3 *these, const char *rows_sql, sqlite3 *those,
    const char *there_sql, const char *what, struct ih_error *err)
{
	char code[IH_CODE_TEXT], part[16], place[32];
	int64_t there;
	IH_OWNED(sqlite3_stmt) rows = ih_ask(these, err, rows_sql, IH_NOTHING);

	if (rows == NULL)
		return false;
	while (ih_row(rows, err)) {
		ih_column_text(rows, 0, code, sizeof code);
		ih_column_text(rows, 1, part, sizeof part);
		if (!ih_count(those, err, &there, there_sql,
			ih_text(":code", code), ih_text(":part", part)))
			return false;
		if (there != 0)
			continue;
		snprintf(place, sizeof place, "%s %s", code, part);
		ih_fail(err, IH_TRUST, "%s", what);
		return ih_fail_in(err, place);
	}
	return err->kind == IH_NONE;
}

/* Nobody is asked by a draft that was put there by hand. */
static bool
drafts_hold(struct ih_registry *registry, struct ih_error *err)
{
	return nothing_is(registry->db, err, "its author did not begin it",
		   "SELECT d.code || ' draft' FROM draft AS d"
		   " LEFT JOIN ledger AS l ON l.at = d.entry"
		   " WHERE l.act IS NOT 'draft' OR l.actor <> d.user"
		   " OR l.subject <> d.code || ' begin'",
		   IH_NOTHING) &&
	       nothing_is(registry->db, err, "a draft is gone without an end",
		   "SELECT subject FROM ledger AS l WHERE act = 'draft'"
		   " AND subject LIKE '% begin' AND substr(subject, 1, 11)"
		   " NOT IN (SELECT code FROM draft"
		   "  UNION ALL SELECT e.code FROM draft_end AS e"
		   "  JOIN ledger AS x ON x.at = e.entry"
		   "  WHERE x.act = 'draft'"
		   "  AND substr(x.subject, 1, 11) = e.code)",
		   IH_NOTHING);
}

static bool
check_keys(struct ih_registry *registry, const struct ih_verify *how,
    uint64_t *count, struct ih_error *err)
{
	(void)how;
	/* What is pending is settled by the next case, or is being erased. */
	return drafts_hold(registry, err) &&
	       each_has(registry->db,
		   "SELECT code, part FROM case_part UNION ALL"
		   " SELECT code, part FROM request_part UNION ALL"
		   " SELECT code, 'facts' FROM draft",
		   registry->keys,
		   "SELECT count(*) FROM case_key"
		   " WHERE code = :code AND part = :part",
		   "its key is gone", err) &&
	       each_has(registry->keys,
		   "SELECT code, part FROM case_key WHERE code NOT IN"
		   " (SELECT code FROM pending)",
		   registry->db,
		   "SELECT count(*) FROM (SELECT code FROM case_file"
		   " UNION ALL SELECT code FROM request"
		   " UNION ALL SELECT code FROM draft) WHERE code = :code"
		   " AND :part IS NOT NULL AND NOT EXISTS"
		   " (SELECT 1 FROM ledger WHERE act = 'erase' AND at IN"
		   "  (SELECT entry FROM step WHERE code = :code UNION ALL"
		   "   SELECT entry FROM request_step WHERE code = :code))",
		   "a key of no case, or of one that was erased", err) &&
	       count_rows(registry->keys, "SELECT count(*) FROM case_key",
		   count, err);
}

/* ---- users */

static enum ih_compartment
compartment_of(const char *name)
{
	int at = 0;

	while (
	    at < IH_COMPARTMENTS && strcmp(name, ih_compartment_names[at]) != 0)
		at++;
	return (enum ih_compartment)at;
}

/* May a key of PART be wrapped to HOLDER? */
static bool
may_hold(struct ih_roster *roster, const char *part, const char *holder)
{
	static const char user[] = "user ";
	const struct ih_member *member;

	if (strncmp(holder, user, sizeof user - 1) != 0)
		return strcmp(holder, part) == 0 ||
		       (strcmp(holder,
			    ih_compartment_names[IH_HOLD_EMERGENCY]) == 0 &&
			   strcmp(part, ih_part_names[IH_STATISTICS]) != 0);
	member = ih_roster_find(roster, holder + sizeof user - 1);
	return member != NULL && member->user.state == IH_ACTIVE;
}

/* May USER have the key of a compartment? */
static bool
may_have(struct ih_roster *roster, const char *compartment, const char *user)
{
	const struct ih_member *member = ih_roster_find(roster, user);
	enum ih_compartment at = compartment_of(compartment);

	return member != NULL && member->user.state == IH_ACTIVE &&
	       at < IH_COMPARTMENTS && ih_roles_hold(member->user.roles, at);
}

/* Each row of SQL, two names, is ALLOWED. */
static bool
each_is_allowed(struct ih_registry *registry, struct ih_roster *roster,
    const char *sql,
    bool (*allowed)(struct ih_roster *, const char *, const char *),
    struct ih_error *err)
{
	char what[40], who[IH_HOLDER_TEXT];
	IH_OWNED(sqlite3_stmt)
	rows = ih_ask(registry->keys, err, sql, IH_NOTHING);

	if (rows == NULL)
		return false;
	while (ih_row(rows, err)) {
		ih_column_text(rows, 0, what, sizeof what);
		ih_column_text(rows, 1, who, sizeof who);
		if (!allowed(roster, what, who))
			return ih_fail(err, IH_TRUST,
			    "%s: a key of %s that is not for them", who, what);
	}
	return err->kind == IH_NONE;
}

static bool
holders_hold(struct ih_registry *registry, struct ih_roster *roster,
    struct ih_error *err)
{
	return each_is_allowed(registry, roster,
		   "SELECT DISTINCT part, holder FROM case_key", may_hold,
		   err) &&
	       each_is_allowed(registry, roster,
		   "SELECT compartment, user FROM holding", may_have, err);
}

static bool
emergencies_hold(struct ih_registry *registry, struct ih_error *err)
{
	return nothing_is(registry->db, err,
		   "an emergency that is not what was entered",
		   "SELECT 'emergency ' || b.entry FROM break_glass AS b"
		   " LEFT JOIN ledger AS l ON l.at = b.entry"
		   " WHERE l.act IS NOT 'break' OR l.actor <> b.user"
		   " OR l.subject <> b.code || ' by ' || b.user",
		   IH_NOTHING) &&
	       nothing_is(registry->db, err, "an emergency is gone",
		   "SELECT 'emergency ' || at FROM ledger WHERE act = 'break'"
		   " AND at NOT IN (SELECT entry FROM break_glass)",
		   IH_NOTHING) &&
	       nothing_is(registry->db, err,
		   "nobody else was entered as having looked at it",
		   "SELECT 'emergency ' || b.entry FROM break_glass AS b"
		   " LEFT JOIN ledger AS r ON r.at = b.reviewed"
		   " WHERE b.reviewed IS NOT NULL AND (r.act IS NOT 'review'"
		   " OR r.actor = b.user"
		   " OR r.subject <> b.code || ' by ' || r.actor)",
		   IH_NOTHING);
}

static bool
check_users(struct ih_registry *registry, const struct ih_verify *how,
    uint64_t *count, struct ih_error *err)
{
	IH_OWNED(ih_roster) roster = ih_roster_entered(registry, err);

	(void)how;
	if (roster == NULL)
		return false;
	*count = roster->count;
	return holders_hold(registry, roster, err) &&
	       emergencies_hold(registry, err);
}

/* ---- steps */

struct history {
	char code[IH_CODE_TEXT]; /* "": before the first */
	enum ih_axis axis;
	char state[IH_STATE_TEXT];
	bool held;
};

static bool
follow(const struct ih_lifecycle *lifecycle, struct history *h,
    const char *event, const char *source, const char *target,
    struct ih_error *err)
{
	const struct ih_move *move =
	    ih_lifecycle_move(lifecycle, h->axis, h->state, event);

	if (strcmp(source, h->state) != 0)
		return ih_fail(err, IH_TRUST,
		    "axis %s: a step starts where the one before it did not "
		    "end",
		    ih_axis_name(h->axis));
	if (move == NULL || strcmp(move->to, target) != 0)
		return ih_fail(err, IH_TRUST,
		    "axis %s: a step that the lifecycle does not have, from %s "
		    "to %s",
		    ih_axis_name(h->axis), h->state, target);
	h->held = (h->held || move->hold) && !move->release;
	memcpy(h->state, move->to, strlen(move->to) + 1);
	return true;
}

static bool
case_follows(struct ih_registry *registry, const struct ih_lifecycle *lifecycle,
    const struct ih_case_row *row, uint64_t *count, struct ih_error *err)
{
	struct history h[IH_AXES] = { 0 };
	struct ih_case_step s;
	enum ih_axis axis = IH_FILE;
	char name[IH_STATE_TEXT];
	IH_OWNED(sqlite3_stmt)
	rows = ih_ask(registry->db, err,
	    "SELECT axis, event, source, target FROM step WHERE code = :code"
	    " ORDER BY entry",
	    ih_text(":code", row->code));

	if (rows == NULL)
		return false;
	for (int i = 0; i < IH_AXES; i++) {
		h[i].axis = (enum ih_axis)i;
		snprintf(h[i].state, sizeof h[i].state, "%s",
		    ih_lifecycle_start(lifecycle, (enum ih_axis)i));
	}
	for (; ih_row(rows, err); ++*count) {
		ih_column_text(rows, 0, name, sizeof name);
		ih_column_text(rows, 1, s.event, sizeof s.event);
		ih_column_text(rows, 2, s.from, sizeof s.from);
		ih_column_text(rows, 3, s.to, sizeof s.to);
		if (!ih_axis_parse(name, &axis) ||
		    !follow(lifecycle, &h[axis], s.event, s.from, s.to, err))
			return false;
	}
	if (err->kind != IH_NONE)
		return false;
	for (int i = 0; i < IH_AXES; i++)
		if (strcmp(h[i].state, row->state[i]) != 0)
			return ih_fail(err, IH_TRUST,
			    "axis %s: no step leads to where it stands",
			    ih_axis_name((enum ih_axis)i));
	return h[IH_FILE].held == row->held ||
	       ih_fail(err, IH_TRUST,
		   "its legal hold is not what the steps"
		   " say");
}

struct walk {
	struct ih_registry *registry;
	const struct ih_lifecycle *lifecycle;
	uint64_t *count;
	struct ih_error *err;
	bool sound;
};

static bool
walk_case(const struct ih_case_row *row, void *with)
{
	struct walk *w = with;

	w->sound =
	    (case_follows(w->registry, w->lifecycle, row, w->count, w->err) &&
		ih_work_check(w->registry, row->code, w->err)) ||
	    ih_fail_in(w->err, row->code);
	return w->sound;
}

static bool
check_steps(struct ih_registry *registry, const struct ih_verify *how,
    uint64_t *count, struct ih_error *err)
{
	struct ih_error fault = { 0 };
	struct walk walk = { registry, registry->lifecycle, count, &fault,
		true };

	(void)how;
	if (!ih_case_each(registry, walk_case, &walk, err))
		return false;
	if (!walk.sound)
		*err = fault;
	return walk.sound && ih_note_check(registry, err) &&
	       ih_request_verify(registry, count, err);
}

/* ---- persons */

#define IS_ERASED                                                              \
	" IN (SELECT s.code FROM step AS s JOIN ledger AS e ON e.at = s.entry" \
	" WHERE e.act = 'erase')"

static bool
check_persons(struct ih_registry *registry, const struct ih_verify *how,
    uint64_t *count, struct ih_error *err)
{
	(void)how;
	return nothing_is(registry->db, err,
		   "it was erased, and something of the person is left",
		   "SELECT code FROM name_mark WHERE code" IS_ERASED
		   " UNION ALL SELECT a FROM person_link WHERE a" IS_ERASED
		   " UNION ALL SELECT b FROM person_link WHERE b" IS_ERASED
		   " UNION ALL SELECT code FROM accused WHERE code" IS_ERASED
		   " UNION ALL SELECT code FROM hold WHERE code" IS_ERASED,
		   IH_NOTHING) &&
	       nothing_is(registry->db, err,
		   "a link that is not what was entered last",
		   "SELECT p.a || ' ' || p.b FROM person_link AS p WHERE"
		   " (SELECT l.act FROM ledger AS l"
		   "  WHERE l.act IN ('link', 'unlink')"
		   "  AND l.subject = p.a || ' ' || p.b"
		   "  ORDER BY l.at DESC LIMIT 1) IS NOT 'link'",
		   IH_NOTHING) &&
	       count_rows(registry->db,
		   "SELECT (SELECT count(*) FROM person_link)"
		   " + (SELECT count(*) FROM accused)"
		   " + (SELECT count(DISTINCT code) FROM name_mark)",
		   count, err);
}

/* ---- letters */

static bool
check_letters(struct ih_registry *registry, const struct ih_verify *how,
    uint64_t *count, struct ih_error *err)
{
	(void)how;
	return nothing_is(registry->db, err, "a letter before it is missing",
		   "SELECT 'sent ' || peer || ' ' || sequence FROM message AS m"
		   " WHERE direction = 'sent' AND sequence > 1 AND NOT EXISTS"
		   " (SELECT 1 FROM message AS p WHERE p.direction = 'sent'"
		   "  AND p.peer = m.peer AND p.sequence = m.sequence - 1)",
		   IH_NOTHING) &&
	       nothing_is(registry->db, err,
		   "it does not name the letter before it",
		   "SELECT m.direction || ' ' || m.peer || ' ' || m.sequence"
		   " FROM message AS m LEFT JOIN message AS p"
		   "  ON p.direction = m.direction AND p.peer = m.peer"
		   "  AND p.sequence = m.sequence - 1"
		   " WHERE (p.id IS NOT NULL AND p.container <> m.previous)"
		   " OR (m.sequence = 1 AND m.previous <> zeroblob(32))",
		   IH_NOTHING) &&
	       nothing_is(registry->db, err,
		   "it was never entered in the ledger",
		   "SELECT direction || ' ' || peer || ' ' || sequence"
		   " FROM message AS m WHERE (id, container) NOT IN"
		   " (SELECT subject, digest FROM ledger"
		   "  WHERE act IN ('send', 'receive'))",
		   IH_NOTHING) &&
	       count_rows(registry->db, "SELECT count(*) FROM message", count,
		   err);
}

/* ---- providers */

static bool
check_providers(struct ih_registry *registry, const struct ih_verify *how,
    uint64_t *count, struct ih_error *err)
{
	(void)how;
	return nothing_is(registry->db, err, "it was never entered",
		   "SELECT subject FROM provider AS p WHERE NOT EXISTS"
		   " (SELECT 1 FROM ledger AS l WHERE l.at = p.entry"
		   "  AND l.act = 'provider')",
		   IH_NOTHING) &&
	       ih_provider_verify(registry, count, err);
}

static check *const checks[IH_CHECKS] = {
	[IH_CHECK_FILES] = check_files,
	[IH_CHECK_LEDGER] = check_ledger,
	[IH_CHECK_PARTS] = check_parts,
	[IH_CHECK_KEYS] = check_keys,
	[IH_CHECK_USERS] = check_users,
	[IH_CHECK_STEPS] = check_steps,
	[IH_CHECK_PERSONS] = check_persons,
	[IH_CHECK_LETTERS] = check_letters,
	[IH_CHECK_PROVIDERS] = check_providers,
};

static bool
run_checks(struct ih_registry *registry, const struct ih_verify *how,
    struct ih_error *err)
{
	bool sound = true;

	for (int i = 0; i < IH_CHECKS; i++) {
		struct ih_error fault = { 0 };
		uint64_t count = 0;
		bool passed = checks[i](registry, how, &count, &fault);

		if (how->each != NULL)
			how->each((enum ih_check)i, count,
			    passed ? NULL : &fault, how->with);
		if (!passed && sound)
			*err = fault;
		sound = sound && passed;
	}
	return sound;
}

/* One view of it all, whatever others write meanwhile. */
bool
ih_registry_verify(struct ih_registry *registry, const struct ih_verify *how,
    struct ih_error *err)
{
	IH_OWNED(ih_view) view = ih_view_open(registry, err);
	if (view == NULL)
		return false;
	sqlite3 *const db = registry->db, *const keys = registry->keys;
	bool sound;

	/* The registry itself, not a copy: what is read on the way (lifecycle,
	 * clocks, names) is kept in it and freed with it. */
	registry->db = view->db[IH_FILE_CASES];
	registry->keys = view->db[IH_FILE_KEYS];
	sound = ih_case_lifecycle(registry, err) != NULL &&
		run_checks(registry, how, err);
	registry->db = db;
	registry->keys = keys;
	return sound;
}
