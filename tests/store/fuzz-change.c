/* SPDX-License-Identifier: GPL-3.0-or-later
 * Fuzz target: any bytes are refused, or are exactly what the writer writes. */
#include <stdint.h>

#include "store/mc-change.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (McChange) change = mc_change_parse ((const char *) data, (gssize) size, &error);
  g_autofree char *line = NULL;
  gsize length = 0;

  if (!change)
    {
      g_assert_error (error, MC_STORE_ERROR, MC_STORE_ERROR_GRAMMAR);
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
      return 0;
    }
  g_assert_no_error (error);
  mc_change_upgrade (change);
  line = mc_change_serialise (change, &length, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (line, length, data, size);
  return 0;
}
