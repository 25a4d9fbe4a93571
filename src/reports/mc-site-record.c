/* SPDX-License-Identifier: GPL-3.0-or-later
 * The record of a check on the spot (site_record) with its checklist as annex: the values of its template's fields. */
#include "mc-site-record.h"

#include <glib/gi18n.h>
#include <string.h>

#include "mc-chinese-date.h"
#include "store/mc-code-list.h"

#define TEMPLATE "site-record"
#define SHORT_HASH 16
#define SHORT_VERSION 12

static void
set_code (McDocumentValues *values, const char *field, const char *list, const McRecord *record, const char *key)
{
  const char *code = record ? mc_record_get_text (record, key) : NULL;

  mc_document_values_set (values, field, code ? mc_code_label (list, code) : "");
}

static void
set_number (McDocumentValues *values, const char *field, guint number)
{
  mc_document_values_take (values, field, g_strdup_printf ("%u", number));
}

/* PREFIX.KEY = the record's text of KEY, for each key. */
static void
set_texts (McDocumentValues *values, const char *prefix, const McRecord *record, const char *const *keys)
{
  for (guint i = 0; keys[i]; i++)
    {
      g_autofree char *field = g_strconcat (prefix, ".", keys[i], NULL);

      mc_document_values_set (values, field, record ? mc_record_get_text (record, keys[i]) : NULL);
    }
}

/* --- the places and people ------------------------------------------------------------------------------------ */

static void
set_facility (McDocumentValues *values, const McSiteRecordInput *input)
{
  static const char *const texts[] = { "name", "operator", "credit_code", "address", "legal_representative", "contact_person", "contact_phone", NULL };
  static const char *const numbers[] = { "beds", "childcare_places", NULL };
  const McRecord *facility = mc_visit_get_facility (input->visit);
  const char *samples = facility ? mc_record_get_text (facility, "sample_fields") : NULL;

  set_texts (values, "facility", facility, texts);
  for (guint i = 0; numbers[i]; i++)
    if (facility && !mc_record_is_null (facility, numbers[i]))
      {
        g_autofree char *field = g_strconcat ("facility.", numbers[i], NULL);

        mc_document_values_take (values, field, g_strdup_printf ("%" G_GINT64_FORMAT, mc_record_get_integer (facility, numbers[i], 0)));
      }
  set_code (values, "facility.kind", "facility-kind", facility, "kind");
  set_code (values, "facility.status", "facility-status", facility, "status");
  mc_document_values_set (values, "facility.area", input->area_name);
  mc_document_values_set (values, "facility.sample", g_strcmp0 (samples, "*") == 0 ? mc_document_word ("sample") : "");
}

/* "NAME (lead, certificate number)". */
static char *
describe_inspector (const McVisit *visit, const char *id, gboolean is_lead)
{
  const McRecord *inspector = mc_visit_find_inspector (visit, id);
  const char *certificate = inspector ? mc_record_get_text (inspector, "certificate_no") : NULL;
  const char *name = inspector ? mc_record_get_text (inspector, "name") : NULL;
  const char *place = mc_document_word (is_lead ? "lead" : "assistant");
  g_autofree char *number = certificate ? g_strconcat (mc_document_word ("comma"), mc_document_word ("certificate"), certificate, NULL) : NULL;

  return g_strconcat (name ? name : "", mc_document_word ("open_bracket"), place, number ? number : "", mc_document_word ("close_bracket"), NULL);
}

static void
set_people (McDocumentValues *values, const McSiteRecordInput *input)
{
  const McRecord *record = mc_visit_get_record (input->visit);
  const char *recorder = mc_record_get_text (record, "recorder");
  const McRecord *known_recorder = recorder ? mc_visit_find_inspector (input->visit, recorder) : NULL;
  const char *name = mc_record_get_text (record, "facility_representative");
  const char *position = mc_record_get_text (record, "representative_position");
  g_auto (GStrv) ids = mc_visit_get_inspector_ids (input->visit);
  GString *inspectors = g_string_new (NULL);

  for (guint i = 0; ids[i]; i++)
    {
      g_autofree char *inspector = describe_inspector (input->visit, ids[i], i == 0);

      g_string_append (inspectors, i > 0 ? mc_document_word ("name_separator") : "");
      g_string_append (inspectors, inspector);
    }
  mc_document_values_take (values, "inspectors", g_string_free (inspectors, FALSE));
  mc_document_values_set (values, "recorder", input->recorder_name ? input->recorder_name
                                              : known_recorder     ? mc_record_get_text (known_recorder, "name")
                                                                   : "");
  mc_document_values_take (values, "representative",
                           g_strconcat (name ? name : "", name && position ? mc_document_word ("comma") : "", position ? position : "", NULL));
}

