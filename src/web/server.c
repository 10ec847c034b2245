/* This is where the processes of the web application begin and end. */
#include "ihala/server.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "ihala/file.h"
#include "keeper.h"
#include "web.h"

#define CERTIFICATE_MOST ((size_t)1 << 20)

static const char *const notices[IH_NOTICES] = {
	[IH_NOTICE_LOGIN] = "login",
	[IH_NOTICE_REFUSED] = "refused",
	[IH_NOTICE_WAIT] = "wait",
	[IH_NOTICE_OVER] = "over",
	[IH_NOTICE_LEFT] = "left",
	[IH_NOTICE_BAD] = "bad",
	[IH_NOTICE_FORBIDDEN] = "forbidden",
	[IH_NOTICE_ABSENT] = "absent",
	[IH_NOTICE_METHOD] = "method",
	[IH_NOTICE_LARGE] = "large",
	[IH_NOTICE_TYPE] = "type",
	[IH_NOTICE_HOST] = "host",
	[IH_NOTICE_BROKEN] = "broken",
	[IH_NOTICE_FULL] = "full",
};

const char *
ih_notice_name(enum ih_notice notice)
{
	return notices[notice];
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

/* The child is another program from then on, which has three descriptors more
 * and the environment of us.  They are put out of their own way first. */
static _Noreturn void
become_door(const char *program, pid_t keeper, int told, int end, int fd)
{
	const int given[] = { [DOOR_TOLD] = told,
		[DOOR_KEEPER] = end,
		[DOOR_LISTENS] = fd };
	const int high = DOOR_LISTENS + 1;
	char *const argv[] = { (char[]){ "ihala-door" }, NULL };
	int kept[DOOR_LISTENS + 1];

	for (int i = DOOR_TOLD; i <= DOOR_LISTENS; i++)
		kept[i] = fcntl(given[i], F_DUPFD_CLOEXEC, high);
	for (int i = DOOR_TOLD; i <= DOOR_LISTENS; i++)
		dup2(kept[i], i);
	signal(SIGTERM, SIG_DFL);
	if (prctl(PR_SET_PDEATHSIG, SIGTERM) == 0 && getppid() == keeper)
		execv(program, argv);
	_exit(1);
}

/* All that the door has to know; it reads no file. */
static bool
tell_door(const struct ih_server *server, const char *address, int fd,
    struct ih_error *err)
{
	IH_OWNED(ih_fields) told = ih_fields_new();
	IH_OWNED(ih_buffer) certificate = NULL;

	if (server->certificate != NULL) {
		certificate =
		    ih_file_read(server->certificate, CERTIFICATE_MOST, err);
		if (certificate == NULL)
			return false;
		ih_fields_add(told, TOLD_CERTIFICATE, certificate->data,
		    certificate->size);
	}
	ih_fields_text(told, TOLD_ADDRESS, address);
	if (server->proxy != NULL)
		ih_fields_text(told, TOLD_PROXY, server->proxy);
	ih_fields_number(told, TOLD_LANGUAGE, server->language);
	for (int n = 0; n < IH_NOTICES; n++)
		for (int l = 0; l < IH_LANGS; l++)
			ih_fields_add(told, TOLD_NOTICE,
			    server->notices[n][l]->data,
			    server->notices[n][l]->size);
	for (size_t i = 0; i < server->asset_count; i++) {
		const struct ih_asset *asset = &server->assets[i];

		ih_fields_text(told, TOLD_PATH, asset->path);
		ih_fields_text(told, TOLD_TYPE, asset->type);
		ih_fields_add(told, TOLD_BYTES, asset->bytes->data,
		    asset->bytes->size);
	}
	return ih_fields_send(fd, told) ||
	       ih_fail(err, IH_SYSTEM, "server: it did not start");
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

/* Its process; -1. */
static pid_t
start_door(const struct ih_server *server, const char *address, int fd,
    int keeper, struct ih_error *err)
{
	pid_t self = getpid(), pid;
	int told[2];
	bool done;

	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, told) != 0) {
		ih_fail(err, IH_SYSTEM, "server: %s", strerror(errno));
		return -1;
	}
	fflush(NULL);
	pid = fork();
	if (pid == 0)
		become_door(server->door, self, told[1], keeper, fd);
	close(told[1]);
	done = pid > 0 && tell_door(server, address, told[0], err);
	close(told[0]);
	if (pid < 0)
		ih_fail(err, IH_SYSTEM, "server: %s", strerror(errno));
	if (pid > 0 && !done) {
		kill(pid, SIGTERM);
		return -1;
	}
	return pid;
}

bool
ih_server_run(const struct ih_server *server, struct ih_error *err)
{
	struct web *web = NULL;
	char address[300];
	int ends[2];
	pid_t pid;
	int fd =
	    web_is_sound(server, err) ? web_listen(server, address, err) : -1;
	bool done;

	if (fd < 0)
		return false;
	if (!keeper_ends(ends, err)) {
		close(fd);
		return false;
	}
	web = ih_zeroed(sizeof *web);
	web->server = server;
	web_name_hosts(web, address, server->certificate != NULL);
	listen_to_signals();
	pid = start_door(server, address, fd, ends[1], err);
	close(ends[1]);
	close(fd);
	done = pid > 0 && keep(server, web, ends[0], err);
	close(ends[0]);
	free(web);
	if (pid > 0)
		kill(pid, SIGTERM);
	return done;
}
