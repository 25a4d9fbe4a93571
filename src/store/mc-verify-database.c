/* SPDX-License-Identifier: GPL-3.0-or-later
 * The verification of one database file: one snapshot, step by step. */
#include "mc-verify-database.h"

#include <glib/gi18n.h>
#include <string.h>

#include "mc-change.h"
#include "mc-disk.h"
#include "mc-uuid.h"

/* --- where the last verification ended: "mingcha-verified/1\n", then "DEVICE SEQ LINK\n" for each chain -------- */

#define POSITION_FORMAT "mingcha-verified/1"

static char *
write_position (McVerify *self)
{
  g_autoptr (GList) devices = g_list_sort (g_hash_table_get_keys (self->links), (GCompareFunc) strcmp);
  g_autoptr (GString) text = g_string_new (POSITION_FORMAT "\n");

  for (GList *at = devices; at; at = at->next)
    {
      const McVerifyPoint *point = g_hash_table_lookup (self->links, at->data);
      char hex[2 * MC_DIGEST_BYTES + 1];

      mc_digest_to_hex (&point->link, hex);
      g_string_append_printf (text, "%s %" G_GUINT64_FORMAT " %s\n", (char *) at->data, point->seq, hex);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static gboolean
read_point (McVerify *self, const char *line)
{
  g_auto (GStrv) words = g_strsplit (line, " ", -1);
  g_autofree McVerifyPoint *point = g_new0 (McVerifyPoint, 1);

  if (g_strv_length (words) != 3 || !mc_uuid_is_valid (words[0])
      || !g_ascii_string_to_unsigned (words[1], 10, 1, G_MAXINT64, &point->seq, NULL) || !mc_digest_from_hex (words[2], &point->link))
    return FALSE;
  g_hash_table_insert (self->links, g_strdup (words[0]), g_steal_pointer (&point));
  return TRUE;
}

/* FALSE: there is none, or it cannot be read; then all is verified. */
static gboolean
read_position (McVerify *self, const char *position)
{
  g_auto (GStrv) lines = g_strsplit (position ? position : "", "\n", -1);
  guint n = g_strv_length (lines);

  if (n < 2 || strcmp (lines[0], POSITION_FORMAT) != 0 || lines[n - 1][0] != '\0')
    return FALSE;
  for (guint i = 1; i + 1 < n; i++)
    if (!read_point (self, lines[i]))
      return FALSE;
  return TRUE;
}

/* What was verified must still be what is there. */
static gboolean
check_position (McVerify *self, GError **error)
{
  sqlite3_stmt *statement =
    mc_database_statement (self->database, "SELECT link FROM chain JOIN change ON change.chain = chain.n WHERE device = ?1 AND seq = ?2", error);
  GHashTableIter iter;
  gpointer device, value;

  if (!statement)
    return FALSE;
  g_hash_table_iter_init (&iter, self->links);
  while (g_hash_table_iter_next (&iter, &device, &value))
    {
      const McVerifyPoint *point = value;
      int step;
      gboolean same;

      sqlite3_bind_text (statement, 1, device, -1, SQLITE_STATIC);
      sqlite3_bind_int64 (statement, 2, (sqlite3_int64) point->seq);
      step = mc_verify_step (self, statement, error);
      if (step < 0)
        return FALSE;
      same = step == 1 && sqlite3_column_bytes (statement, 0) == MC_DIGEST_BYTES
             && memcmp (sqlite3_column_blob (statement, 0), point->link.bytes, MC_DIGEST_BYTES) == 0;
      mc_database_done (statement);
      if (!same)
        mc_verify_find (self, MC_FINDING_CHAIN, g_strdup_printf ("line %s:%llu", (char *) device, (unsigned long long) point->seq),
                        _("The line at which the last verification ended is no longer the same."));
    }
  return TRUE;
}

/* --- the incarnations of this file --------------------------------------------------------------------------- */

/* What line 1 of @device names as the one before; NULL: none. */
static char *
previous_of (McVerify *self, const char *device)
{
  sqlite3_stmt *statement =
    mc_database_statement (self->database, "SELECT line FROM chain JOIN change ON change.chain = chain.n WHERE device = ?1 AND seq = 1", NULL);
  g_autoptr (McChange) change = NULL;
  const McFieldChange *field;

  if (!statement)
    return NULL;
  sqlite3_bind_text (statement, 1, device, -1, SQLITE_STATIC);
  if (sqlite3_step (statement) == SQLITE_ROW && sqlite3_column_type (statement, 0) == SQLITE_TEXT)
    change = mc_change_parse ((const char *) sqlite3_column_text (statement, 0), sqlite3_column_bytes (statement, 0), NULL);
  mc_database_done (statement);
  field = change ? mc_change_field (change, "previous") : NULL;
  return field && field->value.type == MC_VALUE_TEXT ? g_strdup (field->value.text) : NULL;
}

static gboolean
find_own_chains (McVerify *self, GError **error)
{
  g_autoptr (sqlite3_stmt) statement =
    mc_store_prepare (mc_database_get_handle (self->database),
                      "SELECT device, (SELECT n FROM chain WHERE chain.device = device_state.device) FROM device_state", error);
  int step;

  if (!statement)
    return FALSE;
  step = mc_verify_step (self, statement, error);
  if (step < 0)
    return FALSE;
  if (step == 1 && sqlite3_column_type (statement, 1) == SQLITE_NULL)
    mc_verify_find (self, MC_FINDING_CHAIN, g_strdup ("device"), _("The device that this file belongs to has no chain."));
  for (char *device = step == 1 ? g_strdup ((const char *) sqlite3_column_text (statement, 0)) : NULL;
       device && g_hash_table_add (self->own_chains, device);)
    device = previous_of (self, device);
  return TRUE;
}

/* --- one snapshot ---------------------------------------------------------------------------------------------- */

static gboolean
begin_read (McDatabase *database, gint64 *last, GError **error)
{
  return mc_database_execute (database, "BEGIN", error)
         && mc_database_integer (database, "SELECT max(n) FROM change", 0, last, error);
}

/* Two connections see the same state if they see the same last line: derived rows change with lines only. */
static gboolean
take_snapshot (McVerify *self, GError **error)
{
  for (guint try = 0; try < 1000; try++)
    {
      gint64 last = 0, log_last = 0;

      if (!begin_read (self->database, &last, error) || (self->log && !begin_read (self->log, &log_last, error)))
        return FALSE;
      if (!self->log || last == log_last)
        return TRUE;
      if (!mc_database_execute (self->database, "COMMIT", error) || !mc_database_execute (self->log, "COMMIT", error))
        return FALSE;
      g_usleep (1000);
    }
  mc_store_set_sqlite_error (error, mc_database_get_handle (self->database), SQLITE_BUSY);
  return FALSE;
}

/* --- the steps --------------------------------------------------------------------------------------------------- */

typedef gboolean (*VerifyStep) (McVerify *self, GError **error);

/* A page that cannot be read ends a step, not the verification. */
static gboolean
run_step (McVerify *self, VerifyStep step, GError **error)
{
  g_autoptr (GError) cause = NULL;

  if (step (self, &cause))
    return TRUE;
  if (!g_error_matches (cause, MC_STORE_ERROR, MC_STORE_ERROR_CORRUPT))
    {
      g_propagate_error (error, g_steal_pointer (&cause));
      return FALSE;
    }
  mc_verify_report_take (self->report, MC_FINDING_FILE, g_strdup ("file"), g_strdup (cause->message));
  return TRUE;
}

static gboolean
count_lines (McVerify *self, GError **error)
{
  gint64 count;

  if (!mc_database_integer (self->database, "SELECT count(*) FROM change", 0, &count, error))
    return FALSE;
  self->total_lines = (guint64) count;
  return TRUE;
}

static gboolean
run_steps (McVerify *self, GError **error)
{
  static const VerifyStep whole[] = {
    mc_verify_file, count_lines, find_own_chains, mc_verify_log, mc_verify_index, mc_verify_openings,
    mc_verify_checkpoints, mc_verify_records, mc_verify_blobs,
  };
  static const VerifyStep since[] = {
    find_own_chains, check_position, mc_verify_log, mc_verify_checkpoints, mc_verify_records, mc_verify_blobs,
  };
  const VerifyStep *steps = self->report->whole ? whole : since;
  guint n = self->report->whole ? G_N_ELEMENTS (whole) : G_N_ELEMENTS (since);

  for (guint i = 0; i < n; i++)
    if (!run_step (self, steps[i], error))
      return FALSE;
  return TRUE;
}

/* A long check of pages is one call into SQLite. */
static int
cancelled_cb (gpointer cancellable)
{
  return g_cancellable_is_cancelled (cancellable);
}

static gboolean
run (McVerify *self, const char *path, GError **error)
{
  gboolean done;

  self->database = mc_database_open (path, MC_DATABASE_READ, error);
  if (!self->database)
    return FALSE;
  if (self->report->whole)
    {
      self->log = mc_database_open (path, MC_DATABASE_READ, error);
      if (!self->log)
        return FALSE;
    }
  if (self->cancellable)
    sqlite3_progress_handler (mc_database_get_handle (self->database), 100000, cancelled_cb, self->cancellable);
  done = take_snapshot (self, error) && run_steps (self, error);
  sqlite3_progress_handler (mc_database_get_handle (self->database), 0, NULL, NULL);
  return done;
}

McVerifyReport *
mc_verify_database (const char *path, McBlobStore *blobs, const char *position, char **new_position,
                    McProgress *progress, GCancellable *cancellable, GError **error)
{
  McVerify self = { .blobs = blobs, .progress = progress, .cancellable = cancellable };
  gboolean done, goes_on;

  self.links = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self.own_chains = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  goes_on = read_position (&self, position);
  if (goes_on)
    {
      self.touched = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      self.new_blobs = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
    }
  else
    g_hash_table_remove_all (self.links);
  self.report = mc_verify_report_new (!goes_on);
  done = run (&self, path, error);
  if (done && new_position && self.report->n_findings == 0)
    *new_position = write_position (&self);
  g_clear_pointer (&self.log, mc_database_free);
  g_clear_pointer (&self.database, mc_database_free);
  g_clear_pointer (&self.kept, g_ptr_array_unref);
  g_clear_pointer (&self.touched, g_hash_table_unref);
  g_clear_pointer (&self.new_blobs, g_hash_table_unref);
  g_hash_table_unref (self.links);
  g_hash_table_unref (self.own_chains);
  if (!done)
    g_clear_pointer (&self.report, mc_verify_report_free);
  return self.report;
}
