/*
 * This is where an interview becomes a case of two documents, and where each
 * later version of a case is written.
 */
#include "ihala/record.h"

#include <stdlib.h>
#include <string.h>

#include "case_tree.h"
#include "ihala/answers.h"
#include "ihala/date.h"
#include "ihala/id.h"
#include "ihala/node.h"
#include "ihala/xml.h"

#define VERSION_MAX 1000000 /* of a case; the schema has it too */

void
ih_record_parts_free(struct ih_record_parts *parts)
{
	ih_buffer_free(parts->facts);
	ih_buffer_free(parts->identity);
	*parts = (struct ih_record_parts){ 0 };
}

/* ---- consent, from the interview and in the ledger */

/* The consent to a purpose is the item consent-PURPOSE. */
static const char *
purpose_of(const char *item)
{
	static const char before[] = "consent-";

	return strncmp(item, before, sizeof before - 1) == 0 ?
		   item + sizeof before - 1 :
		   NULL;
}

/* What an answer to a consent item says; NULL: nothing yet.  Not to answer
 * is no refusal, and no consent either. */
static const char *
state_said(const xmlNode *answer)
{
	static const struct {
		const char *code, *state;
	} said[] = {
		{ "yes", "given" },
		{ "no", "refused" },
		{ "lawful-absence", "not-able" },
	};
	const xmlNode *value = ih_child(answer, "value");
	IH_OWNED(ih_arena) arena = NULL;
	const char *code;

	if (value == NULL)
		return case_same(answer, "state", "refused") ||
			       case_same(answer, "state", "unknown") ?
			   "asked" :
			   NULL;
	arena = ih_arena_new();
	code = ih_text_of(arena, value);
	for (size_t i = 0; i < sizeof said / sizeof said[0]; i++)
		if (strcmp(code, said[i].code) == 0)
			return said[i].state;
	return "asked";
}

static void
write_consent(struct ih_writer *w, const struct ih_record_consent *row)
{
	ih_open(w, "consent");
	ih_put(w, "purpose", row->purpose);
	ih_put(w, "recipient", row->recipient);
	ih_put(w, "category", row->category);
	ih_put(w, "state", row->state);
	ih_put(w, "date", row->date);
	ih_put_if(w, "from", row->from);
	ih_put_if(w, "until", row->until);
	ih_put_if(w, "language", row->language);
	ih_put_if(w, "mode", row->mode);
	ih_put_if(w, "with", row->with);
	ih_put_if(w, "basis", row->basis);
	ih_put_if(w, "text", row->text);
	ih_close(w);
}

static void
write_first_consents(struct ih_writer *w, const xmlNode *answers)
{
	const xmlNode *interview = ih_child(answers, "interview");

	for (const xmlNode *n = ih_child(answers, "answer"); n;
	     n = ih_next(n, "answer")) {
		const char *purpose = purpose_of(case_attr(n, "item"));
		const char *state = purpose != NULL ? state_said(n) : NULL;
		bool guardian = case_same(n, "by", "guardian");

		if (state != NULL)
			write_consent(w,
			    &(struct ih_record_consent){
				.purpose = purpose,
				.recipient = "any",
				.category = "any",
				.state = state,
				.date = case_attr(interview, "date"),
				.language = case_attr(interview, "language"),
				.mode = guardian ? "guardian" : "interview",
			    });
	}
}

static void
write_flag(struct ih_writer *w, const struct ih_flag_entry *flag,
    const char *day)
{
	ih_open(w, "flag");
	ih_put(w, "id", ih_flag_name(flag->flag));
	ih_put(w, "about", flag->about);
	ih_put(w, "raised", flag->raised ? "yes" : "no");
	ih_put(w, "date", day);
	ih_close(w);
}

/* Which answer raises which flag, and which answer tells about what country;
 * the first row that fits counts. */
static const struct flagging {
	enum ih_flag flag;
	bool raised;
	const char *item, *code; /* code NULL: any other */
	const char *about;       /* item; NULL: no country in particular */
} flaggings[] = {
	{ IH_FLAG_FEAR, true, "fears-state", "yes", "fears-which" },
	{ IH_FLAG_FEAR, false, "fears-state", NULL, NULL },
	{ IH_FLAG_ASYLUM, true, "stay-status", "asylum", "citizenship" },
	{ IH_FLAG_ASYLUM, false, "stay-status", NULL, NULL },
	{ IH_FLAG_CONTACT, true, "safe-contact", "none", NULL },
	{ IH_FLAG_CONTACT, false, "safe-contact", NULL, NULL },
};

