/* SPDX-License-Identifier: GPL-3.0-or-later
 * Templates: what is wrong is named with its place; the ones that the program brings are right. */
#include <string.h>

#include "reports/mc-document-template.h"
#include "reports/mc-site-record.h"

static const char *const known[] = { "facility.name", "seal.text", "findings.number", NULL };

#define HEAD                                                                                                                    \
  "{\"id\":\"x\",\"title\":\"T\",\"authority\":\"\",\"number\":\"\",\"fonts\":{\"body\":\"Sans\",\"heading\":\"Sans\",\"title\":\"Sans\"}," \
  "\"page_signatures\":\"\",\"page_number\":\"{{page}}/{{pages}}\",\"seal_text\":\"\",\"seal_text_last\":\"\","                  \
  "\"draft\":{\"unless\":\"seal.text\",\"text\":\"D\"},\"blocks\":["
#define TAIL "]}"

static void
a_right_template_is_taken (void)
{
  static const char json[] = HEAD "{\"type\":\"paragraph\",\"text\":\"{{facility.name}}\"},"
                                  "{\"type\":\"table\",\"rows\":\"findings\",\"columns\":[{\"title\":\"N\",\"value\":\"{{row.number}}\",\"weight\":1}]},"
                                  "{\"type\":\"page-break\",\"if\":\"findings\"}" TAIL;
  g_autoptr (GError) error = NULL;
  g_autoptr (McDocumentTemplate) template = mc_document_template_new_from_json (json, strlen (json), known, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (mc_document_template_n_blocks (template), ==, 3);
  g_assert_cmpint (mc_document_template_get_block (template, 1)->kind, ==, MC_BLOCK_TABLE);
  g_assert_cmpstr (mc_document_template_get_block (template, 2)->condition, ==, "findings");
}

static void
what_is_wrong_is_named (void)
{
  const struct
  {
    const char *json;
    const char *named;
    const char *place;
  } cases[] = {
    { HEAD "{\"type\":\"paragraph\",\"text\":\"{{facility.nam}}\"}" TAIL, "facility.nam", "blocks[0]" },
    { HEAD "{\"type\":\"page-break\"},{\"type\":\"paragraph\",\"text\":\"{{facility.name\"}" TAIL, "}}", "blocks[1]" },
    { HEAD "{\"type\":\"paragraph\",\"text\":\"{{row.number}}\"}" TAIL, "row.number", "blocks[0]" },
    { HEAD "{\"type\":\"table\",\"rows\":\"findings\",\"columns\":[{\"title\":\"N\",\"value\":\"{{row.no}}\",\"weight\":1}]}" TAIL, "row.no", "blocks[0]" },
    { HEAD "{\"type\":\"table\",\"rows\":\"papers\",\"columns\":[{\"title\":\"N\",\"value\":\"\",\"weight\":1}]}" TAIL, "papers", "blocks[0]" },
    { HEAD "{\"type\":\"table\",\"rows\":\"findings\",\"columns\":[{\"title\":\"N\",\"value\":\"\",\"weight\":0}]}" TAIL, "weight", "blocks[0]" },
    { HEAD "{\"type\":\"picture\"}" TAIL, "picture", "blocks[0]" },
    { HEAD "{\"type\":\"paragraph\"}" TAIL, "text", "blocks[0]" },
    { HEAD "{\"type\":\"paragraph\",\"text\":3}" TAIL, "text", "blocks[0]" },
    { HEAD "{\"type\":\"paragraph\",\"text\":\"\",\"style\":\"huge\"}" TAIL, "huge", "blocks[0]" },
    { HEAD "{\"type\":\"paragraph\",\"text\":\"\",\"if\":\"visit.x\"}" TAIL, "visit.x", "blocks[0]" },
    { HEAD "{\"type\":\"signatures\",\"places\":[\"{{a}}\"]}" TAIL, "“a”", "blocks[0]" },
    { HEAD "{\"type\":\"fields\",\"rows\":[[]]}" TAIL, "one or two", "blocks[0]" },
    { HEAD TAIL, "blocks", "template" },
    { "{\"id\":\"x\"}", "title", "template" },
    { "[]", "object", "template" },
    { "{\"id\":\"x\",}", "1", "template" },
    { "[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]", "deep", "template" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (mc_document_template_new_from_json (cases[i].json, strlen (cases[i].json), known, &error));
      g_assert_error (error, MC_REPORT_ERROR, MC_REPORT_ERROR_INPUT);
      g_test_message ("%s", error->message);
      g_assert_nonnull (strstr (error->message, cases[i].named));
      g_assert_nonnull (strstr (error->message, cases[i].place));
    }
}

static void
a_large_or_garbled_one_is_refused (void)
{
  g_autofree char *large = g_strnfill (MC_DOCUMENT_TEMPLATE_MAX_BYTES + 1, ' ');
  g_autoptr (GError) error = NULL;

  g_assert_null (mc_document_template_new_from_json (large, strlen (large), known, &error));
  g_assert_error (error, MC_REPORT_ERROR, MC_REPORT_ERROR_INPUT);
  g_clear_error (&error);
  g_assert_null (mc_document_template_new_from_json ("{\"id\":\"\377\"}", 10, known, &error));
  g_assert_error (error, MC_REPORT_ERROR, MC_REPORT_ERROR_INPUT);
}

static void
the_brought_templates_are_right (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (McDocumentTemplate) template = mc_document_template_load_builtin ("site-record", mc_site_record_get_fields (), &error);

  g_assert_no_error (error);
  g_assert_cmpstr (mc_document_template_get_text (template, MC_TEMPLATE_ID), ==, "site_record");
  g_assert_null (mc_document_template_load_builtin ("no-such", mc_site_record_get_fields (), &error));
  g_assert_error (error, MC_REPORT_ERROR, MC_REPORT_ERROR_INPUT);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/document-template/right", a_right_template_is_taken);
  g_test_add_func ("/document-template/wrong", what_is_wrong_is_named);
  g_test_add_func ("/document-template/refused", a_large_or_garbled_one_is_refused);
  g_test_add_func ("/document-template/brought", the_brought_templates_are_right);
  return g_test_run ();
}
