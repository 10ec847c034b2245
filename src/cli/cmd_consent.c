/* ihala consent ask|give|refuse|withdraw|not-able|flag|list|text - what a
 * person agrees to. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "case_file.h"
#include "ihala/consent.h"
#include "ihala/date.h"
#include "ihala/digest.h"
#include "ihala/ledger.h"
#include "ihala/node.h"
#include "listing.h"
#include "withdrawing.h"
#include "words_keys.h"

#define ANY "any"

/* One entry in the making, and what it is checked against. */
typedef struct entering {
	struct request *request;
	struct ih_registry *registry; /* borrowed */
	struct ih_consents *consents;
	struct ih_mechanism *ours;
	xmlDoc *facts;
	char code[IH_CODE_TEXT], today[IH_DATE_TEXT], last[IH_DATE_TEXT];
	char digest[IH_DIGEST_TEXT];
	const struct ih_consent_purpose *purpose;
	struct ih_record_consents said; /* before this entry */
	struct ih_record_consent row;
} cli_entering;

static void
entering_free(struct entering *e)
{
	if (e->facts != NULL)
		xmlFreeDoc(e->facts);
	ih_mechanism_free(e->ours);
	ih_consents_free(e->consents);
	free(e);
}
IH_OWNER(cli_entering, entering_free)

/* The case as it stands now, in the transaction that is open. */
static struct entering *
entering_start(struct request *request, struct ih_registry *registry,
    struct ih_error *err)
{
	IH_OWNED(cli_entering) e = ih_zeroed(sizeof *e);

	e->request = request;
	e->registry = registry;
	ih_date_format(ih_instant_date(request->world.now), e->today);
	if (!case_code(request->words[0], e->code, err) ||
	    !case_is_as_seen(request, registry, e->code, err))
		return NULL;
	e->consents = ih_consents_load(request->library, err);
	if (e->consents == NULL)
		return NULL;
	e->ours = ih_mechanism_load(request->library,
	    ih_registry_committee(registry), err);
	if (e->ours == NULL)
		return NULL;
	e->facts = case_document(registry, e->code, IH_FACTS, err);
	if (e->facts == NULL)
		return NULL;
	e->said = ih_record_consents(e->facts, request->arena);
	return IH_GIVE(e);
}

/* ---- what was typed */

/* "facts,health" as a list of a document; NULL stays NULL. */
static const char *
listed(struct request *request, const char *typed)
{
	char *list;

	if (typed == NULL)
		return NULL;
	list = ih_arena_text(request->arena, typed);
	for (char *at = list; *at != '\0'; at++)
		if (*at == ',')
			*at = ' ';
	return list;
}

static bool
is_one_of(const char *const *list, const char *what)
{
	while (*list != NULL && strcmp(*list, what) != 0)
		list++;
	return *list != NULL;
}

/* The words of LIST one after another; NULL past the end. */
static const char *
next_word(struct entering *e, const char **list)
{
	size_t length = strcspn(*list, " ");
	const char *one;

	if (**list == '\0')
		return NULL;
	one = ih_arena_printf(e->request->arena, "%.*s", (int)length, *list);
	*list += length;
	*list += strspn(*list, " ");
	return one;
}

static bool
take_categories(struct entering *e, struct ih_error *err)
{
	const char *list = listed(e->request, e->request->category);
	const char *one;

	e->row.category = list != NULL ? list : ANY;
	list = e->row.category;
	while ((one = next_word(e, &list)) != NULL)
		if (!is_one_of(e->consents->categories, one) ||
		    (strcmp(one, ANY) == 0 &&
			strcmp(e->row.category, ANY) != 0))
			return ih_fail_code(err, IH_USAGE, "E_CONSENT_CATEGORY",
			    "--category");
	return e->row.category[0] != '\0' ||
	       ih_fail_code(err, IH_USAGE, "E_CONSENT_CATEGORY", "--category");
}

