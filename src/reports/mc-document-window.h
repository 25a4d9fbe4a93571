/* SPDX-License-Identifier: GPL-3.0-or-later
 * One document of a check: its pages as they are printed, and all that is done with it. */
#pragma once

#include <adwaita.h>

#include "mc-document-work.h"
#include "widgets/mc-session.h"

G_BEGIN_DECLS

/* Signal "changed" (McDocumentWindow *): the document was issued, delivered, signed or withdrawn. */
#define MC_TYPE_DOCUMENT_WINDOW (mc_document_window_get_type ())
G_DECLARE_FINAL_TYPE (McDocumentWindow, mc_document_window, MC, DOCUMENT_WINDOW, AdwWindow)

/* Takes @target; shown over the window of @widget once its pages are there. What is wrong is said there. */
McDocumentWindow *mc_document_window_new (GtkWidget *widget, McSession *session, McDocumentTarget *target);

G_END_DECLS
