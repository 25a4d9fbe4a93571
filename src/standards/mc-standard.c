/* SPDX-License-Identifier: GPL-3.0-or-later
 * A version of a standard as an immutable value: making it from a document, and what it answers. */
#include "mc-standard-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "mc-json-check.h"
#include "store/mc-code-list.h"

#define BYTE_ORDER_MARK "\xef\xbb\xbf"

/* So many violations stand in the message; all of them in the array. */
#define FAULTS_IN_MESSAGE 5

G_DEFINE_QUARK (mc-standard-error-quark, mc_standard_error)

static const char *const no_texts[] = { NULL };

void
mc_standard_fault_free (McStandardFault *fault)
{
  g_free (fault->path);
  g_free (fault->reason);
  g_free (fault);
}

static McStandard *
standard_alloc (GBytes *bytes)
{
  McStandard *self = g_new0 (McStandard, 1);
  g_autofree char *digest = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);

  g_atomic_ref_count_init (&self->refs);
  self->document = g_bytes_ref (bytes);
  g_strlcpy (self->version_id, digest, sizeof self->version_id);
  self->texts = g_string_chunk_new (4096);
  self->arrays = g_ptr_array_new_with_free_func (g_free);
  self->conditions = g_ptr_array_new_with_free_func ((GDestroyNotify) mc_condition_unref);
  self->by_code = g_hash_table_new (g_str_hash, g_str_equal);
  self->facility_kinds = no_texts;
  self->remarks = no_texts;
  return self;
}

