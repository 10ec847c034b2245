/* This is where two instruments are laid side by side. */
#include "ihala/difference.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ihala/buffer.h"

/* clang-format off */
static const struct {
	const char *name;
	enum ih_effect effect;
} whats[IH_DIFF_WHATS] = {
	[IH_DIFF_TITLE] =	    { "title", IH_WORDING },
	[IH_DIFF_SECTION_ADDED] =   { "section-added", IH_COMPARABLE },
	[IH_DIFF_SECTION_REMOVED] = { "section-removed", IH_COMPARABLE },
	[IH_DIFF_SECTION_MOVED] =   { "section-moved", IH_COMPARABLE },
	[IH_DIFF_SECTION_TITLE] =   { "section-title", IH_WORDING },
	[IH_DIFF_SECTION_SKIP] =    { "section-skip", IH_NOT_COMPARABLE },
	[IH_DIFF_ITEM_ADDED] =	    { "item-added", IH_COMPARABLE },
	[IH_DIFF_ITEM_REMOVED] =    { "item-removed", IH_NOT_COMPARABLE },
	[IH_DIFF_ITEM_MOVED] =	    { "item-moved", IH_COMPARABLE },
	[IH_DIFF_ITEM_SECTION] =    { "item-section", IH_COMPARABLE },
	[IH_DIFF_ITEM_QUESTION] =   { "item-question", IH_WORDING },
	[IH_DIFF_ITEM_NOTE] =	    { "item-note", IH_WORDING },
	[IH_DIFF_ITEM_TYPE] =	    { "item-type", IH_NOT_COMPARABLE },
	[IH_DIFF_ITEM_SEVERAL] =    { "item-several", IH_COMPARABLE },
	[IH_DIFF_ITEM_WIDER] =	    { "item-wider", IH_COMPARABLE },
	[IH_DIFF_ITEM_RANGE] =	    { "item-range", IH_NOT_COMPARABLE },
	[IH_DIFF_ITEM_HOW] =	    { "item-how", IH_NOT_COMPARABLE },
	[IH_DIFF_ITEM_PART] =	    { "item-part", IH_NOT_COMPARABLE },
	[IH_DIFF_ITEM_LIST] =	    { "item-list", IH_NOT_COMPARABLE },
	[IH_DIFF_ITEM_LIST_MORE] =  { "item-list-more", IH_COMPARABLE },
	[IH_DIFF_ITEM_SKIP] =	    { "item-skip", IH_NOT_COMPARABLE },
	[IH_DIFF_CODE_ADDED] =	    { "code-added", IH_COMPARABLE },
	[IH_DIFF_CODE_REMOVED] =    { "code-removed", IH_NOT_COMPARABLE },
	[IH_DIFF_CODE_MOVED] =	    { "code-moved", IH_COMPARABLE },
	[IH_DIFF_CODE_TEXT] =	    { "code-text", IH_WORDING },
};
/* clang-format on */

static const char *const effects[IH_EFFECTS] = {
	[IH_WORDING] = "wording",
	[IH_COMPARABLE] = "comparable",
	[IH_NOT_COMPARABLE] = "not-comparable",
};

static const char *const touch_names[IH_TOUCHES] = {
	[IH_TOUCH_NONE] = "",
	[IH_TOUCH_REMOVED] = "removed",
	[IH_TOUCH_TYPE] = "type",
	[IH_TOUCH_CODE] = "code",
	[IH_TOUCH_RANGE] = "range",
	[IH_TOUCH_SKIPPED] = "skipped",
	[IH_TOUCH_NOT_ASKED] = "not-asked",
};

const char *
ih_difference_name(enum ih_difference_what what)
{
	return whats[what].name;
}

enum ih_effect
ih_difference_effect(enum ih_difference_what what)
{
	return whats[what].effect;
}

const char *
ih_effect_name(enum ih_effect effect)
{
	return effects[effect];
}

const char *
ih_touch_name(enum ih_touch touch)
{
	return touch_names[touch];
}

