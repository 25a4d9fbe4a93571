/* SPDX-License-Identifier: GPL-3.0-or-later
 * Parts of a workbook by libarchive, one open archive for each part that is read. */
#include "mc-xlsx-package.h"

#include "mc-table-reader.h"
#include "mc-xlsx-xml.h"

#include <archive.h>
#include <archive_entry.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>

#define READ_BYTES (64 * 1024)
#define MAX_PARTS 20000
/* A full sheet of 1,048,576 rows of 100 columns has about 5 GB of XML; nobody's roster has more. */
#define MAX_PART_BYTES (8 * G_GUINT64_CONSTANT (1073741824))
/* Sheets of repeated values pack 1:100 at most; deflate itself ends at 1:1032. Small parts may do as they like. */
#define MAX_RATIO 250
#define UNCHECKED_BYTES (32 * 1024 * 1024)

struct _McXlsxPackage
{
  char *path;
  char *name;
  guint64 size;
  GCancellable *cancellable;
  GHashTable *parts; /* normal name (lower case, forward slashes) → name in the zip */
};

struct _McXlsxPart
{
  McXlsxPackage *package; /* borrowed */
  char *name;
  struct archive *archive;
  guint64 read_bytes;
  guint64 total_bytes; /* as the zip says; 0: not known */
  char *buffer;
};

gboolean
mc_xlsx_package_set_damaged (McXlsxPackage *self, const char *name, const char *detail, GError **error)
{
  g_set_error (error, MC_TABLE_ERROR, MC_TABLE_ERROR_DAMAGED,
               _("“%s” is damaged or cut off (%s: %s). Open it in WPS or Excel and save it again. Nothing was changed."), self->name, name, detail);
  return FALSE;
}

static gboolean
set_encrypted (McXlsxPackage *self, GError **error)
{
  g_set_error (error, MC_TABLE_ERROR, MC_TABLE_ERROR_ENCRYPTED,
               _("“%s” is protected by a password. Open it in WPS or Excel, remove the password, save it, and import it again. Nothing was changed."), self->name);
  return FALSE;
}

static char *
normal_name (const char *name)
{
  char *normal = g_ascii_strdown (*name == '/' ? name + 1 : name, -1);

  return g_strdelimit (normal, "\\", '/');
}

static struct archive *
open_archive (McXlsxPackage *self, GError **error)
{
  struct archive *archive = archive_read_new ();

  if (archive_read_support_format_zip_seekable (archive) == ARCHIVE_OK &&
      archive_read_open_filename (archive, self->path, READ_BYTES) == ARCHIVE_OK)
    return archive;
  mc_xlsx_package_set_damaged (self, _("the list of its parts"), _("missing or not readable"), error);
  archive_read_free (archive);
  return NULL;
}

static gboolean
list_parts (McXlsxPackage *self, struct archive *archive, GError **error)
{
  struct archive_entry *entry;
  int result;

  while ((result = archive_read_next_header (archive, &entry)) == ARCHIVE_OK || result == ARCHIVE_WARN)
    {
      const char *name = archive_entry_pathname (entry);

      if (archive_entry_is_encrypted (entry))
        return set_encrypted (self, error);
      if (g_hash_table_size (self->parts) >= MAX_PARTS)
        {
          g_set_error (error, MC_TABLE_ERROR, MC_TABLE_ERROR_LIMIT, _("“%s” has more parts than a workbook can have. Nothing was changed."), self->name);
          return FALSE;
        }
      if (name && !g_hash_table_contains (self->parts, name))
        g_hash_table_insert (self->parts, normal_name (name), g_strdup (name));
    }
  if (result == ARCHIVE_EOF)
    return TRUE;
  return mc_xlsx_package_set_damaged (self, _("the list of its parts"), _("not readable"), error);
}

