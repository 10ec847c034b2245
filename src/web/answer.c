/* This is where a browser is answered. */
#include "web.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* ---- notices */

/* clang-format off */
static const unsigned statuses[IH_NOTICES] = {
	[IH_NOTICE_LOGIN] =	200,
	[IH_NOTICE_REFUSED] =	403,
	[IH_NOTICE_WAIT] =	429,
	[IH_NOTICE_OVER] =	401,
	[IH_NOTICE_LEFT] =	200,
	[IH_NOTICE_BAD] =	400,
	[IH_NOTICE_FORBIDDEN] =	403,
	[IH_NOTICE_ABSENT] =	404,
	[IH_NOTICE_METHOD] =	405,
	[IH_NOTICE_LARGE] =	413,
	[IH_NOTICE_TYPE] =	415,
	[IH_NOTICE_HOST] =	421,
	[IH_NOTICE_BROKEN] =	500,
	[IH_NOTICE_FULL] =	503,
};

/* What HTTP asks for besides. */
static const struct {
	enum ih_notice notice;
	const char *name, *value;
} besides[] = {
	{ IH_NOTICE_LEFT, "Clear-Site-Data",
	  "\"cache\", \"cookies\", \"storage\"" },
	{ IH_NOTICE_METHOD, "Allow", "GET, HEAD, POST" },
	{ IH_NOTICE_FULL, "Retry-After", "10" },
};

static const enum ih_notice of_gate[IH_GATES] = {
	[IH_GATE_OPEN] = IH_NOTICE_BROKEN,
	[IH_GATE_BAD] = IH_NOTICE_BAD,
	[IH_GATE_METHOD] = IH_NOTICE_METHOD,
	[IH_GATE_HOST] = IH_NOTICE_HOST,
	[IH_GATE_CROSS] = IH_NOTICE_FORBIDDEN,
	[IH_GATE_LARGE] = IH_NOTICE_LARGE,
	[IH_GATE_TYPE] = IH_NOTICE_TYPE,
};

/* On every answer.  "same-origin", since a form that tells no referrer tells
 * no origin either. */
static const struct {
	const char *name, *value;
} always[] = {
	{ "Content-Security-Policy",
	  "default-src 'none'; style-src 'self'; script-src 'self'; "
	  "img-src 'self'; form-action 'self'; frame-ancestors 'none'; "
	  "base-uri 'none'" },
	{ "X-Content-Type-Options", "nosniff" },
	{ "Referrer-Policy", "same-origin" },
	{ "Cross-Origin-Opener-Policy", "same-origin" },
	{ "Cross-Origin-Resource-Policy", "same-origin" },
	{ "Permissions-Policy",
	  "camera=(), microphone=(), geolocation=(), display-capture=()" },
	{ "X-Robots-Tag", "noindex" },
};
/* clang-format on */

static void
put(struct MHD_Response *response, const char *name, const char *value)
{
	MHD_add_response_header(response, name, value);
}

static struct MHD_Response *
response_of(const struct web *web, const void *bytes, size_t size,
    const char *type, const char *cache, enum MHD_ResponseMemoryMode mode)
{
	struct MHD_Response *response = MHD_create_response_from_buffer(size,
	    (void *)(uintptr_t)bytes, mode);

	if (response == NULL)
		abort();
	for (size_t i = 0; i < sizeof always / sizeof always[0]; i++)
		put(response, always[i].name, always[i].value);
	if (strcmp(web->gate.scheme, "https") == 0)
		put(response, "Strict-Transport-Security", "max-age=31536000");
	put(response, "Content-Type", type);
	put(response, "Cache-Control", cache);
	return response;
}

#define PAGE "text/html; charset=utf-8"
#define KEEP_NOTHING "no-store"
#define KEEP_A_DAY "public, max-age=86400"

void
web_prepare(struct web *web)
{
	const struct ih_server *server = web->server;

	for (int n = 0; n < IH_NOTICES; n++)
		for (int l = 0; l < IH_LANGS; l++) {
			const struct ih_buffer *page = server->notices[n][l];

			web->notices[n][l] =
			    response_of(web, page->data, page->size, PAGE,
				KEEP_NOTHING, MHD_RESPMEM_PERSISTENT);
		}
	for (size_t i = 0; i < sizeof besides / sizeof besides[0]; i++)
		for (int l = 0; l < IH_LANGS; l++)
			put(web->notices[besides[i].notice][l], besides[i].name,
			    besides[i].value);
	web->assets = ih_zeroed((server->asset_count + 1) * sizeof(void *));
	for (size_t i = 0; i < server->asset_count; i++)
		web->assets[i] = response_of(web, server->assets[i].bytes->data,
		    server->assets[i].bytes->size, server->assets[i].type,
		    KEEP_A_DAY, MHD_RESPMEM_PERSISTENT);
}

