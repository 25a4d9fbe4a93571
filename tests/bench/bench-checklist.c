/* SPDX-License-Identifier: GPL-3.0-or-later
 * From the wish to open a check of 400 items to its first frame, against a plain list box of as many labels in the same process. */
#include "mc-bench.h"

#include <json-glib/json-glib.h>

#include "inspections/mc-checklist.h"
#include "inspections/mc-visits.h"
#include "mc-stage.h"
#include "registry/mc-facility.h"
#include "registry/mc-user.h"

#define ITEMS 400
#define ROUNDS 10
#define DAY "2026-11-19"

/* The standard for elder homes, with its items repeated under other codes until there are enough. */
static GBytes *
make_standard (guint n)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) builtin = g_resources_lookup_data ("/org/mingcha/Mingcha/standards/elder-care-inspection.json", 0, &error);
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  g_autoptr (JsonArray) all = json_array_new ();
  JsonObject *root;
  JsonArray *items;
  gsize size;
  char *text;

  g_assert_no_error (error);
  json_parser_load_from_data (parser, g_bytes_get_data (builtin, NULL), (gssize) g_bytes_get_size (builtin), &error);
  g_assert_no_error (error);
  root = json_node_get_object (json_parser_get_root (parser));
  items = json_object_get_array_member (root, "items");
  for (guint i = 0; i < n; i++)
    {
      /* One section after the other: items stand in the order of the sections. */
      guint from = (guint) ((guint64) i * json_array_get_length (items) / n);
      g_autofree char *item = json_to_string (json_array_get_element (items, from), FALSE);
      JsonNode *copy = json_from_string (item, NULL);
      g_autofree char *code = g_strdup_printf ("%s%u", json_object_get_string_member (json_node_get_object (copy), "section"), i + 1);

      json_object_set_string_member (json_node_get_object (copy), "code", code);
      json_array_add_element (all, copy);
    }
  json_object_set_array_member (root, "items", g_steal_pointer (&all));
  json_object_set_string_member (root, "id", "bench-inspection");
  json_generator_set_root (generator, json_parser_get_root (parser));
  text = json_generator_to_data (generator, &size);
  return g_bytes_new_take (text, size);
}

static McVisit *
answer (McVisit *visit, const char *item, const char *value)
{
  g_autoptr (McVisit) before = visit;
  g_autoptr (GError) error = NULL;
  McVisit *after = mc_visit_with_answer (before, item, value, NULL, &error);

  g_assert_no_error (error);
  return after;
}

/* A check that is half done, with a finding now and then. The caller frees its id. */
static char *
make_visit (const char *path, guint n)
{
  g_autoptr (McStore) store = mc_bench_open (path);
  g_autoptr (GBytes) bytes = make_standard (n);
  g_autoptr (GError) error = NULL;
  g_autoptr (McUser) user = mc_user_find (store, mc_store_get_user (store), NULL);
  McStandard *standard = mc_standards_import (store, bytes, user->authority, user->area, &error);
  g_autoptr (McStandards) standards = mc_standards_load (store, NULL);
  g_autoptr (McAreaTree) tree = mc_area_tree_load (store, NULL);
  const McFacilityQuery query = { .group = "elder", .status = "operating", .limit = 1 };
  g_autoptr (McFacilityList) list = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  McVisitRequest request = { .today = DAY };
  McVisit *visit;
  const McItem *items;
  char *id;

  g_assert_no_error (error);
  list = mc_facility_list_load (store, tree, &query, NULL, &error);
  rows = mc_facility_rows_load (store, tree, mc_facility_list_get_rowids (list), 1, &error);
  request.facility = ((McFacilityRow *) rows->pdata[0])->id;
  request.standard = mc_standard_get_version_id (standard);
  visit = mc_visits_prepare (store, standards, &request, &error);
  g_assert_no_error (error);
  items = mc_standard_get_items (mc_visit_get_standard (visit), &n);
  for (guint i = 0; i < n / 2; i++)
    visit = answer (visit, items[i].code, i % 40 == 7 ? "nonconform" : "conform");
  mc_visits_save (store, NULL, visit, &error);
  g_assert_no_error (error);
  id = g_strdup (mc_visit_get_id (visit));
  mc_visit_unref (visit);
  mc_standard_unref (standard);
  mc_store_close (store);
  return id;
}

static GtkWidget *
find (GtkWidget *widget, GType type)
{
  GtkWidget *found = NULL;

  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child && !found; child = gtk_widget_get_next_sibling (child))
    found = find (child, type);
  return found;
}

/* On the clock, and what the process worked for it: the machine may be busy with something else. */
typedef struct
{
  double seconds, cpu;
} Span;

typedef struct
{
  GtkWidget *checklist; /* NULL: the next frame counts */
  gboolean painted;
} Wait;

