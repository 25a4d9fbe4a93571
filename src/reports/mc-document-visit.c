/* SPDX-License-Identifier: GPL-3.0-or-later
 * The documents of a check by their kinds: the values of their templates' fields. */
#include "mc-document-visit.h"

#include <string.h>

#include "inspections/mc-paper.h"
#include "store/mc-code-list.h"

#include "mc-chinese-date.h"

static const char *
text_of (const McRecord *record, const char *key)
{
  return record ? mc_record_get_text (record, key) : NULL;
}

char *
mc_document_kind_get_template_name (const char *kind)
{
  return g_strdelimit (g_strdup (kind), "_", '-');
}

gboolean
mc_document_kind_is_known (const char *kind)
{
  return mc_code_find ("document-kind", kind) != NULL;
}

/* --- what it is about ----------------------------------------------------------------------------------------- */

/* A prepared document keeps to the items that it was prepared for. */
static gboolean
concerns (const McDocumentVisitInput *input, const McRecord *finding)
{
  const char *items = text_of (input->document, "items");
  g_auto (GStrv) list = items ? g_strsplit (items, "\n", -1) : NULL;

  if (list)
    return g_strv_contains ((const char *const *) list, mc_record_get_text (finding, "item"));
  return mc_paper_concerns (input->kind, finding, mc_visit_get_own_kind (input->record.visit), input->competent);
}

/* "At once", the day, or the days from delivery; the day itself where the table of working days does not reach so far. */
static char *
describe_term (const McDocumentVisitInput *input, const McRecord *finding)
{
  const char *deadline = mc_record_get_text (finding, "deadline_on");
  const char *checked_on = mc_record_get_text (mc_visit_get_record (input->record.visit), "checked_on");
  int days;

  if (g_strcmp0 (mc_record_get_text (finding, "way"), "immediate") == 0)
    return g_strdup (mc_document_word ("at_once"));
  if (deadline && input->from_delivery && mc_paper_days_between (input->calendar, checked_on, deadline, &days) && days > 0)
    {
      GString *text = g_string_new (mc_document_word ("from_delivery"));
      g_autofree char *number = g_strdup_printf ("%d", days);

      g_string_replace (text, "{days}", number, 0);
      return g_string_free (text, FALSE);
    }
  return mc_chinese_date_arabic (deadline);
}

static void
add_concerned (McDocumentValues *values, const McDocumentVisitInput *input, guint number, const McRecord *finding)
{
  const char *basis = mc_record_get_text (finding, "basis");
  const char *severity = mc_record_get_text (finding, "severity");
  g_autofree char *number_text = g_strdup_printf ("%u", number);
  g_autofree char *whole_basis = g_strconcat (basis ? basis : "", mc_site_record_basis_mark (mc_record_get_text (finding, "certainty")), NULL);
  g_autofree char *term = describe_term (input, finding);

  mc_document_values_add_row (values, "concerned");
  mc_document_values_set_cell (values, "concerned", "number", number_text);
  mc_document_values_set_cell (values, "concerned", "code", mc_record_get_text (finding, "item"));
  mc_document_values_set_cell (values, "concerned", "description", mc_record_get_text (finding, "description"));
  mc_document_values_set_cell (values, "concerned", "basis", whole_basis);
  mc_document_values_set_cell (values, "concerned", "severity", severity ? mc_code_label ("severity", severity) : "");
  mc_document_values_set_cell (values, "concerned", "requirement", mc_record_get_text (finding, "requirement"));
  mc_document_values_set_cell (values, "concerned", "term", term);
}

static void
set_concerned (McDocumentValues *values, const McDocumentVisitInput *input)
{
  g_autoptr (GPtrArray) findings = mc_visit_list_findings (input->record.visit, FALSE);
  guint number = 0;

  for (guint i = 0; i < findings->len; i++)
    if (concerns (input, g_ptr_array_index (findings, i)))
      add_concerned (values, input, ++number, g_ptr_array_index (findings, i));
}

/* --- a re-check ----------------------------------------------------------------------------------------------- */

