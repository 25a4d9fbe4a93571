/* SPDX-License-Identifier: GPL-3.0-or-later
 * The standards that the program brings are whole, and each version is found by its id, its key and its days. */
#include "standards/mc-standards.h"

#include <string.h>

#include "store/mc-code-list.h"
#include "../store/store-folder.h"

static const char *const builtin_keys[] = { "childcare-inspection", "elder-care-inspection" };

static McStandard *
find_builtin (const char *key)
{
  g_autoptr (GError) error = NULL;
  McStandard *standard = mc_standards_find_latest (mc_standards_get_builtin (), key, "2026-11-21", &error);

  g_assert_no_error (error);
  return standard;
}

static void
test_builtin_are_whole (void)
{
  static const guint least[] = { 30, 36 };

  for (guint i = 0; i < G_N_ELEMENTS (builtin_keys); i++)
    {
      McStandard *standard = find_builtin (builtin_keys[i]);
      const McItem *items;
      guint n, n_sections;

      items = mc_standard_get_items (standard, &n);
      g_assert_cmpuint (n, >=, least[i]);
      g_assert_cmpuint (n, <=, 40);
      mc_standard_get_sections (standard, &n_sections);
      g_assert_cmpuint (n_sections, ==, 6);
      g_assert_cmpuint (mc_standard_get_inspectors_min (standard, NULL), ==, 2);
      for (guint j = 0; j < n; j++)
        {
          g_test_message ("%s %s", builtin_keys[i], items[j].code);
          g_assert_cmpuint (g_utf8_strlen (items[j].text, -1), >=, 8);
          /* Elder mode asks a question. */
          g_assert_true (g_str_has_suffix (items[j].plain, "\xef\xbc\x9f"));
          g_assert_nonnull (items[j].method);
          g_assert_nonnull (items[j].severity);
          g_assert_cmpuint (items[j].n_basis, >=, 1);
          g_assert_true (items[j].kind == MC_ITEM_CONFORM);
        }
    }
}

/* Keys 1, 2, 3 mean the same in both. */
static void
test_builtin_answers (void)
{
  static const char *const codes[] = { "conform", "nonconform", "not_applicable", "not_checked" };

  for (guint i = 0; i < G_N_ELEMENTS (builtin_keys); i++)
    {
      guint n;
      const McAnswerLabel *answers = mc_standard_get_answers (find_builtin (builtin_keys[i]), &n);

      g_assert_cmpuint (n, ==, G_N_ELEMENTS (codes));
      for (guint j = 0; j < n; j++)
        {
          g_assert_cmpstr (answers[j].code, ==, codes[j]);
          g_assert_cmpstr (answers[j].label, ==, mc_code_label ("answer", codes[j]));
        }
    }
}

/* What has no source is said to have none; nothing of doubtful memory is a duty. */
static void
test_builtin_certainty (void)
{
  guint unverified = 0, found = 0;

  for (guint i = 0; i < G_N_ELEMENTS (builtin_keys); i++)
    {
      guint n;
      const McItem *items = mc_standard_get_items (find_builtin (builtin_keys[i]), &n);

      for (guint j = 0; j < n; j++)
        {
          *(mc_basis_is_unverified (items[j].basis) ? &unverified : &found) += 1;
          if (g_strcmp0 (items[j].severity, "major_hazard") == 0)
            g_assert_cmpstr (items[j].basis->certainty, ==, "found");
        }
    }
  g_assert_cmpuint (found, >, 30);
  g_assert_cmpuint (unverified, >, 20);
}

/* The four hazards that were found belong to other departments, so civil affairs refers them. */
static void
test_hazards_of_elder_care (void)
{
  static const struct
  {
    const char *code, *competent;
  } cases[] = { { "M1", "construction" }, { "M2", "fire" }, { "M3", "fire" }, { "M4", "market_supervision" } };
  McStandard *standard = find_builtin ("elder-care-inspection");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const McItem *item = mc_standard_find_item (standard, cases[i].code);

      g_assert_cmpstr (item->severity, ==, "major_hazard");
      g_assert_cmpstr (item->competent[0], ==, cases[i].competent);
    }
}

static void
test_notice_of_elder_care (void)
{
  McStandard *standard = find_builtin ("elder-care-inspection");

  g_assert_cmpint (mc_standard_find_notice_rule (standard, "routine")->working_days, ==, 3);
  g_assert_cmpint (mc_standard_find_notice_rule (standard, "special")->working_days, ==, 3);
  g_assert_true (mc_standard_find_notice_rule (standard, "case")->forbidden);
  /* No source gives a number for health authorities. */
  g_assert_null (mc_standard_find_notice_rule (find_builtin ("childcare-inspection"), "routine"));
}

