/* This is where an office gets its three key pairs and their certificates. */
#include "ihala/certificate.h"

#include <openssl/asn1.h>
#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ihala/arena.h"

#define YEAR 31557600 /* seconds of a Julian year */
#define BEHIND 300    /* seconds a reader's clock may be behind ours */
#define DER_MAX                                                                \
	(16u << 10) /* bytes of a certificate: ours have 400, or 1100          \
		     */
#define SAVED_MAX (64u << 10) /* bytes of a saved office: ours have 5000 */

IH_OWNER(X509, X509_free)
IH_OWNER(EVP_PKEY, EVP_PKEY_free)
IH_OWNER(BIO, BIO_free_all)
IH_OWNER(BIGNUM, BN_free)
IH_OWNER(X509_EXTENSION, X509_EXTENSION_free)

static const char *const uses[IH_USES] = {
	[IH_USE_LIST] = "list",
	[IH_USE_SIGNING] = "signing",
	[IH_USE_SEALING] = "sealing",
};

/* What a key is for, as OpenSSL spells the extension. */
struct usage {
	const char *text;
	uint32_t bits;
};

static const struct usage signs = { "critical,digitalSignature,nonRepudiation",
	KU_DIGITAL_SIGNATURE | KU_NON_REPUDIATION };
static const struct usage agrees = { "critical,keyAgreement",
	KU_KEY_AGREEMENT };
static const struct usage transports = { "critical,keyEncipherment",
	KU_KEY_ENCIPHERMENT };

static const struct kind {
	const char *text, *type, *group;
	int least, most; /* bits of RSA; the most bounds the work */
	int signature;   /* of the certificate over itself */
	const EVP_MD *(*digest)(void);
	const struct usage *sealing;
} kinds[IH_KEY_KINDS] = {
	[IH_KEY_P256] = { "p256", "EC", SN_X9_62_prime256v1, 0, 0,
	    NID_ecdsa_with_SHA256, EVP_sha256, &agrees },
	[IH_KEY_P384] = { "p384", "EC", SN_secp384r1, 0, 0,
	    NID_ecdsa_with_SHA384, EVP_sha384, &agrees },
	[IH_KEY_RSA] = { "rsa", "RSA", NULL, 3072, 8192,
	    NID_sha256WithRSAEncryption, EVP_sha256, &transports },
};

const char *
ih_use_text(enum ih_use use)
{
	return uses[use];
}

enum ih_use
ih_use_parse(const char *text)
{
	enum ih_use use = 0;

	while (use < IH_USES && strcmp(uses[use], text) != 0)
		use++;
	return use;
}

static const struct usage *
usage_of(enum ih_key_kind kind, enum ih_use use)
{
	return use == IH_USE_SEALING ? kinds[kind].sealing : &signs;
}

const EVP_MD *
ih_key_digest(enum ih_key_kind kind)
{
	return kinds[kind].digest();
}

const char *
ih_key_kind_text(enum ih_key_kind kind)
{
	return kinds[kind].text;
}

enum ih_key_kind
ih_key_kind_parse(const char *text)
{
	enum ih_key_kind kind = 0;

	while (kind < IH_KEY_KINDS && strcmp(kinds[kind].text, text) != 0)
		kind++;
	return kind;
}

static bool
is_of_kind(EVP_PKEY *key, const struct kind *kind)
{
	char group[32] = "";

	if (!EVP_PKEY_is_a(key, kind->type))
		return false;
	if (kind->group == NULL)
		return EVP_PKEY_get_bits(key) >= kind->least &&
		       EVP_PKEY_get_bits(key) <= kind->most;
	return EVP_PKEY_get_group_name(key, group, sizeof group, NULL) == 1 &&
	       strcmp(group, kind->group) == 0;
}

enum ih_key_kind
ih_key_kind_of(EVP_PKEY *key)
{
	enum ih_key_kind kind = 0;

	while (kind < IH_KEY_KINDS &&
	       (key == NULL || !is_of_kind(key, &kinds[kind])))
		kind++;
	return kind;
}

