/* SPDX-License-Identifier: GPL-3.0-or-later
 * Which records are a person's open work. */
#include "mc-visits-handover-private.h"

#include "store/mc-store-private.h"

G_STATIC_ASSERT (MC_RECORD_SEALED == 2); /* stands as a number in the SQL below */

#define IN_LIST(column) "instr (char (10) || ifnull (" column ", '') || char (10), char (10) || ?1 || char (10)) > 0"

static const char *const queries[] = {
  [MC_OPEN_VISIT] = "SELECT id FROM visit WHERE state & 2 = 0 AND retired_on IS NULL AND same_as IS NULL AND (lead = ?1 OR " IN_LIST ("assistants") ") ORDER BY id",
  [MC_OPEN_PARTY] = "SELECT p.id FROM visit_party p JOIN visit v ON v.id = p.visit WHERE v.state & 2 = 0 AND v.retired_on IS NULL AND v.same_as IS NULL"
                    " AND p.withdrawn_reason IS NULL AND (p.lead = ?1 OR " IN_LIST ("p.assistants") ") ORDER BY p.id",
  [MC_OPEN_FOLLOW_UP] = "SELECT id FROM follow_up WHERE inspector = ?1 AND closed_on IS NULL AND retired_on IS NULL AND same_as IS NULL ORDER BY id",
};

typedef struct
{
  McOpenKind kind;
  const char *inspector;
} Input;

static gpointer
read_ids (sqlite3 *db, gpointer data, GCancellable *cancellable, GError **error)
{
  const Input *input = data;
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (sqlite3_stmt) statement = mc_store_prepare (db, queries[input->kind], error);
  int code;

  if (!statement)
    return NULL;
  sqlite3_bind_text (statement, 1, input->inspector, -1, SQLITE_STATIC);
  while ((code = sqlite3_step (statement)) == SQLITE_ROW)
    g_ptr_array_add (ids, g_strdup ((const char *) sqlite3_column_text (statement, 0)));
  if (code == SQLITE_DONE)
    return g_steal_pointer (&ids);
  mc_store_set_sqlite_error (error, db, code);
  return NULL;
}

GPtrArray *
mc_open_work_list (McStore *store, McOpenKind kind, const char *inspector, GError **error)
{
  Input input = { kind, inspector };

  return mc_store_read (store, read_ids, &input, NULL, error);
}
