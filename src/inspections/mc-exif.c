/* SPDX-License-Identifier: GPL-3.0-or-later
 * Reads what a camera wrote beside a picture (EXIF 2.32: a TIFF block), cuts the place out of it, and makes a block that says the time only. */
#include "mc-exif.h"

#include <string.h>

#define TAG_ORIENTATION 0x0112
#define TAG_EXIF 0x8769
#define TAG_GPS 0x8825
#define TAG_VERSION 0x9000
#define TAG_TAKEN 0x9003
#define TAG_DIGITISED 0x9004
#define TAG_OFFSET_TAKEN 0x9011

#define TYPE_ASCII 2
#define TYPE_SHORT 3
#define TYPE_LONG 4
#define TYPE_UNDEFINED 7

#define ENTRY 12
#define HEAD 8
#define TAKEN_LENGTH 19
#define OFFSET_LENGTH 6

/* A block of at most 64 KiB, in the order of bytes that it says. */
typedef struct
{
  const guint8 *bytes;
  gsize length;
  gboolean big;
} Tiff;

typedef struct
{
  guint16 tag, type;
  guint32 count;
  gsize at;      /* of the entry */
  gsize value_at;/* of its value, in the entry or elsewhere */
  gsize size;    /* of its value */
} Entry;

/* A directory whose entries all lie in the block. */
typedef struct
{
  gsize at;
  guint n;
} Directory;

static guint16
read_16 (const Tiff *tiff, gsize at)
{
  const guint8 *b = tiff->bytes + at;

  return (guint16) (tiff->big ? b[0] << 8 | b[1] : b[1] << 8 | b[0]);
}

static guint32
read_32 (const Tiff *tiff, gsize at)
{
  guint32 first = read_16 (tiff, at), second = read_16 (tiff, at + 2);

  return tiff->big ? first << 16 | second : second << 16 | first;
}

static gboolean
has_bytes (const Tiff *tiff, gsize at, gsize size)
{
  return at <= tiff->length && size <= tiff->length - at;
}

static gboolean
open_directory (const Tiff *tiff, gsize at, Directory *directory)
{
  if (at < HEAD || !has_bytes (tiff, at, 2))
    return FALSE;
  directory->at = at;
  directory->n = read_16 (tiff, at);
  return has_bytes (tiff, at + 2, (gsize) directory->n * ENTRY);
}

static gboolean
open_tiff (Tiff *tiff, const guint8 *bytes, gsize length, Directory *first)
{
  *tiff = (Tiff) { bytes, length, FALSE };
  if (length < HEAD)
    return FALSE;
  if (memcmp (bytes, "MM\0*", 4) == 0)
    tiff->big = TRUE;
  else if (memcmp (bytes, "II*\0", 4) != 0)
    return FALSE;
  return open_directory (tiff, read_32 (tiff, 4), first);
}

static gsize
type_size (guint16 type)
{
  static const guint8 sizes[] = { 0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8 };

  return type < G_N_ELEMENTS (sizes) ? sizes[type] : 0;
}

/* FALSE if its value does not lie in the block. */
static gboolean
read_entry (const Tiff *tiff, const Directory *directory, guint index, Entry *entry)
{
  gsize at = directory->at + 2 + (gsize) index * ENTRY;

  *entry = (Entry) { read_16 (tiff, at), read_16 (tiff, at + 2), read_32 (tiff, at + 4), at, at + 8, 0 };
  if (type_size (entry->type) != 0 && entry->count > tiff->length / type_size (entry->type))
    return FALSE;
  entry->size = type_size (entry->type) * entry->count;
  if (entry->size > 4)
    entry->value_at = read_32 (tiff, at + 8);
  return has_bytes (tiff, entry->value_at, entry->size);
}

static gboolean
find_entry (const Tiff *tiff, const Directory *directory, guint16 tag, Entry *entry)
{
  for (guint i = 0; i < directory->n; i++)
    if (read_16 (tiff, directory->at + 2 + (gsize) i * ENTRY) == tag)
      return read_entry (tiff, directory, i, entry);
  return FALSE;
}

static gboolean
has_tag (const Tiff *tiff, const Directory *directory, guint16 tag)
{
  for (guint i = 0; i < directory->n; i++)
    if (read_16 (tiff, directory->at + 2 + (gsize) i * ENTRY) == tag)
      return TRUE;
  return FALSE;
}

/* The directory that the entry of @tag points to. FALSE and *@broken: it points to none, or to @directory itself. */
static gboolean
find_directory (const Tiff *tiff, const Directory *directory, guint16 tag, Directory *found, gboolean *broken)
{
  Entry entry;

  *broken = FALSE;
  if (!has_tag (tiff, directory, tag))
    return FALSE;
  *broken = !find_entry (tiff, directory, tag, &entry) || entry.type != TYPE_LONG || entry.count != 1
            || !open_directory (tiff, read_32 (tiff, entry.value_at), found) || found->at == directory->at;
  return !*broken;
}

