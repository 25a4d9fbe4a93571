/* SPDX-License-Identifier: GPL-3.0-or-later
 * A PIN has 4 to 32 digits, its hash is Argon2id, and each wrong one from the fifth on costs more time. */
#include "registry/mc-pin.h"

#include <string.h>

static void
test_form (void)
{
  static const struct { const char *text; const char *clean; } cases[] = {
    { "123", NULL }, { "1234", "1234" }, { " 246810\n", "246810" }, { "\357\274\221\357\274\222\357\274\223\357\274\224", "1234" } /* full-width */,
    { "12 34", NULL }, { "12a4", NULL }, { "", NULL }, { NULL, NULL }, { "\377\376", NULL }, { "-1234", NULL },
    { "12345678901234567890123456789012", "12345678901234567890123456789012" }, { "123456789012345678901234567890123", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *clean = mc_pin_clean (cases[i].text, &error);

      g_assert_cmpstr (clean, ==, cases[i].clean);
      if (!clean)
        g_assert_error (error, MC_REGISTRY_ERROR, MC_REGISTRY_ERROR_INPUT);
    }
}

/* The known answers of the reference implementation (phc-winner-argon2, src/test.c, version 0x13). */
static void
test_known_answers (void)
{
  static const struct { guint passes, memory_kib, lanes; const char *password, *salt, *tag; } cases[] = {
    { 2, 65536, 1, "password", "somesalt", "09316115d5cf24ed5a15a31a3ba326e5cf32edc24702987c02b6566f61913cf7" },
    { 2, 256, 1, "password", "somesalt", "9dfeb910e80bad0311fee20f9c0e2b12c17987b4cac90c2ef54d5b3021c68bfe" },
    { 2, 256, 2, "password", "somesalt", "6d093c501fd5999645e0ea3bf620d7b8be7fd2db59c20d9fff9539da2bf57037" },
    { 2, 65536, 1, "differentpassword", "somesalt", "0b84d652cf6b0c4beaef0dfe278ba6a80df6696281d7e0d2891b817d8c458fde" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      guint8 tag[32];
      g_autoptr (GString) hex = g_string_new (NULL);

      g_assert_true (mc_pin_argon2id (cases[i].password, strlen (cases[i].password), cases[i].salt, strlen (cases[i].salt), cases[i].passes,
                                      cases[i].memory_kib, cases[i].lanes, tag, sizeof tag));
      for (guint b = 0; b < sizeof tag; b++)
        g_string_append_printf (hex, "%02x", tag[b]);
      g_assert_cmpstr (hex->str, ==, cases[i].tag);
    }
}

static void
test_hash_matches_its_pin_alone (void)
{
  McPinHash one, other;
  g_autoptr (GError) error = NULL;
  gboolean matches = FALSE;

  g_assert_true (mc_pin_hash_new ("246810", &one, &error));
  g_assert_true (mc_pin_hash_new ("246810", &other, &error));
  g_assert_true (memcmp (one.salt, other.salt, sizeof one.salt) != 0);
  g_assert_true (memcmp (one.hash, other.hash, sizeof one.hash) != 0);
  g_assert_cmpuint (one.memory_kib, >=, 64 * 1024);
  g_assert_true (mc_pin_hash_matches (&one, "246810", &matches, &error));
  g_assert_true (matches);
  g_assert_true (mc_pin_hash_matches (&one, "246811", &matches, &error));
  g_assert_false (matches);
}

static void
test_waits_grow (void)
{
  static const gint64 waits[] = { 0, 0, 0, 0, 0, 30, 60, 120, 240, 480, 86400, 86400 };

  for (guint wrong = 0; wrong < G_N_ELEMENTS (waits); wrong++)
    g_assert_cmpint (mc_pin_wait_seconds (wrong), ==, waits[wrong]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pin/form", test_form);
  g_test_add_func ("/pin/known-answers", test_known_answers);
  g_test_add_func ("/pin/hash-matches-its-pin-alone", test_hash_matches_its_pin_alone);
  g_test_add_func ("/pin/waits-grow", test_waits_grow);
  return g_test_run ();
}
