/* ihala send CODE --to CC [--as KIND] -o F - sign a case, or what tells of
 * nobody, and seal it for its addressee. */
#include <stdlib.h>
#include <string.h>

#include "asking.h"
#include "case_file.h"
#include "deciding.h"
#include "ihala/digest.h"
#include "ihala/file.h"
#include "ihala/ledger.h"
#include "later_list.h"
#include "office.h"
#include "officers.h"
#include "receipting.h"
#include "views.h"
#include "withdrawing.h"
#include "words_keys.h"

/* What goes into the container beside exchange.xml. */
struct contents {
	struct ih_part_of parts[1 + VIEWS_MOST];
	size_t count;
	struct views *views; /* NULL: none of them is a page */
};

static void
contents_free(struct contents *contents)
{
	if (contents->views != NULL)
		views_free(contents->views);
	free(contents);
}

typedef struct contents cli_contents;
IH_OWNER(cli_contents, contents_free)

static void
sealed_free(struct ih_sealed *sealed)
{
	ih_buffer_free(sealed->envelope);
	free(sealed);
}

typedef struct ih_sealed ih_sealed;
IH_OWNER(ih_sealed, sealed_free)

/* One page in each language, of a whole case. */
static bool
add_pages(struct request *request, const struct leaving *leaving,
    const struct ih_buffer *case_xml, struct contents *contents,
    struct ih_error *err)
{
	struct views *views;

	if (leaving->asked.id[0] != '\0')
		return true;
	views = views_make(request, leaving, case_xml, err);
	contents->views = views;
	for (size_t i = 0; views != NULL && i < views->count; i++)
		contents->parts[contents->count++] =
		    (struct ih_part_of){ .name = views->names[i],
			    .media = "text/html",
			    .bytes = views->pages[i]->data,
			    .size = views->pages[i]->size };
	return views != NULL;
}

static struct contents *
pack(struct request *request, const struct leaving *leaving, const char *part,
    const struct ih_buffer *case_xml, struct ih_error *err)
{
	IH_OWNED(cli_contents) contents = ih_zeroed(sizeof *contents);

	contents->parts[contents->count++] = (struct ih_part_of){ .name = part,
		.media = "application/xml",
		.bytes = case_xml->data,
		.size = case_xml->size };
	return add_pages(request, leaving, case_xml, contents, err) ?
		   IH_GIVE(contents) :
		   NULL;
}

static void
fill_basis(struct request *request, const struct leaving *leaving,
    struct ih_letter *letter)
{
	const struct ih_profile *profile =
	    ih_mechanism_profile(leaving->ours, leaving->release.profile);
	struct ih_tongue english = { .lang = IH_EN };

	letter->legal_basis = ih_texts_say(&profile->legal_basis, english);
	letter->authorisation = leaving->release.authorisation;
	letter->retention =
	    ih_arena_printf(request->arena, "P%dD", profile->retention_days);
	letter->release_profile = profile->id;
}

/* What each kind of letter is: --as. */
static const struct sending {
	const char *as;
	/* What is about an earlier letter; NULL: a case is cut. */
	bool (*send)(struct request *request, struct ih_registry *registry,
	    struct ih_error *err);
	const char *part;
	enum ih_purpose purpose;
	bool follows; /* a referral of the case is on its way from now on */
} sendings[] = {
	{ "referral", NULL, "case.xml", IH_LETTER_REFERRAL, true },
	{ "transfer", NULL, "case.xml", IH_LETTER_TRANSFER, true },
	{ "notification", NULL, "notification.xml", IH_LETTER_NOTIFICATION,
	    false },
	{ "withdrawal", withdrawal_send, NULL, IH_LETTER_WITHDRAWAL, false },
	{ "reply", reply_send, NULL, IH_LETTER_REPLY, false },
	{ "acceptance", decision_send, NULL, IH_LETTER_ACCEPTANCE, false },
	{ "decline", decision_send, NULL, IH_LETTER_DECLINE, false },
	{ "revocation", decision_send, NULL, IH_LETTER_REVOCATION, false },
	{ "information-request", inquiry_send, NULL, IH_LETTER_REQUEST, false },
	{ "information", NULL, "case.xml", IH_LETTER_INFORMATION, false },
	{ "information-refusal", refusal_send, NULL, IH_LETTER_REFUSAL, false },
	{ "trust-list", later_list_send, NULL, IH_LETTER_TRUST_LIST, false },
	{ "receipt", receipt_send, NULL, IH_LETTER_RECEIPT, false },
};

