/* ihala trust publish|root - the list of this office, and the key that signs
 * it. */
#include "own_list.h"

#include <string.h>

#include "ihala/file.h"
#include "ihala/ledger.h"
#include "listing.h"
#include "officers.h"
#include "words_keys.h"

/* The last list that was signed: its number only rises. */
#define KEPT_LIST "trust-list"
/* The certificate that signs the lists to come; its key is not here. */
#define KEPT_NEXT "next-list"
#define NEXT_MAX 4096 /* bytes: ours have 400 */

IH_OWNER(X509, X509_free)

void
own_list_free(struct own_list *list)
{
	ih_buffer_free(list->file);
	ih_partner_free(list->said);
}

/* Nothing kept under that name is no failure. */
static struct ih_buffer *
kept(struct ih_registry *registry, const char *name, struct ih_error *err)
{
	struct ih_buffer *bytes = ih_registry_kept(registry, name, err);

	if (bytes == NULL && err->kind == IH_ABSENT)
		*err = (struct ih_error){ 0 };
	return bytes;
}

bool
own_list_kept(struct ih_registry *registry, const struct ih_forms *forms,
    struct own_list *list, struct ih_error *err)
{
	list->file = kept(registry, KEPT_LIST, err);
	if (list->file == NULL)
		return err->kind == IH_NONE;
	list->said =
	    ih_trust_read(forms, list->file->data, list->file->size, NULL, err);
	return list->said != NULL;
}

/* ---- with which key */

/* NULL and no error: none was made. */
static X509 *
next_signer(struct ih_registry *registry, struct ih_error *err)
{
	IH_OWNED(ih_buffer) der = kept(registry, KEPT_NEXT, err);

	return der != NULL ? ih_certificate_read(der->data, der->size, err) :
			     NULL;
}

/* The key in the file may sign: it signed the last list, or that list, if
 * there is one, announced it. */
static bool
may_sign(X509 *signer, const struct own_list *last, X509 *next,
    struct ih_error *err)
{
	const struct ih_partner *said = last->said;
	bool is_announced = said == NULL ?
				next != NULL && X509_cmp(signer, next) == 0 :
				X509_cmp(signer, said->list) == 0 ||
				    (said->next_list != NULL &&
					X509_cmp(signer, said->next_list) == 0);

	return is_announced || ih_fail_code(err, IH_STATE, "E_LIST_APART",
				   "no list has announced this key");
}

/* ---- what stands in it */

static bool
is_in(const struct ih_partner *list, X509 *certificate)
{
	for (size_t i = 0; i < list->count; i++)
		if (X509_cmp(list->certificates[i].certificate, certificate) ==
		    0)
			return true;
	return false;
}

/* What the last list said is said again, until it is past its time: a letter
 * that is under way may have been signed with it. */
static bool
carry_over(struct request *request, struct ih_partner *draft,
    const struct ih_partner *said, struct ih_error *err)
{
	for (size_t i = 0; i < said->count; i++) {
		const struct ih_trusted *one = &said->certificates[i];

		if (is_in(draft, one->certificate) ||
		    !ih_certificate_is_current(one->certificate,
			request->world.now))
			continue;
		if (!ih_trust_add(draft, one->certificate, one->use,
			one->withdrawn, one->since, err))
			return false;
	}
	snprintf(draft->previous, sizeof draft->previous, "%s", said->digest);
	draft->signers = said->signers;
	return true;
}

/* The officers who sign beside the office, and the authorities it asks for the
 * time. */
static bool
add_officers(struct ih_registry *registry, struct ih_partner *draft,
    struct ih_error *err)
{
	IH_OWNED(ih_officers) officers = officers_load(registry, err);

	if (officers == NULL)
		return false;
	for (size_t i = 0; i < officers->count; i++)
		if (!ih_trust_add(draft, officers->list[i], IH_USE_SIGNING,
			false, ih_certificate_since(officers->list[i]), err))
			return false;
	for (size_t i = 0; i < officers->stamper_count; i++)
		if (!ih_trust_add_stamper(draft, officers->stampers[i], err))
			return false;
	return true;
}

static struct ih_partner *
draft_list(struct request *request, struct ih_registry *registry,
    const struct ih_office *office, const struct own_list *last,
    struct ih_error *err)
{
	int64_t now = request->world.now;
	IH_OWNED(ih_partner)
	draft = ih_trust_draft(office,
	    last->said != NULL ? last->said->sequence + 1 : 1, now,
	    now + LIST_SECONDS);
	IH_OWNED(X509) next = next_signer(registry, err);

	if (err->kind != IH_NONE || !add_officers(registry, draft, err) ||
	    (last->said != NULL &&
		!carry_over(request, draft, last->said, err)))
		return NULL;
	if (next != NULL && X509_cmp(next, draft->list) != 0)
		draft->next_list = IH_GIVE(next);
	if (!partner_withdraw(registry, draft, err))
		return NULL;
	return IH_GIVE(draft);
}

/* ---- signing */

static struct ih_buffer *
sign_and_keep(struct ih_registry *registry, const struct ih_partner *draft,
    const struct ih_office *office, struct ih_error *err)
{
	IH_OWNED(ih_buffer)
	list = draft == NULL ? NULL : ih_trust_sign(draft, office, err);

	if (list == NULL ||
	    !ih_registry_keep(registry, KEPT_LIST, list->data, list->size, err))
		return NULL;
	return IH_GIVE(list);
}

static bool
is_apart(const struct own_list *last, const struct ih_office *office,
    struct ih_error *err)
{
	if (last->said == NULL ||
	    X509_cmp(last->said->list, office->pair[IH_USE_LIST].certificate) ==
		0)
		return false;
	ih_fail_code(err, IH_STATE, "E_LIST_APART", "%s", "");
	return true;
}

