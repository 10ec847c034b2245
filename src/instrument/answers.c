/* This is where an interview becomes one answer for each item. */
#include "ihala/answers.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ihala/id.h"
#include "ihala/name.h"
#include "ihala/node.h"
#include "ihala/text.h"
#include "ihala/xml.h"

#define NUMBER_ROOM 64 /* bytes: twenty Arabic digits and to spare */

/* ---- filling */

void
ih_fill_start(struct ih_filling *filling,
    const struct ih_instrument *instrument, struct ih_answer *answers)
{
	*filling =
	    (struct ih_filling){ .instrument = instrument, .answers = answers };
	memset(answers, 0, instrument->item_count * sizeof *answers);
}

/* Answers mostly come in the order of the questions. */
static const struct ih_item *
find_item(struct ih_filling *filling, const char *id, size_t length)
{
	const struct ih_instrument *instrument = filling->instrument;

	if (filling->next < instrument->item_count) {
		const struct ih_item *item = &instrument->items[filling->next];

		if (item->length == length &&
		    ih_text_same(item->id, id, length))
			return item;
	}
	return ih_instrument_find(instrument, id, length);
}

bool
ih_fill_answer(struct ih_filling *filling, const char *item, size_t length,
    enum ih_by by, enum ih_state state, struct ih_error *err)
{
	struct ih_answer *answer;

	filling->item = find_item(filling, item, length);
	if (filling->item == NULL)
		return ih_fail_code(err, IH_INPUT, "E_ITEM",
		    "instrument %s has no such item", filling->instrument->id);
	answer = &filling->answers[filling->item->at];
	if (answer->said)
		return ih_fail_code(err, IH_INPUT, "E_TWICE",
		    "item \"%s\" is answered twice", filling->item->id);
	answer->said = true;
	answer->by = (uint8_t)by;
	answer->state = (uint8_t)state;
	filling->next = filling->item->at + 1;
	return true;
}

static bool
fill_code(const struct ih_item *item, struct ih_answer *answer,
    const char *text, size_t length, struct ih_error *err)
{
	int at = ih_choices_find(item->choices, text, length);
	uint64_t bit = at >= 0 ? UINT64_C(1) << at : 0;

	if (at < 0)
		return ih_fail_code(err, IH_INPUT, "E_CODE",
		    "item \"%s\" takes a code of list \"%s\"", item->id,
		    item->choices->id);
	if ((answer->codes & bit) != 0)
		return ih_fail_code(err, IH_INPUT, "E_TWICE",
		    "item \"%s\" has one code twice", item->id);
	answer->codes |= bit;
	return true;
}

/* TEXT with 0-9 for its digits; false if no number or date is so long. */
static bool
plain_digits(const char *text, size_t length, char plain[static NUMBER_ROOM])
{
	if (length >= NUMBER_ROOM)
		return false;
	memcpy(plain, text, length);
	plain[length] = '\0';
	if (strlen(plain) != length)
		return false;
	ih_text_ascii_digits(plain);
	return true;
}

static bool
parse_number(const char *text, int64_t *number)
{
	const char *digits = text + (text[0] == '-');
	size_t count = strspn(digits, "0123456789");

	*number = 0;
	if (count == 0 || count > 18 || digits[count] != '\0')
		return false;
	*number = strtoll(text, NULL, 10);
	return true;
}

static bool
fill_number(const struct ih_item *item, struct ih_answer *answer,
    const char *text, size_t length, struct ih_error *err)
{
	char plain[NUMBER_ROOM];

	if (!plain_digits(text, length, plain) ||
	    !parse_number(plain, &answer->number))
		return ih_fail_code(err, IH_INPUT, "E_NUMBER",
		    "item \"%s\" takes a whole number", item->id);
	if (answer->number < item->least || answer->number > item->most)
		return ih_fail_code(err, IH_INPUT, "E_NUMBER",
		    "item \"%s\" takes a number from %lld to %lld", item->id,
		    (long long)item->least, (long long)item->most);
	return true;
}

