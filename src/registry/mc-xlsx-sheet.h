/* SPDX-License-Identifier: GPL-3.0-or-later
 * One sheet of a workbook as rows: cells of every type, merged cells, dates by their style. */
#pragma once

#include "mc-table-reader.h"
#include "mc-xlsx-package.h"
#include "mc-xlsx-strings.h"

G_BEGIN_DECLS

/* What all sheets of a workbook share; borrowed. */
typedef struct
{
  McXlsxPackage *package;
  McXlsxStrings *strings;
  GArray *styles; /* of McNumberFormat */
  gboolean uses_1904;
  const char *file_name;
} McXlsxWorkbook;

typedef struct
{
  guint first_row, last_row, first_column, last_column;
} McXlsxMerge;

/* The merged cells of the sheet @part, by first row; at most 100,000. They stand behind the rows, so this reads it all. */
GArray *mc_xlsx_sheet_read_merges (McXlsxPackage *package, const char *part, GError **error);

typedef struct _McXlsxSheet McXlsxSheet;

/* @merges is borrowed. */
McXlsxSheet *mc_xlsx_sheet_open (const McXlsxWorkbook *workbook, const char *part, GArray *merges, GError **error);
void mc_xlsx_sheet_free (McXlsxSheet *self);

gboolean mc_xlsx_sheet_next_row (McXlsxSheet *self, McTableRow *row, GError **error);
double mc_xlsx_sheet_get_progress (McXlsxSheet *self);

/* "B7", also "$B$7"; FALSE if it is none or outside the sheet. */
gboolean mc_xlsx_parse_reference (const char *text, gsize length, guint *column, guint *row);

/* A number as it stands in a cell in plain decimal digits: without exponent, without the noise of binary fractions after the
 * 15th digit, whole numbers with all digits that are there. FALSE if it is no number. */
gboolean mc_xlsx_append_number (GString *out, const char *text, gsize length);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (McXlsxSheet, mc_xlsx_sheet_free)

G_END_DECLS
