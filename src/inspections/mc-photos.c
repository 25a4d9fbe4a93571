/* SPDX-License-Identifier: GPL-3.0-or-later
 * The photos of a visit in the store: added, sorted to items, captioned, withdrawn; and their pictures. */
#include "mc-photos.h"

#include <glib/gi18n.h>
#include <string.h>

#include "mc-finding.h"
#include "mc-picture.h"
#include "store/mc-blob.h"
#include "store/mc-code-list.h"
#include "store/mc-uuid.h"

char *
mc_photo_new_id (const char *visit, const char *received_digest)
{
  return mc_uuid_new_for ("photo", visit, received_digest, NULL);
}

gboolean
mc_photo_is_open (const McRecord *photo)
{
  return mc_record_is_null (photo, "withdrawn_reason");
}

gint64
mc_photo_get_time (const McRecord *photo)
{
  return mc_record_get_integer (photo, mc_record_is_null (photo, "taken_at") ? "added_at" : "taken_at", 0);
}

/* --- lists --------------------------------------------------------------------------------------------------- */

static int
compare_times (gint64 a, gint64 b)
{
  return a < b ? -1 : a > b;
}

static int
compare_photos (gconstpointer a, gconstpointer b)
{
  const McRecord *one = *(const McRecord *const *) a, *other = *(const McRecord *const *) b;
  int order = compare_times (mc_photo_get_time (one), mc_photo_get_time (other));

  if (order == 0)
    order = compare_times (mc_record_get_integer (one, "added_at", 0), mc_record_get_integer (other, "added_at", 0));
  return order != 0 ? order : strcmp (mc_record_get_id (one), mc_record_get_id (other));
}

GPtrArray *
mc_photos_list (McStore *store, const char *visit, gboolean with_withdrawn, GError **error)
{
  GPtrArray *photos = mc_store_load_parts (store, "photo", visit, error);

  for (guint i = photos ? photos->len : 0; i > 0; i--)
    if (!with_withdrawn && !mc_photo_is_open (g_ptr_array_index (photos, i - 1)))
      g_ptr_array_remove_index (photos, i - 1);
  if (photos)
    g_ptr_array_sort (photos, compare_photos);
  return photos;
}

GPtrArray *
mc_photos_of_item (GPtrArray *photos, const char *standard, const char *item)
{
  GPtrArray *found = g_ptr_array_new ();

  for (guint i = 0; i < photos->len; i++)
    {
      McRecord *photo = g_ptr_array_index (photos, i);

      if (g_strcmp0 (mc_record_get_text (photo, "item"), item) == 0
          && (!item || g_strcmp0 (mc_record_get_text (photo, "standard"), standard) == 0))
        g_ptr_array_add (found, photo);
    }
  return found;
}

/* --- adding -------------------------------------------------------------------------------------------------- */

static void
set_place (McRecord *photo, const McPhotoPlace *place)
{
  mc_record_set_text (photo, "item", place->item);
  mc_record_set_text (photo, "standard", place->item ? place->standard : NULL);
  mc_record_set_text (photo, "stage", place->stage ? place->stage : "evidence");
}

static McRecord *
new_record (const char *visit, const char *id, const McPhotoFile *file, const McPhotoPlace *place, gint64 added_at)
{
  McRecord *photo = mc_record_new (mc_entity_find ("photo"), id);

  mc_record_set_text (photo, "visit", visit);
  set_place (photo, place);
  if (file->has_taken_at)
    mc_record_set_integer (photo, "taken_at", file->taken_at);
  mc_record_set_integer (photo, "added_at", added_at);
  mc_record_set_text (photo, "received_digest", file->received_digest);
  mc_record_set_text (photo, "format", file->format);
  mc_record_set_integer (photo, "width", file->width);
  mc_record_set_integer (photo, "height", file->height);
  mc_record_set_boolean (photo, "original_kept", file->original_kept);
  return photo;
}

/* The file first, then the record that names it; neither stays without the other. */
static gboolean
add_new (McStore *store, const McPhotoFile *file, McRecord *photo, GError **error)
{
  g_autofree char *digest = mc_store_add_blob_for_record (store, file->bytes, error);

  if (!digest)
    return FALSE;
  mc_record_set_text (photo, "blob", digest);
  if (!mc_store_save (store, NULL, photo, error))
    {
      mc_store_drop_blob (store, digest);
      return FALSE;
    }
  mc_store_confirm_blob (store, digest);
  return TRUE;
}

static McRecord *
bring_back (McStore *store, McRecord *photo, const McPhotoPlace *place, GError **error)
{
  g_autoptr (McRecord) edited = mc_record_copy (photo);

  mc_record_set_text (edited, "withdrawn_reason", NULL);
  set_place (edited, place);
  return mc_store_save (store, photo, edited, error) ? g_steal_pointer (&edited) : NULL;
}

/* The store would say the same of a photo by its id, which no person knows. */
static gboolean
check_visit (McStore *store, const char *visit, GError **error)
{
  g_autoptr (McRecord) record = mc_store_load (store, "visit", visit, error);

  if (!record)
    return FALSE;
  if (!(mc_record_get_state (record) & MC_RECORD_SEALED))
    return TRUE;
  g_set_error_literal (error, MC_STORE_ERROR, MC_STORE_ERROR_SEALED,
                       _("This check is finalised, and its photos with it; amend it first. Nothing was changed."));
  return FALSE;
}

