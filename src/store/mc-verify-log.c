/* SPDX-License-Identifier: GPL-3.0-or-later
 * Verifies the log: each line against its digest, link and columns, each chain from its start or from where the last verification ended. */
#include <glib/gi18n.h>
#include <string.h>

#include "mc-log.h"
#include "mc-uuid.h"
#include "mc-verify-database.h"

/* Columns of the one statement that reads a chain. */
enum
{
  COLUMN_N,
  COLUMN_SEQ,
  COLUMN_RECORD,
  COLUMN_LINE,
  COLUMN_DIGEST,
  COLUMN_LINK,
};

typedef struct
{
  McVerify *verify;
  gint64 n;
  char device[37];
  guint8 public_key[32];
  guint64 seq;
  McDigest link;
} Chain;

static char *
line_name (const Chain *chain)
{
  return g_strdup_printf ("line %s:%" G_GUINT64_FORMAT, chain->device, chain->seq);
}

static gboolean
read_digest (sqlite3_stmt *statement, int column, McDigest *digest)
{
  if (sqlite3_column_type (statement, column) != SQLITE_BLOB || sqlite3_column_bytes (statement, column) != MC_DIGEST_BYTES)
    return FALSE;
  memcpy (digest->bytes, sqlite3_column_blob (statement, column), MC_DIGEST_BYTES);
  return TRUE;
}

/* TRUE if the digest of the value stands in the opened values, or an erasure took it away. */
static gboolean
check_opening (Chain *chain, const McFieldChange *field, GError **error)
{
  McVerify *verify = chain->verify;
  sqlite3_stmt *statement =
    mc_database_statement (verify->database,
                           "SELECT (SELECT 1 FROM opened WHERE digest = ?1), (SELECT 1 FROM erased WHERE digest = ?1 AND kind = 'sealed')", error);
  McDigest digest;
  gboolean opened, erased;
  int step;

  if (!statement)
    return FALSE;
  if (!mc_digest_from_hex (field->value.text, &digest))
    return TRUE;
  sqlite3_bind_blob (statement, 1, digest.bytes, MC_DIGEST_BYTES, SQLITE_TRANSIENT);
  step = mc_verify_step (verify, statement, error);
  if (step < 0)
    return FALSE;
  opened = sqlite3_column_type (statement, 0) != SQLITE_NULL;
  erased = sqlite3_column_type (statement, 1) != SQLITE_NULL;
  mc_database_done (statement);
  verify->report->erased_openings += erased;
  if (opened && erased)
    mc_verify_find (verify, MC_FINDING_OPENING, line_name (chain),
                    _("A personal value that was erased is still stored (field “%s”)."), field->key);
  else if (!opened && !erased && g_hash_table_contains (verify->own_chains, chain->device))
    mc_verify_find (verify, MC_FINDING_OPENING, line_name (chain),
                    _("A personal value is missing and was not erased (field “%s”)."), field->key);
  return TRUE;
}

static gboolean
check_blob_row (Chain *chain, const char *digest, GError **error)
{
  McVerify *verify = chain->verify;
  sqlite3_stmt *statement = mc_database_statement (verify->database, "SELECT 1 FROM blob WHERE digest = ?1", error);
  int step;

  if (!statement)
    return FALSE;
  sqlite3_bind_text (statement, 1, digest, -1, SQLITE_STATIC);
  step = mc_verify_step (verify, statement, error);
  mc_database_done (statement);
  if (step == 0)
    mc_verify_find (verify, MC_FINDING_BLOB, g_strdup_printf ("blob %s", digest),
                    _("A line names the file %s, but the list of files does not have it."), digest);
  if (verify->new_blobs)
    g_hash_table_add (verify->new_blobs, g_strdup (digest));
  return step >= 0;
}

