/* SPDX-License-Identifier: GPL-3.0-or-later
 * Reads the rows that lists of facilities show, and finds facilities by what a program is told. */
#include <glib/gi18n.h>

#include "mc-credit-code.h"
#include "mc-facility-private.h"
#include "mc-facility-store.h"
#include "store/mc-text-key.h"
#include "store/mc-uuid.h"

/* --- rows ------------------------------------------------------------------------------------------------- */

#define ROW_COLUMNS                                                                                                          \
  "f.rowid, f.id, f.name, f.operator, f.credit_code, f.kind, f.status, f.credit_risk_class, f.grade, f.area, f.address,"     \
  " f.beds, f.nursing_beds, f.dementia_beds, f.childcare_places, f.sample_fields, f.whole_state | f.state, " MC_SQL_LAST_CHECKED "," \
  " (SELECT count(*) FROM visit v JOIN finding n ON n.visit = v.id WHERE v.facility IN " MC_SQL_SAME_PLACE " AND " MC_SQL_OPEN_FINDING ")"

static McFacilityRow *
read_row (sqlite3_stmt *statement, McAreaTree *tree)
{
  McFacilityRow *row = mc_facility_row_new ();
  const McArea *area;

  row->rowid = sqlite3_column_int64 (statement, 0);
  row->id = mc_column_text (statement, 1);
  row->name = mc_column_text (statement, 2);
  row->operator_name = mc_column_text (statement, 3);
  row->credit_code = mc_column_text (statement, 4);
  row->kind = mc_column_text (statement, 5);
  row->status = mc_column_text (statement, 6);
  row->credit_risk_class = mc_column_text (statement, 7);
  row->grade = mc_column_text (statement, 8);
  row->area = mc_column_text (statement, 9);
  row->address = mc_column_text (statement, 10);
  row->beds = mc_column_integer (statement, 11, MC_NO_NUMBER);
  row->nursing_beds = mc_column_integer (statement, 12, MC_NO_NUMBER);
  row->dementia_beds = mc_column_integer (statement, 13, MC_NO_NUMBER);
  row->childcare_places = mc_column_integer (statement, 14, MC_NO_NUMBER);
  row->sample_fields = mc_column_text (statement, 15);
  row->state = (McRecordState) sqlite3_column_int64 (statement, 16);
  row->last_checked_on = mc_column_text (statement, 17);
  row->n_open_findings = (guint) sqlite3_column_int64 (statement, 18);
  area = mc_area_tree_find (tree, row->area);
  row->area_path = area ? mc_area_get_path (area, NULL) : g_strdup ("");
  return row;
}

typedef struct
{
  McAreaTree *tree;
  gint64 *rowids;
  guint n;
  const char *id;
} RowsRequest;

static void
rows_request_free (gpointer data)
{
  RowsRequest *request = data;

  mc_area_tree_unref (request->tree);
  g_free (request->rowids);
  g_free (request);
}

static RowsRequest *
rows_request_new (McAreaTree *tree, const gint64 *rowids, guint n)
{
  RowsRequest *request = g_new0 (RowsRequest, 1);

  request->tree = mc_area_tree_ref (tree);
  request->rowids = g_memdup2 (rowids, n * sizeof (gint64));
  request->n = n;
  return request;
}

static gpointer
read_rows (sqlite3 *db, gpointer data, GCancellable *cancellable, GError **error)
{
  RowsRequest *request = data;
  g_autoptr (sqlite3_stmt) statement = mc_store_prepare (db, "SELECT " ROW_COLUMNS " FROM facility f WHERE f.rowid = :rowid", error);
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) mc_facility_row_unref);

  if (statement == NULL)
    return NULL;
  for (guint i = 0; i < request->n; i++)
    {
      GError *failure = NULL;

      sqlite3_reset (statement);
      sqlite3_bind_int64 (statement, 1, request->rowids[i]);
      g_ptr_array_add (rows, mc_step (statement, &failure) ? read_row (statement, request->tree) : NULL);
      if (failure)
        {
          g_propagate_error (error, failure);
          return NULL;
        }
    }
  return g_steal_pointer (&rows);
}

GPtrArray *
mc_facility_rows_load (McStore *store, McAreaTree *tree, const gint64 *rowids, guint n, GError **error)
{
  RowsRequest *request = rows_request_new (tree, rowids, n);
  GPtrArray *rows = mc_store_read (store, read_rows, request, NULL, error);

  rows_request_free (request);
  return rows;
}

