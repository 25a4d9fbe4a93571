/* SPDX-License-Identifier: GPL-3.0-or-later
 * Reads days as people write them in sheets. Pure. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A day in any of the usual spellings as ISO text. FALSE with @message. */
gboolean mc_import_parse_date (const char *text, gboolean uses_1904, char iso[11], char **message);

/* The last day of a span ("2023.1.1-2028.12.31"); then @message, of an attempt before, goes. FALSE: it is none. */
gboolean mc_import_parse_end (const char *text, gboolean uses_1904, char iso[11], char **message);

G_END_DECLS
