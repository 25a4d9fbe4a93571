/* SPDX-License-Identifier: GPL-3.0-or-later
 * The one writer of lines: whatever it writes, the reader of mc-change.c gives back. */
#include <glib/gi18n.h>
#include <string.h>

#include "mc-change.h"
#include "mc-nfc.h"
#include "mc-uuid.h"

#define APPEND(out, text) g_string_append_len ((out), (text), sizeof (text) - 1)

/* Each function below returns FALSE if what it was given is not allowed by the grammar. */

static gboolean
is_name (const char *text)
{
  gsize n = 0;

  if (!text || *text < 'a' || *text > 'z')
    return FALSE;
  while ((text[n] >= 'a' && text[n] <= 'z') || (text[n] >= '0' && text[n] <= '9') || text[n] == '_')
    n++;
  return text[n] == '\0' && n <= 63;
}

static gboolean
is_hex64 (const char *text)
{
  return text && strlen (text) == 64 && strspn (text, "0123456789abcdef") == 64;
}

static void
append_quoted (GString    *out,
               const char *text)
{
  g_string_append_c (out, '"');
  g_string_append (out, text);
  g_string_append_c (out, '"');
}

static void
append_decimal (GString *out,
                guint64  n)
{
  char digits[20];
  guint first = sizeof digits;

  do
    {
      digits[--first] = (char) ('0' + n % 10);
      n /= 10;
    }
  while (n > 0);
  g_string_append_len (out, digits + first, (gssize) (sizeof digits - first));
}

static void
append_escaped (GString *out,
                char     c)
{
  static const char plain[] = "\"\\\b\f\n\r\t";
  static const char letters[] = "\"\\bfnrt";
  const char *found = strchr (plain, c);

  g_string_append_c (out, '\\');
  if (found)
    g_string_append_c (out, letters[found - plain]);
  else
    g_string_append_printf (out, "u%04x", (guint) c);
}

static gboolean
append_text (GString    *out,
             const char *text)
{
  if (!text || (mc_nfc_plain_length (text) < 0 && (!g_utf8_validate (text, -1, NULL) || !mc_nfc_is_normal (text, strlen (text)))))
    return FALSE;

  g_string_append_c (out, '"');
  while (*text)
    {
      const char *p = text;

      while ((guchar) *p >= 0x20 && *p != '"' && *p != '\\')
        p++;
      g_string_append_len (out, text, p - text);
      if (*p)
        append_escaped (out, *p++);
      text = p;
    }
  g_string_append_c (out, '"');
  return TRUE;
}

static gboolean
append_ref (GString     *out,
            const McRef *ref)
{
  if (!mc_uuid_is_valid (ref->device) || ref->seq < 1 || ref->seq > G_MAXINT64)
    return FALSE;
  g_string_append_c (out, '"');
  g_string_append_len (out, ref->device, MC_UUID_LENGTH);
  g_string_append_c (out, ':');
  append_decimal (out, ref->seq);
  g_string_append_c (out, '"');
  return TRUE;
}

static gboolean
append_refs (GString     *out,
             const McRef *refs,
             guint        n_refs)
{
  if (n_refs == 0)
    return FALSE;
  g_string_append_c (out, '[');
  for (guint i = 0; i < n_refs; i++)
    {
      if (i > 0)
        {
          if (mc_ref_compare (&refs[i - 1], &refs[i]) >= 0)
            return FALSE;
          g_string_append_c (out, ',');
        }
      if (!append_ref (out, &refs[i]))
        return FALSE;
    }
  g_string_append_c (out, ']');
  return TRUE;
}

static gboolean
append_value (GString       *out,
              const McValue *value)
{
  switch (value->type)
    {
    case MC_VALUE_NULL:
      APPEND (out, "null");
      return TRUE;
    case MC_VALUE_BOOLEAN:
      g_string_append (out, value->integer ? "true" : "false");
      return TRUE;
    case MC_VALUE_INTEGER:
      if (value->integer < 0)
        g_string_append_c (out, '-');
      append_decimal (out, value->integer < 0 ? 0 - (guint64) value->integer : (guint64) value->integer);
      return TRUE;
    case MC_VALUE_TEXT:
      return append_text (out, value->text);
    case MC_VALUE_SEALED:
      if (!is_hex64 (value->text))
        return FALSE;
      APPEND (out, "{\"sealed\":");
      append_quoted (out, value->text);
      g_string_append_c (out, '}');
      return TRUE;
    default:
      return FALSE;
    }
}

static gboolean
append_head (GString        *out,
             const McChange *change)
{
  if (change->version != 1 || change->seq < 1 || change->seq > G_MAXINT64 || change->at < 0 ||
      !mc_uuid_is_valid (change->device) || (change->by[0] && !mc_uuid_is_valid (change->by)))
    return FALSE;
  APPEND (out, "{\"v\":1,\"device\":");
  append_quoted (out, change->device);
  APPEND (out, ",\"seq\":");
  append_decimal (out, change->seq);
  APPEND (out, ",\"at\":");
  append_decimal (out, (guint64) change->at);
  APPEND (out, ",\"by\":");
  append_quoted (out, change->by);
  return TRUE;
}

static gboolean
append_subject (GString        *out,
                const McChange *change)
{
  if (!is_name (change->entity) || !mc_uuid_is_valid (change->record))
    return FALSE;
  APPEND (out, ",\"entity\":");
  append_quoted (out, change->entity);
  APPEND (out, ",\"record\":");
  append_quoted (out, change->record);
  return TRUE;
}

