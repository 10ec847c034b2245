#include "test.h"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <stdio.h>
#include <string.h>

#include "ihala/arena.h"
#include "ihala/file.h"
#include "ihala/formkey.h"

#define CLEAR "<data id='rapid' version='1.0.0'>Personne Exemple</data>"
#define INSTANCE "uuid:00000000-0000-4000-8000-000000000001"

static struct ih_office *office, *other;
static uint64_t seed = 7;
static struct ih_world world;

static int
start(void **state)
{
	struct ih_error err = { 0 };

	(void)state;
	world = ih_world_fixed(1767268800, &seed);
	office = ih_office_new_as("MA", IH_KEY_RSA, 1, &world, &err);
	other = ih_office_new_as("MA", IH_KEY_RSA, 1, &world, &err);
	return office == NULL || other == NULL;
}

static int
end(void **state)
{
	(void)state;
	ih_office_free(office);
	ih_office_free(other);
	return 0;
}

/* ---- a client, after the specification */

static char *
sent_to(EVP_PKEY *key, const EVP_MD *mask, const void *bytes, size_t size,
    struct ih_arena *arena)
{
	unsigned char sealed[1024];
	char text[2048];
	size_t got = sizeof sealed;
	EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new(key, NULL);

	assert_int_equal(EVP_PKEY_encrypt_init(ctx), 1);
	EVP_PKEY_CTX_set_rsa_padding(ctx, RSA_PKCS1_OAEP_PADDING);
	EVP_PKEY_CTX_set_rsa_oaep_md(ctx, EVP_sha256());
	EVP_PKEY_CTX_set_rsa_mgf1_md(ctx, mask);
	assert_int_equal(EVP_PKEY_encrypt(ctx, sealed, &got, bytes, size), 1);
	EVP_PKEY_CTX_free(ctx);
	EVP_EncodeBlock((unsigned char *)text, sealed, (int)got);
	return ih_arena_text(arena, text);
}

static void
md5(const void *bytes, size_t size, unsigned char digest[static 16])
{
	EVP_Digest(bytes, size, digest, NULL, EVP_md5(), NULL);
}

static size_t
encrypt(const unsigned char key[static 32], unsigned char *out)
{
	unsigned char nonce[16], in[256];
	char both[128];
	size_t size = strlen(CLEAR), pad = 16 - size % 16;
	int got = 0;
	EVP_CIPHER_CTX *ctx = EVP_CIPHER_CTX_new();

	memcpy(both, INSTANCE, strlen(INSTANCE));
	memcpy(both + strlen(INSTANCE), key, 32);
	md5(both, strlen(INSTANCE) + 32, nonce);
	nonce[0]++;
	memcpy(in, CLEAR, size);
	memset(in + size, (int)pad, pad);
	EVP_EncryptInit(ctx, EVP_aes_256_cfb128(), key, nonce);
	EVP_EncryptUpdate(ctx, out, &got, in, (int)(size + pad));
	EVP_CIPHER_CTX_free(ctx);
	return (size_t)got;
}

static struct ih_odk_sealed
seal(const EVP_MD *mask, unsigned char bytes[static 256],
    struct ih_arena *arena)
{
	EVP_PKEY *key = office->pair[IH_USE_SEALING].key;
	const unsigned char aes[32] = "an invented key of thirty-two b";
	unsigned char digest[16];
	char hex[33];
	struct ih_odk_sealed sealed = { .form = "rapid",
		.version = "1.0.0",
		.key = sent_to(key, mask, aes, sizeof aes, arena),
		.instance = INSTANCE,
		.bytes = bytes,
		.size = encrypt(aes, bytes) };

	md5(CLEAR, strlen(CLEAR), digest);
	for (size_t i = 0; i < 16; i++)
		snprintf(hex + 2 * i, 3, "%02x", digest[i]);
	const char *lines = ih_arena_printf(arena,
	    "rapid\n1.0.0\n%s\n" INSTANCE "\nsubmission.xml::%s\n", sealed.key,
	    hex);
	md5(lines, strlen(lines), digest);
	sealed.signature = sent_to(key, mask, digest, sizeof digest, arena);
	return sealed;
}

