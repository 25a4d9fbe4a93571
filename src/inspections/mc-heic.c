/* SPDX-License-Identifier: GPL-3.0-or-later
 * HEIC by libheif, where it was built with it and where a decoder is installed. libheif turns the picture upright by itself. It is loaded
 * when it is first asked for: linked, its decoders would take 20 ms of every start. */
#include "mc-picture-private.h"

#include <string.h>

#ifdef MC_HAVE_HEIF
#include <gmodule.h>
#include <libheif/heif.h>

#define LIBRARY "libheif.so.1"

#define FUNCTIONS(F)                                                                                                                \
  F (have_decoder_for_format) F (context_alloc) F (context_free) F (context_read_from_memory_without_copy)                          \
  F (context_get_primary_image_handle) F (image_handle_get_width) F (image_handle_get_height) F (image_handle_release)              \
  F (image_handle_get_list_of_metadata_block_IDs) F (image_handle_get_metadata_size) F (image_handle_get_metadata)                  \
  F (decode_image) F (image_release) F (image_get_plane_readonly) F (image_get_width) F (image_get_height)

#define MEMBER(name) __typeof__ (&heif_##name) name;
#define FIND(name) && g_module_symbol (module, "heif_" #name, (gpointer *) &found.name)

/* libheif's functions, without their prefix. */
typedef struct
{
  FUNCTIONS (MEMBER)
} Library;

/* NULL if it is not installed. Never unloaded. */
static const Library *
get_library (void)
{
  static Library found;
  static const Library *library = NULL;
  static gsize asked = 0;

  if (g_once_init_enter (&asked))
    {
      GModule *module = g_module_open (LIBRARY, G_MODULE_BIND_LAZY | G_MODULE_BIND_LOCAL);

      if (module FUNCTIONS (FIND))
        library = &found;
      g_once_init_leave (&asked, 1);
    }
  return library;
}

typedef struct
{
  const Library *heif;
  struct heif_context *context;
  struct heif_image_handle *handle;
  struct heif_image *image;
} Decoder;

static void
decoder_clear (Decoder *self)
{
  if (self->image)
    self->heif->image_release (self->image);
  if (self->handle)
    self->heif->image_handle_release (self->handle);
  if (self->context)
    self->heif->context_free (self->context);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Decoder, decoder_clear)

static gboolean
is_ok (struct heif_error error)
{
  return error.code == heif_error_Ok;
}

static gboolean
decoder_open (Decoder *self, GBytes *bytes)
{
  gsize length;
  const void *data = g_bytes_get_data (bytes, &length);

  self->heif = get_library ();
  self->context = self->heif ? self->heif->context_alloc () : NULL;
  return self->context && is_ok (self->heif->context_read_from_memory_without_copy (self->context, data, length, NULL))
         && is_ok (self->heif->context_get_primary_image_handle (self->context, &self->handle));
}

/* The block begins with four bytes: how many more to skip. */
static void
read_exif (const Decoder *self, McExif *exif)
{
  heif_item_id id;
  g_autofree guint8 *block = NULL;
  gsize length, skip;

  if (self->heif->image_handle_get_list_of_metadata_block_IDs (self->handle, "Exif", &id, 1) != 1)
    return;
  length = self->heif->image_handle_get_metadata_size (self->handle, id);
  block = g_try_malloc (length);
  if (length < 4 || !block || !is_ok (self->heif->image_handle_get_metadata (self->handle, id, block)))
    return;
  skip = (gsize) block[0] << 24 | (gsize) block[1] << 16 | (gsize) block[2] << 8 | block[3];
  if (skip < length - 4)
    mc_exif_read (block + 4 + skip, length - 4 - skip, exif);
  exif->orientation = 1;
}

gboolean
mc_heic_can_read (void)
{
  const Library *heif = get_library ();

  return heif && heif->have_decoder_for_format (heif_compression_HEVC) != 0;
}

gboolean
mc_heic_read_info (GBytes *bytes, McPictureInfo *info, GError **error)
{
  g_auto (Decoder) self = { 0 };

  if (!decoder_open (&self, bytes) || self.heif->image_handle_get_width (self.handle) <= 0 || self.heif->image_handle_get_height (self.handle) <= 0)
    {
      mc_picture_set_broken (error, "HEIC");
      return FALSE;
    }
  info->width = (guint) self.heif->image_handle_get_width (self.handle);
  info->height = (guint) self.heif->image_handle_get_height (self.handle);
  read_exif (&self, &info->exif);
  return TRUE;
}

static GdkPixbuf *
copy_pixels (const Library *heif, const struct heif_image *image)
{
  int stride = 0;
  const guint8 *pixels = heif->image_get_plane_readonly (image, heif_channel_interleaved, &stride);
  int width = heif->image_get_width (image, heif_channel_interleaved);
  int height = heif->image_get_height (image, heif_channel_interleaved);
  GdkPixbuf *pixbuf = pixels && width > 0 && height > 0 ? gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, width, height) : NULL;

  for (int y = 0; pixbuf && y < height; y++)
    memcpy (gdk_pixbuf_get_pixels (pixbuf) + (gsize) y * (gsize) gdk_pixbuf_get_rowstride (pixbuf),
            pixels + (gsize) y * (gsize) stride, (gsize) width * 3);
  return pixbuf;
}

GdkPixbuf *
mc_heic_decode (GBytes *bytes, GError **error)
{
  g_auto (Decoder) self = { 0 };
  GdkPixbuf *pixbuf = NULL;

  if (decoder_open (&self, bytes)
      && is_ok (self.heif->decode_image (self.handle, &self.image, heif_colorspace_RGB, heif_chroma_interleaved_RGB, NULL)))
    pixbuf = copy_pixels (self.heif, self.image);
  if (!pixbuf)
    mc_picture_set_broken (error, "HEIC");
  return pixbuf;
}

#else

gboolean
mc_heic_can_read (void)
{
  return FALSE;
}

gboolean
mc_heic_read_info (GBytes *bytes, McPictureInfo *info, GError **error)
{
  mc_picture_set_broken (error, "HEIC");
  return FALSE;
}

GdkPixbuf *
mc_heic_decode (GBytes *bytes, GError **error)
{
  mc_picture_set_broken (error, "HEIC");
  return NULL;
}

#endif
