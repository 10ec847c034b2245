/* Offices, and a carrier that loses, repeats, reorders and bends real files. */
#include "test.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "../../src/cli/case_file.h"
#include "../../src/cli/mailroom.h"
#include "ihala/case.h"
#include "ihala/file.h"

#define NOW INT64_C(1795255200) /* 2026-11-21T10:00:00Z */

enum { MA, TN, EG, OFFICES };
enum { FILES = 64, FLYING = 200, CASES = 3, ROUNDS = 40 };

/* How a failure is told is the command line's (src/cli/main.c). */
void
tell_failure(const struct request *request, const struct ih_error *err)
{
	(void)request;
	(void)err;
}

void
keep_failure(const struct request *request, const struct ih_error *here,
    struct ih_error *first)
{
	(void)request;
	*first = *here;
}

struct office {
	struct request request;
	struct ih_registry *registry;
	struct ih_office *keys;
	struct mailroom *room;
	char folder[64];
};

struct file { /* as it travels */
	struct ih_buffer *bytes;
	int from, to;
	bool is_answer;
	char id[IH_UUID_TEXT], code[IH_CODE_TEXT];
	int stand; /* of its row at the sender's: 0, refused 1, delivered 2 */
};

struct world {
	struct office office[OFFICES];
	struct ih_partner *list[OFFICES];
	struct ih_world random;
	uint64_t seed, dice;
	char folder[32], pass[48], receipt[48];
	struct file files[FILES];
	int file_count;
	int flying[FLYING], flying_count;
	int silence, out, err;
};

/* What the commands say is for people. */
static void
hush(struct world *w, bool quiet)
{
	fflush(stdout);
	fflush(stderr);
	dup2(quiet ? w->silence : w->out, STDOUT_FILENO);
	dup2(quiet ? w->silence : w->err, STDERR_FILENO);
}

static void
stop(const struct world *w, const char *what, const struct ih_error *err)
{
	dup2(w->out, STDOUT_FILENO);
	dup2(w->err, STDERR_FILENO);
	fail_msg("%s: %s %s", what, err->code, err->text);
}

static int
below(struct world *w, int most)
{
	w->dice = w->dice * UINT64_C(6364136223846793005) +
		  UINT64_C(1442695040888963407);
	return (int)((w->dice >> 33) % (uint64_t)most);
}

/* ---- offices that trust each other */

static void
open_office(struct world *w, int i)
{
	static const char *const codes[] = { "MA", "TN", "EG" };
	struct office *o = &w->office[i];
	struct ih_error err = { 0 };

	snprintf(o->folder, sizeof o->folder, "%s/%s", w->folder, codes[i]);
	o->request = (struct request){ .verb = "receive",
		.tongue = { .lang = IH_EN },
		.registry = o->folder,
		.passphrase_file = w->pass,
		.committee = codes[i],
		.training = true,
		.world = w->random,
		.world_is_given = true,
		.arena = ih_arena_new() };
	o->request.library = ih_library_open(".", &err);
	if (o->request.library == NULL || !cmd_init(&o->request, &err))
		stop(w, codes[i], &err);
	o->registry = open_registry(&o->request, &err);
	o->keys = o->registry == NULL ? NULL : office_load(o->registry, &err);
	if (o->keys == NULL)
		stop(w, codes[i], &err);
}

static bool
believe(struct ih_registry *registry, const struct ih_partner *list,
    const struct ih_buffer *file, struct ih_error *err)
{
	struct ih_peer peer = { .sequence = list->sequence };

	snprintf(peer.committee, sizeof peer.committee, "%s", list->committee);
	snprintf(peer.fingerprint, sizeof peer.fingerprint, "%s",
	    list->fingerprint);
	return ih_peer_propose(registry, &peer, file->data, file->size, err) &&
	       ih_peer_confirm(registry, peer.committee, peer.fingerprint, err);
}

