/* This is where it is written and read what is asked about a case that was
 * sent, and that it is not told. */
#include "ihala/inquiry.h"

#include <stdio.h>
#include <string.h>

#include "ihala/consent.h"
#include "ihala/element.h"
#include "ihala/node.h"
#include "ihala/xml.h"

static const char *const whys[IH_UNSAIDS] = {
	[IH_UNSAID_CONSENT] = "no-consent",
	[IH_UNSAID_BASIS] = "no-legal-basis",
	[IH_UNSAID_HELD] = "not-held",
	[IH_UNSAID_CONFIDENTIAL] = "confidential",
	[IH_UNSAID_UNSAFE] = "unsafe",
};

const char *
ih_unsaid_text(enum ih_unsaid why)
{
	return whys[why];
}

enum ih_unsaid
ih_unsaid_parse(const char *text)
{
	enum ih_unsaid why = 0;

	while (why < IH_UNSAIDS && strcmp(whys[why], text) != 0)
		why++;
	return why;
}

static unsigned
category_bit(const char *word, size_t length)
{
	const struct ih_data_category *one;

	for (size_t i = 0; (one = ih_data_category(i)) != NULL; i++)
		if (strlen(one->id) == length &&
		    strncmp(one->id, word, length) == 0)
			return 1U << i;
	return 0;
}

bool
ih_inquiry_categories(const char *typed,
    char list[static IH_INQUIRY_CATEGORIES])
{
	unsigned asked = 0;

	for (;;) {
		size_t length = strcspn(typed, ", ");
		unsigned bit = category_bit(typed, length);

		if (bit == 0 || (asked & bit) != 0)
			return false;
		asked |= bit;
		typed += length;
		if (*typed++ == '\0')
			break;
	}
	list[0] = '\0';
	for (size_t i = 0, at = 0; ih_data_category(i) != NULL; i++)
		if ((asked & 1U << i) != 0)
			at += (size_t)snprintf(list + at,
			    IH_INQUIRY_CATEGORIES - at, "%s%s",
			    at > 0 ? " " : "", ih_data_category(i)->id);
	return true;
}

static bool
is_day(const char *text)
{
	struct ih_date date;

	return ih_date_parse(text, &date) && date.day != 0;
}

static bool
is_purpose(const char *text)
{
	return text[0] != '\0' &&
	       text[strspn(text, "abcdefghijklmnopqrstuvwxyz-")] == '\0';
}

/* Categories in their order, so that one question is one text. */
static bool
is_inquiry(const struct ih_inquiry *inquiry)
{
	char list[IH_INQUIRY_CATEGORIES];

	return ih_uuid_is(inquiry->message) &&
	       ih_inquiry_categories(inquiry->categories, list) &&
	       strcmp(list, inquiry->categories) == 0 &&
	       is_purpose(inquiry->purpose) && is_day(inquiry->day) &&
	       is_day(inquiry->until) &&
	       strcmp(inquiry->day, inquiry->until) <= 0;
}

static bool
is_refusal(const struct ih_refusal *refusal)
{
	return ih_uuid_is(refusal->message) &&
	       (unsigned)refusal->why < IH_UNSAIDS && is_day(refusal->day);
}

/* ---- writing */

struct ih_buffer *
ih_inquiry_write(const struct ih_inquiry *inquiry, struct ih_error *err)
{
	IH_OWNED(ih_buffer) out = ih_buffer_new();
	struct ih_writer w = ih_write_to(out);

	if (!is_inquiry(inquiry)) {
		ih_fail(err, IH_USAGE, "inquiry: a field is not as expected");
		return NULL;
	}
	ih_open(&w, "inquiry");
	ih_put(&w, "xmlns", "urn:ihala:inquiry:1");
	ih_put(&w, "message", inquiry->message);
	ih_put(&w, "categories", inquiry->categories);
	ih_put(&w, "purpose", inquiry->purpose);
	ih_put(&w, "until", inquiry->until);
	ih_put(&w, "day", inquiry->day);
	ih_close(&w);
	return ih_write_end(&w, err) ? IH_GIVE(out) : NULL;
}

struct ih_buffer *
ih_refusal_write(const struct ih_refusal *refusal, struct ih_error *err)
{
	IH_OWNED(ih_buffer) out = ih_buffer_new();
	struct ih_writer w = ih_write_to(out);

	if (!is_refusal(refusal)) {
		ih_fail(err, IH_USAGE, "refusal: a field is not as expected");
		return NULL;
	}
	ih_open(&w, "refusal");
	ih_put(&w, "xmlns", "urn:ihala:refusal:1");
	ih_put(&w, "message", refusal->message);
	ih_put(&w, "why", whys[refusal->why]);
	ih_put(&w, "day", refusal->day);
	ih_close(&w);
	return ih_write_end(&w, err) ? IH_GIVE(out) : NULL;
}

/* ---- reading */

/* What does not fit is cut, and then is not as expected. */
static void
copy(char *to, size_t size, const xmlDoc *doc, const char *name)
{
	const char *text = ih_attr(xmlDocGetRootElement(doc), name);

	snprintf(to, size, "%s", text != NULL ? text : "");
}

bool
ih_inquiry_from(const xmlDoc *doc, struct ih_inquiry *inquiry,
    struct ih_error *err)
{
	*inquiry = (struct ih_inquiry){ 0 };
	copy(inquiry->message, sizeof inquiry->message, doc, "message");
	copy(inquiry->categories, sizeof inquiry->categories, doc,
	    "categories");
	copy(inquiry->purpose, sizeof inquiry->purpose, doc, "purpose");
	copy(inquiry->until, sizeof inquiry->until, doc, "until");
	copy(inquiry->day, sizeof inquiry->day, doc, "day");
	return is_inquiry(inquiry) ||
	       ih_fail_code(err, IH_INPUT, "E_LETTER",
		   "inquiry.xml: a field is not as expected");
}

bool
ih_refusal_from(const xmlDoc *doc, struct ih_refusal *refusal,
    struct ih_error *err)
{
	char why[24];

	*refusal = (struct ih_refusal){ 0 };
	copy(refusal->message, sizeof refusal->message, doc, "message");
	copy(why, sizeof why, doc, "why");
	copy(refusal->day, sizeof refusal->day, doc, "day");
	refusal->why = ih_unsaid_parse(why);
	return is_refusal(refusal) ||
	       ih_fail_code(err, IH_INPUT, "E_LETTER",
		   "refusal.xml: a field is not as expected");
}

/* ---- once */

const char *
ih_inquiry_bars(const char *state, const char *answer, const char *answered,
    bool unheard)
{
	if (strcmp(state, "accepted") == 0)
		return NULL;
	if (strcmp(state, "answered") != 0)
		return "E_INQUIRY_NONE";
	return unheard && strcmp(answer, answered) == 0 ? NULL : "E_ANSWERED";
}