static void
painted_cb (GdkFrameClock *clock, Wait *wait)
{
  McChecklist *checklist = wait->checklist ? MC_CHECKLIST (wait->checklist) : NULL;

  if (!checklist || (gtk_widget_get_mapped (wait->checklist) && mc_checklist_get_n_items (checklist) > 0))
    wait->painted = TRUE;
}

static Span
begin (void)
{
  return (Span) { mc_bench_now (), mc_bench_cpu () };
}

static Span
wait_painted (GtkWidget *window, GtkWidget *checklist, Span began)
{
  Wait wait = { .checklist = checklist };
  GdkFrameClock *clock = gtk_widget_get_frame_clock (window);
  gulong id = g_signal_connect (clock, "after-paint", G_CALLBACK (painted_cb), &wait);

  while (!wait.painted)
    g_main_context_iteration (NULL, TRUE);
  g_signal_handler_disconnect (clock, id);
  return (Span) { mc_bench_now () - began.seconds, mc_bench_cpu () - began.cpu };
}

static Span
open_visit (McStage *stage, const char *id)
{
  McPage *page = mc_window_get_page (mc_stage_get_window (stage));
  GtkWidget *checklist = find (GTK_WIDGET (page), MC_TYPE_CHECKLIST);
  Span began, span;

  mc_page_go_back (page);
  mc_stage_settle (stage);
  began = begin ();
  mc_page_open_record (page, "visit", id);
  span = wait_painted (GTK_WIDGET (mc_stage_get_window (stage)), checklist, began);
  mc_stage_settle (stage);
  return span;
}

static Span
open_labels (const McItem *items, guint n, guint n_rows)
{
  Span began = begin (), span;
  GtkWidget *window = gtk_window_new (), *scroller = gtk_scrolled_window_new (), *list = gtk_list_box_new ();

  for (guint i = 0; i < n_rows; i++)
    {
      GtkWidget *label = gtk_label_new (items[i * n / n_rows].text);

      gtk_label_set_wrap (GTK_LABEL (label), TRUE);
      gtk_list_box_append (GTK_LIST_BOX (list), label);
    }
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), list);
  gtk_window_set_child (GTK_WINDOW (window), scroller);
  gtk_window_set_default_size (GTK_WINDOW (window), 1366, 768);
  gtk_widget_realize (window);
  gtk_window_present (GTK_WINDOW (window));
  span = wait_painted (window, NULL, began);
  gtk_window_destroy (GTK_WINDOW (window));
  return span;
}

void
mc_bench_checklist (const McBench *bench)
{
  guint n = mc_bench_scaled (bench, ITEMS, 10), n_builtin, rounds = MAX (2, (guint) (ROUNDS * MIN (bench->scale, 1)));
  g_autofree char *path = mc_bench_store (bench, mc_bench_scaled (bench, 1000, 50), 0), *id = make_visit (path, n);
  g_autofree char *work = NULL, *ours_text = NULL, *labels_text = NULL;
  g_autoptr (GArray) ours = g_array_new (FALSE, FALSE, sizeof (double)), labels = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) ours_cpu = g_array_new (FALSE, FALSE, sizeof (double)), labels_cpu = g_array_new (FALSE, FALSE, sizeof (double));
  McStandard *builtin = mc_standards_find_latest (mc_standards_get_builtin (), "elder-care-inspection", DAY, NULL);
  const McItem *items = mc_standard_get_items (builtin, &n_builtin);
  McStage *stage;
  GDate today;

  if (!mc_stage_init ())
    {
      mc_bench_note ("checklist: no zh_CN locale (LOCPATH)");
      return;
    }
  g_date_clear (&today, 1);
  g_date_set_parse (&today, DAY);
  stage = mc_stage_new (path, 1366, 768, &today);
  mc_window_show_page (mc_stage_get_window (stage), "visits");
  mc_stage_settle (stage);
  for (guint i = 0; i <= rounds; i++)
    {
      Span a = open_labels (items, n_builtin, n), b = open_visit (stage, id);

      /* The first of both warms fonts and images. */
      if (i == 0)
        continue;
      g_array_append_val (labels, a.seconds);
      g_array_append_val (labels_cpu, a.cpu);
      g_array_append_val (ours, b.seconds);
      g_array_append_val (ours_cpu, b.cpu);
    }
  mc_stage_free (stage);
  work = g_strdup_printf ("a check of %u items half done, from the wish to the first frame, median of %u in turn", n, rounds);
  ours_text = g_strdup_printf ("%.0f ms (%.0f ms of work)", mc_bench_median (ours) * 1e3, mc_bench_median (ours_cpu) * 1e3);
  labels_text = g_strdup_printf ("a window with a list box of %u labels %.0f ms (%.0f ms of work)", n, mc_bench_median (labels) * 1e3,
                                 mc_bench_median (labels_cpu) * 1e3);
  mc_bench_row ("checklist", work, ours_text, labels_text, mc_bench_median (ours) / mc_bench_median (labels), "< 200 ms", mc_bench_median (ours) < 0.2);
}
