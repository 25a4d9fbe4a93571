/* SPDX-License-Identifier: GPL-3.0-or-later
 * For the facility's person and the inspectors: the document in large type over the whole screen, and a place to sign under it. */
#pragma once

#include <adwaita.h>

#include "mc-document-work.h"
#include "widgets/mc-session.h"

G_BEGIN_DECLS

/* Signal "signed" (McDocumentSignWindow *): after each signature that was kept. Left only by the inspector's PIN. */
#define MC_TYPE_DOCUMENT_SIGN_WINDOW (mc_document_sign_window_get_type ())
G_DECLARE_FINAL_TYPE (McDocumentSignWindow, mc_document_sign_window, MC, DOCUMENT_SIGN_WINDOW, AdwWindow)

/* An issued document that awaits signatures. @target and @state are copied from. */
McDocumentSignWindow *mc_document_sign_window_new (GtkWindow *parent, McSession *session, const McDocumentTarget *target, const McDocumentState *state);

G_END_DECLS
