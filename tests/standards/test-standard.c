/* SPDX-License-Identifier: GPL-3.0-or-later
 * A standard is read whole or refused, every violation of its schema named. */
#include "standards/mc-standard.h"

#include <string.h>

static const char good_standard[] =
  "{\"id\":\"test-standard\",\"version\":\"1\",\"kind\":\"inspection\",\"title\":\"Test\",\"authority_kind\":\"civil_affairs\","
  "\"facility_kinds\":[\"elder_home\"],"
  "\"basis\":{\"document\":\"Law\",\"article\":\"1\",\"certainty\":\"found\"},"
  "\"effective_from\":\"2024-01-01\",\"effective_to\":\"2024-12-31\","
  "\"notice_rule\":[{\"type\":\"routine\",\"working_days\":3,\"basis\":{\"document\":\"Law\",\"certainty\":\"found\"}},"
  "{\"type\":\"case\",\"forbidden\":true,\"basis\":{\"document\":\"Law\",\"certainty\":\"found\"}}],"
  "\"inspectors_min\":{\"count\":2,\"basis\":{\"document\":\"Law\",\"certainty\":\"recalled\"}},"
  "\"remarks\":[\"A remark\"],"
  "\"answers\":[{\"code\":\"conform\",\"label\":\"Yes\"},{\"code\":\"nonconform\",\"label\":\"No\",\"plain\":\"Nope\"},"
  "{\"code\":\"not_applicable\",\"label\":\"N/A\"}],"
  "\"sections\":[{\"code\":\"A\",\"title\":\"First\",\"max\":7.5},{\"code\":\"B\",\"title\":\"Second\"}],"
  "\"items\":["
  "{\"code\":\"B1\",\"section\":\"B\",\"text\":\"Text B1\",\"plain\":\"Plain B1\",\"method\":\"Look\",\"basis\":[{\"document\":\"Law\",\"article\":\"2\",\"certainty\":\"source\"},"
  "{\"document\":\"Rule\",\"certainty\":\"recalled\"}],\"matter\":\"M-1\",\"competent\":[\"civil_affairs\",\"fire\"],\"answer\":\"conform\",\"severity\":\"serious\","
  "\"veto\":true,\"applies_if\":{\"field\":\"beds\",\"ge\":10}},"
  "{\"code\":\"A1\",\"section\":\"A\",\"text\":\"Text A1\",\"plain\":\"Plain A1\",\"basis\":{\"document\":\"Law\",\"certainty\":\"unknown\"},"
  "\"competent\":[\"health\"],\"answer\":\"score\",\"max\":5},"
  "{\"code\":\"A2\",\"section\":\"A\",\"text\":\"Text A2\",\"plain\":\"Plain A2\",\"basis\":{\"document\":\"Law\",\"certainty\":\"found\"},"
  "\"competent\":[\"health\"],\"answer\":\"choice\",\"max\":2.5,\"choices\":[{\"value\":\"full\",\"label\":\"Full\",\"conform\":true,\"score\":2.5},"
  "{\"value\":\"part\",\"label\":\"Part\",\"score\":1.25},{\"value\":\"none\",\"label\":\"None\",\"conform\":false}]},"
  "{\"code\":\"A3\",\"section\":\"A\",\"text\":\"Text A3\",\"plain\":\"Plain A3\",\"basis\":{\"document\":\"Law\",\"certainty\":\"found\"},"
  "\"competent\":[\"health\"],\"answer\":\"number\"},"
  "{\"code\":\"B2\",\"section\":\"B\",\"text\":\"Text B2\",\"plain\":\"Plain B2\",\"basis\":{\"document\":\"Law\",\"certainty\":\"found\"},"
  "\"competent\":[\"health\"],\"answer\":\"document\"}],"
  "\"grades\":[{\"grade\":\"low\",\"min_total\":3,\"min_section_percent\":40},{\"grade\":\"high\",\"min_total\":6,\"min_section_percent\":80,\"requires\":[\"B1\"]}]}";

static McStandard *
read_text (const char *text, GPtrArray **faults, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  return mc_standard_new_from_bytes (bytes, faults, error);
}

static McStandard *
read_good (void)
{
  g_autoptr (GError) error = NULL;
  McStandard *standard = read_text (good_standard, NULL, &error);

  g_assert_no_error (error);
  return standard;
}

