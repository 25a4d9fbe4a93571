/* SPDX-License-Identifier: GPL-3.0-or-later
 * The follow-ups of the findings of one check, in the page of the check. */
#pragma once

#include <adwaita.h>

#include "mc-visit-editor.h"
#include "widgets/mc-session.h"

G_BEGIN_DECLS

/* Hidden while the check has none. Signal: "recheck" (McFollowUpGroup *, const char *facility, const char *visit): begin a re-check of what @visit found. */
#define MC_TYPE_FOLLOW_UP_GROUP (mc_follow_up_group_get_type ())
G_DECLARE_FINAL_TYPE (McFollowUpGroup, mc_follow_up_group, MC, FOLLOW_UP_GROUP, AdwPreferencesGroup)

GtkWidget *mc_follow_up_group_new (void);

/* @editor: of the check; NULL: none. It reads again whenever the store's follow-ups change. */
void mc_follow_up_group_set_editor (McFollowUpGroup *self, McSession *session, McVisitEditor *editor);

G_END_DECLS