static const xmlNode *
answer_to(const xmlNode *answers, const char *item)
{
	const xmlNode *n = ih_child(answers, "answer");

	while (n != NULL && !case_same(n, "item", item))
		n = ih_next(n, "answer");
	return n;
}

static bool
is_answered(const xmlNode *answer, const char *code)
{
	IH_OWNED(ih_arena) arena = ih_arena_new();
	const xmlNode *value =
	    answer != NULL ? ih_child(answer, "value") : NULL;

	return value != NULL &&
	       (code == NULL || strcmp(ih_text_of(arena, value), code) == 0);
}

/* Somebody who seeks asylum and has another citizenship than those listed, or
 * none, may come from any state. */
static const char *
about_of(const struct flagging *f, const char *country)
{
	bool unlisted = country[0] == 'X';

	return unlisted && f->flag == IH_FLAG_ASYLUM ? "any" : country;
}

static void
write_flagging(struct ih_writer *w, const struct flagging *f,
    const xmlNode *answers, const char *day)
{
	struct ih_flag_entry flag = { f->flag, "any", f->raised };
	const xmlNode *about =
	    f->about != NULL ? answer_to(answers, f->about) : NULL;
	IH_OWNED(ih_arena) arena = ih_arena_new();

	if (!is_answered(about, NULL))
		write_flag(w, &flag, day);
	else
		for (const xmlNode *v = ih_child(about, "value"); v != NULL;
		     v = ih_next(v, "value")) {
			flag.about = about_of(f, ih_text_of(arena, v));
			write_flag(w, &flag, day);
		}
}

bool
case_raises_flag(const char *item)
{
	for (size_t i = 0; i < sizeof flaggings / sizeof flaggings[0]; i++)
		if (strcmp(flaggings[i].item, item) == 0 ||
		    (flaggings[i].about != NULL &&
			strcmp(flaggings[i].about, item) == 0))
			return true;
	return false;
}

void
case_write_flags(struct ih_writer *w, const xmlNode *answers, const char *day)
{
	enum ih_flag next = 0;

	for (size_t i = 0; i < sizeof flaggings / sizeof flaggings[0]; i++) {
		const struct flagging *f = &flaggings[i];

		if (f->flag < next ||
		    !is_answered(answer_to(answers, f->item), f->code))
			continue;
		write_flagging(w, f, answers, day);
		next = f->flag + 1;
	}
}

/* The axis follows the consent to the referral. */
static const char *
first_consent_axis(const xmlNode *answers)
{
	for (const xmlNode *n = ih_child(answers, "answer"); n;
	     n = ih_next(n, "answer"))
		if (case_same(n, "item", "consent-referral")) {
			const char *state = state_said(n);

			return state != NULL ? state : "none";
		}
	return "none";
}

/* ---- opening */

/* What one opening needs at every step. */
struct opening {
	const struct ih_instrument *instrument;
	const xmlNode *answers;
	const char *code, *committee, *day;
	const xmlNode *assessment; /* the first; NULL: none yet */
	size_t identity;           /* answers of the identity part */
};

static const struct ih_item *
item_of(const struct opening *o, const xmlNode *answer)
{
	return ih_instrument_item(o->instrument, case_attr(answer, "item"));
}

static bool
is_identity(const struct opening *o, const xmlNode *answer)
{
	return item_of(o, answer)->part == IH_IDENTITY;
}

static bool
is_said(const xmlNode *answer)
{
	return ih_child(answer, "value") != NULL;
}

/* Every answer has a part; count those of identity that say something. */
static bool
sort_answers(struct opening *o, struct ih_error *err)
{
	for (const xmlNode *n = ih_child(o->answers, "answer"); n;
	     n = ih_next(n, "answer")) {
		if (item_of(o, n) == NULL)
			return ih_fail_code(err, IH_INPUT, "E_ITEM",
			    "line %ld: instrument %s has no such item",
			    ih_line(n), o->instrument->id);
		o->identity += is_identity(o, n) && is_said(n);
	}
	return true;
}

static const xmlNode *
next_of(const xmlNode *assessment)
{
	return case_next(assessment, ASSESSMENT_SPACE, "assessment");
}

