/* SPDX-License-Identifier: GPL-3.0-or-later
 * The window: opens the store, shows what is in the way of that, then sidebar and pages. */
#pragma once

#include <adwaita.h>

#include "mc-store-opening.h"
#include "mc-settings.h"
#include "widgets/mc-page.h"

G_BEGIN_DECLS

#define MC_TYPE_WINDOW (mc_window_get_type ())
G_DECLARE_FINAL_TYPE (McWindow, mc_window, MC, WINDOW, AdwApplicationWindow)

/* Takes @opening: the database that the window shows is being opened while the window is made. */
McWindow *mc_window_new (AdwApplication *application, McSession *session, McStoreOpening *opening);

/* Where how the user reads is kept; without it, it ends with the window. */
void mc_window_keep_settings (McWindow *self, McUserSettings *settings);

/* @user (id), who was proven to be there, works from now on: pages, texts and to-dos become theirs. What is open stays open. */
void mc_window_switch_user (McWindow *self, const char *user);

/* Shows the window with its first page already read, or whatever is in the way of that; after a short while in any case. */
void mc_window_present_when_ready (McWindow *self);

void mc_window_open_store (McWindow *self); /* again */

/* Shows the page @name of the table, also while the store is still being opened; FALSE: there is none. */
gboolean mc_window_show_page (McWindow *self, const char *name);
gboolean mc_window_open_record (McWindow *self, const char *entity, const char *id);
McPage *mc_window_get_page (McWindow *self); /* the one shown; NULL before the store is open */
McSession *mc_window_get_session (McWindow *self);

/* Which of "loading", "problem", "first-run", "main" is shown. */
const char *mc_window_get_state (McWindow *self);

/* Shows what the window says about @error of opening the store. */
void mc_window_show_problem (McWindow *self, const GError *error);

/* TRUE while the window or its page still reads: the audit and the pictures wait. */
gboolean mc_window_is_busy (McWindow *self);

/* For mc-window-actions.c. */
void mc_window_open_store_read_only (McWindow *self);
void mc_window_toggle_sidebar (McWindow *self);
void mc_window_show_folder (McWindow *self);
void mc_window_focus_next_pane (McWindow *self);

G_END_DECLS
