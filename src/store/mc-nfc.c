/* SPDX-License-Identifier: GPL-3.0-or-later
 * NFC by ICU, asked only for the few characters that can need it. */
#include "mc-nfc.h"

#include <string.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

/* UTF-16 of @text; a code unit for each byte is always enough. Caller frees. */
static UChar *
to_utf16 (const char *text,
          gsize       length,
          int32_t    *n_units)
{
  UChar *units = g_new (UChar, length + 1);
  UErrorCode status = U_ZERO_ERROR;

  u_strFromUTF8 (units, (int32_t) length + 1, n_units, text, (int32_t) length, &status);
  g_return_val_if_fail (U_SUCCESS (status), (g_free (units), NULL));
  return units;
}

gboolean
mc_nfc_is_inert (gunichar c)
{
  if (c < 0x300 || (c >= 0x3400 && c < 0xa000) || (c >= 0xff00 && c < 0xfff0) || (c >= 0x3001 && c < 0x302a))
    return TRUE;
  return u_getIntPropertyValue ((UChar32) c, UCHAR_NFC_QUICK_CHECK) == UNORM_YES && u_getCombiningClass ((UChar32) c) == 0;
}

gssize
mc_nfc_plain_length (const char *text)
{
  const guchar *p = (const guchar *) text;

  for (;;)
    if (*p < 0x80)
      {
        if (*p == '\0')
          return (gssize) ((const char *) p - text);
        p++;
      }
    else if (*p >= 0xe4 && *p <= 0xe9 && (p[1] & 0xc0) == 0x80 && (p[2] & 0xc0) == 0x80)
      p += 3;
    else
      return -1;
}

gboolean
mc_nfc_is_normal (const char *text,
                  gsize       length)
{
  const char *end = text + length;
  g_autofree UChar *units = NULL;
  int32_t n_units = 0;
  UErrorCode status = U_ZERO_ERROR;
  const UNormalizer2 *nfc;
  const char *p = text;

  while (p < end)
    {
      guchar lead = (guchar) *p;

      /* ASCII, and U+4000–U+9FFF */
      if (lead < 0x80)
        p++;
      else if (lead >= 0xe4 && lead <= 0xe9)
        p += 3;
      else if (mc_nfc_is_inert (g_utf8_get_char (p)))
        p = g_utf8_next_char (p);
      else
        break;
    }
  if (p >= end)
    return TRUE;

  units = to_utf16 (text, length, &n_units);
  nfc = unorm2_getNFCInstance (&status);
  return units != NULL && unorm2_isNormalized (nfc, units, n_units, &status) && U_SUCCESS (status);
}

char *
mc_nfc_normalise (const char *text,
                  gsize       length)
{
  g_autofree UChar *units = NULL;
  g_autofree UChar *normal = NULL;
  int32_t n_units = 0, n_normal, capacity;
  UErrorCode status = U_ZERO_ERROR;
  const UNormalizer2 *nfc;
  char *result;

  if (mc_nfc_is_normal (text, length))
    return g_strndup (text, length);

  units = to_utf16 (text, length, &n_units);
  g_return_val_if_fail (units != NULL, NULL);
  capacity = 3 * n_units; /* no character becomes longer than three units in NFC */
  normal = g_new (UChar, capacity + 1);
  nfc = unorm2_getNFCInstance (&status);
  n_normal = unorm2_normalize (nfc, units, n_units, normal, capacity + 1, &status);
  result = g_malloc (3 * (gsize) n_normal + 1);
  u_strToUTF8 (result, 3 * n_normal + 1, NULL, normal, n_normal, &status);
  g_return_val_if_fail (U_SUCCESS (status), (g_free (result), NULL));
  return result;
}