bool
ih_crypto_failed(struct ih_error *err, const char *step)
{
	const char *why = ERR_reason_error_string(ERR_peek_last_error());

	ih_fail(err, IH_SYSTEM, "%s: %s", step,
	    why != NULL ? why : "libcrypto refused");
	ERR_clear_error();
	return false;
}

/* 127 bits, and never zero: RFC 5280 wants at most 20 octets, positive. */
static bool
set_serial(X509 *certificate, const struct ih_world *world)
{
	unsigned char bytes[16];

	world->random(world->state, bytes, sizeof bytes);
	bytes[0] = (unsigned char)((bytes[0] & 0x3f) | 0x40);
	IH_OWNED(BIGNUM) number = BN_bin2bn(bytes, sizeof bytes, NULL);
	return number != NULL &&
	       BN_to_ASN1_INTEGER(number, X509_get_serialNumber(certificate)) !=
		   NULL;
}

static bool
set_name(X509 *certificate, const char *committee, enum ih_use use)
{
	char name[32];
	X509_NAME *subject = X509_get_subject_name(certificate);

	snprintf(name, sizeof name, "%s %s", committee, uses[use]);
	return X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8,
		   (const unsigned char *)name, -1, -1, 0) == 1 &&
	       X509_set_issuer_name(certificate, subject) == 1;
}

static bool
set_time(X509 *certificate, int64_t now, int years)
{
	return ASN1_TIME_set(X509_getm_notBefore(certificate),
		   (time_t)(now - BEHIND)) != NULL &&
	       ASN1_TIME_set(X509_getm_notAfter(certificate),
		   (time_t)(now + (int64_t)years * YEAR)) != NULL;
}

static bool
add_extension(X509 *certificate, X509V3_CTX *ctx, int nid, const char *value)
{
	IH_OWNED(X509_EXTENSION) extension =
	    X509V3_EXT_conf_nid(NULL, ctx, nid, value);

	return extension != NULL &&
	       X509_add_ext(certificate, extension, -1) == 1;
}

static bool
set_extensions(X509 *certificate, const struct usage *usage)
{
	X509V3_CTX ctx = { 0 };

	X509V3_set_ctx(&ctx, certificate, certificate, NULL, NULL, 0);
	return add_extension(certificate, &ctx, NID_basic_constraints,
		   "critical,CA:FALSE") &&
	       add_extension(certificate, &ctx, NID_key_usage, usage->text) &&
	       add_extension(certificate, &ctx, NID_subject_key_identifier,
		   "hash");
}

static bool
may_be_made(const char *committee, int years, struct ih_error *err)
{
	if (!ih_committee_is(committee))
		return ih_fail(err, IH_USAGE,
		    "committee code: two or three capital letters are "
		    "expected, like MA");
	return (years >= 1 && years <= IH_OFFICE_YEARS) ||
	       ih_fail(err, IH_USAGE, "validity: 1 to %d years are expected",
		   IH_OFFICE_YEARS);
}

X509 *
ih_pair_certify(EVP_PKEY *key, const char *committee, enum ih_use use,
    int years, const struct ih_world *world, struct ih_error *err)
{
	enum ih_key_kind kind = ih_key_kind_of(key);

	if (!may_be_made(committee, years, err))
		return NULL;
	if (kind == IH_KEY_KINDS) {
		ih_fail(err, IH_USAGE,
		    "new certificate: the key is not of a kind that is "
		    "allowed: P-256, P-384, or RSA of 3072 bits");
		return NULL;
	}
	IH_OWNED(X509) certificate = X509_new();
	if (certificate == NULL ||
	    X509_set_version(certificate, X509_VERSION_3) != 1 ||
	    !set_serial(certificate, world) ||
	    !set_name(certificate, committee, use) ||
	    !set_time(certificate, world->now, years) ||
	    X509_set_pubkey(certificate, key) != 1 ||
	    !set_extensions(certificate, usage_of(kind, use)) ||
	    X509_sign(certificate, key, ih_key_digest(kind)) == 0) {
		ih_crypto_failed(err, "new certificate");
		return NULL;
	}
	return IH_GIVE(certificate);
}

