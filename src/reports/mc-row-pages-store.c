/* SPDX-License-Identifier: GPL-3.0-or-later
 * Rows of the store in a given order, a page at a time: each read is short, so that the log of the database can be cut. */
#include "mc-row-pages.h"

#include <string.h>

#include "store/mc-disk.h"
#include "store/mc-store-private.h"

#define PAGE_ROWS 2000

struct _McRowPages
{
  McStore *store;
  GCancellable *cancellable;
  char *sql;
  guint n_columns;
  gint64 *rowids;
  guint n_rowids;
  guint next_rowid; /* the first that is not read yet */

  /* The page that is held. */
  GArray *values;   /* of McRowValue, n_columns for each row */
  GStringChunk *texts;
  guint next_row;
};

McRowPages *
mc_row_pages_new (McStore *store, const char *sql, guint n_columns, const gint64 *rowids, guint n_rowids, GCancellable *cancellable)
{
  McRowPages *self = g_new0 (McRowPages, 1);

  self->store = g_object_ref (store);
  self->cancellable = cancellable ? g_object_ref (cancellable) : NULL;
  self->sql = g_strdup (sql);
  self->n_columns = n_columns;
  self->rowids = g_memdup2 (rowids, sizeof *rowids * n_rowids);
  self->n_rowids = n_rowids;
  self->values = g_array_new (FALSE, FALSE, sizeof (McRowValue));
  self->texts = g_string_chunk_new (256 * 1024);
  return self;
}

void
mc_row_pages_free (McRowPages *self)
{
  if (!self)
    return;
  g_object_unref (self->store);
  g_clear_object (&self->cancellable);
  g_array_unref (self->values);
  g_string_chunk_free (self->texts);
  g_free (self->sql);
  g_free (self->rowids);
  g_free (self);
}

static void
keep_row (McRowPages *self, sqlite3_stmt *statement)
{
  for (guint i = 0; i < self->n_columns; i++)
    {
      int type = sqlite3_column_type (statement, (int) i);
      McRowValue value = { type == SQLITE_NULL, 0, "" };

      if (type == SQLITE_INTEGER)
        value.integer = sqlite3_column_int64 (statement, (int) i);
      else if (type == SQLITE_TEXT)
        value.text = g_string_chunk_insert_len (self->texts, (const char *) sqlite3_column_text (statement, (int) i),
                                                sqlite3_column_bytes (statement, (int) i));
      g_array_append_val (self->values, value);
    }
}

/* On the reader's thread. */
static gpointer
read_page (sqlite3 *db, gpointer data, GCancellable *cancellable, GError **error)
{
  McRowPages *self = data;
  g_autoptr (sqlite3_stmt) statement = mc_store_prepare (db, self->sql, error);
  guint end = MIN (self->next_rowid + PAGE_ROWS, self->n_rowids);

  if (!statement)
    return NULL;
  for (; self->next_rowid < end; self->next_rowid++)
    {
      int code;

      sqlite3_bind_int64 (statement, 1, self->rowids[self->next_rowid]);
      code = sqlite3_step (statement);
      if (code == SQLITE_ROW)
        keep_row (self, statement);
      else if (code != SQLITE_DONE)
        {
          mc_store_set_sqlite_error (error, db, code);
          return NULL;
        }
      sqlite3_reset (statement);
    }
  return self;
}

const McRowValue *
mc_row_pages_next (McRowPages *self, GError **error)
{
  while (self->next_row * self->n_columns >= self->values->len)
    {
      if (self->next_rowid >= self->n_rowids)
        return NULL;
      self->next_row = 0;
      g_array_set_size (self->values, 0);
      g_string_chunk_clear (self->texts);
      if (!mc_disk_go_on (self->cancellable, error) || !mc_store_read (self->store, read_page, self, self->cancellable, error))
        return NULL;
    }
  return &g_array_index (self->values, McRowValue, self->next_row++ * self->n_columns);
}

/* --- lists -------------------------------------------------------------------------------------------------- */

typedef struct
{
  const char *sql;
  const gint64 *rowids; /* NULL: the statement has no parameter */
  guint n_rowids;
  GArray *numbers;
  GHashTable *map;
} List;

static gboolean
step_all (sqlite3 *db, sqlite3_stmt *statement, List *list, GError **error)
{
  int code;

  while ((code = sqlite3_step (statement)) == SQLITE_ROW)
    {
      gint64 number = list->numbers ? sqlite3_column_int64 (statement, 0) : 0;
      const char *key = list->map ? (const char *) sqlite3_column_text (statement, 0) : NULL;

      if (list->numbers)
        g_array_append_val (list->numbers, number);
      else if (key)
        g_hash_table_replace (list->map, g_strdup (key), g_strdup ((const char *) sqlite3_column_text (statement, 1)));
    }
  if (code == SQLITE_DONE)
    return TRUE;
  mc_store_set_sqlite_error (error, db, code);
  return FALSE;
}

static gpointer
read_list (sqlite3 *db, gpointer data, GCancellable *cancellable, GError **error)
{
  List *list = data;
  g_autoptr (sqlite3_stmt) statement = mc_store_prepare (db, list->sql, error);

  if (!statement)
    return NULL;
  if (!list->rowids)
    return step_all (db, statement, list, error) ? list : NULL;
  for (guint i = 0; i < list->n_rowids; i++)
    {
      sqlite3_bind_int64 (statement, 1, list->rowids[i]);
      if (!step_all (db, statement, list, error))
        return NULL;
      sqlite3_reset (statement);
    }
  return list;
}

GArray *
mc_row_pages_list (McStore *store, const char *sql, GCancellable *cancellable, GError **error)
{
  g_autoptr (GArray) numbers = g_array_new (FALSE, FALSE, sizeof (gint64));
  List list = { .sql = sql, .numbers = numbers };

  return mc_store_read (store, read_list, &list, cancellable, error) ? g_steal_pointer (&numbers) : NULL;
}

GArray *
mc_row_pages_list_parts (McStore *store, const char *sql, const gint64 *rowids, guint n_rowids, GCancellable *cancellable, GError **error)
{
  g_autoptr (GArray) numbers = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint first = 0; first < n_rowids; first += PAGE_ROWS)
    {
      List list = { .sql = sql, .rowids = rowids + first, .n_rowids = MIN (PAGE_ROWS, n_rowids - first), .numbers = numbers };

      if (!mc_disk_go_on (cancellable, error) || !mc_store_read (store, read_list, &list, cancellable, error))
        return NULL;
    }
  return g_steal_pointer (&numbers);
}

GHashTable *
mc_row_pages_map (McStore *store, const char *sql, GCancellable *cancellable, GError **error)
{
  g_autoptr (GHashTable) map = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  List list = { .sql = sql, .map = map };

  return mc_store_read (store, read_list, &list, cancellable, error) ? g_steal_pointer (&map) : NULL;
}
