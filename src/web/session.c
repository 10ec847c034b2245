/* This is where it is known whose browser it is. */
#include "ihala/session.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "ihala/arena.h"
#include "ihala/digest.h"

#define TOKEN_BYTES 32
#define TRIES 4096       /* names that are watched; a digest picks the place */
#define TRIES_FREE 3     /* that cost nothing */
#define WAIT_FIRST 5     /* seconds */
#define WAIT_LONGEST 900 /* seconds */
#define TRIES_FORGOTTEN 3600 /* seconds after the last one */

struct ih_session {
	unsigned char digest[IH_DIGEST]; /* of the token */
	bool is_there, is_over, is_held;
	int fd;
	uint64_t owner; /* mark of the account */
	int64_t born, seen;
	struct ih_fields *page; /* that was made beforehand; NULL: none */
	int64_t made;
};

struct attempt {
	uint64_t mark; /* of the name that failed last */
	unsigned failures;
	int64_t last;
};

struct ih_sessions {
	const struct ih_world *world;
	struct ih_session list[IH_SESSIONS_MOST];
	struct attempt attempts[TRIES];
};

struct ih_sessions *
ih_sessions_new(const struct ih_world *world)
{
	struct ih_sessions *sessions = ih_zeroed(sizeof *sessions);

	sessions->world = world;
	return sessions;
}

/* Nobody has it. */
static void
empty(struct ih_session *session)
{
	close(session->fd);
	ih_fields_free(session->page);
	explicit_bzero(session, sizeof *session);
}

void
ih_sessions_free(struct ih_sessions *sessions)
{
	if (sessions == NULL)
		return;
	for (size_t i = 0; i < IH_SESSIONS_MOST; i++)
		if (sessions->list[i].is_there)
			empty(&sessions->list[i]);
	free(sessions);
}

/* ---- tokens */

static void
write_token(const unsigned char bytes[static TOKEN_BYTES],
    char text[static IH_TOKEN_TEXT])
{
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmn"
				      "opqrstuvwxyz0123456789-_";
	unsigned bits = 0, held = 0;
	size_t at = 0;

	for (size_t i = 0; i < TOKEN_BYTES; i++) {
		held = held << 8 | bytes[i];
		for (bits += 8; bits >= 6; bits -= 6)
			text[at++] = letters[held >> (bits - 6) & 63];
	}
	text[at++] = letters[held << (6 - bits) & 63];
	text[at] = '\0';
}

/* The token is secret, random and of one length: a digest of it with a purpose
 * before it says nothing of it, nor of a digest with another purpose. */
void
ih_session_form_token(const char *token, char form[static IH_TOKEN_TEXT])
{
	char text[sizeof "ihala form 1 " + IH_TOKEN_TEXT];
	unsigned char bytes[IH_DIGEST];

	snprintf(text, sizeof text, "ihala form 1 %s", token);
	ih_digest(text, strlen(text), bytes);
	write_token(bytes, form);
}

bool
ih_session_is_form(const char form[static IH_TOKEN_TEXT], const char *brought)
{
	unsigned difference = 0;

	if (strlen(brought) != IH_TOKEN_TEXT - 1)
		return false;
	for (size_t i = 0; i < IH_TOKEN_TEXT - 1; i++)
		difference |= (unsigned)(form[i] ^ brought[i]);
	return difference == 0;
}

/* ---- sessions */

static void
end(struct ih_session *session)
{
	session->is_over = true;
	if (!session->is_held)
		empty(session);
}

static uint64_t
mark_of(const char *name)
{
	unsigned char digest[IH_DIGEST];
	uint64_t mark;

	ih_digest(name, strlen(name), digest);
	memcpy(&mark, digest, sizeof mark);
	return mark;
}

/* Room for one more of the same account. */
static void
make_room(struct ih_sessions *sessions, uint64_t owner)
{
	struct ih_session *oldest = NULL;
	unsigned count = 0;

	for (size_t i = 0; i < IH_SESSIONS_MOST; i++) {
		struct ih_session *one = &sessions->list[i];

		if (!one->is_there || one->is_over || one->owner != owner)
			continue;
		count++;
		if (oldest == NULL || one->seen < oldest->seen)
			oldest = one;
	}
	if (count >= IH_SESSIONS_OF_ONE)
		end(oldest);
}

bool
ih_session_begin(struct ih_sessions *sessions, int64_t now, int fd,
    const char *name, char token[static IH_TOKEN_TEXT])
{
	unsigned char bytes[TOKEN_BYTES];
	uint64_t owner = mark_of(name);
	bool found = false;

	sessions->world->random(sessions->world->state, bytes, sizeof bytes);
	write_token(bytes, token);
	explicit_bzero(bytes, sizeof bytes);
	make_room(sessions, owner);
	for (size_t i = 0; i < IH_SESSIONS_MOST && !found; i++) {
		struct ih_session *session = &sessions->list[i];

		if (session->is_there)
			continue;
		found = true;
		*session = (struct ih_session){ .is_there = true,
			.fd = fd,
			.owner = owner,
			.born = now,
			.seen = now };
		ih_digest(token, strlen(token), session->digest);
	}
	return found;
}

