/* ihala init - make a new registry for a committee. */
#include <string.h>

#include "case_file.h"
#include "ihala/certificate.h"
#include "ihala/mechanism.h"
#include "knowledge.h"
#include "office.h"
#include "words_keys.h"

/* From its first day a registry judges only by what its office signed. */
static bool
load_first_pack(struct request *request, struct ih_registry *registry,
    struct ih_error *err)
{
	int64_t sequence;
	IH_OWNED(ih_buffer) file =
	    knowledge_make(request, registry, &sequence, err);

	return file != NULL &&
	       knowledge_load(request, registry, file, false, err);
}

bool
cmd_init(struct request *request, struct ih_error *err)
{
	struct ih_registry_setup setup = { .committee = request->committee,
		.training = request->training };
	enum ih_key_kind kind =
	    request->as != NULL ? ih_key_kind_parse(request->as) : IH_KEY_P256;

	if (request->registry == NULL || request->committee == NULL)
		return ih_fail(err, IH_USAGE,
		    "name the folder with --registry and the committee with "
		    "--committee");
	if (kind == IH_KEY_KINDS)
		return ih_fail(err, IH_USAGE, "--as is p256, p384 or rsa");
	if (request->world_is_given && !request->training)
		return ih_fail(err, IH_USAGE, "--now is for training only");
	IH_OWNED(ih_mechanism) mechanism =
	    ih_mechanism_load(request->library, request->committee, err);
	if (mechanism == NULL)
		return false;
	IH_OWNED(ih_buffer) passphrase = read_passphrase(request, true, err);
	if (passphrase == NULL)
		return false;
	setup.passphrase = (const char *)passphrase->data;
	IH_OWNED(ih_office) office = ih_office_new_as(request->committee, kind,
	    OFFICE_YEARS, &request->world, err);
	if (office == NULL ||
	    !ih_registry_init(request->registry, &setup, &request->world, err))
		return false;
	const struct ih_login login = { NULL, setup.passphrase };
	IH_OWNED(ih_registry) registry = ih_registry_open(request->registry,
	    &login, request->library, &request->world, err);
	if (registry == NULL || !office_keep(registry, office, err) ||
	    (request->authorisation != NULL &&
		!ih_registry_keep(registry, KEPT_AUTHORISATION,
		    request->authorisation, strlen(request->authorisation),
		    err)) ||
	    !load_first_pack(request, registry, err))
		return false;
	say(request, W_DONE_INIT,
	    IH_ARG(ih_texts_say(&mechanism->name, request->tongue)));
	if (request->training)
		fprintf(stderr, "%s\n", word(request, W_DONE_INIT_TRAINING));
	return true;
}
