/* This is where exchange.xml is written and read. */
#include "ihala/letter.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ihala/date.h"
#include "ihala/element.h"
#include "ihala/node.h"
#include "ihala/text.h"
#include "ihala/xml.h"
#include "refusal.h"
#include "written.h"

enum { TEXT_MAX = 1000 }; /* code points; the schema's, too */

static const char *const purposes[IH_PURPOSES] = {
	[IH_LETTER_REFERRAL] = "referral",
	[IH_LETTER_TRANSFER] = "transfer",
	[IH_LETTER_NOTIFICATION] = "notification",
	[IH_LETTER_REQUEST] = "information-request",
	[IH_LETTER_REPLY] = "reply",
	[IH_LETTER_WITHDRAWAL] = "withdrawal",
	[IH_LETTER_RECEIPT] = "receipt",
	[IH_LETTER_TRUST_LIST] = "trust-list",
	[IH_LETTER_RETURN] = "return",
	[IH_LETTER_PACK] = "pack",
	[IH_LETTER_ACCEPTANCE] = "acceptance",
	[IH_LETTER_DECLINE] = "decline",
	[IH_LETTER_REVOCATION] = "revocation",
	[IH_LETTER_INFORMATION] = "information",
	[IH_LETTER_REFUSAL] = "information-refusal",
};

const char *
ih_purpose_text(enum ih_purpose purpose)
{
	return purposes[purpose];
}

enum ih_purpose
ih_purpose_parse(const char *text)
{
	enum ih_purpose purpose = 0;

	while (purpose < IH_PURPOSES && strcmp(purposes[purpose], text) != 0)
		purpose++;
	return purpose;
}

/* ---- schemas */

struct ih_forms *
ih_forms_load(struct ih_library *library, struct ih_error *err)
{
	IH_OWNED(ih_forms) forms = ih_zeroed(sizeof *forms);

	if ((forms->exchange = ih_schema_load(library, "exchange", err)) ==
		NULL ||
	    (forms->receipt = ih_schema_load(library, "receipt", err)) ==
		NULL ||
	    (forms->trust_list = ih_schema_load(library, "trust-list", err)) ==
		NULL ||
	    (forms->manifest = ih_schema_load(library, "asic-manifest", err)) ==
		NULL)
		return NULL;
	forms->unpacker = ih_unpacker_new();
	return IH_GIVE(forms);
}

void
ih_forms_free(struct ih_forms *forms)
{
	if (forms == NULL)
		return;
	ih_schema_free(forms->exchange);
	ih_schema_free(forms->receipt);
	ih_schema_free(forms->trust_list);
	ih_schema_free(forms->manifest);
	ih_unpacker_free(forms->unpacker);
	free(forms);
}

/* ---- writing */

static bool
bad_field(struct ih_error *err, const char *field)
{
	return ih_fail(err, IH_USAGE, "letter: %s is not as expected", field);
}

static bool
is_digest(const char *text)
{
	return strlen(text) == IH_DIGEST_TEXT - 1 &&
	       strspn(text, "0123456789abcdef") == IH_DIGEST_TEXT - 1;
}

static bool
is_text(const char *text)
{
	size_t length;

	if (text == NULL)
		return true;
	length = ih_text_length(text, strlen(text));
	return length > 0 && length <= TEXT_MAX &&
	       ih_text_is_plain(text, strlen(text));
}

static bool
is_media(const char *text)
{
	static const char type[] = "abcdefghijklmnopqrstuvwxyz";
	static const char subtype[] = "abcdefghijklmnopqrstuvwxyz0123456789.+-";
	size_t length = text != NULL ? strspn(text, type) : 0;

	return length > 0 && length <= 16 && text[length] == '/' &&
	       text[length + 1] != '\0' && strlen(text + length) <= 64 &&
	       text[length + 1 + strspn(text + length + 1, subtype)] == '\0';
}

