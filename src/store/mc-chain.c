/* SPDX-License-Identifier: GPL-3.0-or-later
 * Chains by libgcrypt: its SHA-256 uses the processor's instructions (measured six times as fast as GChecksum on a line). */
#include "mc-chain.h"

#include <gcrypt.h>
#include <glib/gi18n.h>
#include <string.h>

#include "mc-error.h"

typedef struct gcry_sexp Sexp;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Sexp, gcry_sexp_release)

void
mc_gcrypt_init (void)
{
  static gsize ready = 0;

  if (!g_once_init_enter (&ready))
    return;
  if (!gcry_control (GCRYCTL_INITIALIZATION_FINISHED_P))
    {
      if (!gcry_check_version ("1.10.0"))
        g_critical ("libgcrypt is older than 1.10");
      gcry_control (GCRYCTL_DISABLE_SECMEM, 0);
      gcry_control (GCRYCTL_INITIALIZATION_FINISHED, 0);
    }
  g_once_init_leave (&ready, 1);
}

/* --- digests ---------------------------------------------------------------------------------------------- */

void
mc_digest_of (const void *data,
              gsize       length,
              McDigest   *digest)
{
  mc_gcrypt_init ();
  gcry_md_hash_buffer (GCRY_MD_SHA256, digest->bytes, data, length);
}

gboolean
mc_digest_equal (const McDigest *a,
                 const McDigest *b)
{
  return memcmp (a->bytes, b->bytes, MC_DIGEST_BYTES) == 0;
}

void
mc_hex_from_bytes (const guint8 *bytes,
                   gsize         n,
                   char         *hex)
{
  static const char digits[] = "0123456789abcdef";

  for (gsize i = 0; i < n; i++)
    {
      hex[2 * i] = digits[bytes[i] >> 4];
      hex[2 * i + 1] = digits[bytes[i] & 15];
    }
  hex[2 * n] = '\0';
}

