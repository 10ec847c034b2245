/* ihala roles - the table of who may do what. */
#include "command.h"
#include "ihala/role.h"
#include "listing.h"
#include "words_keys.h"

static const char *const titles[IH_ROLES] = {
	[IH_SCREENER] = W_ROLE_SCREENER,
	[IH_CASE_WORKER] = W_ROLE_CASE_WORKER,
	[IH_SUPERVISOR] = W_ROLE_SUPERVISOR,
	[IH_COMMITTEE_OFFICER] = W_ROLE_COMMITTEE,
	[IH_DATA_PROTECTION_OFFICER] = W_ROLE_DATA_PROTECTION_OFFICER,
	[IH_AUDITOR] = W_ROLE_AUDITOR,
	[IH_ADMINISTRATOR] = W_ROLE_ADMINISTRATOR,
	[IH_ANALYST] = W_ROLE_ANALYST,
};

/* For people in their words, for programs by its id. */
static const char *
cell(const struct request *request, const char *room, const char *id)
{
	char key[40];

	snprintf(key, sizeof key, "%s.%s", room, id);
	return request->format == FORMAT_TEXT ? word(request, key) : id;
}

bool
cmd_roles(struct request *request, struct ih_error *err)
{
	struct column columns[1 + IH_ROLES] = {
		{ "action", W_COLUMN_ACTION, false },
	};
	struct listing listing = LISTING(request, "roles", "action", columns);

	for (int r = 0; r < IH_ROLES; r++) {
		columns[1 + r] = (struct column){ ih_role_name((enum ih_role)r),
			titles[r], false };
	}
	for (int a = 0; a < IH_ACTIONS; a++) {
		const char *cells[1 + IH_ROLES] = { cell(request, "may",
		    ih_action_name((enum ih_action)a)) };

		for (int r = 0; r < IH_ROLES; r++)
			cells[1 + r] = cell(request, "reach",
			    ih_reach_name(ih_role_reach((enum ih_role)r,
				(enum ih_action)a)));
		listing_add(&listing, cells);
	}
	return listing_print(&listing, request, err);
}
