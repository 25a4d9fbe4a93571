/* SPDX-License-Identifier: GPL-3.0-or-later
 * The facts of a facility in the order in which they are shown and entered. */
#include "mc-facility-facts.h"

#include <glib/gi18n.h>
#include <string.h>

#include "mc-fact-row.h"
#include "mc-facility.h"
#include "store/mc-code-list.h"
#include "widgets/mc-format.h"

typedef enum
{
  FOR_ALL,
  FOR_ELDER,
  FOR_CHILDCARE,
  IF_ENTERED, /* not asked for: seen only with a value */
} When;

static const struct
{
  const char *key;
  When when;
} facts[] = {
  { "credit_code", FOR_ALL },
  { "operator", FOR_ALL },
  { "status", FOR_ALL },
  { "beds", FOR_ELDER },
  { "nursing_beds", FOR_ELDER },
  { "dementia_beds", FOR_ELDER },
  { "medical_beds", IF_ENTERED },
  { "childcare_places", FOR_CHILDCARE },
  { "address", FOR_ALL },
  { "authority", FOR_ALL },
  { "legal_representative", FOR_ALL },
  { "contact_person", FOR_ALL },
  { "contact_phone", FOR_ALL },
  { "credit_risk_class", FOR_ALL },
  { "grade", FOR_ALL },
  { "ownership", FOR_ALL },
  { "supply_model", FOR_CHILDCARE },
  { "floor_area", IF_ENTERED },
  { "investment", IF_ENTERED },
  { "central_investment", IF_ENTERED },
  { "registered_on", FOR_ALL },
  { "filed_on", FOR_ALL },
  { "filing_no", FOR_ALL },
  { "opened_on", FOR_ALL },
  { "note", IF_ENTERED },
};

/* Passes the row's signal on. */
typedef struct
{
  const char *key;
  McFactEnter enter;
  gpointer data;
} Asked;

static void
enter_cb (McFactRow *row, Asked *asked)
{
  asked->enter (asked->key, asked->data);
}

static void
asked_free (gpointer asked, GClosure *closure)
{
  g_free (asked);
}

static gboolean
is_shown (const McRecord *record, const char *key, When when)
{
  const char *group = mc_facility_kind_group (mc_record_get_text (record, "kind"));

  if (!mc_record_is_null (record, key))
    return TRUE;
  switch (when)
    {
    case FOR_ALL: return TRUE;
    case FOR_ELDER: return g_strcmp0 (group, "elder") == 0;
    case FOR_CHILDCARE: return g_strcmp0 (group, "childcare") == 0;
    case IF_ENTERED:
    default: return FALSE;
    }
}

/* Numbers say what they count. */
static char *
value_text (const McRecord *record, const McField *field, GHashTable *names)
{
  g_autofree char *text = mc_format_value (field, mc_record_get (record, field->key), names);

  if (!*text)
    return NULL;
  if (field->type == MC_FIELD_INTEGER && g_str_has_suffix (field->key, "beds"))
    return g_strdup_printf (_("%s beds"), text);
  if (strcmp (field->key, "childcare_places") == 0)
    return g_strdup_printf (_("%s places"), text);
  if (strcmp (field->key, "floor_area") == 0)
    return g_strdup_printf (_("%s m²"), text);
  if (strcmp (field->key, "credit_risk_class") == 0)
    return g_strdup_printf ("%s %s", mc_record_get_text (record, field->key), text);
  return g_steal_pointer (&text);
}

static gboolean
is_sample (const McRecord *record, const char *key)
{
  const char *samples = mc_record_get_text (record, "sample_fields");
  g_auto (GStrv) keys = g_strsplit (samples ? samples : "", "\n", -1);

  return g_strv_contains ((const char *const *) keys, "*") || g_strv_contains ((const char *const *) keys, key);
}

static void
add_class (GtkListBox *list, const McRecord *part)
{
  g_autofree char *classes = mc_format_count (mc_record_get_integer (part, "classes", 0));
  g_autofree char *children = mc_format_count (mc_record_get_integer (part, "children", 0));
  g_autofree char *carers = mc_format_count (mc_record_get_integer (part, "carers", 0));
  g_autofree char *text = g_strdup_printf (_("%s classes, %s children, %s carers"), classes, children, carers);

  gtk_list_box_append (list, mc_fact_row_new (mc_code_label ("class-kind", mc_record_get_text (part, "class_kind")), text));
}

/* Area of a bed or a place: a figure that is asked for often. */
static void
tag_area_each (McFactRow *row, const McRecord *record, const char *key)
{
  gint64 area = mc_record_get_integer (record, "floor_area", 0), n = mc_record_get_integer (record, key, 0);
  g_autofree char *each = area > 0 && n > 0 ? mc_format_hundredths ((area + n / 2) / n) : NULL;
  g_autofree char *text = each ? g_strdup_printf (_("%s m² each"), each) : NULL;

  if (text)
    mc_fact_row_add_tag (row, text, _("Floor area divided by this number"));
}

static void
add_fact (GtkListBox *list, const McRecord *record, const McField *field, GPtrArray *problems, GHashTable *names, gboolean can_enter, McFactEnter enter, gpointer data)
{
  g_autofree char *text = value_text (record, field, names);
  McFactRow *row = MC_FACT_ROW (mc_fact_row_new (_(field->label), text));
  Asked *asked = g_new0 (Asked, 1);

  *asked = (Asked){ field->key, enter, data };
  if (strcmp (field->key, "beds") == 0 || strcmp (field->key, "childcare_places") == 0)
    tag_area_each (row, record, field->key);
  if (text && is_sample (record, field->key))
    mc_fact_row_add_tag (row, _("sample"), _("A sample value, not a real one"));
  mc_fact_row_set_can_enter (row, can_enter);
  for (guint i = 0; i < problems->len; i++)
    {
      const McProblem *problem = problems->pdata[i];

      if (g_strcmp0 (problem->key, field->key) == 0 && text)
        mc_fact_row_set_check (row, problem->message);
    }
  g_signal_connect_data (row, "enter", G_CALLBACK (enter_cb), asked, asked_free, 0);
  gtk_list_box_append (list, GTK_WIDGET (row));
}

void
mc_facility_facts_fill (GtkListBox *list, const McRecord *record, GPtrArray *parts, McAreaTree *tree, GHashTable *names, const GDate *today,
                        gboolean can_enter, McFactEnter enter, gpointer data)
{
  const McEntity *entity = mc_record_get_entity (record);
  g_autoptr (GPtrArray) problems = mc_facility_check (record, tree, today);
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (list))))
    gtk_list_box_remove (list, row);
  for (guint i = 0; i < G_N_ELEMENTS (facts); i++)
    {
      if (!is_shown (record, facts[i].key, facts[i].when))
        continue;
      add_fact (list, record, mc_entity_field (entity, facts[i].key), problems, names, can_enter, enter, data);
      if (strcmp (facts[i].key, "childcare_places") == 0)
        for (guint j = 0; j < parts->len; j++)
          add_class (list, parts->pdata[j]);
    }
}
