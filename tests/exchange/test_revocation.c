#include "test.h"

#include "ihala/revocation.h"

#include "crl.h"
#include "offices.h"

/* Of the usual kind: the signing certificate, from an hour ago. */
static struct crl_plan
usual_plan(const struct bench *b)
{
	const struct ih_office *office = b->office[MA];

	return (struct crl_plan){ .signer = &office->pair[IH_USE_LIST],
		.number = 7,
		.issued = NOW - 600,
		.next_update = NOW + 7 * DAY,
		.revoked = { office->pair[IH_USE_SIGNING].certificate },
		.since = NOW - 3600 };
}

static bool
admitted(const struct bench *b, const struct crl_plan *plan, bool pem,
    struct ih_revocation *revocation, struct ih_error *err)
{
	IH_OWNED(ih_buffer) file = crl_file(plan, pem);

	*err = (struct ih_error){ 0 };
	return ih_revocation_admit(b->partner[MA], file->data, file->size,
	    revocation, err);
}

static void
assert_refused(const struct bench *b, const struct crl_plan *plan,
    const char *code)
{
	struct ih_revocation revocation;
	struct ih_error err;

	assert_false(admitted(b, plan, false, &revocation, &err));
	assert_string_equal(err.code, code);
}

static void
tells_which_certificates_are_revoked_and_since_when(void **state)
{
	struct bench *b = *state;
	struct crl_plan plan = usual_plan(b);
	struct ih_revocation r;
	struct ih_error err;

	for (int pem = 0; pem < 2; pem++) {
		assert_true(admitted(b, &plan, pem == 1, &r, &err));
		assert_int_equal(r.number, 7);
		assert_int_equal(r.issued, NOW - 600);
		assert_int_equal(r.next_update, NOW + 7 * DAY);
		assert_int_equal(r.since[0], NOW - 3600);
		assert_int_equal(r.since[1], 0);
	}
	/* A key that was stolen before anybody noticed. */
	plan.invalid = NOW - DAY;
	assert_true(admitted(b, &plan, false, &r, &err));
	assert_int_equal(r.since[0], NOW - DAY);
}

static void
withdraws_what_it_revokes_from_the_list(void **state)
{
	struct bench *b = *state;
	const struct crl_plan plan = usual_plan(b);
	struct ih_revocation r;
	struct ih_error err;
	IH_OWNED(ih_partner) list = usual_list(b, b->office[MA]);

	assert_true(admitted(b, &plan, false, &r, &err));
	ih_trust_revoke(list, &r);
	assert_true(list->certificates[0].withdrawn);
	assert_int_equal(list->certificates[0].since, NOW - 3600);
	assert_false(list->certificates[1].withdrawn);
	assert_non_null(ih_trust_sealing(list, NOW));
	/* From then on nothing can be told, but for the next one. */
	assert_int_equal(list->next_update, NOW + 7 * DAY);
}

static void
is_believed_from_the_list_key_only(void **state)
{
	struct bench *b = *state;
	struct crl_plan plan = usual_plan(b);
	const struct ih_office *office = b->office[MA];

	plan.signer = &office->pair[IH_USE_SIGNING];
	assert_refused(b, &plan, "E_CRL_ISSUER");
	/* the right name over another key's signature */
	plan.named = office->pair[IH_USE_LIST].certificate;
	assert_refused(b, &plan, "E_CRL_ISSUER");
	plan.signer = &b->office[EG]->pair[IH_USE_LIST];
	assert_refused(b, &plan, "E_CRL_ISSUER");
	/* another name over the right key's */
	plan.signer = &office->pair[IH_USE_LIST];
	plan.named = b->office[EG]->pair[IH_USE_LIST].certificate;
	assert_refused(b, &plan, "E_CRL_ISSUER");
	plan.named = NULL;
	plan.weak = true;
	assert_refused(b, &plan, "E_CRL_ISSUER");
}

static void
refuses_what_says_more_or_less_than_the_profile(void **state)
{
	struct bench *b = *state;
	const struct crl_plan usual = usual_plan(b);
	struct crl_plan rows[] = { usual, usual, usual, usual, usual, usual };

	rows[0].delta = true;
	rows[1].scoped = true;
	rows[2].unnumbered = true;
	rows[3].next_update = 0;
	rows[4].next_update = rows[4].issued;
	rows[5].number = -1;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		assert_refused(b, &rows[i], "E_CRL_FORMAT");
}

