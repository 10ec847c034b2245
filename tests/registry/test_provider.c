#include "test.h"

#include "ihala/provider.h"
#include "ihala/schema.h"
#include "ihala/verify.h"
#include "office.h"

#define DAY "2026-06-15"
#define NAME                                                                   \
	"<name><text xml:lang='ar'>د</text><text xml:lang='fr'>M</text>"      \
	"<text xml:lang='en'>H</text></name>"
#define SHELTER NAME "<service id='shelter'/>"

static xmlDoc *
document(const char *inner)
{
	struct ih_error err = { 0 };
	IH_OWNED(ih_buffer) text = ih_buffer_new();
	IH_OWNED(ih_library) library = ih_library_open(".", &err);
	IH_OWNED(ih_schema)
	schema = ih_schema_load(library, "provider", &err);
	xmlDoc *doc;

	assert_non_null(schema);
	ih_buffer_printf(text,
	    "<providers xmlns='urn:ihala:provider:1'>%s</providers>", inner);
	doc = ih_xml_read("providers", text->data, text->size, &err);
	if (doc == NULL || !ih_schema_check(schema, doc, "providers", &err))
		fail_msg("%s", err.text);
	return doc;
}

static struct ih_provider *
provider(const char *attributes, const char *inner)
{
	IH_OWNED(ih_buffer) text = ih_buffer_new();

	ih_buffer_printf(text, "<provider id='one' %s>" NAME "%s</provider>",
	    attributes, inner);
	IH_OWNED(xmlDoc) doc = document((const char *)text->data);
	return ih_provider_read(xmlDocGetRootElement(doc)->children);
}

/* ---- does it suit? */

static const struct ih_suited woman = { "female", "ar", 27 };
static const struct ih_suited man = { "male", "ar", 27 };
static const struct ih_suited girl = { "female", "ar", 12 };
static const struct ih_suited anybody = { "", "", -1 };

#define S "<service id='shelter'/>"

static void
says_every_reason_why_a_provider_does_not_suit(void **state)
{
	static const struct {
		const char *attributes, *inner;
		const struct ih_suited *who;
		unsigned unfit;
	} cases[] = {
		{ "", S, &woman, 0 },
		{ "", "<service id='listening'/>", &woman,
		    1u << IH_UNFIT_SERVICE },
		{ "suspended='" DAY "'", S, &woman, 1u << IH_UNFIT_SUSPENDED },
		{ "suspended='2026-06-16'", S, &woman, 0 },
		{ "until='" DAY "'", S, &woman, 0 },
		{ "until='2026-06-14'", S, &woman, 1u << IH_UNFIT_EXPIRED },
		{ "accredited='" DAY "'", S, &woman, 0 },
		{ "accredited='2026-06-16'", S, &woman, 1u << IH_UNFIT_EARLY },
		{ "", "<service id='shelter' free='0'/>", &woman,
		    1u << IH_UNFIT_FULL },
		{ "", "<service id='shelter' free='1'/>", &woman, 0 },
		{ "languages='fr ber'", S, &woman, 1u << IH_UNFIT_LANGUAGE },
		{ "languages='fr ar'", S, &woman, 0 },
		{ "female-only='yes'", S, &woman, 0 },
		{ "female-only='yes'", S, &man, 1u << IH_UNFIT_PUBLIC },
		{ "", S "<public sex='female' from='18'/>", &woman, 0 },
		{ "", S "<public sex='female' from='18'/>", &man,
		    1u << IH_UNFIT_PUBLIC },
		{ "", S "<public sex='female' from='18'/>", &girl,
		    1u << IH_UNFIT_PUBLIC },
		{ "", S "<public sex='female' from='27' to='27'/>", &woman, 0 },
		{ "", S "<public sex='male'/><public to='12'/>", &girl, 0 },
		{ "", S "<public sex='male'/><public to='11'/>", &girl,
		    1u << IH_UNFIT_PUBLIC },
		/* what is not known is no reason */
		{ "languages='fr' female-only='yes'",
		    S "<public sex='female' from='18'/>", &anybody, 0 },
		{ "languages='fr' suspended='" DAY "'",
		    "<service id='shelter' free='0'/>", &man,
		    1u << IH_UNFIT_SUSPENDED | 1u << IH_UNFIT_FULL |
			1u << IH_UNFIT_LANGUAGE },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		IH_OWNED(ih_provider)
		p = provider(cases[i].attributes, cases[i].inner);
		unsigned unfit =
		    ih_provider_unfit(p, "shelter", cases[i].who, DAY);

		if (unfit != cases[i].unfit)
			fail_msg("%s %s: %x", cases[i].attributes,
			    cases[i].inner, unfit);
	}
}

