/* SPDX-License-Identifier: GPL-3.0-or-later
 * Loads and lists follow-ups, and says what finalising a check does to them. */
#include <string.h>

#include "mc-follow-ups.h"
#include "mc-record-list-store.h"
#include "store/mc-store-private.h"

/* --- of one check ----------------------------------------------------------------------------------------- */

GPtrArray *
mc_follow_ups_load (McStore *store, const char *visit, GError **error)
{
  return mc_record_list_load (store, "follow_up",
                              "SELECT id FROM follow_up WHERE visit = ?1 AND retired_on IS NULL AND same_as IS NULL ORDER BY standard, item",
                              visit, error);
}

char **
mc_follow_ups_list_open_items (McStore *store, const char *visit, GError **error)
{
  g_autoptr (GPtrArray) list = mc_follow_ups_load (store, visit, error);
  g_autoptr (GStrvBuilder) items = g_strv_builder_new ();

  for (guint i = 0; list && i < list->len; i++)
    if (mc_follow_up_get_state (g_ptr_array_index (list, i)) != MC_FOLLOW_UP_CLOSED)
      g_strv_builder_add (items, mc_record_get_text (g_ptr_array_index (list, i), "item"));
  return list ? g_strv_builder_end (items) : NULL;
}

static const McRecord *
find_of (GPtrArray *list, const McRecord *finding)
{
  for (guint i = 0; i < list->len; i++)
    if (g_strcmp0 (mc_record_get_text (g_ptr_array_index (list, i), "finding"), mc_record_get_id (finding)) == 0)
      return g_ptr_array_index (list, i);
  return NULL;
}

/* Takes @edited. */
static void
add_save (McTransaction *transaction, const McRecord *base, McRecord *edited)
{
  if (!base || !mc_record_equal_values (base, edited))
    mc_transaction_save (transaction, base, edited);
  mc_record_free (edited);
}

static gboolean
add_own (McStore *store, McTransaction *transaction, const McVisit *visit, const char *today, GError **error)
{
  g_autoptr (GPtrArray) known = mc_follow_ups_load (store, mc_visit_get_id (visit), error);
  g_autoptr (GPtrArray) findings = mc_visit_list_findings (visit, TRUE);

  if (!known)
    return FALSE;
  for (guint i = 0; i < findings->len; i++)
    {
      const McRecord *finding = g_ptr_array_index (findings, i);
      const McRecord *base = find_of (known, finding);

      if (base)
        add_save (transaction, base, mc_follow_up_renew (base, visit, finding, today));
      else if (mc_follow_up_is_needed (finding))
        add_save (transaction, NULL, mc_follow_up_new (visit, finding));
    }
  return TRUE;
}

static gboolean
add_rechecked (McStore *store, McTransaction *transaction, const McVisit *visit, GError **error)
{
  const McRecord *record = mc_visit_get_record (visit);
  const char *previous = mc_record_get_text (record, "previous");
  g_autoptr (GPtrArray) list = NULL;

  if (!previous || g_strcmp0 (mc_record_get_text (record, "type"), "recheck") != 0)
    return TRUE;
  list = mc_follow_ups_load (store, previous, error);
  for (guint i = 0; list && i < list->len; i++)
    add_save (transaction, g_ptr_array_index (list, i), mc_follow_up_recheck (g_ptr_array_index (list, i), visit));
  return list != NULL;
}

gboolean
mc_follow_ups_add (McStore *store, McTransaction *transaction, const McVisit *visit, const char *today, GError **error)
{
  return add_own (store, transaction, visit, today, error) && add_rechecked (store, transaction, visit, error);
}

/* --- the work list ---------------------------------------------------------------------------------------- */

/* As the partial index follow_up_open has it. */
#define DUE "coalesce (u.extended_to, u.deadline_on, u.reply_due_on)"
#define OPEN "u.closed_on IS NULL AND u.retired_on IS NULL AND u.same_as IS NULL"
#define ASKED " AND (?1 IS NULL OR u.inspector = ?1) AND (?2 IS NULL OR u.facility = ?2)"

static const char *
condition_of (McFollowUpsKind kind)
{
  if (kind == MC_FOLLOW_UPS_CLOSED)
    return "u.closed_on IS NOT NULL AND u.retired_on IS NULL AND u.same_as IS NULL" ASKED;
  return kind == MC_FOLLOW_UPS_OVERDUE ? OPEN " AND " DUE " < ?3" ASKED : OPEN ASKED;
}

