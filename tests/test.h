/*
 * test.h - what every test file needs, in the order cmocka wants it.
 *
 * A test is a sentence: TEST(refuses_one_changed_bit).
 */
#ifndef IHALA_TEST_H
#define IHALA_TEST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#define TEST(function) cmocka_unit_test(function)

/*
 * One in so many of a long series is enough where a checker makes each a
 * hundred times as long and looks for the same in all: `make asan`, `make
 * valgrind` and `make coverage` set IHALA_FEW.
 */
static inline unsigned
one_in(unsigned many)
{
	return getenv("IHALA_FEW") == NULL ? 1 : many;
}

#endif