static void
test_days_of_builtin (void)
{
  static const struct
  {
    const char *key, *day;
    gboolean found;
  } cases[] = {
    { "elder-care-inspection", "2023-11-26", FALSE }, { "elder-care-inspection", "2023-11-27", TRUE },
    { "childcare-inspection", "2021-09-19", FALSE }, { "childcare-inspection", "2021-09-20", TRUE },
    { "no-such-standard", "2026-01-01", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      McStandard *standard = mc_standards_find_latest (mc_standards_get_builtin (), cases[i].key, cases[i].day, &error);

      g_assert_cmpint (standard != NULL, ==, cases[i].found);
      if (!standard)
        g_assert_error (error, MC_STANDARD_ERROR, MC_STANDARD_ERROR_NOT_FOUND);
    }
}

static void
test_suggest (void)
{
  static const struct
  {
    const char *authority, *facility, *key;
  } cases[] = {
    { "civil_affairs", "elder_home", "elder-care-inspection" },
    { "civil_affairs", "community_elder_centre", "elder-care-inspection" },
    { "health", "childcare", "childcare-inspection" },
    { "township", "childcare", "childcare-inspection" }, /* a township may lead: the one of any authority */
    { "education", "kindergarten_toddler_class", "childcare-inspection" },
    { "health", "growth_station", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      McStandard *standard = mc_standards_suggest (mc_standards_get_builtin (), "inspection", cases[i].authority, cases[i].facility, "2026-11-21");

      g_assert_cmpstr (standard ? mc_standard_get_key (standard) : NULL, ==, cases[i].key);
    }
}

static void
test_resolve (void)
{
  McStandards *builtin = mc_standards_get_builtin ();
  McStandard *standard = find_builtin ("elder-care-inspection");
  g_autoptr (GError) error = NULL;

  g_assert_true (mc_standards_resolve (builtin, "elder-care-inspection", "2026-01-01", NULL) == standard);
  /* A version id means that version, on any day: an old check opens in its own. */
  g_assert_true (mc_standards_resolve (builtin, mc_standard_get_version_id (standard), "2020-01-01", NULL) == standard);
  g_assert_true (mc_standards_find (builtin, mc_standard_get_version_id (standard), NULL) == standard);
  g_assert_null (mc_standards_find (builtin, "00", &error));
  g_assert_error (error, MC_STANDARD_ERROR, MC_STANDARD_ERROR_NOT_FOUND);
}

/* --- imported ones ---------------------------------------------------------------------------------------- */

/* A later version of the elder-care standard, as a district would write it. */
static GBytes *
new_version (const char *version, const char *from)
{
  GBytes *document = mc_standard_get_document (find_builtin ("elder-care-inspection"));
  g_autofree char *text = g_strndup (g_bytes_get_data (document, NULL), g_bytes_get_size (document));
  g_autofree char *new_version = g_strdup_printf ("\"version\": \"%s\"", version);
  g_autofree char *new_from = g_strdup_printf ("\"effective_from\": \"%s\"", from);
  g_autoptr (GString) edited = g_string_new (text);

  g_assert_cmpuint (g_string_replace (edited, "\"version\": \"2026.1\"", new_version, 1), ==, 1);
  g_assert_cmpuint (g_string_replace (edited, "\"effective_from\": \"2023-11-27\"", new_from, 1), ==, 1);
  return g_bytes_new (edited->str, edited->len);
}

static void
test_import (void)
{
  g_auto (StoreFolder) folder = { 0 };
  g_autoptr (McStore) store = NULL;
  g_autofree char *area = NULL, *authority = NULL;
  g_autoptr (GBytes) bytes = new_version ("2027.1", "2027-01-01");
  g_autoptr (GBytes) broken = g_bytes_new_static ("{}", 2);
  g_autoptr (McStandard) imported = NULL;
  g_autoptr (McStandard) again = NULL;
  g_autoptr (McStandards) standards = NULL;
  g_autoptr (GError) error = NULL;
  gint64 lines;

  store_folder_init (&folder);
  store = store_create_at (folder.db);
  area = store_add_area (store, "Nanhu");
  authority = store_add_authority (store, area);
  imported = mc_standards_import (store, bytes, authority, area, &error);
  g_assert_no_error (error);
  assert_raw_text (folder.db, "SELECT document FROM standard", mc_standard_get_version_id (imported));

  lines = raw_integer (folder.db, "SELECT count(*) FROM change");
  again = mc_standards_import (store, bytes, authority, area, &error);
  g_assert_no_error (error);
  g_assert_null (mc_standards_import (store, broken, authority, area, &error));
  g_assert_error (error, MC_STANDARD_ERROR, MC_STANDARD_ERROR_SCHEMA);
  assert_raw_integer (folder.db, "SELECT count(*) FROM change", lines);
  g_clear_error (&error);

  standards = mc_standards_load (store, &error);
  g_assert_no_error (error);
  g_assert_null (mc_standards_get_faults (standards)[0]);
  g_assert_cmpstr (mc_standard_get_version (mc_standards_find_latest (standards, "elder-care-inspection", "2026-12-31", NULL)), ==, "2026.1");
  g_assert_cmpstr (mc_standard_get_version (mc_standards_find_latest (standards, "elder-care-inspection", "2027-01-01", NULL)), ==, "2027.1");
  g_assert_nonnull (mc_standards_find (standards, mc_standard_get_version_id (imported), NULL));
  g_assert_nonnull (mc_standards_find (standards, mc_standard_get_version_id (find_builtin ("elder-care-inspection")), NULL));
}

/* A document that is gone or damaged is named; the other standards can be used. */
static void
test_damaged_document (void)
{
  g_auto (StoreFolder) folder = { 0 };
  g_autoptr (McStore) store = NULL;
  g_autofree char *area = NULL, *authority = NULL, *blob = NULL;
  g_autoptr (GBytes) bytes = new_version ("2027.1", "2027-01-01");
  g_autoptr (McStandard) imported = NULL;
  g_autoptr (McStandards) standards = NULL;
  g_autoptr (GError) error = NULL;

  store_folder_init (&folder);
  store = store_create_at (folder.db);
  area = store_add_area (store, "Nanhu");
  authority = store_add_authority (store, area);
  imported = mc_standards_import (store, bytes, authority, area, &error);
  g_assert_no_error (error);
  blob = g_strdup_printf ("%s/data/blobs/%.2s/%s", folder.path, mc_standard_get_version_id (imported), mc_standard_get_version_id (imported));
  g_assert_true (g_file_set_contents (blob, "x", 1, NULL));

  standards = mc_standards_load (store, &error);
  g_assert_no_error (error);
  g_assert_nonnull (mc_standards_get_faults (standards)[0]);
  g_assert_null (mc_standards_get_faults (standards)[1]);
  g_assert_nonnull (strstr (mc_standards_get_faults (standards)[0], mc_standard_get_title (imported)));
  g_assert_null (mc_standards_find (standards, mc_standard_get_version_id (imported), NULL));
  g_assert_nonnull (mc_standards_find_latest (standards, "elder-care-inspection", "2027-01-01", NULL));
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  McStandards **standards = data;
  g_autoptr (GError) error = NULL;

  *standards = mc_standards_load_finish (result, &error);
  g_assert_no_error (error);
}

static void
test_load_async (void)
{
  g_auto (StoreFolder) folder = { 0 };
  g_autoptr (McStore) store = NULL;
  g_autoptr (McStandards) standards = NULL;

  store_folder_init (&folder);
  store = store_create_at (folder.db);
  mc_standards_load_async (store, NULL, loaded_cb, &standards);
  while (!standards)
    g_main_context_iteration (NULL, TRUE);
  g_assert_nonnull (mc_standards_find_latest (standards, "childcare-inspection", "2026-01-01", NULL));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/standards/standards/builtin-are-whole", test_builtin_are_whole);
  g_test_add_func ("/standards/standards/builtin-answers", test_builtin_answers);
  g_test_add_func ("/standards/standards/builtin-certainty", test_builtin_certainty);
  g_test_add_func ("/standards/standards/hazards-of-elder-care", test_hazards_of_elder_care);
  g_test_add_func ("/standards/standards/notice-of-elder-care", test_notice_of_elder_care);
  g_test_add_func ("/standards/standards/days-of-builtin", test_days_of_builtin);
  g_test_add_func ("/standards/standards/suggest", test_suggest);
  g_test_add_func ("/standards/standards/resolve", test_resolve);
  g_test_add_func ("/standards/standards/import", test_import);
  g_test_add_func ("/standards/standards/damaged-document", test_damaged_document);
  g_test_add_func ("/standards/standards/load-async", test_load_async);
  return g_test_run ();
}