McRecord *
mc_photos_add (McStore *store, const char *visit, const McPhotoFile *file, const McPhotoPlace *place, gint64 added_at,
               gboolean *already, GError **error)
{
  g_autofree char *id = mc_photo_new_id (visit, file->received_digest);
  g_autoptr (GError) local = NULL;
  g_autoptr (McRecord) photo = NULL;

  if (already)
    *already = FALSE;
  if (!check_visit (store, visit, error))
    return NULL;
  photo = mc_store_load (store, "photo", id, &local);
  if (photo && !mc_photo_is_open (photo))
    return bring_back (store, photo, place, error);
  if (photo)
    {
      if (already)
        *already = TRUE;
      return g_steal_pointer (&photo);
    }
  if (!g_error_matches (local, MC_STORE_ERROR, MC_STORE_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  photo = new_record (visit, id, file, place, added_at);
  return add_new (store, file, photo, error) ? g_steal_pointer (&photo) : NULL;
}

/* --- editing ------------------------------------------------------------------------------------------------- */

typedef void (*EditFunc) (McRecord *photo, gconstpointer data);

static gboolean
edit_all (McStore *store, const char *const *ids, EditFunc edit, gconstpointer data, GError **error)
{
  g_autoptr (McTransaction) transaction = mc_transaction_new ();

  for (guint i = 0; ids[i]; i++)
    {
      g_autoptr (McRecord) photo = mc_store_load (store, "photo", ids[i], error);
      g_autoptr (McRecord) edited = photo ? mc_record_copy (photo) : NULL;

      if (!edited || (i == 0 && !check_visit (store, mc_record_get_text (photo, "visit"), error)))
        return FALSE;
      edit (edited, data);
      mc_transaction_save (transaction, photo, edited);
    }
  return mc_store_commit (store, transaction, error);
}

static void
edit_place (McRecord *photo, gconstpointer data)
{
  set_place (photo, data);
}

static void
edit_stage (McRecord *photo, gconstpointer data)
{
  mc_record_set_text (photo, "stage", data);
}

static void
edit_caption (McRecord *photo, gconstpointer data)
{
  mc_record_set_text (photo, "caption", data);
}

static void
edit_withdraw (McRecord *photo, gconstpointer data)
{
  mc_record_set_text (photo, "withdrawn_reason", data);
}

gboolean
mc_photos_move (McStore *store, const char *const *ids, const McPhotoPlace *place, GError **error)
{
  return edit_all (store, ids, edit_place, place, error);
}

gboolean
mc_photos_set_caption (McStore *store, const char *id, const char *caption, GError **error)
{
  const char *const ids[] = { id, NULL };
  g_autofree char *text = g_strstrip (g_strdup (caption ? caption : ""));

  return edit_all (store, ids, edit_caption, *text ? text : NULL, error);
}

gboolean
mc_photos_set_stage (McStore *store, const char *id, const char *stage, GError **error)
{
  const char *const ids[] = { id, NULL };

  if (stage && mc_code_find ("photo-stage", stage))
    return edit_all (store, ids, edit_stage, stage, error);
  g_set_error (error, MC_INSPECTION_ERROR, MC_INSPECTION_ERROR_INPUT, _("“%s” is nothing that a photo can show; nothing was changed."), stage ? stage : "");
  return FALSE;
}

gboolean
mc_photos_withdraw (McStore *store, const char *const *ids, const char *reason, GError **error)
{
  g_autofree char *why = g_strstrip (g_strdup (reason ? reason : ""));

  if (*why)
    return edit_all (store, ids, edit_withdraw, why, error);
  g_set_error_literal (error, MC_INSPECTION_ERROR, MC_INSPECTION_ERROR_INPUT, _("Taking a photo out needs a reason; nothing was changed."));
  return FALSE;
}

/* --- pictures ------------------------------------------------------------------------------------------------ */

static GBytes *
load_bytes (McStore *store, const McRecord *photo, McPictureInfo *info, GCancellable *cancellable, GError **error)
{
  const char *digest = mc_record_get_text (photo, "blob");
  g_autoptr (GBytes) bytes = NULL;

  if (!digest)
    {
      g_set_error_literal (error, MC_INSPECTION_ERROR, MC_INSPECTION_ERROR_INPUT, _("The photo has no file."));
      return NULL;
    }
  bytes = mc_store_read_blob (store, digest, cancellable, error);
  return bytes && mc_picture_read_info (bytes, info, error) ? g_steal_pointer (&bytes) : NULL;
}

GdkPixbuf *
mc_photos_load_pixbuf (McStore *store, const McRecord *photo, guint max_side, GCancellable *cancellable, GError **error)
{
  McPictureInfo info;
  g_autoptr (GBytes) bytes = load_bytes (store, photo, &info, cancellable, error);

  return bytes ? mc_picture_decode (bytes, &info, max_side, error) : NULL;
}

GBytes *
mc_photos_load_jpeg (McStore *store, const McRecord *photo, guint max_side, GCancellable *cancellable, GError **error)
{
  McPictureInfo info;
  g_autoptr (GBytes) bytes = load_bytes (store, photo, &info, cancellable, error);
  g_autoptr (GdkPixbuf) pixbuf = NULL;

  if (!bytes || (info.format == MC_PICTURE_JPEG && info.exif.orientation == 1 && MAX (info.width, info.height) <= max_side))
    return g_steal_pointer (&bytes);
  pixbuf = mc_picture_decode (bytes, &info, max_side, error);
  return pixbuf ? mc_picture_encode_jpeg (pixbuf, NULL, NULL, error) : NULL;
}
