/* This is where a container is signed over, and its signatures are read. */
#include "ihala/signature.h"

#include <openssl/evp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ihala/digest.h"
#include "ihala/element.h"
#include "ihala/node.h"
#include "ihala/xml.h"
#include "refusal.h"
#include "signed.h"
#include "written.h"

#define ASIC "http://uri.etsi.org/02918/v1.2.1#"
#define DSIG "http://www.w3.org/2000/09/xmldsig#"
#define SHA256 "http://www.w3.org/2001/04/xmlenc#sha256"

enum {
	BASE64 = 45, /* a SHA-256, with the NUL */
	MEDIA = 80   /* bytes; the schema's, too */
};

static const struct signed_codes codes = { "E_SIG_SHAPE", "E_ALG",
	"E_SIGCERT" };

void
ih_manifest_name(int number, char name[static IH_SIGNATURE_NAME])
{
	snprintf(name, IH_SIGNATURE_NAME, "META-INF/ASiCManifest%03d.xml",
	    number % 1000);
}

void
ih_signature_name(int number, char name[static IH_SIGNATURE_NAME])
{
	snprintf(name, IH_SIGNATURE_NAME, "META-INF/signature%03d.p7s",
	    number % 1000);
}

static void
digest_base64(const struct ih_part_of *part, char text[static BASE64])
{
	unsigned char digest[IH_DIGEST], base64[BASE64];

	ih_digest(part->bytes, part->size, digest);
	EVP_EncodeBlock(base64, digest, sizeof digest);
	memcpy(text, base64, BASE64);
}

static void
put_reference(struct ih_writer *w, const struct ih_part_of *part)
{
	char digest[BASE64];

	digest_base64(part, digest);
	ih_open(w, "asic:DataObjectReference");
	ih_put(w, "URI", part->name);
	ih_put_if(w, "MimeType", part->media);
	ih_open(w, "ds:DigestMethod");
	ih_put(w, "Algorithm", SHA256);
	ih_close(w);
	ih_leaf(w, "ds:DigestValue", digest);
	ih_close(w);
}

struct ih_buffer *
ih_manifest_write(int number, const struct ih_part_of parts[], size_t count,
    struct ih_error *err)
{
	IH_OWNED(ih_buffer) out = ih_buffer_new();
	struct ih_writer w = ih_write_to(out);
	char name[IH_SIGNATURE_NAME];

	ih_signature_name(number, name);
	ih_open(&w, "asic:ASiCManifest");
	ih_put(&w, "xmlns:asic", ASIC);
	ih_put(&w, "xmlns:ds", DSIG);
	ih_open(&w, "asic:SigReference");
	ih_put(&w, "URI", name);
	ih_put(&w, "MimeType", "application/pkcs7-signature");
	ih_close(&w);
	for (size_t i = 0; i < count; i++)
		put_reference(&w, &parts[i]);
	ih_close(&w);
	if (!ih_write_end(&w, err))
		return NULL;
	return IH_GIVE(out);
}

struct ih_buffer *
ih_manifest_again(const struct ih_buffer *first, int number)
{
	struct ih_buffer *out = ih_buffer_copy(first->data, first->size);
	char one[IH_SIGNATURE_NAME], name[IH_SIGNATURE_NAME];
	char *at;

	ih_signature_name(1, one);
	ih_signature_name(number, name);
	at = strstr((char *)out->data, one);
	if (at != NULL)
		memcpy(at, name, strlen(name));
	return out;
}

/* ---- reading */

static bool
is_data(const struct ih_part_of *part)
{
	return strncmp(part->name, "META-INF/", 9) != 0;
}

static bool
refuse(struct ih_error *err, enum ih_kind kind, const char *code, int number,
    const char *why)
{
	return ih_fail_code(err, kind, code, "manifest %d: %s", number, why);
}

static bool
same_digest(xmlNode *reference, const struct ih_part_of *part,
    struct ih_arena *arena)
{
	/* The schema has put the value last, in a namespace that is not the
	 * parent's. */
	const xmlNode *value = xmlLastElementChild(reference);
	char expected[BASE64];

