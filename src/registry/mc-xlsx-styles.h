/* SPDX-License-Identifier: GPL-3.0-or-later
 * Which cell styles of a workbook show a number as a date, or pad it with zeros. */
#pragma once

#include "mc-xlsx-package.h"

G_BEGIN_DECLS

typedef enum
{
  MC_NUMBER_PLAIN,
  MC_NUMBER_DATE,
  MC_NUMBER_PADDED, /* a format of zeros only: codes kept as numbers */
} McNumberStyle;

typedef struct
{
  McNumberStyle style;
  guint digits; /* of PADDED */
} McNumberFormat;

/* What a format code ("yyyy\-mm\-dd") does. Pure. */
McNumberFormat mc_number_format_from_code (const char *code);

/* Of McNumberFormat, by the index that cells name. @part NULL: a workbook without styles. */
GArray *mc_xlsx_styles_read (McXlsxPackage *package, const char *part, GError **error);

G_END_DECLS
