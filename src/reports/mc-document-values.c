/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a document says: texts by the names of fields, and tables of such texts. Plain values, no store. */
#include "mc-document-values.h"

#include <string.h>

#define ROW_PREFIX "row."

typedef struct
{
  char *heading;
  GHashTable *cells; /* column → text */
} Row;

struct _McDocumentValues
{
  gatomicrefcount refs;
  GHashTable *fields; /* field → text */
  GHashTable *tables; /* table → GPtrArray of Row */
  GHashTable *images; /* name → GPtrArray of McDocumentImage or NULL */
};

static void
row_free (Row *row)
{
  g_free (row->heading);
  g_hash_table_unref (row->cells);
  g_free (row);
}

McDocumentValues *
mc_document_values_new (void)
{
  McDocumentValues *self = g_new0 (McDocumentValues, 1);

  g_atomic_ref_count_init (&self->refs);
  self->fields = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->tables = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  self->images = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  return self;
}

McDocumentValues *
mc_document_values_ref (McDocumentValues *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
mc_document_values_unref (McDocumentValues *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_hash_table_unref (self->fields);
  g_hash_table_unref (self->tables);
  g_hash_table_unref (self->images);
  g_free (self);
}

/* What people pasted is kept from acting: a tab would be a place to write on, and no font has control characters. Changes @text. */
static char *
tame (char *text)
{
  char *to = text;

  for (const char *at = text; *at; at++)
    if (*at == '\t')
      *to++ = ' ';
    else if ((guchar) *at >= 0x20 && *at != 0x7f)
      *to++ = *at;
    else if (*at == '\n')
      *to++ = *at;
  *to = '\0';
  return text;
}

void
mc_document_values_set (McDocumentValues *self, const char *field, const char *text)
{
  mc_document_values_take (self, field, g_strdup (text ? text : ""));
}

void
mc_document_values_take (McDocumentValues *self, const char *field, char *text)
{
  g_hash_table_replace (self->fields, g_strdup (field), text ? tame (text) : g_strdup (""));
}

const char *
mc_document_values_get (McDocumentValues *self, const char *field)
{
  const char *text = g_hash_table_lookup (self->fields, field);

  return text ? text : "";
}

static Row *
add_row (McDocumentValues *self, const char *table)
{
  GPtrArray *rows = g_hash_table_lookup (self->tables, table);
  Row *row = g_new0 (Row, 1);

  if (!rows)
    {
      rows = g_ptr_array_new_with_free_func ((GDestroyNotify) row_free);
      g_hash_table_insert (self->tables, g_strdup (table), rows);
    }
  row->cells = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_ptr_array_add (rows, row);
  return row;
}

static Row *
get_row (McDocumentValues *self, const char *table, guint row)
{
  GPtrArray *rows = g_hash_table_lookup (self->tables, table);

  return rows && row < rows->len ? g_ptr_array_index (rows, row) : NULL;
}

void
mc_document_values_add_row (McDocumentValues *self, const char *table)
{
  add_row (self, table);
}

void
mc_document_values_set_cell (McDocumentValues *self, const char *table, const char *column, const char *text)
{
  guint n_rows = mc_document_values_n_rows (self, table);

  g_return_if_fail (n_rows > 0);
  g_hash_table_replace (get_row (self, table, n_rows - 1)->cells, g_strdup (column), tame (g_strdup (text ? text : "")));
}

void
mc_document_values_add_heading (McDocumentValues *self, const char *table, const char *text)
{
  add_row (self, table)->heading = g_strdup (text);
}

guint
mc_document_values_n_rows (McDocumentValues *self, const char *table)
{
  GPtrArray *rows = g_hash_table_lookup (self->tables, table);

  return rows ? rows->len : 0;
}

const char *
mc_document_values_get_heading (McDocumentValues *self, const char *table, guint row)
{
  const Row *found = get_row (self, table, row);

  return found ? found->heading : NULL;
}

const char *
mc_document_values_get_cell (McDocumentValues *self, const char *table, guint row, const char *column)
{
  const Row *found = get_row (self, table, row);
  const char *text = found ? g_hash_table_lookup (found->cells, column) : NULL;

  return text ? text : "";
}

static void
image_free (gpointer image)
{
  if (image)
    mc_document_image_unref (image);
}

void
mc_document_values_add_image (McDocumentValues *self, const char *name, McDocumentImage *image)
{
  GPtrArray *images = g_hash_table_lookup (self->images, name);

  if (!images)
    {
      images = g_ptr_array_new_with_free_func (image_free);
      g_hash_table_insert (self->images, g_strdup (name), images);
    }
  g_ptr_array_add (images, image ? mc_document_image_ref (image) : NULL);
}

McDocumentImage *
mc_document_values_get_image (McDocumentValues *self, const char *name, guint index)
{
  GPtrArray *images = g_hash_table_lookup (self->images, name);

  return images && index < images->len ? g_ptr_array_index (images, index) : NULL;
}

gboolean
mc_document_values_has (McDocumentValues *self, const char *name)
{
  return *mc_document_values_get (self, name) != '\0' || mc_document_values_n_rows (self, name) > 0;
}

char *
mc_document_values_expand (McDocumentValues *self, const char *text, const char *table, guint row)
{
  GString *expanded = g_string_new (NULL);
  const char *open;

  while ((open = strstr (text, "{{")))
    {
      const char *close = strstr (open, "}}");
      g_autofree char *name = NULL;

      if (!close)
        break;
      name = g_strndup (open + 2, (gsize) (close - open - 2));
      g_string_append_len (expanded, text, open - text);
      if (table && g_str_has_prefix (name, ROW_PREFIX))
        g_string_append (expanded, mc_document_values_get_cell (self, table, row, name + strlen (ROW_PREFIX)));
      else
        g_string_append (expanded, mc_document_values_get (self, name));
      text = close + 2;
    }
  g_string_append (expanded, text);
  return g_string_free (expanded, FALSE);
}

gboolean
mc_document_values_foreach_placeholder (const char *text, McPlaceholderFunc func, gpointer user_data)
{
  const char *open;

  while ((open = strstr (text, "{{")))
    {
      const char *close = strstr (open, "}}");
      g_autofree char *name = close ? g_strndup (open + 2, (gsize) (close - open - 2)) : NULL;

      if (!func (name, user_data) || !close)
        return FALSE;
      text = close + 2;
    }
  return TRUE;
}
