#include "test.h"

#include <stdlib.h>
#include <unistd.h>

#include "offices.h"

static struct ih_partner *
draft_of(const struct bench *b, int64_t sequence)
{
	return ih_trust_draft(b->office[MA], sequence, NOW - 600,
	    NOW + 90 * DAY);
}

static struct ih_buffer *
file_of(const struct bench *b, const struct ih_partner *draft)
{
	struct ih_error err = { 0 };
	struct ih_buffer *file = ih_trust_sign(draft, b->office[MA], &err);

	assert_string_equal(err.text, "");
	return file;
}

static struct ih_buffer *
usual_file(const struct bench *b)
{
	IH_OWNED(ih_partner) draft = draft_of(b, 1);

	return file_of(b, draft);
}

static struct ih_partner *
numbered(const struct bench *b, int64_t sequence)
{
	IH_OWNED(ih_partner) draft = draft_of(b, sequence);

	return list_of(b, draft, b->office[MA]);
}

/* The one that follows LAST. */
static struct ih_partner *
after(const struct bench *b, const struct ih_partner *last)
{
	IH_OWNED(ih_partner) draft = draft_of(b, last->sequence + 1);

	snprintf(draft->previous, sizeof draft->previous, "%s", last->digest);
	return list_of(b, draft, b->office[MA]);
}

static void
is_read_as_it_was_signed(void **state)
{
	struct bench *b = *state;
	struct ih_error err = { 0 };
	IH_OWNED(ih_buffer) file = usual_file(b);
	IH_OWNED(ih_partner) read =
	    ih_trust_read(b->forms, file->data, file->size, NULL, &err);

	assert_non_null(read);
	assert_string_equal(read->committee, "MA");
	assert_int_equal(read->sequence, 1);
	assert_int_equal(read->signers, 1);
	assert_int_equal(read->issued, NOW - 600);
	assert_int_equal(read->next_update, NOW + 90 * DAY);
	assert_int_equal(read->count, 2);
	assert_int_equal(read->certificates[0].use, IH_USE_SIGNING);
	assert_int_equal(read->certificates[1].use, IH_USE_SEALING);
	assert_int_equal(X509_cmp(read->certificates[1].certificate,
			     b->office[MA]->pair[IH_USE_SEALING].certificate),
	    0);
	assert_ptr_equal(ih_trust_sealing(read, NOW),
	    read->certificates[1].certificate);
}

static void
shows_the_fingerprint_that_people_compare(void **state)
{
	struct bench *b = *state;
	struct ih_error err = { 0 };
	char own[IH_FINGERPRINT_TEXT], typed[IH_FINGERPRINT_TEXT] = "";
	IH_OWNED(ih_buffer) file = usual_file(b);

	ih_certificate_fingerprint(b->office[MA]->pair[IH_USE_LIST].certificate,
	    own);
	IH_OWNED(ih_partner) read =
	    ih_trust_read(b->forms, file->data, file->size, own, &err);
	assert_non_null(read);
	assert_string_equal(read->fingerprint, own);
	/* As somebody types it: in capitals, without the spaces. */
	for (const char *c = own; *c != '\0'; c++)
		if (*c != ' ')
			typed[strlen(typed)] =
			    (char)(*c >= 'a' ? *c - 'a' + 'A' : *c);
	IH_OWNED(ih_partner) again =
	    ih_trust_read(b->forms, file->data, file->size, typed, &err);
	assert_non_null(again);
}

static void
refuses_a_list_signed_by_an_unpinned_key(void **state)
{
	struct bench *b = *state;
	struct ih_error err = { 0 };
	IH_OWNED(ih_buffer) file = usual_file(b);
	char own[IH_FINGERPRINT_TEXT];

	assert_null(ih_trust_read(b->forms, file->data, file->size,
	    b->partner[TN]->fingerprint, &err));
	assert_string_equal(err.code, "E_LIST_KEY");
	ih_certificate_fingerprint(b->office[MA]->pair[IH_USE_LIST].certificate,
	    own);
	own[70] = '\0';
	assert_null(ih_trust_read(b->forms, file->data, file->size, own, &err));
	assert_string_equal(err.code, "E_LIST_KEY");
	assert_null(ih_trust_read(b->forms, file->data, file->size, "", &err));
	assert_string_equal(err.code, "E_LIST_KEY");
}