static void
test_reads_all (void)
{
  g_autoptr (McStandard) standard = read_good ();
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, good_standard, -1);
  const McBasis *basis;
  const McItem *item;
  guint n;

  g_assert_cmpstr (mc_standard_get_version_id (standard), ==, digest);
  g_assert_cmpstr (mc_standard_get_key (standard), ==, "test-standard");
  g_assert_cmpstr (mc_standard_get_remarks (standard)[0], ==, "A remark");
  g_assert_cmpuint (mc_standard_get_inspectors_min (standard, &basis), ==, 2);
  g_assert_cmpstr (basis->certainty, ==, "recalled");
  g_assert_cmpint (mc_standard_find_notice_rule (standard, "routine")->working_days, ==, 3);
  g_assert_true (mc_standard_find_notice_rule (standard, "case")->forbidden);
  g_assert_null (mc_standard_find_notice_rule (standard, "special"));

  item = mc_standard_find_item (standard, "B1");
  g_assert_cmpstr (item->text, ==, "Text B1");
  g_assert_cmpstr (item->method, ==, "Look");
  g_assert_cmpstr (item->matter, ==, "M-1");
  g_assert_cmpstr (item->competent[1], ==, "fire");
  g_assert_cmpuint (item->n_basis, ==, 2);
  g_assert_true (item->veto);
  g_assert_nonnull (item->applies_if);
  g_assert_cmpstr (mc_standard_find_item (standard, "A1")->severity, ==, NULL);
  g_assert_null (mc_standard_find_item (standard, "C1"));

  g_assert_cmpstr (mc_standard_get_grades (standard, &n)[0].grade, ==, "high");
  g_assert_cmpuint (n, ==, 2);
}

/* Items stand in the order of their sections, whatever the order in the document. */
static void
test_orders_items (void)
{
  static const char *const codes[] = { "A1", "A2", "A3", "B1", "B2" };
  g_autoptr (McStandard) standard = read_good ();
  const McSection *sections;
  const McItem *items;
  guint n;

  items = mc_standard_get_items (standard, &n);
  g_assert_cmpuint (n, ==, G_N_ELEMENTS (codes));
  for (guint i = 0; i < n; i++)
    {
      g_assert_cmpstr (items[i].code, ==, codes[i]);
      g_assert_true (mc_standard_find_item (standard, codes[i]) == &items[i]);
    }
  sections = mc_standard_get_sections (standard, &n);
  g_assert_cmpuint (sections[0].n_items, ==, 3);
  g_assert_cmpuint (sections[1].first_item, ==, 3);
  g_assert_cmpint (sections[0].max, ==, 750);
  g_assert_cmpint (sections[1].max, ==, 0);
}

static void
test_effective_days (void)
{
  g_autoptr (McStandard) standard = read_good ();

  g_assert_false (mc_standard_is_effective (standard, "2023-12-31"));
  g_assert_true (mc_standard_is_effective (standard, "2024-01-01"));
  g_assert_true (mc_standard_is_effective (standard, "2024-12-31"));
  g_assert_false (mc_standard_is_effective (standard, "2025-01-01"));
  g_assert_true (mc_standard_covers_kind (standard, "elder_home"));
  g_assert_false (mc_standard_covers_kind (standard, "childcare"));
  g_assert_false (mc_standard_covers_kind (standard, NULL));
}

