/* SPDX-License-Identifier: GPL-3.0-or-later
 * Reads lists of visits in short reads: row numbers first, rows as they come into view. */
#include "mc-visit-store.h"

#include <string.h>

#include "store/mc-store-private.h"

G_STATIC_ASSERT (MC_RECORD_SEALED == 2); /* stands as a number in the SQL below and in the partial index of drafts */

typedef struct
{
  const McVisitQuery *query;
  const char *one, *two;
  const gint64 *rowids;
  guint n;
} Input;

static void
bind_text (sqlite3_stmt *statement, int at, const char *text)
{
  sqlite3_bind_text (statement, at, text, -1, SQLITE_STATIC);
}

static char *
column_text (sqlite3_stmt *statement, int at)
{
  return g_strdup ((const char *) sqlite3_column_text (statement, at));
}

/* FALSE and @error unless the statement has run to its end. */
static gboolean
is_done (sqlite3 *db, int code, GError **error)
{
  if (code == SQLITE_DONE)
    return TRUE;
  mc_store_set_sqlite_error (error, db, code);
  return FALSE;
}

/* --- lists ------------------------------------------------------------------------------------------------ */

/* The few drafts are looked through; of a million finalised ones the led are found by their index, the assisted by a search through
 * another one that holds nothing else (0.1 s instead of 2.6 s). */
#define MY_DRAFT " AND (lead = ?1 OR instr (assistants, ?1) > 0)"
#define MINE " AND rowid IN (SELECT rowid FROM visit WHERE lead = ?1 UNION SELECT rowid FROM visit WHERE assistants IS NOT NULL AND instr (assistants, ?1) > 0)"

/* A signature on paper, with its scan, stands for all; else those whom the record needs have signed one by one, or refused with a witness. */
#define SIGNED_BY(role) " OR EXISTS (SELECT 1 FROM signature s WHERE s.document = d.id AND s.withdrawn_reason IS NULL AND s.role = '" role "')"
#define UNSIGNED                                                                                                                        \
  " AND state & 2 <> 0 AND NOT EXISTS (SELECT 1 FROM document d WHERE d.visit = visit.id AND d.kind = 'site_record'"                    \
  " AND d.withdrawn_reason IS NULL AND d.retired_on IS NULL AND d.same_as IS NULL"                                                       \
  " AND (EXISTS (SELECT 1 FROM signature s WHERE s.document = d.id AND s.withdrawn_reason IS NULL AND s.way = 'paper') OR"                \
  " ((FALSE" SIGNED_BY ("lead") ") AND (visit.assistants IS NULL" SIGNED_BY ("assistant") ") AND (FALSE" SIGNED_BY ("facility") "))))"

static char *
list_sql (const McVisitQuery *query)
{
  g_autoptr (GString) sql = g_string_new ("SELECT rowid FROM visit WHERE retired_on IS NULL AND same_as IS NULL");

  if (query->kind == MC_VISIT_LIST_DRAFTS)
    g_string_append (sql, " AND state & 2 = 0");
  if (query->kind == MC_VISIT_LIST_FINALISED)
    g_string_append (sql, " AND state & 2 <> 0");
  if (query->kind == MC_VISIT_LIST_AWAITING)
    g_string_append (sql, UNSIGNED);
  if (query->inspector)
    g_string_append (sql, query->kind == MC_VISIT_LIST_DRAFTS ? MY_DRAFT : MINE);
  if (query->facility)
    g_string_append (sql, strchr (query->facility, '\n') ? " AND facility IN (SELECT value FROM json_each (?2))" : " AND facility = ?2");
  g_string_append (sql, " ORDER BY checked_on DESC, rowid DESC");
  return g_strdup (sql->str);
}

/* Ids joined by '\n' as a JSON array; one id stays itself. */
static char *
ids_parameter (const char *ids)
{
  g_auto (GStrv) parts = g_strsplit (ids, "\n", -1);
  g_autofree char *inner = g_strjoinv ("\",\"", parts);

  return parts[1] ? g_strdup_printf ("[\"%s\"]", inner) : g_strdup (ids);
}

static gpointer
read_list (sqlite3 *db, gpointer data, GCancellable *cancellable, GError **error)
{
  const McVisitQuery *query = ((Input *) data)->query;
  g_autofree char *sql = list_sql (query), *ids = query->facility ? ids_parameter (query->facility) : NULL; /* bound as it is */
  g_autoptr (sqlite3_stmt) statement = mc_store_prepare (db, sql, error);
  g_autoptr (GArray) rowids = g_array_new (FALSE, FALSE, sizeof (gint64));
  int code;

  if (!statement)
    return NULL;
  if (query->inspector)
    bind_text (statement, 1, query->inspector);
  if (query->facility)
    bind_text (statement, 2, ids);
  while ((code = sqlite3_step (statement)) == SQLITE_ROW)
    {
      gint64 rowid = sqlite3_column_int64 (statement, 0);

      g_array_append_val (rowids, rowid);
    }
  return is_done (db, code, error) ? g_steal_pointer (&rowids) : NULL;
}

