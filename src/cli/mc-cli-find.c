/* SPDX-License-Identifier: GPL-3.0-or-later
 * The record that somebody means who types a name. */
#include "mc-cli.h"

#include <glib/gi18n.h>
#include <string.h>

#include "registry/mc-facility.h"
#include "registry/mc-inspector.h"
#include "store/mc-text-key.h"

char *
mc_cli_find_facility (McCli *cli, const char *text, GError **error)
{
  g_autoptr(GPtrArray) ids = mc_facility_find (cli->store, text, 2, error);

  if (!ids)
    return NULL;
  if (ids->len == 1)
    return g_strdup (g_ptr_array_index (ids, 0));
  g_set_error (error, MC_STORE_ERROR, ids->len ? MC_STORE_ERROR_INPUT : MC_STORE_ERROR_NOT_FOUND,
               ids->len ? _("Several facilities are “%s”: give the id") : _("There is no facility “%s”"), text);
  return NULL;
}

char *
mc_cli_find_inspector (McCli *cli, const char *text, GError **error)
{
  McInspectorQuery query = { 0 };
  g_autoptr(McAreaTree) tree = mc_area_tree_load (cli->store, error);
  g_autoptr(GPtrArray) rows = tree ? mc_inspector_list (cli->store, tree, &query, error) : NULL;
  g_autofree char *key = mc_text_name_key (text);
  const char *found = NULL;
  guint n = 0;

  if (!rows)
    return NULL;
  for (guint i = 0; i < rows->len; i++)
    {
      const McInspectorRow *row = g_ptr_array_index (rows, i);
      g_autofree char *name_key = mc_text_name_key (row->name);

      if (strcmp (row->id, text) == 0)
        return g_strdup (text);
      if (strcmp (name_key, key) == 0)
        {
          found = row->id;
          n++;
        }
    }
  if (n == 1)
    return g_strdup (found);
  g_set_error (error, MC_STORE_ERROR, n ? MC_STORE_ERROR_INPUT : MC_STORE_ERROR_NOT_FOUND,
               n ? _("Several inspectors are “%s”: give the id") : _("There is no inspector “%s”"), text);
  return NULL;
}

char *
mc_cli_find_record (McCli *cli, const char *entity, const char *text, GError **error)
{
  if (!mc_entity_find (entity))
    {
      g_set_error (error, MC_STORE_ERROR, MC_STORE_ERROR_INPUT, _("There is no kind of record “%s”"), entity);
      return NULL;
    }
  if (strcmp (entity, "facility") == 0)
    return mc_cli_find_facility (cli, text, error);
  return strcmp (entity, "inspector") == 0 ? mc_cli_find_inspector (cli, text, error) : g_strdup (text);
}
