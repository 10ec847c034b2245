/* This is where officers get back together what a lost passphrase closed. */
#include "ihala/recovery.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "ihala/digest.h"
#include "roster.h"

#define ANCHOR "ihala recovery anchor 2"
#define HAND "ihala recovery hand 1"

/* What stands in the table. */
struct set {
	struct ih_recovery is;
	unsigned char public[IH_WRAP_PUBLIC];
	unsigned char sealed[IH_DIGEST + IH_SEAL_MORE];
	unsigned char signature[IH_SIGNATURE];
};

static void
holding_context(int compartment, char context[static 64])
{
	snprintf(context, 64, "recovery %s", ih_compartment_names[compartment]);
}

/* ---- what the officers' key is bound to */

/* The registry, the key of its ledger, and that of its first user. */
static void
anchor_digest(const struct ih_registry *registry,
    unsigned char digest[static IH_DIGEST])
{
	IH_OWNED(ih_buffer) bytes = ih_buffer_new();

	ih_buffer_printf(bytes, ANCHOR "\n%s\n%s\n%d\n", registry->id,
	    registry->committee, registry->training);
	ih_buffer_add(bytes, registry->signer, IH_SIGN_PUBLIC);
	ih_buffer_add(bytes, registry->first, IH_SIGN_PUBLIC);
	ih_digest(bytes->data, bytes->size, digest);
}

static bool
seal_anchor(const struct ih_registry *registry, const struct ih_secret *private,
    struct set *set, struct ih_error *err)
{
	unsigned char digest[IH_DIGEST] = { 0 };
	IH_OWNED(ih_secret) key = ih_keys_grown(private, ANCHOR);

	anchor_digest(registry, digest);
	IH_OWNED(ih_buffer)
	sealed = ih_seal(key->bytes, ANCHOR, strlen(ANCHOR), digest,
	    sizeof digest, err);
	if (sealed == NULL)
		return false;
	memcpy(set->sealed, sealed->data, sizeof set->sealed);
	return true;
}

static bool
anchor_holds(const struct ih_registry *registry,
    const struct ih_secret *private, const struct set *set,
    struct ih_error *err)
{
	unsigned char digest[IH_DIGEST] = { 0 };
	IH_OWNED(ih_secret) key = ih_keys_grown(private, ANCHOR);
	IH_OWNED(ih_buffer)
	opened = ih_seal_open(key->bytes, ANCHOR, strlen(ANCHOR), set->sealed,
	    sizeof set->sealed, err);

	anchor_digest(registry, digest);
	if (opened == NULL)
		return ih_fail_in(err, "keys.db: recovery");
	return (opened->size == sizeof digest &&
		   memcmp(opened->data, digest, sizeof digest) == 0) ||
	       ih_fail(err, IH_TRUST,
		   "registry: the recovery key was made for another one");
}

/* ---- what is signed */

/* The set, its key, and the COMPARTMENTS whose keys it holds. */
static struct ih_buffer *
statement(const struct ih_registry *registry, const struct set *set,
    unsigned char compartments[static IH_COMPARTMENTS][IH_WRAP_PUBLIC])
{
	struct ih_buffer *text = ih_buffer_new();

	ih_buffer_printf(text,
	    "ihala-recovery-1\n%s\n%s\n%u\n%u\n%u\n%" PRId64 "\n", registry->id,
	    registry->committee, set->is.set, set->is.shares, set->is.threshold,
	    set->is.made);
	ih_buffer_add(text, set->public, sizeof set->public);
	ih_buffer_add(text, set->sealed, sizeof set->sealed);
	for (int i = 0; i < IH_COMPARTMENTS; i++)
		ih_buffer_add(text, compartments[i], IH_WRAP_PUBLIC);
	return text;
}

/* ---- the table */

