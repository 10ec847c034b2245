/* This is where several writes become one. */
#include <stdio.h>
#include <stdlib.h>

#include "query.h"

struct ih_transaction {
	struct ih_registry *registry;
	int depth; /* 1: the outermost */
	bool committed;
	struct ih_growth before; /* of the ledger */
};

/* WORD and the savepoint of DEPTH, or the outermost form. */
static bool
say(struct ih_registry *registry, const char *outermost, const char *word,
    int depth, struct ih_error *err)
{
	char sql[40];

	if (depth == 1)
		return ih_run(registry->db, err, outermost, IH_NOTHING);
	snprintf(sql, sizeof sql, "%s s%d", word, depth);
	return ih_run(registry->db, err, sql, IH_NOTHING);
}

/* SQLite rolls back by itself on some errors (a full disk): what follows
 * must then not be written as if nothing had happened. */
static bool
is_open(const struct ih_registry *registry)
{
	return sqlite3_get_autocommit(registry->db) == 0;
}

/* Keys are committed before what they are for: after a crash in between there
 * are keys without a case, never a case without keys. */
static bool
commit_keys(struct ih_registry *registry, int depth, struct ih_error *err)
{
	return depth > 1 || sqlite3_get_autocommit(registry->keys) != 0 ||
	       ih_run(registry->keys, err, "COMMIT", IH_NOTHING);
}

static void
roll_back_keys(struct ih_registry *registry, int depth)
{
	struct ih_error ignored = { 0 };

	if (depth == 1 && sqlite3_get_autocommit(registry->keys) == 0)
		ih_run(registry->keys, &ignored, "ROLLBACK", IH_NOTHING);
}

struct ih_transaction *
ih_transaction_begin(struct ih_registry *registry, struct ih_error *err)
{
	struct ih_transaction *transaction;

	if (ih_registry_is_locked(registry)) {
		ih_fail_code(err, IH_DENIED, "E_PASSPHRASE",
		    "the registry is locked");
		return NULL;
	}
	if (registry->depth > 0 && !is_open(registry)) {
		ih_fail(err, IH_SYSTEM, "registry: an earlier write failed");
		return NULL;
	}
	if (!say(registry, "BEGIN IMMEDIATE", "SAVEPOINT", registry->depth + 1,
		err))
		return NULL;
	transaction = calloc(1, sizeof *transaction);
	if (transaction == NULL)
		abort();
	transaction->registry = registry;
	transaction->depth = ++registry->depth;
	transaction->before = registry->grown;
	return transaction;
}

bool
ih_transaction_commit(struct ih_transaction *transaction, struct ih_error *err)
{
	struct ih_registry *registry = transaction->registry;

	if (!is_open(registry))
		return ih_fail(err, IH_SYSTEM,
		    "registry: an earlier write failed");
	transaction->committed =
	    (transaction->depth > 1 || ih_ledger_settle(registry, err)) &&
	    commit_keys(registry, transaction->depth, err) &&
	    say(registry, "COMMIT", "RELEASE", transaction->depth, err);
	return transaction->committed;
}

void
ih_transaction_end(struct ih_transaction *transaction)
{
	struct ih_registry *registry;
	struct ih_error ignored = { 0 };

	if (transaction == NULL)
		return;
	registry = transaction->registry;
	if (!transaction->committed && is_open(registry)) {
		say(registry, "ROLLBACK", "ROLLBACK TO", transaction->depth,
		    &ignored);
		if (transaction->depth > 1)
			say(registry, "", "RELEASE", transaction->depth,
			    &ignored);
	}
	if (!transaction->committed)
		registry->grown = transaction->before;
	roll_back_keys(registry, transaction->depth);
	registry->depth = transaction->depth - 1;
	free(transaction);
}