static bool
check_opening(struct opening *o, struct ih_error *err)
{
	char code[IH_CODE_TEXT];
	struct ih_date day;

	if (!ih_code_parse(o->code, code) || strcmp(code, o->code) != 0)
		return ih_fail(err, IH_USAGE, "this is no case code");
	if (!ih_date_parse(o->day, &day) || day.day == 0)
		return ih_fail(err, IH_USAGE,
		    "a case is opened on a whole day: 2026-03-04");
	if (o->answers == NULL)
		return ih_fail(err, IH_INPUT, "these are no answers");
	if (!ih_answers_fit(o->instrument, case_attr(o->answers, "instrument"),
		case_attr(o->answers, "version"),
		case_attr(o->answers, "digest"), err))
		return false;
	for (const xmlNode *a = o->assessment; a != NULL; a = next_of(a))
		if (!case_same(a, "answers", case_attr(o->answers, "id")))
			return ih_fail(err, IH_INPUT,
			    "the assessment is of other answers");
	return sort_answers(o, err);
}

static void
write_facts(struct ih_writer *w, const struct opening *o)
{
	ih_open(w, "answers");
	ih_put(w, "xmlns", ANSWERS_SPACE);
	case_put_all(w, o->answers, NULL);
	ih_copy(w, ih_child(o->answers, "interview"));
	for (const xmlNode *n = ih_child(o->answers, "answer"); n;
	     n = ih_next(n, "answer"))
		if (!is_identity(o, n))
			ih_copy(w, n);
	ih_close(w);
}

/*
 * With the digest of the whole interview and all its facts one could try
 * names until one fits, so where there is a name the digest goes with it.
 */
static void
write_assessment(struct ih_writer *w, const struct opening *o,
    const xmlNode *assessment)
{
	ih_open(w, "assessment");
	ih_put(w, "xmlns", ASSESSMENT_SPACE);
	case_put_all(w, assessment, o->identity > 0 ? "answers-digest" : NULL);
	if (o->identity > 0)
		ih_put(w, "answers-digest", WITHHELD);
	for (const xmlNode *n = ih_child(assessment, NULL); n;
	     n = ih_next(n, NULL))
		ih_copy(w, n);
	ih_close(w);
}

static bool
is_training(const struct opening *o)
{
	return case_same(o->answers, "training", "true");
}

static bool
write_case(const struct opening *o, struct ih_buffer *out, struct ih_error *err)
{
	struct ih_writer w = ih_write_to(out);
	const xmlNode *interview = ih_child(o->answers, "interview");
	bool stopped = case_same(interview, "stopped", "true");

	ih_open(&w, "case");
	ih_put(&w, "xmlns", CASE_SPACE);
	ih_put(&w, "version", "1");
	ih_put(&w, "code", o->code);
	ih_put(&w, "committee", o->committee);
	ih_put(&w, "opened", o->day);
	ih_put_if(&w, "training", is_training(o) ? "true" : "");
	ih_open(&w, "status");
	ih_put(&w, "file", stopped ? "suspended" : "screening");
	ih_put(&w, "determination", "none");
	ih_put(&w, "referral", "none");
	ih_put(&w, "consent", first_consent_axis(o->answers));
	ih_close(&w);
	write_facts(&w, o);
	for (const xmlNode *a = o->assessment; a != NULL; a = next_of(a))
		write_assessment(&w, o, a);
	case_write_flags(&w, o->answers, case_attr(interview, "date"));
	write_first_consents(&w, o->answers);
	ih_close(&w);
	return ih_write_end(&w, err);
}

static bool
write_identity(const struct opening *o, struct ih_buffer *out,
    struct ih_error *err)
{
	struct ih_writer w = ih_write_to(out);

	ih_open(&w, "identity");
	ih_put(&w, "xmlns", CASE_SPACE);
	ih_put(&w, "case", o->code);
	ih_put(&w, "version", "1");
	ih_put(&w, "answers", case_attr(o->answers, "id"));
	if (o->assessment != NULL)
		ih_put(&w, "answers-digest",
		    case_attr(o->assessment, "answers-digest"));
	ih_put_if(&w, "training", is_training(o) ? "true" : "");
	for (const xmlNode *n = ih_child(o->answers, "answer"); n;
	     n = ih_next(n, "answer"))
		if (is_identity(o, n) && is_said(n))
			ih_copy(&w, n);
	ih_close(&w);
	return ih_write_end(&w, err);
}

