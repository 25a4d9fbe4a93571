/* SPDX-License-Identifier: GPL-3.0-or-later
 * What every page is given: the open store, who works, how the person wants to read, and the day. */
#pragma once

#include <gio/gio.h>

#include "registry/mc-setup.h"

G_BEGIN_DECLS

/* Limits of the text size, in per cent. */
#define MC_TEXT_SIZE_MIN 100
#define MC_TEXT_SIZE_MAX 200
#define MC_TEXT_SIZE_STEP 25

/* Explicit-notify properties:
 *   store          McStore, NULL until it is open
 *   user           id of who works, NULL before the first run; the last of the user's properties to change
 *   user-name      text, NULL before the first run
 *   user-detail    text: authority and role, as the sidebar shows them
 *   text-size      100–200
 *   elder          elder mode
 *   one-at-a-time  one item at a time (on by default in elder mode)
 *   colour-scheme  "default", "light" or "dark"
 *   folded         the sidebar is folded away: headers show the button that opens it
 *   sync-text, sync-icon-name, sync-detail: where the work is kept, in words
 * One object handed down from the window to its pages; no page looks for another. */
#define MC_TYPE_SESSION (mc_session_get_type ())
G_DECLARE_FINAL_TYPE (McSession, mc_session, MC, SESSION, GObject)

McSession *mc_session_new (void);

McStore *mc_session_get_store (McSession *self); /* borrowed; NULL until open */
void mc_session_set_store (McSession *self, McStore *store);

/* TRUE while nothing can be saved: no store, or one that was opened for reading. */
gboolean mc_session_is_read_only (McSession *self);

/* Who works from now on. */
void mc_session_set_user (McSession *self, const McUser *user);
const char *mc_session_get_user (McSession *self);
const char *mc_session_get_role (McSession *self);      /* code; NULL before the first run */
const char *mc_session_get_inspector (McSession *self); /* the user's record in the register of inspectors; NULL: none */
const char *mc_session_get_user_name (McSession *self);
const char *mc_session_get_user_detail (McSession *self);

guint mc_session_get_text_size (McSession *self);
void mc_session_set_text_size (McSession *self, guint per_cent);
gboolean mc_session_get_elder (McSession *self);
void mc_session_set_elder (McSession *self, gboolean elder);
gboolean mc_session_get_one_at_a_time (McSession *self);

gboolean mc_session_get_folded (McSession *self);
void mc_session_set_folded (McSession *self, gboolean folded);

void mc_session_set_sync_state (McSession *self, const char *icon_name, const char *text, const char *detail);

/* Main text in points: 11 × text size, in elder mode 18 to 30. Pure. */
double mc_text_points (guint text_size, gboolean elder);
/* How much larger than 11 pt that is. */
double mc_session_get_scale (McSession *self);

/* Today, local time; a session of a test or of the pictures may stand at another day (NULL: the clock). */
void mc_session_get_today (McSession *self, GDate *today);
void mc_session_set_today (McSession *self, const GDate *today);

G_END_DECLS
