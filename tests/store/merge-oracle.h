/* SPDX-License-Identifier: GPL-3.0-or-later
 * The rules of mc-merge.h once more, in the plainest way: sets of names, loops over all lines, nothing sorted, nothing fast. */
#pragma once

#include "store/mc-merge.h"

typedef struct
{
  GPtrArray *lines; /* of McChange */
  GPtrArray *seals; /* of McChange: those given beside the lines */
  GHashTable *refused; /* set of "DEVICE:SEQ" */
} Oracle;

char *oracle_name (const McChange *change);

/* Fails where @merge says anything else than the rules do. */
void oracle_check (const Oracle *oracle, const McMerge *merge);

/* The names (set of "DEVICE:SEQ") of the heads of @key. */
GHashTable *oracle_heads (const Oracle *oracle, const char *key);

/* Late and not resolved, by name. */
GHashTable *oracle_late (const Oracle *oracle);
