/* This is where a person is found again, by marks that name nobody. */
#include "ihala/person.h"

#include <endian.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ihala/digest.h"
#include "ihala/node.h"
#include "ihala/text.h"
#include "ihala/user.h"
#include "ihala/xml.h"
#include "query.h"

#define MARKS "ihala name marks 1"
#define MARK 16        /* bytes of an HMAC: no two names meet by chance */
#define TOKENS_MAX 256 /* of one name: eight parts in two ways each */
#define LIFE_YEARS 120 /* where the year of birth is not known */
#define YEARS_MAX (LIFE_YEARS + 3)
/* Of the score, for what is not known, and what is off by a year or two. */
static const unsigned birth_costs[] = {
	[IH_BIRTH_UNKNOWN] = 5,
	[IH_BIRTH_NEAR] = 10,
	[IH_BIRTH_AGREES] = 0,
};

/* ---- what an identity says */

static const char *
value_of(struct ih_arena *arena, const xmlNode *answer)
{
	const xmlNode *value = ih_child(answer, "value");

	return value != NULL ? ih_text_of(arena, value) : NULL;
}

/* The items are those of every instrument that asks who a person is. */
static void
take_answer(struct ih_arena *arena, const xmlNode *answer,
    struct ih_person *person)
{
	const char *item = ih_attr(answer, "item");
	const char *value = value_of(arena, answer);

	if (item == NULL || value == NULL)
		return;
	if (strcmp(item, "birth-date") == 0) {
		char *plain = ih_arena_printf(arena, "%s", value);

		ih_text_ascii_digits(plain);
		ih_date_parse(plain, &person->birth);
	} else if ((strcmp(item, "name") == 0 ||
		       strncmp(item, "name-", 5) == 0) &&
		   person->count < IH_PERSON_NAMES &&
		   strlen(value) <= IH_NAME_MAX) {
		person->name[person->count++] = value;
	}
}

/* Bytes that are no identity of ours name nobody. */
static void
read_identity(struct ih_arena *arena, const void *bytes, size_t size,
    struct ih_person *person)
{
	struct ih_error unsaid = { 0 };
	IH_OWNED(xmlDoc) doc = ih_xml_read("identity", bytes, size, &unsaid);
	const xmlNode *root = doc != NULL ? xmlDocGetRootElement(doc) : NULL;

	*person = (struct ih_person){ 0 };
	if (root == NULL || !ih_is(root, "identity"))
		return;
	for (const xmlNode *n = root->children; n != NULL; n = n->next)
		if (ih_is(n, "answer"))
			take_answer(arena, n, person);
}

/* ---- tokens: what a mark is made of, but for the year */

struct token {
	const char *text;
	uint32_t pair; /* a bit; 0: it is no pair */
};

struct tokens {
	struct ih_arena *arena;
	size_t parts; /* of the name */
	size_t count;
	struct token token[TOKENS_MAX];
};

static void
add_token(struct tokens *tokens, uint32_t pair, const char *kind, const char *a,
    const char *b)
{
	bool turn = strcmp(a, b) > 0; /* whoever comes first */
	const char *text = ih_arena_printf(tokens->arena, "%s\n%s\n%s", kind,
	    turn ? b : a, turn ? a : b);

	for (size_t i = 0; i < tokens->count; i++)
		if (strcmp(tokens->token[i].text, text) == 0)
			return;
	if (tokens->count < TOKENS_MAX)
		tokens->token[tokens->count++] = (struct token){ text, pair };
}

static void
add_pairs(struct tokens *tokens, const struct ih_name *name)
{
	uint32_t pair = 1;

	for (size_t i = 0; i < name->count; i++)
		for (size_t k = 0; k < i; k++, pair <<= 1)
			for (size_t x = 0; x < name->part[i].ways; x++)
				for (size_t y = 0; y < name->part[k].ways; y++)
					add_token(tokens, pair, "pair",
					    name->part[i].sound[x],
					    name->part[k].sound[y]);
}

