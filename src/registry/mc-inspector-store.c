/* SPDX-License-Identifier: GPL-3.0-or-later
 * Reads the inspectors of a store. */
#include "mc-inspector.h"
#include "mc-registry-store.h"

typedef struct
{
  McAreaTree *tree;
  char **words;
  char *authority, *area, *field;
} Request;

static Request *
request_new (McAreaTree *tree, const McInspectorQuery *query)
{
  Request *request = g_new0 (Request, 1);

  request->tree = mc_area_tree_ref (tree);
  request->words = mc_search_words (query ? query->text : NULL);
  request->authority = g_strdup (query ? query->authority : NULL);
  request->area = g_strdup (query ? query->area : NULL);
  request->field = g_strdup (query ? query->field : NULL);
  return request;
}

static void
request_free (gpointer data)
{
  Request *request = data;

  mc_area_tree_unref (request->tree);
  g_strfreev (request->words);
  g_free (request->authority);
  g_free (request->area);
  g_free (request->field);
  g_free (request);
}

static McInspectorRow *
read_row (sqlite3_stmt *statement, McAreaTree *tree)
{
  McInspectorRow *row = g_new0 (McInspectorRow, 1);
  const McArea *area;

  row->id = mc_column_text (statement, 0);
  row->name = mc_column_text (statement, 1);
  row->employer = mc_column_text (statement, 2);
  row->authority = mc_column_text (statement, 3);
  row->authority_name = mc_column_text (statement, 4);
  row->area = mc_column_text (statement, 5);
  row->certificate_no = mc_column_text (statement, 6);
  row->certificate_expires_on = mc_column_text (statement, 7);
  row->fields = mc_column_text (statement, 8);
  row->sample_fields = mc_column_text (statement, 9);
  row->state = (McRecordState) sqlite3_column_int64 (statement, 10);
  area = mc_area_tree_find (tree, row->area);
  row->area_path = area ? mc_area_get_path (area, NULL) : g_strdup ("");
  return row;
}

static sqlite3_stmt *
prepare (sqlite3 *db, const Request *request, GError **error)
{
  g_autoptr (GString) sql = g_string_new ("SELECT i.id, i.name, i.employer, i.authority, o.name, i.area, i.certificate_no, i.certificate_expires_on,"
                                          " i.fields, i.sample_fields, i.state FROM inspector i LEFT JOIN authority o ON o.id = i.authority"
                                          " WHERE i.retired_on IS NULL AND i.same_as IS NULL");
  sqlite3_stmt *statement;

  if (request->authority)
    g_string_append (sql, " AND i.authority = :authority");
  if (request->field)
    g_string_append (sql, " AND instr(char(10) || i.fields || char(10), char(10) || :field || char(10)) > 0");
  mc_append_word_conditions (sql, "i.", request->words);
  g_string_append (sql, " ORDER BY i.name, i.id");
  statement = mc_store_prepare (db, sql->str, error);
  if (statement == NULL)
    return NULL;
  mc_bind_text (statement, ":authority", request->authority);
  mc_bind_text (statement, ":field", request->field);
  mc_bind_words (statement, request->words);
  return statement;
}

static gpointer
read_inspectors (sqlite3 *db, gpointer data, GCancellable *cancellable, GError **error)
{
  const Request *request = data;
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) mc_inspector_row_free);
  g_autoptr (sqlite3_stmt) statement = prepare (db, request, error);
  GError *failure = NULL;

  if (statement == NULL)
    return NULL;
  while (mc_step (statement, &failure))
    if (request->area == NULL || mc_area_tree_contains (request->tree, request->area, (const char *) sqlite3_column_text (statement, 5)))
      g_ptr_array_add (rows, read_row (statement, request->tree));
  if (failure == NULL)
    return g_steal_pointer (&rows);
  g_propagate_error (error, failure);
  return NULL;
}

GPtrArray *
mc_inspector_list (McStore *store, McAreaTree *tree, const McInspectorQuery *query, GError **error)
{
  Request *request = request_new (tree, query);
  GPtrArray *rows = mc_store_read (store, read_inspectors, request, NULL, error);

  request_free (request);
  return rows;
}

void
mc_inspector_list_async (McStore *store, McAreaTree *tree, const McInspectorQuery *query, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  mc_store_read_async (store, read_inspectors, request_new (tree, query), request_free, (GDestroyNotify) g_ptr_array_unref, cancellable, callback, user_data);
}

GPtrArray *
mc_inspector_list_finish (GAsyncResult *result, GError **error)
{
  g_autoptr (McStore) store = MC_STORE (g_async_result_get_source_object (result));

  return mc_store_read_finish (store, result, error);
}
