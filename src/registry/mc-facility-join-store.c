/* SPDX-License-Identifier: GPL-3.0-or-later
 * Reads which records of the register are the same place. */
#include "mc-facility-join.h"
#include "mc-registry-store.h"

/* Two that were joined with each other on two devices do not lead round in a circle: UNION takes each record once, and so many steps are followed. */
#define MAX_SAME_AS 16

static void
tie_free (gpointer data)
{
  McFacilityTie *tie = data;

  if (!tie)
    return;
  g_free (tie->id);
  g_free (tie->name);
  g_free (tie->retired_on);
  g_free (tie);
}

void
mc_facility_ties_free (McFacilityTies *ties)
{
  if (!ties)
    return;
  tie_free (ties->successor);
  g_clear_pointer (&ties->joined, g_ptr_array_unref);
  g_free (ties);
}

static McFacilityTie *
tie_from_row (sqlite3_stmt *statement)
{
  McFacilityTie *tie = g_new0 (McFacilityTie, 1);

  tie->id = mc_column_text (statement, 0);
  tie->name = mc_column_text (statement, 1);
  tie->retired_on = mc_column_text (statement, 2);
  return tie;
}

static gboolean
read_self (sqlite3 *db, const char *id, McFacilityTies *ties, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = mc_store_prepare (db, "SELECT rowid FROM facility WHERE id = :id", error);
  GError *failure = NULL;

  if (!statement)
    return FALSE;
  mc_bind_text (statement, ":id", id);
  if (mc_step (statement, &failure))
    {
      ties->rowid = sqlite3_column_int64 (statement, 0);
      return TRUE;
    }
  if (failure)
    g_propagate_error (error, failure);
  else
    g_set_error (error, MC_STORE_ERROR, MC_STORE_ERROR_NOT_FOUND, "%s", id);
  return FALSE;
}

static gboolean
read_successor (sqlite3 *db, const char *id, McFacilityTies *ties, GError **error)
{
  g_autoptr (sqlite3_stmt) statement =
    mc_store_prepare (db, "WITH RECURSIVE same (id, step) AS (VALUES (:id, 0) UNION SELECT f.same_as, step + 1 FROM facility f JOIN same ON f.id = same.id"
                          " WHERE f.same_as IS NOT NULL AND step < " G_STRINGIFY (MAX_SAME_AS) ")"
                          " SELECT f.id, f.name, f.retired_on FROM same JOIN facility f ON f.id = same.id WHERE f.id <> :id ORDER BY step DESC LIMIT 1",
                      error);
  GError *failure = NULL;

  if (!statement)
    return FALSE;
  mc_bind_text (statement, ":id", id);
  if (mc_step (statement, &failure))
    ties->successor = tie_from_row (statement);
  if (failure)
    g_propagate_error (error, failure);
  return failure == NULL;
}

static gboolean
read_joined (sqlite3 *db, const char *id, McFacilityTies *ties, GError **error)
{
  g_autoptr (sqlite3_stmt) statement =
    mc_store_prepare (db, "WITH RECURSIVE same (id) AS (VALUES (:id) UNION SELECT f.id FROM facility f JOIN same ON f.same_as = same.id)"
                          " SELECT f.id, f.name, f.retired_on FROM same JOIN facility f ON f.id = same.id WHERE f.id <> :id ORDER BY f.name, f.id",
                      error);
  GError *failure = NULL;

  if (!statement)
    return FALSE;
  mc_bind_text (statement, ":id", id);
  while (mc_step (statement, &failure))
    g_ptr_array_add (ties->joined, tie_from_row (statement));
  if (failure)
    g_propagate_error (error, failure);
  return failure == NULL;
}

static gpointer
read_ties (sqlite3 *db, gpointer id, GCancellable *cancellable, GError **error)
{
  g_autoptr (McFacilityTies) ties = g_new0 (McFacilityTies, 1);

  ties->joined = g_ptr_array_new_with_free_func (tie_free);
  if (!read_self (db, id, ties, error) || !read_successor (db, id, ties, error) || !read_joined (db, id, ties, error))
    return NULL;
  return g_steal_pointer (&ties);
}

McFacilityTies *
mc_facility_ties_load (McStore *store, const char *id, GError **error)
{
  return mc_store_read (store, read_ties, (gpointer) id, NULL, error);
}

void
mc_facility_ties_load_async (McStore *store, const char *id, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  mc_store_read_async (store, read_ties, g_strdup (id), g_free, (GDestroyNotify) mc_facility_ties_free, cancellable, callback, user_data);
}

McFacilityTies *
mc_facility_ties_load_finish (GAsyncResult *result, GError **error)
{
  g_autoptr (McStore) store = MC_STORE (g_async_result_get_source_object (result));

  return mc_store_read_finish (store, result, error);
}
