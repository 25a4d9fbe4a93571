/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the record of a check needs from the store besides the visit: area, recorder, user, seal, amendments. */
#include "mc-site-record.h"

#include "registry/mc-area.h"

typedef struct
{
  McAreaTree *areas;
  McRecord *recorder;
  McRecord *user;
  McSealInfo *seal;
  GPtrArray *history;
  char *area_name;
} Parts;

static void
parts_clear (Parts *parts)
{
  g_clear_pointer (&parts->areas, mc_area_tree_unref);
  g_clear_pointer (&parts->recorder, mc_record_free);
  g_clear_pointer (&parts->user, mc_record_free);
  g_clear_pointer (&parts->seal, mc_seal_info_free);
  g_clear_pointer (&parts->history, g_ptr_array_unref);
  g_free (parts->area_name);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Parts, parts_clear)

/* FALSE only on an error: no id, or one that is not here, is none. */
static gboolean
load_if_there (McStore *store, const char *entity, const char *id, McRecord **record, GError **error)
{
  g_autoptr (GError) failure = NULL;

  if (!id || !*id)
    return TRUE;
  *record = mc_store_load (store, entity, id, &failure);
  if (*record || g_error_matches (failure, MC_STORE_ERROR, MC_STORE_ERROR_NOT_FOUND))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

static gboolean
load_seal (McStore *store, const char *visit, McSealInfo **seal, GError **error)
{
  GError *failure = NULL;

  *seal = mc_store_get_seal (store, "visit", visit, &failure);
  if (!failure)
    return TRUE;
  g_propagate_error (error, failure);
  return FALSE;
}

static gboolean
load_parts (Parts *parts, McStore *store, const McVisit *visit, GError **error)
{
  const McRecord *record = mc_visit_get_record (visit);
  const McRecord *facility = mc_visit_get_facility (visit);
  const char *area_id = facility ? mc_record_get_text (facility, "area") : NULL;
  const McArea *area;

  parts->areas = mc_area_tree_load (store, error);
  if (!parts->areas || !load_if_there (store, "inspector", mc_record_get_text (record, "recorder"), &parts->recorder, error)
      || !load_if_there (store, "user", mc_store_get_user (store), &parts->user, error)
      || !load_seal (store, mc_visit_get_id (visit), &parts->seal, error))
    return FALSE;
  area = area_id ? mc_area_tree_find (parts->areas, area_id) : NULL;
  parts->area_name = area ? mc_area_get_path (area, NULL) : NULL;
  if (parts->seal)
    parts->history = mc_store_history (store, "visit", mc_visit_get_id (visit), 0, error);
  return !parts->seal || parts->history;
}

McDocumentValues *
mc_site_record_load_values (McStore *store, const McVisit *visit, GError **error)
{
  g_auto (Parts) parts = { 0 };
  McSiteRecordInput input = { .visit = visit };

  if (!load_parts (&parts, store, visit, error))
    return NULL;
  input.area_name = parts.area_name;
  input.recorder_name = parts.recorder ? mc_record_get_text (parts.recorder, "name") : NULL;
  input.user_name = parts.user ? mc_record_get_text (parts.user, "name") : NULL;
  input.seal_text = parts.seal ? parts.seal->text : NULL;
  input.history = parts.history;
  return mc_site_record_get_values (&input);
}

McDocument *
mc_site_record_load_document (McStore *store, const McVisit *visit, GError **error)
{
  g_autoptr (McDocumentValues) values = mc_site_record_load_values (store, visit, error);

  return values ? mc_site_record_lay_out (values, error) : NULL;
}
