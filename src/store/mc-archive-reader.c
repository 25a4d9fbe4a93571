/* SPDX-License-Identifier: GPL-3.0-or-later
 * Reads a backup file to its end and compares everything with its manifest. */
#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <fcntl.h>
#include <gcrypt.h>
#include <glib/gi18n.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "mc-archive.h"
#include "mc-chain.h"
#include "mc-database.h"
#include "mc-disk.h"

#define CHUNK (256 * 1024)
#define MAX_TEXT (64 * 1024 * 1024) /* of the small entries, which are held in memory */

/* The order of the entries. */
enum
{
  AT_START,
  AT_FACTS,
  AT_DATABASE,
  AT_BLOBS,
  AT_LEFT_OUT,
  AT_MANIFEST,
};

typedef struct
{
  struct archive *archive;
  const char *shown;
  const McArchiveSink *sink;
  McArchiveFacts *facts;
  McProgress *progress;
  GCancellable *cancellable;
  int at;
  char *last_blob;
  GString *manifest; /* as it must be */
  GString *text;     /* of the current small entry */
} Reader;

static gboolean
set_damaged (Reader *self, const char *what, GError **error)
{
  g_set_error (error, MC_STORE_ERROR, MC_STORE_ERROR_CORRUPT,
               _("The backup “%s” is damaged: %s. Nothing was changed."), self->shown, what);
  return FALSE;
}

static gboolean
set_not_ours (Reader *self, GError **error)
{
  g_set_error (error, MC_STORE_ERROR, MC_STORE_ERROR_NOT_OURS,
               _("“%s” is not a backup of Mingcha. Nothing was changed."), self->shown);
  return FALSE;
}

static gboolean
is_blob_name (const char *name)
{
  static const char prefix[] = "blobs/";
  const char *digest = name + strlen (prefix) + 3;

  if (strlen (name) != strlen (prefix) + 3 + 64 || !g_str_has_prefix (name, prefix))
    return FALSE;
  if (digest[-1] != '/' || strncmp (digest - 3, digest, 2) != 0)
    return FALSE;
  return strspn (digest, "0123456789abcdef") == 64;
}

/* Which place in the order @name has; −1: none. */
static int
place_of (const char *name)
{
  if (strcmp (name, "backup.txt") == 0)
    return AT_FACTS;
  if (strcmp (name, "mingcha.db") == 0)
    return AT_DATABASE;
  if (strcmp (name, "left-out.txt") == 0)
    return AT_LEFT_OUT;
  if (strcmp (name, "manifest.sha256") == 0)
    return AT_MANIFEST;
  return is_blob_name (name) ? AT_BLOBS : -1;
}

static gboolean
check_place (Reader *self, const char *name, GError **error)
{
  int place = place_of (name);
  gboolean in_order = place > self->at && (self->at >= AT_DATABASE || place == self->at + 1);

  if (place == AT_BLOBS && self->at == AT_BLOBS)
    in_order = strcmp (name, self->last_blob) > 0;
  if (!in_order)
    return self->at == AT_START ? set_not_ours (self, error)
                                : set_damaged (self, _("it holds something that does not belong there"), error);
  if (place == AT_BLOBS)
    {
      g_free (self->last_blob);
      self->last_blob = g_strdup (name);
      self->facts->blobs++;
    }
  self->at = place;
  return TRUE;
}

static gboolean
parse_number (const char *line, const char *key, gint64 *number)
{
  gsize length = strlen (key);

  return strncmp (line, key, length) == 0 && line[length] == ' '
         && g_ascii_string_to_signed (line + length + 1, 10, 0, G_MAXINT64, number, NULL);
}

static gboolean
read_facts (Reader *self, GError **error)
{
  g_auto (GStrv) lines = g_strsplit (self->text->str, "\n", -1);
  gint64 made_at, schema, count;

  if (!g_str_has_prefix (lines[0] ? lines[0] : "", "mingcha-backup/"))
    return set_not_ours (self, error);
  if (strcmp (lines[0], MC_ARCHIVE_FORMAT) != 0)
    {
      g_set_error (error, MC_STORE_ERROR, MC_STORE_ERROR_NEWER,
                   _("The backup “%s” was made by a newer version of Mingcha. Update the program first. Nothing was changed."), self->shown);
      return FALSE;
    }
  if (g_strv_length (lines) != 6 || !parse_number (lines[1], "made_at", &made_at)
      || !parse_number (lines[2], "schema", &schema) || !parse_number (lines[4], "lines", &count))
    return set_damaged (self, _("its first entry cannot be read"), error);
  if (schema > mc_database_newest_schema ())
    {
      g_set_error (error, MC_STORE_ERROR, MC_STORE_ERROR_NEWER,
                   _("The backup “%s” holds a database of a newer version of Mingcha. Update the program first. Nothing was changed."), self->shown);
      return FALSE;
    }
  self->facts->made_at = made_at;
  self->facts->schema = (int) schema;
  self->facts->lines = (guint64) count;
  return TRUE;
}

static gboolean
finish_text (Reader *self, GError **error)
{
  if (self->at == AT_FACTS)
    return read_facts (self, error);
  if (self->at == AT_LEFT_OUT)
    for (const char *at = self->text->str; (at = strchr (at, '\n')) != NULL; at++)
      self->facts->left_out++;
  return TRUE;
}

