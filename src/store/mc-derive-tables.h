/* SPDX-License-Identifier: GPL-3.0-or-later
 * The statements of the derived tables, one set for each entity; for the files mc-derive*.c alone. */
#pragma once

#include "mc-database.h"
#include "mc-record.h"

G_BEGIN_DECLS

/* Made once, so that the addresses of the statements name them. */
typedef struct
{
  char *insert;
  char *update;
  char *delete;
  char *select_state;
  char *select_ids;         /* of a part: by root */
  char *select_part_states; /* of a part: by root */
  char *set_whole_state;    /* of a root with parts */
  char *clear;
  gboolean has_parts;
  gboolean has_search_key;
} McTable;

const McTable *mc_table_of (const McEntity *entity);

/* The state that @sql (one parameter, one column) gives for @id: 1 a row, 0 none, −1 an error. */
int mc_table_read_state (McDatabase *database, const char *sql, const char *id, McRecordState *state, GError **error);

/* Runs a statement whose one parameter is an id. */
gboolean mc_table_run (McDatabase *database, const char *sql, const char *id, GError **error);

G_END_DECLS
