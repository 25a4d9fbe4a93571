/* SPDX-License-Identifier: GPL-3.0-or-later
 * The documents of a check: each of its kind by its template, numbered once, delivered, signed. */
#include "reports/mc-documents.h"

#include "inspections/mc-follow-ups.h"
#include "inspections/mc-paper.h"
#include "report-store.h"
#include "store/mc-blob.h"
#include "store/mc-code-list.h"

#define PATTERN "{short}{word}〔{year}〕{n}号"

static McVisit *
reload (ReportStore *self, const char *id)
{
  g_autoptr (GError) error = NULL;
  McVisit *visit = mc_visits_load (self->store, mc_standards_get_builtin (), id, &error);

  g_assert_no_error (error);
  return visit;
}

static void
set_pattern (ReportStore *self, const char *pattern)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (McRecord) authority = mc_store_load (self->store, "authority", self->user->authority, &error);
  g_autoptr (McRecord) edited = mc_record_copy (authority);

  mc_record_set_text (edited, "document_number_pattern", pattern);
  mc_record_set_text (edited, "short_name", "秀民");
  mc_store_save (self->store, authority, edited, &error);
  g_assert_no_error (error);
}

/* The first item that only others are competent for. */
static const McItem *
others_item (McVisit *visit)
{
  guint n_items;
  const McItem *items = mc_standard_get_items (mc_visit_get_standard (visit), &n_items);

  for (guint i = 0; i < n_items; i++)
    if (items[i].kind == MC_ITEM_CONFORM && !g_strv_contains ((const char *const *) items[i].competent, mc_visit_get_own_kind (visit)))
      return &items[i];
  g_assert_not_reached ();
}

/* One finding of one's own by a day, one of another authority; finalised. Its id; caller frees. */
static char *
add_final_visit (ReportStore *self)
{
  g_autoptr (McRecord) facility = make_facility (self, "康养中心", "91330411MA2B8XQX3T", 130);
  g_autofree char *partner = add_partner (self);
  g_autoptr (McVisit) visit = NULL;
  g_autoptr (McVisit) base = NULL;
  g_autoptr (GError) error = NULL;
  const McItem *own, *other;

  add_record (self, facility);
  base = add_visit (self, mc_record_get_id (facility), partner);
  visit = reload (self, mc_visit_get_id (base));
  g_clear_pointer (&base, mc_visit_unref);
  base = mc_visit_ref (visit);
  own = own_item (visit);
  other = others_item (visit);
  set_finding_text (&visit, own->code, "way", "by_date");
  set_finding_text (&visit, own->code, "deadline_on", "2026-12-04");
  set_finding_text (&visit, own->code, "requirement", "立即清理。");
  visit = take_visit (visit, mc_visit_with_answer (visit, other->code, "nonconform", NULL, &error), &error);
  set_finding_text (&visit, other->code, "description", "灭火器压力不足。");
  set_finding_text (&visit, other->code, "severity", "minor");
  set_finding_text (&visit, other->code, "way", "referral");
  mc_visits_save (self->store, base, visit, &error);
  g_assert_no_error (error);
  g_clear_pointer (&base, mc_visit_unref);
  base = reload (self, mc_visit_get_id (visit));
  mc_visits_finalise (self->store, base, "2026-11-21", self->user->inspector, &error);
  g_assert_no_error (error);
  return g_strdup (mc_visit_get_id (visit));
}

static char *
issue (ReportStore *self, const char *visit, const char *kind, GError **error)
{
  const McDocumentOrder order = { .kind = kind, .visit = visit, .issued_on = "2026-11-22" };

  return mc_documents_issue (self->store, &order, error);
}

static McRecord *
load_document (ReportStore *self, const char *id)
{
  g_autoptr (GError) error = NULL;
  McRecord *document = mc_store_load (self->store, "document", id, &error);

  g_assert_no_error (error);
  return document;
}

static char *
text_of_kind (ReportStore *self, const char *visit, const char *kind)
{
  const McDocumentRequest request = { .kind = kind, .visit = visit };
  g_autoptr (GError) error = NULL;
  g_autoptr (McDocumentContent) content = mc_document_visit_load_content (self->store, &request, &error);

  g_assert_no_error (error);
  return mc_document_content_get_text (content);
}