/* False: IH_INPUT, as ih_name_read(). */
static bool
tokens_of(struct ih_registry *registry, struct ih_arena *arena,
    const char *text, struct tokens *tokens, struct ih_error *err)
{
	const struct ih_name *name =
	    ih_name_read(registry->names, arena, text, err);

	if (name == NULL)
		return false;
	*tokens = (struct tokens){ .arena = arena, .parts = name->count };
	if (name->count == 0)
		return true;
	add_token(tokens, 0, "whole", name->fold, "");
	add_pairs(tokens, name);
	for (size_t i = 0; name->count == 1 && i < name->part[0].ways; i++)
		add_token(tokens, 1, "alone", name->part[0].sound[i], "");
	return true;
}

/* What only the holder of the key can make of a token; and from it its mark
 * in one year, by a digest, which costs a tenth: a search makes hundreds. */
struct keyed {
	unsigned char bytes[IH_DIGEST];
	uint32_t year; /* little-endian */
};

_Static_assert(sizeof(struct keyed) == IH_DIGEST + 4, "no padding");

static struct keyed
keyed_of(const struct ih_secret *key, const struct token *token)
{
	struct keyed keyed = { 0 };

	ih_digest_keyed(key->bytes, key->size, token->text, strlen(token->text),
	    keyed.bytes);
	return keyed;
}

static void
mark_of(struct keyed *keyed, int year, unsigned char mark[static IH_DIGEST])
{
	keyed->year = htole32((uint32_t)year);
	ih_digest(keyed, sizeof *keyed, mark);
}

static bool
has_names(struct ih_registry *registry, struct ih_error *err)
{
	if (registry->names != NULL)
		return true;
	if (registry->library == NULL)
		return ih_fail(err, IH_USAGE,
		    "registry: opened without the library of names");
	registry->names = ih_names_load(registry->library, err);
	return registry->names != NULL;
}

/* ---- marking */

static bool
unmark(struct ih_registry *registry, const char *code, struct ih_error *err)
{
	return ih_run(registry->db, err,
	    "DELETE FROM name_mark WHERE code = :code", ih_text(":code", code));
}

static bool
mark_name(struct ih_registry *registry, struct ih_arena *arena,
    const struct ih_secret *key, const char *code, const char *name, int year,
    struct ih_error *err)
{
	unsigned char mark[IH_DIGEST];
	struct tokens tokens;

	if (!tokens_of(registry, arena, name, &tokens, err))
		return false;
	for (size_t i = 0; i < tokens.count; i++) {
		struct keyed keyed = keyed_of(key, &tokens.token[i]);

		mark_of(&keyed, year, mark);
		if (!ih_run(registry->db, err,
			"INSERT OR IGNORE INTO name_mark (mark, code)"
			" VALUES (:mark, :code)",
			ih_bytes(":mark", mark, MARK), ih_text(":code", code)))
			return false;
	}
	return true;
}

bool
ih_person_mark(struct ih_registry *registry, const char *code,
    const void *identity, size_t size, struct ih_error *err)
{
	struct ih_person person;
	IH_OWNED(ih_arena) arena = ih_arena_new();

	read_identity(arena, identity, size, &person);
	if (!unmark(registry, code, err))
		return false;
	if (person.count == 0)
		return true;
	IH_OWNED(ih_secret)
	key = ih_keys_grow(registry, IH_HOLD_INDEX, MARKS, err);
	if (key == NULL || !has_names(registry, err))
		return false;
	for (size_t i = 0; i < person.count; i++)
		if (!mark_name(registry, arena, key, code, person.name[i],
			person.birth.year, err))
			return false;
	return true;
}

/* The identity of CODE, as it is sealed.  NULL with no error: it has none. */
static struct ih_buffer *
unseal_identity(struct ih_registry *registry, const char *code,
    struct ih_error *err)
{
	IH_OWNED(sqlite3_stmt)
	rows = ih_ask(registry->db, err,
	    "SELECT version, sealed FROM case_part"
	    " WHERE code = :code AND part = 'identity'",
	    ih_text(":code", code));

	if (rows == NULL || !ih_row(rows, err))
		return NULL;
	return ih_case_unseal(registry, code, IH_IDENTITY,
	    sqlite3_column_int64(rows, 0), sqlite3_column_blob(rows, 1),
	    (size_t)sqlite3_column_bytes(rows, 1), err);
}

