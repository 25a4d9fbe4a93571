/* SPDX-License-Identifier: GPL-3.0-or-later
 * What must be corrected by when: the open follow-ups with a day. */
#include "mc-due.h"

#include "store/mc-store-private.h"

/* As the partial index follow_up_open has it. What is due without a day stands in the list of follow-ups only. */
#define DUE "coalesce (u.extended_to, u.deadline_on, u.reply_due_on)"
#define FROM_FOLLOW_UPS                                                                                                  \
  " FROM follow_up AS u LEFT JOIN finding AS f ON f.id = u.finding LEFT JOIN visit AS v ON v.id = u.visit"               \
  " LEFT JOIN facility AS p ON p.id = u.facility LEFT JOIN area AS a ON a.id = u.area"                                   \
  " WHERE u.closed_on IS NULL AND u.retired_on IS NULL AND u.same_as IS NULL AND " DUE " IS NOT NULL"                    \
  " AND (?1 IS NULL OR u.inspector = ?1 OR v.lead = ?1"                                                                  \
  " OR instr (char (10) || ifnull (v.assistants, '') || char (10), char (10) || ?1 || char (10)) > 0)"

typedef struct
{
  const char *inspector;
  const char *today;
  guint limit;
} Request;

static char *
column (sqlite3_stmt *statement, int i)
{
  return g_strdup ((const char *) sqlite3_column_text (statement, i));
}

static gboolean
read_counts (sqlite3 *db, const Request *request, McDueList *list, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = mc_store_prepare (db, "SELECT count(*), ifnull (sum (" DUE " < ?2), 0)" FROM_FOLLOW_UPS, error);
  int code;

  if (!statement)
    return FALSE;
  sqlite3_bind_text (statement, 1, request->inspector, -1, SQLITE_STATIC);
  sqlite3_bind_text (statement, 2, request->today, -1, SQLITE_STATIC);
  code = sqlite3_step (statement);
  if (code != SQLITE_ROW)
    {
      mc_store_set_sqlite_error (error, db, code);
      return FALSE;
    }
  list->total = (guint) sqlite3_column_int64 (statement, 0);
  list->overdue = (guint) sqlite3_column_int64 (statement, 1);
  return TRUE;
}

static gboolean
read_rows (sqlite3 *db, const Request *request, McDueList *list, GError **error)
{
  g_autoptr (sqlite3_stmt) statement
      = mc_store_prepare (db,
                          "SELECT u.visit, p.name, a.name, f.description, f.severity, " DUE FROM_FOLLOW_UPS
                          " ORDER BY " DUE ", u.id LIMIT ?2",
                          error);
  int code;

  if (!statement)
    return FALSE;
  sqlite3_bind_text (statement, 1, request->inspector, -1, SQLITE_STATIC);
  sqlite3_bind_int64 (statement, 2, request->limit);
  while ((code = sqlite3_step (statement)) == SQLITE_ROW)
    {
      McDue *due = g_new0 (McDue, 1);

      due->visit = column (statement, 0);
      due->facility_name = column (statement, 1);
      due->area_name = column (statement, 2);
      due->description = column (statement, 3);
      due->severity = column (statement, 4);
      due->deadline_on = column (statement, 5);
      g_ptr_array_add (list->rows, due);
    }
  if (code != SQLITE_DONE)
    mc_store_set_sqlite_error (error, db, code);
  return code == SQLITE_DONE;
}

static gpointer
read_list (sqlite3 *db, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (McDueList) list = g_new0 (McDueList, 1);

  list->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) mc_due_free);
  if (!read_counts (db, data, list, error) || !read_rows (db, data, list, error))
    return NULL;
  return g_steal_pointer (&list);
}

void
mc_due_free (McDue *due)
{
  g_free (due->visit);
  g_free (due->facility_name);
  g_free (due->area_name);
  g_free (due->description);
  g_free (due->severity);
  g_free (due->deadline_on);
  g_free (due);
}

void
mc_due_list_free (McDueList *list)
{
  g_clear_pointer (&list->rows, g_ptr_array_unref);
  g_free (list);
}

McDueList *
mc_due_list_load (McStore *store, const char *inspector, const char *today, guint limit, GError **error)
{
  Request request = { inspector, today, limit };

  g_return_val_if_fail (MC_IS_STORE (store) && today != NULL, NULL);

  return mc_store_read (store, read_list, &request, NULL, error);
}