static EVP_PKEY *
key_new(const struct kind *kind)
{
	return kind->group != NULL ? EVP_EC_gen(kind->group) :
				     EVP_RSA_gen((unsigned)kind->least);
}

bool
ih_pair_new(struct ih_pair *pair, const char *committee, enum ih_use use,
    enum ih_key_kind kind, int years, const struct ih_world *world,
    struct ih_error *err)
{
	*pair = (struct ih_pair){ 0 };
	if (!may_be_made(committee, years, err))
		return false;
	IH_OWNED(EVP_PKEY) key = key_new(&kinds[kind]);
	if (key == NULL)
		return ih_crypto_failed(err, "new key");
	pair->certificate =
	    ih_pair_certify(key, committee, use, years, world, err);
	if (pair->certificate == NULL)
		return false;
	pair->key = IH_GIVE(key);
	return true;
}

void
ih_pair_free(struct ih_pair *pair)
{
	EVP_PKEY_free(pair->key);
	X509_free(pair->certificate);
	*pair = (struct ih_pair){ 0 };
}

static struct ih_office *
office_empty(const char *committee)
{
	struct ih_office *office = ih_zeroed(sizeof *office);

	snprintf(office->committee, sizeof office->committee, "%.3s",
	    committee);
	return office;
}

struct ih_office *
ih_office_new_as(const char *committee, enum ih_key_kind kind, int years,
    const struct ih_world *world, struct ih_error *err)
{
	IH_OWNED(ih_office) office = office_empty(committee);

	for (enum ih_use use = 0; use < IH_USES; use++)
		if (!ih_pair_new(&office->pair[use], committee, use, kind,
			years, world, err))
			return NULL;
	return IH_GIVE(office);
}

struct ih_office *
ih_office_new(const char *committee, int years, const struct ih_world *world,
    struct ih_error *err)
{
	return ih_office_new_as(committee, IH_KEY_P256, years, world, err);
}

/* The oldest goes where there is no room left: its letters are past keeping. */
static void
retire(struct ih_office *office, struct ih_pair pair)
{
	if (office->retireds == IH_RETIRED)
		ih_pair_free(&office->retired[--office->retireds]);
	memmove(office->retired + 1, office->retired,
	    office->retireds * sizeof office->retired[0]);
	office->retired[0] = pair;
	office->retireds++;
}

bool
ih_office_renew_as(struct ih_office *office, enum ih_key_kind kind, int years,
    const struct ih_world *world, struct ih_error *err)
{
	struct ih_pair signing, sealing;

	if (!ih_pair_new(&signing, office->committee, IH_USE_SIGNING, kind,
		years, world, err))
		return false;
	if (!ih_pair_new(&sealing, office->committee, IH_USE_SEALING, kind,
		years, world, err)) {
		ih_pair_free(&signing);
		return false;
	}
	ih_pair_free(&office->pair[IH_USE_SIGNING]);
	office->pair[IH_USE_SIGNING] = signing;
	retire(office, office->pair[IH_USE_SEALING]);
	office->pair[IH_USE_SEALING] = sealing;
	return true;
}

bool
ih_office_renew(struct ih_office *office, int years,
    const struct ih_world *world, struct ih_error *err)
{
	return ih_office_renew_as(office, IH_KEY_P256, years, world, err);
}

void
ih_office_free(struct ih_office *office)
{
	if (office == NULL)
		return;
	for (size_t i = 0; i < IH_USES; i++)
		ih_pair_free(&office->pair[i]);
	for (size_t i = 0; i < office->retireds; i++)
		ih_pair_free(&office->retired[i]);
	free(office);
}

static bool
save_pair(BIO *out, const struct ih_pair *pair)
{
	return PEM_write_bio_PKCS8PrivateKey(out, pair->key, NULL, NULL, 0,
		   NULL, NULL) == 1 &&
	       PEM_write_bio_X509(out, pair->certificate) == 1;
}