static void
add(struct ih_differences *d, struct ih_difference one)
{
	d->list =
	    ih_arena_more(d->arena, d->list, d->count, &d->room, sizeof one);
	d->list[d->count++] = one;
	d->of[whats[one.what].effect]++;
}

static void
add_one(struct ih_differences *d, enum ih_difference_what what,
    const char *place)
{
	add(d, (struct ih_difference){ .what = what, .place = place });
}

/* What is different from WAS to NOW, two words; nothing where they are one. */
static void
add_words(struct ih_differences *d, enum ih_difference_what what,
    const char *place, const char *was, const char *now)
{
	if (strcmp(was, now) != 0)
		add(d, (struct ih_difference){ what, place, NULL, NULL, was,
			   now });
}

/* ---- texts, language by language */

static bool
same_text(const char *a, const char *b)
{
	return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

/* What TEXTS has for TAG itself: not the neutral words. */
static const char *
variant_of(const struct ih_texts *texts, const char *tag)
{
	for (size_t i = 0; i < texts->variant_count; i++)
		if (strcmp(texts->variants[i].tag, tag) == 0)
			return texts->variants[i].text;
	return NULL;
}

static void
compare_texts(struct ih_differences *d, struct ih_difference about,
    const struct ih_texts *was, const struct ih_texts *now)
{
	for (int l = 0; l < IH_LANGS; l++) {
		about.tag = ih_lang_tag((enum ih_lang)l);
		about.was = was->in[l];
		about.now = now->in[l];
		if (!same_text(about.was, about.now))
			add(d, about);
	}
	for (size_t i = 0; i < was->variant_count; i++) {
		about.tag = was->variants[i].tag;
		about.was = was->variants[i].text;
		about.now = variant_of(now, about.tag);
		if (!same_text(about.was, about.now))
			add(d, about);
	}
	for (size_t i = 0; i < now->variant_count; i++) {
		about.tag = now->variants[i].tag;
		about.was = NULL;
		about.now = now->variants[i].text;
		if (variant_of(was, about.tag) == NULL)
			add(d, about);
	}
}

/* ---- what was moved among its like */

/*
 * The fewest to move so that the rest keeps its order: those outside the
 * longest rising run of ORDER, places in the new instrument (-1: removed).
 * MOVED has a flag for each of COUNT.
 */
static void
find_moved(struct ih_arena *arena, const long *order, size_t count, bool *moved)
{
	size_t *length = ih_arena_take(arena, (count + 1) * sizeof *length);
	size_t *after = ih_arena_take(arena, (count + 1) * sizeof *after);
	size_t best = count;

	for (size_t i = count; i-- > 0;) {
		moved[i] = order[i] >= 0;
		if (order[i] < 0)
			continue;
		length[i] = 1;
		after[i] = count;
		for (size_t k = i + 1; k < count; k++)
			if (order[k] > order[i] && length[k] >= length[i]) {
				length[i] = length[k] + 1;
				after[i] = k;
			}
		if (best == count || length[i] >= length[best])
			best = i;
	}
	for (; best < count; best = after[best])
		moved[best] = false;
}

/* ---- choices */

static const struct ih_choices *
list_named(const struct ih_instrument *instrument, const char *id)
{
	for (size_t i = 0; i < instrument->list_count; i++)
		if (strcmp(instrument->lists[i].id, id) == 0)
			return &instrument->lists[i];
	return NULL;
}

static int
find_code(const struct ih_choices *list, const struct ih_choice *choice)
{
	return ih_choices_find(list, choice->code, choice->length);
}

static void
compare_codes(struct ih_differences *d, const struct ih_choices *was,
    const struct ih_choices *now)
{
	long order[IH_CODES_MAX] = { 0 };
	bool moved[IH_CODES_MAX] = { false };

	for (size_t c = 0; c < was->count; c++)
		order[c] = find_code(now, &was->list[c]);
	find_moved(d->arena, order, was->count, moved);
	for (size_t c = 0; c < was->count; c++) {
		struct ih_difference about = { .what = IH_DIFF_CODE_REMOVED,
			.place = was->id,
			.code = was->list[c].code };

		if (order[c] < 0) {
			add(d, about);
			continue;
		}
		about.what = IH_DIFF_CODE_MOVED;
		if (moved[c])
			add(d, about);
		about.what = IH_DIFF_CODE_TEXT;
		compare_texts(d, about, &was->list[c].texts,
		    &now->list[order[c]].texts);
	}
	for (size_t c = 0; c < now->count; c++)
		if (find_code(was, &now->list[c]) < 0)
			add(d,
			    (struct ih_difference){ .what = IH_DIFF_CODE_ADDED,
				.place = now->id,
				.code = now->list[c].code });
}

/* A list that only one of them has matters where an item takes it. */
static void
compare_lists(struct ih_differences *d)
{
	for (size_t i = 0; i < d->was->list_count; i++) {
		const struct ih_choices *now =
		    list_named(d->now, d->was->lists[i].id);

		if (now != NULL)
			compare_codes(d, &d->was->lists[i], now);
	}
}

/* Has NOW each code of WAS? */
static bool
holds_codes(const struct ih_choices *now, const struct ih_choices *was)
{
	for (size_t c = 0; c < was->count; c++)
		if (find_code(now, &was->list[c]) < 0)
			return false;
	return true;
}

/* ---- skips, as text: places differ between instruments, ids do not */

static int
by_text(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void
write_codes(struct ih_buffer *out, const struct ih_choices *list,
    uint64_t codes)
{
	const char *sorted[IH_CODES_MAX] = { NULL };
	size_t count = 0;

	for (size_t c = 0; list != NULL && c < list->count; c++)
		if ((codes >> c & 1) != 0)
			sorted[count++] = list->list[c].code;
	qsort(sorted, count, sizeof *sorted, by_text);
	for (size_t c = 0; c < count; c++)
		ih_buffer_printf(out, "%s%s", c == 0 ? "=" : "|", sorted[c]);
}

static void
write_range(struct ih_buffer *out, const struct ih_op *op)
{
	ih_buffer_text(out, "=");
	if (op->least != INT64_MIN)
		ih_buffer_printf(out, "%lld", (long long)op->least);
	ih_buffer_text(out, "..");
	if (op->most != INT64_MAX)
		ih_buffer_printf(out, "%lld", (long long)op->most);
}

static const char *
atom_text(struct ih_arena *arena, const struct ih_instrument *instrument,
    const struct ih_op *op)
{
	const struct ih_item *item = &instrument->items[op->item];
	IH_OWNED(ih_buffer) out = ih_buffer_new();

	ih_buffer_text(out, item->id);
	if (op->what == IH_OP_CODES)
		write_codes(out, item->choices, op->codes);
	else if (op->what == IH_OP_RANGE)
		write_range(out, op);
	return ih_arena_text(arena, (const char *)out->data);
}

/* In the words of the data: "all(age=..17, not(safe=yes))".  "" where there
 * is none: always asked. */
static const char *
skip_text(struct ih_arena *arena, const struct ih_instrument *instrument,
    const struct ih_condition *condition)
{
	const char *stack[IH_CONDITION_DEPTH] = { "" };
	size_t top = 0;

	for (size_t i = 0; i < condition->count; i++) {
		const struct ih_op *op = &condition->ops[i];

		if (op->what == IH_OP_NOT) {
			stack[top - 1] =
			    ih_arena_printf(arena, "not(%s)", stack[top - 1]);
		} else if (op->what == IH_OP_ALL || op->what == IH_OP_ANY) {
			top--;
			stack[top - 1] = ih_arena_printf(arena, "%s(%s, %s)",
			    op->what == IH_OP_ALL ? "all" : "any",
			    stack[top - 1], stack[top]);
		} else {
			stack[top++] = atom_text(arena, instrument, op);
		}
	}
	return stack[0];
}

static void
compare_skips(struct ih_differences *d, enum ih_difference_what what,
    const char *place, const struct ih_condition *was,
    const struct ih_condition *now)
{
	add_words(d, what, place, skip_text(d->arena, d->was, was),
	    skip_text(d->arena, d->now, now));
}

/* ---- items */

static const char *
range_text(struct ih_arena *arena, const struct ih_item *item)
{
	return ih_arena_printf(arena, "%lld..%lld", (long long)item->least,
	    (long long)item->most);
}

static void
compare_types(struct ih_differences *d, const struct ih_item *was,
    const struct ih_item *now)
{
	bool several = was->type == IH_CHOICE && now->type == IH_CHOICES;

	add_words(d, several ? IH_DIFF_ITEM_SEVERAL : IH_DIFF_ITEM_TYPE,
	    was->id, ih_type_name(was->type), ih_type_name(now->type));
	if (was->type == IH_NUMBER && now->type == IH_NUMBER)
		add_words(d,
		    now->least <= was->least && now->most >= was->most ?
			IH_DIFF_ITEM_WIDER :
			IH_DIFF_ITEM_RANGE,
		    was->id, range_text(d->arena, was),
		    range_text(d->arena, now));
	if (was->choices != NULL && now->choices != NULL)
		add_words(d,
		    holds_codes(now->choices, was->choices) ?
			IH_DIFF_ITEM_LIST_MORE :
			IH_DIFF_ITEM_LIST,
		    was->id, was->choices->id, now->choices->id);
}

static const struct ih_section *
section_of(const struct ih_instrument *instrument, const struct ih_item *item)
{
	return &instrument->sections[item->section];
}

static bool
stays(const struct ih_differences *d, const struct ih_item *was,
    const struct ih_item *now)
{
	return strcmp(section_of(d->was, was)->id,
		   section_of(d->now, now)->id) == 0;
}

/* An item that moves elsewhere comes under the skip of its new section. */
static void
compare_place(struct ih_differences *d, const struct ih_item *was,
    const struct ih_item *now, bool moved)
{
	bool same = stays(d, was, now);

	add_words(d, IH_DIFF_ITEM_SECTION, was->id, section_of(d->was, was)->id,
	    section_of(d->now, now)->id);
	if (moved)
		add_one(d, IH_DIFF_ITEM_MOVED, was->id);
	compare_skips(d, IH_DIFF_ITEM_SKIP, was->id,
	    same ? &was->own_if : &was->ask_if,
	    same ? &now->own_if : &now->ask_if);
}

static void
compare_item(struct ih_differences *d, const struct ih_item *was,
    const struct ih_item *now, bool moved)
{
	struct ih_difference about = { .what = IH_DIFF_ITEM_QUESTION,
		.place = was->id };

	compare_texts(d, about, &was->question, &now->question);
	about.what = IH_DIFF_ITEM_NOTE;
	compare_texts(d, about, &was->note, &now->note);
	compare_types(d, was, now);
	add_words(d, IH_DIFF_ITEM_HOW, was->id, ih_how_name(was->how),
	    ih_how_name(now->how));
	add_words(d, IH_DIFF_ITEM_PART, was->id,
	    was->part == IH_IDENTITY ? "identity" : "facts",
	    now->part == IH_IDENTITY ? "identity" : "facts");
	compare_place(d, was, now, moved);
}

/* Those that changed places within their section. */
static void
find_moved_items(const struct ih_differences *d, bool *moved)
{
	size_t count = d->was->item_count;
	long *order = ih_arena_take(d->arena, count * sizeof *order);

	for (size_t i = 0; i < count; i++) {
		const struct ih_item *was = &d->was->items[i];
		const struct ih_item *now = ih_instrument_item(d->now, was->id);

		order[i] =
		    now != NULL && stays(d, was, now) ? (long)now->at : -1;
	}
	for (size_t s = 0; s < d->was->section_count; s++) {
		const struct ih_section *section = &d->was->sections[s];

		find_moved(d->arena, order + section->first, section->count,
		    moved + section->first);
	}
}

static void
compare_items(struct ih_differences *d)
{
	bool *moved =
	    ih_arena_take(d->arena, d->was->item_count * sizeof *moved);

	find_moved_items(d, moved);
	for (size_t i = 0; i < d->was->item_count; i++) {
		const struct ih_item *was = &d->was->items[i];
		const struct ih_item *now = ih_instrument_item(d->now, was->id);

		if (now != NULL)
			compare_item(d, was, now, moved[i]);
		else
			add_one(d, IH_DIFF_ITEM_REMOVED, was->id);
	}
	for (size_t i = 0; i < d->now->item_count; i++)
		if (ih_instrument_item(d->was, d->now->items[i].id) == NULL)
			add_one(d, IH_DIFF_ITEM_ADDED, d->now->items[i].id);
}

/* ---- sections */

static long
find_section(const struct ih_instrument *instrument, const char *id)
{
	for (size_t s = 0; s < instrument->section_count; s++)
		if (strcmp(instrument->sections[s].id, id) == 0)
			return (long)s;
	return -1;
}

static void
compare_section(struct ih_differences *d, const struct ih_section *was,
    const struct ih_section *now, bool moved)
{
	struct ih_difference about = { .what = IH_DIFF_SECTION_MOVED,
		.place = was->id };

	if (moved)
		add(d, about);
	about.what = IH_DIFF_SECTION_TITLE;
	compare_texts(d, about, &was->title, &now->title);
	compare_skips(d, IH_DIFF_SECTION_SKIP, was->id, &was->ask_if,
	    &now->ask_if);
}

static void
compare_sections(struct ih_differences *d)
{
	size_t count = d->was->section_count;
	long *order = ih_arena_take(d->arena, (count + 1) * sizeof *order);
	bool *moved = ih_arena_take(d->arena, (count + 1) * sizeof *moved);

	for (size_t s = 0; s < count; s++)
		order[s] = find_section(d->now, d->was->sections[s].id);
	find_moved(d->arena, order, count, moved);
	for (size_t s = 0; s < count; s++) {
		const struct ih_section *was = &d->was->sections[s];

		if (order[s] >= 0)
			compare_section(d, was, &d->now->sections[order[s]],
			    moved[s]);
		else
			add(d, (struct ih_difference){
				   .what = IH_DIFF_SECTION_REMOVED,
				   .place = was->id });
	}
	for (size_t s = 0; s < d->now->section_count; s++)
		if (find_section(d->was, d->now->sections[s].id) < 0)
			add(d, (struct ih_difference){
				   .what = IH_DIFF_SECTION_ADDED,
				   .place = d->now->sections[s].id });
}

struct ih_differences *
ih_differences_find(const struct ih_instrument *was,
    const struct ih_instrument *now)
{
	struct ih_arena *arena = ih_arena_new();
	struct ih_differences *d = ih_arena_take(arena, sizeof *d);

	*d = (struct ih_differences){ .arena = arena, .was = was, .now = now };
	compare_texts(d,
	    (struct ih_difference){ .what = IH_DIFF_TITLE, .place = "" },
	    &was->title, &now->title);
	compare_sections(d);
	compare_items(d);
	compare_lists(d);
	return d;
}

void
ih_differences_free(struct ih_differences *differences)
{
	if (differences != NULL)
		ih_arena_free(differences->arena);
}

/* ---- what it does to an interview */

/* The bits of the same codes in the new list; false where one is gone. */
static bool
carry_codes(const struct ih_choices *was, const struct ih_choices *now,
    uint64_t codes, uint64_t *carried)
{
	bool all = true;

	for (size_t c = 0; c < was->count; c++) {
		int at =
		    (codes >> c & 1) == 0 ? -1 : find_code(now, &was->list[c]);

		if (at >= 0)
			*carried |= UINT64_C(1) << at;
		else if ((codes >> c & 1) != 0)
			all = false;
	}
	return all;
}

static bool
types_agree(const struct ih_item *was, const struct ih_item *now)
{
	return was->type == now->type ||
	       (was->type == IH_CHOICE && now->type == IH_CHOICES);
}

/* An answer to WAS as one to NOW; what cannot be carried over is blank. */
static enum ih_touch
carry(const struct ih_item *was, const struct ih_item *now,
    const struct ih_answer *answer, struct ih_answer *carried)
{
	enum ih_touch touch = IH_TOUCH_NONE;

	*carried = *answer;
	carried->codes = 0;
	if (answer->state != IH_GIVEN)
		return IH_TOUCH_NONE;
	if (!types_agree(was, now))
		touch = IH_TOUCH_TYPE;
	else if (was->choices != NULL &&
		 !carry_codes(was->choices, now->choices, answer->codes,
		     &carried->codes))
		touch = IH_TOUCH_CODE;
	else if (was->type == IH_NUMBER &&
		 (answer->number < now->least || answer->number > now->most))
		touch = IH_TOUCH_RANGE;
	if (touch != IH_TOUCH_NONE && carried->codes == 0)
		carried->state = IH_BLANK;
	return touch;
}

/* Would it be asked, after the answers before it? */
static enum ih_touch
touch_of_skip(const struct ih_item *now, struct ih_answer *answers,
    enum ih_state stood)
{
	bool skipped = ih_condition_holds(&now->ask_if, answers) == IH_FALSE;

	if (skipped)
		answers[now->at] = (struct ih_answer){ .state = IH_NOT_ASKED };
	else if (answers[now->at].state == IH_NOT_ASKED)
		answers[now->at].state = IH_BLANK;
	if (skipped == (stood == IH_NOT_ASKED))
		return IH_TOUCH_NONE;
	return skipped ? IH_TOUCH_SKIPPED : IH_TOUCH_NOT_ASKED;
}

static bool
is_answer(const struct ih_answer *answer)
{
	return answer->state == IH_GIVEN || answer->state == IH_UNKNOWN ||
	       answer->state == IH_REFUSED;
}

static void
touch_removed(const struct ih_differences *d, const struct ih_answers *answers,
    uint8_t *touches)
{
	for (size_t i = 0; i < d->was->item_count; i++)
		if (is_answer(&answers->answers[i]) &&
		    ih_instrument_item(d->now, d->was->items[i].id) == NULL)
			touches[i] = IH_TOUCH_REMOVED;
}

size_t
ih_differences_touch(const struct ih_differences *differences,
    const struct ih_answers *answers, uint8_t *touches)
{
	const struct ih_differences *d = differences;
	IH_OWNED(ih_arena) arena = ih_arena_new();
	struct ih_answer *carried =
	    ih_arena_take(arena, d->now->item_count * sizeof *carried);
	size_t touched = 0;

	memset(touches, IH_TOUCH_NONE, d->was->item_count);
	touch_removed(d, answers, touches);
	/* In the new order: a skip speaks of what is asked before it. */
	for (size_t i = 0; i < d->now->item_count; i++) {
		const struct ih_item *now = &d->now->items[i];
		const struct ih_item *was = ih_instrument_item(d->was, now->id);

		if (was == NULL) {
			touch_of_skip(now, carried, IH_BLANK);
			continue;
		}
		const struct ih_answer *answer = &answers->answers[was->at];
		enum ih_touch touch = carry(was, now, answer, &carried[i]);
		enum ih_touch skip =
		    touch_of_skip(now, carried, (enum ih_state)answer->state);

		touches[was->at] =
		    (uint8_t)(touch != IH_TOUCH_NONE ? touch : skip);
	}
	for (size_t i = 0; i < d->was->item_count; i++)
		touched += touches[i] != IH_TOUCH_NONE;
	return touched;
}
