/* SPDX-License-Identifier: GPL-3.0-or-later
 * A workbook: its sheets, and what they share. */
#include "mc-xlsx-reader.h"

#include "mc-table-reader-private.h"
#include "mc-xlsx-sheet.h"
#include "mc-xlsx-styles.h"
#include "mc-xlsx-xml.h"

#include <glib/gi18n.h>
#include <string.h>

#define MAX_SHEETS 1000

typedef struct
{
  McTableReader parent;
  McXlsxPackage *package;
  McXlsxWorkbook workbook;
  GPtrArray *parts; /* of char *: the part of each sheet */
  McXlsxSheet *current;
  GArray *merges;   /* of sheet merges_of − 1 */
  guint merges_of;
} McXlsxReader;

static gboolean
mc_xlsx_reader_select_sheet (McTableReader *reader, guint sheet, GError **error)
{
  McXlsxReader *self = (McXlsxReader *) reader;

  g_clear_pointer (&self->current, mc_xlsx_sheet_free);
  if (self->merges_of != sheet + 1)
    {
      g_clear_pointer (&self->merges, g_array_unref);
      self->merges = mc_xlsx_sheet_read_merges (self->package, self->parts->pdata[sheet], error);
      self->merges_of = self->merges ? sheet + 1 : 0;
    }
  if (self->merges)
    self->current = mc_xlsx_sheet_open (&self->workbook, self->parts->pdata[sheet], self->merges, error);
  return self->current != NULL;
}

static gboolean
mc_xlsx_reader_next_row (McTableReader *reader, McTableRow *row, GError **error)
{
  McXlsxReader *self = (McXlsxReader *) reader;

  return self->current && mc_xlsx_sheet_next_row (self->current, row, error);
}

static double
mc_xlsx_reader_get_progress (McTableReader *reader)
{
  McXlsxReader *self = (McXlsxReader *) reader;

  return self->current ? mc_xlsx_sheet_get_progress (self->current) : 0.0;
}

static void
mc_xlsx_reader_free (McTableReader *reader)
{
  McXlsxReader *self = (McXlsxReader *) reader;

  mc_xlsx_sheet_free (self->current);
  g_clear_pointer (&self->merges, g_array_unref);
  g_clear_pointer (&self->parts, g_ptr_array_unref);
  g_clear_pointer (&self->workbook.styles, g_array_unref);
  mc_xlsx_strings_free (self->workbook.strings);
  mc_xlsx_package_free (self->package);
  g_free (self);
}

static const McTableReaderClass xlsx_reader_class = {
  mc_xlsx_reader_free,
  mc_xlsx_reader_select_sheet,
  mc_xlsx_reader_next_row,
  mc_xlsx_reader_get_progress,
};

/* --- opening ---------------------------------------------------------------------------------------------- */

typedef struct
{
  McXlsxReader *self;
  GPtrArray *relations;
} WorkbookReader;

static void
add_sheet (WorkbookReader *reader, const McXlsxAttributes *attributes)
{
  g_autofree char *name = mc_xlsx_attributes_dup (attributes, "name");
  g_autofree char *id = mc_xlsx_attributes_dup (attributes, "id");
  g_autofree char *state = mc_xlsx_attributes_dup (attributes, "state");
  const McXlsxRelation *relation = id ? mc_xlsx_relation_find_id (reader->relations, id) : NULL;

  if (!relation || strcmp (relation->type, "worksheet") != 0 || reader->self->parts->len >= MAX_SHEETS)
    return;
  mc_table_reader_add_sheet (&reader->self->parent, name ? name : "", state && strcmp (state, "visible") != 0);
  g_ptr_array_add (reader->self->parts, g_strdup (relation->target));
}

static void
workbook_start (gpointer data, const char *name, const McXlsxAttributes *attributes)
{
  WorkbookReader *reader = data;

  if (strcmp (name, "workbookPr") == 0)
    reader->self->parent.uses_1904 = mc_xlsx_attributes_boolean (attributes, "date1904", FALSE);
  else if (strcmp (name, "sheet") == 0)
    add_sheet (reader, attributes);
}

