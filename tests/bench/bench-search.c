/* SPDX-License-Identifier: GPL-3.0-or-later
 * From a key to the change signal of the list's model, for the first to the sixth letter; and, in a window, to the frame that shows it. */
#include "mc-bench.h"

#include <adwaita.h>
#include <stdlib.h>
#include <string.h>

#include "registry/mc-facility-list-view.h"
#include "registry/mc-facility-model.h"
#include "store/mc-pinyin.h"

#define LETTERS 6
#define ROUNDS 5 /* the first is the cold one */
#define NAMES 12

/* What is typed for a name: its characters, its initials, its full pinyin; six letters of each. */
static void
add_words (GPtrArray *words, const char *name)
{
  g_autoptr (GString) initials = g_string_new (NULL);
  g_autoptr (GString) pinyin = g_string_new (NULL);

  for (const char *p = name; *p; p = g_utf8_next_char (p))
    {
      const char *readings[MC_PINYIN_MAX_READINGS];

      if (mc_pinyin_readings (g_utf8_get_char (p), readings) == 0)
        continue;
      g_string_append_c (initials, readings[0][0]);
      g_string_append (pinyin, readings[0]);
    }
  g_string_truncate (initials, MIN (initials->len, LETTERS));
  g_string_truncate (pinyin, MIN (pinyin->len, LETTERS));
  g_ptr_array_add (words, g_utf8_substring (name, 0, MIN (g_utf8_strlen (name, -1), LETTERS)));
  g_ptr_array_add (words, g_strdup (initials->str));
  g_ptr_array_add (words, g_strdup (pinyin->str));
}

static void
wait (McFacilityModel *model)
{
  while (mc_facility_model_get_busy (model) || mc_facility_model_get_list (model) == NULL)
    g_main_context_iteration (NULL, TRUE);
}

static void
updated_cb (guint *n)
{
  (*n)++;
}

static double
type (McFacilityModel *model, const char *text, guint *updated)
{
  double began = mc_bench_now ();

  *updated = 0;
  mc_facility_model_set_text (model, text);
  while (*updated == 0)
    g_main_context_iteration (NULL, TRUE);
  return mc_bench_now () - began;
}

static void
type_words (McFacilityModel *model, GPtrArray *words, guint *updated, GArray *times)
{
  for (guint i = 0; i < words->len; i++)
    {
      const char *word = words->pdata[i];

      for (glong n = 1; n <= g_utf8_strlen (word, -1); n++)
        {
          g_autofree char *text = g_utf8_substring (word, 0, n);
          double seconds = type (model, text, updated);

          g_array_append_val (times, seconds);
        }
      type (model, "", updated);
    }
}

static GPtrArray *
pick_words (McStore *store, McFacilityModel *model)
{
  McFacilityList *list = mc_facility_model_get_list (model);
  guint n = mc_facility_list_get_n (list);
  GPtrArray *words = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < NAMES; i++)
    {
      gint64 rowid = mc_facility_list_get_rowid (list, (guint) ((guint64) n * i / NAMES));
      g_autoptr (GPtrArray) rows = mc_facility_rows_load (store, mc_facility_model_get_tree (model), &rowid, 1, &error);

      g_assert_no_error (error);
      add_words (words, ((McFacilityRow *) rows->pdata[0])->name);
    }
  return words;
}

void
mc_bench_part_search (const McBench *bench, char **arguments)
{
  const McFacilityQuery query = { 0 };
  g_autoptr (McStore) store = mc_bench_open (arguments[0]);
  g_autoptr (GDate) today = g_date_new_dmy (19, G_DATE_NOVEMBER, 2026);
  g_autoptr (McFacilityModel) model = mc_facility_model_new (store, today);
  g_autoptr (GArray) cold = g_array_new (FALSE, FALSE, sizeof (double)), warm = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GPtrArray) words = NULL;
  guint updated = 0;

  g_signal_connect_swapped (model, "updated", G_CALLBACK (updated_cb), &updated);
  mc_facility_model_set_query (model, &query);
  wait (model);
  words = pick_words (store, model);
  for (guint round = 0; round < ROUNDS; round++)
    type_words (model, words, &updated, round == 0 ? cold : warm);
  mc_bench_answer ((double[]) { cold->len, mc_bench_median (cold), mc_bench_percentile (cold, 0.95),
                                mc_bench_median (warm), mc_bench_percentile (warm, 0.95), mc_bench_percentile (warm, 1) }, 6);
  g_clear_object (&model);
  mc_store_close (store);
}

/* --- in a window ---------------------------------------------------------------------------------------------- */

