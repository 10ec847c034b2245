/* ihala keys show|export - the office's certificates, and its trust list. */
#include "ihala/date.h"
#include "ihala/file.h"
#include "ihala/ledger.h"
#include "listing.h"
#include "office.h"
#include "words_keys.h"

/* The last list that was signed: its number only rises. */
#define KEPT_LIST "trust-list"

static const struct column columns[] = {
	{ "use", W_COLUMN_USE, false },
	{ "until", W_COLUMN_UNTIL, false },
	{ "fingerprint", W_COLUMN_FINGERPRINT, false },
};

static bool
show(struct request *request, struct ih_error *err)
{
	static const char *const uses[IH_USES] = {
		[IH_USE_LIST] = W_USE_LIST,
		[IH_USE_SIGNING] = W_USE_SIGNING,
		[IH_USE_SEALING] = W_USE_SEALING,
	};
	struct listing listing = LISTING(request, "keys", "key", columns);
	IH_OWNED(ih_registry) registry = open_registry(request, err);

	if (registry == NULL)
		return false;
	IH_OWNED(ih_office) office = office_load(registry, err);
	if (office == NULL)
		return false;
	for (size_t use = 0; use < IH_USES; use++) {
		X509 *certificate = office->pair[use].certificate;
		char fingerprint[IH_FINGERPRINT_TEXT], day[IH_DATE_TEXT];

		ih_certificate_fingerprint(certificate, fingerprint);
		ih_date_format(ih_instant_date(
				   ih_certificate_until(certificate)),
		    day);
		LISTING_ADD(&listing,
		    request->format == FORMAT_TEXT ?
			word(request, uses[use]) :
			ih_use_text((enum ih_use)use),
		    day, fingerprint);
	}
	return listing_print(&listing, request, err);
}

/* The list as it was signed last, while it holds. */
static struct ih_buffer *
kept_list(struct request *request, struct ih_registry *registry,
    const struct ih_forms *forms, int64_t *sequence, struct ih_error *err)
{
	IH_OWNED(ih_buffer) list = ih_registry_kept(registry, KEPT_LIST, err);

	*sequence = 0;
	if (list == NULL) {
		if (err->kind == IH_ABSENT)
			*err = (struct ih_error){ 0 };
		return NULL;
	}
	IH_OWNED(ih_partner) said =
	    ih_trust_read(forms, list->data, list->size, NULL, err);
	if (said == NULL)
		return NULL;
	*sequence = said->sequence;
	return said->next_update > request->world.now ? IH_GIVE(list) : NULL;
}

static bool
export_list(struct request *request, struct ih_error *err)
{
	IH_OWNED(ih_registry) registry = open_registry(request, err);
	int64_t sequence;

	if (registry == NULL)
		return false;
	IH_OWNED(ih_office) office = office_load(registry, err);
	IH_OWNED(ih_forms) forms =
	    office == NULL ? NULL : ih_forms_load(request->library, err);
	if (forms == NULL)
		return false;
	IH_OWNED(ih_buffer) list =
	    kept_list(request, registry, forms, &sequence, err);
	if (list == NULL && err->kind != IH_NONE)
		return false;
	if (list == NULL) {
		IH_OWNED(ih_partner) draft =
		    ih_trust_draft(office, sequence + 1, request->world.now,
			request->world.now + LIST_SECONDS);

		list = ih_trust_sign(draft, office, err);
		if (list == NULL || !ih_registry_keep(registry, KEPT_LIST,
					list->data, list->size, err))
			return false;
	}
	return put_export(request, registry, "trust-list", list, err);
}

/* Certificates and private keys, under the passphrase: for whoever must read
 * without this program. */
static bool
export_private(struct request *request, struct ih_error *err)
{
	IH_OWNED(ih_registry) registry = open_registry(request, err);

	if (registry == NULL)
		return false;
	IH_OWNED(ih_office) office = office_load(registry, err);
	IH_OWNED(ih_buffer) passphrase =
	    office == NULL ? NULL : read_passphrase(request, false, err);
	if (passphrase == NULL)
		return false;
	IH_OWNED(ih_buffer) pem = ih_office_export(office, IH_USE_SEALING,
	    (const char *)passphrase->data, err);
	return pem != NULL &&
	       put_export(request, registry, "sealing-key", pem, err);
}

static bool export(struct request *request, struct ih_error *err)
{
	return request->private_key ? export_private(request, err) :
				      export_list(request, err);
}

bool
cmd_keys(struct request *request, struct ih_error *err)
{
	static const struct subcommand table[] = {
		{ "show", show, 0, 0 },
		{ "export", export, 0, 0 },
	};

	return run_subcommand(table, sizeof table / sizeof table[0], request,
	    err);
}
