/*
 * This is where it is decided whether a case may leave, and where it is cut
 * down to what the profile names.
 */
#include "ihala/release.h"

#include <string.h>

#include "case_tree.h"
#include "ihala/answers.h"
#include "ihala/node.h"
#include "ihala/record.h"
#include "ihala/xml.h"
#include "notice.h"

/* What one release needs at every step. */
struct releasing {
	const struct ih_release *release;
	const struct ih_profile *profile;
	const xmlDoc *facts;
	const xmlNode *root;  /* <case> */
	const xmlNode *asked; /* its <answers> */
	const char *country;  /* of the recipient */
	bool abroad;
	struct ih_record_consents said;
	struct ih_answers *answers; /* read, with the ledger laid over them */
	struct ih_arena *arena;     /* compiled conditions */
	bool broken; /* a condition of the profile could not be read */
	struct ih_error *err;
};

/* ---- who receives */

static bool
find_recipient(struct releasing *r)
{
	const struct ih_mechanism *own = r->release->mechanism;
	const char *recipient = r->release->recipient;
	const char *kind = ih_mechanism_kind(own, recipient);

	if (kind == NULL)
		return ih_fail_code(r->err, IH_STATE, "E_RECIPIENT",
		    "mechanism %s", own->code);
	if (!ih_consent_names(r->profile->to, kind))
		return ih_fail_code(r->err, IH_STATE, "E_RECIPIENT",
		    "mechanism %s, profile %s is not for a recipient of kind "
		    "%s",
		    own->code, r->profile->id, kind);
	r->abroad = strcmp(kind, "abroad") == 0;
	r->country = r->abroad ? recipient : own->code;
	return true;
}

/* ---- the ledger over the answers */

/* Does BASIS cover all that ENTRY is about? */
static bool
is_lawful(const struct ih_basis *basis, const struct ih_consent_entry *entry)
{
	return basis != NULL && strcmp(basis->purpose, entry->purpose) == 0 &&
	       strcmp(basis->to, entry->recipient) == 0 &&
	       ih_consent_names_all(basis->categories, entry->categories);
}

/* A basis stands in for consent only where the mechanism has it, for this
 * very purpose, recipient and categories; else it is none. */
static void
read_said(struct releasing *r)
{
	r->said = ih_record_consents(r->facts, r->arena);
	for (size_t i = 0; i < r->said.count; i++) {
		struct ih_consent_entry *entry = &r->said.entries[i];

		if (!is_lawful(ih_mechanism_basis(r->release->mechanism,
				   entry->basis),
			entry))
			entry->basis = "";
	}
}

/* What decides about data of CATEGORY; NULL: nothing was said. */
static const struct ih_consent_entry *
decides(const struct releasing *r, const char *purpose, const char *category)
{
	const struct ih_consent_question question = { purpose,
		r->release->recipient, category, r->release->day };

	return ih_consent_decides(r->said.entries, r->said.count, &question);
}

/* May they go, for PURPOSE? */
static enum ih_three
consent_to(const struct releasing *r, const char *purpose, const char *category)
{
	const struct ih_consent_entry *entry = decides(r, purpose, category);

	if (entry == NULL)
		return IH_UNDETERMINED;
	return ih_consent_permits(entry, r->release->day) ? IH_TRUE : IH_FALSE;
}

/* The same for all that the release is for: abroad is a purpose of its own. */
static bool
is_agreed(const struct releasing *r, const char *category)
{
	return consent_to(r, r->profile->purpose, category) == IH_TRUE &&
	       (!r->abroad || consent_to(r, "abroad", category) == IH_TRUE);
}

static bool
is_flagged(const struct releasing *r, enum ih_flag flag, const char *category)
{
	return ih_flag_blocks(r->said.flags, r->said.flag_count, flag,
	    r->country, r->abroad, category);
}

static bool
category_may_leave(const struct releasing *r, const char *category)
{
	for (int flag = 0; flag < IH_FLAGS; flag++)
		if (is_flagged(r, (enum ih_flag)flag, category))
			return false;
	return is_agreed(r, category);
}

/* The ledger is later than the interview, and counts. */
static void
lay_over(struct ih_answer *answer, const struct ih_item *item,
    enum ih_three agreed)
{
	const char *code = agreed == IH_TRUE ? "yes" : "no";
	int at = ih_choices_find(item->choices, code, strlen(code));

