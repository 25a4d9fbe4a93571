/* SPDX-License-Identifier: GPL-3.0-or-later
 * The users of a device: their PINs, how they read, and who may be added or retired. McUser itself is of mc-setup.h. */
#pragma once

#include "mc-pin.h"
#include "mc-setup.h"

G_BEGIN_DECLS

/* --- PINs ----------------------------------------------------------------------------------------------------
 * Kept in a local table of this device (user_pin) as Argon2id with salt and parameters, never in the log, a backup's lines or a bundle. Tries are
 * counted on disk before they are looked at. Times are seconds since 1970. Everything here that ends in _async works in a thread. */

typedef enum
{
  MC_PIN_NONE,   /* this user has no PIN here: nothing to prove */
  MC_PIN_RIGHT,
  MC_PIN_WRONG,
  MC_PIN_WAIT,   /* too soon after wrong ones: not looked at, not counted */
  MC_PIN_READY,  /* there is one, and it may be tried (mc_user_look_at_pin() alone) */
} McPinOutcome;

typedef struct
{
  McPinOutcome outcome;
  guint wrong;       /* wrong ones in a row, this one included */
  gint64 wait_until; /* 0: the next may be tried at once */
  gboolean locked;   /* ten or more: an administrator of this device can set a new PIN, else a day is waited for each try */
} McPinResult;

/* In words, for the person: how many are left, how long to wait. NULL if nothing is wrong. @now: to say how long. Caller frees. Pure. */
char *mc_pin_result_describe (const McPinResult *result, gint64 now);

/* Looks at @pin. FALSE and @error only if the store cannot be read or the try not be counted. Blocks. */
gboolean mc_user_check_pin (McStore *store, const char *user, const char *pin, gint64 now, McPinResult *result, GError **error);
void mc_user_check_pin_async (McStore *store, const char *user, const char *pin, gint64 now, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean mc_user_check_pin_finish (GAsyncResult *result, McPinResult *outcome, GError **error);

/* NONE, WAIT or READY, without a try. Blocks. */
gboolean mc_user_look_at_pin (McStore *store, const char *user, gint64 now, McPinResult *result, GError **error);
/* Finished as a check is. */
void mc_user_look_at_pin_async (McStore *store, const char *user, gint64 now, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);

/* Gives @user the PIN @pin. Who has one proves it with @old; an administrator who was proven elsewhere sets another user's (@by_administrator), and
 * the count of wrong ones begins anew. MC_REGISTRY_ERROR_INPUT in words (form, wrong old one, wait). Blocks. */
gboolean mc_user_set_pin (McStore *store, const char *user, const char *old, const char *pin, gboolean by_administrator, gint64 now, GError **error);
void mc_user_set_pin_async (McStore *store, const char *user, const char *old, const char *pin, gboolean by_administrator, gint64 now,
                            GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean mc_user_set_pin_finish (GAsyncResult *result, GError **error);

/* --- settings ------------------------------------------------------------------------------------------------
 * How this user reads and what they had open, on this device (local table user_setting). */

/* Of char * by char *; empty if none. Blocks. */
GHashTable *mc_user_load_settings (McStore *store, const char *user, GError **error);
/* @settings: char * by char *, a NULL value forgets the key; all or nothing. Blocks. */
gboolean mc_user_save_settings (McStore *store, const char *user, GHashTable *settings, GError **error);
/* Takes @settings. */
void mc_user_save_settings_async (McStore *store, const char *user, GHashTable *settings, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean mc_user_save_settings_finish (GAsyncResult *result, GError **error);

/* --- who may ------------------------------------------------------------------------------------------------- */

/* May @by add or retire a user with @role, or set another's PIN? As long as the device has no administrator everybody may; then only administrators.
 * @users: of McUser. Pure. */
gboolean mc_user_may_manage (GPtrArray *users, const McUser *by);

/* Takes @user off the device: retired, with a reason; the records by them stay. MC_REGISTRY_ERROR_INPUT for who works now. Blocks. */
gboolean mc_user_retire (McStore *store, const char *user, const char *today, const char *reason, GError **error);
void mc_user_retire_async (McStore *store, const char *user, const char *today, const char *reason, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean mc_user_retire_finish (GAsyncResult *result, GError **error);

G_END_DECLS
