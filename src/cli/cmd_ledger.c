/* ihala ledger verify|list|checkpoint|prove|check - who did what, and that
 * nothing recorded was changed, removed or moved. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "case_file.h"
#include "ihala/date.h"
#include "ihala/ledger.h"
#include "ihala/message.h"
#include "ihala/user.h"
#include "listing.h"
#include "words_keys.h"

static const struct column columns[] = {
	{ "entry", W_COLUMN_ENTRY, true },
	{ "instant", W_COLUMN_INSTANT, false },
	{ "user", W_COLUMN_USER, false },
	{ "act", W_COLUMN_ACT, false },
	{ "subject", W_COLUMN_SUBJECT, false },
	{ "digest", W_COLUMN_DIGEST, false },
};

static bool
verify(struct request *request, struct ih_error *err)
{
	IH_OWNED(ih_registry) registry = open_registry_locked(request, err);
	uint64_t size;
	struct ih_hash root;
	char text[IH_DIGEST_TEXT];

	if (registry == NULL || !ih_ledger_verify(registry, &size, &root, err))
		return false;
	ih_hash_text(&root, text);
	printf("%llu %s\n", (unsigned long long)size, text);
	say(request, W_DONE_LEDGER, IH_NUM(size));
	return true;
}

/* An entry's number: up to 15 digits and nothing else. */
static bool
take_number(const char *text, uint64_t *number, struct ih_error *err)
{
	size_t digits = strspn(text, "0123456789");

	if (digits == 0 || digits > 15 || text[digits] != '\0')
		return ih_fail(err, IH_USAGE,
		    "an entry is named by its number, from 0");
	*number = strtoull(text, NULL, 10);
	return true;
}

/* ---- list */

struct wanted {
	struct listing *listing;
	struct ih_registry *registry;
	const char *code; /* "": every case and what is of none */
	uint64_t until;   /* the last one */
};

/* The subject names the case; or it is a letter that carried it. */
static bool
is_about(const struct ih_entry *entry, const struct wanted *wanted)
{
	struct ih_error ignored = { 0 };
	struct ih_message letter;

	if (strstr(entry->subject, wanted->code) != NULL)
		return true;
	return (entry->act == IH_ACT_SEND || entry->act == IH_ACT_RECEIVE) &&
	       ih_message_find(wanted->registry, entry->subject, &letter,
		   &ignored) &&
	       strcmp(letter.code, wanted->code) == 0;
}

static bool
list_one(const struct ih_entry *entry, void *with)
{
	const struct wanted *wanted = with;
	static const struct ih_hash none = { 0 };
	char instant[IH_INSTANT_TEXT], digest[IH_DIGEST_TEXT] = "";

	if (entry->at > wanted->until)
		return false;
	if (!is_about(entry, wanted))
		return true;
	ih_instant_format(entry->instant, instant);
	if (!ih_hash_is(&entry->digest, &none))
		ih_hash_text(&entry->digest, digest);
	LISTING_ADD(wanted->listing,
	    ih_arena_printf(wanted->listing->arena, "%" PRIu64, entry->at),
	    instant, entry->actor, ih_act_name(entry->act), entry->subject,
	    digest);
	return true;
}

/* From which entry: by its number, or "-40" for the last forty. */
static bool
take_since(const struct request *request, struct ih_registry *registry,
    uint64_t *since, struct ih_error *err)
{
	struct ih_evidence last;
	uint64_t number = 0;
	bool back = request->since != NULL && request->since[0] == '-';

	*since = 0;
	if (request->since == NULL)
		return true;
	if (!take_number(request->since + back, &number, err))
		return false;
	*since = number;
	if (!back)
		return true;
	if (!ih_ledger_state(registry, &last, err))
		return false;
	*since =
	    last.checkpoint.size > number ? last.checkpoint.size - number : 0;
	return true;
}

static bool
list(struct request *request, struct ih_error *err)
{
	struct listing listing = LISTING(request, "ledger", "entry", columns);
	char code[IH_CODE_TEXT] = "";
	uint64_t since = 0, until = UINT64_MAX;

	if (request->until != NULL && !take_number(request->until, &until, err))
		return false;
	if (request->words[0] != NULL &&
	    !case_code(request->words[0], code, err))
		return false;
	IH_OWNED(ih_registry) registry = open_registry_locked(request, err);
	struct wanted wanted = { &listing, registry, code, until };
	return registry != NULL && take_since(request, registry, &since, err) &&
	       ih_ledger_each(registry, since, list_one, &wanted, err) &&
	       listing_print(&listing, request, err);
}

/* ---- checkpoint, prove */

/* Neither needs a secret: whoever holds the folder can make both.  Where an
 * account is named, its role decides. */
static struct ih_registry *
open_for_audit(struct request *request, struct ih_error *err)
{
	if (request->user == NULL)
		return open_registry_locked(request, err);
	IH_OWNED(ih_registry) registry = open_registry_as_is(request, err);
	return registry != NULL &&
		       ih_registry_may(registry, IH_MAY_AUDIT, NULL, err) ?
		   IH_GIVE(registry) :
		   NULL;
}

