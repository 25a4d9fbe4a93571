/* SPDX-License-Identifier: GPL-3.0-or-later
 * The items of a list as chips, each with a button that takes it out. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Signal: "changed" (McChipList *): by the person. */
#define MC_TYPE_CHIP_LIST (mc_chip_list_get_type ())
G_DECLARE_FINAL_TYPE (McChipList, mc_chip_list, MC, CHIP_LIST, GtkWidget)

/* @empty: what stands there while there is none. */
GtkWidget *mc_chip_list_new (const char *empty);

/* FALSE: it is there already. */
gboolean mc_chip_list_add (McChipList *self, const char *id, const char *name);
void mc_chip_list_remove_all (McChipList *self);

/* Of char *, in the order in which they were added; free with g_ptr_array_unref. */
GPtrArray *mc_chip_list_get_ids (McChipList *self);

G_END_DECLS