/* Of one assessment, or of a list of them. */
static const xmlNode *
first_of(const xmlDoc *doc)
{
	const xmlNode *list =
	    case_root(doc, "urn:ihala:assessments:1", "assessments");

	return list != NULL ? case_child(list, ASSESSMENT_SPACE, "assessment") :
			      case_root(doc, ASSESSMENT_SPACE, "assessment");
}

bool
ih_record_open(const struct ih_instrument *instrument, xmlDoc *answers,
    const void *assessment, size_t size, const char *code,
    const char *committee, const char *day, struct ih_record_parts *out,
    struct ih_error *err)
{
	IH_OWNED(xmlDoc) assessed = NULL;
	IH_OWNED(ih_buffer) facts = ih_buffer_new();
	IH_OWNED(ih_buffer) identity = ih_buffer_new();
	struct opening o = { .instrument = instrument,
		.answers = case_root(answers, ANSWERS_SPACE, "answers"),
		.code = code,
		.committee = committee,
		.day = day };

	if (size > 0) {
		assessed = ih_xml_read("assessment", assessment, size, err);
		if (assessed == NULL)
			return false;
		o.assessment = first_of(assessed);
		if (o.assessment == NULL)
			return ih_fail(err, IH_INPUT, "this is no assessment");
	}
	if (!check_opening(&o, err) || !write_case(&o, facts, err))
		return false;
	if (o.identity > 0 && !write_identity(&o, identity, err))
		return false;
	out->facts = IH_GIVE(facts);
	out->identity = o.identity > 0 ? IH_GIVE(identity) : NULL;
	return true;
}

/* ---- later versions */

/* What is new in the next version; NULL: as it was. */
struct change {
	struct ih_record_status status;
	const struct ih_record_referral *refer;
	const char *referral, *referral_status; /* of the one with this id */
	const char *referral_why;               /* NULL: nobody says */
	const struct ih_record_consent *consent;
	const struct ih_flag_entry *flag;
	const char *day;           /* of the flag */
	ih_record_written *decide; /* and of what */
	const void *decided;
	const xmlNode *identity; /* joined */
	const xmlNode *plan;     /* in the place of the one there is */
	const struct ih_record_inquiry *inquire;
	const char *inquiry; /* whose letter; it is answered ... */
	const char *answered, *unsaid;
	bool split; /* the identity is left out */
};

static void
write_head(struct ih_writer *w, const xmlNode *root, long version)
{
	ih_open(w, "case");
	ih_put(w, "xmlns", CASE_SPACE);
	ih_put_number(w, "version", version);
	case_put_all(w, root, "version");
}

static void
write_status(struct ih_writer *w, const xmlNode *root,
    const struct change *change)
{
	const xmlNode *was = case_child(root, CASE_SPACE, "status");
	const struct {
		const char *axis, *now;
	} axes[] = {
		{ "file", change->status.file },
		{ "determination", change->status.determination },
		{ "referral", change->status.referral },
		{ "consent", change->status.consent },
	};

	ih_open(w, "status");
	for (size_t i = 0; i < sizeof axes / sizeof axes[0]; i++)
		ih_put(w, axes[i].axis,
		    axes[i].now != NULL ? axes[i].now :
					  case_attr(was, axes[i].axis));
	ih_close(w);
}

static void
write_codes(struct ih_writer *w, const char *name, const char *const *codes)
{
	for (; codes != NULL && *codes != NULL; codes++) {
		ih_open(w, name);
		ih_put(w, "code", *codes);
		ih_close(w);
	}
}

static void
write_referral(struct ih_writer *w, const struct ih_record_referral *referral)
{
	ih_open(w, "referral");
	ih_put(w, "id", referral->id);
	ih_put(w, "to", referral->to);
	ih_put(w, "date", referral->date);
	ih_put(w, "status", referral->status);
	write_codes(w, "reason", referral->reasons);
	write_codes(w, "service", referral->services);
	ih_close(w);
}

/* A referral that was there, perhaps with another status. */
static void
copy_referral(struct ih_writer *w, const xmlNode *node,
    const struct change *change)
{
	if (change->referral == NULL ||
	    !case_same(node, "id", change->referral)) {
		ih_copy(w, node);
		return;
	}
	ih_open(w, "referral");
	ih_put(w, "id", case_attr(node, "id"));
	ih_put(w, "to", case_attr(node, "to"));
	ih_put(w, "date", case_attr(node, "date"));
	ih_put(w, "status", change->referral_status);
	if (change->referral_why != NULL)
		ih_put(w, "why", change->referral_why);
	for (const xmlNode *n = ih_child(node, NULL); n; n = ih_next(n, NULL))
		ih_copy(w, n);
	ih_close(w);
}

