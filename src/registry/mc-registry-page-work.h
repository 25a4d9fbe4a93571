/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the page of the registers sets going: retiring, undoing an import, adding samples. */
#pragma once

#include <gtk/gtk.h>

#include "mc-facility.h"
#include "mc-import.h"

G_BEGIN_DECLS

/* Retires @record as the person sees it; finish gives its id. Facilities, inspectors, check matters. */
void mc_registry_retire_async (McStore *store, const McRecord *record, const char *reason, const GDate *today, GAsyncReadyCallback callback, gpointer user_data);
char *mc_registry_retire_finish (GAsyncResult *result, GError **error);
void mc_registry_unretire_async (McStore *store, const char *entity, const char *id, GAsyncReadyCallback callback, gpointer user_data);
gboolean mc_registry_unretire_finish (GAsyncResult *result, GError **error);

/* The last import in words; NULL without error: there is none. */
void mc_registry_describe_last_batch_async (McStore *store, GAsyncReadyCallback callback, gpointer user_data);
char *mc_registry_describe_last_batch_finish (GAsyncResult *result, GError **error);

char *mc_registry_describe_undo (const McImportUndo *undo);
/* Names what the undo had to leave. */
void mc_registry_show_kept (GtkWidget *widget, const char *heading, const McImportUndo *undo);

void mc_registry_add_samples_async (McStore *store, GAsyncReadyCallback callback, gpointer user_data);
gboolean mc_registry_add_samples_finish (GAsyncResult *result, GError **error);

/* For pictures and audit: the first facility of @list (in conflict); and a sheet to import, with or without faults. Both block. */
char *mc_registry_find_first (McStore *store, McAreaTree *tree, McFacilityList *list, gboolean in_conflict);
typedef enum
{
  MC_REGISTRY_EXAMPLE_GOOD,
  MC_REGISTRY_EXAMPLE_FAULTS,
  MC_REGISTRY_EXAMPLE_NAMES, /* says nothing else */
} McRegistryExample;
char *mc_registry_write_example (McRegistryExample example);

G_END_DECLS
