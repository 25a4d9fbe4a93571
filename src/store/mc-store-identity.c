/* SPDX-License-Identifier: GPL-3.0-or-later
 * The database's half of the device identity: which chain this file writes, its first line, its checkpoints. */
#include "mc-store-identity.h"

#include <string.h>

typedef struct
{
  char *device;     /* NULL: none yet */
  char *token_hash;
} State;

static void
state_clear (State *state)
{
  g_free (state->device);
  g_free (state->token_hash);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (State, state_clear)

static gboolean
read_state (McDatabase  *database,
            State       *state,
            GError     **error)
{
  sqlite3_stmt *statement = mc_database_statement (database, "SELECT device, token_hash FROM device_state", error);
  int more;

  if (!statement)
    return FALSE;
  more = mc_database_step (database, statement, error);
  if (more == 1)
    {
      state->device = g_strdup ((const char *) sqlite3_column_text (statement, 0));
      state->token_hash = g_strdup ((const char *) sqlite3_column_text (statement, 1));
      mc_database_done (statement);
    }
  return more >= 0;
}

static gboolean
write_state (McDatabase      *database,
             const McDevice  *device,
             GError         **error)
{
  sqlite3_stmt *statement = mc_database_statement (database, "INSERT OR REPLACE INTO device_state (one, device, token_hash) VALUES (1, ?1, ?2)", error);

  if (!statement)
    return FALSE;
  sqlite3_bind_text (statement, 1, device->id, -1, SQLITE_STATIC);
  sqlite3_bind_text (statement, 2, device->token_hash, -1, SQLITE_STATIC);
  return mc_database_run (database, statement, error);
}

/* Line 1: the public key, the computer's name, and the incarnation before. */
static gboolean
write_first_line (McWrite         *write,
                  const McDevice  *device,
                  GError         **error)
{
  g_autoptr (McChange) change = mc_change_new ();
  g_auto (McValue) key = MC_VALUE_INIT;
  g_auto (McValue) name = MC_VALUE_INIT;
  g_auto (McValue) previous = MC_VALUE_INIT;
  g_autofree char *host = g_utf8_make_valid (g_get_host_name (), -1);

  change->entity = g_strdup ("device");
  g_strlcpy (change->record, device->id, sizeof change->record);
  mc_value_init_text (&key, device->public_key_hex);
  mc_change_add_field (change, "public_key", &key, NULL, 0);
  mc_value_init_text (&name, host);
  mc_change_add_field (change, "name", &name, NULL, 0);
  if (device->previous[0])
    {
      mc_value_init_text (&previous, device->previous);
      mc_change_add_field (change, "previous", &previous, NULL, 0);
    }
  return mc_write_append (write, change, NULL, error) &&
         mc_write_derive (write, mc_entity_find ("device"), device->id, error);
}

static gboolean
start (McWrite       *write,
       gpointer       data,
       GCancellable  *cancellable,
       GError       **error)
{
  McStore *store = mc_write_get_store (write);
  const McDevice *device = store->device;

  return (!device->is_new || (mc_write_start_chain (write, device, error) && write_first_line (write, device, error))) &&
         write_state (store->database, device, error);
}

gboolean
mc_identity_open (McStore  *self,
                  GError  **error)
{
  g_auto (State) state = { NULL, NULL };
  McDeviceRow row = { NULL, NULL, 0 };

  if (!read_state (self->database, &state, error) ||
      (state.device && !mc_log_load_chain (self->database, state.device, &self->chain, error)))
    return FALSE;
  row = (McDeviceRow) { state.device, state.token_hash, self->chain.last_seq };
  self->device = mc_device_start (self->path, &row, error);
  if (!self->device)
    return FALSE;
  g_strlcpy (self->device_id, self->device->id, sizeof self->device_id);
  return mc_store_worker_work (self, start, NULL, NULL, error) && mc_device_confirm (self->device, error);
}

static gboolean
read_device (McDatabase    *database,
             gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  McStore *self = data;
  g_auto (State) state = { NULL, NULL };

  if (!read_state (database, &state, error))
    return FALSE;
  g_strlcpy (self->device_id, state.device ? state.device : "", sizeof self->device_id);
  return TRUE;
}

gboolean
mc_identity_read (McStore  *self,
                  GError  **error)
{
  return mc_store_run_read (self, read_device, self, NULL, error);
}

/* --- checkpoints ------------------------------------------------------------------------------------------ */

static gboolean
is_signed (McDatabase        *database,
           const McLogChain  *chain,
           gboolean          *found,
           GError           **error)
{
  sqlite3_stmt *statement = mc_database_statement (database, "SELECT 1 FROM checkpoint WHERE chain = ?1 AND seq = ?2", error);
  int more;

  if (!statement)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, chain->n);
  sqlite3_bind_int64 (statement, 2, (gint64) chain->last_seq);
  more = mc_database_step (database, statement, error);
  *found = more == 1;
  if (more == 1)
    mc_database_done (statement);
  return more >= 0;
}

gboolean
mc_identity_checkpoint (McDatabase        *database,
                        McDevice          *device,
                        const McLogChain  *chain,
                        GError           **error)
{
  sqlite3_stmt *statement;
  g_auto (McKeyPair) pair = { 0 };
  guint8 signature[MC_SIGNATURE_BYTES];
  gboolean found;

  if (chain->last_seq == 0)
    return TRUE;
  if (!is_signed (database, chain, &found, error))
    return FALSE;
  if (found)
    return TRUE;
  memcpy (pair.public_key, device->public_key, MC_KEY_BYTES);
  memcpy (pair.secret_key, device->private_key, MC_KEY_BYTES);
  if (!mc_checkpoint_sign (&pair, chain->device, chain->last_seq, &chain->last_link, signature, error))
    return FALSE;
  statement = mc_database_statement (database, "INSERT INTO checkpoint (chain, seq, link, signature) VALUES (?1, ?2, ?3, ?4)", error);
  if (!statement)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, chain->n);
  sqlite3_bind_int64 (statement, 2, (gint64) chain->last_seq);
  sqlite3_bind_blob (statement, 3, chain->last_link.bytes, MC_DIGEST_BYTES, SQLITE_STATIC);
  sqlite3_bind_blob (statement, 4, signature, sizeof signature, SQLITE_STATIC);
  return mc_database_run (database, statement, error);
}
