/* This is the process that browsers talk to: a program of its own, for what
 * speaks HTTP and TLS is much, and nothing else here needs it. */
#include <malloc.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <time.h>
#include <unistd.h>

#include "ihala/confine.h"
#include "keeper.h"
#include "web.h"

#define CONNECTIONS 1200
#define CONNECTIONS_OF_ONE 600 /* address, where no proxy stands between */
#define SILENCE 20         /* seconds until a silent browser is hung up on */
#define SWEEP 5            /* seconds between looking for what is over */
#define HEADING_MOST 16384 /* bytes; what is sent is in the same room */
#define EVENTS_AT_ONCE 64

int64_t
web_now(void)
{
	struct timespec t;

	/* Not the clock on the wall, which may be set back. */
	clock_gettime(CLOCK_BOOTTIME, &t);
	return t.tv_sec;
}

static struct MHD_Daemon *
start_daemon(struct web *web, const char *certificate)
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

	return MHD_start_daemon(MHD_USE_EPOLL | MHD_ALLOW_SUSPEND_RESUME |
				    (certificate != NULL ? MHD_USE_TLS : 0),
	    0, NULL, NULL, web_take, web, MHD_OPTION_LISTEN_SOCKET,
	    DOOR_LISTENS, MHD_OPTION_NOTIFY_COMPLETED, web_finish, NULL,
	    MHD_OPTION_NOTIFY_CONNECTION, web_come_or_go, web,
	    MHD_OPTION_UNESCAPE_CALLBACK, web_unescape, NULL,
	    MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)HEADING_MOST,
	    MHD_OPTION_CONNECTION_LIMIT, CONNECTIONS,
	    MHD_OPTION_PER_IP_CONNECTION_LIMIT,
	    web->server->proxy != NULL ? 0 : CONNECTIONS_OF_ONE,
	    MHD_OPTION_CONNECTION_TIMEOUT, SILENCE,
	    MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_ARRAY,
	    certificate != NULL ? secured : plain, MHD_OPTION_END);
}

static bool
watch(const struct web *web, int fd, void *who)
{
	struct epoll_event event = { .events = EPOLLIN, .data.ptr = who };

	return epoll_ctl(web->events, EPOLL_CTL_ADD, fd, &event) == 0;
}

/* One set of events holds the library's own, the keeper, and each desk that is
 * asked; WHO tells them apart. */
static bool
watch_all(struct web *web)
{
	const union MHD_DaemonInfo *of_library =
	    MHD_get_daemon_info(web->daemon, MHD_DAEMON_INFO_EPOLL_FD);

	web->events = epoll_create1(EPOLL_CLOEXEC);
	return web->events >= 0 && of_library != NULL &&
	       watch(web, of_library->epoll_fd, web->daemon) &&
	       watch(web, web->keeper, web);
}

static void
go_on(struct web *web, void *who)
{
	if (who == web)
		web_meet_desk(web);
	else if (who != web->daemon)
		web_talk_on(who);
}

static void
sweep(struct web *web)
{
	ih_sessions_sweep(web->sessions, web_now());
	web_hang_up_on_the_slow(web);
	web_lose_patience(web);
}

/* Milliseconds until something is to be done though nothing comes. */
static int
how_long(const struct web *web)
{
	const int longest = SWEEP * 1000;
	MHD_UNSIGNED_LONG_LONG most;

	return MHD_get_timeout(web->daemon, &most) == MHD_YES &&
		       most < (unsigned)longest ?
		   (int)most :
		   longest;
}

/* What the library has to do comes last: requests that were answered in this
 * round are gone after it. */
static _Noreturn void
loop(struct web *web)
{
	struct epoll_event events[EVENTS_AT_ONCE];
	int64_t swept = web_now();

	for (;;) {
		int count = epoll_wait(web->events, events, EVENTS_AT_ONCE,
		    how_long(web));

		for (int i = 0; i < count; i++)
			go_on(web, events[i].data.ptr);
		if (web_now() - swept >= SWEEP) {
			sweep(web);
			swept = web_now();
		}
		MHD_run(web->daemon);
	}
}

/* False: it did not begin; it does not end. */
static bool
serve(struct web *web, const char *certificate, struct ih_error *err)
{
	web->sessions = ih_sessions_new(web->server->world);
	web_prepare(web);
	web->daemon = start_daemon(web, certificate);
	if (web->daemon == NULL)
		return ih_fail(err, IH_SYSTEM,
		    "it does not start; is the certificate one, with its key?");
	if (!watch_all(web))
		return ih_fail(err, IH_SYSTEM, "server: no events");
	if (!ih_confine_server(err) || !keeper_tell(web->keeper))
		return false;
	loop(web);
}

/* ---- what the keeper told */

static struct ih_buffer *
bytes_of(const struct ih_field *field)
{
	return ih_buffer_copy(field->value, field->size);
}

/* The fields that come more than once, in their order (server.c).  False: not
 * each notice came once. */
static bool
take_told(struct ih_server *server, const struct ih_fields *told,
    struct ih_asset *assets)
{
	size_t notices = 0;

	for (size_t i = 0; i < told->count; i++) {
		const struct ih_field *f = &told->list[i];

		if (strcmp(f->name, TOLD_NOTICE) == 0) {
			if (notices == (size_t)IH_NOTICES * IH_LANGS)
				return false;
			server
			    ->notices[notices / IH_LANGS][notices % IH_LANGS] =
			    bytes_of(f);
			notices++;
		} else if (strcmp(f->name, TOLD_PATH) == 0 &&
			   i + 2 < told->count) {
			assets[server->asset_count++] = (struct ih_asset){
				.path = f->value,
				.type = told->list[i + 1].value,
				.bytes = bytes_of(&told->list[i + 2]),
			};
		}
	}
	return notices == (size_t)IH_NOTICES * IH_LANGS;
}

/* Nothing of it is given back before the process ends. */
static bool
answer(const struct ih_fields *told, struct ih_error *err)
{
	struct ih_world world = ih_world_real();
	const char *address = ih_fields_get(told, TOLD_ADDRESS);
	const char *certificate = ih_fields_get(told, TOLD_CERTIFICATE);
	struct ih_asset *assets = ih_zeroed((told->count + 1) * sizeof *assets);
	struct web *web = ih_zeroed(sizeof *web);
	struct ih_server server = {
		.proxy = ih_fields_get(told, TOLD_PROXY),
		.language =
		    (enum ih_lang)ih_fields_count(told, TOLD_LANGUAGE, IH_EN),
		.assets = assets,
		.world = &world,
	};

	if (address == NULL || !take_told(&server, told, assets))
		return ih_fail(err, IH_SYSTEM,
		    "server: it was told too little");
	web->server = &server;
	web->keeper = DOOR_KEEPER;
	web_name_hosts(web, address, certificate != NULL);
	return serve(web, certificate, err);
}

int
ih_server_answer(void)
{
	struct ih_error err = { 0 };
	sigset_t none;

	signal(SIGINT, SIG_IGN);
	signal(SIGPIPE, SIG_IGN);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	/* What the libraries let go of is written over: forms and keys of TLS
	 * were in it. */
	mallopt(M_PERTURB, 0x5a);
	IH_OWNED(ih_fields) told = ih_fields_receive(DOOR_TOLD);
	close(DOOR_TOLD);
	if (told == NULL)
		ih_fail(&err, IH_SYSTEM, "it starts ihala-door by itself");
	else
		answer(told, &err);
	fprintf(stderr, "ihala serve: %s\n", err.text);
	return EXIT_FAILURE;
}
