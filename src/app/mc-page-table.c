/* SPDX-License-Identifier: GPL-3.0-or-later
 * The pages of the window: one table that sidebar, --page, shortcuts, pictures and audit read. */
#include "mc-page-table.h"

#include <glib/gi18n.h>
#include <string.h>

#include "inspections/mc-visits-page.h"
#include "mc-overview-page.h"
#include "registry/mc-registry-page.h"

static const char *const registry_entities[] = { "facility", "inspector", "check_matter", NULL };
static const char *const visit_entities[] = { "visit", NULL };

/* A page is added as widgets/mc-page.h says, and by a row here. */
static const McPageInfo pages[] = {
  { "overview", N_("Desk"), "user-home-symbolic", mc_overview_page_get_type, NULL },
  { "registry", N_("Registers"), "view-list-symbolic", mc_registry_page_get_type, registry_entities },
  { "visits", N_("Checks"), "checkbox-checked-symbolic", mc_visits_page_get_type, visit_entities },
};

const McPageInfo *
mc_page_table (guint *n_pages)
{
  g_return_val_if_fail (n_pages != NULL, NULL);

  *n_pages = G_N_ELEMENTS (pages);
  return pages;
}

const McPageInfo *
mc_page_table_find (const char *name)
{
  g_return_val_if_fail (name != NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    if (strcmp (pages[i].name, name) == 0)
      return &pages[i];
  return NULL;
}

const McPageInfo *
mc_page_table_find_entity (const char *entity)
{
  g_return_val_if_fail (entity != NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    if (pages[i].entities && g_strv_contains (pages[i].entities, entity))
      return &pages[i];
  return NULL;
}
