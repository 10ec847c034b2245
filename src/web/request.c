/* This is where a request of a browser is read, and led where it goes. */
#include "web.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>

#define REQUEST_MOST 120    /* seconds until a request is answered and taken, */
#define BYTES_A_SECOND 4096 /* and one more for so many bytes of both */
#define CHUNK 4096          /* of the reader of forms */

/* ---- who is connected */

void
web_come_or_go(void *with, struct MHD_Connection *connection, void **at,
    enum MHD_ConnectionNotificationCode which)
{
	struct web *web = with;
	struct caller *caller = *at;

	if (which == MHD_CONNECTION_NOTIFY_STARTED) {
		caller = *at = ih_zeroed(sizeof *caller);
		caller->fd = MHD_get_connection_info(connection,
		    MHD_CONNECTION_INFO_CONNECTION_FD)
				 ->connect_fd;
		caller->since = web_now();
		caller->next = web->callers;
		if (caller->next != NULL)
			caller->next->before = caller;
		web->callers = caller;
	} else if (caller != NULL) {
		if (caller->next != NULL)
			caller->next->before = caller->before;
		*(caller->before != NULL ? &caller->before->next :
					   &web->callers) = caller->next;
		free(caller);
		*at = NULL;
	}
}

void
web_count_bytes(const struct exchange *x, size_t size)
{
	x->caller->bytes += size;
}

static void
begin_anew(const struct exchange *x)
{
	x->caller->bytes = 0;
	x->caller->since = web_now();
}

/* The descriptor is closed by who has the connection: it finds the other side
 * gone. */
void
web_hang_up_on_the_slow(const struct web *web)
{
	int64_t instant = web_now();

	for (const struct caller *c = web->callers; c != NULL; c = c->next)
		if (instant - c->since >
		    REQUEST_MOST + (int64_t)(c->bytes / BYTES_A_SECOND))
			shutdown(c->fd, SHUT_RDWR);
}

/* ---- reading a request */

/* A zero that was written as "%00" would hide what stands behind it: it
 * becomes what no path and no field may hold. */
size_t
web_unescape(void *with, struct MHD_Connection *connection, char *text)
{
	size_t size = MHD_http_unescape(text);

	(void)with;
	(void)connection;
	for (size_t i = 0; i < size; i++)
		if (text[i] == '\0')
			text[i] = '\1';
	return size;
}

struct line {
	const char *name;
	const char **value;
};

struct heading {
	struct ih_asked *asked;
	const struct line *lines;
	size_t count;
};

static enum MHD_Result
take_line(void *with, enum MHD_ValueKind kind, const char *name,
    const char *value)
{
	struct heading *h = with;

	(void)kind;
	for (size_t i = 0; i < h->count; i++) {
		if (strcasecmp(h->lines[i].name, name) != 0)
			continue;
		if (*h->lines[i].value != NULL)
			h->asked->twice = true;
		*h->lines[i].value = value != NULL ? value : "";
	}
	return MHD_YES;
}

static enum ih_gated
pass_gate(struct exchange *x, const char *method, const char *path)
{
	struct ih_asked asked = { .method = method, .path = path };
	const struct line lines[] = {
		{ "Host", &asked.host },
		{ "Origin", &asked.origin },
		{ "Sec-Fetch-Site", &asked.fetch_site },
		{ "Sec-Fetch-Mode", &asked.fetch_mode },
		{ "Sec-Fetch-Dest", &asked.fetch_dest },
		{ "Content-Type", &asked.content_type },
		{ "Content-Length", &asked.content_length },
		{ "Transfer-Encoding", &asked.transfer_encoding },
	};
	struct heading heading = { &asked, lines,
		sizeof lines / sizeof lines[0] };

	MHD_get_connection_values(x->connection, MHD_HEADER_KIND, take_line,
	    &heading);
	return ih_gate_check(&x->web->gate, &asked);
}

/* Forms send the end of a line as two characters; documents here have one. */
static void
join_line_ends(struct ih_buffer *text)
{
	size_t kept = 0;

	for (size_t i = 0; i < text->size; i++)
		if (text->data[i] != '\r' || i + 1 == text->size ||
		    text->data[i + 1] != '\n')
			text->data[kept++] = text->data[i];
	text->size = kept;
}

/* A field is whole when another begins, or the form ends. */
static void
finish_field(struct exchange *x)
{
	if (!x->is_file)
		join_line_ends(x->value);
	if (x->name[0] != '\0')
		ih_fields_add(x->asked, x->name, x->value->data,
		    x->value->size);
	x->name[0] = '\0';
	ih_buffer_clear(x->value);
}

/* Names that begin with ':' are ours alone. */
static bool
is_name(const char *name)
{
	size_t size = strlen(name);

	return size > 0 && size < 64 &&
	       strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVW"
			    "XYZ0123456789-_.") == size;
}

