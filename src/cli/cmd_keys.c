/* ihala keys show|export|make|add - the office's certificates, those of its
 * officers, and its trust list. */
#include <string.h>

#include "forms.h"
#include "ihala/date.h"
#include "ihala/file.h"
#include "ihala/ledger.h"
#include "ihala/user.h"
#include "listing.h"
#include "officers.h"
#include "own_list.h"
#include "words_keys.h"

static const struct column columns[] = {
	{ "use", W_COLUMN_USE, false },
	{ "until", W_COLUMN_UNTIL, false },
	{ "fingerprint", W_COLUMN_FINGERPRINT, false },
};

static void
add_row(struct listing *listing, const char *use, X509 *certificate)
{
	char fingerprint[IH_FINGERPRINT_TEXT], day[IH_DATE_TEXT];

	ih_certificate_fingerprint(certificate, fingerprint);
	ih_date_format(ih_instant_date(ih_certificate_until(certificate)), day);
	LISTING_ADD(listing, use, day, fingerprint);
}

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
	IH_OWNED(ih_officers)
	officers = office == NULL ? NULL : officers_load(registry, err);
	if (officers == NULL)
		return false;
	for (size_t use = 0; use < IH_USES; use++)
		add_row(&listing,
		    request->format == FORMAT_TEXT ?
			word(request, uses[use]) :
			ih_use_text((enum ih_use)use),
		    office->pair[use].certificate);
	for (size_t i = 0; i < officers->count; i++)
		add_row(&listing,
		    request->format == FORMAT_TEXT ?
			word(request, W_USE_OFFICER) :
			"officer",
		    officers->list[i]);
	for (size_t i = 0; i < officers->stamper_count; i++)
		add_row(&listing,
		    request->format == FORMAT_TEXT ?
			word(request, W_USE_STAMPS) :
			"time-stamps",
		    officers->stampers[i]);
	return listing_print(&listing, request, err);
}

static bool
export_list(struct request *request, struct ih_error *err)
{
	IH_OWNED(ih_registry) registry = open_registry(request, err);

	if (registry == NULL)
		return false;
	IH_OWNED(ih_office) office = office_load(registry, err);
	IH_OWNED(ih_forms) forms =
	    office == NULL ? NULL : ih_forms_load(request->library, err);
	if (forms == NULL)
		return false;
	IH_OWNED(ih_buffer) list =
	    own_list_current(request, registry, forms, office, err);
	return list != NULL &&
	       put_export(request, registry, "trust-list", list, err);
}

/* Certificates and private keys, under the passphrase: for whoever must read
 * without this program. */
static bool
export_private(struct request *request, struct ih_error *err)
{
	IH_OWNED(ih_registry) registry = open_registry(request, err);

	if (registry == NULL)
		return false;
	bool forms = request->as != NULL && strcmp(request->as, "forms") == 0;
	IH_OWNED(ih_office)
	office = forms ? forms_keys_there(registry, err) :
			 office_load(registry, err);
	IH_OWNED(ih_buffer) passphrase =
	    office == NULL ? NULL : read_passphrase(request, false, err);
	if (passphrase == NULL)
		return false;
	IH_OWNED(ih_buffer) pem = ih_office_export(office, IH_USE_SEALING,
	    (const char *)passphrase->data, err);
	return pem != NULL && put_export(request, registry,
				  forms ? "form-key" : "sealing-key", pem, err);
}

static bool export(struct request *request, struct ih_error *err)
{
	return request->private_key ? export_private(request, err) :
				      export_list(request, err);
}

/* ---- officers */

static void
tell_made(struct request *request, X509 *certificate)
{
	char fingerprint[IH_FINGERPRINT_TEXT];

	ih_certificate_fingerprint(certificate, fingerprint);
	say(request, W_DONE_OFFICER_MADE, IH_ARG(fingerprint));
}

/* In a file, under a passphrase that the office does not know. */
static bool
make_in_file(struct request *request, const char *committee,
    enum ih_key_kind kind, struct ih_error *err)
{
	IH_OWNED(ih_buffer) fresh = read_new_passphrase(request, err);
	IH_OWNED(ih_officer) officer = ih_zeroed(sizeof *officer);

