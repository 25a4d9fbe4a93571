/* SPDX-License-Identifier: GPL-3.0-or-later
 * Titles of columns and what they mean: for the files of the mapping only. */
#pragma once

#include "mc-import-head.h"
#include "mc-import-words.h"

G_BEGIN_DECLS

/* The title of a column, out of one or two rows. */
typedef struct
{
  guint column;
  char *upper; /* of the row above, reaching over several columns; or NULL */
  char *lower;
} McTitle;

/* Splits "Investment (10,000 yuan)" into title and unit; other brackets stay unless they only remark. A unit may also follow a stroke. Caller frees both. */
char *mc_title_split_unit (const char *text, char **unit);

/* NULL if nobody knows it. @unit as above. */
const McHeaderMeaning *mc_title_meaning (McHead *head, const McTitle *title, char **unit);

/* The titles (of McTitle) of one row (@upper NULL), or of two. */
GArray *mc_titles_build (const McHeadRow *upper, const McHeadRow *lower);

typedef struct
{
  GArray *titles;
  guint last; /* index of the last row of the header */
  guint score;
} McFoundTitles;

/* One row of titles, or two, whichever says most. */
void mc_titles_find (McHead *head, McFoundTitles *found);

G_END_DECLS