static bool
is_over(const struct ih_session *session, int64_t now)
{
	return session->is_over || now - session->seen > IH_SESSION_IDLE ||
	       now - session->born > IH_SESSION_LONGEST;
}

static struct ih_session *
find(struct ih_sessions *sessions, const char *token)
{
	unsigned char digest[IH_DIGEST];

	ih_digest(token, strlen(token), digest);
	for (size_t i = 0; i < IH_SESSIONS_MOST; i++)
		if (sessions->list[i].is_there &&
		    memcmp(sessions->list[i].digest, digest, sizeof digest) ==
			0)
			return &sessions->list[i];
	return NULL;
}

static void
forget_page(struct ih_session *session)
{
	ih_fields_free(session->page);
	session->page = NULL;
}

enum ih_session_found
ih_session_take(struct ih_sessions *sessions, int64_t now, const char *token,
    struct ih_session **held)
{
	struct ih_session *session = find(sessions, token);

	if (session != NULL && is_over(session, now)) {
		end(session);
		session = NULL;
	}
	if (session == NULL)
		return IH_SESSION_NONE;
	if (session->is_held)
		return IH_SESSION_BUSY;
	session->is_held = true;
	session->seen = now;
	forget_page(session);
	*held = session;
	return IH_SESSION_HELD;
}

int
ih_session_desk(const struct ih_session *session)
{
	return session->fd;
}

void
ih_session_let_go(struct ih_session *session, bool ends)
{
	session->is_held = false;
	if (ends || session->is_over)
		end(session);
}

bool
ih_session_lives(struct ih_sessions *sessions, int64_t now, const char *token)
{
	const struct ih_session *session = find(sessions, token);

	return session != NULL && !is_over(session, now);
}

void
ih_session_end(struct ih_sessions *sessions, const char *token)
{
	struct ih_session *session = find(sessions, token);

	if (session != NULL)
		end(session);
}

/* ---- the page that was made beforehand */

void
ih_session_put_by(struct ih_session *session, int64_t now,
    struct ih_fields *page)
{
	forget_page(session);
	session->page = page;
	session->made = now;
}

struct ih_fields *
ih_session_take_out(struct ih_sessions *sessions, int64_t now,
    const char *token)
{
	struct ih_session *session = find(sessions, token);

	if (session == NULL || session->page == NULL)
		return NULL;
	if (is_over(session, now) || now - session->made > IH_SESSION_PAGE)
		forget_page(session);
	return IH_GIVE(session->page);
}

unsigned
ih_sessions_sweep(struct ih_sessions *sessions, int64_t now)
{
	unsigned left = 0;

	for (size_t i = 0; i < IH_SESSIONS_MOST; i++) {
		struct ih_session *session = &sessions->list[i];

		if (!session->is_there)
			continue;
		if (is_over(session, now))
			end(session);
		else if (now - session->made > IH_SESSION_PAGE)
			forget_page(session);
		if (session->is_there)
			left++;
	}
	return left;
}

/* ---- who tries passphrases */

/* Two names that meet in one place wait together: else a second name would take
 * back what the first has to wait. */
static struct attempt *
attempt_of(struct ih_sessions *sessions, int64_t now, const char *name,
    uint64_t *mark)
{
	struct attempt *attempt;

	*mark = mark_of(name);
	attempt = &sessions->attempts[*mark % TRIES];
	if (now - attempt->last > TRIES_FORGOTTEN)
		*attempt = (struct attempt){ .mark = *mark };
	return attempt;
}

int64_t
ih_session_wait(struct ih_sessions *sessions, int64_t now, const char *name)
{
	int64_t until = 0;
	uint64_t mark;

	const struct attempt *attempt = attempt_of(sessions, now, name, &mark);
	if (attempt->failures >= TRIES_FREE) {
		unsigned more = attempt->failures - TRIES_FREE;
		int64_t wait = more > 7 ? WAIT_LONGEST : WAIT_FIRST << more;

		until = attempt->last + wait - now;
	}
	return until > 0 ? until : 0;
}

void
ih_session_tried(struct ih_sessions *sessions, int64_t now, const char *name,
    bool passed)
{
	uint64_t mark;

	struct attempt *attempt = attempt_of(sessions, now, name, &mark);
	if (!passed)
		*attempt = (struct attempt){ mark, attempt->failures + 1, now };
	else if (attempt->mark == mark)
		attempt->failures = 0;
}
