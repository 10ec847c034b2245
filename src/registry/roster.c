/* This is where the roster is read, checked against the one before, and
 * written. */
#include "roster.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ihala/digest.h"
#include "ihala/ledger.h"
#include "ihala/sign.h"

#define FORM "ihala-roster-1"
#define ROLES_ROOM 160 /* bytes of the names of all roles */
#define FIRST 5        /* line with a compartment, from 0 */
#define DOCUMENT_MAX ((size_t)1 << 20)

static const char *const states[IH_USER_STATES] = {
	[IH_REGISTERED] = "registered",
	[IH_ACTIVE] = "active",
	[IH_REVOKED] = "revoked",
};

const char *
ih_user_state_name(enum ih_user_state state)
{
	return states[state];
}

struct ih_roster *
ih_roster_new(void)
{
	struct ih_roster *roster = calloc(1, sizeof *roster);

	if (roster == NULL)
		abort();
	return roster;
}

void
ih_roster_free(struct ih_roster *roster)
{
	free(roster);
}

bool
ih_roles_hold(ih_role_set roles, enum ih_compartment compartment)
{
	/* What a role may do with the whole office is what it has keys for. */
	static const enum ih_action uses[IH_COMPARTMENTS] = {
		[IH_HOLD_IDENTITY] = IH_MAY_IDENTITY,
		[IH_HOLD_FACTS] = IH_MAY_FACTS,
		[IH_HOLD_STATISTICS] = IH_MAY_COUNT,
		[IH_HOLD_OFFICE] = IH_MAY_SUMMARISE,
		[IH_HOLD_INDEX] = IH_MAY_SEARCH,
		[IH_HOLD_EMERGENCY] = IH_MAY_BREAK,
	};

	if (compartment == IH_HOLD_AUDIT)
		return roles != 0; /* whoever acts is entered */
	/* Whoever reads every case anyway hands the other way on. */
	if (compartment == IH_HOLD_EMERGENCY &&
	    ih_roles_reach(roles, IH_MAY_ADMIT) == IH_WHOLE_OFFICE)
		return true;
	return ih_roles_reach(roles, uses[compartment]) == IH_WHOLE_OFFICE;
}

struct ih_member *
ih_roster_find(struct ih_roster *roster, const char *name)
{
	for (size_t i = 0; i < roster->count; i++)
		if (strcmp(roster->members[i].user.name, name) == 0)
			return &roster->members[i];
	return NULL;
}

size_t
ih_roster_active(const struct ih_roster *roster)
{
	size_t count = 0;

	for (size_t i = 0; i < roster->count; i++)
		count += roster->members[i].user.state == IH_ACTIVE;
	return count;
}

/* ---- writing */

static void
add_hex(struct ih_buffer *out, const unsigned char bytes[static IH_DIGEST])
{
	struct ih_hash hash;
	char text[IH_DIGEST_TEXT];

	memcpy(hash.bytes, bytes, IH_DIGEST);
	ih_hash_text(&hash, text);
	ih_buffer_printf(out, "\t%s", text);
}

static void
add_roles(struct ih_buffer *out, ih_role_set roles)
{
	const char *between = "\t";

	for (int i = 0; i < IH_ROLES; i++)
		if ((roles & IH_ROLE_BIT(i)) != 0) {
			ih_buffer_printf(out, "%s%s", between,
			    ih_role_name((enum ih_role)i));
			between = ",";
		}
}

void
ih_roster_write(const struct ih_roster *roster, const char *registry,
    struct ih_buffer *out)
{
	ih_buffer_printf(out,
	    FORM "\nregistry\t%s\ngeneration\t%" PRId64 "\nprevious", registry,
	    roster->generation);
	add_hex(out, roster->previous.bytes);
	ih_buffer_text(out, "\nrecovery");
	add_hex(out, roster->recovery);
	ih_buffer_text(out, "\n");
	for (int i = 0; i < IH_COMPARTMENTS; i++) {
		ih_buffer_printf(out, "compartment\t%s",
		    ih_compartment_names[i]);
		add_hex(out, roster->compartment[i].public);
		ih_buffer_text(out,
		    roster->compartment[i].stale ? "\tstale\n" : "\tcurrent\n");
	}
	for (size_t i = 0; i < roster->count; i++) {
		const struct ih_member *m = &roster->members[i];

		ih_buffer_printf(out, "user\t%s\t%s", m->user.name,
		    states[m->user.state]);
		add_roles(out, m->user.roles);
		ih_buffer_printf(out, "\t%s",
		    m->user.by[0] != '\0' ? m->user.by : "-");
		add_hex(out, m->public);
		add_hex(out, m->signer);
		ih_buffer_text(out, "\n");
	}
}

