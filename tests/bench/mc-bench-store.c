/* SPDX-License-Identifier: GPL-3.0-or-later
 * The stores and rosters that are measured: made by the program's own import, the same in every run. */
#include "mc-bench.h"

#include <stdlib.h>
#include <string.h>

#include "registry/mc-facility.h"
#include "registry/mc-import.h"
#include "registry/mc-sample-roster.h"
#include "registry/mc-setup.h"

#define AREA "3304" /* Jiaxing */
#define VISITS_AT_ONCE 100000

McStore *
mc_bench_create (const char *path)
{
  const McSetupOptions options = { .area_code = AREA, .authority_kind = "civil_affairs", .user_name = "检查员01", .role = "inspector" };
  g_autoptr (GError) error = NULL;
  McStore *store = mc_store_open (path, MC_STORE_CREATE, &error);
  g_autofree char *user = NULL;

  g_assert_no_error (error);
  user = mc_setup_run (store, &options, &error);
  g_assert_no_error (error);
  return store;
}

McStore *
mc_bench_open (const char *path)
{
  g_autoptr (GError) error = NULL;
  McStore *store = mc_store_open (path, 0, &error);
  g_autoptr (GPtrArray) users = NULL;

  g_assert_no_error (error);
  users = mc_user_list (store, &error);
  g_assert_no_error (error);
  mc_store_set_user (store, ((McUser *) users->pdata[0])->id);
  return store;
}