/* --- the check ------------------------------------------------------------------------------------------------ */

static void
set_matter_basis (McDocumentValues *values, const McRecord *matter)
{
  const char *basis = matter ? mc_record_get_text (matter, "basis") : NULL;

  if (basis)
    mc_document_values_take (values, "matter.basis", g_strconcat (basis, mc_site_record_basis_mark (mc_record_get_text (matter, "certainty")), NULL));
}

static void
set_visit (McDocumentValues *values, const McVisit *visit)
{
  static const char *const texts[] = { "note", "facility_statement", NULL };
  static const char *const matter_texts[] = { "name", "code", "frequency", "method", NULL };
  const McRecord *record = mc_visit_get_record (visit);
  const char *checked_on = mc_record_get_text (record, "checked_on");
  const char *source = mc_record_get_text (record, "source");
  const char *source_no = mc_record_get_text (record, "source_no");
  gboolean has_result = mc_visit_is_finalised (visit) || !mc_record_is_null (record, "result_code");

  set_texts (values, "visit", record, texts);
  set_texts (values, "matter", mc_visit_get_matter (visit), matter_texts);
  set_matter_basis (values, mc_visit_get_matter (visit));
  set_code (values, "visit.type", "visit-type", record, "type");
  mc_document_values_take (values, "visit.source",
                           g_strconcat (source ? mc_code_label ("visit-source", source) : "", source_no ? mc_document_word ("open_bracket") : "",
                                        source_no ? source_no : "", source_no ? mc_document_word ("close_bracket") : "", NULL));
  mc_document_values_take (values, "visit.date", mc_chinese_date_arabic (checked_on));
  mc_document_values_take (values, "visit.time",
                           mc_chinese_time_span (checked_on, mc_record_get_integer (record, "started_at", 0),
                                                 mc_record_get_integer (record, "ended_at", 0)));
  mc_document_values_set (values, "visit.late_entry", mc_record_get_boolean (record, "late_entry") ? mc_document_word ("late_entry") : "");
  mc_document_values_set (values, "visit.result", has_result ? mc_code_label ("result-code", mc_visit_get_result (visit)) : "");
}

static void
set_counts (McDocumentValues *values, const McVisit *visit)
{
  g_autoptr (McOutcome) outcome = mc_visit_evaluate (visit);
  g_autoptr (GPtrArray) findings = mc_visit_list_findings (visit, FALSE);

  set_number (values, "count.items", outcome->total.items);
  set_number (values, "count.conform", outcome->total.conform);
  set_number (values, "count.nonconform", outcome->total.nonconform);
  set_number (values, "count.not_applicable", outcome->total.not_applicable);
  set_number (values, "count.not_checked", outcome->total.not_checked);
  set_number (values, "count.unanswered", outcome->total.unanswered);
  set_number (values, "count.findings", findings->len);
}

const char *
mc_site_record_basis_mark (const char *certainty)
{
  McBasis basis = { "", NULL, certainty };

  if (!certainty || !mc_basis_is_unverified (&basis))
    return "";
  return mc_document_word (strcmp (certainty, "unknown") == 0 ? "unknown_basis" : "unverified_basis");
}

/* A clause after a sentence takes the place of its full stop. */
static void
append_clause (GString *text, const char *before, const char *clause)
{
  const char *stop = mc_document_word ("full_stop");

  if (!clause || !*clause)
    return;
  if (g_str_has_suffix (text->str, stop))
    g_string_truncate (text, text->len - strlen (stop));
  g_string_append (text, text->len > 0 ? mc_document_word ("clause_separator") : "");
  g_string_append (text, before);
  g_string_append (text, clause);
}

static void
add_finding (McDocumentValues *values, guint number, const McRecord *finding)
{
  const char *basis = mc_record_get_text (finding, "basis");
  const char *severity = mc_record_get_text (finding, "severity");
  const char *way = mc_record_get_text (finding, "way");
  g_autofree char *number_text = g_strdup_printf ("%u", number);
  g_autofree char *day = mc_chinese_date_arabic (mc_record_get_text (finding, "deadline_on"));
  g_autofree char *whole_basis = g_strconcat (basis ? basis : "", mc_site_record_basis_mark (mc_record_get_text (finding, "certainty")), NULL);
  GString *whole_way = g_string_new (NULL);

  append_clause (whole_way, "", way ? mc_code_label ("finding-way", way) : NULL);
  append_clause (whole_way, "", mc_record_get_text (finding, "requirement"));
  append_clause (whole_way, mc_document_word ("by_day"), day);
  mc_document_values_add_row (values, "findings");
  mc_document_values_set_cell (values, "findings", "number", number_text);
  mc_document_values_set_cell (values, "findings", "code", mc_record_get_text (finding, "item"));
  mc_document_values_set_cell (values, "findings", "description", mc_record_get_text (finding, "description"));
  mc_document_values_set_cell (values, "findings", "basis", whole_basis);
  mc_document_values_set_cell (values, "findings", "severity", severity ? mc_code_label ("severity", severity) : "");
  mc_document_values_set_cell (values, "findings", "way", whole_way->str);
  g_string_free (whole_way, TRUE);
}

