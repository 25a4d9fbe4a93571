/* SPDX-License-Identifier: GPL-3.0-or-later
 * Lists of facilities: which are in them, in which order, with which sums; rows with what they show; the search index over them. */
#include <string.h>

#include "registry/mc-facility-index.h"
#include "store/mc-code-list.h"
#include "test-registry-store.h"

typedef struct
{
  TestStore base;
  McAreaTree *tree;
} Test;

typedef struct
{
  const char *name, *kind, *area, *status, *risk;
  gint64 beds, places;
} Place;

/* In the order of entry. */
static const Place places[] = {
  { "秀洲区康养中心", "elder_home", "330411", "operating", "C", 420, -1 },
  { "长兴托育园", "childcare", "330402010", "operating", "A", -1, 60 },
  { "王江泾镇敬老院", "rural_elder_home", "330411101", "operating", "B", 80, -1 },
  { "安康养老院", "elder_home", "330402", "preparing", NULL, -1, -1 },
  { "嘉北街道照料中心", "community_elder_centre", "330411003", "operating", "D", 10, -1 },
  { "银行职工托育", "employer_childcare", "330411101", "suspended", "B", -1, -1 },
};

static char *
save_place (McStore *store, const Place *place)
{
  g_autoptr (McRecord) record = NULL;
  g_autofree char *area = mc_area_id_for_code (place->area), *id = mc_facility_id_for (place->kind, NULL, area, place->name);
  g_autoptr (GError) error = NULL;

  record = mc_record_new (mc_entity_find ("facility"), id);
  mc_record_set_text (record, "name", place->name);
  mc_record_set_text (record, "kind", place->kind);
  mc_record_set_text (record, "status", place->status);
  mc_record_set_text (record, "area", area);
  mc_record_set_text (record, "credit_risk_class", place->risk);
  if (place->beds >= 0)
    mc_record_set_integer (record, "beds", place->beds);
  if (place->places >= 0)
    mc_record_set_integer (record, "childcare_places", place->places);
  mc_store_save (store, NULL, record, &error);
  g_assert_no_error (error);
  return g_steal_pointer (&id);
}

static void
set_up (Test *test, gconstpointer data)
{
  test_store_open (&test->base, data);
  test_store_set_up (&test->base, "3304");
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    g_free (save_place (test->base.store, &places[i]));
  test->tree = mc_area_tree_load (test->base.store, NULL);
}

static void
tear_down (Test *test, gconstpointer data)
{
  mc_area_tree_unref (test->tree);
  test_store_close (&test->base, data);
}

/* The list as the numbers of its places in `places`: "0 2 4". */
static char *
numbers (Test *test, McFacilityList *list)
{
  GString *out = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = mc_facility_rows_load (test->base.store, test->tree, mc_facility_list_get_rowids (list), mc_facility_list_get_n (list), &error);

  g_assert_no_error (error);
  for (guint i = 0; i < rows->len; i++)
    for (guint j = 0; j < G_N_ELEMENTS (places); j++)
      if (strcmp (((McFacilityRow *) rows->pdata[i])->name, places[j].name) == 0)
        g_string_append_printf (out, "%s%u", out->len ? " " : "", j);
  return g_string_free (out, FALSE);
}

static char *
load (Test *test, const McFacilityQuery *query)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (McFacilityList) list = mc_facility_list_load (test->base.store, test->tree, query, NULL, &error);

  g_assert_no_error (error);
  return numbers (test, list);
}

static void
assert_list (Test *test, const McFacilityQuery *query, const char *expected)
{
  g_autofree char *found = load (test, query);

  g_assert_cmpstr (found, ==, expected);
}

