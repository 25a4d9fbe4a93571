/* SPDX-License-Identifier: GPL-3.0-or-later
 * Walks through the pieces of a JPEG file (ITU-T T.81, Annex B) and leaves out those that a photo's record must not carry. */
#include "mc-picture-private.h"

#include <string.h>

#define MARK_SOI 0xd8
#define MARK_EOI 0xd9
#define MARK_SOS 0xda
#define MARK_APP0 0xe0
#define MARK_APP1 0xe1
#define MARK_APP2 0xe2
#define MARK_APP14 0xee
#define MARK_APP15 0xef
#define MARK_COM 0xfe

#define EXIF_HEAD "Exif\0\0"
#define EXIF_HEAD_LENGTH 6
#define ICC_HEAD "ICC_PROFILE"

/* One piece: its mark, and what follows it up to the next one. */
typedef struct
{
  guint8 mark;
  gsize at;     /* of the 0xff before the mark */
  gsize body;   /* after the two bytes of the length */
  gsize length; /* of the body */
  gsize next;
} Piece;

static gboolean
is_frame (guint8 mark)
{
  return mark >= 0xc0 && mark <= 0xcf && mark != 0xc4 && mark != 0xc8 && mark != 0xcc;
}

static gboolean
stands_alone (guint8 mark)
{
  return mark == 0x01 || (mark >= 0xd0 && mark <= MARK_EOI);
}

/* The picture's own data run to the next mark that is none of theirs. */
static gsize
skip_data (const guint8 *bytes, gsize length, gsize at)
{
  while (at + 1 < length)
    {
      const guint8 *next = memchr (bytes + at, 0xff, length - at - 1);

      if (!next)
        break;
      at = (gsize) (next - bytes);
      if (bytes[at + 1] != 0 && bytes[at + 1] != 0xff && (bytes[at + 1] < 0xd0 || bytes[at + 1] > 0xd7))
        return at;
      at += bytes[at + 1] == 0xff ? 1 : 2;
    }
  return length;
}

/* FALSE at the end of the file, or where no piece begins. */
static gboolean
read_piece (const guint8 *bytes, gsize length, gsize at, Piece *piece)
{
  gsize mark_at = at + 1;

  if (at >= length || bytes[at] != 0xff)
    return FALSE;
  while (mark_at < length && bytes[mark_at] == 0xff)
    mark_at++;
  if (mark_at >= length || bytes[mark_at] == 0)
    return FALSE;
  *piece = (Piece) { bytes[mark_at], mark_at - 1, mark_at + 1, 0, mark_at + 1 };
  if (stands_alone (piece->mark))
    return TRUE;
  if (length - piece->body < 2)
    return FALSE;
  piece->length = (gsize) bytes[piece->body] << 8 | bytes[piece->body + 1];
  if (piece->length < 2 || piece->length > length - piece->body)
    return FALSE;
  piece->body += 2;
  piece->length -= 2;
  piece->next = piece->body + piece->length;
  if (piece->mark == MARK_SOS)
    piece->next = skip_data (bytes, length, piece->next);
  return TRUE;
}

static gboolean
begins_with (const guint8 *bytes, const Piece *piece, const char *head, gsize head_length)
{
  return piece->length >= head_length && memcmp (bytes + piece->body, head, head_length) == 0;
}

static void
note_piece (const guint8 *bytes, const Piece *piece, McJpegPieces *pieces)
{
  if (piece->mark == MARK_APP1 && pieces->exif_length == 0 && begins_with (bytes, piece, EXIF_HEAD, EXIF_HEAD_LENGTH))
    {
      pieces->exif_at = piece->body + EXIF_HEAD_LENGTH;
      pieces->exif_length = piece->length - EXIF_HEAD_LENGTH;
    }
  if (!is_frame (piece->mark) || pieces->width > 0 || piece->length < 6)
    return;
  pieces->height = (guint) bytes[piece->body + 1] << 8 | bytes[piece->body + 2];
  pieces->width = (guint) bytes[piece->body + 3] << 8 | bytes[piece->body + 4];
  pieces->components = bytes[piece->body + 5];
}

gboolean
mc_jpeg_find_pieces (const guint8 *bytes, gsize length, McJpegPieces *pieces)
{
  gsize at = 0;
  Piece piece;

  *pieces = (McJpegPieces) { 0 };
  while (read_piece (bytes, length, at, &piece) && (at > 0 || piece.mark == MARK_SOI))
    {
      note_piece (bytes, &piece, pieces);
      at = piece.next;
      if (piece.mark == MARK_EOI)
        {
          pieces->end = at;
          return pieces->width > 0 && pieces->height > 0;
        }
    }
  return FALSE;
}

static void
append_piece (GByteArray *kept, guint8 mark, const guint8 *head, gsize head_length, const guint8 *body, gsize length)
{
  gsize whole = head_length + length + 2;
  guint8 start[4] = { 0xff, mark, (guint8) (whole >> 8), (guint8) whole };

  g_byte_array_append (kept, start, sizeof start);
  g_byte_array_append (kept, head, (guint) head_length);
  g_byte_array_append (kept, body, (guint) length);
}

/* What the camera wrote, without the place. If that cannot be cut out surely, nothing of it; NULL if the picture would then lie on its side. */
static GBytes *
make_exif (const guint8 *bytes, const McJpegPieces *pieces)
{
  g_autofree guint8 *block = g_memdup2 (bytes + pieces->exif_at, pieces->exif_length);
  McExif exif;

  if (pieces->exif_length > 0 && mc_exif_cut_place (block, pieces->exif_length))
    return g_bytes_new_take (g_steal_pointer (&block), pieces->exif_length);
  if (pieces->exif_length > 0 && mc_exif_read (bytes + pieces->exif_at, pieces->exif_length, &exif) && exif.orientation != 1)
    return NULL;
  return g_bytes_new (NULL, 0);
}

/* Of the application's pieces only what is needed to show the right colours stays. */
static gboolean
stays (const guint8 *bytes, const Piece *piece)
{
  if (piece->mark == MARK_COM)
    return FALSE;
  if (piece->mark == MARK_APP2)
    return begins_with (bytes, piece, ICC_HEAD, sizeof ICC_HEAD);
  return piece->mark < MARK_APP0 || piece->mark > MARK_APP15 || piece->mark == MARK_APP0 || piece->mark == MARK_APP14;
}

GBytes *
mc_jpeg_without_place (GBytes *file)
{
  gsize length, at = 0, exif_length;
  const guint8 *bytes = g_bytes_get_data (file, &length);
  g_autoptr (GBytes) exif = NULL;
  const guint8 *block;
  McJpegPieces pieces;
  GByteArray *kept;
  Piece piece;

  if (!mc_jpeg_find_pieces (bytes, length, &pieces))
    return NULL;
  exif = make_exif (bytes, &pieces);
  if (!exif)
    return NULL;
  block = g_bytes_get_data (exif, &exif_length);
  kept = g_byte_array_sized_new ((guint) pieces.end);
  while (at < pieces.end && read_piece (bytes, length, at, &piece))
    {
      if (stays (bytes, &piece))
        g_byte_array_append (kept, bytes + piece.at, (guint) (piece.next - piece.at));
      /* The EXIF block comes first. */
      if (piece.mark == MARK_SOI && exif_length > 0)
        append_piece (kept, MARK_APP1, (const guint8 *) EXIF_HEAD, EXIF_HEAD_LENGTH, block, exif_length);
      at = piece.next;
    }
  return g_byte_array_free_to_bytes (kept);
}