McXlsxPackage *
mc_xlsx_package_open (const char *path, GCancellable *cancellable, GError **error)
{
  g_autoptr (McXlsxPackage) self = g_new0 (McXlsxPackage, 1);
  struct archive *archive;
  GStatBuf info;
  gboolean listed;

  self->path = g_strdup (path);
  self->name = g_filename_display_basename (path);
  self->size = g_stat (path, &info) == 0 ? (guint64) info.st_size : 0;
  self->cancellable = cancellable ? g_object_ref (cancellable) : NULL;
  self->parts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  archive = open_archive (self, error);
  if (!archive)
    return NULL;
  listed = list_parts (self, archive, error);
  archive_read_free (archive);
  return listed ? g_steal_pointer (&self) : NULL;
}

void
mc_xlsx_package_free (McXlsxPackage *self)
{
  if (!self)
    return;
  g_free (self->path);
  g_free (self->name);
  g_clear_object (&self->cancellable);
  g_hash_table_unref (self->parts);
  g_free (self);
}

gboolean
mc_xlsx_package_has (McXlsxPackage *self, const char *part)
{
  g_autofree char *normal = normal_name (part);

  return g_hash_table_contains (self->parts, normal);
}

/* --- one part --------------------------------------------------------------------------------------------- */

McXlsxPart *
mc_xlsx_part_open (McXlsxPackage *self, const char *name, GError **error)
{
  g_autoptr (McXlsxPart) part = g_new0 (McXlsxPart, 1);
  g_autofree char *normal = normal_name (name);
  const char *zip_name = g_hash_table_lookup (self->parts, normal);
  struct archive_entry *entry;

  part->package = self;
  part->name = g_strdup (name);
  if (!zip_name)
    {
      mc_xlsx_package_set_damaged (self, name, _("missing"), error);
      return NULL;
    }
  part->archive = open_archive (self, error);
  if (!part->archive)
    return NULL;
  part->buffer = g_malloc (READ_BYTES);
  for (int result = ARCHIVE_OK; result == ARCHIVE_OK || result == ARCHIVE_WARN;)
    {
      result = archive_read_next_header (part->archive, &entry);
      if ((result == ARCHIVE_OK || result == ARCHIVE_WARN) && g_strcmp0 (archive_entry_pathname (entry), zip_name) == 0)
        {
          part->total_bytes = archive_entry_size_is_set (entry) ? (guint64) archive_entry_size (entry) : 0;
          return g_steal_pointer (&part);
        }
    }
  mc_xlsx_package_set_damaged (self, name, _("not readable"), error);
  return NULL;
}

void
mc_xlsx_part_free (McXlsxPart *part)
{
  if (!part)
    return;
  if (part->archive)
    archive_read_free (part->archive);
  g_free (part->name);
  g_free (part->buffer);
  g_free (part);
}

static gboolean
check_limits (McXlsxPart *part, GError **error)
{
  if (part->read_bytes <= UNCHECKED_BYTES)
    return TRUE;
  if (part->read_bytes <= MAX_PART_BYTES && part->read_bytes / MAX_RATIO <= part->package->size)
    return TRUE;
  g_set_error (error, MC_TABLE_ERROR, MC_TABLE_ERROR_LIMIT,
               _("“%s” unpacks to far more than a workbook of its size can hold; this is how harmful files are made. Nothing was changed."), part->package->name);
  return FALSE;
}

gboolean
mc_xlsx_part_read (McXlsxPart *part, const char **data, gsize *length, GError **error)
{
  la_ssize_t n;

  if (g_cancellable_set_error_if_cancelled (part->package->cancellable, error))
    return FALSE;
  n = archive_read_data (part->archive, part->buffer, READ_BYTES);
  if (n < 0)
    return mc_xlsx_package_set_damaged (part->package, part->name, _("cannot be unpacked"), error);
  part->read_bytes += (guint64) n;
  *data = part->buffer;
  *length = (gsize) n;
  return check_limits (part, error);
}

double
mc_xlsx_part_get_progress (McXlsxPart *part)
{
  return part->total_bytes > 0 ? (double) part->read_bytes / (double) part->total_bytes : 0.0;
}

