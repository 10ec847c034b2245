/*
 * forms.h - forms that are filled in elsewhere: made here, and opened here
 * when they come back.
 */
#ifndef IHALA_CLI_FORMS_H
#define IHALA_CLI_FORMS_H

#include "command.h"
#include "ihala/certificate.h"

/* ihala instrument odk|page|fhir */
command forms_odk, forms_page, forms_fhir;
/* ihala request page */
command forms_ask;

/* The office's key for forms, made when it is first asked for, renewed when
 * its time is over: the sealing pair of what is returned, and those retired.
 * The caller owns it. */
struct ih_office *forms_keys(struct request *request,
    struct ih_registry *registry, struct ih_error *err);
/* The same where there is one; NULL: IH_ABSENT with E_FORM_KEY, IH_DENIED. */
struct ih_office *
forms_keys_there(struct ih_registry *registry, struct ih_error *err);

#endif
