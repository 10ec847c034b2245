/*
 * ihala recovery make|use|show - a lost passphrase, and the officers who
 * together can do something about it.
 *
 * A share goes to a file of its own or to a terminal that is cleared after
 * each; it never passes through standard output, where a script would keep
 * it, and never stands on a command line.
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "ihala/date.h"
#include "ihala/file.h"
#include "ihala/recovery.h"
#include "listing.h"
#include "words_keys.h"

#define FIRST_USER "office"
#define CLEAR "\033[H\033[2J\033[3J" /* the lines scrolled away too */

/* ---- make */

static const char *
sheet_line(const struct request *request, const struct ih_shares *shares,
    size_t at)
{
	const struct ih_share *share = &shares->list[at];

	return ih_say(request->arena, request->tongue, W_RECOVERY_SHEET,
	    IH_NUM(at + 1), IH_NUM(shares->count),
	    IH_ARG(ih_arena_printf(request->arena, "%05u", share->set)),
	    IH_NUM(share->threshold));
}

static const char *
share_path(const struct request *request, size_t at)
{
	return ih_arena_printf(request->arena, "%s/share-%02zu.txt",
	    request->output, at + 1);
}

static bool
write_share(struct request *request, const struct ih_shares *shares, size_t at,
    struct ih_error *err)
{
	IH_OWNED(ih_secret) text = ih_share_text(&shares->list[at]);
	IH_OWNED(ih_buffer) file = ih_buffer_new();

	ih_buffer_reserve(file, IH_SHARE_INPUT);
	ih_secret_guard(file->data, file->room);
	ih_buffer_printf(file, "# %s\n%s", sheet_line(request, shares, at),
	    (const char *)text->bytes);
	return ih_file_create(share_path(request, at), file->data, file->size,
	    err);
}

/* All of them, or none: a part of a set would be of no use to anybody. */
static bool
give_files(const struct ih_shares *shares, void *with, struct ih_error *err)
{
	struct request *request = with;

	if (!ih_folder_make(request->output, err))
		return false;
	for (size_t at = 0; at < shares->count; at++)
		if (!write_share(request, shares, at, err)) {
			while (at-- > 0)
				unlink(share_path(request, at));
			return false;
		}
	return true;
}

static bool
show_share(struct request *request, FILE *terminal,
    const struct ih_shares *shares, size_t at)
{
	IH_OWNED(ih_secret) text = ih_share_text(&shares->list[at]);
	int typed;

	fprintf(terminal, CLEAR "%s\n\n%s\n%s", sheet_line(request, shares, at),
	    (const char *)text->bytes, word(request, W_RECOVERY_NEXT));
	fflush(terminal);
	do
		typed = fgetc(terminal);
	while (typed != '\n' && typed != EOF);
	fprintf(terminal, CLEAR);
	return typed == '\n';
}

static bool
give_terminal(const struct ih_shares *shares, void *with, struct ih_error *err)
{
	FILE *terminal = fopen("/dev/tty", "r+e");
	bool given = terminal != NULL;

	if (terminal == NULL)
		return ih_fail(err, IH_USAGE,
		    "there is no terminal to show shares on; name a folder"
		    " with -o");
	/* No copy of a share in a buffer that is not wiped. */
	setvbuf(terminal, NULL, _IONBF, 0);
	for (size_t at = 0; given && at < shares->count; at++)
		given = show_share(with, terminal, shares, at);
	fclose(terminal);
	return given || ih_fail(err, IH_STATE,
			    "not all shares were copied; nothing has changed");
}

/* 1 to 99. */
static bool
take_number(const char *option, const char *text, unsigned *number,
    struct ih_error *err)
{
	size_t digits = text != NULL ? strspn(text, "0123456789") : 0;

	if (digits == 0 || digits > 2 || text[digits] != '\0')
		return ih_fail(err, IH_USAGE, "%s is a number of shares",
		    option);
	*number = (unsigned)strtoul(text, NULL, 10);
	return true;
}

static bool
make(struct request *request, struct ih_error *err)
{
	unsigned count = 0, threshold = 0;
	struct ih_recovery made;

	if (!take_number("--shares", request->shares, &count, err) ||
	    !take_number("--threshold", request->threshold, &threshold, err))
		return false;
	IH_OWNED(ih_registry) registry = open_registry(request, err);
	if (registry == NULL ||
	    !ih_recovery_make(registry, count, threshold,
		request->output != NULL ? give_files : give_terminal, request,
		err) ||
	    !ih_recovery_get(registry, &made, err))
		return false;
	say(request, W_DONE_RECOVERY_MAKE,
	    IH_ARG(ih_arena_printf(request->arena, "%05u", made.set)));
	return true;
}

/* ---- use */

static bool
take_file(const char *path, struct ih_shares *shares, struct ih_error *err)
{
	IH_OWNED(ih_buffer) text = ih_file_read(path, IH_SHARE_INPUT, err);
	IH_OWNED(ih_shares) one = ih_shares_new();

	if (text == NULL)
		return false;
	ih_secret_guard(text->data, text->room);
	return (ih_share_read((const char *)text->data, text->size,
		    &one->list[0], err) &&
		   ih_shares_add(shares, &one->list[0], err)) ||
	       ih_fail_in(err, path);
}