/* Codes, one after the other, of cases that have no mark. */
static struct ih_buffer *
list_unmarked(struct ih_registry *registry, struct ih_error *err)
{
	char code[IH_CODE_TEXT];
	IH_OWNED(ih_buffer) codes = ih_buffer_new();
	IH_OWNED(sqlite3_stmt)
	rows = ih_ask(registry->db, err,
	    "SELECT code FROM case_part AS p WHERE part = 'identity' AND NOT"
	    " EXISTS (SELECT 1 FROM name_mark AS m WHERE m.code = p.code)"
	    " ORDER BY code",
	    IH_NOTHING);

	if (rows == NULL)
		return NULL;
	while (ih_row(rows, err)) {
		ih_column_text(rows, 0, code, sizeof code);
		ih_buffer_add(codes, code, sizeof code);
	}
	return err->kind == IH_NONE ? IH_GIVE(codes) : NULL;
}

static bool
mark_again(struct ih_registry *registry, const char *code, struct ih_error *err)
{
	IH_OWNED(ih_buffer) identity = unseal_identity(registry, code, err);

	return identity != NULL && ih_person_mark(registry, code,
				       identity->data, identity->size, err);
}

bool
ih_person_mark_all(struct ih_registry *registry, int64_t *marked,
    struct ih_error *err)
{
	*marked = 0;
	if (!ih_registry_may(registry, IH_MAY_IDENTITY, NULL, err))
		return false;
	IH_OWNED(ih_transaction) all = ih_transaction_begin(registry, err);
	IH_OWNED(ih_buffer)
	codes = all != NULL ? list_unmarked(registry, err) : NULL;
	if (codes == NULL ||
	    !ih_ledger_add(registry, IH_ACT_NOTE, "name marks", NULL, err))
		return false;
	for (size_t at = 0; at < codes->size; at += IH_CODE_TEXT, ++*marked)
		if (!mark_again(registry, (const char *)codes->data + at, err))
			return false;
	return ih_transaction_commit(all, err);
}

/* ---- searching */

struct hit {
	char code[IH_CODE_TEXT];
	size_t name;   /* which of those looked for */
	size_t parts;  /* of that name */
	uint32_t pair; /* 0: the whole name */
	enum ih_birth birth;
};

struct search {
	struct ih_registry *registry;
	const struct ih_secret *key;
	sqlite3_stmt *by_mark;
	struct ih_buffer *hits; /* struct hit, one after the other */
	size_t year_count;
	struct {
		int year;
		enum ih_birth birth;
	} years[YEARS_MAX];
};

static void
add_year(struct search *search, int year, enum ih_birth birth)
{
	search->years[search->year_count].year = year;
	search->years[search->year_count++].birth = birth;
}

/* In which years to look: about the one that is known, or all of a life. */
static void
choose_years(struct search *search, struct ih_date birth)
{
	int now = ih_instant_date(search->registry->world->now).year;

	add_year(search, 0, IH_BIRTH_UNKNOWN);
	if (birth.year == 0) {
		for (int y = now + 1; y > now - LIFE_YEARS; y--)
			add_year(search, y, IH_BIRTH_UNKNOWN);
		return;
	}
	for (int off = -IH_PERSON_YEARS; off <= IH_PERSON_YEARS; off++)
		add_year(search, birth.year + off,
		    off == 0 ? IH_BIRTH_AGREES : IH_BIRTH_NEAR);
}

/* The cases that MARK stands on. */
static bool
look_up(struct search *search, const unsigned char *mark,
    const struct hit *like, struct ih_error *err)
{
	sqlite3_stmt *rows = search->by_mark;
	struct hit hit = *like;

	sqlite3_reset(rows);
	if (sqlite3_bind_blob(rows, 1, mark, MARK, SQLITE_STATIC) != SQLITE_OK)
		return ih_query_fail(search->registry->db, err);
	while (ih_row(rows, err)) {
		ih_column_text(rows, 0, hit.code, sizeof hit.code);
		ih_buffer_add(search->hits, &hit, sizeof hit);
	}
	return err->kind == IH_NONE;
}