	*answer = (struct ih_answer){ .state = IH_BLANK };
	if (agreed == IH_UNDETERMINED || at < 0)
		return;
	answer->state = IH_GIVEN;
	answer->codes = UINT64_C(1) << at;
}

static void
apply_ledger(struct releasing *r)
{
	static const char before[] = "consent-";
	const struct ih_instrument *instrument = r->release->instrument;

	for (size_t i = 0; i < instrument->item_count; i++) {
		const struct ih_item *item = &instrument->items[i];

		if (item->type == IH_CHOICE &&
		    strncmp(item->id, before, sizeof before - 1) == 0)
			lay_over(&r->answers->answers[i], item,
			    consent_to(r, item->id + sizeof before - 1,
				"facts"));
	}
}

/* The answers of the case as a document of their own. */
static bool
read_answers(struct releasing *r)
{
	IH_OWNED(ih_buffer) bytes = ih_buffer_new();
	IH_OWNED(xmlDoc) doc = NULL;
	struct ih_writer w = ih_write_to(bytes);

	ih_copy(&w, r->asked);
	if (!ih_write_end(&w, r->err))
		return false;
	doc = ih_xml_read("answers", bytes->data, bytes->size, r->err);
	if (doc == NULL)
		return false;
	r->answers = ih_answers_read(doc, r->release->instrument, r->err);
	if (r->answers == NULL)
		return false;
	apply_ledger(r);
	return true;
}

/* ---- conditions */

/* The code of the recipient's country in the list of ITEM; OTHER where the
 * list has no such code, for then that may be the country meant. */
static const char *
country_code(const struct releasing *r, const char *item, const char *other)
{
	const struct ih_item *of =
	    ih_instrument_item(r->release->instrument, item);

	return of != NULL && of->choices != NULL && r->country != NULL &&
		       ih_choices_find(of->choices, r->country,
			   strlen(r->country)) >= 0 ?
		   r->country :
		   other;
}

static void
name_recipient(const struct releasing *r, xmlNode *node)
{
	static const xmlChar code_of[] = "code-of";

	if (ih_attr(node, (const char *)code_of) != NULL) {
		const char *code = country_code(r, case_attr(node, "item"),
		    case_attr(node, "other"));

		xmlSetProp(node, (const xmlChar *)"code",
		    (const xmlChar *)code);
		xmlUnsetProp(node, code_of);
		xmlUnsetProp(node, (const xmlChar *)"other");
	}
	for (xmlNode *n = ih_child(node, NULL); n; n = ih_next(n, NULL))
		name_recipient(r, n);
}

/* A copy of the condition in a document of its own, about this recipient. */
static xmlDoc *
fill_in(const struct releasing *r, const xmlNode *condition)
{
	IH_OWNED(ih_buffer) bytes = ih_buffer_new();
	IH_OWNED(xmlDoc) doc = NULL;
	struct ih_writer w = ih_write_to(bytes);

	ih_copy(&w, condition);
	if (!ih_write_end(&w, r->err))
		return NULL;
	doc = ih_xml_read("condition", bytes->data, bytes->size, r->err);
	if (doc != NULL)
		name_recipient(r, xmlDocGetRootElement(doc));
	return IH_GIVE(doc);
}

static bool
holds(struct releasing *r, const xmlNode *node, enum ih_three *result)
{
	IH_OWNED(xmlDoc) doc = fill_in(r, node);
	struct ih_scope scope = { .instrument = r->release->instrument,
		.before = r->release->instrument->item_count,
		.facts_only = true };
	struct ih_faults faults =
	    ih_faults_to(r->err, r->release->mechanism->code);
	struct ih_condition condition;

	if (r->answers == NULL)
		return ih_fail(r->err, IH_SYSTEM, "no answers were read");
	if (doc == NULL || !ih_condition_compile(xmlDocGetRootElement(doc),
			       &scope, r->arena, &condition, &faults))
		return false;
	*result = ih_condition_holds(&condition, r->answers->answers);
	return true;
}

/* ---- the gate */

static bool
refuse(struct releasing *r, const char *code)
{
	return ih_fail_code(r->err, IH_STATE, code, "mechanism %s, profile %s",
	    r->release->mechanism->code, r->profile->id);
}

