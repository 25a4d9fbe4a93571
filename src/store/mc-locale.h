/* SPDX-License-Identifier: GPL-3.0-or-later
 * The language of the programs. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Takes the user's locale and finds the translations: in $MINGCHA_LOCALEDIR if set (a build folder), else where they were
 * installed. Called first thing in main(). */
void mc_locale_init (void);

G_END_DECLS
