/* SPDX-License-Identifier: GPL-3.0-or-later
 * The visits of the store: loading, saving, finalising, and the lists of the page of checks. */
#pragma once

#include "mc-visit.h"
#include "standards/mc-standards.h"

G_BEGIN_DECLS

/* Everything here blocks, except what ends in _async. */

/* A visit with its answers, findings, facility, authority, inspectors and matter, by the version of the standard it was made
 * with. MC_STANDARD_ERROR_NOT_FOUND if that version is not here. */
McVisit *mc_visits_load (McStore *store, McStandards *standards, const char *id, GError **error);
void mc_visits_load_async (McStore *store, McStandards *standards, const char *id,
                                GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
McVisit *mc_visits_load_finish (GAsyncResult *result, GError **error);

/* What is asked for a new visit; NULL where it may be found: see each. */
typedef struct
{
  const char *facility;          /* id; required */
  const char *user;              /* id of a user: gives authority and lead; NULL: the store's user */
  const char *lead;              /* id of an inspector; NULL: the user's */
  const char *recorder;          /* id of an inspector; NULL: the user's, else the lead */
  const char *const *assistants; /* ids; NULL: the lead's last partners */
  const char *type;              /* NULL: "routine" */
  const char *source;            /* NULL: none */
  const char *standard;          /* version id or key; NULL: the one for kind and authority */
  const char *checked_on;        /* ISO date; NULL: @today */
  const char *today;             /* ISO date; required */
  const char *recheck_of;        /* id of a finalised visit: makes a re-check of what is open of it; NULL: of type "recheck", of the place's last one */
} McVisitRequest;

/* A new visit, prefilled and not saved. Errors: MC_INSPECTION_ERROR_INPUT in words. */
McVisit *mc_visits_prepare (McStore *store, McStandards *standards, const McVisitRequest *request, GError **error);
void mc_visits_prepare_async (McStore *store, McStandards *standards, const McVisitRequest *request,
                                   GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
McVisit *mc_visits_prepare_finish (GAsyncResult *result, GError **error);

/* Writes what differs, in one transaction. @base NULL: the visit is new. A finalised visit: MC_STORE_ERROR_SEALED. */
gboolean mc_visits_save (McStore *store, const McVisit *base, const McVisit *edited, GError **error);
void mc_visits_save_async (McStore *store, const McVisit *base, const McVisit *edited,
                                GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean mc_visits_save_finish (GAsyncResult *result, GError **error);

/* Refused with MC_INSPECTION_ERROR_INCOMPLETE while a gap blocks; else the result code is set, the visit and its parts are sealed, and the follow-ups
 * of its findings begin (those of the visit that it re-checks are closed or go on), in one transaction. @inspector, @today: see mc_visit_list_gaps(). */
gboolean mc_visits_finalise (McStore *store, const McVisit *visit, const char *today, const char *inspector, GError **error);
void mc_visits_finalise_async (McStore *store, const McVisit *visit, const char *today, const char *inspector,
                                    GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean mc_visits_finalise_finish (GAsyncResult *result, GError **error);

/* Writes what differs from the finalised visit @base, names its seal and @reason (required), and seals the amended text anew. */
gboolean mc_visits_amend (McStore *store, const McVisit *base, const McVisit *edited, const char *today, const char *inspector,
                               const char *reason, GError **error);
void mc_visits_amend_async (McStore *store, const McVisit *base, const McVisit *edited, const char *today, const char *inspector,
                                 const char *reason, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean mc_visits_amend_finish (GAsyncResult *result, GError **error);

/* --- lists ------------------------------------------------------------------------------------------------ */

typedef enum
{
  MC_VISIT_LIST_ALL,
  MC_VISIT_LIST_DRAFTS,    /* not finalised */
  MC_VISIT_LIST_FINALISED,
  MC_VISIT_LIST_AWAITING,  /* finalised, and its record is not signed: neither on paper nor, by lead, assistant and facility, on the screen */
} McVisitListKind;

typedef struct
{
  McVisitListKind kind;
  const char *inspector; /* id: lead or assistant; NULL: everybody's */
  const char *facility;  /* id, or the ids of one place's records joined by '\n'; NULL: every place's */
} McVisitQuery;

/* Row numbers, newest check first; of gint64. The rows are read by mc_visits_load_rows() as they come into view. */
GArray *mc_visits_list (McStore *store, const McVisitQuery *query, GError **error);
void mc_visits_list_async (McStore *store, const McVisitQuery *query,
                                GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
GArray *mc_visits_list_finish (GAsyncResult *result, GError **error);

typedef struct
{
  gint64 rowid;
  char *id;
  char *facility, *facility_name;
  char *area_name;
  char *type, *source;       /* codes */
  char *checked_on;
  char *lead, *lead_name;
  char *standard, *standard_title;
  char *result;              /* code or NULL */
  guint answered;            /* answers with a value */
  guint open_findings;
  char *next_deadline;       /* earliest of the open findings; NULL: none */
  McRecordState state;
} McVisitRow;
void mc_visit_row_free (McVisitRow *row);

/* Of McVisitRow, in the order asked for; a row that is gone is left out. */
GPtrArray *mc_visits_load_rows (McStore *store, const gint64 *rowids, guint n, GError **error);
void mc_visits_load_rows_async (McStore *store, const gint64 *rowids, guint n,
                                     GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *mc_visits_load_rows_finish (GAsyncResult *result, GError **error);

/* Above this number nobody counts on: a chip says "999+". */
#define MC_VISIT_COUNT_MAX 1000

typedef struct
{
  guint drafts;
  guint finalised;
  guint awaiting; /* at most MC_VISIT_COUNT_MAX */
} McVisitCounts;
/* @inspector: see McVisitQuery. */
gboolean mc_visits_count (McStore *store, const char *inspector, McVisitCounts *counts, GError **error);

/* The last finalised visit to the place before @visit (id; NULL: of all) by any version of the standard @key; NULL without error if there is
 * none; caller frees. */
char *mc_visits_find_previous (McStore *store, McStandards *standards, const char *facility, const char *visit, const char *key, GError **error);

/* The visit that @visit names as the one before, for its answers beside the new ones; NULL without error if there is none or
 * its standard is not here. */
McVisit *mc_visits_load_previous (McStore *store, McStandards *standards, const McVisit *visit, GError **error);
void mc_visits_load_previous_async (McStore *store, McStandards *standards, const McVisit *visit,
                                    GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
McVisit *mc_visits_load_previous_finish (GAsyncResult *result, GError **error);

G_END_DECLS
