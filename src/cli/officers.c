/* This is where officers sign beside the office. */
#include "officers.h"

#include <stdlib.h>
#include <string.h>

#include "ihala/file.h"
#include "ihala/secret.h"
#include "words_keys.h"

#define KEPT_OFFICERS "officers"
#define PIN_FILE_MAX 4096 /* bytes: a line for each key */

struct ih_officers *
officers_load(struct ih_registry *registry, struct ih_error *err)
{
	IH_OWNED(ih_buffer)
	kept = ih_registry_kept(registry, KEPT_OFFICERS, err);

	if (kept == NULL && err->kind != IH_ABSENT)
		return NULL;
	*err = (struct ih_error){ 0 };
	return ih_officers_read(ih_registry_committee(registry),
	    kept != NULL ? (const char *)kept->data : "",
	    kept != NULL ? kept->size : 0, err);
}

bool
officers_keep(struct ih_registry *registry, const struct ih_officers *officers,
    struct ih_error *err)
{
	IH_OWNED(ih_buffer) saved = ih_officers_save(officers, err);

	return saved != NULL && ih_registry_keep(registry, KEPT_OFFICERS,
				    saved->data, saved->size, err);
}

/* Line NUMBER of a file, from 0; "" where there is none. */
static struct ih_buffer *
line_of(const char *path, size_t number, struct ih_error *err)
{
	IH_OWNED(ih_buffer) file = ih_file_read(path, PIN_FILE_MAX, err);
	const char *line;

	if (file == NULL)
		return NULL;
	ih_secret_guard(file->data, file->room);
	line = (const char *)file->data;
	for (; number > 0 && *line != '\0'; number--) {
		line += strcspn(line, "\n");
		line += *line == '\n';
	}
	return ih_buffer_copy(line, strcspn(line, "\r\n"));
}

static struct ih_buffer *
read_pin(struct request *request, const char *key, size_t number,
    struct ih_error *err)
{
	IH_OWNED(ih_buffer)
	pin = request->pin_file != NULL ?
		  line_of(request->pin_file, number, err) :
		  ask_unseen(ih_say(request->arena, request->tongue, W_ASK_PIN,
				 IH_ARG(key)),
		      err);

	if (pin != NULL)
		ih_secret_guard(pin->data, pin->room);
	return IH_GIVE(pin);
}

static struct ih_officer *
officer_in_file(struct request *request, const char *path, size_t number,
    struct ih_error *err)
{
	IH_OWNED(ih_buffer) file = read_input(path, err);
	IH_OWNED(ih_buffer)
	pin = file != NULL ? read_pin(request, path, number, err) : NULL;

	return pin == NULL ? NULL :
			     ih_officer_load(file->data, file->size,
				 (const char *)pin->data, err);
}

struct ih_officer *
officer_open(struct request *request, const char *word, size_t number,
    struct ih_error *err)
{
	if (strncmp(word, "pkcs11:", 7) != 0)
		return officer_in_file(request, word, number, err);
	IH_OWNED(ih_buffer) pin =
	    read_pin(request, officer_place(word), number, err);
	return pin == NULL ?
		   NULL :
		   ih_officer_on_token(word, (const char *)pin->data, err);
}

/* What somebody wrote into a URI may be a PIN. */
const char *
officer_place(const char *word)
{
	return strncmp(word, "pkcs11:", 7) == 0 ? "pkcs11" : word;
}

void
signing_free(struct signing *signing)
{
	for (size_t i = 0; i < signing->count; i++)
		ih_officer_free(signing->list[i]);
	free(signing);
}

static bool
join(struct request *request, const struct ih_officers *admitted,
    const char *word, struct signing *signing, struct ih_error *err)
{
	if (signing->count == IH_OFFICERS)
		return ih_fail(err, IH_USAGE,
		    "--with: at most %d keys beside the office's", IH_OFFICERS);
	IH_OWNED(ih_officer)
	officer = officer_open(request, word, signing->count, err);
	if (officer == NULL ||
	    !ih_officer_find(officer, admitted->list, admitted->count, err))
		return ih_fail_in(err, word);
	for (size_t i = 0; i < signing->count; i++)
		if (X509_cmp(signing->list[i]->pair.certificate,
			officer->pair.certificate) == 0)
			return ih_fail(err, IH_USAGE, "--with: one key twice");
	signing->list[signing->count++] = IH_GIVE(officer);
	return true;
}

struct signing *
officers_join(struct request *request, struct ih_registry *registry,
    struct ih_office *office, struct ih_error *err)
{
	IH_OWNED(cli_signing) signing = ih_zeroed(sizeof *signing);
	const char *rest = request->with != NULL ? request->with : "";
	IH_OWNED(ih_officers)
	admitted = *rest != '\0' ? officers_load(registry, err) : NULL;

	if (*rest != '\0' && admitted == NULL)
		return NULL;
	while (*rest != '\0') {
		size_t length = strcspn(rest, ",");
		const char *word =
		    ih_arena_printf(request->arena, "%.*s", (int)length, rest);

		if (!join(request, admitted, word, signing, err))
			return NULL;
		rest += length + (rest[length] == ',');
	}
	for (size_t i = 0; i < signing->count; i++)
		office->officers[i] = &signing->list[i]->pair;
	office->officer_count = signing->count;
	return IH_GIVE(signing);
}