static gboolean
check_fields (Chain *chain, const McChange *change, GError **error)
{
  const McEntity *entity = mc_entity_find (change->entity);

  for (guint i = 0; i < change->n_fields; i++)
    {
      const McFieldChange *field = &change->fields[i];
      const McField *known = entity ? mc_entity_field (entity, field->key) : NULL;
      McDigest digest;

      if (field->value.type == MC_VALUE_SEALED && !check_opening (chain, field, error))
        return FALSE;
      if (known && known->type == MC_FIELD_BLOB && field->value.type == MC_VALUE_TEXT
          && mc_digest_from_hex (field->value.text, &digest) && !check_blob_row (chain, field->value.text, error))
        return FALSE;
    }
  return TRUE;
}

/* Line 1 introduces the device with its key. */
static void
check_first_line (Chain *chain, const McChange *change)
{
  const McFieldChange *field = mc_change_field (change, "public_key");
  char hex[2 * MC_KEY_BYTES + 1];

  mc_hex_from_bytes (chain->public_key, MC_KEY_BYTES, hex);
  if (strcmp (change->entity, "device") != 0 || strcmp (change->record, chain->device) != 0 || !field
      || field->value.type != MC_VALUE_TEXT || strcmp (field->value.text, hex) != 0)
    mc_verify_find (chain->verify, MC_FINDING_CHAIN, line_name (chain),
                    _("The first line of the chain does not introduce its device and key."));
}

static gboolean
check_index_rows (Chain *chain, gint64 n, const McChange *change, GError **error)
{
  McVerify *verify = chain->verify;
  guint8 record[16] = { 0 };
  sqlite3_stmt *statement;
  gboolean missing;

  if (!change->seal && change->verdict.seq == 0 && change->erases == MC_ERASES_NOTHING)
    return TRUE;
  statement = mc_database_statement (verify->database,
                                     "SELECT (SELECT 1 FROM seal WHERE root = ?1 AND change = ?2), "
                                     "(SELECT 1 FROM refused WHERE record = ?1 AND change = ?2 AND device = ?3 AND seq = ?4), "
                                     "(SELECT 1 FROM erased WHERE digest = ?5 AND kind = ?6 AND change <= ?2)", error);
  if (!statement)
    return FALSE;
  mc_log_pack_uuid (change->record, record);
  sqlite3_bind_blob (statement, 1, record, sizeof record, SQLITE_TRANSIENT);
  sqlite3_bind_int64 (statement, 2, n);
  sqlite3_bind_text (statement, 3, change->verdict.device, -1, SQLITE_STATIC);
  sqlite3_bind_int64 (statement, 4, (sqlite3_int64) change->verdict.seq);
  if (change->erases != MC_ERASES_NOTHING)
    {
      McDigest digest = { { 0 } };

      mc_digest_from_hex (change->erases_digest, &digest);
      sqlite3_bind_blob (statement, 5, digest.bytes, MC_DIGEST_BYTES, SQLITE_TRANSIENT);
      sqlite3_bind_text (statement, 6, change->erases == MC_ERASES_BLOB ? "blob" : "sealed", -1, SQLITE_STATIC);
    }
  if (mc_verify_step (verify, statement, error) < 0)
    return FALSE;
  missing = (change->seal && sqlite3_column_type (statement, 0) == SQLITE_NULL)
            || (change->verdict.seq != 0 && sqlite3_column_type (statement, 1) == SQLITE_NULL)
            || (change->erases != MC_ERASES_NOTHING && sqlite3_column_type (statement, 2) == SQLITE_NULL);
  mc_database_done (statement);
  if (missing)
    mc_verify_find (verify, MC_FINDING_RECORD, line_name (chain),
                    _("What this line seals, refuses or erases is not noted in the tables. Rebuild the database from its log."));
  return TRUE;
}

static void
note_touched (McVerify *verify, const McChange *change)
{
  if (verify->touched && mc_entity_find (change->entity))
    g_hash_table_add (verify->touched, g_strconcat (change->entity, "/", change->record, NULL));
}

