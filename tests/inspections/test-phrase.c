/* SPDX-License-Identifier: GPL-3.0-or-later
 * Stock phrases: what is kept, what is offered where, and what a note and a finding take from one. */
#include "office.h"

#include "inspections/mc-phrase.h"

#define STANDARD "elder-care-inspection"

static McRecord *
phrase (const char *text, const char *standard, const char *item)
{
  g_autoptr (McRecord) authority = mc_record_new (mc_entity_find ("authority"), NULL);
  g_autoptr (GError) error = NULL;
  McRecord *record = mc_phrase_new (authority, text, standard, item, &error);

  g_assert_no_error (error);
  return record;
}

static void
test_length (void)
{
  g_autoptr (McRecord) authority = mc_record_new (mc_entity_find ("authority"), NULL);
  static const struct
  {
    guint length;
    gboolean taken;
  } cases[] = { { 0, FALSE }, { 1, TRUE }, { MC_PHRASE_MAX, TRUE }, { MC_PHRASE_MAX + 1, FALSE } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *text = g_strnfill (cases[i].length, 'x');
      g_autofree char *spaced = g_strconcat ("  ", text, " ", NULL);
      g_autoptr (McRecord) record = mc_phrase_new (authority, spaced, NULL, NULL, &error);

      g_assert_cmpint (record != NULL, ==, cases[i].taken);
      if (record)
        g_assert_cmpstr (mc_record_get_text (record, "text"), ==, text);
      else
        g_assert_error (error, MC_INSPECTION_ERROR, MC_INSPECTION_ERROR_INPUT);
    }
}

/* Texts of what is offered, joined by '|'. */
static char *
offered (GPtrArray *phrases, const char *item, const char *typed)
{
  g_autoptr (GPtrArray) list = mc_phrases_pick (phrases, STANDARD, item, typed);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < list->len; i++)
    g_string_append_printf (text, "%s%s", i ? "|" : "", mc_record_get_text (g_ptr_array_index (list, i), "text"));
  return g_strdup (text->str);
}

static void
test_offered (void)
{
  static const struct
  {
    const char *item, *typed, *texts;
  } cases[] = {
    { "C6", NULL, "door|room|any" },
    { "C7", "", "bell|room|any" },
    { "C6", "o", "door|room" },
    { "C6", "bell", "bell" },   /* found, although it is another item's */
    { "C6", "door bell", "" },  /* all words */
    { "C6", "child", "childcare" },
  };
  g_autoptr (GPtrArray) phrases = g_ptr_array_new_with_free_func ((GDestroyNotify) mc_record_free);

  g_ptr_array_add (phrases, phrase ("any", NULL, NULL));
  g_ptr_array_add (phrases, phrase ("room", STANDARD, NULL));
  g_ptr_array_add (phrases, phrase ("bell", STANDARD, "C7"));
  g_ptr_array_add (phrases, phrase ("door", STANDARD, "C6"));
  g_ptr_array_add (phrases, phrase ("childcare", "childcare-inspection", NULL));
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *texts = offered (phrases, cases[i].item, cases[i].typed);

      g_assert_cmpstr (texts, ==, cases[i].texts);
    }
}

/* 消防通道堵塞 by its initials. */
static void
test_found_by_initials (void)
{
  g_autoptr (GPtrArray) phrases = g_ptr_array_new_with_free_func ((GDestroyNotify) mc_record_free);
  g_autofree char *texts = NULL;

  g_ptr_array_add (phrases, phrase ("\u6d88\u9632\u901a\u9053\u5835\u585e", NULL, NULL));
  texts = offered (phrases, "C6", "xftd");
  g_assert_cmpstr (texts, ==, "\u6d88\u9632\u901a\u9053\u5835\u585e");
}

static void
use (McVisit **visit, const char *item, const McRecord *record)
{
  g_autoptr (GError) error = NULL;

  take_edit (visit, mc_visit_with_phrase (*visit, item, record, &error), error);
}

static void
test_used (void)
{
  g_auto (VisitSample) sample = { NULL };
  g_autoptr (McVisit) visit = NULL;
  g_autoptr (McRecord) record = phrase ("Door locked", NULL, NULL);

  visit_sample_init (&sample);
  visit = sample_visit (&sample);
  mc_record_set_text (record, "basis", "Fire law, article 28");
  mc_record_set_text (record, "requirement", "Unlock it");
  use (&visit, "C6", record);
  g_assert_cmpstr (mc_visit_get_note (visit, "C6"), ==, "Door locked");
  g_assert_null (mc_visit_get_finding (visit, "C6")); /* a phrase alone opens no finding */
  answer (&visit, "C6", "nonconform");
  use (&visit, "C6", record);
  g_assert_cmpstr (mc_visit_get_note (visit, "C6"), ==, "Door locked"); /* not twice */
  g_assert_cmpstr (finding_text (visit, "C6", "basis"), ==, "Fire law, article 28");
  g_assert_cmpstr (finding_text (visit, "C6", "certainty"), ==, "recalled");
  g_assert_cmpstr (finding_text (visit, "C6", "requirement"), ==, "Unlock it");
  mc_record_set_text (record, "text", "Bell broken");
  mc_record_set_null (record, "basis");
  mc_record_set_text (record, "requirement", "Mend it");
  use (&visit, "C6", record);
  g_assert_cmpstr (mc_visit_get_note (visit, "C6"), ==, "Door locked\nBell broken");
  g_assert_cmpstr (finding_text (visit, "C6", "description"), ==, "Door locked\nBell broken");
  g_assert_cmpstr (finding_text (visit, "C6", "basis"), ==, "Fire law, article 28");
  g_assert_cmpstr (finding_text (visit, "C6", "requirement"), ==, "Unlock it"); /* what a person wrote stands */
}

/* Kept from a finding, then read back for its authority alone. */
static void
test_kept (void)
{
  g_auto (Office) office = { { NULL } };
  g_autoptr (McVisit) visit = NULL;
  g_autoptr (McRecord) record = NULL;
  g_autoptr (GPtrArray) phrases = NULL;
  g_autoptr (GPtrArray) others = NULL;
  g_autoptr (GError) error = NULL;

  office_init (&office);
  visit = prepare (&office, NULL);
  g_assert_null (mc_phrase_new_from_finding (visit, "C6", &error)); /* nothing was written */
  g_clear_error (&error);
  note (&visit, "C6", "Door locked");
  answer (&visit, "C6", "nonconform");
  record = mc_phrase_new_from_finding (visit, "C6", &error);
  g_assert_no_error (error);
  g_assert_nonnull (mc_record_get_text (record, "basis"));
  store_save_ok (office.store, NULL, record);
  phrases = mc_phrases_load (office.store, office.authority, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (phrases->len, ==, 1);
  g_assert_cmpstr (mc_record_get_text (g_ptr_array_index (phrases, 0), "item"), ==, "C6");
  others = mc_phrases_load (office.store, office.area, &error);
  g_assert_cmpuint (others->len, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/phrase/length", test_length);
  g_test_add_func ("/phrase/offered", test_offered);
  g_test_add_func ("/phrase/found-by-initials", test_found_by_initials);
  g_test_add_func ("/phrase/used", test_used);
  g_test_add_func ("/phrase/kept", test_kept);
  return g_test_run ();
}
