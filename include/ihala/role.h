/*
 * role.h - who may do what, in one closed table.
 *
 * A role has a reach for each action: none, the cases that were given to the
 * user ("own"), or the whole office.  What is not in the table is refused.
 * The same table decides which keys a user is given (registry.h), so that a
 * role without a right cannot read even with the database in hand and a
 * program of its own.
 *
 * Two things no role may do: the administrator reads no content, and nobody
 * approves what they did themselves (lifecycle.h, "four-eyes").
 *
 * Source: src/README.md "The registry"; the moves of xml/lifecycle/case.xml
 * name the roles that make them.
 */
#ifndef IHALA_ROLE_H
#define IHALA_ROLE_H

#include <stdbool.h>
#include <stddef.h>

enum ih_role {
	IH_SCREENER,
	IH_CASE_WORKER,
	IH_SUPERVISOR,
	IH_COMMITTEE_OFFICER,
	IH_DATA_PROTECTION_OFFICER,
	IH_AUDITOR,
	IH_ADMINISTRATOR,
	IH_ANALYST,
	IH_ROLES
};

enum ih_action {
	IH_MAY_REQUEST,  /* take in who asks for help, and say what comes of it
			  */
	IH_MAY_OPEN,     /* take a case in */
	IH_MAY_FACTS,    /* read what happened */
	IH_MAY_IDENTITY, /* read who the person is */
	IH_MAY_WRITE,    /* write either */
	IH_MAY_COPY,     /* give the person all that is held on them */
	IH_MAY_MOVE,     /* move a case along an axis, as the lifecycle says */
	IH_MAY_SEARCH,   /* look whether somebody is here */
	IH_MAY_SEE_PLAN, /* read what is planned with the person */
	IH_MAY_PLAN,     /* change it */
	IH_MAY_PROVIDE,  /* enter providers, and how they were found to be */
	IH_MAY_ASSIGN,   /* give a case to a user, or take it back */
	IH_MAY_BREAK,    /* open a case that is not one's own, for four hours */
	IH_MAY_REVIEW,   /* look at what was opened so, and say so */
	IH_MAY_EXCHANGE, /* use the keys of the office: send, receive */
	IH_MAY_TRUST,    /* take in a partner's trust list */
	IH_MAY_COUNT,    /* draw statistics from the coded rows */
	IH_MAY_SUMMARISE, /* make a summary of returns */
	IH_MAY_BACKUP,    /* copy the registry, sealed as it is */
	IH_MAY_ADOPT,     /* put a pack of questionnaires and rules in force */
	IH_MAY_AUDIT,     /* hand out checkpoints and proofs of the ledger */
	IH_MAY_REGISTER,  /* register and revoke users */
	IH_MAY_ADMIT,     /* hand a registered user the keys of the role */
	IH_ACTIONS
};

enum ih_reach { IH_NO_CASE, IH_OWN_CASES, IH_WHOLE_OFFICE, IH_REACHES };

typedef unsigned ih_role_set; /* bit 1 << role */
#define IH_ROLE_BIT(role) (1u << (role))
#define IH_EVERY_ROLE ((1u << IH_ROLES) - 1)

/* "case-worker", "read-facts", "own". */
const char *ih_role_name(enum ih_role role);
const char *ih_action_name(enum ih_action action);
const char *ih_reach_name(enum ih_reach scope);
bool ih_role_parse(const char *name, enum ih_role *role);

/* The table. */
enum ih_reach ih_role_reach(enum ih_role role, enum ih_action action);
/* The widest of those of several roles. */
enum ih_reach ih_roles_reach(ih_role_set roles, enum ih_action action);

/* May one user have all of ROLES?  Whoever keeps the accounts or audits has
 * no other role. */
bool ih_roles_agree(ih_role_set roles);

/* May one of ROLES make a move that the lifecycle gives to ACTORS ("screener
 * supervisor"; "person": what the person says is entered by whoever hears
 * it). */
bool ih_roles_act_as(ih_role_set roles, const char *actors);

#endif
