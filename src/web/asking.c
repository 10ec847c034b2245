/* This is where desks are asked, each request in its turn.
 *
 * One request at a time is in a session, in the order in which they came; what
 * waits for its session is in no other's way, and neither are log-ins.
 */
#include "web.h"

#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <unistd.h>

#include "keeper.h"
#include "talk.h"

#define WAITING_OF_ONE 16 /* session */
#define LOGINS_WAITING 64
#define DESK_PATIENCE 60 /* seconds until a desk is given up */

bool
web_is_login(const struct exchange *x)
{
	return strcmp(ih_fields_get(x->asked, ":path"), "/login") == 0;
}

static const char *
user_of(const struct exchange *x)
{
	const char *user = ih_fields_get(x->asked, "user");

	return user != NULL ? user : "";
}

/* ---- who waits, and who is asked */

static void
take_from(struct exchange **list, size_t *count, size_t at)
{
	for (--*count; at < *count; at++)
		list[at] = list[at + 1];
}

static void
take_from_asking(struct exchange *x)
{
	struct web *web = x->web;
	size_t at = 0;

	while (web->asking[at] != x)
		at++;
	take_from(web->asking, &web->asking_count, at);
	web->logins -= web_is_login(x);
}

static bool
may_begin(struct exchange *x)
{
	struct web *web = x->web;

	if (web_is_login(x))
		return web->logins < LOGINS_AT_ONCE;
	return web->asking_count - web->logins < DESKS_AT_ONCE &&
	       ih_session_take(web->sessions, web_now(), x->token,
		   &x->session) != IH_SESSION_BUSY;
}

/* NULL: nobody waits who may begin. */
static struct exchange *
next_one(struct web *web)
{
	for (size_t i = 0; i < web->waiting_count; i++) {
		struct exchange *x = web->waiting[i];

		if (!may_begin(x))
			continue;
		take_from(web->waiting, &web->waiting_count, i);
		return x;
	}
	return NULL;
}

static void
give_notice(struct exchange *x, enum ih_notice notice)
{
	ih_fields_free(x->answer);
	x->answer = NULL;
	x->notice = notice;
	x->is_answered = true;
}

static void
finish(struct exchange *x)
{
	take_from_asking(x);
	if (x->session != NULL)
		ih_session_let_go(x->session, x->ends);
	x->session = NULL;
	x->is_answered = true;
	MHD_resume_connection(x->connection);
}

/* ---- the talk with a desk */

static bool
watch(struct exchange *x, int how)
{
	struct epoll_event event = { .events = EPOLLIN, .data.ptr = x };

	if (ih_talk_is_saying(x->talk))
		event.events |= EPOLLOUT;
	return epoll_ctl(x->web->events, how, ih_talk_fd(x->talk), &event) == 0;
}

/* The page that came with where to go is put by: the browser asks for it next.
 */
static void
put_by_page(struct exchange *x)
{
	const char *location = ih_fields_get(x->answer, ":location");
	struct ih_fields *lead;

	if (location == NULL || ih_fields_find(x->answer, ":body") == NULL)
		return;
	lead = ih_fields_new();
	ih_fields_text(lead, ":location", location);
	ih_fields_text(x->answer, ":language", ih_lang_tag(x->lang));
	ih_session_put_by(x->session, web_now(), x->answer);
	x->answer = lead;
}

static void
finish_turn(struct exchange *x)
{
	if (x->answer == NULL)
		give_notice(x, IH_NOTICE_OVER);
	else if (!x->ends)
		put_by_page(x);
	x->ends =
	    x->answer == NULL || ih_fields_get(x->answer, ":ends") != NULL;
}

/* A session begins with a token that nobody has seen, and one of before
 * ends (ASVS 7.2.4). */
static void
finish_login(struct exchange *x, int fd)
{
	struct ih_sessions *sessions = x->web->sessions;
	bool asked = x->answer != NULL;
	bool passed = asked && ih_fields_get(x->answer, ":location") != NULL;
	bool broken = !asked || ih_fields_get(x->answer, ":broken") != NULL;

	if (passed &&
	    ih_session_begin(sessions, web_now(), fd, user_of(x), x->fresh)) {
		ih_session_tried(sessions, web_now(), user_of(x), true);
		ih_session_end(sessions, x->token);
		return;
	}
	x->fresh[0] = '\0';
	if (fd >= 0)
		close(fd);
	if (passed)
		give_notice(x, IH_NOTICE_FULL);
	else
		give_notice(x, broken ? IH_NOTICE_BROKEN : IH_NOTICE_REFUSED);
}