static struct ih_buffer *
open_by(const struct ih_odk_sealed *sealed, const struct ih_office *by,
    struct ih_error *err)
{
	const struct ih_pair *pairs[] = { &other->pair[IH_USE_SEALING],
		&by->pair[IH_USE_SEALING] };

	return ih_odk_open(sealed, pairs, 2, err);
}

static void
opens_what_clients_seal_with_either_mask(void **state)
{
	const EVP_MD *masks[] = { EVP_sha256(), EVP_sha1() };

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		struct ih_error err = { 0 };
		unsigned char bytes[256];
		IH_OWNED(ih_arena) arena = ih_arena_new();
		struct ih_odk_sealed sealed = seal(masks[i], bytes, arena);
		IH_OWNED(ih_buffer) clear = open_by(&sealed, office, &err);

		if (clear == NULL)
			fail_msg("%s", err.code);
		assert_string_equal((char *)clear->data, CLEAR);
	}
}

static void
refuses_each_changed_byte_and_each_end_that_is_cut_off(void **state)
{
	unsigned char bytes[256];
	IH_OWNED(ih_arena) arena = ih_arena_new();
	struct ih_odk_sealed sealed = seal(EVP_sha256(), bytes, arena);
	size_t whole = sealed.size;

	(void)state;
	for (size_t i = 0; i < whole; i++) {
		struct ih_error err = { 0 };

		bytes[i] ^= 1;
		assert_null(open_by(&sealed, office, &err));
		assert_string_equal(err.code, "E_ODK_ALTERED");
		bytes[i] ^= 1;
	}
	for (sealed.size = 0; sealed.size < whole; sealed.size++) {
		struct ih_error err = { 0 };

		assert_null(open_by(&sealed, office, &err));
		assert_string_equal(err.code, "E_ODK_ALTERED");
	}
}

static void
refuses_another_form_another_id_and_a_key_that_is_not_here(void **state)
{
	static const struct {
		const char *form, *version, *instance, *key, *code;
	} rows[] = {
		{ "adult", "1.0.0", INSTANCE, NULL, "E_ODK_ALTERED" },
		{ "rapid", "1.0.1", INSTANCE, NULL, "E_ODK_ALTERED" },
		{ "rapid", "", INSTANCE, NULL, "E_ODK_ALTERED" },
		{ "rapid", "1.0.0", "uuid:2", NULL, "E_ODK_ALTERED" },
		{ "rapid", "1.0.0", INSTANCE, "AAAA", "E_ODK_KEY" },
		{ "rapid", "1.0.0", INSTANCE, "", "E_ODK_KEY" },
		{ "rapid", "1.0.0", INSTANCE, "not base64 at all!",
		    "E_ODK_KEY" },
	};
	unsigned char bytes[256];
	IH_OWNED(ih_arena) arena = ih_arena_new();
	struct ih_odk_sealed sealed = seal(EVP_sha256(), bytes, arena);

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct ih_error err = { 0 };
		struct ih_odk_sealed bent = sealed;

		bent.form = rows[i].form;
		bent.version = rows[i].version;
		bent.instance = rows[i].instance;
		bent.key = rows[i].key != NULL ? rows[i].key : sealed.key;
		assert_null(open_by(&bent, office, &err));
		assert_string_equal(err.code, rows[i].code);
	}
	struct ih_error err = { 0 };
	assert_null(open_by(&sealed, other, &err));
	assert_string_equal(err.code, "E_ODK_KEY");
}

/* ---- what Enketo's own encryptor.js sealed to tests/key/enketo/key.pem: as it
 * was until August 2025 ("units"), and since ("bytes") */

static char *
between(const char *xml, const char *from, const char *to,
    struct ih_arena *arena)
{
	const char *start = strstr(xml, from) + strlen(from);

	return ih_arena_printf(arena, "%.*s", (int)(strstr(start, to) - start),
	    start);
}

