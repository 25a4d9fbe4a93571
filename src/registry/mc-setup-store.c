/* SPDX-License-Identifier: GPL-3.0-or-later
 * Reads the users of a store. */
#include <glib/gi18n.h>
#include <string.h>

#include "mc-registry-store.h"
#include "mc-setup.h"
#include "store/mc-text-key.h"

void
mc_user_free (McUser *user)
{
  if (user == NULL)
    return;
  g_free (user->id);
  g_free (user->name);
  g_free (user->role);
  g_free (user->authority);
  g_free (user->authority_name);
  g_free (user->area);
  g_free (user->inspector);
  g_free (user);
}

static gpointer
read_users (sqlite3 *db, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) users = g_ptr_array_new_with_free_func ((GDestroyNotify) mc_user_free);
  g_autoptr (sqlite3_stmt) statement =
    mc_store_prepare (db,
                      "SELECT u.id, u.name, u.role, u.authority, o.name, u.area, u.inspector, p.user IS NOT NULL"
                      " FROM user u LEFT JOIN authority o ON o.id = u.authority LEFT JOIN user_pin p ON p.user = u.id"
                      " WHERE u.retired_on IS NULL AND u.same_as IS NULL ORDER BY u.name, u.id",
                      error);
  GError *failure = NULL;

  if (statement == NULL)
    return NULL;
  while (mc_step (statement, &failure))
    {
      McUser *user = g_new0 (McUser, 1);

      user->id = mc_column_text (statement, 0);
      user->name = mc_column_text (statement, 1);
      user->role = mc_column_text (statement, 2);
      user->authority = mc_column_text (statement, 3);
      user->authority_name = mc_column_text (statement, 4);
      user->area = mc_column_text (statement, 5);
      user->inspector = mc_column_text (statement, 6);
      user->has_pin = sqlite3_column_int (statement, 7) != 0;
      g_ptr_array_add (users, user);
    }
  if (failure == NULL)
    return g_steal_pointer (&users);
  g_propagate_error (error, failure);
  return NULL;
}

GPtrArray *
mc_user_list (McStore *store, GError **error)
{
  return mc_store_read (store, read_users, NULL, NULL, error);
}

McUser *
mc_user_find (McStore *store, const char *text, GError **error)
{
  g_autoptr (GPtrArray) users = mc_user_list (store, error);
  g_autofree char *wanted = NULL;
  guint n = 0, at = 0;

  if (users == NULL)
    return NULL;
  wanted = mc_text_name_key (text);
  for (guint i = 0; i < users->len; i++)
    {
      const McUser *user = g_ptr_array_index (users, i);
      g_autofree char *key = mc_text_name_key (user->name ? user->name : "");

      if (strcmp (user->id, text) == 0)
        return g_ptr_array_steal_index (users, i);
      if (strcmp (key, wanted) == 0)
        {
          n++;
          at = i;
        }
    }
  if (n == 1)
    return g_ptr_array_steal_index (users, at);
  if (n == 0)
    g_set_error (error, MC_REGISTRY_ERROR, MC_REGISTRY_ERROR_NOT_FOUND, _("There is no user \"%s\" in this database."), text);
  else
    g_set_error (error, MC_REGISTRY_ERROR, MC_REGISTRY_ERROR_INPUT, _("%u users have the name \"%s\"; give the id."), n, text);
  return NULL;
}
