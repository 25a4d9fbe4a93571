/* SPDX-License-Identifier: GPL-3.0-or-later
 * One value of a field: null, boolean, 64-bit integer, NFC text, or the digest of a sealed personal value. */
#pragma once

#include "mc-types.h"

G_BEGIN_DECLS

/* Money is in fen, areas and scores in hundredths, dates are ISO text: there are no floats. */
typedef enum
{
  MC_VALUE_NULL,
  MC_VALUE_BOOLEAN,
  MC_VALUE_INTEGER,
  MC_VALUE_TEXT,
  MC_VALUE_SEALED, /* text is the lower-case hex SHA-256 of salt ‖ value; the opening is elsewhere or erased */
} McValueType;

struct _McValue
{
  McValueType type;
  gint64 integer; /* of BOOLEAN (0 or 1) and INTEGER */
  char *text;     /* owned; of TEXT and SEALED */
};

#define MC_VALUE_INIT { MC_VALUE_NULL, 0, NULL }

void mc_value_init_boolean (McValue *value, gboolean boolean);
void mc_value_init_integer (McValue *value, gint64 integer);

/* Takes a copy of @text, normalised to NFC; @text must be UTF-8 without NUL. */
void mc_value_init_text (McValue *value, const char *text);
void mc_value_init_sealed (McValue *value, const char *hex_digest);

void mc_value_copy (const McValue *source, McValue *target);
void mc_value_clear (McValue *value);
gboolean mc_value_equal (const McValue *a, const McValue *b);

/* Total order: by type, then integer, then bytes of the text. */
int mc_value_compare (const McValue *a, const McValue *b);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (McValue, mc_value_clear)

G_END_DECLS
