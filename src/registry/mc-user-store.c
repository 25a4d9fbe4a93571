/* SPDX-License-Identifier: GPL-3.0-or-later
 * PINs and settings of users in the local tables. */
#include <glib/gi18n.h>
#include <string.h>

#include "mc-registry-store.h"
#include "mc-user.h"

typedef struct
{
  const char *user;
  gboolean found;
  McPinHash hash;
  guint wrong;
  gint64 wrong_at;
} PinRow;

static gpointer
read_pin (sqlite3 *db, gpointer data, GCancellable *cancellable, GError **error)
{
  PinRow *row = data;
  g_autoptr (sqlite3_stmt) statement
      = mc_store_prepare (db, "SELECT salt, hash, passes, memory_kib, wrong, wrong_at FROM user_pin WHERE user = :user", error);
  GError *failure = NULL;

  if (!statement)
    return NULL;
  mc_bind_text (statement, ":user", row->user);
  row->found = mc_step (statement, &failure);
  if (failure)
    {
      g_propagate_error (error, failure);
      return NULL;
    }
  if (row->found)
    {
      if (sqlite3_column_bytes (statement, 0) == MC_PIN_SALT_BYTES)
        memcpy (row->hash.salt, sqlite3_column_blob (statement, 0), MC_PIN_SALT_BYTES);
      if (sqlite3_column_bytes (statement, 1) == MC_PIN_HASH_BYTES)
        memcpy (row->hash.hash, sqlite3_column_blob (statement, 1), MC_PIN_HASH_BYTES);
      row->hash.passes = (guint) sqlite3_column_int (statement, 2);
      row->hash.memory_kib = (guint) sqlite3_column_int (statement, 3);
      row->wrong = (guint) sqlite3_column_int (statement, 4);
      row->wrong_at = mc_column_integer (statement, 5, 0);
    }
  return row;
}

static gboolean
execute (sqlite3 *db, sqlite3_stmt *statement, GError **error)
{
  int code = sqlite3_step (statement);

  if (code == SQLITE_DONE)
    return TRUE;
  mc_store_set_sqlite_error (error, db, code);
  return FALSE;
}

static void
bind_integer (sqlite3_stmt *statement, const char *name, gint64 value)
{
  sqlite3_bind_int64 (statement, sqlite3_bind_parameter_index (statement, name), value);
}

static void
bind_bytes (sqlite3_stmt *statement, const char *name, const void *bytes, int length)
{
  sqlite3_bind_blob (statement, sqlite3_bind_parameter_index (statement, name), bytes, length, SQLITE_TRANSIENT);
}

static gboolean
write_tries (sqlite3 *db, gpointer data, GError **error)
{
  const PinRow *row = data;
  g_autoptr (sqlite3_stmt) statement = mc_store_prepare (db, "UPDATE user_pin SET wrong = :wrong, wrong_at = :at WHERE user = :user", error);

  if (!statement)
    return FALSE;
  mc_bind_text (statement, ":user", row->user);
  bind_integer (statement, ":wrong", row->wrong);
  bind_integer (statement, ":at", row->wrong_at);
  return execute (db, statement, error);
}

static gboolean
write_pin (sqlite3 *db, gpointer data, GError **error)
{
  const PinRow *row = data;
  g_autoptr (sqlite3_stmt) statement
      = mc_store_prepare (db,
                          "INSERT OR REPLACE INTO user_pin (user, salt, hash, passes, memory_kib, wrong, wrong_at)"
                          " VALUES (:user, :salt, :hash, :passes, :memory, 0, NULL)",
                          error);

  if (!statement)
    return FALSE;
  mc_bind_text (statement, ":user", row->user);
  bind_bytes (statement, ":salt", row->hash.salt, MC_PIN_SALT_BYTES);
  bind_bytes (statement, ":hash", row->hash.hash, MC_PIN_HASH_BYTES);
  bind_integer (statement, ":passes", row->hash.passes);
  bind_integer (statement, ":memory", row->hash.memory_kib);
  return execute (db, statement, error);
}

static void
tell_wait (McPinResult *result, const PinRow *row)
{
  gint64 wait = mc_pin_wait_seconds (row->wrong);

  result->wrong = row->wrong;
  result->wait_until = wait > 0 ? row->wrong_at + wait : 0;
  result->locked = row->wrong >= MC_PIN_LOCKED;
}

/* What was typed, if it has the form of a PIN; else what nobody can have, so that it takes the same time. */
static gboolean
compare (const PinRow *row, const char *pin, gboolean *right, GError **error)
{
  g_autofree char *clean = mc_pin_clean (pin, NULL);

  return mc_pin_hash_matches (&row->hash, clean ? clean : "-", right, error);
}

gboolean
mc_user_look_at_pin (McStore *store, const char *user, gint64 now, McPinResult *result, GError **error)
{
  PinRow row = { .user = user };

  g_return_val_if_fail (MC_IS_STORE (store) && user != NULL && result != NULL, FALSE);

  *result = (McPinResult){ MC_PIN_NONE, 0, 0, FALSE };
  if (!mc_store_read (store, read_pin, &row, NULL, error))
    return FALSE;
  if (!row.found)
    return TRUE;
  row.wrong_at = MIN (row.wrong_at, now);
  tell_wait (result, &row);
  result->outcome = now < result->wait_until ? MC_PIN_WAIT : MC_PIN_READY;
  return TRUE;
}