static struct ih_buffer *
enketo(const char *name, struct ih_arena *arena)
{
	struct ih_error err = { 0 };
	struct ih_buffer *file =
	    ih_file_read(ih_arena_printf(arena, "tests/key/enketo/%s", name),
		1 << 16, &err);

	assert_non_null(file);
	return file;
}

static EVP_PKEY *
enketo_key(void)
{
	FILE *file = fopen("tests/key/enketo/key.pem", "r");
	EVP_PKEY *key = PEM_read_PrivateKey(file, NULL, NULL, NULL);

	fclose(file);
	assert_non_null(key);
	return key;
}

static struct ih_odk_sealed
by_enketo(const char *xml, struct ih_buffer *bytes, struct ih_arena *arena)
{
	return (struct ih_odk_sealed){ .form = "rapid",
		.version = "1.0.0",
		.key = between(xml, "<base64EncryptedKey>", "<", arena),
		.instance = between(xml, "<instanceID>", "<", arena),
		.signature = between(xml, "<base64EncryptedElementSignature>",
		    "<", arena),
		.bytes = bytes->data,
		.size = bytes->size };
}

static void
opens_what_enketo_sealed_byte_for_byte_and_nothing_that_was_bent(void **state)
{
	static const char *const sealed_by[] = { "units", "bytes" };
	struct ih_pair pair = { .key = enketo_key() };
	const struct ih_pair *pairs[] = { &pair };

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		IH_OWNED(ih_arena) arena = ih_arena_new();
		const char *name = sealed_by[i];
		struct ih_error err = { 0 };
		IH_OWNED(ih_buffer) clear = enketo("clear.xml", arena);
		IH_OWNED(ih_buffer) manifest =
		    enketo(ih_arena_printf(arena, "%s/submission.xml", name),
			arena);
		IH_OWNED(ih_buffer) bytes =
		    enketo(ih_arena_printf(arena, "%s/submission.xml.enc",
			       name),
			arena);
		struct ih_odk_sealed sealed =
		    by_enketo((const char *)manifest->data, bytes, arena);
		IH_OWNED(ih_buffer) opened =
		    ih_odk_open(&sealed, pairs, 1, &err);

		if (opened == NULL)
			fail_msg("%s: %s", name, err.code);
		assert_int_equal(opened->size, clear->size);
		assert_memory_equal(opened->data, clear->data, clear->size);
		/* the last block has nothing behind it that falls apart */
		for (size_t at = 3; at < bytes->size;
		     at += at < bytes->size - 24 ? 24 : 5) {
			struct ih_error bent = { 0 };

			bytes->data[at] ^= 0x10;
			assert_null(ih_odk_open(&sealed, pairs, 1, &bent));
			assert_string_equal(bent.code, "E_ODK_ALTERED");
			bytes->data[at] ^= 0x10;
		}
	}
	EVP_PKEY_free(pair.key);
}

static void
names_the_key_by_what_a_page_can_compute_of_it(void **state)
{
	struct ih_error err = { 0 };
	X509 *certificate = office->pair[IH_USE_SEALING].certificate;
	char print[IH_FINGERPRINT_TEXT], id[IH_FORMKEY_ID], hex[IH_DIGEST_TEXT];
	unsigned char der[1024];
	IH_OWNED(ih_buffer) key = ih_formkey_public(certificate, &err);
	int size = EVP_DecodeBlock(der, key->data, (int)key->size);

	(void)state;
	while (key->data[--key->size] == '=')
		size--;
	ih_digest_text(der, (size_t)size, hex);
	ih_formkey_print(certificate, print);
	assert_true(ih_digest_is(print, hex));
	assert_int_equal(strlen(print), 79);
	assert_true(ih_formkey_id(certificate, id, &err));
	assert_int_equal(strlen(id), 40);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(opens_what_clients_seal_with_either_mask),
		TEST(refuses_each_changed_byte_and_each_end_that_is_cut_off),
		TEST(
		    refuses_another_form_another_id_and_a_key_that_is_not_here),
		TEST(
		    opens_what_enketo_sealed_byte_for_byte_and_nothing_that_was_bent),
		TEST(names_the_key_by_what_a_page_can_compute_of_it),
	};

	return cmocka_run_group_tests(tests, start, end);
}