void
mc_facility_rows_load_async (McStore *store, McAreaTree *tree, const gint64 *rowids, guint n, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  mc_store_read_async (store, read_rows, rows_request_new (tree, rowids, n), rows_request_free, (GDestroyNotify) g_ptr_array_unref,
                       cancellable, callback, user_data);
}

GPtrArray *
mc_facility_rows_load_finish (GAsyncResult *result, GError **error)
{
  g_autoptr (McStore) store = MC_STORE (g_async_result_get_source_object (result));

  return mc_store_read_finish (store, result, error);
}

static gpointer
read_one_row (sqlite3 *db, gpointer data, GCancellable *cancellable, GError **error)
{
  RowsRequest *request = data;
  g_autoptr (sqlite3_stmt) statement = mc_store_prepare (db, "SELECT " ROW_COLUMNS " FROM facility f WHERE f.id = :id", error);
  GError *failure = NULL;

  if (statement == NULL)
    return NULL;
  mc_bind_text (statement, ":id", request->id);
  if (mc_step (statement, &failure))
    return read_row (statement, request->tree);
  if (failure)
    g_propagate_error (error, failure);
  else
    g_set_error (error, MC_STORE_ERROR, MC_STORE_ERROR_NOT_FOUND, _("There is no facility with the id %s."), request->id);
  return NULL;
}

McFacilityRow *
mc_facility_row_load (McStore *store, McAreaTree *tree, const char *id, GError **error)
{
  RowsRequest request = { .tree = tree, .id = id };

  return mc_store_read (store, read_one_row, &request, NULL, error);
}

/* --- finding one for a program ---------------------------------------------------------------------------- */

typedef struct
{
  const char *text;
  guint limit;
} Find;

static gboolean
add_ids (sqlite3 *db, const char *condition, const char *value, char **words, guint limit, GPtrArray *ids, GError **error)
{
  g_autoptr (GString) sql = g_string_new ("SELECT f.id FROM facility f WHERE " MC_SQL_LISTED);
  g_autoptr (sqlite3_stmt) statement = NULL;
  GError *failure = NULL;

  g_string_append (sql, condition);
  mc_append_word_conditions (sql, "f.", words);
  g_string_append_printf (sql, " ORDER BY f.rowid LIMIT %u", limit);
  statement = mc_store_prepare (db, sql->str, error);
  if (statement == NULL)
    return FALSE;
  mc_bind_text (statement, ":value", value);
  mc_bind_words (statement, words);
  while (mc_step (statement, &failure))
    g_ptr_array_add (ids, mc_column_text (statement, 0));
  if (failure)
    g_propagate_error (error, failure);
  return failure == NULL;
}

static gpointer
find_facilities (sqlite3 *db, gpointer data, GCancellable *cancellable, GError **error)
{
  const Find *find = data;
  g_autofree char *code = mc_credit_code_normalise (find->text);
  g_autofree char *name = mc_text_nfc (find->text, -1);
  g_auto (GStrv) words = mc_search_words (find->text);
  char *no_words[] = { NULL };
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);

  if (mc_uuid_is_valid (find->text))
    {
      if (!add_ids (db, " AND f.id = :value", find->text, no_words, find->limit, ids, error))
        return NULL;
      return g_steal_pointer (&ids);
    }
  if (!add_ids (db, " AND f.credit_code = :value", code, no_words, find->limit, ids, error))
    return NULL;
  if (ids->len == 0 && !add_ids (db, " AND f.name = :value", name, no_words, find->limit, ids, error))
    return NULL;
  if (ids->len == 0 && words[0] != NULL && !add_ids (db, "", NULL, words, find->limit, ids, error))
    return NULL;
  return g_steal_pointer (&ids);
}

GPtrArray *
mc_facility_find (McStore *store, const char *text, guint limit, GError **error)
{
  Find find = { text, limit };

  if (!g_utf8_validate (text, -1, NULL))
    {
      g_set_error_literal (error, MC_REGISTRY_ERROR, MC_REGISTRY_ERROR_INPUT, _("What is searched for is not UTF-8 text."));
      return NULL;
    }
  return mc_store_read (store, find_facilities, &find, NULL, error);
}
