/* SPDX-License-Identifier: GPL-3.0-or-later
 * The opening of a sealed personal value: what travels beside the line that holds its digest. */
#pragma once

#include "mc-chain.h"
#include "mc-value.h"

G_BEGIN_DECLS

typedef struct
{
  McDigest digest;
  guint8 salt[MC_SALT_BYTES];
  char *text;
} McOpening;
void mc_opening_clear (McOpening *opening);

/* Salts drawn ahead: random bytes cost more by the call than by the byte. A single save draws what it needs, an import by the dozen. */
typedef struct
{
  guint8 bytes[64 * MC_SALT_BYTES];
  guint n_left;  /* still unused, at the start of bytes */
  guint n_drawn;
} McSalts;

/* Makes the text @value a sealed one; @opening (to be cleared) takes its text. */
void mc_opening_seal (McOpening *opening, McSalts *salts, McValue *value);

G_END_DECLS