static void
bars_only_who_may_take_nobody(void **state)
{
	static const struct {
		const char *attributes, *code;
	} cases[] = {
		{ "languages='fr' female-only='yes'", "" },
		{ "suspended='" DAY "'", "E_PROVIDER_SUSPENDED" },
		{ "until='2026-06-14'", "E_PROVIDER_EXPIRED" },
		{ "accredited='2026-06-16'", "E_PROVIDER_EARLY" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct ih_error err = { 0 };
		IH_OWNED(ih_provider)
		p = provider(cases[i].attributes,
		    "<service id='shelter' free='0'/>");

		assert_int_equal(ih_provider_takes(p, "shelter", DAY, &err),
		    cases[i].code[0] == '\0');
		assert_string_equal(err.code, cases[i].code);
	}
}

static void
refuses_a_page_that_does_not_hold_together(void **state)
{
	static const struct {
		const char *inner;
		bool sound;
	} cases[] = {
		{ "<provider id='a'>" SHELTER "</provider>", true },
		{ "<provider id='a'>" SHELTER
		  "</provider><provider id='a'>" SHELTER "</provider>",
		    false },
		{ "<provider id='a'>" SHELTER S "</provider>", false },
		{ "<provider id='a'>" NAME "<service id='massage'/></provider>",
		    false },
		{ "<provider id='a' until='2026-02-30'>" SHELTER "</provider>",
		    false },
		{ "<provider id='a' accredited='2026-02-02'"
		  " until='2026-02-01'>" SHELTER "</provider>",
		    false },
		{ "<provider id='a'>" NAME
		  "<service id='shelter' places='1' free='2'/></provider>",
		    false },
	};
	struct ih_error none = { 0 };
	IH_OWNED(ih_services)
	services = ih_services_load(office_library, "MA", &none);

	(void)state;
	assert_non_null(services);
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct ih_error err = { 0 };
		IH_OWNED(xmlDoc) doc = document(cases[i].inner);

		assert_int_equal(ih_providers_sound(services, doc, &err),
		    cases[i].sound);
		assert_string_equal(err.code,
		    cases[i].sound ? "" : "E_PROVIDER_FORM");
	}
}

/* ---- the register */

static bool
put(struct ih_registry *registry, const char *inner, bool *changed,
    struct ih_error *err)
{
	IH_OWNED(xmlDoc) doc = document(inner);

	return ih_provider_put(registry, xmlDocGetRootElement(doc)->children,
	    changed, err);
}

static bool
enter(struct ih_registry *registry, const char *inner)
{
	struct ih_error err = { 0 };
	bool changed = false;

	if (!put(registry, inner, &changed, &err))
		fail_msg("%s %s", err.code, err.text);
	return changed;
}

#define ONE "<provider id='one'>" SHELTER "</provider>"
#define ONE_SUSPENDED                                                          \
	"<provider id='one' suspended='2026-01-01'>" SHELTER "</provider>"
#define TWO "<provider id='two'>" SHELTER "</provider>"

static void
gives_the_newest_page_as_it_was_entered(void **state)
{
	struct ih_error err = { 0 };
	IH_OWNED(ih_registry) registry = office_open();

	(void)state;
	assert_true(enter(registry, ONE));
	assert_false(enter(registry, ONE));
	assert_true(enter(registry, ONE_SUSPENDED));
	IH_OWNED(ih_provider) p = ih_provider_get(registry, "one", &err);
	assert_non_null(p);
	assert_string_equal(p->suspended, "2026-01-01");
	assert_null(ih_provider_get(registry, "two", &err));
	assert_string_equal(err.code, "E_PROVIDER");
}

static bool
join(const struct ih_provider *p, void *with)
{
	strcat(with, p->id);
	strcat(with, " ");
	return true;
}

static void
lists_them_by_id(void **state)
{
	struct ih_error err = { 0 };
	char all[64] = "";
	IH_OWNED(ih_registry) registry = office_open();

	(void)state;
	enter(registry, TWO);
	enter(registry, ONE);
	assert_true(ih_provider_each(registry, join, all, &err));
	assert_string_equal(all, "one two ");
}

