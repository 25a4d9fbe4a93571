/* SPDX-License-Identifier: GPL-3.0-or-later
 * Photos by the command line: to an item, to the tray, taken out; what is refused leaves the log as it was. */
#include "cli-office.h"

#include <string.h>

static char *
photo_words (const char *visit, const char *item, const char *name, const char *more)
{
  g_autofree char *folder = office_source ("tests/inspections/photos");
  g_autofree char *path = g_build_filename (folder, name, NULL);

  return g_strconcat ("visit|photo|", visit, "|", item, "|", path, more, NULL);
}

static void
test_photos (void)
{
  g_auto (Office) office = { NULL };
  g_autofree char *visit = NULL;
  g_autofree char *to_item = NULL;
  g_autofree char *to_tray = NULL;
  g_autofree char *list = NULL;
  g_autofree char *id = NULL;
  g_autofree char *withdraw = NULL;
  g_autofree char *item = NULL;

  office_init (&office, TRUE);
  office_import (&office);
  visit = office_visit (&office);
  item = office_raw (&office, "SELECT min (item) FROM answer");
  to_item = photo_words (visit, item, "turned-6.jpg", "|--caption|Kitchen|--stage|before");
  to_tray = photo_words (visit, "-", "plain.png", "");
  office_does (&office, to_item);
  g_assert_cmpint (office_raw_int (&office, "SELECT count (*) FROM photo WHERE stage = 'before' AND caption = 'Kitchen' AND taken_at IS NOT NULL"), ==, 1);
  office_does (&office, to_tray);
  g_assert_cmpint (office_raw_int (&office, "SELECT count (*) FROM photo WHERE item IS NULL"), ==, 1);
  /* Once more is no second one. */
  office_does (&office, to_tray);
  g_assert_cmpint (office_raw_int (&office, "SELECT count (*) FROM photo"), ==, 2);
  id = office_raw (&office, "SELECT id FROM photo WHERE item IS NULL");
  withdraw = g_strconcat ("visit|photo-withdraw|", id, "|--reason|Shows a resident", NULL);
  office_does (&office, withdraw);
  list = g_strconcat ("visit|photos|", visit, NULL);
  g_assert_nonnull (strstr (office_does (&office, list), "Shows a resident"));
}

static void
test_refusals (void)
{
  static const struct { const char *item, *name, *more, *words; int status; } cases[] = {
    { "-", "truncated.jpg", "", "truncated.jpg", 3 },
    { "-", "gif.jpg", "", "GIF", 3 },
    { "-", "400-megapixels.jpg", "", "400 million", 3 },
    { "-", "missing.jpg", "", "missing.jpg", 3 },
    { "Z-99", "plain.jpg", "", "Z-99", 3 },
    { "-", "plain.jpg", "|--stage|sideways", "sideways", 2 },
  };
  g_auto (Office) office = { NULL };
  g_autofree char *visit = NULL;
  g_autofree char *finalise = NULL;
  g_autofree char *late = NULL;

  office_init (&office, TRUE);
  office_import (&office);
  visit = office_visit (&office);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *words = photo_words (visit, cases[i].item, cases[i].name, cases[i].more);

      office_refuses (&office, cases[i].status, words, cases[i].words);
    }
  finalise = g_strconcat ("visit|finalise|", visit, NULL);
  office_does (&office, finalise);
  late = photo_words (visit, "-", "plain.jpg", "");
  office_refuses (&office, 3, late, "finalised");
  g_assert_cmpint (office_raw_int (&office, "SELECT count (*) FROM photo"), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/cli/photo/added-listed-taken-out", test_photos);
  g_test_add_func ("/cli/photo/refusals-change-nothing", test_refusals);
  return g_test_run ();
}
