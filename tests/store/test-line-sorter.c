/* SPDX-License-Identifier: GPL-3.0-or-later
 * Lines come back in the order of their records, whole, whether they waited in memory or in a file; and nothing stays on the disk. */
#include <string.h>

#include "store-folder.h"
#include "store/mc-line-sorter.h"

/* More than waits in memory. */
#define MANY 1200
#define LONG 60000

static void
record_of (guint number, guint8 record[MC_SORT_KEY_BYTES])
{
  memset (record, 0, MC_SORT_KEY_BYTES);
  record[0] = (guint8) (number * 37 % 256);
  record[15] = (guint8) (number % 5);
}

static char *
line_of (guint number, gsize length)
{
  char *line = g_strnfill (length, (char) ('a' + number % 26));
  g_autofree char *head = g_strdup_printf ("%u:", number);

  memcpy (line, head, strlen (head));
  return line;
}

static void
add_lines (McLineSorter *sorter, guint n, gsize length)
{
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *line = line_of (i, length);
      guint8 record[MC_SORT_KEY_BYTES];

      record_of (i, record);
      g_assert_true (mc_line_sorter_add (sorter, record, i, line, strlen (line), &error));
      g_assert_no_error (error);
    }
}

/* All @n of them, each once and as it went in. */
static void
assert_sorted (McLineSorter *sorter, guint n, gsize length)
{
  g_autoptr (GError) error = NULL;
  guint8 last[MC_SORT_KEY_BYTES] = { 0 };
  gint64 last_n = -1;
  const GArray *lines;
  guint found = 0;

  while ((lines = mc_line_sorter_next (sorter, &error)))
    for (guint i = 0; i < lines->len; i++, found++)
      {
        const McSortedLine *line = &g_array_index (lines, McSortedLine, i);
        g_autofree char *expected = line_of ((guint) line->n, length);
        guint8 record[MC_SORT_KEY_BYTES];
        int order = memcmp (last, line->record, sizeof last);

        record_of ((guint) line->n, record);
        g_assert_cmpmem (line->record, sizeof record, record, sizeof record);
        g_assert_cmpmem (line->line, line->length, expected, strlen (expected));
        g_assert_true (order < 0 || (order == 0 && last_n < line->n));
        g_assert_false (i == 0 && found > 0 && order == 0); /* a record is not torn apart */
        memcpy (last, line->record, sizeof last);
        last_n = line->n;
      }
  g_assert_no_error (error);
  g_assert_cmpuint (found, ==, n);
}

static GByteArray *
splitters (guint n)
{
  GByteArray *ids = g_byte_array_new ();

  for (guint i = 1; i <= n; i++)
    {
      guint8 id[MC_SORT_KEY_BYTES] = { (guint8) (i * 256 / (n + 1)) };

      g_byte_array_append (ids, id, sizeof id);
    }
  return ids;
}

static void
test_order (void)
{
  g_auto (StoreFolder) folder = { 0 };

  store_folder_init (&folder);
  for (guint n_splitters = 0; n_splitters < 20; n_splitters += 4)
    {
      g_autoptr (GByteArray) ids = splitters (n_splitters);
      g_autoptr (McLineSorter) few = mc_line_sorter_new (folder.path, ids), none = mc_line_sorter_new (folder.path, ids);

      add_lines (few, 1000, 20);
      assert_sorted (few, 1000, 20);
      assert_sorted (none, 0, 20);
    }
}

static void
test_file (void)
{
  g_auto (StoreFolder) folder = { 0 };
  g_autoptr (GByteArray) ids = splitters (6);
  g_autoptr (McLineSorter) sorter = NULL;
  g_autoptr (GDir) dir = NULL;

  store_folder_init (&folder);
  sorter = mc_line_sorter_new (folder.path, ids);
  add_lines (sorter, MANY, LONG);
  dir = g_dir_open (folder.path, 0, NULL);
  g_assert_null (g_dir_read_name (dir));
  assert_sorted (sorter, MANY, LONG);
}

/* Of a medium that is only read. */
static void
test_folder_that_is_not_there (void)
{
  g_autoptr (GByteArray) ids = splitters (2);
  g_autoptr (McLineSorter) sorter = mc_line_sorter_new ("/nonexistent/folder", ids);

  add_lines (sorter, MANY, LONG);
  assert_sorted (sorter, MANY, LONG);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/line-sorter/in-order-of-record-and-arrival", test_order);
  g_test_add_func ("/line-sorter/through-a-file-without-a-name", test_file);
  g_test_add_func ("/line-sorter/file-elsewhere-beside-a-medium-that-is-read", test_folder_that_is_not_there);
  return g_test_run ();
}
