/* SPDX-License-Identifier: GPL-3.0-or-later
 * Check matters (the published list of what may be checked): no published matter, no check. */
#pragma once

#include "mc-area.h"
#include "mc-problem.h"

G_BEGIN_DECLS

typedef struct
{
  char *id;
  char *code;
  char *name;
  char *authority;
  char *authority_name;
  char *area;
  char *facility_kinds; /* codes, joined by '\n' */
  char *basis;
  char *certainty;      /* code of certainty */
  char *method;
  char *importance;     /* code of matter-importance */
  char *ratio;
  char *frequency;
  gint64 yearly_cap;    /* or MC_NO_NUMBER of mc-facility.h (G_MININT64) */
  char *standard;       /* key of the inspection standard, or NULL */
  char *published_on;   /* ISO date; NULL: not published */
  char *sample_fields;
  McRecordState state;
} McCheckMatterRow;
void mc_check_matter_row_free (McCheckMatterRow *row);

/* Was it published on or before @day, and is it for facilities of @kind (NULL: any)? */
gboolean mc_check_matter_row_applies (const McCheckMatterRow *row, const char *kind, const GDate *day);

/* The id of a matter that two people can enter independently: version 5 of authority and name key. Caller frees. */
char *mc_check_matter_id_for (const char *authority, const char *name);

/* All that is wrong or doubtful. Of McProblem. Pure. */
GPtrArray *mc_check_matter_check (const McRecord *matter, McAreaTree *tree, const GDate *today);

/* NULL: no such condition. Retired matters are left out. */
typedef struct
{
  const char *text;
  const char *authority;
  const char *kind;         /* facility kind that it is for */
  const char *published_by; /* ISO date: published on or before it */
} McCheckMatterQuery;

/* Of McCheckMatterRow, by number and name. The sync form blocks. */
GPtrArray *mc_check_matter_list (McStore *store, const McCheckMatterQuery *query, GError **error);
void mc_check_matter_list_async (McStore *store, const McCheckMatterQuery *query, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *mc_check_matter_list_finish (GAsyncResult *result, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (McCheckMatterRow, mc_check_matter_row_free)

G_END_DECLS