static gboolean
record_is (sqlite3_stmt *statement, const McChange *change)
{
  guint8 record[16] = { 0 };

  mc_log_pack_uuid (change->record, record);
  return sqlite3_column_type (statement, COLUMN_RECORD) == SQLITE_BLOB
         && sqlite3_column_bytes (statement, COLUMN_RECORD) == sizeof record
         && memcmp (sqlite3_column_blob (statement, COLUMN_RECORD), record, sizeof record) == 0;
}

static gboolean
check_content (Chain *chain, sqlite3_stmt *statement, GError **error)
{
  McVerify *verify = chain->verify;
  const char *line = (const char *) sqlite3_column_text (statement, COLUMN_LINE);
  g_autoptr (McChange) change = mc_change_parse (line, sqlite3_column_bytes (statement, COLUMN_LINE), NULL);

  if (!change)
    {
      /* A line of a newer grammar is kept and passed on; it is filed under no record. */
      if (sqlite3_column_type (statement, COLUMN_RECORD) != SQLITE_NULL)
        mc_verify_find (verify, MC_FINDING_LINE, line_name (chain), _("The line breaks the grammar of lines."));
      return TRUE;
    }
  if (strcmp (change->device, chain->device) != 0 || change->seq != chain->seq)
    mc_verify_find (verify, MC_FINDING_LINE, line_name (chain), _("The line stands in the place of another one."));
  if (!record_is (statement, change))
    mc_verify_find (verify, MC_FINDING_LINE, line_name (chain), _("The line is filed under another record than the one it names."));
  if (chain->seq == 1)
    check_first_line (chain, change);
  if (change->seal)
    verify->report->seals++;
  note_touched (verify, change);
  return check_fields (chain, change, error)
         && check_index_rows (chain, sqlite3_column_int64 (statement, COLUMN_N), change, error);
}

static void
check_digests (Chain *chain, sqlite3_stmt *statement)
{
  McVerify *verify = chain->verify;
  McDigest stored, found, link, stored_link;

  if (!read_digest (statement, COLUMN_DIGEST, &stored) || !read_digest (statement, COLUMN_LINK, &stored_link))
    {
      mc_verify_find (verify, MC_FINDING_CHAIN, line_name (chain), _("The digest or link of the line is damaged."));
      return;
    }
  mc_chain_next (&chain->link, &stored, &link);
  if (!mc_digest_equal (&link, &stored_link))
    mc_verify_find (verify, MC_FINDING_CHAIN, line_name (chain), _("The chain is broken: the link of this line does not follow from the one before."));
  chain->link = stored_link;
  if (sqlite3_column_type (statement, COLUMN_LINE) != SQLITE_TEXT)
    return;
  mc_digest_of (sqlite3_column_text (statement, COLUMN_LINE), (gsize) sqlite3_column_bytes (statement, COLUMN_LINE), &found);
  if (!mc_digest_equal (&found, &stored))
    mc_verify_find (verify, MC_FINDING_LINE, line_name (chain), _("The line was changed after it was written: it has another SHA-256 than its chain says."));
}

static gboolean
check_row (Chain *chain, sqlite3_stmt *statement, GError **error)
{
  McVerify *verify = chain->verify;
  guint64 seq = (guint64) sqlite3_column_int64 (statement, COLUMN_SEQ);

  if (seq != chain->seq + 1)
    mc_verify_find (verify, MC_FINDING_CHAIN, line_name (chain), _("Lines are missing after this one: the next is number %llu."), (unsigned long long) seq);
  chain->seq = seq;
  check_digests (chain, statement);
  verify->report->lines++;
  if (verify->report->lines % 1024 == 0)
    mc_progress_tell (verify->progress, _("Checking the log"), verify->report->lines, verify->total_lines);
  if (sqlite3_column_type (statement, COLUMN_LINE) == SQLITE_TEXT)
    return check_content (chain, statement, error);
  if (sqlite3_column_type (statement, COLUMN_LINE) != SQLITE_NULL || sqlite3_column_type (statement, COLUMN_RECORD) != SQLITE_NULL)
    mc_verify_find (verify, MC_FINDING_LINE, line_name (chain), _("The line is damaged."));
  verify->report->stubs++;
  return TRUE;
}

