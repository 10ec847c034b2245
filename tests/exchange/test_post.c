#include "test.h"

#include "offices.h"

static void
arrives(void **state)
{
	struct bench *b = *state;
	struct ih_error err = { 0 };
	struct ih_letter letter = usual_letter();
	struct ih_part_of part = { "letter.fr.html", "text/html",
		"<p>Bonjour</p>", 14 };
	struct ih_sealed sealed;
	struct ih_desk desk = { .forms = b->forms,
		.own = b->office[TN],
		.partners = b->partner,
		.partner_count = 3,
		.world = &b->world };
	assert_true(ih_post_seal(&letter, &part, 1, b->office[MA],
			b->partner[TN], &sealed, &err) ||
		    (puts(err.text), 0));
	struct ih_refused refused;
	struct ih_opened *o = ih_post_open(&desk, sealed.envelope->data,
	    sealed.envelope->size, &refused, &err);
	printf("%s %s %d\n", err.code, err.text, refused.check);
	assert_non_null(o);
	FILE *f = fopen("/tmp/exw/sample.p7m", "wb");
	fwrite(sealed.envelope->data, 1, sealed.envelope->size, f);
	fclose(f);
	IH_OWNED(ih_buffer) pem = ih_office_save(b->office[TN], &err);
	f = fopen("/tmp/exw/tn.pem", "wb");
	fwrite(pem->data, 1, pem->size, f);
	fclose(f);
	IH_OWNED(ih_buffer) pem2 = ih_office_save(b->office[MA], &err);
	f = fopen("/tmp/exw/ma.pem", "wb");
	fwrite(pem2->data, 1, pem2->size, f);
	fclose(f);
}
int
main(void)
{
	const struct CMUnitTest tests[] = { TEST(arrives) };
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