static bool
is_of_case(const xmlNode *node, const char *name)
{
	return ih_is(node, name) &&
	       strcmp((const char *)node->ns->href, CASE_SPACE) == 0;
}

static void
write_inquiry(struct ih_writer *w, const struct ih_record_inquiry *inquiry)
{
	ih_open(w, "inquiry");
	ih_put(w, "message", inquiry->message);
	ih_put(w, "asked", inquiry->asked_here ? "here" : "there");
	ih_put(w, "of", inquiry->of);
	ih_put(w, "categories", inquiry->categories);
	ih_put(w, "purpose", inquiry->purpose);
	ih_put(w, "date", inquiry->date);
	ih_put(w, "until", inquiry->until);
	ih_put_if(w, "answered", inquiry->answered);
	ih_put_if(w, "why", inquiry->why);
	ih_close(w);
}

static struct ih_record_inquiry
read_inquiry(const xmlNode *node)
{
	return (
	    struct ih_record_inquiry){ .message = case_attr(node, "message"),
		.asked_here = case_same(node, "asked", "here"),
		.of = case_attr(node, "of"),
		.categories = case_attr(node, "categories"),
		.purpose = case_attr(node, "purpose"),
		.date = case_attr(node, "date"),
		.until = case_attr(node, "until"),
		.answered = case_attr(node, "answered"),
		.why = case_attr(node, "why") };
}

/* One that was there, perhaps answered now. */
static void
copy_inquiry(struct ih_writer *w, const xmlNode *node,
    const struct change *change)
{
	struct ih_record_inquiry inquiry = read_inquiry(node);

	if (change->inquiry != NULL &&
	    strcmp(change->inquiry, inquiry.message) == 0) {
		inquiry.answered = change->answered;
		inquiry.why = change->unsaid != NULL ? change->unsaid : "";
	}
	write_inquiry(w, &inquiry);
}

/* What the person said now comes after all that was said before. */
static void
write_said(struct ih_writer *w, const struct change *change)
{
	if (change->consent != NULL)
		write_consent(w, change->consent);
	if (change->flag != NULL)
		write_flag(w, change->flag, change->day);
}

/* What was said and where it went comes after what was decided. */
static bool
is_after_decisions(const xmlNode *node)
{
	return strcmp((const char *)node->ns->href, CASE_SPACE) == 0 &&
	       (ih_is(node, "consent") || ih_is(node, "flag") ||
		   ih_is(node, "referral"));
}

static void
write_decided(struct ih_writer *w, const struct change *change, bool *decided)
{
	if (change->decide != NULL && !*decided)
		change->decide(w, change->decided);
	*decided = true;
}

/* All that follows the status, in its order. */
static void
write_rest(struct ih_writer *w, const xmlNode *root,
    const struct change *change)
{
	bool said = false, decided = false;

	if (change->identity != NULL)
		ih_copy(w, change->identity);
	if (change->plan != NULL)
		ih_copy(w, change->plan);
	for (const xmlNode *n = root->children; n != NULL; n = n->next) {
		if (n->type != XML_ELEMENT_NODE || ih_is(n, "status"))
			continue;
		/* A plan is that of the office which made it, and so is what
		 * it asked. */
		if (change->split &&
		    (ih_is(n, "identity") || ih_is(n, "plan") ||
			ih_is(n, "inquiry")))
			continue;
		if (change->plan != NULL && ih_is(n, "plan"))
			continue;
		if (is_after_decisions(n))
			write_decided(w, change, &decided);
		if (change->inquire != NULL && ih_is(n, "answers"))
			write_inquiry(w, change->inquire);
		if (is_of_case(n, "inquiry")) {
			copy_inquiry(w, n, change);
			continue;
		}
		if (!is_of_case(n, "referral")) {
			ih_copy(w, n);
			continue;
		}
		if (!said)
			write_said(w, change);
		said = true;
		copy_referral(w, n, change);
	}
	write_decided(w, change, &decided);
	if (!said)
		write_said(w, change);
	if (change->refer != NULL)
		write_referral(w, change->refer);
}