static bool
passes(struct releasing *r, const struct ih_gate *gate)
{
	enum ih_three result = IH_UNDETERMINED;

	if (gate->abroad_only && !r->abroad)
		return true;
	if (!holds(r, gate->condition, &result))
		return false;
	/* What is undetermined opens no gate. */
	if (result == (gate->refuses ? IH_FALSE : IH_TRUE))
		return true;
	return refuse(r, gate->code);
}

static bool
is_authorised(struct releasing *r)
{
	const char *reference = r->release->authorisation;

	if (!r->abroad || !r->profile->authorisation_abroad ||
	    (reference != NULL &&
		reference[strspn(reference, " \t\n")] != '\0'))
		return true;
	return ih_fail_code(r->err, IH_STATE, "E_AUTHORISATION",
	    "mechanism %s, profile %s: enter the reference of %s",
	    r->release->mechanism->code, r->profile->id, r->profile->authority);
}

/* Under which law, and for how long: the recipient is told both. */
static bool
has_grounds(struct releasing *r)
{
	const char *basis = ih_texts_say(&r->profile->legal_basis,
	    (struct ih_tongue){ .lang = IH_EN });

	if (basis == NULL || basis[0] == '\0')
		return refuse(r, "E_LEGAL_BASIS");
	return r->profile->retention_days > 0 || refuse(r, "E_RETENTION");
}

/* Whatever the gates say, nothing goes without the consent it is for; what
 * tells of nobody goes where a referral was refused. */
static bool
is_permitted(struct releasing *r)
{
	const char *file = r->release->file;

	if (!r->profile->anonymous)
		return is_agreed(r, "facts") || refuse(r, "E_CONSENT");
	return (file != NULL && strcmp(file, "notify-only") == 0) ||
	       refuse(r, "E_NOT_REFUSED");
}

/* The interview asks about fear; whether somebody seeks asylum from the state
 * it would go to is asked before, too. */
static bool
is_asked(struct releasing *r)
{
	return !r->abroad ||
	       ih_flag_asked(r->said.flags, r->said.flag_count,
		   IH_FLAG_ASYLUM) ||
	       refuse(r, "E_ASYLUM_UNKNOWN");
}

/* What was raised about the recipient's state, whatever was agreed to. */
static bool
is_unflagged(struct releasing *r)
{
	for (int flag = 0; flag < IH_FLAGS; flag++)
		if (is_flagged(r, (enum ih_flag)flag, "facts"))
			return refuse(r, ih_flag_code((enum ih_flag)flag));
	return true;
}

static bool
start(struct releasing *r)
{
	const struct ih_mechanism *own = r->release->mechanism;

	r->profile = ih_mechanism_profile(own, r->release->profile);
	if (r->profile == NULL)
		return ih_fail_code(r->err, IH_STATE, "E_NO_PROFILE",
		    "mechanism %s", own->code);
	r->root = case_root(r->facts, CASE_SPACE, "case");
	r->asked = r->root != NULL ?
		       case_child(r->root, ANSWERS_SPACE, "answers") :
		       NULL;
	if (r->asked == NULL)
		return ih_fail(r->err, IH_INPUT, "this is no case");
	read_said(r);
	return find_recipient(r);
}

static bool
pass_gate(struct releasing *r)
{
	if (!start(r) || !has_grounds(r) || !is_permitted(r) ||
	    !read_answers(r))
		return false;
	for (size_t i = 0; i < r->profile->gate_count; i++)
		if (!passes(r, &r->profile->gates[i]))
			return false;
	return is_unflagged(r) && is_asked(r) && is_authorised(r);
}

bool
ih_release_gate(const struct ih_release *release, xmlDoc *facts,
    struct ih_error *err)
{
	IH_OWNED(ih_arena) arena = ih_arena_new();
	struct releasing r = { .release = release,
		.facts = facts,
		.arena = arena,
		.err = err };
	bool passed = pass_gate(&r);

	ih_answers_free(r.answers);
	return passed;
}

/* ---- the cut */

/* Was it asked for, where only something was? */
static bool
is_wanted(const struct releasing *r, const char *category)
{
	return r->release->only == NULL ||
	       ih_consent_names(r->release->only, category);
}

