/* This is where two questionnaires are compared, on paper and in the
 * registry. */
#include "instrument_diff.h"

#include <string.h>

#include "case_file.h"
#include "form.h"
#include "ihala/difference.h"
#include "ihala/node.h"
#include "listing.h"
#include "named.h"
#include "stored.h"
#include "words_keys.h"

/* The stored interviews of one version of the questionnaire. */
struct version {
	const char *version, *digest;
	size_t interviews, touched;
};

/* One answer of a stored interview that would not stand as it does. */
struct touched {
	const char *code, *item;
	enum ih_touch why;
};

struct diff {
	struct request *request;
	struct ih_differences *differences;
	bool has_registry;
	struct version versions[32]; /* more than a questionnaire ever has */
	size_t version_count;
	struct touched *touched;
	size_t touched_count, touched_room;
	struct stored_tally tally;
};

/* ---- what the registry holds */

static struct version *
version_of(struct diff *diff, const xmlNode *answers)
{
	struct ih_arena *arena = diff->request->arena;
	const char *version = ih_attr(answers, "version");
	const char *digest = ih_attr(answers, "digest");
	size_t most = sizeof diff->versions / sizeof diff->versions[0];

	for (size_t i = 0; i < diff->version_count; i++)
		if (strcmp(diff->versions[i].version, version) == 0 &&
		    strcmp(diff->versions[i].digest, digest) == 0)
			return &diff->versions[i];
	if (diff->version_count == most)
		return NULL;
	diff->versions[diff->version_count] =
	    (struct version){ ih_arena_text(arena, version),
		    ih_arena_text(arena, digest), 0, 0 };
	return &diff->versions[diff->version_count++];
}

static void
add_touched(struct diff *diff, struct touched one)
{
	diff->touched = ih_arena_more(diff->request->arena, diff->touched,
	    diff->touched_count, &diff->touched_room, sizeof one);
	diff->touched[diff->touched_count++] = one;
}

static bool
touch_answers(struct diff *diff, const struct stored *one,
    struct version *version, struct ih_error *err)
{
	const struct ih_instrument *was = diff->differences->was;
	struct ih_arena *arena = diff->request->arena;
	uint8_t touches[IH_ITEMS_MAX];
	IH_OWNED(xmlDoc) doc = record_answers(one->facts);
	IH_OWNED(ih_answers) answers = ih_answers_read(doc, was, err);

	if (answers == NULL)
		return false;
	if (ih_differences_touch(diff->differences, answers, touches) > 0)
		version->touched++;
	for (size_t i = 0; i < was->item_count; i++)
		if (touches[i] != IH_TOUCH_NONE)
			add_touched(diff,
			    (struct touched){
				ih_arena_text(arena, one->row->code),
				was->items[i].id, (enum ih_touch)touches[i] });
	return true;
}

/* Interviews of another questionnaire have nothing to do with it; those of
 * another version are counted, and that is all that can be said of them. */
static bool
touch_one(const struct stored *one, void *with, struct ih_error *err)
{
	struct diff *diff = with;
	const struct ih_instrument *was = diff->differences->was;
	struct version *version;

	if (strcmp(ih_attr(one->answers, "instrument"), was->id) != 0)
		return true;
	version = version_of(diff, one->answers);
	if (version == NULL)
		return ih_fail(err, IH_INPUT,
		    "too many versions of one questionnaire");
	version->interviews++;
	if (strcmp(version->version, was->version) != 0)
		return true;
	return touch_answers(diff, one, version, err);
}

static bool
touch_stored(struct diff *diff, struct ih_error *err)
{
	struct request *request = diff->request;
	IH_OWNED(ih_registry) registry = open_registry(request, err);

	/* The words were the questionnaires: all cases are meant. */
	request->count = 0;
	diff->has_registry = true;
	return registry != NULL && stored_walk(request, registry, touch_one,
				       diff, &diff->tally, err);
}

/* ---- for programs */

static void
form_instrument(struct form *f, const char *name,
    const struct ih_instrument *instrument)
{
	form_open(f, name, false);
	form_text(f, "instrument", instrument->id);
	form_text(f, "version", instrument->version);
	form_text(f, "digest", instrument->digest);
	form_close(f);
}

static void
form_change(struct form *f, const struct ih_difference *one)
{
	form_open(f, "change", true);
	form_text(f, "what", ih_difference_name(one->what));
	form_text(f, "effect", ih_effect_name(ih_difference_effect(one->what)));
	form_text(f, "place", one->place[0] != '\0' ? one->place : NULL);
	form_text(f, "code", one->code);
	form_text(f, "lang", one->tag);
	form_text(f, "was", one->was);
	form_text(f, "now", one->now);
	form_close(f);
}

static void
form_stored(struct form *f, const struct diff *diff)
{
	form_open(f, "stored", false);
	form_count(f, "received", diff->tally.received);
	form_count(f, "refused", diff->tally.refused);
	form_list(f, "versions");
	for (size_t i = 0; i < diff->version_count; i++) {
		const struct version *v = &diff->versions[i];

		form_open(f, "interviews", true);
		form_text(f, "version", v->version);
		form_text(f, "digest", v->digest);
		form_count(f, "count", v->interviews);
		form_count(f, "touched", v->touched);
		form_close(f);
	}
	form_list_end(f);
	form_list(f, "touched");
	for (size_t i = 0; i < diff->touched_count; i++) {
		const struct touched *t = &diff->touched[i];

		form_open(f, "touched", true);
		form_text(f, "case", t->code);
		form_text(f, "item", t->item);
		form_text(f, "why", ih_touch_name(t->why));
		form_close(f);
	}
	form_list_end(f);
	form_close(f);
}

