/* SPDX-License-Identifier: GPL-3.0-or-later
 * Sample rosters: marked, valid, with all kinds, and the same bytes from the same seed. */
#include "registry/mc-sample-roster.h"

#include <glib/gstdio.h>
#include <string.h>

#include "registry/mc-credit-code.h"
#include "registry/mc-facility.h"
#include "registry/mc-setup.h"
#include "store/mc-code-list.h"

enum { NUMBER, NAME, KIND, OWNERSHIP, AREA, ADDRESS, OPERATOR, CODE, STATUS, RISK, BEDS, NURSING, MEDICAL, PLACES, INVESTMENT, CENTRAL, SAMPLE, NOTE, N_COLUMNS };

static McAreaTree *
jiaxing (void)
{
  g_autoptr (GPtrArray) records = mc_area_seed ("3304", NULL);

  return mc_area_tree_new (records);
}

static char *
make (guint n, guint64 seed)
{
  g_autoptr (McAreaTree) tree = jiaxing ();
  g_autoptr (McSampleRoster) roster = mc_sample_roster_new (tree, mc_area_tree_find_code (tree, "3304"), n, seed);
  GString *all = g_string_new (NULL);
  const char *text;
  gsize length;

  while ((text = mc_sample_roster_next (roster, &length)) != NULL)
    g_string_append_len (all, text, (gssize) length);
  return g_string_free (all, FALSE);
}

static void
test_same_seed_same_bytes (void)
{
  g_autofree char *one = make (500, 42), *again = make (500, 42), *other = make (500, 43);

  g_assert_cmpstr (one, ==, again);
  g_assert_cmpstr (one, !=, other);
}

static void
test_rows_are_valid (void)
{
  g_autofree char *text = make (2000, 20261119);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_autoptr (McAreaTree) tree = jiaxing ();
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) kinds = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) operators = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  guint several = 0;

  g_assert_true (g_str_has_prefix (lines[0], "\xef\xbb\xbf"));
  for (guint i = 1; i <= 2000; i++)
    {
      g_auto (GStrv) cells = g_strsplit (lines[i], ",", -1);
      const McArea *area;

      g_assert_cmpuint (g_strv_length (cells), ==, N_COLUMNS);
      g_assert_cmpuint (g_ascii_strtoull (cells[NUMBER], NULL, 10), ==, i);
      g_assert_nonnull (strstr (cells[NAME], "样例"));
      g_assert_true (g_hash_table_add (names, (char *) g_intern_string (cells[NAME])));
      g_assert_nonnull (mc_code_from_text ("facility-kind", cells[KIND]));
      g_hash_table_add (kinds, (char *) mc_code_from_text ("facility-kind", cells[KIND]));
      g_assert_nonnull (mc_code_from_text ("ownership", cells[OWNERSHIP]));
      g_assert_nonnull (mc_code_from_text ("facility-status", cells[STATUS]));
      g_assert_nonnull (mc_code_from_text ("credit-risk-class", cells[RISK]));
      g_assert_cmpint (mc_area_tree_resolve (tree, cells[AREA], NULL, &area), ==, MC_AREA_FOUND);
      g_assert_cmpstr (area->level, ==, "township");
      g_assert_cmpint (mc_credit_code_check (cells[CODE], NULL, NULL), ==, MC_CREDIT_CODE_OK);
      if (g_hash_table_contains (operators, cells[CODE]))
        {
          several++; /* the same code is the same operator */
          g_assert_cmpstr (g_hash_table_lookup (operators, cells[CODE]), ==, cells[OPERATOR]);
        }
      g_hash_table_insert (operators, g_strdup (cells[CODE]), g_strdup (cells[OPERATOR]));
      if (*cells[NURSING])
        g_assert_cmpuint (g_ascii_strtoull (cells[NURSING], NULL, 10), <=, g_ascii_strtoull (cells[BEDS], NULL, 10));
      g_assert_true (*cells[BEDS] == '\0' || *cells[PLACES] == '\0');
    }
  g_assert_cmpstr (lines[2001], ==, "");
  g_assert_cmpuint (g_hash_table_size (kinds), ==, 14);
  g_assert_cmpuint (several, >, 100);
}