gboolean
mc_user_check_pin (McStore *store, const char *user, const char *pin, gint64 now, McPinResult *result, GError **error)
{
  PinRow row = { .user = user };
  gboolean right;

  g_return_val_if_fail (MC_IS_STORE (store) && user != NULL && result != NULL, FALSE);

  *result = (McPinResult){ MC_PIN_NONE, 0, 0, FALSE };
  if (!mc_store_read (store, read_pin, &row, NULL, error))
    return FALSE;
  if (!row.found)
    return TRUE;
  row.wrong_at = MIN (row.wrong_at, now); /* a clock that was set back does not make the wait longer */
  tell_wait (result, &row);
  if (now < result->wait_until)
    {
      result->outcome = MC_PIN_WAIT;
      return mc_store_write_local (store, write_tries, &row, error);
    }
  /* Counted first: who ends the program now has still tried. */
  row.wrong++;
  row.wrong_at = now;
  if (!mc_store_write_local (store, write_tries, &row, error) || !compare (&row, pin, &right, error))
    return FALSE;
  result->outcome = right ? MC_PIN_RIGHT : MC_PIN_WRONG;
  if (right)
    {
      row.wrong = 0;
      row.wrong_at = 0;
      if (!mc_store_write_local (store, write_tries, &row, error))
        return FALSE;
    }
  tell_wait (result, &row);
  return TRUE;
}

static gboolean
prove_old (McStore *store, const char *user, const char *old, gint64 now, GError **error)
{
  McPinResult result;
  g_autofree char *words = NULL;

  if (!mc_user_check_pin (store, user, old ? old : "", now, &result, error))
    return FALSE;
  words = mc_pin_result_describe (&result, now);
  if (!words)
    return TRUE;
  g_set_error (error, MC_REGISTRY_ERROR, MC_REGISTRY_ERROR_INPUT, _("The PIN so far: %s The PIN stays as it was."), words);
  return FALSE;
}

gboolean
mc_user_set_pin (McStore *store, const char *user, const char *old, const char *pin, gboolean by_administrator, gint64 now, GError **error)
{
  PinRow row = { .user = user };
  g_autofree char *clean = mc_pin_clean (pin, error);

  g_return_val_if_fail (MC_IS_STORE (store) && user != NULL, FALSE);

  return clean && (by_administrator || prove_old (store, user, old, now, error)) && mc_pin_hash_new (clean, &row.hash, error)
         && mc_store_write_local (store, write_pin, &row, error);
}

/* --- settings --------------------------------------------------------------------------------------------- */

static gpointer
read_settings (sqlite3 *db, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (GHashTable) settings = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (sqlite3_stmt) statement = mc_store_prepare (db, "SELECT key, value FROM user_setting WHERE user = :user", error);
  GError *failure = NULL;

  if (!statement)
    return NULL;
  mc_bind_text (statement, ":user", data);
  while (mc_step (statement, &failure))
    g_hash_table_insert (settings, mc_column_text (statement, 0), mc_column_text (statement, 1));
  if (!failure)
    return g_steal_pointer (&settings);
  g_propagate_error (error, failure);
  return NULL;
}

GHashTable *
mc_user_load_settings (McStore *store, const char *user, GError **error)
{
  g_return_val_if_fail (MC_IS_STORE (store) && user != NULL, NULL);

  return mc_store_read (store, read_settings, (gpointer) user, NULL, error);
}

typedef struct
{
  const char *user;
  GHashTable *settings;
} SettingRows;

static gboolean
write_setting (sqlite3 *db, const char *user, const char *key, const char *value, GError **error)
{
  g_autoptr (sqlite3_stmt) statement
      = mc_store_prepare (db,
                          value ? "INSERT OR REPLACE INTO user_setting (user, key, value) VALUES (:user, :key, :value)"
                                : "DELETE FROM user_setting WHERE user = :user AND key = :key",
                          error);

  if (!statement)
    return FALSE;
  mc_bind_text (statement, ":user", user);
  mc_bind_text (statement, ":key", key);
  mc_bind_text (statement, ":value", value);
  return execute (db, statement, error);
}

static gboolean
write_settings (sqlite3 *db, gpointer data, GError **error)
{
  const SettingRows *rows = data;
  GHashTableIter iter;
  gpointer key, value;

  g_hash_table_iter_init (&iter, rows->settings);
  while (g_hash_table_iter_next (&iter, &key, &value))
    if (!write_setting (db, rows->user, key, value, error))
      return FALSE;
  return TRUE;
}

gboolean
mc_user_save_settings (McStore *store, const char *user, GHashTable *settings, GError **error)
{
  SettingRows rows = { user, settings };

  g_return_val_if_fail (MC_IS_STORE (store) && user != NULL && settings != NULL, FALSE);

  return mc_store_write_local (store, write_settings, &rows, error);
}