static enum MHD_Result
take_field(void *with, enum MHD_ValueKind kind, const char *name,
    const char *filename, const char *type, const char *encoding,
    const char *data, uint64_t offset, size_t size)
{
	struct exchange *x = with;

	(void)kind;
	(void)type;
	(void)encoding;
	if (offset == 0) {
		finish_field(x);
		if (!is_name(name) || x->asked->count + 16 > IH_FIELDS_MOST) {
			x->is_too_large = true;
			return MHD_NO;
		}
		snprintf(x->name, sizeof x->name, "%s", name);
		x->is_file = filename != NULL; /* which may name somebody */
	}
	ih_buffer_add(x->value, data, size);
	return MHD_YES;
}

static enum MHD_Result
take_argument(void *with, enum MHD_ValueKind kind, const char *name,
    const char *value)
{
	struct exchange *x = with;

	(void)kind;
	if (is_name(name) && x->asked->count + 16 < IH_FIELDS_MOST)
		ih_fields_text(x->asked, name, value != NULL ? value : "");
	return MHD_YES;
}

struct cookies {
	const char *name, *value;
	size_t count;
};

static enum MHD_Result
take_cookie(void *with, enum MHD_ValueKind kind, const char *name,
    const char *value)
{
	struct cookies *cookies = with;

	(void)kind;
	if (strcmp(name, cookies->name) == 0) {
		cookies->value = value;
		cookies->count++;
	}
	return MHD_YES;
}

/* Two of them: one was put there by somebody else on this machine, whose
 * cookies a browser sends to us too. */
static void
take_token(struct exchange *x)
{
	struct cookies cookies = { .name = x->web->cookie };

	MHD_get_connection_values(x->connection, MHD_COOKIE_KIND, take_cookie,
	    &cookies);
	if (cookies.count == 1 && cookies.value != NULL &&
	    strlen(cookies.value) == IH_TOKEN_TEXT - 1)
		memcpy(x->token, cookies.value, IH_TOKEN_TEXT);
}

static struct exchange *
exchange_new(struct web *web, struct MHD_Connection *connection)
{
	struct exchange *x = ih_zeroed(sizeof *x);

	x->web = web;
	x->connection = connection;
	x->caller = MHD_get_connection_info(connection,
	    MHD_CONNECTION_INFO_SOCKET_CONTEXT)
			->socket_context;
	x->asked = ih_fields_new();
	x->value = ih_buffer_new();
	x->lang = web_language(x);
	take_token(x);
	return x;
}

void
web_finish(void *with, struct MHD_Connection *connection, void **at,
    enum MHD_RequestTerminationCode how)
{
	struct exchange *x = *at;

	(void)with;
	(void)connection;
	(void)how;
	if (x == NULL)
		return;
	begin_anew(x);
	if (x->form != NULL)
		MHD_destroy_post_processor(x->form);
	ih_fields_free(x->asked);
	ih_fields_free(x->answer);
	ih_buffer_free(x->value);
	explicit_bzero(x, sizeof *x);
	free(x);
	*at = NULL;
}

/* ---- where a request goes */

static enum MHD_Result
set_language(struct exchange *x)
{
	const char *lang = ih_fields_get(x->asked, "language");
	const char *back = ih_fields_get(x->asked, "back");
	enum ih_lang asked = IH_LANGS;

	if (lang != NULL)
		asked = web_lang_of(lang, strlen(lang), IH_LANGS);
	if (asked == IH_LANGS)
		return web_say(x, IH_NOTICE_BAD, 0);
	if (back == NULL || !ih_gate_is_path(back))
		back = "/";
	return web_lead_in(x, back, asked);
}

/* Nobody who has to leave is asked for anything. */
static enum MHD_Result
leave(struct exchange *x)
{
	ih_session_end(x->web->sessions, x->token);
	return web_say(x, IH_NOTICE_LEFT, 0);
}

static enum MHD_Result
log_out(struct exchange *x)
{
	ih_session_end(x->web->sessions, x->token);
	x->ends = true;
	return web_lead(x, "/login");
}

static const struct {
	const char *path;
	enum MHD_Result (*answer)(struct exchange *x);
} forms[] = {
	{ "/language", set_language },
	{ "/leave", leave },
	{ "/logout", log_out },
};

static enum MHD_Result
wait_for_desk(struct exchange *x)
{
	return web_ask(x) ? MHD_YES : web_say(x, IH_NOTICE_FULL, 0);
}

/* Was the page made together with the answer that led here?  It was made for
 * this one request, or for none. */
