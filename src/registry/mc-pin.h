/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a PIN is: its form, its Argon2id hash, and how long to wait after wrong ones. */
#pragma once

#include "mc-registry-error.h"

G_BEGIN_DECLS

#define MC_PIN_MIN_DIGITS 4
#define MC_PIN_MAX_DIGITS 32

/* Wrong ones from which on there is a wait, and from which on only an administrator, or a day's wait, helps. */
#define MC_PIN_FIRST_WAIT 5
#define MC_PIN_LOCKED 10

#define MC_PIN_SALT_BYTES 16
#define MC_PIN_HASH_BYTES 32

/* RFC 9106 § 4, second recommended option (3 passes over 64 MiB), on one lane; above OWASP's least (2 passes over 19 MiB). Kept beside each
 * hash, so that later versions may raise them. */
#define MC_PIN_PASSES 3
#define MC_PIN_MEMORY_KIB (64 * 1024)

typedef struct
{
  guint8 salt[MC_PIN_SALT_BYTES];
  guint8 hash[MC_PIN_HASH_BYTES];
  guint passes;
  guint memory_kib;
} McPinHash;

/* The digits of @text, full-width ones too, without blanks around; caller frees. NULL and MC_REGISTRY_ERROR_INPUT if it is not 4 to 32 digits. Pure. */
char *mc_pin_clean (const char *text, GError **error);

/* Argon2id of the clean @pin with a new random salt and the numbers above. Takes about a quarter of a second and 64 MiB: call it in a thread.
 * MC_REGISTRY_ERROR_INPUT if there is no memory for it. */
gboolean mc_pin_hash_new (const char *pin, McPinHash *hash, GError **error);

/* Is @pin the one of @hash? In the same time whether it is or not. */
gboolean mc_pin_hash_matches (const McPinHash *hash, const char *pin, gboolean *matches, GError **error);

/* For known answers: the tag of any input. */
gboolean mc_pin_argon2id (const void *secret, gsize secret_length, const void *salt, gsize salt_length, guint passes, guint memory_kib, guint lanes,
                          guint8 *tag, gsize tag_length);

/* Seconds to wait after so many wrong ones in a row: none before the 5th; 30 s, then twice as long each time; a day from the 10th on. Pure. */
gint64 mc_pin_wait_seconds (guint wrong);

G_END_DECLS
