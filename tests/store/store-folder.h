/* SPDX-License-Identifier: GPL-3.0-or-later
 * A folder of its own for each test of the store (which also isolates $XDG_STATE_HOME: G_TEST_OPTION_ISOLATE_DIRS), ids and records to fill it, and a second, raw handle to look with. */
#pragma once

#include <glib/gstdio.h>
#include <sqlite3.h>

#include "store/mc-store-internal.h"

typedef struct
{
  char *path;    /* the folder */
  char *db;      /* PATH/mingcha.db */
} StoreFolder;

static inline void
store_folder_init (StoreFolder *self)
{
  self->path = g_dir_make_tmp ("mingcha-test-XXXXXX", NULL);
  g_assert_nonnull (self->path);
  self->db = g_build_filename (self->path, "data", "mingcha.db", NULL);
}

static inline void
store_folder_remove (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir && (name = g_dir_read_name (dir)))
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_file_test (child, G_FILE_TEST_IS_DIR) && !g_file_test (child, G_FILE_TEST_IS_SYMLINK))
        store_folder_remove (child);
      else
        g_assert_cmpint (g_unlink (child), ==, 0);
    }
  g_assert_cmpint (g_rmdir (path), ==, 0);
}

static inline void
store_folder_clear (StoreFolder *self)
{
  if (self->path)
    store_folder_remove (self->path);
  g_free (self->path);
  g_free (self->db);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (StoreFolder, store_folder_clear)

static inline McStore *
store_create_at (const char *path)
{
  g_autoptr (GError) error = NULL;
  McStore *store = mc_store_open (path, MC_STORE_CREATE, &error);

  g_assert_no_error (error);
  g_assert_nonnull (store);
  return store;
}

static inline McStore *
store_open_at (const char   *path,
               McStoreFlags  flags)
{
  g_autoptr (GError) error = NULL;
  McStore *store = mc_store_open (path, flags, &error);

  g_assert_no_error (error);
  g_assert_nonnull (store);
  return store;
}

/* --- looking with a second handle --------------------------------------------------------------------------- */

static inline char *
raw_text (const char *db,
          const char *sql)
{
  sqlite3 *handle = NULL;
  sqlite3_stmt *statement = NULL;
  char *text = NULL;

  g_assert_cmpint (sqlite3_open_v2 (db, &handle, SQLITE_OPEN_READONLY, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (handle, sql, -1, &statement, NULL), ==, SQLITE_OK);
  if (sqlite3_step (statement) == SQLITE_ROW)
    text = g_strdup ((const char *) sqlite3_column_text (statement, 0));
  sqlite3_finalize (statement);
  g_assert_cmpint (sqlite3_close (handle), ==, SQLITE_OK);
  return text;
}

static inline gint64
raw_integer (const char *db,
             const char *sql)
{
  g_autofree char *text = raw_text (db, sql);

  g_assert_nonnull (text);
  return g_ascii_strtoll (text, NULL, 10);
}

#define assert_raw_text(db, sql, expected)        \
  G_STMT_START {                                  \
    g_autofree char *raw_found = raw_text (db, sql); \
    g_assert_cmpstr (raw_found, ==, expected);    \
  } G_STMT_END
#define assert_raw_integer(db, sql, expected) g_assert_cmpint (raw_integer (db, sql), ==, expected)

/* --- records ------------------------------------------------------------------------------------------------ */

static inline void
store_save_ok (McStore        *store,
               const McRecord *base,
               const McRecord *edited)
{
  g_autoptr (GError) error = NULL;
  gboolean saved = mc_store_save (store, base, edited, &error);

  g_assert_no_error (error);
  g_assert_true (saved);
}

static inline McRecord *
store_load_ok (McStore    *store,
               const char *entity,
               const char *id)
{
  g_autoptr (GError) error = NULL;
  McRecord *record = mc_store_load (store, entity, id, &error);

  g_assert_no_error (error);
  g_assert_nonnull (record);
  return record;
}

/* Each returns the id of a new record, to be freed. */
static inline char *
store_add_area (McStore    *store,
                const char *name)
{
  g_autoptr (McRecord) area = mc_record_new (mc_entity_find ("area"), NULL);

  mc_record_set_text (area, "name", name);
  mc_record_set_text (area, "level", "county");
  store_save_ok (store, NULL, area);
  return g_strdup (mc_record_get_id (area));
}

static inline McRecord *
new_facility (const char *name,
              const char *area)
{
  McRecord *facility = mc_record_new (mc_entity_find ("facility"), NULL);

  mc_record_set_text (facility, "name", name);
  mc_record_set_text (facility, "kind", "elder_home");
  mc_record_set_text (facility, "status", "operating");
  mc_record_set_text (facility, "area", area);
  return facility;
}

static inline char *
store_add_facility (McStore    *store,
                    const char *name,
                    const char *area)
{
  g_autoptr (McRecord) facility = new_facility (name, area);

  store_save_ok (store, NULL, facility);
  return g_strdup (mc_record_get_id (facility));
}

static inline char *
store_add_authority (McStore    *store,
                     const char *area)
{
  g_autoptr (McRecord) authority = mc_record_new (mc_entity_find ("authority"), NULL);

  mc_record_set_text (authority, "name", "Civil Affairs Bureau");
  mc_record_set_text (authority, "kind", "civil_affairs");
  mc_record_set_text (authority, "area", area);
  store_save_ok (store, NULL, authority);
  return g_strdup (mc_record_get_id (authority));
}

/* A visit with everything that it needs. */
static inline char *
store_add_visit (McStore *store)
{
  g_autofree char *area = store_add_area (store, "Nanhu");
  g_autofree char *authority = store_add_authority (store, area);
  g_autofree char *facility = store_add_facility (store, "Home", area);
  g_autoptr (McRecord) lead = mc_record_new (mc_entity_find ("inspector"), NULL);
  g_autoptr (McRecord) visit = mc_record_new (mc_entity_find ("visit"), NULL);

  mc_record_set_text (lead, "name", "Lead");
  mc_record_set_text (lead, "employer", "Bureau");
  mc_record_set_text (lead, "authority", authority);
  mc_record_set_text (lead, "area", area);
  store_save_ok (store, NULL, lead);
  mc_record_set_text (visit, "facility", facility);
  mc_record_set_text (visit, "authority", authority);
  mc_record_set_text (visit, "area", area);
  mc_record_set_text (visit, "type", "routine");
  mc_record_set_text (visit, "standard", "a3f1a3f1a3f1a3f1a3f1a3f1a3f1a3f1a3f1a3f1a3f1a3f1a3f1a3f1a3f1a3f1");
  mc_record_set_text (visit, "checked_on", "2026-11-19");
  mc_record_set_text (visit, "lead", mc_record_get_id (lead));
  store_save_ok (store, NULL, visit);
  return g_strdup (mc_record_get_id (visit));
}

static inline McRecord *
new_answer (const char *visit,
            const char *item,
            const char *value)
{
  g_autofree char *id = mc_uuid_new_for (visit, item, NULL);
  McRecord *answer = mc_record_new (mc_entity_find ("answer"), id);

  mc_record_set_text (answer, "visit", visit);
  mc_record_set_text (answer, "item", item);
  mc_record_set_text (answer, "value", value);
  return answer;
}
