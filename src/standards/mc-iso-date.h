/* SPDX-License-Identifier: GPL-3.0-or-later
 * Days as records and standards hold them: ISO texts like 2026-01-31. Pure. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Ten characters and a day that exists; @date may be NULL. FALSE for NULL. */
gboolean mc_iso_date_parse (const char *text, GDate *date);

/* Caller frees. */
char *mc_iso_date_format (const GDate *date);

G_END_DECLS
