/* SPDX-License-Identifier: GPL-3.0-or-later
 * Edits of a visit: each a pure function to a new value, or a refusal in words. */
#include <glib/gi18n.h>
#include <string.h>

#include "mc-visit-private.h"
#include "standards/mc-iso-date.h"
#include "store/mc-code-list.h"

static gboolean
refuse (GError **error, const char *format, ...) G_GNUC_PRINTF (2, 3);

static gboolean
refuse (GError **error, const char *format, ...)
{
  g_autofree char *message = NULL;
  va_list arguments;

  va_start (arguments, format);
  message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error_literal (error, MC_INSPECTION_ERROR, MC_INSPECTION_ERROR_INPUT, message);
  return FALSE;
}

static const McItem *
find_item (const McVisit *self, const char *code, GError **error)
{
  const McItem *item = mc_standard_find_item (self->standard, code);

  if (!item)
    refuse (error, _("There is no item “%s” in the standard “%s”; nothing was changed."), code, mc_standard_get_title (self->standard));
  return item;
}

/* --- answers and notes ------------------------------------------------------------------------------------ */

static void
open_finding (McVisit *self, const McItem *item)
{
  McRecord *finding = mc_visit_edit_finding (self, item);

  mc_record_set_null (finding, "withdrawn_reason");
  if (mc_record_is_null (finding, "description"))
    mc_record_set_text (finding, "description", mc_visit_get_note (self, item->code));
}

static void
withdraw_finding (McVisit *self, const McItem *item, const char *value, const char *reason)
{
  const McRecord *old = mc_visit_get_finding (self, item->code);
  g_autofree char *own_reason = NULL;

  if (!old || !mc_finding_is_open (old))
    return;
  if (!reason || !*reason)
    reason = own_reason = value ? g_strdup_printf (_("The answer was changed to “%s”"), mc_standard_answer_label (self->standard, item, value))
                                : g_strdup (_("The answer was taken back"));
  mc_record_set_text (mc_visit_edit_finding (self, item), "withdrawn_reason", reason);
}

static void
set_value (McVisit *self, const McItem *item, const char *value, gboolean bulk, const char *reason)
{
  McRecord *answer = mc_visit_edit_answer (self, item);

  mc_record_set_text (answer, "value", value);
  if (bulk)
    mc_record_set_boolean (answer, "bulk", TRUE);
  else
    mc_record_set_null (answer, "bulk");
  if (mc_standard_read_answer (self->standard, item, value) == MC_ANSWER_NONCONFORM)
    open_finding (self, item);
  else
    withdraw_finding (self, item, value, reason);
}

void
mc_visit_leave_unchecked (McVisit *self, const char *const *codes)
{
  const McItem *items;
  guint n;

  items = mc_standard_get_items (self->standard, &n);
  for (guint i = 0; i < n; i++)
    if (!g_strv_contains (codes, items[i].code)
        && mc_standard_check_answer (self->standard, &items[i], "not_checked", NULL)
        && mc_assessment_item_applies (&items[i], mc_visit_get_facility (self), mc_visit_get_record (self), NULL))
      set_value (self, &items[i], "not_checked", TRUE, NULL);
}

McVisit *
mc_visit_with_answer (const McVisit *self, const char *code, const char *value, const char *reason, GError **error)
{
  const McItem *item = find_item (self, code, error);
  const McRecord *finding = mc_visit_get_finding (self, code);
  const char *old = mc_visit_get_value (self, code);
  gboolean nonconform, open;
  McVisit *edited;

  if (value && !*value)
    value = NULL;
  if (!item || !mc_standard_check_answer (self->standard, item, value, error))
    return NULL;
  nonconform = mc_standard_read_answer (self->standard, item, value) == MC_ANSWER_NONCONFORM;
  open = finding && mc_finding_is_open (finding);
  if (g_strcmp0 (old, value) == 0 && nonconform == open)
    return mc_visit_ref ((McVisit *) self);
  edited = mc_visit_share (self);
  set_value (edited, item, value, FALSE, reason);
  return edited;
}

McVisit *
mc_visit_with_note (const McVisit *self, const char *code, const char *note, GError **error)
{
  const McItem *item = find_item (self, code, error);
  const McRecord *finding = mc_visit_get_finding (self, code);
  g_autofree char *old = g_strdup (mc_visit_get_note (self, code));
  McVisit *edited;

  if (!item)
    return NULL;
  if (note && !*note)
    note = NULL;
  if (g_strcmp0 (old, note) == 0)
    return mc_visit_ref ((McVisit *) self);
  edited = mc_visit_share (self);
  mc_record_set_text (mc_visit_edit_answer (edited, item), "note", note);
  if (finding && mc_finding_is_open (finding) && g_strcmp0 (mc_record_get_text (finding, "description"), old) == 0)
    mc_record_set_text (mc_visit_edit_finding (edited, item), "description", note);
  return edited;
}