bool
officers_enough(const struct ih_mechanism *ours, const struct ih_office *office,
    enum ih_purpose purpose, struct ih_error *err)
{
	size_t wanted =
	    (size_t)ih_mechanism_signers(ours, ih_purpose_text(purpose));

	return office->officer_count + 1 >= wanted ||
	       ih_fail_code(err, IH_STATE, "E_SIGNERS", "%zu", wanted);
}

/* ---- a letter */

void
sealing_free(struct sealing *sealing)
{
	ih_partner_free(sealing->partner);
	ih_office_free(sealing->office);
	if (sealing->signing != NULL)
		signing_free(sealing->signing);
	ih_forms_free(sealing->forms);
	free(sealing);
}

struct sealing *
sealing_open(struct request *request, struct ih_registry *registry,
    const char *to, enum ih_purpose purpose, struct ih_error *err)
{
	IH_OWNED(cli_sealing) sealing = ih_zeroed(sizeof *sealing);
	IH_OWNED(ih_mechanism)
	ours = ih_mechanism_load(request->library,
	    ih_registry_committee(registry), err);

	if (ours == NULL)
		return NULL;
	sealing->forms = ih_forms_load(request->library, err);
	if (sealing->forms == NULL)
		return NULL;
	sealing->office = office_load(registry, err);
	if (sealing->office == NULL)
		return NULL;
	sealing->partner = partner_load(registry, sealing->forms, to, err);
	if (sealing->partner == NULL)
		return NULL;
	sealing->signing =
	    officers_join(request, registry, sealing->office, err);
	return sealing->signing != NULL &&
		       officers_enough(ours, sealing->office, purpose, err) ?
		   IH_GIVE(sealing) :
		   NULL;
}

/* ---- a stamp over a letter: asked for, and added */

/* What is signed and waits for its stamp, by its receiver. */
static const char *
draft_name(struct request *request, const char *to)
{
	return ih_arena_printf(request->arena, "draft-%s", to);
}

/* Nothing is sent: whoever called undoes what it did, and letter_kept() keeps
 * what was signed. */
static bool
ask_for_stamp(struct request *request, const struct sealing *sealing,
    const struct posting *posting, const struct ih_letter *letter,
    struct ih_error *err)
{
	ih_post_ask(letter, posting->parts, posting->count, sealing->office,
	    sealing->partner, &request->draft, &request->query, err);
	return false;
}

bool
letter_kept(struct request *request, struct ih_registry *registry,
    struct ih_error *err)
{
	IH_OWNED(ih_buffer) draft = request->draft;
	IH_OWNED(ih_buffer) query = request->query;

	request->draft = request->query = NULL;
	if (draft == NULL || err->kind != IH_NONE ||
	    !ih_registry_keep(registry, draft_name(request, request->to),
		draft->data, draft->size, err) ||
	    !ih_file_write(request->stamp_request, query->data, query->size,
		err))
		return false;
	say(request, W_DONE_STAMP_LETTER, IH_ARG(request->to));
	return true;
}

/* One draft is one letter: it is gone with it. */
static bool
seal_stamped(struct request *request, struct ih_registry *registry,
    const struct sealing *sealing, const struct posting *posting,
    struct ih_letter *letter, struct ih_sealed *sealed, struct ih_error *err)
{
	const char *name = draft_name(request, posting->to);
	IH_OWNED(ih_buffer) reply = read_input(request->stamp_reply, err);
	IH_OWNED(ih_buffer)
	draft = reply == NULL ? NULL : ih_registry_kept(registry, name, err);
	const struct ih_stamping stamping = { sealing->forms, draft, reply };

	if (reply == NULL || (draft == NULL && err->kind != IH_ABSENT))
		return false;
	if (draft == NULL || draft->size == 0)
		return ih_fail_code(err, IH_STATE, "E_STAMP_NONE", "%s",
		    posting->to);
	return ih_post_seal_stamped(&stamping, letter, posting->parts,
		   posting->count, sealing->office, sealing->partner, sealed,
		   err) &&
	       ih_registry_keep(registry, name, "", 0, err);
}

bool
letter_post(struct request *request, struct ih_registry *registry,
    const struct sealing *sealing, const struct posting *posting,
    struct ih_letter *letter, struct ih_sealed *sealed, struct ih_error *err)
{
	if (!letter_next(request, registry, posting->to, letter, err))
		return false;
	if (request->stamp_request != NULL)
		return ask_for_stamp(request, sealing, posting, letter, err);
	return (request->stamp_reply != NULL ?
		       seal_stamped(request, registry, sealing, posting, letter,
			   sealed, err) :
		       ih_post_seal(letter, posting->parts, posting->count,
			   sealing->office, sealing->partner, sealed, err)) &&
	       letter_sent(registry, letter, sealed, posting->to, posting->code,
		   err);
}
