/* This is where the processes of the web application begin and end. */
#include "ihala/server.h"

#include <malloc.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <time.h>
#include <unistd.h>

#include "ihala/confine.h"
#include "ihala/file.h"
#include "keeper.h"
#include "web.h"

#define CONNECTIONS 1200
#define CONNECTIONS_OF_ONE 600 /* address, where no proxy stands between */
#define SILENCE 20         /* seconds until a silent browser is hung up on */
#define SWEEP 5            /* seconds between looking for what is over */
#define HEADING_MOST 16384 /* bytes; what is sent is in the same room */
#define CERTIFICATE_MOST ((size_t)1 << 20)
#define EVENTS_AT_ONCE 64

int64_t
web_now(void)
{
	struct timespec t;

	/* Not the clock on the wall, which may be set back. */
	clock_gettime(CLOCK_BOOTTIME, &t);
	return t.tv_sec;
}

/* ---- the process that browsers talk to */

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

	return MHD_start_daemon(MHD_USE_EPOLL | MHD_ALLOW_SUSPEND_RESUME |
				    (certificate != NULL ? MHD_USE_TLS : 0),
	    0, NULL, NULL, web_take, web, MHD_OPTION_LISTEN_SOCKET, fd,
	    MHD_OPTION_NOTIFY_COMPLETED, web_finish, NULL,
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

static bool
serve(struct web *web, int fd, const struct ih_buffer *certificate,
    struct ih_error *err)
{
	web->sessions = ih_sessions_new(web->server->world);
	web_prepare(web);
	web->daemon = start_daemon(web, fd,
	    certificate != NULL ? (const char *)certificate->data : NULL);
	if (web->daemon == NULL)
		return ih_fail(err, IH_SYSTEM,
		    "it does not start; is the certificate one, with its key?");
	if (!watch_all(web))
		return ih_fail(err, IH_SYSTEM, "server: no events");
	if (!ih_confine_server(err) || !keeper_tell(web->keeper))
		return false;
	loop(web);
}

/* ---- the keeper, and how both begin */

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
	int fd =
	    web_is_sound(server, err) ? web_listen(server, address, err) : -1;
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
	web_name_hosts(web, address);
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