static gboolean
set_not_a_workbook (McXlsxReader *self, GError **error)
{
  if (mc_xlsx_package_has (self->package, "content.xml"))
    g_set_error (error, MC_TABLE_ERROR, MC_TABLE_ERROR_FORMAT,
                 _("“%s” is an OpenDocument file, whatever its name says. Save it as .xlsx and import that. Nothing was changed."), self->parent.file_name);
  else if (mc_xlsx_package_has (self->package, "xl/workbook.bin"))
    g_set_error (error, MC_TABLE_ERROR, MC_TABLE_ERROR_FORMAT,
                 _("“%s” is a workbook of the .xlsb kind. Open it in Excel, save it as .xlsx, and import that. Nothing was changed."), self->parent.file_name);
  else
    g_set_error (error, MC_TABLE_ERROR, MC_TABLE_ERROR_FORMAT, _("“%s” is a packed file, but no workbook. Nothing was changed."), self->parent.file_name);
  return FALSE;
}

/* The workbook's part is whatever the package's relations say; some writers leave them out. */
static gboolean
find_workbook (McXlsxReader *self, char **part, GError **error)
{
  g_autoptr (GPtrArray) relations = mc_xlsx_package_relations (self->package, "", error);
  const McXlsxRelation *relation;

  if (!relations)
    return FALSE;
  relation = mc_xlsx_relation_find_type (relations, "officeDocument");
  *part = g_strdup (relation ? relation->target : "xl/workbook.xml");
  if (!mc_xlsx_package_has (self->package, *part) || g_str_has_suffix (*part, ".bin") || g_str_has_prefix (*part, "word/") || g_str_has_prefix (*part, "ppt/"))
    return set_not_a_workbook (self, error);
  return TRUE;
}

/* The related part, or NULL if there is none in the package: a workbook may go without strings or styles. */
static const char *
related_part (McXlsxReader *self, GPtrArray *relations, const char *type)
{
  const McXlsxRelation *relation = mc_xlsx_relation_find_type (relations, type);

  return relation && mc_xlsx_package_has (self->package, relation->target) ? relation->target : NULL;
}

static gboolean
read_workbook (McXlsxReader *self, GError **error)
{
  static const McXlsxHandlers handlers = { workbook_start, NULL, NULL };
  g_autofree char *part = NULL;
  g_autoptr (GPtrArray) relations = NULL;
  WorkbookReader reader = { self, NULL };

  if (!find_workbook (self, &part, error))
    return FALSE;
  reader.relations = relations = mc_xlsx_package_relations (self->package, part, error);
  if (!relations || !mc_xlsx_xml_parse (self->package, part, &handlers, &reader, NULL, error))
    return FALSE;
  if (self->parts->len == 0)
    return mc_xlsx_package_set_damaged (self->package, part, _("it has no sheets"), error);
  self->workbook.styles = mc_xlsx_styles_read (self->package, related_part (self, relations, "styles"), error);
  if (!self->workbook.styles)
    return FALSE;
  self->workbook.strings = mc_xlsx_strings_read (self->package, related_part (self, relations, "sharedStrings"), MC_XLSX_STRINGS_IN_MEMORY, error);
  return self->workbook.strings != NULL;
}

static guint
first_visible (McXlsxReader *self)
{
  for (guint i = 0; i < self->parts->len; i++)
    if (!mc_table_reader_sheet_is_hidden (&self->parent, i))
      return i;
  return 0;
}

McTableReader *
mc_xlsx_reader_open (const char *path, GCancellable *cancellable, GError **error)
{
  McXlsxReader *self = g_new0 (McXlsxReader, 1);

  mc_table_reader_init (&self->parent, &xlsx_reader_class, path, cancellable);
  self->parent.format = "xlsx";
  self->parts = g_ptr_array_new_with_free_func (g_free);
  self->package = mc_xlsx_package_open (path, cancellable, error);
  if (self->package && read_workbook (self, error))
    {
      self->workbook.package = self->package;
      self->workbook.uses_1904 = self->parent.uses_1904;
      self->workbook.file_name = self->parent.file_name;
      if (mc_table_reader_select_sheet (&self->parent, first_visible (self), error))
        return &self->parent;
    }
  mc_table_reader_free (&self->parent);
  return NULL;
}