static bool
has_sound_parts(const struct ih_letter *letter)
{
	for (size_t i = 0; i < letter->count; i++)
		if (!ih_part_name_is(letter->parts[i].name) ||
		    !is_media(letter->parts[i].media))
			return false;
	return true;
}

/* Public letters are returns and packs, and only those; a pack is never
 * anything else. */
static bool
is_addressed(const struct ih_letter *letter)
{
	bool pack = letter->purpose == IH_LETTER_PACK;

	if (letter->to[0] == '\0')
		return (pack || letter->purpose == IH_LETTER_RETURN) &&
		       letter->to_key[0] == '\0';
	return !pack && ih_committee_is(letter->to) &&
	       is_digest(letter->to_key);
}

static bool
is_numbered(const struct ih_letter *letter)
{
	if (letter->sequence < 1 || letter->sequence > IH_SEQUENCE_MAX)
		return false;
	return letter->sequence == 1 ? letter->previous[0] == '\0' :
				       is_digest(letter->previous);
}

static bool
is_timed(const struct ih_letter *letter)
{
	return letter->created > 0 && letter->created < letter->expires &&
	       letter->expires <= IH_INSTANT_MAX;
}

static const char *
bad_letter_field(const struct ih_letter *letter)
{
	if (!ih_uuid_is(letter->id))
		return "id";
	if (letter->profile != IH_PROFILE)
		return "profile";
	if (!ih_committee_is(letter->from))
		return "from";
	if (letter->signers < 1 || letter->signers > IH_SIGNERS)
		return "signers";
	if ((unsigned)letter->purpose >= IH_PURPOSES)
		return "purpose";
	if (!is_addressed(letter))
		return "to";
	if (!is_numbered(letter))
		return "sequence or previous";
	if (!is_timed(letter))
		return "created or expires";
	if (letter->in_reply_to[0] != '\0' && !ih_uuid_is(letter->in_reply_to))
		return "in-reply-to";
	if (!is_text(letter->legal_basis) || !is_text(letter->authorisation) ||
	    !is_text(letter->retention) || !is_text(letter->release_profile))
		return "a text";
	if (!has_sound_parts(letter))
		return "a part";
	return NULL;
}

static void
leaf_if(struct ih_writer *w, const char *name, const char *text)
{
	if (text != NULL)
		ih_leaf(w, name, text);
}

static void
put_people(struct ih_writer *w, const struct ih_letter *letter)
{
	ih_open(w, "from");
	ih_put(w, "committee", letter->from);
	ih_put_number(w, "signers", letter->signers);
	ih_close(w);
	if (letter->to[0] == '\0') {
		ih_open(w, "public");
		ih_close(w);
		return;
	}
	ih_open(w, "to");
	ih_put(w, "committee", letter->to);
	ih_put(w, "key", letter->to_key);
	ih_close(w);
}

struct ih_buffer *
ih_letter_write(const struct ih_letter *letter, struct ih_error *err)
{
	IH_OWNED(ih_buffer) out = ih_buffer_new();
	struct ih_writer w = ih_write_to(out);
	const char *bad = bad_letter_field(letter);

	if (bad != NULL) {
		bad_field(err, bad);
		return NULL;
	}
	ih_open(&w, "exchange");
	ih_put(&w, "xmlns", "urn:ihala:exchange:1");
	ih_put(&w, "id", letter->id);
	ih_put(&w, "profile", IH_PROFILE_TEXT);
	ih_put(&w, "purpose", purposes[letter->purpose]);
	ih_put_number(&w, "sequence", letter->sequence);
	ih_put_if(&w, "previous", letter->previous);
	ih_put_instant(&w, "created", letter->created);
	ih_put_instant(&w, "expires", letter->expires);
	ih_put_if(&w, "in-reply-to", letter->in_reply_to);
	put_people(&w, letter);
	leaf_if(&w, "legal-basis", letter->legal_basis);
	leaf_if(&w, "authorisation", letter->authorisation);
	leaf_if(&w, "retention", letter->retention);
	leaf_if(&w, "release-profile", letter->release_profile);
	for (size_t i = 0; i < letter->count; i++) {
		ih_open(&w, "part");
		ih_put(&w, "name", letter->parts[i].name);
		ih_put(&w, "media", letter->parts[i].media);
		ih_close(&w);
	}
	ih_close(&w);
	if (!ih_write_end(&w, err))
		return NULL;
	return IH_GIVE(out);
}

