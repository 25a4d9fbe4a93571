/* SPDX-License-Identifier: GPL-3.0-or-later
 * The check of unified social credit codes by GB 32100-2015. */
#include "mc-credit-code.h"

#include <glib/gi18n.h>
#include <string.h>

#include "store/mc-text-key.h"

/* The characters of the standard in the order of their values 0 to 30: without I, O, S, V, Z. */
static const char alphabet[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";
#define MODULUS 31

/* The division code: characters 3 to 8. */
#define DIVISION_FIRST 2
#define DIVISION_LAST 7

static int
value_of (char character)
{
  const char *found = character ? strchr (alphabet, character) : NULL;

  return found ? (int) (found - alphabet) : -1;
}

char *
mc_credit_code_normalise (const char *text)
{
  g_autofree char *key = mc_text_name_key (text);

  return g_ascii_strup (key, -1);
}

char
mc_credit_code_check_character (const char *code)
{
  guint sum = 0, weight = 1;

  for (guint i = 0; i < MC_CREDIT_CODE_LENGTH - 1; i++)
    {
      int value = value_of (code[i]);

      if (value < 0)
        return 0;
      sum += (guint) value * weight;
      weight = weight * 3 % MODULUS; /* the weight of place i is 3 to the power of i - 1, modulo 31 */
    }
  return alphabet[(MODULUS - sum % MODULUS) % MODULUS];
}

static gboolean
is_allowed (const char *code, guint index)
{
  if (index >= DIVISION_FIRST && index <= DIVISION_LAST)
    return g_ascii_isdigit (code[index]);
  return value_of (code[index]) >= 0;
}

McCreditCodeResult
mc_credit_code_check (const char *code, guint *position, char *expected)
{
  gsize length;
  char check;

  g_return_val_if_fail (code != NULL, MC_CREDIT_CODE_WRONG_LENGTH);

  if (expected)
    *expected = 0;
  length = g_utf8_validate (code, -1, NULL) ? (gsize) g_utf8_strlen (code, -1) : strlen (code);
  if (position)
    *position = (guint) length;
  if (length != MC_CREDIT_CODE_LENGTH)
    return MC_CREDIT_CODE_WRONG_LENGTH;
  for (guint i = 0; i < MC_CREDIT_CODE_LENGTH; i++)
    {
      if (position)
        *position = i + 1;
      if (!is_allowed (code, i))
        return MC_CREDIT_CODE_WRONG_CHARACTER;
    }
  check = mc_credit_code_check_character (code);
  if (check == code[MC_CREDIT_CODE_LENGTH - 1])
    return MC_CREDIT_CODE_OK;
  if (expected)
    *expected = check;
  return MC_CREDIT_CODE_WRONG_CHECK;
}

char *
mc_credit_code_explain (const char *code)
{
  g_autofree char *normal = mc_credit_code_normalise (code);
  g_autofree char *wrong = NULL;
  guint position;
  char expected;

  switch (mc_credit_code_check (normal, &position, &expected))
    {
    case MC_CREDIT_CODE_WRONG_LENGTH:
      return g_strdup_printf (_("The credit code has %u characters; it must have 18."), position);
    case MC_CREDIT_CODE_WRONG_CHARACTER:
      wrong = g_utf8_substring (normal, position - 1, position);
      if (position > DIVISION_FIRST && position <= DIVISION_LAST + 1)
        return g_strdup_printf (_("Character %u of the credit code is \"%s\"; characters 3 to 8 are digits (division code)."), position, wrong);
      return g_strdup_printf (_("Character %u of the credit code is \"%s\"; digits and capital letters without I, O, S, V, Z may stand there."), position, wrong);
    case MC_CREDIT_CODE_WRONG_CHECK:
      return g_strdup_printf (_("The check character (18) of the credit code is \"%c\", but by the first 17 it must be \"%c\": one of the characters is mistyped."),
                              normal[MC_CREDIT_CODE_LENGTH - 1], expected);
    case MC_CREDIT_CODE_OK:
    default:
      return NULL;
    }
}