/* --- what they say -------------------------------------------------------------------------------------------- */

static void
each_kind_says_what_it_is_for (ReportStore *self, gconstpointer data)
{
  g_autofree char *visit = add_final_visit (self);
  const struct
  {
    const char *kind;
    const char *has;
    const char *lacks;
  } cases[] = {
    { "inspection_approval", "批准意见", NULL },
    { "inspection_notice", "可以申请回避", "不事先通知" },
    { "site_record", "二楼东侧疏散通道堆放轮椅3辆。", NULL },
    { "rectification_order", "二楼东侧疏散通道堆放轮椅3辆。", "灭火器压力不足" },
    { "referral_letter", "灭火器压力不足。", "疏散通道堆放轮椅3辆" },
    { "recheck_record", "复查结论", NULL },
    { "result_notice", "发现问题待后续处理", NULL },
    { "delivery_proof", "直接送达", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = text_of_kind (self, visit, cases[i].kind);

      g_test_message ("%s", cases[i].kind);
      g_assert_nonnull (strstr (text, mc_code_label ("document-kind", cases[i].kind)));
      g_assert_nonnull (strstr (text, self->user->authority_name));
      g_assert_nonnull (strstr (text, "（以下空白）"));
      g_assert_nonnull (strstr (text, "二〇二六年十一月二十日"));
      g_assert_nonnull (strstr (text, cases[i].has));
      g_assert_true (!cases[i].lacks || !strstr (text, cases[i].lacks));
    }
}

/* From Friday 20 November to 4 December there are ten working days. */
static void
an_order_gives_days_from_its_delivery (ReportStore *self, gconstpointer data)
{
  g_autofree char *visit = add_final_visit (self);
  g_autofree char *text = text_of_kind (self, visit, "rectification_order");

  g_assert_nonnull (strstr (text, "自送达之日起 10 个工作日内"));
}

static void
without_a_reason_there_is_none (ReportStore *self, gconstpointer data)
{
  g_autoptr (McRecord) facility = make_facility (self, "康养中心", "91330411MA2B8XQX3T", 130);
  g_autofree char *partner = add_partner (self);
  g_autoptr (McVisit) visit = NULL;
  const char *const kinds[] = { "rectification_order", "referral_letter" };

  add_record (self, facility);
  visit = add_visit (self, mc_record_get_id (facility), partner); /* its finding was corrected on site */
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      const McDocumentRequest request = { .kind = kinds[i], .visit = mc_visit_get_id (visit) };
      g_autoptr (GError) error = NULL;

      g_assert_null (mc_document_visit_load_content (self->store, &request, &error));
      g_assert_error (error, MC_REPORT_ERROR, MC_REPORT_ERROR_INPUT);
    }
}

static void
an_authority_has_its_own_template (ReportStore *self, gconstpointer data)
{
  g_autofree char *visit = add_final_visit (self);
  g_autofree char *folder = mc_document_templates_folder (self->store);
  g_autofree char *path = g_build_filename (folder, "result-notice.json", NULL);
  g_autoptr (GBytes) bytes = g_resources_lookup_data ("/org/mingcha/Mingcha/documents/result-notice.json", 0, NULL);
  const McDocumentRequest request = { .kind = "result_notice", .visit = visit };
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  GString *json = g_string_new (g_bytes_get_data (bytes, NULL));

  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  g_string_replace (json, "\"检查结果告知书\"", "\"行政检查结果通知\"", 0);
  g_assert_true (g_file_set_contents (path, json->str, -1, NULL));
  text = text_of_kind (self, visit, "result_notice");
  g_assert_nonnull (strstr (text, "行政检查结果通知"));
  g_string_replace (json, "{{facility.name}}", "{{facility.nam}}", 1);
  g_assert_true (g_file_set_contents (path, json->str, -1, NULL));
  g_assert_null (mc_document_visit_load_content (self->store, &request, &error));
  g_assert_error (error, MC_REPORT_ERROR, MC_REPORT_ERROR_INPUT);
  g_assert_nonnull (strstr (error->message, "result-notice.json"));
  g_assert_nonnull (strstr (error->message, "blocks[0]"));
  g_assert_nonnull (strstr (error->message, "facility.nam"));
  g_string_free (json, TRUE);
}

