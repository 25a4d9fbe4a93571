/* SPDX-License-Identifier: GPL-3.0-or-later
 * Values as the window shows them: numbers, money, dates, codes, what is missing. */
#include "widgets/mc-format.h"

#include "widgets/mc-answer-buttons.h"
#include "widgets/mc-history-list.h"
#include "widgets/mc-search-entry.h"
#include "widgets/mc-session.h"

#define THIN "\xe2\x80\xaf"

static void
assert_text (char *found, const char *expected)
{
  g_assert_cmpstr (found, ==, expected);
  g_free (found);
}

static void
test_numbers (void)
{
  assert_text (mc_format_count (0), "0");
  assert_text (mc_format_count (999), "999");
  assert_text (mc_format_count (8141), "8141");
  assert_text (mc_format_count (12345), "12" THIN "345");
  assert_text (mc_format_count (-1234567), "-1" THIN "234" THIN "567");
  assert_text (mc_format_hundredths (1900811), "19" THIN "008.11");
  assert_text (mc_format_hundredths (250), "2.5");
  assert_text (mc_format_hundredths (200), "2");
  assert_text (mc_format_hundredths (-5), "-0.05");
  assert_text (mc_format_hundredths (5), "0.05");
  assert_text (mc_format_money (2591273 * 10000LL), "25" THIN "912.73 ten thousand yuan");
  assert_text (mc_format_money (700 * 1000000LL), "700 ten thousand yuan");
  assert_text (mc_format_money (12345), "123.45 yuan");
  assert_text (mc_format_money (1000001), "10" THIN "000.01 yuan"); /* a fen is never rounded away */
}

static void
test_dates (void)
{
  GDate thursday;

  g_date_clear (&thursday, 1);
  g_date_set_dmy (&thursday, 19, G_DATE_NOVEMBER, 2026);
  assert_text (mc_format_short_date ("2026-11-19"), "11/19");
  assert_text (mc_format_short_date ("2026-02-30"), "2026-02-30"); /* no such day: shown as it stands */
  assert_text (mc_format_short_date (NULL), "");
  assert_text (mc_format_weekday (&thursday), "Thursday");
}

static void
test_values (void)
{
  const McEntity *facility = mc_entity_find ("facility");
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);
  g_auto (McValue) value = MC_VALUE_INIT;

  g_hash_table_insert (names, (gpointer) "a1", (gpointer) "南湖区");
  assert_text (mc_format_value (mc_entity_field (facility, "beds"), &value, NULL), "");
  mc_value_init_integer (&value, 420);
  assert_text (mc_format_value (mc_entity_field (facility, "beds"), &value, NULL), "420");
  mc_value_clear (&value);
  mc_value_init_text (&value, "elder_home");
  assert_text (mc_format_value (mc_entity_field (facility, "kind"), &value, NULL), "养老机构");
  mc_value_clear (&value);
  mc_value_init_text (&value, "a1");
  assert_text (mc_format_value (mc_entity_field (facility, "area"), &value, names), "南湖区");
  assert_text (mc_format_value (mc_entity_field (facility, "area"), &value, NULL), "a record"); /* never an id */
  mc_value_clear (&value);
  mc_value_init_text (&value, "credit_risk_class\nstatus"); /* no keys, no codes, no ids */
  assert_text (mc_format_value (mc_entity_field (facility, "sample_fields"), &value, NULL), "Credit risk class, Status");
  mc_value_clear (&value);
  mc_value_init_text (&value, "*");
  assert_text (mc_format_value (mc_entity_field (facility, "sample_fields"), &value, NULL), "the whole record");
  mc_value_clear (&value);
  mc_value_init_text (&value, "elder_home\nrural_elder_home");
  assert_text (mc_format_value (mc_entity_field (mc_entity_find ("check_matter"), "facility_kinds"), &value, NULL), "养老机构, 敬老院");
  mc_value_clear (&value);
  mc_value_init_text (&value, "0191d5a0-0000-7000-8000-000000000001");
  assert_text (mc_format_value (mc_entity_field (mc_entity_find ("visit"), "assistants"), &value, NULL), "a record");
  mc_value_clear (&value);
  mc_value_init_boolean (&value, FALSE);
  assert_text (mc_format_value (mc_entity_field (mc_entity_find ("answer"), "bulk"), &value, NULL), "No");
  mc_value_clear (&value);
  mc_value_init_sealed (&value, "0000000000000000000000000000000000000000000000000000000000000000");
  assert_text (mc_format_value (mc_entity_field (facility, "note"), &value, NULL), "(erased or not held here)");
}