/* The next version of FACTS (or, joined, the same) into OUT. */
static bool
rewrite(const xmlDoc *facts, const struct change *change, struct ih_buffer *out,
    struct ih_error *err)
{
	IH_OWNED(ih_buffer) bytes = ih_buffer_new();
	struct ih_writer w = ih_write_to(bytes);
	const xmlNode *root = case_root(facts, CASE_SPACE, "case");
	long version;

	if (root == NULL)
		return ih_fail(err, IH_INPUT, "this is no case");
	version = ih_record_version(facts) +
		  (change->identity == NULL && !change->split);
	if (version > VERSION_MAX)
		return ih_fail(err, IH_INPUT,
		    "the case has more versions than a case can have");
	write_head(&w, root, version);
	write_status(&w, root, change);
	write_rest(&w, root, change);
	ih_close(&w);
	if (!ih_write_end(&w, err))
		return false;
	ih_buffer_add(out, bytes->data, bytes->size);
	return true;
}

static const xmlNode *
find_referral(const xmlDoc *facts, const char *id)
{
	const xmlNode *root = case_root(facts, CASE_SPACE, "case");
	const xmlNode *n =
	    root != NULL ? case_child(root, CASE_SPACE, "referral") : NULL;

	while (n != NULL && !case_same(n, "id", id))
		n = case_next(n, CASE_SPACE, "referral");
	return n;
}

/* A state is only ever data: here it is a word, the schema knows which. */
static bool
is_word(const char *text)
{
	return text != NULL && text[0] != '\0' &&
	       text[strspn(text, "abcdefghijklmnopqrstuvwxyz-")] == '\0';
}

static bool
is_day(const char *text)
{
	struct ih_date date;

	return text != NULL && ih_date_parse(text, &date) && date.day != 0;
}

bool
ih_record_refer(xmlDoc *facts, const struct ih_record_referral *referral,
    struct ih_buffer *out, struct ih_error *err)
{
	if (!ih_uuid_is(referral->id) || !is_day(referral->date) ||
	    !is_word(referral->status))
		return ih_fail(err, IH_USAGE,
		    "a referral needs a UUID, a day and a status");
	if (find_referral(facts, referral->id) != NULL)
		return ih_fail(err, IH_STATE,
		    "the case has a referral with this id already");
	return rewrite(facts,
	    &(struct change){ .refer = referral,
		.status = { .referral = referral->status } },
	    out, err);
}

bool
ih_record_set_referral(xmlDoc *facts, const char *id, const char *status,
    const char *why, struct ih_buffer *out, struct ih_error *err)
{
	if (!is_word(status) || (why != NULL && !is_word(why)))
		return ih_fail(err, IH_USAGE, "this is no status");
	if (find_referral(facts, id) == NULL)
		return ih_fail(err, IH_ABSENT,
		    "the case has no referral with this id");
	return rewrite(facts,
	    &(struct change){ .referral = id,
		.referral_status = status,
		.referral_why = why,
		.status = { .referral = status } },
	    out, err);
}

/* ---- what was asked between two offices */

static const xmlNode *
find_inquiry(const xmlDoc *facts, const char *message)
{
	const xmlNode *root = case_root(facts, CASE_SPACE, "case");
	const xmlNode *n =
	    root != NULL ? case_child(root, CASE_SPACE, "inquiry") : NULL;

	while (n != NULL && !case_same(n, "message", message))
		n = case_next(n, CASE_SPACE, "inquiry");
	return n;
}

bool
ih_record_inquire(xmlDoc *facts, const struct ih_record_inquiry *inquiry,
    struct ih_buffer *out, struct ih_error *err)
{
	if (!ih_uuid_is(inquiry->message) || !is_word(inquiry->purpose) ||
	    !is_day(inquiry->date) || !is_day(inquiry->until))
		return ih_fail(err, IH_USAGE,
		    "an inquiry needs a UUID, a purpose and two days");
	if (find_inquiry(facts, inquiry->message) != NULL)
		return ih_fail(err, IH_STATE,
		    "the case has an inquiry of this letter already");
	return rewrite(facts, &(struct change){ .inquire = inquiry }, out, err);
}