static bool
print_form(const struct diff *diff, struct ih_error *err)
{
	struct request *request = diff->request;
	const struct ih_differences *d = diff->differences;
	IH_OWNED(ih_buffer) out = ih_buffer_new();
	struct form f =
	    form_start(request->format == FORMAT_JSON, out, "difference");

	form_instrument(&f, "was", d->was);
	form_instrument(&f, "now", d->now);
	form_list(&f, "changes");
	for (size_t i = 0; i < d->count; i++)
		form_change(&f, &d->list[i]);
	form_list_end(&f);
	if (diff->has_registry)
		form_stored(&f, diff);
	return form_end(&f, err) &&
	       put_output(request, out->data, out->size, err);
}

/* ---- for people */

static const char *
word_of(struct request *request, const char *room, const char *name)
{
	return word(request,
	    ih_arena_printf(request->arena, "%s.%s", room, name));
}

static void
print_text_of(struct request *request, const char *key, const char *text)
{
	if (text != NULL)
		printf("    %s\n",
		    ih_say(request->arena, request->tongue, key,
			IH_ARG(text[0] != '\0' ?
				   text :
				   word(request, W_DIFF_ALWAYS))));
}

static void
print_change(struct request *request, const struct ih_difference *one)
{
	const char *key = ih_arena_printf(request->arena, "diff.%s",
	    ih_difference_name(one->what));

	printf("  %s\n",
	    ih_say(request->arena, request->tongue, key, IH_ARG(one->place),
		IH_ARG(one->code != NULL ? one->code : ""),
		IH_ARG(one->tag != NULL ? one->tag : "")));
	print_text_of(request, W_DIFF_WAS, one->was);
	print_text_of(request, W_DIFF_NOW, one->now);
}

/* The gravest first. */
static void
print_changes(struct request *request, const struct ih_differences *d)
{
	for (int e = IH_EFFECTS - 1; e >= 0; e--) {
		if (d->of[e] == 0)
			continue;
		printf("== %s (%zu)\n",
		    word_of(request, "effect",
			ih_effect_name((enum ih_effect)e)),
		    d->of[e]);
		for (size_t i = 0; i < d->count; i++)
			if ((int)ih_difference_effect(d->list[i].what) == e)
				print_change(request, &d->list[i]);
	}
}

static bool
print_versions(const struct diff *diff, struct ih_error *err)
{
	static const struct column columns[] = {
		{ "version", W_COLUMN_VERSION, false },
		{ "count", W_DIFF_INTERVIEWS, true },
		{ "touched", W_DIFF_TOUCHED, true },
		{ "digest", W_COLUMN_DIGEST, false },
	};
	struct request *request = diff->request;
	struct listing list = LISTING(request, "versions", "version", columns);

	for (size_t i = 0; i < diff->version_count; i++) {
		const struct version *v = &diff->versions[i];
		bool known =
		    strcmp(v->digest, diff->differences->was->digest) == 0;

		LISTING_ADD(&list, v->version,
		    ih_arena_printf(request->arena, "%zu", v->interviews),
		    known ? ih_arena_printf(request->arena, "%zu", v->touched) :
			    word(request, W_DIFF_NOT_SAID),
		    v->digest);
	}
	return listing_print(&list, request, err);
}

static bool
print_touched(const struct diff *diff, struct ih_error *err)
{
	static const struct column columns[] = {
		{ "case", W_COLUMN_CODE, false },
		{ "item", W_DIFF_QUESTION, false },
		{ "why", W_DIFF_WHY, false },
	};
	struct request *request = diff->request;
	struct listing list = LISTING(request, "touched", "answer", columns);

	for (size_t i = 0; i < diff->touched_count; i++) {
		const struct touched *t = &diff->touched[i];

		LISTING_ADD(&list, t->code, t->item,
		    word_of(request, "touch", ih_touch_name(t->why)));
	}
	return list.count == 0 || listing_print(&list, request, err);
}

static bool
print_stored(const struct diff *diff, struct ih_error *err)
{
	struct request *request = diff->request;

	printf("== %s\n", word(request, W_DIFF_STORED));
	if (!print_versions(diff, err) || !print_touched(diff, err))
		return false;
	if (diff->tally.received > 0)
		printf("%s\n",
		    ih_say(request->arena, request->tongue, W_STORED_RECEIVED,
			IH_NUM(diff->tally.received)));
	return true;
}

static bool
print_text(const struct diff *diff, struct ih_error *err)
{
	struct request *request = diff->request;
	const struct ih_differences *d = diff->differences;

	printf("%s\n", ih_say(request->arena, request->tongue, W_DIFF_HEAD,
			   IH_ARG(d->was->id), IH_ARG(d->was->version),
			   IH_ARG(d->now->id), IH_ARG(d->now->version)));
	if (d->count == 0)
		printf("%s\n",
		    word(request, strcmp(d->was->digest, d->now->digest) == 0 ?
				      W_DIFF_SAME :
				      W_DIFF_BYTES));
	print_changes(request, d);
	return !diff->has_registry || print_stored(diff, err);
}

bool
instrument_diff(struct request *request, struct ih_error *err)
{
	IH_OWNED(ih_instrument)
	was = instrument_named(request, request->words[0], err);
	IH_OWNED(ih_instrument)
	now = was == NULL ? NULL :
			    instrument_named(request, request->words[1], err);

	if (now == NULL)
		return false;
	IH_OWNED(ih_differences) differences = ih_differences_find(was, now);
	struct diff diff = { .request = request, .differences = differences };
	if (request->registry != NULL && !touch_stored(&diff, err))
		return false;
	if (!(request->format == FORMAT_TEXT ? print_text(&diff, err) :
					       print_form(&diff, err)))
		return false;
	fflush(stdout);
	*err = diff.tally.first;
	return err->kind == IH_NONE;
}