static bool
read_set(struct ih_registry *registry, struct set *set, struct ih_error *err)
{
	IH_OWNED(sqlite3_stmt)
	rows = ih_ask(registry->keys, err,
	    "SELECT number, shares, threshold, made, public, sealed, signature"
	    " FROM recovery",
	    IH_NOTHING);
	if (rows == NULL)
		return false;
	if (!ih_row(rows, err))
		return err->kind != IH_NONE ? false :
					      ih_fail_code(err, IH_ABSENT,
						  "E_NO_RECOVERY", "%s", "");
	set->is = (struct ih_recovery){
		.set = (unsigned)sqlite3_column_int(rows, 0),
		.shares = (unsigned)sqlite3_column_int(rows, 1),
		.threshold = (unsigned)sqlite3_column_int(rows, 2),
		.made = sqlite3_column_int64(rows, 3),
	};
	ih_column_bytes(rows, 4, set->public, sizeof set->public);
	ih_column_bytes(rows, 5, set->sealed, sizeof set->sealed);
	ih_column_bytes(rows, 6, set->signature, sizeof set->signature);
	return true;
}

static bool
is_signed(const struct ih_registry *registry, const struct set *set,
    unsigned char compartments[static IH_COMPARTMENTS][IH_WRAP_PUBLIC],
    struct ih_error *err)
{
	IH_OWNED(ih_buffer) text = statement(registry, set, compartments);

	return ih_sign_check(registry->signer, text->data, text->size,
		   set->signature, err) ||
	       ih_fail_in(err, "keys.db: recovery");
}

/* Where the registry is locked the roster is the one on the disk; its
 * compartments are what was signed, or not. */
static bool
load_roster(struct ih_registry *registry, struct ih_error *err)
{
	registry->roster = ih_roster_load(registry, registry->first, err);
	for (int i = 0; registry->roster != NULL && i < IH_COMPARTMENTS; i++)
		memcpy(registry->public[i],
		    registry -> roster -> compartment[i].public,
		    IH_WRAP_PUBLIC);
	return registry->roster != NULL;
}

static bool
read_signed(struct ih_registry *registry, struct set *set, struct ih_error *err)
{
	return read_set(registry, set, err) &&
	       (registry->roster != NULL || load_roster(registry, err)) &&
	       is_signed(registry, set, registry->public, err);
}

static bool
write_set(struct ih_registry *registry, const struct set *set,
    struct ih_error *err)
{
	return ih_run(registry->keys, err,
	    "INSERT OR REPLACE INTO recovery"
	    " (one, number, shares, threshold, made, public, sealed, signature)"
	    " VALUES (1, :number, :shares, :threshold, :made, :public, :sealed,"
	    " :signature)",
	    ih_number(":number", set->is.set),
	    ih_number(":shares", set->is.shares),
	    ih_number(":threshold", set->is.threshold),
	    ih_number(":made", set->is.made),
	    ih_bytes(":public", set->public, sizeof set->public),
	    ih_bytes(":sealed", set->sealed, sizeof set->sealed),
	    ih_bytes(":signature", set->signature, sizeof set->signature));
}

static bool
write_holding(struct ih_registry *registry, const struct set *set, int at,
    struct ih_error *err)
{
	char context[64];

	holding_context(at, context);
	IH_OWNED(ih_buffer)
	wrapped = ih_wrap(set->public, context, registry->private[at], err);
	return wrapped != NULL &&
	       ih_run(registry->keys, err,
		   "INSERT OR REPLACE INTO recovery_holding"
		   " (compartment, wrapped) VALUES (:name, :wrapped)",
		   ih_text(":name", ih_compartment_names[at]),
		   ih_bytes(":wrapped", wrapped->data, wrapped->size));
}

static bool
write_all(struct ih_registry *registry, const struct set *set,
    const bool changed[static IH_COMPARTMENTS], struct ih_error *err)
{
	if (!write_set(registry, set, err))
		return false;
	for (int i = 0; i < IH_COMPARTMENTS; i++)
		if (changed[i] && !write_holding(registry, set, i, err))
			return false;
	return true;
}

/* ---- making a set */

static bool
sign_set(struct ih_registry *registry, struct set *set, struct ih_hash *digest,
    struct ih_error *err)
{
	IH_OWNED(ih_buffer) text = statement(registry, set, registry->public);

	ih_digest(text->data, text->size, digest->bytes);
	return ih_ledger_sign(registry, text->data, text->size, set->signature,
	    err);
}

