/* SPDX-License-Identifier: GPL-3.0-or-later
 * PINs by libgcrypt's Argon2id. */
#include "mc-pin.h"

#include <gcrypt.h>
#include <glib/gi18n.h>
#include <string.h>

#include "store/mc-chain.h"

#define FIRST_WAIT_SECONDS 30
#define LOCKED_SECONDS (24 * 60 * 60)

char *
mc_pin_clean (const char *text, GError **error)
{
  g_autofree char *digits = text && g_utf8_validate (text, -1, NULL) ? g_utf8_normalize (text, -1, G_NORMALIZE_NFKC) : NULL;

  if (digits)
    {
      gsize length;

      g_strstrip (digits);
      length = strlen (digits);
      if (length >= MC_PIN_MIN_DIGITS && length <= MC_PIN_MAX_DIGITS && strspn (digits, "0123456789") == length)
        return g_steal_pointer (&digits);
    }
  g_set_error (error, MC_REGISTRY_ERROR, MC_REGISTRY_ERROR_INPUT, _("A PIN has %d to %d digits. Nothing was changed."), MC_PIN_MIN_DIGITS, MC_PIN_MAX_DIGITS);
  return NULL;
}

gboolean
mc_pin_argon2id (const void *secret, gsize secret_length, const void *salt, gsize salt_length, guint passes, guint memory_kib, guint lanes, guint8 *tag,
                 gsize tag_length)
{
  const unsigned long parameters[] = { tag_length, passes, memory_kib, lanes };
  gcry_kdf_hd_t handle;
  gboolean done;

  g_return_val_if_fail (secret != NULL && salt != NULL && tag != NULL, FALSE);

  mc_gcrypt_init ();
  if (gcry_kdf_open (&handle, GCRY_KDF_ARGON2, GCRY_KDF_ARGON2ID, parameters, G_N_ELEMENTS (parameters), secret, secret_length, salt, salt_length, NULL, 0,
                     NULL, 0)
      != 0)
    return FALSE;
  done = gcry_kdf_compute (handle, NULL) == 0 && gcry_kdf_final (handle, tag_length, tag) == 0;
  gcry_kdf_close (handle);
  return done;
}

static gboolean
compute (const McPinHash *hash, const char *pin, guint8 *tag, GError **error)
{
  if (mc_pin_argon2id (pin, strlen (pin), hash->salt, sizeof hash->salt, hash->passes, hash->memory_kib, 1, tag, MC_PIN_HASH_BYTES))
    return TRUE;
  g_set_error (error, MC_REGISTRY_ERROR, MC_REGISTRY_ERROR_INPUT, _("The PIN cannot be worked out: %u MiB of memory are needed for a moment. Close other programs and try again."),
               hash->memory_kib / 1024);
  return FALSE;
}

gboolean
mc_pin_hash_new (const char *pin, McPinHash *hash, GError **error)
{
  g_return_val_if_fail (pin != NULL && hash != NULL, FALSE);

  mc_gcrypt_init ();
  gcry_randomize (hash->salt, sizeof hash->salt, GCRY_STRONG_RANDOM);
  hash->passes = MC_PIN_PASSES;
  hash->memory_kib = MC_PIN_MEMORY_KIB;
  return compute (hash, pin, hash->hash, error);
}

gboolean
mc_pin_hash_matches (const McPinHash *hash, const char *pin, gboolean *matches, GError **error)
{
  guint8 tag[MC_PIN_HASH_BYTES];
  guint8 differs = 0;

  g_return_val_if_fail (hash != NULL && pin != NULL && matches != NULL, FALSE);

  if (!compute (hash, pin, tag, error))
    return FALSE;
  for (gsize i = 0; i < sizeof tag; i++)
    differs |= tag[i] ^ hash->hash[i];
  *matches = differs == 0;
  return TRUE;
}

gint64
mc_pin_wait_seconds (guint wrong)
{
  if (wrong < MC_PIN_FIRST_WAIT)
    return 0;
  if (wrong >= MC_PIN_LOCKED)
    return LOCKED_SECONDS;
  return (gint64) FIRST_WAIT_SECONDS << (wrong - MC_PIN_FIRST_WAIT);
}