/* ---- reading */

static void
copy(char *to, size_t size, const char *text)
{
	snprintf(to, size, "%s", text != NULL ? text : "");
}

static const char *
text_if(struct ih_arena *arena, const xmlNode *root, const char *name)
{
	const xmlNode *node = ih_child(root, name);

	return node != NULL ? ih_text_of(arena, node) : NULL;
}

static void
read_people(const xmlNode *root, struct ih_letter *letter)
{
	const xmlNode *from = ih_child(root, "from");
	const xmlNode *to = ih_child(root, "to");

	copy(letter->from, sizeof letter->from, ih_attr(from, "committee"));
	letter->signers = (int)strtol(ih_attr(from, "signers"), NULL, 10);
	if (to == NULL)
		return;
	copy(letter->to, sizeof letter->to, ih_attr(to, "committee"));
	copy(letter->to_key, sizeof letter->to_key, ih_attr(to, "key"));
}

static void
read_parts(const xmlNode *root, struct ih_arena *arena,
    struct ih_letter *letter)
{
	struct ih_part_of *parts = ih_arena_take(arena,
	    IH_CONTAINER_ENTRIES * sizeof(struct ih_part_of));

	for (const xmlNode *p = ih_child(root, "part");
	     p != NULL && letter->count < IH_CONTAINER_ENTRIES;
	     p = ih_next(p, "part")) {
		struct ih_part_of *part = &parts[letter->count++];

		part->name = ih_arena_text(arena, ih_attr(p, "name"));
		part->media = ih_arena_text(arena, ih_attr(p, "media"));
	}
	letter->parts = parts;
}

static bool
read_times(const xmlNode *root, struct ih_letter *letter)
{
	return ih_instant_parse(ih_attr(root, "created"), &letter->created) &&
	       ih_instant_parse(ih_attr(root, "expires"), &letter->expires);
}

static void
read_heading(const xmlNode *root, struct ih_letter *letter)
{
	copy(letter->id, sizeof letter->id, ih_attr(root, "id"));
	letter->profile =
	    (int)strtol(ih_attr(root, "profile") + strlen("ihala-ex-"), NULL,
		10);
	letter->purpose = ih_purpose_parse(ih_attr(root, "purpose"));
	letter->sequence = strtoll(ih_attr(root, "sequence"), NULL, 10);
	copy(letter->previous, sizeof letter->previous,
	    ih_attr(root, "previous"));
	copy(letter->in_reply_to, sizeof letter->in_reply_to,
	    ih_attr(root, "in-reply-to"));
}

bool
ih_letter_from(const xmlDoc *doc, struct ih_arena *arena,
    struct ih_letter *letter, struct ih_error *err)
{
	const xmlNode *root = xmlDocGetRootElement(doc);
	const char *bad;

	*letter = (struct ih_letter){ 0 };
	read_heading(root, letter);
	read_people(root, letter);
	letter->legal_basis = text_if(arena, root, "legal-basis");
	letter->authorisation = text_if(arena, root, "authorisation");
	letter->retention = text_if(arena, root, "retention");
	letter->release_profile = text_if(arena, root, "release-profile");
	read_parts(root, arena, letter);
	bad = read_times(root, letter) ? bad_letter_field(letter) : "a time";
	if (bad != NULL)
		return ih_fail_code(err, IH_INPUT, "E_LETTER",
		    "exchange.xml: %s is not as expected", bad);
	return true;
}

/* ---- knowing again what ih_letter_write() wrote */

static const char *
attribute(struct written *from, const char *before)
{
	return written_value(from, before, '"');
}

