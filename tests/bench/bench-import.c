/* SPDX-License-Identifier: GPL-3.0-or-later
 * Import of a roster, against the command line of SQLite importing the same file. */
#include "mc-bench.h"

#include <glib/gstdio.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "registry/mc-facility.h"

#define ROUNDS 3

static guint
count (McStore *store)
{
  g_autoptr (GError) error = NULL;
  McFacilityCounts counts;

  mc_facility_counts_load (store, "2026-01-01", &counts, &error);
  g_assert_no_error (error);
  return counts.all;
}

void
mc_bench_part_import (const McBench *bench, char **arguments)
{
  g_autoptr (McStore) store = mc_bench_create (arguments[0]);
  double idle = mc_bench_rss (), cpu = mc_bench_cpu (), began = mc_bench_now (), seconds;

  mc_bench_import (store, arguments[1]);
  seconds = mc_bench_now () - began;
  mc_bench_answer ((double[]) { seconds, mc_bench_cpu () - cpu, idle, mc_bench_hwm (), count (store) }, 5);
  mc_store_close (store);
}

static double
children_cpu (void)
{
  struct rusage usage;

  getrusage (RUSAGE_CHILDREN, &usage);
  return (double) (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) + (double) (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

/* The same columns; the running number is the key. */
static char *
table_sql (const char *roster)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) names = NULL;
  GString *sql = g_string_new ("CREATE TABLE roster (");

  g_file_get_contents (roster, &text, NULL, NULL);
  *strchr (text, '\n') = '\0';
  names = g_strsplit (g_str_has_prefix (text, "\357\273\277") ? text + 3 : text, ",", -1);
  for (guint i = 0; names[i]; i++)
    g_string_append_printf (sql, "%s\"%s\" TEXT%s", i ? ", " : "", names[i], i ? "" : " PRIMARY KEY");
  g_string_append (sql, ")");
  return g_string_free (sql, FALSE);
}

static void
import_alone (const McBench *bench, const char *roster, double *seconds, double *cpu)
{
  g_autofree char *folder = mc_bench_path (bench, "alone"), *path = g_build_filename (folder, "alone.db", NULL);
  g_autofree char *sql = table_sql (roster), *import = g_strdup_printf (".import --csv --skip 1 %s roster", roster);
  const char *command[] = { "sqlite3", path, "PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL", sql, import, NULL };
  double began, cpu_before = children_cpu ();
  g_autoptr (GError) error = NULL;
  int status;

  mc_bench_remove (folder);
  g_mkdir (folder, 0700);
  began = mc_bench_now ();
  g_spawn_sync (NULL, (char **) command, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_STDOUT_TO_DEV_NULL, NULL, NULL, NULL, NULL, &status, &error);
  *seconds = mc_bench_now () - began;
  *cpu = children_cpu () - cpu_before;
  g_assert_no_error (error);
  g_spawn_check_wait_status (status, &error);
  g_assert_no_error (error);
}

/* @o: as mc_bench_part_import() answers. @rows: whose memory it is. */
static void
memory_row (const char *rows, const double o[5], double most)
{
  g_autofree char *memory = g_strdup_printf ("most memory + %.1f MiB", most), *idle = g_strdup_printf ("idle %.1f MiB", o[2]);

  mc_bench_row ("import", rows, memory, idle, (o[2] + most) / o[2], "≤ idle + 64 MiB", most <= 64);
}

/* Once, for its memory; the time is only told. */
static void
import_million (const McBench *bench, guint n, const char *roster, const char *kind)
{
  g_autofree char *folder = mc_bench_path (bench, "import"), *path = g_build_filename (folder, "mingcha.db", NULL), *rows = NULL;
  double o[5];

  mc_bench_remove (folder);
  mc_bench_run_part (bench, o, G_N_ELEMENTS (o), "import", path, roster, NULL);
  mc_bench_remove (folder);
  rows = g_strdup_printf ("memory of %u rows × 20 columns from %s (%.0f stored in %.1f s)", n, kind, o[4], o[0]);
  memory_row (rows, o, o[3] - o[2]);
}

static void
import_against_alone (const McBench *bench, guint n)
{
  g_autofree char *roster = mc_bench_roster (bench, n), *folder = mc_bench_path (bench, "import");
  g_autofree char *path = g_build_filename (folder, "mingcha.db", NULL);
  g_autoptr (GArray) ours = g_array_new (FALSE, FALSE, sizeof (double)), alone = g_array_new (FALSE, FALSE, sizeof (double));
  g_autofree char *work = NULL, *ours_text = NULL, *alone_text = NULL;
  double o[5], most = 0, seconds, cpu = 0;

  for (guint i = 0; i < ROUNDS; i++)
    {
      mc_bench_remove (folder);
      mc_bench_run_part (bench, o, G_N_ELEMENTS (o), "import", path, roster, NULL);
      g_array_append_val (ours, o[0]);
      most = fmax (most, o[3] - o[2]);
      import_alone (bench, roster, &seconds, &cpu);
      g_array_append_val (alone, seconds);
    }
  mc_bench_remove (folder);
  work = g_strdup_printf ("%u rows × 20 columns from .csv, checked, matched and logged (%.0f stored), median of %d", n, o[4], ROUNDS);
  ours_text = g_strdup_printf ("%.2f s (CPU %.1f µs a row)", mc_bench_median (ours), o[1] / n * 1e6);
  alone_text = g_strdup_printf ("sqlite3 .import %.2f s (CPU %.1f µs a row)", mc_bench_median (alone), cpu / n * 1e6);
  mc_bench_row ("import", work, ours_text, alone_text, mc_bench_median (ours) / mc_bench_median (alone), "≤ 5 ×",
                mc_bench_median (ours) <= 5 * mc_bench_median (alone));
  memory_row ("memory of the same", o, most);
}

void
mc_bench_import_row (const McBench *bench)
{
  guint million = mc_bench_scaled (bench, 1000000, 50);
  g_autofree char *roster = NULL, *workbook = NULL;

  import_against_alone (bench, mc_bench_scaled (bench, 100000, 50));
  roster = mc_bench_roster (bench, million);
  import_million (bench, million, roster, ".csv");
  workbook = mc_bench_workbook (bench, million);
  import_million (bench, million, workbook, ".xlsx");
}
