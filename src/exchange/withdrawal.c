/* This is where it is written and read that consent was taken back, and what
 * was done. */
#include "ihala/withdrawal.h"

#include <stdio.h>
#include <string.h>

#include "ihala/element.h"
#include "ihala/node.h"
#include "ihala/xml.h"

static const char *const dones[IH_DONES] = {
	[IH_DONE_ERASED] = "erased",
	[IH_DONE_STOPPED] = "stopped",
	[IH_DONE_KEPT] = "kept",
};

const char *
ih_done_text(enum ih_done done)
{
	return dones[done];
}

enum ih_done
ih_done_parse(const char *text)
{
	enum ih_done done = 0;

	while (done < IH_DONES && strcmp(dones[done], text) != 0)
		done++;
	return done;
}

static bool
is_day(const char *text)
{
	struct ih_date date;

	return ih_date_parse(text, &date) && date.day != 0;
}

static bool
is_word(const char *text)
{
	return text[0] != '\0' &&
	       text[strspn(text, "abcdefghijklmnopqrstuvwxyz-")] == '\0';
}

/* ---- writing */

static struct ih_buffer *
finish(struct ih_writer *w, struct ih_buffer **out, struct ih_error *err)
{
	ih_close(w);
	return ih_write_end(w, err) ? IH_GIVE(*out) : NULL;
}

struct ih_buffer *
ih_withdrawal_write(const struct ih_withdrawal *withdrawal,
    struct ih_error *err)
{
	IH_OWNED(ih_buffer) out = ih_buffer_new();
	struct ih_writer w = ih_write_to(out);

	if (!ih_uuid_is(withdrawal->message) || !is_word(withdrawal->purpose) ||
	    !is_day(withdrawal->day)) {
		ih_fail(err, IH_USAGE,
		    "withdrawal: a field is not as expected");
		return NULL;
	}
	ih_open(&w, "withdrawal");
	ih_put(&w, "xmlns", "urn:ihala:withdrawal:1");
	ih_put(&w, "message", withdrawal->message);
	ih_put(&w, "purpose", withdrawal->purpose);
	ih_put(&w, "day", withdrawal->day);
	return finish(&w, &out, err);
}

struct ih_buffer *
ih_reply_write(const struct ih_reply *reply, struct ih_error *err)
{
	IH_OWNED(ih_buffer) out = ih_buffer_new();
	struct ih_writer w = ih_write_to(out);

	if (!ih_uuid_is(reply->message) || (unsigned)reply->done >= IH_DONES ||
	    !is_day(reply->day)) {
		ih_fail(err, IH_USAGE, "reply: a field is not as expected");
		return NULL;
	}
	ih_open(&w, "reply");
	ih_put(&w, "xmlns", "urn:ihala:reply:1");
	ih_put(&w, "message", reply->message);
	ih_put(&w, "done", dones[reply->done]);
	ih_put(&w, "day", reply->day);
	return finish(&w, &out, err);
}

/* ---- reading */

static void
copy(char *to, size_t size, const xmlDoc *doc, const char *name)
{
	const char *text = ih_attr(xmlDocGetRootElement(doc), name);

	snprintf(to, size, "%s", text != NULL ? text : "");
}

bool
ih_withdrawal_from(const xmlDoc *doc, struct ih_withdrawal *withdrawal,
    struct ih_error *err)
{
	*withdrawal = (struct ih_withdrawal){ 0 };
	copy(withdrawal->message, sizeof withdrawal->message, doc, "message");
	copy(withdrawal->purpose, sizeof withdrawal->purpose, doc, "purpose");
	copy(withdrawal->day, sizeof withdrawal->day, doc, "day");
	return (ih_uuid_is(withdrawal->message) &&
		   is_word(withdrawal->purpose) && is_day(withdrawal->day)) ||
	       ih_fail_code(err, IH_INPUT, "E_LETTER",
		   "withdrawal.xml: a field is not as expected");
}

bool
ih_reply_from(const xmlDoc *doc, struct ih_reply *reply, struct ih_error *err)
{
	char done[16];

	*reply = (struct ih_reply){ 0 };
	copy(reply->message, sizeof reply->message, doc, "message");
	copy(done, sizeof done, doc, "done");
	copy(reply->day, sizeof reply->day, doc, "day");
	reply->done = ih_done_parse(done);
	return (ih_uuid_is(reply->message) && reply->done < IH_DONES &&
		   is_day(reply->day)) ||
	       ih_fail_code(err, IH_INPUT, "E_LETTER",
		   "reply.xml: a field is not as expected");
}
