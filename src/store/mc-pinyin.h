/* SPDX-License-Identifier: GPL-3.0-or-later
 * Readings of Chinese characters in pinyin, from the table data/store/pinyin.txt (Unihan). */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A character has at most this many readings. */
#define MC_PINYIN_MAX_READINGS 6

/* Fills @readings with the readings of @character without tones, each once, the most customary first ("v" for u with
 * diaeresis), and returns how many there are: 0 for a character without one. The texts are static. Thread-safe. */
guint mc_pinyin_readings (gunichar character, const char *readings[MC_PINYIN_MAX_READINGS]);

/* The same with their lengths, for who writes very many of them: eight bytes each, so that one move copies a syllable. */
typedef struct
{
  char text[7]; /* NUL-terminated */
  guint8 length;
} McSyllable;
guint mc_pinyin_syllables (gunichar character, McSyllable syllables[MC_PINYIN_MAX_READINGS]);

G_END_DECLS
