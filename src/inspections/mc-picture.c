/* SPDX-License-Identifier: GPL-3.0-or-later
 * Pictures in memory: what a file is by its first bytes, pixels from it no larger than wanted, and a JPEG from pixels. No files, no store. */
#include "mc-picture-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "mc-finding.h"

typedef struct
{
  gsize at;
  gsize length;
  const char *bytes;
  const char *name; /* as shown; NULL: a photo */
  McPictureFormat format;
} Signature;

/* Those of HEIC are brands of the ISO base media format; a phone's film has others. */
static const Signature signatures[] = {
  { 0, 3, "\xff\xd8\xff", NULL, MC_PICTURE_JPEG },
  { 0, 8, "\x89PNG\r\n\x1a\n", NULL, MC_PICTURE_PNG },
  { 4, 8, "ftypheic", NULL, MC_PICTURE_HEIC },
  { 4, 8, "ftypheix", NULL, MC_PICTURE_HEIC },
  { 4, 8, "ftypheim", NULL, MC_PICTURE_HEIC },
  { 4, 8, "ftypheis", NULL, MC_PICTURE_HEIC },
  { 4, 8, "ftyphevc", NULL, MC_PICTURE_HEIC },
  { 4, 8, "ftypmif1", NULL, MC_PICTURE_HEIC },
  { 4, 8, "ftypmsf1", NULL, MC_PICTURE_HEIC },
  { 4, 8, "ftypavif", "AVIF", MC_PICTURE_OTHER },
  { 4, 8, "ftypqt  ", "MOV", MC_PICTURE_OTHER },
  { 4, 4, "ftyp", "MP4", MC_PICTURE_OTHER },
  { 0, 4, "GIF8", "GIF", MC_PICTURE_OTHER },
  { 8, 4, "WEBP", "WebP", MC_PICTURE_OTHER },
  { 0, 5, "%PDF-", "PDF", MC_PICTURE_OTHER },
  { 0, 4, "II*\0", "TIFF", MC_PICTURE_OTHER },
  { 0, 4, "MM\0*", "TIFF", MC_PICTURE_OTHER },
  { 0, 2, "BM", "BMP", MC_PICTURE_OTHER },
  { 0, 4, "PK\003\004", "ZIP", MC_PICTURE_OTHER },
};

void
mc_picture_set_broken (GError **error, const char *format)
{
  g_set_error (error, MC_INSPECTION_ERROR, MC_INSPECTION_ERROR_INPUT,
               _("the %s picture is damaged or not complete; copy it from the phone or camera again"), format);
}

static const Signature *
find_signature (GBytes *file)
{
  gsize length;
  const guint8 *bytes = g_bytes_get_data (file, &length);

  for (guint i = 0; i < G_N_ELEMENTS (signatures); i++)
    if (length >= signatures[i].at + signatures[i].length
        && memcmp (bytes + signatures[i].at, signatures[i].bytes, signatures[i].length) == 0)
      return &signatures[i];
  return NULL;
}

McPictureFormat
mc_picture_get_format (GBytes *bytes)
{
  const Signature *signature = find_signature (bytes);

  return signature ? signature->format : MC_PICTURE_OTHER;
}

const char *
mc_picture_format_code (McPictureFormat format)
{
  static const char *const codes[] = { NULL, "jpeg", "png", "heic" };

  g_return_val_if_fail (format > MC_PICTURE_OTHER && format < G_N_ELEMENTS (codes), NULL);

  return codes[format];
}

const char *
mc_picture_name_other (GBytes *bytes)
{
  const Signature *signature = find_signature (bytes);

  return signature ? signature->name : NULL;
}

gboolean
mc_picture_can_read_heic (void)
{
  return mc_heic_can_read ();
}

static gboolean
refuse (GError **error, const char *message)
{
  g_set_error_literal (error, MC_INSPECTION_ERROR, MC_INSPECTION_ERROR_INPUT, message);
  return FALSE;
}

static gboolean
refuse_other (GError **error, const char *name)
{
  if (!name)
    return refuse (error, _("it is no photo; photos are JPEG, PNG or HEIC"));
  g_set_error (error, MC_INSPECTION_ERROR, MC_INSPECTION_ERROR_INPUT, _("it is a %s file; photos are JPEG, PNG or HEIC"), name);
  return FALSE;
}

static gboolean
check_pixels (const McPictureInfo *info, GError **error)
{
  guint64 pixels = (guint64) info->width * info->height;

  if (pixels <= MC_PICTURE_MAX_PIXELS)
    return TRUE;
  g_set_error (error, MC_INSPECTION_ERROR, MC_INSPECTION_ERROR_INPUT,
               _("the picture has %u × %u pixels (%u million); at most %u million are taken"), info->width, info->height,
               (guint) (pixels / 1000000), (guint) (MC_PICTURE_MAX_PIXELS / 1000000));
  return FALSE;
}

