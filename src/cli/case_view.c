/* ihala case view CODE - a case with what can be done in it, for a screen;
 * ihala case letters [CODE] - what was sent and received. */
#include <inttypes.h>
#include <string.h>

#include "case_file.h"
#include "ihala/access.h"
#include "ihala/date.h"
#include "ihala/element.h"
#include "ihala/instrument.h"
#include "ihala/lifecycle.h"
#include "ihala/subject.h"
#include "ihala/user.h"
#include "listing.h"
#include "words_keys.h"

struct viewing {
	struct request *request;
	struct ih_registry *registry;
	struct ih_lifecycle *lifecycle;
	struct ih_case_row row;
	struct ih_writer w;
};

static void
put_yes(struct ih_writer *w, const char *name, bool yes)
{
	ih_put(w, name, yes ? "yes" : "no");
}

/* ---- where it stands, and what this account may do there */

/* May it be said without a document of its own, and by this account?  What
 * only a letter, the system or another verb does is no button. */
static bool
is_offered(const struct viewing *v, enum ih_axis axis,
    const struct ih_move *move)
{
	static const char *const others[] = { "system", "recipient",
		"service-provider", "person" };
	struct ih_error unsaid = { 0 };

	for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
		if (strcmp(move->role, others[i]) == 0)
			return false;
	return axis != IH_CONSENT && !move->hold && !move->release &&
	       !move->erase && !move->propose && !move->decide && !move->tell &&
	       ih_roles_act_as(ih_registry_roles(v->registry), move->role) &&
	       case_is_written_down(v->request, axis, move->event, &unsaid);
}

static void
put_axis(struct viewing *v, enum ih_axis axis)
{
	size_t count = 0;
	const struct ih_move *moves =
	    ih_lifecycle_moves(v->lifecycle, axis, &count);

	ih_open(&v->w, "axis");
	ih_put(&v->w, "id", ih_axis_name(axis));
	ih_put(&v->w, "state", v->row.state[axis]);
	for (size_t i = 0; i < count; i++) {
		struct ih_error why = { 0 };

		if (strcmp(moves[i].from, v->row.state[axis]) != 0 ||
		    !is_offered(v, axis, &moves[i]))
			continue;
		bool here =
		    ih_case_allows(v->registry, &v->row, axis, &moves[i], &why);
		if (!here && strcmp(why.code, "E_FOUR_EYES") != 0)
			continue;
		ih_open(&v->w, "event");
		ih_put(&v->w, "id", moves[i].event);
		ih_put(&v->w, "to", moves[i].to);
		put_yes(&v->w, "four-eyes", moves[i].four_eyes);
		if (!here)
			ih_put(&v->w, "by", "another");
		ih_close(&v->w);
	}
	ih_close(&v->w);
}

static bool
put_holder(const char *user, void *with)
{
	struct viewing *v = with;

	ih_open(&v->w, "holder");
	ih_put(&v->w, "user", user);
	ih_close(&v->w);
	return true;
}

/* ---- why */

/* A line of the reasoning, with how deep it stands. */
static void
put_line(struct ih_writer *w, const char *line, size_t length)
{
	size_t depth = strspn(line, " ");
	IH_OWNED(ih_buffer) text = ih_buffer_copy(line + depth, length - depth);

	ih_open(w, "line");
	ih_put_number(w, "depth", (int64_t)(depth / 2));
	ih_say_text(w, (const char *)text->data);
	ih_close(w);
}

/* What each choice of ITEM says: screens show answers in words. */
static void
put_choices(struct viewing *v, const struct ih_item *item)
{
	for (size_t i = 0; item->choices != NULL && i < item->choices->count;
	     i++) {
		const struct ih_choice *choice = &item->choices->list[i];

		ih_open(&v->w, "choice");
		ih_put(&v->w, "item", item->id);
		ih_put(&v->w, "code", choice->code);
		ih_say_text(&v->w,
		    ih_texts_say(&choice->texts, v->request->tongue));
		ih_close(&v->w);
	}
}

/* What was asked of the facts: whoever puts an answer right names it. */
static void
put_questions(struct viewing *v, const struct ih_instrument *instrument)
{
	for (size_t i = 0; i < instrument->item_count; i++) {
		const struct ih_item *item = &instrument->items[i];
		const char *text =
		    ih_texts_say(&item->question, v->request->tongue);

		if (text == NULL)
			continue;
		ih_open(&v->w, "question");
		ih_put(&v->w, "item", item->id);
		ih_say_text(&v->w, text);
		ih_close(&v->w);
		if (v->request->at_hand != NULL)
			put_choices(v, item);
	}
}

static bool
put_reasoning(struct viewing *v, struct ih_error *err)
{
	IH_OWNED(ih_buffer) out = ih_buffer_new();
	IH_OWNED(cli_leaving) knowledge = ih_zeroed(sizeof *knowledge);

	if (!case_reasoning(v->request, v->registry, knowledge, v->row.code,
		out, err))
		return false;
	ih_open(&v->w, "reasoning");
	for (const char *at = (const char *)out->data; *at != '\0';) {
		size_t length = strcspn(at, "\n");

		if (length > strspn(at, " "))
			put_line(&v->w, at, length);
		at += length + (at[length] == '\n');
	}
	ih_close(&v->w);
	put_questions(v, knowledge->instrument);
	return true;
}

