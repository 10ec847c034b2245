#include "test.h"

#include <string.h>

#include "ihala/gate.h"

static const struct ih_gate gate = {
	.hosts = { "127.0.0.1:8437", "localhost:8437" },
	.scheme = "http",
	.form_most = 65536,
	.file_most = 1048576,
};

#define FORM "application/x-www-form-urlencoded"

/* A page that is looked at, and a form that is sent, as browsers do. */
static const struct ih_asked looked = {
	.method = "GET",
	.path = "/work",
	.host = "127.0.0.1:8437",
	.fetch_site = "same-origin",
	.fetch_mode = "navigate",
	.fetch_dest = "document",
};
static const struct ih_asked sent = {
	.method = "POST",
	.path = "/case/7K3M-9QRT-2/assign",
	.host = "localhost:8437",
	.origin = "http://localhost:8437",
	.fetch_site = "same-origin",
	.fetch_mode = "navigate",
	.fetch_dest = "document",
	.content_type = FORM,
	.content_length = "120",
};

static void
says(const struct ih_asked *asked, enum ih_gated expected, int line)
{
	enum ih_gated gated = ih_gate_check(&gate, asked);

	if (gated != expected)
		fail_msg("line %d: %s, not %s", line, ih_gate_name(gated),
		    ih_gate_name(expected));
}

/* One line of OF is another. */
#define WITH(of, expected, ...)                                                \
	do {                                                                   \
		struct ih_asked one = of;                                      \
		one.__VA_ARGS__;                                               \
		says(&one, expected, __LINE__);                                \
	} while (0)

static void
lets_in_what_a_browser_sends_from_our_pages(void **state)
{
	(void)state;
	says(&looked, IH_GATE_OPEN, __LINE__);
	says(&sent, IH_GATE_OPEN, __LINE__);
	WITH(looked, IH_GATE_OPEN, method = "HEAD");
	WITH(looked, IH_GATE_OPEN, fetch_site = "none");
	WITH(looked, IH_GATE_OPEN, fetch_site = NULL);
	WITH(looked, IH_GATE_OPEN, content_length = "0");
	WITH(looked, IH_GATE_OPEN, host = "LOCALHOST:8437");
	WITH(sent, IH_GATE_OPEN, fetch_site = NULL);
	WITH(sent, IH_GATE_OPEN, origin = NULL);
	WITH(sent, IH_GATE_OPEN, content_type = FORM "; charset=utf-8");
	WITH(sent, IH_GATE_OPEN,
	    content_type = "multipart/form-data; boundary=x");
}

static void
answers_to_its_own_names_only(void **state)
{
	(void)state;
	WITH(looked, IH_GATE_HOST, host = "rebound.example:8437");
	WITH(looked, IH_GATE_HOST, host = "127.0.0.1");
	WITH(looked, IH_GATE_HOST, host = "127.0.0.1:8437.example");
	WITH(looked, IH_GATE_HOST, host = "");
	WITH(sent, IH_GATE_HOST, host = "rebound.example:8437");
	WITH(looked, IH_GATE_BAD, host = NULL);
}

static void
takes_no_form_from_a_page_of_somebody_else(void **state)
{
	static const char *const others[] = { "http://evil.example", "null", "",
		"http://127.0.0.1:9999", "https://127.0.0.1:8437",
		"http://127.0.0.1:8437.evil.example", "127.0.0.1:8437",
		"http://127.0.0.1:8437/", "httpx://127.0.0.1:8437" };
	static const char *const sites[] = { "cross-site", "same-site", "none",
		"", "SAME-ORIGIN" };

	(void)state;
	for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
		WITH(sent, IH_GATE_CROSS, origin = others[i]);
		/* whatever it says of itself */
		WITH(sent, IH_GATE_CROSS, origin = others[i];
		     one.fetch_site = NULL);
	}
	for (size_t i = 0; i < sizeof sites / sizeof sites[0]; i++)
		WITH(sent, IH_GATE_CROSS, fetch_site = sites[i]);
	/* a program that says nothing at all */
	WITH(sent, IH_GATE_CROSS, origin = NULL; one.fetch_site = NULL);
}

static void
another_page_may_lead_here_but_load_and_frame_nothing(void **state)
{
	(void)state;
	WITH(looked, IH_GATE_OPEN, fetch_site = "cross-site");
	WITH(looked, IH_GATE_OPEN, fetch_site = "same-site");
	WITH(looked, IH_GATE_CROSS, fetch_site = "cross-site";
	     one.fetch_dest = "iframe");
	WITH(looked, IH_GATE_CROSS, fetch_site = "cross-site";
	     one.fetch_dest = "object");
	WITH(looked, IH_GATE_CROSS, fetch_site = "same-site";
	     one.fetch_mode = "no-cors"; one.fetch_dest = "script");
	WITH(looked, IH_GATE_CROSS, fetch_site = "cross-site";
	     one.fetch_mode = "cors");
	WITH(looked, IH_GATE_CROSS, fetch_site = "cross-site";
	     one.fetch_mode = NULL);
}