/* ---- cookies */

/* Gone with the browser: how long it is good, the server knows. */
static void
put_cookie(const struct web *web, struct MHD_Response *response,
    const char *name, const char *value, const char *more)
{
	char line[256];

	snprintf(line, sizeof line,
	    "%s=%s; Path=/; HttpOnly; SameSite=Strict%s%s", name, value,
	    strcmp(web->gate.scheme, "https") == 0 ? "; Secure" : "", more);
	MHD_add_response_header(response, "Set-Cookie", line);
}

#define A_YEAR "; Max-Age=31536000"
#define AT_ONCE "; Max-Age=0"

enum ih_lang
web_lang_of(const char *tag, size_t size, enum ih_lang otherwise)
{
	for (enum ih_lang l = 0; l < IH_LANGS; l++)
		if (size >= 2 && strncasecmp(ih_lang_tag(l), tag, 2) == 0)
			return l;
	return otherwise;
}

enum ih_lang
web_language(const struct exchange *x)
{
	enum ih_lang none = IH_LANGS, found = none;
	const char *cookie = MHD_lookup_connection_value(x->connection,
	    MHD_COOKIE_KIND, x->web->language_cookie);
	const char *asked = MHD_lookup_connection_value(x->connection,
	    MHD_HEADER_KIND, MHD_HTTP_HEADER_ACCEPT_LANGUAGE);

	if (cookie != NULL)
		found = web_lang_of(cookie, strlen(cookie), none);
	while (found == none && asked != NULL && *asked != '\0') {
		size_t size = strcspn(asked, ",");

		found = web_lang_of(asked, size, none);
		asked += size;
		asked += strspn(asked, ", ");
	}
	return found != none ? found : x->web->server->language;
}

/* ---- answers */

enum MHD_Result
web_say(struct exchange *x, enum ih_notice notice, unsigned status)
{
	return MHD_queue_response(x->connection,
	    status != 0 ? status : statuses[notice],
	    x->web->notices[notice][x->lang]);
}

static enum MHD_Result
queue_and_drop(struct exchange *x, struct MHD_Response *response,
    unsigned status)
{
	enum MHD_Result queued;

	if (x->fresh[0] != '\0')
		put_cookie(x->web, response, x->web->cookie, x->fresh, "");
	if (x->ends)
		put_cookie(x->web, response, x->web->cookie, "", AT_ONCE);
	queued = MHD_queue_response(x->connection, status, response);
	MHD_destroy_response(response);
	return queued;
}

enum MHD_Result
web_refuse(struct exchange *x, enum ih_gated gated)
{
	return web_say(x, of_gate[gated], 0);
}

static struct MHD_Response *
leading_to(const struct exchange *x, const char *path)
{
	struct MHD_Response *response = response_of(x->web, "", 0, PAGE,
	    KEEP_NOTHING, MHD_RESPMEM_PERSISTENT);

	put(response, "Location", path);
	return response;
}

enum MHD_Result
web_lead(struct exchange *x, const char *path)
{
	return queue_and_drop(x, leading_to(x, path), 303);
}

enum MHD_Result
web_lead_in(struct exchange *x, const char *path, enum ih_lang lang)
{
	struct MHD_Response *response = leading_to(x, path);

	put_cookie(x->web, response, x->web->language_cookie, ih_lang_tag(lang),
	    A_YEAR);
	return queue_and_drop(x, response, 303);
}

/* As it said it: it is checked that it is whole. */
static enum MHD_Result
pass_on(struct exchange *x)
{
	const struct ih_field *body = ih_fields_find(x->answer, ":body");
	const char *location = ih_fields_get(x->answer, ":location");
	const char *type = ih_fields_get(x->answer, ":type");
	const char *name = ih_fields_get(x->answer, ":name");
	char line[128];
	struct MHD_Response *response;

	if (!x->is_there && location != NULL && location[0] == '/' &&
	    location[1] != '/')
		return web_lead(x, location);
	if (body == NULL)
		return web_say(x, IH_NOTICE_BROKEN, 0);
	web_count_bytes(x, body->size);
	response = response_of(x->web, body->value, body->size,
	    type != NULL ? type : PAGE, KEEP_NOTHING, MHD_RESPMEM_MUST_COPY);
	if (name != NULL) {
		snprintf(line, sizeof line, "attachment; filename=\"%s\"",
		    name);
		put(response, "Content-Disposition", line);
	}
	return queue_and_drop(x, response,
	    (unsigned)ih_fields_count(x->answer, ":status", 200));
}

enum MHD_Result
web_pass_on(struct exchange *x)
{
	return x->answer != NULL ? pass_on(x) : web_say(x, x->notice, 0);
}
