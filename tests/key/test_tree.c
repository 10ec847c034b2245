#include "test.h"

#include <stdio.h>
#include <string.h>

#include "hex.h"
#include "ihala/tree.h"

enum { MOST = 40 };

/* The leaves and roots of Google's Certificate Transparency test data, which
 * RFC 9162 hashing must give too. */
static const struct {
	const char *leaf, *root; /* of the tree that ends with this leaf */
} published[] = {
	{ "", "6e340b9cffb37a989ca544e6bb780a2c"
	      "78901d3fb33738768511a30617afa01d" },
	{ "00", "fac54203e7cc696cf0dfcb42c92a1d9d"
		"baf70ad9e621f4bd8d98662f00e3c125" },
	{ "10", "aeb6bcfe274b70a14fb067a5e5578264"
		"db0fa9b51af5e0ba159158f329e06e77" },
	{ "2021", "d37ee418976dd95753c1c73862b9398f"
		  "a2a2cf9b4ff0fdfe8b30cd95209614b7" },
	{ "3031", "4e3bbb1f7b478dcfe71fb631631519a3"
		  "bca12c9aefca1612bfce4c13a86264d4" },
	{ "40414243", "76e67dadbcdf1e10e1b74ddc608abd2f"
		      "98dfb16fbce75277b5232a127f2087ef" },
	{ "5051525354555657", "ddb89be403809e325750d3d263cd7892"
			      "9c2942b7942a34b77e122c9594a74c8c" },
	{ "606162636465666768696a6b6c6d6e6f",
	    "5dc9da79a70659a9ad559cb701ded9a2"
	    "ab9d823aad2f4960cfe370eff4604328" },
};

static void
has_the_published_roots(void **state)
{
	struct ih_tree tree = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof published / sizeof published[0]; i++) {
		IH_OWNED(ih_buffer) leaf = unhex(published[i].leaf);
		IH_OWNED(ih_buffer) wanted = unhex(published[i].root);

		ih_tree_add(&tree, ih_tree_leaf(leaf->data, leaf->size));
		assert_memory_equal(ih_tree_root(&tree).bytes, wanted->data,
		    IH_DIGEST);
	}
}

static void
has_the_digest_of_nothing_as_its_first_root(void **state)
{
	struct ih_tree tree = { 0 };
	char text[IH_DIGEST_TEXT], empty[IH_DIGEST_TEXT];
	struct ih_hash root = ih_tree_root(&tree);

	(void)state;
	ih_hash_text(&root, text);
	ih_digest_text("", 0, empty);
	assert_string_equal(text, empty);
}

static struct ih_hash leaves[MOST], roots[MOST + 1];

static int
grow(void **state)
{
	struct ih_tree tree = { 0 };

	(void)state;
	roots[0] = ih_tree_root(&tree);
	for (int i = 0; i < MOST; i++) {
		char text[16];

		snprintf(text, sizeof text, "entry %d", i);
		leaves[i] = ih_tree_leaf(text, strlen(text));
		ih_tree_add(&tree, leaves[i]);
		roots[i + 1] = ih_tree_root(&tree);
	}
	return 0;
}

static void
proves_each_leaf_at_its_place_and_nowhere_else(void **state)
{
	(void)state;
	for (size_t size = 1; size <= MOST; size++)
		for (size_t at = 0; at < size; at++) {
			struct ih_proof proof =
			    ih_tree_inclusion(leaves, size, at);

			assert_true(ih_tree_includes(&proof, leaves[at], at,
			    size, roots[size]));
			assert_false(ih_tree_includes(&proof, leaves[at],
			    at + 1, size, roots[size]));
			assert_false(ih_tree_includes(&proof,
			    leaves[(at + 1) % MOST], at, size, roots[size]));
			assert_false(ih_tree_includes(&proof, leaves[at], at,
			    size, roots[size - 1]));
		}
}

static void
proves_each_beginning_and_no_other(void **state)
{
	(void)state;
	for (size_t size = 1; size <= MOST; size++)
		for (size_t old = 1; old <= size; old++) {
			struct ih_proof proof =
			    ih_tree_consistency(leaves, size, old);

			assert_true(ih_tree_extends(&proof, old, roots[old],
			    size, roots[size]));
			assert_false(ih_tree_extends(&proof, old,
			    roots[old - 1], size, roots[size]));
			if (old < size)
				assert_false(ih_tree_extends(&proof, old,
				    roots[old], size, roots[size - 1]));
		}
}

static void
refuses_a_changed_cut_or_longer_proof(void **state)
{
	struct ih_proof proof = ih_tree_inclusion(leaves, 21, 13);
	struct ih_proof grown = ih_tree_consistency(leaves, 21, 13);

	(void)state;
	for (size_t i = 0; i < proof.count; i++) {
		proof.path[i].bytes[i] ^= 1;
		assert_false(
		    ih_tree_includes(&proof, leaves[13], 13, 21, roots[21]));
		proof.path[i].bytes[i] ^= 1;
	}
	for (size_t i = 0; i < grown.count; i++) {
		grown.path[i].bytes[i] ^= 1;
		assert_false(
		    ih_tree_extends(&grown, 13, roots[13], 21, roots[21]));
		grown.path[i].bytes[i] ^= 1;
	}
	for (size_t count = 0; count <= proof.count + 1; count++) {
		struct ih_proof other = proof;

		other.count = count;
		assert_int_equal(ih_tree_includes(&other, leaves[13], 13, 21,
				     roots[21]),
		    count == proof.count);
	}
	assert_false(ih_tree_includes(&proof, leaves[13], 13, 0, roots[21]));
	assert_false(ih_tree_extends(&grown, 0, roots[0], 21, roots[21]));
}

static void
reads_back_a_hash_it_wrote_and_nothing_else(void **state)
{
	char text[IH_DIGEST_TEXT];
	struct ih_hash again;

	(void)state;
	ih_hash_text(&roots[7], text);
	assert_true(ih_hash_parse(text, &again));
	assert_true(ih_hash_is(&roots[7], &again));
	text[3] = 'G';
	assert_false(ih_hash_parse(text, &again));
	assert_false(ih_hash_parse("ab", &again));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(has_the_published_roots),
		TEST(has_the_digest_of_nothing_as_its_first_root),
		TEST(proves_each_leaf_at_its_place_and_nowhere_else),
		TEST(proves_each_beginning_and_no_other),
		TEST(refuses_a_changed_cut_or_longer_proof),
		TEST(reads_back_a_hash_it_wrote_and_nothing_else),
	};

	return cmocka_run_group_tests(tests, grow, NULL);
}