/* Is ID named, its category (USUAL where it has none of its own) wanted and
 * agreed to, and with a condition that holds for sure or none at all? */
static bool
is_named(struct releasing *r, const struct ih_allowed *list, size_t count,
    const char *id, const char *usual)
{
	enum ih_three result = IH_TRUE;

	for (size_t i = 0; i < count; i++) {
		if (strcmp(list[i].id, id) != 0)
			continue;
		const char *category = list[i].category;

		if (!is_wanted(r, category != NULL ? category : usual) ||
		    (category != NULL && !category_may_leave(r, category)))
			return false;
		if (list[i].condition == NULL)
			return true;
		if (!holds(r, list[i].condition, &result))
			r->broken = true;
		return !r->broken && result == IH_TRUE;
	}
	return false;
}

static bool
is_in_section(const struct releasing *r, const struct ih_item *item)
{
	const struct ih_instrument *instrument = r->release->instrument;
	const char *const *section = r->profile->sections;

	while (*section != NULL &&
	       strcmp(*section, instrument->sections[item->section].id) != 0)
		section++;
	return *section != NULL;
}

static bool
fact_may_leave(struct releasing *r, const char *id)
{
	const struct ih_item *item =
	    ih_instrument_item(r->release->instrument, id);

	return item != NULL && item->part == IH_FACTS &&
	       ((is_in_section(r, item) && is_wanted(r, "facts")) ||
		   is_named(r, r->profile->items, r->profile->item_count, id,
		       "facts"));
}

static bool
identity_may_leave(struct releasing *r, const char *id)
{
	const struct ih_item *item =
	    ih_instrument_item(r->release->instrument, id);

	return item != NULL && item->part == IH_IDENTITY &&
	       is_named(r, r->profile->identity, r->profile->identity_count, id,
		   "identity");
}

/* ---- what the recipient knows it by */

static const char *
code_there(const struct releasing *r)
{
	return r->release->alias != NULL ? r->release->alias->code :
					   case_attr(r->root, "code");
}

static const char *
interview_there(const struct releasing *r)
{
	return r->release->alias != NULL ? r->release->alias->interview :
					   case_attr(r->asked, "id");
}

/* Of the axes only what the profile names, and nothing of other recipients. */
static void
cut_status(struct releasing *r, struct ih_writer *w)
{
	const xmlNode *status = case_child(r->root, CASE_SPACE, "status");
	const char *referral = "none";

	for (const xmlNode *n = case_child(r->root, CASE_SPACE, "referral"); n;
	     n = case_next(n, CASE_SPACE, "referral"))
		if (r->profile->referral &&
		    case_same(n, "to", r->release->recipient))
			referral = case_attr(n, "status");
	ih_open(w, "status");
	ih_put(w, "file", case_attr(status, "file"));
	ih_put(w, "determination",
	    r->profile->determination && is_wanted(r, "facts") ?
		case_attr(status, "determination") :
		"none");
	ih_put(w, "referral", referral);
	/* Given, or not able to and by law. */
	ih_put(w, "consent",
	    ih_consent_state(decides(r, r->profile->purpose, "facts"),
		r->release->day));
	ih_close(w);
}

static void
cut_identity(struct releasing *r, const xmlNode *identity, struct ih_writer *w)
{
	const struct case_other others[] = { { "answers-digest", NULL },
		{ "case", code_there(r) }, { "answers", interview_there(r) } };
	bool opened = false;

	if (identity == NULL || !category_may_leave(r, "identity"))
		return;
	for (const xmlNode *n = case_child(identity, ANSWERS_SPACE, "answer");
	     n; n = case_next(n, ANSWERS_SPACE, "answer")) {
		if (!identity_may_leave(r, case_attr(n, "item")))
			continue;
		if (!opened) {
			ih_open(w, "identity");
			case_put_others(w, identity, others,
			    sizeof others / sizeof others[0]);
		}
		opened = true;
		ih_copy(w, n);
	}
	if (opened)
		ih_close(w);
}

/* What was answered to ITEM; NULL: the record has no such element. */
static const xmlNode *
answer_to(const struct releasing *r, const struct ih_item *item)
{
	const xmlNode *n = ih_child(r->asked, "answer");

	while (n != NULL && !case_same(n, "item", item->id))
		n = ih_next(n, "answer");
	return n;
}

