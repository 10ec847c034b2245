/* This is where the commands share what all of them need. */
#include "command.h"

#include <errno.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "ihala/access.h"
#include "ihala/file.h"
#include "ihala/ledger.h"
#include "ihala/secret.h"
#include "ihala/text.h"
#include "ihala/xml.h"
#include "knowledge.h"
#include "words_keys.h"

#define PASSPHRASE_MAX 1024          /* bytes; a sentence fits */
#define PASSPHRASE_MIN 8             /* bytes; scrypt makes each guess dear */
#define INPUT_MAX ((size_t)64 << 20) /* bytes of an exchange file */

const char *
wording(const struct request *request, const char *key)
{
	const char *own;

	if (request->at_hand == NULL)
		return key;
	own = ih_arena_printf(request->arena, "on-screen.%s", key);
	return ih_word(request->tongue, own) != NULL ? own : key;
}

const char *
word(const struct request *request, const char *key)
{
	return ih_word(request->tongue, wording(request, key));
}

bool
run_subcommand(const struct subcommand *table, size_t rows,
    struct request *request, struct ih_error *err)
{
	const char *name = request->words[0];
	const char *nearest = table[0].name;

	for (size_t i = 0; i < rows; i++) {
		const struct subcommand *row = &table[i];

		if (strcmp(row->name, name) == 0) {
			request->words++;
			request->count--;
			if (request->count < row->least ||
			    (row->most >= 0 && request->count > row->most))
				return ih_fail(err, IH_USAGE,
				    "'%s' takes another number of words; see "
				    "'ihala %s --help'",
				    row->name, request->verb);
			return row->run(request, err);
		}
		if (ih_text_distance(row->name, name) <
		    ih_text_distance(nearest, name))
			nearest = row->name;
	}
	return ih_fail(err, IH_USAGE,
	    "there is no such thing to do; the nearest is '%s'; see "
	    "'ihala %s --help'",
	    nearest, request->verb);
}

/* A file's first line. */
static struct ih_buffer *
passphrase_of_file(const char *path, struct ih_error *err)
{
	IH_OWNED(ih_buffer) bytes = ih_file_read(path, PASSPHRASE_MAX, err);

	if (bytes == NULL)
		return NULL;
	ih_secret_guard(bytes->data, bytes->room);
	return ih_buffer_copy(bytes->data,
	    strcspn((const char *)bytes->data, "\r\n"));
}

struct ih_buffer *
ask_unseen(const char *prompt, struct ih_error *err)
{
	struct termios before, silent;
	char line[PASSPHRASE_MAX];
	FILE *terminal = fopen("/dev/tty", "r+e");
	struct ih_buffer *typed = NULL;

	if (terminal == NULL || tcgetattr(fileno(terminal), &before) != 0) {
		if (terminal != NULL)
			fclose(terminal);
		ih_fail(err, IH_USAGE,
		    "there is no terminal to type on; name a file");
		return NULL;
	}
	/* No copy of what is typed in a buffer that is not wiped. */
	setvbuf(terminal, NULL, _IONBF, 0);
	ih_secret_guard(line, sizeof line);
	silent = before;
	silent.c_lflag &= ~(tcflag_t)ECHO;
	tcsetattr(fileno(terminal), TCSAFLUSH, &silent);
	fprintf(terminal, "%s ", prompt);
	fflush(terminal);
	if (fgets(line, sizeof line, terminal) != NULL)
		typed = ih_buffer_copy(line, strcspn(line, "\n"));
	else
		ih_fail(err, IH_USAGE, "nothing was typed");
	tcsetattr(fileno(terminal), TCSAFLUSH, &before);
	fprintf(terminal, "\n");
	fclose(terminal);
	explicit_bzero(line, sizeof line);
	return typed;
}

/* Memory that may be written to swap is said once, and used: who needs the
 * registry now cannot wait for an administrator. */
static void
guard_passphrase(const struct request *request, struct ih_buffer *passphrase)
{
	static bool said;

	ih_secret_guard(passphrase->data, passphrase->room);
	if (!said && !ih_secret_is_locked())
		fprintf(stderr, "%s\n", word(request, W_WARN_NOT_LOCKED));
	said = true;
}

static struct ih_buffer *
passphrase_of(struct request *request, const char *path, bool confirm,
    struct ih_error *err)
{
	bool file = path != NULL;
	IH_OWNED(ih_buffer) first =
	    file ? passphrase_of_file(path, err) :
		   ask_unseen(word(request, W_PASSPHRASE_ASK), err);

	if (first == NULL)
		return NULL;
	guard_passphrase(request, first);
	if (!confirm)
		return IH_GIVE(first);
	if (first->size < PASSPHRASE_MIN) {
		ih_fail_code(err, IH_USAGE, "E_PASSPHRASE_SHORT",
		    "%d characters or more", PASSPHRASE_MIN);
		return NULL;
	}
	if (!file) {
		IH_OWNED(ih_buffer) again =
		    ask_unseen(word(request, W_PASSPHRASE_AGAIN), err);

		if (again == NULL)
			return NULL;
		if (strcmp((char *)first->data, (char *)again->data) != 0) {
			ih_fail(err, IH_USAGE,
			    "the two passphrases are not the same");
			return NULL;
		}
	}
	return IH_GIVE(first);
}

