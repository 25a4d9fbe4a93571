/* SPDX-License-Identifier: GPL-3.0-or-later
 * The page of the preferences about who works on this computer. */
#pragma once

#include <adwaita.h>

#include "widgets/mc-session.h"

G_BEGIN_DECLS

#define MC_TYPE_USERS_PAGE (mc_users_page_get_type ())
G_DECLARE_FINAL_TYPE (McUsersPage, mc_users_page, MC, USERS_PAGE, AdwPreferencesPage)

GtkWidget *mc_users_page_new (McSession *session);

/* TRUE while it reads or writes. */
gboolean mc_users_page_is_busy (McUsersPage *self);

G_END_DECLS
