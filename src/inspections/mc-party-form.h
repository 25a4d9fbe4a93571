/* SPDX-License-Identifier: GPL-3.0-or-later
 * Another authority takes part in a check: which, and who comes for it. */
#pragma once

#include <gtk/gtk.h>

#include "mc-visit-editor.h"

G_BEGIN_DECLS

/* A dialog over the window of @widget. Authority and inspectors are chosen from the register; what is refused is said in it. */
void mc_party_form_show (GtkWidget *widget, McStore *store, McVisitEditor *editor);

G_END_DECLS