static gboolean
check_chain (Chain *chain, GError **error)
{
  McVerify *verify = chain->verify;
  McVerifyPoint *point = g_hash_table_lookup (verify->links, chain->device);
  sqlite3_stmt *statement =
    mc_database_statement (verify->database,
                           "SELECT n, seq, record, line, digest, link FROM change WHERE chain = ?1 AND seq > ?2 ORDER BY seq", error);
  int step;

  if (!statement)
    return FALSE;
  mc_chain_start (chain->device, &chain->link);
  if (point)
    {
      chain->seq = point->seq;
      chain->link = point->link;
    }
  sqlite3_bind_int64 (statement, 1, chain->n);
  sqlite3_bind_int64 (statement, 2, (sqlite3_int64) chain->seq);
  while ((step = mc_verify_step (verify, statement, error)) == 1)
    if (!check_row (chain, statement, error))
      {
        mc_database_done (statement);
        return FALSE;
      }
  if (step < 0)
    return FALSE;
  point = g_new0 (McVerifyPoint, 1);
  point->seq = chain->seq;
  point->link = chain->link;
  g_hash_table_replace (verify->links, g_strdup (chain->device), point);
  return TRUE;
}

static GArray *
load_chains (McVerify *self, GError **error)
{
  g_autoptr (GArray) chains = g_array_new (FALSE, TRUE, sizeof (Chain));
  sqlite3_stmt *statement = mc_database_statement (self->database, "SELECT n, device, public_key FROM chain ORDER BY n", error);
  int step;

  if (!statement)
    return NULL;
  while ((step = mc_verify_step (self, statement, error)) == 1)
    {
      Chain chain = { .verify = self, .n = sqlite3_column_int64 (statement, 0) };

      const char *device = (const char *) sqlite3_column_text (statement, 1);

      g_strlcpy (chain.device, device ? device : "", sizeof chain.device);
      if (!mc_uuid_is_valid (chain.device) || sqlite3_column_bytes (statement, 2) != MC_KEY_BYTES)
        mc_verify_find (self, MC_FINDING_CHAIN, g_strdup_printf ("chain %lld", (long long) chain.n),
                        _("The device or the key of a chain is damaged."));
      else
        memcpy (chain.public_key, sqlite3_column_blob (statement, 2), MC_KEY_BYTES);
      g_array_append_val (chains, chain);
    }
  return step < 0 ? NULL : g_steal_pointer (&chains);
}

/* Lines that the walk along the chains did not meet. */
static gboolean
check_strays (McVerify *self, GError **error)
{
  gint64 total;

  if (!mc_database_integer (self->database, "SELECT count(*) FROM change NOT INDEXED", 0, &total, error))
    return FALSE;
  if ((guint64) total != self->report->lines)
    mc_verify_find (self, MC_FINDING_CHAIN, g_strdup ("chain"),
                    _("The log holds %lld lines, but %llu stand in a chain."), (long long) total, (unsigned long long) self->report->lines);
  return TRUE;
}

gboolean
mc_verify_log (McVerify *self, GError **error)
{
  g_autoptr (GArray) chains = load_chains (self, error);

  if (!chains)
    return FALSE;
  for (guint i = 0; i < chains->len; i++)
    {
      Chain *chain = &g_array_index (chains, Chain, i);

      if (!check_chain (chain, error))
        return FALSE;
      if (chain->seq == 0)
        mc_verify_find (self, MC_FINDING_CHAIN, g_strdup_printf ("chain %s", chain->device), _("The chain has no line."));
    }
  self->report->chains = chains->len;
  return !self->report->whole || check_strays (self, error);
}