/* White space at an end is cut where it is parsed: there is no such text. */
static const char *
leaf(struct written *from, const char *before)
{
	static const char space[] = " \t\r\n";
	const char *text = written_value(from, before, '<');
	size_t size = text != NULL ? strlen(text) : 0;

	return size > 0 && strchr(space, text[0]) == NULL &&
		       strchr(space, text[size - 1]) == NULL ?
		   text :
		   NULL;
}

static int64_t
number(const char *text)
{
	return text != NULL ? strtoll(text, NULL, 10) : 0;
}

static bool
heading_written(struct written *from, struct ih_letter *letter)
{
	const char *purpose, *created, *expires;

	copy(letter->id, sizeof letter->id, attribute(from, " id=\""));
	letter->profile = IH_PROFILE;
	purpose = attribute(from, " purpose=\"");
	letter->purpose = ih_purpose_parse(purpose != NULL ? purpose : "");
	letter->sequence = number(attribute(from, " sequence=\""));
	copy(letter->previous, sizeof letter->previous,
	    attribute(from, " previous=\""));
	created = attribute(from, " created=\"");
	expires = attribute(from, " expires=\"");
	copy(letter->in_reply_to, sizeof letter->in_reply_to,
	    attribute(from, " in-reply-to=\""));
	return created != NULL && expires != NULL &&
	       ih_instant_parse(created, &letter->created) &&
	       ih_instant_parse(expires, &letter->expires);
}

static void
people_written(struct written *from, struct ih_letter *letter)
{
	copy(letter->from, sizeof letter->from,
	    attribute(from, "<from committee=\""));
	letter->signers = (int)number(attribute(from, " signers=\""));
	copy(letter->to, sizeof letter->to,
	    attribute(from, "<to committee=\""));
	copy(letter->to_key, sizeof letter->to_key, attribute(from, " key=\""));
}

/* A part in a folder is none: the schema knows, and the writer does not. */
static bool
parts_written(struct written *from, struct ih_letter *letter)
{
	struct ih_part_of *parts = ih_arena_take(from->arena,
	    IH_CONTAINER_ENTRIES * sizeof(struct ih_part_of));
	const char *name;

	letter->parts = parts;
	while ((name = attribute(from, "<part name=\"")) != NULL) {
		const char *media = attribute(from, " media=\"");

		if (letter->count == IH_CONTAINER_ENTRIES || media == NULL ||
		    strchr(name, '/') != NULL)
			return false;
		parts[letter->count++] =
		    (struct ih_part_of){ name, media, NULL, 0 };
	}
	return true;
}

bool
ih_letter_as_written(const void *bytes, size_t size, struct ih_arena *arena,
    struct ih_letter *letter)
{
	struct written from = written_of(bytes, size, arena);
	struct ih_error unasked = { 0 };

	*letter = (struct ih_letter){ 0 };
	if (!heading_written(&from, letter))
		return false;
	people_written(&from, letter);
	letter->legal_basis = leaf(&from, "<legal-basis>");
	letter->authorisation = leaf(&from, "<authorisation>");
	letter->retention = leaf(&from, "<retention>");
	letter->release_profile = leaf(&from, "<release-profile>");
	if (!parts_written(&from, letter))
		return false;
	IH_OWNED(ih_buffer) anew = ih_letter_write(letter, &unasked);
	return written_so(anew, bytes, size);
}

bool
ih_letter_read(const struct ih_forms *forms, const void *bytes, size_t size,
    struct ih_arena *arena, struct ih_letter *letter, struct ih_error *err)
{
	if (ih_letter_as_written(bytes, size, arena, letter))
		return true;
	*letter = (struct ih_letter){ 0 };

	IH_OWNED(xmlDoc) doc =
	    ih_schema_admit(forms->exchange, "exchange.xml", bytes, size, err);

	if (doc == NULL)
		return refused_as("E_LETTER", err);
	return ih_letter_from(doc, arena, letter, err);
}