static bool
is_country(const char *code)
{
	return strlen(code) == 2 &&
	       strspn(code, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == 2;
}

/* What the recipient is to a purpose; NULL: nobody we know. */
static const char *
kind_of(const struct entering *e, const char *recipient)
{
	return strcmp(recipient, ANY) == 0 ?
		   ANY :
		   ih_mechanism_kind(e->ours, recipient);
}

static bool
take_recipient(struct entering *e, struct ih_error *err)
{
	const char *to = e->request->to != NULL ? e->request->to : ANY;
	const char *kind = kind_of(e, to);

	e->row.recipient = to;
	return (kind != NULL && is_one_of(e->purpose->to, kind)) ||
	       ih_fail_code(err, IH_STATE, "E_CONSENT_RECIPIENT", "--to");
}

static bool
take_purpose(struct entering *e, struct ih_error *err)
{
	const char *id = e->request->purpose;

	if (id == NULL)
		return ih_fail(err, IH_USAGE, "say for what with --purpose");
	e->purpose = ih_consents_purpose(e->consents, id);
	e->row.purpose = id;
	return e->purpose != NULL ||
	       ih_fail_code(err, IH_USAGE, "E_CONSENT_PURPOSE", "--purpose");
}

static bool
is_day(const char *text)
{
	struct ih_date date;

	return text == NULL || (ih_date_parse(text, &date) && date.day != 0);
}

/* What was agreed to ends, if nobody says when, as the purpose says. */
static bool
take_period(struct entering *e, struct ih_error *err)
{
	struct ih_date first;

	e->row.from = e->request->from;
	e->row.until = e->request->until;
	if (!is_day(e->row.from) || !is_day(e->row.until))
		return ih_fail(err, IH_USAGE,
		    "--from and --until are days: 2026-03-04");
	ih_date_parse(e->row.from != NULL ? e->row.from : e->today, &first);
	if (e->row.until == NULL) {
		ih_date_format(ih_date_of_day(
				   ih_date_first(first) + e->purpose->days),
		    e->last);
		e->row.until = e->last;
	}
	return strcmp(e->row.from != NULL ? e->row.from : e->today,
		   e->row.until) <= 0 ||
	       ih_fail(err, IH_USAGE, "the last day is before the first");
}

static bool
take_mode(struct entering *e, struct ih_error *err)
{
	static const char *const there[] = { "interpreter", "guardian",
		"witness", NULL };
	const char *list = listed(e->request, e->request->with);
	const struct ih_consent_mode *mode = ih_consents_mode(e->consents,
	    e->request->mode != NULL ? e->request->mode : "oral");
	const char *one;

	e->row.with = list;
	while (list != NULL && (one = next_word(e, &list)) != NULL)
		if (!is_one_of(there, one))
			return ih_fail(err, IH_USAGE,
			    "--with is interpreter, guardian, witness");
	if (mode == NULL ||
	    (mode->needs != NULL &&
		(e->row.with == NULL ||
		    !ih_consent_names(e->row.with, mode->needs))))
		return ih_fail_code(err, IH_USAGE, "E_CONSENT_MODE", "--mode");
	e->row.mode = mode->id;
	return true;
}

/* The words in the language they were read in, as this country has them. */
static const char *
said_in(const struct ih_consent_purpose *purpose, struct ih_tongue tongue,
    char digest[static IH_DIGEST_TEXT])
{
	const char *text = ih_texts_say(&purpose->said, tongue);

	ih_digest_text(text, strlen(text), digest);
	return text;
}

static bool
take_text(struct entering *e, struct ih_error *err)
{
	struct ih_tongue tongue;

	if (e->request->read_in == NULL ||
	    !ih_tongue_parse(e->request->read_in, &tongue))
		return ih_fail(err, IH_USAGE,
		    "say in which language the text was read with --read-in: "
		    "ar, fr or en");
	if (tongue.country[0] == '\0')
		tongue = ih_mechanism_tongue(e->ours, tongue.lang);
	said_in(e->purpose, tongue, e->digest);
	e->row.language = ih_lang_tag(tongue.lang);
	e->row.text = e->digest;
	return true;
}

/* ---- what comes before */

/* Nobody is asked to agree to what would not be done: flags are first. */
static bool
passes_flags(struct entering *e, struct ih_error *err)
{
	const char *kind = kind_of(e, e->row.recipient);
	bool abroad = strcmp(kind, "abroad") == 0;
	const char *country = abroad ? e->row.recipient : e->ours->code;

	for (int f = 0; f < IH_FLAGS; f++) {
		enum ih_flag flag = (enum ih_flag)f;

		if (!ih_flag_asked(e->said.flags, e->said.flag_count, flag))
			return ih_fail_code(err, IH_STATE, "E_FLAGS_FIRST",
			    "ihala consent flag %s %s", e->code,
			    ih_flag_name(flag));
		if (strcmp(kind, ANY) != 0 &&
		    ih_flag_blocks(e->said.flags, e->said.flag_count, flag,
			country, abroad, "facts"))
			return ih_fail_code(err, IH_STATE, ih_flag_code(flag),
			    "--to %s", e->row.recipient);
	}
	return true;
}

static bool
was_given(const struct entering *e)
{
	for (size_t i = 0; i < e->said.count; i++)
		if (strcmp(e->said.entries[i].purpose, e->row.purpose) == 0 &&
		    strcmp(e->said.entries[i].state, "given") == 0)
			return true;
	return false;
}

/* No law is recorded in the place of what the person said. */
static bool
has_no_refusal(struct entering *e, struct ih_error *err)
{
	const char *list = e->row.category, *one;

	while ((one = next_word(e, &list)) != NULL) {
		const struct ih_consent_entry *decides =
		    ih_consent_decides(e->said.entries, e->said.count,
			&(struct ih_consent_question){ e->row.purpose,
			    e->row.recipient, one, e->today });

		if (decides != NULL &&
		    (strcmp(decides->state, "refused") == 0 ||
			strcmp(decides->state, "withdrawn") == 0))
			return ih_fail_code(err, IH_STATE, "E_CONSENT_REFUSED",
			    "%s, %s", decides->purpose, decides->recipient);
	}
	return true;
}

static bool
take_basis(struct entering *e, struct ih_error *err)
{
	const char *id = e->request->basis;
	const struct ih_basis *basis =
	    id != NULL ? ih_mechanism_basis(e->ours, id) : NULL;

	if (basis == NULL || strcmp(basis->purpose, e->row.purpose) != 0 ||
	    strcmp(basis->to, e->row.recipient) != 0 ||
	    !ih_consent_names_all(basis->categories, e->row.category))
		return ih_fail_code(err, IH_STATE, "E_CONSENT_BASIS",
		    "mechanism %s, --basis", e->ours->code);
	e->row.basis = id;
	return has_no_refusal(e, err);
}

/* ---- entering */

/* The axis shows what was last said of a referral: the moves that lead there
 * from wherever it is. */
static bool
follow(struct entering *e, const char *state, struct ih_error *err)
{
	static const char *const last[][2] = { { "given", "give" },
		{ "refused", "refuse" }, { "not-able", "find-not-able" },
		{ "withdrawn", "withdraw" } };
	struct ih_case_row row;
	const char *events[4] = { NULL };
	size_t count = 0;

	if (!ih_case_row(e->registry, e->code, &row, err))
		return false;
	const char *now = row.state[IH_CONSENT];
	if (strcmp(now, state) == 0)
		return true;
	bool back = strcmp(state, "withdrawn") == 0;
	if (!back && strcmp(now, "given") == 0)
		events[count++] = "supersede";
	if (!back && strcmp(now, "asked") != 0)
		events[count++] = "ask";
	for (size_t i = 0; i < sizeof last / sizeof last[0]; i++)
		if (strcmp(last[i][0], state) == 0)
			events[count++] = last[i][1];
	for (size_t i = 0; i < count; i++)
		if (!ih_case_move(e->registry, e->code, IH_CONSENT, events[i],
			err))
			return false;
	return true;
}

/* The new facts in the place of the old ones, as an act of its own. */
static bool
put(struct entering *e, const struct ih_buffer *facts, struct ih_error *err)
{
	return case_put(e->registry, e->code, IH_FACTS, facts, err) &&
	       ih_ledger_add(e->registry, IH_ACT_CONSENT, e->code, NULL, err);
}

static bool
put_row(struct entering *e, struct ih_error *err)
{
	IH_OWNED(ih_buffer) facts = ih_buffer_new();

	e->row.date = e->today;
	return ih_record_add_consent(e->facts, &e->row, facts, err) &&
	       put(e, facts, err) &&
	       (strcmp(e->row.purpose, "referral") != 0 ||
		   follow(e, e->row.state, err));
}

/* What each verb takes of the command line, and asks for first. */
static const struct saying {
	const char *state;
	bool text;   /* words were read */
	bool period; /* it holds for a time */
	bool flags;  /* what is asked before must have been */
} sayings[] = {
	{ "asked", true, false, true },
	{ "given", true, true, true },
	{ "refused", true, false, false },
	{ "withdrawn", false, false, false },
	{ "not-able", false, true, true },
};

static bool
fill(struct entering *e, const struct saying *saying, struct ih_error *err)
{
	e->row.state = saying->state;
	if (!take_purpose(e, err) || !take_recipient(e, err) ||
	    !take_categories(e, err) || !take_mode(e, err))
		return false;
	if (saying->text && !take_text(e, err))
		return false;
	if (saying->period && !take_period(e, err))
		return false;
	if (strcmp(saying->state, "not-able") == 0 && !take_basis(e, err))
		return false;
	if (strcmp(saying->state, "withdrawn") == 0 && !was_given(e))
		return ih_fail_code(err, IH_STATE, "E_CONSENT_NONE", "%s",
		    e->code);
	return !saying->flags || passes_flags(e, err);
}

/* What was sent cannot be called back: who has it is to be told. */
static bool
pursue(struct entering *e, struct holders *holders, struct ih_error *err)
{
	const char *state = e->row.state;
	bool any = strcmp(e->row.recipient, ANY) == 0;

	holders->count = 0;
	if ((strcmp(state, "withdrawn") != 0 &&
		strcmp(state, "refused") != 0) ||
	    (strcmp(e->row.category, ANY) != 0 &&
		!ih_consent_names(e->row.category, "facts")))
		return true;
	if (!withdrawing_from(e->registry, e->ours, e->code, e->row.purpose,
		any ? NULL : e->row.recipient, holders, err))
		return false;
	return holders->count == 0 ||
	       withdrawing_begins(e->registry, e->code, err);
}

static bool
enter(struct request *request, const struct saying *saying,
    struct ih_error *err)
{
	struct holders holders;

	IH_OWNED(ih_registry) registry = open_registry(request, err);
	IH_OWNED(ih_transaction)
	all = registry != NULL ? ih_transaction_begin(registry, err) : NULL;
	IH_OWNED(cli_entering)
	e = all != NULL ? entering_start(request, registry, err) : NULL;

	if (e == NULL || !fill(e, saying, err) || !put_row(e, err) ||
	    !pursue(e, &holders, err) || !ih_transaction_commit(all, err))
		return false;
	say(request, W_DONE_CONSENT, IH_ARG(e->code));
	for (size_t i = 0; i < holders.count; i++)
		say(request, W_DONE_CONSENT_SENT, IH_ARG(e->code),
		    IH_ARG(holders.peer[i]));
	return true;
}

static bool
ask(struct request *request, struct ih_error *err)
{
	return enter(request, &sayings[0], err);
}

static bool
give(struct request *request, struct ih_error *err)
{
	return enter(request, &sayings[1], err);
}

static bool
refuse(struct request *request, struct ih_error *err)
{
	return enter(request, &sayings[2], err);
}

static bool
withdraw(struct request *request, struct ih_error *err)
{
	return enter(request, &sayings[3], err);
}

static bool
not_able(struct request *request, struct ih_error *err)
{
	return enter(request, &sayings[4], err);
}

/* ---- flags */

static bool
read_flag(struct request *request, struct ih_flag_entry *flag,
    struct ih_error *err)
{
	const char *answer = request->words[2];

	*flag =
	    (struct ih_flag_entry){ .about =
					request->to != NULL ? request->to : ANY,
		    .raised = strcmp(answer, "yes") == 0 };
	return (ih_flag_parse(request->words[1], &flag->flag) &&
		   (flag->raised || strcmp(answer, "no") == 0) &&
		   (strcmp(flag->about, ANY) == 0 ||
		       is_country(flag->about))) ||
	       ih_fail(err, IH_USAGE,
		   "a flag is fear, asylum or contact; yes or no; with --to a "
		   "country");
}

static bool
raise_flag(struct request *request, struct ih_error *err)
{
	IH_OWNED(ih_buffer) facts = ih_buffer_new();
	struct ih_flag_entry flag;
	IH_OWNED(ih_registry) registry = open_registry(request, err);
	IH_OWNED(ih_transaction)
	all = registry != NULL ? ih_transaction_begin(registry, err) : NULL;
	IH_OWNED(cli_entering)
	e = all != NULL ? entering_start(request, registry, err) : NULL;

	if (e == NULL || !read_flag(request, &flag, err) ||
	    !ih_record_add_flag(e->facts, &flag, e->today, facts, err) ||
	    !put(e, facts, err) || !ih_transaction_commit(all, err))
		return false;
	say(request, W_DONE_CONSENT, IH_ARG(e->code));
	return true;
}

/* ---- reading */

/* What counts today of what the row was about. */
static const char *
today_of(struct entering *e, const struct ih_consent_entry *entry)
{
	const char *list = entry->categories;
	const char *category = next_word(e, &list);
	const struct ih_consent_question question = { entry->purpose,
		entry->recipient, category, e->today };
	const struct ih_consent_entry *decides =
	    ih_consent_decides(e->said.entries, e->said.count, &question);

	return decides != NULL ? ih_consent_state(decides, e->today) :
				 entry->state;
}

static void
list_row(struct entering *e, struct listing *listing, const xmlNode *row,
    const struct ih_consent_entry *entry)
{
	LISTING_ADD(listing, ih_attr(row, "date"), entry->purpose,
	    entry->recipient, entry->categories, entry->state,
	    today_of(e, entry), entry->until, ih_attr(row, "language"),
	    ih_attr(row, "mode"), ih_attr(row, "with"), ih_attr(row, "basis"),
	    ih_attr(row, "text"));
}

static void
list_flag(struct entering *e, struct listing *listing, const xmlNode *row)
{
	bool raised = strcmp(ih_attr(row, "raised"), "yes") == 0;

	LISTING_ADD(listing, ih_attr(row, "date"), ih_attr(row, "id"),
	    ih_attr(row, "about"), NULL,
	    word(e->request, raised ? W_CONSENT_RAISED : W_CONSENT_NOT_RAISED),
	    NULL, NULL, NULL, NULL, NULL, NULL, NULL);
}

static bool
list(struct request *request, struct ih_error *err)
{
	static const struct column columns[] = {
		{ "date", W_COLUMN_DATE, false },
		{ "purpose", W_COLUMN_PURPOSE, false },
		{ "to", W_COLUMN_TO, false },
		{ "category", W_COLUMN_CATEGORY, false },
		{ "said", W_COLUMN_SAID, false },
		{ "today", W_COLUMN_TODAY, false },
		{ "until", W_COLUMN_UNTIL, false },
		{ "read-in", W_COLUMN_READ_IN, false },
		{ "mode", W_COLUMN_MODE, false },
		{ "with", W_COLUMN_WITH, false },
		{ "basis", W_COLUMN_BASIS, false },
		{ "text", W_COLUMN_TEXT, false },
	};
	struct listing listing = LISTING(request, "entries", "entry", columns);
	IH_OWNED(ih_registry) registry = open_registry(request, err);
	IH_OWNED(cli_entering)
	e = registry != NULL ? entering_start(request, registry, err) : NULL;
	const struct ih_consent_entry *entry;

	if (e == NULL)
		return false;
	entry = e->said.entries;
	if (request->format == FORMAT_TEXT)
		listing.width--; /* the digest is for programs */
	for (const xmlNode *n = ih_child(xmlDocGetRootElement(e->facts), NULL);
	     n != NULL; n = ih_next(n, NULL))
		if (ih_is(n, "flag"))
			list_flag(e, &listing, n);
		else if (ih_is(n, "consent"))
			list_row(e, &listing, n, entry++);
	return listing_print(&listing, request, err);
}

static bool
text(struct request *request, struct ih_error *err)
{
	IH_OWNED(ih_consents) consents =
	    ih_consents_load(request->library, err);
	const struct ih_consent_purpose *purpose;
	char digest[IH_DIGEST_TEXT];

	if (consents == NULL)
		return false;
	purpose = ih_consents_purpose(consents, request->words[0]);
	if (purpose == NULL)
		return ih_fail_code(err, IH_USAGE, "E_CONSENT_PURPOSE", "%s",
		    request->words[0]);
	printf("%s\n", said_in(purpose, request->tongue, digest));
	say(request, W_DONE_CONSENT_TEXT, IH_ARG(digest));
	return true;
}

bool
cmd_consent(struct request *request, struct ih_error *err)
{
	static const struct subcommand table[] = {
		{ "ask", ask, 1, 1 },
		{ "give", give, 1, 1 },
		{ "refuse", refuse, 1, 1 },
		{ "withdraw", withdraw, 1, 1 },
		{ "not-able", not_able, 1, 1 },
		{ "flag", raise_flag, 3, 3 },
		{ "list", list, 1, 1 },
		{ "text", text, 1, 1 },
	};

	return run_subcommand(table, sizeof table / sizeof table[0], request,
	    err);
}
