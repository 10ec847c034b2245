/*
 * case_file.h - a sealed case as the commands handle it: read, cut, written
 * back.
 */
#ifndef IHALA_CLI_CASE_FILE_H
#define IHALA_CLI_CASE_FILE_H

#include "command.h"
#include "ihala/alias.h"
#include "ihala/case.h"
#include "ihala/mechanism.h"
#include "ihala/message.h"
#include "ihala/record.h"
#include "ihala/release.h"
#include "ihala/xml.h"

/* The office's data-protection authorisation, as recorded at init. */
#define KEPT_AUTHORISATION "authorisation"

typedef struct ih_record_parts record_parts;
struct ih_record_parts *record_parts_new(void);
void record_parts_release(struct ih_record_parts *parts);
IH_OWNER(record_parts, record_parts_release)

/* TYPED as a code in canonical form.  False: IH_USAGE. */
bool case_code(const char *typed, char code[static IH_CODE_TEXT],
    struct ih_error *err);

/* Write one part over whatever version there is, of what was read in the
 * transaction that is open. */
bool case_put(struct ih_registry *registry, const char *code, enum ih_part part,
    const struct ih_buffer *bytes, struct ih_error *err);

/* Of a case that another committee has taken over a copy stays, to be read:
 * only what a person may ask for is still written.  False: E_TRANSFERRED. */
bool case_is_ours(struct ih_registry *registry, const char *code,
    struct ih_error *err);

/* Is it still as whoever asks has seen it: --since, a version; always where
 * that was not given?  What changed is told on standard error.  False:
 * E_CASE_CHANGED. */
bool case_is_as_seen(struct request *request, struct ih_registry *registry,
    const char *code, struct ih_error *err);

/* On standard error, where ERR is E_CASE_CHANGED: what changed since VERSION.
 */
void case_tell_changes(struct request *request, struct ih_registry *registry,
    const char *code, int64_t version, const struct ih_error *err);

/* Write one part that was made of VERSION; where the case has changed since,
 * what changed is told on standard error.  False: as ih_case_write(). */
bool case_put_over(struct request *request, struct ih_registry *registry,
    const char *code, enum ih_part part, const struct ih_buffer *bytes,
    int64_t version, struct ih_error *err);

/* The facts (or another part) as a document.  The caller owns it. */
xmlDoc *case_document(struct ih_registry *registry, const char *code,
    enum ih_part part, struct ih_error *err);

/* A case about to leave, or to be printed: all that takes. */
typedef struct leaving {
	char code[IH_CODE_TEXT];
	int64_t version; /* of the case as it was read */
	const char *to;
	xmlDoc *facts, *identity; /* identity: NULL where there is none */
	struct ih_mechanism *ours, *theirs; /* theirs: ours, to a body */
	const struct ih_texts *to_name;
	const char *kind; /* of document: "referral", "notification" */
	struct ih_alias alias;
	char file[IH_STATE_TEXT];   /* where the file is */
	struct ih_library *library; /* the versions that the record was made
				     * with */
	struct ih_instrument *instrument;
	struct ih_framework *framework;
	char day[IH_DATE_TEXT];
	struct ih_release release;
	struct ih_message asked; /* what it answers; id "": nothing */
} cli_leaving;

/* By the first profile of our mechanism for recipient TO (NULL: that of the
 * last referral), an anonymous one where KIND is "notification", that of a
 * transfer where it is "transfer" (NULL: "referral").  The caller owns it. */
struct leaving *
leaving_prepare(struct request *request, struct ih_registry *registry,
    const char *typed, const char *kind, const char *to, struct ih_error *err);
/* Does it tell nothing of who it is? */
bool leaving_is_anonymous(const struct leaving *leaving);
void leaving_free(struct leaving *leaving);
IH_OWNER(cli_leaving, leaving_free)

/* The knowledge that the facts in LEAVING were made with: library, instrument,
 * framework. */
bool leaving_know(struct request *request, struct ih_registry *registry,
    struct leaving *leaving, struct ih_error *err);
/* The interview in AGAIN, judged under each framework that the record was
 * judged under; DESK holds these. */
struct desk;
struct interview;
bool leaving_judge(const struct leaving *of, struct desk *desk,
    struct interview *again, struct ih_error *err);
/* xml/FOLDER/ID.xml of it.  The caller owns it. */
xmlDoc *leaving_document(struct request *request, const struct leaving *leaving,
    const char *folder, const char *id, struct ih_error *err);

/* The referral of the cut record CASE_XML as blocks.  The caller owns it. */
xmlDoc *leaving_blocks(struct request *request, const struct leaving *leaving,
    const struct ih_buffer *case_xml, const struct ih_tongue *tongues,
    size_t count, struct ih_error *err);
