/* SPDX-License-Identifier: GPL-3.0-or-later
 * Verifies files: each is read and compared with its name. */
#include <glib/gi18n.h>
#include <string.h>

#include "mc-blob.h"
#include "mc-disk.h"
#include "mc-verify-database.h"

/* The message names the digest. */
#define find_blob(self, digest, message) \
  mc_verify_find (self, MC_FINDING_BLOB, g_strdup_printf ("blob %s", digest), message, digest)

static gboolean
check_file (McVerify *self, const char *digest, sqlite3_stmt *row, GError **error)
{
  g_autoptr (GError) cause = NULL;
  guint64 size = 0;

  self->report->blobs++;
  if (!mc_blob_store_has (self->blobs, digest, &size))
    {
      find_blob (self, digest, _("The file %s is missing."));
      return TRUE;
    }
  if (mc_blob_store_read (self->blobs, digest, NULL, &size, self->cancellable, &cause))
    {
      if (sqlite3_column_type (row, 2) != SQLITE_NULL && (guint64) sqlite3_column_int64 (row, 2) != size)
        find_blob (self, digest, _("The list of files has another size for the file %s than it has."));
      return TRUE;
    }
  if (!mc_disk_go_on (self->cancellable, error))
    return FALSE;
  mc_verify_report_take (self->report, MC_FINDING_BLOB, g_strdup_printf ("blob %s", digest), g_strdup (cause->message));
  return TRUE;
}

static gboolean
check_row (McVerify *self, sqlite3_stmt *row, GError **error)
{
  const char *digest = (const char *) sqlite3_column_text (row, 0);
  McBlobState state = mc_blob_state_from_name ((const char *) sqlite3_column_text (row, 1));
  McDigest parsed;

  if (!digest || !mc_digest_from_hex (digest, &parsed))
    {
      mc_verify_find (self, MC_FINDING_BLOB, g_strdup_printf ("blob %s", digest ? digest : "?"), _("An entry of the list of files is damaged."));
      return TRUE;
    }
  if (self->new_blobs && !g_hash_table_contains (self->new_blobs, digest))
    return TRUE;
  switch (state)
    {
    case MC_BLOB_HERE:
    case MC_BLOB_TO_SEND:
      return check_file (self, digest, row, error);
    case MC_BLOB_TO_FETCH:
      self->report->awaited_blobs++;
      return TRUE;
    case MC_BLOB_ERASED:
      self->report->erased_blobs++;
      if (mc_blob_store_has (self->blobs, digest, NULL))
        find_blob (self, digest, _("The file %s was erased, but is still there."));
      return TRUE;
    case MC_BLOB_DAMAGED:
      find_blob (self, digest, _("The file %s is known to be damaged."));
      return TRUE;
    default:
      find_blob (self, digest, _("The state of the file %s is damaged."));
      return TRUE;
    }
}

gboolean
mc_verify_blobs (McVerify *self, GError **error)
{
  sqlite3_stmt *statement = mc_database_statement (self->database, "SELECT digest, state, size FROM blob", error);
  int step;

  if (!statement)
    return FALSE;
  while ((step = mc_verify_step (self, statement, error)) == 1)
    {
      mc_progress_tell (self->progress, _("Checking photos and files"), self->report->blobs, 0);
      if (!check_row (self, statement, error))
        {
          mc_database_done (statement);
          return FALSE;
        }
    }
  return step == 0;
}
