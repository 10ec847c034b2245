/* This is where the program begins, and says how it ended. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sysexits.h>

#include "command.h"
#include "ihala/secret.h"
#include "words_keys.h"

/* clang-format off */
static const int exit_status[IH_KINDS] = {
	[IH_NONE] = EX_OK,		[IH_USAGE] = EX_USAGE,
	[IH_INPUT] = EX_DATAERR,	[IH_ABSENT] = EX_NOINPUT,
	[IH_TRUST] = 1,			[IH_STATE] = 1,
	[IH_DENIED] = EX_NOPERM,	[IH_BUSY] = EX_TEMPFAIL,
	[IH_SYSTEM] = EX_IOERR,
};

static const char *const kind_word[IH_KINDS] = {
	[IH_NONE] = NULL,		[IH_USAGE] = W_KIND_USAGE,
	[IH_INPUT] = W_KIND_INPUT,	[IH_ABSENT] = W_KIND_ABSENT,
	[IH_TRUST] = W_KIND_TRUST,	[IH_STATE] = W_KIND_STATE,
	[IH_DENIED] = W_KIND_DENIED,	[IH_BUSY] = W_KIND_BUSY,
	[IH_SYSTEM] = W_KIND_SYSTEM,
};
/* clang-format on */

/* The language of the user's terminal, where it is one of ours. */
static struct ih_tongue
tongue_of_terminal(void)
{
	static const char *const variables[] = { "LC_ALL", "LC_MESSAGES",
		"LANG" };
	struct ih_tongue tongue = { .lang = IH_EN };

	for (size_t i = 0; i < 3; i++) {
		const char *value = getenv(variables[i]);
		char tag[IH_TAG_TEXT] = "";

		if (value == NULL || value[0] == '\0')
			continue;
		memcpy(tag, value, strnlen(value, 5));
		if (tag[2] == '_')
			tag[2] = '-';
		if (!ih_tongue_parse(tag, &tongue)) {
			tag[2] = '\0';
			ih_tongue_parse(tag, &tongue);
		}
		break;
	}
	return tongue;
}

/* No core file, no debugger: memory holds names and keys.  No swap: keys. */
static void
keep_memory_private(void)
{
	struct rlimit none = { 0, 0 };

	setrlimit(RLIMIT_CORE, &none);
	prctl(PR_SET_DUMPABLE, 0);
	ih_secret_start();
}

void
tell_failure(const struct request *request, const struct ih_error *err)
{
	const char *verb = request->verb;
	char key[40];
	const char *sentence = NULL;

	if (err->code[0] != '\0') {
		snprintf(key, sizeof key, "code.%s", err->code);
		sentence = ih_word(request->tongue, key);
	}
	fprintf(stderr, "ihala%s%s: ", verb != NULL ? " " : "",
	    verb != NULL ? verb : "");
	if (sentence == NULL)
		say(request, W_FAILURE_LINE,
		    IH_ARG(word(request, kind_word[err->kind])),
		    IH_ARG(err->text));
	else if (err->text[0] == '\0')
		say(request, W_FAILURE_LINE, IH_ARG(err->code),
		    IH_ARG(sentence));
	else
		say(request, W_FAILURE_CODE, IH_ARG(err->code),
		    IH_ARG(sentence), IH_ARG(err->text));
}

void
keep_failure(const struct request *request, const struct ih_error *here,
    struct ih_error *first)
{
	if (first->kind == IH_NONE)
		*first = *here;
	else
		tell_failure(request, here);
}

int
main(int argc, char **argv)
{
	struct ih_error err = { 0 };
	IH_OWNED(ih_arena) arena = ih_arena_new();
	struct request request = { .tongue = tongue_of_terminal(),
		.world = ih_world_real(),
		.arena = arena };
	bool done;

	keep_memory_private();
	done = command_run(&request, argc, argv, &err);
	if (done && fflush(stdout) != 0)
		done = ih_fail(&err, IH_SYSTEM, "standard output: %s",
		    strerror(errno));
	if (done)
		return EX_OK;
	tell_failure(&request, &err);
	return exit_status[err.kind];
}
