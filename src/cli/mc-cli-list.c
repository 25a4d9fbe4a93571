/* SPDX-License-Identifier: GPL-3.0-or-later
 * A list as it is printed row by row: aligned columns, or a JSON array. */
#include "mc-cli-list.h"

#define ROWS_AT_ONCE 500

struct _McCliList
{
  gboolean json;
  guint64 n_rows;
  GPtrArray *rows; /* of GStrv, not yet printed */
  GArray *widths;  /* of guint: the widest cell of each column so far */
};

McCliList *
mc_cli_list_new (McCli *cli)
{
  McCliList *self = g_new0 (McCliList, 1);

  self->json = cli->json;
  self->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  self->widths = g_array_new (FALSE, TRUE, sizeof (guint));
  return self;
}

/* In cells of a terminal: a CJK character takes two. */
static guint
text_width (const char *text)
{
  guint width = 0;

  for (const char *at = text; *at; at = g_utf8_next_char (at))
    if (!g_unichar_iszerowidth (g_utf8_get_char (at)))
      width += g_unichar_iswide (g_utf8_get_char (at)) ? 2 : 1;
  return width;
}

static void
print_row (McCliList *self, GStrv row)
{
  g_autoptr(GString) line = g_string_new (NULL);

  for (guint i = 0; row[i]; i++)
    g_string_append_printf (line, "%s%*s", row[i], (int) (g_array_index (self->widths, guint, i) - text_width (row[i]) + 2), "");
  g_print ("%s\n", g_strchomp (line->str));
}

static void
flush (McCliList *self)
{
  for (guint r = 0; r < self->rows->len; r++)
    {
      GStrv row = g_ptr_array_index (self->rows, r);

      for (guint i = 0; row[i]; i++)
        {
          if (i >= self->widths->len)
            g_array_set_size (self->widths, i + 1);
          g_array_index (self->widths, guint, i) = MAX (g_array_index (self->widths, guint, i), text_width (row[i]));
        }
    }
  for (guint r = 0; r < self->rows->len; r++)
    print_row (self, g_ptr_array_index (self->rows, r));
  g_ptr_array_set_size (self->rows, 0);
}

static void
add_json (McCliList *self, const McCliCell *cells, guint n_cells)
{
  g_autoptr(JsonBuilder) builder = json_builder_new ();
  g_autoptr(JsonNode) root = NULL;
  g_autofree char *text = NULL;

  json_builder_begin_object (builder);
  for (guint i = 0; i < n_cells; i++)
    {
      if (!cells[i].key)
        continue;
      json_builder_set_member_name (builder, cells[i].key);
      if (cells[i].type == MC_CLI_TEXT)
        json_builder_add_string_value (builder, cells[i].text);
      else if (cells[i].type == MC_CLI_BOOLEAN)
        json_builder_add_boolean_value (builder, cells[i].number != 0);
      else if (cells[i].number == G_MININT64)
        json_builder_add_null_value (builder);
      else
        json_builder_add_int_value (builder, cells[i].number);
    }
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  text = json_to_string (root, FALSE);
  g_print ("%s%s", self->n_rows ? ",\n" : "[", text);
}

void
mc_cli_list_add (McCliList *self, const McCliCell *cells, guint n_cells)
{
  g_autoptr(GPtrArray) row = NULL;

  if (self->json)
    {
      add_json (self, cells, n_cells);
      self->n_rows++;
      return;
    }
  row = g_ptr_array_new ();
  for (guint i = 0; i < n_cells; i++)
    if (cells[i].shown)
      g_ptr_array_add (row, g_strdup (cells[i].shown));
  g_ptr_array_add (row, NULL);
  g_ptr_array_add (self->rows, g_ptr_array_steal (row, NULL));
  self->n_rows++;
  if (self->rows->len >= ROWS_AT_ONCE)
    flush (self);
}

void
mc_cli_list_free (McCliList *self)
{
  if (self->json)
    g_print ("%s]\n", self->n_rows ? "" : "[");
  else
    flush (self);
  g_ptr_array_unref (self->rows);
  g_array_unref (self->widths);
  g_free (self);
}