static void
test_answers (void)
{
  static const struct
  {
    const char *item, *value;
    gboolean good;
    McAnswerMeaning meaning;
    const char *label;
  } cases[] = {
    { "B1", NULL, TRUE, MC_ANSWER_NONE, "" },
    { "B1", "", TRUE, MC_ANSWER_NONE, "" },
    { "B1", "conform", TRUE, MC_ANSWER_CONFORM, "Yes" },
    { "B1", "nonconform", TRUE, MC_ANSWER_NONCONFORM, "No" },
    { "B1", "not_applicable", TRUE, MC_ANSWER_NOT_APPLICABLE, "N/A" },
    { "B1", "not_checked", FALSE, MC_ANSWER_VALUE, "not_checked" }, /* this standard does not offer it */
    { "B1", "3", FALSE, MC_ANSWER_VALUE, "3" },
    { "B2", "conform", TRUE, MC_ANSWER_CONFORM, "Yes" },
    { "A1", "0", TRUE, MC_ANSWER_VALUE, "0" },
    { "A1", "5", TRUE, MC_ANSWER_VALUE, "5" },
    { "A1", "5.00", TRUE, MC_ANSWER_VALUE, "5.00" },
    { "A1", "5.01", FALSE, MC_ANSWER_VALUE, "5.01" },
    { "A1", "-0.01", FALSE, MC_ANSWER_VALUE, "-0.01" },
    { "A1", "4.999", FALSE, MC_ANSWER_VALUE, "4.999" },
    { "A1", "conform", FALSE, MC_ANSWER_VALUE, "conform" },
    { "A1", "not_applicable", TRUE, MC_ANSWER_NOT_APPLICABLE, "N/A" },
    { "A2", "full", TRUE, MC_ANSWER_CONFORM, "Full" },
    { "A2", "part", TRUE, MC_ANSWER_VALUE, "Part" },
    { "A2", "none", TRUE, MC_ANSWER_NONCONFORM, "None" },
    { "A2", "Full", FALSE, MC_ANSWER_VALUE, "Full" },
    { "A3", "-12.5", TRUE, MC_ANSWER_VALUE, "-12.5" },
    { "A3", "many", FALSE, MC_ANSWER_VALUE, "many" },
  };
  g_autoptr (McStandard) standard = read_good ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const McItem *item = mc_standard_find_item (standard, cases[i].item);
      g_autoptr (GError) error = NULL;

      g_test_message ("%s = %s", cases[i].item, cases[i].value ? cases[i].value : "(none)");
      g_assert_cmpint (mc_standard_check_answer (standard, item, cases[i].value, &error), ==, cases[i].good);
      g_assert_cmpint (error == NULL, ==, cases[i].good);
      g_assert_cmpint (mc_standard_read_answer (standard, item, cases[i].value), ==, cases[i].meaning);
      g_assert_cmpstr (mc_standard_answer_label (standard, item, cases[i].value), ==, cases[i].label);
    }
}

static void
test_hundredths (void)
{
  static const struct
  {
    const char *text;
    gboolean good;
    gint64 number;
  } cases[] = {
    { "0", TRUE, 0 }, { "12", TRUE, 1200 }, { "12.5", TRUE, 1250 }, { "12.05", TRUE, 1205 }, { "-1.25", TRUE, -125 },
    { "007", TRUE, 700 }, { "", FALSE, 0 }, { ".5", FALSE, 0 }, { "5.", FALSE, 0 }, { "1.234", FALSE, 0 }, { "1..2", FALSE, 0 },
    { "1,5", FALSE, 0 }, { "1e3", FALSE, 0 }, { " 1", FALSE, 0 }, { "--1", FALSE, 0 }, { "9999999999999999999", FALSE, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gint64 number = 0;

      g_test_message ("“%s”", cases[i].text);
      g_assert_cmpint (mc_standard_parse_hundredths (cases[i].text, &number), ==, cases[i].good);
      g_assert_cmpint (number, ==, cases[i].number);
    }
}

static void
test_basis (void)
{
  static const struct
  {
    const char *certainty;
    gboolean unverified;
  } cases[] = { { "source", FALSE }, { "found", FALSE }, { "second_hand", TRUE }, { "recalled", TRUE }, { "unknown", TRUE } };
  const McBasis whole = { "Law", "2", "found" }, bare = { "Law", NULL, "found" };
  g_autofree char *with = mc_basis_to_text (&whole), *without = mc_basis_to_text (&bare);

  g_assert_cmpstr (with, ==, "Law 2");
  g_assert_cmpstr (without, ==, "Law");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const McBasis basis = { "Law", NULL, cases[i].certainty };

      g_assert_cmpint (mc_basis_is_unverified (&basis), ==, cases[i].unverified);
    }
}

