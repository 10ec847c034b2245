/* This is where what an outsider holds about a ledger is written, read and
 * checked. */
#include "ihala/proof.h"

#include <inttypes.h>
#include <openssl/evp.h>
#include <stdio.h>
#include <string.h>

#include "ihala/text.h"

#define ENTRY_HEAD "c2sp.org/tlog-proof@v1"
#define DASH "\xe2\x80\x94 " /* em dash, space: a line that signs */

enum {
	ED25519 = 0x01, /* the type of a signature */
	KEY_ID = 4,     /* bytes in front of a signature */
	SIZE_DIGITS = 15
};
#define BASE64_TEXT(size) (((size_t)(size) + 2) / 3 * 4 + 1)

/* ---- Base 64 */

static void
add_base64(struct ih_buffer *out, const void *bytes, size_t size)
{
	unsigned char text[BASE64_TEXT(IH_ENTRY_TEXT)];

	EVP_EncodeBlock(text, bytes, (int)size);
	ih_buffer_text(out, (const char *)text);
}

struct span {
	const char *text;
	size_t size;
};

/* The one way in which bytes are written so; *SIZE of them, at most MOST. */
static bool
is_base64(struct span from, unsigned char *bytes, size_t most, size_t *size)
{
	unsigned char decoded[IH_ENTRY_TEXT + 3];
	unsigned char again[BASE64_TEXT(IH_ENTRY_TEXT)];
	int length;

	if (from.size == 0 || from.size % 4 != 0 ||
	    from.size / 4 * 3 > most + 2 || most > IH_ENTRY_TEXT)
		return false;
	length = EVP_DecodeBlock(decoded, (const unsigned char *)from.text,
	    (int)from.size);
	if (length < 0)
		return false;
	*size = (size_t)length - (from.text[from.size - 1] == '=') -
		(from.text[from.size - 2] == '=');
	if (*size > most)
		return false;
	EVP_EncodeBlock(again, decoded, (int)*size);
	memcpy(bytes, decoded, *size);
	return strlen((const char *)again) == from.size &&
	       memcmp(again, from.text, from.size) == 0;
}

static bool
is_base64_of(struct span from, void *bytes, size_t size)
{
	size_t found = 0;

	return is_base64(from, bytes, size, &found) && found == size;
}

/* ---- writing */

static void
origin_of(const char *committee, const unsigned char key[static IH_SIGN_PUBLIC],
    char origin[static IH_ORIGIN_TEXT])
{
	int length = snprintf(origin, IH_ORIGIN_TEXT, "ihala/%.3s/", committee);

	for (size_t i = 0; i < IH_SIGN_PUBLIC; i++)
		length += snprintf(origin + length,
		    IH_ORIGIN_TEXT - (size_t)length, "%02x", key[i]);
}

void
ih_checkpoint_text(const char *committee,
    const unsigned char key[static IH_SIGN_PUBLIC], uint64_t size,
    const struct ih_hash *root, char text[static IH_CHECKPOINT_TEXT])
{
	unsigned char base64[BASE64_TEXT(IH_DIGEST)];
	char origin[IH_ORIGIN_TEXT];

	origin_of(committee, key, origin);
	EVP_EncodeBlock(base64, root->bytes, IH_DIGEST);
	snprintf(text, IH_CHECKPOINT_TEXT, "%s\n%" PRIu64 "\n%s\n", origin,
	    size, (const char *)base64);
}

/* key ID = SHA-256(name, LF, type, public key)[:4] */
static void
key_id(const char *origin, const unsigned char key[static IH_SIGN_PUBLIC],
    unsigned char id[static KEY_ID])
{
	IH_OWNED(ih_buffer) bytes = ih_buffer_new();
	unsigned char digest[IH_DIGEST];

	ih_buffer_printf(bytes, "%s\n%c", origin, ED25519);
	ih_buffer_add(bytes, key, IH_SIGN_PUBLIC);
	ih_digest(bytes->data, bytes->size, digest);
	memcpy(id, digest, KEY_ID);
}