struct ih_buffer *
ih_office_save(const struct ih_office *office, struct ih_error *err)
{
	IH_OWNED(BIO) out = BIO_new(BIO_s_mem());
	bool done = out != NULL;
	char *bytes = NULL;
	long size;

	for (size_t i = 0; done && i < IH_USES; i++)
		done = save_pair(out, &office->pair[i]);
	for (size_t i = 0; done && i < office->retireds; i++)
		done = save_pair(out, &office->retired[i]);
	if (!done) {
		ih_crypto_failed(err, "save the office's keys");
		return NULL;
	}
	size = BIO_get_mem_data(out, &bytes);
	return ih_buffer_copy(bytes, (size_t)size);
}

/* Saved keys have no passphrase of their own; and nobody is asked for one. */
static int
no_passphrase(char *text, int size, int writing, void *with)
{
	(void)text, (void)size, (void)writing, (void)with;
	return -1;
}

static bool
load_pair(BIO *in, struct ih_pair *pair)
{
	pair->key = PEM_read_bio_PrivateKey(in, NULL, no_passphrase, NULL);
	pair->certificate = PEM_read_bio_X509(in, NULL, no_passphrase, NULL);
	return pair->key != NULL && pair->certificate != NULL &&
	       X509_check_private_key(pair->certificate, pair->key) == 1;
}

/* "MA signing" begins with the committee; the rest is checked after. */
static void
committee_of(X509 *certificate, char committee[static IH_COMMITTEE_TEXT])
{
	char name[32] = "";

	X509_NAME_get_text_by_NID(X509_get_subject_name(certificate),
	    NID_commonName, name, sizeof name);
	name[strcspn(name, " ")] = '\0';
	snprintf(committee, IH_COMMITTEE_TEXT, "%.3s", name);
}

static bool
load_pairs(BIO *in, struct ih_office *office)
{
	for (enum ih_use use = 0; use < IH_USES; use++) {
		if (!load_pair(in, &office->pair[use]))
			return false;
		if (use == 0)
			committee_of(office->pair[use].certificate,
			    office->committee);
		if (!ih_certificate_is(office->pair[use].certificate,
			office->committee, use))
			return false;
	}
	while (BIO_pending(in) > 0) {
		struct ih_pair *former = &office->retired[office->retireds];

		if (office->retireds == IH_RETIRED)
			return false;
		office->retireds++;
		if (!load_pair(in, former) ||
		    !ih_certificate_is(former->certificate, office->committee,
			IH_USE_SEALING))
			return false;
	}
	return true;
}

struct ih_office *
ih_office_load(const void *bytes, size_t size, struct ih_error *err)
{
	IH_OWNED(ih_office) office = office_empty("");

	if (size > SAVED_MAX) {
		ih_fail(err, IH_INPUT, "the office's keys: too large");
		return NULL;
	}
	IH_OWNED(BIO) in = BIO_new_mem_buf(bytes, (int)size);
	if (in == NULL || !load_pairs(in, office)) {
		ERR_clear_error();
		ih_fail(err, IH_INPUT,
		    "the office's keys: a key or certificate is missing, or "
		    "is not for its use");
		return NULL;
	}
	ERR_clear_error();
	return IH_GIVE(office);
}

void
ih_certificate_fingerprint(X509 *certificate,
    char text[static IH_FINGERPRINT_TEXT])
{
	unsigned char *der = NULL;
	int size = i2d_X509(certificate, &der);
	char hex[IH_DIGEST_TEXT] = "";

	text[0] = '\0';
	if (size <= 0)
		return;
	ih_digest_text(der, (size_t)size, hex);
	OPENSSL_free(der);
	for (size_t i = 0; i < 16; i++)
		snprintf(text + 5 * i, 6, "%.4s%s", hex + 4 * i,
		    i < 15 ? " " : "");
}

void
ih_certificate_key(X509 *certificate, char text[static IH_DIGEST_TEXT])
{
	unsigned char *der = NULL;
	int size = i2d_X509_PUBKEY(X509_get_X509_PUBKEY(certificate), &der);

	text[0] = '\0';
	if (size <= 0)
		return;
	ih_digest_text(der, (size_t)size, text);
	OPENSSL_free(der);
}

bool
ih_certificate_is_current(X509 *certificate, int64_t now)
{
	time_t at = (time_t)now;

	return X509_cmp_time(X509_get0_notBefore(certificate), &at) < 0 &&
	       X509_cmp_time(X509_get0_notAfter(certificate), &at) > 0;
}

