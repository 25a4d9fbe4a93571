/* SPDX-License-Identifier: GPL-3.0-or-later
 * Prints a document, or saves it as PDF: the pages are the same. */
#pragma once

#include <gtk/gtk.h>

#include "store/mc-store.h"

#include "mc-document.h"

G_BEGIN_DECLS

/* Asks over the window of @widget whether to print or to save, and does it. @kind: "site_record"; @id: of its visit. What is wrong is said there. */
void mc_print_document (GtkWidget *widget, McStore *store, const char *kind, const char *id);

/* Prints @document by the print dialog over the window of @widget; it lives as long as that is open. What is wrong is said there. */
void mc_print_pages (GtkWidget *widget, McDocument *document);

G_END_DECLS
