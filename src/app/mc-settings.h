/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the window remembers: the last user, its size, and for each user how they read. */
#pragma once

#include <gtk/gtk.h>

#include "widgets/mc-session.h"

G_BEGIN_DECLS

/* Where the schemas are not installed nothing is remembered, and nothing fails. */

char *mc_settings_get_last_user (void); /* "" if none; caller frees */
void mc_settings_set_last_user (const char *user);

void mc_settings_restore_window (GtkWindow *window);
void mc_settings_save_window (GtkWindow *window);

/* The settings of one user (NULL: before the first run), kept as the session changes. Call again for another user. */
#define MC_TYPE_USER_SETTINGS (mc_user_settings_get_type ())
G_DECLARE_FINAL_TYPE (McUserSettings, mc_user_settings, MC, USER_SETTINGS, GObject)

McUserSettings *mc_user_settings_new (McSession *session);
void mc_user_settings_set_user (McUserSettings *self, const char *user);

G_END_DECLS