McVisit *
mc_visit_with_section_conform (const McVisit *self, const char *section_code, guint *n_changed, GError **error)
{
  g_autoptr (McVisit) edited = mc_visit_share (self);
  const McSection *sections, *section = NULL;
  const McItem *items;
  guint n, changed = 0;

  sections = mc_standard_get_sections (self->standard, &n);
  for (guint i = 0; i < n; i++)
    if (strcmp (sections[i].code, section_code) == 0)
      section = &sections[i];
  if (!section)
    {
      refuse (error, _("There is no section “%s” in the standard “%s”; nothing was changed."), section_code, mc_standard_get_title (self->standard));
      return NULL;
    }
  items = mc_standard_get_items (self->standard, &n);
  for (guint i = section->first_item; i < section->first_item + section->n_items; i++)
    {
      const McItem *item = &items[i];

      if (mc_visit_get_value (self, item->code) || (item->kind != MC_ITEM_CONFORM && item->kind != MC_ITEM_DOCUMENT)
          || !mc_assessment_item_applies (item, mc_visit_get_facility (self), mc_visit_get_record (self), NULL))
        continue;
      set_value (edited, item, "conform", TRUE, NULL);
      changed++;
    }
  if (n_changed)
    *n_changed = changed;
  return g_steal_pointer (&edited);
}

/* --- fields ----------------------------------------------------------------------------------------------- */

/* Whether @value is one that a field of this type can hold; null always is. */
static gboolean
check_value (const McField *field, const McValue *value, GError **error)
{
  McValueType wanted = MC_VALUE_TEXT;

  if (value->type == MC_VALUE_NULL)
    return !(field->flags & MC_FIELD_REQUIRED) || refuse (error, _("“%s” must not be empty; nothing was changed."), _(field->label));
  if (field->type == MC_FIELD_BOOLEAN)
    wanted = MC_VALUE_BOOLEAN;
  else if (field->type == MC_FIELD_INTEGER || field->type == MC_FIELD_TIME || field->type == MC_FIELD_MONEY || field->type == MC_FIELD_HUNDREDTHS)
    wanted = MC_VALUE_INTEGER;
  if (value->type != wanted)
    return refuse (error, _("“%s” cannot hold this value; nothing was changed."), _(field->label));
  if (field->type == MC_FIELD_CHOICE && !mc_code_find (field->list, value->text))
    return refuse (error, _("“%s” is none of the choices of “%s”; nothing was changed."), value->text, _(field->label));
  if (field->type == MC_FIELD_DATE && !mc_iso_date_parse (value->text, NULL))
    return refuse (error, _("“%s” is not a day that exists. Write it as 2026-01-31; nothing was changed."), value->text);
  return TRUE;
}

static gboolean
check_visit_field (const McVisit *self, const char *key, const McValue *value, GError **error)
{
  static const char *const editable[] = { "type", "source", "source_no", "source_reply_on", "check_matter", "checked_on", "started_at", "ended_at",
                                          "lead", "assistants", "recorder", "late_entry", "facility_representative", "representative_position",
                                          "facility_statement", "note", "result_code", "document_no", "external_system", "external_no",
                                          "external_entered_at", NULL };
  const McField *field = mc_entity_field (mc_entity_find ("visit"), key);

  if (!field || !g_strv_contains (editable, key))
    return refuse (error, _("The field “%s” of a check cannot be changed; nothing was changed."), field ? _(field->label) : key);
  if (!check_value (field, value, error))
    return FALSE;
  if (strcmp (key, "checked_on") == 0 && !mc_standard_is_effective (self->standard, value->text))
    return refuse (error, _("The standard “%s” was not in force on %s; nothing was changed."), mc_standard_get_title (self->standard), value->text);
  if (strcmp (key, "result_code") == 0 && value->type == MC_VALUE_TEXT && !mc_visit_result_ends_early (value->text))
    return refuse (error, _("The result “%s” follows from the findings and is not set by hand; nothing was changed."),
                   mc_code_label ("result-code", value->text));
  return TRUE;
}