void
mc_bench_import (McStore *store, const char *path)
{
  g_autofree char *area = mc_area_id_for_code (AREA);
  const McImportOptions options = { .kind = MC_IMPORT_FACILITIES, .path = path, .sheet = -1, .default_area = area };
  g_autoptr (GError) error = NULL;
  g_autoptr (McImportPlan) plan = mc_import_plan_new (store, &options, NULL, NULL, NULL, &error);
  g_autofree char *batch = NULL;

  g_assert_no_error (error);
  batch = mc_import_apply (plan, MC_IMPORT_GOOD_ROWS, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
}

/* --- the roster ------------------------------------------------------------------------------------------- */

/* The generated roster has 18 columns: two more stand at the end of each line. */
static void
widen (const char *path, const char *wide)
{
  g_autofree char *text = NULL;
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  guint n = 0;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  for (char *line = text, *end; (end = strchr (line, '\n')); line = end + 1, n++)
    {
      g_string_append_len (out, line, end - line - (end > line && end[-1] == '\r' ? 1 : 0));
      if (n == 0)
        g_string_append (out, ",建筑面积（平方米）,开业日期\n");
      else
        g_string_append_printf (out, ",%u,20%02u-%02u-%02u\n", 800 + n % 9000, 8 + n % 17, 1 + n % 12, 1 + n % 28);
    }
  g_file_set_contents (wide, out->str, (gssize) out->len, &error);
  g_assert_no_error (error);
}

char *
mc_bench_roster (const McBench *bench, guint n)
{
  g_autofree char *name = g_strdup_printf ("roster-%u.csv", n);
  g_autofree char *narrow = mc_bench_path (bench, "roster.csv");
  char *path = mc_bench_path (bench, name);
  McAreaTree *tree = mc_area_tree_get_builtin ();
  g_autoptr (McSampleRoster) roster = NULL;
  g_autoptr (GError) error = NULL;

  if (g_file_test (path, G_FILE_TEST_EXISTS))
    return path;
  roster = mc_sample_roster_new (tree, mc_area_tree_find_code (tree, AREA), n, 1);
  mc_sample_roster_write (roster, narrow, &error);
  g_assert_no_error (error);
  widen (narrow, path);
  return path;
}

/* --- visits ----------------------------------------------------------------------------------------------- */

typedef struct
{
  McStore *store;
  GPtrArray *facilities; /* ids */
  GPtrArray *areas;
  const McUser *user;
  guint first, n;
} Visits;

static gboolean
save_visits (McBulk *bulk, gpointer data, GCancellable *cancellable, GError **error)
{
  Visits *self = data;
  char *standard = g_compute_checksum_for_string (G_CHECKSUM_SHA256, "bench", -1);
  gboolean done = TRUE;

  for (guint i = self->first; done && i < self->first + self->n; i++)
    {
      g_autoptr (McRecord) visit = mc_record_new (mc_entity_find ("visit"), NULL);
      g_autofree char *day = g_strdup_printf ("20%02u-%02u-%02u", 20 + i % 6, 1 + i % 12, 1 + i % 28);

      mc_record_set_text (visit, "facility", self->facilities->pdata[i % self->facilities->len]);
      mc_record_set_text (visit, "area", self->areas->pdata[i % self->facilities->len]);
      mc_record_set_text (visit, "authority", self->user->authority);
      mc_record_set_text (visit, "lead", self->user->inspector);
      mc_record_set_text (visit, "type", "routine");
      mc_record_set_text (visit, "standard", standard);
      mc_record_set_text (visit, "checked_on", day);
      done = mc_bulk_save (bulk, NULL, visit, NULL, error);
    }
  g_free (standard);
  return done;
}

static void
load_facilities (Visits *self)
{
  const McFacilityQuery query = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (McAreaTree) tree = mc_area_tree_load (self->store, &error);
  g_autoptr (McFacilityList) list = NULL;
  g_autoptr (GPtrArray) rows = NULL;

  g_assert_no_error (error);
  list = mc_facility_list_load (self->store, tree, &query, NULL, &error);
  g_assert_no_error (error);
  rows = mc_facility_rows_load (self->store, tree, mc_facility_list_get_rowids (list), mc_facility_list_get_n (list), &error);
  g_assert_no_error (error);
  for (guint i = 0; i < rows->len; i++)
    {
      g_ptr_array_add (self->facilities, g_strdup (((McFacilityRow *) rows->pdata[i])->id));
      g_ptr_array_add (self->areas, g_strdup (((McFacilityRow *) rows->pdata[i])->area));
    }
}

static void
add_visits (McStore *store, guint n)
{
  g_autoptr (GPtrArray) facilities = g_ptr_array_new_with_free_func (g_free), areas = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) users = mc_user_list (store, &error);
  Visits visits = { store, facilities, areas, users->pdata[0], 0, 0 };

  g_assert_no_error (error);
  load_facilities (&visits);
  for (; visits.first < n; visits.first += visits.n)
    {
      visits.n = MIN (n - visits.first, VISITS_AT_ONCE);
      mc_store_write_bulk (store, save_visits, &visits, NULL, &error);
      g_assert_no_error (error);
    }
}

void
mc_bench_part_store (const McBench *bench, char **arguments)
{
  guint n = (guint) strtoul (arguments[1], NULL, 10), n_visits = (guint) strtoul (arguments[2], NULL, 10);
  g_autofree char *roster = mc_bench_roster (bench, n);
  g_autoptr (McStore) store = mc_bench_create (arguments[0]);

  mc_bench_import (store, roster);
  add_visits (store, n_visits);
  mc_store_close (store);
}

char *
mc_bench_store (const McBench *bench, guint n, guint n_visits)
{
  g_autofree char *n_text = g_strdup_printf ("%u", n), *n_visits_text = g_strdup_printf ("%u", n_visits);
  g_autofree char *name = g_strdup_printf ("store-%u-%u", n, n_visits);
  g_autofree char *folder = mc_bench_path (bench, name);
  g_autofree char *made = g_build_filename (folder, "made", NULL);
  char *path = g_build_filename (folder, "mingcha.db", NULL);
  g_autoptr (GError) error = NULL;

  if (g_file_test (made, G_FILE_TEST_EXISTS))
    return path;
  mc_bench_run_part (bench, NULL, 0, "store", path, n_text, n_visits_text, NULL);
  g_file_set_contents (made, "", 0, &error);
  g_assert_no_error (error);
  return path;
}
