/* This is where it is known whose browser it is. */
#include "ihala/session.h"

#include <pthread.h>
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
	bool is_there, is_over;
	unsigned users; /* that hold it or wait for it */
	pthread_mutex_t turn;
	int fd;
	int64_t born, seen;
};

struct attempt {
	uint64_t mark; /* of the name that failed last */
	unsigned failures;
	int64_t last;
};

struct ih_sessions {
	const struct ih_world *world;
	pthread_mutex_t lock; /* of all below */
	struct ih_session list[IH_SESSIONS_MOST];
	struct attempt attempts[TRIES];
};

struct ih_sessions *
ih_sessions_new(const struct ih_world *world)
{
	struct ih_sessions *sessions = ih_zeroed(sizeof *sessions);

	sessions->world = world;
	pthread_mutex_init(&sessions->lock, NULL);
	for (size_t i = 0; i < IH_SESSIONS_MOST; i++)
		pthread_mutex_init(&sessions->list[i].turn, NULL);
	return sessions;
}

/* Called with the lock held: nobody has it, nobody waits for it. */
static void
empty(struct ih_session *session)
{
	close(session->fd);
	explicit_bzero(session->digest, sizeof session->digest);
	session->is_there = false;
	session->is_over = false;
}

void
ih_sessions_free(struct ih_sessions *sessions)
{
	if (sessions == NULL)
		return;
	for (size_t i = 0; i < IH_SESSIONS_MOST; i++) {
		if (sessions->list[i].is_there)
			empty(&sessions->list[i]);
		pthread_mutex_destroy(&sessions->list[i].turn);
	}
	pthread_mutex_destroy(&sessions->lock);
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

void
ih_session_form_token(const char *token, char form[static IH_TOKEN_TEXT])
{
	static const char purpose[] = "ihala form 1";
	unsigned char bytes[IH_DIGEST];

	ih_digest_keyed(token, strlen(token), purpose, sizeof purpose - 1,
	    bytes);
	write_token(bytes, form);
}

bool
ih_session_is_form(const char *token, const char *form)
{
	char expected[IH_TOKEN_TEXT];
	unsigned difference = 0;

	ih_session_form_token(token, expected);
	if (strlen(form) != sizeof expected - 1)
		return false;
	for (size_t i = 0; i < sizeof expected - 1; i++)
		difference |= (unsigned)(expected[i] ^ form[i]);
	return difference == 0;
}

/* ---- sessions */

bool
ih_session_begin(struct ih_sessions *sessions, int64_t now, int fd,
    char token[static IH_TOKEN_TEXT])
{
	unsigned char bytes[TOKEN_BYTES];
	bool found = false;

	sessions->world->random(sessions->world->state, bytes, sizeof bytes);
	write_token(bytes, token);
	explicit_bzero(bytes, sizeof bytes);
	pthread_mutex_lock(&sessions->lock);
	for (size_t i = 0; i < IH_SESSIONS_MOST && !found; i++) {
		struct ih_session *session = &sessions->list[i];

		if (session->is_there)
			continue;
		found = true;
		session->is_there = true;
		session->fd = fd;
		session->born = session->seen = now;
		ih_digest(token, strlen(token), session->digest);
	}
	pthread_mutex_unlock(&sessions->lock);
	return found;
}

static bool
is_over(const struct ih_session *session, int64_t now)
{
	return session->is_over || now - session->seen > IH_SESSION_IDLE ||
	       now - session->born > IH_SESSION_LONGEST;
}

/* Called with the lock held. */
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

/* Called with the lock held: one user less. */
static void
leave(struct ih_session *session)
{
	session->users--;
	if (session->users == 0 && session->is_over)
		empty(session);
}

struct ih_session *
ih_session_take(struct ih_sessions *sessions, int64_t now, const char *token)
{
	struct ih_session *session;

	if (token == NULL)
		return NULL;
	pthread_mutex_lock(&sessions->lock);
	session = find(sessions, token);
	if (session != NULL)
		session->users++;
	pthread_mutex_unlock(&sessions->lock);
	if (session == NULL)
		return NULL;
	pthread_mutex_lock(&session->turn);
	pthread_mutex_lock(&sessions->lock);
	if (is_over(session, now)) {
		session->is_over = true;
		pthread_mutex_unlock(&session->turn);
		leave(session);
		session = NULL;
	} else {
		session->seen = now;
	}
	pthread_mutex_unlock(&sessions->lock);
	return session;
}

int
ih_session_desk(const struct ih_session *session)
{
	return session->fd;
}

void
ih_session_let_go(struct ih_sessions *sessions, struct ih_session *session,
    bool ends)
{
	pthread_mutex_unlock(&session->turn);
	pthread_mutex_lock(&sessions->lock);
	session->is_over |= ends;
	leave(session);
	pthread_mutex_unlock(&sessions->lock);
}

unsigned
ih_sessions_sweep(struct ih_sessions *sessions, int64_t now)
{
	unsigned left = 0;

	pthread_mutex_lock(&sessions->lock);
	for (size_t i = 0; i < IH_SESSIONS_MOST; i++) {
		struct ih_session *session = &sessions->list[i];

		if (!session->is_there)
			continue;
		if (session->users == 0 && is_over(session, now))
			empty(session);
		else
			left++;
	}
	pthread_mutex_unlock(&sessions->lock);
	return left;
}

/* ---- who tries passphrases */

/* Called with the lock held.  Two names that meet in one place wait together:
 * else a second name would take back what the first has to wait. */
static struct attempt *
attempt_of(struct ih_sessions *sessions, int64_t now, const char *name,
    uint64_t *mark)
{
	unsigned char digest[IH_DIGEST];
	struct attempt *attempt;

	ih_digest(name, strlen(name), digest);
	memcpy(mark, digest, sizeof *mark);
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

	pthread_mutex_lock(&sessions->lock);
	const struct attempt *attempt = attempt_of(sessions, now, name, &mark);
	if (attempt->failures >= TRIES_FREE) {
		unsigned more = attempt->failures - TRIES_FREE;
		int64_t wait = more > 7 ? WAIT_LONGEST : WAIT_FIRST << more;

		until = attempt->last + wait - now;
	}
	pthread_mutex_unlock(&sessions->lock);
	return until > 0 ? until : 0;
}

void
ih_session_tried(struct ih_sessions *sessions, int64_t now, const char *name,
    bool passed)
{
	uint64_t mark;

	pthread_mutex_lock(&sessions->lock);
	struct attempt *attempt = attempt_of(sessions, now, name, &mark);
	if (!passed)
		*attempt = (struct attempt){ mark, attempt->failures + 1, now };
	else if (attempt->mark == mark)
		attempt->failures = 0;
	pthread_mutex_unlock(&sessions->lock);
}