struct ih_buffer *
read_passphrase(struct request *request, bool confirm, struct ih_error *err)
{
	return passphrase_of(request, request->passphrase_file, confirm, err);
}

struct ih_buffer *
read_new_passphrase(struct request *request, struct ih_error *err)
{
	return passphrase_of(request, request->new_passphrase_file, true, err);
}

/* Who has to look at an emergency is told that there is one. */
static bool
count_waiting(const struct ih_break *one, void *with)
{
	uint64_t *waiting = with;

	*waiting += one->reviewer[0] == '\0';
	return true;
}

static bool
tell_breaks(struct request *request, struct ih_registry *registry,
    struct ih_error *err)
{
	uint64_t waiting = 0;

	if (ih_roles_reach(ih_registry_roles(registry), IH_MAY_REVIEW) ==
	    IH_NO_CASE)
		return true;
	if (!ih_break_each(registry, count_waiting, &waiting, err))
		return false;
	if (waiting > 0)
		say(request, W_DONE_BREAK_WAITING, IH_NUM(waiting));
	return true;
}

bool
remind_of_first(struct request *request, struct ih_registry *registry,
    struct ih_error *err)
{
	static const char *const sentences[] = {
		[IH_HANDED_OVER] = NULL,
		[IH_LET_IN_OTHERS] = W_REMIND_LET_IN_OTHERS,
		[IH_REVOKE_FIRST] = W_REMIND_REVOKE_FIRST,
	};
	enum ih_handover what;
	char name[IH_USER_TEXT];

	/* Who practises on invented people may play all of them. */
	if (ih_registry_is_training(registry))
		return true;
	if (!ih_user_handover(registry, &what, name, err))
		return false;
	if (sentences[what] != NULL)
		say(request, sentences[what], IH_ARG(name));
	return true;
}

static struct ih_registry *
open_with(struct request *request, const char *passphrase, struct ih_error *err)
{
	const struct ih_login login = { request->user, passphrase };

	if (request->at_hand != NULL)
		return ih_registry_again(request->at_hand->registry);
	IH_OWNED(ih_registry) registry = ih_registry_open(request->registry,
	    passphrase != NULL ? &login : NULL, request->library,
	    &request->world, err);

	if (registry == NULL)
		return NULL;
	if (request->world_is_given && !ih_registry_is_training(registry)) {
		ih_fail(err, IH_USAGE, "--now is for training only");
		return NULL;
	}
	if (!tell_breaks(request, registry, err))
		return NULL;
	return IH_GIVE(registry);
}

static bool
registry_is_named(const struct request *request, struct ih_error *err)
{
	return request->registry != NULL ||
	       ih_fail(err, IH_USAGE, "name the registry with --registry");
}

struct ih_registry *
open_registry_as_is(struct request *request, struct ih_error *err)
{
	if (!registry_is_named(request, err))
		return NULL;
	if (request->at_hand != NULL)
		return open_with(request, NULL, err);
	IH_OWNED(ih_buffer) passphrase = read_passphrase(request, false, err);
	if (passphrase == NULL)
		return NULL;
	return open_with(request, (const char *)passphrase->data, err);
}

struct ih_registry *
open_registry_for(struct request *request, const char *user,
    const char *passphrase, struct ih_error *err)
{
	request->user = user;
	IH_OWNED(ih_registry) registry = open_with(request, passphrase, err);
	if (registry == NULL || !knowledge_pin(request, registry, err))
		return NULL;
	return IH_GIVE(registry);
}

struct ih_registry *
open_registry(struct request *request, struct ih_error *err)
{
	if (request->at_hand != NULL)
		return open_with(request, NULL, err);
	IH_OWNED(ih_registry) registry = open_registry_as_is(request, err);

	if (registry == NULL || !knowledge_pin(request, registry, err))
		return NULL;
	return IH_GIVE(registry);
}

struct ih_registry *
open_registry_locked(struct request *request, struct ih_error *err)
{
	return registry_is_named(request, err) ? open_with(request, NULL, err) :
						 NULL;
}

bool
put_output(struct request *request, const void *bytes, size_t size,
    struct ih_error *err)
{
	return ih_file_write(request->output != NULL ? request->output : "-",
	    bytes, size, err);
}

bool
put_export(struct request *request, struct ih_registry *registry,
    const char *subject, const struct ih_buffer *file, struct ih_error *err)
{
	struct ih_hash digest = { 0 };

	ih_digest(file->data, file->size, digest.bytes);
	return ih_ledger_add(registry, IH_ACT_EXPORT, subject, &digest, err) &&
	       put_output(request, file->data, file->size, err);
}

struct ih_buffer *
read_input(const char *path, struct ih_error *err)
{
	return ih_file_read(path, INPUT_MAX, err);
}

struct ih_buffer *
read_reason(const struct request *request, struct ih_error *err)
{
	if (request->reason_file != NULL)
		return read_input(request->reason_file, err);
	ih_fail_code(err, IH_USAGE, "E_REASON", "--reason-file");
	return NULL;
}
