/* SPDX-License-Identifier: GPL-3.0-or-later
 * Any bytes are a table, or are refused with a reason: readers of text files and the detection of headers. */
#include <string.h>

#include "fuzz-table.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  fuzz_table (data, size);
  return 0;
}
