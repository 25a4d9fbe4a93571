/* SPDX-License-Identifier: GPL-3.0-or-later
 * A part of a workbook as a stream of elements and text. Refuses document types, and with them every entity. */
#pragma once

#include "mc-xlsx-package.h"

G_BEGIN_DECLS

typedef struct _McXlsxXml McXlsxXml;

/* Attributes of one element; names and values are valid during the call only. */
typedef struct
{
  const void *values;
  int n_values;
} McXlsxAttributes;

/* The value of the attribute of that local name in @length bytes, not terminated; NULL if there is none. Entities are replaced. */
const char *mc_xlsx_attributes_find (const McXlsxAttributes *attributes, const char *name, gsize *length);
/* The same as a copy. */
char *mc_xlsx_attributes_dup (const McXlsxAttributes *attributes, const char *name);
/* Decimal digits; @fallback if missing or anything else. */
gint64 mc_xlsx_attributes_integer (const McXlsxAttributes *attributes, const char *name, gint64 fallback);
/* "1" and "true". */
gboolean mc_xlsx_attributes_boolean (const McXlsxAttributes *attributes, const char *name, gboolean fallback);

/* Local names, whatever the prefix. A handler that fails sets an error with mc_xlsx_xml_fail(). */
typedef struct
{
  void (*start) (gpointer data, const char *name, const McXlsxAttributes *attributes);
  void (*end) (gpointer data, const char *name);
  void (*text) (gpointer data, const char *text, gsize length);
} McXlsxHandlers;

McXlsxXml *mc_xlsx_xml_new (McXlsxPackage *package, const char *part, const McXlsxHandlers *handlers, gpointer data, GError **error);
void mc_xlsx_xml_free (McXlsxXml *self);

/* Parses some more, calling the handlers. *@more FALSE: that was the end. */
gboolean mc_xlsx_xml_step (McXlsxXml *self, gboolean *more, GError **error);
double mc_xlsx_xml_get_progress (McXlsxXml *self);

/* From a handler: stops with @error, which is taken. The first one counts. */
void mc_xlsx_xml_fail (McXlsxXml *self, GError *error);

/* The whole of a small part at once. @self_out (may be NULL) is set before the first handler runs, for mc_xlsx_xml_fail(). */
gboolean mc_xlsx_xml_parse (McXlsxPackage *package, const char *part, const McXlsxHandlers *handlers, gpointer data, McXlsxXml **self_out, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (McXlsxXml, mc_xlsx_xml_free)

G_END_DECLS
