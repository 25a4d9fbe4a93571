/* SPDX-License-Identifier: GPL-3.0-or-later
 * The bare screen of Xvfb: the focus that a window manager would give, keys and mouse, pictures. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _McScreen McScreen;

McScreen *mc_screen_new (GError **error);
void mc_screen_free (McScreen *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (McScreen, mc_screen_free)

/* Gives the focus to the newest window. */
void mc_screen_focus (McScreen *self);
/* Of the newest window, with its shadow. */
int mc_screen_get_width (McScreen *self);
/* Middle of a place in the newest window; presses the mouse there. */
gboolean mc_screen_click (McScreen *self, int x, int y, GError **error);
/* @keys as xdotool names them, divided by spaces. */
gboolean mc_screen_keys (McScreen *self, const char *keys, GError **error);
/* Types @text; characters without a key get one first, all at once, so that none comes out as another. */
gboolean mc_screen_type (McScreen *self, const char *text, GError **error);
/* Asks the newest window to close, as the window manager's cross does. */
gboolean mc_screen_close (McScreen *self, GError **error);
/* Waits until two looks at the screen are the same, then writes the part that windows cover as PNG. */
gboolean mc_screen_write_picture (McScreen *self, const char *path, GError **error);

G_END_DECLS