bool
ih_record_answer(xmlDoc *facts, const char *message, const char *why,
    const char *day, struct ih_buffer *out, struct ih_error *err)
{
	if (!is_day(day) || (why != NULL && !is_word(why)))
		return ih_fail(err, IH_USAGE, "this is no answer");
	if (find_inquiry(facts, message) == NULL)
		return ih_fail(err, IH_ABSENT,
		    "the case has no inquiry of this letter");
	return rewrite(facts,
	    &(struct change){ .inquiry = message,
		.answered = day,
		.unsaid = why },
	    out, err);
}

bool
ih_record_inquiry(const xmlDoc *facts, size_t count,
    struct ih_record_inquiry *inquiry)
{
	const xmlNode *root = case_root(facts, CASE_SPACE, "case");
	const xmlNode *n =
	    root != NULL ? case_child(root, CASE_SPACE, "inquiry") : NULL;

	for (; n != NULL && count > 0; count--)
		n = case_next(n, CASE_SPACE, "inquiry");
	if (n == NULL)
		return false;
	*inquiry = read_inquiry(n);
	return true;
}

bool
ih_record_set_status(xmlDoc *facts, const struct ih_record_status *status,
    struct ih_buffer *out, struct ih_error *err)
{
	const char *const axes[] = { status->file, status->determination,
		status->referral, status->consent };

	for (size_t i = 0; i < sizeof axes / sizeof axes[0]; i++)
		if (axes[i] != NULL && !is_word(axes[i]))
			return ih_fail(err, IH_USAGE, "this is no status");
	return rewrite(facts, &(struct change){ .status = *status }, out, err);
}

struct ih_record_status
ih_record_status(const xmlDoc *facts)
{
	const xmlNode *root = case_root(facts, CASE_SPACE, "case");
	const xmlNode *status =
	    root != NULL ? case_child(root, CASE_SPACE, "status") : NULL;

	if (status == NULL)
		return (struct ih_record_status){ "", "", "", "" };
	return (struct ih_record_status){
		.file = case_attr(status, "file"),
		.determination = case_attr(status, "determination"),
		.referral = case_attr(status, "referral"),
		.consent = case_attr(status, "consent"),
	};
}

bool
ih_record_add_consent(xmlDoc *facts, const struct ih_record_consent *row,
    struct ih_buffer *out, struct ih_error *err)
{
	struct change change = { .consent = row };

	if (!is_day(row->date) || (row->from != NULL && !is_day(row->from)) ||
	    (row->until != NULL && !is_day(row->until)) ||
	    !is_word(row->state) || row->purpose == NULL ||
	    row->recipient == NULL || row->category == NULL)
		return ih_fail(err, IH_USAGE,
		    "a consent needs a purpose, a recipient, a category, a "
		    "state and a day");
	if (strcmp(row->purpose, "referral") == 0)
		change.status.consent = row->state;
	return rewrite(facts, &change, out, err);
}

bool
ih_record_add_decided(const xmlDoc *facts, ih_record_written *write,
    const void *with, const char *state, struct ih_buffer *out,
    struct ih_error *err)
{
	if (!is_word(state))
		return ih_fail(err, IH_USAGE, "this is no status");
	return rewrite(facts,
	    &(struct change){ .decide = write,
		.decided = with,
		.status = { .determination = state } },
	    out, err);
}

bool
ih_record_add_flag(xmlDoc *facts, const struct ih_flag_entry *flag,
    const char *day, struct ih_buffer *out, struct ih_error *err)
{
	if (!is_day(day) || flag->about == NULL)
		return ih_fail(err, IH_USAGE,
		    "a flag needs a country, or any, and a day");
	return rewrite(facts, &(struct change){ .flag = flag, .day = day }, out,
	    err);
}

const xmlNode *
ih_record_plan(const xmlDoc *facts)
{
	const xmlNode *root = case_root(facts, CASE_SPACE, "case");

	return root != NULL ? case_child(root, CASE_SPACE, "plan") : NULL;
}

bool
ih_record_set_plan(xmlDoc *facts, const xmlNode *plan, struct ih_buffer *out,
    struct ih_error *err)
{
	return rewrite(facts, &(struct change){ .plan = plan }, out, err);
}

static size_t
rows_of(const xmlNode *root, const char *name)
{
	size_t rows = 0;

	for (const xmlNode *n = case_child(root, CASE_SPACE, name); n != NULL;
	     n = case_next(n, CASE_SPACE, name))
		rows++;
	return rows;
}