static void
add_recheck (McDocumentValues *values, const McDocumentVisitInput *input, gboolean is_recheck, guint number, const McRecord *finding)
{
  const char *item_code = mc_record_get_text (finding, "item");
  const McVisit *visit = input->record.visit;
  McStandard *standard = mc_visit_get_standard (visit);
  const McItem *item = mc_standard_find_item (standard, item_code);
  const char *value = is_recheck ? mc_visit_get_value (visit, item_code) : NULL;
  const McRecord *now = is_recheck ? mc_visit_get_finding (visit, item_code) : NULL;
  const char *note = now && mc_finding_is_open (now) ? mc_record_get_text (now, "description") : is_recheck ? mc_visit_get_note (visit, item_code) : NULL;
  const char *requirement = mc_record_get_text (finding, "requirement");
  g_autofree char *number_text = g_strdup_printf ("%u", number);
  g_autofree char *term = mc_chinese_date_arabic (mc_record_get_text (finding, "deadline_on"));
  g_autofree char *way = g_strconcat (requirement ? requirement : "", requirement && *term ? "\n" : "", *term ? mc_document_word ("by_day") : "", term, NULL);

  mc_document_values_add_row (values, "rechecks");
  mc_document_values_set_cell (values, "rechecks", "number", number_text);
  mc_document_values_set_cell (values, "rechecks", "description", mc_record_get_text (finding, "description"));
  mc_document_values_set_cell (values, "rechecks", "way", way);
  mc_document_values_set_cell (values, "rechecks", "note", note);
  mc_document_values_set_cell (values, "rechecks", "result", value && item ? mc_standard_answer_label (standard, item, value) : "");
}

/* Of a re-check: what the check before found, and how it is now. Of any other: its own findings, to take the form along to the re-check. */
static void
set_rechecks (McDocumentValues *values, const McDocumentVisitInput *input)
{
  const McVisit *visit = input->record.visit;
  const McRecord *record = mc_visit_get_record (visit);
  gboolean is_recheck = g_strcmp0 (mc_record_get_text (record, "type"), "recheck") == 0;
  const McVisit *before = is_recheck ? input->previous : visit;
  g_autoptr (GPtrArray) findings = before ? mc_visit_list_findings (before, FALSE) : NULL;
  const McRecord *before_record = before ? mc_visit_get_record (before) : NULL;

  if (is_recheck)
    mc_document_values_set (values, "recheck.time", mc_document_values_get (values, "visit.time"));
  else
    mc_document_values_set (values, "recheck.time", mc_document_word ("blank_date"));
  mc_document_values_take (values, "recheck.previous_date", mc_chinese_date_arabic (text_of (before_record, "checked_on")));
  mc_document_values_set (values, "recheck.previous_number", text_of (before_record, "document_no"));
  for (guint i = 0; findings && i < findings->len; i++)
    add_recheck (values, input, is_recheck, i + 1, g_ptr_array_index (findings, i));
}

/* --- delivery ------------------------------------------------------------------------------------------------- */

static char *
describe_ways (const char *way)
{
  const McCode *const *codes = mc_code_list ("delivery-way");
  GString *text = g_string_new (NULL);

  if (way)
    {
      g_string_append (text, mc_code_label ("delivery-way", way));
      return g_string_free (text, FALSE);
    }
  for (guint i = 0; codes[i]; i++)
    g_string_append_printf (text, "%s%s%s", i > 0 ? "  " : "", mc_document_word ("box"), codes[i]->label);
  return g_string_free (text, FALSE);
}

static void
add_delivery (McDocumentValues *values, guint number, const McRecord *document)
{
  const char *number_text = mc_record_get_text (document, "number");
  g_autofree char *row = g_strdup_printf ("%u", number);
  g_autofree char *pages = mc_record_is_null (document, "pages") ? NULL
                                                                 : g_strdup_printf ("%" G_GINT64_FORMAT, mc_record_get_integer (document, "pages", 0));

  mc_document_values_add_row (values, "deliveries");
  mc_document_values_set_cell (values, "deliveries", "number", row);
  mc_document_values_set_cell (values, "deliveries", "title", mc_code_label ("document-kind", mc_record_get_text (document, "kind")));
  mc_document_values_set_cell (values, "deliveries", "document_no", number_text ? number_text : mc_document_word ("number_pending"));
  mc_document_values_set_cell (values, "deliveries", "pages", pages);
  mc_document_values_set_cell (values, "deliveries", "copies", mc_document_word ("copies"));
}

