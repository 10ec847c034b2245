/* This is where a questionnaire is handed out to be filled in elsewhere. */
#include "forms.h"

#include <string.h>

#include "ihala/formkey.h"
#include "ihala/offline.h"
#include "ihala/user.h"
#include "office.h"
#include "words_keys.h"

#define FORM_KEYS "form-keys" /* what ih_office_save() gave */

/* ---- the key */

struct ih_office *
forms_keys_there(struct ih_registry *registry, struct ih_error *err)
{
	IH_OWNED(ih_buffer) saved = ih_registry_kept(registry, FORM_KEYS, err);

	if (saved == NULL) {
		if (err->kind == IH_ABSENT)
			ih_fail_code(err, IH_ABSENT, "E_FORM_KEY", "%s",
			    FORM_KEYS);
		return NULL;
	}
	return ih_office_load(saved->data, saved->size, err);
}

static bool
keep(struct ih_registry *registry, const struct ih_office *keys,
    struct ih_error *err)
{
	IH_OWNED(ih_buffer) saved = ih_office_save(keys, err);

	return saved != NULL && ih_registry_keep(registry, FORM_KEYS,
				    saved->data, saved->size, err);
}

struct ih_office *
forms_keys(struct request *request, struct ih_registry *registry,
    struct ih_error *err)
{
	IH_OWNED(ih_office) keys = forms_keys_there(registry, err);

	if (keys == NULL && err->kind == IH_ABSENT) {
		*err = (struct ih_error){ 0 };
		keys = ih_office_new_as(ih_registry_committee(registry),
		    IH_KEY_RSA, OFFICE_YEARS, &request->world, err);
	} else if (keys == NULL || ih_certificate_is_current(
				       keys->pair[IH_USE_SEALING].certificate,
				       request->world.now)) {
		return IH_GIVE(keys);
	} else if (!ih_office_renew_as(keys, IH_KEY_RSA, OFFICE_YEARS,
		       &request->world, err)) {
		return NULL;
	}
	return keys != NULL && keep(registry, keys, err) ? IH_GIVE(keys) : NULL;
}

/* ---- the form */

/* As the file came out of the sheet, to -o; nothing in it is secret. */
static bool
hand_out(struct request *request, enum ih_offline_kind kind,
    const struct ih_offline *of, struct ih_error *err)
{
	IH_OWNED(ih_buffer)
	form = ih_offline_make(request->library, kind, of, err);

	if (form == NULL)
		return false;
	if (kind != IH_OFFLINE_ODK && kind != IH_OFFLINE_FHIR &&
	    form->size > IH_OFFLINE_PAGE_BYTES)
		return ih_fail_code(err, IH_INPUT, "E_PAGE_SIZE", "%zu bytes",
		    form->size);
	return put_output(request, form->data, form->size, err);
}

/* With the key of the office in REGISTRY, and its words and numbers. */
static bool
hand_out_sealing(struct request *request, struct ih_registry *registry,
    enum ih_offline_kind kind, struct ih_error *err)
{
	char id[IH_FORMKEY_ID], print[IH_FINGERPRINT_TEXT];
	IH_OWNED(ih_office) keys = forms_keys(request, registry, err);
	IH_OWNED(ih_mechanism)
	ours = keys == NULL ? NULL :
			      ih_mechanism_load(request->library,
				  ih_registry_committee(registry), err);
	IH_OWNED(ih_instrument)
	instrument =
	    ours == NULL || kind == IH_OFFLINE_ASK ?
		NULL :
		ih_instrument_load(request->library, request->words[0], err);

	if (ours == NULL || err->kind != IH_NONE)
		return false;
	X509 *certificate = keys->pair[IH_USE_SEALING].certificate;
	IH_OWNED(ih_buffer) key = ih_formkey_public(certificate, err);
	if (key == NULL || !ih_formkey_id(certificate, id, err) ||
	    !hand_out(request, kind,
		&(struct ih_offline){ .instrument = instrument,
		    .mechanism = ours,
		    .key = (const char *)key->data,
		    .key_id = id,
		    .training = ih_registry_is_training(registry) },
		err))
		return false;
	ih_formkey_print(certificate, print);
	say(request, W_DONE_FORM, IH_ARG(print));
	return true;
}

static bool
make_sealing(struct request *request, enum ih_offline_kind kind,
    struct ih_error *err)
{
	IH_OWNED(ih_registry) registry = open_registry(request, err);

	return registry != NULL &&
	       ih_registry_may(registry, IH_MAY_EXCHANGE, NULL, err) &&
	       hand_out_sealing(request, registry, kind, err);
}

/* Without a registry: for the committee that is named, and not sealed. */
static bool
make_open(struct request *request, enum ih_offline_kind kind,
    struct ih_error *err)
{
	IH_OWNED(ih_mechanism) mechanism = NULL;
	IH_OWNED(ih_instrument)
	instrument =
	    ih_instrument_load(request->library, request->words[0], err);

	if (instrument == NULL)
		return false;
	if (request->committee != NULL) {
		mechanism = ih_mechanism_load(request->library,
		    request->committee, err);
		if (mechanism == NULL)
			return false;
	}
	return hand_out(request, kind,
	    &(struct ih_offline){ .instrument = instrument,
		.mechanism = mechanism,
		.training = request->training },
	    err);
}

bool
forms_odk(struct request *request, struct ih_error *err)
{
	return request->committee != NULL ?
		   make_open(request, IH_OFFLINE_ODK, err) :
		   make_sealing(request, IH_OFFLINE_ODK, err);
}

bool
forms_page(struct request *request, struct ih_error *err)
{
	return make_sealing(request, IH_OFFLINE_PAGE, err);
}

bool
forms_fhir(struct request *request, struct ih_error *err)
{
	return make_open(request, IH_OFFLINE_FHIR, err);
}

bool
forms_ask(struct request *request, struct ih_error *err)
{
	return make_sealing(request, IH_OFFLINE_ASK, err);
}
