/* This is where it is written and read what is decided about a case that was
 * sent, and which decision stands. */
#include "ihala/decision.h"

#include <stdio.h>
#include <string.h>

#include "ihala/element.h"
#include "ihala/node.h"
#include "ihala/xml.h"

/* As the letter says it, as the letter that brought the case has it, and what
 * any other decision is refused with from then on. */
static const struct {
	const char *text, *state, *code;
} sayings[IH_SAYINGS] = {
	[IH_SAYS_ACCEPTED] = { "accepted", "agreed", "E_ACCEPTED" },
	[IH_SAYS_DECLINED] = { "declined", "declined", "E_DECLINED" },
	[IH_SAYS_REVOKED] = { "revoked", "revoked", "E_REVOKED" },
};

static const char *const whys[IH_WHYS] = {
	[IH_WHY_CAPACITY] = "no-capacity",
	[IH_WHY_COMPETENCE] = "not-competent",
	[IH_WHY_SERVICE] = "no-service",
	[IH_WHY_PERSON] = "person-declines",
	[IH_WHY_UNSAFE] = "unsafe",
};

const char *
ih_why_text(enum ih_why why)
{
	return whys[why];
}

enum ih_why
ih_why_parse(const char *text)
{
	enum ih_why why = 0;

	while (why < IH_WHYS && strcmp(whys[why], text) != 0)
		why++;
	return why;
}

static enum ih_says
says_parse(const char *text)
{
	enum ih_says says = 0;

	while (says < IH_SAYINGS && strcmp(sayings[says].text, text) != 0)
		says++;
	return says;
}

const char *
ih_decision_state(enum ih_says says)
{
	return sayings[says].state;
}

const char *
ih_decision_code(enum ih_says says)
{
	return sayings[says].code;
}

const char *
ih_decision_bars(enum ih_says says, const char *state)
{
	/* Its person took back the consent: as if it were taken back. */
	if (strcmp(state, "withdrawn") == 0)
		return says == IH_SAYS_REVOKED ? NULL : "E_REVOKED";
	for (int s = 0; s < IH_SAYINGS; s++)
		if ((int)says != s && strcmp(sayings[s].state, state) == 0)
			return sayings[s].code;
	return NULL;
}

/* It says why exactly where it declines. */
static bool
is_whole(const struct ih_decision *decision)
{
	struct ih_date date;

	return ih_uuid_is(decision->message) &&
	       (unsigned)decision->says < IH_SAYINGS &&
	       (decision->says == IH_SAYS_DECLINED) ==
		   ((unsigned)decision->why < IH_WHYS) &&
	       ih_date_parse(decision->day, &date) && date.day != 0;
}

struct ih_buffer *
ih_decision_write(const struct ih_decision *decision, struct ih_error *err)
{
	IH_OWNED(ih_buffer) out = ih_buffer_new();
	struct ih_writer w = ih_write_to(out);

	if (!is_whole(decision)) {
		ih_fail(err, IH_USAGE, "decision: a field is not as expected");
		return NULL;
	}
	ih_open(&w, "decision");
	ih_put(&w, "xmlns", "urn:ihala:decision:1");
	ih_put(&w, "message", decision->message);
	ih_put(&w, "says", sayings[decision->says].text);
	if (decision->says == IH_SAYS_DECLINED)
		ih_put(&w, "why", whys[decision->why]);
	ih_put(&w, "day", decision->day);
	ih_close(&w);
	return ih_write_end(&w, err) ? IH_GIVE(out) : NULL;
}

static const char *
said(const xmlDoc *doc, const char *name)
{
	const char *text = ih_attr(xmlDocGetRootElement(doc), name);

	return text != NULL ? text : "";
}

bool
ih_decision_from(const xmlDoc *doc, struct ih_decision *decision,
    struct ih_error *err)
{
	*decision = (struct ih_decision){ .says = says_parse(said(doc, "says")),
		.why = ih_why_parse(said(doc, "why")) };
	snprintf(decision->message, sizeof decision->message, "%s",
	    said(doc, "message"));
	snprintf(decision->day, sizeof decision->day, "%s", said(doc, "day"));
	return is_whole(decision) ||
	       ih_fail_code(err, IH_INPUT, "E_LETTER",
		   "decision.xml: a field is not as expected");
}
