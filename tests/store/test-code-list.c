/* SPDX-License-Identifier: GPL-3.0-or-later
 * Code lists: complete, without ambiguity, and found by what officials write. */
#include "store/mc-code-list.h"
#include "store/mc-entity.h"

#include <string.h>

/* Each choice field of each entity has its list. */
static void
test_every_choice_has_its_list (void)
{
  guint n_entities;
  const McEntity *const *entities = mc_entity_list (&n_entities);

  for (guint i = 0; i < n_entities; i++)
    for (guint j = 0; j < entities[i]->n_fields; j++)
      if (entities[i]->fields[j].type == MC_FIELD_CHOICE)
        g_assert_nonnull (mc_code_list (entities[i]->fields[j].list)[0]);
}

/* A code, label or synonym means one code of its list only. */
static void
test_no_text_is_ambiguous (void)
{
  static const char *const lists[] = { "role", "area-level", "authority-kind", "facility-kind", "ownership", "supply-model", "facility-status",
                                       "credit-risk-class", "facility-field", "grade", "class-kind", "matter-importance", "visit-type",
                                       "visit-source", "answer", "severity", "finding-way", "result-code", "external-system",
                                       "photo-stage", "photo-format", "follow-up-result", "document-kind", "delivery-way", "signature-role",
                                       "signature-way" };

  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      const McCode *const *codes = mc_code_list (lists[i]);

      for (guint j = 0; codes[j] != NULL; j++)
        {
          g_test_message ("%s %s", lists[i], codes[j]->code);
          g_assert_true (mc_code_find (lists[i], codes[j]->code) == codes[j]);
          g_assert_cmpstr (mc_code_from_text (lists[i], codes[j]->code), ==, codes[j]->code);
          g_assert_cmpstr (mc_code_from_text (lists[i], codes[j]->label), ==, codes[j]->code);
          g_assert_cmpstr (mc_code_from_text (lists[i], codes[j]->short_label), ==, codes[j]->code);
          for (guint k = 0; codes[j]->synonyms[k] != NULL; k++)
            g_assert_cmpstr (mc_code_from_text (lists[i], codes[j]->synonyms[k]), ==, codes[j]->code);
        }
    }
}

static void
test_texts_of_sheets (void)
{
  static const struct { const char *list, *text, *code; } cases[] = {
    { "facility-kind", "\u517b\u8001", "elder_home" },
    { "facility-kind", "\u6258\u80b2", "childcare" },
    { "facility-kind", "\u9547(\u8857\u9053)\u5c45\u5bb6\u517b\u8001\u670d\u52a1\u4e2d\u5fc3", "township_elder_centre" },
    { "facility-kind", " \u656c\u8001\u9662 ", "rural_elder_home" },
    { "facility-kind", "Elder_Home", "elder_home" },
    { "credit-risk-class", "\uff22 \u4e00\u822c", "B" },
    { "credit-risk-class", "d", "D" },
    { "facility-status", "\u5728\u5efa", "preparing" },
    { "grade", "\u56db\u661f", "4" },
    { "grade", "\u56db\u7ea7", "4" },
    { "grade", "5a", "5A" },
    { "facility-kind", "\u5b66\u6821", NULL },
    { "facility-kind", "", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpstr (mc_code_from_text (cases[i].list, cases[i].text), ==, cases[i].code);
}

static void
test_unknown_codes_show_themselves (void)
{
  g_assert_cmpstr (mc_code_label ("facility-kind", "of_a_newer_version"), ==, "of_a_newer_version");
  g_assert_cmpstr (mc_code_short_label ("facility-kind", "of_a_newer_version"), ==, "of_a_newer_version");
  g_assert_cmpstr (mc_code_label ("facility-kind", NULL), ==, "");
  g_assert_null (mc_code_find ("facility-kind", NULL));
  g_assert_cmpstr (mc_code_short_label ("facility-kind", "rural_elder_home"), ==, mc_code_label ("facility-kind", "rural_elder_home"));
}

static void
test_unknown_list_is_a_programming_error (void)
{
  g_test_expect_message (NULL, G_LOG_LEVEL_CRITICAL, "*no code list*");
  g_assert_null (mc_code_list ("no-such-list")[0]);
  g_test_assert_expected_messages ();
}

/* Kinds carry what they are: the facilities page filters by it. */
static void
test_kinds_have_groups (void)
{
  const McCode *const *kinds = mc_code_list ("facility-kind");
  guint n = 0;

  for (; kinds[n] != NULL; n++)
    g_assert_true (strcmp (kinds[n]->group, "elder") == 0 || strcmp (kinds[n]->group, "childcare") == 0);
  g_assert_cmpuint (n, ==, 14);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/code-list/every-choice-has-its-list", test_every_choice_has_its_list);
  g_test_add_func ("/store/code-list/no-text-is-ambiguous", test_no_text_is_ambiguous);
  g_test_add_func ("/store/code-list/texts-of-sheets", test_texts_of_sheets);
  g_test_add_func ("/store/code-list/unknown-codes-show-themselves", test_unknown_codes_show_themselves);
  g_test_add_func ("/store/code-list/unknown-list", test_unknown_list_is_a_programming_error);
  g_test_add_func ("/store/code-list/kinds-have-groups", test_kinds_have_groups);
  return g_test_run ();
}
