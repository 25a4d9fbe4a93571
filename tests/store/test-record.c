/* SPDX-License-Identifier: GPL-3.0-or-later
 * Records: typed access, empty texts are null, copies are independent, unknown keys are programming errors. */
#include "store/mc-record.h"
#include "store/mc-uuid.h"

static const McField fields[] = {
  { "beds", MC_FIELD_INTEGER, "Beds", 0, NULL },
  { "name", MC_FIELD_TEXT, "Name", MC_FIELD_REQUIRED, NULL },
  { "open", MC_FIELD_BOOLEAN, "Open", 0, NULL },
  { "phone", MC_FIELD_TEXT, "Phone", MC_FIELD_PERSONAL, NULL },
};
static const McEntity entity = { "place", "Place", NULL, NULL, fields, G_N_ELEMENTS (fields) };

#define ID "0193f1c0-0000-7000-8000-000000000001"
#define SEALED "00000000000000000000000000000000000000000000000000000000000000aa"

static void
new_records_are_empty (void)
{
  g_autoptr (McRecord) record = mc_record_new (&entity, NULL);
  guint n_heads = 1;

  g_assert_true (mc_uuid_is_valid (mc_record_get_id (record)));
  g_assert_true (mc_record_get_entity (record) == &entity);
  g_assert_cmpint (mc_record_get_state (record), ==, 0);
  for (guint i = 0; i < entity.n_fields; i++)
    {
      g_assert_true (mc_record_is_null (record, fields[i].key));
      g_assert_null (mc_record_get_heads (record, fields[i].key, &n_heads));
      g_assert_cmpuint (n_heads, ==, 0);
      g_assert_false (mc_record_field_in_conflict (record, fields[i].key));
    }
}

static void
values_come_back (void)
{
  g_autoptr (McRecord) record = mc_record_new (&entity, ID);
  g_auto (McValue) sealed = MC_VALUE_INIT;

  g_assert_cmpstr (mc_record_get_id (record), ==, ID);
  mc_record_set_integer (record, "beds", 130);
  mc_record_set_text (record, "name", "e\xcc\x81");
  mc_record_set_boolean (record, "open", TRUE);
  g_assert_cmpint (mc_record_get_integer (record, "beds", -1), ==, 130);
  g_assert_cmpstr (mc_record_get_text (record, "name"), ==, "\xc3\xa9");
  g_assert_true (mc_record_get_boolean (record, "open"));

  mc_value_init_sealed (&sealed, SEALED);
  mc_record_set (record, "phone", &sealed);
  g_assert_null (mc_record_get_text (record, "phone"));
  g_assert_cmpint (mc_record_get (record, "phone")->type, ==, MC_VALUE_SEALED);

  mc_record_set_null (record, "beds");
  g_assert_cmpint (mc_record_get_integer (record, "beds", -1), ==, -1);
  mc_record_set (record, "name", mc_record_get (record, "name")); /* its own value */
  g_assert_cmpstr (mc_record_get_text (record, "name"), ==, "\xc3\xa9");
}

static void
empty_texts_are_null (void)
{
  g_autoptr (McRecord) record = mc_record_new (&entity, ID);
  g_auto (McValue) empty = MC_VALUE_INIT;

  mc_record_set_text (record, "name", "x");
  mc_record_set_text (record, "name", "");
  g_assert_true (mc_record_is_null (record, "name"));
  mc_value_init_text (&empty, "");
  mc_record_set (record, "name", &empty);
  g_assert_true (mc_record_is_null (record, "name"));
  mc_record_set_text (record, "name", NULL);
  g_assert_true (mc_record_is_null (record, "name"));
}

static void
copies_are_independent (void)
{
  g_autoptr (McRecord) record = mc_record_new (&entity, ID);
  g_autoptr (McRecord) copy = NULL;
  McRef heads[] = { { ID, 1 }, { ID, 12 } };
  guint n_heads = 0;

  mc_record_set_text (record, "name", "one");
  mc_record_set_heads (record, "name", heads, 2);
  mc_record_set_field_in_conflict (record, "name", TRUE);
  mc_record_set_state (record, MC_RECORD_CONFLICT | MC_RECORD_LATE);
  copy = mc_record_copy (record);
  g_assert_true (mc_record_equal_values (record, copy));

  mc_record_set_text (record, "name", "two");
  mc_record_set_heads (record, "name", mc_record_get_heads (record, "name", NULL) + 1, 1); /* out of its own heads */
  g_assert_false (mc_record_equal_values (record, copy));
  g_assert_cmpstr (mc_record_get_text (copy, "name"), ==, "one");
  g_assert_true (mc_ref_equal (&mc_record_get_heads (copy, "name", &n_heads)[1], &heads[1]));
  g_assert_cmpuint (n_heads, ==, 2);
  g_assert_true (mc_ref_equal (mc_record_get_heads (record, "name", &n_heads), &heads[1]));
  g_assert_cmpuint (n_heads, ==, 1);
  g_assert_true (mc_record_field_in_conflict (copy, "name"));
  g_assert_cmpint (mc_record_get_state (copy), ==, MC_RECORD_CONFLICT | MC_RECORD_LATE);
}

static void
records_of_another_id_differ (void)
{
  g_autoptr (McRecord) a = mc_record_new (&entity, ID);
  g_autoptr (McRecord) b = mc_record_new (&entity, NULL);

  g_assert_false (mc_record_equal_values (a, b));
}

static void
unknown_keys_are_programming_errors (void)
{
  if (g_test_subprocess ())
    {
      g_autoptr (McRecord) record = mc_record_new (&entity, ID);

      mc_record_set_text (record, "colour", "red");
      return;
    }
  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_failed ();
  g_test_trap_assert_stderr ("*place has no field colour*");
}

static void
references_are_ordered_by_device_then_number (void)
{
  McRef a = { "0193f1c0-0000-7000-8000-000000000001", 12 };
  McRef b = { "0193f1c0-0000-7000-8000-000000000001", 100 };
  McRef c = { "0193f1c0-0000-7000-8000-000000000002", 1 };

  g_assert_cmpint (mc_ref_compare (&a, &b), <, 0);
  g_assert_cmpint (mc_ref_compare (&c, &b), >, 0);
  g_assert_cmpint (mc_ref_compare (&a, &a), ==, 0);
  g_assert_true (mc_ref_equal (&a, &a));
  g_assert_false (mc_ref_equal (&a, &b));
  g_assert_false (mc_ref_equal (&a, &c));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/record/new-records-are-empty", new_records_are_empty);
  g_test_add_func ("/record/values-come-back", values_come_back);
  g_test_add_func ("/record/empty-texts-are-null", empty_texts_are_null);
  g_test_add_func ("/record/copies-are-independent", copies_are_independent);
  g_test_add_func ("/record/records-of-another-id-differ", records_of_another_id_differ);
  g_test_add_func ("/record/unknown-keys-are-programming-errors", unknown_keys_are_programming_errors);
  g_test_add_func ("/record/references-are-ordered-by-device-then-number", references_are_ordered_by_device_then_number);
  return g_test_run ();
}