static void
refuses_a_file_that_is_no_crl(void **state)
{
	struct bench *b = *state;
	const struct crl_plan plan = usual_plan(b);
	struct ih_revocation r;
	IH_OWNED(ih_buffer) der = crl_file(&plan, false);
	IH_OWNED(ih_buffer) pem = crl_file(&plan, true);

	for (size_t size = 0; size < der->size; size += 5) {
		struct ih_error err = { 0 };

		assert_false(ih_revocation_read(b->partner[MA], der->data, size,
		    &r, &err));
		assert_string_equal(err.code, "E_CRL_FORMAT");
	}
	for (size_t bit = 0; bit < der->size * 8; bit++) {
		struct ih_error err = { 0 };

		der->data[bit / 8] ^= (unsigned char)(1 << bit % 8);
		if (ih_revocation_read(b->partner[MA], der->data, der->size, &r,
			&err))
			fail_msg("bit %zu", bit);
		der->data[bit / 8] ^= (unsigned char)(1 << bit % 8);
	}
	struct ih_error err = { 0 };
	ih_buffer_text(der, "x");
	assert_false(ih_revocation_admit(b->partner[MA], der->data, der->size,
	    &r, &err));
	assert_string_equal(err.code, "E_CRL_FORMAT");
	ih_buffer_text(pem, "x");
	assert_false(ih_revocation_admit(b->partner[MA], pem->data, pem->size,
	    &r, &err));
	assert_string_equal(err.code, "E_CRL_FORMAT");
	assert_false(ih_revocation_admit(b->partner[MA], pem->data,
	    IH_REVOCATION_MAX + 1, &r, &err));
	assert_string_equal(err.code, "E_CRL_FORMAT");
}

static void
is_followed_by_a_higher_number_only(void **state)
{
	struct ih_error err = { 0 };
	const struct ih_revocation held = { .number = 7,
		.issued = NOW - 600,
		.next_update = NOW + DAY,
		.since = { NOW } };
	struct ih_revocation fresh = held;

	(void)state;
	assert_true(ih_revocation_follows(NULL, &held, NOW, &err));
	assert_true(ih_revocation_follows(&held, &held, NOW, &err));
	/* A certificate made good again under the same number. */
	fresh.since[0] = 0;
	assert_false(ih_revocation_follows(&held, &fresh, NOW, &err));
	assert_string_equal(err.code, "E_CRL_ROLLBACK");
	fresh.number = 8;
	assert_true(ih_revocation_follows(&held, &fresh, NOW, &err));
	fresh.issued--;
	assert_false(ih_revocation_follows(&held, &fresh, NOW, &err));
	assert_string_equal(err.code, "E_CRL_ROLLBACK");
	fresh = held;
	fresh.number = 6;
	assert_false(ih_revocation_follows(&held, &fresh, NOW, &err));
	assert_string_equal(err.code, "E_CRL_ROLLBACK");
}

static void
is_not_taken_before_its_time_or_after(void **state)
{
	struct ih_error err = { 0 };
	const struct ih_revocation fresh = { .number = 1,
		.issued = NOW,
		.next_update = NOW + DAY };

	(void)state;
	assert_true(ih_revocation_follows(NULL, &fresh, NOW - 250, &err));
	assert_false(ih_revocation_follows(NULL, &fresh, NOW - DAY, &err));
	assert_string_equal(err.code, "E_CLOCK");
	assert_false(ih_revocation_follows(NULL, &fresh, NOW + DAY, &err));
	assert_string_equal(err.code, "E_CRL_EXPIRED");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(tells_which_certificates_are_revoked_and_since_when),
		TEST(withdraws_what_it_revokes_from_the_list),
		TEST(is_believed_from_the_list_key_only),
		TEST(refuses_what_says_more_or_less_than_the_profile),
		TEST(refuses_a_file_that_is_no_crl),
		TEST(is_followed_by_a_higher_number_only),
		TEST(is_not_taken_before_its_time_or_after),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
