/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the desk shows: drafts, days that come due, and the counts of the register. */
#pragma once

#include "inspections/mc-due.h"
#include "inspections/mc-visits.h"
#include "registry/mc-facility.h"

G_BEGIN_DECLS

#define MC_OVERVIEW_MAX_DRAFTS 8
#define MC_OVERVIEW_MAX_DUE 12

typedef struct
{
  McVisitCounts counts;
  GPtrArray *drafts;      /* of McVisitRow, newest first, at most MC_OVERVIEW_MAX_DRAFTS */
  McDueList *due;
  McFacilityCounts facilities;
} McOverviewData;
void mc_overview_data_free (McOverviewData *data);

/* @inspector: only checks that they take part in; NULL: everybody's. @today: ISO date. */
void mc_overview_data_load_async (McStore *store, const char *inspector, const char *today, GCancellable *cancellable,
                                  GAsyncReadyCallback callback, gpointer user_data);
McOverviewData *mc_overview_data_load_finish (GAsyncResult *result, GError **error);

/* 12 months before @today, as an ISO date; caller frees. Pure. */
char *mc_year_before (const GDate *today);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (McOverviewData, mc_overview_data_free)

G_END_DECLS
