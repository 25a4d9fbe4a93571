/* SPDX-License-Identifier: GPL-3.0-or-later
 * Forms of the registers: what is typed becomes a value or a reason, a new record begins where the person works, an entered value is no sample. */
#include <glib.h>

#include "registry/mc-check-matter.h"
#include "registry/mc-facility-class.h"
#include "registry/mc-field-value.h"
#include "registry/mc-record-form.h"
#include "store/mc-locale.h"

static const McField *
field_of (const char *entity, const char *key)
{
  return mc_entity_field (mc_entity_find (entity), key);
}

/* The value of @key after @text was typed over @old; "!" and a mark for each fault. */
static char *
typed (const char *entity, const char *key, const char *text)
{
  g_autoptr (McRecord) record = mc_record_new (mc_entity_find (entity), NULL);
  g_autoptr (GPtrArray) problems = mc_problems_new ();
  const McField *field = field_of (entity, key);

  mc_field_value_take (field, text, record, problems);
  if (problems->len > 0)
    {
      g_assert_cmpstr (((const McProblem *) problems->pdata[0])->key, ==, key);
      return g_strdup ("!");
    }
  return mc_field_value_to_text (field, mc_record_get (record, key));
}

static void
test_what_people_type (void)
{
  static const struct
  {
    const char *key, *text, *value;
  } cases[] = {
    { "beds", "120", "120" },
    { "beds", " 1,200 ", "1200" },
    { "beds", "\xef\xbc\x91\xef\xbc\x92\xef\xbc\x90", "120" }, /* full-width digits */
    { "beds", "12.5", "!" },
    { "beds", "-3", "!" },
    { "beds", "many", "!" },
    { "beds", "", "" },
    { "floor_area", "19008.11", "19008.11" },
    { "floor_area", "19008.115", "!" },
    { "investment", "25912.73", "25912.73" },
    { "investment", "0.000001", "0" },
    { "registered_on", "2026-03-01", "2026-03-01" },
    { "registered_on", "2026/3/1", "2026-03-01" },
    { "registered_on", "20260301", "2026-03-01" },
    { "registered_on", "2026.3.1", "2026-03-01" },
    { "registered_on", "2026-02-30", "!" },
    { "registered_on", "2026-3", "!" },
    { "registered_on", "2026-13-01", "!" },
    { "registered_on", "2026-03-257", "!" },
    { "name", "  A  ", "A" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *value = typed ("facility", cases[i].key, cases[i].text);

      if (g_strcmp0 (value, cases[i].value) != 0)
        g_error ("%s typed into %s: %s instead of %s", cases[i].text, cases[i].key, value, cases[i].value);
    }
}

static void
test_a_sealed_value_stays_while_nothing_is_typed (void)
{
  g_autoptr (McRecord) record = mc_record_new (mc_entity_find ("facility"), NULL);
  g_autoptr (GPtrArray) problems = mc_problems_new ();
  McValue sealed = { .type = MC_VALUE_SEALED, .text = (char *) "0000000000000000000000000000000000000000000000000000000000000000" };

  mc_record_set (record, "contact_phone", &sealed);
  mc_field_value_take (field_of ("facility", "contact_phone"), "", record, problems);
  g_assert_cmpint (mc_record_get (record, "contact_phone")->type, ==, MC_VALUE_SEALED);
  mc_field_value_take (field_of ("facility", "contact_phone"), "0573-8000", record, problems);
  g_assert_cmpstr (mc_record_get_text (record, "contact_phone"), ==, "0573-8000");
}

static void
test_items_are_sorted_and_stand_once (void)
{
  g_autoptr (McRecord) record = mc_record_new (mc_entity_find ("inspector"), NULL);
  g_autoptr (GPtrArray) items = g_ptr_array_new ();

  g_ptr_array_add (items, (gpointer) "b");
  g_ptr_array_add (items, (gpointer) "a");
  g_ptr_array_add (items, (gpointer) "b");
  mc_field_value_take_items (field_of ("inspector", "recusals"), items, record);
  g_assert_cmpstr (mc_record_get_text (record, "recusals"), ==, "a\nb");
  g_ptr_array_set_size (items, 0);
  mc_field_value_take_items (field_of ("inspector", "recusals"), items, record);
  g_assert_true (mc_record_is_null (record, "recusals"));
}

static void
test_every_field_of_a_form_exists (void)
{
  static const char *const entities[] = { "facility", "inspector", "check_matter" };

  for (guint e = 0; e < G_N_ELEMENTS (entities); e++)
    {
      const McRecordForm *form = mc_record_form_find (entities[e]);
      const McEntity *entity = mc_entity_find (entities[e]);
      g_autoptr (GHashTable) asked = g_hash_table_new (g_str_hash, g_str_equal);

      for (guint i = 0; i < form->n_groups; i++)
        for (guint j = 0; form->groups[i].keys[j]; j++)
          {
            g_assert_nonnull (mc_entity_field (entity, form->groups[i].keys[j]));
            g_assert_true (g_hash_table_add (asked, (gpointer) form->groups[i].keys[j]));
          }
      /* What is required can be entered. */
      for (guint i = 0; i < entity->n_fields; i++)
        if (entity->fields[i].flags & MC_FIELD_REQUIRED)
          g_assert_true (g_hash_table_contains (asked, entity->fields[i].key));
    }
  g_assert_null (mc_record_form_find ("visit"));
}

static void
test_a_new_record_begins_where_the_person_works (void)
{
  static const char *const entities[] = { "facility", "inspector", "check_matter" };

  for (guint i = 0; i < G_N_ELEMENTS (entities); i++)
    {
      g_autoptr (McRecord) draft = mc_record_new (mc_entity_find (entities[i]), NULL);

      mc_record_form_begin (mc_record_form_find (entities[i]), draft, "area-1", "authority-1", "Bureau");
      g_assert_cmpstr (mc_record_get_text (draft, "area"), ==, "area-1");
      g_assert_cmpstr (mc_record_get_text (draft, "authority"), ==, "authority-1");
      if (i == 1)
        g_assert_cmpstr (mc_record_get_text (draft, "employer"), ==, "Bureau");
    }
}

static void
test_two_people_enter_one_matter (void)
{
  g_autoptr (McRecord) a = mc_record_new (mc_entity_find ("check_matter"), NULL), b = mc_record_copy (a);
  const McRecordForm *form = mc_record_form_find ("check_matter");
  g_autofree char *first = NULL, *second = NULL, *other = NULL;

  mc_record_set_text (a, "authority", "x");
  mc_record_set_text (a, "name", "Safety of elder care");
  mc_record_set_text (b, "authority", "x");
  mc_record_set_text (b, "name", " Safety of  elder care");
  first = mc_record_form_id_for (form, a);
  second = mc_record_form_id_for (form, b);
  g_assert_cmpstr (first, ==, second);
  mc_record_set_text (b, "authority", "y");
  other = mc_record_form_id_for (form, b);
  g_assert_cmpstr (first, !=, other);
}

static void
test_an_entered_value_is_no_sample (void)
{
  g_autoptr (McRecord) base = mc_record_new (mc_entity_find ("check_matter"), NULL), edited = NULL;

  mc_record_set_text (base, "ratio", "5%");
  mc_record_set_text (base, "frequency", "yearly");
  mc_record_set_text (base, "sample_fields", "frequency\nratio");
  edited = mc_record_copy (base);
  mc_record_set_text (edited, "ratio", "10%");
  mc_record_form_forget_samples (base, edited);
  g_assert_cmpstr (mc_record_get_text (edited, "sample_fields"), ==, "frequency");
  mc_record_set_text (edited, "frequency", "twice a year");
  mc_record_form_forget_samples (base, edited);
  g_assert_true (mc_record_is_null (edited, "sample_fields"));
  mc_record_set_text (edited, "sample_fields", "*");
  mc_record_form_forget_samples (base, edited);
  g_assert_cmpstr (mc_record_get_text (edited, "sample_fields"), ==, "*");
}

static void
test_a_form_asks_for_its_kind_of_care (void)
{
  g_autoptr (McRecord) record = mc_record_new (mc_entity_find ("facility"), NULL);

  g_assert_true (mc_record_form_asks_for (record, "beds"));
  g_assert_false (mc_record_form_asks_for (record, "facility_class"));
  mc_record_set_text (record, "kind", "childcare");
  g_assert_false (mc_record_form_asks_for (record, "beds"));
  g_assert_true (mc_record_form_asks_for (record, "childcare_places"));
  g_assert_true (mc_record_form_asks_for (record, "facility_class"));
  mc_record_set_integer (record, "beds", 3);
  g_assert_true (mc_record_form_asks_for (record, "beds"));
}

static void
test_classes_of_one_kind_are_one_record (void)
{
  g_autofree char *a = mc_facility_class_id_for ("f", "infant"), *b = mc_facility_class_id_for ("f", "infant"), *c = mc_facility_class_id_for ("f", "mixed");
  g_autoptr (McRecord) part = mc_record_new (mc_entity_find ("facility_class"), a);
  g_autoptr (GPtrArray) good = NULL, doubtful = NULL;

  g_assert_cmpstr (a, ==, b);
  g_assert_cmpstr (a, !=, c);
  g_assert_true (mc_facility_class_is_empty (part));
  mc_record_set_integer (part, "children", 12);
  g_assert_false (mc_facility_class_is_empty (part));
  good = mc_facility_class_check (part);
  g_assert_cmpuint (good->len, ==, 0);
  mc_record_set_integer (part, "classes", 0);
  mc_record_set_integer (part, "carers", 0);
  doubtful = mc_facility_class_check (part);
  g_assert_cmpuint (doubtful->len, ==, 2);
  g_assert_false (mc_problems_have_errors (doubtful));
}

int
main (int argc, char **argv)
{
  mc_locale_init ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/record-form/what-people-type", test_what_people_type);
  g_test_add_func ("/record-form/a-sealed-value-stays", test_a_sealed_value_stays_while_nothing_is_typed);
  g_test_add_func ("/record-form/items-are-sorted-and-stand-once", test_items_are_sorted_and_stand_once);
  g_test_add_func ("/record-form/every-field-exists", test_every_field_of_a_form_exists);
  g_test_add_func ("/record-form/begins-where-the-person-works", test_a_new_record_begins_where_the_person_works);
  g_test_add_func ("/record-form/two-people-enter-one-matter", test_two_people_enter_one_matter);
  g_test_add_func ("/record-form/an-entered-value-is-no-sample", test_an_entered_value_is_no_sample);
  g_test_add_func ("/record-form/asks-for-its-kind-of-care", test_a_form_asks_for_its_kind_of_care);
  g_test_add_func ("/record-form/classes-of-one-kind-are-one-record", test_classes_of_one_kind_are_one_record);
  return g_test_run ();
}