/* What the officers' key signs with is in the roster from now on. */
static bool
write_down(struct ih_registry *registry, const struct set *set,
    const struct ih_secret *private, const struct ih_hash *digest,
    struct ih_error *err)
{
	bool all[IH_COMPARTMENTS];
	char subject[32];
	struct ih_roster_edit made = { 0 };
	IH_OWNED(ih_roster_edit) edit = &made;
	IH_OWNED(ih_secret) hand = ih_keys_grown(private, HAND);

	memset(all, true, sizeof all);
	snprintf(subject, sizeof subject, "recovery-%05u", set->is.set);
	return ih_roster_begin(registry, edit, err) &&
	       ih_sign_public(hand, edit->roster->recovery, err) &&
	       ih_ledger_add(registry, IH_ACT_SHARE, subject, digest, err) &&
	       write_all(registry, set, all, err) &&
	       ih_roster_finish(edit, subject, "", err);
}

bool
ih_recovery_make(struct ih_registry *registry, unsigned count,
    unsigned threshold, ih_recovery_given *give, void *with,
    struct ih_error *err)
{
	struct set set = { .is = { .shares = count,
			       .threshold = threshold,
			       .made = registry->world->now } };
	struct ih_hash digest;

	for (int i = 0; i < IH_COMPARTMENTS; i++)
		if (!ih_keys_hold(registry, (enum ih_compartment)i, err))
			return false;
	IH_OWNED(ih_secret) private = ih_wrap_new(set.public, err);
	IH_OWNED(ih_shares)
	shares = private == NULL ?
		     NULL :
		     ih_share_split(private, count, threshold, err);
	if (shares == NULL)
		return false;
	set.is.set = shares->list[0].set;
	return seal_anchor(registry, private, &set, err) &&
	       sign_set(registry, &set, &digest, err) &&
	       give(shares, with, err) &&
	       write_down(registry, &set, private, &digest, err);
}

bool
ih_recovery_get(struct ih_registry *registry, struct ih_recovery *recovery,
    struct ih_error *err)
{
	struct set set = { 0 };

	if (!read_signed(registry, &set, err))
		return false;
	*recovery = set.is;
	return true;
}

bool
ih_recovery_follow(struct ih_registry *registry,
    unsigned char before[static IH_COMPARTMENTS][IH_WRAP_PUBLIC],
    struct ih_error *err)
{
	struct set set = { 0 };
	struct ih_hash digest;
	bool changed[IH_COMPARTMENTS];

	if (!read_set(registry, &set, err)) {
		if (err->kind != IH_ABSENT)
			return false;
		*err = (struct ih_error){ 0 };
		return true;
	}
	for (int i = 0; i < IH_COMPARTMENTS; i++)
		changed[i] =
		    memcmp(before[i], registry->public[i], IH_WRAP_PUBLIC) != 0;
	return is_signed(registry, &set, before, err) &&
	       sign_set(registry, &set, &digest, err) &&
	       write_all(registry, &set, changed, err);
}

/* ---- using one */

/* The officers' key, if it is the one of this set. */
static struct ih_secret *
join(const struct ih_shares *shares, const struct set *set,
    struct ih_error *err)
{
	unsigned char public[IH_WRAP_PUBLIC] = { 0 };
	IH_OWNED(ih_secret) private = ih_share_join(shares, "", err);

	if (private == NULL || !ih_wrap_public(private, public, err))
		return NULL;
	if (memcmp(public, set->public, sizeof public) != 0) {
		ih_fail_code(err, IH_STATE, "E_SHARE_OLD",
		    "shares of set %05u, and this is set %05u",
		    shares->list[0].set, set->is.set);
		return NULL;
	}
	return IH_GIVE(private);
}

static bool
unlock(struct ih_registry *registry, const struct ih_secret *private, int at,
    struct ih_error *err)
{
	char context[64];
	IH_OWNED(sqlite3_stmt)
	rows = ih_ask(registry->keys, err,
	    "SELECT wrapped FROM recovery_holding WHERE compartment = :name",
	    ih_text(":name", ih_compartment_names[at]));

