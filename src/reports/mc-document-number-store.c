/* SPDX-License-Identifier: GPL-3.0-or-later
 * The numbers of documents: given by one device out of its range, each once, in the transaction that writes the document. */
#include <glib/gi18n.h>
#include <string.h>

#include "store/mc-store-private.h"

#include "mc-document-number.h"

/* As many as no authority issues in a year; more come by another range. */
#define LAST_NUMBER 99999

/* --- the pattern ------------------------------------------------------------------------------------------- */

static gboolean
append_field (GString *text, const char *name, const char *short_name, const char *word, int year, gint64 number)
{
  if (strcmp (name, "short") == 0)
    g_string_append (text, short_name ? short_name : "");
  else if (strcmp (name, "word") == 0)
    g_string_append (text, word ? word : "");
  else if (strcmp (name, "year") == 0)
    g_string_append_printf (text, "%d", year);
  else if (strcmp (name, "n") == 0)
    g_string_append_printf (text, "%" G_GINT64_FORMAT, number);
  else
    return FALSE;
  return TRUE;
}

static gboolean
refuse_pattern (GError **error, const char *pattern, const char *reason)
{
  g_set_error (error, MC_REPORT_ERROR, MC_REPORT_ERROR_INPUT,
               _("The authority's document number pattern “%s” cannot be used: %s. Correct it in the register of authorities. No number was given."), pattern, reason);
  return FALSE;
}

char *
mc_document_number_format (const char *pattern, const char *short_name, const char *word, int year, gint64 number, GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);
  const char *at = pattern, *open;

  if (!strstr (pattern, "{n}"))
    return refuse_pattern (error, pattern, _("it lacks {n}, the running number")), NULL;
  while ((open = strchr (at, '{')))
    {
      const char *close = strchr (open, '}');
      g_autofree char *name = close ? g_strndup (open + 1, (gsize) (close - open - 1)) : NULL;
      g_autofree char *reason = NULL;

      if (!close)
        return refuse_pattern (error, pattern, _("a “{” has no “}”")), NULL;
      g_string_append_len (text, at, open - at);
      if (!append_field (text, name, short_name, word, year, number))
        {
          reason = g_strdup_printf (_("there is no field “%s”; there are {short}, {word}, {year} and {n}"), name);
          return refuse_pattern (error, pattern, reason), NULL;
        }
      at = close + 1;
    }
  g_string_append (text, at);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* --- the range ---------------------------------------------------------------------------------------------- */

typedef struct
{
  McRecord *document;
  const McRecord *authority;
  const char *word;
  const char *device;
  int year;
} Request;

/* A pattern without {word} makes no difference between kinds: they share one run of numbers. */
static const char *
kind_of_range (const Request *request, const char *pattern)
{
  return strstr (pattern, "{word}") ? mc_record_get_text (request->document, "kind") : "site_record";
}

typedef struct
{
  gboolean any;  /* some device holds one */
  gboolean ours;
  gint64 first, last;
} Range;

static gboolean
find_range (sqlite3 *db, const Request *request, const char *kind, Range *range, GError **error)
{
  g_autoptr (sqlite3_stmt) statement =
    mc_store_prepare (db, "SELECT device, first_number, last_number FROM number_range WHERE authority = ?1 AND document_kind = ?2 AND year = ?3 "
                          "AND retired_on IS NULL AND same_as IS NULL ORDER BY first_number DESC", error);
  int code;

  if (!statement)
    return FALSE;
  sqlite3_bind_text (statement, 1, mc_record_get_id (request->authority), -1, SQLITE_STATIC);
  sqlite3_bind_text (statement, 2, kind, -1, SQLITE_STATIC);
  sqlite3_bind_int (statement, 3, request->year);
  while ((code = sqlite3_step (statement)) == SQLITE_ROW)
    {
      gboolean ours = g_strcmp0 ((const char *) sqlite3_column_text (statement, 0), request->device) == 0;

      range->any = TRUE;
      if (!ours || range->ours)
        continue;
      range->ours = TRUE;
      range->first = sqlite3_column_int64 (statement, 1);
      range->last = sqlite3_column_int64 (statement, 2);
    }
  if (code == SQLITE_DONE)
    return TRUE;
  mc_store_set_sqlite_error (error, db, code);
  return FALSE;
}

static McRecord *
new_range (const McRecord *authority, const char *kind, int year, const char *pattern, const char *device, gint64 first)
{
  McRecord *range = mc_record_new (mc_entity_find ("number_range"), NULL);

  mc_record_set_text (range, "authority", mc_record_get_id (authority));
  mc_record_set_text (range, "area", mc_record_get_text (authority, "area"));
  mc_record_set_text (range, "document_kind", kind);
  mc_record_set_integer (range, "year", year);
  mc_record_set_text (range, "pattern", pattern);
  mc_record_set_integer (range, "first_number", first);
  mc_record_set_integer (range, "last_number", LAST_NUMBER);
  mc_record_set_text (range, "device", device);
  return range;
}

/* The first device that numbers a document of the authority holds its range. */
static gboolean
begin_range (McBulk *bulk, const Request *request, const char *kind, const char *pattern, Range *range, GError **error)
{
  g_autoptr (McRecord) record = new_range (request->authority, kind, request->year, pattern, request->device, 1);

  *range = (Range) { TRUE, TRUE, 1, LAST_NUMBER };
  return mc_bulk_save (bulk, NULL, record, NULL, error);
}

/* --- a number ----------------------------------------------------------------------------------------------- */