static void
add_checkpoint(struct ih_buffer *out, const struct ih_evidence *evidence)
{
	const struct ih_checkpoint *checkpoint = &evidence->checkpoint;
	unsigned char signature[KEY_ID + IH_SIGNATURE];
	char text[IH_CHECKPOINT_TEXT], origin[IH_ORIGIN_TEXT];

	origin_of(evidence->committee, evidence->key, origin);
	ih_checkpoint_text(evidence->committee, evidence->key, checkpoint->size,
	    &checkpoint->root, text);
	key_id(origin, evidence->key, signature);
	memcpy(signature + KEY_ID, checkpoint->signature, IH_SIGNATURE);
	ih_buffer_printf(out, "%s\n" DASH "%s ", text, origin);
	add_base64(out, signature, sizeof signature);
	ih_buffer_text(out, "\n");
}

static void
add_path(struct ih_buffer *out, const struct ih_proof *path)
{
	for (size_t i = 0; i < path->count; i++) {
		add_base64(out, path->path[i].bytes, IH_DIGEST);
		ih_buffer_text(out, "\n");
	}
	ih_buffer_text(out, "\n");
}

struct ih_buffer *
ih_evidence_write(const struct ih_evidence *evidence)
{
	IH_OWNED(ih_buffer) out = ih_buffer_new();

	if (evidence->kind == IH_OF_ENTRY) {
		ih_buffer_text(out, ENTRY_HEAD "\nextra ");
		add_base64(out, evidence->entry, strlen(evidence->entry));
		ih_buffer_printf(out, "\nindex %" PRIu64 "\n", evidence->at);
	} else if (evidence->kind == IH_OF_GROWTH) {
		ih_buffer_printf(out, "old %" PRIu64 "\n", evidence->at);
	}
	if (evidence->kind != IH_OF_STATE)
		add_path(out, &evidence->path);
	add_checkpoint(out, evidence);
	return IH_GIVE(out);
}

/* ---- reading */

struct reader {
	const char *at, *end;
	unsigned number;  /* of the line, from 1 */
	struct span line; /* without its LF */
	struct ih_error *err;
};

static bool
expected(struct reader *reader, const char *what)
{
	return ih_fail(reader->err, IH_INPUT, "line %u: expected %s",
	    reader->number, what);
}

static bool
next(struct reader *reader)
{
	const char *feed =
	    memchr(reader->at, '\n', (size_t)(reader->end - reader->at));

	reader->number++;
	if (feed == NULL)
		return expected(reader, "a whole line; the file was cut off");
	reader->line = (struct span){ reader->at, (size_t)(feed - reader->at) };
	reader->at = feed + 1;
	return true;
}

static bool
skip(struct span *line, const char *word)
{
	size_t size = strlen(word);

	if (line->size < size || memcmp(line->text, word, size) != 0)
		return false;
	line->text += size;
	line->size -= size;
	return true;
}

/* Decimal, no sign, no leading zero, below 10^15 (tree.h has fewer). */
static bool
is_count(struct span from, uint64_t *count)
{
	*count = 0;
	if (from.size == 0 || from.size > SIZE_DIGITS ||
	    (from.text[0] == '0' && from.size > 1))
		return false;
	for (size_t i = 0; i < from.size; i++) {
		if (from.text[i] < '0' || from.text[i] > '9')
			return false;
		*count = *count * 10 + (uint64_t)(from.text[i] - '0');
	}
	return *count >> IH_TREE_HEIGHT == 0;
}

static bool
is_origin(struct span line, struct ih_evidence *evidence)
{
	const char *slash;
	char hex[IH_DIGEST_TEXT] = "";
	struct ih_hash key = { 0 };
	size_t length;

	if (!skip(&line, "ihala/") ||
	    (slash = memchr(line.text, '/', line.size)) == NULL)
		return false;
	length = (size_t)(slash - line.text);
	if (length >= sizeof evidence->committee ||
	    line.size - length - 1 != sizeof hex - 1)
		return false;
	memcpy(evidence->committee, line.text, length);
	memcpy(hex, slash + 1, sizeof hex - 1);
	if (!ih_committee_is(evidence->committee) || !ih_hash_parse(hex, &key))
		return false;
	memcpy(evidence->key, key.bytes, IH_SIGN_PUBLIC);
	return true;
}

