/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a visit of 36 answers with six notes, each saved twice, adds to the file. */
#include "mc-bench.h"

#include <glib/gstdio.h>

#include "inspections/mc-visits.h"
#include "registry/mc-facility.h"

#define ANSWERS 36
#define NOTES 6
#define DAY "2026-11-19"

/* The size of the file when all of it is in the file. */
static goffset
closed_size (const char *path)
{
  GStatBuf status;

  g_assert_cmpint (g_stat (path, &status), ==, 0);
  return status.st_size;
}

/* Each edit is a save of its own, as on the page. */
static void
save (McStore *store, McVisit **base, McVisit *edited, GError *error)
{
  g_assert_no_error (error);
  mc_visits_save (store, *base, edited, &error);
  g_assert_no_error (error);
  g_clear_pointer (base, mc_visit_unref);
  *base = mc_visits_load (store, mc_standards_get_builtin (), mc_visit_get_id (edited), &error);
  g_assert_no_error (error);
  mc_visit_unref (edited);
}

static char *
make_visit (McStore *store, const char *facility)
{
  const McVisitRequest request = { .facility = facility, .checked_on = DAY, .today = DAY };
  GError *error = NULL;
  McVisit *visit = NULL;
  McVisit *edited = mc_visits_prepare (store, mc_standards_get_builtin (), &request, &error);
  const McItem *items;
  guint n;
  char *id;

  save (store, &visit, edited, error);
  items = mc_standard_get_items (mc_visit_get_standard (visit), &n);
  g_assert_cmpuint (n, >, 0);
  for (guint i = 0; i < MIN (n, ANSWERS); i++)
    {
      edited = mc_visit_with_answer (visit, items[i].code, "conform", NULL, &error);
      save (store, &visit, edited, error);
      for (guint round = 0; i < NOTES && round < 2; round++)
        {
          edited = mc_visit_with_note (visit, items[i].code, round ? "一楼东侧走廊地面有积水，已当场清理。" : "一楼东侧走廊地面有积水。", &error);
          save (store, &visit, edited, error);
        }
    }
  id = g_strdup (mc_visit_get_id (visit));
  mc_visit_unref (visit);
  return id;
}

static GPtrArray *
list_facilities (McStore *store, guint n)
{
  const McFacilityQuery query = { .kind = "elder_home" };
  g_autoptr (GError) error = NULL;
  g_autoptr (McAreaTree) tree = mc_area_tree_load (store, &error);
  g_autoptr (McFacilityList) list = mc_facility_list_load (store, tree, &query, NULL, &error);

  g_assert_no_error (error);
  return mc_facility_rows_load (store, tree, mc_facility_list_get_rowids (list), MIN (n, mc_facility_list_get_n (list)), &error);
}

static goffset
make_visits (const char *path, guint n, GPtrArray *ids)
{
  g_autoptr (McStore) store = mc_bench_open (path);
  g_autoptr (GPtrArray) facilities = list_facilities (store, n);

  g_assert_cmpuint (facilities->len, >, 0);
  for (guint i = 0; i < n; i++)
    g_ptr_array_add (ids, make_visit (store, ((McFacilityRow *) facilities->pdata[i % facilities->len])->id));
  mc_store_close (store);
  return closed_size (path);
}

static goffset
seal_visits (const char *path, GPtrArray *ids)
{
  g_autoptr (McStore) store = mc_bench_open (path);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < ids->len; i++)
    {
      g_autoptr (McTransaction) transaction = mc_transaction_new ();

      mc_transaction_seal (transaction, "visit", ids->pdata[i], "finalise");
      mc_store_commit (store, transaction, &error);
      g_assert_no_error (error);
    }
  mc_store_close (store);
  return closed_size (path);
}

void
mc_bench_visit_size (const McBench *bench)
{
  guint n = mc_bench_scaled (bench, 100, 2);
  g_autofree char *folder = mc_bench_path (bench, "visits"), *path = g_build_filename (folder, "mingcha.db", NULL);
  g_autofree char *roster = mc_bench_roster (bench, 200);
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  McStore *store;
  g_autofree char *work = NULL, *ours = NULL, *sealed_text = NULL;
  goffset before, after, sealed;
  double kilobytes, sealed_kilobytes;

  mc_bench_remove (folder);
  store = mc_bench_create (path);
  mc_bench_import (store, roster);
  mc_store_close (store);
  g_object_unref (store);
  before = closed_size (path);
  after = make_visits (path, n, ids);
  sealed = seal_visits (path, ids);
  kilobytes = (double) (after - before) / n / 1000;
  sealed_kilobytes = (double) (sealed - before) / n / 1000;
  work = g_strdup_printf ("growth of the file over %u visits of %d answers, %d notes saved twice, each edit a save of its own", n, ANSWERS, NOTES);
  ours = g_strdup_printf ("%.1f KB a visit", kilobytes);
  sealed_text = g_strdup_printf ("%.1f KB a visit, finalised too", sealed_kilobytes);
  mc_bench_row ("visit-size", work, ours, "40 KB", kilobytes / 40, "≤ 40 KB", kilobytes <= 40);
  mc_bench_row ("visit-size", work, sealed_text, "40 KB", sealed_kilobytes / 40, "≤ 40 KB", sealed_kilobytes <= 40);
  mc_bench_remove (folder);
}