/* Whoever can write to the disk, without a key. */
static void
finds_a_page_that_was_touched(void **state)
{
	static const char *const touches[] = {
		"UPDATE provider SET bytes ="
		" CAST(replace(bytes, 'shelter', 'listen') AS BLOB)",
		"DELETE FROM provider WHERE entry ="
		" (SELECT max(entry) FROM provider WHERE subject = 'one')",
		"UPDATE provider SET subject = 'two' WHERE entry ="
		" (SELECT max(entry) FROM provider)",
		"UPDATE provider SET mark = zeroblob(32)",
		"INSERT INTO provider (entry, subject, mark, bytes) SELECT"
		" 1000, subject, mark, bytes FROM provider LIMIT 1",
	};

	(void)state;
	for (size_t i = 0; i < sizeof touches / sizeof touches[0]; i++) {
		struct ih_error err = { 0 };
		uint64_t count = 0;
		const struct ih_verify how = { 0 };

		if (i > 0) {
			office_end(NULL);
			assert_int_equal(office_start(NULL), 0);
		}
		{
			IH_OWNED(ih_registry) registry = office_open();
			enter(registry, ONE);
			enter(registry, ONE_SUSPENDED);
			assert_true(ih_provider_verify(registry, &count, &err));
			assert_int_equal(count, 2);
		}
		tamper("registry.db", touches[i]);
		IH_OWNED(ih_registry) registry = office_open();
		assert_false(ih_registry_verify(registry, &how, &err));
		assert_int_equal(err.kind, IH_TRUST);
		err = (struct ih_error){ 0 };
		assert_null(ih_provider_get(registry, "one", &err));
		assert_string_equal(err.code, "E_PROVIDER_STORED");
	}
}

static void
lets_nobody_enter_one_whose_role_does_not_allow_it(void **state)
{
	struct ih_error err = { 0 };
	bool changed = false;

	(void)state;
	{
		IH_OWNED(ih_registry) first = office_open();
		enter(first, ONE);
		office_admit(first, "worker", IH_ROLE_BIT(IH_CASE_WORKER));
	}
	IH_OWNED(ih_registry) worker = office_open_as("worker", &err);
	assert_non_null(worker);
	assert_false(put(worker, TWO, &changed, &err));
	assert_int_equal(err.kind, IH_DENIED);
	IH_OWNED(ih_provider) p =
	    ih_provider_get(worker, "one", &(struct ih_error){ 0 });
	assert_non_null(p);
	IH_OWNED(ih_registry) locked = office_open_with(NULL, &err);
	assert_null(ih_provider_get(locked, "one", &err));
	assert_int_equal(err.kind, IH_DENIED);
}

/* ---- what it was held to */

static xmlDoc *
check_of(const char *provider, const char *standard)
{
	struct ih_error err = { 0 };
	IH_OWNED(ih_buffer) text = ih_buffer_new();

	ih_buffer_printf(text,
	    "<check xmlns='urn:ihala:provider:1' provider='%s'"
	    " date='2026-06-01'><answer service='shelter' standard='%s'"
	    " state='met'/></check>",
	    provider, standard);
	return ih_xml_read("check", text->data, text->size, &err);
}

static void
keeps_the_last_check_beside_its_provider(void **state)
{
	struct ih_error err = { 0 };
	IH_OWNED(ih_services)
	services = ih_services_load(office_library, "MA", &err);
	IH_OWNED(ih_registry) registry = office_open();
	IH_OWNED(xmlDoc) good = check_of("one", "open-door");
	IH_OWNED(xmlDoc) strange = check_of("one", "open-window");
	IH_OWNED(xmlDoc) stray = check_of("two", "open-door");

	(void)state;
	enter(registry, ONE);
	assert_null(ih_provider_checked(registry, "one", &err));
	assert_string_equal(err.code, "E_PROVIDER_UNCHECKED");
	err = (struct ih_error){ 0 };
	assert_true(ih_provider_check(registry, services, good, &err));
	assert_false(ih_provider_check(registry, services, strange, &err));
	assert_string_equal(err.code, "E_STANDARD");
	assert_false(ih_provider_check(registry, services, stray, &err));
	assert_string_equal(err.code, "E_PROVIDER");
	err = (struct ih_error){ 0 };
	IH_OWNED(xmlDoc) kept = ih_provider_checked(registry, "one", &err);
	assert_non_null(kept);
	/* a check is no provider */
	char all[64] = "";
	assert_true(ih_provider_each(registry, join, all, &err));
	assert_string_equal(all, "one ");
}

#define FRESH(test)                                                            \
	cmocka_unit_test_setup_teardown(test, office_start, office_end)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    says_every_reason_why_a_provider_does_not_suit),
		cmocka_unit_test(bars_only_who_may_take_nobody),
		cmocka_unit_test_setup_teardown(
		    refuses_a_page_that_does_not_hold_together, office_place,
		    office_end),
		FRESH(gives_the_newest_page_as_it_was_entered),
		FRESH(lists_them_by_id),
		FRESH(finds_a_page_that_was_touched),
		FRESH(lets_nobody_enter_one_whose_role_does_not_allow_it),
		FRESH(keeps_the_last_check_beside_its_provider),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
