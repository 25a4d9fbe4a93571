/* SPDX-License-Identifier: GPL-3.0-or-later
 * Rows of the store in a given order, a page at a time: each read is short, so that the log of the database can be cut. */
#include "mc-row-pages.h"

#include <string.h>

#include "store/mc-disk.h"
#include "store/mc-store-private.h"

#define PAGE_ROWS 2000

/* One page is read while the other is written. */
#define N_PAGES 2

typedef struct
{
  GArray *values;      /* of McRowValue, n_columns for each row */
  GStringChunk *texts;
  GError *error;
  gboolean last;       /* nothing comes after it; it has no rows itself */
} Page;

struct _McRowPages
{
  McStore *store;
  GCancellable *cancellable;
  char *sql;
  guint n_columns;
  gint64 *rowids;
  guint n_rowids;
  guint next_rowid;    /* the first that is not read yet; the reading thread's */

  GThread *thread;
  gint stopped;        /* atomic */
  GAsyncQueue *free;   /* of Page, to be filled */
  GAsyncQueue *filled; /* of Page, in their order */
  Page *page;          /* the one whose rows are given out */
  guint next_row;
};

static Page *
page_new (void)
{
  Page *page = g_new0 (Page, 1);

  page->values = g_array_new (FALSE, FALSE, sizeof (McRowValue));
  page->texts = g_string_chunk_new (256 * 1024);
  return page;
}

static void
page_free (Page *page)
{
  g_array_unref (page->values);
  g_string_chunk_free (page->texts);
  g_clear_error (&page->error);
  g_free (page);
}

static void
keep_row (Page *page, guint n_columns, sqlite3_stmt *statement)
{
  for (guint i = 0; i < n_columns; i++)
    {
      int type = sqlite3_column_type (statement, (int) i);
      McRowValue value = { type == SQLITE_NULL, 0, "" };

      if (type == SQLITE_INTEGER)
        value.integer = sqlite3_column_int64 (statement, (int) i);
      else if (type == SQLITE_TEXT)
        value.text = g_string_chunk_insert_len (page->texts, (const char *) sqlite3_column_text (statement, (int) i),
                                                sqlite3_column_bytes (statement, (int) i));
      g_array_append_val (page->values, value);
    }
}

typedef struct
{
  McRowPages *pages;
  Page *page;
} Filling;

/* On the store's reader. */
static gpointer
read_page (sqlite3 *db, gpointer data, GCancellable *cancellable, GError **error)
{
  Filling *filling = data;
  McRowPages *self = filling->pages;
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
        keep_row (filling->page, self->n_columns, statement);
      else if (code != SQLITE_DONE)
        {
          mc_store_set_sqlite_error (error, db, code);
          return NULL;
        }
      sqlite3_reset (statement);
    }
  return self;
}

static void
fill_page (McRowPages *self, Page *page)
{
  Filling filling = { self, page };

  g_array_set_size (page->values, 0);
  g_string_chunk_clear (page->texts);
  page->last = self->next_rowid >= self->n_rowids;
  if (!page->last && mc_disk_go_on (self->cancellable, &page->error))
    mc_store_read (self->store, read_page, &filling, self->cancellable, &page->error);
  if (page->error)
    g_array_set_size (page->values, 0);
}

/* Reads pages ahead of who writes them, until there are no more, one fails, or nobody wants them. */
static gpointer
read_pages (gpointer data)
{
  McRowPages *self = data;
  gboolean more = TRUE;

  while (more)
    {
      Page *page = g_async_queue_pop (self->free);

      if (!g_atomic_int_get (&self->stopped))
        fill_page (self, page);
      more = !g_atomic_int_get (&self->stopped) && !page->last && !page->error;
      g_async_queue_push (self->filled, page);
    }
  return NULL;
}

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
  self->free = g_async_queue_new_full ((GDestroyNotify) page_free);
  self->filled = g_async_queue_new_full ((GDestroyNotify) page_free);
  for (guint i = 0; i < N_PAGES; i++)
    g_async_queue_push (self->free, page_new ());
  self->thread = g_thread_new ("mc-row-pages", read_pages, self);
  return self;
}

void
mc_row_pages_free (McRowPages *self)
{
  if (!self)
    return;
  g_atomic_int_set (&self->stopped, TRUE);
  /* Whatever the thread waits for, it gets it, and sees that it is to end. */
  g_async_queue_push (self->free, self->page ? self->page : page_new ());
  g_thread_join (self->thread);
  g_async_queue_unref (self->free);
  g_async_queue_unref (self->filled);
  g_object_unref (self->store);
  g_clear_object (&self->cancellable);
  g_free (self->sql);
  g_free (self->rowids);
  g_free (self);
}

const McRowValue *
mc_row_pages_next (McRowPages *self, GError **error)
{
  while (!self->page || self->next_row * self->n_columns >= self->page->values->len)
    {
      if (self->page && (self->page->last || self->page->error))
        return NULL;
      if (self->page)
        g_async_queue_push (self->free, self->page);
      self->page = g_async_queue_pop (self->filled);
      self->next_row = 0;
      if (self->page->error)
        {
          g_propagate_error (error, g_error_copy (self->page->error));
          return NULL;
        }
    }
  return &g_array_index (self->page->values, McRowValue, self->next_row++ * self->n_columns);
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
