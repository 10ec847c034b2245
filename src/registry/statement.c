/* This is where a registry speaks of itself in a file, and is believed. */
#include "statement.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const headers[IH_STATEMENT_KINDS] = {
	[IH_STATES_BACKUP] = "ihala-backup-1",
	[IH_STATES_ERASURES] = "ihala-erasures-1",
	[IH_STATES_RECEIPT] = "ihala-erasure-receipt-1",
};

const char *const ih_registry_files[IH_REGISTRY_FILES] = {
	[IH_FILE_CASES] = "registry.db",
	[IH_FILE_KEYS] = "keys.db",
};

static struct ih_statement *
statement_new(void)
{
	struct ih_statement *statement = calloc(1, sizeof *statement);

	if (statement == NULL)
		abort();
	return statement;
}

struct ih_statement *
ih_statement_new(struct ih_registry *registry, enum ih_statement_kind kind,
    struct ih_error *err)
{
	struct ih_checkpoint checkpoint;
	IH_OWNED(ih_statement) statement = statement_new();

	if (!ih_ledger_checkpoint(registry, &checkpoint, err))
		return NULL;
	statement->kind = kind;
	memcpy(statement->registry, registry->id, sizeof registry->id);
	memcpy(statement->committee, registry->committee,
	    sizeof registry->committee);
	statement->made = registry->world->now;
	statement->size = checkpoint.size;
	statement->root = checkpoint.root;
	return IH_GIVE(statement);
}

void
ih_statement_free(struct ih_statement *statement)
{
	if (statement == NULL)
		return;
	free(statement->erased);
	free(statement);
}

void
ih_statement_add(struct ih_statement *statement,
    const struct ih_erasure *erasure)
{
	size_t count = statement->count;

	if ((count & (count - 1)) == 0) { /* full at each power of two */
		statement->erased = realloc(statement->erased,
		    (count == 0 ? 1 : 2 * count) * sizeof *erasure);
		if (statement->erased == NULL)
			abort();
	}
	statement->erased[statement->count++] = *erasure;
}

/* ---- writing */

static void
write_backup(const struct ih_statement *s, struct ih_buffer *out)
{
	char digest[IH_DIGEST_TEXT];

	for (int i = 0; i < IH_REGISTRY_FILES; i++) {
		ih_hash_text(&s->file[i], digest);
		ih_buffer_printf(out, "file %s %s\n", ih_registry_files[i],
		    digest);
	}
	ih_buffer_printf(out, "keys-until %s\n", s->until);
}

static void
write_erased(const struct ih_statement *s, struct ih_buffer *out)
{
	char instant[IH_INSTANT_TEXT];

	for (size_t i = 0; i < s->count; i++) {
		const struct ih_erasure *e = &s->erased[i];

		ih_instant_format(e->instant, instant);
		ih_buffer_printf(out, "erased %s %s %" PRIu64 " %s\n", e->code,
		    instant, e->entry, e->until);
	}
}

/* What is signed: the one form that each statement has. */
static void
write_body(const struct ih_statement *s, struct ih_buffer *out)
{
	char instant[IH_INSTANT_TEXT], root[IH_DIGEST_TEXT];

	ih_instant_format(s->made, instant);
	ih_hash_text(&s->root, root);
	ih_buffer_printf(out,
	    "%s\nregistry %s\ncommittee %s\nmade %s\nledger %" PRIu64 " %s\n",
	    headers[s->kind], s->registry, s->committee, instant, s->size,
	    root);
	if (s->kind == IH_STATES_BACKUP)
		write_backup(s, out);
	else
		write_erased(s, out);
}

static void
write_signature(const unsigned char *signature, struct ih_buffer *out)
{
	ih_buffer_text(out, "signature ");
	for (size_t i = 0; i < IH_SIGNATURE; i++)
		ih_buffer_printf(out, "%02x", signature[i]);
	ih_buffer_text(out, "\n");
}

struct ih_buffer *
ih_statement_write(const struct ih_registry *registry,
    const struct ih_statement *statement, struct ih_error *err)
{
	unsigned char signature[IH_SIGNATURE];
	IH_OWNED(ih_buffer) out = ih_buffer_new();

	write_body(statement, out);
	if (!ih_ledger_sign(registry, out->data, out->size, signature, err))
		return NULL;
	write_signature(signature, out);
	return IH_GIVE(out);
}

/* ---- reading */

static bool
read_header(const char *word, enum ih_statement_kind *kind)
{
	for (int i = 0; i < IH_STATEMENT_KINDS; i++)
		if (strcmp(word, headers[i]) == 0) {
			*kind = (enum ih_statement_kind)i;
			return true;
		}
	return false;
}

enum { NUMBER_TEXT = 21 }; /* of 64 bits, with the NUL */