static void
test_history (void)
{
  McHistoryEntry entry = { .kind = MC_HISTORY_SET, .entity = mc_entity_find ("facility"), .by_name = (char *) "检查员01", .device_name = (char *) "JX-NB-02" };
  g_autofree char *origin = NULL;

  entry.field = mc_entity_field (entry.entity, "beds");
  mc_value_init_integer (&entry.new_value, 420);
  assert_text (mc_history_describe (&entry, NULL), "Elder-care beds: 420");
  mc_value_init_integer (&entry.old_value, 400);
  assert_text (mc_history_describe (&entry, NULL), "Elder-care beds: 400 → 420");
  mc_value_clear (&entry.new_value);
  assert_text (mc_history_describe (&entry, NULL), "Elder-care beds: 400 → empty");
  entry.kind = MC_HISTORY_AMEND;
  entry.reason = (char *) "typed wrong";
  assert_text (mc_history_describe (&entry, NULL), "Amendment: Elder-care beds: 400 → empty");
  origin = mc_history_describe_origin (&entry);
  g_assert_true (g_str_has_prefix (origin, "检查员01 · "));
  g_assert_true (g_str_has_suffix (origin, " · device JX-NB-02 · reason: typed wrong"));
  entry.kind = MC_HISTORY_SEAL;
  entry.reason = (char *) "finalise";
  assert_text (mc_history_describe (&entry, NULL), "Finalised");
  entry.kind = MC_HISTORY_SET;
  entry.field = NULL;
  assert_text (mc_history_describe (&entry, NULL), "A value that this version does not know; it shows after the update");
}

/* MIIT: main text 18 pt at least, adjustable to 30. */
static void
test_text_points (void)
{
  static const struct
  {
    guint size;
    gboolean elder;
    double points;
  } cases[] = { { 100, FALSE, 11 }, { 150, FALSE, 16.5 }, { 200, FALSE, 22 }, { 100, TRUE, 18 }, { 150, TRUE, 24 }, { 200, TRUE, 30 }, { 99, TRUE, 18 }, { 201, TRUE, 30 } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpfloat_with_epsilon (mc_text_points (cases[i].size, cases[i].elder), cases[i].points, 1e-9);
}

static void
test_answer_keys (void)
{
  static const struct
  {
    guint key;
    GdkModifierType state;
    int index;
  } cases[] = { { GDK_KEY_1, 0, 0 },   { GDK_KEY_3, 0, 2 },       { GDK_KEY_KP_2, 0, 1 },         { GDK_KEY_0, 0, -1 },
                { GDK_KEY_a, 0, -1 },  { GDK_KEY_1, GDK_CONTROL_MASK, -1 }, { GDK_KEY_1, GDK_ALT_MASK, -1 }, { GDK_KEY_1, GDK_LOCK_MASK, 0 },
                { 0x0100ff12, 0, 1 } }; /* full-width 2 */

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (mc_answer_key_index (cases[i].key, cases[i].state), ==, cases[i].index);
}

static void
test_elder_words (void)
{
  g_assert_true (mc_search_is_elder_word ("长辈"));
  g_assert_true (mc_search_is_elder_word ("大字版"));
  g_assert_true (mc_search_is_elder_word ("关怀模式"));
  g_assert_false (mc_search_is_elder_word ("大"));
  g_assert_false (mc_search_is_elder_word (""));
  g_assert_false (mc_search_is_elder_word ("康养中心"));
}

static void
test_one_at_a_time_follows_elder (void)
{
  g_autoptr (McSession) session = mc_session_new ();

  g_assert_false (mc_session_get_one_at_a_time (session));
  mc_session_set_elder (session, TRUE);
  g_assert_true (mc_session_get_one_at_a_time (session));
  g_object_set (session, "one-at-a-time", FALSE, NULL); /* off by a visible button */
  g_assert_false (mc_session_get_one_at_a_time (session));
  g_object_set (session, "one-at-a-time", TRUE, NULL);
  mc_session_set_elder (session, FALSE);
  g_assert_false (mc_session_get_one_at_a_time (session));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/format/numbers", test_numbers);
  g_test_add_func ("/format/dates", test_dates);
  g_test_add_func ("/format/values", test_values);
  g_test_add_func ("/format/history", test_history);
  g_test_add_func ("/session/text-points", test_text_points);
  g_test_add_func ("/session/one-at-a-time-follows-elder", test_one_at_a_time_follows_elder);
  g_test_add_func ("/answers/keys", test_answer_keys);
  g_test_add_func ("/search/elder-words", test_elder_words);
  return g_test_run ();
}