struct ih_hash
ih_roster_digest(const struct ih_roster *roster, const char *registry)
{
	IH_OWNED(ih_buffer) bytes = ih_buffer_new();
	struct ih_hash hash = { 0 };

	ih_roster_write(roster, registry, bytes);
	ih_digest(bytes->data, bytes->size, hash.bytes);
	return hash;
}

/* ---- reading: loosely, then written again and compared byte for byte */

static void
read_hex(const char *text, unsigned char bytes[static IH_DIGEST])
{
	struct ih_hash hash = { 0 };

	if (ih_hash_parse(text, &hash))
		memcpy(bytes, hash.bytes, IH_DIGEST);
}

static ih_role_set
read_roles(char *names)
{
	ih_role_set roles = 0;
	enum ih_role role;

	for (char *rest = names, *name; (name = strsep(&rest, ",")) != NULL;)
		if (ih_role_parse(name, &role))
			roles |= IH_ROLE_BIT(role);
	return roles;
}

static void
read_compartment(struct ih_roster *roster, int at, const char *line)
{
	char public[IH_DIGEST_TEXT] = "", state[8] = "";

	sscanf(line, "compartment\t%*32[^\t]\t%64[0-9a-f]\t%7[a-z]", public,
	    state);
	read_hex(public, roster->compartment[at].public);
	roster->compartment[at].stale = strcmp(state, "stale") == 0;
}

static void
read_member(struct ih_roster *roster, const char *line)
{
	struct ih_member *m = &roster->members[roster->count];
	char state[16] = "", roles[ROLES_ROOM + 1] = "";
	char public[IH_DIGEST_TEXT] = "", signer[IH_DIGEST_TEXT] = "";

	if (roster->count == IH_USERS_MAX)
		return;
	roster->count++;
	sscanf(line,
	    "user\t%64[^\t]\t%15[^\t]\t%160[^\t]\t%64[^\t]\t"
	    "%64[0-9a-f]\t%64[0-9a-f]",
	    m->user.name, state, roles, m->user.by, public, signer);
	if (strcmp(m->user.by, "-") == 0)
		m->user.by[0] = '\0';
	for (int i = 0; i < IH_USER_STATES; i++)
		if (strcmp(state, states[i]) == 0)
			m->user.state = (enum ih_user_state)i;
	m->user.roles = read_roles(roles);
	read_hex(public, m->public);
	read_hex(signer, m->signer);
}

static struct ih_roster *
parse(const struct ih_buffer *document, const char *registry)
{
	IH_OWNED(ih_roster) roster = ih_roster_new();
	IH_OWNED(ih_buffer)
	copy = ih_buffer_copy(document->data, document->size);
	IH_OWNED(ih_buffer) again = ih_buffer_new();
	char *rest = (char *)copy->data, *line;
	char previous[IH_DIGEST_TEXT] = "";

	for (int at = 0; (line = strsep(&rest, "\n")) != NULL; at++) {
		/* Whatever is not as it is written differs from what is then
		 * written again. */
		if (at == 2 && strncmp(line, "generation\t", 11) == 0)
			roster->generation = strtoll(line + 11, NULL, 10);
		else if (at == 3 &&
			 sscanf(line, "previous\t%64[0-9a-f]", previous) == 1)
			read_hex(previous, roster->previous.bytes);
		else if (at == 4 &&
			 sscanf(line, "recovery\t%64[0-9a-f]", previous) == 1)
			read_hex(previous, roster->recovery);
		else if (at >= FIRST && at < FIRST + IH_COMPARTMENTS)
			read_compartment(roster, at - FIRST, line);
		else if (at >= FIRST && line[0] != '\0')
			read_member(roster, line);
	}
	ih_roster_write(roster, registry, again);
	if (again->size != document->size ||
	    memcmp(again->data, document->data, again->size) != 0)
		return NULL;
	return IH_GIVE(roster);
}