static void
a_blank_checklist_needs_no_check (ReportStore *self, gconstpointer data)
{
  McStandard *standard = mc_standards_find_latest (mc_standards_get_builtin (), "elder-care-inspection", "2026-11-22", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (McDocumentContent) content = mc_document_blank_load_content (self->store, standard, NULL, &error);
  g_autofree char *text = NULL;
  guint n_items;
  const McItem *items = mc_standard_get_items (standard, &n_items);

  g_assert_no_error (error);
  text = mc_document_content_get_text (content);
  g_assert_nonnull (strstr (text, "□ 不符合"));
  for (guint i = 0; i < n_items; i++)
    g_assert_nonnull (strstr (text, items[i].text));
}

/* --- issuing -------------------------------------------------------------------------------------------------- */

static void
numbers_are_given_once (ReportStore *self, gconstpointer data)
{
  g_autofree char *visit = add_final_visit (self);
  g_autoptr (GError) error = NULL;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *third = NULL;
  g_autoptr (McRecord) one = NULL;
  g_autoptr (McRecord) two = NULL;
  g_autoptr (McRecord) three = NULL;
  g_autoptr (GBytes) pdf = NULL;

  set_pattern (self, PATTERN);
  first = issue (self, visit, "rectification_order", &error);
  g_assert_no_error (error);
  one = load_document (self, first);
  g_assert_cmpstr (mc_record_get_text (one, "number"), ==, "秀民责改〔2026〕1号");
  g_assert_cmpint (mc_record_get_integer (one, "pages", 0), ==, 1);
  g_assert_cmpuint (strlen (mc_record_get_text (one, "text_digest")), ==, 64);
  pdf = mc_store_read_blob (self->store, mc_record_get_text (one, "blob"), NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (strncmp (g_bytes_get_data (pdf, NULL), "%PDF-", 5), ==, 0);
  mc_documents_withdraw (self->store, first, "文号有误", &error);
  g_assert_no_error (error);
  second = issue (self, visit, "rectification_order", &error);
  g_assert_no_error (error);
  two = load_document (self, second);
  g_assert_cmpstr (mc_record_get_text (two, "number"), ==, "秀民责改〔2026〕2号");
  third = issue (self, visit, "result_notice", &error);
  g_assert_no_error (error);
  three = load_document (self, third);
  g_assert_cmpstr (mc_record_get_text (three, "number"), ==, "秀民检告〔2026〕1号");
}

static void
another_device_leaves_the_number_open (ReportStore *self, gconstpointer data)
{
  g_autofree char *visit = add_final_visit (self);
  g_autoptr (GError) error = NULL;
  g_autoptr (McRecord) device = mc_record_new (mc_entity_find ("device"), NULL);
  g_autoptr (McRecord) range = mc_record_new (mc_entity_find ("number_range"), NULL);
  g_autofree char *id = NULL;
  g_autofree char *taken = NULL;
  g_autoptr (McRecord) document = NULL;
  g_autoptr (McRecord) after = NULL;

  set_pattern (self, "{short}〔{year}〕{n}号");
  mc_record_set_text (device, "name", "另一台电脑");
  mc_record_set_text (device, "public_key", "00");
  add_record (self, device);
  mc_record_set_text (range, "authority", self->user->authority);
  mc_record_set_text (range, "area", self->user->area);
  mc_record_set_text (range, "document_kind", "site_record");
  mc_record_set_integer (range, "year", 2026);
  mc_record_set_integer (range, "first_number", 1);
  mc_record_set_integer (range, "last_number", 100);
  mc_record_set_text (range, "device", mc_record_get_id (device));
  add_record (self, range);
  id = issue (self, visit, "result_notice", &error);
  g_assert_no_error (error);
  document = load_document (self, id);
  g_assert_null (mc_record_get_text (document, "number"));
  mc_document_numbers_take (self->store, self->user->authority, "result_notice", 2026, 31, &error);
  g_assert_no_error (error);
  taken = issue (self, visit, "rectification_order", &error);
  g_assert_no_error (error);
  after = load_document (self, taken);
  g_assert_cmpstr (mc_record_get_text (after, "number"), ==, "秀民〔2026〕31号");
}

static void
a_wrong_pattern_is_named (void)
{
  const char *const wrong[] = { "{short}〔{year}〕号", "{short}{x}{n}", "{short{n}" };
  g_autofree char *right = mc_document_number_format (PATTERN, "秀民", "检", 2026, 7, NULL);

  g_assert_cmpstr (right, ==, "秀民检〔2026〕7号");
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (mc_document_number_format (wrong[i], "秀民", "检", 2026, 7, &error));
      g_assert_error (error, MC_REPORT_ERROR, MC_REPORT_ERROR_INPUT);
      g_assert_nonnull (strstr (error->message, wrong[i]));
    }
}

static void
a_draft_is_not_issued (ReportStore *self, gconstpointer data)
{
  g_autoptr (McRecord) facility = make_facility (self, "康养中心", "91330411MA2B8XQX3T", 130);
  g_autofree char *partner = add_partner (self);
  g_autoptr (McVisit) visit = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) documents = NULL;
  g_autofree char *notice = NULL;

  add_record (self, facility);
  visit = add_visit (self, mc_record_get_id (facility), partner);
  g_assert_null (issue (self, mc_visit_get_id (visit), "site_record", &error));
  g_assert_error (error, MC_REPORT_ERROR, MC_REPORT_ERROR_INPUT);
  g_clear_error (&error);
  notice = issue (self, mc_visit_get_id (visit), "inspection_notice", &error);
  g_assert_no_error (error);
  documents = mc_documents_list (self->store, mc_visit_get_id (visit), &error);
  g_assert_cmpuint (documents->len, ==, 1);
}

