/* SPDX-License-Identifier: GPL-3.0-or-later
 * Chains, sealed values and checkpoints meet answers computed elsewhere (Python's hashlib and cryptography); a flipped bit is seen. */
#include <gcrypt.h>
#include <string.h>

#include "seeded.h"
#include "store/mc-chain.h"

#define DEVICE "0193f1c0-0000-7000-8000-00000000000a"
#define LINK_0 "31486f88ed13ab001f07f880cf55eb82505e0e193d99619f548e804fcde16fb5"
#define LINK_1 "1d82817705c0292376f431b9208e56a92c96b90fb1212d5a878d5118650ffca9"

static void
assert_digest (const McDigest *digest,
               const char     *expected)
{
  char hex[65];

  mc_digest_to_hex (digest, hex);
  g_assert_cmpstr (hex, ==, expected);
}

static void
links_have_known_answers (void)
{
  McDigest link, digest;

  mc_chain_start (DEVICE, &link);
  assert_digest (&link, LINK_0);
  mc_digest_of ("line one", 8, &digest);
  mc_chain_next (&link, &digest, &link);
  assert_digest (&link, LINK_1);
}

static void
sealed_values_have_known_answers (void)
{
  guint8 salt[MC_SALT_BYTES];
  McDigest digest, other;

  for (guint8 i = 0; i < sizeof salt; i++)
    salt[i] = i;
  mc_sealed_digest (salt, "13800000000", 11, &digest);
  assert_digest (&digest, "b858217e26a90b53c306627c2197e762407f0fc6f84ccf354791f40799b67601");
  salt[15] ^= 1;
  mc_sealed_digest (salt, "13800000000", 11, &other);
  g_assert_false (mc_digest_equal (&digest, &other));
}

static void
hex_goes_both_ways (void)
{
  static const char *const wrong[] = {
    "", "31", LINK_0 "0", "31486F88ed13ab001f07f880cf55eb82505e0e193d99619f548e804fcde16fb5",
    "31486f88ed13ab001f07f880cf55eb82505e0e193d99619f548e804fcde16fb", "31486g88ed13ab001f07f880cf55eb82505e0e193d99619f548e804fcde16fb5",
  };
  McDigest digest;

  g_assert_true (mc_digest_from_hex (LINK_0, &digest));
  assert_digest (&digest, LINK_0);
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    g_assert_false (mc_digest_from_hex (wrong[i], &digest));
}

static void
salts_differ (void)
{
  guint8 a[MC_SALT_BYTES], b[MC_SALT_BYTES];

  mc_salt_new (a);
  mc_salt_new (b);
  g_assert_cmpint (memcmp (a, b, sizeof a), !=, 0);
}

static void
checkpoint_has_known_answer (void)
{
  static const char expected_key[] = "03a107bff3ce10be1d70dd18e74bc09967e4d6309ba50d5f1ddc8664125531b8";
  static const char expected_signature[] =
    "bacfe908245d6bbf357d7b150c84693ce9bc52287fe51a84a584811b3af01e1cd10cac4df6001d3cee76a4e9a1622cbd3ae3ed2f39eef8541bbac765e4691d0f";
  g_auto (McKeyPair) pair = { { 0 }, { 0 } };
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  guint8 secret[MC_KEY_BYTES], signature[MC_SIGNATURE_BYTES];
  char key_hex[65], signature_hex[129];
  McDigest link;

  for (guint8 i = 0; i < sizeof secret; i++)
    secret[i] = i;
  g_assert_true (mc_digest_from_hex (LINK_1, &link));
  text = mc_checkpoint_text (DEVICE, 1, &link);
  g_assert_cmpstr (text, ==, "mingcha-checkpoint/1\n" DEVICE "\n1\n" LINK_1 "\n");

  g_assert_true (mc_key_pair_from_secret (secret, &pair, &error));
  g_assert_no_error (error);
  mc_hex_from_bytes (pair.public_key, MC_KEY_BYTES, key_hex);
  g_assert_cmpstr (key_hex, ==, expected_key);
  g_assert_true (mc_checkpoint_sign (&pair, DEVICE, 1, &link, signature, &error));
  g_assert_no_error (error);
  mc_hex_from_bytes (signature, sizeof signature, signature_hex);
  g_assert_cmpstr (signature_hex, ==, expected_signature);
}