gboolean
mc_picture_read_info (GBytes *bytes, McPictureInfo *info, GError **error)
{
  *info = (McPictureInfo) { mc_picture_get_format (bytes), 0, 0, { 1, "", "", FALSE } };
  switch (info->format)
    {
    case MC_PICTURE_JPEG:
      return mc_jpeg_read_info (bytes, info, error) && check_pixels (info, error);
    case MC_PICTURE_PNG:
      return mc_png_read_info (bytes, info, error) && check_pixels (info, error);
    case MC_PICTURE_HEIC:
      if (!mc_heic_can_read ())
        return refuse (error, _("it is a HEIC picture, and no program part that reads HEIC is installed here; set the phone to JPEG (“most compatible”), "
                                "or send the photo from the phone as JPEG"));
      return mc_heic_read_info (bytes, info, error) && check_pixels (info, error);
    case MC_PICTURE_OTHER:
    default:
      return refuse_other (error, mc_picture_name_other (bytes));
    }
}

/* --- pixels -------------------------------------------------------------------------------------------------- */

/* Takes @pixbuf. */
static GdkPixbuf *
turn_upright (GdkPixbuf *pixbuf, guint orientation)
{
  static const struct { gboolean flip; GdkPixbufRotation rotation; } ways[] = {
    { FALSE, GDK_PIXBUF_ROTATE_NONE }, { FALSE, GDK_PIXBUF_ROTATE_NONE },
    { TRUE, GDK_PIXBUF_ROTATE_NONE }, { FALSE, GDK_PIXBUF_ROTATE_UPSIDEDOWN },
    { TRUE, GDK_PIXBUF_ROTATE_UPSIDEDOWN }, { TRUE, GDK_PIXBUF_ROTATE_COUNTERCLOCKWISE },
    { FALSE, GDK_PIXBUF_ROTATE_CLOCKWISE }, { TRUE, GDK_PIXBUF_ROTATE_CLOCKWISE },
    { FALSE, GDK_PIXBUF_ROTATE_COUNTERCLOCKWISE },
  };
  GdkPixbuf *turned = pixbuf;

  if (ways[orientation].flip)
    {
      turned = gdk_pixbuf_flip (pixbuf, TRUE);
      g_object_unref (pixbuf);
    }
  if (turned && ways[orientation].rotation != GDK_PIXBUF_ROTATE_NONE)
    {
      g_autoptr (GdkPixbuf) lying = turned;

      turned = gdk_pixbuf_rotate_simple (lying, ways[orientation].rotation);
    }
  return turned;
}

/* Takes @pixbuf. */
static GdkPixbuf *
fit (GdkPixbuf *pixbuf, guint max_side)
{
  int width = gdk_pixbuf_get_width (pixbuf), height = gdk_pixbuf_get_height (pixbuf);
  double scale = (double) max_side / MAX (width, height);
  GdkPixbuf *smaller;

  if (max_side == 0 || scale >= 1)
    return pixbuf;
  smaller = gdk_pixbuf_scale_simple (pixbuf, MAX (1, (int) (width * scale + 0.5)), MAX (1, (int) (height * scale + 0.5)), GDK_INTERP_BILINEAR);
  g_object_unref (pixbuf);
  return smaller;
}

static GdkPixbuf *
decode (GBytes *bytes, const McPictureInfo *info, guint max_side, GError **error)
{
  switch (info->format)
    {
    case MC_PICTURE_JPEG:
      return mc_jpeg_decode (bytes, max_side, error);
    case MC_PICTURE_PNG:
      return mc_png_decode (bytes, max_side, error);
    case MC_PICTURE_HEIC:
      return mc_heic_decode (bytes, error);
    case MC_PICTURE_OTHER:
    default:
      g_return_val_if_reached (NULL);
    }
}

GdkPixbuf *
mc_picture_decode (GBytes *bytes, const McPictureInfo *info, guint max_side, GError **error)
{
  GdkPixbuf *pixbuf = decode (bytes, info, max_side, error);

  if (!pixbuf)
    return NULL;
  pixbuf = fit (pixbuf, max_side);
  if (pixbuf)
    pixbuf = turn_upright (pixbuf, info->exif.orientation);
  if (!pixbuf)
    refuse (error, _("there is not enough memory for so large a picture"));
  return pixbuf;
}

GBytes *
mc_picture_encode_jpeg (GdkPixbuf *pixbuf, GBytes *exif, GBytes *icc, GError **error)
{
  return mc_jpeg_encode (pixbuf, exif, icc, error);
}

GBytes *
mc_picture_get_icc (GBytes *bytes, const McPictureInfo *info)
{
  return info->format == MC_PICTURE_JPEG ? mc_jpeg_get_icc (bytes) : NULL;
}

GBytes *
mc_picture_without_place (GBytes *bytes, const McPictureInfo *info)
{
  if (info->format == MC_PICTURE_JPEG)
    return mc_jpeg_without_place (bytes);
  /* A PNG's orientation goes with its EXIF block. */
  return info->format == MC_PICTURE_PNG && info->exif.orientation == 1 ? mc_png_without_place (bytes) : NULL;
}
