/* This is where browsers are listened to. */
#include "ihala/server.h"

#include <errno.h>
#include <malloc.h>
#include <microhttpd.h>
#include <netdb.h>
#include <netinet/in.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "ihala/confine.h"
#include "ihala/file.h"
#include "ihala/gate.h"
#include "ihala/session.h"
#include "keeper.h"

#define WORKERS 16        /* requests that wait for a desk at once */
#define WAITING_MOST 512  /* requests that wait for a worker */
#define WAITING_OF_ONE 16 /* session */
#define LOGINS_AT_ONCE 4  /* each takes a processor for a third of a second */
#define LOGINS_WAITING 64
#define CONNECTIONS 1200
#define CONNECTIONS_OF_ONE 600 /* address, where no proxy stands between */
#define SILENCE 20          /* seconds until a silent browser is hung up on */
#define DESK_PATIENCE 60    /* seconds until a desk is given up */
#define SWEEP 5             /* seconds between looking for what is over */
#define REQUEST_MOST 120    /* seconds until a request is answered and taken, */
#define BYTES_A_SECOND 4096 /* and one more for so many bytes of both */
#define FORM_MOST ((size_t)64 << 10)
#define FILE_MOST ((size_t)16 << 20)
#define HEADING_MOST 16384 /* bytes; what is sent is in the same room */
#define CHUNK 4096         /* of the reader of forms */
#define CERTIFICATE_MOST ((size_t)1 << 20)

struct exchange;

/* One connection: whoever sends a byte now and then, or takes one, does not
 * keep it for ever. */
struct caller {
	struct caller *next, *before;
	int fd;
	int64_t since; /* the last request ended, or this one was begun */
	size_t bytes;  /* of the request and its answer */
};

struct web {
	const struct ih_server *server;
	struct ih_gate gate;
	char hosts[IH_GATE_HOSTS][300];
	const char *cookie, *language_cookie; /* their names */
	int keeper;                           /* our end */
	struct ih_sessions *sessions;
	struct MHD_Response *notices[IH_NOTICES][IH_LANGS];
	struct MHD_Response **assets;

	pthread_mutex_t asking; /* the keeper */
	pthread_mutex_t lock;   /* of the queue */
	pthread_cond_t arrived;
	struct exchange *waiting[WAITING_MOST]; /* the first came first */
	size_t count;
	unsigned logins; /* that workers are at */

	pthread_mutex_t listing; /* of the callers */
	struct caller *callers;
};

/* One request and its answer. */
struct exchange {
	struct web *web;
	struct MHD_Connection *connection;
	struct caller *caller;
	struct ih_session *session; /* while a worker is at it */
	struct MHD_PostProcessor *form;
	struct ih_fields *asked, *answer;
	struct ih_buffer *value; /* of the field that is being read */
	char name[64];           /* of it; "": none */
	bool is_file;            /* it is one */
	enum ih_lang lang;
	char token[IH_TOKEN_TEXT]; /* of the cookie; "": none */
	char fresh[IH_TOKEN_TEXT]; /* for the cookie, after a log-in */
	bool is_post, is_too_large, is_asked, is_answered, ends;
	enum ih_notice notice; /* where no desk answered */
	unsigned notice_status;
};

static int64_t
now(void)
{
	struct timespec t;

	/* Not the clock on the wall, which may be set back. */
	clock_gettime(CLOCK_BOOTTIME, &t);
	return t.tv_sec;
}

/* ---- notices */

