/* SPDX-License-Identifier: GPL-3.0-or-later
 * Making the derived tables again from the log: lines a second, at two sizes; of facilities (long lines, search keys) and of answers. */
#include "mc-bench.h"

#include <stdlib.h>

#include "registry/mc-facility.h"
#include "registry/mc-setup.h"
#include "store/mc-rebuild.h"
#include "store/mc-uuid.h"

#define GOAL 100000
#define ANSWERS 36

void
mc_bench_part_rebuild (const McBench *bench, char **arguments)
{
  g_autoptr (McStore) store = mc_bench_open (arguments[0]);
  g_autoptr (GError) error = NULL;
  McRebuildResult result;
  double cpu = mc_bench_cpu (), began = mc_bench_now ();

  mc_store_rebuild (store, &result, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  mc_bench_answer ((double[]) { (double) result.lines, mc_bench_now () - began, mc_bench_cpu () - cpu }, 3);
  mc_store_close (store);
}

/* --- a log of visits with their answers ------------------------------------------------------------------- */

typedef struct
{
  const McFacilityRow *facility;
  const McUser *user;
  guint n;
} Log;

static gboolean
save_visit (McBulk *bulk, Log *self, char **id, GError **error)
{
  g_autoptr (McRecord) visit = mc_record_new (mc_entity_find ("visit"), NULL);
  g_autofree char *standard = g_compute_checksum_for_string (G_CHECKSUM_SHA256, "bench", -1);

  mc_record_set_text (visit, "facility", self->facility->id);
  mc_record_set_text (visit, "area", self->facility->area);
  mc_record_set_text (visit, "authority", self->user->authority);
  mc_record_set_text (visit, "lead", self->user->inspector);
  mc_record_set_text (visit, "type", "routine");
  mc_record_set_text (visit, "standard", standard);
  mc_record_set_text (visit, "checked_on", "2026-11-19");
  *id = g_strdup (mc_record_get_id (visit));
  return mc_bulk_save (bulk, NULL, visit, NULL, error);
}

static gboolean
save_answers (McBulk *bulk, gpointer data, GCancellable *cancellable, GError **error)
{
  Log *self = data;
  g_autofree char *visit = NULL;

  for (guint i = 0; i < self->n; i++)
    {
      g_autofree char *item = g_strdup_printf ("A%u", i % ANSWERS), *id = NULL;
      g_autoptr (McRecord) answer = NULL;

      if (i % ANSWERS == 0)
        {
          g_free (visit);
          if (!save_visit (bulk, self, &visit, error))
            return FALSE;
        }
      id = mc_uuid_new_for ("answer", visit, item, NULL);
      answer = mc_record_new (mc_entity_find ("answer"), id);
      mc_record_set_text (answer, "visit", visit);
      mc_record_set_text (answer, "item", item);
      mc_record_set_text (answer, "value", "conform");
      if (!mc_bulk_save (bulk, NULL, answer, NULL, error))
        return FALSE;
    }
  return TRUE;
}

void
mc_bench_part_answers (const McBench *bench, char **arguments)
{
  const McFacilityQuery query = { .limit = 1 };
  g_autofree char *roster = mc_bench_roster (bench, 50);
  g_autoptr (McStore) store = mc_bench_create (arguments[0]);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) users = mc_user_list (store, &error), rows = NULL;
  g_autoptr (McAreaTree) tree = mc_area_tree_load (store, &error);
  g_autoptr (McFacilityList) list = NULL;
  Log log = { 0 };

  mc_bench_import (store, roster);
  list = mc_facility_list_load (store, tree, &query, NULL, &error);
  rows = mc_facility_rows_load (store, tree, mc_facility_list_get_rowids (list), 1, &error);
  g_assert_no_error (error);
  log = (Log) { rows->pdata[0], users->pdata[0], (guint) strtoul (arguments[1], NULL, 10) };
  mc_store_write_bulk (store, save_answers, &log, NULL, &error);
  g_assert_no_error (error);
  mc_store_close (store);
}

/* ---------------------------------------------------------------------------------------------------------- */

static void
row (const char *lines, const double small[3], const double large[3])
{
  double rate = large[0] / large[1], small_rate = small[0] / small[1];
  g_autofree char *work = g_strdup_printf ("%.0f lines, mostly of %s", large[0], lines);
  g_autofree char *ours = g_strdup_printf ("%.0f lines/s (CPU %.1f µs a line)", rate, large[2] / large[0] * 1e6);
  g_autofree char *anchor = g_strdup_printf ("%.0f lines: %.0f lines/s, a line costs %.2f × of that", small[0], small_rate, small_rate / rate);

  mc_bench_row ("rebuild", work, ours, anchor, rate / GOAL, "≥ 100000 lines/s (ratio ≥ 1)", rate >= GOAL);
}

static char *
answers_store (const McBench *bench, guint n)
{
  g_autofree char *name = g_strdup_printf ("answers-%u", n), *folder = mc_bench_path (bench, name);
  g_autofree char *number = g_strdup_printf ("%u", n);
  char *path = g_build_filename (folder, "mingcha.db", NULL);

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    mc_bench_run_part (bench, NULL, 0, "answers", path, number, NULL);
  return path;
}

void
mc_bench_rebuild (const McBench *bench)
{
  guint n = mc_bench_scaled (bench, 100000, 100);
  g_autofree char *small = mc_bench_store (bench, n / 4, 0), *large = mc_bench_store (bench, n, 0);
  g_autofree char *few = answers_store (bench, n), *many = answers_store (bench, 4 * n);
  double a[3], b[3];

  mc_bench_run_part (bench, a, 3, "rebuild", few, NULL);
  mc_bench_run_part (bench, b, 3, "rebuild", many, NULL);
  row ("answers", a, b);
  mc_bench_run_part (bench, a, 3, "rebuild", small, NULL);
  mc_bench_run_part (bench, b, 3, "rebuild", large, NULL);
  row ("facilities", a, b);
}