static void
test_sorting (Test *test, gconstpointer data)
{
  static const struct { McFacilitySort sort; gboolean descending; const char *order; } cases[] = {
    { MC_FACILITY_SORT_AREA, FALSE, "3 1 0 2 5 4" }, /* Nanhu, its street, Xiuzhou, its town, the zone's street last */
    { MC_FACILITY_SORT_AREA, TRUE, "4 2 5 0 1 3" },
    { MC_FACILITY_SORT_NAME, FALSE, "3 4 2 0 5 1" }, /* an jia wang xiu yin zhang: one reading each, that of the collation */
    { MC_FACILITY_SORT_KIND, FALSE, "3 0 2 4 1 5" },
    { MC_FACILITY_SORT_CAPACITY, TRUE, "0 2 1 4 3 5" },
    { MC_FACILITY_SORT_RISK, TRUE, "4 0 2 5 1 3" },
    { MC_FACILITY_SORT_STATUS, FALSE, "3 1 0 2 4 5" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      McFacilityQuery query = { .sort = cases[i].sort, .descending = cases[i].descending };

      g_test_message ("%u", i);
      assert_list (test, &query, cases[i].order);
    }
}

static void
test_filtering (Test *test, gconstpointer data)
{
  g_autofree char *county = mc_area_id_for_code ("330411"), *zone = mc_area_id_for_zone ("3304", "经开区"), *city = mc_area_id_for_code ("3304");
  const struct { McFacilityQuery query; const char *found; } cases[] = {
    { { .group = "elder" }, "3 0 2 4" },
    { { .group = "childcare" }, "1 5" },
    { { .kind = "childcare" }, "1" },
    { { .area = county }, "0 2 5" },
    { { .area = zone }, "4" },
    { { .area = city }, "3 1 0 2 5 4" },
    { { .area = "00000000-0000-5000-8000-000000000000" }, "" },
    { { .risk_class = "B" }, "2 5" },
    { { .status = "preparing" }, "3" },
    { { .group = "elder", .area = county, .risk_class = "B" }, "2" },
    { { .text = "kyzx" }, "0" },
    { { .text = "托育 长兴" }, "1" },
    { { .text = "敬老 长兴" }, "" },
    { { .not_checked_since = "2025-11-19" }, "1 0 2 4" }, /* those in operation */
    { { .open_findings = TRUE }, "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%u", i);
      assert_list (test, &cases[i].query, cases[i].found);
    }
}

/* The first rows are the first of the whole, whatever the limit. */
static void
test_limits (Test *test, gconstpointer data)
{
  for (guint limit = 1; limit <= 8; limit++)
    for (guint sort = MC_FACILITY_SORT_AREA; sort <= MC_FACILITY_SORT_STATUS; sort++)
      {
        McFacilityQuery query = { .sort = (McFacilitySort) sort };
        g_autoptr (McFacilityList) all = mc_facility_list_load (test->base.store, test->tree, &query, NULL, NULL);
        g_autoptr (McFacilityList) some = NULL;

        query.limit = limit;
        some = mc_facility_list_load (test->base.store, test->tree, &query, NULL, NULL);
        g_assert_cmpuint (mc_facility_list_get_n (some), ==, MIN (limit, 6));
        g_assert_cmpint (mc_facility_list_is_partial (some), ==, limit <= 6);
        for (guint i = 0; i < mc_facility_list_get_n (some); i++)
          g_assert_cmpint (mc_facility_list_get_rowid (some, i), ==, mc_facility_list_get_rowid (all, i));
      }
}

static void
test_sums_and_counts (Test *test, gconstpointer data)
{
  McFacilityQuery query = { 0 };
  g_autoptr (McFacilityList) list = mc_facility_list_load (test->base.store, test->tree, &query, NULL, NULL);
  const McFacilitySums *sums = mc_facility_list_get_sums (list);
  McFacilityCounts counts;
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (sums->n, ==, 6);
  g_assert_cmpuint (sums->n_elder, ==, 4);
  g_assert_cmpint (sums->beds, ==, 510);
  g_assert_cmpuint (sums->n_elder_without_beds, ==, 1);
  g_assert_cmpuint (sums->n_childcare, ==, 2);
  g_assert_cmpint (sums->places, ==, 60);
  g_assert_cmpuint (sums->n_childcare_without_places, ==, 1);
  g_assert_true (mc_facility_counts_load (test->base.store, "2025-11-19", &counts, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (counts.all, ==, 6);
  g_assert_cmpuint (counts.elder, ==, 4);
  g_assert_cmpuint (counts.childcare, ==, 2);
  g_assert_cmpuint (counts.not_checked, ==, 4);
  g_assert_cmpuint (counts.open_findings, ==, 0);
}

static void
test_rows (Test *test, gconstpointer data)
{
  g_autofree char *area = mc_area_id_for_code ("330411101"), *id = mc_facility_id_for ("rural_elder_home", NULL, area, "王江泾镇敬老院");
  g_autoptr (GError) error = NULL;
  g_autoptr (McFacilityRow) row = mc_facility_row_load (test->base.store, test->tree, id, &error);
  gint64 nowhere = 4711;
  g_autoptr (GPtrArray) gone = NULL;

  g_assert_no_error (error);
  g_assert_cmpstr (row->name, ==, "王江泾镇敬老院");
  g_assert_cmpstr (row->area_path, ==, "秀洲区 王江泾镇");
  g_assert_cmpint (row->beds, ==, 80);
  g_assert_cmpint (row->childcare_places, ==, MC_NO_NUMBER);
  g_assert_null (row->last_checked_on);
  g_assert_null (row->grade);
  g_assert_false (mc_facility_row_is_sample (row, "status"));
  g_assert_null (mc_facility_row_load (test->base.store, test->tree, "00000000-0000-5000-8000-000000000000", &error));
  g_assert_error (error, MC_STORE_ERROR, MC_STORE_ERROR_NOT_FOUND);
  gone = mc_facility_rows_load (test->base.store, test->tree, &nowhere, 1, NULL);
  g_assert_null (gone->pdata[0]);
}

static McRecord *
load_place (Test *test, guint number)
{
  g_autofree char *area = mc_area_id_for_code (places[number].area);
  g_autofree char *id = mc_facility_id_for (places[number].kind, NULL, area, places[number].name);
  g_autoptr (GError) error = NULL;
  McRecord *record = mc_store_load (test->base.store, "facility", id, &error);

  g_assert_no_error (error);
  return record;
}

static void
edit_place (Test *test, guint number, const char *key, const char *value)
{
  g_autoptr (McRecord) base = load_place (test, number);
  g_autoptr (McRecord) edited = mc_record_copy (base);
  g_autoptr (GError) error = NULL;

  mc_record_set_text (edited, key, value);
  mc_store_save (test->base.store, base, edited, &error);
  g_assert_no_error (error);
}

static void
test_retired_places_leave (Test *test, gconstpointer data)
{
  McFacilityQuery query = { 0 };
  McFacilityCounts counts;
  g_autoptr (McRecord) other = load_place (test, 2);

  edit_place (test, 3, "retired_on", "2026-11-19");
  edit_place (test, 0, "same_as", mc_record_get_id (other));
  assert_list (test, &query, "1 2 5 4");
  mc_facility_counts_load (test->base.store, NULL, &counts, NULL);
  g_assert_cmpuint (counts.all, ==, 4);
}

/* A visit of that place with one finding; @seal: it is finished. */
static char *
add_visit (Test *test, guint number, const char *checked_on, const char *type, const char *previous, const char *result, const char *way, gboolean seal)
{
  g_autoptr (McRecord) facility = load_place (test, number);
  g_autoptr (McRecord) user = mc_store_load (test->base.store, "user", mc_store_get_user (test->base.store), NULL);
  g_autoptr (McRecord) visit = mc_record_new (mc_entity_find ("visit"), NULL);
  g_autoptr (McTransaction) transaction = mc_transaction_new ();
  g_autoptr (GError) error = NULL;

  mc_record_set_text (visit, "facility", mc_record_get_id (facility));
  mc_record_set_text (visit, "authority", mc_record_get_text (user, "authority"));
  mc_record_set_text (visit, "area", mc_record_get_text (facility, "area"));
  mc_record_set_text (visit, "type", type);
  mc_record_set_text (visit, "standard", "0000000000000000000000000000000000000000000000000000000000000000");
  mc_record_set_text (visit, "checked_on", checked_on);
  mc_record_set_text (visit, "lead", mc_record_get_text (user, "inspector"));
  mc_record_set_text (visit, "previous", previous);
  mc_record_set_text (visit, "result_code", result);
  mc_transaction_save (transaction, NULL, visit);
  if (way)
    {
      g_autoptr (McRecord) finding = mc_record_new (mc_entity_find ("finding"), NULL);

      mc_record_set_text (finding, "visit", mc_record_get_id (visit));
      mc_record_set_text (finding, "item", "A1");
      mc_record_set_text (finding, "severity", "minor");
      mc_record_set_text (finding, "way", way);
      mc_transaction_save (transaction, NULL, finding);
    }
  if (seal)
    mc_transaction_seal (transaction, "visit", mc_record_get_id (visit), "finalise");
  mc_store_commit (test->base.store, transaction, &error);
  g_assert_no_error (error);
  return g_strdup (mc_record_get_id (visit));
}

/* Both sides of the day; only finished checks count; open findings until they are corrected or a re-check finds nothing. */
static void
test_checks_and_findings (Test *test, gconstpointer data)
{
  McFacilityQuery query = { .not_checked_since = "2025-11-19" }, open = { .open_findings = TRUE }, last = { .sort = MC_FACILITY_SORT_LAST_CHECKED, .descending = TRUE };
  g_autofree char *one = add_visit (test, 0, "2025-11-19", "routine", NULL, NULL, "by_date", TRUE);
  g_autofree char *two = add_visit (test, 1, "2025-11-18", "routine", NULL, NULL, "corrected_on_site", TRUE);
  g_autofree char *three = add_visit (test, 2, "2026-11-18", "routine", NULL, NULL, "by_date", FALSE); /* not finished */
  g_autofree char *four = NULL;
  g_autoptr (McRecord) facility = load_place (test, 0);
  g_autoptr (McFacilityRow) row = NULL;
  g_autoptr (McFacilityRow) after = NULL;

  assert_list (test, &query, "1 2 4");
  assert_list (test, &open, "0");
  assert_list (test, &last, "0 1 3 2 5 4");
  row = mc_facility_row_load (test->base.store, test->tree, mc_record_get_id (facility), NULL);
  g_assert_cmpstr (row->last_checked_on, ==, "2025-11-19");
  g_assert_cmpuint (row->n_open_findings, ==, 1);
  four = add_visit (test, 0, "2026-01-19", "recheck", one, "none_found", NULL, TRUE);
  assert_list (test, &open, "");
  after = mc_facility_row_load (test->base.store, test->tree, mc_record_get_id (facility), NULL);
  g_assert_cmpstr (after->last_checked_on, ==, "2026-01-19");
  g_assert_cmpuint (after->n_open_findings, ==, 0);
}

static void
test_finding_by_text (Test *test, gconstpointer data)
{
  static const struct { const char *text; guint n; } cases[] = { { "秀洲区康养中心", 1 }, { "kyzx", 1 }, { "托育", 2 }, { "没有", 0 }, { "", 0 }, { "00000000-0000-5000-8000-000000000000", 0 } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) ids = mc_facility_find (test->base.store, cases[i].text, 10, NULL);

      g_assert_cmpuint (ids->len, ==, cases[i].n);
    }
}

/* --- the index -------------------------------------------------------------------------------------------- */

static void
assert_filtered (Test *test, McFacilityIndex *index, const char *text, const char *expected)
{
  McFacilityQuery query = { 0 };
  g_autoptr (McFacilityList) list = mc_facility_list_load (test->base.store, test->tree, &query, NULL, NULL);
  g_autoptr (McFacilityList) filtered = mc_facility_index_filter (index, list, text);
  g_autofree char *found = numbers (test, filtered);

  g_test_message ("%s", text);
  g_assert_cmpstr (found, ==, expected);
}

static void
test_index (Test *test, gconstpointer data)
{
  static const struct { const char *text, *found; } cases[] = {
    { "", "3 1 0 2 5 4" },
    { "  ", "3 1 0 2 5 4" },
    { "康养", "3 0" },
    { "ky", "3 0" },            /* 安康养老院, 秀洲区康养中心 */
    { "yl", "3" },
    { "托育", "1 5" },
    { "银", "5" },
    { "秀洲", "0 2 5" },        /* name, or the county of the place */
    { "王江泾", "2 5" },        /* the name that begins with it is first */
    { "wjj", "2 5" },
    { "经开区", "4" },
    { "jk", "4" },
    { "changxing", "1" },
    { "嘉兴", "" },             /* all of the list is there: the city's name finds nothing */
    { "南湖 托育", "1" },
    { "x", "0 1 2 5 4" },
    { "没有", "" },
  };
  g_autoptr (McFacilityIndex) index = mc_facility_index_new (test->base.store);
  g_autoptr (GError) error = NULL;

  g_assert_false (mc_facility_index_is_loaded (index));
  g_assert_true (mc_facility_index_load (index, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (mc_facility_index_get_n_facilities (index), ==, 6);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_filtered (test, index, cases[i].text, cases[i].found);
}

static void
updated_cb (McFacilityIndex *index, guint *n)
{
  (*n)++;
}

static void
wait_for (guint *n, guint wanted)
{
  gint64 until = g_get_monotonic_time () + 10 * G_USEC_PER_SEC;

  while (*n < wanted && g_get_monotonic_time () < until)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (1000);
  g_assert_cmpuint (*n, >=, wanted);
}

static void
test_index_follows_changes (Test *test, gconstpointer data)
{
  static const Place later = { "新来的颐养院", "elder_home", "330411", "operating", "A", 100, -1 };
  g_autoptr (McFacilityIndex) index = mc_facility_index_new (test->base.store);
  McFacilityQuery query = { 0 };
  g_autoptr (McFacilityList) list = NULL;
  g_autoptr (McFacilityList) found = NULL;
  g_autofree char *id = NULL;
  guint n = 0;

  while (g_main_context_iteration (NULL, FALSE))
    ;
  mc_facility_index_load (index, NULL);
  g_signal_connect (index, "updated", G_CALLBACK (updated_cb), &n);
  edit_place (test, 0, "operator", "大树公司");
  wait_for (&n, 1);
  assert_filtered (test, index, "大树", "0");
  assert_filtered (test, index, "康养", "3 0");
  id = save_place (test->base.store, &later);
  wait_for (&n, 2);
  list = mc_facility_list_load (test->base.store, test->tree, &query, NULL, NULL);
  found = mc_facility_index_filter (index, list, "xld");
  g_assert_cmpuint (mc_facility_list_get_n (found), ==, 1);
  g_assert_cmpint (mc_facility_list_get_sums (found)->beds, ==, 100);
  edit_place (test, 1, "retired_on", "2026-11-19");
  wait_for (&n, 3);
  g_assert_cmpuint (mc_facility_index_get_n_facilities (index), ==, 6);
  assert_filtered (test, index, "长兴", "");
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_assert_true (mc_facility_index_load_finish (MC_FACILITY_INDEX (source), result, NULL));
  (*(guint *) user_data)++;
}

static void
list_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(McFacilityList **) user_data = mc_facility_list_load_finish (result, NULL);
}

static void
rows_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GPtrArray **) user_data = mc_facility_rows_load_finish (result, NULL);
}

static void
counts_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_assert_true (mc_facility_counts_load_finish (result, user_data, NULL));
}