static void
trust_each_other(struct world *w)
{
	struct ih_error err = { 0 };
	struct ih_forms *forms =
	    ih_forms_load(w->office[0].request.library, &err);

	for (int i = 0; i < OFFICES; i++) {
		IH_OWNED(ih_partner) draft = ih_trust_draft(w->office[i].keys,
		    1, NOW, NOW + LIST_SECONDS);
		IH_OWNED(ih_buffer) file =
		    ih_trust_sign(draft, w->office[i].keys, &err);
		struct ih_partner *list = w->list[i] =
		    ih_trust_read(forms, file->data, file->size, NULL, &err);

		for (int k = 0; k < OFFICES; k++)
			if (k != i &&
			    !believe(w->office[k].registry, list, file, &err))
				stop(w, "trust", &err);
	}
	ih_forms_free(forms);
	for (int i = 0; i < OFFICES; i++) {
		w->office[i].room = mailroom_open(&w->office[i].request,
		    w->office[i].registry, &err);
		if (w->office[i].room == NULL)
			stop(w, "mailroom", &err);
	}
}

static int
set_up(void **state)
{
	static struct world w;
	struct ih_error err = { 0 };

	w = (struct world){ .seed = 7,
		.silence = open("/dev/null", O_WRONLY | O_CLOEXEC),
		.out = dup(STDOUT_FILENO),
		.err = dup(STDERR_FILENO) };
	w.random = ih_world_fixed(NOW, &w.seed);
	strcpy(w.folder, "/tmp/ihala-mail-XXXXXX");
	assert_non_null(mkdtemp(w.folder));
	snprintf(w.pass, sizeof w.pass, "%s/pass", w.folder);
	snprintf(w.receipt, sizeof w.receipt, "%s/receipt", w.folder);
	assert_true(
	    ih_file_write(w.pass, "an invented passphrase\n", 23, &err));
	hush(&w, true);
	for (int i = 0; i < OFFICES; i++)
		open_office(&w, i);
	trust_each_other(&w);
	hush(&w, false);
	*state = &w;
	return 0;
}

static int
tear_down(void **state)
{
	struct world *w = *state;
	char remove[80];

	for (int i = 0; i < OFFICES; i++) {
		struct office *o = &w->office[i];

		mailroom_free(o->room);
		ih_office_free(o->keys);
		ih_partner_free(w->list[i]);
		ih_registry_close(o->registry);
		ih_library_close(o->request.library);
		ih_arena_free(o->request.arena);
	}
	close(w->silence);
	snprintf(remove, sizeof remove, "rm -r %s", w->folder);
	return system(remove);
}

/* ---- what travels */

static struct file *
new_file(struct world *w, int from, int to)
{
	struct file *file = &w->files[w->file_count++];

	assert_true(w->file_count <= FILES);
	*file = (struct file){ .from = from, .to = to };
	return file;
}

static void
fly(struct world *w, int number)
{
	if (w->flying_count < FLYING)
		w->flying[w->flying_count++] = number;
}

/* A case as a release profile leaves it, with hardly anything in it. */
static const char *
case_text(struct world *w, struct office *o, const char *code,
    const char *interview)
{
	return ih_arena_printf(o->request.arena,
	    "<case xmlns=\"urn:ihala:case:1\" version=\"2\" code=\"%s\""
	    " committee=\"%s\" opened=\"2026-11-21\" profile=\"referral\""
	    " training=\"true\"><status file=\"screening\""
	    " determination=\"none\" referral=\"sent\" consent=\"given\"/>"
	    "<answers xmlns=\"urn:ihala:answers:1\" id=\"%s\""
	    " instrument=\"adult\" version=\"1.0.0\" digest=\"%064d\""
	    " training=\"true\"><interview date=\"2026-11-20\""
	    " committee=\"%s\" channel=\"ngo\" language=\"fr\"/></answers>"
	    "</case>",
	    code, o->request.committee, interview, (int)(w->seed % 7),
	    o->request.committee);
}

static bool
seal_case(struct world *w, int from, int to, struct file *file,
    struct ih_error *err)
{
	struct office *o = &w->office[from];
	const char *peer = w->office[to].request.committee;
	char interview[IH_UUID_TEXT];
	struct ih_letter letter = { .purpose = IH_LETTER_REFERRAL,
		.legal_basis = "article exemple 1",
		.release_profile = "referral" };
	struct ih_sealed sealed;
	const struct ih_case_new fresh = { .interview = interview,
		.opened = NOW,
		.training = true };
	struct ih_part_of part = { "case.xml", "application/xml", NULL, 0 };