/* One change of the good document each; the violation must be named with its path. */
static const struct
{
  const char *find, *replace;
  const char *path, *reason; /* how the reason begins */
} violations[] = {
  { "\"id\":\"test-standard\",", "", "id", "is missing" },
  { "\"id\":\"test-standard\"", "\"id\":\"Test standard\"", "id", "must be lower-case" },
  { "\"id\":\"test-standard\"", "\"id\":7", "id", "must be a text" },
  { "\"version\":\"1\"", "\"version\":\" \"", "version", "must not be empty" },
  { "\"version\":\"1\"", "\"version\":null", "version", "is missing" },
  { "\"kind\":\"inspection\"", "\"kind\":\"audit\"", "kind", "“audit” is no code of the list “standard-kind”" },
  { "\"title\":\"Test\",", "", "title", "is missing" },
  { "\"title\":\"Test\"", "\"titel\":\"x\",\"title\":\"Test\"", "titel", "this key is not known" },
  { "\"authority_kind\":\"civil_affairs\"", "\"authority_kind\":\"army\"", "authority_kind", "“army” is no code" },
  { "[\"elder_home\"]", "[\"elder_home\",\"hotel\"]", "facility_kinds[1]", "“hotel” is no code" },
  { "[\"elder_home\"]", "[\"elder_home\",\"elder_home\"]", "facility_kinds[1]", "“elder_home” stands twice" },
  { "[\"elder_home\"]", "\"elder_home\"", "facility_kinds", "must be a list" },
  { "[\"elder_home\"]", "[3]", "facility_kinds[0]", "must be a text" },
  { "\"basis\":{\"document\":\"Law\",\"article\":\"1\",\"certainty\":\"found\"},", "", "basis", "is missing" },
  { "\"article\":\"1\",\"certainty\":\"found\"", "\"article\":\"1\",\"certainty\":\"sure\"", "basis.certainty", "“sure” is no code" },
  { "\"article\":\"1\",\"certainty\":\"found\"", "\"article\":\"1\"", "basis.certainty", "is missing" },
  { "\"effective_from\":\"2024-01-01\"", "\"effective_from\":\"2024-02-30\"", "effective_from", "must be a date" },
  { "\"effective_from\":\"2024-01-01\",", "", "effective_from", "is missing" },
  { "\"effective_to\":\"2024-12-31\"", "\"effective_to\":\"2023-12-31\"", "effective_to", "is before effective_from" },
  { "\"type\":\"routine\"", "\"type\":\"surprise\"", "notice_rule[0].type", "“surprise” is no code" },
  { "\"working_days\":3", "\"working_days\":-1", "notice_rule[0].working_days", "must be a whole number" },
  { "\"forbidden\":true", "\"forbidden\":true,\"working_days\":1", "notice_rule[1].working_days", "a notice that is forbidden" },
  { "\"forbidden\":true", "\"forbidden\":1", "notice_rule[1].forbidden", "must be true or false" },
  { "\"count\":2", "\"count\":0", "inspectors_min.count", "must be at least 1" },
  { "\"inspectors_min\":{", "\"inspectors_min\":2,\"remarks2\":{", "inspectors_min", "must be an object" },
  { "[\"A remark\"]", "[\"\"]", "remarks[0]", "must be a text" },
  { "\"code\":\"conform\"", "\"code\":\"fine\"", "answers[0].code", "“fine” is no code" },
  { "\"code\":\"not_applicable\"", "\"code\":\"conform\"", "answers", "“conform” stands twice" },
  { "{\"code\":\"conform\",\"label\":\"Yes\"},", "", "answers", "“conform” and “nonconform” must both" },
  { ",\"label\":\"Yes\"", "", "answers[0].label", "is missing" },
  { "{\"code\":\"B\",\"title\":\"Second\"}", "{\"code\":\"A\",\"title\":\"Second\"}", "sections[1].code", "“A” stands twice" },
  { "{\"code\":\"B\",\"title\":\"Second\"}", "{\"code\":\"B\",\"title\":\"Second\"},{\"code\":\"C\",\"title\":\"Third\"}", "sections[2]", "the section has no items" },
  { "{\"code\":\"B\",\"title\":\"Second\"}", "7", "sections[1]", "must be an object" },
  { "\"max\":7.5", "\"max\":8", "sections[0].max", "is not the sum" },
  { "\"max\":7.5", "\"max\":7.505", "sections[0].max", "must be a number of at least 0" },
  { "\"max\":7.5", "\"max\":\"7\"", "sections[0].max", "must be a number" },
  { "\"code\":\"B2\"", "\"code\":\"B1\"", "items[4].code", "“B1” stands twice" },
  { "\"code\":\"B2\",\"section\":\"B\"", "\"code\":\"B2\",\"section\":\"Z\"", "items[4].section", "there is no section “Z”" },
  { "\"text\":\"Text B2\",", "", "items[4].text", "is missing" },
  { "\"plain\":\"Plain B2\",", "", "items[4].plain", "is missing" },
  { "\"certainty\":\"recalled\"}],\"matter\"", "\"certainty\":\"rumour\"}],\"matter\"", "items[0].basis[1].certainty", "“rumour” is no code" },
  { "[\"civil_affairs\",\"fire\"]", "[]", "items[0].competent", "must not be empty" },
  { "[\"civil_affairs\",\"fire\"]", "[\"civil_affairs\",\"army\"]", "items[0].competent[1]", "“army” is no code" },
  { "\"answer\":\"document\"", "\"answer\":\"photo\"", "items[4].answer", "must be conform, score" },
  { "\"answer\":\"document\"", "\"answer\":\"document\",\"max\":1", "items[4].max", "only a score or a choice" },
  { "\"answer\":\"score\",\"max\":5", "\"answer\":\"score\"", "items[1].max", "a score needs a maximum" },
  { "\"answer\":\"number\"", "\"answer\":\"number\",\"choices\":[{\"value\":\"a\",\"label\":\"A\"}]", "items[3].choices", "only an item that is answered by a choice" },
  { "\"answer\":\"number\"", "\"answer\":\"choice\"", "items[3].choices", "at least two choices" },
  { "\"value\":\"part\"", "\"value\":\"full\"", "items[2].choices[1].value", "“full” stands twice" },
  { "\"conform\":true,\"score\":2.5", "\"conform\":true,\"score\":2.51", "items[2].choices[0].score", "is above the item's maximum" },
  { "\"conform\":true,\"score\":2.5", "\"conform\":1,\"score\":2.5", "items[2].choices[0].conform", "must be true or false" },
  { "\"severity\":\"serious\"", "\"severity\":\"huge\"", "items[0].severity", "“huge” is no code" },
  { "\"veto\":true", "\"veto\":\"yes\"", "items[0].veto", "must be true or false" },
  { "\"ge\":10", "\"ge\":\"ten\"", "items[0].applies_if.ge", "must be a number" },
  { "{\"field\":\"beds\",\"ge\":10}", "[]", "items[0].applies_if", "must be a condition" },
  { "\"min_total\":6", "\"min_total\":7.51", "grades[1].min_total", "is above the points of all sections" },
  { "\"min_section_percent\":80", "\"min_section_percent\":100.01", "grades[1].min_section_percent", "must be at most 100" },
  { "[\"B1\"]", "[\"B9\"]", "grades[1].requires[0]", "there is no item “B9”" },
  { "\"grade\":\"high\"", "\"grade\":\"low\"", "grades[1].grade", "this grade stands twice" },
};