	digest_base64(part, expected);
	return value != NULL && strcmp(ih_text_of(arena, value), expected) == 0;
}

static bool
check_reference(xmlNode *reference, int number,
    const struct ih_container *container, bool found[], struct ih_arena *arena,
    struct ih_error *err)
{
	const struct ih_part_of *part =
	    ih_container_part(container, ih_attr(reference, "URI"));

	if (part == NULL || !is_data(part))
		return refuse(err, IH_INPUT, "E_REF_SET", number,
		    "it names a file that is not there");
	if (found[part - container->parts])
		return refuse(err, IH_INPUT, "E_REF_SET", number,
		    "it names a file twice");
	found[part - container->parts] = true;
	if (!same_digest(reference, part, arena))
		return refuse(err, IH_TRUST, "E_DIGEST", number,
		    "a file is not the one that was signed");
	return true;
}

bool
ih_manifest_from(const xmlDoc *doc, int number,
    const struct ih_container *container, struct ih_error *err)
{
	bool found[IH_CONTAINER_ENTRIES] = { false };
	IH_OWNED(ih_arena) arena = ih_arena_new();
	const xmlNode *root = xmlDocGetRootElement(doc);
	const xmlNode *signature = ih_child(root, NULL);
	char name[IH_SIGNATURE_NAME];

	ih_signature_name(number, name);
	if (strcmp(ih_attr(signature, "URI"), name) != 0)
		return refuse(err, IH_INPUT, "E_MANIFEST", number,
		    "it belongs to another signature");
	for (xmlNode *r = ih_next(signature, NULL); r != NULL;
	     r = ih_next(r, NULL))
		if (!check_reference(r, number, container, found, arena, err))
			return false;
	for (size_t i = 0; i < container->count; i++)
		if (is_data(&container->parts[i]) && !found[i])
			return refuse(err, IH_INPUT, "E_REF_SET", number,
			    "a file is there that was not signed");
	return true;
}

static const char *
find(const char *at, const char *end, const char *text)
{
	return memmem(at, (size_t)(end - at), text, strlen(text));
}

/* Where a manifest names its signature; NULL where that cannot be told
 * without parsing it: an entity or a comment may hold the name, too, or it
 * stands there twice. */
static const char *
find_own_name(const struct ih_part_of *manifest, const char *name)
{
	const char *bytes = manifest->bytes, *end = bytes + manifest->size;
	const char *at = find(bytes, end, name);

	if (at == NULL || find(at + 1, end, name) != NULL ||
	    memchr(bytes, '&', manifest->size) != NULL ||
	    memchr(bytes, '!', manifest->size) != NULL)
		return NULL;
	return at;
}

bool
ih_manifest_repeats(int number, const struct ih_container *container)
{
	char name[IH_SIGNATURE_NAME], one[IH_SIGNATURE_NAME];
	const struct ih_part_of *first, *part;
	const char *at, *its;
	size_t before, length;

	ih_manifest_name(1, name);
	first = ih_container_part(container, name);
	ih_manifest_name(number, name);
	part = ih_container_part(container, name);
	if (first == NULL || part == NULL || first->size != part->size)
		return false;
	ih_signature_name(1, one);
	ih_signature_name(number, name);
	at = find_own_name(first, one);
	if (at == NULL)
		return false;
	before = (size_t)(at - (const char *)first->bytes);
	its = (const char *)part->bytes + before;
	length = strlen(name);
	return memcmp(part->bytes, first->bytes, before) == 0 &&
	       memcmp(its, name, length) == 0 &&
	       memcmp(its + length, at + length,
		   part->size - before - length) == 0;
}

/* The files that a manifest names, as they are in the container; a media type
 * is no longer than the schema has it.  0: not all of them, or one twice. */
static size_t
list_written(struct written from, const struct ih_container *container,
    struct ih_part_of parts[static IH_CONTAINER_ENTRIES])
{
	bool found[IH_CONTAINER_ENTRIES] = { false };
	size_t count = 0, files = 0;
	const char *name, *media;