static void
reads_nothing_that_two_readers_could_take_apart_differently(void **state)
{
	static const char *const lengths[] = { "", "-1", "+5", "5, 5", "0x10",
		"5 ", "1e3", "4294967296", "99999999999999999999" };

	(void)state;
	WITH(looked, IH_GATE_BAD, twice = true);
	WITH(sent, IH_GATE_BAD, twice = true);
	WITH(sent, IH_GATE_BAD, transfer_encoding = "chunked");
	WITH(sent, IH_GATE_BAD, transfer_encoding = "identity");
	WITH(sent, IH_GATE_BAD, content_length = NULL);
	for (size_t i = 0; i < sizeof lengths / sizeof lengths[0]; i++)
		WITH(sent, IH_GATE_BAD, content_length = lengths[i]);
	WITH(looked, IH_GATE_BAD, content_length = "5");
	WITH(looked, IH_GATE_BAD, transfer_encoding = "chunked");
}

static void
takes_forms_of_two_kinds_each_up_to_its_size(void **state)
{
	(void)state;
	WITH(sent, IH_GATE_TYPE, content_type = NULL);
	WITH(sent, IH_GATE_TYPE, content_type = "text/plain");
	WITH(sent, IH_GATE_TYPE, content_type = "application/json");
	WITH(sent, IH_GATE_TYPE, content_type = FORM "x");
	WITH(sent, IH_GATE_OPEN, content_length = "65536");
	WITH(sent, IH_GATE_LARGE, content_length = "65537");
	WITH(sent, IH_GATE_LARGE, content_length = "999999999");
	WITH(sent, IH_GATE_OPEN,
	     content_type = "multipart/form-data; boundary=x";
	     one.content_length = "1048576");
	WITH(sent, IH_GATE_LARGE,
	     content_type = "multipart/form-data; boundary=x";
	     one.content_length = "1048577");
}

static void
knows_three_methods(void **state)
{
	static const char *const others[] = { "PUT", "DELETE", "OPTIONS",
		"TRACE", "CONNECT", "get", "POST " };

	(void)state;
	for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
		WITH(looked, IH_GATE_METHOD, method = others[i]);
}

static void
a_path_is_plain_and_leads_nowhere_else(void **state)
{
	static const struct {
		const char *path;
		bool is;
	} paths[] = {
		{ "/", true },
		{ "/case/7K3M-9QRT-2", true },
		{ "/style.css", true },
		{ "", false },
		{ "case", false },
		{ "//evil.example", false },
		{ "/../etc/passwd", false },
		{ "/case/..", false },
		{ "/a\\b", false },
		{ "/a?b", false },
		{ "/a#b", false },
		{ "/a b", false },
		{ "/a\r\nSet-Cookie: b", false },
		{ "/%2e", false },
		{ "/ا", false },
	};
	char longest[300] = "/";

	(void)state;
	for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++) {
		if (ih_gate_is_path(paths[i].path) != paths[i].is)
			fail_msg("%s", paths[i].path);
		WITH(looked, paths[i].is ? IH_GATE_OPEN : IH_GATE_BAD,
		    path = paths[i].path);
	}
	memset(longest + 1, 'a', 255);
	assert_true(ih_gate_is_path(longest));
	longest[256] = 'a';
	assert_false(ih_gate_is_path(longest));
}

static void
says_in_the_words_of_http_why_not(void **state)
{
	static const int statuses[IH_GATES] = { 200, 400, 405, 421, 403, 413,
		415 };

	(void)state;
	for (enum ih_gated g = 0; g < IH_GATES; g++)
		assert_int_equal(ih_gate_status(g), statuses[g]);
	assert_string_equal(ih_gate_name(IH_GATE_CROSS), "cross");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(lets_in_what_a_browser_sends_from_our_pages),
		TEST(answers_to_its_own_names_only),
		TEST(takes_no_form_from_a_page_of_somebody_else),
		TEST(another_page_may_lead_here_but_load_and_frame_nothing),
		TEST(
		    reads_nothing_that_two_readers_could_take_apart_differently),
		TEST(takes_forms_of_two_kinds_each_up_to_its_size),
		TEST(knows_three_methods),
		TEST(a_path_is_plain_and_leads_nowhere_else),
		TEST(says_in_the_words_of_http_why_not),
	};

	return cmocka_run_group_tests_name("gate", tests, NULL, NULL);
}