/* --- delivery and signatures ---------------------------------------------------------------------------------- */

static void
the_clock_runs_from_delivery (ReportStore *self, gconstpointer data)
{
  g_autofree char *visit = add_final_visit (self);
  g_autoptr (GError) error = NULL;
  g_autofree char *id = issue (self, visit, "rectification_order", &error);
  g_autoptr (McRecord) delivered = NULL;
  g_autoptr (GPtrArray) follow_ups = NULL;
  gboolean unknown = TRUE, found = FALSE;

  g_assert_false (mc_documents_deliver (self->store, id, "2026-11-21", "in_person", "王㛃", NULL, NULL, &error));
  g_assert_error (error, MC_REPORT_ERROR, MC_REPORT_ERROR_INPUT);
  g_clear_error (&error);
  mc_documents_deliver (self->store, id, "2026-11-24", "in_person", "王㛃", NULL, &unknown, &error);
  g_assert_no_error (error);
  g_assert_false (unknown);
  delivered = load_document (self, id);
  g_assert_cmpstr (mc_record_get_text (delivered, "received_by"), ==, "王㛃");
  follow_ups = mc_follow_ups_load (self->store, visit, &error);
  for (guint i = 0; i < follow_ups->len; i++)
    if (g_strcmp0 (mc_record_get_text (g_ptr_array_index (follow_ups, i), "way"), "by_date") == 0)
      {
        g_assert_cmpstr (mc_record_get_text (g_ptr_array_index (follow_ups, i), "deadline_on"), ==, "2026-12-08");
        found = TRUE;
      }
  g_assert_true (found);
}

static GBytes *
make_png (ReportStore *self)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, 200, 80);
  cairo_t *cr = cairo_create (surface);
  g_autofree char *path = g_build_filename (self->folder, "signature.png", NULL);
  char *data;
  gsize length;

  cairo_move_to (cr, 10, 40);
  cairo_curve_to (cr, 60, 0, 120, 80, 190, 30);
  cairo_stroke (cr);
  cairo_destroy (cr);
  cairo_surface_write_to_png (surface, path);
  cairo_surface_destroy (surface);
  g_assert_true (g_file_get_contents (path, &data, &length, NULL));
  return g_bytes_new_take (data, length);
}