	ih_uuid_new(&w->random, interview);
	if (!ih_case_add(o->registry, &fresh, file->code, err) ||
	    !case_moves(o->registry, file->code, IH_REFERRAL, "draft", err) ||
	    !letter_next(&o->request, o->registry, peer, &letter, err))
		return false;
	part.bytes = case_text(w, o, file->code, interview);
	part.size = strlen(part.bytes);
	memcpy(file->id, letter.id, sizeof file->id);
	if (!ih_post_seal(&letter, &part, 1, o->keys, w->list[to], &sealed,
		err))
		return false;
	file->bytes = sealed.envelope;
	return letter_sent(o->registry, &letter, &sealed, peer, file->code,
		   err) &&
	       case_moves(o->registry, file->code, IH_REFERRAL, "sent", err);
}

static void
send_case(struct world *w, int offices)
{
	int from = below(w, offices),
	    to = (from + 1 + below(w, offices - 1)) % offices;
	struct file *file = new_file(w, from, to);
	struct ih_error err = { 0 };
	IH_OWNED(ih_transaction)
	all = ih_transaction_begin(w->office[from].registry, &err);

	if (all == NULL || !seal_case(w, from, to, file, &err) ||
	    !ih_transaction_commit(all, &err))
		stop(w, "send", &err);
	fly(w, w->file_count - 1);
}

/* Where a receipt was written, it flies back. */
static void
take_receipt(struct world *w, const struct file *answered)
{
	struct ih_error err = { 0 };
	struct ih_buffer *bytes = ih_file_read(w->receipt, 1 << 20, &err);

	if (bytes == NULL)
		return;
	unlink(w->receipt);
	if (w->file_count == FILES) {
		ih_buffer_free(bytes); /* lost */
		return;
	}
	struct file *file = new_file(w, answered->to, answered->from);
	file->bytes = bytes;
	file->is_answer = true;
	fly(w, w->file_count - 1);
}

static bool
deliver(struct world *w, int number)
{
	const struct file *file = &w->files[number];
	struct office *o = &w->office[file->to];
	struct ih_error err = { 0 };
	bool taken;

	o->request.receipt = w->receipt;
	taken = mailroom_take(o->room, file->bytes, &err);
	take_receipt(w, file);
	return taken;
}

/* One bit: refused, whichever it is. */
static void
deliver_bent(struct world *w, int number)
{
	struct ih_buffer *bytes = w->files[number].bytes;
	int at = below(w, (int)bytes->size), bit = 1 << below(w, 8);

	bytes->data[at] ^= (unsigned char)bit;
	if (deliver(w, number))
		stop(w, "a bent file was taken", &(struct ih_error){ 0 });
	bytes->data[at] ^= (unsigned char)bit;
}

static int
take_off(struct world *w)
{
	int at = below(w, w->flying_count), number = w->flying[at];

	w->flying[at] = w->flying[--w->flying_count];
	return number;
}

static void
one_step(struct world *w)
{
	int dice = below(w, 10);

	if (dice == 0)
		fly(w, below(w, w->file_count)); /* anything, once more */
	else if (w->flying_count == 0)
		return;
	else if (dice < 5)
		deliver(w, take_off(w));
	else if (dice < 7)
		take_off(w); /* lost */
	else if (dice == 7)
		deliver_bent(w, w->flying[below(w, w->flying_count)]);
	else
		fly(w, w->flying[below(w, w->flying_count)]);
}

/* How a letter stands for its sender; never less than before. */
static int
stand_of(struct world *w, struct file *file)
{
	static const char *const stands[] = { "sealed", "refused",
		"delivered" };
	struct ih_message row;
	struct ih_error err = { 0 };
	int stand = 0;

	if (!ih_message_find(w->office[file->from].registry, file->id, &row,
		&err))
		stop(w, "message", &err);
	while (strcmp(stands[stand], row.state) != 0)
		stand++;
	if (stand < file->stand)
		stop(w, "a letter went back", &err);
	return file->stand = stand;
}