static int
compare_ids (gconstpointer a, gconstpointer b, gpointer data)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* The lead is no assistant; ids stand sorted by bytes, each once. */
static void
tidy_assistants (McRecord *record)
{
  const char *lead = mc_record_get_text (record, "lead");
  const char *text = mc_record_get_text (record, "assistants");
  g_auto (GStrv) ids = g_strsplit_set (text ? text : "", "\n,; ", -1);
  g_autoptr (GString) tidy = g_string_new (NULL);
  const char *last = NULL;

  g_qsort_with_data (ids, (int) g_strv_length (ids), sizeof (char *), compare_ids, NULL);
  for (guint i = 0; ids[i]; i++)
    {
      if (!*ids[i] || g_strcmp0 (ids[i], lead) == 0 || g_strcmp0 (ids[i], last) == 0)
        continue;
      g_string_append_printf (tidy, "%s%s", tidy->len ? "\n" : "", ids[i]);
      last = ids[i];
    }
  mc_record_set_text (record, "assistants", tidy->str);
}

McVisit *
mc_visit_with_field (const McVisit *self, const char *key, const McValue *value, GError **error)
{
  McVisit *edited;
  McRecord *record;

  if (!check_visit_field (self, key, value, error))
    return NULL;
  if (mc_value_equal (mc_record_get (mc_visit_get_record (self), key), value))
    return mc_visit_ref ((McVisit *) self);
  edited = mc_visit_share (self);
  record = mc_visit_edit_root (edited);
  mc_record_set (record, key, value);
  if (strcmp (key, "lead") == 0 || strcmp (key, "assistants") == 0)
    tidy_assistants (record);
  return edited;
}

McVisit *
mc_visit_with_own_result (const McVisit *self)
{
  const char *result = mc_visit_get_result (self);
  McVisit *edited = mc_visit_share (self);

  if (g_strcmp0 (mc_record_get_text (mc_visit_get_record (self), "result_code"), result) != 0)
    mc_record_set_text (mc_visit_edit_root (edited), "result_code", result);
  return edited;
}

static gboolean
check_finding_field (const McVisit *self, const McRecord *finding, const char *key, const McValue *value, GError **error)
{
  static const char *const editable[] = { "description", "basis", "certainty", "severity", "way", "competent", "requirement", "deadline_on",
                                          "legal_review", "others_told_at", NULL };
  const McField *field = mc_entity_field (mc_entity_find ("finding"), key);
  g_autofree char *reason = NULL;

  if (!field || !g_strv_contains (editable, key))
    return refuse (error, _("The field “%s” of a finding cannot be changed; nothing was changed."), field ? _(field->label) : key);
  if (!check_value (field, value, error))
    return FALSE;
  if (value->type != MC_VALUE_TEXT)
    return TRUE;
  if (strcmp (key, "way") == 0
      && !mc_finding_way_allowed (value->text, mc_record_get_text (finding, "competent"), mc_visit_get_own_kind_for (self, mc_record_get_text (finding, "competent")),
                                  mc_record_get_text (finding, "severity"), &reason))
    return refuse (error, "%s", reason);
  if (strcmp (key, "deadline_on") == 0 && g_strcmp0 (value->text, mc_record_get_text (mc_visit_get_record (self), "checked_on")) < 0)
    return refuse (error, _("The deadline %s is before the day of the check; nothing was changed."), value->text);
  return TRUE;
}

/* What no longer fits after a field was set: the way, then the deadline. */
static void
tidy_finding (McRecord *finding, const char *own_kind)
{
  const char *competent = mc_record_get_text (finding, "competent");
  const char *way = mc_record_get_text (finding, "way");

  if (way && !mc_finding_way_allowed (way, competent, own_kind, mc_record_get_text (finding, "severity"), NULL))
    mc_record_set_text (finding, "way", g_strcmp0 (competent, own_kind) == 0 ? NULL : "referral");
  way = mc_record_get_text (finding, "way");
  if (g_strcmp0 (way, "corrected_on_site") == 0 || g_strcmp0 (way, "immediate") == 0)
    mc_record_set_null (finding, "deadline_on");
}

McVisit *
mc_visit_with_finding_field (const McVisit *self, const char *code, const char *key, const McValue *value, GError **error)
{
  const McItem *item = find_item (self, code, error);
  const McRecord *finding = mc_visit_get_finding (self, code);
  McVisit *edited;
  McRecord *record;

  if (!item)
    return NULL;
  if (!finding || !mc_finding_is_open (finding))
    {
      refuse (error, _("Item %s has no finding: answer it as not conforming first; nothing was changed."), code);
      return NULL;
    }
  if (!check_finding_field (self, finding, key, value, error))
    return NULL;
  if (mc_value_equal (mc_record_get (finding, key), value))
    return mc_visit_ref ((McVisit *) self);
  edited = mc_visit_share (self);
  record = mc_visit_edit_finding (edited, item);
  mc_record_set (record, key, value);
  tidy_finding (record, mc_visit_get_own_kind_for (self, mc_record_get_text (record, "competent")));
  return edited;
}
