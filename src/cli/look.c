/* This is where what was found in a file is told, to people and to programs.
 */
#include "look.h"

#include <string.h>

#include "form.h"
#include "ihala/date.h"
#include "words_keys.h"

enum { CHECKS_MOST = 16 };

/* The checks that passed, in their order. */
struct passed {
	int numbers[CHECKS_MOST];
	size_t count;
	struct request *request;
};

static const char *
check_word(const struct request *request, int number)
{
	return word(request,
	    ih_arena_printf(request->arena, "check.%s", ih_post_check(number)));
}

static void
note(void *with, int number, const char *name)
{
	struct passed *passed = with;

	(void)name;
	if (passed->count < CHECKS_MOST)
		passed->numbers[passed->count++] = number;
	if (passed->request->format != FORMAT_TEXT)
		return;
	printf("ok  %2d  %s\n", number, check_word(passed->request, number));
	fflush(stdout);
}

/* ---- for people */

static const char *
purpose_word(const struct request *request, enum ih_purpose purpose)
{
	return word(request, ih_arena_printf(request->arena, "purpose.%s",
				 ih_purpose_text(purpose)));
}

static void
tell_line(const struct request *request, const char *title, const char *value)
{
	if (value[0] != '\0')
		printf("%s\n",
		    ih_say(request->arena, request->tongue, W_FAILURE_LINE,
			IH_ARG(word(request, title)), IH_ARG(value)));
}

static void
tell_letter(struct request *request, const struct ih_opened *opened)
{
	const struct ih_letter *letter = &opened->letter;
	char created[IH_INSTANT_TEXT];

	ih_instant_format(letter->created, created);
	tell_line(request, W_LOOK_FROM, letter->from);
	tell_line(request, W_LOOK_TO, letter->to);
	tell_line(request, W_LOOK_PURPOSE,
	    purpose_word(request, letter->purpose));
	tell_line(request, W_LOOK_CREATED, created);
	tell_line(request, W_LOOK_NUMBER,
	    ih_arena_printf(request->arena, "%lld",
		(long long)letter->sequence));
	for (size_t i = 0; i < opened->signer_count; i++)
		tell_line(request, W_LOOK_SIGNED,
		    opened->signers[i].fingerprint);
	for (size_t i = 0; i < opened->count; i++)
		tell_line(request, W_LOOK_PART, opened->parts[i].name);
}

static void
tell_text(struct request *request, const struct ih_opened *opened,
    const struct ih_refused *refused, const struct ih_error *err)
{
	const char *verdict = ih_arena_printf(request->arena, "verdict.%s",
	    ih_verdict_text(opened != NULL ? IH_VALID : refused->verdict));

	if (opened == NULL)
		printf("no  %2d  %s  %s\n", refused->check, err->code,
		    check_word(request, refused->check));
	else
		tell_letter(request, opened);
	printf("%s\n", word(request, verdict));
	fflush(stdout);
	for (unsigned w = IH_W_GAP; w <= IH_W_REVOKED; w <<= 1)
		if (opened != NULL && (opened->warnings & w) != 0)
			fprintf(stderr, "%s\n",
			    word(request, ih_arena_printf(request->arena,
					      "code.%s", ih_warning_code(w))));
}

/* ---- for programs */

static void
form_check(struct form *f, int number, bool passed)
{
	form_open(f, "check", true);
	form_count(f, "number", (uint64_t)number);
	form_text(f, "name", ih_post_check(number));
	form_text(f, "result", passed ? "passed" : "failed");
	form_close(f);
}

static const char *
if_any(const char *text)
{
	return text[0] != '\0' ? text : NULL;
}

static void
form_head(struct form *f, const struct ih_opened *opened)
{
	const struct ih_letter *letter = &opened->letter;
	char created[IH_INSTANT_TEXT];

	ih_instant_format(letter->created, created);
	form_text(f, "message", letter->id);
	form_text(f, "from", letter->from);
	form_text(f, "to", if_any(letter->to));
	form_text(f, "purpose", ih_purpose_text(letter->purpose));
	form_text(f, "created", created);
	form_count(f, "sequence", (uint64_t)letter->sequence);
}

