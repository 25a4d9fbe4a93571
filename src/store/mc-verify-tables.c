/* SPDX-License-Identifier: GPL-3.0-or-later
 * Verifies what stands beside the lines: openings, checkpoints, and the notes of what lines seal, refuse and erase. */
#include <glib/gi18n.h>
#include <string.h>

#include "mc-disk.h"
#include "mc-log.h"
#include "mc-verify-database.h"

int
mc_verify_step (McVerify *self, sqlite3_stmt *statement, GError **error)
{
  int code;

  if (!mc_disk_go_on (self->cancellable, error))
    return -1;
  code = sqlite3_step (statement);
  if (code == SQLITE_ROW)
    return 1;
  sqlite3_reset (statement);
  if (code == SQLITE_DONE)
    return 0;
  if (code == SQLITE_INTERRUPT)
    mc_disk_go_on (self->cancellable, error);
  else
    mc_store_set_sqlite_error (error, mc_database_get_handle (self->database), code);
  return -1;
}

/* Runs @check for each row of @sql. */
typedef gboolean (*RowCheck) (McVerify *self, sqlite3_stmt *row, GError **error);

static gboolean
check_rows (McVerify *self, const char *sql, RowCheck check, GError **error)
{
  sqlite3_stmt *statement = mc_database_statement (self->database, sql, error);
  int step;

  if (!statement)
    return FALSE;
  while ((step = mc_verify_step (self, statement, error)) == 1)
    if (!check (self, statement, error))
      {
        mc_database_done (statement);
        return FALSE;
      }
  return step == 0;
}

static char *
hex_of (sqlite3_stmt *row, int column)
{
  gsize length = (gsize) sqlite3_column_bytes (row, column);
  char *hex = g_malloc (2 * length + 1);

  mc_hex_from_bytes (sqlite3_column_blob (row, column), length, hex);
  return hex;
}

/* --- openings: digest, salt, value -------------------------------------------------------------------------- */

static gboolean
check_opening (McVerify *self, sqlite3_stmt *row, GError **error)
{
  const void *value = sqlite3_column_blob (row, 2);
  gsize length = (gsize) sqlite3_column_bytes (row, 2);
  gboolean good = sqlite3_column_bytes (row, 1) == MC_SALT_BYTES && sqlite3_column_bytes (row, 0) == MC_DIGEST_BYTES;
  McDigest found;

  self->report->openings++;
  if (good)
    {
      mc_sealed_digest (sqlite3_column_blob (row, 1), value, length, &found);
      good = memcmp (found.bytes, sqlite3_column_blob (row, 0), MC_DIGEST_BYTES) == 0;
    }
  if (!good)
    {
      g_autofree char *hex = hex_of (row, 0);

      mc_verify_find (self, MC_FINDING_OPENING, g_strdup_printf ("opening %s", hex),
                      _("A personal value is not the one that its line sealed."));
    }
  return TRUE;
}

gboolean
mc_verify_openings (McVerify *self, GError **error)
{
  mc_progress_tell (self->progress, _("Checking personal values"), 0, 0);
  return check_rows (self, "SELECT digest, salt, value FROM opened", check_opening, error);
}

/* --- checkpoints: device, public_key, seq, link, signature, link of the line ---------------------------------- */

static gboolean
check_checkpoint (McVerify *self, sqlite3_stmt *row, GError **error)
{
  const char *device = (const char *) sqlite3_column_text (row, 0);
  guint64 seq = (guint64) sqlite3_column_int64 (row, 2);
  char *where = g_strdup_printf ("checkpoint %s:%llu", device ? device : "?", (unsigned long long) seq);
  McDigest link;
  gboolean shaped = device && sqlite3_column_bytes (row, 1) == MC_KEY_BYTES && sqlite3_column_bytes (row, 3) == MC_DIGEST_BYTES
                    && sqlite3_column_bytes (row, 4) == MC_SIGNATURE_BYTES;

  self->report->checkpoints++;
  if (shaped)
    memcpy (link.bytes, sqlite3_column_blob (row, 3), MC_DIGEST_BYTES);
  if (!shaped || !mc_checkpoint_verify (sqlite3_column_blob (row, 1), device, seq, &link, sqlite3_column_blob (row, 4)))
    mc_verify_find (self, MC_FINDING_CHECKPOINT, where, _("The signature of a checkpoint is wrong."));
  else if (sqlite3_column_bytes (row, 5) != MC_DIGEST_BYTES || memcmp (link.bytes, sqlite3_column_blob (row, 5), MC_DIGEST_BYTES) != 0)
    mc_verify_find (self, MC_FINDING_CHECKPOINT, where, _("The chain does not lead to a checkpoint that its device signed."));
  else
    g_free (where);
  return TRUE;
}

