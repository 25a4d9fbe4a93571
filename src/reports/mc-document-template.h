/* SPDX-License-Identifier: GPL-3.0-or-later
 * A document's template: data, read from JSON and held against the fields that its kind of document has. */
#pragma once

#include "mc-report-error.h"

G_BEGIN_DECLS

/* {
 *   "id": NAME, "title": TEXT, "authority": TEXT, "number": TEXT,
 *   "by_authority": {KIND OF AUTHORITY: {"title": TEXT}},   optional: where an authority calls the document by another name
 *   "number_word": TEXT,                optional: what {word} of an authority's pattern of numbers becomes
 *   "signers": [{"role": ROLE, "required": BOOLEAN}, …],    optional: who signs it; a code of signature-role
 *   "delivered": BOOLEAN,               optional: it is handed over, and that is recorded
 *   "clock": "delivery"|"day",          optional: whether the days it gives are counted from its delivery
 *   "fonts": {"body": FAMILIES, "heading": FAMILIES, "title": FAMILIES},
 *   "page_signatures": TEXT,            on every page, above the footer
 *   "page_number": TEXT with {{page}} and {{pages}},
 *   "seal_text": TEXT, "seal_text_last": TEXT,   in the footer, and on the last page
 *   "page_signature_roles": [ROLE, …],  optional: whose each of its places is, in order
 *   "draft": {"unless": FIELD, "text": TEXT},    optional: the mark across every page
 *   "blocks": [
 *     {"type": "paragraph", "style": "body"|"plain"|"heading"|"centre"|"right"|"small", "text": TEXT},
 *     {"type": "fields", "rows": [[{"label": TEXT, "value": TEXT}, …one or two], …]},
 *     {"type": "table", "rows": TABLE, "columns": [{"title": TEXT, "value": TEXT, "weight": N, "align": "centre"|"start"}], "empty": TEXT},
 *     {"type": "signatures", "places": [TEXT or {"text": TEXT, "roles": [ROLE, …]}, …]},
 *     {"type": "photos", "rows": TABLE},           the pictures of the rows of TABLE with their captions
 *     {"type": "seal", "authority": TEXT, "date": TEXT},
 *     {"type": "page-break"}
 *   ]
 * }
 * Every block may have "if": FIELD or TABLE, or "unless". TEXT may name fields: {{facility.name}}; the columns of a table {{row.COLUMN}}. */

typedef enum
{
  MC_BLOCK_PARAGRAPH,
  MC_BLOCK_FIELDS,
  MC_BLOCK_TABLE,
  MC_BLOCK_SIGNATURES,
  MC_BLOCK_SEAL,
  MC_BLOCK_PAGE_BREAK,
  MC_BLOCK_PHOTOS,
} McBlockKind;

typedef enum
{
  MC_STYLE_BODY,    /* first line indented by two characters */
  MC_STYLE_PLAIN,
  MC_STYLE_HEADING, /* stays with what follows */
  MC_STYLE_CENTRE,
  MC_STYLE_RIGHT,
  MC_STYLE_SMALL,
} McTextStyle;

typedef struct
{
  const char *label; /* title of a column, label of a field */
  const char *value;
  double weight;     /* share of the width, of a column */
  gboolean centred;
} McBlockColumn;

/* A line with places to sign: '\t' in its text, and whose each is. */
typedef struct
{
  const char *text;
  const char *const *roles; /* NULL-terminated; may be shorter than the places are many */
} McBlockPlace;

/* Members that a kind does not have are NULL. */
typedef struct
{
  McBlockKind kind;
  const char *condition;    /* field or table; NULL: always */
  gboolean unless;          /* shown if the condition does not hold */
  McTextStyle style;
  const char *text;         /* paragraph; empty table; authority of the seal */
  const char *date;         /* of the seal */
  const char *table;        /* name of the table */
  GPtrArray *rows;          /* of GArray of McBlockColumn: rows of fields; one row: the columns of a table */
  GArray *places;           /* of McBlockPlace: of signatures */
} McBlock;

/* Immutable, reference counted. */
typedef struct _McDocumentTemplate McDocumentTemplate;

#define MC_DOCUMENT_TEMPLATE_MAX_BYTES (1024 * 1024)

/* @known: the names of the fields of this kind of document and of its tables' columns ("findings.number"), NULL-terminated. MC_REPORT_ERROR_INPUT
 * names what is wrong and where, an unknown field above all. */
McDocumentTemplate *mc_document_template_new_from_json (const char *json, gsize length, const char *const *known, GError **error);

/* The same of a file of one's own. The error names the file too. */
McDocumentTemplate *mc_document_template_load_file (const char *path, const char *const *known, GError **error);

/* FOLDER/NAME.json if there is such a file, else the one that the program brings. @folder may be NULL. */
McDocumentTemplate *mc_document_template_load (const char *folder, const char *name, const char *const *known, GError **error);

/* One that the program brings: data/documents/NAME.json. */
McDocumentTemplate *mc_document_template_load_builtin (const char *name, const char *const *known, GError **error);

McDocumentTemplate *mc_document_template_ref (McDocumentTemplate *self);
void mc_document_template_unref (McDocumentTemplate *self);

typedef enum
{
  MC_TEMPLATE_ID,
  MC_TEMPLATE_TITLE,
  MC_TEMPLATE_AUTHORITY,
  MC_TEMPLATE_NUMBER,
  MC_TEMPLATE_PAGE_SIGNATURES,
  MC_TEMPLATE_PAGE_NUMBER,
  MC_TEMPLATE_SEAL_TEXT,
  MC_TEMPLATE_SEAL_TEXT_LAST,
  MC_TEMPLATE_DRAFT_UNLESS,
  MC_TEMPLATE_DRAFT_TEXT,
  MC_TEMPLATE_FONT_BODY,
  MC_TEMPLATE_FONT_HEADING,
  MC_TEMPLATE_FONT_TITLE,
  MC_TEMPLATE_NUMBER_WORD,
} McTemplateText;
#define MC_N_TEMPLATE_TEXTS (MC_TEMPLATE_NUMBER_WORD + 1)

/* Never NULL. */
const char *mc_document_template_get_text (McDocumentTemplate *self, McTemplateText which);

/* The title where the authority is of @authority_kind (code of authority-kind; may be NULL). */
const char *mc_document_template_get_title (McDocumentTemplate *self, const char *authority_kind);

typedef struct
{
  const char *role;  /* code of signature-role */
  gboolean required; /* the document is not signed without it */
} McTemplateSigner;
const McTemplateSigner *mc_document_template_get_signers (McDocumentTemplate *self, guint *n_signers);
const char *const *mc_document_template_get_page_signature_roles (McDocumentTemplate *self);
gboolean mc_document_template_is_delivered (McDocumentTemplate *self);
gboolean mc_document_template_counts_from_delivery (McDocumentTemplate *self);

guint mc_document_template_n_blocks (McDocumentTemplate *self);
const McBlock *mc_document_template_get_block (McDocumentTemplate *self, guint index);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (McDocumentTemplate, mc_document_template_unref)

G_END_DECLS
