/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the files of the area tree share. */
#pragma once

#include "mc-area.h"

G_BEGIN_DECLS

struct _McAreaTree
{
  gatomicrefcount ref_count;
  GStringChunk *texts;
  guint n;
  McArea *areas;       /* by rank */
  GHashTable *by_id;   /* char * → McArea * */
  GHashTable *by_code; /* char * → McArea *; not the retired */
  GHashTable *by_name; /* name key → GPtrArray of McAreaName; not the retired */
  gsize longest_name;  /* bytes of the longest name key */
};

typedef enum
{
  MC_AREA_NAME_FULL,
  MC_AREA_NAME_ALIAS,
  MC_AREA_NAME_SHORT, /* without the word of its level */
} McAreaNameKind;

typedef struct
{
  const McArea *area;
  McAreaNameKind kind;
} McAreaName;

/* Fills by_name and longest_name. */
void mc_area_tree_index_names (McAreaTree *self);

G_END_DECLS