static void
signatures_hold_for_their_text_only (void)
{
  g_auto (McKeyPair) pair = { { 0 }, { 0 } };
  g_auto (McKeyPair) other = { { 0 }, { 0 } };
  guint8 signature[MC_SIGNATURE_BYTES];
  McDigest link;

  g_assert_true (mc_key_pair_create (&pair, NULL));
  g_assert_true (mc_key_pair_create (&other, NULL));
  g_assert_cmpint (memcmp (&pair, &other, sizeof pair), !=, 0);
  mc_chain_start (DEVICE, &link);
  g_assert_true (mc_checkpoint_sign (&pair, DEVICE, 7, &link, signature, NULL));
  g_assert_true (mc_checkpoint_verify (pair.public_key, DEVICE, 7, &link, signature));

  g_assert_false (mc_checkpoint_verify (other.public_key, DEVICE, 7, &link, signature));
  g_assert_false (mc_checkpoint_verify (pair.public_key, DEVICE, 8, &link, signature));
  g_assert_false (mc_checkpoint_verify (pair.public_key, "0193f1c0-0000-7000-8000-00000000000b", 7, &link, signature));
  for (guint bit = 0; bit < 8 * sizeof signature; bit += 5)
    {
      signature[bit / 8] ^= (guint8) (1 << bit % 8);
      g_assert_false (mc_checkpoint_verify (pair.public_key, DEVICE, 7, &link, signature));
      signature[bit / 8] ^= (guint8) (1 << bit % 8);
    }
  for (guint bit = 0; bit < 8 * sizeof link; bit += 3)
    {
      link.bytes[bit / 8] ^= (guint8) (1 << bit % 8);
      g_assert_false (mc_checkpoint_verify (pair.public_key, DEVICE, 7, &link, signature));
      link.bytes[bit / 8] ^= (guint8) (1 << bit % 8);
    }
  g_assert_true (mc_checkpoint_verify (pair.public_key, DEVICE, 7, &link, signature));
}

/* libgcrypt 1.10 ends the process on some of these. */
static void
keys_that_are_none_verify_nothing (void)
{
  g_autoptr (GRand) rand = seeded_rand ();
  guint8 key[MC_KEY_BYTES], signature[MC_SIGNATURE_BYTES];
  McDigest link = { { 0 } };

  for (guint i = 0; i < 2000; i++)
    {
      /* all ones, then p − 2 … p + 19 with either sign, then anything */
      memset (key, 0xff, sizeof key);
      if (i > 0)
        key[0] = (guint8) (0xeb + (i - 1) % 21);
      key[31] = i % 2 ? 0x7f : 0xff;
      for (guint n = 0; i > 50 && n < sizeof key; n++)
        key[n] = (guint8) below (rand, 256);
      for (guint n = 0; n < sizeof signature; n++)
        signature[n] = i % 3 == 0 ? 0xff : i % 3 == 1 ? 0 : (guint8) below (rand, 256);
      g_assert_false (mc_checkpoint_verify (key, DEVICE, 1, &link, signature));
    }
  /* keys with a y of 0 … 31 bytes, and p − 1, beside a signature that is well-formed */
  memset (signature, 0, sizeof signature);
  for (guint bytes = 0; bytes < sizeof key; bytes++)
    {
      memset (key, 0, sizeof key);
      for (guint n = 0; n < bytes; n++)
        key[n] = (guint8) below (rand, 256);
      g_assert_false (mc_checkpoint_verify (key, DEVICE, 1, &link, signature));
    }
  memset (key, 0xff, sizeof key);
  key[0] = 0xec;
  key[31] = 0x7f;
  g_assert_false (mc_checkpoint_verify (key, DEVICE, 1, &link, signature));
}

static gpointer
hash_once (gpointer data)
{
  mc_digest_of ("line one", 8, data);
  return NULL;
}

static void
first_use_may_come_from_several_threads (void)
{
  if (g_test_subprocess ())
    {
      GThread *threads[4];
      McDigest digests[4];

      for (guint i = 0; i < 4; i++)
        threads[i] = g_thread_new ("hash", hash_once, &digests[i]);
      for (guint i = 0; i < 4; i++)
        g_thread_join (threads[i]);
      for (guint i = 1; i < 4; i++)
        g_assert_true (mc_digest_equal (&digests[0], &digests[i]));
      g_assert_true (gcry_control (GCRYCTL_INITIALIZATION_FINISHED_P));
      return;
    }
  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_passed ();
  g_test_trap_assert_stderr_unmatched ("*ecure memory*");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/chain/links-have-known-answers", links_have_known_answers);
  g_test_add_func ("/chain/sealed-values-have-known-answers", sealed_values_have_known_answers);
  g_test_add_func ("/chain/hex-goes-both-ways", hex_goes_both_ways);
  g_test_add_func ("/chain/salts-differ", salts_differ);
  g_test_add_func ("/chain/checkpoint-has-known-answer", checkpoint_has_known_answer);
  g_test_add_func ("/chain/signatures-hold-for-their-text-only", signatures_hold_for_their_text_only);
  g_test_add_func ("/chain/keys-that-are-none-verify-nothing", keys_that_are_none_verify_nothing);
  g_test_add_func ("/chain/first-use-may-come-from-several-threads", first_use_may_come_from_several_threads);
  return g_test_run ();
}
