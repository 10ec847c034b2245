/* ihala import odk|page|paper F... - interviews that were held elsewhere, into
 * the list of what waits to be confirmed. */
#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "ihala/intake.h"
#include "ihala/node.h"
#include "incoming.h"
#include "words_keys.h"

#define FOLDER_DEPTH 3 /* clients put each submission in its own folder */

struct importing {
	struct request *request;
	struct ih_registry *registry;
	struct incoming *incoming;
	incoming_read *read;
	size_t taken, refused;
	struct ih_error first; /* what was wrong with the first refused */
};

/* ---- one file */

static bool
take_interview(struct importing *im, const struct arrived *one,
    struct ih_error *err)
{
	char code[IH_CODE_TEXT];
	struct ih_intake_row row;
	const char *danger = incoming_danger(one->interview);

	if (!ih_intake_add(im->registry,
		&(struct ih_intake_new){ .origin = one->origin,
		    .answers = one->interview->doc,
		    .instrument = one->interview->answers->instrument,
		    .danger = danger,
		    .sealed = one->sealed },
		code, err) ||
	    !ih_intake_row(im->registry, code, &row, err))
		return false;
	printf("%s\n", code);
	if (strcmp(danger, "yes") == 0)
		say(im->request, W_IMPORT_DANGER, IH_ARG(code));
	if (!one->sealed && strcmp(one->origin, "page") == 0)
		say(im->request, W_IMPORT_OPEN, IH_ARG(code));
	if (row.like[0] != '\0')
		say(im->request, W_IMPORT_LIKE, IH_ARG(code), IH_ARG(row.like));
	return true;
}

static bool
take_request(struct importing *im, const struct arrived *one,
    struct ih_error *err)
{
	char code[IH_CODE_TEXT];

	if (ih_child(xmlDocGetRootElement(one->request), "interview") != NULL)
		return ih_fail_code(err, IH_INPUT, "E_REQUEST_INTERVIEW",
		    "interview");
	if (!ih_request_add(im->registry, one->request, code, err))
		return false;
	printf("%s\n", code);
	if (strcmp(ih_attr(xmlDocGetRootElement(one->request), "danger"),
		"yes") == 0)
		say(im->request, W_IMPORT_DANGER, IH_ARG(code));
	return true;
}

static bool
take(struct importing *im, const char *path, struct ih_error *err)
{
	IH_OWNED(cli_arrived) one = im->read(im->incoming, path, err);

	return one != NULL &&
	       (one->request != NULL ? take_request(im, one, err) :
				       take_interview(im, one, err));
}

/* False: no further file can be read either. */
static bool
import_file(struct importing *im, const char *path, struct ih_error *err)
{
	struct ih_error here = { 0 };

	if (take(im, path, &here)) {
		im->taken++;
		return true;
	}
	if (strncmp(here.text, path, strlen(path)) != 0)
		ih_fail_in(&here, path);
	if (here.kind == IH_DENIED || here.kind == IH_BUSY ||
	    here.kind == IH_SYSTEM) {
		*err = here;
		return false;
	}
	im->refused++;
	keep_failure(im->request, &here, &im->first);
	return true;
}

/* ---- a folder: what lies in it, in the order of names */

static int
is_shown(const struct dirent *entry)
{
	return entry->d_name[0] != '.';
}

/* What stands beside a submission is read with it. */
static bool
is_beside(const char *name)
{
	const char *dot = strrchr(name, '.');

	return dot != NULL && strcmp(dot, ".enc") == 0;
}

static bool import_path(struct importing *im, const char *path, int depth,
    struct ih_error *err);

static bool
import_folder(struct importing *im, const char *path, int depth,
    struct ih_error *err)
{
	struct dirent **names;
	int count = scandir(path, &names, is_shown, alphasort);
	bool goes_on = true;

	if (count < 0)
		return ih_fail(err, IH_SYSTEM, "%s: cannot be listed", path);
	for (int i = 0; i < count; i++) {
		IH_OWNED(ih_arena) arena = ih_arena_new();
		const char *full =
		    ih_arena_printf(arena, "%s/%s", path, names[i]->d_name);

		goes_on = goes_on && (is_beside(full) ||
					 import_path(im, full, depth, err));
		free(names[i]);
	}
	free(names);
	return goes_on;
}

static bool
import_path(struct importing *im, const char *path, int depth,
    struct ih_error *err)
{
	struct stat about;

	if (stat(path, &about) == 0 && S_ISDIR(about.st_mode))
		return depth == FOLDER_DEPTH ||
		       import_folder(im, path, depth + 1, err);
	return import_file(im, path, err);
}

/* ---- all of them */

/* One file that was refused is told as it is; of several the number. */
static bool
tell(struct importing *im, struct ih_error *err)
{
	say(im->request, W_DONE_IMPORT, IH_NUM((long)im->taken),
	    IH_NUM((long)im->refused));
	if (im->refused == 0)
		return true;
	if (im->taken + im->refused == 1) {
		*err = im->first;
		return false;
	}
	tell_failure(im->request, &im->first);
	return ih_fail_code(err, IH_STATE, "E_IMPORT_SOME", "%zu of %zu",
	    im->refused, im->taken + im->refused);
}

static bool
import(struct request *request, incoming_read *read, struct ih_error *err)
{
	IH_OWNED(ih_registry) registry = open_registry(request, err);
	IH_OWNED(cli_incoming) incoming =
	    registry != NULL &&
		    ih_registry_may(registry, IH_MAY_REQUEST, NULL, err) ?
		incoming_new(request, registry) :
		NULL;
	struct importing im = { .request = request,
		.registry = registry,
		.incoming = incoming,
		.read = read };

	if (incoming == NULL)
		return false;
	for (int i = 0; i < request->count; i++)
		if (!import_path(&im, request->words[i], 0, err))
			return false;
	return tell(&im, err);
}

static bool
import_odk(struct request *request, struct ih_error *err)
{
	return import(request, incoming_odk, err);
}

static bool
import_page(struct request *request, struct ih_error *err)
{
	return import(request, incoming_page, err);
}

static bool
import_paper(struct request *request, struct ih_error *err)
{
	return import(request, incoming_paper, err);
}

bool
cmd_import(struct request *request, struct ih_error *err)
{
	static const struct subcommand table[] = {
		{ "odk", import_odk, 1, -1 },
		{ "page", import_page, 1, -1 },
		{ "paper", import_paper, 1, -1 },
	};

	return run_subcommand(table, sizeof table / sizeof table[0], request,
	    err);
}