/* ---- what may follow what */

static bool
is_same_person(const struct ih_member *a, const struct ih_member *b)
{
	return strcmp(a->user.name, b->user.name) == 0 &&
	       strcmp(a->user.by, b->user.by) == 0 &&
	       a->user.roles == b->user.roles &&
	       memcmp(a->public, b->public, sizeof a->public) == 0 &&
	       memcmp(a->signer, b->signer, sizeof a->signer) == 0;
}

static bool
may(const struct ih_member *who, enum ih_action action, struct ih_error *err)
{
	return ih_roles_reach(who->user.roles, action) == IH_WHOLE_OFFICE ||
	       ih_fail_code(err, IH_DENIED, "E_ROLE", "%s",
		   ih_action_name(action));
}

static bool
may_change(const struct ih_roster *before, const struct ih_member *old,
    const struct ih_member *new, const struct ih_member *who,
    struct ih_error *err)
{
	enum ih_user_state from = old->user.state, to = new->user.state;

	if (from == to)
		return true;
	if (to == IH_REVOKED)
		return may(who, IH_MAY_REGISTER, err);
	if (from != IH_REGISTERED)
		return ih_fail_code(err, IH_STATE, "E_USER_STATE", "%s", "");
	if (strcmp(old->user.by, who->user.name) == 0 &&
	    ih_roster_active(before) > 1)
		return ih_fail_code(err, IH_STATE, "E_FOUR_EYES", "%s", "");
	return may(who, IH_MAY_ADMIT, err);
}

static bool
may_join(const struct ih_member *new, const struct ih_member *who,
    struct ih_error *err)
{
	if (!ih_is_name(new->user.name) ||
	    strcmp(new->user.name, IH_RECOVERY_USER) == 0 ||
	    new->user.state != IH_REGISTERED ||
	    strcmp(new->user.by, who->user.name) != 0)
		return ih_fail(err, IH_TRUST, "roster: a user malformed");
	if (!ih_roles_agree(new->user.roles))
		return ih_fail_code(err, IH_USAGE, "E_USER_ROLES", "%s", "");
	return may(who, IH_MAY_REGISTER, err);
}

static bool
may_renew(const struct ih_roster *before, const struct ih_roster *after, int at,
    const struct ih_member *who, struct ih_error *err)
{
	if (memcmp(before->compartment[at].public,
		after->compartment[at].public, IH_WRAP_PUBLIC) != 0)
		return ih_roles_hold(who->user.roles,
			   (enum ih_compartment)at) ||
		       ih_fail_code(err, IH_DENIED, "E_NOT_HELD",
			   "compartment %s", ih_compartment_names[at]);
	return !before->compartment[at].stale || after->compartment[at].stale ||
	       ih_fail(err, IH_TRUST, "roster: a key was not renewed");
}

static bool
holds_everything(const struct ih_member *who)
{
	for (int i = 0; i < IH_COMPARTMENTS; i++)
		if (!ih_roles_hold(who->user.roles, (enum ih_compartment)i))
			return false;
	return true;
}

/* The key of the officers, together, is made by who holds what it opens. */
static bool
may_entrust(const struct ih_roster *before, const struct ih_roster *after,
    const struct ih_member *who, struct ih_error *err)
{
	return memcmp(before->recovery, after->recovery,
		   sizeof before->recovery) == 0 ||
	       holds_everything(who) ||
	       ih_fail_code(err, IH_DENIED, "E_NOT_HELD", "%s", "");
}

/* Officers together give somebody who is not revoked other keys, and change
 * nothing else. */
static bool
may_recover(const struct ih_roster *before, const struct ih_roster *after,
    struct ih_error *err)
{
	bool same = before->count == after->count &&
		    memcmp(before->recovery, after->recovery,
			sizeof before->recovery) == 0;

