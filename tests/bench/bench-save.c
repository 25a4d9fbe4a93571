/* SPDX-License-Identifier: GPL-3.0-or-later
 * Saving one answer, against one transaction of one row of as many bytes with one index. */
#include "mc-bench.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>

#include "registry/mc-facility.h"
#include "registry/mc-setup.h"
#include "store/mc-uuid.h"

#define ANSWERS 36

typedef struct
{
  sqlite3 *db;
  sqlite3_stmt *insert;
  char *line;
} Alone;

static void
run (sqlite3 *db, const char *sql)
{
  g_assert_cmpint (sqlite3_exec (db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
}

static void
open_alone (const McBench *bench, Alone *self, gsize line_bytes)
{
  g_autofree char *path = mc_bench_path (bench, "alone-save.db");

  g_unlink (path);
  self->line = g_strnfill (line_bytes, 'x');
  g_assert_cmpint (sqlite3_open (path, &self->db), ==, SQLITE_OK);
  run (self->db, "PRAGMA journal_mode=WAL");
  run (self->db, "PRAGMA synchronous=FULL");
  run (self->db, "CREATE TABLE line (n INTEGER PRIMARY KEY, record BLOB NOT NULL, line TEXT NOT NULL)");
  run (self->db, "CREATE INDEX line_record ON line (record)");
  g_assert_cmpint (sqlite3_prepare_v2 (self->db, "INSERT INTO line (record, line) VALUES (?1, ?2)", -1, &self->insert, NULL), ==, SQLITE_OK);
}

static double
save_alone (Alone *self)
{
  double began = mc_bench_now ();
  guint32 record[4];

  for (guint i = 0; i < G_N_ELEMENTS (record); i++)
    record[i] = g_random_int ();
  run (self->db, "BEGIN IMMEDIATE");
  sqlite3_bind_blob (self->insert, 1, record, sizeof record, SQLITE_STATIC);
  sqlite3_bind_text (self->insert, 2, self->line, -1, SQLITE_STATIC);
  g_assert_cmpint (sqlite3_step (self->insert), ==, SQLITE_DONE);
  sqlite3_reset (self->insert);
  run (self->db, "COMMIT");
  return mc_bench_now () - began;
}

static void
close_alone (Alone *self)
{
  sqlite3_finalize (self->insert);
  sqlite3_close (self->db);
  g_free (self->line);
}

/* A visit of the first facility that the query gives. */
static char *
add_visit (McStore *store, const char *facility, const char *area)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) users = mc_user_list (store, &error);
  g_autoptr (McRecord) visit = mc_record_new (mc_entity_find ("visit"), NULL);
  g_autofree char *standard = g_compute_checksum_for_string (G_CHECKSUM_SHA256, "bench", -1);
  const McUser *user;

  g_assert_no_error (error);
  user = users->pdata[0];
  mc_record_set_text (visit, "facility", facility);
  mc_record_set_text (visit, "area", area);
  mc_record_set_text (visit, "authority", user->authority);
  mc_record_set_text (visit, "lead", user->inspector);
  mc_record_set_text (visit, "type", "routine");
  mc_record_set_text (visit, "standard", standard);
  mc_record_set_text (visit, "checked_on", "2026-11-19");
  mc_store_save (store, NULL, visit, &error);
  g_assert_no_error (error);
  return g_strdup (mc_record_get_id (visit));
}

static double
save_answer (McStore *store, const char *visit, guint n)
{
  g_autofree char *item = g_strdup_printf ("A%u", n);
  g_autofree char *id = mc_uuid_new_for ("answer", visit, item, NULL);
  g_autoptr (McRecord) answer = mc_record_new (mc_entity_find ("answer"), id);
  g_autoptr (GError) error = NULL;
  double began;

  mc_record_set_text (answer, "visit", visit);
  mc_record_set_text (answer, "item", item);
  mc_record_set_text (answer, "value", "conform");
  began = mc_bench_now ();
  mc_store_save (store, NULL, answer, &error);
  g_assert_no_error (error);
  return mc_bench_now () - began;
}

static gsize
last_line_bytes (McStore *store)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *lines = mc_store_read_lines (store, NULL, 1, FALSE, &error);
  const char *last;

  g_assert_no_error (error);
  last = g_strrstr (lines, "line {");
  g_assert_nonnull (last);
  return strcspn (last + strlen ("line "), "\n");
}

static char *
add_first_visit (McStore *store)
{
  const McFacilityQuery query = { .limit = 1 };
  g_autoptr (GError) error = NULL;
  g_autoptr (McAreaTree) tree = mc_area_tree_load (store, &error);
  g_autoptr (McFacilityList) list = mc_facility_list_load (store, tree, &query, NULL, &error);
  g_autoptr (GPtrArray) rows = mc_facility_rows_load (store, tree, mc_facility_list_get_rowids (list), 1, &error);
  const McFacilityRow *row = rows->pdata[0];

  return add_visit (store, row->id, row->area);
}

void
mc_bench_save (const McBench *bench)
{
  guint n = mc_bench_scaled (bench, 600, 20);
  g_autofree char *path = mc_bench_store (bench, mc_bench_scaled (bench, 2000, 50), 0);
  g_autoptr (McStore) store = mc_bench_open (path);
  g_autofree char *visit = add_first_visit (store);
  g_autoptr (GArray) ours = g_array_new (FALSE, FALSE, sizeof (double)), alone_times = g_array_new (FALSE, FALSE, sizeof (double));
  g_autofree char *work = NULL, *ours_text = NULL, *alone_text = NULL;
  Alone alone = { 0 };
  gsize bytes;

  save_answer (store, visit, 0);
  bytes = last_line_bytes (store);
  open_alone (bench, &alone, bytes);
  for (guint i = 1; i <= n; i++)
    {
      double theirs = save_alone (&alone), mine;

      if (i % ANSWERS == 0)
        {
          g_free (visit);
          visit = add_first_visit (store);
        }
      mine = save_answer (store, visit, i % ANSWERS + 1);
      g_array_append_val (ours, mine);
      g_array_append_val (alone_times, theirs);
    }
  work = g_strdup_printf ("one answer, a line of %" G_GSIZE_FORMAT " bytes, median of %u in turn", bytes, n);
  ours_text = g_strdup_printf ("%.3f ms (p95 %.3f)", mc_bench_median (ours) * 1e3, mc_bench_percentile (ours, 0.95) * 1e3);
  alone_text = g_strdup_printf ("one row, one index %.3f ms (p95 %.3f)", mc_bench_median (alone_times) * 1e3, mc_bench_percentile (alone_times, 0.95) * 1e3);
  mc_bench_row ("save", work, ours_text, alone_text, mc_bench_median (ours) / mc_bench_median (alone_times), "≤ 3 ×",
                mc_bench_median (ours) <= 3 * mc_bench_median (alone_times));
  close_alone (&alone);
  mc_store_close (store);
}