/* --- reading ------------------------------------------------------------------------------------------------- */

/* Digits and the other characters stand where @pattern has 0 and those. */
static gboolean
looks_like (const guint8 *text, const char *pattern)
{
  for (gsize i = 0; pattern[i]; i++)
    if (pattern[i] == '0' ? !g_ascii_isdigit (text[i]) : pattern[i] == '+' ? text[i] != '+' && text[i] != '-' : text[i] != (guint8) pattern[i])
      return FALSE;
  return TRUE;
}

static void
copy_text (const Tiff *tiff, const Directory *directory, guint16 tag, const char *pattern, char *text)
{
  gsize length = strlen (pattern);
  Entry entry;

  if (*text || !find_entry (tiff, directory, tag, &entry) || entry.type != TYPE_ASCII || entry.size < length
      || !looks_like (tiff->bytes + entry.value_at, pattern))
    return;
  memcpy (text, tiff->bytes + entry.value_at, length);
  text[length] = '\0';
}

static gboolean
read_taken (const Tiff *tiff, const Directory *first, McExif *exif)
{
  gboolean broken;
  Directory camera;

  if (!find_directory (tiff, first, TAG_EXIF, &camera, &broken))
    return !broken;
  copy_text (tiff, &camera, TAG_TAKEN, "0000:00:00 00:00:00", exif->taken);
  copy_text (tiff, &camera, TAG_DIGITISED, "0000:00:00 00:00:00", exif->taken);
  copy_text (tiff, &camera, TAG_OFFSET_TAKEN, "+00:00", exif->offset);
  exif->has_place = exif->has_place || has_tag (tiff, &camera, TAG_GPS);
  return TRUE;
}

/* The directory of the small picture, after the first one. FALSE and *@broken: what stands there leads nowhere, or back. */
static gboolean
find_next (const Tiff *tiff, const Directory *first, Directory *next, gboolean *broken)
{
  gsize at = first->at + 2 + (gsize) first->n * ENTRY;

  *broken = FALSE;
  if (!has_bytes (tiff, at, 4) || read_32 (tiff, at) == 0)
    return FALSE;
  *broken = !open_directory (tiff, read_32 (tiff, at), next) || next->at == first->at;
  return !*broken;
}

gboolean
mc_exif_read (const guint8 *tiff, gsize length, McExif *exif)
{
  McExif read = { 1, "", "", FALSE };
  Directory first, next;
  Entry entry;
  Tiff block;
  gboolean broken;

  *exif = read;
  if (!open_tiff (&block, tiff, length, &first))
    return FALSE;
  if (find_entry (&block, &first, TAG_ORIENTATION, &entry) && entry.type == TYPE_SHORT && entry.count == 1)
    read.orientation = read_16 (&block, entry.value_at);
  if (read.orientation < 1 || read.orientation > 8)
    read.orientation = 1;
  read.has_place = has_tag (&block, &first, TAG_GPS);
  if (!read_taken (&block, &first, &read))
    return FALSE;
  if (find_next (&block, &first, &next, &broken))
    read.has_place = read.has_place || has_tag (&block, &next, TAG_GPS);
  else if (broken)
    return FALSE;
  *exif = read;
  return TRUE;
}

/* --- without the place --------------------------------------------------------------------------------------- */

/* Everything in the directory and what it points to becomes zero. */
static gboolean
wipe_directory (const Tiff *tiff, guint8 *bytes, const Directory *directory)
{
  for (guint i = 0; i < directory->n; i++)
    {
      Entry entry;

      if (!read_entry (tiff, directory, i, &entry))
        return FALSE;
      if (entry.size > 4)
        memset (bytes + entry.value_at, 0, entry.size);
    }
  memset (bytes + directory->at, 0, 2 + (gsize) directory->n * ENTRY);
  return TRUE;
}

static void
write_16 (const Tiff *tiff, guint8 *bytes, guint16 value)
{
  bytes[tiff->big ? 0 : 1] = (guint8) (value >> 8);
  bytes[tiff->big ? 1 : 0] = (guint8) value;
}

/* The entries after it move up, and so does the place of the next directory. */
static void
remove_entry (const Tiff *tiff, guint8 *bytes, const Directory *directory, gsize at)
{
  gsize end = directory->at + 2 + (gsize) directory->n * ENTRY;

  end += has_bytes (tiff, end, 4) ? 4 : 0;
  memmove (bytes + at, bytes + at + ENTRY, end - at - ENTRY);
  memset (bytes + end - ENTRY, 0, ENTRY);
  write_16 (tiff, bytes + directory->at, (guint16) (directory->n - 1));
}