/* Whether a question was skipped tells what was answered to those its skip
 * goes by; consent leaves as entries of its own. */
static bool
skip_may_be_told(struct releasing *r, const struct ih_item *item)
{
	const struct ih_instrument *instrument = r->release->instrument;

	for (size_t i = 0; i < item->at; i++) {
		const char *id = instrument->items[i].id;

		if (ih_condition_names(&item->ask_if, i) &&
		    !fact_may_leave(r, id) &&
		    !(r->profile->consent &&
			strncmp(id, "consent-", strlen("consent-")) == 0))
			return false;
	}
	return true;
}

/* That a question stood open is said in so many words: what the receiver does
 * not find was not sent.  Of a case that came cut from elsewhere nobody here
 * knows it. */
static void
cut_answer(struct releasing *r, const struct ih_item *item, struct ih_writer *w)
{
	const xmlNode *said = answer_to(r, item);
	enum ih_state stands =
	    (enum ih_state)r->answers->answers[item->at].state;
	bool open =
	    said == NULL || stands == IH_BLANK || stands == IH_NOT_ASKED;

	if (!open) {
		ih_copy(w, said);
		return;
	}
	if ((said == NULL && ih_attr(r->root, "profile") != NULL) ||
	    !skip_may_be_told(r, item))
		return;
	ih_open(w, "answer");
	ih_put(w, "item", item->id);
	ih_put(w, "state",
	    ih_state_name(stands == IH_NOT_ASKED ? stands : IH_BLANK));
	ih_close(w);
}

static void
cut_answers(struct releasing *r, struct ih_writer *w)
{
	const struct ih_instrument *instrument = r->release->instrument;
	const struct case_other id = { "id", interview_there(r) };
	const xmlNode *interview = ih_child(r->asked, "interview");

	ih_open(w, "answers");
	ih_put(w, "xmlns", ANSWERS_SPACE);
	case_put_others(w, r->asked, &id, 1);
	/* The area would tell more than the country that sends. */
	ih_open(w, "interview");
	case_put_all(w, interview, "area");
	ih_close(w);
	for (size_t i = 0; i < instrument->item_count; i++)
		if (fact_may_leave(r, instrument->items[i].id))
			cut_answer(r, &instrument->items[i], w);
	ih_close(w);
}

/* An indicator says what was answered to the items it rests on. */
static bool
indicator_may_leave(struct releasing *r, const xmlNode *indicator)
{
	const xmlNode *because = ih_child(indicator, "because");

	if (because == NULL)
		return false;
	for (; because != NULL; because = ih_next(because, "because"))
		if (!fact_may_leave(r, case_attr(because, "item")))
			return false;
	return true;
}

static void
cut_dimension(struct releasing *r, const xmlNode *dimension,
    struct ih_writer *w)
{
	ih_open(w, "dimension");
	case_put_all(w, dimension, NULL);
	for (const xmlNode *n = ih_child(dimension, "indicator"); n;
	     n = ih_next(n, "indicator"))
		if (r->profile->assessment == IH_INDICATORS &&
		    indicator_may_leave(r, n))
			ih_copy(w, n);
	ih_close(w);
}

/* Of an assessment: outcome, counts, perhaps the questions still open. */
static bool
child_may_leave(struct releasing *r, const xmlNode *node)
{
	return ih_is(node, "outcome") || ih_is(node, "unanswered") ||
	       (ih_is(node, "settle") &&
		   r->profile->assessment == IH_INDICATORS &&
		   fact_may_leave(r, case_attr(node, "item")));
}

static void
cut_child(struct releasing *r, const xmlNode *node, struct ih_writer *w)
{
	if (child_may_leave(r, node))
		ih_copy(w, node);
	else if (ih_is(node, "dimension") &&
		 r->profile->assessment >= IH_DIMENSIONS)
		cut_dimension(r, node, w);
}

/* The first one alone, which is the main one: whoever receives the answers
 * judges them by the frameworks of its own country. */