/* "NAME BASE64": by NAME with the key ID? */
static bool
is_by(struct span line, const char *origin, const unsigned char id[KEY_ID],
    unsigned char signature[static IH_SIGNATURE])
{
	unsigned char bytes[KEY_ID + IH_SIGNATURE];

	if (!skip(&line, origin) || !skip(&line, " ") ||
	    !is_base64_of(line, bytes, sizeof bytes) ||
	    memcmp(bytes, id, KEY_ID) != 0)
		return false;
	memcpy(signature, bytes + KEY_ID, IH_SIGNATURE);
	return true;
}

static bool
read_signatures(struct reader *reader, struct ih_evidence *evidence)
{
	char origin[IH_ORIGIN_TEXT];
	unsigned char id[KEY_ID];
	bool found = false;

	origin_of(evidence->committee, evidence->key, origin);
	key_id(origin, evidence->key, id);
	while (reader->at != reader->end) {
		if (!next(reader))
			return false;
		if (!skip(&reader->line, DASH))
			return expected(reader, "a signature");
		if (!is_by(reader->line, origin, id,
			evidence->checkpoint.signature))
			continue;
		if (found)
			return expected(reader, "one signature of the ledger");
		found = true;
	}
	return found || expected(reader, "a signature of the ledger");
}

/* From its first line, which was read. */
static bool
read_checkpoint(struct reader *reader, struct ih_evidence *evidence)
{
	struct ih_checkpoint *checkpoint = &evidence->checkpoint;

	if (!is_origin(reader->line, evidence))
		return expected(reader, "the name of a ledger (ihala/...)");
	if (!next(reader))
		return false;
	if (!is_count(reader->line, &checkpoint->size))
		return expected(reader, "a number of entries");
	if (!next(reader))
		return false;
	if (!is_base64_of(reader->line, checkpoint->root.bytes, IH_DIGEST))
		return expected(reader, "a root in Base 64");
	if (!next(reader))
		return false;
	if (reader->line.size != 0)
		return expected(reader, "an empty line");
	return read_signatures(reader, evidence);
}

/* To the empty line, and the first of the checkpoint. */
static bool
read_path(struct reader *reader, struct ih_proof *path)
{
	for (;;) {
		if (!next(reader))
			return false;
		if (reader->line.size == 0)
			return next(reader);
		if (path->count == sizeof path->path / sizeof path->path[0] ||
		    !is_base64_of(reader->line, path->path[path->count].bytes,
			IH_DIGEST))
			return expected(reader, "a digest, or an empty line");
		path->count++;
	}
}

static bool
read_entry(struct reader *reader, struct ih_evidence *evidence)
{
	size_t size = 0;

	evidence->kind = IH_OF_ENTRY;
	if (!next(reader))
		return false;
	if (!skip(&reader->line, "extra ") ||
	    !is_base64(reader->line, (unsigned char *)evidence->entry,
		sizeof evidence->entry - 1, &size) ||
	    memchr(evidence->entry, '\0', size) != NULL ||
	    memchr(evidence->entry, '\n', size) != evidence->entry + size - 1)
		return expected(reader, "\"extra\" and a line of the ledger");
	if (!next(reader))
		return false;
	if (!skip(&reader->line, "index ") ||
	    !is_count(reader->line, &evidence->at))
		return expected(reader, "\"index\" and a number");
	return read_path(reader, &evidence->path) &&
	       read_checkpoint(reader, evidence);
}

static bool
read_growth(struct reader *reader, struct ih_evidence *evidence)
{
	evidence->kind = IH_OF_GROWTH;
	if (!is_count(reader->line, &evidence->at))
		return expected(reader, "\"old\" and a number");
	return read_path(reader, &evidence->path) &&
	       read_checkpoint(reader, evidence);
}

