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

/* How one user reads (text size, elder mode, one at a time, light or dark), kept in the store as the session changes; nothing is kept before
 * somebody works. */
#define MC_TYPE_USER_SETTINGS (mc_user_settings_get_type ())
G_DECLARE_FINAL_TYPE (McUserSettings, mc_user_settings, MC, USER_SETTINGS, GObject)

McUserSettings *mc_user_settings_new (McSession *session);

/* Puts what @user has chosen into the session, as mc_user_load_settings() gave it, and keeps what changes from now on. */
void mc_user_settings_take (McUserSettings *self, McStore *store, const char *user, GHashTable *settings);

/* Writes what waits to be written. Blocks: at the end. */
void mc_user_settings_flush (McUserSettings *self);

G_END_DECLS
