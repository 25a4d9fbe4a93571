/* SPDX-License-Identifier: GPL-3.0-or-later
 * A checklist to fill in by hand, of a standard and for a facility, or for none. */
#include "mc-document-visit.h"

#include <string.h>

#include "store/mc-code-list.h"

#include "mc-chinese-date.h"

#define SHORT_VERSION 12

/* The answers with a box each; what is answered by a number or a text is left blank. */
static char *
describe_choices (McStandard *standard, const McItem *item)
{
  GString *text = g_string_new (NULL);
  guint n;
  const McAnswerLabel *answers = mc_standard_get_answers (standard, &n);

  if (item->kind == MC_ITEM_CONFORM)
    for (guint i = 0; i < n; i++)
      g_string_append_printf (text, "%s%s%s", i > 0 ? "\n" : "", mc_document_word ("box"), answers[i].label);
  return g_string_free (text, FALSE);
}

static void
add_section (McDocumentValues *values, McStandard *standard, const McSection *section, const McItem *items)
{
  g_autofree char *heading = g_strjoin ("  ", section->code, section->title, NULL);

  mc_document_values_add_heading (values, "checklist", heading);
  for (guint i = section->first_item; i < section->first_item + section->n_items; i++)
    {
      g_autofree char *basis = mc_site_record_describe_basis (&items[i]);
      g_autofree char *choices = describe_choices (standard, &items[i]);

      mc_document_values_add_row (values, "checklist");
      mc_document_values_set_cell (values, "checklist", "code", items[i].code);
      mc_document_values_set_cell (values, "checklist", "text", items[i].text);
      mc_document_values_set_cell (values, "checklist", "basis", basis);
      mc_document_values_set_cell (values, "checklist", "method", items[i].method);
      mc_document_values_set_cell (values, "checklist", "choices", choices);
    }
}

static void
set_facility (McDocumentValues *values, const McRecord *facility)
{
  static const char *const keys[] = { "name", "operator", "credit_code", "address", "legal_representative", "contact_person", "contact_phone", NULL };

  for (guint i = 0; keys[i]; i++)
    {
      g_autofree char *field = g_strconcat ("facility.", keys[i], NULL);

      mc_document_values_set (values, field, mc_record_get_text (facility, keys[i]));
    }
  mc_document_values_set (values, "facility.kind", mc_code_label ("facility-kind", mc_record_get_text (facility, "kind")));
}

McDocumentValues *
mc_document_blank_get_values (McStandard *standard, const McRecord *facility, const McRecord *authority)
{
  McDocumentValues *values = mc_document_values_new ();
  guint n_sections, n_items;
  const McSection *sections = mc_standard_get_sections (standard, &n_sections);
  const McItem *items = mc_standard_get_items (standard, &n_items);

  mc_document_values_set (values, "authority.name", authority ? mc_record_get_text (authority, "name") : NULL);
  mc_document_values_set (values, "standard.title", mc_standard_get_title (standard));
  mc_document_values_set (values, "standard.version", mc_standard_get_version (standard));
  mc_document_values_take (values, "standard.short", g_strndup (mc_standard_get_version_id (standard), SHORT_VERSION));
  if (facility)
    set_facility (values, facility);
  for (guint s = 0; s < n_sections; s++)
    add_section (values, standard, &sections[s], items);
  return values;
}

/* The authority of the one who prints it; NULL without error if there is none. */
static McRecord *
load_own_authority (McStore *store)
{
  const char *id = mc_store_get_user (store);
  g_autoptr (McRecord) user = id && *id ? mc_store_load (store, "user", id, NULL) : NULL;
  const char *authority = user ? mc_record_get_text (user, "authority") : NULL;

  return authority ? mc_store_load (store, "authority", authority, NULL) : NULL;
}

McDocumentContent *
mc_document_blank_load_content (McStore *store, McStandard *standard, const char *facility, GError **error)
{
  g_autoptr (McRecord) place = facility ? mc_store_load (store, "facility", facility, error) : NULL;
  g_autoptr (McRecord) authority = load_own_authority (store);
  g_autofree char *folder = mc_document_templates_folder (store);
  g_autoptr (McDocumentTemplate) template = NULL;
  g_autoptr (McDocumentValues) values = NULL;

  if (facility && !place)
    return NULL;
  template = mc_document_template_load (folder, "blank-checklist", mc_site_record_get_fields (), error);
  if (!template)
    return NULL;
  values = mc_document_blank_get_values (standard, place, authority);
  return mc_document_content_new (template, values, authority ? mc_record_get_text (authority, "kind") : NULL);
}
