/* This is where the tables of a registry are made, and an older registry is
 * given those that came later. */
#include "format.h"

#include <stdio.h>

#define CASES_ID 0x4948414c /* "IHAL", application_id in registry.sql */
#define KEYS_ID 0x4948414b  /* "IHAK", the same in keys.sql */

static const char cases_sql[] =
#include "registry.sql.inc"
    ;
static const char keys_sql[] =
#include "keys.sql.inc"
    ;
static const char recovery_sql[] =
#include "recovery.sql.inc"
    ;
static const char hold_sql[] =
#include "hold.sql.inc"
    ;
static const char provider_sql[] =
#include "provider.sql.inc"
    ;
static const char trust_sql[] =
#include "trust.sql.inc"
    ;
static const char request_sql[] =
#include "request.sql.inc"
    ;
static const char draft_sql[] =
#include "draft.sql.inc"
    ;
static const char intake_sql[] =
#include "intake.sql.inc"
    ;

/* In the order in which they are run; one that came later only adds. */
static const struct {
	enum ih_format_file file;
	int since; /* the format that has it first */
	const char *sql;
} scripts[] = {
	{ IH_FORMAT_CASES, IH_FORMAT_OLDEST, cases_sql },
	{ IH_FORMAT_KEYS, IH_FORMAT_OLDEST, keys_sql },
	{ IH_FORMAT_KEYS, 4, recovery_sql },
	{ IH_FORMAT_CASES, 4, hold_sql },
	{ IH_FORMAT_CASES, 4, request_sql },
	{ IH_FORMAT_CASES, 4, provider_sql },
	{ IH_FORMAT_CASES, 4, trust_sql },
	{ IH_FORMAT_CASES, 5, draft_sql },
	{ IH_FORMAT_CASES, 5, intake_sql },
};

const char *const ih_format_names[IH_FORMAT_FILES] = {
	[IH_FORMAT_CASES] = "registry.db",
	[IH_FORMAT_KEYS] = "keys.db",
};

static bool
run_script(sqlite3 *db, const char *sql, struct ih_error *err)
{
	return sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK ||
	       ih_query_fail(db, err);
}

/* The tables that FILE lacks, which has the format FROM; 0: all. */
static bool
add_tables(sqlite3 *db, enum ih_format_file file, int64_t from,
    struct ih_error *err)
{
	for (size_t i = 0; i < sizeof scripts / sizeof scripts[0]; i++)
		if (scripts[i].file == file && scripts[i].since > from &&
		    !run_script(db, scripts[i].sql, err))
			return false;
	return true;
}

/* The same, and the number of this format. */
static bool
run_since(sqlite3 *db, enum ih_format_file file, int64_t from,
    struct ih_error *err)
{
	char version[40];

	if (!add_tables(db, file, from, err))
		return false;
	snprintf(version, sizeof version, "PRAGMA user_version = %d",
	    IH_FORMAT);
	return run_script(db, version, err);
}

bool
ih_format_make(sqlite3 *db, enum ih_format_file file, struct ih_error *err)
{
	return run_since(db, file, 0, err);
}

static bool
format_of(sqlite3 *db, int64_t *format, struct ih_error *err)
{
	return ih_count(db, err, format, "PRAGMA user_version", IH_NOTHING);
}

bool
ih_format_check(sqlite3 *db, enum ih_format_file file, struct ih_error *err)
{
	int64_t id = 0, format = 0;

	if (!ih_count(db, err, &id, "PRAGMA application_id", IH_NOTHING) ||
	    !format_of(db, &format, err))
		return false;
	if (id != (file == IH_FORMAT_CASES ? CASES_ID : KEYS_ID))
		return ih_fail(err, IH_STATE, "this file is not Ihala's");
	return (format >= IH_FORMAT_OLDEST && format <= IH_FORMAT) ||
	       ih_fail_code(err, IH_INPUT, "E_REGISTRY_FORMAT",
		   "format %lld; this version reads formats %d to %d",
		   (long long)format, IH_FORMAT_OLDEST, IH_FORMAT);
}

/* The formats of both files, the older one in *FROM. */
static bool
formats_of(struct ih_registry *registry, int64_t format[IH_FORMAT_FILES],
    int64_t *from, struct ih_error *err)
{
	if (!format_of(registry->db, &format[IH_FORMAT_CASES], err) ||
	    !format_of(registry->keys, &format[IH_FORMAT_KEYS], err))
		return false;
	*from = format[IH_FORMAT_CASES] < format[IH_FORMAT_KEYS] ?
		    format[IH_FORMAT_CASES] :
		    format[IH_FORMAT_KEYS];
	return true;
}

bool
ih_format_add_tables(struct ih_registry *registry, struct ih_error *err)
{
	int64_t format[IH_FORMAT_FILES], from = 0;

	return formats_of(registry, format, &from, err) &&
	       add_tables(registry->db, IH_FORMAT_CASES,
		   format[IH_FORMAT_CASES], err) &&
	       add_tables(registry->keys, IH_FORMAT_KEYS,
		   format[IH_FORMAT_KEYS], err);
}

static bool
bring_forward(struct ih_registry *registry, struct ih_error *err)
{
	int64_t format[IH_FORMAT_FILES], from = 0;
	char subject[IH_SUBJECT_TEXT];
	IH_OWNED(ih_transaction) all = ih_transaction_begin(registry, err);

	/* Another program may have done it while this one waited. */
	if (all == NULL || !formats_of(registry, format, &from, err))
		return false;
	if (from == IH_FORMAT)
		return true;
	snprintf(subject, sizeof subject, "format %lld %d", (long long)from,
	    IH_FORMAT);
	return ih_run(registry->keys, err, "BEGIN IMMEDIATE", IH_NOTHING) &&
	       run_since(registry->keys, IH_FORMAT_KEYS, format[IH_FORMAT_KEYS],
		   err) &&
	       run_since(registry->db, IH_FORMAT_CASES, format[IH_FORMAT_CASES],
		   err) &&
	       ih_ledger_add(registry, IH_ACT_MIGRATE, subject, NULL, err) &&
	       ih_transaction_commit(all, err);
}

bool
ih_format_follow(struct ih_registry *registry, struct ih_error *err)
{
	int64_t format[IH_FORMAT_FILES], from = 0;

	if (!formats_of(registry, format, &from, err))
		return false;
	if (from == IH_FORMAT)
		return true;
	if (ih_registry_is_locked(registry))
		return ih_fail_code(err, IH_STATE, "E_REGISTRY_OLDER",
		    "format %lld, not %d", (long long)from, IH_FORMAT);
	return bring_forward(registry, err);
}