static void
set_findings (McDocumentValues *values, const McVisit *visit)
{
  g_autoptr (GPtrArray) findings = mc_visit_list_findings (visit, FALSE);

  for (guint i = 0; i < findings->len; i++)
    add_finding (values, i + 1, g_ptr_array_index (findings, i));
}

/* --- the checklist -------------------------------------------------------------------------------------------- */

char *
mc_site_record_describe_basis (const McItem *item)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < item->n_basis; i++)
    {
      g_autofree char *basis = mc_basis_to_text (&item->basis[i]);

      append_clause (text, "", basis);
      g_string_append (text, mc_site_record_basis_mark (item->basis[i].certainty));
    }
  return g_string_free (text, FALSE);
}

static const char *
answer_label (const McVisit *visit, const McItem *item)
{
  const char *value = mc_visit_get_value (visit, item->code);

  if (value)
    return mc_standard_answer_label (mc_visit_get_standard (visit), item, value);
  return mc_document_word (mc_assessment_item_applies (item, mc_visit_get_facility (visit), mc_visit_get_record (visit), NULL) ? "unanswered"
                                                                                                                            : "inapplicable");
}

static void
set_checklist (McDocumentValues *values, const McVisit *visit)
{
  McStandard *standard = mc_visit_get_standard (visit);
  guint n_sections, n_items;
  const McSection *sections = mc_standard_get_sections (standard, &n_sections);
  const McItem *items = mc_standard_get_items (standard, &n_items);

  for (guint s = 0; s < n_sections; s++)
    {
      g_autofree char *heading = g_strjoin ("  ", sections[s].code, sections[s].title, NULL);

      mc_document_values_add_heading (values, "checklist", heading);
      for (guint i = sections[s].first_item; i < sections[s].first_item + sections[s].n_items; i++)
        {
          g_autofree char *basis = mc_site_record_describe_basis (&items[i]);

          mc_document_values_add_row (values, "checklist");
          mc_document_values_set_cell (values, "checklist", "code", items[i].code);
          mc_document_values_set_cell (values, "checklist", "text", items[i].text);
          mc_document_values_set_cell (values, "checklist", "basis", basis);
          mc_document_values_set_cell (values, "checklist", "method", items[i].method);
          mc_document_values_set_cell (values, "checklist", "answer", answer_label (visit, &items[i]));
          mc_document_values_set_cell (values, "checklist", "note", mc_visit_get_note (visit, items[i].code));
        }
    }
}

/* --- amendments ----------------------------------------------------------------------------------------------- */

static char *
describe_value (const McVisit *visit, const McHistoryEntry *entry, const McValue *value, const char *item_code)
{
  const McItem *item = item_code ? mc_standard_find_item (mc_visit_get_standard (visit), item_code) : NULL;

  if (value->type == MC_VALUE_BOOLEAN)
    return g_strdup (mc_document_word (value->integer ? "yes" : "no"));
  if (value->type == MC_VALUE_INTEGER && entry->field && entry->field->type == MC_FIELD_TIME)
    return mc_chinese_time (value->integer);
  if (value->type == MC_VALUE_INTEGER)
    return g_strdup_printf ("%" G_GINT64_FORMAT, value->integer);
  if (value->type != MC_VALUE_TEXT)
    return g_strdup (mc_document_word ("nothing"));
  if (entry->field && entry->field->type == MC_FIELD_CHOICE)
    return g_strdup (mc_code_label (entry->field->list, value->text));
  if (entry->field && entry->field->type == MC_FIELD_DATE)
    return mc_chinese_date_arabic (value->text);
  if (item && entry->entity && strcmp (entry->entity->name, "answer") == 0 && strcmp (entry->field->key, "value") == 0)
    return g_strdup (mc_standard_answer_label (mc_visit_get_standard (visit), item, value->text));
  return g_strdup (value->text);
}

/* The code of the item that the changed part belongs to; NULL for the visit itself. */
static const char *
item_of_record (const McVisit *visit, const char *id)
{
  g_autoptr (GPtrArray) records = mc_visit_list_records (visit);

  for (guint i = 0; i < records->len; i++)
    {
      const McRecord *record = g_ptr_array_index (records, i);

      if (strcmp (mc_record_get_id (record), id) == 0 && mc_entity_field (mc_record_get_entity (record), "item"))
        return mc_record_get_text (record, "item");
    }
  return NULL;
}

