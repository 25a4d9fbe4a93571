/* SPDX-License-Identifier: GPL-3.0-or-later
 * Measurements, each beside its anchor in the same run: mingcha-bench [--scale F] [--folder DIR] [--tap] [NAME…]. */
#include "mc-bench.h"

#include <glib/gstdio.h>
#include <locale.h>
#include <stdio.h>
#include <string.h>

#include "store/mc-locale.h"

typedef struct
{
  const char *name;
  void (*run) (const McBench *bench);
  gboolean needs_display;
} Row;

static const Row rows[] = {
  { "start", mc_bench_start, TRUE },
  { "checklist", mc_bench_checklist, TRUE },
  { "search", mc_bench_search, FALSE },
  { "export", mc_bench_export, FALSE },
  { "import", mc_bench_import_row, FALSE },
  { "save", mc_bench_save, FALSE },
  { "visit-size", mc_bench_visit_size, FALSE },
  { "rebuild", mc_bench_rebuild, FALSE },
};

static const struct
{
  const char *name;
  McBenchPart run;
} parts[] = {
  { "store", mc_bench_part_store },
  { "search", mc_bench_part_search },
  { "search-painted", mc_bench_part_search_painted },
  { "export", mc_bench_part_export },
  { "export-alone", mc_bench_part_export_alone },
  { "import", mc_bench_part_import },
  { "rebuild", mc_bench_part_rebuild },
  { "rebuild-out", mc_bench_part_rebuild_out },
  { "mixture", mc_bench_part_mixture },
};

static gboolean
run_part (const McBench *bench, const char *name, char **arguments)
{
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (strcmp (parts[i].name, name) == 0)
      {
        parts[i].run (bench, arguments);
        return TRUE;
      }
  return FALSE;
}

static gboolean
is_wanted (const Row *row, char **names)
{
  return !names || !names[0] || g_strv_contains ((const char *const *) names, row->name);
}

static gboolean
has_display (void)
{
  return g_getenv ("DISPLAY") || g_getenv ("WAYLAND_DISPLAY");
}

static void
print_output (const char *output, gboolean tap)
{
  g_auto (GStrv) lines = g_strsplit (output, "\n", -1);

  for (guint i = 0; lines[i]; i++)
    if (*lines[i])
      printf ("%s%s\n", tap ? "# " : "", lines[i]);
}

/* Each row in a process of its own: what one leaves in memory is not the next one's. Shows what it printed. */
static gboolean
run_row (const McBench *bench, const Row *row, gboolean tap)
{
  g_autofree char *scale = g_strdup_printf ("--scale=%g", bench->scale), *folder = g_strdup_printf ("--folder=%s", bench->folder);
  g_autofree char *one = g_strdup_printf ("--row=%s", row->name), *output = NULL;
  char *command[] = { (char *) bench->program, scale, folder, one, NULL };
  g_autoptr (GError) error = NULL;
  int status;
  gboolean ran = g_spawn_sync (NULL, command, NULL, G_SPAWN_DEFAULT, NULL, NULL, &output, NULL, &status, &error) &&
                 g_spawn_check_wait_status (status, &error);

  if (output)
    print_output (output, tap);
  if (!ran)
    fprintf (stderr, "%s: %s\n", row->name, error->message);
  fflush (stdout);
  return ran && g_str_has_prefix (output, row->name) && strstr (output, "| ratio ");
}

/* For ./dev test: the rows as TAP cases; times decide nothing. */
static gboolean
run_rows (const McBench *bench, char **names, gboolean tap)
{
  gboolean all = TRUE;
  guint n = 0;

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      gboolean skipped = rows[i].needs_display && !has_display (), ran;

      if (!is_wanted (&rows[i], names))
        continue;
      n++;
      ran = skipped || run_row (bench, &rows[i], tap);
      all = all && ran;
      if (tap)
        printf ("%sok %u /bench/%s%s\n", ran ? "" : "not ", n, rows[i].name, skipped ? " # SKIP no display" : "");
      else if (skipped)
        printf ("%-10s left out: no display\n", rows[i].name);
    }
  if (tap)
    printf ("1..%u\n", n);
  return all && n > 0;
}

/* What the programs keep beside their file goes into the folder too. */
static void
isolate (const char *folder)
{
  const char *const names[][2] = { { "XDG_STATE_HOME", "state" }, { "XDG_DATA_HOME", "share" }, { "XDG_CONFIG_HOME", "config" }, { "XDG_CACHE_HOME", "cache" } };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (folder, names[i][1], NULL);

      g_mkdir_with_parents (path, 0700);
      g_setenv (names[i][0], path, TRUE);
    }
  g_setenv ("GSETTINGS_BACKEND", "memory", TRUE);
}

static int
run (McBench *bench, char **names, const char *part, const char *one, gboolean tap)
{
  g_autofree char *own = NULL;
  gboolean done = FALSE;

  if (!bench->folder)
    bench->folder = own = g_dir_make_tmp ("mingcha-bench-XXXXXX", NULL);
  g_assert_nonnull (bench->folder);
  isolate (bench->folder);
  if (part)
    done = run_part (bench, part, names);
  else if (!one)
    done = run_rows (bench, names, tap);
  else
    for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
      if (strcmp (rows[i].name, one) == 0)
        {
          rows[i].run (bench);
          done = TRUE;
        }
  if (own)
    mc_bench_remove (own);
  return done ? 0 : 1;
}

int
main (int argc, char **argv)
{
  McBench bench = { .scale = 1 };
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL), *bindir = g_path_get_dirname (program);
  g_autofree char *folder = NULL, *part = NULL, *one = NULL;
  g_auto (GStrv) names = NULL;
  gboolean tap = FALSE;
  const GOptionEntry options[] = {
    { "scale", 0, 0, G_OPTION_ARG_DOUBLE, &bench.scale, "1: the sizes of the goals; 10: imports a million rows", "F" },
    { "folder", 0, 0, G_OPTION_ARG_FILENAME, &folder, "Where to work and what to leave there", "DIR" },
    { "tap", 0, 0, G_OPTION_ARG_NONE, &tap, "As a test: does each row come?", NULL },
    { "row", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_STRING, &one, NULL, NULL },
    { "part", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_STRING, &part, NULL, NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_STRING_ARRAY, &names, NULL, "[NAME…]" },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;

  mc_locale_init ();
  setlocale (LC_NUMERIC, "C");
  g_option_context_add_main_entries (context, options, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    {
      fprintf (stderr, "%s\n", error->message);
      return 2;
    }
  bench.folder = folder;
  bench.program = program;
  bench.bindir = bindir;
  return run (&bench, names, part, one, tap);
}