/* The same as a page. */
struct ih_buffer *leaving_page(struct request *request,
    const struct leaving *leaving, const struct ih_buffer *case_xml,
    const struct ih_tongue *tongues, size_t count, struct ih_error *err);

/* The tongues of "ar,fr", each in the words of COUNTRY.  0: IH_USAGE. */
size_t tongues_of(const char *tags, const char *country,
    struct ih_tongue tongues[static 2], struct ih_error *err);

/* The first child NAME of the record, of whatever format it is; NULL where
 * there is none. */
xmlNode *record_inner(const xmlDoc *record, const char *name);
/* The answers of a record that has some, as a document.  The caller owns it. */
xmlDoc *record_answers(const xmlDoc *record);

/* The id of the interview a record was made of; NULL where it has none. */
const char *record_interview(const xmlDoc *record);

/* May the file go where an adult refused a referral?  False: E_CHILD, by the
 * gates of our mechanism, or it could not be read. */
bool case_may_refuse(struct request *request, struct ih_registry *registry,
    const char *code, struct ih_error *err);

/* The id of the last referral to TO; NULL where there is none. */
const char *last_referral_to(const xmlDoc *facts, const char *to);

/* On standard error: who may be the person of CODE already.  Never a reason
 * to stop: what cannot be looked up is not told. */
void tell_likely(struct request *request, struct ih_registry *registry,
    const char *code);

/* Move the case along AXIS by the acts that lead to STATE, where there are
 * any: a table, in case_file.c. */
bool case_moves(struct ih_registry *registry, const char *code,
    enum ih_axis axis, const char *state, struct ih_error *err);

struct desk;
struct ih_tables;
struct interview;
struct ih_draft_row;

/* A request, or what waited in one, became the case CODE. */
typedef bool case_become(struct ih_registry *registry, const char *asked,
    const char *code, struct ih_error *err);
/* What a case is opened on. */
struct opening {
	const char *name;    /* of the interview, for people */
	const char *asked;   /* the request it came from; NULL: none */
	case_become *become; /* what then becomes of that */
	const struct ih_draft_row *draft; /* that it was; NULL: a file */
};
/* Open a case on INTERVIEW, in one transaction with what it came from, and
 * tell its code. */
bool case_take_in(struct request *request, struct ih_registry *registry,
    const struct ih_tables *tables, const struct interview *interview,
    const struct opening *opening, struct ih_error *err);
/* Open a case on the interview in PATH, and tell its code; ASKED is the
 * request it came from, NULL: none. */
bool case_open(struct request *request, struct ih_registry *registry,
    struct desk *desk, const struct ih_tables *tables, const char *path,
    const char *asked, struct ih_error *err);

/* The reasoning of a stored case, as lines; what it was made with stays in
 * KNOWLEDGE, which is new. */
bool case_reasoning(struct request *request, struct ih_registry *registry,
    struct leaving *knowledge, const char *code, struct ih_buffer *out,
    struct ih_error *err);
/* The same on standard output. */
bool case_explain(struct request *request, struct ih_registry *registry,
    const char *code, struct ih_error *err);

/* What a case from elsewhere says there and here, in the format asked for
 * (case_compare.c).  False: E_NOT_RECEIVED, it is a case of our own. */
bool case_side_by_side(struct request *request, struct ih_registry *registry,
    const char *code, struct ih_error *err);
command case_compare;

/* All of a case that a screen shows, and the letters there are
 * (case_view.c). */
command case_view, case_letters;

/* To whom a case is given, and emergencies (case_access.c). */
command case_assign, case_unassign, case_break, case_breaks, case_review;

/* How each recipient knows a case, or all (case_names.c). */
command case_names;

/* Everything that is held, for the person (case_copy.c); what is wrong in it
 * is put right (case_rectify.c). */
command case_copy, case_rectify;

/* That a case may not be destroyed, and why (case_hold.c). */
command case_hold, case_release, case_holds;
/* On standard error, where the case is held. */
bool case_tell_hold(struct request *request, struct ih_registry *registry,
    const char *code, struct ih_error *err);
/* What is decided about a person (case_determination.c). */
command case_choices, case_determine, case_serve, case_reconsider;
/* The list of it, on standard output, where there is any. */
bool case_tell_decided(struct request *request, const xmlDoc *facts,
    struct ih_error *err);
/* May EVENT be said without a word why?  False: IH_USAGE
 * (E_DECIDED_RECORD: it is written in the record, by a verb of its own;
 * E_BY_LETTER: only a letter of the recipient does it). */
bool case_is_written_down(struct request *request, enum ih_axis axis,
    const char *event, struct ih_error *err);

/* What is due in a case, and why it is late (cmd_work.c). */
command case_clocks, case_excuse, case_excuses;

#endif
