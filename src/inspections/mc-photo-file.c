/* SPDX-License-Identifier: GPL-3.0-or-later
 * A photo as it comes from a phone, a stick or the clipboard, made ready to be kept: whole, upright, no larger than needed, without the place. */
#include "mc-photo-file.h"

#include <glib/gi18n.h>

#include "mc-finding.h"
#include "mc-picture.h"

#define CHUNK (256 * 1024)

void
mc_photo_file_free (McPhotoFile *self)
{
  g_free (self->name);
  g_free (self->received_digest);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_free (self);
}

/* --- reading ------------------------------------------------------------------------------------------------- */

/* GIO's own message is not translated in every installation. */
static void
set_unreadable (GError **error, const char *name, const GError *cause)
{
  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, _("Cancelled. Nothing was changed."));
  else if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    g_set_error (error, MC_INSPECTION_ERROR, MC_INSPECTION_ERROR_INPUT, _("There is no file “%s”. Nothing was added."), name);
  else if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED))
    g_set_error (error, MC_INSPECTION_ERROR, MC_INSPECTION_ERROR_INPUT, _("“%s” may not be read. Nothing was added."), name);
  else
    g_set_error (error, MC_INSPECTION_ERROR, MC_INSPECTION_ERROR_INPUT,
                 _("“%s” could not be read to its end: the phone, card or stick may have been taken out. Nothing was added; connect it again and choose the photo once more."),
                 name);
}

/* Megabytes of 1024 × 1024, as phones and file managers show them; rounded up, so that a file over the limit never shows as the limit. */
static void
set_too_large (GError **error, const char *name, guint64 size)
{
  g_set_error (error, MC_INSPECTION_ERROR, MC_INSPECTION_ERROR_INPUT, _("“%s” is %u MB large; a photo may be at most %u MB. Nothing was added."), name,
               (guint) ((size + 1024 * 1024 - 1) / (1024 * 1024)), (guint) (MC_PHOTO_MAX_BYTES / (1024 * 1024)));
}

/* A folder or a pipe would never end. @size: 0 if the phone does not say it. */
static gboolean
check_file (GFile *file, const char *name, guint64 *size, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) cause = NULL;
  g_autoptr (GFileInfo) info = g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_TYPE "," G_FILE_ATTRIBUTE_STANDARD_SIZE,
                                                  G_FILE_QUERY_INFO_NONE, cancellable, &cause);

  if (!info)
    {
      set_unreadable (error, name, cause);
      return FALSE;
    }
  if (g_file_info_get_file_type (info) != G_FILE_TYPE_REGULAR)
    {
      g_set_error (error, MC_INSPECTION_ERROR, MC_INSPECTION_ERROR_INPUT, _("“%s” is no file. Nothing was added."), name);
      return FALSE;
    }
  *size = g_file_info_has_attribute (info, G_FILE_ATTRIBUTE_STANDARD_SIZE) ? (guint64) g_file_info_get_size (info) : 0;
  if (*size <= MC_PHOTO_MAX_BYTES)
    return TRUE;
  set_too_large (error, name, *size);
  return FALSE;
}

static GByteArray *
read_all (GFile *file, GCancellable *cancellable, GError **error)
{
  g_autoptr (GFileInputStream) stream = g_file_read (file, cancellable, error);
  g_autoptr (GByteArray) array = g_byte_array_new ();
  g_autofree guint8 *chunk = g_malloc (CHUNK);
  gssize n = -1;

  while (stream && array->len <= MC_PHOTO_MAX_BYTES
         && (n = g_input_stream_read (G_INPUT_STREAM (stream), chunk, CHUNK, cancellable, error)) > 0)
    g_byte_array_append (array, chunk, (guint) n);
  return n < 0 ? NULL : g_steal_pointer (&array);
}

static GBytes *
read_file (GFile *file, const char *name, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) cause = NULL;
  g_autoptr (GByteArray) array = NULL;
  guint64 size = 0;

  if (!check_file (file, name, &size, cancellable, error))
    return NULL;
  array = read_all (file, cancellable, &cause);
  if (!array || array->len < size)
    {
      set_unreadable (error, name, cause);
      return NULL;
    }
  if (array->len > MC_PHOTO_MAX_BYTES)
    {
      set_too_large (error, name, array->len);
      return NULL;
    }
  return g_byte_array_free_to_bytes (g_steal_pointer (&array));
}

/* --- making ready -------------------------------------------------------------------------------------------- */

/* The whole picture is decoded also if its data are kept: only so a broken one is found. */
static gboolean
make_ready (McPhotoFile *self, GBytes *received, const McPictureInfo *info, gboolean keep_original, GError **error)
{
  g_autoptr (GdkPixbuf) pixbuf = mc_picture_decode (received, info, MC_PHOTO_MAX_SIDE, error);
  gboolean lies = info->exif.orientation >= 5;

  if (!pixbuf)
    return FALSE;
  self->bytes = keep_original ? mc_picture_without_place (received, info) : NULL;
  self->original_kept = self->bytes != NULL;
  if (self->original_kept)
    {
      self->format = mc_picture_format_code (info->format);
      self->width = lies ? info->height : info->width;
      self->height = lies ? info->width : info->height;
    }
  else
    {
      g_autoptr (GBytes) exif = mc_exif_new_block (&info->exif);
      g_autoptr (GBytes) icc = mc_picture_get_icc (received, info);

      self->bytes = mc_picture_encode_jpeg (pixbuf, exif, icc, error);
      self->format = mc_picture_format_code (MC_PICTURE_JPEG);
      self->width = (guint) gdk_pixbuf_get_width (pixbuf);
      self->height = (guint) gdk_pixbuf_get_height (pixbuf);
    }
  return self->bytes != NULL;
}

McPhotoFile *
mc_photo_file_new (GBytes *received, const char *name, gboolean keep_original, GTimeZone *zone, GError **error)
{
  g_autoptr (McPhotoFile) self = g_new0 (McPhotoFile, 1);
  g_autoptr (GError) cause = NULL;
  McPictureInfo info;

  if (g_bytes_get_size (received) > MC_PHOTO_MAX_BYTES)
    {
      set_too_large (error, name, g_bytes_get_size (received));
      return NULL;
    }
  self->name = g_strdup (name);
  self->received_digest = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, received);
  if (!mc_picture_read_info (received, &info, &cause) || !make_ready (self, received, &info, keep_original, &cause))
    {
      g_set_error (error, MC_INSPECTION_ERROR, MC_INSPECTION_ERROR_INPUT, _("“%s” cannot be taken: %s. Nothing was added."), name, cause->message);
      return NULL;
    }
  self->has_taken_at = mc_exif_get_taken_at (&info.exif, zone, &self->taken_at);
  return g_steal_pointer (&self);
}

McPhotoFile *
mc_photo_file_read (GFile *file, gboolean keep_original, GTimeZone *zone, GCancellable *cancellable, GError **error)
{
  g_autofree char *base = g_file_get_basename (file);
  g_autofree char *name = base ? g_filename_display_name (base) : g_file_get_uri (file);
  g_autoptr (GBytes) received = read_file (file, name, cancellable, error);

  return received ? mc_photo_file_new (received, name, keep_original, zone, error) : NULL;
}