static void
form_contents(struct form *f, const struct ih_opened *opened)
{
	form_list(f, "signers");
	for (size_t i = 0; i < opened->signer_count; i++) {
		form_open(f, "signer", true);
		form_text(f, "committee", opened->signers[i].committee);
		form_text(f, "fingerprint", opened->signers[i].fingerprint);
		form_close(f);
	}
	form_list_end(f);
	form_list(f, "parts");
	for (size_t i = 0; i < opened->count; i++) {
		form_open(f, "part", true);
		form_text(f, "name", opened->parts[i].name);
		form_count(f, "size", opened->parts[i].size);
		form_close(f);
	}
	form_list_end(f);
	form_list(f, "warnings");
	for (unsigned w = IH_W_GAP; w <= IH_W_REVOKED; w <<= 1)
		if ((opened->warnings & w) != 0) {
			form_open(f, "warning", true);
			form_text(f, "code", ih_warning_code(w));
			form_close(f);
		}
	form_list_end(f);
}

static bool
tell_form(struct request *request, const struct passed *passed,
    const struct ih_opened *opened, const struct ih_refused *refused)
{
	IH_OWNED(ih_buffer) out = ih_buffer_new();
	struct ih_error unsaid = { 0 };
	struct form f = form_start(request->format == FORMAT_JSON, out, "look");

	form_text(&f, "verdict",
	    ih_verdict_text(opened != NULL ? IH_VALID : refused->verdict));
	form_text(&f, "code", opened == NULL ? refused->code : NULL);
	if (opened != NULL)
		form_head(&f, opened);
	form_list(&f, "checks");
	for (size_t i = 0; i < passed->count; i++)
		form_check(&f, passed->numbers[i], true);
	if (opened == NULL)
		form_check(&f, refused->check, false);
	form_list_end(&f);
	if (opened != NULL)
		form_contents(&f, opened);
	return form_end(&f, &unsaid) &&
	       put_output(request, out->data, out->size, &unsaid);
}

/* Caller owns.  NULL: the answer is no, whatever kind of fault it was; or
 * there is no file. */
static struct ih_opened *
look_at(const struct mailroom *room, const char *path,
    struct ih_refused *refused, struct ih_error *err)
{
	IH_OWNED(ih_buffer) bytes = read_input(path, err);
	struct ih_opened *opened;

	if (bytes == NULL)
		return NULL;
	/* A ZIP begins with its own mark; all else is held to be sealed. */
	opened = bytes->size >= 2 && memcmp(bytes->data, "PK", 2) == 0 ?
		     ih_post_verify(&room->desk, bytes->data, bytes->size,
			 refused, err) :
		     ih_post_open(&room->desk, bytes->data, bytes->size,
			 refused, err);
	if (opened == NULL)
		partners_tell_barred(room->request, room->partners, err);
	if (opened == NULL && err->kind == IH_INPUT)
		err->kind = IH_TRUST;
	return opened;
}

bool
look(struct request *request, struct mailroom *room, struct ih_error *err)
{
	struct passed passed = { .request = request };
	struct ih_refused refused = { 0 };

	room->desk.passed = note;
	room->desk.with = &passed;
	IH_OWNED(ih_opened)
	opened = look_at(room, request->words[0], &refused, err);
	/* No check has a name: there is no file, or no memory of mail. */
	if (opened == NULL && refused.code[0] == '\0')
		return false;
	if (request->format == FORMAT_TEXT)
		tell_text(request, opened, &refused, err);
	else if (!tell_form(request, &passed, opened, &refused))
		return ih_fail(err, IH_SYSTEM, "standard output");
	return opened != NULL;
}