static bool
is_whole_line(struct span line, const char *wanted)
{
	return skip(&line, wanted) && line.size == 0;
}

bool
ih_evidence_read(const void *bytes, size_t size, struct ih_evidence *evidence,
    struct ih_error *err)
{
	struct reader reader = { .at = bytes, .err = err };

	*evidence = (struct ih_evidence){ .kind = IH_OF_STATE };
	if (size == 0 || size > IH_EVIDENCE_MAX)
		return ih_fail(err, IH_INPUT, "a proof has 1 to %d bytes",
		    IH_EVIDENCE_MAX);
	reader.end = reader.at + size;
	if (!ih_text_is_utf8(bytes, size))
		return ih_fail(err, IH_INPUT, "a proof is UTF-8");
	if (!next(&reader))
		return false;
	if (is_whole_line(reader.line, ENTRY_HEAD))
		return read_entry(&reader, evidence);
	return skip(&reader.line, "old ") ? read_growth(&reader, evidence) :
					    read_checkpoint(&reader, evidence);
}

/* ---- checking */

void
ih_evidence_key(const struct ih_evidence *evidence,
    char text[static IH_DIGEST_TEXT])
{
	struct ih_hash key = { 0 };

	memcpy(key.bytes, evidence->key, IH_SIGN_PUBLIC);
	ih_hash_text(&key, text);
}

bool
ih_evidence_is_signed(const struct ih_evidence *evidence, struct ih_error *err)
{
	const struct ih_checkpoint *checkpoint = &evidence->checkpoint;
	struct ih_error why = { 0 };
	char text[IH_CHECKPOINT_TEXT];

	ih_checkpoint_text(evidence->committee, evidence->key, checkpoint->size,
	    &checkpoint->root, text);
	return ih_sign_check(evidence->key, text, strlen(text),
		   checkpoint->signature, &why) ||
	       ih_fail_code(err, IH_TRUST, "E_PROOF_SIGNATURE",
		   "the checkpoint");
}

static bool
does_not_lead(struct ih_error *err, const char *place)
{
	return ih_fail_code(err, IH_TRUST, "E_PROOF_PATH", "%s", place);
}

/* The line begins with its own index. */
static bool
says_where_it_is(const struct ih_evidence *evidence)
{
	char index[24];

	snprintf(index, sizeof index, "%" PRIu64 "\t", evidence->at);
	return strncmp(evidence->entry, index, strlen(index)) == 0;
}

bool
ih_evidence_includes(const struct ih_evidence *evidence, struct ih_error *err)
{
	const struct ih_checkpoint *checkpoint = &evidence->checkpoint;
	struct ih_hash leaf =
	    ih_tree_leaf(evidence->entry, strlen(evidence->entry));

	return (evidence->kind == IH_OF_ENTRY && says_where_it_is(evidence) &&
		   ih_tree_includes(&evidence->path, leaf, evidence->at,
		       checkpoint->size, checkpoint->root)) ||
	       does_not_lead(err, "the entry");
}

static bool
is_same_ledger(const struct ih_evidence *a, const struct ih_evidence *b)
{
	return strcmp(a->committee, b->committee) == 0 &&
	       memcmp(a->key, b->key, sizeof a->key) == 0;
}

bool
ih_evidence_extends(const struct ih_evidence *evidence,
    const struct ih_evidence *older, struct ih_error *err)
{
	const struct ih_checkpoint *now = &evidence->checkpoint;
	const struct ih_checkpoint *then = &older->checkpoint;

	if (!is_same_ledger(evidence, older))
		return does_not_lead(err,
		    "the older checkpoint is of another ledger");
	if (evidence->kind != IH_OF_GROWTH || evidence->at != then->size)
		return does_not_lead(err,
		    "it is not about the older checkpoint");
	return ih_tree_extends(&evidence->path, then->size, then->root,
		   now->size, now->root) ||
	       does_not_lead(err, "the older checkpoint");
}
