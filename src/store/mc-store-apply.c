/* SPDX-License-Identifier: GPL-3.0-or-later
 * Lines of other devices: applied all or not at all. */
#include <glib/gi18n.h>
#include <stdarg.h>
#include <string.h>

#include "mc-lines.h"
#include "mc-store-internal.h"

/* What must be derived again once all lines are in. */
typedef struct
{
  const McEntity *entity;
  gboolean parts; /* a seal or a verdict of a root concerns its parts too */
} Touched;

typedef struct
{
  const char *text;
  gsize length;
  McWrite *write;
  McDatabase *database;
  McApplyResult result;
  guint number;          /* of the item at hand */
  GHashTable *chains;    /* device → McLogChain */
  GHashTable *touched;   /* id → Touched */
  GHashTable *named;     /* hex digests of the sealed values in the new lines */
  GArray *checkpoints;   /* of McItem, looked at when all lines are in */
  GArray *openings;
} Apply;

/* --- errors ----------------------------------------------------------------------------------------------- */

static gboolean
refuse (Apply         *self,
        GError       **error,
        McStoreError   code,
        const char    *format,
        ...) G_GNUC_PRINTF (4, 5);

static gboolean
refuse (Apply         *self,
        GError       **error,
        McStoreError   code,
        const char    *format,
        ...)
{
  g_autofree char *what = NULL;
  va_list args;

  va_start (args, format);
  what = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error (error, MC_STORE_ERROR, code, _("Item %u: %s Nothing was applied."), self->number, what);
  return FALSE;
}

/* A number as text: the width of a 64-bit one has no place in a translated message. */
typedef struct
{
  char text[24];
} Number;

static Number
number_of (guint64 value)
{
  Number number;

  g_snprintf (number.text, sizeof number.text, "%" G_GUINT64_FORMAT, value);
  return number;
}

/* --- chains ----------------------------------------------------------------------------------------------- */

static McLogChain *
find_chain (Apply       *self,
            const char  *device,
            GError     **error)
{
  McLogChain *chain = g_hash_table_lookup (self->chains, device);

  if (chain)
    return chain;
  chain = g_new0 (McLogChain, 1);
  if (!mc_log_load_chain (self->database, device, chain, error))
    {
      g_free (chain);
      return NULL;
    }
  g_hash_table_insert (self->chains, chain->device, chain);
  return chain;
}

/* A chain begins with the line that names its device and carries its public key. */
static gboolean
begin_chain (Apply           *self,
             McLogChain      *chain,
             const McChange  *change,
             GError         **error)
{
  const McFieldChange *key = change ? mc_change_field (change, "public_key") : NULL;

  if (!change || change->seq != 1 || strcmp (change->entity, "device") != 0 || strcmp (change->record, chain->device) != 0 ||
      !key || key->value.type != MC_VALUE_TEXT || !mc_hex_to_bytes (key->value.text, chain->public_key, MC_KEY_BYTES))
    return refuse (self, error, MC_STORE_ERROR_CHAIN, _("The chain of device %s does not begin with the device's own line."), chain->device);
  return mc_log_add_chain (self->database, chain, error);
}

/* @known: the same line is here. @was_stub: its place is, without its text. */
static gboolean
check_place (Apply           *self,
             McLogChain      *chain,
             guint64          seq,
             const McDigest  *digest,
             gboolean        *known,
             gint64          *stub,
             GError         **error)
{
  sqlite3_stmt *statement;
  int more;
  gboolean same;

  *known = FALSE;
  *stub = 0;
  if (seq == chain->last_seq + 1 && strcmp (chain->device, mc_write_get_chain (self->write)->device) != 0)
    return TRUE;
  if (seq == chain->last_seq + 1)
    return refuse (self, error, MC_STORE_ERROR_CHAIN, _("Another program wrote under this device's id %s."), chain->device);
  if (seq > chain->last_seq)
    return refuse (self, error, MC_STORE_ERROR_CHAIN, _("The chain of device %s has a gap: line %s was expected, line %s came."),
                   chain->device, number_of (chain->last_seq + 1).text, number_of (seq).text);
  statement = mc_database_statement (self->database, "SELECT digest, n, line IS NULL FROM change WHERE chain = ?1 AND seq = ?2", error);
  if (!statement)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, chain->n);
  sqlite3_bind_int64 (statement, 2, (gint64) seq);
  more = mc_database_step (self->database, statement, error);
  if (more < 0)
    return FALSE;
  same = more == 1 && sqlite3_column_bytes (statement, 0) == MC_DIGEST_BYTES &&
         memcmp (sqlite3_column_blob (statement, 0), digest->bytes, MC_DIGEST_BYTES) == 0;
  *known = same;
  *stub = same && sqlite3_column_int (statement, 2) ? sqlite3_column_int64 (statement, 1) : 0;
  mc_database_done (statement);
  return same || refuse (self, error, MC_STORE_ERROR_CHAIN,
                         _("The chain of device %s forks: another line %s of it is here already."), chain->device, number_of (seq).text);
}

