/* This is where it stands who may do what. */
#include "ihala/role.h"

#include <stdio.h>
#include <string.h>

static const char *const role_names[IH_ROLES] = {
	[IH_SCREENER] = "screener",
	[IH_CASE_WORKER] = "case-worker",
	[IH_SUPERVISOR] = "supervisor",
	[IH_COMMITTEE_OFFICER] = "committee",
	[IH_DATA_PROTECTION_OFFICER] = "data-protection-officer",
	[IH_AUDITOR] = "auditor",
	[IH_ADMINISTRATOR] = "administrator",
	[IH_ANALYST] = "analyst",
};

static const char *const action_names[IH_ACTIONS] = {
	[IH_MAY_REQUEST] = "take-requests",
	[IH_MAY_OPEN] = "open",
	[IH_MAY_FACTS] = "read-facts",
	[IH_MAY_IDENTITY] = "read-identity",
	[IH_MAY_WRITE] = "write",
	[IH_MAY_COPY] = "copy-to-person",
	[IH_MAY_MOVE] = "move",
	[IH_MAY_SEARCH] = "search",
	[IH_MAY_SEE_PLAN] = "read-plan",
	[IH_MAY_PLAN] = "write-plan",
	[IH_MAY_PROVIDE] = "enter-providers",
	[IH_MAY_ASSIGN] = "assign",
	[IH_MAY_BREAK] = "break-glass",
	[IH_MAY_REVIEW] = "review-break-glass",
	[IH_MAY_EXCHANGE] = "exchange",
	[IH_MAY_TRUST] = "trust",
	[IH_MAY_COUNT] = "count",
	[IH_MAY_SUMMARISE] = "summarise",
	[IH_MAY_AUDIT] = "audit",
	[IH_MAY_BACKUP] = "backup",
	[IH_MAY_ADOPT] = "adopt-pack",
	[IH_MAY_REGISTER] = "register-users",
	[IH_MAY_ADMIT] = "admit-users",
};

static const char *const scope_names[IH_REACHES] = {
	[IH_NO_CASE] = "none",
	[IH_OWN_CASES] = "own",
	[IH_WHOLE_OFFICE] = "office",
};

/* clang-format off */
#define OWN IH_OWN_CASES
#define ALL IH_WHOLE_OFFICE
/* An empty place is IH_NO_CASE. */
static const enum ih_reach table[IH_ROLES][IH_ACTIONS] = {
	[IH_SCREENER] = {
		[IH_MAY_REQUEST] = ALL,
		[IH_MAY_OPEN] = ALL,	[IH_MAY_FACTS] = OWN,
		[IH_MAY_IDENTITY] = OWN,[IH_MAY_WRITE] = OWN,
		[IH_MAY_MOVE] = OWN,	[IH_MAY_SEARCH] = ALL,
		[IH_MAY_SEE_PLAN] = OWN, [IH_MAY_PLAN] = OWN,
	},
	[IH_CASE_WORKER] = {
		[IH_MAY_REQUEST] = ALL,
		[IH_MAY_OPEN] = ALL,	[IH_MAY_FACTS] = OWN,
		[IH_MAY_IDENTITY] = OWN,[IH_MAY_WRITE] = OWN,
		[IH_MAY_MOVE] = OWN,	[IH_MAY_SEARCH] = ALL,
		[IH_MAY_BREAK] = ALL,
		[IH_MAY_SEE_PLAN] = OWN, [IH_MAY_PLAN] = OWN,
		[IH_MAY_COPY] = OWN,
	},
	[IH_SUPERVISOR] = {
		[IH_MAY_REQUEST] = ALL,
		[IH_MAY_OPEN] = ALL,	[IH_MAY_FACTS] = ALL,
		[IH_MAY_IDENTITY] = ALL,[IH_MAY_WRITE] = ALL,
		[IH_MAY_MOVE] = ALL,	[IH_MAY_SEARCH] = ALL,
		[IH_MAY_ASSIGN] = ALL,	[IH_MAY_REVIEW] = ALL,
		[IH_MAY_ADMIT] = ALL,
		[IH_MAY_SEE_PLAN] = ALL, [IH_MAY_PLAN] = ALL,
		[IH_MAY_PROVIDE] = ALL,
		[IH_MAY_COPY] = ALL,
	},
	[IH_COMMITTEE_OFFICER] = {
		[IH_MAY_REQUEST] = ALL,
		[IH_MAY_OPEN] = ALL,	[IH_MAY_FACTS] = ALL,
		[IH_MAY_IDENTITY] = ALL,[IH_MAY_WRITE] = ALL,
		[IH_MAY_MOVE] = ALL,	[IH_MAY_SEARCH] = ALL,
		[IH_MAY_ASSIGN] = ALL,	[IH_MAY_EXCHANGE] = ALL,
		[IH_MAY_TRUST] = ALL,	[IH_MAY_COUNT] = ALL,
		[IH_MAY_SUMMARISE] = ALL,[IH_MAY_ADMIT] = ALL,
		[IH_MAY_ADOPT] = ALL,
		[IH_MAY_SEE_PLAN] = ALL, [IH_MAY_PLAN] = ALL,
		[IH_MAY_PROVIDE] = ALL,
		[IH_MAY_COPY] = ALL,
	},
	[IH_DATA_PROTECTION_OFFICER] = {
		[IH_MAY_FACTS] = ALL,	[IH_MAY_IDENTITY] = ALL,
		[IH_MAY_MOVE] = ALL,	[IH_MAY_SEARCH] = ALL,
		[IH_MAY_REVIEW] = ALL,	[IH_MAY_AUDIT] = ALL,
		[IH_MAY_BACKUP] = ALL,	[IH_MAY_TRUST] = ALL,
		[IH_MAY_SEE_PLAN] = ALL,
		[IH_MAY_COPY] = ALL,
	},
	[IH_AUDITOR] = {
		[IH_MAY_AUDIT] = ALL,
	},
	[IH_ADMINISTRATOR] = {
		[IH_MAY_REGISTER] = ALL,[IH_MAY_BACKUP] = ALL,
	},
	[IH_ANALYST] = {
		[IH_MAY_SUMMARISE] = ALL,
	},
};
#undef OWN
#undef ALL

