/* SPDX-License-Identifier: GPL-3.0-or-later
 * Which column of an official's sheet holds which field: finds the header among titles, units and notes. Pure. */
#pragma once

#include "mc-table-reader.h"
#include "store/mc-entity.h"

G_BEGIN_DECLS

typedef enum
{
  MC_IMPORT_FACILITIES,
  MC_IMPORT_INSPECTORS,
} McImportKind;

/* Names of areas may stand in several columns, from wide to narrow; and an address names one too. */
typedef enum
{
  MC_AREA_PART_NONE,
  MC_AREA_PART_ANY,
  MC_AREA_PART_CITY,
  MC_AREA_PART_COUNTY,
  MC_AREA_PART_TOWNSHIP,
  MC_AREA_PART_VILLAGE,
} McAreaPart;

typedef struct
{
  guint column;          /* 1 is A; 0: no column, a constant */
  char *title;           /* as the sheet has it, headers of two rows joined by a space */
  const McField *field;  /* NULL: not taken */
  McAreaPart area_part;  /* of the field `area` */
  gint64 numerator, denominator; /* a number of the cell × this = the stored integer (10,000 yuan: 1000000/1); 0: its cells must name the unit */
  char *unit;            /* as the sheet has it, or NULL */
  gboolean chosen;       /* by a person, not by its title */
  GHashTable *codes;     /* of a choice or a list of codes: texts of cells → codes, as they are met; else NULL */
  char *constant;        /* of column 0: for the rows that say nothing of the field */
  char *remark;          /* why it is not taken though its title is known; translated; NULL if there is nothing to say */
} McImportColumn;

typedef struct
{
  McImportKind kind;
  guint64 header_row;    /* the last row of the header */
  guint64 first_row;     /* the first row that may hold data */
  gboolean name_alone;   /* no other title is known: another sheet may say more */
  GPtrArray *columns;    /* of McImportColumn: every column with a title or a map */
} McImportMapping;

void mc_import_mapping_free (McImportMapping *mapping);
const McImportColumn *mc_import_mapping_find (const McImportMapping *mapping, const char *key);

/* Looks at the first rows of the selected sheet (which it reads; select the sheet again afterwards). @maps, NULL-terminated or NULL: "COLUMN=FIELD"
 * (column as letter or title, field as key or title, "FIELD@UNIT" with a unit), "COLUMN=" to leave a column out, "=VALUE=FIELD" for what new
 * records get whose row says nothing of the field. NULL with MC_IMPORT_ERROR_NO_HEADER or MC_IMPORT_ERROR_MAPPING. */
McImportMapping *mc_import_mapping_detect (McTableReader *reader, McImportKind kind, const char *const *maps, GError **error);

/* The entity whose records a sheet of @kind holds. */
const McEntity *mc_import_entity (McImportKind kind);

/* The fields that a sheet of @kind can fill, NULL-terminated, static; for the preview's choice of columns. */
const McField *const *mc_import_fields (McImportKind kind);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (McImportMapping, mc_import_mapping_free)

G_END_DECLS