	for (int i = 0; i < IH_COMPARTMENTS; i++)
		same &=
		    memcmp(before->compartment[i].public,
			after->compartment[i].public, IH_WRAP_PUBLIC) == 0 &&
		    before->compartment[i].stale == after->compartment[i].stale;
	for (size_t i = 0; same && i < before->count; i++) {
		struct ih_member old = before->members[i];
		const struct ih_member *new = &after->members[i];

		if (old.user.state != IH_REVOKED) {
			memcpy(old.public, new->public, sizeof old.public);
			memcpy(old.signer, new->signer, sizeof old.signer);
		}
		same = is_same_person(&old, new) &&
		       old.user.state == new->user.state;
	}
	return same || ih_fail(err, IH_TRUST,
			   "roster: officers changed more than a key");
}

/* Is AFTER what WHO, of BEFORE, was allowed to make of it? */
static bool
may_follow(struct ih_roster *before, struct ih_roster *after,
    const struct ih_member *who, struct ih_error *err)
{
	if (who == NULL || who->user.state != IH_ACTIVE ||
	    after->count < before->count)
		return ih_fail(err, IH_TRUST,
		    "roster: generation %" PRId64 " does not follow",
		    after->generation);
	for (size_t i = 0; i < before->count; i++)
		if (!is_same_person(&before->members[i], &after->members[i]))
			return ih_fail(err, IH_TRUST,
			    "roster: a user was replaced");
		else if (!may_change(before, &before->members[i],
			     &after->members[i], who, err))
			return false;
	for (size_t i = before->count; i < after->count; i++)
		if (ih_roster_find(before, after->members[i].user.name) != NULL)
			return ih_fail_code(err, IH_USAGE, "E_USER_NAME", "%s",
			    "");
		else if (!may_join(&after->members[i], who, err))
			return false;
	for (int i = 0; i < IH_COMPARTMENTS; i++)
		if (!may_renew(before, after, i, who, err))
			return false;
	return may_entrust(before, after, who, err);
}

/* The same, of whoever signs as NAME. */
static bool
may_follow_by(struct ih_roster *before, struct ih_roster *after,
    const char *name, struct ih_error *err)
{
	return strcmp(name, IH_RECOVERY_USER) == 0 ?
		   may_recover(before, after, err) :
		   may_follow(before, after, ih_roster_find(before, name), err);
}

/* The public key of whoever signs as NAME; NULL: nobody does. */
static const unsigned char *
signer_of(struct ih_roster *roster, const char *name)
{
	static const unsigned char nobody[IH_SIGN_PUBLIC];
	struct ih_member *member = ih_roster_find(roster, name);

	if (strcmp(name, IH_RECOVERY_USER) != 0)
		return member != NULL ? member->signer : NULL;
	return memcmp(roster->recovery, nobody, sizeof nobody) != 0 ?
		   roster->recovery :
		   NULL;
}

/* The first generation: one user, who has every role. */
static bool
is_first(const struct ih_roster *roster, struct ih_error *err)
{
	return (roster->generation == 1 && roster->count == 1 &&
		   roster->members[0].user.state == IH_ACTIVE &&
		   roster->members[0].user.by[0] == '\0') ||
	       ih_fail(err, IH_TRUST, "roster: its beginning is gone");
}

/* ---- the chain */

static bool
is_signed(const unsigned char *signer, const struct ih_buffer *document,
    const void *signature, int size, struct ih_error *err)
{
	return (signer != NULL && size == IH_SIGNATURE &&
		   ih_sign_check(signer, document->data, document->size,
		       signature, err)) ||
	       ih_fail(err, IH_TRUST, "keys.db: roster: a signature is wrong");
}

/* BEFORE is NULL where ROSTER is the first; NAME signed it. */
static bool
follows(struct ih_registry *registry, struct ih_roster *before,
    struct ih_roster *roster, const char *name, struct ih_error *err)
{
	struct ih_hash digest = { 0 };

	if (before == NULL)
		return is_first(roster, err);
	digest = ih_roster_digest(before, registry->id);
	if (roster->generation != before->generation + 1 ||
	    !ih_hash_is(&roster->previous, &digest))
		return ih_fail(err, IH_TRUST,
		    "keys.db: roster: a generation is gone");
	return may_follow_by(before, roster, name, err);
}

