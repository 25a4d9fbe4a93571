/* SPDX-License-Identifier: GPL-3.0-or-later
 * From a row of the table to the record that it describes, and what is wrong with its cells. Pure. */
#pragma once

#include "mc-area.h"
#include "mc-import-mapping.h"
#include "store/mc-record.h"

G_BEGIN_DECLS

typedef struct
{
  guint index; /* of the field */
  McValue value;
} McImportConstant;

/* What rows are read against; borrowed. */
typedef struct
{
  const McImportMapping *mapping;
  McAreaTree *tree;
  const GPtrArray *authorities; /* of McAuthority */
  const McArea *default_area;   /* names are looked for here first; or NULL */
  const char *default_authority;/* id or NULL */
  gboolean uses_1904;
  GArray *constants;            /* of McImportConstant: for rows that say nothing of the field */
  GHashTable *areas;            /* text → McArea, found before */
  GHashTable *unknown_areas;    /* text → message */
} McImportContext;

void mc_import_context_init (McImportContext *self);
void mc_import_context_clear (McImportContext *self);

/* Reads the constants of the mapping, once for all rows; the other members are set before. MC_IMPORT_ERROR_MAPPING: one is no value of its field. */
gboolean mc_import_context_take_constants (McImportContext *self, GError **error);

typedef struct
{
  const McImportColumn *column; /* NULL: the whole row */
  gboolean rejects;             /* else a remark */
  char *text;
} McRowNote;

typedef struct
{
  guint64 row;
  McRecord *record;   /* new, with a throw-away id; what the row says */
  char *id;           /* that it would get as a new record; NULL before mc_import_item_identify(), or if what makes it is missing */
  guint64 given;      /* bits: fields (by index) that the row holds */
  guint64 defaulted;  /* bits: fields filled in for a new record only */
  GArray *notes;      /* of McRowNote */
  gboolean rejected;
} McImportItem;

McImportItem *mc_import_item_new (McImportContext *context, const McTableRow *row);
void mc_import_item_free (McImportItem *item);
void mc_import_item_identify (McImportItem *item, McImportKind kind);

/* Takes @text. @key NULL: the whole row. */
void mc_import_item_note (McImportItem *item, McImportContext *context, const char *key, gboolean rejects, char *text);

/* The sentence that @text is no area, with the nearest names. Caller frees. */
char *mc_import_explain_area (McAreaTree *tree, const char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (McImportItem, mc_import_item_free)

G_END_DECLS
