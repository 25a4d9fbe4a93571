/* SPDX-License-Identifier: GPL-3.0-or-later
 * Numbered SQL that brings a database file to the newest schema. */
#include "mc-migration.h"

#include <gio/gio.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include "mc-disk.h"

#define FOLDER "/org/mingcha/Mingcha/store/migrations"

static GBytes *
find_step (int number)
{
  g_autofree char *path = g_strdup_printf (FOLDER "/%04d.sql", number);

  return g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
}

int
mc_database_newest_schema (void)
{
  static gsize newest = 0;

  if (g_once_init_enter (&newest))
    {
      int n = 0;

      for (;;)
        {
          g_autoptr (GBytes) step = find_step (n + 1);

          if (!step)
            break;
          n++;
        }
      g_assert_cmpint (n, >, 0);
      g_once_init_leave (&newest, (gsize) n);
    }
  return (int) newest;
}

int
mc_database_get_schema (McDatabase *self)
{
  gint64 version = 0;

  if (!mc_database_integer (self, "PRAGMA user_version", 0, &version, NULL))
    return 0;
  return (int) version;
}

gboolean
mc_migration_check_newer (McDatabase  *database,
                          GError     **error)
{
  gint64 version;

  if (!mc_database_integer (database, "PRAGMA user_version", 0, &version, error))
    return FALSE;
  if (version <= mc_database_newest_schema ())
    return TRUE;
  g_set_error (error, MC_STORE_ERROR, MC_STORE_ERROR_NEWER,
               _("“%s” was made by a newer version of Mingcha (schema %d; this version knows %d). Nothing was changed in it; update the program."),
               mc_database_get_path (database), (int) version, mc_database_newest_schema ());
  return FALSE;
}

static gboolean
back_up (McDatabase  *database,
         int          version,
         GError     **error)
{
  const char *path = mc_database_get_path (database);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *target = g_strdup_printf ("%s.schema-%d", path, version);
  gint64 pages, page_size;

  if (!mc_database_integer (database, "PRAGMA page_count", 0, &pages, error) ||
      !mc_database_integer (database, "PRAGMA page_size", 0, &page_size, error))
    return FALSE;
  /* Room for the copy, and as much again for the migration's own -wal. */
  if (!mc_disk_has_room (folder, 2 * (guint64) pages * (guint64) page_size, error))
    return FALSE;
  for (guint n = 2; g_file_test (target, G_FILE_TEST_EXISTS); n++)
    {
      g_free (target);
      target = g_strdup_printf ("%s.schema-%d-%u", path, version, n);
    }
  return mc_database_copy (database, target, error);
}

/* Lines of entities that the older version did not know wait in the log: the store rebuilds before it is used. */
#define NOTE_REBUILD "INSERT OR REPLACE INTO local_setting (key, value) VALUES ('rebuild_due', 1)"

static gboolean
run_step (McDatabase  *database,
          int          number,
          GError     **error)
{
  g_autoptr (GBytes) step = find_step (number);
  g_autofree char *sql = g_strndup (g_bytes_get_data (step, NULL), g_bytes_get_size (step));
  g_autofree char *version = g_strdup_printf ("PRAGMA user_version = %d", number);

  if (!mc_database_execute (database, "BEGIN EXCLUSIVE", error))
    return FALSE;
  if (mc_database_execute (database, sql, error) && mc_database_execute (database, version, error) &&
      (number == 1 || mc_database_execute (database, NOTE_REBUILD, error)) &&
      mc_database_execute (database, "COMMIT", error))
    return TRUE;
  if (!mc_database_execute (database, "ROLLBACK", NULL))
    g_debug ("SQLite had rolled back by itself");
  return FALSE;
}

gboolean
mc_migration_rebuild_due (McDatabase  *database,
                          gboolean    *due,
                          GError     **error)
{
  gint64 value;

  if (!mc_database_integer (database, "SELECT value FROM local_setting WHERE key = 'rebuild_due'", 0, &value, error))
    return FALSE;
  *due = value != 0;
  return TRUE;
}

gboolean
mc_migration_rebuild_done (McDatabase  *database,
                           GError     **error)
{
  return mc_database_execute (database, "DELETE FROM local_setting WHERE key = 'rebuild_due'", error);
}

gboolean
mc_migration_run (McDatabase  *database,
                  GError     **error)
{
  gint64 version;

  if (!mc_migration_check_newer (database, error) ||
      !mc_database_integer (database, "PRAGMA user_version", 0, &version, error))
    return FALSE;
  if (version == mc_database_newest_schema ())
    return TRUE;
  if (version > 0 && mc_database_get_mode (database) != MC_STORE_MODE_COPY && !back_up (database, (int) version, error))
    return FALSE;
  while (version < mc_database_newest_schema ())
    if (!run_step (database, (int) ++version, error))
      return FALSE;
  return TRUE;
}
