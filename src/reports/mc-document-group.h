/* SPDX-License-Identifier: GPL-3.0-or-later
 * The documents that a check calls for, each with where it stands, in the page of the check. */
#pragma once

#include <adwaita.h>

#include "widgets/mc-session.h"

G_BEGIN_DECLS

#define MC_TYPE_DOCUMENT_GROUP (mc_document_group_get_type ())
G_DECLARE_FINAL_TYPE (McDocumentGroup, mc_document_group, MC, DOCUMENT_GROUP, AdwPreferencesGroup)

GtkWidget *mc_document_group_new (void);

/* Shows the documents of @visit (id; NULL: none), reading them off the main thread, and again whenever the store changes what they hang on. @session: borrowed while it is shown. */
void mc_document_group_set_visit (McDocumentGroup *self, McSession *session, const char *visit);

G_END_DECLS