/* clang-format off */
static const struct {
	const char *name;
	unsigned status;
} notices[IH_NOTICES] = {
	[IH_NOTICE_LOGIN] =	{ "login", 200 },
	[IH_NOTICE_REFUSED] =	{ "refused", 403 },
	[IH_NOTICE_WAIT] =	{ "wait", 429 },
	[IH_NOTICE_OVER] =	{ "over", 401 },
	[IH_NOTICE_LEFT] =	{ "left", 200 },
	[IH_NOTICE_BAD] =	{ "bad", 400 },
	[IH_NOTICE_FORBIDDEN] =	{ "forbidden", 403 },
	[IH_NOTICE_ABSENT] =	{ "absent", 404 },
	[IH_NOTICE_METHOD] =	{ "method", 405 },
	[IH_NOTICE_LARGE] =	{ "large", 413 },
	[IH_NOTICE_TYPE] =	{ "type", 415 },
	[IH_NOTICE_HOST] =	{ "host", 421 },
	[IH_NOTICE_BROKEN] =	{ "broken", 500 },
	[IH_NOTICE_FULL] =	{ "full", 503 },
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

const char *
ih_notice_name(enum ih_notice notice)
{
	return notices[notice].name;
}

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

static void
prepare(struct web *web)
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
	web->assets =
	    ih_zeroed((server->asset_count + 1) * sizeof *web->assets);
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

static enum ih_lang
lang_of(const char *tag, size_t size, enum ih_lang otherwise)
{
	for (enum ih_lang l = 0; l < IH_LANGS; l++)
		if (size >= 2 && strncasecmp(ih_lang_tag(l), tag, 2) == 0)
			return l;
	return otherwise;
}

/* That of the cookie, or the first of ours that the browser asks for. */
static enum ih_lang
language(const struct exchange *x)
{
	enum ih_lang none = IH_LANGS, found = none;
	const char *cookie = MHD_lookup_connection_value(x->connection,
	    MHD_COOKIE_KIND, x->web->language_cookie);
	const char *asked = MHD_lookup_connection_value(x->connection,
	    MHD_HEADER_KIND, MHD_HTTP_HEADER_ACCEPT_LANGUAGE);

	if (cookie != NULL)
		found = lang_of(cookie, strlen(cookie), none);
	while (found == none && asked != NULL && *asked != '\0') {
		size_t size = strcspn(asked, ",");

		found = lang_of(asked, size, none);
		asked += size;
		asked += strspn(asked, ", ");
	}
	return found != none ? found : x->web->server->language;
}

/* ---- who is connected */

static void
come_or_go(void *with, struct MHD_Connection *connection, void **at,
    enum MHD_ConnectionNotificationCode which)
{
	struct web *web = with;
	struct caller *caller = *at;

	pthread_mutex_lock(&web->listing);
	if (which == MHD_CONNECTION_NOTIFY_STARTED) {
		caller = *at = ih_zeroed(sizeof *caller);
		caller->fd = MHD_get_connection_info(connection,
		    MHD_CONNECTION_INFO_CONNECTION_FD)
				 ->connect_fd;
		caller->since = now();
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
	pthread_mutex_unlock(&web->listing);
}

static void
count_bytes(const struct exchange *x, size_t size)
{
	pthread_mutex_lock(&x->web->listing);
	x->caller->bytes += size;
	pthread_mutex_unlock(&x->web->listing);
}

static void
begin_anew(const struct exchange *x)
{
	pthread_mutex_lock(&x->web->listing);
	x->caller->bytes = 0;
	x->caller->since = now();
	pthread_mutex_unlock(&x->web->listing);
}

/* The descriptor is closed by who has the connection: it finds the other side
 * gone. */
static void
hang_up_on_the_slow(struct web *web)
{
	int64_t instant = now();

	pthread_mutex_lock(&web->listing);
	for (const struct caller *c = web->callers; c != NULL; c = c->next)
		if (instant - c->since >
		    REQUEST_MOST + (int64_t)(c->bytes / BYTES_A_SECOND))
			shutdown(c->fd, SHUT_RDWR);
	pthread_mutex_unlock(&web->listing);
}

/* ---- answers */

static enum MHD_Result
say_notice(struct exchange *x, enum ih_notice notice, unsigned status)
{
	return MHD_queue_response(x->connection,
	    status != 0 ? status : notices[notice].status,
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

static enum MHD_Result
lead_to(struct exchange *x, const char *path)
{
	struct MHD_Response *response = response_of(x->web, "", 0, PAGE,
	    KEEP_NOTHING, MHD_RESPMEM_PERSISTENT);

	put(response, "Location", path);
	return queue_and_drop(x, response, 303);
}

/* What a desk said, as it said it: it is checked that it is whole. */
static enum MHD_Result
pass_on(struct exchange *x)
{
	const struct ih_field *body = ih_fields_find(x->answer, ":body");
	const char *location = ih_fields_get(x->answer, ":location");
	const char *type = ih_fields_get(x->answer, ":type");
	const char *name = ih_fields_get(x->answer, ":name");
	char line[128];
	struct MHD_Response *response;

	if (location != NULL && location[0] == '/' && location[1] != '/')
		return lead_to(x, location);
	if (body == NULL)
		return say_notice(x, IH_NOTICE_BROKEN, 0);
	count_bytes(x, body->size);
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

/* ---- asking a desk, in a worker */

/* A desk that says nothing more does not hold a worker for ever. */
static void
have_patience(int fd)
{
	const struct timeval patience = { .tv_sec = DESK_PATIENCE };

	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
	setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
}

static bool
ask(int fd, struct exchange *x)
{
	if (!ih_fields_send(fd, x->asked))
		return false;
	x->answer = ih_fields_receive(fd);
	return x->answer != NULL;
}

static void
give_notice(struct exchange *x, enum ih_notice notice)
{
	x->notice = notice;
	x->notice_status = notices[notice].status;
}

static const char *
user_of(const struct exchange *x)
{
	const char *user = ih_fields_get(x->asked, "user");

	return user != NULL ? user : "";
}

/* A session begins with a token that nobody has seen, and one of before
 * ends (ASVS 7.2.4). */
static void
log_in(struct exchange *x)
{
	struct web *web = x->web;
	bool asked, passed;
	int fd;

	if (ih_session_wait(web->sessions, now(), user_of(x)) > 0) {
		give_notice(x, IH_NOTICE_WAIT);
		return;
	}
	ih_session_tried(web->sessions, now(), user_of(x), false);
	pthread_mutex_lock(&web->asking);
	fd = keeper_ask(web->keeper);
	pthread_mutex_unlock(&web->asking);
	if (fd >= 0)
		have_patience(fd);
	asked = fd >= 0 && ask(fd, x);
	passed = asked && ih_fields_get(x->answer, ":location") != NULL;
	if (passed &&
	    ih_session_begin(web->sessions, now(), fd, user_of(x), x->fresh)) {
		ih_session_tried(web->sessions, now(), user_of(x), true);
		ih_session_end(web->sessions, x->token);
		return;
	}
	x->fresh[0] = '\0';
	if (fd >= 0)
		close(fd);
	if (passed)
		give_notice(x, IH_NOTICE_FULL);
	else if (!asked || ih_fields_get(x->answer, ":broken") != NULL)
		give_notice(x, IH_NOTICE_BROKEN);
	else
		give_notice(x, IH_NOTICE_REFUSED);
}

static void
do_as_asked(struct exchange *x)
{
	bool there = x->session != NULL && ask(ih_session_desk(x->session), x);

	if (!there)
		give_notice(x, IH_NOTICE_OVER);
	x->ends = !there || ih_fields_get(x->answer, ":ends") != NULL;
}

static bool
is_login(const struct exchange *x)
{
	return strcmp(ih_fields_get(x->asked, ":path"), "/login") == 0;
}

/* ---- who waits
 *
 * One request at a time is in a session, in the order in which they came; what
 * waits for its session is in no other's way, and neither are log-ins.
 */

/* Called with the lock held: may a worker begin with X? */
static bool
may_begin(struct exchange *x)
{
	if (is_login(x))
		return x->web->logins < LOGINS_AT_ONCE;
	return ih_session_take(x->web->sessions, now(), x->token,
		   &x->session) != IH_SESSION_BUSY;
}

/* Called with the lock held.  NULL: nobody waits who may begin. */
static struct exchange *
next_one(struct web *web)
{
	for (size_t i = 0; i < web->count; i++) {
		struct exchange *x = web->waiting[i];

		if (!may_begin(x))
			continue;
		web->count--;
		memmove(web->waiting + i, web->waiting + i + 1,
		    (web->count - i) * sizeof web->waiting[0]);
		web->logins += is_login(x);
		return x;
	}
	return NULL;
}

/* Called with the lock held: others may begin now, the first of them with the
 * worker that is done. */
static void
be_done(struct web *web, struct exchange *x)
{
	web->logins -= is_login(x);
	if (x->session != NULL)
		ih_session_let_go(web->sessions, x->session, x->ends);
	x->session = NULL;
	x->is_answered = true;
}

static void *
work(void *with)
{
	struct web *web = with;

	pthread_mutex_lock(&web->lock);
	for (;;) {
		struct exchange *x = next_one(web);

		if (x == NULL) {
			pthread_cond_wait(&web->arrived, &web->lock);
			continue;
		}
		if (web->count > 0)
			pthread_cond_signal(&web->arrived);
		pthread_mutex_unlock(&web->lock);
		if (is_login(x))
			log_in(x);
		else
			do_as_asked(x);
		pthread_mutex_lock(&web->lock);
		be_done(web, x);
		MHD_resume_connection(x->connection);
	}
	return NULL;
}

/* Called with the lock held: nobody takes the places of all others. */
static bool
fits(const struct web *web, const struct exchange *x)
{
	size_t like = 0;

	for (size_t i = 0; i < web->count; i++)
		like += is_login(x) ?
			    is_login(web->waiting[i]) :
			    strcmp(web->waiting[i]->token, x->token) == 0;
	return web->count < WAITING_MOST &&
	       like < (is_login(x) ? LOGINS_WAITING : WAITING_OF_ONE);
}

/* To a worker; the connection rests until it is done. */
static enum MHD_Result
put_in_queue(struct exchange *x)
{
	struct web *web = x->web;
	bool fit;

	x->is_asked = true;
	pthread_mutex_lock(&web->lock);
	fit = fits(web, x);
	if (fit) {
		MHD_suspend_connection(x->connection);
		web->waiting[web->count++] = x;
		pthread_cond_signal(&web->arrived);
	}
	pthread_mutex_unlock(&web->lock);
	return fit ? MHD_YES : say_notice(x, IH_NOTICE_FULL, 0);
}

/* ---- reading a request */

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
	x->lang = language(x);
	take_token(x);
	return x;
}

static void
finish(void *with, struct MHD_Connection *connection, void **at,
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
	struct MHD_Response *response;

	if (lang == NULL || lang_of(lang, strlen(lang), IH_LANGS) == IH_LANGS)
		return say_notice(x, IH_NOTICE_BAD, 0);
	if (back == NULL || !ih_gate_is_path(back))
		back = "/";
	response = response_of(x->web, "", 0, PAGE, KEEP_NOTHING,
	    MHD_RESPMEM_PERSISTENT);
	put(response, "Location", back);
	put_cookie(x->web, response, x->web->language_cookie,
	    ih_lang_tag(lang_of(lang, strlen(lang), IH_AR)), A_YEAR);
	return queue_and_drop(x, response, 303);
}

/* Nobody who has to leave is asked for anything. */
static enum MHD_Result
leave(struct exchange *x)
{
	ih_session_end(x->web->sessions, x->token);
	return say_notice(x, IH_NOTICE_LEFT, 0);
}

static enum MHD_Result
log_out(struct exchange *x)
{
	ih_session_end(x->web->sessions, x->token);
	x->ends = true;
	return lead_to(x, "/login");
}

static const struct {
	const char *path;
	enum MHD_Result (*answer)(struct exchange *x);
} forms[] = {
	{ "/language", set_language },
	{ "/leave", leave },
	{ "/logout", log_out },
};

/* To the desk of the session, with what its forms must bring. */
static enum MHD_Result
to_desk(struct exchange *x, const char *method, const char *path)
{
	char form[IH_TOKEN_TEXT] = "";
	const char *brought = ih_fields_get(x->asked, "token");

	if (x->token[0] != '\0')
		ih_session_form_token(x->token, form);
	ih_fields_text(x->asked, ":method", method);
	ih_fields_text(x->asked, ":path", path);
	ih_fields_text(x->asked, ":language", ih_lang_tag(x->lang));
	ih_fields_text(x->asked, ":form-token", form);
	if (is_login(x))
		return put_in_queue(x);
	if (x->token[0] == '\0')
		return x->is_post ? say_notice(x, IH_NOTICE_OVER, 0) :
				    lead_to(x, "/login");
	if (x->is_post &&
	    (brought == NULL || !ih_session_is_form(x->token, brought)))
		return say_notice(x, IH_NOTICE_FORBIDDEN, 0);
	return put_in_queue(x);
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
		return say_notice(x, IH_NOTICE_LOGIN, 0);
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
	       !ih_session_lives(x->web->sessions, now(), x->token);
}

/* The first call for a request: its heading is here. */
static enum MHD_Result
begin(struct exchange *x, const char *method, const char *path)
{
	enum ih_gated gated = pass_gate(x, method, path);

	if (gated != IH_GATE_OPEN)
		return say_notice(x, of_gate[gated], 0);
	x->is_post = strcmp(method, "POST") == 0;
	if (!x->is_post)
		return MHD_YES;
	if (is_too_much(x))
		return say_notice(x, IH_NOTICE_OVER, 0);
	x->form =
	    MHD_create_post_processor(x->connection, CHUNK, take_field, x);
	return x->form != NULL ? MHD_YES : say_notice(x, IH_NOTICE_TYPE, 0);
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
	count_bytes(x, size);
	if (!x->is_too_large &&
	    MHD_post_process(x->form, data, size) != MHD_YES)
		x->is_too_large = true;
	explicit_bzero((void *)(uintptr_t)data, size);
	wipe_stack();
}

static enum MHD_Result
take_in(void *with, struct MHD_Connection *connection, const char *path,
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
		return x->notice_status != 0 ?
			   say_notice(x, x->notice, x->notice_status) :
			   pass_on(x);
	if (x->is_asked)
		return MHD_YES;
	if (x->form != NULL) {
		MHD_destroy_post_processor(x->form);
		x->form = NULL;
		finish_field(x);
	}
	return x->is_too_large ? say_notice(x, IH_NOTICE_BAD, 0) :
				 route(x, method, path);
}

/* ---- starting */

/* "127.0.0.1:8437" or "[::1]:8437". */
static bool
split_address(const char *text, char host[static 256], char port[static 8])
{
	const char *colon = strrchr(text, ':');
	size_t size;

	if (colon == NULL || colon == text || strlen(colon + 1) > 5 ||
	    colon[1] == '\0' ||
	    strspn(colon + 1, "0123456789") != strlen(colon + 1) ||
	    strtoul(colon + 1, NULL, 10) > 65535)
		return false;
	size = (size_t)(colon - text);
	if (text[0] == '[' && size > 2 && text[size - 1] == ']') {
		text++;
		size -= 2;
	}
	if (size >= 256)
		return false;
	memcpy(host, text, size);
	host[size] = '\0';
	strcpy(port, colon + 1);
	return true;
}

static bool
is_loopback(const struct sockaddr *address)
{
	if (address->sa_family == AF_INET) {
		const struct sockaddr_in *four =
		    (const struct sockaddr_in *)(const void *)address;

		return ntohl(four->sin_addr.s_addr) >> 24 == 127;
	}
	const struct sockaddr_in6 *six =
	    (const struct sockaddr_in6 *)(const void *)address;
	return IN6_IS_ADDR_LOOPBACK(&six->sin6_addr);
}

static int
listen_at(const struct ih_server *server, char address[static 300],
    struct ih_error *err)
{
	struct addrinfo hints = { .ai_flags = AI_NUMERICHOST | AI_NUMERICSERV,
		.ai_socktype = SOCK_STREAM };
	struct addrinfo *found = NULL;
	char host[256], port[8];
	int fd = -1, yes = 1;

	if (!split_address(server->listen, host, port) ||
	    getaddrinfo(host, port, &hints, &found) != 0) {
		ih_fail(err, IH_USAGE,
		    "--listen: an address is 127.0.0.1:8437 or [::1]:8437");
		return -1;
	}
	if (server->certificate == NULL && server->proxy == NULL &&
	    !is_loopback(found->ai_addr))
		ih_fail_code(err, IH_USAGE, "E_LISTEN_CLEAR", "--listen");
	else
		fd = socket(found->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd >= 0) {
		struct sockaddr_storage bound;
		socklen_t size = sizeof bound;

		setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
		if (bind(fd, found->ai_addr, found->ai_addrlen) != 0 ||
		    listen(fd, 511) != 0 ||
		    getsockname(fd, (struct sockaddr *)&bound, &size) != 0 ||
		    getnameinfo((struct sockaddr *)&bound, size, NULL, 0, port,
			sizeof port, NI_NUMERICSERV) != 0) {
			ih_fail(err, IH_SYSTEM, "--listen: %s",
			    strerror(errno));
			close(fd);
			fd = -1;
		}
	} else if (err->kind == IH_NONE) {
		ih_fail(err, IH_SYSTEM, "--listen: %s", strerror(errno));
	}
	snprintf(address, 300, strchr(host, ':') != NULL ? "[%s]:%s" : "%s:%s",
	    host, port);
	freeaddrinfo(found);
	return fd;
}

/* One more name; without the port too where a browser leaves that out. */
static void
name_host(struct web *web, const char *name)
{
	const char *usual =
	    strcmp(web->gate.scheme, "https") == 0 ? ":443" : ":80";
	size_t count = 0, size = strlen(name), rest = strlen(usual);

	while (web->gate.hosts[count] != NULL)
		count++;
	snprintf(web->hosts[count], sizeof web->hosts[0], "%s", name);
	web->gate.hosts[count] = web->hosts[count];
	if (size > rest && strcmp(name + size - rest, usual) == 0) {
		snprintf(web->hosts[count + 1], sizeof web->hosts[0], "%.*s",
		    (int)(size - rest), name);
		web->gate.hosts[count + 1] = web->hosts[count + 1];
	}
}

static bool
is_secure(const struct ih_server *server)
{
	return server->proxy != NULL ?
		   strncmp(server->proxy, "https:", 6) == 0 :
		   server->certificate != NULL;
}

/* "https://name" or "http://name:port", and nothing behind it. */
static bool
is_site(const char *url)
{
	const char *name = strstr(url, "://");

	return name != NULL && name[3] != '\0' && strlen(name) < 256 &&
	       (strncmp(url, "https:", 6) == 0 ||
		   strncmp(url, "http:", 5) == 0) &&
	       name == url + strcspn(url, ":") &&
	       strspn(name + 3, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrst"
				"uvwxyz0123456789-.:[]") == strlen(name + 3);
}

/* The names by which a browser may know us. */
static void
name_hosts(struct web *web, const char *address)
{
	char local[32];

	web->gate.form_most = FORM_MOST;
	web->gate.file_most = FILE_MOST;
	web->gate.scheme = is_secure(web->server) ? "https" : "http";
	if (web->server->proxy != NULL) {
		name_host(web, strstr(web->server->proxy, "://") + 3);
	} else {
		snprintf(local, sizeof local, "localhost%s",
		    strrchr(address, ':'));
		name_host(web, address);
		name_host(web, local);
	}
	web->cookie = is_secure(web->server) ? "__Host-session" : "session";
	web->language_cookie =
	    is_secure(web->server) ? "__Host-language" : "language";
}

/* A zero that was written as "%00" would hide what stands behind it: it
 * becomes what no path and no field may hold. */
static size_t
unescape(void *with, struct MHD_Connection *connection, char *text)
{
	size_t size = MHD_http_unescape(text);

	(void)with;
	(void)connection;
	for (size_t i = 0; i < size; i++)
		if (text[i] == '\0')
			text[i] = '\1';
	return size;
}

static struct MHD_Daemon *
start_daemon(struct web *web, int fd, const char *certificate)
{
	const struct MHD_OptionItem secured[] = {
		{ MHD_OPTION_HTTPS_MEM_KEY, 0, (void *)(uintptr_t)certificate },
		{ MHD_OPTION_HTTPS_MEM_CERT, 0,
		    (void *)(uintptr_t)certificate },
		{ MHD_OPTION_HTTPS_PRIORITIES, 0,
		    (void *)(uintptr_t) "NORMAL:-VERS-ALL:+VERS-TLS1.3:"
					"+VERS-TLS1.2" },
		{ MHD_OPTION_END, 0, NULL },
	};
	const struct MHD_OptionItem plain[] = { { MHD_OPTION_END, 0, NULL } };

	return MHD_start_daemon(MHD_USE_EPOLL_INTERNAL_THREAD |
				    MHD_ALLOW_SUSPEND_RESUME |
				    (certificate != NULL ? MHD_USE_TLS : 0),
	    0, NULL, NULL, take_in, web, MHD_OPTION_LISTEN_SOCKET, fd,
	    MHD_OPTION_NOTIFY_COMPLETED, finish, NULL,
	    MHD_OPTION_NOTIFY_CONNECTION, come_or_go, web,
	    MHD_OPTION_UNESCAPE_CALLBACK, unescape, NULL,
	    MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)HEADING_MOST,
	    MHD_OPTION_CONNECTION_LIMIT, CONNECTIONS,
	    MHD_OPTION_PER_IP_CONNECTION_LIMIT,
	    web->server->proxy != NULL ? 0 : CONNECTIONS_OF_ONE,
	    MHD_OPTION_CONNECTION_TIMEOUT, SILENCE,
	    MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_ARRAY,
	    certificate != NULL ? secured : plain, MHD_OPTION_END);
}

/* The process that browsers talk to. */
static bool
serve(struct web *web, int fd, const struct ih_buffer *certificate,
    struct ih_error *err)
{
	pthread_t thread;

	web->sessions = ih_sessions_new(web->server->world);
	pthread_mutex_init(&web->asking, NULL);
	pthread_mutex_init(&web->lock, NULL);
	pthread_cond_init(&web->arrived, NULL);
	pthread_mutex_init(&web->listing, NULL);
	prepare(web);
	for (int i = 0; i < WORKERS; i++)
		if (pthread_create(&thread, NULL, work, web) != 0)
			return ih_fail(err, IH_SYSTEM, "server: no thread");
	if (start_daemon(web, fd,
		certificate != NULL ? (const char *)certificate->data : NULL) ==
	    NULL)
		return ih_fail(err, IH_SYSTEM,
		    "it does not start; is the certificate one, with its key?");
	if (!ih_confine_server(err) || !keeper_tell(web->keeper))
		return false;
	for (;;) {
		sleep(SWEEP);
		ih_sessions_sweep(web->sessions, now());
		hang_up_on_the_slow(web);
	}
	return true;
}

static volatile sig_atomic_t asked_to_end;

static void
end(int number)
{
	(void)number;
	asked_to_end = 1;
}

/* They come while the keeper waits (keeper_waits()), and at no other time. */
static void
listen_to_signals(void)
{
	struct sigaction action = { .sa_handler = end };
	sigset_t both;

	sigemptyset(&both);
	sigaddset(&both, SIGTERM);
	sigaddset(&both, SIGINT);
	sigprocmask(SIG_BLOCK, &both, NULL);
	sigaction(SIGTERM, &action, NULL);
	sigaction(SIGINT, &action, NULL);
}

static _Noreturn void
live(struct web *web, int fd, pid_t keeper, const struct ih_buffer *certificate)
{
	struct ih_error err = { 0 };
	sigset_t none;

	signal(SIGINT, SIG_IGN);
	signal(SIGTERM, SIG_DFL);
	signal(SIGPIPE, SIG_IGN);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	/* What the libraries let go of is written over: forms and keys of TLS
	 * were in it. */
	mallopt(M_PERTURB, 0x5a);
	if (prctl(PR_SET_PDEATHSIG, SIGTERM) == 0 && getppid() == keeper)
		serve(web, fd, certificate, &err);
	fprintf(stderr, "ihala serve: %s\n", err.text);
	_exit(1);
}

static bool
is_sound(const struct ih_server *server, struct ih_error *err)
{
	return server->proxy == NULL || is_site(server->proxy) ||
	       ih_fail(err, IH_USAGE,
		   "--behind-proxy: a site is https://name, without a path");
}

/* The keeper's own part, until it is asked to end. */
static bool
keep(const struct ih_server *server, const struct web *web, int end,
    struct ih_error *err)
{
	char url[310];

	if (!keeper_hears(end, &asked_to_end))
		return asked_to_end ||
		       ih_fail(err, IH_SYSTEM, "server: it did not start");
	snprintf(url, sizeof url, "%s://%s/", web->gate.scheme,
	    web->gate.hosts[0]);
	server->listening(url, server->with);
	keeper_run(end, &asked_to_end, server->desk, server->with);
	return asked_to_end ||
	       ih_fail(err, IH_SYSTEM, "server: it ended by itself");
}

bool
ih_server_run(const struct ih_server *server, struct ih_error *err)
{
	IH_OWNED(ih_buffer) certificate = NULL;
	struct web *web = NULL;
	char address[300];
	int ends[2];
	pid_t self = getpid(), pid;
	int fd = is_sound(server, err) ? listen_at(server, address, err) : -1;
	bool done;

	if (fd < 0)
		return false;
	if (server->certificate != NULL)
		certificate =
		    ih_file_read(server->certificate, CERTIFICATE_MOST, err);
	if (err->kind != IH_NONE || !keeper_ends(ends, err)) {
		close(fd);
		return false;
	}
	web = ih_zeroed(sizeof *web);
	web->server = server;
	web->keeper = ends[1];
	name_hosts(web, address);
	fflush(NULL);
	listen_to_signals();
	pid = fork();
	if (pid == 0) {
		close(ends[0]);
		live(web, fd, self, certificate);
	}
	close(ends[1]);
	close(fd);
	done = keep(server, web, ends[0], err);
	close(ends[0]);
	free(web);
	kill(pid, SIGTERM);
	return done;
}
