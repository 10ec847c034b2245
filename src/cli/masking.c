/* This is where a committee gives its numbers to a sum, and where the sum is
 * made. */
#include "masking.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "counting.h"
#include "ihala/ledger.h"
#include "ihala/masked.h"
#include "ihala/user.h"
#include "listing.h"
#include "telling.h"
#include "words_keys.h"

bool
masking_is_asked(const struct request *request)
{
	return request->as != NULL && strcmp(request->as, MASKED) == 0;
}

/* ---- giving */

/* Who takes part; the lists hold the certificates. */
typedef struct group {
	struct ih_party parties[IH_MASKED_MOST];
	struct ih_partner *lists[IH_MASKED_MOST];
	size_t count;
} cli_group;

static void
group_free(struct group *group)
{
	for (size_t i = 0; i < group->count; i++)
		ih_partner_free(group->lists[i]);
	free(group);
}

IH_OWNER(cli_group, group_free)

static int
by_code(const void *a, const void *b)
{
	return strcmp(((const struct ih_party *)a)->committee,
	    ((const struct ih_party *)b)->committee);
}

/* LIST is the group's from now on. */
static bool
add_party(struct group *group, struct ih_partner *list, X509 *sealing,
    const char *committee, struct ih_error *err)
{
	struct ih_party *party = &group->parties[group->count];

	group->lists[group->count++] = list;
	if (sealing == NULL)
		return ih_fail_code(err, IH_TRUST, "E_NO_SEALING_KEY", "%s",
		    committee);
	snprintf(party->committee, sizeof party->committee, "%s", committee);
	party->sealing = sealing;
	return true;
}

/* This office and whom the words name, by code. */
static struct group *
group_of(struct request *request, struct ih_registry *registry,
    const struct ih_office *office, struct ih_error *err)
{
	IH_OWNED(cli_group) group = ih_zeroed(sizeof *group);
	IH_OWNED(ih_forms) forms = ih_forms_load(request->library, err);

	if (forms == NULL ||
	    !add_party(group, NULL, office->pair[IH_USE_SEALING].certificate,
		office->committee, err))
		return NULL;
	if (request->count + 1 < IH_MASKED_LEAST ||
	    request->count + 1 > IH_MASKED_MOST) {
		ih_fail_code(err, IH_USAGE, "E_MASK_PARTIES", "%d to %d",
		    IH_MASKED_LEAST, IH_MASKED_MOST);
		return NULL;
	}
	for (int i = 0; i < request->count; i++) {
		const char *word = request->words[i];
		struct ih_partner *list =
		    partner_load(registry, forms, word, err);

		if (list == NULL) {
			ih_fail_in(err, word);
			return NULL;
		}
		if (!add_party(group, list,
			ih_trust_sealing(list, request->world.now), word, err))
			return NULL;
	}
	qsort(group->parties, group->count, sizeof group->parties[0], by_code);
	return IH_GIVE(group);
}

/* Under which the exact numbers are kept: whoever reads the ledger knows of
 * which period, and towards whom. */
static void
name_of(char name[static IH_USER_TEXT], const struct request *request,
    const struct group *group)
{
	size_t length =
	    (size_t)snprintf(name, IH_USER_TEXT, MASKED ".%s", request->period);

	for (size_t i = 0; i < group->count; i++)
		length += (size_t)snprintf(name + length, IH_USER_TEXT - length,
		    ".%s", group->parties[i].committee);
}

struct given {
	char period[32]; /* "masked.2026." */
	char name[IH_SUBJECT_TEXT];
	bool any;
};

static bool
note_given(const struct ih_entry *entry, void *with)
{
	struct given *given = with;

	if (entry->act != IH_ACT_KEEP ||
	    strncmp(entry->subject, given->period, strlen(given->period)) != 0)
		return true;
	snprintf(given->name, sizeof given->name, "%s", entry->subject);
	given->any = true;
	return false;
}

/* Of two rows under the same masks the difference would show: the first that
 * was given is the one that is given again, whatever has changed since. */
static struct ih_return *
exact_numbers(struct request *request, struct ih_registry *registry,
    const struct ih_tables *tables, const struct group *group,
    struct ih_error *err)
{
	struct given given = { .any = false };
	char name[IH_USER_TEXT];

	name_of(name, request, group);
	snprintf(given.period, sizeof given.period, MASKED ".%s.",
	    request->period);
	if (!ih_ledger_each(registry, 0, note_given, &given, err))
		return NULL;
	if (given.any && strcmp(given.name, name) != 0) {
		ih_fail_code(err, IH_STATE, "E_MASK_TOLD", "%s", given.name);
		return NULL;
	}
	if (given.any) {
		IH_OWNED(ih_buffer)
		kept = ih_registry_kept(registry, name, err);

		if (kept == NULL && err->kind == IH_ABSENT) {
			*err = (struct ih_error){ .kind = IH_NONE };
			ih_fail_code(err, IH_TRUST, "E_RETURN_STORED", "%s",
			    request->period);
		}
		return kept == NULL ? NULL :
				      ih_return_read(tables, name, kept->data,
					  kept->size, err);
	}
	IH_OWNED(ih_count)
	count = counting_period(request, registry, tables, err);
	IH_OWNED(ih_return)
	exact = count != NULL ? ih_return_exact(count, &request->world) : NULL;
	IH_OWNED(ih_buffer)
	bytes =
	    exact != NULL ? ih_return_write(tables, exact, NULL, err) : NULL;
	if (bytes == NULL ||
	    !ih_registry_keep(registry, name, bytes->data, bytes->size, err))
		return NULL;
	return IH_GIVE(exact);
}

