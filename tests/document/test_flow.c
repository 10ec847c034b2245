#include "test.h"

#include <string.h>

#include "../../src/document/flow.h"

/*
 * Rows without letters: a line is LINE points high, and a page holds ten.
 */
#define LINE 10
#define PAGE (10 * LINE)

static struct ih_arena *arena;
static struct flow flow;
static struct pages pages;

static int
open_page(void **state)
{
	(void)state;
	arena = ih_arena_new();
	flow = (struct flow){ 0 };
	pages = (struct pages){ 0 };
	return 0;
}

static int
close_page(void **state)
{
	(void)state;
	ih_arena_free(arena);
	return 0;
}

/* COUNT lines of one paragraph beneath what CELL has. */
static void
add_lines(struct cell *cell, const char *text, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct line *line;

		cell->lines = ih_arena_more(arena, cell->lines, cell->count,
		    &cell->room, sizeof *cell->lines);
		line = &cell->lines[cell->count++];
		line->text = text;
		line->top = cell->bottom;
		line->bottom = cell->bottom += LINE;
	}
}

static struct row *
row_of(size_t lines)
{
	struct row *row = flow_add(&flow, arena, 1);

	add_lines(&row->cells[0], ih_arena_text(arena, "paragraph"), lines);
	return row;
}

static void
set(void)
{
	struct ih_error err = { .kind = IH_NONE };

	if (!flow_place(&flow, 0, PAGE, arena, &pages, &err))
		fail_msg("%s", err.text);
}

/* Each piece as "page:from-to", of its first cell; "+" where it is again. */
static void
assert_pieces(const char *expected)
{
	char *said = ih_arena_text(arena, "");

	set();
	for (size_t i = 0; i < pages.count; i++) {
		const struct piece *p = &pages.pieces[i];

		said = ih_arena_printf(arena, "%s%s%zu:%zu-%zu%s", said,
		    i > 0 ? " " : "", p->page + 1, p->from[0], p->to[0],
		    p->again ? "+" : "");
	}
	assert_string_equal(said, expected);
}

static void
a_paragraph_goes_on_on_the_next_page(void **state)
{
	(void)state;
	row_of(25);
	assert_pieces("1:0-10 2:10-20 3:20-25");
}

static void
two_lines_stay_at_the_foot_or_none(void **state)
{
	(void)state;
	row_of(9);
	row_of(4);
	assert_pieces("1:0-9 2:0-4");
}

static void
two_lines_go_to_the_next_page_or_none(void **state)
{
	(void)state;
	row_of(6);
	row_of(5);
	assert_pieces("1:0-6 1:0-3 2:3-5");
}

static void
a_paragraph_of_three_lines_is_not_broken(void **state)
{
	(void)state;
	row_of(8);
	row_of(3);
	assert_pieces("1:0-8 2:0-3");
}

static void
paragraphs_of_a_cell_are_broken_between(void **state)
{
	struct row *row;

	(void)state;
	row = row_of(9);
	add_lines(&row->cells[0], ih_arena_text(arena, "another"), 4);
	assert_pieces("1:0-9 2:9-13");
}

static void
cells_side_by_side_are_broken_each_for_itself(void **state)
{
	struct row *row = flow_add(&flow, arena, 2);

	(void)state;
	add_lines(&row->cells[0], "long", 13);
	add_lines(&row->cells[1], "short", 11);
	assert_pieces("1:0-10 2:10-13");
	assert_int_equal(pages.pieces[0].to[1], 9);
	assert_int_equal(pages.pieces[1].to[1], 11);
	assert_true(pages.pieces[0].begins && !pages.pieces[0].ends);
	assert_true(!pages.pieces[1].begins && pages.pieces[1].ends);
}

static void
a_heading_goes_with_what_follows(void **state)
{
	(void)state;
	row_of(8);
	row_of(1)->keep = true;
	row_of(4);
	assert_pieces("1:0-8 2:0-1 2:0-4");
}

static void
a_chain_of_headings_longer_than_a_page_is_let_go(void **state)
{
	(void)state;
	for (size_t i = 0; i < 12; i++)
		row_of(1)->keep = true;
	set();
	assert_int_equal(pages.pages, 2);
	assert_int_equal(pages.count, 12);
}

static void
a_row_that_stays_whole_goes_to_the_next_page(void **state)
{
	(void)state;
	row_of(5);
	row_of(8)->whole = true;
	assert_pieces("1:0-5 2:0-8");
}

static void
a_row_taller_than_a_page_is_broken_and_leaves_no_page_empty(void **state)
{
	(void)state;
	row_of(12)->whole = true;
	assert_pieces("1:0-10 2:10-12");
}

static void
a_line_taller_than_a_page_stands_alone(void **state)
{
	struct row *row = row_of(1);

	(void)state;
	row->cells[0].lines[0].bottom = 3 * PAGE;
	assert_pieces("1:0-1");
}

static void
a_table_has_its_head_on_each_page(void **state)
{
	struct row *head = row_of(1);

	(void)state;
	head->keep = true;
	for (size_t i = 0; i < 8; i++) {
		struct row *row = row_of(3);

		row->whole = true;
		row->again = head;
	}
	assert_pieces("1:0-1 1:0-3 1:0-3 1:0-3 2:0-1+ 2:0-3 2:0-3 2:0-3 "
		      "3:0-1+ 3:0-3 3:0-3");
}

static void
a_head_of_half_a_page_is_not_set_again(void **state)
{
	struct row *head = row_of(5);

	(void)state;
	row_of(4)->again = head;
	row_of(4)->again = head;
	assert_pieces("1:0-5 1:0-4 2:0-4");
}

static void
space_above_a_row_is_left_out_at_the_head_of_a_page(void **state)
{
	(void)state;
	row_of(10);
	row_of(2)->before = LINE;
	row_of(2)->before = LINE;
	set();
	assert_true(pages.pieces[1].y == 0);
	assert_true(pages.pieces[2].y == 3 * LINE);
}

static void
too_many_pages_are_refused(void **state)
{
	struct ih_error err = { .kind = IH_NONE };

	(void)state;
	row_of(10 * PAGES_MAX);
	assert_true(flow_place(&flow, 0, PAGE, arena, &pages, &err));
	assert_int_equal(pages.pages, PAGES_MAX);
	row_of(1);
	assert_false(flow_place(&flow, 0, PAGE, arena, &pages, &err));
	assert_int_equal(err.kind, IH_INPUT);
	assert_non_null(strstr(err.text, "500 pages"));
}

#define FLOW(function)                                                         \
	cmocka_unit_test_setup_teardown(function, open_page, close_page)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		FLOW(a_paragraph_goes_on_on_the_next_page),
		FLOW(two_lines_stay_at_the_foot_or_none),
		FLOW(two_lines_go_to_the_next_page_or_none),
		FLOW(a_paragraph_of_three_lines_is_not_broken),
		FLOW(paragraphs_of_a_cell_are_broken_between),
		FLOW(cells_side_by_side_are_broken_each_for_itself),
		FLOW(a_heading_goes_with_what_follows),
		FLOW(a_chain_of_headings_longer_than_a_page_is_let_go),
		FLOW(a_row_that_stays_whole_goes_to_the_next_page),
		FLOW(
		    a_row_taller_than_a_page_is_broken_and_leaves_no_page_empty),
		FLOW(a_line_taller_than_a_page_stands_alone),
		FLOW(a_table_has_its_head_on_each_page),
		FLOW(a_head_of_half_a_page_is_not_set_again),
		FLOW(space_above_a_row_is_left_out_at_the_head_of_a_page),
		FLOW(too_many_pages_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