static void
refuses_each_changed_bit(void **state)
{
	struct bench *b = *state;
	IH_OWNED(ih_buffer) file = usual_file(b);

	for (size_t bit = 0; bit < file->size * 8; bit += 37) {
		struct ih_error err = { 0 };

		file->data[bit / 8] ^= (unsigned char)(1 << bit % 8);
		IH_OWNED(ih_partner) read = ih_trust_read(b->forms, file->data,
		    file->size, b->partner[MA]->fingerprint, &err);
		file->data[bit / 8] ^= (unsigned char)(1 << bit % 8);
		if (read != NULL)
			fail_msg("bit %zu of byte %zu", bit % 8, bit / 8);
		assert_int_not_equal(err.code[0], '\0');
	}
}

static void
refuses_a_file_that_is_no_list(void **state)
{
	struct bench *b = *state;
	struct ih_error err = { 0 };
	IH_OWNED(ih_buffer) file = usual_file(b);

	for (size_t size = 0; size < file->size; size += 7) {
		assert_null(
		    ih_trust_read(b->forms, file->data, size, NULL, &err));
		assert_string_equal(err.code, "E_LIST_FORMAT");
	}
	assert_null(
	    ih_trust_read(b->forms, file->data, IH_TRUST_MAX + 1, NULL, &err));
	assert_string_equal(err.code, "E_LIST_FORMAT");
}

/* A signing key must not be able to make itself a list. */
static void
refuses_a_list_signed_with_a_signing_key(void **state)
{
	struct bench *b = *state;
	struct ih_error err = { 0 };
	struct ih_office usurper = *b->office[MA];
	IH_OWNED(ih_partner) draft = draft_of(b, 2);

	usurper.pair[IH_USE_LIST] = usurper.pair[IH_USE_SIGNING];
	IH_OWNED(ih_buffer) file = ih_trust_sign(draft, &usurper, &err);
	assert_non_null(file);
	assert_null(
	    ih_trust_read(b->forms, file->data, file->size, NULL, &err));
	assert_string_equal(err.code, "E_LIST_FORMAT");
}

static void
refuses_a_list_signed_for_another_committee(void **state)
{
	struct bench *b = *state;
	struct ih_error err = { 0 };
	IH_OWNED(ih_partner) draft = draft_of(b, 2);
	IH_OWNED(ih_buffer) file = ih_trust_sign(draft, b->office[EG], &err);

	assert_non_null(file);
	assert_null(
	    ih_trust_read(b->forms, file->data, file->size, NULL, &err));
	assert_string_equal(err.code, "E_LIST_FORMAT");
}

static void
lists_no_certificate_of_another_committee_or_use(void **state)
{
	struct bench *b = *state;
	const struct {
		X509 *certificate;
		enum ih_use use;
	} rows[] = {
		{ b->office[EG]->pair[IH_USE_SIGNING].certificate,
		    IH_USE_SIGNING },
		{ b->office[MA]->pair[IH_USE_SIGNING].certificate,
		    IH_USE_SEALING },
		{ b->office[MA]->pair[IH_USE_SEALING].certificate,
		    IH_USE_SIGNING },
		{ b->office[MA]->pair[IH_USE_LIST].certificate, IH_USE_LIST },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct ih_error err = { 0 };
		IH_OWNED(ih_partner) draft = draft_of(b, 2);

		assert_true(ih_trust_add(draft, rows[i].certificate,
		    rows[i].use, false, NOW, &err));
		assert_null(ih_trust_sign(draft, b->office[MA], &err));
		assert_int_equal(err.kind, IH_USAGE);
	}
}

static void
holds_sixteen_certificates_and_no_more(void **state)
{
	struct bench *b = *state;
	struct ih_error err = { 0 };
	IH_OWNED(ih_partner) draft = draft_of(b, 2);

	while (draft->count < IH_TRUST_CERTIFICATES)
		assert_true(ih_trust_add(draft,
		    b->office[MA]->pair[IH_USE_SIGNING].certificate,
		    IH_USE_SIGNING, true, NOW - DAY, &err));
	assert_false(
	    ih_trust_add(draft, b->office[MA]->pair[IH_USE_SIGNING].certificate,
		IH_USE_SIGNING, true, NOW, &err));
	assert_int_equal(err.kind, IH_USAGE);
	IH_OWNED(ih_partner) read = list_of(b, draft, b->office[MA]);
	assert_int_equal(read->count, IH_TRUST_CERTIFICATES);
	assert_true(read->certificates[5].withdrawn);
	assert_int_equal(read->certificates[5].since, NOW - DAY);
}