static bool
is_at_hand(struct exchange *x, const char *path)
{
	IH_OWNED(ih_fields)
	page = x->is_post ?
		   NULL :
		   ih_session_take_out(x->web->sessions, web_now(), x->token);

	if (page == NULL || x->asked->count > 0 ||
	    strcmp(ih_fields_get(page, ":location"), path) != 0 ||
	    strcmp(ih_fields_get(page, ":language"), ih_lang_tag(x->lang)) != 0)
		return false;
	x->answer = IH_GIVE(page);
	x->is_there = true;
	return true;
}

/* To the desk of the session, with what its forms must bring. */
static enum MHD_Result
to_desk(struct exchange *x, const char *method, const char *path)
{
	char form[IH_TOKEN_TEXT] = "";
	const char *brought = ih_fields_get(x->asked, "token");

	if (is_at_hand(x, path))
		return web_pass_on(x);
	if (x->token[0] != '\0')
		ih_session_form_token(x->token, form);
	ih_fields_text(x->asked, ":method", method);
	ih_fields_text(x->asked, ":path", path);
	ih_fields_text(x->asked, ":language", ih_lang_tag(x->lang));
	ih_fields_text(x->asked, ":form-token", form);
	if (web_is_login(x))
		return wait_for_desk(x);
	if (x->token[0] == '\0')
		return x->is_post ? web_say(x, IH_NOTICE_OVER, 0) :
				    web_lead(x, "/login");
	if (x->is_post &&
	    (brought == NULL || !ih_session_is_form(form, brought)))
		return web_say(x, IH_NOTICE_FORBIDDEN, 0);
	return wait_for_desk(x);
}

static enum MHD_Result
route(struct exchange *x, const char *method, const char *path)
{
	const struct ih_server *server = x->web->server;

	if (x->is_post) {
		for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++)
			if (strcmp(forms[i].path, path) == 0)
				return forms[i].answer(x);
		return to_desk(x, method, path);
	}
	for (size_t i = 0; i < server->asset_count; i++)
		if (strcmp(server->assets[i].path, path) == 0)
			return MHD_queue_response(x->connection, 200,
			    x->web->assets[i]);
	if (strcmp(path, "/login") == 0)
		return web_say(x, IH_NOTICE_LOGIN, 0);
	MHD_get_connection_values(x->connection, MHD_GET_ARGUMENT_KIND,
	    take_argument, x);
	return to_desk(x, "GET", path);
}

/* What is large is taken from who is logged in, only. */
static bool
is_too_much(const struct exchange *x)
{
	const char *length = MHD_lookup_connection_value(x->connection,
	    MHD_HEADER_KIND, "Content-Length");

	return strtoul(length, NULL, 10) > FORM_MOST &&
	       !ih_session_lives(x->web->sessions, web_now(), x->token);
}

/* The first call for a request: its heading is here. */
static enum MHD_Result
begin(struct exchange *x, const char *method, const char *path)
{
	enum ih_gated gated = pass_gate(x, method, path);

	if (gated != IH_GATE_OPEN)
		return web_refuse(x, gated);
	x->is_post = strcmp(method, "POST") == 0;
	if (!x->is_post)
		return MHD_YES;
	if (is_too_much(x))
		return web_say(x, IH_NOTICE_OVER, 0);
	x->form =
	    MHD_create_post_processor(x->connection, CHUNK, take_field, x);
	return x->form != NULL ? MHD_YES : web_say(x, IH_NOTICE_TYPE, 0);
}

/* Where the library put what it took apart. */
static __attribute__((noinline)) void
wipe_stack(void)
{
	char below[4 * CHUNK];

	explicit_bzero(below, sizeof below);
}

/* What was taken from it does not stay in the library's memory: it may be a
 * passphrase. */
static void
take_form(struct exchange *x, const char *data, size_t size)
{
	web_count_bytes(x, size);
	if (!x->is_too_large &&
	    MHD_post_process(x->form, data, size) != MHD_YES)
		x->is_too_large = true;
	explicit_bzero((void *)(uintptr_t)data, size);
	wipe_stack();
}

enum MHD_Result
web_take(void *with, struct MHD_Connection *connection, const char *path,
    const char *method, const char *version, const char *data, size_t *size,
    void **at)
{
	struct exchange *x = *at;

	(void)version;
	if (x == NULL) {
		x = *at = exchange_new(with, connection);
		return begin(x, method, path);
	}
	if (*size > 0) {
		take_form(x, data, *size);
		*size = 0;
		return MHD_YES;
	}
	if (x->is_answered)
		return web_pass_on(x);
	if (x->is_asked)
		return MHD_YES;
	if (x->form != NULL) {
		MHD_destroy_post_processor(x->form);
		x->form = NULL;
		finish_field(x);
	}
	return x->is_too_large ? web_say(x, IH_NOTICE_BAD, 0) :
				 route(x, method, path);
}