static int64_t
instant_of(const ASN1_TIME *time)
{
	struct tm civil = { 0 };

	if (ASN1_TIME_to_tm(time, &civil) != 1)
		return 0;
	return (int64_t)timegm(&civil);
}

int64_t
ih_certificate_since(X509 *certificate)
{
	return instant_of(X509_get0_notBefore(certificate));
}

int64_t
ih_certificate_until(X509 *certificate)
{
	return instant_of(X509_get0_notAfter(certificate));
}

static bool
is_named(X509 *certificate, const char *committee, enum ih_use use)
{
	X509_NAME *subject = X509_get_subject_name(certificate);
	char expected[32], name[32] = "";

	snprintf(expected, sizeof expected, "%s %s", committee, uses[use]);
	return X509_NAME_entry_count(subject) == 1 &&
	       X509_NAME_cmp(subject, X509_get_issuer_name(certificate)) == 0 &&
	       X509_NAME_get_text_by_NID(subject, NID_commonName, name,
		   sizeof name) > 0 &&
	       strcmp(name, expected) == 0;
}

/* Each extension once, and what it says; none other. */
static bool
has_the_extensions(X509 *certificate, const struct usage *usage)
{
	const uint32_t flags = X509_get_extension_flags(certificate);

	return X509_get_ext_count(certificate) == 3 &&
	       (flags & EXFLAG_BCONS) != 0 &&
	       (flags & (EXFLAG_INVALID | EXFLAG_CA)) == 0 &&
	       X509_get_pathlen(certificate) == -1 &&
	       X509_get_key_usage(certificate) == usage->bits &&
	       X509_get0_subject_key_id(certificate) != NULL;
}

bool
ih_certificate_seals(X509 *certificate)
{
	enum ih_key_kind kind = ih_key_kind_of(X509_get0_pubkey(certificate));

	return kind < IH_KEY_KINDS && X509_get_key_usage(certificate) ==
					  usage_of(kind, IH_USE_SEALING)->bits;
}

bool
ih_certificate_stamps(X509 *certificate)
{
	const uint32_t flags = X509_get_extension_flags(certificate);
	int usage = X509_get_ext_by_NID(certificate, NID_ext_key_usage, -1);

	return X509_get_version(certificate) == X509_VERSION_3 &&
	       (flags & (EXFLAG_INVALID | EXFLAG_CA)) == 0 && usage >= 0 &&
	       X509_EXTENSION_get_critical(X509_get_ext(certificate, usage)) ==
		   1 &&
	       X509_get_extended_key_usage(certificate) == XKU_TIMESTAMP &&
	       ih_key_kind_of(X509_get0_pubkey(certificate)) < IH_KEY_KINDS;
}

bool
ih_certificate_is(X509 *certificate, const char *committee, enum ih_use use)
{
	enum ih_key_kind kind = ih_key_kind_of(X509_get0_pubkey(certificate));
	int size = i2d_X509(certificate, NULL);
	bool is =
	    kind < IH_KEY_KINDS && size > 0 && size <= (int)DER_MAX &&
	    X509_get_version(certificate) == X509_VERSION_3 &&
	    X509_get_signature_nid(certificate) == kinds[kind].signature &&
	    is_named(certificate, committee, use) &&
	    has_the_extensions(certificate, usage_of(kind, use)) &&
	    X509_verify(certificate, X509_get0_pubkey(certificate)) == 1;

	ERR_clear_error();
	return is;
}

/* ---- from a file */

X509 *
ih_certificate_read(const void *bytes, size_t size, struct ih_error *err)
{
	const unsigned char *at = bytes;
	IH_OWNED(X509) certificate =
	    size <= DER_MAX ? d2i_X509(NULL, &at, (long)size) : NULL;

	ERR_clear_error();
	if (certificate != NULL && at == (const unsigned char *)bytes + size)
		return IH_GIVE(certificate);
	ih_fail(err, IH_INPUT, "one X.509 certificate is expected, as DER");
	return NULL;
}
