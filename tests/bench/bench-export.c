/* SPDX-License-Identifier: GPL-3.0-or-later
 * The register as a workbook, against libxlsxwriter alone with the same cells. */
#include "mc-bench.h"

#include <glib/gstdio.h>
#include <math.h>
#include <stdlib.h>

#include "reports/mc-column-plan.h"
#include "reports/mc-facility-workbook.h"

#define ROUNDS 3

/* With the running number twenty cells to a row; what rosters have. */
#define TWENTY                                                                                                                     \
  "name area_county area kind status operator credit_code ownership address beds childcare_places floor_area investment central_investment " \
  "opened_on credit_risk_class sample_fields area_code facility_id"

void
mc_bench_part_export (const McBench *bench, char **arguments)
{
  g_autoptr (McStore) store = mc_bench_open (arguments[0]);
  g_autoptr (McColumnPlan) plan = *arguments[2] ? mc_column_plan_new_from_text ("facilities", arguments[2]) : mc_column_plan_new_default ("facilities");
  const McWorkbookRequest request = { .path = arguments[1], .plan = plan };
  McWorkbookResult result = { 0 };
  double idle = mc_bench_rss (), cpu = mc_bench_cpu (), began = mc_bench_now ();
  g_autoptr (GError) error = NULL;

  mc_facility_workbook_write (store, &request, &result, &error);
  g_assert_no_error (error);
  mc_bench_answer ((double[]) { mc_bench_now () - began, mc_bench_cpu () - cpu, idle, mc_bench_hwm (), (double) result.rows }, 5);
  mc_store_close (store);
}

static void
compare (const McBench *bench, const char *path, const char *plan)
{
  g_autofree char *ours_path = mc_bench_path (bench, "ours.xlsx"), *alone_path = mc_bench_path (bench, "alone.xlsx");
  g_autoptr (GArray) ours = g_array_new (FALSE, FALSE, sizeof (double)), alone = g_array_new (FALSE, FALSE, sizeof (double));
  g_autofree char *work = NULL, *ours_text = NULL, *alone_text = NULL, *memory = NULL, *idle = NULL;
  double o[5], a[3], most = 0;

  for (guint i = 0; i < ROUNDS; i++)
    {
      g_unlink (ours_path);
      mc_bench_run_part (bench, o, G_N_ELEMENTS (o), "export", path, ours_path, plan, NULL);
      mc_bench_run_part (bench, a, G_N_ELEMENTS (a), "export-alone", ours_path, alone_path, NULL);
      g_array_append_val (ours, o[0]);
      g_array_append_val (alone, a[0]);
      most = fmax (most, o[3] - o[2]);
    }
  work = g_strdup_printf ("the register as a workbook, %.0f rows × %.0f columns, read back and on disk, median of %d", o[4], a[2], ROUNDS);
  ours_text = g_strdup_printf ("%.2f s (CPU %.2f s)", mc_bench_median (ours), o[1]);
  alone_text = g_strdup_printf ("libxlsxwriter alone %.2f s (CPU %.2f s)", mc_bench_median (alone), a[1]);
  mc_bench_row ("export", work, ours_text, alone_text, mc_bench_median (ours) / mc_bench_median (alone), "≤ 1.3 ×",
                mc_bench_median (ours) <= 1.3 * mc_bench_median (alone));
  memory = g_strdup_printf ("most memory + %.1f MiB", most);
  idle = g_strdup_printf ("idle %.1f MiB", o[2]);
  mc_bench_row ("export", "memory of the same", memory, idle, (o[2] + most) / o[2], "≤ idle + 64 MiB", most <= 64);
}

void
mc_bench_export (const McBench *bench)
{
  g_autofree char *path = mc_bench_store (bench, mc_bench_scaled (bench, 100000, 50), 0);

  compare (bench, path, TWENTY);
  compare (bench, path, "");
}
