/* SPDX-License-Identifier: GPL-3.0-or-later
 * Sealing of personal values with salts of their own. */
#include "mc-opening.h"

#include <string.h>

#define FEW_SALTS 8

void
mc_opening_clear (McOpening *opening)
{
  g_clear_pointer (&opening->text, g_free);
}

static void
take_salt (McSalts *salts,
           guint8   salt[MC_SALT_BYTES])
{
  if (salts->n_left == 0)
    {
      salts->n_left = salts->n_drawn < FEW_SALTS ? 1 : sizeof salts->bytes / MC_SALT_BYTES;
      salts->n_drawn += salts->n_left;
      mc_random_bytes (salts->bytes, salts->n_left * MC_SALT_BYTES);
    }
  salts->n_left--;
  memcpy (salt, salts->bytes + salts->n_left * MC_SALT_BYTES, MC_SALT_BYTES);
}

void
mc_opening_seal (McOpening *opening,
                 McSalts   *salts,
                 McValue   *value)
{
  char hex[2 * MC_DIGEST_BYTES + 1];

  take_salt (salts, opening->salt);
  mc_sealed_digest (opening->salt, value->text, strlen (value->text), &opening->digest);
  mc_digest_to_hex (&opening->digest, hex);
  opening->text = g_steal_pointer (&value->text);
  mc_value_clear (value);
  mc_value_init_sealed (value, hex);
}
