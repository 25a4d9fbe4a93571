/* SPDX-License-Identifier: GPL-3.0-or-later
 * UUIDs of version 7 (ascending) and version 5 (from names). */
#include "mc-uuid.h"

#include <gcrypt.h>
#include <string.h>
#include <sys/random.h>

#include "mc-chain.h"

/* Version 5 of the DNS namespace and "mingcha.org". Never changes: ids that two people made independently meet through it. */
static const guint8 mingcha_namespace[16] = {
  0x88, 0xa3, 0x0b, 0xbf, 0xa9, 0x95, 0x51, 0x0e, 0xbd, 0x8a, 0x13, 0xa7, 0xfc, 0x43, 0x12, 0x88,
};

static void
fill_random (guint8 *bytes,
             gsize n)
{
  /* Up to 256 bytes come whole once the kernel's pool is ready; it waits for that. */
  if (getrandom (bytes, n, 0) == (gssize) n)
    return;

  for (gsize i = 0; i < n; i++)
    bytes[i] = (guint8) g_random_int ();
}

static char *
format_uuid (const guint8 bytes[16])
{
  static const char digits[] = "0123456789abcdef";
  char *text = g_malloc (MC_UUID_LENGTH + 1);
  char *out = text;

  for (guint i = 0; i < 16; i++)
    {
      if (i == 4 || i == 6 || i == 8 || i == 10)
        *out++ = '-';
      *out++ = digits[bytes[i] >> 4];
      *out++ = digits[bytes[i] & 15];
    }
  *out = '\0';
  return text;
}

static void
set_version (guint8 bytes[16],
             guint8 version)
{
  bytes[6] = (guint8) ((bytes[6] & 0x0f) | (version << 4));
  bytes[8] = (guint8) ((bytes[8] & 0x3f) | 0x80);
}

/* Time and counter of the next id: the counter starts anywhere in the lower half of its 12 bits with each new
 * millisecond and counts up within one; a clock that stands or goes back never makes an id descend (RFC 9562, 6.2, method 1). */
static guint64
next_tick (guint16  seed,
           guint16 *counter)
{
  static GMutex mutex;
  static guint64 last_ms;
  static guint16 last_counter;
  guint64 ms = (guint64) g_get_real_time () / 1000;

  g_mutex_lock (&mutex);
  if (ms > last_ms)
    {
      last_ms = ms;
      last_counter = seed & 0x7ff;
    }
  else if (last_counter < 0xfff)
    {
      last_counter++;
    }
  else
    {
      last_ms++;
      last_counter = seed & 0x7ff;
    }
  ms = last_ms;
  *counter = last_counter;
  g_mutex_unlock (&mutex);
  return ms;
}

char *
mc_uuid_new (void)
{
  guint8 bytes[16];
  guint16 counter;
  guint64 ms;

  fill_random (bytes + 6, 10);
  ms = next_tick ((guint16) (bytes[6] << 8 | bytes[7]), &counter);
  for (guint i = 0; i < 6; i++)
    bytes[i] = (guint8) (ms >> (40 - 8 * i));
  bytes[6] = (guint8) (counter >> 8);
  bytes[7] = (guint8) counter;
  set_version (bytes, 7);
  return format_uuid (bytes);
}

char *
mc_uuid_new_for (const char *first_part,
                 ...)
{
  g_autoptr (GString) name = g_string_sized_new (256);
  guint8 digest[20];
  va_list parts;

  g_return_val_if_fail (first_part != NULL, NULL);

  g_string_append_len (name, (const char *) mingcha_namespace, sizeof mingcha_namespace);
  g_string_append (name, first_part);
  va_start (parts, first_part);
  for (const char *part = va_arg (parts, const char *); part; part = va_arg (parts, const char *))
    {
      g_string_append_c (name, '\x1f');
      g_string_append (name, part);
    }
  va_end (parts);
  mc_gcrypt_init ();
  gcry_md_hash_buffer (GCRY_MD_SHA1, digest, name->str, name->len);
  set_version (digest, 5);
  return format_uuid (digest);
}

gboolean
mc_uuid_is_valid (const char *text)
{
  g_return_val_if_fail (text != NULL, FALSE);

  for (guint i = 0; i < MC_UUID_LENGTH; i++)
    {
      char c = text[i];

      if (i == 8 || i == 13 || i == 18 || i == 23)
        {
          if (c != '-')
            return FALSE;
        }
      else if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f')))
        {
          return FALSE;
        }
    }
  return text[MC_UUID_LENGTH] == '\0';
}