static bool
put_evidence(struct request *request, const struct ih_evidence *evidence,
    struct ih_error *err)
{
	IH_OWNED(ih_buffer) file = ih_evidence_write(evidence);

	return put_output(request, file->data, file->size, err);
}

static bool
checkpoint(struct request *request, struct ih_error *err)
{
	struct ih_evidence evidence;
	IH_OWNED(ih_registry) registry = open_for_audit(request, err);

	return registry != NULL && ih_ledger_state(registry, &evidence, err) &&
	       put_evidence(request, &evidence, err);
}

static bool
read_evidence(const char *path, struct ih_evidence *evidence,
    struct ih_error *err)
{
	IH_OWNED(ih_buffer) file = read_input(path, err);

	if (file == NULL)
		return false;
	return (ih_evidence_read(file->data, file->size, evidence, err) &&
		   ih_evidence_is_signed(evidence, err)) ||
	       ih_fail_in(err, path);
}

static bool
read_older(const struct request *request, struct ih_evidence *older,
    struct ih_error *err)
{
	if (request->since == NULL)
		return ih_fail(err, IH_USAGE,
		    "name the checkpoint that was held with --since");
	return read_evidence(request->since, older, err);
}

static bool
prove(struct request *request, struct ih_error *err)
{
	struct ih_evidence evidence, older;
	const char *entry = request->words[0];
	uint64_t at = 0;

	if ((entry == NULL) == (request->since == NULL))
		return ih_fail(err, IH_USAGE,
		    "name an entry, or an older checkpoint with --since");
	if (entry != NULL ? !take_number(entry, &at, err) :
			    !read_older(request, &older, err))
		return false;
	IH_OWNED(ih_registry) registry = open_for_audit(request, err);
	if (registry == NULL)
		return false;
	return (entry != NULL ? ih_ledger_prove(registry, at, &evidence, err) :
				ih_ledger_prove_growth(registry, &older,
				    &evidence, err)) &&
	       put_evidence(request, &evidence, err);
}

/* ---- check: no registry, no passphrase */

/* Whose signature it is: compared before, or to be compared now. */
static bool
tell_key(const struct request *request, const struct ih_evidence *evidence,
    struct ih_error *err)
{
	char key[IH_DIGEST_TEXT];

	ih_evidence_key(evidence, key);
	if (request->fingerprint == NULL) {
		say(request, W_PROOF_COMPARE, IH_ARG(evidence->committee),
		    IH_ARG(key));
		return true;
	}
	if (strcmp(key, request->fingerprint) != 0)
		return ih_fail_code(err, IH_TRUST, "E_PROOF_KEY",
		    "--fingerprint");
	say(request, W_PROOF_COMPARED, IH_ARG(evidence->committee));
	return true;
}

static bool
check_state(struct request *request, const struct ih_evidence *evidence,
    struct ih_error *err)
{
	(void)request, (void)evidence, (void)err;
	return true;
}

static bool
check_entry(struct request *request, const struct ih_evidence *evidence,
    struct ih_error *err)
{
	if (!ih_evidence_includes(evidence, err))
		return false;
	fputs(evidence->entry, stdout);
	say(request, W_PROOF_ENTRY, IH_NUM(evidence->at));
	return true;
}

static bool
check_growth(struct request *request, const struct ih_evidence *evidence,
    struct ih_error *err)
{
	struct ih_evidence older;

	if (!read_older(request, &older, err) ||
	    !ih_evidence_extends(evidence, &older, err))
		return false;
	say(request, W_PROOF_GROWTH, IH_NUM(evidence->at));
	return true;
}

static bool
check(struct request *request, struct ih_error *err)
{
	typedef bool step(struct request * request,
	    const struct ih_evidence *evidence, struct ih_error *err);
	static step *const steps[] = {
		[IH_OF_STATE] = check_state,
		[IH_OF_ENTRY] = check_entry,
		[IH_OF_GROWTH] = check_growth,
	};
	struct ih_evidence evidence;
	const char *path = request->words[0];
	char root[IH_DIGEST_TEXT];

	if (!read_evidence(path, &evidence, err))
		return false;
	ih_hash_text(&evidence.checkpoint.root, root);
	printf("%" PRIu64 " %s\n", evidence.checkpoint.size, root);
	say(request, W_PROOF_SIGNED, IH_NUM(evidence.checkpoint.size));
	return (tell_key(request, &evidence, err) &&
		   steps[evidence.kind](request, &evidence, err)) ||
	       ih_fail_in(err, path);
}

bool
cmd_ledger(struct request *request, struct ih_error *err)
{
	static const struct subcommand table[] = {
		{ "verify", verify, 0, 0 },
		{ "list", list, 0, 1 },
		{ "checkpoint", checkpoint, 0, 0 },
		{ "prove", prove, 0, 1 },
		{ "check", check, 1, 1 },
	};

	return run_subcommand(table, sizeof table / sizeof table[0], request,
	    err);
}