static bool
send_again(struct world *w)
{
	bool any = false;

	for (int i = 0; i < w->file_count; i++)
		if (!w->files[i].is_answer && stand_of(w, &w->files[i]) < 2) {
			fly(w, i);
			any = true;
		}
	return any;
}

/* ---- what is there at the end */

struct counting {
	const struct file *file;
	const char *from;
	int found;
};

static bool
count_case(const struct ih_case_row *row, void *with)
{
	struct counting *c = with;

	c->found += strcmp(row->origin, c->from) == 0 &&
		    strcmp(row->their_code, c->file->code) == 0;
	return true;
}

static void
check_end(struct world *w)
{
	for (int i = 0; i < w->file_count; i++) {
		const struct file *file = &w->files[i];
		struct counting c = { file,
			w->office[file->from].request.committee, 0 };
		struct ih_case_row row;
		struct ih_error err = { 0 };

		if (file->is_answer)
			continue;
		if (!ih_case_each(w->office[file->to].registry, count_case, &c,
			&err) ||
		    !ih_case_row(w->office[file->from].registry, file->code,
			&row, &err))
			stop(w, "end", &err);
		if (c.found != 1)
			stop(w, "a case is not there once", &err);
		if (strcmp(row.state[IH_REFERRAL], "received") != 0)
			stop(w, "the sender does not know", &err);
	}
}

static void
end_schedule(struct world *w)
{
	for (int i = 0; i < w->file_count; i++)
		ih_buffer_free(w->files[i].bytes);
	w->file_count = w->flying_count = 0;
}

static void
run_schedule(struct world *w, int offices)
{
	int rounds = 0;

	for (int i = 1 + below(w, CASES); i > 0; i--)
		send_case(w, offices);
	for (int i = 4 + below(w, 8); i > 0; i--)
		one_step(w);
	while (send_again(w)) {
		if (rounds++ == ROUNDS)
			stop(w, "it does not end", &(struct ih_error){ 0 });
		while (w->flying_count > 0)
			if (below(w, 4) != 0)
				deliver(w, take_off(w));
			else
				take_off(w);
	}
	check_end(w);
	end_schedule(w);
}

static void
ends_alike_on_both_sides_after_any_schedule_of_files(void **state)
{
	struct world *w = *state;

	hush(w, true);
	for (unsigned i = 0; i < 200 / one_in(20); i++) {
		w->dice = i;
		run_schedule(w, 2 + (int)(i % 2));
	}
	hush(w, false);
}

/* ---- a copy that is not whole */

static bool
count_row(const struct ih_case_row *row, void *with)
{
	(void)row;
	++*(int *)with;
	return true;
}

static bool
count_message(const struct ih_message *message, void *with)
{
	(void)message;
	++*(int *)with;
	return true;
}

static int
rows_of(struct world *w, int office)
{
	struct ih_error err = { 0 };
	int rows = 0;

	if (!ih_case_each(w->office[office].registry, count_row, &rows, &err) ||
	    !ih_message_each(w->office[office].registry, count_message, &rows,
		&err))
		stop(w, "rows", &err);
	return rows;
}

static void
refuses_a_file_cut_anywhere_and_stores_nothing(void **state)
{
	struct world *w = *state;
	struct file *file;
	size_t whole;
	int rows;

	hush(w, true);
	w->dice = 1;
	send_case(w, 2);
	file = &w->files[0];
	whole = file->bytes->size;
	rows = rows_of(w, file->to);
	for (size_t i = 0; i < 200; i++) {
		struct ih_error err = { 0 };

		file->bytes->size = whole * i / 200;
		if (mailroom_take(w->office[file->to].room, file->bytes,
			&err) ||
		    err.kind != IH_TRUST || err.code[0] == '\0' ||
		    strchr(err.text, '\n') != NULL ||
		    rows_of(w, file->to) != rows)
			stop(w, "a part was taken", &err);
	}
	file->bytes->size = whole;
	assert_true(deliver(w, 0));
	assert_int_equal(rows_of(w, file->to), rows + 3);
	end_schedule(w);
	hush(w, false);
}

/* ---- a list that travels as a letter */

