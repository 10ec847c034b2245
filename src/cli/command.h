/*
 * command.h - one command, one file: "ihala assess" is cmd_assess.c, and its
 * man page is ihala-assess.1 beside it.
 *
 * The table in verbs.c says what each command takes; this is what it is
 * handed.  Results go to standard output, words to standard error.
 */
#ifndef IHALA_CLI_COMMAND_H
#define IHALA_CLI_COMMAND_H

#include <stdbool.h>
#include <stdio.h>

#include "ihala/arena.h"
#include "ihala/buffer.h"
#include "ihala/error.h"
#include "ihala/library.h"
#include "ihala/registry.h"
#include "ihala/words.h"
#include "ihala/world.h"

enum format {
	FORMAT_TEXT, /* or what a verb does where none is asked for */
	FORMAT_JSON,
	FORMAT_XML,
	FORMAT_HTML,
	FORMAT_PDF
};

/* A registry that stays open from one command to the next, and the pack in
 * force that goes with it. */
struct at_hand {
	struct ih_registry *registry;
	struct ih_library *library;
};

/* What the user asked for, checked.  Pointers are borrowed from argv. */
struct request {
	const char *verb;
	int count;                       /* of words after the verb's options */
	char **words;                    /* NULL past the end */
	struct ih_tongue tongue;         /* the user's language */
	enum format format;              /* of listings */
	const char *registry;            /* --registry; NULL: not given */
	const char *passphrase_file;     /* --passphrase-file */
	const char *languages;           /* --lang as given: "ar,fr" */
	const char *output;              /* -o */
	const char *to;                  /* --to */
	const char *committee;           /* --committee */
	const char *period;              /* --period */
	const char *fingerprint;         /* --fingerprint */
	const char *root;                /* --root */
	const char *receipt;             /* --receipt */
	const char *framework;           /* --framework */
	const char *authorisation;       /* --authorisation */
	const char *truth;               /* --truth */
	const char *positive;            /* --positive */
	const char *from;                /* --from */
	const char *instrument;          /* --instrument */
	const char *user;                /* --user; NULL: not given */
	const char *role;                /* --role */
	const char *new_passphrase_file; /* --new-passphrase-file */
	const char *reason_file;         /* --reason-file */
	const char *shares;              /* --shares */
	const char *threshold;           /* --threshold */
	const char *for_user;            /* --for */
	const char *as;                  /* --as */
	const char *keys;                /* --keys */
	const char *erasures;            /* --erasures */
	const char *pack;                /* --pack */
	const char *since;               /* --since */
	const char *purpose;             /* --purpose */
	const char *category;            /* --category */
	const char *until;               /* --until */
	const char *mode;                /* --mode */
	const char *with;                /* --with */
	const char *basis;               /* --basis */
	const char *read_in;             /* --read-in */
	const char *paper;               /* --paper */
	const char *area;                /* --area */
	const char *pin_file;            /* --pin-file */
	const char *stamp_request;       /* --stamp-request */
	const char *stamp_reply;         /* --stamp-reply */
	/* What waits for a stamp, and asks for it; owned until it is kept. */
	struct ih_buffer *draft, *query;
	const char *listen;      /* --listen */
	const char *certificate; /* --certificate */
	const char *proxy;       /* --behind-proxy */
	/* What a session of the web application has open; NULL: a command line
	 * that opens its own. */
	const struct at_hand *at_hand;
	bool training, explain, batch, no_erasures;
	bool mine, overdue, awaiting, week, calendar; /* of ihala work */
	bool preview;                                 /* --preview */
	bool private_key;                             /* --private */
	bool reveal;                                  /* --reveal */
	bool unreviewed;                              /* --unreviewed */
	bool stopped;                                 /* --stopped */
	/* What is kept from one verb to the next where one process runs
	 * several; NULL: nothing is. */
	struct interviewing *interviewing;
	struct ih_world world;
	bool world_is_given;        /* --now */
	struct ih_library *library; /* open for every command */
	struct ih_arena *arena;     /* for words; lives as long as the run */
};

/* False: ERR is shown to the user and decides the exit status. */
typedef bool command(struct request *request, struct ih_error *err);