static void
cut_assessment(struct releasing *r, struct ih_writer *w)
{
	const xmlNode *a = case_assessment(r->root);
	/* With the digest one could try what was left out until it fits. */
	const struct case_other others[] = { { "answers-digest", WITHHELD },
		{ "answers", interview_there(r) } };

	if (r->profile->assessment == IH_NO_ASSESSMENT || a == NULL ||
	    !is_wanted(r, "facts"))
		return;
	ih_open(w, "assessment");
	ih_put(w, "xmlns", ASSESSMENT_SPACE);
	case_put_others(w, a, others, sizeof others / sizeof others[0]);
	for (const xmlNode *n = ih_child(a, NULL); n; n = ih_next(n, NULL))
		cut_child(r, n, w);
	ih_close(w);
}

/* Rows NAME, where ATTRIBUTE is the recipient, or "any". */
static void
cut_rows(struct releasing *r, const char *name, const char *attribute,
    struct ih_writer *w)
{
	for (const xmlNode *n = case_child(r->root, CASE_SPACE, name); n;
	     n = case_next(n, CASE_SPACE, name))
		if (case_same(n, attribute, "any") ||
		    case_same(n, attribute, r->release->recipient))
			ih_copy(w, n);
}

/* What was determined and by which body; not who signed, nor why. */
static void
cut_determinations(struct releasing *r, struct ih_writer *w)
{
	static const char *const kept[] = { "state", "body", "law", "date" };

	for (const xmlNode *n =
		 case_child(r->root, CASE_SPACE, "determination");
	     n; n = case_next(n, CASE_SPACE, "determination")) {
		ih_open(w, "determination");
		for (size_t i = 0; i < sizeof kept / sizeof kept[0]; i++)
			ih_put_if(w, kept[i], ih_attr(n, kept[i]));
		ih_put(w, "article", case_attr(n, "article"));
		ih_close(w);
	}
}

static bool
write_cut(struct releasing *r, const xmlNode *identity, struct ih_buffer *out)
{
	static const char *const kept[] = { "committee", "opened",
		"pseudonym" };
	struct ih_writer w = ih_write_to(out);

	ih_open(&w, "case");
	ih_put(&w, "xmlns", CASE_SPACE);
	ih_put(&w, "version", case_attr(r->root, "version"));
	ih_put(&w, "code", code_there(r));
	for (size_t i = 0; i < sizeof kept / sizeof kept[0]; i++)
		ih_put_if(&w, kept[i], case_attr(r->root, kept[i]));
	ih_put(&w, "profile", r->profile->id);
	ih_put_if(&w, "training", case_attr(r->root, "training"));
	cut_status(r, &w);
	cut_identity(r, identity, &w);
	cut_answers(r, &w);
	cut_assessment(r, &w);
	if (r->profile->determination && is_wanted(r, "facts"))
		cut_determinations(r, &w);
	if (r->profile->consent && is_wanted(r, "facts"))
		cut_rows(r, "consent", "recipient", &w);
	if (r->profile->referral && is_wanted(r, "facts"))
		cut_rows(r, "referral", "to", &w);
	ih_close(&w);
	return ih_write_end(&w, r->err);
}

/* The root of the identity; NULL and true where there is none. */
static bool
find_identity(struct releasing *r, const xmlDoc *doc, const xmlNode **identity)
{
	*identity = NULL;
	if (doc == NULL)
		return true;
	*identity = case_root(doc, CASE_SPACE, "identity");
	if (*identity == NULL)
		return ih_fail(r->err, IH_INPUT, "this is no identity");
	return (case_same(*identity, "case", case_attr(r->root, "code")) &&
		   case_same(*identity, "answers",
		       case_attr(r->asked, "id"))) ||
	       ih_fail(r->err, IH_INPUT, "facts and identity are of two cases");
}

/* ---- all that was asked for, or nothing */

/* The category of ITEM in LIST; NULL: it is not there. */
static const char *
category_in(const struct ih_allowed *list, size_t count, const char *item,
    const char *usual)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(list[i].id, item) == 0)
			return list[i].category != NULL ? list[i].category :
							  usual;
	return NULL;
}

static const char *
category_of(const struct releasing *r, const struct ih_item *item)
{
	const struct ih_profile *p = r->profile;

	if (item->part == IH_IDENTITY)
		return category_in(p->identity, p->identity_count, item->id,
		    "identity");
	return is_in_section(r, item) ?
		   "facts" :
		   category_in(p->items, p->item_count, item->id, "facts");
}

