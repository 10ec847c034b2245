/* ihala registry verify|backup|restore|erasures|due - the registry as a whole.
 */
#include <string.h>

#include "command.h"
#include "ihala/backup.h"
#include "ihala/date.h"
#include "ihala/erase.h"
#include "ihala/retention.h"
#include "ihala/verify.h"
#include "listing.h"
#include "words_keys.h"

static void
tell(enum ih_check check, uint64_t count, const struct ih_error *fault,
    void *with)
{
	struct request *request = with;

	if (fault == NULL) {
		printf("ok %s %llu\n", ih_check_name(check),
		    (unsigned long long)count);
		fflush(stdout);
		return;
	}
	printf("wrong %s\n", ih_check_name(check));
	fflush(stdout);
	tell_failure(request, fault);
}

static bool
verify(struct request *request, struct ih_error *err)
{
	IH_OWNED(ih_registry) registry = open_registry(request, err);
	struct ih_verify how = { .each = tell,
		.with = request,
		.label = word(request, W_PROGRESS_VERIFY),
		.library = request->library };
	struct ih_error first = { 0 };

	if (registry == NULL)
		return false;
	if (!ih_registry_verify(registry, &how, &first))
		return ih_fail_code(err,
		    first.kind == IH_BUSY || first.kind == IH_DENIED ?
			first.kind :
			IH_TRUST,
		    "E_REGISTRY", "%s", "");
	fprintf(stderr, "%s\n", word(request, W_DONE_VERIFY));
	return remind_of_first(request, registry, err);
}

static bool
backup(struct request *request, struct ih_error *err)
{
	struct ih_backup made;

	if (request->output == NULL || request->keys == NULL)
		return ih_fail(err, IH_USAGE,
		    "name a new folder for the data with -o, and another for "
		    "the keys with --keys");
	IH_OWNED(ih_registry) registry = open_registry(request, err);
	if (registry == NULL ||
	    !ih_backup_make(registry, request->output, request->keys,
		word(request, W_PROGRESS_BACKUP), &made, err))
		return false;
	say(request, W_DONE_BACKUP, IH_ARG(made.until));
	return true;
}

static bool
restore(struct request *request, struct ih_error *err)
{
	struct ih_restore how = { .data = request->from,
		.keys = request->keys,
		.erasures = request->erasures,
		.forget_erasures = request->no_erasures,
		.folder = request->words[0],
		.library = request->library,
		.world = &request->world };
	struct ih_restored restored;
	char instant[IH_INSTANT_TEXT];

	if (request->from == NULL || request->keys == NULL)
		return ih_fail(err, IH_USAGE,
		    "name the folder of the data with --from, that of the keys "
		    "with --keys");
	IH_OWNED(ih_buffer) passphrase = read_passphrase(request, false, err);
	if (passphrase == NULL)
		return false;
	how.login =
	    (struct ih_login){ request->user, (const char *)passphrase->data };
	if (!ih_backup_restore(&how, &restored, err))
		return false;
	ih_instant_format(restored.made, instant);
	say(request, W_DONE_RESTORE, IH_ARG(instant), IH_NUM(restored.erased));
	if (how.erasures == NULL)
		fprintf(stderr, "%s\n", word(request, W_DONE_RESTORE_ALL));
	return true;
}

static bool
erasures(struct request *request, struct ih_error *err)
{
	size_t count;

	if (request->output == NULL)
		return ih_fail(err, IH_USAGE, "name the file with -o");
	IH_OWNED(ih_registry) registry = open_registry(request, err);
	IH_OWNED(ih_buffer)
	list = registry == NULL ? NULL : ih_erasure_list(registry, &count, err);
	if (list == NULL ||
	    !put_export(request, registry, "erasures", list, err))
		return false;
	say(request, W_DONE_ERASURES, IH_NUM(count));
	return true;
}

/* ---- what is kept for longer than it should */

struct due {
	struct request *request;
	struct listing listing;
};

static bool
list_due(const struct ih_retained *one, void *with)
{
	struct due *due = with;
	char closed[IH_DATE_TEXT], day[IH_DATE_TEXT];

	ih_date_format(ih_instant_date(one->closed), closed);
	ih_date_format(ih_date_of_day(one->due), day);
	LISTING_ADD(&due->listing, one->code, one->class->id, closed, day,
	    word(due->request, one->held ? W_STATE_YES : W_STATE_NO),
	    one->class->status,
	    ih_texts_say(&one->class->text, due->request->tongue));
	return true;
}

static bool
list_all_due(struct request *request, struct ih_error *err)
{
	static const struct column columns[] = {
		{ "code", W_COLUMN_CODE, false },
		{ "class", W_COLUMN_CLASS, false },
		{ "closed", W_COLUMN_CLOSED, false },
		{ "due", W_COLUMN_DUE, false },
		{ "held", W_COLUMN_HELD, false },
		{ "status", W_COLUMN_STATUS, false },
		{ "what", W_COLUMN_TITLE, false },
	};
	struct due due = { request, LISTING(request, "due", "case", columns) };
	int64_t today = ih_date_first(ih_instant_date(request->world.now));
	IH_OWNED(ih_registry) registry = open_registry(request, err);

	return registry != NULL &&
	       ih_retention_due(registry, today, list_due, &due, err) &&
	       listing_print(&due.listing, request, err);
}

bool
cmd_registry(struct request *request, struct ih_error *err)
{
	static const struct subcommand table[] = {
		{ "verify", verify, 0, 0 },
		{ "backup", backup, 0, 0 },
		{ "restore", restore, 1, 1 },
		{ "erasures", erasures, 0, 0 },
		{ "due", list_all_due, 0, 0 },
	};

	return run_subcommand(table, sizeof table / sizeof table[0], request,
	    err);
}