	if (fresh == NULL ||
	    !ih_pair_new(&officer->pair, committee, IH_USE_SIGNING, kind,
		OFFICE_YEARS, &request->world, err))
		return false;
	IH_OWNED(ih_buffer)
	file = ih_pair_export(&officer->pair, (const char *)fresh->data, err);
	if (file == NULL || !put_output(request, file->data, file->size, err))
		return false;
	tell_made(request, officer->pair.certificate);
	return true;
}

/* The certificate of a key that was made on its token, by the token's own
 * program, and stays there. */
static bool
make_on_token(struct request *request, const char *committee,
    struct ih_error *err)
{
	IH_OWNED(ih_officer)
	officer = officer_open(request, request->with, 0, err);
	IH_OWNED(ih_officers) one = ih_zeroed(sizeof *one);

	if (officer == NULL)
		return ih_fail_in(err, officer_place(request->with));
	X509_free(officer->pair.certificate);
	officer->pair.certificate = ih_pair_certify(officer->pair.key,
	    committee, IH_USE_SIGNING, OFFICE_YEARS, &request->world, err);
	if (officer->pair.certificate == NULL ||
	    !ih_officers_add(one, officer->pair.certificate, err))
		return false;
	IH_OWNED(ih_buffer) file = ih_officers_save(one, err);
	if (file == NULL || !put_output(request, file->data, file->size, err))
		return false;
	tell_made(request, officer->pair.certificate);
	return true;
}

static bool
make(struct request *request, struct ih_error *err)
{
	enum ih_key_kind kind =
	    request->as != NULL ? ih_key_kind_parse(request->as) : IH_KEY_P256;

	if (kind == IH_KEY_KINDS)
		return ih_fail(err, IH_USAGE, "--as is p256, p384 or rsa");
	if (request->output == NULL)
		return ih_fail(err, IH_USAGE, "name the file with -o");
	IH_OWNED(ih_registry) registry = open_registry_locked(request, err);
	if (registry == NULL)
		return false;
	return request->with != NULL ?
		   make_on_token(request, ih_registry_committee(registry),
		       err) :
		   make_in_file(request, ih_registry_committee(registry), kind,
		       err);
}

/* The one certificate of the file, whose fingerprint was compared with the
 * officer. */
static bool
add(struct request *request, struct ih_error *err)
{
	const char *path = request->words[0];
	char fingerprint[IH_FINGERPRINT_TEXT];
	X509 *certificate;
	IH_OWNED(ih_registry) registry = open_registry(request, err);
	IH_OWNED(ih_officers)
	officers = registry != NULL &&
			   ih_registry_may(registry, IH_MAY_TRUST, NULL, err) ?
		       officers_load(registry, err) :
		       NULL;
	IH_OWNED(ih_buffer) file =
	    officers == NULL ? NULL : read_input(path, err);
	IH_OWNED(ih_officers)
	fresh = file == NULL ? NULL :
			       ih_officers_read(ih_registry_committee(registry),
				   file->data, file->size, err);

	if (file == NULL)
		return false;
	if (fresh == NULL)
		return ih_fail_in(err, path);
	if (fresh->count + fresh->stamper_count != 1)
		return ih_fail_code(err, IH_INPUT, "E_OFFICER_CERTIFICATE",
		    "%s", path);
	certificate = fresh->count == 1 ? fresh->list[0] : fresh->stampers[0];
	ih_certificate_fingerprint(certificate, fingerprint);
	if (request->fingerprint == NULL ||
	    !ih_digest_is(request->fingerprint, fingerprint)) {
		say(request, W_ASK_OFFICER, IH_ARG(fingerprint));
		return ih_fail_code(err, IH_STATE, "E_OFFICER_FINGERPRINT",
		    "%s", path);
	}
	if (!ih_officers_add(officers, certificate, err) ||
	    !officers_keep(registry, officers, err))
		return false;
	fprintf(stderr, "%s\n", word(request, W_DONE_OFFICER_ADDED));
	return true;
}

bool
cmd_keys(struct request *request, struct ih_error *err)
{
	static const struct subcommand table[] = {
		{ "show", show, 0, 0 },
		{ "export", export, 0, 0 },
		{ "make", make, 0, 0 },
		{ "add", add, 1, 1 },
	};

	return run_subcommand(table, sizeof table / sizeof table[0], request,
	    err);
}
