/* SPDX-License-Identifier: GPL-3.0-or-later
 * Runs a fuzz target without libFuzzer: over its corpus, then over random mutations of it from a printed seed.
 * usage: fuzz-NAME FOLDER… (the corpus, below the tests) */
#include <stdint.h>
#include <string.h>

#include "seeded.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static GPtrArray *corpus; /* of GBytes */

/* In a block of exactly its size, so that reading beyond it is seen. */
static void
run_target (const guint8 *data,
            gsize         size)
{
  g_autofree guint8 *exact = g_malloc (size ? size : 1);

  memcpy (exact, data, size);
  LLVMFuzzerTestOneInput (exact, size);
}

static GByteArray *
pick (GRand *rand)
{
  GBytes *bytes = corpus->pdata[below (rand, corpus->len)];
  GByteArray *array = g_byte_array_new ();

  return g_byte_array_append (array, g_bytes_get_data (bytes, NULL), (guint) g_bytes_get_size (bytes));
}

static void
insert (GByteArray   *input,
        guint         at,
        const guint8 *bytes,
        guint         n)
{
  guint length = input->len;

  g_byte_array_set_size (input, length + n);
  memmove (input->data + at + n, input->data + at, length - at);
  memcpy (input->data + at, bytes, n);
}

/* One change of @input: a bit, a byte, a piece gone, doubled, swapped in from another file, or cut off. */
static void
mutate (GRand      *rand,
        GByteArray *input)
{
  static const char interesting[] = "\"\\{}[]:,-+.0019eEtfnu \n\t\x01\x7f\x80\xc3\xa9\xcc\x81\xe4\xb8\xad\xed\xa0\xf0\xff";
  guint at, n;

  if (input->len == 0)
    return;
  at = below (rand, input->len);
  n = 1 + below (rand, one_in (rand, 4) ? 60 : 4);
  n = MIN (n, input->len - at);
  switch (below (rand, 7))
    {
    case 0:
      input->data[at] ^= (guint8) (1 << below (rand, 8));
      break;
    case 1:
      input->data[at] = (guint8) interesting[below (rand, sizeof interesting)]; /* with the NUL */
      break;
    case 2:
      g_byte_array_remove_range (input, at, n);
      break;
    case 3:
      {
        g_autofree guint8 *piece = g_memdup2 (input->data + at, n);

        insert (input, at, piece, n);
      }
      break;
    case 4:
      insert (input, at, (const guint8 *) &interesting[below (rand, sizeof interesting)], 1);
      break;
    case 5:
      {
        g_autoptr (GByteArray) other = pick (rand);
        guint from = other->len ? below (rand, other->len) : 0;

        insert (input, at, other->data + from, MIN (n, other->len - from));
      }
      break;
    default:
      if (one_in (rand, 4))
        g_byte_array_set_size (input, at);
      else
        input->data[at] = (guint8) (input->data[at] + below (rand, 3) - 1);
    }
}

static void
corpus_holds (void)
{
  for (guint i = 0; i < corpus->len; i++)
    run_target (g_bytes_get_data (corpus->pdata[i], NULL), g_bytes_get_size (corpus->pdata[i]));
}

static void
mutations_hold (void)
{
  g_autoptr (GRand) rand = seeded_rand ();
  guint n = g_test_slow () ? 10000000 : 100000;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GByteArray) input = pick (rand);

      do
        mutate (rand, input);
      while (one_in (rand, 3));
      run_target (input->data, input->len);
    }
}

static void
read_corpus (const char *folder)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, folder, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) dir = g_dir_open (path, 0, &error);
  const char *name;

  g_assert_no_error (error);
  while ((name = g_dir_read_name (dir)))
    {
      g_autofree char *file = g_build_filename (path, name, NULL);
      char *contents;
      gsize length;

      g_file_get_contents (file, &contents, &length, &error);
      g_assert_no_error (error);
      g_ptr_array_add (corpus, g_bytes_new_take (contents, length));
    }
}

static int
compare_bytes (gconstpointer a,
               gconstpointer b)
{
  return g_bytes_compare (*(GBytes *const *) a, *(GBytes *const *) b);
}

int
main (int   argc,
      char *argv[])
{
  int result;

  g_test_init (&argc, &argv, NULL);
  corpus = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  for (int i = 1; i < argc; i++)
    read_corpus (argv[i]);
  g_assert_cmpuint (corpus->len, >, 0);
  g_ptr_array_sort (corpus, compare_bytes); /* the same from one seed on every file system */
  g_test_add_func ("/fuzz/corpus-holds", corpus_holds);
  g_test_add_func ("/fuzz/mutations-hold", mutations_hold);
  result = g_test_run ();
  g_ptr_array_unref (corpus);
  return result;
}