static bool
fill_date(const struct ih_item *item, struct ih_answer *answer,
    const char *text, size_t length, struct ih_error *err)
{
	char plain[NUMBER_ROOM];

	if (!plain_digits(text, length, plain) ||
	    !ih_date_parse(plain, &answer->date))
		return ih_fail_code(err, IH_INPUT, "E_DATE",
		    "item \"%s\" takes a date: 2024, 2024-05 or "
		    "2024-05-17",
		    item->id);
	return true;
}

/* What tells who the person is must read as what it is. */
static bool
fill_text(const struct ih_item *item, const char *text, size_t length,
    struct ih_error *err)
{
	return item->part != IH_IDENTITY || ih_name_is_plain(text, length) ||
	       ih_fail_code(err, IH_INPUT, "E_NAME_HIDDEN", "item \"%s\"",
		   item->id);
}

bool
ih_fill_value(struct ih_filling *filling, const char *text, size_t length,
    struct ih_error *err)
{
	const struct ih_item *item = filling->item;
	struct ih_answer *answer = &filling->answers[item->at];
	bool second = answer->state == IH_GIVEN;

	answer->state = IH_GIVEN;
	if (length == 0)
		return ih_fail_code(err, IH_INPUT, "E_EMPTY",
		    "item \"%s\" has an empty value; say "
		    "state=\"blank\" instead",
		    item->id);
	if (second && item->type != IH_CHOICES)
		return ih_fail_code(err, IH_INPUT, "E_ONE",
		    "item \"%s\" takes one value", item->id);
	switch (item->type) {
	case IH_CHOICE:
	case IH_CHOICES:
		return fill_code(item, answer, text, length, err);
	case IH_NUMBER:
		return fill_number(item, answer, text, length, err);
	case IH_DATE:
		return fill_date(item, answer, text, length, err);
	default:
		return fill_text(item, text, length, err);
	}
}

/* An ask-if looks back only, and what stands there is final. */
static bool
end_item(struct ih_filling *filling, const struct ih_item *item,
    bool section_is_skipped, struct ih_error *err)
{
	struct ih_answer *answer = &filling->answers[item->at];
	bool skipped = section_is_skipped || ih_condition_holds(&item->own_if,
						 filling->answers) == IH_FALSE;

	if (answer->state == IH_BLANK || answer->state == IH_NOT_ASKED)
		answer->state = skipped ? IH_NOT_ASKED : IH_BLANK;
	else if (skipped)
		return ih_fail_code(err, IH_INPUT, "E_SKIPPED",
		    "item \"%s\" is answered although earlier answers skip "
		    "it; take one of them back",
		    item->id);
	return true;
}

bool
ih_fill_end(struct ih_filling *filling, struct ih_error *err)
{
	const struct ih_instrument *instrument = filling->instrument;

	for (size_t s = 0; s < instrument->section_count; s++) {
		const struct ih_section *section = &instrument->sections[s];
		bool skipped = ih_condition_holds(&section->ask_if,
				   filling->answers) == IH_FALSE;

		for (size_t i = 0; i < section->count; i++)
			if (!end_item(filling,
				&instrument->items[section->first + i], skipped,
				err))
				return false;
	}
	return true;
}

bool
ih_answers_fit(const struct ih_instrument *instrument, const char *id,
    const char *version, const char *digest, struct ih_error *err)
{
	if (strcmp(id, instrument->id) != 0)
		return ih_fail_code(err, IH_INPUT, "E_INSTRUMENT",
		    "these are answers to another instrument than %s",
		    instrument->id);
	if (strcmp(version, instrument->version) != 0)
		return ih_fail_code(err, IH_INPUT, "E_INSTRUMENT_VERSION",
		    "these answers are not to version %s of instrument %s",
		    instrument->version, instrument->id);
	if (strcmp(digest, instrument->digest) != 0)
		return ih_fail_code(err, IH_INPUT, "E_INSTRUMENT_DIGEST",
		    "instrument %s %s here has other bytes than the one that "
		    "was asked",
		    instrument->id, instrument->version);
	return true;
}

/* ---- what an interview says of itself */

static size_t
run_of(const char *text, size_t length, char first, char last)
{
	size_t n = 0;

	while (n < length && text[n] >= first && text[n] <= last)
		n++;
	return n;
}