static gboolean
cut_from (const Tiff *tiff, guint8 *bytes, const Directory *directory)
{
  Directory place;
  gboolean broken;
  Entry entry;

  if (!find_directory (tiff, directory, TAG_GPS, &place, &broken))
    return !broken;
  if (!find_entry (tiff, directory, TAG_GPS, &entry) || !wipe_directory (tiff, bytes, &place))
    return FALSE;
  remove_entry (tiff, bytes, directory, entry.at);
  return TRUE;
}

gboolean
mc_exif_cut_place (guint8 *tiff, gsize length)
{
  McExif before, after;
  Directory first, other;
  gboolean broken;
  Tiff block;

  if (!mc_exif_read (tiff, length, &before) || !open_tiff (&block, tiff, length, &first))
    return FALSE;
  if (!before.has_place)
    return TRUE;
  if (find_directory (&block, &first, TAG_EXIF, &other, &broken) && !cut_from (&block, tiff, &other))
    return FALSE;
  if (find_next (&block, &first, &other, &broken) && !cut_from (&block, tiff, &other))
    return FALSE;
  /* A block may be built so that this destroys something else of it: then it is not what it was. */
  return cut_from (&block, tiff, &first) && mc_exif_read (tiff, length, &after) && !after.has_place
         && after.orientation == before.orientation && strcmp (after.taken, before.taken) == 0 && strcmp (after.offset, before.offset) == 0;
}

/* --- a new block --------------------------------------------------------------------------------------------- */

static void
append_16 (GByteArray *block, guint value)
{
  guint8 bytes[2] = { (guint8) value, (guint8) (value >> 8) };

  g_byte_array_append (block, bytes, sizeof bytes);
}

static void
append_32 (GByteArray *block, guint value)
{
  append_16 (block, value & 0xffff);
  append_16 (block, value >> 16);
}

static void
append_entry (GByteArray *block, guint tag, guint type, guint count, guint value)
{
  append_16 (block, tag);
  append_16 (block, type);
  append_32 (block, count);
  append_32 (block, value);
}

GBytes *
mc_exif_new_block (const McExif *exif)
{
  guint n = *exif->offset ? 3 : 2;
  guint camera_at = HEAD + 2 + ENTRY + 4;
  guint taken_at = camera_at + 2 + n * ENTRY + 4;
  GByteArray *block;

  if (!*exif->taken)
    return NULL;
  block = g_byte_array_new ();
  g_byte_array_append (block, (const guint8 *) "II*\0", 4);
  append_32 (block, HEAD);
  append_16 (block, 1);
  append_entry (block, TAG_EXIF, TYPE_LONG, 1, camera_at);
  append_32 (block, 0);
  append_16 (block, n);
  append_16 (block, TAG_VERSION);
  append_16 (block, TYPE_UNDEFINED);
  append_32 (block, 4);
  g_byte_array_append (block, (const guint8 *) "0232", 4);
  append_entry (block, TAG_TAKEN, TYPE_ASCII, TAKEN_LENGTH + 1, taken_at);
  if (n == 3)
    append_entry (block, TAG_OFFSET_TAKEN, TYPE_ASCII, OFFSET_LENGTH + 1, taken_at + TAKEN_LENGTH + 1);
  append_32 (block, 0);
  g_byte_array_append (block, (const guint8 *) exif->taken, TAKEN_LENGTH + 1);
  if (n == 3)
    g_byte_array_append (block, (const guint8 *) exif->offset, OFFSET_LENGTH + 1);
  return g_byte_array_free_to_bytes (block);
}

/* --- the time ------------------------------------------------------------------------------------------------ */

static int
number_at (const char *text, gsize at, gsize length)
{
  int number = 0;

  for (gsize i = at; i < at + length; i++)
    number = number * 10 + (text[i] - '0');
  return number;
}

gboolean
mc_exif_get_taken_at (const McExif *exif, GTimeZone *zone, gint64 *taken_at)
{
  const char *text = exif->taken;
  g_autoptr (GTimeZone) own = *exif->offset ? g_time_zone_new_identifier (exif->offset) : NULL;
  g_autoptr (GDateTime) time = NULL;

  if (strlen (text) != TAKEN_LENGTH)
    return FALSE;
  time = g_date_time_new (own ? own : zone, number_at (text, 0, 4), number_at (text, 5, 2), number_at (text, 8, 2),
                          number_at (text, 11, 2), number_at (text, 14, 2), number_at (text, 17, 2));
  if (!time || g_date_time_get_year (time) < 1980)
    return FALSE;
  *taken_at = g_date_time_to_unix (time) * 1000;
  return TRUE;
}