/* The generation in this row, if it follows BEFORE (NULL: it is the first). */
static struct ih_roster *
read_generation(struct ih_registry *registry, struct ih_roster *before,
    sqlite3_stmt *row, struct ih_error *err)
{
	char name[IH_USER_TEXT];
	IH_OWNED(ih_buffer)
	document = ih_buffer_copy(sqlite3_column_blob(row, 0),
	    (size_t)sqlite3_column_bytes(row, 0));
	IH_OWNED(ih_roster)
	roster = document->size <= DOCUMENT_MAX ?
		     parse(document, registry->id) :
		     NULL;

	if (roster == NULL) {
		ih_fail(err, IH_TRUST, "keys.db: roster malformed");
		return NULL;
	}
	ih_column_text(row, 1, name, sizeof name);
	if (!is_signed(signer_of(before != NULL ? before : roster, name),
		document, sqlite3_column_blob(row, 2),
		sqlite3_column_bytes(row, 2), err))
		return NULL;
	return follows(registry, before, roster, name, err) ? IH_GIVE(roster) :
							      NULL;
}

static bool
is_same_generation(const struct ih_registry *registry,
    const struct ih_roster *a, const struct ih_roster *b)
{
	struct ih_hash digest = { 0 }, other = { 0 };

	if (a->generation != b->generation)
		return false;
	digest = ih_roster_digest(a, registry->id);
	other = ih_roster_digest(b, registry->id);
	return ih_hash_is(&digest, &other);
}

/* The last of a chain that KNOWN (NULL: any) is in. */
static struct ih_roster *
load(struct ih_registry *registry, const struct ih_roster *known,
    unsigned char first[static IH_SIGN_PUBLIC], struct ih_error *err)
{
	IH_OWNED(ih_roster) roster = NULL;
	bool is_known = known == NULL;
	IH_OWNED(sqlite3_stmt)
	rows = ih_ask(registry->keys, err,
	    "SELECT document, signer, signature FROM roster"
	    " ORDER BY generation",
	    IH_NOTHING);

	if (rows == NULL)
		return NULL;
	while (ih_row(rows, err)) {
		struct ih_roster *next =
		    read_generation(registry, roster, rows, err);

		if (roster == NULL && next != NULL)
			memcpy(first, next->members[0].signer, IH_SIGN_PUBLIC);
		ih_roster_free(roster);
		roster = next;
		if (roster == NULL)
			return NULL;
		is_known =
		    is_known || is_same_generation(registry, roster, known);
	}
	if (err->kind == IH_NONE && (roster == NULL || !is_known))
		ih_fail(err, IH_TRUST,
		    "keys.db: the roster is gone, or went back");
	return err->kind == IH_NONE ? IH_GIVE(roster) : NULL;
}

struct ih_roster *
ih_roster_load(struct ih_registry *registry,
    unsigned char first[static IH_SIGN_PUBLIC], struct ih_error *err)
{
	return load(registry, NULL, first, err);
}

bool
ih_roster_add(struct ih_registry *registry, struct ih_roster *roster,
    struct ih_error *err)
{
	IH_OWNED(ih_buffer) document = ih_buffer_new();
	unsigned char signature[IH_SIGNATURE];
	struct ih_roster *before = registry->roster;

	roster->generation = 1;
	if (before != NULL) {
		roster->generation = before->generation + 1;
		roster->previous = ih_roster_digest(before, registry->id);
		if (!may_follow_by(before, roster, registry->user, err))
			return false;
	}
	ih_roster_write(roster, registry->id, document);
	return ih_sign(registry->hand, document->data, document->size,
		   signature, err) &&
	       ih_run(registry->keys, err,
		   "INSERT INTO roster (generation, document, signer,"
		   " signature) VALUES (:generation, :document, :signer,"
		   " :signature)",
		   ih_number(":generation", roster->generation),
		   ih_bytes(":document", document->data, document->size),
		   ih_text(":signer", registry->user),
		   ih_bytes(":signature", signature, IH_SIGNATURE));
}

/* ---- a change of the roster */

void
ih_roster_edit_end(struct ih_roster_edit *edit)
{
	ih_transaction_end(edit->all);
	ih_roster_free(edit->roster);
}

