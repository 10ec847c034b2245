/*
 * offices.h - three invented committees with keys, lists and a desk each, for
 * the tests of this floor.
 */
#ifndef IHALA_TEST_OFFICES_H
#define IHALA_TEST_OFFICES_H

#include <stdio.h>
#include <string.h>

#include "ihala/library.h"
#include "ihala/post.h"

#define NOW INT64_C(1772618400) /* 2026-03-04T10:00:00Z */
#define DAY INT64_C(86400)
#define AN_ID "0f8fad5b-d9cb-469f-a165-70867728950e"
#define ANOTHER_ID "7c9e6679-7425-40de-944b-e07fc1f90ae7"
#define A_DIGEST                                                               \
	"b1946ac92492d2347c6235b4d2611184b1946ac92492d2347c6235b4d2611184"

enum { MA, TN, EG, OFFICES };

struct bench {
	uint64_t seed;
	struct ih_world world;
	struct ih_library *library;
	struct ih_forms *forms;
	struct ih_office *office[OFFICES];
	struct ih_partner *partner[OFFICES]; /* as the others read them */
};

/* OFFICE's list as the others have it. */
static inline struct ih_partner *
list_of(const struct bench *b, const struct ih_partner *draft,
    const struct ih_office *office)
{
	struct ih_error err = { 0 };
	IH_OWNED(ih_buffer) file = ih_trust_sign(draft, office, &err);

	assert_non_null(file);
	struct ih_partner *read =
	    ih_trust_read(b->forms, file->data, file->size, NULL, &err);
	assert_string_equal(err.text, "");
	return read;
}

static inline struct ih_partner *
usual_list(const struct bench *b, const struct ih_office *office)
{
	IH_OWNED(ih_partner) draft =
	    ih_trust_draft(office, 1, NOW - 600, NOW + 90 * DAY);

	return list_of(b, draft, office);
}

static inline int
set_up(void **state)
{
	static const char *const codes[] = { "MA", "TN", "EG" };
	static struct bench b;
	struct ih_error err = { 0 };

	b = (struct bench){ .seed = 7 };
	b.world = ih_world_fixed(NOW, &b.seed);
	b.library = ih_library_open(".", &err);
	assert_non_null(b.library);
	b.forms = ih_forms_load(b.library, &err);
	assert_string_equal(err.text, "");
	for (int i = 0; i < OFFICES; i++) {
		b.office[i] = ih_office_new(codes[i], 2, &b.world, &err);
		assert_non_null(b.office[i]);
		b.partner[i] = usual_list(&b, b.office[i]);
	}
	*state = &b;
	return 0;
}

static inline int
tear_down(void **state)
{
	struct bench *b = *state;

	for (int i = 0; i < OFFICES; i++) {
		ih_office_free(b->office[i]);
		ih_partner_free(b->partner[i]);
	}
	ih_forms_free(b->forms);
	ih_library_close(b->library);
	return 0;
}

/* A first letter, of the usual kind. */
static inline struct ih_letter
usual_letter(void)
{
	return (struct ih_letter){ .id = AN_ID,
		.purpose = IH_LETTER_REFERRAL,
		.sequence = 1,
		.created = NOW - 60,
		.expires = NOW + 30 * DAY,
		.legal_basis = "article exemple 1",
		.release_profile = "referral-abroad" };
}

#endif