/* --- lines ------------------------------------------------------------------------------------------------ */

static Touched *
touch (Apply          *self,
       const McEntity *entity,
       const char     *id)
{
  Touched *touched = g_hash_table_lookup (self->touched, id);

  if (!touched)
    {
      touched = g_new0 (Touched, 1);
      g_hash_table_insert (self->touched, g_strdup (id), touched);
    }
  touched->entity = entity;
  return touched;
}

/* What a newer version writes begins the same, so that its chain can be held together until the update. */
static gboolean
read_newer (const McItem *item,
            McRef        *ref)
{
  g_autofree char *start = g_strndup (item->line, MIN (item->length, 128));
  guint64 version = 0;
  char *p;

  if (!g_str_has_prefix (start, "{\"v\":") || item->length > MC_CHANGE_MAX_BYTES || !g_utf8_validate (item->line, (gssize) item->length, NULL))
    return FALSE;
  version = g_ascii_strtoull (start + 5, &p, 10);
  if (version < 2 || start[5] == '0' || !g_str_has_prefix (p, ",\"device\":\"") || strlen (p) < 11 + 36)
    return FALSE;
  p += 11;
  g_strlcpy (ref->device, p, sizeof ref->device);
  p += 36;
  if (!mc_uuid_is_valid (ref->device) || !g_str_has_prefix (p, "\",\"seq\":") || p[8] < '1' || p[8] > '9')
    return FALSE;
  ref->seq = g_ascii_strtoull (p + 8, &p, 10);
  return *p == ',' && ref->seq <= G_MAXINT64;
}

static gboolean
take_effect (Apply           *self,
             const McItem    *item,
             const McChange  *change,
             gint64           n,
             GError         **error)
{
  const McEntity *entity = mc_entity_find (change->entity);
  char hex[2 * MC_DIGEST_BYTES + 1];
  gsize position = 0;

  if (!mc_log_index_line (self->database, n, change, error))
    return FALSE;
  if (change->erases == MC_ERASES_BLOB)
    mc_write_erase_blob_file (self->write, change->erases_digest);
  while (mc_lines_find_sealed (item->line, item->length, &position, hex))
    g_hash_table_add (self->named, g_strdup (hex));
  if (!entity)
    {
      self->result.held++;
      return TRUE;
    }
  self->result.applied++;
  if (change->seal || change->verdict.seq != 0)
    touch (self, entity, change->record)->parts = TRUE;
  else
    touch (self, entity, change->record);
  return TRUE;
}

/* A line that was known by its digest only may be seen now. */
static gboolean
fill_stub (Apply           *self,
           const McItem    *item,
           const McChange  *change,
           gint64           n,
           GError         **error)
{
  sqlite3_stmt *statement = mc_database_statement (self->database, "UPDATE change SET line = ?2, record = ?3 WHERE n = ?1", error);
  guint8 record[16];

  if (!statement)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, n);
  sqlite3_bind_text (statement, 2, item->line, (int) item->length, SQLITE_STATIC);
  if (change)
    {
      mc_log_pack_uuid (change->record, record);
      sqlite3_bind_blob (statement, 3, record, sizeof record, SQLITE_STATIC);
    }
  return mc_database_run (self->database, statement, error);
}

static gboolean
place_line (Apply           *self,
            const McItem    *item,
            const McRef     *ref,
            const McChange  *change,
            GError         **error)
{
  McLogChain *chain = find_chain (self, ref->device, error);
  McDigest digest;
  gboolean known;
  gint64 stub, n;

  if (!chain || (chain->n == 0 && !begin_chain (self, chain, change, error)))
    return FALSE;
  mc_digest_of (item->line, item->length, &digest);
  if (!check_place (self, chain, ref->seq, &digest, &known, &stub, error))
    return FALSE;
  if (known && !stub)
    {
      self->result.known++;
      return TRUE;
    }
  n = stub;
  if (stub ? !fill_stub (self, item, change, stub, error)
           : !mc_log_append_line (self->database, chain, change ? change->record : NULL, item->line, item->length, &n, error))
    return FALSE;
  if (change)
    return take_effect (self, item, change, n, error);
  self->result.held++;
  return TRUE;
}

static gboolean
apply_line (Apply         *self,
            const McItem  *item,
            GError       **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (McChange) change = mc_change_parse (item->line, (gssize) item->length, &local_error);
  McRef ref = { { 0 }, 0 };

  if (change)
    {
      g_strlcpy (ref.device, change->device, sizeof ref.device);
      ref.seq = change->seq;
      mc_change_upgrade (change);
    }
  else if (!read_newer (item, &ref))
    {
      g_set_error (error, MC_STORE_ERROR, MC_STORE_ERROR_GRAMMAR, _("Item %u: %s"), item->number, local_error->message);
      return FALSE;
    }
  return place_line (self, item, &ref, change, error);
}

