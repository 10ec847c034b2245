/*
 * tree.h - one digest for a list that only grows, and short proofs about it.
 *
 * A Merkle tree: a leaf is SHA-256(0x00, entry), a node SHA-256(0x01, left,
 * right), the root of nothing SHA-256().  Growing by one leaf needs only the
 * roots of the full subtrees, one for each bit of the size.  An inclusion
 * proof shows that an entry is at its place; a consistency proof shows that
 * an older tree is the beginning of a newer one.
 *
 * Source: RFC 9162 section 2.1.
 */
#ifndef IHALA_TREE_H
#define IHALA_TREE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ihala/digest.h"

enum { IH_TREE_HEIGHT = 48 }; /* nobody lives to see 2^48 entries */

struct ih_hash {
	unsigned char bytes[IH_DIGEST];
};

struct ih_tree {
	uint64_t size;                       /* leaves */
	struct ih_hash full[IH_TREE_HEIGHT]; /* roots, the largest first */
};

struct ih_hash ih_tree_leaf(const void *entry, size_t size);

/* How many roots of full subtrees a tree of SIZE leaves has. */
size_t ih_tree_fulls(uint64_t size);

/* One more leaf.  A tree starts as { 0 }. */
void ih_tree_add(struct ih_tree *tree, struct ih_hash leaf);
struct ih_hash ih_tree_root(const struct ih_tree *tree);
/* Lower-case hexadecimal; and back, false if TEXT is not 64 hex digits. */
void ih_hash_text(const struct ih_hash *hash, char text[static IH_DIGEST_TEXT]);
bool ih_hash_parse(const char *text, struct ih_hash *hash);
bool ih_hash_is(const struct ih_hash *a, const struct ih_hash *b);

struct ih_proof {
	size_t count;
	struct ih_hash path[2 * IH_TREE_HEIGHT];
};

/* That leaf AT (counted from 0) of COUNT is where it is; AT < COUNT. */
struct ih_proof
ih_tree_inclusion(const struct ih_hash *leaves, size_t count, size_t at);
bool ih_tree_includes(const struct ih_proof *proof, struct ih_hash leaf,
    uint64_t at, uint64_t size, struct ih_hash root);

/* That the first OLD leaves of COUNT had a root of their own;
 * 0 < OLD <= COUNT. */
struct ih_proof
ih_tree_consistency(const struct ih_hash *leaves, size_t count, size_t old);
bool ih_tree_extends(const struct ih_proof *proof, uint64_t old_size,
    struct ih_hash old_root, uint64_t new_size, struct ih_hash new_root);

#endif