static const struct sending *
sending_of(const struct request *request, struct ih_error *err)
{
	const char *as = request->as != NULL ? request->as : sendings[0].as;
	const char *all = NULL;

	for (size_t i = 0; i < sizeof sendings / sizeof sendings[0]; i++) {
		if (strcmp(as, sendings[i].as) == 0)
			return &sendings[i];
		all = all == NULL ? sendings[i].as :
				    ih_arena_printf(request->arena, "%s|%s",
					all, sendings[i].as);
	}
	ih_fail(err, IH_USAGE, "--as is one of %s", all);
	return NULL;
}

/* A part of the case, for whoever has the rest and asked for it. */
static bool
answers(const struct sending *as)
{
	return as->purpose == IH_LETTER_INFORMATION;
}

/* A letter is about a case, but that which brings a list. */
static bool
names_its_case(const struct request *request, const struct sending *as,
    struct ih_error *err)
{
	bool about = as->purpose != IH_LETTER_TRUST_LIST &&
		     as->purpose != IH_LETTER_RECEIPT;

	return (request->count == 1) == about ||
	       ih_fail(err, IH_USAGE,
		   about ? "name the case by its code" :
			   "a letter of this kind is about no case");
}

/* The referral is on its way: what leaves, the record and its row say so. */
static bool
mark_sent(struct leaving *leaving, struct ih_buffer *facts,
    struct ih_error *err)
{
	const char *id = last_referral_to(leaving->facts, leaving->to);

	if (id == NULL)
		return ih_fail_code(err, IH_STATE, "E_NOT_REFERRED", "%s",
		    leaving->code);
	if (!ih_record_set_referral(leaving->facts, id, "sent", NULL, facts,
		err))
		return false;
	IH_OWNED(xmlDoc) sent =
	    ih_xml_read("case", facts->data, facts->size, err);
	if (sent == NULL)
		return false;
	xmlFreeDoc(leaving->facts);
	leaving->facts = IH_GIVE(sent);
	return true;
}

/* The record says that the referral was sent, and so does its row.  A transfer
 * that was lost is sent again, and waits as it did. */
static bool
follow(struct request *request, struct ih_registry *registry,
    const struct leaving *leaving, bool again, const struct ih_buffer *facts,
    struct ih_error *err)
{
	return case_put_over(request, registry, leaving->code, IH_FACTS, facts,
		   leaving->version, err) &&
	       (again || case_moves(registry, leaving->code, IH_REFERRAL,
			     "sent", err));
}

static bool
seal_and_enter(struct request *request, struct ih_registry *registry,
    const struct leaving *leaving, const struct sending *as,
    const struct ih_buffer *facts, const struct contents *contents,
    struct ih_sealed *sealed, struct ih_letter *letter, struct ih_error *err)
{
	const struct posting posting = { leaving->to, leaving->code,
		contents->parts, contents->count };

	/* Asked before this letter is one of them. */
	bool again = as->purpose == IH_LETTER_TRANSFER &&
		     transfer_is_unheard(registry, leaving->code, leaving->to);

	letter->purpose = as->purpose;
	IH_OWNED(cli_sealing)
	sealing =
	    sealing_open(request, registry, leaving->to, as->purpose, err);
	if (sealing == NULL)
		return false;
	fill_basis(request, leaving, letter);
	memcpy(letter->in_reply_to, leaving->asked.id,
	    sizeof letter->in_reply_to);
	IH_OWNED(ih_transaction) all = ih_transaction_begin(registry, err);
	return all != NULL &&
	       ((!as->follows && !answers(as)) ||
		   decision_allows(registry, leaving->code, leaving->to,
		       err)) &&
	       letter_post(request, registry, sealing, &posting, letter, sealed,
		   err) &&
	       (!as->follows ||
		   follow(request, registry, leaving, again, facts, err)) &&
	       (!answers(as) ||
		   information_sent(request, registry, leaving, err)) &&
	       ih_transaction_commit(all, err);
}