static void
signatures_stand_in_their_places (ReportStore *self, gconstpointer data)
{
  g_autofree char *visit = add_final_visit (self);
  g_autoptr (GError) error = NULL;
  g_autofree char *id = issue (self, visit, "rectification_order", &error);
  g_autoptr (McRecord) document = load_document (self, id);
  g_autoptr (GBytes) png = make_png (self);
  const char *const roles[] = { "facility", "lead", "assistant" };
  const McDocumentRequest request = { .kind = "rectification_order", .visit = visit, .document = id };
  g_autoptr (McDocumentContent) content = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (roles); i++)
    {
      g_assert_cmpint (mc_documents_get_signing (self->store, document, &error), ==, MC_SIGNING_AWAITING);
      g_assert_true (mc_documents_sign_on_screen (self->store, id, roles[i], "王", png, 1, &error));
      g_assert_no_error (error);
    }
  g_assert_cmpint (mc_documents_get_signing (self->store, document, &error), ==, MC_SIGNING_SIGNED);
  content = mc_document_visit_load_content (self->store, &request, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (roles); i++)
    g_assert_nonnull (g_ptr_array_index (content->page_signatures->images, i));
  if (g_getenv ("MC_TEST_KEEP"))
    {
      g_autoptr (McDocument) drawn = mc_document_new_from_content (g_steal_pointer (&content));

      mc_document_write_pdf (drawn, g_getenv ("MC_TEST_KEEP"), NULL, NULL);
    }
}

static void
a_scan_has_all_pages (ReportStore *self, gconstpointer data)
{
  g_autofree char *visit = add_final_visit (self);
  g_autoptr (GError) error = NULL;
  g_autofree char *id = issue (self, visit, "site_record", &error);
  g_autoptr (McRecord) document = load_document (self, id);
  g_autoptr (GBytes) pdf = mc_store_read_blob (self->store, mc_record_get_text (document, "blob"), NULL, &error);
  g_autoptr (GBytes) png = make_png (self);
  g_autoptr (GBytes) text = g_bytes_new_static ("hello", 5);
  guint pages = (guint) mc_record_get_integer (document, "pages", 0);

  g_assert_cmpuint (pages, >, 1);
  g_assert_false (mc_documents_sign_on_paper (self->store, id, "facility", NULL, text, pages, 1, &error));
  g_assert_error (error, MC_INSPECTION_ERROR, MC_INSPECTION_ERROR_INPUT);
  g_clear_error (&error);
  g_assert_false (mc_documents_sign_on_paper (self->store, id, "facility", NULL, png, pages, 1, &error)); /* a picture is one page */
  g_assert_error (error, MC_INSPECTION_ERROR, MC_INSPECTION_ERROR_INPUT);
  g_clear_error (&error);
  g_assert_false (mc_documents_sign_on_paper (self->store, id, "facility", NULL, pdf, pages - 1, 1, &error));
  g_assert_error (error, MC_INSPECTION_ERROR, MC_INSPECTION_ERROR_INPUT);
  g_clear_error (&error);
  g_assert_cmpint (mc_documents_get_signing (self->store, document, NULL), ==, MC_SIGNING_AWAITING);
  g_assert_true (mc_documents_sign_on_paper (self->store, id, "facility", NULL, pdf, pages, 1, &error));
  g_assert_cmpint (mc_documents_get_signing (self->store, document, NULL), ==, MC_SIGNING_SIGNED);
}

#define ADD(path, func) g_test_add (path, ReportStore, NULL, report_store_set_up, func, report_store_tear_down)

int
main (int argc, char **argv)
{
  g_setenv ("TZ", "Asia/Shanghai", TRUE);
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  ADD ("/documents/kinds", each_kind_says_what_it_is_for);
  ADD ("/documents/days-from-delivery", an_order_gives_days_from_its_delivery);
  ADD ("/documents/no-reason", without_a_reason_there_is_none);
  ADD ("/documents/own-template", an_authority_has_its_own_template);
  ADD ("/documents/blank-checklist", a_blank_checklist_needs_no_check);
  ADD ("/documents/numbers", numbers_are_given_once);
  ADD ("/documents/another-device", another_device_leaves_the_number_open);
  g_test_add_func ("/documents/pattern", a_wrong_pattern_is_named);
  ADD ("/documents/draft", a_draft_is_not_issued);
  ADD ("/documents/delivery", the_clock_runs_from_delivery);
  ADD ("/documents/signatures", signatures_stand_in_their_places);
  ADD ("/documents/scan", a_scan_has_all_pages);
  return g_test_run ();
}