static struct ih_consent_entry
read_consent(const xmlNode *row)
{
	return (struct ih_consent_entry){
		.purpose = case_attr(row, "purpose"),
		.recipient = case_attr(row, "recipient"),
		.categories = case_attr(row, "category"),
		.state = case_attr(row, "state"),
		.from = case_attr(row, "from"),
		.until = case_attr(row, "until"),
		.basis = case_attr(row, "basis"),
	};
}

struct ih_record_consents
ih_record_consents(const xmlDoc *facts, struct ih_arena *arena)
{
	const xmlNode *root = case_root(facts, CASE_SPACE, "case");
	struct ih_record_consents all = { 0 };

	if (root == NULL)
		return all;
	struct ih_consent_entry *entry =
	    ih_arena_take(arena, rows_of(root, "consent") * sizeof *entry);
	struct ih_flag_entry *flag =
	    ih_arena_take(arena, rows_of(root, "flag") * sizeof *flag);

	all.entries = entry;
	all.flags = flag;
	for (const xmlNode *n = case_child(root, CASE_SPACE, "consent");
	     n != NULL; n = case_next(n, CASE_SPACE, "consent"))
		entry[all.count++] = read_consent(n);
	for (const xmlNode *n = case_child(root, CASE_SPACE, "flag"); n != NULL;
	     n = case_next(n, CASE_SPACE, "flag")) {
		flag->about = case_attr(n, "about");
		flag->raised = case_same(n, "raised", "yes");
		if (ih_flag_parse(case_attr(n, "id"), &flag->flag)) {
			flag++;
			all.flag_count++;
		}
	}
	return all;
}

const char *
ih_record_consent_state(const xmlDoc *facts, const char *purpose,
    const char *recipient, const char *category, const char *day)
{
	IH_OWNED(ih_arena) arena = ih_arena_new();
	struct ih_record_consents all = ih_record_consents(facts, arena);
	const struct ih_consent_entry *decides = ih_consent_decides(all.entries,
	    all.count,
	    &(struct ih_consent_question){ purpose, recipient, category, day });

	return decides != NULL ? ih_consent_state(decides, day) : NULL;
}

bool
ih_record_join(xmlDoc *facts, xmlDoc *identity, struct ih_buffer *out,
    struct ih_error *err)
{
	const xmlNode *root = case_root(facts, CASE_SPACE, "case");
	const xmlNode *who = identity != NULL ?
				 case_root(identity, CASE_SPACE, "identity") :
				 NULL;

	if (identity == NULL) {
		IH_OWNED(ih_buffer) same = ih_xml_write(facts);

		ih_buffer_add(out, same->data, same->size);
		return true;
	}
	if (who == NULL)
		return ih_fail(err, IH_INPUT, "this is no identity");
	if (root == NULL || case_child(root, CASE_SPACE, "identity") != NULL)
		return ih_fail(err, IH_INPUT,
		    "these are not the facts of a case alone");
	if (!case_same(who, "case", ih_record_code(facts)))
		return ih_fail(err, IH_INPUT,
		    "facts and identity are of two cases");
	return rewrite(facts, &(struct change){ .identity = who }, out, err);
}

bool
ih_record_split(xmlDoc *joined, struct ih_record_parts *out,
    struct ih_error *err)
{
	const xmlNode *root = case_root(joined, CASE_SPACE, "case");
	const xmlNode *who =
	    root != NULL ? case_child(root, CASE_SPACE, "identity") : NULL;
	IH_OWNED(ih_buffer) facts = ih_buffer_new();
	IH_OWNED(ih_buffer) identity = ih_buffer_new();
	struct ih_writer w;

	if (!rewrite(joined, &(struct change){ .split = true }, facts, err))
		return false;
	if (who != NULL) {
		w = ih_write_to(identity);
		ih_copy(&w, who);
		if (!ih_write_end(&w, err))
			return false;
	}
	out->facts = IH_GIVE(facts);
	out->identity = who != NULL ? IH_GIVE(identity) : NULL;
	return true;
}

const char *
ih_record_code(const xmlDoc *facts)
{
	const xmlNode *root = case_root(facts, CASE_SPACE, "case");

	return root != NULL ? case_attr(root, "code") : "";
}

long
ih_record_version(const xmlDoc *facts)
{
	const xmlNode *root = case_root(facts, CASE_SPACE, "case");

	return root != NULL ? strtol(case_attr(root, "version"), NULL, 10) : 0;
}