GArray *
mc_visit_store_list (McStore *store, const McVisitQuery *query, GCancellable *cancellable, GError **error)
{
  Input input = { .query = query };

  return mc_store_read (store, read_list, &input, cancellable, error);
}

static const char row_sql[] =
  "SELECT v.rowid, v.id, v.facility, f.name, a.name, v.type, v.source, v.checked_on, v.lead, i.name, v.standard, v.standard_title,"
  " v.result_code, v.whole_state,"
  " (SELECT count (*) FROM answer WHERE visit = v.id AND value IS NOT NULL),"
  " (SELECT count (*) FROM finding WHERE visit = v.id AND withdrawn_reason IS NULL),"
  " (SELECT min (deadline_on) FROM finding WHERE visit = v.id AND withdrawn_reason IS NULL)"
  " FROM visit v LEFT JOIN facility f ON f.id = v.facility LEFT JOIN area a ON a.id = v.area LEFT JOIN inspector i ON i.id = v.lead"
  " WHERE v.rowid = ?1";

static McVisitRow *
row_from_statement (sqlite3_stmt *statement)
{
  McVisitRow *row = g_new0 (McVisitRow, 1);

  row->rowid = sqlite3_column_int64 (statement, 0);
  row->id = column_text (statement, 1);
  row->facility = column_text (statement, 2);
  row->facility_name = column_text (statement, 3);
  row->area_name = column_text (statement, 4);
  row->type = column_text (statement, 5);
  row->source = column_text (statement, 6);
  row->checked_on = column_text (statement, 7);
  row->lead = column_text (statement, 8);
  row->lead_name = column_text (statement, 9);
  row->standard = column_text (statement, 10);
  row->standard_title = column_text (statement, 11);
  row->result = column_text (statement, 12);
  row->state = (McRecordState) sqlite3_column_int (statement, 13);
  row->answered = (guint) sqlite3_column_int (statement, 14);
  row->open_findings = (guint) sqlite3_column_int (statement, 15);
  row->next_deadline = column_text (statement, 16);
  return row;
}

void
mc_visit_row_free (McVisitRow *row)
{
  g_free (row->id);
  g_free (row->facility);
  g_free (row->facility_name);
  g_free (row->area_name);
  g_free (row->type);
  g_free (row->source);
  g_free (row->checked_on);
  g_free (row->lead);
  g_free (row->lead_name);
  g_free (row->standard);
  g_free (row->standard_title);
  g_free (row->result);
  g_free (row->next_deadline);
  g_free (row);
}

static gpointer
read_rows (sqlite3 *db, gpointer data, GCancellable *cancellable, GError **error)
{
  const Input *input = data;
  g_autoptr (sqlite3_stmt) statement = mc_store_prepare (db, row_sql, error);
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) mc_visit_row_free);

  if (!statement)
    return NULL;
  for (guint i = 0; i < input->n; i++)
    {
      int code;

      sqlite3_reset (statement);
      sqlite3_bind_int64 (statement, 1, input->rowids[i]);
      code = sqlite3_step (statement);
      if (code == SQLITE_ROW)
        g_ptr_array_add (rows, row_from_statement (statement));
      else if (!is_done (db, code, error))
        return NULL;
    }
  return g_steal_pointer (&rows);
}

GPtrArray *
mc_visit_store_load_rows (McStore *store, const gint64 *rowids, guint n, GCancellable *cancellable, GError **error)
{
  Input input = { .rowids = rowids, .n = n };

  return mc_store_read (store, read_rows, &input, cancellable, error);
}

