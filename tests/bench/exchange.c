/*
 * exchange FOLDER - what a letter of 50 KB with two signatures costs, beside
 * the raw signatures and verifications of libcrypto (EVP, P-256).  FOLDER
 * holds case.xml, ar.html and fr.html; an annex that does not pack fills the
 * sealed file up to 50 KB.  A line a round:
 *
 *	open RATIO OURS VERIFICATION		microseconds of CPU
 *	seal RATIO OURS SIGNATURE		to 25 of these and 4 of those
 *
 * then what it takes to start and end a confined child, and memory:
 *
 *	child MICROSECONDS
 *	memory open|seal RATIO BYTES
 *
 * One desk opens many letters: its schemas are loaded once, before.  Each
 * round is a process of its own, so that its confined children are counted
 * with it: those that read XML and the ZIP live as long as the desk.  Memory is
 *what is allocated at the peak, here and in the children together, beyond what
 *was before; the sealed bytes that the caller holds are not counted.  Run from
 *the root of the tree.
 */
#include <openssl/evp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "ihala/confine.h"
#include "ihala/file.h"
#include "ihala/library.h"
#include "ihala/post.h"
#include "memory.h"

enum { ROUNDS = 9, LETTERS = 60, RAW = 300, FILE_SIZE = 50 << 10 };

#define NOW INT64_C(1772618400) /* 2026-03-04T10:00:00Z */
#define DAY INT64_C(86400)

static _Noreturn void
stop(const char *why)
{
	fprintf(stderr, "exchange: %s\n", why);
	exit(1);
}

static double
seconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* ---- the peer */

struct raw {
	EVP_PKEY *key;
	unsigned char signature[80];
	size_t size;
};

static const unsigned char message[64] = "64 bytes, as a hash is of any";

static void
sign_raw(struct raw *raw)
{
	EVP_MD_CTX *ctx = EVP_MD_CTX_new();

	raw->size = sizeof raw->signature;
	if (EVP_DigestSignInit(ctx, NULL, EVP_sha256(), NULL, raw->key) != 1 ||
	    EVP_DigestSign(ctx, raw->signature, &raw->size, message,
		sizeof message) != 1)
		stop("a raw signature failed");
	EVP_MD_CTX_free(ctx);
}

static void
verify_raw(struct raw *raw)
{
	EVP_MD_CTX *ctx = EVP_MD_CTX_new();

	if (EVP_DigestVerifyInit(ctx, NULL, EVP_sha256(), NULL, raw->key) !=
		1 ||
	    EVP_DigestVerify(ctx, raw->signature, raw->size, message,
		sizeof message) != 1)
		stop("a raw verification failed");
	EVP_MD_CTX_free(ctx);
}

static double
time_raw(struct raw *raw, void (*one)(struct raw *))
{
	double start = seconds();

	for (int i = 0; i < RAW; i++)
		one(raw);
	return (seconds() - start) / RAW;
}

/* ---- two offices; an officer signs beside the first */

enum { CASE, ARABIC, FRENCH, ANNEX, PARTS };

struct mail {
	uint64_t seed;
	struct ih_world world;
	struct ih_forms *forms;
	struct ih_expected expected;
	struct ih_office *from, *to;
	struct ih_pair officer;
	struct ih_partner *sender, *receiver; /* their lists */
	struct ih_part_of parts[PARTS];
	struct ih_desk desk;
	struct ih_sealed sealed;
	struct ih_buffer *packed; /* the container alone */
};

static void
must(bool done, const struct ih_error *err)
{
	if (!done)
		stop(err->text[0] != '\0' ? err->text : err->code);
}

static struct ih_partner *
list_of(const struct mail *m, const struct ih_office *office, X509 *officer)
{
	struct ih_error err = { 0 };
	IH_OWNED(ih_partner)
	draft = ih_trust_draft(office, 1, NOW - 600, NOW + 90 * DAY);

	if (officer != NULL)
		must(ih_trust_add(draft, officer, IH_USE_SIGNING, false,
			 NOW - 600, &err),
		    &err);
	IH_OWNED(ih_buffer) file = ih_trust_sign(draft, office, &err);
	must(file != NULL, &err);
	struct ih_partner *list =
	    ih_trust_read(m->forms, file->data, file->size, NULL, &err);
	must(list != NULL, &err);
	return list;
}

static void
make_offices(struct mail *m)
{
	struct ih_error err = { 0 };

	m->seed = 7;
	m->world = ih_world_fixed(NOW, &m->seed);
	m->from = ih_office_new("MA", 2, &m->world, &err);
	must(m->from != NULL, &err);
	m->to = ih_office_new("TN", 2, &m->world, &err);
	must(m->to != NULL, &err);
	must(ih_pair_new(&m->officer, "MA", IH_USE_SIGNING, IH_KEY_P256, 2,
		 &m->world, &err),
	    &err);
	m->from->officers[m->from->officer_count++] = &m->officer;
	m->sender = list_of(m, m->from, m->officer.certificate);
	m->receiver = list_of(m, m->to, NULL);
}

static void
load_schemas(struct mail *m)
{
	struct ih_error err = { 0 };
	IH_OWNED(ih_library) library = ih_library_open(".", &err);

	must(library != NULL, &err);
	m->forms = ih_forms_load(library, &err);
	must(m->forms != NULL, &err);
	m->expected = (struct ih_expected){ "case.xml",
		ih_schema_load(library, "case", &err) };
	must(m->expected.schema != NULL, &err);
}