/* --- relations -------------------------------------------------------------------------------------------- */

static void
relation_free (gpointer data)
{
  McXlsxRelation *relation = data;

  g_free (relation->id);
  g_free (relation->type);
  g_free (relation->target);
  g_free (relation);
}

char *
mc_xlsx_resolve_target (const char *part, const char *target)
{
  g_autoptr (GPtrArray) steps = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *folder = *target == '/' ? g_strdup ("") : g_path_get_dirname (*part ? part : "x");
  g_autofree char *joined = g_strconcat (g_strcmp0 (folder, ".") == 0 ? "" : folder, "/", target, NULL);
  g_auto (GStrv) names = NULL;

  g_strdelimit (joined, "\\", '/');
  names = g_strsplit (joined, "/", -1);
  for (guint i = 0; names[i]; i++)
    {
      if (strcmp (names[i], "..") == 0)
        {
          if (steps->len > 0)
            g_ptr_array_remove_index (steps, steps->len - 1);
        }
      else if (*names[i] && strcmp (names[i], ".") != 0)
        g_ptr_array_add (steps, g_strdup (names[i]));
    }
  g_ptr_array_add (steps, NULL);
  return g_strjoinv ("/", (char **) steps->pdata);
}

typedef struct
{
  GPtrArray *relations;
  const char *part;
} RelationsReader;

static void
relation_start (gpointer data, const char *name, const McXlsxAttributes *attributes)
{
  RelationsReader *reader = data;
  McXlsxRelation *relation;
  g_autofree char *type = NULL, *target = NULL, *mode = NULL;
  const char *word;

  if (strcmp (name, "Relationship") != 0)
    return;
  type = mc_xlsx_attributes_dup (attributes, "Type");
  target = mc_xlsx_attributes_dup (attributes, "Target");
  mode = mc_xlsx_attributes_dup (attributes, "TargetMode");
  if (!type || !target || g_strcmp0 (mode, "External") == 0)
    return;
  word = strrchr (type, '/');
  relation = g_new0 (McXlsxRelation, 1);
  relation->id = mc_xlsx_attributes_dup (attributes, "Id");
  relation->type = g_strdup (word ? word + 1 : type);
  relation->target = mc_xlsx_resolve_target (reader->part, target);
  g_ptr_array_add (reader->relations, relation);
}

GPtrArray *
mc_xlsx_package_relations (McXlsxPackage *self, const char *part, GError **error)
{
  static const McXlsxHandlers handlers = { relation_start, NULL, NULL };
  g_autoptr (GPtrArray) relations = g_ptr_array_new_with_free_func (relation_free);
  g_autofree char *folder = g_path_get_dirname (*part ? part : "x");
  g_autofree char *base = *part ? g_path_get_basename (part) : g_strdup ("");
  g_autofree char *name = g_strconcat (strcmp (folder, ".") == 0 ? "" : folder, strcmp (folder, ".") == 0 ? "" : "/", "_rels/", base, ".rels", NULL);
  RelationsReader reader = { relations, part };

  if (!mc_xlsx_package_has (self, name))
    return g_steal_pointer (&relations);
  if (!mc_xlsx_xml_parse (self, name, &handlers, &reader, NULL, error))
    return NULL;
  return g_steal_pointer (&relations);
}

const McXlsxRelation *
mc_xlsx_relation_find_type (GPtrArray *relations, const char *type)
{
  for (guint i = 0; i < relations->len; i++)
    if (strcmp (((McXlsxRelation *) relations->pdata[i])->type, type) == 0)
      return relations->pdata[i];
  return NULL;
}

const McXlsxRelation *
mc_xlsx_relation_find_id (GPtrArray *relations, const char *id)
{
  for (guint i = 0; i < relations->len; i++)
    if (g_strcmp0 (((McXlsxRelation *) relations->pdata[i])->id, id) == 0)
      return relations->pdata[i];
  return NULL;
}
