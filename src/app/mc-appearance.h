/* SPDX-License-Identifier: GPL-3.0-or-later
 * Text size and elder mode, applied to the whole display at once and both ways. */
#pragma once

#include <gtk/gtk.h>

#include "widgets/mc-session.h"

G_BEGIN_DECLS

/* Follows `text-size` and `elder` of a session: the resolution that all text is drawn at (11 pt × text size; so nothing that has text is missed, libadwaita's own
 * dialogs and menus neither), the size of icons, and data/style-elder.css while elder mode is on. The desktop's own text
 * scaling is kept as a factor. */
#define MC_TYPE_APPEARANCE (mc_appearance_get_type ())
G_DECLARE_FINAL_TYPE (McAppearance, mc_appearance, MC, APPEARANCE, GObject)

McAppearance *mc_appearance_new (GdkDisplay *display, McSession *session);

/* The style sheet for a scale (1.0: 11 pt): sizes of icons, and the colours of elder mode (7:1). Pure; caller frees. */
char *mc_appearance_css (double scale, gboolean elder, gboolean dark);

G_END_DECLS
