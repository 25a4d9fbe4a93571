/* SPDX-License-Identifier: GPL-3.0-or-later
 * A document reaches the parser only if it is JSON to the letter and not nested deep. */
#include "standards/mc-json-check.h"

#include <string.h>

#include "standards/mc-standard.h"

static void
test_accepts (void)
{
  static const char *const texts[] = {
    "{}", "[]", " \t\r\n{} \n", "{\"a\":1}", "[1,2.5,-0,1e9,1.5E-3]", "[true,false,null]", "\"\"", "0", "[[],[{}]]",
    "{\"a\":{\"b\":[]},\"c\":\"\\u00e9\\n\\\"\\\\\\/\"}", "\"\\ud842\\udfb7\"", "\"\xe5\x85\xbb\xe8\x80\x81\"",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", texts[i]);
      g_assert_true (mc_json_check (texts[i], strlen (texts[i]), 8, &error));
      g_assert_no_error (error);
    }
}

static void
test_refuses (void)
{
  static const struct
  {
    const char *text;
    const char *message; /* how it begins */
  } cases[] = {
    { "", "Line 1, column 1: the document ends too early" },
    { "   ", "Line 1, column 4: the document ends too early" },
    { "{", "Line 1, column 2: the document ends too early" },
    { "{\"a\":1} x", "Line 1, column 9: something stands after the end" },
    { "{} {}", "Line 1, column 4: something stands after the end" },
    { "{\"a\":1,}", "Line 1, column 8: a key in quotation marks" },
    { "[1,]", "Line 1, column 4: a value is expected" },
    { "{a:1}", "Line 1, column 2: a key in quotation marks" },
    { "{\"a\" 1}", "Line 1, column 6: a colon" },
    { "[1 2]", "Line 1, column 4: a comma" },
    { "[1}", "Line 1, column 3: a bracket that closes something else" },
    { "{\"a\":1]", "Line 1, column 7: a bracket that closes something else" },
    { "// x\n{}", "Line 1, column 1: a value is expected" },
    { "{\n\"a\": /* x */ 1}", "Line 2, column 6: a value is expected" },
    { "{\"a\":1,\n \"a\":2}", "Line 2, column 2: the key “a” stands twice" },
    { "{\"\\u0061\":1}", "Line 1, column 10: a key may hold no escapes" },
    { "[01]", "Line 1, column 3: a comma" },
    { "[+1]", "Line 1, column 2: a value is expected" },
    { "[1.]", "Line 1, column 4: a number that is none" },
    { "[-]", "Line 1, column 3: a number that is none" },
    { "[1e]", "Line 1, column 4: a number that is none" },
    { "[tru]", "Line 1, column 2: a value is expected" },
    { "[NaN]", "Line 1, column 2: a value is expected" },
    { "[\"a\nb\"]", "Line 1, column 4: a control character" },
    { "[\"a", "Line 1, column 4: a text without its end" },
    { "[\"\\", "Line 1, column 4: an escape that is none" },
    { "[\"\\x\"]", "Line 1, column 4: an escape that is none" },
    { "[\"\\u12g4\"]", "Line 1, column 7: an escape that is none" },
    { "[\"\\u0000\"]", "Line 1, column 8: an escape that is none" },
    { "[\"\\ud800\"]", "Line 1, column 8: an escape that is none" },
    { "[\"\\ud800\\u0041\"]", "Line 1, column 14: an escape that is none" },
    { "[\"\\udc00\"]", "Line 1, column 8: an escape that is none" },
    { "\xef\xbb\xbf{}", "Line 1, column 1: a value is expected" },
    { "[\"\xc0\x80\"]", "Line 1, column 3: the text is not UTF-8" },
    { "[\"\xe5\x85\"]", "Line 1, column 3: the text is not UTF-8" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", cases[i].message);
      g_assert_false (mc_json_check (cases[i].text, strlen (cases[i].text), 8, &error));
      g_assert_error (error, MC_STANDARD_ERROR, MC_STANDARD_ERROR_SYNTAX);
      g_test_message ("%s", error->message);
      g_assert_true (g_str_has_prefix (error->message, cases[i].message));
    }
}

static char *
nested (guint depth, char open, char close)
{
  char *text = g_malloc (2 * depth + 1);

  memset (text, open, depth);
  memset (text + depth, close, depth);
  text[2 * depth] = '\0';
  return text;
}

static void
test_depth (void)
{
  static const struct
  {
    guint depth, max;
    gboolean good;
  } cases[] = { { 1, 1, TRUE }, { 2, 1, FALSE }, { 32, 32, TRUE }, { 33, 32, FALSE }, { 100000, 32, FALSE } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = nested (cases[i].depth, '[', ']');
      g_autoptr (GError) error = NULL;

      g_assert_cmpint (mc_json_check (text, strlen (text), cases[i].max, &error), ==, cases[i].good);
      if (cases[i].good)
        g_assert_no_error (error);
      else
        g_assert_error (error, MC_STANDARD_ERROR, MC_STANDARD_ERROR_TOO_LARGE);
    }
}

/* Brackets inside a text do not count. */
static void
test_depth_of_texts (void)
{
  g_autofree char *inner = nested (1000, '[', ']');
  g_autofree char *text = g_strdup_printf ("[\"%s\"]", inner);
  g_autoptr (GError) error = NULL;

  g_assert_true (mc_json_check (text, strlen (text), 1, &error));
  g_assert_no_error (error);
}

/* No text at all makes it read outside its bytes: run under a sanitizer this is the fuzz target. */
static void
test_random_bytes (void)
{
  static const char alphabet[] = "{}[]\",:\\u0dc8 \n1e.-tfn/*x\xe5\x85\xbb";
  guint32 seed = (guint32) g_test_rand_int ();
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);

  g_test_message ("seed %u", seed);
  for (int i = 0; i < 20000; i++)
    {
      gsize length = (gsize) g_rand_int_range (random, 0, 40);
      g_autofree char *text = g_malloc (length);
      g_autoptr (GError) error = NULL;

      for (gsize j = 0; j < length; j++)
        text[j] = alphabet[g_rand_int_range (random, 0, sizeof alphabet - 1)];
      g_assert_true (mc_json_check (text, length, 4, &error) == (error == NULL));
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/standards/json-check/accepts", test_accepts);
  g_test_add_func ("/standards/json-check/refuses", test_refuses);
  g_test_add_func ("/standards/json-check/depth", test_depth);
  g_test_add_func ("/standards/json-check/depth-of-texts", test_depth_of_texts);
  g_test_add_func ("/standards/json-check/random-bytes", test_random_bytes);
  return g_test_run ();
}