static gboolean
names_fault (GPtrArray *faults, const char *path, const char *reason)
{
  for (guint i = 0; i < faults->len; i++)
    {
      McStandardFault *fault = g_ptr_array_index (faults, i);

      g_test_message ("  %s: %s", fault->path, fault->reason);
      if (strcmp (fault->path, path) == 0 && g_str_has_prefix (fault->reason, reason))
        return TRUE;
    }
  return FALSE;
}

static void
test_violations (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (violations); i++)
    {
      const char *at = strstr (good_standard, violations[i].find);
      g_autofree char *text = NULL;
      g_autoptr (GPtrArray) faults = NULL;
      g_autoptr (GError) error = NULL;

      g_test_message ("%s → %s", violations[i].find, violations[i].replace);
      g_assert_nonnull (at);
      text = g_strdup_printf ("%.*s%s%s", (int) (at - good_standard), good_standard, violations[i].replace, at + strlen (violations[i].find));
      g_assert_null (read_text (text, &faults, &error));
      g_assert_error (error, MC_STANDARD_ERROR, MC_STANDARD_ERROR_SCHEMA);
      g_assert_true (names_fault (faults, violations[i].path, violations[i].reason));
    }
}

/* All of them at once, not only the first; the message names some and counts the rest. */
static void
test_names_every_violation (void)
{
  g_autoptr (GPtrArray) faults = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_null (read_text ("{\"extra\":1}", &faults, &error));
  g_assert_error (error, MC_STANDARD_ERROR, MC_STANDARD_ERROR_SCHEMA);
  g_assert_cmpuint (faults->len, ==, 11);
  g_assert_nonnull (strstr (error->message, "\nid: is missing"));
  g_assert_nonnull (strstr (error->message, "\nand 6 more"));

  g_clear_error (&error);
  g_clear_pointer (&faults, g_ptr_array_unref);
  g_assert_null (read_text ("[]", &faults, &error));
  g_assert_cmpuint (faults->len, ==, 1);
}