typedef struct
{
  McFacilityListView *view;
  gboolean updated, painted;
} Shown;

static void
view_updated_cb (Shown *shown)
{
  shown->updated = TRUE;
}

static void
after_paint_cb (Shown *shown)
{
  shown->painted = shown->updated;
}

static void
settle (Shown *shown)
{
  gboolean busy = TRUE;

  for (guint quiet = 0; quiet < 3; quiet++)
    {
      g_object_get (shown->view, "busy", &busy, NULL);
      if (busy || g_main_context_iteration (NULL, FALSE))
        quiet = 0;
      if (busy)
        g_main_context_iteration (NULL, TRUE);
    }
}

static double
type_and_see (Shown *shown, const char *text)
{
  double began = mc_bench_now ();

  shown->updated = shown->painted = FALSE;
  mc_facility_list_view_search (shown->view, text);
  while (!shown->painted)
    g_main_context_iteration (NULL, TRUE);
  return mc_bench_now () - began;
}

static void
show_window (Shown *shown, McStore *store, const GDate *today)
{
  GtkWidget *window = gtk_window_new ();

  shown->view = g_object_new (MC_TYPE_FACILITY_LIST_VIEW, NULL);
  g_signal_connect_swapped (shown->view, "updated", G_CALLBACK (view_updated_cb), shown);
  gtk_window_set_default_size (GTK_WINDOW (window), 1150, 768);
  gtk_window_set_child (GTK_WINDOW (window), GTK_WIDGET (shown->view));
  mc_facility_list_view_set_store (shown->view, store, today);
  gtk_window_present (GTK_WINDOW (window));
  g_signal_connect_swapped (gtk_widget_get_frame_clock (window), "after-paint", G_CALLBACK (after_paint_cb), shown);
  settle (shown);
}

void
mc_bench_part_search_painted (const McBench *bench, char **arguments)
{
  g_autoptr (McStore) store = mc_bench_open (arguments[0]);
  g_autoptr (GDate) today = g_date_new_dmy (19, G_DATE_NOVEMBER, 2026);
  g_autoptr (McFacilityModel) model = mc_facility_model_new (store, today);
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GPtrArray) words = NULL;
  const McFacilityQuery query = { 0 };
  Shown shown = { 0 };

  adw_init ();
  mc_facility_model_set_query (model, &query);
  wait (model);
  words = pick_words (store, model);
  show_window (&shown, store, today);
  for (guint i = 0; i < words->len; i++)
    {
      for (glong n = 1; n <= g_utf8_strlen (words->pdata[i], -1); n++)
        {
          g_autofree char *text = g_utf8_substring (words->pdata[i], 0, n);
          double seconds = type_and_see (&shown, text);

          g_array_append_val (times, seconds);
          settle (&shown);
        }
      type_and_see (&shown, "");
      settle (&shown);
    }
  mc_bench_answer ((double[]) { mc_bench_median (times), mc_bench_percentile (times, 0.95), mc_bench_percentile (times, 1) }, 3);
}

void
mc_bench_search (const McBench *bench)
{
  guint n = mc_bench_scaled (bench, 100000, 50);
  g_autofree char *path = mc_bench_store (bench, n, 0);
  g_autofree char *work = g_strdup_printf ("key to the model's signal, %u facilities, letters 1 to %d", n, LETTERS);
  g_autofree char *cold = NULL, *warm = NULL;
  double found[6];

  mc_bench_run_part (bench, found, G_N_ELEMENTS (found), "search", path, NULL);
  cold = g_strdup_printf ("cold: p95 %.2f ms, median %.2f ms of %.0f keys", found[2] * 1e3, found[1] * 1e3, found[0]);
  warm = g_strdup_printf ("warm: p95 %.2f ms, median %.2f ms, worst %.2f ms", found[4] * 1e3, found[3] * 1e3, found[5] * 1e3);
  mc_bench_row ("search", work, cold, "a frame, 16 ms", found[2] * 1e3 / 16, "≤ 16 ms", found[2] <= 0.016);
  mc_bench_row ("search", work, warm, "a frame, 16 ms", found[4] * 1e3 / 16, "≤ 16 ms", found[4] <= 0.016);
  if (!g_getenv ("DISPLAY") && !g_getenv ("WAYLAND_DISPLAY"))
    {
      mc_bench_note ("no display: the time to the painted frame is left out");
      return;
    }
  mc_bench_run_part (bench, found, 3, "search-painted", path, NULL);
  mc_bench_note ("key to the painted frame, in a window: p95 %.1f ms, median %.1f ms, worst %.1f ms", found[1] * 1e3, found[0] * 1e3, found[2] * 1e3);
}