/* ---- all of it */

static bool
put_standing(struct viewing *v, struct ih_error *err)
{
	IH_OWNED(ih_buffer)
	copy = ih_subject_standing(v->registry, v->row.code, err);
	IH_OWNED(xmlDoc)
	doc = copy != NULL ? ih_xml_read("copy", copy->data, copy->size, err) :
			     NULL;

	if (doc == NULL)
		return false;
	ih_copy(&v->w, xmlDocGetRootElement(doc));
	return true;
}

static void
put_head(struct viewing *v)
{
	const struct ih_case_row *row = &v->row;
	char day[IH_DATE_TEXT];

	ih_date_format(ih_date_of_day(row->opened), day);
	ih_open(&v->w, "view");
	ih_put(&v->w, "xmlns", "urn:ihala:view:1");
	ih_put(&v->w, "code", row->code);
	ih_put_number(&v->w, "version", row->version);
	ih_put(&v->w, "opened", day);
	put_yes(&v->w, "urgent", row->urgent);
	put_yes(&v->w, "held", row->held);
	put_yes(&v->w, "named", row->has[IH_IDENTITY]);
	ih_put_if(&v->w, "origin", row->origin);
	ih_put_if(&v->w, "their-code", row->their_code);
	for (int axis = 0; axis < IH_AXES; axis++)
		put_axis(v, (enum ih_axis)axis);
}

static bool
view(struct viewing *v, struct ih_error *err)
{
	IH_OWNED(ih_buffer) out = ih_buffer_new();

	v->w = ih_write_to(out);
	put_head(v);
	/* What was taken in is laid side by side by a verb of its own. */
	if (!ih_case_holders(v->registry, v->row.code, put_holder, v, err) ||
	    (v->row.has[IH_FACTS] &&
		((v->row.origin[0] == '\0' && !put_reasoning(v, err)) ||
		    !put_standing(v, err))))
		return false;
	ih_close(&v->w);
	return ih_write_end(&v->w, err) &&
	       put_output(v->request, out->data, out->size, err);
}

bool
case_view(struct request *request, struct ih_error *err)
{
	struct viewing v = { .request = request };
	char code[IH_CODE_TEXT];

	if (request->format != FORMAT_XML)
		return ih_fail(err, IH_USAGE,
		    "it is for screens: --format xml; ihala case show is for "
		    "people");
	IH_OWNED(ih_registry) registry = open_registry(request, err);
	IH_OWNED(ih_lifecycle)
	lifecycle =
	    registry != NULL ? ih_lifecycle_read(request->library, err) : NULL;
	if (lifecycle == NULL || !case_code(request->words[0], code, err) ||
	    !ih_registry_may(registry, IH_MAY_FACTS, code, err) ||
	    !ih_case_row(registry, code, &v.row, err))
		return false;
	v.registry = registry;
	v.lifecycle = lifecycle;
	return view(&v, err);
}

/* ---- letters */

struct letters {
	struct request *request;
	struct listing *listing;
	const char *code; /* of one case; "": all */
};

static bool
list_letter(const struct ih_message *one, void *with)
{
	struct letters *l = with;
	char created[IH_INSTANT_TEXT], until[IH_INSTANT_TEXT] = "";

	if (l->code[0] != '\0' && strcmp(one->code, l->code) != 0)
		return true;
	ih_instant_format(one->created, created);
	if (one->expires > 0)
		ih_instant_format(one->expires, until);
	LISTING_ADD(l->listing, created,
	    one->direction == IH_SENT ? "sent" : "received", one->peer,
	    one->purpose,
	    ih_arena_printf(l->request->arena, "%" PRId64, one->sequence),
	    one->state, one->code, until, one->id, one->in_reply_to);
	return true;
}

bool
case_letters(struct request *request, struct ih_error *err)
{
	static const struct column columns[] = {
		{ "created", W_LOOK_CREATED, false },
		{ "direction", W_COLUMN_DIRECTION, false },
		{ "peer", W_COLUMN_PEER, false },
		{ "purpose", W_LOOK_PURPOSE, false },
		{ "sequence", W_LOOK_NUMBER, true },
		{ "state", W_COLUMN_STATE, false },
		{ "case", W_COLUMN_CASE, false },
		{ "until", W_COLUMN_UNTIL, false },
		{ "message", W_COLUMN_LETTER, false },
		{ "answers", W_COLUMN_ANSWERS, false },
	};
	struct listing listing = LISTING(request, "letters", "letter", columns);
	char code[IH_CODE_TEXT] = "";
	struct letters with = { request, &listing, code };
	IH_OWNED(ih_registry) registry = open_registry_locked(request, err);

	return registry != NULL &&
	       (request->count == 0 ||
		   case_code(request->words[0], code, err)) &&
	       ih_message_each(registry, list_letter, &with, err) &&
	       listing_print(&listing, request, err);
}
