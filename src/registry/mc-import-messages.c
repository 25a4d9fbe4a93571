/* SPDX-License-Identifier: GPL-3.0-or-later
 * Collects messages without holding them all, and writes them as a report. */
#include "mc-import-messages.h"

#include "mc-spill.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define LINES_IN_MEMORY (1024 * 1024)
#define COPY_BYTES (64 * 1024)

struct _McImportMessages
{
  GPtrArray *first; /* of McImportMessage */
  gboolean sorted;
  guint64 n;
  McSpill *lines;   /* the report without its header */
};

static void
message_free (gpointer data)
{
  McImportMessage *message = data;

  g_free (message->column_title);
  g_free (message->message);
  g_free (message);
}

McImportMessages *
mc_import_messages_new (void)
{
  McImportMessages *self = g_new0 (McImportMessages, 1);

  self->first = g_ptr_array_new_with_free_func (message_free);
  self->lines = mc_spill_new (LINES_IN_MEMORY);
  return self;
}

void
mc_import_messages_free (McImportMessages *self)
{
  if (!self)
    return;
  g_ptr_array_unref (self->first);
  mc_spill_free (self->lines);
  g_free (self);
}

/* A cell of the report: quoted, and never a formula. */
static void
append_quoted (GString *line, const char *text)
{
  g_string_append_c (line, '"');
  if (*text && strchr ("=+-@\t", *text))
    g_string_append_c (line, '\'');
  for (; *text; text++)
    {
      if (*text == '"')
        g_string_append_c (line, '"');
      g_string_append_c (line, *text);
    }
  g_string_append_c (line, '"');
}

static const char *
outcome_label (McImportOutcome outcome)
{
  switch (outcome)
    {
    case MC_IMPORT_UNSURE:
      return _("Unsure");
    case MC_IMPORT_REJECTED:
      return _("Not taken");
    case MC_IMPORT_SKIPPED:
      return _("Skipped");
    case MC_IMPORT_CREATED:
    case MC_IMPORT_UPDATED:
    case MC_IMPORT_UNCHANGED:
    default:
      return _("Please check");
    }
}

static gboolean
append_line (McImportMessages *self, const McImportMessage *message, GError **error)
{
  g_autoptr (GString) line = g_string_new (NULL);
  g_autofree char *column = mc_table_column_name (message->column);

  g_string_append_printf (line, "%llu,%s,", (unsigned long long) message->row, column);
  append_quoted (line, message->column_title ? message->column_title : "");
  g_string_append_c (line, ',');
  append_quoted (line, outcome_label (message->outcome));
  g_string_append_c (line, ',');
  append_quoted (line, message->message);
  g_string_append (line, "\r\n");
  return mc_spill_append (self->lines, line->str, line->len, error);
}

gboolean
mc_import_messages_add (McImportMessages *self, McImportOutcome outcome, guint64 row, guint column, const char *column_title, char *text, GError **error)
{
  McImportMessage *message = g_new0 (McImportMessage, 1);
  gboolean kept;

  message->outcome = outcome;
  message->row = row;
  message->column = column;
  message->column_title = g_strdup (column_title);
  message->message = text;
  self->n++;
  kept = append_line (self, message, error);
  if (self->first->len < MC_IMPORT_MAX_MESSAGES)
    {
      g_ptr_array_add (self->first, message);
      self->sorted = FALSE;
    }
  else
    message_free (message);
  return kept;
}

guint64
mc_import_messages_get_n (McImportMessages *self)
{
  return self->n;
}

static int
compare_messages (gconstpointer a, gconstpointer b)
{
  const McImportMessage *x = *(const McImportMessage *const *) a, *y = *(const McImportMessage *const *) b;

  if (x->row != y->row)
    return x->row < y->row ? -1 : 1;
  return (x->column > y->column) - (x->column < y->column);
}

GPtrArray *
mc_import_messages_get_first (McImportMessages *self)
{
  if (!self->sorted)
    g_ptr_array_sort (self->first, compare_messages);
  self->sorted = TRUE;
  return self->first;
}

static gboolean
write_all (FILE *file, McImportMessages *self, GError **error)
{
  g_autofree char *buffer = g_malloc (COPY_BYTES);
  guint64 size = mc_spill_get_size (self->lines);
  g_autoptr (GString) head = g_string_new ("\xef\xbb\xbf");
  const char *titles[] = { _("Row"), _("Column"), _("Title of the column"), _("Result"), _("Reason") };

  for (guint i = 0; i < G_N_ELEMENTS (titles); i++)
    {
      if (i > 0)
        g_string_append_c (head, ',');
      append_quoted (head, titles[i]);
    }
  g_string_append (head, "\r\n");
  fwrite (head->str, 1, head->len, file);
  for (guint64 at = 0; at < size; at += COPY_BYTES)
    {
      gsize n = (gsize) MIN (COPY_BYTES, size - at);

      if (!mc_spill_read (self->lines, at, buffer, n, error))
        return FALSE;
      fwrite (buffer, 1, n, file);
    }
  return TRUE;
}

gboolean
mc_import_messages_write_report (McImportMessages *self, const char *path, GError **error)
{
  g_autofree char *temporary = g_strconcat (path, ".part", NULL);
  FILE *file = g_fopen (temporary, "wbe");
  gboolean written = file && write_all (file, self, error);
  int saved = errno;

  if (file)
    {
      written = written && fflush (file) == 0 && !ferror (file) && fsync (fileno (file)) == 0;
      saved = errno;
      fclose (file);
    }
  if (written && g_rename (temporary, path) == 0)
    return TRUE;
  if (written)
    saved = errno;
  g_unlink (temporary);
  if (error && !*error)
    g_set_error (error, MC_TABLE_ERROR, MC_TABLE_ERROR_FAILED, _("The report cannot be written to “%s”: %s."), path, g_strerror (saved));
  return FALSE;
}
