/* SPDX-License-Identifier: GPL-3.0-or-later
 * Which fields the form of a register asks for, what it begins with, and how it is checked. Pure. */
#include "mc-record-form.h"

#include <glib/gi18n.h>
#include <string.h>

#include "mc-check-matter.h"
#include "mc-facility.h"
#include "mc-inspector.h"

static const McFormGroup facility_groups[] = {
  { N_("The place"), { "name", "kind", "status", "area", "address", "authority" }, NULL },
  { N_("Who runs it"), { "operator", "credit_code", "ownership", "supply_model", "legal_representative", "contact_person", "contact_phone" }, NULL },
  { N_("Capacity"), { "beds", "nursing_beds", "dementia_beds", "medical_beds", "childcare_places", "floor_area" }, NULL },
  { N_("Classes of the childcare"), { NULL }, "facility_class" },
  { N_("Registration, risk and grade"), { "registered_on", "filed_on", "filing_no", "opened_on", "credit_risk_class", "grade" }, NULL },
  { N_("Investment and notes"), { "investment", "central_investment", "note" }, NULL },
};

static const McFormGroup inspector_groups[] = {
  { N_("Who it is"), { "name", "employer", "authority", "area", "phone" }, NULL },
  { N_("Certificate and work"), { "certificate_no", "certificate_expires_on", "fields" }, NULL },
  { N_("Whom this person may not check"), { "recusals", "recusal_reason" }, NULL },
};

static const McFormGroup check_matter_groups[] = {
  { N_("What is checked"), { "code", "name", "importance", "facility_kinds", "method", "standard" }, NULL },
  { N_("Who checks, on what basis"), { "authority", "area", "basis", "certainty" }, NULL },
  { N_("How many and how often"), { "ratio", "frequency", "yearly_cap" }, NULL },
  { N_("Publication"), { "published_on" }, NULL },
};

static const McRecordForm forms[] = {
  { "facility", N_("New facility"), facility_groups, G_N_ELEMENTS (facility_groups) },
  { "inspector", N_("New inspector"), inspector_groups, G_N_ELEMENTS (inspector_groups) },
  { "check_matter", N_("New check matter"), check_matter_groups, G_N_ELEMENTS (check_matter_groups) },
};

const McRecordForm *
mc_record_form_find (const char *entity)
{
  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    if (g_strcmp0 (forms[i].entity, entity) == 0)
      return &forms[i];
  return NULL;
}

static gboolean
is_of (const McRecordForm *form, const char *entity)
{
  return strcmp (form->entity, entity) == 0;
}

void
mc_record_form_begin (const McRecordForm *form, McRecord *draft, const char *area, const char *authority, const char *authority_name)
{
  g_return_if_fail (form != NULL && draft != NULL);

  mc_record_set_text (draft, "area", area);
  mc_record_set_text (draft, "authority", authority);
  if (is_of (form, "facility"))
    mc_record_set_text (draft, "status", "operating");
  else if (is_of (form, "inspector"))
    mc_record_set_text (draft, "employer", authority_name);
}

char *
mc_record_form_id_for (const McRecordForm *form, const McRecord *record)
{
  const char *name;

  g_return_val_if_fail (form != NULL && record != NULL, NULL);

  name = mc_record_get_text (record, "name");
  if (is_of (form, "facility"))
    return mc_facility_id_for (mc_record_get_text (record, "kind"), mc_record_get_text (record, "credit_code"), mc_record_get_text (record, "area"), name);
  if (is_of (form, "inspector"))
    return mc_inspector_id_for (mc_record_get_text (record, "employer"), name);
  return mc_check_matter_id_for (mc_record_get_text (record, "authority"), name);
}

GPtrArray *
mc_record_form_check (const McRecordForm *form, const McRecord *record, McAreaTree *tree, const GDate *today)
{
  g_return_val_if_fail (form != NULL && record != NULL, NULL);

  if (is_of (form, "facility"))
    return mc_facility_check (record, tree, today);
  if (is_of (form, "inspector"))
    return mc_inspector_check (record, tree, today);
  return mc_check_matter_check (record, tree, today);
}

gboolean
mc_record_form_asks_for (const McRecord *record, const char *key)
{
  gboolean elder, childcare;
  const char *group;

  g_return_val_if_fail (record != NULL && key != NULL, FALSE);

  if (strcmp (mc_record_get_entity (record)->name, "facility") != 0)
    return TRUE;
  group = mc_facility_kind_group (mc_record_get_text (record, "kind"));
  elder = g_str_has_suffix (key, "beds");
  childcare = strcmp (key, "childcare_places") == 0 || strcmp (key, "supply_model") == 0 || strcmp (key, "facility_class") == 0;
  if (mc_entity_field (mc_record_get_entity (record), key) && !mc_record_is_null (record, key))
    return TRUE;
  if (strcmp (key, "facility_class") == 0)
    return g_strcmp0 (group, "childcare") == 0;
  return !(elder && g_strcmp0 (group, "childcare") == 0) && !(childcare && g_strcmp0 (group, "elder") == 0);
}

const char *
mc_record_form_codes (const McField *field)
{
  if (field->type != MC_FIELD_LIST)
    return NULL;
  if (strcmp (field->key, "fields") == 0)
    return "facility-field";
  return strcmp (field->key, "facility_kinds") == 0 ? "facility-kind" : NULL;
}

void
mc_record_form_forget_samples (const McRecord *base, McRecord *edited)
{
  const char *samples = mc_record_get_text (edited, "sample_fields");
  g_auto (GStrv) keys = g_strsplit (samples ? samples : "", "\n", -1);
  g_autoptr (GString) left = g_string_new (NULL);

  for (guint i = 0; keys[i]; i++)
    {
      const McField *field = mc_entity_field (mc_record_get_entity (edited), keys[i]);

      /* "*" is the whole record: a generated place stays one. */
      if (!field || mc_value_equal (mc_record_get (base, keys[i]), mc_record_get (edited, keys[i])))
        g_string_append_printf (left, "%s%s", left->len > 0 ? "\n" : "", keys[i]);
    }
  mc_record_set_text (edited, "sample_fields", left->str);
}