static gboolean
apply_stub (Apply         *self,
            const McItem  *item,
            GError       **error)
{
  McLogChain *chain = find_chain (self, item->ref.device, error);
  gboolean known;
  gint64 stub;

  if (!chain || (chain->n == 0 && !begin_chain (self, chain, NULL, error)) ||
      !check_place (self, chain, item->ref.seq, &item->digest, &known, &stub, error))
    return FALSE;
  if (known)
    {
      self->result.known++;
      return TRUE;
    }
  self->result.stubs++;
  return mc_log_append_stub (self->database, chain, &item->digest, error);
}

/* --- checkpoints ------------------------------------------------------------------------------------------ */

static gboolean
has_link (Apply         *self,
          gint64         chain,
          const McItem  *item,
          gboolean      *same,
          GError       **error)
{
  sqlite3_stmt *statement = mc_database_statement (self->database, "SELECT link FROM change WHERE chain = ?1 AND seq = ?2", error);
  int more;

  if (!statement)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, chain);
  sqlite3_bind_int64 (statement, 2, (gint64) item->ref.seq);
  more = mc_database_step (self->database, statement, error);
  *same = more == 1 && sqlite3_column_bytes (statement, 0) == MC_DIGEST_BYTES &&
          memcmp (sqlite3_column_blob (statement, 0), item->digest.bytes, MC_DIGEST_BYTES) == 0;
  if (more == 1)
    mc_database_done (statement);
  return more >= 0;
}

static gboolean
apply_checkpoint (Apply         *self,
                  const McItem  *item,
                  GError       **error)
{
  McLogChain *chain = find_chain (self, item->ref.device, error);
  sqlite3_stmt *statement;
  gboolean same;

  if (!chain || !has_link (self, chain->n, item, &same, error))
    return FALSE;
  if (!same)
    return refuse (self, error, MC_STORE_ERROR_CHAIN, _("The chain of device %s does not lead to its checkpoint at line %s."),
                   item->ref.device, number_of (item->ref.seq).text);
  if (!mc_checkpoint_verify (chain->public_key, item->ref.device, item->ref.seq, &item->digest, item->signature))
    return refuse (self, error, MC_STORE_ERROR_CHAIN, _("The checkpoint of device %s is not signed by that device."), item->ref.device);
  statement = mc_database_statement (self->database, "INSERT OR IGNORE INTO checkpoint (chain, seq, link, signature) VALUES (?1, ?2, ?3, ?4)", error);
  if (!statement)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, chain->n);
  sqlite3_bind_int64 (statement, 2, (gint64) item->ref.seq);
  sqlite3_bind_blob (statement, 3, item->digest.bytes, MC_DIGEST_BYTES, SQLITE_STATIC);
  sqlite3_bind_blob (statement, 4, item->signature, MC_SIGNATURE_BYTES, SQLITE_STATIC);
  return mc_database_run (self->database, statement, error);
}

/* --- openings --------------------------------------------------------------------------------------------- */

static gboolean
touch_holder (Apply         *self,
              sqlite3_stmt  *statement,
              GHashTable    *wanted)
{
  const char *line = (const char *) sqlite3_column_text (statement, 0);
  gsize length = (gsize) sqlite3_column_bytes (statement, 0);
  char hex[2 * MC_DIGEST_BYTES + 1];
  gsize position = 0;
  gboolean any = FALSE;

  while (mc_lines_find_sealed (line, length, &position, hex))
    if (g_hash_table_remove (wanted, hex))
      any = TRUE;
  if (any)
    {
      g_autoptr (McChange) change = mc_change_parse (line, (gssize) length, NULL);
      const McEntity *entity = change ? mc_entity_find (change->entity) : NULL;

      if (entity)
        touch (self, entity, change->record);
    }
  return g_hash_table_size (wanted) > 0;
}

/* Openings of lines that came earlier (who now may see them had only the line): one pass over the log finds their records. */
static gboolean
find_holders (Apply       *self,
              GHashTable  *wanted,
              GError     **error)
{
  sqlite3_stmt *statement;
  int more;

  if (g_hash_table_size (wanted) == 0)
    return TRUE;
  statement = mc_database_statement (self->database, "SELECT line FROM change WHERE line IS NOT NULL", error);
  if (!statement)
    return FALSE;
  while ((more = mc_database_step (self->database, statement, error)) == 1)
    if (!touch_holder (self, statement, wanted))
      {
        mc_database_done (statement);
        return TRUE;
      }
  return more == 0;
}