/* Copies the current entry into @fd (−1: nowhere) and into @md. */
static gboolean
copy_entry (Reader *self, int fd, const char *name, gcry_md_hd_t md, GError **error)
{
  g_autofree guint8 *chunk = g_malloc (CHUNK);
  gboolean small = self->at != AT_DATABASE && self->at != AT_BLOBS;
  la_ssize_t n;

  g_string_truncate (self->text, 0);
  while ((n = archive_read_data (self->archive, chunk, CHUNK)) > 0)
    {
      if (!mc_disk_go_on (self->cancellable, error))
        return FALSE;
      gcry_md_write (md, chunk, (gsize) n);
      if (small && self->text->len + (gsize) n > MAX_TEXT)
        return set_damaged (self, _("an entry is too large"), error);
      if (small)
        g_string_append_len (self->text, (char *) chunk, n);
      if (fd >= 0 && !mc_disk_write (fd, chunk, (gsize) n, name, error))
        return FALSE;
      mc_progress_tell (self->progress, _("Reading the backup"), (guint64) archive_filter_bytes (self->archive, -1), self->facts->bytes);
    }
  return n == 0 || set_damaged (self, _("it ends early or cannot be read"), error);
}

static gboolean
check_digest (Reader *self, const char *name, gcry_md_hd_t md, GError **error)
{
  const guint8 *digest = gcry_md_read (md, GCRY_MD_SHA256);
  char hex[65];

  mc_hex_from_bytes (digest, MC_DIGEST_BYTES, hex);
  if (self->at == AT_BLOBS && strcmp (name + strlen ("blobs/ab/"), hex) != 0)
    {
      g_autofree char *what = g_strdup_printf (_("“%s” has other bytes than its name says"), name);

      return set_damaged (self, what, error);
    }
  if (self->at == AT_MANIFEST)
    return g_string_equal (self->text, self->manifest) || set_damaged (self, _("its content is not what its manifest lists"), error);
  g_string_append_printf (self->manifest, "%s  %s\n", hex, name);
  return TRUE;
}

static gboolean
read_entry (Reader *self, struct archive_entry *entry, GError **error)
{
  const char *name = archive_entry_pathname (entry);
  gboolean plain = name && archive_entry_filetype (entry) == AE_IFREG && archive_entry_sparse_count (entry) == 0
                   && !archive_entry_hardlink (entry) && archive_entry_size_is_set (entry);
  gcry_md_hd_t md;
  gboolean good;
  int fd = -2;

  if (!plain)
    return self->at == AT_START ? set_not_ours (self, error)
                                : set_damaged (self, _("it holds something that does not belong there"), error);
  if (!check_place (self, name, error))
    return FALSE;
  if (self->sink && (self->at == AT_DATABASE || self->at == AT_BLOBS))
    fd = self->sink->begin (name, (guint64) archive_entry_size (entry), self->sink->data, error);
  if (fd == -1)
    return FALSE;
  mc_gcrypt_init ();
  gcry_md_open (&md, GCRY_MD_SHA256, 0);
  good = copy_entry (self, fd, name, md, error) && check_digest (self, name, md, error) && finish_text (self, error);
  gcry_md_close (md);
  if (fd >= 0 && close (fd) != 0 && good)
    {
      mc_disk_set_error (error, errno, name);
      good = FALSE;
    }
  return good;
}

static gboolean
read_entries (Reader *self, GError **error)
{
  struct archive_entry *entry;
  int code;

  while ((code = archive_read_next_header (self->archive, &entry)) == ARCHIVE_OK)
    if (!read_entry (self, entry, error))
      return FALSE;
  if (code != ARCHIVE_EOF)
    return self->at == AT_START ? set_not_ours (self, error)
                                : set_damaged (self, _("it ends early or cannot be read"), error);
  if (self->at == AT_START)
    return set_not_ours (self, error);
  return self->at == AT_MANIFEST || set_damaged (self, _("it ends early or cannot be read"), error);
}

static int
open_plain (const char *file, guint64 *bytes, GError **error)
{
  int fd = open (file, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  struct stat st;

  if (fd < 0 || fstat (fd, &st) != 0)
    {
      mc_disk_set_error (error, errno, file);
      if (fd >= 0)
        close (fd);
      return -1;
    }
  if (!S_ISREG (st.st_mode))
    {
      mc_disk_set_error (error, S_ISDIR (st.st_mode) ? EISDIR : EINVAL, file);
      close (fd);
      return -1;
    }
  *bytes = (guint64) st.st_size;
  return fd;
}

gboolean
mc_archive_read (const char *file, const McArchiveSink *sink, McArchiveFacts *facts, McProgress *progress,
                 GCancellable *cancellable, GError **error)
{
  g_autofree char *shown = g_filename_display_name (file);
  McArchiveFacts own = { 0 };
  Reader reader = { .shown = shown, .sink = sink, .facts = facts ? facts : &own, .progress = progress, .cancellable = cancellable };
  gboolean good;
  int fd;

  memset (reader.facts, 0, sizeof *reader.facts);
  fd = open_plain (file, &reader.facts->bytes, error);
  if (fd < 0)
    return FALSE;
  reader.manifest = g_string_new (NULL);
  reader.text = g_string_new (NULL);
  reader.archive = archive_read_new ();
  archive_read_support_format_tar (reader.archive);
  archive_read_support_filter_none (reader.archive);
  good = archive_read_open_fd (reader.archive, fd, CHUNK) == ARCHIVE_OK ? read_entries (&reader, error)
                                                                         : set_not_ours (&reader, error);
  archive_read_free (reader.archive);
  close (fd);
  g_string_free (reader.manifest, TRUE);
  g_string_free (reader.text, TRUE);
  g_free (reader.last_blob);
  return good;
}