struct ih_buffer *
masking_numbers(struct request *request, struct ih_registry *registry,
    size_t *parties, struct ih_error *err)
{
	if (request->period == NULL ||
	    telling_which(request->period) == TOLD_PERIODS) {
		ih_fail(err, IH_USAGE,
		    "a return is of a year or a half-year: 2026, 2026-H1");
		return NULL;
	}
	if (!ih_registry_may(registry, IH_MAY_COUNT, NULL, err) ||
	    !ih_registry_may(registry, IH_MAY_EXCHANGE, NULL, err))
		return NULL;
	IH_OWNED(ih_office) office = office_load(registry, err);
	IH_OWNED(cli_group)
	group =
	    office == NULL ? NULL : group_of(request, registry, office, err);
	IH_OWNED(ih_tables) tables =
	    group == NULL ? NULL : ih_tables_load(request->library, err);
	IH_OWNED(ih_return)
	exact = tables == NULL ?
		    NULL :
		    exact_numbers(request, registry, tables, group, err);
	IH_OWNED(ih_masked)
	one = exact == NULL ?
		  NULL :
		  ih_masked_make(tables, exact, &office->pair[IH_USE_SEALING],
		      group->parties, group->count, err);
	if (one == NULL)
		return NULL;
	*parties = group->count;
	return ih_masked_write(tables, one, err);
}

/* ---- the sum */

typedef struct files {
	struct ih_masked *list[IH_MASKED_MOST];
	size_t count;
} cli_files;

static void
files_free(struct files *files)
{
	for (size_t i = 0; i < files->count; i++)
		ih_masked_free(files->list[i]);
	free(files);
}

IH_OWNER(cli_files, files_free)

static struct files *
read_files(struct request *request, const struct ih_tables *tables,
    const struct partners *partners, const struct ih_forms *forms,
    struct ih_error *err)
{
	IH_OWNED(cli_files) files = ih_zeroed(sizeof *files);

	if (request->count > IH_MASKED_MOST) {
		ih_fail(err, IH_USAGE, "at most %d committees", IH_MASKED_MOST);
		return NULL;
	}
	for (int i = 0; i < request->count; i++) {
		const char *path = request->words[i];
		IH_OWNED(ih_opened)
		opened =
		    signed_file(request, partners, forms, MASKED, path, err);
		struct ih_masked *one =
		    opened == NULL ?
			NULL :
			ih_masked_admit(tables, path, opened->parts[0].bytes,
			    opened->parts[0].size, err);

		if (one == NULL)
			return NULL;
		files->list[files->count++] = one;
		if (!signed_by(opened, one->committee, path, err))
			return NULL;
	}
	return IH_GIVE(files);
}

static const char *
number_text(const struct request *request, int64_t number)
{
	char text[24];

	snprintf(text, sizeof text, "%" PRId64, number);
	return ih_arena_text(request->arena, text);
}

static void
list_table(struct listing *listing, const struct request *request,
    const struct ih_tables *tables, size_t t, const struct ih_return *rounded,
    const struct ih_return *exact)
{
	const struct ih_table *table = &tables->tables[t];
	const struct ih_variable *rows = &tables->variables[table->rows];
	const struct ih_variable *columns = &tables->variables[table->columns];

	for (size_t r = 0; r < rows->count; r++)
		for (size_t c = 0; c < columns->count; c++)
			LISTING_ADD(listing, table->id,
			    rows->categories[r].code,
			    columns->categories[c].code,
			    number_text(request, rounded->cells[t][r][c]),
			    number_text(request, exact->cells[t][r][c]));
}

static bool
list_sum(struct request *request, struct ih_registry *registry,
    const struct ih_tables *tables, const struct ih_return *exact, size_t count,
    struct ih_error *err)
{
	static const struct column columns[] = {
		{ "table", W_COLUMN_TABLE, false },
		{ "row", W_COLUMN_ROW, false },
		{ "column", W_COLUMN_COLUMN, false },
		{ "rounded", W_COLUMN_ROUNDED, true },
		{ "exact", W_COLUMN_EXACT, true },
	};
	struct listing listing = LISTING(request, "sum", "cell", columns);
	const struct ih_told told = { .exact = exact };
	struct ih_error refused = { .kind = IH_NONE };
	IH_OWNED(ih_return)
	rounded = ih_return_round(tables, &told, 1, 0, err);

	if (rounded == NULL)
		return false;
	/* A small number is not for whoever has no cases to count. */
	if (!ih_registry_may(registry, IH_MAY_COUNT, NULL, &refused))
		listing.width--;
	for (size_t t = 0; t < tables->table_count; t++)
		list_table(&listing, request, tables, t, rounded, exact);
	if (!listing_print(&listing, request, err))
		return false;
	say(request, W_DONE_REGION_MASKED, IH_NUM(count),
	    IH_NUM(rounded->bound));
	return true;
}

bool
masking_list(struct request *request, struct ih_registry *registry,
    const struct partners *partners, const struct ih_forms *forms,
    struct ih_error *err)
{
	IH_OWNED(ih_tables) tables = ih_tables_load(request->library, err);
	IH_OWNED(cli_files)
	files = tables == NULL ?
		    NULL :
		    read_files(request, tables, partners, forms, err);
	IH_OWNED(ih_return)
	exact = files == NULL ?
		    NULL :
		    ih_masked_sum(tables, files->list, files->count, err);

	return exact != NULL &&
	       list_sum(request, registry, tables, exact, files->count, err);
}
