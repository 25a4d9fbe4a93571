/* SPDX-License-Identifier: GPL-3.0-or-later
 * The names behind the references of rows: areas, authorities, inspectors, items of standards. */
#include "mc-report-names.h"

#include <string.h>

#include "mc-row-pages.h"

struct _McReportNames
{
  McAreaTree *areas;
  McStandards *standards;      /* or NULL */
  GHashTable *authorities;     /* id → name */
  GHashTable *inspectors;      /* id → name */
  GHashTable *area_paths;      /* id → path below the city, made as they are asked for */
  GHashTable *below_counties;  /* id → path below the county */
  char *user;
  char *reporting_unit;
};

static gboolean
load_user (McReportNames *self, McStore *store, GError **error)
{
  const char *id = mc_store_get_user (store);
  g_autoptr (McRecord) user = NULL;

  if (!id || !*id)
    return TRUE;
  user = mc_store_load (store, "user", id, error);
  if (!user)
    return FALSE;
  self->user = g_strdup (mc_record_get_text (user, "name"));
  self->reporting_unit = g_strdup (mc_report_names_get_authority (self, mc_record_get_text (user, "authority")));
  return TRUE;
}

McReportNames *
mc_report_names_load (McStore *store, McStandards *standards, GCancellable *cancellable, GError **error)
{
  g_autoptr (McReportNames) self = g_new0 (McReportNames, 1);

  self->standards = standards ? mc_standards_ref (standards) : NULL;
  self->area_paths = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->below_counties = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->areas = mc_area_tree_load (store, error);
  if (!self->areas)
    return NULL;
  self->authorities = mc_row_pages_map (store, "SELECT id, name FROM authority", cancellable, error);
  if (!self->authorities)
    return NULL;
  self->inspectors = mc_row_pages_map (store, "SELECT id, name FROM inspector", cancellable, error);
  if (!self->inspectors || !load_user (self, store, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
mc_report_names_free (McReportNames *self)
{
  if (!self)
    return;
  g_clear_pointer (&self->areas, mc_area_tree_unref);
  g_clear_pointer (&self->standards, mc_standards_unref);
  g_clear_pointer (&self->authorities, g_hash_table_unref);
  g_clear_pointer (&self->inspectors, g_hash_table_unref);
  g_clear_pointer (&self->area_paths, g_hash_table_unref);
  g_clear_pointer (&self->below_counties, g_hash_table_unref);
  g_free (self->user);
  g_free (self->reporting_unit);
  g_free (self);
}

static const char *
look_up (GHashTable *names, const char *id)
{
  const char *name = id ? g_hash_table_lookup (names, id) : NULL;

  return name ? name : "";
}

const char *
mc_report_names_get_authority (McReportNames *self, const char *id)
{
  return look_up (self->authorities, id);
}

const char *
mc_report_names_get_inspector (McReportNames *self, const char *id)
{
  return look_up (self->inspectors, id);
}

const char *
mc_report_names_get_item (McReportNames *self, const char *standard, const char *item)
{
  McStandard *version = self->standards ? mc_standards_find (self->standards, standard, NULL) : NULL;
  const McItem *found = version ? mc_standard_find_item (version, item) : NULL;

  return found ? found->text : "";
}

static const McArea *
county_of (const McArea *area)
{
  while (area && strcmp (area->level, "county") != 0 && strcmp (area->level, "zone") != 0)
    area = area->parent;
  return area;
}

const char *
mc_report_names_get_county (McReportNames *self, const char *id)
{
  const McArea *county = county_of (id ? mc_area_tree_find (self->areas, id) : NULL);

  return county ? county->name : "";
}

static const char *
path (GHashTable *paths, const McArea *area, const McArea *below)
{
  const char *known;

  if (!area || area == below)
    return "";
  known = g_hash_table_lookup (paths, area->id);
  if (!known)
    {
      known = mc_area_get_path (area, below);
      g_hash_table_insert (paths, g_strdup (area->id), (char *) known);
    }
  return known;
}

const char *
mc_report_names_get_below_county (McReportNames *self, const char *id)
{
  const McArea *area = id ? mc_area_tree_find (self->areas, id) : NULL;

  return path (self->below_counties, area, county_of (area));
}

const char *
mc_report_names_get_area (McReportNames *self, const char *id)
{
  return path (self->area_paths, id ? mc_area_tree_find (self->areas, id) : NULL, NULL);
}

const char *
mc_report_names_get_area_code (McReportNames *self, const char *id)
{
  const McArea *area = id ? mc_area_tree_find (self->areas, id) : NULL;

  return area && area->code ? area->code : "";
}

const char *
mc_report_names_get_user (McReportNames *self)
{
  return self->user ? self->user : "";
}

const char *
mc_report_names_get_reporting_unit (McReportNames *self)
{
  return self->reporting_unit ? self->reporting_unit : "";
}
