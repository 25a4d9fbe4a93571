/* SPDX-License-Identifier: GPL-3.0-or-later
 * Facilities: places of operators. Their ids, the check of a record, and the lists of the register.
 *
 * A record is read with mc_store_load ("facility", id), checked with mc_facility_check() and written with mc_store_save(). */
#pragma once

#include "mc-area.h"
#include "mc-problem.h"

G_BEGIN_DECLS

/* The id of a facility that two people can enter independently: version 5 of kind, credit code (NULL: "-"), area and name key. Caller frees. */
char *mc_facility_id_for (const char *kind, const char *credit_code, const char *area, const char *name);

/* "elder" or "childcare"; NULL for an unknown kind. Static. */
const char *mc_facility_kind_group (const char *kind);

/* All that is wrong or doubtful in @facility. @tree: the known areas (NULL: not checked); @today: the present day. Of McProblem; free with g_ptr_array_unref. Pure. */
GPtrArray *mc_facility_check (const McRecord *facility, McAreaTree *tree, const GDate *today);

/* --- lists ------------------------------------------------------------------------------------------------ */

typedef enum
{
  MC_FACILITY_SORT_AREA, /* in the order of the tree, then as they were entered (the order of the sheet) */
  MC_FACILITY_SORT_NAME, /* as a Chinese reader expects: by pinyin */
  MC_FACILITY_SORT_KIND,
  MC_FACILITY_SORT_CAPACITY, /* beds, or places */
  MC_FACILITY_SORT_RISK,
  MC_FACILITY_SORT_LAST_CHECKED,
  MC_FACILITY_SORT_GRADE,
  MC_FACILITY_SORT_STATUS,
} McFacilitySort;

/* NULL, 0 and FALSE: no such condition. Retired facilities and those found to be another one are left out. */
typedef struct
{
  const char *text;              /* words as typed; for programs. A window filters with McFacilityIndex */
  const char *group;             /* "elder" or "childcare" */
  const char *kind;
  const char *area;              /* id: this area and all below */
  const char *authority;
  const char *risk_class;
  const char *status;
  const char *not_checked_since; /* ISO date: those in operation with no finished check on or after it */
  gboolean open_findings;
  McFacilitySort sort;
  gboolean descending;
  guint limit;                   /* only the first rows, quickly: for the first frame; 0: all, with sums */
} McFacilityQuery;

/* Counts and sums of a list. */
typedef struct
{
  guint n;
  guint n_elder, n_elder_without_beds;           /* without: no number is entered */
  gint64 beds;
  guint n_childcare, n_childcare_without_places;
  gint64 places;
} McFacilitySums;

/* Which facilities, in which order. Immutable, reference counted. */
typedef struct _McFacilityList McFacilityList;
McFacilityList *mc_facility_list_ref (McFacilityList *self);
void mc_facility_list_unref (McFacilityList *self);
guint mc_facility_list_get_n (McFacilityList *self);
gint64 mc_facility_list_get_rowid (McFacilityList *self, guint position);
const gint64 *mc_facility_list_get_rowids (McFacilityList *self); /* get_n() of them */
const McFacilitySums *mc_facility_list_get_sums (McFacilityList *self);
gboolean mc_facility_list_is_partial (McFacilityList *self);      /* cut off at the limit */

/* Runs on the reader's thread. The sync form blocks. @tree is kept while it runs. */
McFacilityList *mc_facility_list_load (McStore *store, McAreaTree *tree, const McFacilityQuery *query, GCancellable *cancellable, GError **error);
void mc_facility_list_load_async (McStore *store, McAreaTree *tree, const McFacilityQuery *query, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
McFacilityList *mc_facility_list_load_finish (GAsyncResult *result, GError **error);

/* How many facilities each chip of the filter row stands for, before and beside the others. */
typedef struct
{
  guint all, elder, childcare;
  guint not_checked;   /* since the date given */
  guint open_findings;
} McFacilityCounts;
gboolean mc_facility_counts_load (McStore *store, const char *not_checked_since, McFacilityCounts *counts, GError **error);
void mc_facility_counts_load_async (McStore *store, const char *not_checked_since, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean mc_facility_counts_load_finish (GAsyncResult *result, McFacilityCounts *counts, GError **error);

/* --- rows ------------------------------------------------------------------------------------------------- */

#define MC_NO_NUMBER G_MININT64 /* no number is entered: shown as such, never as 0 */

/* One row as lists show it. Reference counted. */
typedef struct
{
  gint64 rowid;
  char *id;
  char *name;
  char *operator_name;
  char *credit_code;
  char *kind, *status, *credit_risk_class, *grade; /* codes; NULL if not entered */
  char *area;
  char *area_path;         /* below the city */
  char *address;
  gint64 beds, nursing_beds, dementia_beds, childcare_places; /* or MC_NO_NUMBER */
  char *last_checked_on;   /* ISO date of the last finished check; NULL if never */
  guint n_open_findings;
  char *sample_fields;     /* keys joined by '\n'; "*": the whole record */
  McRecordState state;     /* of the facility with its parts */
} McFacilityRow;
#define MC_TYPE_FACILITY_ROW (mc_facility_row_get_type ())
GType mc_facility_row_get_type (void);
McFacilityRow *mc_facility_row_ref (McFacilityRow *row);
void mc_facility_row_unref (McFacilityRow *row);
/* Is the value of @key marked as a sample? */
gboolean mc_facility_row_is_sample (const McFacilityRow *row, const char *key);

/* The rows of @rowids, in their order; of McFacilityRow, NULL where the row is gone. Quick: some hundreds at once. The sync form blocks. */
GPtrArray *mc_facility_rows_load (McStore *store, McAreaTree *tree, const gint64 *rowids, guint n, GError **error);
void mc_facility_rows_load_async (McStore *store, McAreaTree *tree, const gint64 *rowids, guint n, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *mc_facility_rows_load_finish (GAsyncResult *result, GError **error);

/* The row of the record @id; NULL and MC_STORE_ERROR_NOT_FOUND. Blocks. */
McFacilityRow *mc_facility_row_load (McStore *store, McAreaTree *tree, const char *id, GError **error);

/* The facilities that @text means: an id, a credit code, a whole name, or else words to search for. Of ids (char *), at most @limit; for
 * programs. Blocks. */
GPtrArray *mc_facility_find (McStore *store, const char *text, guint limit, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (McFacilityList, mc_facility_list_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (McFacilityRow, mc_facility_row_unref)

G_END_DECLS