static void
seal(struct mail *m)
{
	const struct ih_letter letter = {
		.id = "0f8fad5b-d9cb-469f-a165-70867728950e",
		.purpose = IH_LETTER_REFERRAL,
		.sequence = 1,
		.created = NOW - 60,
		.expires = NOW + 30 * DAY,
		.legal_basis = "an invented article",
		.release_profile = "referral-abroad",
	};
	struct ih_error err = { 0 };

	must(ih_post_seal(&letter, m->parts, PARTS, m->from, m->receiver,
		 &m->sealed, &err),
	    &err);
}

static void
open_one(struct mail *m)
{
	struct ih_error err = { 0 };
	IH_OWNED(ih_opened)
	opened = ih_post_open(&m->desk, m->sealed.envelope->data,
	    m->sealed.envelope->size, NULL, &err);

	must(opened != NULL, &err);
	if (opened->signer_count != 2 || opened->count != PARTS)
		stop("another letter came than was sent");
}

static void
seal_one(struct mail *m)
{
	struct mail copy = *m;

	seal(&copy);
	ih_buffer_free(copy.sealed.envelope);
}

static void
read_part(struct ih_part_of *part, const char *folder, const char *file,
    const char *name, const char *media)
{
	static struct ih_buffer *kept[PARTS]; /* until the end */
	static size_t count;
	struct ih_error err = { 0 };
	char path[4096];

	snprintf(path, sizeof path, "%s/%s", folder, file);
	kept[count] = ih_file_read(path, IH_POST_MAX, &err);
	must(kept[count] != NULL, &err);
	*part = (struct ih_part_of){ name, media, kept[count]->data,
		kept[count]->size };
	count++;
}

/* Bytes that do not pack, as a photograph of a page. */
static void
fill_up(struct mail *m)
{
	static unsigned char annex[FILE_SIZE];
	uint64_t seed = 11;
	struct ih_world world = ih_world_fixed(NOW, &seed);
	struct ih_part_of *part = &m->parts[ANNEX];

	world.random(world.state, annex, sizeof annex);
	*part = (struct ih_part_of){ "att-01.jpg", "image/jpeg", annex, 4096 };
	seal(m);
	part->size += FILE_SIZE - m->sealed.envelope->size;
	ih_buffer_free(m->sealed.envelope);
	seal(m);
}

static void
prepare(struct mail *m, const char *folder)
{
	static struct ih_partner *partners[1];

	load_schemas(m);
	make_offices(m);
	read_part(&m->parts[CASE], folder, "case.xml", "case.xml",
	    "application/xml");
	read_part(&m->parts[ARABIC], folder, "ar.html",
	    "doc-01-referral.ar.html", "text/html");
	read_part(&m->parts[FRENCH], folder, "fr.html",
	    "doc-02-referral.fr.html", "text/html");
	partners[0] = m->sender;
	m->desk = (struct ih_desk){ .forms = m->forms,
		.own = m->to,
		.partners = partners,
		.partner_count = 1,
		.expected = &m->expected,
		.expected_count = 1,
		.world = &m->world };
	fill_up(m);
}

/* ---- a round: a process of its own, with its children's time */

static void
end_desk(struct mail *m)
{
	ih_forms_free(m->forms);
	ih_schema_free(m->expected.schema);
}

static double
time_letters(struct mail *m, void (*one)(struct mail *))
{
	struct rusage used;
	int status;
	pid_t pid = fork();

	if (pid == 0) {
		for (int i = 0; i < LETTERS; i++)
			one(m);
		end_desk(m); /* its children are waited for */
		_exit(0);
	}
	if (pid < 0 || wait4(pid, &status, 0, &used) != pid || status != 0)
		stop("a round failed");
	return ((double)(used.ru_utime.tv_sec + used.ru_stime.tv_sec) +
		   (double)(used.ru_utime.tv_usec + used.ru_stime.tv_usec) /
		       1e6) /
	       LETTERS;
}

/* The child of a letter, with nothing to do. */
static bool
do_nothing(const void *bytes, size_t size, struct ih_buffer *out, void *with,
    struct ih_error *err)
{
	(void)bytes, (void)size, (void)with, (void)err;
	ih_buffer_text(out, "done");
	return true;
}

static void
confine_one(struct mail *m)
{
	struct ih_error err = { 0 };
	IH_OWNED(ih_buffer) out = ih_confine(do_nothing, NULL, "", 0, &err);

	(void)m;
	must(out != NULL, &err);
}

static void
go_round(struct mail *m, struct raw *raw)
{
	double verification = time_raw(raw, verify_raw);
	double opening = time_letters(m, open_one);
	double signature = time_raw(raw, sign_raw);
	double sealing = time_letters(m, seal_one);
	double allowed = 25 * signature + 4 * verification;

	printf("open %.3f %.1f %.1f\n", opening / verification, 1e6 * opening,
	    1e6 * verification);
	printf("seal %.3f %.1f %.1f\n", sealing / allowed, 1e6 * sealing,
	    1e6 * signature);
}

static void
weigh(struct mail *m, const char *what, void (*one)(struct mail *))
{
	long before;

	one(m); /* what is made once is made */
	before = memory_now();
	one(m);
	printf("memory %s %.2f %ld\n", what,
	    (double)(memory_peak() - before) / FILE_SIZE,
	    memory_peak() - before);
}

int
main(int argc, char **argv)
{
	struct mail mail = { 0 };
	struct raw raw = { .key = EVP_EC_gen("P-256") };

	if (argc != 2 || raw.key == NULL)
		stop("FOLDER");
	sign_raw(&raw);
	prepare(&mail, argv[1]);
	for (int i = 0; i < ROUNDS; i++)
		go_round(&mail, &raw);
	printf("child %.1f\n", 1e6 * time_letters(&mail, confine_one));
	memory_start();
	weigh(&mail, "open", open_one);
	weigh(&mail, "seal", seal_one);
	return 0;
}