static gboolean
append_set (GString        *out,
            const McChange *change)
{
  APPEND (out, ",\"set\":{");
  for (guint i = 0; i < change->n_fields; i++)
    {
      const McFieldChange *field = &change->fields[i];

      if (!is_name (field->key) || (i > 0 && strcmp (field[-1].key, field->key) >= 0))
        return FALSE;
      if (i > 0)
        g_string_append_c (out, ',');
      append_quoted (out, field->key);
      g_string_append_c (out, ':');
      if (!append_value (out, &field->value))
        return FALSE;
    }
  g_string_append_c (out, '}');
  return TRUE;
}

static gboolean
append_was (GString        *out,
            const McChange *change)
{
  gboolean first = TRUE;

  APPEND (out, ",\"was\":{");
  for (guint i = 0; i < change->n_fields; i++)
    {
      const McFieldChange *field = &change->fields[i];

      if (field->n_was == 0)
        continue;
      if (!first)
        g_string_append_c (out, ',');
      first = FALSE;
      append_quoted (out, field->key);
      g_string_append_c (out, ':');
      if (!append_refs (out, field->was, field->n_was))
        return FALSE;
    }
  g_string_append_c (out, '}');
  return TRUE;
}

static gboolean
append_seal (GString      *out,
             const McSeal *seal)
{
  if (!seal)
    return TRUE;
  if (!is_name (seal->kind) || !is_hex64 (seal->text))
    return FALSE;
  APPEND (out, ",\"seal\":{\"kind\":");
  append_quoted (out, seal->kind);
  APPEND (out, ",\"text\":");
  append_quoted (out, seal->text);
  APPEND (out, ",\"heads\":");
  if (!append_refs (out, seal->heads, seal->n_heads))
    return FALSE;
  g_string_append_c (out, '}');
  return TRUE;
}

/* @name is the member with its opening: ,"amends":{"seal": */
static gboolean
append_reasoned (GString     *out,
                 const char  *name,
                 const McRef *ref,
                 const char  *reason)
{
  if (ref->seq == 0)
    return TRUE;
  g_string_append (out, name);
  if (!append_ref (out, ref))
    return FALSE;
  APPEND (out, ",\"reason\":");
  if (!append_text (out, reason))
    return FALSE;
  g_string_append_c (out, '}');
  return TRUE;
}

static gboolean
append_erases (GString        *out,
               const McChange *change)
{
  if (change->erases == MC_ERASES_NOTHING)
    return TRUE;
  if (!is_hex64 (change->erases_digest))
    return FALSE;
  g_string_append (out, change->erases == MC_ERASES_BLOB ? ",\"erases\":{\"blob\":" : ",\"erases\":{\"sealed\":");
  append_quoted (out, change->erases_digest);
  APPEND (out, ",\"reason\":");
  if (!append_text (out, change->erases_reason))
    return FALSE;
  g_string_append_c (out, '}');
  return TRUE;
}

static gboolean
set_not_allowed (GError    **error,
                 const char *part)
{
  g_set_error (error, MC_STORE_ERROR, MC_STORE_ERROR_INPUT,
               _("This change cannot be written: its part “%s” is not allowed in the log. Nothing was changed."), part);
  return FALSE;
}

/* NULL, or the part that the grammar does not allow. */
static const char *
append_tail (GString        *out,
             const McChange *change)
{
  if (!append_subject (out, change))
    return "entity, record";
  if (!append_set (out, change))
    return "set";
  if (!append_was (out, change))
    return "was";
  if (!append_seal (out, change->seal))
    return "seal";
  if (!append_reasoned (out, ",\"amends\":{\"seal\":", &change->amends, change->amends_reason))
    return "amends";
  if (!append_reasoned (out, ",\"aside\":{\"change\":", &change->aside, change->aside_reason))
    return "aside";
  if (!append_reasoned (out, ",\"verdict\":{\"change\":", &change->verdict, change->verdict_reason))
    return "verdict";
  if (!append_erases (out, change))
    return "erases";
  g_string_append_c (out, '}');
  return NULL;
}

gboolean
mc_change_write_head (const McChange *change,
                      GString        *line,
                      GError        **error)
{
  g_string_truncate (line, 0);
  return append_head (line, change) || set_not_allowed (error, "device, seq, at, by");
}

gboolean
mc_change_write_tail (const McChange *change,
                      GString        *line,
                      GError        **error)
{
  const char *wrong = append_tail (line, change);

  return !wrong || set_not_allowed (error, wrong);
}

gboolean
mc_change_check_length (const GString *line,
                        GError       **error)
{
  if (line->len <= MC_CHANGE_MAX_BYTES)
    return TRUE;
  g_set_error (error, MC_STORE_ERROR, MC_STORE_ERROR_INPUT,
               _("This change is longer than the %d bytes that one change may have. Nothing was changed; shorten its texts."),
               MC_CHANGE_MAX_BYTES);
  return FALSE;
}

char *
mc_change_serialise (const McChange *change,
                     gsize          *length,
                     GError        **error)
{
  g_autoptr (GString) out = NULL;

  g_return_val_if_fail (change != NULL, NULL);

  out = g_string_sized_new (512);
  if (!mc_change_write_head (change, out, error) || !mc_change_write_tail (change, out, error) || !mc_change_check_length (out, error))
    return NULL;
  if (length)
    *length = out->len;
  return g_string_free (g_steal_pointer (&out), FALSE);
}