	for (size_t i = 0; i < container->count; i++)
		files += is_data(&container->parts[i]);
	while ((name = written_value(&from, "<asic:DataObjectReference URI=\"",
		    '"')) != NULL) {
		const struct ih_part_of *part =
		    ih_container_part(container, name);

		media = written_value(&from, " MimeType=\"", '"');
		if (part == NULL || !is_data(part) ||
		    found[part - container->parts] || media == NULL ||
		    strlen(media) > MEDIA)
			return 0;
		found[part - container->parts] = true;
		parts[count++] = (struct ih_part_of){ part->name, media,
			part->bytes, part->size };
	}
	return count == files ? count : 0;
}

bool
ih_manifest_as_written(int number, const struct ih_container *container)
{
	struct ih_part_of parts[IH_CONTAINER_ENTRIES];
	IH_OWNED(ih_arena) arena = ih_arena_new();
	struct ih_error unasked = { 0 };
	char name[IH_SIGNATURE_NAME];
	const struct ih_part_of *part;
	size_t count = 0;

	ih_manifest_name(number, name);
	part = ih_container_part(container, name);
	if (part != NULL)
		count = list_written(written_of(part->bytes, part->size, arena),
		    container, parts);
	if (count == 0)
		return false;
	IH_OWNED(ih_buffer)
	anew = ih_manifest_write(number, parts, count, &unasked);
	return written_so(anew, part->bytes, part->size);
}

bool
ih_manifest_check(const struct ih_forms *forms, int number,
    const struct ih_container *container, struct ih_error *err)
{
	char name[IH_SIGNATURE_NAME];
	const struct ih_part_of *part;

	if (ih_manifest_as_written(number, container))
		return true;
	ih_manifest_name(number, name);
	part = ih_container_part(container, name);
	if (part == NULL)
		return refuse(err, IH_INPUT, "E_MANIFEST", number,
		    "it is not there");
	IH_OWNED(xmlDoc) doc = ih_schema_admit(forms->manifest, name,
	    part->bytes, part->size, err);
	if (doc == NULL) {
		struct ih_error inner = *err;

		return ih_fail_code(err, IH_INPUT, "E_MANIFEST", "%s",
		    inner.text);
	}
	return ih_manifest_from(doc, number, container, err);
}

struct ih_buffer *
ih_signature_make(const struct ih_pair *signer, const void *bytes, size_t size,
    int64_t at, struct ih_error *err)
{
	return signed_make(signer, bytes, size, false, at, err);
}

bool
ih_signature_view(const void *signature, size_t size, struct signed_view *view,
    struct ih_error *err)
{
	if (size > IH_SIGNATURE_MAX)
		return ih_fail_code(err, IH_INPUT, codes.shape,
		    "signature: too large");
	return signed_screen(signature, size, false, &codes, view, err);
}

bool
ih_signature_screen(const void *signature, size_t size, struct ih_error *err)
{
	struct signed_view view = { 0 };

	return ih_signature_view(signature, size, &view, err);
}

static bool
is_certificate(X509 *certificate, struct der der)
{
	unsigned char *own = NULL;
	int size = i2d_X509(certificate, &own);
	bool same = size > 0 && der_same(der, der_of(own, (size_t)size));

	OPENSSL_free(own);
	return same;
}

int
ih_signature_signer(const void *signature, size_t size,
    X509 *const candidates[], size_t count, struct ih_error *err)
{
	struct signed_view view = { 0 };

	if (!ih_signature_view(signature, size, &view, err))
		return -1;
	for (size_t i = 0; i < count; i++)
		if (is_certificate(candidates[i], view.certificate))
			return (int)i;
	ih_fail_code(err, IH_TRUST, "E_SIGNER_UNKNOWN",
	    "signature: its certificate is in no trust list that is held");
	return -1;
}

bool
ih_signature_verify(const void *signature, size_t signature_size,
    const void *bytes, size_t size, X509 *certificate, struct ih_error *err)
{
	struct signed_view view = { 0 };

	if (!ih_signature_view(signature, signature_size, &view, err))
		return false;
	if (!is_certificate(certificate, view.certificate) ||
	    !signed_holds(&view, der_of(bytes, size), certificate))
		return ih_fail_code(err, IH_TRUST, "E_SIGNATURE",
		    "signature: it does not hold");
	return true;
}