/* A rating may come without its items, which the authority imports; its sections keep their points. */
static void
test_rating_without_items (void)
{
  static const char text[] =
    "{\"id\":\"rating\",\"version\":\"1\",\"kind\":\"rating\",\"title\":\"R\",\"authority_kind\":\"civil_affairs\","
    "\"basis\":{\"document\":\"Law\",\"certainty\":\"found\"},\"effective_from\":\"2024-01-01\","
    "\"answers\":[{\"code\":\"conform\",\"label\":\"Yes\"},{\"code\":\"nonconform\",\"label\":\"No\"}],"
    "\"sections\":[{\"code\":\"A\",\"title\":\"First\",\"max\":120}]}";
  g_autoptr (GError) error = NULL;
  g_autoptr (McStandard) standard = read_text (text, NULL, &error);
  guint n;

  g_assert_no_error (error);
  g_assert_cmpint (mc_standard_get_sections (standard, &n)[0].max, ==, 12000);
}

static McStandard *
read_padded (gsize length, GError **error)
{
  g_autofree char *text = g_malloc (length);
  g_autoptr (GBytes) bytes = NULL;

  memset (text, ' ', length);
  memcpy (text, good_standard, strlen (good_standard));
  bytes = g_bytes_new (text, length);
  return mc_standard_new_from_bytes (bytes, NULL, error);
}

static void
test_size (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (McStandard) largest = read_padded (MC_STANDARD_MAX_BYTES, &error);

  g_assert_no_error (error);
  g_assert_nonnull (largest);
  g_assert_null (read_padded (MC_STANDARD_MAX_BYTES + 1, &error));
  g_assert_error (error, MC_STANDARD_ERROR, MC_STANDARD_ERROR_TOO_LARGE);
}

/* json-glib would recurse into it and crash; it never sees it. */
static void
test_nested_100000_deep (void)
{
  const guint depth = 100000;
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < depth; i++)
    g_string_append (text, "{\"all\":[");
  g_assert_null (read_text (text->str, NULL, &error));
  g_assert_error (error, MC_STANDARD_ERROR, MC_STANDARD_ERROR_TOO_LARGE);
}

static void
test_syntax (void)
{
  static const char *const texts[] = { "", "{", "\xff\xfe", "{\"id\":\"a\",\"id\":\"b\"}", "not JSON" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (read_text (texts[i], NULL, &error));
      g_assert_error (error, MC_STANDARD_ERROR, MC_STANDARD_ERROR_SYNTAX);
    }
}

/* Editors on Windows put a mark before the text; it belongs to the file, so to its digest too. */
static void
test_byte_order_mark (void)
{
  g_autofree char *text = g_strconcat ("\xef\xbb\xbf", good_standard, NULL);
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
  g_autoptr (GError) error = NULL;
  g_autoptr (McStandard) standard = read_text (text, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (mc_standard_get_version_id (standard), ==, digest);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/standards/standard/reads-all", test_reads_all);
  g_test_add_func ("/standards/standard/orders-items", test_orders_items);
  g_test_add_func ("/standards/standard/effective-days", test_effective_days);
  g_test_add_func ("/standards/standard/answers", test_answers);
  g_test_add_func ("/standards/standard/hundredths", test_hundredths);
  g_test_add_func ("/standards/standard/basis", test_basis);
  g_test_add_func ("/standards/standard/violations", test_violations);
  g_test_add_func ("/standards/standard/names-every-violation", test_names_every_violation);
  g_test_add_func ("/standards/standard/rating-without-items", test_rating_without_items);
  g_test_add_func ("/standards/standard/size", test_size);
  g_test_add_func ("/standards/standard/nested-100000-deep", test_nested_100000_deep);
  g_test_add_func ("/standards/standard/syntax", test_syntax);
  g_test_add_func ("/standards/standard/byte-order-mark", test_byte_order_mark);
  return g_test_run ();
}