static gpointer
read_counts (sqlite3 *db, gpointer data, GCancellable *cancellable, GError **error)
{
  const Input *input = data;
  g_autofree char *sql = g_strdup_printf ("SELECT (SELECT count (*) FROM visit WHERE state & 2 = 0 AND retired_on IS NULL AND same_as IS NULL%s),"
                                          " (SELECT count (*) FROM visit WHERE state & 2 <> 0 AND retired_on IS NULL AND same_as IS NULL%s),"
                                          " (SELECT count (*) FROM (SELECT 1 FROM visit WHERE retired_on IS NULL AND same_as IS NULL%s%s LIMIT %u))",
                                          input->one ? MY_DRAFT : "", input->one ? MINE : "", UNSIGNED, input->one ? MINE : "", MC_VISIT_COUNT_MAX);
  g_autoptr (sqlite3_stmt) statement = mc_store_prepare (db, sql, error);
  McVisitCounts *counts;
  int code;

  if (!statement)
    return NULL;
  if (input->one)
    bind_text (statement, 1, input->one);
  code = sqlite3_step (statement);
  if (code != SQLITE_ROW)
    {
      mc_store_set_sqlite_error (error, db, code);
      return NULL;
    }
  counts = g_new0 (McVisitCounts, 1);
  counts->drafts = (guint) sqlite3_column_int (statement, 0);
  counts->finalised = (guint) sqlite3_column_int (statement, 1);
  counts->awaiting = (guint) sqlite3_column_int (statement, 2);
  return counts;
}

gboolean
mc_visit_store_count (McStore *store, const char *inspector, McVisitCounts *counts, GError **error)
{
  Input input = { .one = inspector };
  g_autofree McVisitCounts *read = mc_store_read (store, read_counts, &input, NULL, error);

  if (read)
    *counts = *read;
  return read != NULL;
}

/* --- what a new visit is prefilled from ------------------------------------------------------------------- */

/* Every column of every row of a statement with up to two texts bound, in a row. */
static gpointer
read_texts (sqlite3 *db, const char *sql, const Input *input, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = mc_store_prepare (db, sql, error);
  g_autoptr (GStrvBuilder) texts = g_strv_builder_new ();
  int code;

  if (!statement)
    return NULL;
  bind_text (statement, 1, input->one);
  if (input->two)
    bind_text (statement, 2, input->two);
  while ((code = sqlite3_step (statement)) == SQLITE_ROW)
    for (int i = 0; i < sqlite3_column_count (statement); i++)
      g_strv_builder_add (texts, sqlite3_column_type (statement, i) == SQLITE_NULL ? "" : (const char *) sqlite3_column_text (statement, i));
  return is_done (db, code, error) ? g_strv_builder_end (texts) : NULL;
}

static gpointer
read_partners (sqlite3 *db, gpointer data, GCancellable *cancellable, GError **error)
{
  return read_texts (db, "SELECT assistants FROM visit WHERE lead = ?1 AND assistants IS NOT NULL AND retired_on IS NULL"
                         " ORDER BY checked_on DESC, rowid DESC LIMIT 1", data, error);
}

char *
mc_visit_store_find_partners (McStore *store, const char *lead, GError **error)
{
  Input input = { .one = lead };
  g_auto (GStrv) texts = mc_store_read (store, read_partners, &input, NULL, error);

  return texts ? g_strdup (texts[0] ? texts[0] : "") : NULL;
}

static gpointer
read_matters (sqlite3 *db, gpointer data, GCancellable *cancellable, GError **error)
{
  return read_texts (db, "SELECT id FROM check_matter WHERE authority = ?1 AND published_on IS NOT NULL AND retired_on IS NULL AND same_as IS NULL ORDER BY id",
                     data, error);
}

char **
mc_visit_store_list_matters (McStore *store, const char *authority, GError **error)
{
  Input input = { .one = authority };

  return mc_store_read (store, read_matters, &input, NULL, error);
}

/* ?1 and the records that were found to be the same place, in either direction. */
#define SAME_PLACE                                                                                                           \
  "facility IN (WITH RECURSIVE same (id) AS (VALUES (?1) UNION SELECT j.id FROM facility j JOIN same ON j.same_as = same.id" \
  " UNION SELECT j.same_as FROM facility j JOIN same ON j.id = same.id WHERE j.same_as IS NOT NULL) SELECT id FROM same)"

static gpointer
read_previous (sqlite3 *db, gpointer data, GCancellable *cancellable, GError **error)
{
  const Input *input = data;

  if (!input->two)
    return read_texts (db, "SELECT id, standard FROM visit WHERE " SAME_PLACE " AND state & 2 <> 0 AND retired_on IS NULL"
                           " ORDER BY checked_on DESC, rowid DESC LIMIT 50", input, error);
  return read_texts (db, "SELECT id, standard FROM visit WHERE " SAME_PLACE " AND state & 2 <> 0 AND retired_on IS NULL AND id <> ?2"
                         " AND checked_on <= (SELECT checked_on FROM visit WHERE id = ?2)"
                         " ORDER BY checked_on DESC, rowid DESC LIMIT 50", input, error);
}

char **
mc_visit_store_list_previous (McStore *store, const char *facility, const char *visit, GError **error)
{
  Input input = { .one = facility, .two = visit };

  return mc_store_read (store, read_previous, &input, NULL, error);
}
