/* SPDX-License-Identifier: GPL-3.0-or-later
 * Conditions of items: both sides of every limit, and what is not known stays unknown. */
#include "standards/mc-condition.h"

static void
count_fault_cb (const char *path, const char *reason, gpointer data)
{
  GPtrArray *faults = data;

  g_ptr_array_add (faults, g_strdup_printf ("%s: %s", path, reason));
}

static McCondition *
read_condition (const char *json, GPtrArray *faults)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = json_from_string (json, &error);

  g_assert_no_error (error);
  return mc_condition_new_from_json (node, "applies_if", mc_entity_find ("visit"), count_fault_cb, faults);
}

#define BEDS "{\"field\":\"beds\",\"ge\":100}"
#define HOME "{\"field\":\"kind\",\"eq\":\"elder_home\"}"

static void
test_truth (void)
{
  static const struct
  {
    const char *json;
    int beds; /* −1: not known */
    const char *kind;
    McTruth truth;
  } cases[] = {
    { BEDS, 99, NULL, MC_TRUTH_FALSE },
    { BEDS, 100, NULL, MC_TRUTH_TRUE },
    { BEDS, -1, NULL, MC_TRUTH_UNKNOWN },
    { "{\"field\":\"beds\",\"le\":100}", 100, NULL, MC_TRUTH_TRUE },
    { "{\"field\":\"beds\",\"le\":100}", 101, NULL, MC_TRUTH_FALSE },
    { "{\"field\":\"beds\",\"eq\":0}", 0, NULL, MC_TRUTH_TRUE },
    { "{\"field\":\"beds\",\"eq\":0}", 1, NULL, MC_TRUTH_FALSE },
    { HOME, -1, "elder_home", MC_TRUTH_TRUE },
    { HOME, -1, "childcare", MC_TRUTH_FALSE },
    { HOME, -1, NULL, MC_TRUTH_UNKNOWN },
    { "{\"field\":\"kind\",\"in\":[\"elder_home\",\"rural_elder_home\"]}", -1, "rural_elder_home", MC_TRUTH_TRUE },
    { "{\"field\":\"kind\",\"in\":[\"elder_home\",\"rural_elder_home\"]}", -1, "childcare", MC_TRUTH_FALSE },
    { "{\"all\":[" BEDS "," HOME "]}", 100, "elder_home", MC_TRUTH_TRUE },
    { "{\"all\":[" BEDS "," HOME "]}", 99, NULL, MC_TRUTH_FALSE },
    { "{\"all\":[" BEDS "," HOME "]}", 100, NULL, MC_TRUTH_UNKNOWN },
    { "{\"any\":[" BEDS "," HOME "]}", -1, "elder_home", MC_TRUTH_TRUE },
    { "{\"any\":[" BEDS "," HOME "]}", -1, "childcare", MC_TRUTH_UNKNOWN },
    { "{\"any\":[" BEDS "," HOME "]}", 99, "childcare", MC_TRUTH_FALSE },
    { "{\"not\":" BEDS "}", 99, NULL, MC_TRUTH_TRUE },
    { "{\"not\":" BEDS "}", 100, NULL, MC_TRUTH_FALSE },
    { "{\"not\":" BEDS "}", -1, NULL, MC_TRUTH_UNKNOWN },
    { "{\"field\":\"assessment.type\",\"eq\":\"case\"}", -1, NULL, MC_TRUTH_TRUE },
    { "{\"field\":\"assessment.type\",\"eq\":\"routine\"}", -1, NULL, MC_TRUTH_FALSE },
    { "{\"field\":\"assessment.source\",\"eq\":\"plan\"}", -1, NULL, MC_TRUTH_UNKNOWN },
    { "{\"field\":\"assessment.late_entry\",\"eq\":true}", -1, NULL, MC_TRUTH_TRUE },
    { "{\"field\":\"floor_area\",\"ge\":20.5}", 1, NULL, MC_TRUTH_TRUE },
    { "{\"field\":\"floor_area\",\"ge\":20.51}", 1, NULL, MC_TRUTH_FALSE },
    { "{\"field\":\"opened_on\",\"ge\":\"2024-01-01\"}", 1, NULL, MC_TRUTH_TRUE },
    { "{\"field\":\"opened_on\",\"ge\":\"2024-01-02\"}", 1, NULL, MC_TRUTH_FALSE },
    { "{\"field\":\"sample_fields\",\"eq\":\"beds\"}", 1, NULL, MC_TRUTH_TRUE },
    { "{\"field\":\"sample_fields\",\"in\":[\"kind\",\"status\"]}", 1, NULL, MC_TRUTH_FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) faults = g_ptr_array_new_with_free_func (g_free);
      g_autoptr (McCondition) condition = read_condition (cases[i].json, faults);
      g_autoptr (McRecord) facility = mc_record_new (mc_entity_find ("facility"), NULL);
      g_autoptr (McRecord) visit = mc_record_new (mc_entity_find ("visit"), NULL);

      g_test_message ("%s with %d beds, %s", cases[i].json, cases[i].beds, cases[i].kind ? cases[i].kind : "no kind");
      g_assert_cmpuint (faults->len, ==, 0);
      if (cases[i].beds >= 0)
        mc_record_set_integer (facility, "beds", cases[i].beds);
      mc_record_set_text (facility, "kind", cases[i].kind);
      mc_record_set_integer (facility, "floor_area", 2050);
      mc_record_set_text (facility, "opened_on", "2024-01-01");
      mc_record_set_text (facility, "sample_fields", "beds\nopened_on");
      mc_record_set_text (visit, "type", "case");
      mc_record_set_boolean (visit, "late_entry", TRUE);
      g_assert_cmpint (mc_condition_evaluate (condition, facility, visit), ==, cases[i].truth);
    }
  g_assert_cmpint (mc_condition_evaluate (NULL, NULL, NULL), ==, MC_TRUTH_TRUE);
}

