/* SPDX-License-Identifier: GPL-3.0-or-later
 * What is asked when a document was delivered, signed on paper or refused; each asks, and does it. */
#pragma once

#include <gtk/gtk.h>

#include "mc-document-work.h"

G_BEGIN_DECLS

/* @target and @state are copied from as far as they are needed. mc_document_form_finish(): TRUE: it was done; FALSE without error: the person gave up. */
void mc_document_form_deliver (GtkWidget *widget, const McDocumentTarget *target, const McDocumentState *state, const GDate *today,
                               GAsyncReadyCallback callback, gpointer user_data);
void mc_document_form_paper (GtkWidget *widget, const McDocumentTarget *target, const McDocumentState *state, GAsyncReadyCallback callback, gpointer user_data);
void mc_document_form_refuse (GtkWidget *widget, const McDocumentTarget *target, const McDocumentState *state, GAsyncReadyCallback callback, gpointer user_data);
gboolean mc_document_form_finish (GAsyncResult *result, GError **error);

G_END_DECLS