static bool
is_committee(const char *text, size_t length)
{
	return length >= 2 && length <= 3 &&
	       run_of(text, length, 'A', 'Z') == length;
}

static bool
is_language(const char *text, size_t length)
{
	return length >= 2 && length <= 3 &&
	       run_of(text, length, 'a', 'z') == length;
}

static bool
is_channel(const char *text, size_t length)
{
	static const char *const channels[] = { "police", "border", "hospital",
		"ngo", "hotline", "self" };

	for (size_t i = 0; i < sizeof channels / sizeof channels[0]; i++)
		if (strlen(channels[i]) == length &&
		    memcmp(channels[i], text, length) == 0)
			return true;
	return false;
}

/* ISO 3166-2. */
static bool
is_area(const char *text, size_t length)
{
	if (length < 4 || length > 6 || text[2] != '-' ||
	    run_of(text, 2, 'A', 'Z') != 2)
		return false;
	for (size_t i = 3; i < length; i++)
		if (run_of(text + i, 1, 'A', 'Z') == 0 &&
		    run_of(text + i, 1, '0', '9') == 0)
			return false;
	return true;
}

static bool
is_whole_date(const char *text, size_t length)
{
	char plain[IH_DATE_TEXT];
	struct ih_date date;

	if (length != sizeof plain - 1)
		return false;
	memcpy(plain, text, length);
	plain[length] = '\0';
	return ih_date_parse(plain, &date) && date.day != 0;
}

static bool
is_true(const char *text, size_t length)
{
	return length == 4 && memcmp(text, "true", 4) == 0;
}

bool
ih_interview_says(const char *name, const char *value, size_t length)
{
	static const struct {
		const char *name;
		bool (*is)(const char *text, size_t length);
	} attributes[] = {
		{ "date", is_whole_date },
		{ "committee", is_committee },
		{ "channel", is_channel },
		{ "language", is_language },
		{ "stopped", is_true },
		{ "area", is_area },
	};

	for (size_t i = 0; i < sizeof attributes / sizeof attributes[0]; i++)
		if (strcmp(attributes[i].name, name) == 0)
			return attributes[i].is(value, length);
	return false;
}

/* ---- reading a tree */

static bool
fail_at(struct ih_error *err, long line)
{
	char place[32];

	snprintf(place, sizeof place, "line %ld", line);
	return ih_fail_in(err, place);
}

static bool
read_answer(struct ih_filling *filling, struct ih_arena *arena,
    const xmlNode *node, struct ih_error *err)
{
	const char *item = ih_attr(node, "item"), *by = ih_attr(node, "by"),
		   *state = ih_attr(node, "state");
	int said_by = by != NULL ? ih_by_of(by, strlen(by)) : IH_BY_UNSAID;
	int stands =
	    state != NULL ? ih_state_of(state, strlen(state)) : IH_BLANK;

	if (item == NULL || said_by < 0 || stands < 0 || stands == IH_GIVEN)
		return ih_fail_code(err, IH_INPUT, "E_INTERVIEW",
		    "line %ld: an answer needs an item, and a known state",
		    ih_line(node));
	if (!ih_fill_answer(filling, item, strlen(item), (enum ih_by)said_by,
		(enum ih_state)stands, err))
		return fail_at(err, ih_line(node));
	for (xmlNode *n = ih_child(node, "value"); n; n = ih_next(n, "value")) {
		const char *text = ih_text_of(arena, n);

		if (!ih_fill_value(filling, text, strlen(text), err))
			return fail_at(err, ih_line(n));
		filling->answers[filling->item->at].text = text;
	}
	return true;
}

/* The value of attribute NAME of <interview>, in the arena; NULL if absent. */
static bool
take_said(struct ih_answers *answers, const xmlNode *node, const char *name,
    const char **into, struct ih_error *err)
{
	const char *value = ih_attr(node, name);

	if (value == NULL)
		return true;
	if (!ih_interview_says(name, value, strlen(value)))
		return ih_fail_code(err, IH_INPUT, "E_INTERVIEW",
		    "line %ld: %s of the interview is not as it has to be",
		    ih_line(node), name);
	*into = ih_arena_text(answers->arena, value);
	return true;
}

