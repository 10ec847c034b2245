/*
 * following.h - letters about an earlier letter: which one it is, and what it
 * does to the case.
 */
#ifndef IHALA_CLI_FOLLOWING_H
#define IHALA_CLI_FOLLOWING_H

#include "case_file.h"
#include "ihala/message.h"
#include "ihala/post.h"

/* The last letter of PURPOSE about CODE; PEER NULL: with anybody, PURPOSE NULL:
 * any that brings a case. */
struct looking {
	enum ih_direction direction;
	const char *code, *peer, *purpose;
	struct ih_message found; /* id "": none */
};
/* For ih_message_each(); WITH is a struct looking. */
ih_message_seen find_last;
/* "referral", "transfer": does a letter of PURPOSE bring a case? */
bool brings_case(const char *purpose);
bool message_is_in(const struct ih_message *message, const char *state);

/* Where the axis is about another letter by now, or the case is gone, this
 * one leaves no trace on it: the letters themselves say what was told. */
bool move_if_it_may(struct ih_registry *registry, const char *code,
    enum ih_axis axis, const char *event, struct ih_error *err);

/* A letter with one document, about an earlier one. */
struct following {
	enum ih_purpose purpose;
	const char *part;
	const char *to, *code;
	const struct ih_message *about; /* NULL: it is about none */
	const char *becomes;            /* the state of that one */
	/* What it does to the case, in the same transaction. */
	bool (*then)(struct request *request, struct ih_registry *registry,
	    const struct following *f, struct ih_error *err);
	const void *with;
	const char *media; /* of the document; NULL: it is XML */
	const char *basis; /* the law under which it is asked; NULL */
};
/* Seal and enter DOCUMENT, and write it to -o; or only show it. */
bool following_post(struct request *request, struct ih_registry *registry,
    const struct following *f, const struct ih_buffer *document,
    struct ih_error *err);

/* What came in the letter OPENED, whose document is PART, in the transaction
 * that is open; CODE is our case, "" where it is about none; SAID tells it.
 * False: E_NOT_OURS, where it names no letter of ours, and what each says. */
typedef bool
following_take(struct request *request, struct ih_registry *registry,
    const struct ih_opened *opened, const struct ih_part_of *part,
    char code[static IH_CODE_TEXT], const char **said, struct ih_error *err);

/* The letter that MESSAGE names: of that direction and purpose (NULL: one that
 * brings a case), with who writes now, and the one the letter says it answers.
 * False: E_NOT_OURS. */
bool find_named(struct ih_registry *registry, const struct ih_opened *opened,
    const char *message, enum ih_direction direction, const char *purpose,
    struct ih_message *found, struct ih_error *err);

/* The day of the request. */
void put_today(const struct request *request, char day[static IH_DATE_TEXT]);

#endif