static bool
is_told(struct releasing *r, const xmlNode *who, const struct ih_item *item)
{
	bool fact = item->part == IH_FACTS;
	const xmlNode *n = fact ? answer_to(r, item) :
			   who != NULL ?
				  case_child(who, ANSWERS_SPACE, "answer") :
				  NULL;

	while (!fact && n != NULL && !case_same(n, "item", item->id))
		n = case_next(n, ANSWERS_SPACE, "answer");
	return n != NULL && ih_child(n, "value") != NULL &&
	       (fact ? fact_may_leave(r, item->id) :
		       identity_may_leave(r, item->id));
}

/* Is anything of CATEGORY there to tell? */
static bool
is_held(struct releasing *r, const xmlNode *who, const char *category)
{
	const struct ih_instrument *instrument = r->release->instrument;

	for (size_t i = 0; i < instrument->item_count; i++) {
		const char *its = category_of(r, &instrument->items[i]);

		if (its != NULL && strcmp(its, category) == 0 &&
		    is_told(r, who, &instrument->items[i]))
			return true;
	}
	return false;
}

static bool
may_be_told(struct releasing *r, const char *category)
{
	for (int flag = 0; flag < IH_FLAGS; flag++)
		if (is_flagged(r, (enum ih_flag)flag, category))
			return refuse(r, ih_flag_code((enum ih_flag)flag));
	return is_agreed(r, category) || refuse(r, "E_CONSENT");
}

/* Who asked for two things and got one would not know what the other lacks. */
static bool
answers_all(struct releasing *r, const xmlNode *who)
{
	const struct ih_data_category *one;

	for (size_t i = 0; (one = ih_data_category(i)) != NULL; i++)
		if (ih_consent_names(r->release->only, one->id) &&
		    (!may_be_told(r, ih_data_category_of(one->part)) ||
			!may_be_told(r, one->id) ||
			(!is_held(r, who, one->id) &&
			    !refuse(r, "E_NOTHING_HELD"))))
			return false;
	return true;
}

static bool
cut(struct releasing *r, const xmlDoc *identity, struct ih_buffer *out)
{
	IH_OWNED(ih_buffer) bytes = ih_buffer_new();
	const xmlNode *who;

	if (!pass_gate(r) || !find_identity(r, identity, &who) ||
	    (r->release->only != NULL && !answers_all(r, who)))
		return false;
	if (r->profile->anonymous ? !notice_write(r->release, r->profile,
					r->root, r->answers, bytes, r->err) :
				    !write_cut(r, who, bytes) || r->broken)
		return false;
	ih_buffer_add(out, bytes->data, bytes->size);
	return true;
}

bool
ih_release_cut(const struct ih_release *release, xmlDoc *facts,
    xmlDoc *identity, struct ih_buffer *out, struct ih_error *err)
{
	IH_OWNED(ih_arena) arena = ih_arena_new();
	struct releasing r = { .release = release,
		.facts = facts,
		.arena = arena,
		.err = err };
	bool done = cut(&r, identity, out);

	ih_answers_free(r.answers);
	return done;
}

/* ---- the floor: what no profile may name */

static bool
names_only(const struct ih_mechanism *mechanism,
    const struct ih_profile *profile, const struct ih_allowed *list,
    size_t count, enum ih_part part, const struct ih_instrument *instrument,
    struct ih_error *err)
{
	for (size_t i = 0; i < count; i++) {
		const struct ih_item *item =
		    ih_instrument_item(instrument, list[i].id);

		if (item != NULL && item->part != part)
			return ih_fail_code(err, IH_INPUT, "E_RELEASE_FLOOR",
			    "mechanism %s, profile %s, %s: it is of the other "
			    "part of the case",
			    mechanism->code, profile->id, list[i].id);
	}
	return true;
}

bool
ih_release_check(const struct ih_mechanism *mechanism,
    const struct ih_instrument *instrument, struct ih_error *err)
{
	for (size_t i = 0; i < mechanism->profile_count; i++) {
		const struct ih_profile *p = &mechanism->profiles[i];

		if ((p->anonymous &&
			!notice_check(mechanism, p, instrument, err)) ||
		    !names_only(mechanism, p, p->items, p->item_count, IH_FACTS,
			instrument, err) ||
		    !names_only(mechanism, p, p->identity, p->identity_count,
			IH_IDENTITY, instrument, err))
			return false;
	}
	return true;
}