command cmd_init, cmd_instrument, cmd_framework, cmd_assess, cmd_case,
    cmd_refer, cmd_document, cmd_keys, cmd_trust, cmd_send, cmd_receive,
    cmd_return, cmd_region, cmd_ledger, cmd_validate, cmd_rescore, cmd_pack,
    cmd_user, cmd_roles, cmd_recovery, cmd_person, cmd_registry, cmd_consent,
    cmd_plan, cmd_provider, cmd_work, cmd_open, cmd_verify, cmd_request,
    cmd_stamp, cmd_words, cmd_interview, cmd_serve, cmd_summary, cmd_import,
    cmd_intake;

/* A whole command line, ARGV[0] being the program: its verb, done. */
bool command_run(struct request *request, int argc, char **argv,
    struct ih_error *err);

/* A verb with inner verbs: "case open".  NAME is words[0]; calls the row's
 * function with it removed.  False: IH_USAGE, naming the nearest. */
struct subcommand {
	const char *name;
	command *run;
	int least, most; /* words it takes; most -1: any number */
};
bool run_subcommand(const struct subcommand *table, size_t rows,
    struct request *request, struct ih_error *err);

/* A sentence on standard error, in the user's language. */
#define say(request, key, ...)                                                 \
	fprintf(stderr, "%s\n",                                                \
	    ih_say((request)->arena, (request)->tongue, wording(request, key), \
		__VA_ARGS__))
const char *word(const struct request *request, const char *key);
/* KEY, or on a screen "on-screen.KEY" where the catalogue has that: what names
 * a verb or an option says it in the screen's own words. */
const char *wording(const struct request *request, const char *key);

/*
 * The registry the user named, unlocked with the passphrase; from now on the
 * request's library holds its pack in force, not the installed data.  The
 * caller owns it.  NULL: IH_USAGE (none named), IH_ABSENT, IH_DENIED, IH_STATE
 * (E_PACK_NONE), IH_TRUST (E_PACK_STORED).
 */
struct ih_registry *
open_registry(struct request *request, struct ih_error *err);
/* The same for USER, whose passphrase is at hand. */
struct ih_registry *open_registry_for(struct request *request, const char *user,
    const char *passphrase, struct ih_error *err);
/* The same with the installed data, for whoever makes or changes a pack. */
struct ih_registry *
open_registry_as_is(struct request *request, struct ih_error *err);
/* The same without a passphrase: nothing sealed can be read. */
struct ih_registry *
open_registry_locked(struct request *request, struct ih_error *err);

/* On standard error, in a registry of real people: the first account still has
 * every role, and what to do. */
bool remind_of_first(struct request *request, struct ih_registry *registry,
    struct ih_error *err);

/* From --passphrase-file, or asked for on the terminal (twice where
 * CONFIRM).  Caller owns. */
struct ih_buffer *
read_passphrase(struct request *request, bool confirm, struct ih_error *err);
/* A new one, from --new-passphrase-file, or asked for twice. */
struct ih_buffer *
read_new_passphrase(struct request *request, struct ih_error *err);

/* A line typed on the terminal after PROMPT, which does not appear there.
 * Caller owns.  NULL: IH_USAGE (no terminal, or nothing typed). */
struct ih_buffer *ask_unseen(const char *prompt, struct ih_error *err);

/* SIZE BYTES to -o, or to standard output where there is none. */
bool put_output(struct request *request, const void *bytes, size_t size,
    struct ih_error *err);

/* The same for what leaves REGISTRY: entered first, with its digest. */
bool put_export(struct request *request, struct ih_registry *registry,
    const char *subject, const struct ih_buffer *file, struct ih_error *err);

/* What failed, as one line on standard error. */
void tell_failure(const struct request *request, const struct ih_error *err);
/* The same, but the first is kept for the caller, who tells it last. */
void keep_failure(const struct request *request, const struct ih_error *here,
    struct ih_error *first);

/* A file the user named, whole.  Caller owns.  NULL: the error names it. */
struct ih_buffer *read_input(const char *path, struct ih_error *err);

/* That of --reason-file, which this command needs.  Caller owns. */
struct ih_buffer *
read_reason(const struct request *request, struct ih_error *err);

#endif
