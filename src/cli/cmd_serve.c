/* ihala serve - the screens, for a browser. */
#include <malloc.h>
#include <string.h>

#include "beside.h"
#include "desk.h"
#include "ihala/mechanism.h"
#include "ihala/registry.h"
#include "interviewing.h"
#include "knowledge.h"
#include "words_keys.h"

#define LISTEN "127.0.0.1:8437" /* where nothing else is said */

typedef struct ih_buffer *pages[IH_NOTICES][IH_LANGS];

static bool
make_notices(struct desks *desks, pages made, struct ih_error *err)
{
	for (enum ih_notice n = 0; n < IH_NOTICES; n++)
		for (enum ih_lang l = 0; l < IH_LANGS; l++) {
			made[n][l] = desk_notice(desks, n, l, err);
			if (made[n][l] == NULL)
				return false;
		}
	return true;
}

/* The address, for whoever started it or a program that did. */
static void
tell_address(const char *address, void *with)
{
	const struct desks *desks = with;
	struct request told = *desks->started;

	printf("%s\n", address);
	fflush(stdout);
	say(&told, W_SERVE_LISTENS, IH_ARG(address));
}

static bool
run_server(struct request *request, struct desks *desks, struct ih_error *err)
{
	IH_OWNED(ih_buffer)
	style = ih_library_read(request->library, "xslt/screen.css", err);
	IH_OWNED(ih_buffer)
	script = style == NULL ?
		     NULL :
		     ih_library_read(request->library, "xslt/screen.js", err);
	const struct ih_asset assets[] = {
		{ "/style.css", "text/css; charset=utf-8", style },
		{ "/script.js", "text/javascript; charset=utf-8", script },
	};
	char door[BESIDE_TEXT];
	struct ih_server server = {
		.door = door,
		.listen = request->listen != NULL ? request->listen : LISTEN,
		.certificate = request->certificate,
		.proxy = request->proxy,
		.language = request->tongue.lang,
		.assets = assets,
		.asset_count = sizeof assets / sizeof assets[0],
		.world = &request->world,
		.listening = tell_address,
		.desk = desk_work,
		.with = desks,
	};
	pages made = { { 0 } };
	bool done = script != NULL && beside("ihala-door", door, err) &&
		    make_notices(desks, made, err);

	memcpy(server.notices, made, sizeof made);
	done = done && ih_server_run(&server, err);
	for (enum ih_notice n = 0; n < IH_NOTICES; n++)
		for (enum ih_lang l = 0; l < IH_LANGS; l++)
			ih_buffer_free(made[n][l]);
	return done;
}

/* Where something of it is missing, the desk that needs it says so. */
static void
prepare(const struct request *request, struct ih_library *library,
    struct interviewing *interviewing, const char *committee)
{
	struct request asked = *request;
	struct ih_error unsaid = { 0 };

	asked.library = library;
	asked.interviewing = interviewing;
	interviewing_prepare(&asked, committee, &unsaid);
}

bool
cmd_serve(struct request *request, struct ih_error *err)
{
	struct desks desks = { .started = request };
	IH_OWNED(ih_registry) registry = open_registry_locked(request, err);

	if (registry == NULL)
		return false;
	if (strlen(ih_registry_committee(registry)) == 2)
		memcpy(desks.country, ih_registry_committee(registry), 3);
	IH_OWNED(ih_library)
	library = ih_library_again(request->library, err);
	if (library == NULL || !knowledge_pin_installed(library, err))
		return false;
	IH_OWNED(cli_interviewing) interviewing = interviewing_new();
	prepare(request, library, interviewing,
	    ih_registry_committee(registry));
	desks.library = library;
	desks.interviewing = interviewing;
	/* Nothing of it is open when the first process starts. */
	ih_registry_close(IH_GIVE(registry));
	IH_OWNED(ih_screens) screens = ih_screens_load(request->library, err);
	if (screens == NULL)
		return false;
	IH_OWNED(cli_painter) painter = painter_load(request->library, err);
	desks.screens = screens;
	desks.painter = painter;
	/* What loading took is in no desk. */
	malloc_trim(0);
	return painter != NULL && run_server(request, &desks, err);
}
