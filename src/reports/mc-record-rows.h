/* SPDX-License-Identifier: GPL-3.0-or-later
 * Rows of records as rows of a sheet: the columns of a plan, typed, with words for codes and names for references. */
#pragma once

#include "mc-column-plan.h"
#include "mc-report-names.h"
#include "mc-workbook.h"

G_BEGIN_DECLS

/* What is made of a value that is not simply that of a field. */
typedef enum
{
  MC_ROW_FIELD,         /* by the field's type */
  MC_ROW_COUNTY,        /* id of an area → its county */
  MC_ROW_BELOW_COUNTY,  /* id of an area → path below the county */
  MC_ROW_AREA_CODE,
  MC_ROW_STATE,         /* bits of McRecordState of a check → its state in words */
  MC_ROW_COUNT,         /* one of the numbers that one text holds; `index` says which */
  MC_ROW_ITEM,          /* "STANDARD ITEM" → the item's text */
  MC_ROW_SAMPLES,       /* keys of fields with sample values → their labels */
} McRowMeaning;

/* A column that is not simply a field of the entity in whose rows it stands. */
typedef struct
{
  const char *key;
  const char *sql;
  McRowMeaning meaning;
  McFieldType type;  /* of MC_ROW_FIELD */
  const char *list;  /* likewise */
  guint index;
} McRowColumn;

typedef struct
{
  const char *sheet;            /* key of the plan */
  const char *from;             /* FROM clause; ends before WHERE */
  const char *alias;            /* of the entity's own table in it */
  const McRowColumn *columns;   /* ended by a key that is NULL */
} McRowTable;

typedef struct _McRecordRows McRecordRows;

/* @names is borrowed. @rowids: of the entity's own table. */
McRecordRows *mc_record_rows_new (McStore *store, const McRowTable *table, McColumnPlan *plan, McReportNames *names,
                                  const gint64 *rowids, guint n_rowids, GCancellable *cancellable);
void mc_record_rows_free (McRecordRows *self);

const McColumn *mc_record_rows_get_columns (McRecordRows *self, guint *n_columns);

/* An McRowFunc; @rows is the McRecordRows. */
gboolean mc_record_rows_next (McCell *cells, gpointer rows, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (McRecordRows, mc_record_rows_free)

G_END_DECLS