static void
end_talk(struct exchange *x)
{
	int fd = ih_talk_fd(x->talk);

	epoll_ctl(x->web->events, EPOLL_CTL_DEL, fd, NULL);
	ih_talk_free(x->talk);
	x->talk = NULL;
	if (web_is_login(x))
		finish_login(x, fd);
	else
		finish_turn(x);
	finish(x);
}

static void begin_all(struct web *web);

void
web_talk_on(struct exchange *x)
{
	struct web *web = x->web;
	bool was_saying = ih_talk_is_saying(x->talk);

	if (ih_talk_on(x->talk, &x->answer)) {
		if (was_saying && !ih_talk_is_saying(x->talk))
			watch(x, EPOLL_CTL_MOD);
		return;
	}
	end_talk(x);
	begin_all(web);
}

static void
talk_with(struct exchange *x, int fd)
{
	x->talk = ih_talk_new(fd, x->asked);
	if (!ih_talk_on(x->talk, &x->answer) || !watch(x, EPOLL_CTL_ADD))
		end_talk(x);
}

/* ---- beginning */

/* Who has to wait is not asked for, and no desk is started. */
static bool
may_try(struct exchange *x)
{
	struct ih_sessions *sessions = x->web->sessions;

	if (ih_session_wait(sessions, web_now(), user_of(x)) > 0) {
		give_notice(x, IH_NOTICE_WAIT);
		return false;
	}
	ih_session_tried(sessions, web_now(), user_of(x), false);
	if (!keeper_ask(x->web->keeper))
		give_notice(x, IH_NOTICE_BROKEN);
	return !x->is_answered;
}

static void
begin(struct exchange *x)
{
	struct web *web = x->web;

	web->asking[web->asking_count++] = x;
	web->logins += web_is_login(x);
	x->asked_at = web_now();
	if (web_is_login(x)) {
		if (!may_try(x))
			finish(x);
	} else if (x->session != NULL) {
		talk_with(x, ih_session_desk(x->session));
	} else {
		finish_turn(x);
		finish(x);
	}
}

static void
begin_all(struct web *web)
{
	struct exchange *x;

	while ((x = next_one(web)) != NULL)
		begin(x);
}

void
web_meet_desk(struct web *web)
{
	int fd;

	while (keeper_answers(web->keeper, &fd)) {
		struct exchange *x = NULL;

		/* The first that asked, and has none. */
		for (size_t i = 0; i < web->asking_count && x == NULL; i++)
			if (web_is_login(web->asking[i]) &&
			    web->asking[i]->talk == NULL)
				x = web->asking[i];
		if (x != NULL && fd >= 0) {
			talk_with(x, fd);
		} else if (x != NULL) {
			finish_login(x, -1);
			finish(x);
		} else if (fd >= 0) {
			close(fd);
		}
	}
	begin_all(web);
}

void
web_lose_patience(struct web *web)
{
	for (size_t i = web->asking_count; i-- > 0;) {
		struct exchange *x = web->asking[i];

		if (x->talk != NULL && web_now() - x->asked_at > DESK_PATIENCE)
			end_talk(x);
	}
	begin_all(web);
}

/* Nobody takes the places of all others. */
static bool
fits(const struct exchange *x)
{
	const struct web *web = x->web;
	bool is_login = web_is_login(x);
	size_t like = 0;

	for (size_t i = 0; i < web->waiting_count; i++)
		like += is_login ?
			    web_is_login(web->waiting[i]) :
			    strcmp(web->waiting[i]->token, x->token) == 0;
	return web->waiting_count < WAITING_MOST &&
	       like < (is_login ? LOGINS_WAITING : WAITING_OF_ONE);
}

bool
web_ask(struct exchange *x)
{
	struct web *web = x->web;

	if (!fits(x))
		return false;
	x->is_asked = true;
	MHD_suspend_connection(x->connection);
	web->waiting[web->waiting_count++] = x;
	begin_all(web);
	return true;
}