static void
set_delivery (McDocumentValues *values, const McDocumentVisitInput *input)
{
  const McRecord *first = input->delivered && input->delivered->len > 0 ? g_ptr_array_index (input->delivered, 0) : NULL;
  const char *to = text_of (first, "addressed_to");
  const char *delivered_on = text_of (first, "delivered_on");

  for (guint i = 0; input->delivered && i < input->delivered->len; i++)
    add_delivery (values, i + 1, g_ptr_array_index (input->delivered, i));
  mc_document_values_set (values, "delivery.recipient", to ? to : mc_document_values_get (values, "facility.name"));
  mc_document_values_set (values, "delivery.place", to ? "" : mc_document_values_get (values, "facility.address"));
  mc_document_values_take (values, "delivery.way", describe_ways (text_of (first, "delivery_way")));
  mc_document_values_take (values, "delivery.date", delivered_on ? mc_chinese_date_arabic (delivered_on) : g_strdup (mc_document_word ("blank_date")));
  mc_document_values_set (values, "delivery.received_by", text_of (first, "received_by"));
  mc_document_values_set (values, "delivery.note", text_of (first, "delivery_note"));
}

/* --- the whole ------------------------------------------------------------------------------------------------ */

static void
set_document (McDocumentValues *values, const McDocumentVisitInput *input)
{
  const char *number = text_of (input->document, "number");
  const char *issued_on = text_of (input->document, "issued_on");
  const char *type = mc_record_get_text (mc_visit_get_record (input->record.visit), "type");
  const char *to = text_of (input->document, "addressed_to");

  /* The check's own number is the record's. */
  if (number || strcmp (input->kind, "site_record") != 0)
    mc_document_values_set (values, "document.number", number ? number : mc_document_word ("number_pending"));
  if (issued_on && strcmp (input->kind, "site_record") != 0)
    {
      mc_document_values_take (values, "document.date", mc_chinese_date (issued_on));
      mc_document_values_take (values, "document.date_arabic", mc_chinese_date_arabic (issued_on));
    }
  if (to || !input->competent)
    mc_document_values_set (values, "document.addressed_to", to);
  else
    mc_document_values_take (values, "document.addressed_to",
                             g_strconcat (mc_code_label ("authority-kind", input->competent), mc_document_word ("department"), NULL));
  mc_document_values_set (values, "document.basis", text_of (input->document, "basis"));
  mc_document_values_set (values, "document.statement", text_of (input->document, "statement"));
  mc_document_values_set (values, "notice.forbidden",
                          mc_visit_may_announce (mc_visit_get_standard (input->record.visit), type, NULL, NULL) ? "" : mc_document_word ("yes"));
}

static void
set_signatures (McDocumentValues *values, GHashTable *images)
{
  GHashTableIter iter;
  gpointer role, list;

  g_hash_table_iter_init (&iter, images);
  while (g_hash_table_iter_next (&iter, &role, &list))
    {
      g_autofree char *name = g_strconcat ("signature.", role, NULL);

      for (guint i = 0; i < ((GPtrArray *) list)->len; i++)
        mc_document_values_add_image (values, name, g_ptr_array_index ((GPtrArray *) list, i));
    }
}

McDocumentValues *
mc_document_visit_get_values (const McDocumentVisitInput *input)
{
  McDocumentValues *values = mc_site_record_get_values (&input->record);

  set_document (values, input);
  set_concerned (values, input);
  set_rechecks (values, input);
  set_delivery (values, input);
  if (input->images)
    set_signatures (values, input->images);
  return values;
}
