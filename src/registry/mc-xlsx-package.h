/* SPDX-License-Identifier: GPL-3.0-or-later
 * The zip around a workbook: its parts, read as streams with limits, and the relations between them. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _McXlsxPackage McXlsxPackage;
typedef struct _McXlsxPart McXlsxPart;

/* Reads the list of parts. MC_TABLE_ERROR_DAMAGED, ENCRYPTED, FORMAT. */
McXlsxPackage *mc_xlsx_package_open (const char *path, GCancellable *cancellable, GError **error);
void mc_xlsx_package_free (McXlsxPackage *self);

gboolean mc_xlsx_package_has (McXlsxPackage *self, const char *part);

/* Opens the part of that name ("xl/workbook.xml"). */
McXlsxPart *mc_xlsx_part_open (McXlsxPackage *self, const char *name, GError **error);
void mc_xlsx_part_free (McXlsxPart *part);

/* The next bytes, valid until the next call; @length 0 at the end. Its limits (size, ratio) and checksum are MC_TABLE_ERROR_LIMIT and DAMAGED. */
gboolean mc_xlsx_part_read (McXlsxPart *part, const char **data, gsize *length, GError **error);
double mc_xlsx_part_get_progress (McXlsxPart *part);

/* DAMAGED for the part @name, with the reason in the words of @detail. FALSE. */
gboolean mc_xlsx_package_set_damaged (McXlsxPackage *self, const char *name, const char *detail, GError **error);

typedef struct
{
  char *id;
  char *type;   /* the last word of the URI: "worksheet", "sharedStrings" */
  char *target; /* the name of the part, resolved */
} McXlsxRelation;

/* The relations of @part ("": of the package); an empty array if there are none. Of McXlsxRelation. */
GPtrArray *mc_xlsx_package_relations (McXlsxPackage *self, const char *part, GError **error);
/* The first of @type, or of @id; NULL if none. */
const McXlsxRelation *mc_xlsx_relation_find_type (GPtrArray *relations, const char *type);
const McXlsxRelation *mc_xlsx_relation_find_id (GPtrArray *relations, const char *id);

/* Resolves @target as it stands in the relations of @part: absolute or relative, with "..". Caller frees. */
char *mc_xlsx_resolve_target (const char *part, const char *target);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (McXlsxPackage, mc_xlsx_package_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (McXlsxPart, mc_xlsx_part_free)

G_END_DECLS
