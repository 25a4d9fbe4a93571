/* SPDX-License-Identifier: GPL-3.0-or-later
 * Chains of lines: digests, links, signed checkpoints; and the digests that stand for sealed values. Pure. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define MC_DIGEST_BYTES 32
#define MC_SALT_BYTES 16
#define MC_KEY_BYTES 32
#define MC_SIGNATURE_BYTES 64

typedef struct
{
  guint8 bytes[MC_DIGEST_BYTES];
} McDigest;

/* Starts libgcrypt once, from whichever thread comes first, without secure memory (keys are wiped by their owners). The functions
 * below call it; who calls libgcrypt directly calls it first. */
void mc_gcrypt_init (void);

/* --- digests ---------------------------------------------------------------------------------------------- */

/* SHA-256 by libgcrypt. */
void mc_digest_of (const void *data, gsize length, McDigest *digest);
gboolean mc_digest_equal (const McDigest *a, const McDigest *b);

/* 64 lower-case hex digits and a NUL. */
void mc_digest_to_hex (const McDigest *digest, char hex[2 * MC_DIGEST_BYTES + 1]);
/* FALSE unless @hex is exactly 64 lower-case hex digits. */
gboolean mc_digest_from_hex (const char *hex, McDigest *digest);

/* The same for other lengths (salts, keys, signatures): @hex has room for 2 × @n + 1; of_hex wants exactly 2 × @n lower-case digits. */
void mc_hex_from_bytes (const guint8 *bytes, gsize n, char *hex);
gboolean mc_hex_to_bytes (const char *hex, guint8 *bytes, gsize n);

/* @n bytes from libgcrypt's generator: of a strength for keys and tokens. */
void mc_random_bytes (void *bytes, gsize n);

/* --- sealed values ---------------------------------------------------------------------------------------- */

void mc_salt_new (guint8 salt[MC_SALT_BYTES]);

/* SHA-256(salt ‖ value): what stands in a line for a personal value, whose salt and text travel beside it. */
void mc_sealed_digest (const guint8 salt[MC_SALT_BYTES], const void *value, gsize length, McDigest *digest);

/* --- chains ----------------------------------------------------------------------------------------------- */

/* Link 0: SHA-256("mingcha-chain/1\n" + device). */
void mc_chain_start (const char *device, McDigest *link);

/* SHA-256(link before ‖ digest of the line). @link may be @before. */
void mc_chain_next (const McDigest *before, const McDigest *digest, McDigest *link);

/* --- checkpoints ------------------------------------------------------------------------------------------ */

/* A device's Ed25519 key pair (RFC 8032). */
typedef struct
{
  guint8 public_key[MC_KEY_BYTES];
  guint8 secret_key[MC_KEY_BYTES];
} McKeyPair;

gboolean mc_key_pair_create (McKeyPair *pair, GError **error);
/* The pair of a kept secret key: its public key is computed again. */
gboolean mc_key_pair_from_secret (const guint8 secret_key[MC_KEY_BYTES], McKeyPair *pair, GError **error);
/* Overwrites both keys. */
void mc_key_pair_clear (McKeyPair *pair);

/* "mingcha-checkpoint/1\nDEVICE\nSEQ\nLINKHEX\n", the text that is signed. Caller frees. */
char *mc_checkpoint_text (const char *device, guint64 seq, const McDigest *link);

gboolean mc_checkpoint_sign (const McKeyPair *pair, const char *device, guint64 seq, const McDigest *link,
                             guint8 signature[MC_SIGNATURE_BYTES], GError **error);
gboolean mc_checkpoint_verify (const guint8 public_key[MC_KEY_BYTES], const char *device, guint64 seq, const McDigest *link,
                               const guint8 signature[MC_SIGNATURE_BYTES]);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (McKeyPair, mc_key_pair_clear)

G_END_DECLS
