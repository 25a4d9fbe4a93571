/* SPDX-License-Identifier: GPL-3.0-or-later
 * Reads the check matters of a store. */
#include "mc-check-matter.h"
#include "mc-registry-store.h"

typedef struct
{
  char **words;
  char *authority, *kind, *published_by;
} Request;

static Request *
request_new (const McCheckMatterQuery *query)
{
  Request *request = g_new0 (Request, 1);

  request->words = mc_search_words (query ? query->text : NULL);
  request->authority = g_strdup (query ? query->authority : NULL);
  request->kind = g_strdup (query ? query->kind : NULL);
  request->published_by = g_strdup (query ? query->published_by : NULL);
  return request;
}

static void
request_free (gpointer data)
{
  Request *request = data;

  g_strfreev (request->words);
  g_free (request->authority);
  g_free (request->kind);
  g_free (request->published_by);
  g_free (request);
}

static McCheckMatterRow *
read_row (sqlite3_stmt *statement)
{
  McCheckMatterRow *row = g_new0 (McCheckMatterRow, 1);

  row->id = mc_column_text (statement, 0);
  row->code = mc_column_text (statement, 1);
  row->name = mc_column_text (statement, 2);
  row->authority = mc_column_text (statement, 3);
  row->authority_name = mc_column_text (statement, 4);
  row->area = mc_column_text (statement, 5);
  row->facility_kinds = mc_column_text (statement, 6);
  row->basis = mc_column_text (statement, 7);
  row->certainty = mc_column_text (statement, 8);
  row->method = mc_column_text (statement, 9);
  row->importance = mc_column_text (statement, 10);
  row->ratio = mc_column_text (statement, 11);
  row->frequency = mc_column_text (statement, 12);
  row->yearly_cap = mc_column_integer (statement, 13, G_MININT64);
  row->standard = mc_column_text (statement, 14);
  row->published_on = mc_column_text (statement, 15);
  row->sample_fields = mc_column_text (statement, 16);
  row->state = (McRecordState) sqlite3_column_int64 (statement, 17);
  return row;
}

static sqlite3_stmt *
prepare (sqlite3 *db, const Request *request, GError **error)
{
  g_autoptr (GString) sql = g_string_new ("SELECT m.id, m.code, m.name, m.authority, o.name, m.area, m.facility_kinds, m.basis, m.certainty, m.method,"
                                          " m.importance, m.ratio, m.frequency, m.yearly_cap, m.standard, m.published_on, m.sample_fields, m.state"
                                          " FROM check_matter m LEFT JOIN authority o ON o.id = m.authority"
                                          " WHERE m.retired_on IS NULL AND m.same_as IS NULL");
  sqlite3_stmt *statement;

  if (request->authority)
    g_string_append (sql, " AND m.authority = :authority");
  if (request->kind)
    g_string_append (sql, " AND instr(char(10) || m.facility_kinds || char(10), char(10) || :kind || char(10)) > 0");
  if (request->published_by)
    g_string_append (sql, " AND m.published_on <= :published");
  mc_append_word_conditions (sql, "m.", request->words);
  g_string_append (sql, " ORDER BY m.code IS NULL, m.code, m.name, m.id");
  statement = mc_store_prepare (db, sql->str, error);
  if (statement == NULL)
    return NULL;
  mc_bind_text (statement, ":authority", request->authority);
  mc_bind_text (statement, ":kind", request->kind);
  mc_bind_text (statement, ":published", request->published_by);
  mc_bind_words (statement, request->words);
  return statement;
}

static gpointer
read_matters (sqlite3 *db, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) mc_check_matter_row_free);
  g_autoptr (sqlite3_stmt) statement = prepare (db, data, error);
  GError *failure = NULL;

  if (statement == NULL)
    return NULL;
  while (mc_step (statement, &failure))
    g_ptr_array_add (rows, read_row (statement));
  if (failure == NULL)
    return g_steal_pointer (&rows);
  g_propagate_error (error, failure);
  return NULL;
}

GPtrArray *
mc_check_matter_list (McStore *store, const McCheckMatterQuery *query, GError **error)
{
  Request *request = request_new (query);
  GPtrArray *rows = mc_store_read (store, read_matters, request, NULL, error);

  request_free (request);
  return rows;
}

void
mc_check_matter_list_async (McStore *store, const McCheckMatterQuery *query, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  mc_store_read_async (store, read_matters, request_new (query), request_free, (GDestroyNotify) g_ptr_array_unref, cancellable, callback, user_data);
}

GPtrArray *
mc_check_matter_list_finish (GAsyncResult *result, GError **error)
{
  g_autoptr (McStore) store = MC_STORE (g_async_result_get_source_object (result));

  return mc_store_read_finish (store, result, error);
}
