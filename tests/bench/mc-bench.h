/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the measurements share: a folder, a scale, prepared stores, runs in processes of their own, and the printed row. */
#pragma once

#include <gio/gio.h>

#include "store/mc-store.h"

G_BEGIN_DECLS

typedef struct
{
  double scale;        /* 1: the sizes of the goals */
  const char *folder;  /* everything that is written lies below it: one disk for both sides of a comparison */
  const char *program; /* this program, to run a part of itself in a process of its own */
  const char *bindir;  /* the folder of the build, for the programs that are started */
} McBench;

/* @n at scale 1; never less than @least. */
guint mc_bench_scaled (const McBench *bench, guint n, guint least);

/* A path below the folder; caller frees. */
char *mc_bench_path (const McBench *bench, const char *name);

/* One row: what was done, both sides in words, the ratio, and the goal with its verdict. */
void mc_bench_row (const char *name, const char *work, const char *ours, const char *anchor, double ratio, const char *goal, gboolean met);
void mc_bench_note (const char *format, ...) G_GNUC_PRINTF (1, 2);

/* A store with an authority, a user and @n facilities (imported) and @n_visits visits, made once for each size in a process of its own. Caller frees the path. */
char *mc_bench_store (const McBench *bench, guint n, guint n_visits);
/* Opens it as its first user. */
McStore *mc_bench_open (const char *path);
/* The roster that it is imported from: a .csv of 20 columns. Caller frees the path. */
char *mc_bench_roster (const McBench *bench, guint n);
/* The same as an .xlsx with shared strings. Caller frees the path. */
char *mc_bench_workbook (const McBench *bench, guint n);
/* An empty store of the same authority. */
McStore *mc_bench_create (const char *path);
void mc_bench_import (McStore *store, const char *path);

/* Runs "PROGRAM --part NAME ARGUMENT…" and gives the numbers that it printed by mc_bench_answer(). */
void mc_bench_run_part (const McBench *bench, double *numbers, guint n_numbers, const char *name, ...) G_GNUC_NULL_TERMINATED;
void mc_bench_answer (const double *numbers, guint n_numbers);
/* The parts. @arguments: NULL-terminated. */
typedef void (*McBenchPart) (const McBench *bench, char **arguments);

double mc_bench_now (void);     /* seconds, monotonic */
double mc_bench_cpu (void);     /* seconds of this process, all threads */
double mc_bench_rss (void);     /* MiB, at this moment */
double mc_bench_hwm (void);     /* MiB, the most so far */
double mc_bench_median (GArray *numbers);                  /* of double; sorts them */
double mc_bench_percentile (GArray *numbers, double part); /* likewise; 0.95: p95 */

/* The folder and all in it. */
void mc_bench_remove (const char *path);

/* The benches and their parts. */
void mc_bench_start (const McBench *bench);
void mc_bench_search (const McBench *bench);
void mc_bench_export (const McBench *bench);
void mc_bench_import_row (const McBench *bench);
void mc_bench_save (const McBench *bench);
void mc_bench_visit_size (const McBench *bench);
void mc_bench_rebuild (const McBench *bench);
void mc_bench_checklist (const McBench *bench);

void mc_bench_part_store (const McBench *bench, char **arguments);
void mc_bench_part_search (const McBench *bench, char **arguments);
void mc_bench_part_search_painted (const McBench *bench, char **arguments);
void mc_bench_part_export (const McBench *bench, char **arguments);
void mc_bench_part_export_alone (const McBench *bench, char **arguments);
void mc_bench_part_import (const McBench *bench, char **arguments);
void mc_bench_part_rebuild (const McBench *bench, char **arguments);
void mc_bench_part_rebuild_out (const McBench *bench, char **arguments);
void mc_bench_part_mixture (const McBench *bench, char **arguments);

G_END_DECLS
