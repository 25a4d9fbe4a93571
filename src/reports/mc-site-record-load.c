/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the record of a check needs from the store besides the visit: area, recorder, user, seal, amendments. */
#include "mc-site-record-private.h"

#include "inspections/mc-photos.h"
#include "store/mc-code-list.h"

#include "mc-chinese-date.h"

void
mc_site_record_parts_clear (McSiteRecordParts *parts)
{
  g_clear_pointer (&parts->areas, mc_area_tree_unref);
  g_clear_pointer (&parts->recorder, mc_record_free);
  g_clear_pointer (&parts->user, mc_record_free);
  g_clear_pointer (&parts->seal, mc_seal_info_free);
  g_clear_pointer (&parts->history, g_ptr_array_unref);
  g_clear_pointer (&parts->photos, g_ptr_array_unref);
  g_free (parts->area_name);
}

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
load_parts (McSiteRecordParts *parts, McStore *store, const McVisit *visit, GError **error)
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

/* --- photos --------------------------------------------------------------------------------------------------- */

/* "code  what it shows  caption  time". */
static char *
describe_photo (const McRecord *photo)
{
  const char *stage = mc_record_get_text (photo, "stage");
  const char *caption = mc_record_get_text (photo, "caption");
  gint64 taken_at = mc_record_get_integer (photo, "taken_at", 0);
  g_autofree char *time = taken_at ? mc_chinese_time (taken_at) : NULL;
  GString *text = g_string_new (mc_record_get_text (photo, "item"));

  if (stage)
    g_string_append_printf (text, "  %s", mc_code_label ("photo-stage", stage));
  if (caption)
    g_string_append_printf (text, "  %s", caption);
  if (time)
    g_string_append_printf (text, "  %s", time);
  return g_string_free (text, FALSE);
}

/* One that is awaited, erased or damaged is left out: the photo's record says so in its place. */
static void
add_photo (McSiteRecordParts *parts, McStore *store, const McRecord *record)
{
  g_autoptr (GBytes) bytes = mc_photos_load_jpeg (store, record, MC_PHOTO_MAX_SIDE, NULL, NULL);
  McDocumentImage *image = bytes ? mc_document_image_new (bytes, NULL) : NULL;
  McSiteRecordPhoto *photo;

  if (!image)
    return;
  photo = g_new0 (McSiteRecordPhoto, 1);
  photo->image = image;
  photo->caption = describe_photo (record);
  g_ptr_array_add (parts->photos, photo);
}

/* In the order of the items, of one item by time. What is not sorted yet belongs to no item and is left out. */
static gboolean
load_photos (McSiteRecordParts *parts, McStore *store, const McVisit *visit, GError **error)
{
  g_autoptr (GPtrArray) records = mc_photos_list (store, mc_visit_get_id (visit), FALSE, error);
  guint n_items;
  const McItem *items = mc_standard_get_items (mc_visit_get_standard (visit), &n_items);

  if (!records)
    return FALSE;
  parts->photos = g_ptr_array_new_with_free_func ((GDestroyNotify) mc_site_record_photo_free);
  for (guint i = 0; i < n_items; i++)
    for (guint p = 0; p < records->len; p++)
      {
        const McRecord *record = g_ptr_array_index (records, p);

        if (g_strcmp0 (mc_record_get_text (record, "item"), items[i].code) == 0)
          add_photo (parts, store, record);
      }
  return TRUE;
}

/* --- the whole ------------------------------------------------------------------------------------------------ */

gboolean
mc_site_record_parts_load (McSiteRecordParts *parts, McStore *store, const McVisit *visit, McSiteRecordInput *input, GError **error)
{
  if (!load_parts (parts, store, visit, error) || !load_photos (parts, store, visit, error))
    return FALSE;
  input->visit = visit;
  input->area_name = parts->area_name;
  input->recorder_name = parts->recorder ? mc_record_get_text (parts->recorder, "name") : NULL;
  input->user_name = parts->user ? mc_record_get_text (parts->user, "name") : NULL;
  input->seal_text = parts->seal ? parts->seal->text : NULL;
  input->history = parts->history;
  input->photos = parts->photos;
  return TRUE;
}

McDocumentValues *
mc_site_record_load_values (McStore *store, const McVisit *visit, GError **error)
{
  g_auto (McSiteRecordParts) parts = { 0 };
  McSiteRecordInput input = { 0 };

  return mc_site_record_parts_load (&parts, store, visit, &input, error) ? mc_site_record_get_values (&input) : NULL;
}

McDocument *
mc_site_record_load_document (McStore *store, const McVisit *visit, GError **error)
{
  g_autoptr (McDocumentValues) values = mc_site_record_load_values (store, visit, error);

  return values ? mc_site_record_lay_out (values, error) : NULL;
}