static bool
look_for(struct search *search, const struct tokens *tokens, size_t name,
    struct ih_error *err)
{
	unsigned char mark[IH_DIGEST];

	for (size_t t = 0; t < tokens->count; t++) {
		struct keyed keyed = keyed_of(search->key, &tokens->token[t]);

		for (size_t y = 0; y < search->year_count; y++) {
			struct hit hit = { .name = name,
				.parts = tokens->parts,
				.pair = tokens->token[t].pair,
				.birth = search->years[y].birth };

			mark_of(&keyed, search->years[y].year, mark);
			if (!look_up(search, mark, &hit, err))
				return false;
		}
	}
	return true;
}

static int
by_code(const void *a, const void *b)
{
	const struct hit *x = a, *y = b;
	int order = strcmp(x->code, y->code);

	return order != 0 ? order : (x->name > y->name) - (x->name < y->name);
}

static int
by_score(const void *a, const void *b)
{
	const struct ih_likely *x = a, *y = b;

	return x->score != y->score ? (x->score < y->score ? 1 : -1) :
				      strcmp(x->code, y->code);
}

/* So many parts make so many pairs. */
static unsigned
parts_of_pairs(uint32_t pairs)
{
	unsigned count = (unsigned)__builtin_popcount(pairs), parts = 1;

	while (parts * (parts - 1) / 2 < count)
		parts++;
	return parts;
}

/* All hits of one case by one name, COUNT of them, are one answer. */
static struct ih_likely
weigh(const struct hit *hits, size_t count)
{
	struct ih_likely likely = { .birth = hits[0].birth };
	uint32_t pairs = 0;
	unsigned most;

	memcpy(likely.code, hits[0].code, sizeof likely.code);
	for (size_t i = 0; i < count; i++) {
		pairs |= hits[i].pair;
		likely.same = likely.same || hits[i].pair == 0;
	}
	likely.parts = likely.same        ? (unsigned)hits[0].parts :
		       hits[0].parts == 1 ? 1 :
					    parts_of_pairs(pairs);
	most = (unsigned)hits[0].parts;
	if (likely.parts > most)
		most = likely.parts;
	likely.score = likely.same ? 100 : 60 + 30 * likely.parts / most;
	likely.score -= birth_costs[likely.birth];
	return likely;
}

/* One answer for each case: that of the name that is most like. */
static size_t
gather(struct hit *hits, size_t count, struct ih_likely *found)
{
	size_t cases = 0;

	qsort(hits, count, sizeof *hits, by_code);
	for (size_t from = 0, to; from < count; from = to) {
		struct ih_likely one;

		for (to = from;
		     to < count && by_code(&hits[to], &hits[from]) == 0;)
			to++;
		one = weigh(hits + from, to - from);
		if (cases == 0 || strcmp(found[cases - 1].code, one.code) != 0)
			found[cases++] = one;
		else if (one.score > found[cases - 1].score)
			found[cases - 1] = one;
	}
	qsort(found, cases, sizeof *found, by_score);
	return cases;
}

static bool
tell(struct search *search, struct ih_arena *arena, ih_person_seen *each,
    void *with)
{
	size_t count = search->hits->size / sizeof(struct hit);
	struct hit *hits = (struct hit *)(void *)search->hits->data;
	struct ih_likely *found =
	    ih_arena_take(arena, (count + 1) * sizeof *found);
	size_t cases = gather(hits, count, found);

	for (size_t i = 0; i < cases && each(&found[i], with); i++)
		;
	return true;
}

/* Every name of PERSON, in each year. */
static bool
look(struct search *search, struct ih_arena *arena,
    const struct ih_person *person, struct ih_error *err)
{
	size_t looked = 0;

	choose_years(search, person->birth);
	for (size_t i = 0; i < person->count; i++) {
		struct tokens tokens;

		if (!tokens_of(search->registry, arena, person->name[i],
			&tokens, err) ||
		    !look_for(search, &tokens, i, err))
			return false;
		looked += tokens.count;
	}
	return looked > 0 ||
	       ih_fail_code(err, IH_INPUT, "E_NAME_NONE", "%s", "");
}