/* One line of a share, put behind the TYPED ones.  A line in which a group
 * was misread is asked for again; ERR is set only where no more can come. */
static bool
ask_line(struct request *request, size_t number, struct ih_buffer *typed,
    unsigned *groups, struct ih_error *err)
{
	struct ih_error misread = { 0 };
	unsigned more = 0;
	IH_OWNED(ih_buffer)
	line =
	    ask_unseen(ih_say(request->arena, request->tongue, W_RECOVERY_ASK,
			   IH_NUM(number), IH_NUM(*groups + 1)),
		err);

	if (line == NULL)
		return false;
	ih_secret_guard(line->data, line->room);
	if (!ih_share_piece((const char *)line->data, line->size, *groups + 1,
		&more, &misread)) {
		tell_failure(request, &misread);
		return true;
	}
	ih_buffer_add(typed, line->data, line->size);
	ih_buffer_text(typed, "\n");
	*groups += more;
	return true;
}

/* One share; false in *TAKEN where it has to be typed again. */
static bool
ask_share(struct request *request, struct ih_shares *shares, bool *taken,
    struct ih_error *err)
{
	struct ih_error refused = { 0 };
	unsigned groups = 0;
	IH_OWNED(ih_buffer) typed = ih_buffer_new();
	IH_OWNED(ih_shares) one = ih_shares_new();

	ih_buffer_reserve(typed, IH_SHARE_INPUT);
	ih_secret_guard(typed->data, typed->room);
	while (groups < IH_SHARE_GROUPS && typed->size < IH_SHARE_INPUT)
		if (!ask_line(request, shares->count + 1, typed, &groups, err))
			return false;
	*taken = ih_share_read((const char *)typed->data, typed->size,
		     &one->list[0], &refused) &&
		 ih_shares_add(shares, &one->list[0], &refused);
	if (!*taken) {
		tell_failure(request, &refused);
		fprintf(stderr, "%s\n", word(request, W_RECOVERY_AGAIN));
	}
	return true;
}

static bool
ask_shares(struct request *request, struct ih_shares *shares,
    struct ih_error *err)
{
	bool taken;

	while (shares->count == 0 || shares->count < shares->list[0].threshold)
		if (!ask_share(request, shares, &taken, err))
			return false;
	return true;
}

static bool
take_shares(struct request *request, struct ih_shares *shares,
    struct ih_error *err)
{
	if (request->count == 0)
		return ask_shares(request, shares, err);
	for (int i = 0; i < request->count; i++)
		if (!take_file(request->words[i], shares, err))
			return false;
	return true;
}

static bool
use(struct request *request, struct ih_error *err)
{
	const char *user =
	    request->for_user != NULL ? request->for_user : FIRST_USER;
	struct ih_recovery set;
	IH_OWNED(ih_shares) shares = ih_shares_new();
	IH_OWNED(ih_registry) registry = open_registry_locked(request, err);

	/* Whoever comes for nothing learns it before 33 groups are typed. */
	if (registry == NULL || !ih_recovery_get(registry, &set, err) ||
	    !take_shares(request, shares, err))
		return false;
	if (request->passphrase_file == NULL)
		fprintf(stderr, "%s\n", word(request, W_RECOVERY_NEW));
	IH_OWNED(ih_buffer) passphrase = read_passphrase(request, true, err);
	if (passphrase == NULL || !ih_recovery_use(registry, shares, user,
				      (const char *)passphrase->data, err))
		return false;
	say(request, W_DONE_RECOVERY_USE, IH_ARG(user));
	return true;
}

/* ---- show */

static const struct column columns[] = {
	{ "set", W_COLUMN_SET, false },
	{ "shares", W_COLUMN_SHARES, true },
	{ "threshold", W_COLUMN_THRESHOLD, true },
	{ "made", W_COLUMN_MADE, false },
};

static bool
show(struct request *request, struct ih_error *err)
{
	struct listing listing = LISTING(request, "recovery", "set", columns);
	struct ih_recovery set;
	char day[IH_DATE_TEXT];
	IH_OWNED(ih_registry) registry = open_registry_locked(request, err);

	if (registry == NULL || !ih_recovery_get(registry, &set, err))
		return false;
	ih_date_format(ih_instant_date(set.made), day);
	LISTING_ADD(&listing, ih_arena_printf(request->arena, "%05u", set.set),
	    ih_arena_printf(request->arena, "%u", set.shares),
	    ih_arena_printf(request->arena, "%u", set.threshold), day);
	return listing_print(&listing, request, err);
}

bool
cmd_recovery(struct request *request, struct ih_error *err)
{
	static const struct subcommand table[] = {
		{ "make", make, 0, 0 },
		{ "use", use, 0, IH_SHARES_MOST },
		{ "show", show, 0, 0 },
	};

	return run_subcommand(table, sizeof table / sizeof table[0], request,
	    err);
}