static bool
read_interview(struct ih_answers *answers, const xmlNode *node,
    struct ih_error *err)
{
	const char *date = NULL, *stopped = NULL;

	if (!take_said(answers, node, "date", &date, err) ||
	    !take_said(answers, node, "committee", &answers->committee, err) ||
	    !take_said(answers, node, "channel", &answers->channel, err) ||
	    !take_said(answers, node, "language", &answers->language, err) ||
	    !take_said(answers, node, "stopped", &stopped, err) ||
	    !take_said(answers, node, "area", &answers->area, err))
		return false;
	answers->stopped = stopped != NULL;
	return date != NULL && ih_date_parse(date, &answers->date) ?
		   true :
		   ih_fail_code(err, IH_INPUT, "E_INTERVIEW",
		       "line %ld: the interview has no date", ih_line(node));
}

static bool
read_head(struct ih_answers *answers, const xmlNode *root, struct ih_error *err)
{
	const char *id = ih_attr(root, "id"),
		   *instrument = ih_attr(root, "instrument"),
		   *version = ih_attr(root, "version"),
		   *digest = ih_attr(root, "digest"),
		   *training = ih_attr(root, "training");
	const xmlNode *interview = ih_child(root, "interview");

	if (!ih_is(root, "answers") || id == NULL || instrument == NULL ||
	    version == NULL || digest == NULL || interview == NULL ||
	    !ih_uuid_is(id) ||
	    (training != NULL && !is_true(training, strlen(training))))
		return ih_fail_code(err, IH_INPUT, "E_INTERVIEW",
		    "line %ld: this is not the head of an interview",
		    ih_line(root));
	answers->id = ih_arena_text(answers->arena, id);
	answers->training = training != NULL;
	return ih_answers_fit(answers->instrument, instrument, version, digest,
		   err) &&
	       read_interview(answers, interview, err);
}

static bool
read_all(struct ih_answers *answers, const xmlNode *root, struct ih_error *err)
{
	struct ih_filling filling;

	ih_fill_start(&filling, answers->instrument, answers->answers);
	for (xmlNode *n = ih_child(root, "answer"); n; n = ih_next(n, "answer"))
		if (!read_answer(&filling, answers->arena, n, err))
			return false;
	return ih_fill_end(&filling, err);
}

struct ih_answers *
ih_answers_read(xmlDoc *doc, const struct ih_instrument *instrument,
    struct ih_error *err)
{
	struct ih_arena *arena = ih_arena_new();
	IH_OWNED(ih_answers) answers = ih_arena_take(arena, sizeof *answers);
	const xmlNode *root = xmlDocGetRootElement(doc);

	answers->arena = arena;
	answers->instrument = instrument;
	answers->answers = ih_arena_take(arena,
	    instrument->item_count * sizeof *answers->answers);
	if (!read_head(answers, root, err) || !read_all(answers, root, err))
		return NULL;
	IH_OWNED(ih_buffer) written = ih_xml_write(doc);
	ih_answers_pin(answers, written->data, written->size);
	return IH_GIVE(answers);
}

void
ih_answers_free(struct ih_answers *answers)
{
	if (answers != NULL)
		ih_arena_free(answers->arena);
}

void
ih_answers_pin(struct ih_answers *answers, const void *bytes, size_t size)
{
	ih_digest_text(bytes, size, answers->digest);
}

const struct ih_answer *
ih_answers_of(const struct ih_answers *answers, const char *id)
{
	const struct ih_item *item =
	    ih_instrument_item(answers->instrument, id);

	return item != NULL ? &answers->answers[item->at] : NULL;
}

const char *
ih_answers_code(const struct ih_answers *answers, const char *id)
{
	const struct ih_item *item =
	    ih_instrument_item(answers->instrument, id);
	const struct ih_answer *answer;

	if (item == NULL || item->type != IH_CHOICE)
		return NULL;
	answer = &answers->answers[item->at];
	if (answer->state != IH_GIVEN || answer->codes == 0)
		return NULL;
	return item->choices->list[__builtin_ctzll(answer->codes)].code;
}