static void
is_followed_by_a_higher_number_only(void **state)
{
	struct bench *b = *state;
	struct ih_error err = { 0 };
	IH_OWNED(ih_partner) second = numbered(b, 2);
	IH_OWNED(ih_partner) third = after(b, second);
	IH_OWNED(ih_partner) other_third = numbered(b, 3);
	IH_OWNED(ih_partner) ninth = numbered(b, 9);

	assert_true(ih_trust_follows(second, third, NOW, &err));
	assert_true(ih_trust_follows(third, third, NOW, &err));
	assert_false(ih_trust_follows(third, second, NOW, &err));
	assert_string_equal(err.code, "E_LIST_ROLLBACK");
	assert_false(ih_trust_follows(third, other_third, NOW, &err));
	assert_string_equal(err.code, "E_LIST_ROLLBACK");
	/* Where some were missed, the number is all there is. */
	assert_true(ih_trust_follows(third, ninth, NOW, &err));
}

/* Whoever holds the key could show us one history and somebody else
 * another. */
static void
is_followed_by_no_list_of_another_history(void **state)
{
	struct bench *b = *state;
	struct ih_error err = { 0 };
	IH_OWNED(ih_partner) first = numbered(b, 1);
	IH_OWNED(ih_partner) other = numbered(b, 1);
	IH_OWNED(ih_partner) mine = after(b, first);
	IH_OWNED(ih_partner) theirs = after(b, other);
	IH_OWNED(ih_partner) silent = numbered(b, 2);

	assert_string_equal(mine->previous, first->digest);
	assert_true(ih_trust_follows(first, mine, NOW, &err));
	assert_false(ih_trust_follows(first, theirs, NOW, &err));
	assert_int_equal(err.kind, IH_TRUST);
	assert_string_equal(err.code, "E_LIST_FORK");
	assert_false(ih_trust_follows(first, silent, NOW, &err));
	assert_string_equal(err.code, "E_LIST_FORK");
}

static void
is_followed_by_no_list_that_was_issued_before(void **state)
{
	struct bench *b = *state;
	struct ih_error err = { 0 };
	IH_OWNED(ih_partner) held = numbered(b, 1);
	IH_OWNED(ih_partner) fresh = after(b, held);

	held->issued = fresh->issued + 1;
	assert_false(ih_trust_follows(held, fresh, NOW, &err));
	assert_string_equal(err.code, "E_LIST_ROLLBACK");
}

static void
takes_back_what_a_key_signed_whatever_the_list_says(void **state)
{
	struct bench *b = *state;
	char its[IH_FINGERPRINT_TEXT];
	IH_OWNED(ih_partner) list = numbered(b, 1);

	ih_certificate_fingerprint(list->certificates[1].certificate, its);
	ih_trust_withdraw(list, its, NOW);
	assert_true(list->certificates[1].withdrawn);
	assert_int_equal(list->certificates[1].since, NOW);
	assert_false(list->certificates[0].withdrawn);
	assert_false(list->list_withdrawn);
	assert_null(ih_trust_sealing(list, NOW));
	/* The earliest day counts, in whatever order they are said. */
	ih_trust_withdraw(list, its, NOW - DAY);
	ih_trust_withdraw(list, its, NOW);
	assert_int_equal(list->certificates[1].since, NOW - DAY);
}

static void
offers_no_key_of_a_list_whose_own_key_was_withdrawn(void **state)
{
	struct bench *b = *state;
	IH_OWNED(ih_partner) list = numbered(b, 1);

	assert_non_null(ih_trust_sealing(list, NOW));
	ih_trust_withdraw(list, list->fingerprint, NOW);
	assert_true(list->list_withdrawn);
	assert_null(ih_trust_sealing(list, NOW));
}

static void
is_followed_by_no_list_of_another_committee(void **state)
{
	struct bench *b = *state;
	struct ih_error err = { 0 };
	IH_OWNED(ih_partner) mine = numbered(b, 1);

	assert_false(ih_trust_follows(mine, b->partner[TN], NOW, &err));
	assert_string_equal(err.code, "E_LIST_KEY");
}