static void
test_in_the_background (Test *test, gconstpointer data)
{
  g_autoptr (McFacilityIndex) index = NULL;
  McFacilityQuery query = { .group = "elder" };
  g_autoptr (McFacilityList) list = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  McFacilityCounts counts = { 0 };
  guint n = 0;

  while (g_main_context_iteration (NULL, FALSE))
    ;
  index = mc_facility_index_new (test->base.store);
  mc_facility_index_load_async (index, NULL, loaded_cb, &n);
  mc_facility_list_load_async (test->base.store, test->tree, &query, NULL, list_cb, &list);
  mc_facility_counts_load_async (test->base.store, "2025-11-19", NULL, counts_cb, &counts);
  while (list == NULL || n == 0 || counts.all == 0)
    g_main_context_iteration (NULL, TRUE);
  mc_facility_rows_load_async (test->base.store, test->tree, mc_facility_list_get_rowids (list), mc_facility_list_get_n (list), NULL, rows_cb, &rows);
  while (rows == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (rows->len, ==, 4);
  g_assert_cmpuint (counts.not_checked, ==, 4);
  g_assert_cmpuint (mc_facility_index_get_n_facilities (index), ==, 6);
}

/* An index that goes while it reads leaves nothing behind. */
static void
test_index_goes_while_loading (Test *test, gconstpointer data)
{
  McFacilityIndex *index;
  guint n = 0;

  while (g_main_context_iteration (NULL, FALSE))
    ;
  index = mc_facility_index_new (test->base.store);
  mc_facility_index_load_async (index, NULL, loaded_cb, &n);
  g_object_unref (index);
  while (n == 0)
    g_main_context_iteration (NULL, TRUE);
}

#define ADD(path, func) g_test_add ("/registry/facility-list/" path, Test, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  ADD ("sorting", test_sorting);
  ADD ("filtering", test_filtering);
  ADD ("limits", test_limits);
  ADD ("sums-and-counts", test_sums_and_counts);
  ADD ("rows", test_rows);
  ADD ("retired-places-leave", test_retired_places_leave);
  ADD ("checks-and-findings", test_checks_and_findings);
  ADD ("finding-by-text", test_finding_by_text);
  ADD ("index", test_index);
  ADD ("index-follows-changes", test_index_follows_changes);
  ADD ("in-the-background", test_in_the_background);
  ADD ("index-goes-while-loading", test_index_goes_while_loading);
  return g_test_run ();
}
