/* A calendar that any program reads, and that tells nothing. */
#include "test.h"

#include <stdbool.h>
#include <string.h>

#include "ihala/ical.h"

static struct ih_buffer *
one(const char *title, int64_t day)
{
	struct ih_buffer *out = ih_buffer_new();

	ih_ical_open(out);
	ih_ical_add(out,
	    &(const struct ih_ical_day){ "0001@office", title, day },
	    1772704800); /* 2026-03-05T10:00:00Z */
	ih_ical_close(out);
	return out;
}

static bool
has(const struct ih_buffer *out, const char *line)
{
	return strstr((const char *)out->data, line) != NULL;
}

static void
writes_a_whole_day_with_its_stamp(void **state)
{
	IH_OWNED(ih_buffer) out = one("Case 1", 20517);

	(void)state;
	assert_string_equal((const char *)out->data,
	    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Office//Days//EN\r\n"
	    "CALSCALE:GREGORIAN\r\nMETHOD:PUBLISH\r\nBEGIN:VEVENT\r\n"
	    "UID:0001@office\r\nDTSTAMP:20260305T100000Z\r\n"
	    "DTSTART;VALUE=DATE:20260305\r\nSUMMARY:Case 1\r\n"
	    "CLASS:PRIVATE\r\nTRANSP:TRANSPARENT\r\nEND:VEVENT\r\n"
	    "END:VCALENDAR\r\n");
}

static void
escapes_what_would_end_a_value(void **state)
{
	IH_OWNED(ih_buffer) out = one("a,b;c\\d\r\nEND:VEVENT", 0);

	(void)state;
	assert_true(has(out, "SUMMARY:a\\,b\\;c\\\\d\\nEND:VEVENT\r\n"));
	assert_true(has(out, "DATE:19700101\r\n"));
}

/* A title of N Arabic letters, with a byte before it that shifts them. */
static void
folds_at_75_bytes_and_never_inside_a_letter(void **state)
{
	(void)state;
	for (size_t n = 0; n < 120; n++) {
		char title[256] = "x";
		char joined[300] = "";
		size_t line = 0, at = 0;

		for (size_t i = 0; i < n; i++)
			strcat(title, i % 3 == 0 ? "\342\202\254" : "ب");
		if (strlen(title) > 240)
			break;
		IH_OWNED(ih_buffer) out = one(title + n % 2, 0);
		const char *from = strstr((const char *)out->data, "SUMMARY:");
		const char *end = strstr(from, "CLASS");

		for (const char *c = from; c < end; c++) {
			if (strncmp(c, "\r\n ", 3) == 0) {
				/* the next byte begins a letter */
				assert_true(
				    ((unsigned char)c[3] & 0xc0) != 0x80);
				assert_true(line <= 75);
				line = 1;
				c += 2;
				continue;
			}
			line += *c != '\r' && *c != '\n';
			joined[at++] = *c;
		}
		assert_true(line <= 75);
		assert_memory_equal(joined + 8, title + n % 2,
		    strlen(title + n % 2));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(writes_a_whole_day_with_its_stamp),
		TEST(escapes_what_would_end_a_value),
		TEST(folds_at_75_bytes_and_never_inside_a_letter),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