static gint64
read_integer (sqlite3 *db, const char *sql, const char *authority, const char *text, int year, gint64 if_none, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = mc_store_prepare (db, sql, error);
  gint64 value = if_none;
  int code;

  if (!statement)
    return -1;
  sqlite3_bind_text (statement, 1, authority, -1, SQLITE_STATIC);
  sqlite3_bind_text (statement, 2, text, -1, SQLITE_STATIC);
  if (sqlite3_bind_parameter_count (statement) > 2)
    sqlite3_bind_int (statement, 3, year);
  code = sqlite3_step (statement);
  if (code == SQLITE_ROW && sqlite3_column_type (statement, 0) != SQLITE_NULL)
    value = sqlite3_column_int64 (statement, 0);
  if (code == SQLITE_ROW || code == SQLITE_DONE)
    return value;
  mc_store_set_sqlite_error (error, db, code);
  return -1;
}

/* The records remember what the local table may have lost (a file that was rebuilt from its log). */
static gint64
count_uses (sqlite3 *db, const Request *request, const char *number, GError **error)
{
  return read_integer (db, "SELECT (SELECT count(*) FROM document WHERE authority = ?1 AND number = ?2) "
                           "+ (SELECT count(*) FROM visit WHERE authority = ?1 AND document_no = ?2)",
                       mc_record_get_id (request->authority), number, 0, 0, error);
}

static gboolean
remember (sqlite3 *db, const Request *request, const char *kind, gint64 number, GError **error)
{
  g_autoptr (sqlite3_stmt) statement =
    mc_store_prepare (db, "INSERT INTO document_number (authority, kind, year, number, document) VALUES (?1, ?2, ?3, ?4, ?5)", error);
  int code;

  if (!statement)
    return FALSE;
  sqlite3_bind_text (statement, 1, mc_record_get_id (request->authority), -1, SQLITE_STATIC);
  sqlite3_bind_text (statement, 2, kind, -1, SQLITE_STATIC);
  sqlite3_bind_int (statement, 3, request->year);
  sqlite3_bind_int64 (statement, 4, number);
  sqlite3_bind_text (statement, 5, mc_record_get_id (request->document), -1, SQLITE_STATIC);
  code = sqlite3_step (statement);
  if (code == SQLITE_DONE)
    return TRUE;
  mc_store_set_sqlite_error (error, db, code);
  return FALSE;
}

static gboolean
give_number (sqlite3 *db, const Request *request, const char *kind, const char *pattern, const Range *range, GError **error)
{
  const char *short_name = mc_record_get_text (request->authority, "short_name");
  gint64 number = read_integer (db, "SELECT max(number) + 1 FROM document_number WHERE authority = ?1 AND kind = ?2 AND year = ?3",
                                mc_record_get_id (request->authority), kind, request->year, range->first, error);

  if (number < 0)
    return FALSE;
  for (number = MAX (number, range->first); number <= range->last; number++)
    {
      g_autofree char *text = mc_document_number_format (pattern, short_name ? short_name : mc_record_get_text (request->authority, "name"), request->word,
                                                         request->year, number, error);
      gint64 uses = text ? count_uses (db, request, text, error) : -1;

      if (uses < 0)
        return FALSE;
      if (uses > 0)
        continue;
      mc_record_set_text (request->document, "number", text);
      return remember (db, request, kind, number, error);
    }
  g_set_error (error, MC_REPORT_ERROR, MC_REPORT_ERROR_INPUT, _("The numbers of this kind of document for %d are used up. Nothing was changed."), request->year);
  return FALSE;
}

static gboolean
save_numbered (McBulk *bulk, gpointer data, GCancellable *cancellable, GError **error)
{
  Request *request = data;
  sqlite3 *db = mc_bulk_get_database (bulk);
  const char *pattern = mc_record_get_text (request->authority, "document_number_pattern");
  const char *kind = pattern ? kind_of_range (request, pattern) : NULL;
  Range range = { 0 };

  if (pattern && !find_range (db, request, kind, &range, error))
    return FALSE;
  if (pattern && !range.any && !begin_range (bulk, request, kind, pattern, &range, error))
    return FALSE;
  if (range.ours && !give_number (db, request, kind, pattern, &range, error))
    return FALSE;
  return mc_bulk_save (bulk, NULL, request->document, NULL, error);
}

gboolean
mc_document_number_save (McStore *store, McRecord *document, const McRecord *authority, const char *word, int year, GError **error)
{
  Request request = { document, authority, word, mc_store_get_device (store), year };

  return mc_store_write_bulk (store, save_numbered, &request, NULL, error);
}

gboolean
mc_document_numbers_take (McStore *store, const char *authority, const char *kind, int year, gint64 first, GError **error)
{
  g_autoptr (McRecord) record = mc_store_load (store, "authority", authority, error);
  const char *pattern = record ? mc_record_get_text (record, "document_number_pattern") : NULL;
  g_autoptr (McRecord) range = NULL;

  if (!record)
    return FALSE;
  if (!pattern || first < 1 || first > LAST_NUMBER)
    {
      g_set_error (error, MC_REPORT_ERROR, MC_REPORT_ERROR_INPUT,
                   _("Numbers begin at 1 to %d, and the authority needs a document number pattern. Nothing was changed."), LAST_NUMBER);
      return FALSE;
    }
  range = new_range (record, strstr (pattern, "{word}") ? kind : "site_record", year, pattern, mc_store_get_device (store), first);
  return mc_store_save (store, NULL, range, error);
}