static void
bind_query (sqlite3_stmt *statement, const McFollowUpQuery *query)
{
  sqlite3_bind_text (statement, 1, query->inspector, -1, SQLITE_STATIC);
  sqlite3_bind_text (statement, 2, query->facility, -1, SQLITE_STATIC);
  sqlite3_bind_text (statement, 3, query->today, -1, SQLITE_STATIC);
}

static gboolean
read_count (sqlite3 *db, const McFollowUpQuery *query, McFollowUpsKind kind, guint *count, GError **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT count (*) FROM follow_up AS u WHERE ?3 IS NOT NULL AND %s", condition_of (kind));
  g_autoptr (sqlite3_stmt) statement = mc_store_prepare (db, sql, error);
  int code;

  if (!statement)
    return FALSE;
  bind_query (statement, query);
  code = sqlite3_step (statement);
  if (code != SQLITE_ROW)
    {
      mc_store_set_sqlite_error (error, db, code);
      return FALSE;
    }
  *count = (guint) sqlite3_column_int64 (statement, 0);
  return TRUE;
}

static char *
column (sqlite3_stmt *statement, int i)
{
  return g_strdup ((const char *) sqlite3_column_text (statement, i));
}

static McFollowUpRow *
read_row (sqlite3_stmt *statement)
{
  McFollowUpRow *row = g_new0 (McFollowUpRow, 1);
  char **const texts[] = { &row->id, &row->visit, &row->facility, &row->facility_name, &row->area_name, &row->inspector_name, &row->item, &row->description,
                           &row->severity, &row->way, &row->due_on, &row->referred_to, &row->reply_on, &row->closed_on, &row->closed_result };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    *texts[i] = column (statement, (int) i);
  row->state = (McRecordState) sqlite3_column_int (statement, G_N_ELEMENTS (texts));
  return row;
}

static gboolean
read_rows (sqlite3 *db, const McFollowUpQuery *query, McFollowUpList *list, GError **error)
{
  g_autofree char *sql
      = g_strdup_printf ("SELECT u.id, u.visit, u.facility, p.name, a.name, i.name, u.item, f.description, f.severity, u.way, " DUE ","
                         " u.referred_to, u.reply_on, u.closed_on, u.closed_result, u.state"
                         " FROM follow_up AS u LEFT JOIN finding AS f ON f.id = u.finding LEFT JOIN facility AS p ON p.id = u.facility"
                         " LEFT JOIN area AS a ON a.id = u.area LEFT JOIN inspector AS i ON i.id = u.inspector"
                         " WHERE ?3 IS NOT NULL AND %s ORDER BY %s, u.id LIMIT ?4",
                         condition_of (query->kind), query->kind == MC_FOLLOW_UPS_CLOSED ? "u.closed_on DESC" : DUE " IS NULL, " DUE);
  g_autoptr (sqlite3_stmt) statement = mc_store_prepare (db, sql, error);
  int code;

  if (!statement)
    return FALSE;
  bind_query (statement, query);
  sqlite3_bind_int64 (statement, 4, query->limit ? (sqlite3_int64) query->limit : -1);
  while ((code = sqlite3_step (statement)) == SQLITE_ROW)
    g_ptr_array_add (list->rows, read_row (statement));
  if (code != SQLITE_DONE)
    mc_store_set_sqlite_error (error, db, code);
  return code == SQLITE_DONE;
}

static gpointer
read_list (sqlite3 *db, gpointer data, GCancellable *cancellable, GError **error)
{
  const McFollowUpQuery *query = data;
  g_autoptr (McFollowUpList) list = g_new0 (McFollowUpList, 1);

  list->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) mc_follow_up_row_free);
  if (!read_count (db, query, query->kind, &list->total, error) || !read_count (db, query, MC_FOLLOW_UPS_OVERDUE, &list->overdue, error)
      || !read_rows (db, query, list, error))
    return NULL;
  return g_steal_pointer (&list);
}

void
mc_follow_up_row_free (McFollowUpRow *row)
{
  char *const texts[] = { row->id, row->visit, row->facility, row->facility_name, row->area_name, row->inspector_name, row->item, row->description,
                          row->severity, row->way, row->due_on, row->referred_to, row->reply_on, row->closed_on, row->closed_result };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free (texts[i]);
  g_free (row);
}

void
mc_follow_up_list_free (McFollowUpList *list)
{
  g_clear_pointer (&list->rows, g_ptr_array_unref);
  g_free (list);
}

McFollowUpList *
mc_follow_ups_list (McStore *store, const McFollowUpQuery *query, GError **error)
{
  g_return_val_if_fail (MC_IS_STORE (store) && query->today != NULL, NULL);

  return mc_store_read (store, read_list, (gpointer) query, NULL, error);
}