static void
add_amendment (McDocumentValues *values, const McVisit *visit, const McHistoryEntry *entry)
{
  const char *item = item_of_record (visit, entry->record);
  g_autofree char *time = mc_chinese_time (entry->at);
  g_autofree char *before = describe_value (visit, entry, &entry->old_value, item);
  g_autofree char *after = describe_value (visit, entry, &entry->new_value, item);
  g_autofree char *change = g_strconcat (item ? item : "", item ? " " : "", entry->field ? _(entry->field->label) : "", mc_document_word ("colon"),
                                         before, mc_document_word ("arrow"), after, NULL);

  mc_document_values_add_row (values, "amendments");
  mc_document_values_set_cell (values, "amendments", "time", time);
  mc_document_values_set_cell (values, "amendments", "change", change);
  mc_document_values_set_cell (values, "amendments", "reason", entry->reason);
  mc_document_values_set_cell (values, "amendments", "by", entry->by_name);
}

/* In the order in which they were made. */
static void
set_amendments (McDocumentValues *values, const McSiteRecordInput *input)
{
  for (guint i = input->history ? input->history->len : 0; i > 0; i--)
    {
      const McHistoryEntry *entry = g_ptr_array_index (input->history, i - 1);

      if (entry->kind == MC_HISTORY_AMEND && entry->field)
        add_amendment (values, input->visit, entry);
    }
}

/* --- photos --------------------------------------------------------------------------------------------------- */

void
mc_site_record_photo_free (McSiteRecordPhoto *photo)
{
  mc_document_image_unref (photo->image);
  g_free (photo->caption);
  g_free (photo);
}

static void
set_photos (McDocumentValues *values, GPtrArray *photos)
{
  for (guint i = 0; photos && i < photos->len; i++)
    {
      const McSiteRecordPhoto *photo = g_ptr_array_index (photos, i);

      mc_document_values_add_row (values, "photos");
      mc_document_values_set_cell (values, "photos", "caption", photo->caption);
      mc_document_values_add_image (values, "photos", photo->image);
    }
}

/* --- the whole ------------------------------------------------------------------------------------------------ */

static void
set_document (McDocumentValues *values, const McSiteRecordInput *input)
{
  static const char *const authority_texts[] = { "name", "short_name", "address", "phone", NULL };
  const McRecord *record = mc_visit_get_record (input->visit);
  const char *number = mc_record_get_text (record, "document_no");
  const char *checked_on = mc_record_get_text (record, "checked_on");
  McStandard *standard = mc_visit_get_standard (input->visit);

  set_texts (values, "authority", mc_visit_get_authority (input->visit), authority_texts);
  mc_document_values_set (values, "document.number", number ? number : mc_document_word ("number_pending"));
  mc_document_values_take (values, "document.date", mc_chinese_date (checked_on));
  mc_document_values_take (values, "document.date_arabic", mc_chinese_date_arabic (checked_on));
  if (input->user_name)
    mc_document_values_take (values, "document.user",
                             g_strconcat (input->user_name, input->user_is_verified ? "" : mc_document_word ("unverified_user"), NULL));
  mc_document_values_set (values, "standard.title", mc_standard_get_title (standard));
  mc_document_values_set (values, "standard.version", mc_standard_get_version (standard));
  mc_document_values_take (values, "standard.short", g_strndup (mc_standard_get_version_id (standard), SHORT_VERSION));
  mc_document_values_set (values, "seal.text", input->seal_text);
  mc_document_values_take (values, "seal.short", g_strndup (input->seal_text ? input->seal_text : "", SHORT_HASH));
}

McDocumentValues *
mc_site_record_get_values (const McSiteRecordInput *input)
{
  McDocumentValues *values = mc_document_values_new ();

  set_document (values, input);
  set_facility (values, input);
  set_people (values, input);
  set_visit (values, input->visit);
  set_counts (values, input->visit);
  set_findings (values, input->visit);
  set_checklist (values, input->visit);
  set_amendments (values, input);
  set_photos (values, input->photos);
  return values;
}

McDocument *
mc_site_record_lay_out (McDocumentValues *values, GError **error)
{
  g_autoptr (McDocumentTemplate) template = mc_document_template_load_builtin (TEMPLATE, mc_site_record_get_fields (), error);

  return template ? mc_document_new (template, values) : NULL;
}

McDocument *
mc_site_record_new_document (const McSiteRecordInput *input, GError **error)
{
  g_autoptr (McDocumentValues) values = mc_site_record_get_values (input);

  return mc_site_record_lay_out (values, error);
}