static void
test_sizes (void)
{
  static const guint sizes[] = { 0, 1, 255, 256, 257, 513 };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autofree char *text = make (sizes[i], 1);
      guint lines = 0;

      for (const char *p = text; *p != '\0'; p++)
        lines += *p == '\n';
      g_assert_cmpuint (lines, ==, sizes[i] + 1);
    }
}

static void
test_writing (void)
{
  g_autoptr (McAreaTree) tree = jiaxing ();
  g_autoptr (McSampleRoster) roster = mc_sample_roster_new (tree, NULL, 300, 42);
  g_autoptr (McSampleRoster) again = mc_sample_roster_new (tree, NULL, 3, 42);
  g_autofree char *folder = g_dir_make_tmp ("mingcha-XXXXXX", NULL), *path = g_build_filename (folder, "roster.csv", NULL), *text = NULL;
  g_autofree char *expected = make (300, 42);
  g_autoptr (GError) error = NULL;

  g_assert_true (mc_sample_roster_write (roster, path, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpuint (strlen (text), ==, strlen (expected));
  g_assert_false (mc_sample_roster_write (again, "/nowhere/at/all.csv", &error));
  g_assert_nonnull (error);
  g_remove (path);
  g_rmdir (folder);
}

/* The file that the program brings is what the generator makes. */
static void
test_the_file_of_2000 (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "..", "data", "samples", "roster-2000.csv", NULL);
  g_autofree char *text = NULL, *made = make (2000, 20261119);
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (strcmp (text, made) == 0);
}

/* The roster of real projects: every row understood, the figures as in the source. */
static void
test_the_72 (void)
{
  g_autoptr (GBytes) bytes = mc_setup_sample_roster ();
  g_autofree char *text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes)), *header = make (0, 0);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_autoptr (McAreaTree) tree = jiaxing ();
  guint64 beds = 0, places = 0;
  guint elder = 0, townships = 0;
  double investment = 0;

  g_assert_true (g_str_has_prefix (header, lines[0]));
  for (guint i = 1; i <= 72; i++)
    {
      g_auto (GStrv) cells = g_strsplit (lines[i], ",", -1);
      const char *kind;
      const McArea *area;

      g_assert_cmpuint (g_strv_length (cells), ==, N_COLUMNS);
      kind = mc_code_from_text ("facility-kind", cells[KIND]);
      g_assert_nonnull (kind);
      g_assert_nonnull (mc_code_from_text ("facility-status", cells[STATUS]));
      g_assert_nonnull (mc_code_from_text ("credit-risk-class", cells[RISK]));
      g_assert_cmpstr (cells[SAMPLE], ==, "状态、信用风险分类");
      g_assert_cmpint (mc_area_tree_resolve (tree, cells[AREA], NULL, &area), ==, MC_AREA_FOUND);
      townships += g_strcmp0 (area->level, "township") == 0;
      elder += strcmp (mc_facility_kind_group (kind), "elder") == 0;
      beds += g_ascii_strtoull (cells[BEDS], NULL, 10);
      places += g_ascii_strtoull (cells[PLACES], NULL, 10);
      investment += g_ascii_strtod (cells[INVESTMENT], NULL);
    }
  g_assert_cmpuint (elder, ==, 23);
  g_assert_cmpuint (beds, ==, 8141);
  g_assert_cmpuint (places, ==, 3263);
  g_assert_cmpuint (townships, ==, 47);
  g_assert_cmpint ((gint64) (investment * 100 + 0.5), ==, 50917247);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/registry/sample-roster/same-seed-same-bytes", test_same_seed_same_bytes);
  g_test_add_func ("/registry/sample-roster/rows-are-valid", test_rows_are_valid);
  g_test_add_func ("/registry/sample-roster/sizes", test_sizes);
  g_test_add_func ("/registry/sample-roster/writing", test_writing);
  g_test_add_func ("/registry/sample-roster/the-file-of-2000", test_the_file_of_2000);
  g_test_add_func ("/registry/sample-roster/the-72", test_the_72);
  return g_test_run ();
}
