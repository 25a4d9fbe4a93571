/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a document says: texts by the names of fields, and tables of such texts. Plain values, no store. */
#pragma once

#include "mc-document-image.h"

G_BEGIN_DECLS

typedef struct _McDocumentValues McDocumentValues;

McDocumentValues *mc_document_values_new (void);
McDocumentValues *mc_document_values_ref (McDocumentValues *self);
void mc_document_values_unref (McDocumentValues *self);

/* @text NULL: empty. Tabs become spaces, other control characters but line ends are left out. */
void mc_document_values_set (McDocumentValues *self, const char *field, const char *text);
void mc_document_values_take (McDocumentValues *self, const char *field, char *text);

/* "" if it was not set. */
const char *mc_document_values_get (McDocumentValues *self, const char *field);

/* Begins a row of @table; what is set next with mc_document_values_set_cell() is its. */
void mc_document_values_add_row (McDocumentValues *self, const char *table);
void mc_document_values_set_cell (McDocumentValues *self, const char *table, const char *column, const char *text);

/* A row that is one text over all columns. */
void mc_document_values_add_heading (McDocumentValues *self, const char *table, const char *text);

guint mc_document_values_n_rows (McDocumentValues *self, const char *table);
/* The text over all columns; NULL: an ordinary row. */
const char *mc_document_values_get_heading (McDocumentValues *self, const char *table, guint row);
const char *mc_document_values_get_cell (McDocumentValues *self, const char *table, guint row, const char *column);

/* Adds a picture of @name: of a table, one for each of its rows; or "signature.ROLE". @image NULL: that one has none. */
void mc_document_values_add_image (McDocumentValues *self, const char *name, McDocumentImage *image);
/* NULL if there is none. Borrowed. */
McDocumentImage *mc_document_values_get_image (McDocumentValues *self, const char *name, guint index);

/* TRUE if @name is a field that is not empty or a table that has rows. */
gboolean mc_document_values_has (McDocumentValues *self, const char *name);

/* @text with each {{field}} replaced by its text, and, in row @row of @table (may be NULL), each {{row.column}}. Caller frees. */
char *mc_document_values_expand (McDocumentValues *self, const char *text, const char *table, guint row);

/* Calls @func with each name between {{ and }} of @text, until it returns FALSE; FALSE then, or if a {{ is not closed (name NULL). */
typedef gboolean (*McPlaceholderFunc) (const char *name, gpointer user_data);
gboolean mc_document_values_foreach_placeholder (const char *text, McPlaceholderFunc func, gpointer user_data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (McDocumentValues, mc_document_values_unref)

G_END_DECLS
