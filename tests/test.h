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

#include <cmocka.h>

#define TEST(function) cmocka_unit_test(function)

#endif
