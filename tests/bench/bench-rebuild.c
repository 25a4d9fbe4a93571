/* SPDX-License-Identifier: GPL-3.0-or-later
 * Making the derived tables again from the log: lines a second of a log as an authority has it, at three sizes, and of facilities alone. */
#include "mc-bench.h"

#include <stdlib.h>

#include "registry/mc-facility.h"
#include "registry/mc-setup.h"
#include "store/mc-rebuild.h"
#include "store/mc-uuid.h"

#define GOAL 100000
#define ANSWERS 36
#define NOTES 6            /* answers whose note is saved, and saved again */
#define VISIT_LINES (1 + ANSWERS + 2 * NOTES + 1) /* the last makes it final */
#define FACILITY_SHARE 30  /* one line in so many is of a facility */
#define SEALS_AT_ONCE 500
#define N_SIZES 3

void
mc_bench_part_rebuild (const McBench *bench, char **arguments)
{
  g_autoptr (McStore) store = mc_bench_open (arguments[0]);
  g_autoptr (GError) error = NULL;
  McRebuildResult result;
  double cpu = mc_bench_cpu (), began = mc_bench_now ();

  mc_store_rebuild (store, &result, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  mc_bench_answer ((double[]) { (double) result.lines, mc_bench_now () - began, mc_bench_cpu () - cpu, mc_bench_hwm () }, 4);
  mc_store_close (store);
}

/* Into a new file, which also copies the log line by line and holds each against its digest. */
void
mc_bench_part_rebuild_out (const McBench *bench, char **arguments)
{
  g_autofree char *folder = mc_bench_path (bench, "rebuilt"), *out = g_build_filename (folder, "mingcha.db", NULL);
  g_autoptr (GError) error = NULL;
  McRebuildResult result;
  double cpu = mc_bench_cpu (), began = mc_bench_now ();

  mc_bench_remove (folder);
  mc_store_rebuild_out (arguments[0], out, &result, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  mc_bench_answer ((double[]) { (double) result.lines, mc_bench_now () - began, mc_bench_cpu () - cpu, mc_bench_hwm () }, 4);
  mc_bench_remove (folder);
}

/* --- a log of facilities and of visits with their answers ---------------------------------------------------- */

typedef struct
{
  const McUser *user;
  GPtrArray *facilities; /* of McFacilityRow */
  GPtrArray *visits;     /* ids, to be made final */
  guint n;
} Log;

/* Saves what differs, and lets the fields that were set be known by that line. */
static gboolean
save (McBulk *bulk, McRecord **base, McRecord *edited, GError **error)
{
  const McEntity *entity = mc_record_get_entity (edited);
  McRef line;

  mc_bulk_get_next_line (bulk, &line);
  if (!mc_bulk_save (bulk, *base, edited, NULL, error))
    return FALSE;
  for (guint i = 0; i < entity->n_fields; i++)
    {
      const char *key = entity->fields[i].key;

      if (!mc_record_is_null (edited, key) && !(*base && mc_value_equal (mc_record_get (*base, key), mc_record_get (edited, key))))
        mc_record_set_heads (edited, key, &line, 1);
    }
  mc_record_free (*base);
  *base = mc_record_copy (edited);
  return TRUE;
}

static char *
save_visit (McBulk *bulk, Log *self, const McFacilityRow *facility, GError **error)
{
  g_autoptr (McRecord) visit = mc_record_new (mc_entity_find ("visit"), NULL);
  g_autofree char *standard = g_compute_checksum_for_string (G_CHECKSUM_SHA256, "bench", -1);

  mc_record_set_text (visit, "facility", facility->id);
  mc_record_set_text (visit, "area", facility->area);
  mc_record_set_text (visit, "authority", self->user->authority);
  mc_record_set_text (visit, "lead", self->user->inspector);
  mc_record_set_text (visit, "type", "routine");
  mc_record_set_text (visit, "standard", standard);
  mc_record_set_text (visit, "checked_on", "2026-11-19");
  return mc_bulk_save (bulk, NULL, visit, NULL, error) ? g_strdup (mc_record_get_id (visit)) : NULL;
}

static gboolean
save_answer (McBulk *bulk, const char *visit, guint number, GError **error)
{
  static const char *const notes[] = { "一楼东侧走廊地面有积水。", "一楼东侧走廊地面有积水，已当场清理。" };
  g_autofree char *item = g_strdup_printf ("A%u", number), *id = mc_uuid_new_for ("answer", visit, item, NULL);
  g_autoptr (McRecord) base = NULL, answer = mc_record_new (mc_entity_find ("answer"), id);

  mc_record_set_text (answer, "visit", visit);
  mc_record_set_text (answer, "item", item);
  mc_record_set_text (answer, "value", "conform");
  if (!save (bulk, &base, answer, error))
    return FALSE;
  for (guint i = 0; number < NOTES && i < G_N_ELEMENTS (notes); i++)
    {
      mc_record_set_text (answer, "note", notes[i]);
      if (!save (bulk, &base, answer, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
save_visits (McBulk *bulk, gpointer data, GCancellable *cancellable, GError **error)
{
  Log *self = data;

  for (guint i = 0; i < self->n; i++)
    {
      char *visit = save_visit (bulk, self, self->facilities->pdata[i % self->facilities->len], error);

      if (!visit)
        return FALSE;
      g_ptr_array_add (self->visits, visit);
      for (guint k = 0; k < ANSWERS; k++)
        if (!save_answer (bulk, visit, k, error))
          return FALSE;
    }
  return TRUE;
}

static void
make_final (McStore *store, GPtrArray *visits)
{
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < visits->len; i += SEALS_AT_ONCE)
    {
      g_autoptr (McTransaction) transaction = mc_transaction_new ();

      for (guint k = i; k < MIN (visits->len, i + SEALS_AT_ONCE); k++)
        mc_transaction_seal (transaction, "visit", visits->pdata[k], "finalise");
      mc_store_commit (store, transaction, &error);
      g_assert_no_error (error);
    }
}

/* PATH FACILITIES VISITS: so many facilities in all, and so many visits more. */
void
mc_bench_part_mixture (const McBench *bench, char **arguments)
{
  const McFacilityQuery query = { 0 };
  g_autofree char *roster = mc_bench_roster (bench, (guint) strtoul (arguments[1], NULL, 10));
  g_autoptr (McStore) store = g_file_test (arguments[0], G_FILE_TEST_EXISTS) ? mc_bench_open (arguments[0]) : mc_bench_create (arguments[0]);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) users = mc_user_list (store, &error), rows = NULL, visits = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (McAreaTree) tree = mc_area_tree_load (store, &error);
  g_autoptr (McFacilityList) list = NULL;
  Log log = { 0 };

  mc_bench_import (store, roster);
  list = mc_facility_list_load (store, tree, &query, NULL, &error);
  rows = mc_facility_rows_load (store, tree, mc_facility_list_get_rowids (list), MIN (1000, mc_facility_list_get_n (list)), &error);
  g_assert_no_error (error);
  log = (Log) { .user = users->pdata[0], .facilities = rows, .visits = visits, .n = (guint) strtoul (arguments[2], NULL, 10) };
  mc_store_write_bulk (store, save_visits, &log, NULL, &error);
  g_assert_no_error (error);
  make_final (store, visits);
  mc_store_close (store);
}

/* ---------------------------------------------------------------------------------------------------------- */

typedef struct
{
  double lines, seconds, cpu, hwm;
} Measured;

static Measured
measure (const McBench *bench, const char *part, const char *path)
{
  Measured found;

  mc_bench_run_part (bench, (double *) &found, 4, part, path, NULL);
  return found;
}

static double
rate (Measured m)
{
  return m.lines / m.seconds;
}

static void
row (const char *what, Measured m)
{
  g_autofree char *work = g_strdup_printf ("%.0f lines %s", m.lines, what);
  g_autofree char *ours = g_strdup_printf ("%.0f lines/s (CPU %.1f µs a line, %.0f MiB)", rate (m), m.cpu / m.lines * 1e6, m.hwm);

  mc_bench_row ("rebuild", work, ours, "—", rate (m) / GOAL, "≥ 100000 lines/s (ratio ≥ 1)", rate (m) >= GOAL);
}

/* Of the same file, as it grows. */
static void
row_linear (Measured small, Measured large)
{
  double ratio = rate (small) / rate (large), of_cpu = large.cpu / large.lines / (small.cpu / small.lines);
  g_autofree char *ours = g_strdup_printf ("%.2f µs a line (CPU %.2f × of the few)", 1e6 / rate (large), of_cpu);
  g_autofree char *anchor = g_strdup_printf ("%.0f lines: %.2f µs a line", small.lines, 1e6 / rate (small));
  g_autofree char *work = g_strdup_printf ("%.0f lines against few", large.lines);

  mc_bench_row ("rebuild", work, ours, anchor, ratio, "linear (≤ 1.2 ×)", ratio <= 1.2);
}

static void
grow (const McBench *bench, const char *path, guint lines, guint *n_visits)
{
  guint facilities = MAX (1, lines / FACILITY_SHARE), visits = MAX (1, (lines - facilities) / VISIT_LINES);
  g_autofree char *facilities_text = g_strdup_printf ("%u", facilities), *visits_text = g_strdup_printf ("%u", visits - *n_visits);

  mc_bench_run_part (bench, NULL, 0, "mixture", path, facilities_text, visits_text, NULL);
  *n_visits = visits;
}

void
mc_bench_rebuild (const McBench *bench)
{
  static const guint sizes[N_SIZES] = { 300000, 1000000, 3000000 };
  g_autofree char *folder = mc_bench_path (bench, "mixture"), *path = g_build_filename (folder, "mingcha.db", NULL);
  g_autofree char *facilities = mc_bench_store (bench, mc_bench_scaled (bench, 100000, 100), 0);
  Measured found[N_SIZES];
  guint n_visits = 0;

  mc_bench_remove (folder);
  for (guint i = 0; i < N_SIZES; i++)
    {
      grow (bench, path, mc_bench_scaled (bench, sizes[i], (i + 1) * 200), &n_visits);
      found[i] = measure (bench, "rebuild", path);
      row ("of facilities, visits, answers, notes saved twice, finalised", found[i]);
      if (i == 0)
        row ("of the same, into a new file with the log", measure (bench, "rebuild-out", path));
    }
  row_linear (found[0], found[N_SIZES - 1]);
  row ("of facilities alone", measure (bench, "rebuild", facilities));
  mc_bench_remove (folder);
}