static bool
read_head(const char **at, struct ih_statement *s)
{
	char header[32], instant[32], size[NUMBER_TEXT], root[IH_DIGEST_TEXT];
	int used = 0;

	if (sscanf(*at,
		"%31s registry %36s committee %3s made %31s ledger %20[0-9]"
		" %64s%n",
		header, s->registry, s->committee, instant, size, root,
		&used) != 6 ||
	    used == 0 || !read_header(header, &s->kind) ||
	    !ih_uuid_is(s->registry) || !ih_committee_is(s->committee) ||
	    !ih_instant_parse(instant, &s->made) ||
	    !ih_hash_parse(root, &s->root))
		return false;
	s->size = strtoull(size, NULL, 10);
	*at += used;
	return true;
}

static bool
is_day(const char *text)
{
	struct ih_date date;

	return strlen(text) == IH_DATE_TEXT - 1 && ih_date_parse(text, &date);
}

static bool
read_backup(const char **at, struct ih_statement *s)
{
	char cases[IH_DIGEST_TEXT], keys[IH_DIGEST_TEXT];
	int used = 0;

	if (sscanf(*at,
		" file registry.db %64s file keys.db %64s keys-until %10s%n",
		cases, keys, s->until, &used) != 3 ||
	    used == 0 || !ih_hash_parse(cases, &s->file[IH_FILE_CASES]) ||
	    !ih_hash_parse(keys, &s->file[IH_FILE_KEYS]) || !is_day(s->until))
		return false;
	*at += used;
	return true;
}

static bool
read_erased(const char **at, struct ih_statement *s)
{
	char instant[32], code[IH_CODE_TEXT], entry[NUMBER_TEXT];
	struct ih_erasure e = { .code = "" };
	int used = 0;

	while (sscanf(*at, " erased %11s %31s %20[0-9] %10s%n", code, instant,
		   entry, e.until, &used) == 4) {
		if (!ih_code_parse(code, e.code) ||
		    !ih_instant_parse(instant, &e.instant) || !is_day(e.until))
			return false;
		e.entry = strtoull(entry, NULL, 10);
		ih_statement_add(s, &e);
		*at += used;
	}
	return s->kind == IH_STATES_ERASURES || s->count == 1;
}

_Static_assert(IH_SIGNATURE == 2 * IH_DIGEST, "read in two halves");

static bool
read_signature(const char **at, struct ih_statement *s)
{
	char first[IH_DIGEST_TEXT], second[IH_DIGEST_TEXT];
	struct ih_hash half[2];
	int used = 0;

	if (sscanf(*at, " signature %64[0-9a-f]%64[0-9a-f]%n", first, second,
		&used) != 2 ||
	    !ih_hash_parse(first, &half[0]) || !ih_hash_parse(second, &half[1]))
		return false;
	memcpy(s->signature, half, sizeof half);
	*at += used;
	return true;
}

/* The scans above are lenient; writing it again is what is strict. */
static bool
is_as_written(const struct ih_statement *s, const void *bytes, size_t size)
{
	IH_OWNED(ih_buffer) again = ih_buffer_new();

	write_body(s, again);
	write_signature(s->signature, again);
	return again->size == size && memcmp(again->data, bytes, size) == 0;
}

struct ih_statement *
ih_statement_read(const void *bytes, size_t size, struct ih_error *err)
{
	IH_OWNED(ih_statement) s = statement_new();
	/* A copy ends in a NUL, which sscanf() needs. */
	IH_OWNED(ih_buffer) copy =
	    ih_buffer_copy(bytes, size <= IH_STATEMENT_MAX ? size : 0);
	const char *at = (const char *)copy->data;

	if (read_head(&at, s) &&
	    (s->kind == IH_STATES_BACKUP ? read_backup(&at, s) :
					   read_erased(&at, s)) &&
	    read_signature(&at, s) && is_as_written(s, bytes, size))
		return IH_GIVE(s);
	ih_fail(err, IH_INPUT,
	    "this is no statement of a registry, or a character of it was "
	    "changed");
	return NULL;
}

bool
ih_statement_check(const struct ih_registry *registry,
    const struct ih_statement *statement, enum ih_statement_kind kind,
    struct ih_error *err)
{
	IH_OWNED(ih_buffer) body = ih_buffer_new();

	if (statement->kind != kind)
		return ih_fail(err, IH_INPUT,
		    "it is a statement of kind %s,"
		    " not %s",
		    headers[statement->kind], headers[kind]);
	write_body(statement, body);
	if (strcmp(statement->registry, registry->id) != 0)
		return ih_fail(err, IH_TRUST, "it is of another registry");
	return ih_sign_check(registry->signer, body->data, body->size,
	    statement->signature, err);
}
