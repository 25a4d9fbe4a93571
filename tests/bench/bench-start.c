/* SPDX-License-Identifier: GPL-3.0-or-later
 * From exec to the first frame with rows, against the first frame of an empty window of the same libraries. */
#include "mc-bench.h"

#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define ROUNDS 10
#define PATIENCE 60 /* seconds until a program without a frame counts as broken */

/* Between fork and exec: only what is safe there. */
static void
exec_child (const char *const *command, int fd)
{
  struct timespec now;
  gint64 began;

  clock_gettime (CLOCK_MONOTONIC, &now);
  began = now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000;
  if (write (fd, &began, sizeof began) == sizeof began)
    execv (command[0], (char *const *) command);
  _exit (127);
}

static double
read_frame (int fd)
{
  struct pollfd wait = { .fd = fd, .events = POLLIN };
  gint64 began, painted;
  char text[64] = "";
  gssize n = 0, more;

  if (read (fd, &began, sizeof began) != sizeof began)
    return -1;
  while (!strchr (text, '\n') && poll (&wait, 1, PATIENCE * 1000) == 1 && (more = read (fd, text + n, sizeof text - 1 - (gsize) n)) > 0)
    n += more;
  painted = g_ascii_strtoll (text, NULL, 10);
  return painted > began ? (double) (painted - began) / G_USEC_PER_SEC : -1;
}

/* Seconds from exec to the frame, told through the pipe that MINGCHA_FIRST_FRAME_FD names. */
static double
start (const char *const *command)
{
  g_autofree char *number = NULL;
  int ends[2];
  double seconds;
  pid_t child;

  g_assert_cmpint (pipe (ends), ==, 0);
  number = g_strdup_printf ("%d", ends[1]);
  g_setenv ("MINGCHA_FIRST_FRAME_FD", number, TRUE);
  child = fork ();
  if (child == 0)
    {
      close (ends[0]);
      exec_child (command, ends[1]);
    }
  close (ends[1]);
  seconds = read_frame (ends[0]);
  close (ends[0]);
  kill (child, SIGTERM);
  waitpid (child, NULL, 0);
  g_assert_cmpfloat (seconds, >, 0);
  return seconds;
}

void
mc_bench_start (const McBench *bench)
{
  guint n = mc_bench_scaled (bench, 100000, 50), n_visits = mc_bench_scaled (bench, 1000000, 50);
  g_autofree char *path = mc_bench_store (bench, n, n_visits), *work = NULL, *ours_text = NULL, *empty_text = NULL;
  g_autofree char *program = g_build_filename (bench->bindir, "..", "..", "src", "app", "mingcha", NULL);
  g_autofree char *empty = g_build_filename (bench->bindir, "empty-window", NULL);
  const char *command[] = { program, "--db", path, "--page", "registry", NULL }, *empty_command[] = { empty, NULL };
  g_autoptr (GArray) ours = g_array_new (FALSE, FALSE, sizeof (double)), theirs = g_array_new (FALSE, FALSE, sizeof (double));
  guint rounds = MAX (2, (guint) (ROUNDS * MIN (bench->scale, 1)));

  for (guint i = 0; i <= rounds; i++)
    {
      double a = start (empty_command), b = start (command);

      /* The first of both warms what the disk holds. */
      if (i > 0)
        g_array_append_val (theirs, a);
      if (i > 0)
        g_array_append_val (ours, b);
    }
  work = g_strdup_printf ("exec to the first frame with rows, %u facilities, %u visits, median of %u in turn", n, n_visits, rounds);
  ours_text = g_strdup_printf ("%.0f ms", mc_bench_median (ours) * 1e3);
  empty_text = g_strdup_printf ("an empty window %.0f ms", mc_bench_median (theirs) * 1e3);
  mc_bench_row ("start", work, ours_text, empty_text, mc_bench_median (ours) / mc_bench_median (theirs), "≤ 1.5 ×",
                mc_bench_median (ours) <= 1.5 * mc_bench_median (theirs));
}