static void
is_not_accepted_before_its_time_or_after(void **state)
{
	struct bench *b = *state;
	struct ih_error err = { 0 };
	IH_OWNED(ih_partner) list = numbered(b, 1);

	assert_true(ih_trust_is_fresh(list, NOW, &err));
	assert_true(ih_trust_is_fresh(list, NOW - 250, &err));
	assert_false(ih_trust_is_fresh(list, NOW - DAY, &err));
	assert_string_equal(err.code, "E_CLOCK");
	assert_false(ih_trust_is_fresh(list, NOW + 90 * DAY, &err));
	assert_string_equal(err.code, "E_LIST_EXPIRED");
	assert_false(ih_trust_follows(list, list, NOW + 91 * DAY, &err));
	assert_string_equal(err.code, "E_LIST_EXPIRED");
}

static void
changes_its_key_where_the_former_list_announced_it(void **state)
{
	struct bench *b = *state;
	struct ih_error err = { 0 };
	IH_OWNED(ih_office) fresh = ih_office_new("MA", 2, &b->world, &err);
	IH_OWNED(ih_partner) announcing = draft_of(b, 2);
	IH_OWNED(ih_partner) silent = numbered(b, 2);
	IH_OWNED(ih_partner) next =
	    ih_trust_draft(fresh, 3, NOW, NOW + 90 * DAY);

	announcing->next_list = fresh->pair[IH_USE_LIST].certificate;
	X509_up_ref(announcing->next_list);
	IH_OWNED(ih_partner) before = list_of(b, announcing, b->office[MA]);
	assert_non_null(before->next_list);
	snprintf(next->previous, sizeof next->previous, "%s", before->digest);
	IH_OWNED(ih_partner) later = list_of(b, next, fresh);
	assert_true(ih_trust_follows(before, later, NOW, &err));
	assert_false(ih_trust_follows(silent, later, NOW, &err));
	assert_string_equal(err.code, "E_LIST_KEY");
}

static void
offers_no_sealing_key_that_is_withdrawn_or_over(void **state)
{
	struct bench *b = *state;
	IH_OWNED(ih_partner) draft = draft_of(b, 2);

	assert_non_null(ih_trust_sealing(draft, NOW));
	assert_null(ih_trust_sealing(draft, NOW + 800 * DAY));
	draft->certificates[1].withdrawn = true;
	assert_null(ih_trust_sealing(draft, NOW));
}

static void
is_verified_by_openssl(void **state)
{
	char folder[] = "/tmp/ihala-trust-XXXXXX", path[64], command[512];
	struct bench *b = *state;
	IH_OWNED(ih_buffer) file = usual_file(b);
	FILE *out;

	assert_non_null(mkdtemp(folder));
	snprintf(path, sizeof path, "%s/list", folder);
	out = fopen(path, "wb");
	assert_non_null(out);
	fwrite(file->data, 1, file->size, out);
	fclose(out);
	snprintf(command, sizeof command,
	    "cd %s && openssl cms -verify -noverify -inform DER "
	    "-in list 2>why | grep -q 'committee=\"MA\"' && "
	    "grep -q 'Verification successful' why",
	    folder);
	assert_int_equal(system(command), 0);
	snprintf(command, sizeof command, "rm -r %s", folder);
	assert_int_equal(system(command), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(is_read_as_it_was_signed),
		TEST(shows_the_fingerprint_that_people_compare),
		TEST(refuses_a_list_signed_by_an_unpinned_key),
		TEST(refuses_each_changed_bit),
		TEST(refuses_a_file_that_is_no_list),
		TEST(refuses_a_list_signed_with_a_signing_key),
		TEST(refuses_a_list_signed_for_another_committee),
		TEST(lists_no_certificate_of_another_committee_or_use),
		TEST(holds_sixteen_certificates_and_no_more),
		TEST(is_followed_by_a_higher_number_only),
		TEST(is_followed_by_no_list_of_another_committee),
		TEST(is_followed_by_no_list_of_another_history),
		TEST(is_followed_by_no_list_that_was_issued_before),
		TEST(takes_back_what_a_key_signed_whatever_the_list_says),
		TEST(offers_no_key_of_a_list_whose_own_key_was_withdrawn),
		TEST(is_not_accepted_before_its_time_or_after),
		TEST(changes_its_key_where_the_former_list_announced_it),
		TEST(offers_no_sealing_key_that_is_withdrawn_or_over),
		TEST(is_verified_by_openssl),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
