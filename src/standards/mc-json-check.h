/* SPDX-License-Identifier: GPL-3.0-or-later
 * Checks a JSON text before a parser sees it: its syntax to the letter, its depth, and that no key stands twice. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Needed because json-glib 1.6 recurses as deep as the text does, and takes comments, double keys and trailing text. Nothing here
 * recurses. @text must be UTF-8 without a mark of byte order. FALSE and MC_STANDARD_ERROR_SYNTAX (line and column, and what is wrong) or
 * MC_STANDARD_ERROR_TOO_LARGE (nested deeper than @max_depth). */
gboolean mc_json_check (const char *text, gsize length, guint max_depth, GError **error);

G_END_DECLS
