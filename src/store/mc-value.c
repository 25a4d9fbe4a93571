/* SPDX-License-Identifier: GPL-3.0-or-later
 * Values of fields. */
#include "mc-value.h"

#include <string.h>

#include "mc-nfc.h"

void
mc_value_init_boolean (McValue *value,
                       gboolean boolean)
{
  *value = (McValue) { MC_VALUE_BOOLEAN, boolean ? 1 : 0, NULL };
}

void
mc_value_init_integer (McValue *value,
                       gint64   integer)
{
  *value = (McValue) { MC_VALUE_INTEGER, integer, NULL };
}

void
mc_value_init_text (McValue    *value,
                    const char *text)
{
  gssize length;

  *value = (McValue) MC_VALUE_INIT;
  g_return_if_fail (text != NULL);

  length = mc_nfc_plain_length (text);
  if (length >= 0)
    {
      *value = (McValue) { MC_VALUE_TEXT, 0, memcpy (g_malloc ((gsize) length + 1), text, (gsize) length + 1) };
      return;
    }
  g_return_if_fail (g_utf8_validate (text, -1, NULL));
  *value = (McValue) { MC_VALUE_TEXT, 0, mc_nfc_normalise (text, strlen (text)) };
}

void
mc_value_init_sealed (McValue    *value,
                      const char *hex_digest)
{
  *value = (McValue) MC_VALUE_INIT;
  g_return_if_fail (hex_digest != NULL && strlen (hex_digest) == 64);

  *value = (McValue) { MC_VALUE_SEALED, 0, g_strdup (hex_digest) };
}

void
mc_value_copy (const McValue *source,
               McValue       *target)
{
  *target = (McValue) { source->type, source->integer, g_strdup (source->text) };
}

void
mc_value_clear (McValue *value)
{
  g_clear_pointer (&value->text, g_free);
  value->type = MC_VALUE_NULL;
  value->integer = 0;
}

gboolean
mc_value_equal (const McValue *a,
                const McValue *b)
{
  return mc_value_compare (a, b) == 0;
}

int
mc_value_compare (const McValue *a,
                  const McValue *b)
{
  if (a->type != b->type)
    return a->type < b->type ? -1 : 1;

  switch (a->type)
    {
    case MC_VALUE_NULL:
      return 0;
    case MC_VALUE_BOOLEAN:
    case MC_VALUE_INTEGER:
      return (a->integer > b->integer) - (a->integer < b->integer);
    case MC_VALUE_TEXT:
    case MC_VALUE_SEALED:
      return strcmp (a->text, b->text);
    default:
      g_return_val_if_reached (0);
    }
}
