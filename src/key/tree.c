/* This is where a growing list gets one digest. */
#include "ihala/tree.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ihala/buffer.h"

static struct ih_hash
node(const struct ih_hash *left, const struct ih_hash *right)
{
	unsigned char bytes[1 + 2 * IH_DIGEST] = { 0x01 };
	struct ih_hash hash = { 0 };

	memcpy(bytes + 1, left->bytes, IH_DIGEST);
	memcpy(bytes + 1 + IH_DIGEST, right->bytes, IH_DIGEST);
	ih_digest(bytes, sizeof bytes, hash.bytes);
	return hash;
}

struct ih_hash
ih_tree_leaf(const void *entry, size_t size)
{
	IH_OWNED(ih_buffer) bytes = ih_buffer_copy("\0", 1);
	struct ih_hash hash = { 0 };

	ih_buffer_add(bytes, entry, size);
	ih_digest(bytes->data, bytes->size, hash.bytes);
	return hash;
}

size_t
ih_tree_fulls(uint64_t size)
{
	size_t count = 0;

	for (; size != 0; size &= size - 1)
		count++;
	return count;
}

void
ih_tree_add(struct ih_tree *tree, struct ih_hash leaf)
{
	size_t fulls = ih_tree_fulls(tree->size);

	/* Each low bit that is set is a full subtree this leaf completes. */
	for (uint64_t bits = tree->size; (bits & 1) != 0; bits >>= 1)
		leaf = node(&tree->full[--fulls], &leaf);
	tree->full[fulls] = leaf;
	tree->size++;
}

struct ih_hash
ih_tree_root(const struct ih_tree *tree)
{
	size_t fulls = ih_tree_fulls(tree->size);
	struct ih_hash root = { 0 };

	if (fulls == 0) {
		ih_digest("", 0, root.bytes);
		return root;
	}
	root = tree->full[--fulls];
	while (fulls > 0)
		root = node(&tree->full[--fulls], &root);
	return root;
}

bool
ih_hash_is(const struct ih_hash *a, const struct ih_hash *b)
{
	return memcmp(a->bytes, b->bytes, IH_DIGEST) == 0;
}

static struct ih_hash
root_of(const struct ih_hash *leaves, size_t count)
{
	struct ih_tree tree = { 0 };

	for (size_t i = 0; i < count; i++)
		ih_tree_add(&tree, leaves[i]);
	return ih_tree_root(&tree);
}

/* The largest power of two below COUNT (at least 2). */
static size_t
split(size_t count)
{
	size_t k = 1;

	while (k < count - k)
		k *= 2;
	return k;
}

/* PATH(m, D[n]) of RFC 9162, section 2.1.3.1, from the root down; the proof
 * wants it from the leaf up. */
struct ih_proof
ih_tree_inclusion(const struct ih_hash *leaves, size_t count, size_t at)
{
	struct ih_hash down[IH_TREE_HEIGHT] = { 0 };
	struct ih_proof proof = { 0 };
	size_t depth = 0;

	while (count > 1) {
		size_t k = split(count);

		if (at < k) {
			down[depth++] = root_of(leaves + k, count - k);
			count = k;
		} else {
			down[depth++] = root_of(leaves, k);
			leaves += k;
			at -= k;
			count -= k;
		}
	}
	while (depth > 0)
		proof.path[proof.count++] = down[--depth];
	return proof;
}

/* RFC 9162, section 2.1.3.2. */
bool
ih_tree_includes(const struct ih_proof *proof, struct ih_hash leaf, uint64_t at,
    uint64_t size, struct ih_hash root)
{
	uint64_t fn = at, sn = size - 1;

	if (at >= size)
		return false;
	for (size_t i = 0; i < proof->count; i++) {
		if (sn == 0)
			return false;
		if ((fn & 1) != 0 || fn == sn) {
			leaf = node(&proof->path[i], &leaf);
			while ((fn & 1) == 0 && fn != 0) {
				fn >>= 1;
				sn >>= 1;
			}
		} else {
			leaf = node(&leaf, &proof->path[i]);
		}
		fn >>= 1;
		sn >>= 1;
	}
	return sn == 0 && ih_hash_is(&leaf, &root);
}

/* SUBPROOF(m, D[n], b) of RFC 9162, section 2.1.4.1, from the root down. */
struct ih_proof
ih_tree_consistency(const struct ih_hash *leaves, size_t count, size_t old)
{
	struct ih_hash down[IH_TREE_HEIGHT + 1] = { 0 };
	struct ih_proof proof = { 0 };
	size_t depth = 0;
	bool whole = true; /* the old tree itself is known to the reader */

	while (old != count) {
		size_t k = split(count);

		if (old <= k) {
			down[depth++] = root_of(leaves + k, count - k);
			count = k;
		} else {
			down[depth++] = root_of(leaves, k);
			leaves += k;
			old -= k;
			count -= k;
			whole = false;
		}
	}
	if (!whole)
		down[depth++] = root_of(leaves, count);
	while (depth > 0)
		proof.path[proof.count++] = down[--depth];
	return proof;
}

/* RFC 9162, section 2.1.4.2. */
bool
ih_tree_extends(const struct ih_proof *proof, uint64_t old_size,
    struct ih_hash old_root, uint64_t new_size, struct ih_hash new_root)
{
	uint64_t fn = old_size - 1, sn = new_size - 1;
	struct ih_hash fr, sr;
	size_t i = 0;

	if (old_size == 0 || old_size > new_size)
		return false;
	if (old_size == new_size)
		return proof->count == 0 && ih_hash_is(&old_root, &new_root);
	while ((fn & 1) != 0) {
		fn >>= 1;
		sn >>= 1;
	}
	/* A power of two: the old root is the first node of the path. */
	if (fn == 0)
		fr = sr = old_root;
	else if (proof->count == 0)
		return false;
	else
		fr = sr = proof->path[i++];
	for (; i < proof->count; i++) {
		if (sn == 0)
			return false;
		if ((fn & 1) != 0 || fn == sn) {
			fr = node(&proof->path[i], &fr);
			sr = node(&proof->path[i], &sr);
			while ((fn & 1) == 0 && fn != 0) {
				fn >>= 1;
				sn >>= 1;
			}
		} else {
			sr = node(&sr, &proof->path[i]);
		}
		fn >>= 1;
		sn >>= 1;
	}
	return sn == 0 && ih_hash_is(&fr, &old_root) &&
	       ih_hash_is(&sr, &new_root);
}

void
ih_hash_text(const struct ih_hash *hash, char text[static IH_DIGEST_TEXT])
{
	ih_digest_hex(hash->bytes, text);
}

bool
ih_hash_parse(const char *text, struct ih_hash *hash)
{
	if (strspn(text, "0123456789abcdef") != 2 * (size_t)IH_DIGEST ||
	    text[2 * (size_t)IH_DIGEST] != '\0')
		return false;
	for (size_t i = 0; i < IH_DIGEST; i++) {
		const char two[3] = { text[2 * i], text[2 * i + 1], '\0' };

		hash->bytes[i] = (unsigned char)strtoul(two, NULL, 16);
	}
	return true;
}
