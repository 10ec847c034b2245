/* This is where one question becomes a page. */
#include <string.h>

#include "interview_xml.h"

/* Does what is urgent, or whether anything may be concluded, hang on ITEM? */
static bool
decides_danger(const struct interviewing *kept, const struct ih_item *item)
{
	for (size_t f = 0; f < kept->desk->framework_count; f++) {
		const struct ih_framework *one = kept->desk->frameworks[f];

		for (size_t i = 0; i < one->urgency_count; i++)
			if (ih_condition_names(&one->urgencies[i].when,
				item->at))
				return true;
	}
	return false;
}

static bool
decides_consent(const struct interviewing *kept, const struct ih_item *item)
{
	for (size_t f = 0; f < kept->desk->framework_count; f++) {
		const struct ih_withheld *withheld =
		    &kept->desk->frameworks[f]->withheld;

		if (withheld->texts.in[IH_EN] != NULL &&
		    ih_condition_names(&withheld->where, item->at))
			return true;
	}
	return false;
}

static void
put_id(struct view *view, const char *name, const struct ih_item *item)
{
	if (item != NULL)
		ih_put(&view->w, name, item->id);
}

static void
put_head(struct view *view, const struct ih_item *item)
{
	const struct ih_sitting *sitting = view->kept->sitting;

	ih_put(&view->w, "id", item->id);
	ih_put(&view->w, "type", ih_type_name(item->type));
	ih_put(&view->w, "how", ih_how_name(item->how));
	ih_put(&view->w, "part",
	    item->part == IH_IDENTITY ? "identity" : "facts");
	if (item->type == IH_NUMBER) {
		ih_put_number(&view->w, "least", item->least);
		ih_put_number(&view->w, "most", item->most);
	}
	if (decides_danger(view->kept, item))
		ih_put(&view->w, "decides", "danger");
	else if (decides_consent(view->kept, item))
		ih_put(&view->w, "decides", "consent");
	put_id(view, "previous", ih_sitting_beside(sitting, item, -1));
	put_id(view, "next", ih_sitting_beside(sitting, item, 1));
}

static void
put_choices(struct view *view, const struct ih_item *item)
{
	const struct ih_answer *answer = &view->kept->sitting->said[item->at];

	for (size_t i = 0; item->choices != NULL && i < item->choices->count;
	     i++) {
		const struct ih_choice *choice = &item->choices->list[i];

		ih_open(&view->w, "choice");
		ih_put(&view->w, "code", choice->code);
		if ((answer->codes >> i & 1) != 0)
			ih_put(&view->w, "chosen", "yes");
		view_texts(view, &choice->texts);
		ih_close(&view->w);
	}
}

static void
put_item(struct view *view, const struct ih_item *item)
{
	const struct ih_sitting *sitting = view->kept->sitting;

	view_section(view, item->section);
	ih_open(&view->w, "item");
	put_head(view, item);
	view_both(view, "question", &item->question);
	if (item->note.in[IH_EN] != NULL)
		view_said(view, "note", &item->note);
	put_choices(view, item);
	if (ih_sitting_heard(sitting, item))
		view_answer(view, item, &sitting->said[item->at]);
	ih_close(&view->w);
	ih_close(&view->w);
}

const struct ih_item *
interviewing_item(const struct request *request, const char *id,
    struct ih_error *err)
{
	const struct ih_sitting *sitting = request->interviewing->sitting;
	const struct ih_item *item;

	if (id == NULL)
		return interviewing_next(request);
	item = ih_instrument_item(sitting->instrument, id);
	if (item == NULL) {
		ih_fail_code(err, IH_USAGE, "E_ITEM",
		    "instrument %s has no such item", sitting->instrument->id);
		return NULL;
	}
	if (ih_sitting_asks(sitting, item))
		return item;
	ih_fail_code(err, IH_STATE, "E_SKIPPED", "item \"%s\"", item->id);
	return NULL;
}

bool
interviewing_page(const struct request *request, struct ih_registry *registry,
    const char *id, struct ih_buffer *out, struct ih_error *err)
{
	const struct ih_item *item = interviewing_item(request, id, err);
	struct ih_sitting_count count =
	    ih_sitting_count(request->interviewing->sitting);
	struct view view;

	if (err->kind != IH_NONE)
		return false;
	view = view_begin(request, "interview-page", out);
	ih_open(&view.w, "progress");
	ih_put_number(&view.w, "answered", (int64_t)count.heard);
	ih_put_number(&view.w, "remaining",
	    (int64_t)(count.asked - count.heard));
	ih_put_number(&view.w, "minutes",
	    (int64_t)interviewing_minutes(registry, request));
	ih_close(&view.w);
	if (request->interviewing->so_far.urgent)
		view_urgent(&view, false);
	if (item != NULL)
		put_item(&view, item);
	return view_end(&view, err);
}
