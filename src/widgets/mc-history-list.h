/* SPDX-License-Identifier: GPL-3.0-or-later
 * The history of a record: what was changed in a record, by whom, where and when, read from the log. */
#pragma once

#include <gtk/gtk.h>

#include "store/mc-store.h"

G_BEGIN_DECLS

/* A heading with the list below it; reads again when the record changes. Properties: limit (entries shown before "show all"; default 5), busy. */
#define MC_TYPE_HISTORY_LIST (mc_history_list_get_type ())
G_DECLARE_FINAL_TYPE (McHistoryList, mc_history_list, MC, HISTORY_LIST, GtkWidget)

GtkWidget *mc_history_list_new (void);

/* A root and its parts. @id NULL: empty. */
void mc_history_list_set_record (McHistoryList *self, McStore *store, const char *entity, const char *id);

/* Codes that are not the field's own, as of answers: code → word; and the names of parts: id → name; before mc_history_list_set_record(). NULL: none. */
void mc_history_list_set_words (McHistoryList *self, GHashTable *words);

/* One entry in words: "Elder-care beds 400 → 420"; caller frees. @names: see mc_format_value(); also of texts that are codes. Pure. */
char *mc_history_describe (const McHistoryEntry *entry, GHashTable *names);
/* Who, when, on which device; caller frees. Pure. */
char *mc_history_describe_origin (const McHistoryEntry *entry);

G_END_DECLS