static gboolean
apply_opening (Apply         *self,
               const McItem  *item,
               GHashTable    *wanted,
               GError       **error)
{
  char hex[2 * MC_DIGEST_BYTES + 1];
  g_auto (McValue) value = MC_VALUE_INIT;
  McDigest digest;
  gboolean erased, missing = FALSE;

  mc_sealed_digest (item->salt, item->value, strlen (item->value), &digest);
  if (!mc_digest_equal (&digest, &item->digest))
    return refuse (self, error, MC_STORE_ERROR_GRAMMAR, _("The opening does not fit its digest."));
  mc_digest_to_hex (&digest, hex);
  mc_value_init_sealed (&value, hex);
  if (!mc_log_is_erased (self->database, hex, &erased, error) || !mc_log_open_value (self->database, &value, &missing, error))
    return FALSE;
  if (erased || !missing)
    return TRUE;
  if (!g_hash_table_contains (self->named, hex))
    g_hash_table_add (wanted, g_strdup (hex));
  return mc_log_add_opening (self->database, &digest, item->salt, item->value, error);
}

static gboolean
apply_openings (Apply   *self,
                GError **error)
{
  g_autoptr (GHashTable) wanted = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < self->openings->len; i++)
    {
      const McItem *item = &g_array_index (self->openings, McItem, i);

      self->number = item->number;
      if (!apply_opening (self, item, wanted, error))
        return FALSE;
    }
  if (!find_holders (self, wanted, error))
    return FALSE;
  if (g_hash_table_size (wanted) == 0)
    return TRUE;
  g_set_error_literal (error, MC_STORE_ERROR, MC_STORE_ERROR_CHAIN, _("An opening belongs to no line that is here. Nothing was applied."));
  return FALSE;
}

/* --- all of it -------------------------------------------------------------------------------------------- */

static gboolean
read_items (Apply         *self,
            GCancellable  *cancellable,
            GError       **error)
{
  McLinesReader reader = { self->text, self->length, 0, 0 };
  g_auto (McItem) item = { 0 };
  int more;

  while ((more = mc_lines_next (&reader, &item, error)) == 1)
    {
      self->number = item.number;
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      if (item.kind == MC_ITEM_LINE ? !apply_line (self, &item, error) : item.kind == MC_ITEM_STUB && !apply_stub (self, &item, error))
        return FALSE;
      if (item.kind == MC_ITEM_CHECKPOINT)
        g_array_append_val (self->checkpoints, item);
      if (item.kind == MC_ITEM_OPENING)
        {
          g_array_append_val (self->openings, item);
          item.value = NULL;
        }
    }
  return more == 0;
}

static gboolean
derive_touched (Apply   *self,
                GError **error)
{
  GHashTableIter iter;
  gpointer id, value;

  g_hash_table_iter_init (&iter, self->touched);
  while (g_hash_table_iter_next (&iter, &id, &value))
    {
      const Touched *touched = value;

      if (!mc_write_derive (self->write, touched->entity, id, error) ||
          (touched->parts && !mc_entity_is_part (touched->entity) && !mc_write_derive_parts (self->write, touched->entity, id, error)))
        return FALSE;
    }
  return TRUE;
}

static gboolean
apply_all (McWrite       *write,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  Apply *self = data;

  self->write = write;
  self->database = mc_write_get_database (write);
  if (!read_items (self, cancellable, error))
    return FALSE;
  for (guint i = 0; i < self->checkpoints->len; i++)
    {
      const McItem *item = &g_array_index (self->checkpoints, McItem, i);

      self->number = item->number;
      if (!apply_checkpoint (self, item, error))
        return FALSE;
    }
  return apply_openings (self, error) && derive_touched (self, error);
}

static void
clear_item (gpointer item)
{
  mc_item_clear (item);
}

static void
apply_init (Apply      *self,
            const char *text,
            gsize       length)
{
  self->text = text;
  self->length = length;
  self->chains = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  self->touched = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->named = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->checkpoints = g_array_new (FALSE, FALSE, sizeof (McItem));
  self->openings = g_array_new (FALSE, FALSE, sizeof (McItem));
  g_array_set_clear_func (self->openings, clear_item);
}

static void
apply_clear (Apply *self)
{
  g_hash_table_unref (self->chains);
  g_hash_table_unref (self->touched);
  g_hash_table_unref (self->named);
  g_array_unref (self->checkpoints);
  g_array_unref (self->openings);
}

gboolean
mc_store_apply (McStore        *self,
                const char     *text,
                gssize          length,
                McApplyResult  *result,
                GError        **error)
{
  Apply apply = { 0 };
  gboolean done;

  g_return_val_if_fail (text != NULL, FALSE);

  apply_init (&apply, text, length < 0 ? strlen (text) : (gsize) length);
  done = mc_store_run_write (self, apply_all, &apply, NULL, error);
  if (done && result)
    *result = apply.result;
  apply_clear (&apply);
  return done;
}
