/* This is where an interview is told in plain text. */
#include "interview_text.h"

#include "ihala/explain.h"
#include "words_keys.h"

/* What a person wrote is shown as it is; all else in words. */
static const char *
in_words(const struct request *request, const struct ih_item *item,
    const struct ih_answer *answer)
{
	return item->type == IH_TEXT && answer->state == IH_GIVEN ?
		   answer->text :
		   ih_explain_answer(item, answer, request->tongue,
		       request->arena);
}

static void
tell_part(const struct request *request, size_t section, struct ih_buffer *out)
{
	const struct ih_sitting *sitting = request->interviewing->sitting;
	const struct ih_texts *title =
	    &sitting->instrument->sections[section].title;
	size_t of = 0, place = ih_sitting_section(sitting, section, &of);

	ih_buffer_printf(out, "%s\n",
	    ih_say(request->arena, request->tongue, W_INTERVIEW_PART,
		IH_NUM(place), IH_NUM(of),
		IH_ARG(ih_texts_say(title, request->tongue))));
}

/* ---- one question */

static void
tell_choices(const struct request *request, const struct ih_item *item,
    const struct ih_tongue tongues[], size_t count, struct ih_buffer *out)
{
	for (size_t i = 0; item->choices != NULL && i < item->choices->count;
	     i++) {
		const struct ih_choice *choice = &item->choices->list[i];

		ih_buffer_printf(out, "  %s  %s", choice->code,
		    ih_texts_say(&choice->texts, tongues[0]));
		if (count > 1)
			ih_buffer_printf(out, "  %s",
			    ih_texts_say(&choice->texts, tongues[1]));
		ih_buffer_text(out, "\n");
	}
	if (item->type == IH_NUMBER)
		ih_buffer_printf(out, "  %s\n",
		    ih_say(request->arena, tongues[0], W_INTERVIEW_FROM_TO,
			IH_NUM(item->least), IH_NUM(item->most)));
}

static void
tell_item(const struct request *request, const struct ih_item *item,
    struct ih_buffer *out)
{
	const struct ih_sitting *sitting = request->interviewing->sitting;
	struct ih_tongue tongues[2];
	size_t count = interviewing_tongues(request, tongues);
	const char *note = ih_texts_say(&item->note, tongues[0]);

	tell_part(request, item->section, out);
	ih_buffer_printf(out, "%s\n", item->id);
	for (size_t i = 0; i < count; i++)
		ih_buffer_printf(out, "%s\n",
		    ih_texts_say(&item->question, tongues[i]));
	if (note != NULL)
		ih_buffer_printf(out, "%s\n",
		    ih_say(request->arena, tongues[0], W_INTERVIEW_NOTE,
			IH_ARG(note)));
	tell_choices(request, item, tongues, count, out);
	if (ih_sitting_heard(sitting, item))
		ih_buffer_printf(out, "%s\n",
		    ih_say(request->arena, tongues[0], W_INTERVIEW_SO_FAR,
			IH_ARG(in_words(request, item,
			    &sitting->said[item->at]))));
}

bool
interview_tell_item(const struct request *request, const char *id,
    struct ih_buffer *out, struct ih_error *err)
{
	const struct ih_item *item = interviewing_item(request, id, err);
	const struct so_far all = request->interviewing->so_far;

	if (err->kind != IH_NONE)
		return false;
	if (all.urgent)
		ih_buffer_printf(out, "%s\n",
		    word(request, W_INTERVIEW_URGENT));
	if (item != NULL)
		tell_item(request, item, out);
	else
		ih_buffer_printf(out, "%s\n",
		    word(request, all.declined ? W_INTERVIEW_DECLINED :
						 W_INTERVIEW_ALL_ASKED));
	return true;
}

/* ---- all that was said */

typedef bool
is_told(const struct ih_sitting *sitting, const struct ih_item *item);

static bool
is_answered(const struct ih_sitting *sitting, const struct ih_item *item)
{
	return ih_sitting_asks(sitting, item) &&
	       sitting->stands[item->at].state != IH_BLANK;
}

static bool
is_left(const struct ih_sitting *sitting, const struct ih_item *item)
{
	return ih_sitting_asks(sitting, item) &&
	       sitting->stands[item->at].state == IH_BLANK;
}

static bool
is_aside(const struct ih_sitting *sitting, const struct ih_item *item)
{
	return ih_sitting_heard(sitting, item) &&
	       !ih_sitting_asks(sitting, item);
}

/* Those that ARE, under TITLE; NULL: under that of each section. */
static void
tell_those(const struct request *request, is_told *are, const char *title,
    struct ih_buffer *out)
{
	const struct ih_sitting *sitting = request->interviewing->sitting;
	const struct ih_instrument *instrument = sitting->instrument;
	size_t section = instrument->section_count; /* none yet */

	for (size_t i = 0; i < instrument->item_count; i++) {
		const struct ih_item *item = &instrument->items[i];

		if (!are(sitting, item))
			continue;
		if (title == NULL && item->section != section)
			tell_part(request, item->section, out);
		else if (section == instrument->section_count)
			ih_buffer_printf(out, "%s\n", word(request, title));
		section = item->section;
		ih_buffer_printf(out, "  %s: %s\n    %s\n", item->id,
		    ih_texts_say(&item->question, request->tongue),
		    in_words(request, item, &sitting->said[item->at]));
	}
}

void
interview_tell_all(const struct request *request, struct ih_buffer *out)
{
	tell_those(request, is_answered, NULL, out);
	tell_those(request, is_left, W_INTERVIEW_OPEN, out);
	tell_those(request, is_aside, W_INTERVIEW_ASIDE, out);
}

/* ---- what it supports */

static void
tell_calls(const struct request *request, struct ih_buffer *out)
{
	const struct ih_mechanism *mechanism = request->interviewing->mechanism;

	for (size_t i = 0; i < mechanism->hotline_count; i++) {
		const struct ih_hotline *line = &mechanism->hotlines[i];

		ih_buffer_printf(out, "%s\n",
		    ih_say(request->arena, request->tongue, W_INTERVIEW_CALL,
			IH_ARG(line->number),
			IH_ARG(ih_texts_say(&line->callers, request->tongue)),
			IH_ARG(line->source.checked)));
	}
}

void
interview_tell_assessment(const struct request *request, struct ih_buffer *out)
{
	const struct desk *desk = request->interviewing->desk;
	struct ih_answers answers =
	    ih_sitting_so_far(request->interviewing->sitting);
	struct ih_assessment *all[DESK_FRAMEWORKS];
	size_t count = 0;

	tell_calls(request, out);
	for (size_t i = 0; i < desk->framework_count; i++)
		if (desk_judges(request, desk->frameworks[i], &answers))
			all[count++] = ih_assess(desk->frameworks[i], &answers);
	if (count > 0)
		ih_explain_all(all, count, request->tongue, out);
	while (count > 0)
		ih_assessment_free(all[--count]);
}
