/* SPDX-License-Identifier: GPL-3.0-or-later
 * A list as it is printed row by row: aligned columns, or a JSON array. */
#pragma once

#include "mc-cli.h"

G_BEGIN_DECLS

typedef enum
{
  MC_CLI_TEXT,
  MC_CLI_NUMBER,  /* G_MININT64 is null */
  MC_CLI_BOOLEAN,
} McCliCellType;

typedef struct
{
  const char *key;    /* its member in JSON; NULL: only for people */
  McCliCellType type;
  const char *text;   /* of TEXT; NULL is null */
  gint64 number;      /* of NUMBER and BOOLEAN */
  const char *shown;  /* what a person reads; NULL: only in JSON */
} McCliCell;

/* Holds a few hundred rows at most: a register may have a million. */
typedef struct _McCliList McCliList;
McCliList *mc_cli_list_new (McCli *cli);
void mc_cli_list_add (McCliList *self, const McCliCell *cells, guint n_cells);
/* Prints what is left; what was added cannot be taken back. */
void mc_cli_list_free (McCliList *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (McCliList, mc_cli_list_free)

G_END_DECLS
