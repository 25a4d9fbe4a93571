/* SPDX-License-Identifier: GPL-3.0-or-later
 * Two records found to be one place: one is retired as the same as the other, and readers follow it. */
#pragma once

#include "mc-registry-error.h"
#include "store/mc-store.h"

G_BEGIN_DECLS

/* May @facility be joined to @into? MC_REGISTRY_ERROR_INPUT says in words why not. Pure. */
gboolean mc_facility_join_check (const McRecord *facility, const McRecord *into, GError **error);

/* @facility is retired on @today as the same as @into; its checks and its history stay and are shown there. */
void mc_facility_join (McTransaction *transaction, const McRecord *facility, const McRecord *into, const GDate *today);

/* It stands for itself again: also of a facility that was retired for another reason. */
void mc_facility_separate (McTransaction *transaction, const McRecord *facility);

/* A facility that another one was joined with. */
typedef struct
{
  char *id;
  char *name;
  char *retired_on; /* ISO date; NULL: it is not retired */
} McFacilityTie;

/* Where a facility stands among those that are the same place. */
typedef struct
{
  gint64 rowid;             /* in the lists */
  McFacilityTie *successor; /* the record that is kept; NULL: this one */
  GPtrArray *joined;        /* of McFacilityTie: the records that were joined to this one, by name */
} McFacilityTies;
void mc_facility_ties_free (McFacilityTies *ties);

/* MC_STORE_ERROR_NOT_FOUND: there is no such facility. The sync form blocks. */
McFacilityTies *mc_facility_ties_load (McStore *store, const char *id, GError **error);
void mc_facility_ties_load_async (McStore *store, const char *id, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
McFacilityTies *mc_facility_ties_load_finish (GAsyncResult *result, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (McFacilityTies, mc_facility_ties_free)

G_END_DECLS
