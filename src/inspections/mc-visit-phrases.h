/* SPDX-License-Identifier: GPL-3.0-or-later
 * Stock phrases while a note is written: searched, put in, kept, retired. */
#pragma once

#include "mc-visit-view.h"

G_BEGIN_DECLS

/* Installs "visit.phrases" (s: code of the item whose note has the focus). The dialog searches text, basis and keywords by characters, pinyin or initials; Enter puts
 * the chosen phrase into the note, with its basis into an open finding. */
void mc_visit_phrases_install (GtkWidgetClass *widget_class);

G_END_DECLS