	if (rows == NULL)
		return false;
	if (!ih_row(rows, err))
		return err->kind != IH_NONE ?
			   false :
			   ih_fail(err, IH_TRUST,
			       "keys.db: a recovery holding is missing");
	holding_context(at, context);
	return ih_keys_take(registry, (enum ih_compartment)at, private, context,
	    rows, err);
}

static void
lock(struct ih_registry *registry)
{
	for (int i = 0; i < IH_COMPARTMENTS; i++) {
		ih_secret_free(registry->private[i]);
		registry->private[i] = NULL;
	}
	ih_secret_free(registry->hand);
	registry->hand = NULL;
	registry->roles = 0;
}

static bool
unlock_all(struct ih_registry *registry, const struct ih_secret *private,
    struct ih_error *err)
{
	for (int i = 0; i < IH_COMPARTMENTS; i++)
		if (!unlock(registry, private, i, err))
			return false;
	return true;
}

/* Officers together are as one who holds every key and signs by theirs. */
static bool
take_office(struct ih_registry *registry, const struct ih_secret *private,
    struct ih_error *err)
{
	unsigned char public[IH_SIGN_PUBLIC];

	snprintf(registry->user, sizeof registry->user, "%s", IH_RECOVERY_USER);
	registry->roles = IH_EVERY_ROLE;
	registry->hand = ih_keys_grown(private, HAND);
	return ih_sign_public(registry->hand, public, err) &&
	       (memcmp(public, registry->roster->recovery, sizeof public) ==
		       0 ||
		   ih_fail(err, IH_TRUST,
		       "keys.db: the roster names another recovery key"));
}

/* The cases that were given to MEMBER: every way to them is open. */
static bool
rewrap_cases(struct ih_registry *registry, const struct ih_member *member,
    struct ih_error *err)
{
	char holder[IH_HOLDER_TEXT];

	ih_keys_holder(member->user.name, holder);
	return ih_keys_rewrap(registry, holder, NULL, member->public, err);
}

/* Another key for MEMBER, under PASSPHRASE, that holds what the last held. */
static bool
renew_member(struct ih_registry *registry, struct ih_member *member,
    const char *passphrase, struct ih_error *err)
{
	bool done = ih_keys_make_user(registry, member, passphrase, err) &&
		    rewrap_cases(registry, member, err);

	for (int i = 0; done && i < IH_COMPARTMENTS; i++)
		if (ih_roles_hold(member->user.roles, (enum ih_compartment)i))
			done = ih_keys_give(registry, (enum ih_compartment)i,
			    member, err);
	return done;
}

/* With every compartment open. */
static bool
renew(struct ih_registry *registry, const char *user, const char *passphrase,
    struct ih_error *err)
{
	struct ih_roster_edit made = { 0 };
	IH_OWNED(ih_roster_edit) edit = &made;
	struct ih_member *member;

	if (!ih_roster_begin(registry, edit, err))
		return false;
	member = ih_roster_find(edit->roster, user);
	if (member == NULL || member->user.state != IH_ACTIVE)
		return ih_fail_code(err, IH_ABSENT, "E_USER_UNKNOWN", "%s", "");
	return ih_ledger_add(registry, IH_ACT_RECOVER, user, NULL, err) &&
	       renew_member(registry, member, passphrase, err) &&
	       ih_roster_finish(edit, "recover", user, err);
}

bool
ih_recovery_use(struct ih_registry *registry, const struct ih_shares *shares,
    const char *user, const char *passphrase, struct ih_error *err)
{
	struct set set = { 0 };
	bool done;

	if (!ih_registry_is_locked(registry))
		return ih_fail(err, IH_STATE, "registry: it is open already");
	if (!read_signed(registry, &set, err))
		return false;
	IH_OWNED(ih_secret) private = join(shares, &set, err);
	if (private == NULL || !anchor_holds(registry, private, &set, err))
		return false;
	done = take_office(registry, private, err) &&
	       unlock_all(registry, private, err) &&
	       ih_users_settle(registry, err) &&
	       renew(registry, user, passphrase, err);
	lock(registry);
	return done;
}
