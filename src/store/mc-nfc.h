/* SPDX-License-Identifier: GPL-3.0-or-later
 * Unicode normalisation form C, the one form in which texts are stored: a fast check, and the conversion. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* TRUE if a text of this character alone is in NFC and stays so beside any other such character: NFC_Quick_Check=Yes and
 * combining class 0. Nearly all characters are so. */
gboolean mc_nfc_is_inert (gunichar c);

/* Is @text (@length bytes of valid UTF-8) in NFC? */
gboolean mc_nfc_is_normal (const char *text, gsize length);

/* The length of @text if every character of it is one of U+0001–U+007F and U+4000–U+9FFF, which proves valid UTF-8 in NFC in one pass; else −1. */
gssize mc_nfc_plain_length (const char *text);

/* @text (@length bytes of valid UTF-8) in NFC. Caller frees. */
char *mc_nfc_normalise (const char *text, gsize length);

G_END_DECLS