static int
hex_digit (char c)
{
  if (c >= '0' && c <= '9')
    return c - '0';
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

gboolean
mc_hex_to_bytes (const char *hex,
                 guint8     *bytes,
                 gsize       n)
{
  for (gsize i = 0; i < n; i++)
    {
      int high = hex_digit (hex[2 * i]);
      int low = high < 0 ? -1 : hex_digit (hex[2 * i + 1]);

      if (low < 0)
        return FALSE;
      bytes[i] = (guint8) (16 * high + low);
    }
  return hex[2 * n] == '\0';
}

void
mc_digest_to_hex (const McDigest *digest,
                  char            hex[2 * MC_DIGEST_BYTES + 1])
{
  mc_hex_from_bytes (digest->bytes, MC_DIGEST_BYTES, hex);
}

gboolean
mc_digest_from_hex (const char *hex,
                    McDigest   *digest)
{
  return mc_hex_to_bytes (hex, digest->bytes, MC_DIGEST_BYTES);
}

void
mc_random_bytes (void *bytes,
                 gsize n)
{
  mc_gcrypt_init ();
  gcry_randomize (bytes, n, GCRY_STRONG_RANDOM);
}

/* --- sealed values ---------------------------------------------------------------------------------------- */

void
mc_salt_new (guint8 salt[MC_SALT_BYTES])
{
  mc_random_bytes (salt, MC_SALT_BYTES);
}

/* SHA-256 of two pieces. */
static void
digest_of_two (const void *first,
               gsize       first_length,
               const void *second,
               gsize       second_length,
               McDigest   *digest)
{
  gcry_buffer_t pieces[2] = {
    { .data = (void *) first, .len = first_length },
    { .data = (void *) second, .len = second_length },
  };

  mc_gcrypt_init ();
  if (gcry_md_hash_buffers (GCRY_MD_SHA256, 0, digest->bytes, pieces, G_N_ELEMENTS (pieces)) != 0)
    g_critical ("libgcrypt cannot compute SHA-256");
}

void
mc_sealed_digest (const guint8 salt[MC_SALT_BYTES],
                  const void  *value,
                  gsize        length,
                  McDigest    *digest)
{
  digest_of_two (salt, MC_SALT_BYTES, value, length, digest);
}

/* --- chains ----------------------------------------------------------------------------------------------- */

void
mc_chain_start (const char *device,
                McDigest   *link)
{
  static const char head[] = "mingcha-chain/1\n";

  digest_of_two (head, sizeof head - 1, device, strlen (device), link);
}

void
mc_chain_next (const McDigest *before,
               const McDigest *digest,
               McDigest       *link)
{
  McDigest both[2] = { *before, *digest };

  mc_digest_of (both, sizeof both, link);
}

/* --- checkpoints ------------------------------------------------------------------------------------------ */

static gboolean
report (gcry_error_t code,
        GError     **error)
{
  if (code == 0)
    return TRUE;
  g_set_error (error, MC_STORE_ERROR, MC_STORE_ERROR_FAILED,
               _("The signature of this device could not be made (%s, %u). Nothing was changed."),
               gcry_strsource (code), gcry_err_code (code));
  return FALSE;
}

/* Copies the @n bytes of the token @name in @sexp; FALSE if they are not there. */
static gboolean
copy_token (gcry_sexp_t sexp,
            const char *name,
            guint8     *bytes,
            gsize       n)
{
  g_autoptr (Sexp) token = gcry_sexp_find_token (sexp, name, 0);
  size_t length = 0;
  const char *data = token ? gcry_sexp_nth_data (token, 1, &length) : NULL;

  if (!data || length != n)
    return FALSE;
  memcpy (bytes, data, n);
  return TRUE;
}

gboolean
mc_key_pair_from_secret (const guint8 secret_key[MC_KEY_BYTES],
                         McKeyPair   *pair,
                         GError     **error)
{
  g_autoptr (Sexp) key = NULL;
  gcry_ctx_t curve = NULL;
  gcry_mpi_t point = NULL;
  const void *data;
  unsigned int n_bits = 0;
  gcry_error_t code;

  mc_gcrypt_init ();
  memcpy (pair->secret_key, secret_key, MC_KEY_BYTES);
  code = gcry_sexp_build (&key, NULL, "(private-key(ecc(curve Ed25519)(flags eddsa)(d %b)))", MC_KEY_BYTES, secret_key);
  if (code == 0)
    code = gcry_mpi_ec_new (&curve, key, NULL);
  if (code == 0)
    {
      point = gcry_mpi_ec_get_mpi ("q@eddsa", curve, 0);
      data = point ? gcry_mpi_get_opaque (point, &n_bits) : NULL;
      if (data && n_bits == 8 * MC_KEY_BYTES)
        memcpy (pair->public_key, data, MC_KEY_BYTES);
      else
        code = gcry_error (GPG_ERR_BAD_SECKEY);
    }
  gcry_mpi_release (point);
  gcry_ctx_release (curve);
  return report (code, error);
}

gboolean
mc_key_pair_create (McKeyPair *pair,
                    GError   **error)
{
  guint8 secret_key[MC_KEY_BYTES];
  gboolean ok;

  mc_gcrypt_init ();
  gcry_randomize (secret_key, sizeof secret_key, GCRY_VERY_STRONG_RANDOM);
  ok = mc_key_pair_from_secret (secret_key, pair, error);
  explicit_bzero (secret_key, sizeof secret_key);
  return ok;
}

void
mc_key_pair_clear (McKeyPair *pair)
{
  explicit_bzero (pair, sizeof *pair);
}

char *
mc_checkpoint_text (const char     *device,
                    guint64         seq,
                    const McDigest *link)
{
  char hex[2 * MC_DIGEST_BYTES + 1];

  mc_digest_to_hex (link, hex);
  return g_strdup_printf ("mingcha-checkpoint/1\n%s\n%" G_GUINT64_FORMAT "\n%s\n", device, seq, hex);
}

static gcry_error_t
build_message (gcry_sexp_t    *message,
               const char     *device,
               guint64         seq,
               const McDigest *link)
{
  g_autofree char *text = mc_checkpoint_text (device, seq, link);

  return gcry_sexp_build (message, NULL, "(data(flags eddsa)(hash-algo sha512)(value %b))", (int) strlen (text), text);
}

gboolean
mc_checkpoint_sign (const McKeyPair *pair,
                    const char      *device,
                    guint64          seq,
                    const McDigest  *link,
                    guint8           signature[MC_SIGNATURE_BYTES],
                    GError         **error)
{
  g_autoptr (Sexp) key = NULL;
  g_autoptr (Sexp) message = NULL;
  g_autoptr (Sexp) signed_message = NULL;
  gcry_error_t code;

  mc_gcrypt_init ();
  code = gcry_sexp_build (&key, NULL, "(private-key(ecc(curve Ed25519)(flags eddsa)(q %b)(d %b)))",
                          MC_KEY_BYTES, pair->public_key, MC_KEY_BYTES, pair->secret_key);
  if (code == 0)
    code = build_message (&message, device, seq, link);
  if (code == 0)
    code = gcry_pk_sign (&signed_message, message, key);
  if (code == 0 && (!copy_token (signed_message, "r", signature, 32) || !copy_token (signed_message, "s", signature + 32, 32)))
    code = gcry_error (GPG_ERR_INV_OBJ);
  return report (code, error);
}

/* Is the number in @bytes (least byte first) below @limit? */
static gboolean
is_below (const guint8 bytes[32],
          const guint8 limit[32])
{
  for (int i = 31; i >= 0; i--)
    if (bytes[i] != limit[i])
      return bytes[i] < limit[i];
  return FALSE;
}

/* RFC 8032, 5.1.3 and 5.1.7: the y of a key is below p = 2^255 − 19, the S of a signature below the order L of the group. libgcrypt 1.10
 * ends the process on a key whose y is not, and on y = p − 1 and y < 2^192 too, which no honest key is (one in 2^63). */
static gboolean
is_canonical (const guint8 public_key[MC_KEY_BYTES],
              const guint8 signature[MC_SIGNATURE_BYTES])
{
  static const guint8 last[32] = { /* p − 1 */
    0xec, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
    0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f,
  };
  static const guint8 smallest[32] = { [24] = 0x01 };
  static const guint8 order[32] = {
    0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde, 0x14,
    0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x10,
  };
  guint8 y[32];

  memcpy (y, public_key, sizeof y);
  y[31] &= 0x7f; /* the sign of x */
  return is_below (y, last) && !is_below (y, smallest) && is_below (signature + 32, order);
}

gboolean
mc_checkpoint_verify (const guint8    public_key[MC_KEY_BYTES],
                      const char     *device,
                      guint64         seq,
                      const McDigest *link,
                      const guint8    signature[MC_SIGNATURE_BYTES])
{
  g_autoptr (Sexp) key = NULL;
  g_autoptr (Sexp) message = NULL;
  g_autoptr (Sexp) given = NULL;

  mc_gcrypt_init ();
  return is_canonical (public_key, signature) &&
         gcry_sexp_build (&key, NULL, "(public-key(ecc(curve Ed25519)(flags eddsa)(q %b)))", MC_KEY_BYTES, public_key) == 0 &&
         build_message (&message, device, seq, link) == 0 &&
         gcry_sexp_build (&given, NULL, "(sig-val(eddsa(r %b)(s %b)))", 32, signature, 32, signature + 32) == 0 &&
         gcry_pk_verify (given, message, key) == 0;
}