bool
ih_roster_begin(struct ih_registry *registry, struct ih_roster_edit *edit,
    struct ih_error *err)
{
	edit->registry = registry;
	edit->all = ih_transaction_begin(registry, err);
	/* With the keys comes the roster as it is now. */
	if (edit->all == NULL || !ih_keys_begin(registry, err))
		return false;
	edit->roster = ih_roster_new();
	*edit->roster = *registry->roster;
	return true;
}

/* In the ledger: what was done, to whom, and the roster's digest. */
static bool
enter(struct ih_registry *registry, const char *what, const char *name,
    const struct ih_roster *roster, struct ih_error *err)
{
	char subject[IH_SUBJECT_TEXT];
	struct ih_hash digest = ih_roster_digest(roster, registry->id);

	snprintf(subject, sizeof subject, "%s%s%s", what,
	    name[0] != '\0' ? " " : "", name);
	return ih_ledger_add(registry, IH_ACT_USERS, subject, &digest, err);
}

bool
ih_roster_finish(struct ih_roster_edit *edit, const char *what,
    const char *name, struct ih_error *err)
{
	struct ih_registry *registry = edit->registry;

	if (!ih_roster_add(registry, edit->roster, err) ||
	    !enter(registry, what, name, edit->roster, err) ||
	    !ih_transaction_commit(edit->all, err))
		return false;
	ih_roster_free(registry->roster);
	registry->roster = edit->roster;
	edit->roster = NULL;
	return true;
}

/* The digest of the roster that was last entered; *THERE: was one? */
static bool
last_entered(const struct ih_registry *registry, struct ih_hash *digest,
    bool *there, struct ih_error *err)
{
	IH_OWNED(sqlite3_stmt)
	rows = ih_ask(registry->db, err,
	    "SELECT digest FROM ledger WHERE act = 'users'"
	    " ORDER BY at DESC LIMIT 1",
	    IH_NOTHING);

	if (rows == NULL)
		return false;
	*there = ih_row(rows, err);
	if (*there)
		ih_column_bytes(rows, 0, digest->bytes, IH_DIGEST);
	return err->kind == IH_NONE;
}

/* Is the roster the one that was last entered, or the one after it? */
enum standing { STANDS, IS_AHEAD, IS_OTHER };

static bool
compare(const struct ih_registry *registry, const struct ih_roster *roster,
    enum standing *standing, struct ih_error *err)
{
	struct ih_hash now = ih_roster_digest(roster, registry->id);
	struct ih_hash entered = { 0 };
	bool there = false;

	if (!last_entered(registry, &entered, &there, err))
		return false;
	*standing = IS_OTHER;
	if (there ? ih_hash_is(&entered, &now) : roster->generation == 1)
		*standing = STANDS;
	else if (there ? ih_hash_is(&entered, &roster->previous) :
			 roster->generation == 2)
		*standing = IS_AHEAD;
	return true;
}

static bool
is_another(struct ih_error *err)
{
	return ih_fail(err, IH_TRUST,
	    "keys.db: the roster is not the one last entered in the ledger");
}

struct ih_roster *
ih_roster_entered(const struct ih_registry *registry, struct ih_error *err)
{
	struct ih_registry as = *registry; /* borrows all but the roster */
	enum standing standing = IS_OTHER;
	unsigned char first[IH_SIGN_PUBLIC];
	IH_OWNED(ih_roster) roster = ih_roster_load(&as, first, err);

	if (roster == NULL || !compare(registry, roster, &standing, err))
		return NULL;
	if (standing != STANDS ||
	    memcmp(first, registry->first, sizeof first) != 0) {
		is_another(err);
		return NULL;
	}
	return IH_GIVE(roster);
}

/* As it is now, if it goes on from the one that was read before: who signed
 * the first is in that one's chain too. */
static struct ih_roster *
load_again(struct ih_registry *registry, struct ih_error *err)
{
	unsigned char first[IH_SIGN_PUBLIC];

	return load(registry, registry->roster, first, err);
}

/* Whoever changes the roster holds the lock that is held here: what is ahead
 * of the ledger still was cut off.  Where it was changed since it was read,
 * the user's place may be another. */
