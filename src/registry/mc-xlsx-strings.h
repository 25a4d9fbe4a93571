/* SPDX-License-Identifier: GPL-3.0-or-later
 * The shared strings of a workbook: 16 MiB of them in memory, the others in a temporary file. */
#pragma once

#include "mc-xlsx-package.h"

G_BEGIN_DECLS

/* With what else an import of a full sheet needs, it stays within 64 MiB. */
#define MC_XLSX_STRINGS_IN_MEMORY (8 * 1024 * 1024)

typedef struct _McXlsxStrings McXlsxStrings;

/* @part NULL: a workbook without any. @in_memory: bytes; MC_XLSX_STRINGS_IN_MEMORY but for tests. */
McXlsxStrings *mc_xlsx_strings_read (McXlsxPackage *package, const char *part, gsize in_memory, GError **error);
void mc_xlsx_strings_free (McXlsxStrings *self);

guint64 mc_xlsx_strings_get_n (McXlsxStrings *self);

/* Appends the string @index to @out. FALSE with @error if the temporary file fails, without one if there is no such string. */
gboolean mc_xlsx_strings_append (McXlsxStrings *self, guint64 index, GString *out, GError **error);

/* Appends @text to @out with _x000D_ and its like as the characters they stand for (ECMA-376 part 1, 22.9.2.19). */
void mc_xlsx_append_unescaped (GString *out, const char *text, gsize length);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (McXlsxStrings, mc_xlsx_strings_free)

G_END_DECLS
