/* SPDX-License-Identifier: GPL-3.0-or-later
 * The authorities of a joint check, in the page of the check. */
#pragma once

#include <adwaita.h>

#include "mc-visit-editor.h"
#include "widgets/mc-session.h"

G_BEGIN_DECLS

/* Hidden while the check is no joint one. */
#define MC_TYPE_PARTY_GROUP (mc_party_group_get_type ())
G_DECLARE_FINAL_TYPE (McPartyGroup, mc_party_group, MC, PARTY_GROUP, AdwPreferencesGroup)

GtkWidget *mc_party_group_new (void);

/* @editor: of the check; NULL: none. It follows the editor's changes. */
void mc_party_group_set_editor (McPartyGroup *self, McSession *session, McVisitEditor *editor);

G_END_DECLS