static bool
settle(struct ih_registry *registry, struct ih_error *err)
{
	enum standing standing;
	IH_OWNED(ih_transaction) all = ih_transaction_begin(registry, err);
	IH_OWNED(ih_roster)
	now = all != NULL ? load_again(registry, err) : NULL;

	if (now == NULL)
		return false;
	*registry->roster = *now;
	if ((registry->self != NULL && !ih_keys_take_place(registry, err)) ||
	    !compare(registry, now, &standing, err))
		return false;
	if (standing == IS_OTHER)
		return is_another(err);
	return (standing == STANDS ||
		   enter(registry, "settle", "", now, err)) &&
	       ih_transaction_commit(all, err);
}

bool
ih_users_settle(struct ih_registry *registry, struct ih_error *err)
{
	enum standing standing;

	return compare(registry, registry->roster, &standing, err) &&
	       (standing == STANDS || settle(registry, err));
}

/* ---- a registry that is open goes on with it */

static bool
is_the_latest(const struct ih_registry *registry, bool *latest,
    struct ih_error *err)
{
	int64_t generation = 0;

	if (!ih_count(registry->keys, err, &generation,
		"SELECT max(generation) FROM roster", IH_NOTHING))
		return false;
	*latest = generation == registry->roster->generation;
	return true;
}

/* Is the registry's user who they were, with the same rights? */
static bool
is_same_user(const struct ih_registry *registry, struct ih_roster *now)
{
	const struct ih_member *was =
	    ih_roster_find(registry->roster, registry->user);
	const struct ih_member *is = ih_roster_find(now, registry->user);

	if (strcmp(registry->user, IH_RECOVERY_USER) == 0)
		return memcmp(registry->roster->recovery, now->recovery,
			   sizeof now->recovery) == 0;
	return was != NULL && is != NULL && is_same_person(was, is) &&
	       was->user.state == is->user.state;
}

static bool
holds_the_same(const struct ih_registry *registry, const struct ih_roster *now)
{
	for (int i = 0; i < IH_COMPARTMENTS; i++)
		if (registry->private[i] != NULL &&
		    memcmp(registry->public[i], now -> compartment[i].public,
			IH_WRAP_PUBLIC) != 0)
			return false;
	return true;
}

static bool
has_changed(struct ih_error *err)
{
	return ih_fail_code(err, IH_STATE, "E_ROSTER_CHANGED",
	    "the registry was opened before");
}

/* Keys of compartments that are not held here are wrapped to all the same: by
 * whoever opens a case and reads only their own.  Whose entry is pointed at
 * stands where it stood. */
static bool
take_on(struct ih_registry *registry, struct ih_roster *now,
    struct ih_error *err)
{
	if (!is_same_user(registry, now) || !holds_the_same(registry, now))
		return has_changed(err);
	for (int i = 0; i < IH_COMPARTMENTS; i++)
		memcpy(registry->public[i], now -> compartment[i].public,
		    IH_WRAP_PUBLIC);
	*registry->roster = *now;
	return true;
}

bool
ih_roster_follow(struct ih_registry *registry, struct ih_error *err)
{
	bool latest = false;

	if (!is_the_latest(registry, &latest, err) || latest)
		return latest;
	IH_OWNED(ih_roster) now = load_again(registry, err);
	return now != NULL && take_on(registry, now, err);
}

/* The same, if it was entered. */
static bool
follow_entered(struct ih_registry *registry, enum standing *standing,
    struct ih_error *err)
{
	IH_OWNED(ih_roster) now = load_again(registry, err);

	return now != NULL && compare(registry, now, standing, err) &&
	       (*standing != STANDS || take_on(registry, now, err));
}

/* What is not entered may be about to be: whoever does it holds the lock that
 * is waited for here, and what is not entered then was cut off. */
bool
ih_users_follow(struct ih_registry *registry, struct ih_error *err)
{
	enum standing standing = IS_OTHER;
	bool latest = false;

	if (registry->roster == NULL)
		return has_changed(err);
	if (!is_the_latest(registry, &latest, err) || latest)
		return latest;
	if (!follow_entered(registry, &standing, err))
		return false;
	if (standing == STANDS)
		return true;
	IH_OWNED(ih_transaction) all = ih_transaction_begin(registry, err);
	if (all == NULL || !follow_entered(registry, &standing, err))
		return false;
	return standing == STANDS ||
	       (standing == IS_AHEAD ? has_changed(err) : is_another(err));
}