McStandard *
mc_standard_ref (McStandard *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
mc_standard_unref (McStandard *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_hash_table_unref (self->by_code);
  g_ptr_array_unref (self->conditions);
  g_ptr_array_unref (self->arrays);
  g_string_chunk_free (self->texts);
  g_bytes_unref (self->document);
  g_free (self);
}

static void
set_schema_error (GError **error, GPtrArray *faults)
{
  g_autoptr (GString) list = g_string_new (NULL);

  for (guint i = 0; i < faults->len && i < FAULTS_IN_MESSAGE; i++)
    {
      McStandardFault *fault = g_ptr_array_index (faults, i);

      g_string_append_printf (list, "\n%s: %s", fault->path, fault->reason);
    }
  if (faults->len > FAULTS_IN_MESSAGE)
    {
      guint more = faults->len - FAULTS_IN_MESSAGE;

      g_string_append_c (list, '\n');
      g_string_append_printf (list, ngettext ("and %u more", "and %u more", more), more);
    }
  g_set_error (error, MC_STANDARD_ERROR, MC_STANDARD_ERROR_SCHEMA,
               _("This document is no standard. Nothing was changed.%s"), list->str);
}

/* The root of @text, which has been checked before. */
static JsonNode *
parse (const char *text, gsize length, GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autoptr (GError) local = NULL;

  if (!json_parser_load_from_data (parser, text, (gssize) length, &local))
    {
      g_set_error_literal (error, MC_STANDARD_ERROR, MC_STANDARD_ERROR_SYNTAX,
                           _("The document could not be read as JSON. Nothing was changed."));
      g_debug ("json-glib: %s", local->message);
      return NULL;
    }
  return json_parser_steal_root (parser);
}

McStandard *
mc_standard_new_from_bytes (GBytes *bytes, GPtrArray **faults, GError **error)
{
  g_autoptr (McStandard) self = NULL;
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func ((GDestroyNotify) mc_standard_fault_free);
  gsize length;
  const char *text = g_bytes_get_data (bytes, &length);

  if (length > MC_STANDARD_MAX_BYTES)
    {
      g_set_error (error, MC_STANDARD_ERROR, MC_STANDARD_ERROR_TOO_LARGE,
                   _("The document has %u KiB; at most %u KiB are read. Nothing was changed."),
                   (guint) MIN (length / 1024, G_MAXUINT), MC_STANDARD_MAX_BYTES / 1024);
      return NULL;
    }
  if (length >= 3 && memcmp (text, BYTE_ORDER_MARK, 3) == 0)
    {
      text += 3;
      length -= 3;
    }
  if (!mc_json_check (text ? text : "", length, MC_STANDARD_MAX_DEPTH, error))
    return NULL;
  root = parse (text, length, error);
  if (!root)
    return NULL;
  self = standard_alloc (bytes);
  mc_standard_read (self, root, found);
  if (found->len == 0)
    return g_steal_pointer (&self);
  set_schema_error (error, found);
  if (faults)
    *faults = g_steal_pointer (&found);
  return NULL;
}

const char *
mc_standard_get_version_id (McStandard *self)
{
  return self->version_id;
}

const char *
mc_standard_get_key (McStandard *self)
{
  return self->key;
}

const char *
mc_standard_get_version (McStandard *self)
{
  return self->version;
}

const char *
mc_standard_get_kind (McStandard *self)
{
  return self->kind;
}

const char *
mc_standard_get_title (McStandard *self)
{
  return self->title;
}

const char *
mc_standard_get_authority_kind (McStandard *self)
{
  return self->authority_kind;
}

const char *const *
mc_standard_get_facility_kinds (McStandard *self)
{
  return self->facility_kinds;
}

const char *const *
mc_standard_get_remarks (McStandard *self)
{
  return self->remarks;
}

const McBasis *
mc_standard_get_basis (McStandard *self, guint *n)
{
  *n = self->n_basis;
  return self->basis;
}

const char *
mc_standard_get_effective_from (McStandard *self)
{
  return self->effective_from;
}

const char *
mc_standard_get_effective_to (McStandard *self)
{
  return self->effective_to;
}

GBytes *
mc_standard_get_document (McStandard *self)
{
  return self->document;
}

gboolean
mc_standard_is_effective (McStandard *self, const char *day)
{
  /* ISO dates of one form compare as texts. */
  return strcmp (self->effective_from, day) <= 0 && (!self->effective_to || strcmp (day, self->effective_to) <= 0);
}

gboolean
mc_standard_covers_kind (McStandard *self, const char *facility_kind)
{
  if (!self->facility_kinds[0])
    return TRUE;
  return facility_kind && g_strv_contains (self->facility_kinds, facility_kind);
}

const McAnswerLabel *
mc_standard_get_answers (McStandard *self, guint *n)
{
  *n = self->n_answers;
  return self->answers;
}

const McSection *
mc_standard_get_sections (McStandard *self, guint *n)
{
  *n = self->n_sections;
  return self->sections;
}

const McItem *
mc_standard_get_items (McStandard *self, guint *n)
{
  *n = self->n_items;
  return self->items;
}

const McGrade *
mc_standard_get_grades (McStandard *self, guint *n)
{
  *n = self->n_grades;
  return self->grades;
}

const McItem *
mc_standard_find_item (McStandard *self, const char *code)
{
  return g_hash_table_lookup (self->by_code, code);
}

const McNoticeRule *
mc_standard_find_notice_rule (McStandard *self, const char *visit_type)
{
  for (guint i = 0; i < self->n_notices; i++)
    if (strcmp (self->notices[i].type, visit_type) == 0)
      return &self->notices[i];
  return NULL;
}

guint
mc_standard_get_inspectors_min (McStandard *self, const McBasis **basis)
{
  if (basis)
    *basis = self->inspectors_basis;
  return self->inspectors_min;
}

static const McAnswerLabel *
find_answer (McStandard *self, const char *code)
{
  for (guint i = 0; i < self->n_answers; i++)
    if (strcmp (self->answers[i].code, code) == 0)
      return &self->answers[i];
  return NULL;
}

static const McChoice *
find_choice (const McItem *item, const char *value)
{
  for (guint i = 0; i < item->n_choices; i++)
    if (strcmp (item->choices[i].value, value) == 0)
      return &item->choices[i];
  return NULL;
}

/* A verdict of the standard that this kind of item can have: a number is neither conform nor not. */
static const McAnswerLabel *
find_verdict (McStandard *self, const McItem *item, const char *value)
{
  const McAnswerLabel *answer = find_answer (self, value);
  gboolean verdict = item->kind == MC_ITEM_CONFORM || item->kind == MC_ITEM_DOCUMENT;

  if (!answer || verdict || answer->meaning == MC_ANSWER_NOT_APPLICABLE || answer->meaning == MC_ANSWER_NOT_CHECKED)
    return answer;
  return NULL;
}

McAnswerMeaning
mc_standard_read_answer (McStandard *self, const McItem *item, const char *value)
{
  const McAnswerLabel *answer;
  const McChoice *choice;

  if (!value || !*value)
    return MC_ANSWER_NONE;
  answer = find_verdict (self, item, value);
  if (answer)
    return answer->meaning;
  choice = find_choice (item, value);
  return choice ? choice->meaning : MC_ANSWER_VALUE;
}

const char *
mc_standard_answer_label (McStandard *self, const McItem *item, const char *value)
{
  const McAnswerLabel *answer;
  const McChoice *choice;

  if (!value || !*value)
    return "";
  answer = find_verdict (self, item, value);
  if (answer)
    return answer->label;
  choice = find_choice (item, value);
  return choice ? choice->label : value;
}

static gboolean
fits_item (const McItem *item, const char *value)
{
  gint64 number;

  switch (item->kind)
    {
    case MC_ITEM_SCORE:
      return mc_standard_parse_hundredths (value, &number) && number >= 0 && number <= item->max;
    case MC_ITEM_NUMBER:
      return mc_standard_parse_hundredths (value, &number);
    case MC_ITEM_CHOICE:
      return find_choice (item, value) != NULL;
    case MC_ITEM_CONFORM:
    case MC_ITEM_DOCUMENT:
      break;
    }
  return FALSE;
}

gboolean
mc_standard_check_answer (McStandard *self, const McItem *item, const char *value, GError **error)
{
  if (!value || !*value || find_verdict (self, item, value) || fits_item (item, value))
    return TRUE;
  if (item->kind == MC_ITEM_SCORE)
    {
      g_autofree char *max = g_strdup_printf (item->max % 100 ? "%d.%02d" : "%d", (int) (item->max / 100), (int) (item->max % 100));

      g_set_error (error, MC_STANDARD_ERROR, MC_STANDARD_ERROR_SCHEMA,
                   _("“%s” is no answer to item %s: a score from 0 to %s is expected."), value, item->code, max);
    }
  else
    g_set_error (error, MC_STANDARD_ERROR, MC_STANDARD_ERROR_SCHEMA, _("“%s” is no answer to item %s."), value, item->code);
  return FALSE;
}

gboolean
mc_standard_parse_hundredths (const char *text, gint64 *hundredths)
{
  gboolean negative = *text == '-';
  const char *digits = text + negative;
  gint64 number = 0;
  int places = -1;

  if (!g_ascii_isdigit (*digits) || strlen (digits) > 15)
    return FALSE;
  for (; *digits; digits++)
    {
      if (*digits == '.' && places < 0)
        places = 0;
      else if (!g_ascii_isdigit (*digits) || places == 2)
        return FALSE;
      else
        {
          number = number * 10 + (*digits - '0');
          places += places >= 0;
        }
    }
  if (places == 0)
    return FALSE;
  for (places = MAX (places, 0); places < 2; places++)
    number *= 10;
  *hundredths = negative ? -number : number;
  return TRUE;
}

gboolean
mc_basis_is_unverified (const McBasis *basis)
{
  return strcmp (basis->certainty, "source") != 0 && strcmp (basis->certainty, "found") != 0;
}

char *
mc_basis_to_text (const McBasis *basis)
{
  return basis->article ? g_strconcat (basis->document, " ", basis->article, NULL) : g_strdup (basis->document);
}