static void
test_without_records (void)
{
  g_autoptr (McCondition) condition = read_condition (BEDS, NULL);

  g_assert_cmpint (mc_condition_evaluate (condition, NULL, NULL), ==, MC_TRUTH_UNKNOWN);
}

static void
test_faults (void)
{
  static const struct
  {
    const char *json;
    const char *fault; /* how the first one begins */
  } cases[] = {
    { "1", "applies_if: must be a condition" },
    { "{}", "applies_if: must be a condition" },
    { "{\"all\":[" BEDS "],\"any\":[" BEDS "]}", "applies_if: must be a condition" },
    { "{\"all\":[]}", "applies_if.all: must be a list that is not empty" },
    { "{\"any\":{}}", "applies_if.any: must be a list that is not empty" },
    { "{\"any\":[" BEDS ",2]}", "applies_if.any[1]: must be a condition" },
    { "{\"field\":1,\"eq\":1}", "applies_if.field: must be the name of a column" },
    { "{\"field\":\"bedz\",\"eq\":1}", "applies_if.field: there is no column “bedz”" },
    { "{\"field\":\"assessment.beds\",\"eq\":1}", "applies_if.field: there is no column “beds”" },
    { "{\"field\":\"contact_phone\",\"eq\":\"1\"}", "applies_if.field: the column “contact_phone” is personal" },
    { "{\"field\":\"beds\"}", "applies_if: beside “field” exactly one" },
    { "{\"field\":\"beds\",\"ge\":1,\"le\":2}", "applies_if: beside “field” exactly one" },
    { "{\"field\":\"beds\",\"gt\":1}", "applies_if: beside “field” exactly one" },
    { "{\"field\":\"beds\",\"ge\":\"1\"}", "applies_if.ge: must be a number" },
    { "{\"field\":\"beds\",\"ge\":1.5}", "applies_if.ge: must be a whole number" },
    { "{\"field\":\"floor_area\",\"ge\":1.005}", "applies_if.ge: must be a whole number" },
    { "{\"field\":\"beds\",\"eq\":[1]}", "applies_if.eq: must be a single value" },
    { "{\"field\":\"beds\",\"in\":1}", "applies_if.in: must be a list" },
    { "{\"field\":\"beds\",\"in\":[1,\"x\"]}", "applies_if.in[1]: must be a number" },
    { "{\"field\":\"kind\",\"ge\":\"elder_home\"}", "applies_if.ge: the column “kind” has no order" },
    { "{\"field\":\"kind\",\"eq\":\"hotel\"}", "applies_if.eq: “hotel” is no code of the list “facility-kind”" },
    { "{\"field\":\"kind\",\"eq\":\"\"}", "applies_if.eq: must be a text" },
    { "{\"field\":\"assessment.late_entry\",\"eq\":1}", "applies_if.eq: must be true or false" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) faults = g_ptr_array_new_with_free_func (g_free);
      McCondition *condition = read_condition (cases[i].json, faults);

      g_test_message ("%s", cases[i].json);
      g_assert_null (condition);
      g_assert_cmpuint (faults->len, ==, 1);
      g_test_message ("%s", (char *) g_ptr_array_index (faults, 0));
      g_assert_true (g_str_has_prefix (g_ptr_array_index (faults, 0), cases[i].fault));
    }
}

static void
test_depth (void)
{
  for (guint depth = MC_CONDITION_MAX_DEPTH - 1; depth <= MC_CONDITION_MAX_DEPTH; depth++)
    {
      g_autoptr (GString) json = g_string_new (BEDS);
      g_autoptr (GPtrArray) faults = g_ptr_array_new_with_free_func (g_free);
      McCondition *condition;

      for (guint i = 0; i < depth; i++)
        {
          g_string_prepend (json, "{\"not\":");
          g_string_append_c (json, '}');
        }
      condition = read_condition (json->str, faults);
      g_assert_cmpint (condition != NULL, ==, depth < MC_CONDITION_MAX_DEPTH);
      g_clear_pointer (&condition, mc_condition_unref);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/standards/condition/truth", test_truth);
  g_test_add_func ("/standards/condition/without-records", test_without_records);
  g_test_add_func ("/standards/condition/faults", test_faults);
  g_test_add_func ("/standards/condition/depth", test_depth);
  return g_test_run ();
}
