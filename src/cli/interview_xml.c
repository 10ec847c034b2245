/* This is where an interview is written down for a screen. */
#include "interview_xml.h"

#include <stdio.h>

#include "ihala/explain.h"
#include "words_keys.h"

#define SPACE "urn:ihala:interview:1"

struct view
view_begin(const struct request *request, const char *name,
    struct ih_buffer *out)
{
	const struct interviewing *kept = request->interviewing;
	struct view view = { .request = request,
		.kept = kept,
		.w = ih_write_to(out) };
	char day[IH_DATE_TEXT];

	view.tongue_count = interviewing_tongues(request, view.tongues);
	ih_date_format(ih_date_of_day(kept->row.expires), day);
	for (size_t i = 0; i < view.tongue_count; i++)
		ih_tongue_tag(view.tongues[i], view.tags[i]);
	ih_open(&view.w, name);
	ih_put(&view.w, "xmlns", SPACE);
	ih_put(&view.w, "draft", kept->row.code);
	ih_put_number(&view.w, "version", kept->row.version);
	ih_put(&view.w, "xml:lang", view.tags[0]);
	ih_put(&view.w, "language", kept->sitting->head.language);
	ih_put(&view.w, "instrument", kept->desk->instrument->id);
	ih_put(&view.w, "channel", kept->sitting->head.channel);
	ih_put_instant(&view.w, "begun", kept->row.begun);
	ih_put_instant(&view.w, "saved", kept->row.saved);
	ih_put(&view.w, "kept-until", day);
	view_yes(&view, "training", kept->sitting->head.training);
	view_yes(&view, "urgent", kept->so_far.urgent);
	view_yes(&view, "declined", kept->so_far.declined);
	view_both(&view, "title", &kept->desk->instrument->title);
	return view;
}

bool
view_end(struct view *view, struct ih_error *err)
{
	ih_close(&view->w);
	return ih_write_end(&view->w, err);
}

void
view_yes(struct view *view, const char *name, bool yes)
{
	ih_put(&view->w, name, yes ? "yes" : "no");
}

/* ---- texts */

static void
put_text(struct view *view, size_t tongue, const char *text)
{
	if (text == NULL)
		return;
	ih_open(&view->w, "text");
	ih_put(&view->w, "xml:lang", view->tags[tongue]);
	ih_say_text(&view->w, text);
	ih_close(&view->w);
}

void
view_texts(struct view *view, const struct ih_texts *texts)
{
	for (size_t i = 0; i < view->tongue_count; i++)
		put_text(view, i, ih_texts_say(texts, view->tongues[i]));
}

void
view_text(struct view *view, const struct ih_texts *texts)
{
	put_text(view, 0, ih_texts_say(texts, view->tongues[0]));
}

void
view_word(struct view *view, const char *key)
{
	put_text(view, 0, ih_word(view->tongues[0], key));
}

void
view_both(struct view *view, const char *name, const struct ih_texts *texts)
{
	ih_open(&view->w, name);
	view_texts(view, texts);
	ih_close(&view->w);
}

void
view_said(struct view *view, const char *name, const struct ih_texts *texts)
{
	ih_open(&view->w, name);
	view_text(view, texts);
	ih_close(&view->w);
}

/* ---- questions and answers */

static void
put_values(struct view *view, const struct ih_item *item,
    const struct ih_answer *answer)
{
	if (item->type == IH_TEXT) {
		ih_leaf(&view->w, "value", answer->text);
		return;
	}
	if (item->choices == NULL) {
		ih_leaf(&view->w, "value",
		    ih_explain_answer(item, answer, view->tongues[0],
			view->request->arena));
		return;
	}
	for (size_t i = 0; i < item->choices->count; i++)
		if ((answer->codes >> i & 1) != 0)
			ih_leaf(&view->w, "value", item->choices->list[i].code);
}

/* What a person wrote is shown as it is; all else in words. */
void
view_answer(struct view *view, const struct ih_item *item,
    const struct ih_answer *answer)
{
	const char *text = item->type == IH_TEXT && answer->state == IH_GIVEN ?
			       answer->text :
			       ih_explain_answer(item, answer, view->tongues[0],
				   view->request->arena);

	ih_open(&view->w, "answer");
	ih_put(&view->w, "state", ih_state_name((enum ih_state)answer->state));
	ih_put_if(&view->w, "by", ih_by_name((enum ih_by)answer->by));
	if (answer->state == IH_GIVEN)
		put_values(view, item, answer);
	put_text(view, 0, text);
	ih_close(&view->w);
}

void
view_section(struct view *view, size_t at)
{
	const struct ih_section *section =
	    &view->kept->desk->instrument->sections[at];
	const struct ih_pace *pace = &view->kept->sitting->paces[at];
	size_t count = 0,
	       place = ih_sitting_section(view->kept->sitting, at, &count);

	ih_open(&view->w, "section");
	ih_put(&view->w, "id", section->id);
	ih_put_number(&view->w, "number", (int64_t)place);
	ih_put_number(&view->w, "of", (int64_t)count);
	if (pace->answers > 0) {
		ih_put_instant(&view->w, "first", pace->first);
		ih_put_instant(&view->w, "last", pace->last);
	}
	view_both(view, "title", &section->title);
}

void
view_source(struct view *view, const struct ih_source *source)
{
	ih_open(&view->w, "source");
	ih_put_if(&view->w, "confidence", source->confidence);
	ih_put_if(&view->w, "article", source->article);
	ih_put_if(&view->w, "checked", source->checked);
	ih_say_text(&view->w, source->text);
	ih_close(&view->w);
}

/* ---- danger */

static void
put_dangers(struct view *view, const struct ih_framework *framework,
    const struct ih_bounds *bounds, enum ih_three present)
{
	for (size_t i = 0; i < framework->urgency_count; i++) {
		const struct ih_apart_row *row = &framework->urgencies[i];

		if (bounds->urgencies[i] != present)
			continue;
		ih_open(&view->w, "danger");
		ih_put(&view->w, "id", row->id);
		ih_put(&view->w, "state", present == IH_TRUE ? "now" : "check");
		ih_put(&view->w, "status", row->status);
		view_text(view, &row->texts);
		view_source(view, &row->source);
		ih_close(&view->w);
	}
}

static void
put_all_dangers(struct view *view, enum ih_three present)
{
	const struct desk *desk = view->kept->desk;
	struct ih_answers answers = ih_sitting_so_far(view->kept->sitting);
	IH_OWNED(ih_arena) arena = ih_arena_new();

	for (size_t i = 0; i < desk->framework_count; i++) {
		const struct ih_framework *framework = desk->frameworks[i];
		struct ih_bounds bounds;

		if (framework->urgency_count == 0 ||
		    !desk_judges(view->request, framework, &answers))
			continue;
		bounds = ih_bounds_new(framework, arena);
		ih_bounds_find(framework, answers.answers, &bounds);
		put_dangers(view, framework, &bounds, present);
	}
}

void
view_urgent(struct view *view, bool check)
{
	const struct ih_mechanism *mechanism = view->kept->mechanism;

	ih_open(&view->w, "urgent");
	put_all_dangers(view, IH_TRUE);
	if (check)
		put_all_dangers(view, IH_UNDETERMINED);
	for (size_t i = 0; i < mechanism->hotline_count; i++) {
		const struct ih_hotline *line = &mechanism->hotlines[i];

		ih_open(&view->w, "call");
		ih_put(&view->w, "number", line->number);
		view_texts(view, &line->callers);
		view_source(view, &line->source);
		ih_close(&view->w);
	}
	ih_close(&view->w);
}
