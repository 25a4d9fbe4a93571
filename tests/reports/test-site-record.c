/* SPDX-License-Identifier: GPL-3.0-or-later
 * The record of a check: everything of the visit is in the PDF, as a draft, finalised and amended. */
#include "reports/mc-site-record.h"

#include "report-store.h"

static char *
text_of (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, "pdftotext", "-raw", path, "-", NULL);
  g_autofree char *text = NULL;
  GString *joined = g_string_new (NULL);

  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, NULL, NULL, &text, NULL, &error);
  g_assert_no_error (error);
  for (const char *at = text; *at; at++)
    if (*at != '\n' && *at != ' ' && *at != '\f')
      g_string_append_c (joined, *at);
  return g_string_free (joined, FALSE);
}

static char *
write_record (ReportStore *self, McVisit *visit)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (McDocument) document = mc_site_record_load_document (self->store, visit, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (mc_document_get_missing_characters (document), ==, "");
  mc_document_write_pdf (document, self->path, NULL, &error);
  g_assert_no_error (error);
  if (g_getenv ("MC_TEST_KEEP"))
    mc_document_write_pdf (document, g_getenv ("MC_TEST_KEEP"), NULL, NULL);
  return text_of (self->path);
}

static McVisit *
reload (ReportStore *self, const char *id)
{
  g_autoptr (GError) error = NULL;
  McVisit *visit = mc_visits_load (self->store, mc_standards_get_builtin (), id, &error);

  g_assert_no_error (error);
  return visit;
}

/* Texts as the PDF has them: without the spaces that lines are broken at. */
static void
assert_has (const char *text, const char *expected)
{
  g_autofree char *joined = g_strdup (expected);
  char *to = joined;

  for (const char *at = expected; *at; at++)
    if (*at != ' ' && *at != '\n')
      *to++ = *at;
  *to = '\0';
  if (!strstr (text, joined))
    g_error ("not in the document: %s", expected);
}

static void
everything_of_the_check_is_in_it (ReportStore *self, gconstpointer data)
{
  g_autoptr (McRecord) facility = make_facility (self, "㛃𬭩𠮷康养中心", "91330411MA2B8XQX3T", 130);
  g_autofree char *partner = add_partner (self);
  g_autoptr (McVisit) visit = NULL;
  g_autofree char *text = NULL;
  const McItem *items;
  guint n_items;

  add_record (self, facility);
  visit = add_visit (self, mc_record_get_id (facility), partner);
  text = write_record (self, visit);
  assert_has (text, self->user->authority_name);
  assert_has (text, "㛃𬭩𠮷康养中心");
  assert_has (text, "91330411MA2B8XQX3T");
  assert_has (text, "0573-83700000");
  assert_has (text, "号待编");
  assert_has (text, "2026年11月20日");
  assert_has (text, "二〇二六年十一月二十日");
  assert_has (text, "陈秋（主检）、李明（协检，执法证号：11040112015）");
  assert_has (text, "王㛃");
  assert_has (text, "二楼东侧疏散通道堆放轮椅3辆。");
  assert_has (text, "当场改正");
  assert_has (text, "=现场查看，𠮷记录完整");
  assert_has (text, "检查人员到达现场，机构负责人陪同检查。");
  assert_has (text, "陈秋（本机用户，未经核验）");
  assert_has (text, "未定稿");
  assert_has (text, "第1页共");
  items = mc_standard_get_items (mc_visit_get_standard (visit), &n_items);
  for (guint i = 0; i < n_items; i++)
    {
      assert_has (text, items[i].code);
      assert_has (text, g_utf8_strlen (items[i].text, -1) > 8 ? g_utf8_substring (items[i].text, 0, 8) : items[i].text);
    }
}

static void
finalised_it_has_its_hash_and_its_amendments (ReportStore *self, gconstpointer data)
{
  g_autoptr (McRecord) facility = make_facility (self, "康养中心", "91330411MA2B8XQX3T", 130);
  g_autofree char *partner = add_partner (self);
  g_autoptr (GError) error = NULL;
  g_autoptr (McVisit) visit = NULL;
  g_autoptr (McVisit) final = NULL;
  g_autoptr (McVisit) amended = NULL;
  g_autoptr (McVisit) edited = NULL;
  g_autoptr (McSealInfo) seal = NULL;
  g_autofree char *final_text = NULL;
  g_autofree char *amended_text = NULL;

  add_record (self, facility);
  visit = add_visit (self, mc_record_get_id (facility), partner);
  mc_visits_finalise (self->store, visit, "2026-11-21", self->user->inspector, &error);
  g_assert_no_error (error);
  final = reload (self, mc_visit_get_id (visit));
  final_text = write_record (self, final);
  seal = mc_store_get_seal (self->store, "visit", mc_visit_get_id (visit), &error);
  assert_has (final_text, seal->text);
  g_assert_null (strstr (final_text, "未定稿"));
  g_assert_null (strstr (final_text, "更正人"));

  edited = mc_visit_ref (final);
  set_finding_text (&edited, own_item (final)->code, "description", "三楼东侧疏散通道堆放轮椅3辆。");
  mc_visits_amend (self->store, final, edited, "2026-11-22", self->user->inspector, "楼层写错", &error);
  g_assert_no_error (error);
  amended = reload (self, mc_visit_get_id (visit));
  amended_text = write_record (self, amended);
  assert_has (amended_text, "更正人");
  assert_has (amended_text, "楼层写错");
  assert_has (amended_text, "三楼东侧疏散通道");
  g_assert_null (strstr (amended_text, seal->text));
}

#define ADD(path, func) g_test_add (path, ReportStore, NULL, report_store_set_up, func, report_store_tear_down)

int
main (int argc, char **argv)
{
  g_setenv ("TZ", "Asia/Shanghai", TRUE);
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  ADD ("/site-record/draft", everything_of_the_check_is_in_it);
  ADD ("/site-record/final-and-amended", finalised_it_has_its_hash_and_its_amendments);
  return g_test_run ();
}