/* What a role does not share with another in one user. */
#define ALONE                                                                  \
	(IH_ROLE_BIT(IH_AUDITOR) | IH_ROLE_BIT(IH_ADMINISTRATOR) |             \
	    IH_ROLE_BIT(IH_ANALYST))

/* Actors of the lifecycle that are not roles, and who enters what they do. */
#define WORKERS                                                                \
	(IH_ROLE_BIT(IH_SCREENER) | IH_ROLE_BIT(IH_CASE_WORKER) |              \
	    IH_ROLE_BIT(IH_SUPERVISOR) | IH_ROLE_BIT(IH_COMMITTEE_OFFICER))
static const struct {
	const char *actor;
	ih_role_set roles;
} actors[] = {
	{ "person", WORKERS },
	{ "system", WORKERS },
	{ "recipient", IH_ROLE_BIT(IH_COMMITTEE_OFFICER) },
	{ "second-signer", IH_ROLE_BIT(IH_COMMITTEE_OFFICER) },
	{ "service-provider", IH_ROLE_BIT(IH_CASE_WORKER) |
	  IH_ROLE_BIT(IH_COMMITTEE_OFFICER) },
};
/* clang-format on */

const char *
ih_role_name(enum ih_role role)
{
	return role_names[role];
}

const char *
ih_action_name(enum ih_action action)
{
	return action_names[action];
}

const char *
ih_reach_name(enum ih_reach scope)
{
	return scope_names[scope];
}

bool
ih_role_parse(const char *name, enum ih_role *role)
{
	for (int i = 0; i < IH_ROLES; i++)
		if (strcmp(name, role_names[i]) == 0) {
			*role = (enum ih_role)i;
			return true;
		}
	return false;
}

enum ih_reach
ih_role_reach(enum ih_role role, enum ih_action action)
{
	return table[role][action];
}

enum ih_reach
ih_roles_reach(ih_role_set roles, enum ih_action action)
{
	enum ih_reach widest = IH_NO_CASE;

	for (int i = 0; i < IH_ROLES; i++)
		if ((roles & IH_ROLE_BIT(i)) != 0 && table[i][action] > widest)
			widest = table[i][action];
	return widest;
}

bool
ih_roles_agree(ih_role_set roles)
{
	if (roles == 0 || (roles & ~IH_EVERY_ROLE) != 0)
		return false;
	return (roles & ALONE) == 0 || (roles & (roles - 1)) == 0;
}

static bool
acts_as(ih_role_set roles, const char *actor)
{
	enum ih_role role;

	if (ih_role_parse(actor, &role))
		return (roles & IH_ROLE_BIT(role)) != 0;
	for (size_t i = 0; i < sizeof actors / sizeof actors[0]; i++)
		if (strcmp(actor, actors[i].actor) == 0)
			return (roles & actors[i].roles) != 0;
	return false;
}

bool
ih_roles_act_as(ih_role_set roles, const char *list)
{
	char actor[40];

	for (list += strspn(list, " "); *list != '\0';
	     list += strspn(list, " ")) {
		size_t length = strcspn(list, " ");

		snprintf(actor, sizeof actor, "%.*s", (int)length, list);
		list += length;
		if (acts_as(roles, actor))
			return true;
	}
	return false;
}