/* All look-ups as one reading: each of its own would take and leave the
 * file's locks, which costs more than the look-up. */
static bool
look_once(struct search *search, struct ih_arena *arena,
    const struct ih_person *person, struct ih_error *err)
{
	sqlite3 *db = search->registry->db;
	struct ih_error unsaid = { 0 };
	bool looked;

	if (!ih_run(db, err, "SAVEPOINT search", IH_NOTHING))
		return false;
	looked = look(search, arena, person, err);
	sqlite3_reset(search->by_mark);
	ih_run(db, looked ? err : &unsaid, "RELEASE search", IH_NOTHING);
	return looked && err->kind == IH_NONE;
}

bool
ih_person_find(struct ih_registry *registry, const struct ih_person *person,
    ih_person_seen *each, void *with, struct ih_error *err)
{
	struct search search = { .registry = registry };
	IH_OWNED(ih_arena) arena = ih_arena_new();
	IH_OWNED(ih_secret)
	key = ih_keys_grow(registry, IH_HOLD_INDEX, MARKS, err);

	if (key == NULL || !has_names(registry, err))
		return false;
	IH_OWNED(sqlite3_stmt)
	by_mark = ih_ask(registry->db, err,
	    "SELECT code FROM name_mark WHERE mark = ?", IH_NOTHING);
	IH_OWNED(ih_buffer) hits = ih_buffer_new();
	search.key = key;
	search.by_mark = by_mark;
	search.hits = hits;
	return by_mark != NULL && look_once(&search, arena, person, err) &&
	       tell(&search, arena, each, with);
}

bool
ih_person_search(struct ih_registry *registry, const struct ih_person *person,
    ih_person_seen *each, void *with, struct ih_error *err)
{
	/* Entered first: what was seen was entered, even after a crash. */
	return ih_registry_may(registry, IH_MAY_SEARCH, NULL, err) &&
	       ih_ledger_add(registry, IH_ACT_SEARCH, "person", NULL, err) &&
	       ih_person_find(registry, person, each, with, err);
}

/* ---- by a case */

struct others {
	const char *code; /* not this one */
	ih_person_seen *each;
	void *with;
};

static bool
tell_other(const struct ih_likely *likely, void *with)
{
	struct others *others = with;

	return strcmp(likely->code, others->code) == 0 ||
	       others->each(likely, others->with);
}

bool
ih_person_like(struct ih_registry *registry, const char *code,
    ih_person_seen *each, void *with, struct ih_error *err)
{
	struct others others = { code, each, with };
	struct ih_person person;
	IH_OWNED(ih_arena) arena = ih_arena_new();
	IH_OWNED(ih_buffer) identity = unseal_identity(registry, code, err);

	if (identity == NULL)
		return err->kind == IH_NONE;
	read_identity(arena, identity->data, identity->size, &person);
	if (person.count == 0)
		return true;
	if (ih_person_find(registry, &person, tell_other, &others, err))
		return true;
	/* Nothing to look for is nothing found. */
	if (strcmp(err->code, "E_NAME_NONE") != 0)
		return false;
	*err = (struct ih_error){ 0 };
	return true;
}

bool
ih_person_read(struct ih_registry *registry, const char *code,
    struct ih_arena *arena, struct ih_person *person, struct ih_error *err)
{
	IH_OWNED(ih_buffer)
	identity = ih_case_read(registry, code, IH_IDENTITY, err);

	if (identity == NULL)
		return false;
	read_identity(arena, identity->data, identity->size, person);
	return true;
}

bool
ih_person_forget(struct ih_registry *registry, const char *code,
    struct ih_error *err)
{
	return unmark(registry, code, err) &&
	       ih_run(registry->db, err,
		   "DELETE FROM person_link WHERE :code IN (a, b)",
		   ih_text(":code", code)) &&
	       ih_run(registry->db, err,
		   "DELETE FROM accused WHERE code = :code",
		   ih_text(":code", code));
}