/* Does it name all whom the next one would? */
static bool
says_all(const struct ih_partner *said, const struct ih_partner *draft)
{
	for (size_t i = 0; i < draft->count; i++)
		if (!is_in(said, draft->certificates[i].certificate))
			return false;
	return said->stamper_count == draft->stamper_count;
}

struct ih_buffer *
own_list_current(struct request *request, struct ih_registry *registry,
    const struct ih_forms *forms, const struct ih_office *office,
    struct ih_error *err)
{
	IH_OWNED(own_list) last = &(struct own_list){ 0 };

	if (!own_list_kept(registry, forms, last, err))
		return NULL;
	IH_OWNED(ih_partner)
	draft = draft_list(request, registry, office, last, err);
	if (draft == NULL)
		return NULL;
	if (last->said != NULL &&
	    last->said->next_update > request->world.now &&
	    says_all(last->said, draft))
		return IH_GIVE(last->file);
	if (is_apart(last, office, err))
		return NULL;
	return sign_and_keep(registry, draft, office, err);
}

/* A key file like an officer's, opened as one. */
static struct ih_officer *
read_root(struct request *request, struct ih_error *err)
{
	IH_OWNED(ih_buffer) file = read_input(request->root, err);
	IH_OWNED(ih_buffer)
	passphrase = file == NULL ? NULL : read_new_passphrase(request, err);
	IH_OWNED(ih_officer)
	root = passphrase == NULL ? NULL :
				    ih_officer_load(file->data, file->size,
					(const char *)passphrase->data, err);

	if (root == NULL && err->kind == IH_DENIED)
		ih_fail_in(err, request->root);
	return IH_GIVE(root);
}

/* OFFICE, with the list key of the file in the place of its own; the rest is
 * borrowed, and so is that. */
static struct ih_buffer *
sign_with_root(struct request *request, struct ih_registry *registry,
    const struct ih_office *office, const struct own_list *last,
    struct ih_error *err)
{
	struct ih_office with_root = *office;
	IH_OWNED(X509) next = next_signer(registry, err);
	IH_OWNED(ih_officer)
	root = err->kind == IH_NONE ? read_root(request, err) : NULL;

	if (root == NULL || !may_sign(root->pair.certificate, last, next, err))
		return NULL;
	with_root.pair[IH_USE_LIST] = root->pair;
	IH_OWNED(ih_partner)
	draft = draft_list(request, registry, &with_root, last, err);
	return sign_and_keep(registry, draft, &with_root, err);
}

static struct ih_buffer *
sign_with_office(struct request *request, struct ih_registry *registry,
    const struct ih_office *office, const struct own_list *last,
    struct ih_error *err)
{
	IH_OWNED(ih_partner)
	draft = draft_list(request, registry, office, last, err);

	return sign_and_keep(registry, draft, office, err);
}

bool
trust_publish(struct request *request, struct ih_error *err)
{
	IH_OWNED(ih_registry) registry = open_registry(request, err);
	IH_OWNED(own_list) last = &(struct own_list){ 0 };

	if (registry == NULL)
		return false;
	IH_OWNED(ih_office) office = office_load(registry, err);
	IH_OWNED(ih_forms)
	forms = office == NULL ? NULL : ih_forms_load(request->library, err);
	if (forms == NULL || !own_list_kept(registry, forms, last, err))
		return false;
	if (request->root == NULL && is_apart(last, office, err))
		return false;
	IH_OWNED(ih_buffer)
	list = request->root != NULL ?
		   sign_with_root(request, registry, office, last, err) :
		   sign_with_office(request, registry, office, last, err);
	if (list == NULL ||
	    !put_export(request, registry, "trust-list", list, err))
		return false;
	say(request, W_DONE_PUBLISHED,
	    IH_ARG(ih_arena_printf(request->arena, "%lld",
		last->said != NULL ? (long long)last->said->sequence + 1 : 1)));
	return true;
}

/* ---- a list key that is kept apart */

static bool
keep_next(struct ih_registry *registry, X509 *certificate, struct ih_error *err)
{
	unsigned char der[NEXT_MAX], *at = der;
	int size = i2d_X509(certificate, NULL);

	if (size <= 0 || size > NEXT_MAX || i2d_X509(certificate, &at) != size)
		return ih_fail(err, IH_SYSTEM, "the new certificate is no DER");
	return ih_registry_keep(registry, KEPT_NEXT, der, (size_t)size, err);
}

bool
trust_root(struct request *request, struct ih_error *err)
{
	IH_OWNED(ih_registry) registry = open_registry(request, err);
	IH_OWNED(ih_officer) root = ih_zeroed(sizeof *root);
	char fingerprint[IH_FINGERPRINT_TEXT];

	if (registry == NULL)
		return false;
	if (request->output == NULL)
		return ih_fail(err, IH_USAGE,
		    "name the file for the key with -o");
	IH_OWNED(ih_buffer) passphrase = read_new_passphrase(request, err);
	if (passphrase == NULL ||
	    !ih_pair_new(&root->pair, ih_registry_committee(registry),
		IH_USE_LIST, IH_KEY_P256, OFFICE_YEARS, &request->world, err))
		return false;
	IH_OWNED(ih_buffer)
	file = ih_pair_export(&root->pair, (const char *)passphrase->data, err);
	if (file == NULL || !keep_next(registry, root->pair.certificate, err) ||
	    !put_export(request, registry, "list-key", file, err))
		return false;
	ih_certificate_fingerprint(root->pair.certificate, fingerprint);
	printf("%s\n", fingerprint);
	fprintf(stderr, "%s\n", word(request, W_DONE_ROOT));
	return true;
}
