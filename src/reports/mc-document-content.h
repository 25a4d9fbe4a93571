/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a document says, block by block: a template with its values filled in and its conditions decided. Every writer sets this, and nothing else. */
#pragma once

#include "mc-document-template.h"
#include "mc-document-values.h"

G_BEGIN_DECLS

/* A line of text in which each '\t' is a place to write on, e.g. to sign. */
typedef struct
{
  char *text;
  GPtrArray *images; /* of McDocumentImage or NULL: what stands on each place, in order; may be shorter than the places are many */
} McContentLine;

typedef struct
{
  char *heading;    /* a row that is one text over all columns; else NULL */
  GPtrArray *cells; /* of char *: of fields, label and value by turns */
} McContentRow;

typedef struct
{
  char *title;
  double weight;    /* share of the width */
  gboolean centred;
} McContentColumn;

typedef struct
{
  McDocumentImage *image; /* owned */
  char *caption;
} McContentPhoto;

/* Members that a kind does not have are NULL. */
typedef struct
{
  McBlockKind kind;
  McTextStyle style;
  char *text;         /* paragraph; of an empty table; authority of the seal */
  char *date;         /* of the seal */
  GPtrArray *rows;    /* of McContentRow: of fields and tables */
  GPtrArray *columns; /* of McContentColumn: of a table */
  GPtrArray *lines;   /* of McContentLine: signatures */
  GPtrArray *photos;  /* of McContentPhoto */
} McContentBlock;

/* Reference counted; not changed once it is made. */
typedef struct
{
  gatomicrefcount refs;
  char *authority;
  char *title;
  char *number;
  McContentLine *page_signatures; /* on every page */
  char *page_number;              /* still with {{page}} and {{pages}} */
  char *footer;                   /* on the left of the footer: the check of the text, or the draft's mark */
  char *footer_last;              /* under it on the last page; "" if there is none */
  char *draft;                    /* the mark across every page; NULL: it is no draft */
  const char *fonts[3];           /* of the template: body, heading, title */
  McDocumentTemplate *template;   /* owned */
  GPtrArray *blocks;              /* of McContentBlock */
} McDocumentContent;

/* @authority_kind (may be NULL): whose title it has. */
McDocumentContent *mc_document_content_new (McDocumentTemplate *template, McDocumentValues *values, const char *authority_kind);
McDocumentContent *mc_document_content_ref (McDocumentContent *self);
void mc_document_content_free (McDocumentContent *self); /* lets one reference go */

/* All its text in the order of reading, a line of its own for each; what the digest of a document is made of. Caller frees. */
char *mc_document_content_get_text (const McDocumentContent *self);

/* The number of page @page (0 is the first) of @n_pages, as the footer says it. Caller frees. */
char *mc_document_content_get_page_number (const McDocumentContent *self, guint page, guint n_pages);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (McDocumentContent, mc_document_content_free)

G_END_DECLS
