/* SPDX-License-Identifier: GPL-3.0-or-later
 * Code lists: the codes that choice fields hold, with the words the window shows. Data, not code:
 * data/store/code-lists.json: { "LIST": [ { "code": …, "label": …, "short": …, "synonyms": […], … } ] }. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  const char *code;
  const char *label;             /* as the window and the workbooks say it */
  const char *short_label;       /* for columns; the label if none is given */
  const char *const *synonyms;   /* what officials write in their sheets; NULL-terminated, may be empty */
  const char *group;             /* e.g. of a facility kind: "elder" or "childcare"; NULL if none */
} McCode;

/* The codes of @list in their order; NULL-terminated, static. An unknown list is a programming error: an empty list and a critical. */
const McCode *const *mc_code_list (const char *list);
const McCode *mc_code_find (const char *list, const char *code);

/* The label of @code; @code itself if the list (of an older version) does not know it; "" for NULL. Static or @code. */
const char *mc_code_label (const char *list, const char *code);
const char *mc_code_short_label (const char *list, const char *code);

/* The code that @text means: a code, a label or a synonym, after NFKC, without spaces and case. NULL if none. */
const char *mc_code_from_text (const char *list, const char *text);

G_END_DECLS