/* The very bytes that would leave, and nothing else; nothing is sealed. */
static bool
preview(struct request *request, struct ih_registry *registry,
    const struct leaving *leaving, const struct ih_buffer *case_xml,
    struct ih_error *err)
{
	struct ih_hash digest = { 0 };

	ih_digest(case_xml->data, case_xml->size, digest.bytes);
	if (!ih_ledger_add(registry, IH_ACT_PREVIEW, leaving->code, &digest,
		err) ||
	    !put_output(request, case_xml->data, case_xml->size, err))
		return false;
	say(request, W_DONE_PREVIEW, IH_ARG(leaving->code),
	    IH_ARG(ih_texts_say(leaving->to_name, request->tongue)));
	return true;
}

static bool
seal(struct request *request, struct ih_registry *registry,
    const struct leaving *leaving, const struct sending *as,
    const struct ih_buffer *facts, const struct ih_buffer *case_xml,
    struct ih_error *err)
{
	IH_OWNED(ih_sealed) sealed = ih_zeroed(sizeof *sealed);
	struct ih_letter letter = { 0 };
	IH_OWNED(cli_contents)
	contents = pack(request, leaving, as->part, case_xml, err);

	/* Entered first: a file that could not be written is only a gap in
	 * the numbers, a file nobody entered would be a second letter with
	 * the same number. */
	if (contents == NULL ||
	    !seal_and_enter(request, registry, leaving, as, facts, contents,
		sealed, &letter, err) ||
	    !put_output(request, sealed->envelope->data, sealed->envelope->size,
		err))
		return false;
	if (as->follows || answers(as))
		say(request, answers(as) ? W_DONE_INFORMATION : W_DONE_SEND,
		    IH_ARG(leaving->code),
		    IH_ARG(ih_texts_say(leaving->to_name, request->tongue)),
		    IH_NUM(letter.sequence));
	else
		say(request, W_DONE_SEND_ANONYMOUS,
		    IH_ARG(ih_texts_say(leaving->to_name, request->tongue)),
		    IH_NUM(letter.sequence));
	return true;
}

static bool
send_case(struct request *request, struct ih_registry *registry,
    const struct sending *as, struct ih_error *err)
{
	IH_OWNED(ih_buffer) case_xml = ih_buffer_new();
	IH_OWNED(ih_buffer) facts = ih_buffer_new();
	IH_OWNED(cli_leaving)
	leaving = leaving_prepare(request, registry, request->words[0],
	    answers(as) ? NULL : as->as, request->to, err);

	if (leaving == NULL ||
	    (answers(as) && !information_prepare(registry, leaving, err)) ||
	    (as->follows && !mark_sent(leaving, facts, err)) ||
	    !ih_release_cut(&leaving->release, leaving->facts,
		leaving->identity, case_xml, err))
		return false;
	return request->preview ?
		   preview(request, registry, leaving, case_xml, err) :
		   seal(request, registry, leaving, as, facts, case_xml, err);
}

bool
cmd_send(struct request *request, struct ih_error *err)
{
	const struct sending *as = sending_of(request, err);

	if (as == NULL || !names_its_case(request, as, err))
		return false;
	if (request->to == NULL ||
	    (request->output == NULL && !request->preview &&
		request->stamp_request == NULL))
		return ih_fail(err, IH_USAGE,
		    "name the recipient with --to and the file with -o");
	IH_OWNED(ih_registry) registry = open_registry(request, err);
	if (registry == NULL)
		return false;
	if (as->send != NULL ? as->send(request, registry, err) :
			       send_case(request, registry, as, err))
		return true;
	return letter_kept(request, registry, err);
}
