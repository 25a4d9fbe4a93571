/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the measurements share: numbers, rows, and runs in processes of their own. */
#include "mc-bench.h"

#include <glib/gstdio.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

guint
mc_bench_scaled (const McBench *bench, guint n, guint least)
{
  return MAX (least, (guint) lround (n * bench->scale));
}

char *
mc_bench_path (const McBench *bench, const char *name)
{
  return g_build_filename (bench->folder, name, NULL);
}

void
mc_bench_row (const char *name, const char *work, const char *ours, const char *anchor, double ratio, const char *goal, gboolean met)
{
  printf ("%-10s %s\n           ours %s | anchor %s | ratio %.2f | goal %s | %s\n", name, work, ours, anchor, ratio, goal, met ? "met" : "MISSED");
  fflush (stdout);
}

void
mc_bench_note (const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  fputs ("           ", stdout);
  vprintf (format, arguments);
  putchar ('\n');
  va_end (arguments);
  fflush (stdout);
}

/* --- numbers ---------------------------------------------------------------------------------------------- */

static double
read_clock (clockid_t id)
{
  struct timespec time;

  clock_gettime (id, &time);
  return (double) time.tv_sec + (double) time.tv_nsec / 1e9;
}

double
mc_bench_now (void)
{
  return read_clock (CLOCK_MONOTONIC);
}

double
mc_bench_cpu (void)
{
  return read_clock (CLOCK_PROCESS_CPUTIME_ID);
}

static double
read_status (const char *key)
{
  g_autofree char *status = NULL;
  const char *line;

  if (!g_file_get_contents ("/proc/self/status", &status, NULL, NULL))
    return (double) NAN;
  line = strstr (status, key);
  return line ? g_ascii_strtod (line + strlen (key), NULL) / 1024 : (double) NAN;
}

double
mc_bench_rss (void)
{
  return read_status ("VmRSS:");
}

double
mc_bench_hwm (void)
{
  return read_status ("VmHWM:");
}

static int
compare_numbers (gconstpointer a, gconstpointer b)
{
  double left = *(const double *) a, right = *(const double *) b;

  return left < right ? -1 : left > right;
}

double
mc_bench_percentile (GArray *numbers, double part)
{
  guint place;

  g_assert_cmpuint (numbers->len, >, 0);
  g_array_sort (numbers, compare_numbers);
  place = (guint) ceil (part * numbers->len);
  return g_array_index (numbers, double, MAX (place, 1) - 1);
}

double
mc_bench_median (GArray *numbers)
{
  return mc_bench_percentile (numbers, 0.5);
}

/* --- parts ------------------------------------------------------------------------------------------------ */

void
mc_bench_answer (const double *numbers, guint n_numbers)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  for (guint i = 0; i < n_numbers; i++)
    printf ("%s ", g_ascii_dtostr (text, sizeof text, numbers[i]));
  putchar ('\n');
}

void
mc_bench_run_part (const McBench *bench, double *numbers, guint n_numbers, const char *name, ...)
{
  g_autoptr (GPtrArray) command = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *output = NULL;
  g_autoptr (GError) error = NULL;
  const char *argument;
  char *rest;
  va_list arguments;
  int status;

  g_ptr_array_add (command, g_strdup (bench->program));
  g_ptr_array_add (command, g_strdup_printf ("--scale=%g", bench->scale));
  g_ptr_array_add (command, g_strdup_printf ("--folder=%s", bench->folder));
  g_ptr_array_add (command, g_strdup_printf ("--part=%s", name));
  g_ptr_array_add (command, g_strdup ("--"));
  va_start (arguments, name);
  while ((argument = va_arg (arguments, const char *)))
    g_ptr_array_add (command, g_strdup (argument));
  va_end (arguments);
  g_ptr_array_add (command, NULL);
  g_spawn_sync (NULL, (char **) command->pdata, NULL, G_SPAWN_DEFAULT, NULL, NULL, &output, NULL, &status, &error);
  g_assert_no_error (error);
  g_spawn_check_wait_status (status, &error);
  g_assert_no_error (error);
  rest = output;
  for (guint i = 0; i < n_numbers; i++)
    numbers[i] = g_ascii_strtod (rest, &rest);
}

/* --- folders ---------------------------------------------------------------------------------------------- */

void
mc_bench_remove (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir && (name = g_dir_read_name (dir)))
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_file_test (child, G_FILE_TEST_IS_DIR) && !g_file_test (child, G_FILE_TEST_IS_SYMLINK))
        mc_bench_remove (child);
      else
        g_unlink (child);
    }
  g_rmdir (path);
}