/* LIST in a letter of MA to TN; MAs rows are as they would be. */
static struct file *
send_list(struct world *w, const struct ih_buffer *list)
{
	struct office *o = &w->office[MA];
	struct file *file = new_file(w, MA, TN);
	struct ih_letter letter = { .purpose = IH_LETTER_TRUST_LIST };
	struct ih_sealed sealed;
	struct ih_error err = { 0 };
	const struct ih_part_of part = { "trust-list.p7s",
		"application/pkcs7-mime", list->data, list->size };

	if (!letter_next(&o->request, o->registry, "TN", &letter, &err) ||
	    !ih_post_seal(&letter, &part, 1, o->keys, w->list[TN], &sealed,
		&err) ||
	    !letter_sent(o->registry, &letter, &sealed, "TN", "", &err))
		stop(w, "send", &err);
	memcpy(file->id, letter.id, sizeof file->id);
	file->bytes = sealed.envelope;
	return file;
}

/* A list of OFFICE under NUMBER, after the one with that digest. */
static struct ih_buffer *
next_list(struct world *w, int office, int number, const char *previous,
    char digest[static IH_DIGEST_TEXT])
{
	struct ih_error err = { 0 };
	IH_OWNED(ih_partner)
	draft = ih_trust_draft(w->office[office].keys, number, NOW,
	    NOW + LIST_SECONDS - number);

	snprintf(draft->previous, IH_DIGEST_TEXT, "%s", previous);
	struct ih_buffer *list =
	    ih_trust_sign(draft, w->office[office].keys, &err);
	if (list == NULL)
		stop(w, "list", &err);
	ih_digest_text(list->data, list->size, digest);
	return list;
}

static int64_t
number_held(struct world *w)
{
	struct ih_peer peer = { .sequence = -1 };
	struct ih_error err = { 0 };
	IH_OWNED(ih_buffer)
	list = ih_peer_get(w->office[TN].registry, "MA", &peer, &err);

	return peer.sequence;
}

static void
believes_a_list_in_a_letter_only_where_it_follows_the_one_held(void **state)
{
	struct world *w = *state;
	char second[IH_DIGEST_TEXT], other[IH_DIGEST_TEXT], any[IH_DIGEST_TEXT];
	struct ih_buffer *two =
	    next_list(w, MA, 2, w->list[MA]->digest, second);
	struct ih_buffer *older = next_list(w, MA, 1, "", other);
	struct ih_buffer *fork = next_list(w, MA, 3, other, any);
	const struct {
		struct ih_buffer *list;
		const char *code; /* NULL: it is believed */
		int64_t held;
	} letters[] = {
		{ next_list(w, EG, 2, w->list[EG]->digest, any), "E_LIST_KEY",
		    1 },
		{ ih_buffer_copy("no list", 7), "E_LIST_FORMAT", 1 },
		{ two, NULL, 2 },
		{ ih_buffer_copy(two->data, two->size), NULL, 2 },
		{ older, "E_LIST_ROLLBACK", 2 },
		{ fork, "E_LIST_FORK", 2 },
		{ next_list(w, MA, 3, second, any), NULL, 3 },
	};

	hush(w, true);
	for (size_t i = 0; i < sizeof letters / sizeof letters[0]; i++) {
		struct file *file = send_list(w, letters[i].list);
		struct office *o = &w->office[TN];
		struct ih_error err = { 0 };
		bool believed = letters[i].code == NULL;

		o->request.receipt = w->receipt;
		if (mailroom_take(o->room, file->bytes, &err) != believed ||
		    strcmp(err.code, believed ? "" : letters[i].code) != 0 ||
		    number_held(w) != letters[i].held)
			stop(w, "list", &err);
		/* Either way its sender hears of it. */
		take_receipt(w, file);
		deliver(w, w->file_count - 1);
		if (stand_of(w, file) != (believed ? 2 : 1))
			stop(w, "receipt", &err);
		ih_buffer_free(letters[i].list);
	}
	end_schedule(w);
	hush(w, false);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(refuses_a_file_cut_anywhere_and_stores_nothing),
		TEST(ends_alike_on_both_sides_after_any_schedule_of_files),
		TEST(
		    believes_a_list_in_a_letter_only_where_it_follows_the_one_held),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