gboolean
mc_verify_checkpoints (McVerify *self, GError **error)
{
  return check_rows (self,
                     "SELECT chain.device, chain.public_key, checkpoint.seq, checkpoint.link, checkpoint.signature, change.link "
                     "FROM checkpoint LEFT JOIN chain ON chain.n = checkpoint.chain "
                     "LEFT JOIN change ON change.chain = checkpoint.chain AND change.seq = checkpoint.seq",
                     check_checkpoint, error);
}

/* --- notes: record or digest, line, then what the note says ---------------------------------------------------- */

static McChange *
noted_change (sqlite3_stmt *row)
{
  const char *line = (const char *) sqlite3_column_text (row, 1);

  return line ? mc_change_parse (line, sqlite3_column_bytes (row, 1), NULL) : NULL;
}

static gboolean
is_record (sqlite3_stmt *row, const McChange *change)
{
  guint8 record[16] = { 0 };

  mc_log_pack_uuid (change->record, record);
  return sqlite3_column_bytes (row, 0) == sizeof record && memcmp (sqlite3_column_blob (row, 0), record, sizeof record) == 0;
}

static void
find_note (McVerify *self, sqlite3_stmt *row, const char *table)
{
  g_autofree char *hex = hex_of (row, 0);

  mc_verify_find (self, MC_FINDING_RECORD, g_strdup_printf ("%s %s", table, hex),
                  _("The tables note something as sealed, refused or erased that no line says. Rebuild the database from its log."));
}

static gboolean
check_seal_note (McVerify *self, sqlite3_stmt *row, GError **error)
{
  g_autoptr (McChange) change = noted_change (row);

  if (!change || !change->seal || !is_record (row, change))
    find_note (self, row, "seal");
  return TRUE;
}

static gboolean
check_refused_note (McVerify *self, sqlite3_stmt *row, GError **error)
{
  g_autoptr (McChange) change = noted_change (row);

  if (!change || !is_record (row, change) || change->verdict.seq != (guint64) sqlite3_column_int64 (row, 3)
      || g_strcmp0 (change->verdict.device, (const char *) sqlite3_column_text (row, 2)) != 0)
    find_note (self, row, "refused");
  return TRUE;
}

static gboolean
check_erased_note (McVerify *self, sqlite3_stmt *row, GError **error)
{
  g_autoptr (McChange) change = noted_change (row);
  g_autofree char *hex = hex_of (row, 0);
  McErases kind = g_strcmp0 ((const char *) sqlite3_column_text (row, 2), "blob") == 0 ? MC_ERASES_BLOB : MC_ERASES_SEALED;

  if (!change || change->erases != kind || strcmp (change->erases_digest, hex) != 0)
    find_note (self, row, "erased");
  return TRUE;
}

gboolean
mc_verify_index (McVerify *self, GError **error)
{
  return check_rows (self, "SELECT seal.root, change.line FROM seal LEFT JOIN change ON change.n = seal.change", check_seal_note, error)
         && check_rows (self, "SELECT refused.record, change.line, refused.device, refused.seq FROM refused LEFT JOIN change ON change.n = refused.change",
                        check_refused_note, error)
         && check_rows (self, "SELECT erased.digest, change.line, erased.kind FROM erased LEFT JOIN change ON change.n = erased.change",
                        check_erased_note, error);
}
