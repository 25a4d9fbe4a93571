/* SPDX-License-Identifier: GPL-3.0-or-later
 * The facts of a facility in the order in which they are shown and entered. */
#pragma once

#include <gtk/gtk.h>

#include "mc-area.h"

G_BEGIN_DECLS

/* Called for a missing value; @key is static. */
typedef void (*McFactEnter) (const char *key, gpointer data);

/* Fills @list with a row for each field that @record's kind has. @parts: its classes, of McRecord. @names: id → name. */
void mc_facility_facts_fill (GtkListBox *list, const McRecord *record, GPtrArray *parts, McAreaTree *tree, GHashTable *names, const GDate *today,
                             gboolean can_enter, McFactEnter enter, gpointer data);

G_END_DECLS
