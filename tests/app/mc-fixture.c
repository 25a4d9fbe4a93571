/* SPDX-License-Identifier: GPL-3.0-or-later
 * Databases to look at the pages with: empty, one of everything, the sample roster, many rows, long names, an open conflict. */
#include "mc-fixture.h"

#include <glib/gstdio.h>
#include <string.h>

#include "inspections/mc-visits.h"
#include "registry/mc-facility.h"
#include "registry/mc-import.h"
#include "registry/mc-sample-roster.h"
#include "registry/mc-user.h"

#define TODAY "2026-11-19"
#define AREA "3304" /* Jiaxing */

static const char *const names[] = { "empty", "one", "sample", "many", "long", "conflict", NULL };

const char *const *
mc_fixture_list (void)
{
  return names;
}

void
mc_fixture_today (GDate *today)
{
  g_date_clear (today, 1);
  g_date_set_dmy (today, 19, G_DATE_NOVEMBER, 2026);
}

static McStore *
create (const char *path)
{
  const McSetupOptions options = { .area_code = AREA, .authority_kind = "civil_affairs", .user_name = "检查员01", .role = "inspector" };
  g_autoptr (GError) error = NULL;
  McStore *store = mc_store_open (path, MC_STORE_CREATE, &error);
  g_autofree char *user = NULL;

  g_assert_no_error (error);
  user = mc_setup_run (store, &options, &error);
  g_assert_no_error (error);
  g_assert_nonnull (user);
  return store;
}

static void
import_file (McStore *store, const char *path)
{
  g_autofree char *area = mc_area_id_for_code (AREA);
  const McImportOptions options = { .kind = MC_IMPORT_FACILITIES, .path = path, .sheet = -1, .default_area = area };
  g_autoptr (GError) error = NULL;
  g_autoptr (McImportPlan) plan = mc_import_plan_new (store, &options, NULL, NULL, NULL, &error);
  g_autofree char *batch = NULL;

  g_assert_no_error (error);
  batch = mc_import_apply (plan, MC_IMPORT_GOOD_ROWS, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
}

static void
import_samples (McStore *store, const char *path)
{
  g_autofree char *csv = g_strconcat (path, ".csv", NULL);
  g_autoptr (GBytes) roster = mc_setup_sample_roster ();
  g_autoptr (GError) error = NULL;

  mc_setup_samples (store, &error);
  g_assert_no_error (error);
  g_file_set_contents (csv, g_bytes_get_data (roster, NULL), (gssize) g_bytes_get_size (roster), &error);
  g_assert_no_error (error);
  import_file (store, csv);
}

static void
import_many (McStore *store, const char *path, guint n)
{
  g_autofree char *csv = g_strconcat (path, ".csv", NULL);
  McAreaTree *tree = mc_area_tree_get_builtin ();
  g_autoptr (McSampleRoster) roster = mc_sample_roster_new (tree, mc_area_tree_find_code (tree, AREA), n, 1);
  g_autoptr (GError) error = NULL;

  mc_sample_roster_write (roster, csv, &error);
  g_assert_no_error (error);
  import_file (store, csv);
}

/* The first @n facilities of "elder" or "childcare" (NULL: both) in operation. Of char *. */
static GPtrArray *
list_facilities (McStore *store, const char *group, guint n)
{
  const McFacilityQuery query = { .status = "operating", .group = group, .limit = n };
  g_autoptr (GError) error = NULL;
  g_autoptr (McAreaTree) tree = mc_area_tree_load (store, &error);
  g_autoptr (McFacilityList) list = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  GPtrArray *ids = g_ptr_array_new_with_free_func (g_free);

  g_assert_no_error (error);
  list = mc_facility_list_load (store, tree, &query, NULL, &error);
  g_assert_no_error (error);
  rows = mc_facility_rows_load (store, tree, mc_facility_list_get_rowids (list), mc_facility_list_get_n (list), &error);
  g_assert_no_error (error);
  for (guint i = 0; i < rows->len; i++)
    g_ptr_array_add (ids, g_strdup (((McFacilityRow *) rows->pdata[i])->id));
  return ids;
}

static McVisit *
answer (McVisit *visit, const char *item, const char *value)
{
  g_autoptr (McVisit) before = visit;
  g_autoptr (GError) error = NULL;
  McVisit *after = mc_visit_with_answer (before, item, value, NULL, &error);

  g_assert_no_error (error);
  return after;
}

static McVisit *
write_note (McVisit *visit, const char *item, const char *note)
{
  g_autoptr (McVisit) before = visit;
  g_autoptr (GError) error = NULL;
  McVisit *after = mc_visit_with_note (before, item, note, &error);

  g_assert_no_error (error);
  return after;
}

static McVisit *
set_finding (McVisit *visit, const char *item, const char *key, const char *text)
{
  g_autoptr (McVisit) before = visit;
  g_autoptr (GError) error = NULL;
  g_auto (McValue) value = MC_VALUE_INIT;
  McVisit *after;

  mc_value_init_text (&value, text);
  after = mc_visit_with_finding_field (before, item, key, &value, &error);
  g_assert_no_error (error);
  return after;
}

/* Is the item of a matter that this authority may order to be corrected? */
static gboolean
may_order (McVisit *visit, const char *item)
{
  const McRecord *finding = mc_visit_get_finding (visit, item);

  return mc_finding_way_allowed ("by_date", mc_record_get_text (finding, "competent"), mc_visit_get_own_kind (visit),
                                 mc_record_get_text (finding, "severity"), NULL);
}

/* A check of @facility with @n_answers answers, one of which, the @bad-th or the next that we are competent for, is nonconform (−1: none), to be corrected by @deadline. */
static void
add_visit (McStore *store, const char *facility, const char *checked_on, guint n_answers, int bad, const char *deadline)
{
  const McVisitRequest request = { .facility = facility, .checked_on = checked_on, .today = TODAY };
  g_autoptr (GError) error = NULL;
  McVisit *visit = mc_visits_prepare (store, mc_standards_get_builtin (), &request, &error);
  McStandard *standard;
  const McItem *items;
  guint n_items;

  g_assert_no_error (error);
  standard = mc_visit_get_standard (visit);
  items = mc_standard_get_items (standard, &n_items);
  for (guint i = 0; i < MIN (n_answers, n_items); i++)
    {
      const char *item = items[i].code;

      visit = answer (visit, item, (int) i == bad ? "nonconform" : "conform");
      if ((int) i != bad)
        continue;
      if (!may_order (visit, item))
        {
          visit = answer (visit, item, "conform");
          bad++;
          continue;
        }
      visit = write_note (visit, item, "一楼东侧走廊清洁后地面有积水，约 2 平方米，未放置警示标志；公共卫生间门口防滑垫翘起。");
      visit = set_finding (visit, item, "way", "by_date");
      visit = set_finding (visit, item, "deadline_on", deadline);
    }
  mc_visits_save (store, NULL, visit, &error);
  g_assert_no_error (error);
  mc_visit_unref (visit);
}

/* A check with all answers, finalised by @lead together with @partner. */
static void
add_finalised (McStore *store, const char *facility, const char *checked_on, const char *lead, const char *partner)
{
  const char *assistants[] = { partner, NULL };
  const McVisitRequest request = { .facility = facility, .lead = lead, .assistants = assistants, .checked_on = checked_on, .today = TODAY };
  g_autoptr (GError) error = NULL;
  McVisit *visit = mc_visits_prepare (store, mc_standards_get_builtin (), &request, &error);
  g_autoptr (McVisit) saved = NULL;
  const McItem *items;
  guint n_items;

  g_assert_no_error (error);
  items = mc_standard_get_items (mc_visit_get_standard (visit), &n_items);
  for (guint i = 0; i < n_items; i++)
    visit = answer (visit, items[i].code, i == 7 ? "not_applicable" : "conform");
  mc_visits_save (store, NULL, visit, &error);
  g_assert_no_error (error);
  saved = mc_visits_load (store, mc_standards_get_builtin (), mc_visit_get_id (visit), &error);
  g_assert_no_error (error);
  mc_visits_finalise (store, saved, TODAY, lead, &error);
  g_assert_no_error (error);
  mc_visit_unref (visit);
}

static char *
add_inspector (McStore *store, const char *name)
{
  g_autoptr (McUser) user = mc_user_find (store, mc_store_get_user (store), NULL);
  g_autoptr (McRecord) record = mc_record_new (mc_entity_find ("inspector"), NULL);
  g_autoptr (GError) error = NULL;

  mc_record_set_text (record, "name", name);
  mc_record_set_text (record, "employer", "嘉兴市民政局");
  mc_record_set_text (record, "certificate_expires_on", "2028-12-31");
  mc_record_set_text (record, "authority", user->authority);
  mc_record_set_text (record, "area", user->area);
  mc_store_save (store, NULL, record, &error);
  g_assert_no_error (error);
  return g_strdup (mc_record_get_id (record));
}

/* A final check with a problem that is still to be corrected by @deadline. */
static void
add_followed (McStore *store, const char *facility, const char *checked_on, const char *deadline, const char *lead, const char *partner)
{
  const char *assistants[] = { partner, NULL };
  const McVisitRequest request = { .facility = facility, .lead = lead, .assistants = assistants, .checked_on = checked_on, .today = TODAY };
  g_autoptr (GError) error = NULL;
  McVisit *visit = mc_visits_prepare (store, mc_standards_get_builtin (), &request, &error);
  g_autoptr (McVisit) saved = NULL;
  const McItem *items;
  guint n_items;
  gboolean found = FALSE;

  g_assert_no_error (error);
  items = mc_standard_get_items (mc_visit_get_standard (visit), &n_items);
  for (guint i = 0; i < n_items; i++)
    {
      gboolean bad = !found && i >= 3;

      visit = answer (visit, items[i].code, bad ? "nonconform" : "conform");
      found = found || (bad && may_order (visit, items[i].code));
      if (bad && !found)
        visit = answer (visit, items[i].code, "conform");
      if (!bad || !found)
        continue;
      visit = write_note (visit, items[i].code, "二楼东侧走廊的安全标志缺失，共 3 处；夜间无照明。");
      visit = set_finding (visit, items[i].code, "way", "by_date");
      visit = set_finding (visit, items[i].code, "deadline_on", deadline);
    }
  mc_visits_save (store, NULL, visit, &error);
  g_assert_no_error (error);
  saved = mc_visits_load (store, mc_standards_get_builtin (), mc_visit_get_id (visit), &error);
  g_assert_no_error (error);
  mc_visits_finalise (store, saved, TODAY, lead, &error);
  g_assert_no_error (error);
  mc_visit_unref (visit);
}

/* What was not corrected in time, and what is still in time. */
static void
add_follow_ups (McStore *store)
{
  g_autoptr (GPtrArray) facilities = list_facilities (store, "elder", 2);
  g_autofree char *lead = add_inspector (store, "检查员06"), *partner = add_inspector (store, "检查员07");

  g_assert_cmpuint (facilities->len, ==, 2);
  add_followed (store, facilities->pdata[0], "2026-10-22", "2026-11-13", lead, partner);
  add_followed (store, facilities->pdata[1], "2026-11-10", "2026-11-24", lead, partner);
}

static void
add_visits (McStore *store)
{
  g_autoptr (GPtrArray) facilities = list_facilities (store, "elder", 5);
  g_autofree char *lead = NULL;
  g_autofree char *partner = NULL;

  g_assert_cmpuint (facilities->len, ==, 5);
  lead = add_inspector (store, "检查员04");
  partner = add_inspector (store, "检查员05");
  add_finalised (store, facilities->pdata[0], "2026-05-06", lead, partner);
  add_visit (store, facilities->pdata[0], "2026-11-19", 18, 5, "2026-12-03");
  add_visit (store, facilities->pdata[1], "2026-11-19", 0, -1, NULL);
  add_visit (store, facilities->pdata[2], "2026-11-10", 19, 3, "2026-11-17");
  add_visit (store, facilities->pdata[3], "2026-11-12", 12, 1, "2026-11-19");
  add_visit (store, facilities->pdata[4], "2026-11-16", 12, 2, "2027-03-31");
}

/* Every name has 40 characters or more, with rare ones among them. */
static void
lengthen_names (McStore *store)
{
  g_autoptr (GPtrArray) facilities = list_facilities (store, NULL, 0);
  g_autoptr (McTransaction) transaction = mc_transaction_new ();
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < facilities->len; i++)
    {
      g_autoptr (McRecord) base = mc_store_load (store, "facility", facilities->pdata[i], &error);
      g_autoptr (McRecord) edited = NULL;
      g_autofree char *name = NULL;

      g_assert_no_error (error);
      edited = mc_record_copy (base);
      name = g_strdup_printf ("嘉兴市秀洲区王江泾镇北部新区综合养老服务中心附设社区居家养老服务照料中心暨𬭩㛃残疾人托养点（%u）", i + 1);
      mc_record_set_text (edited, "name", name);
      mc_record_set_text (edited, "operator", "嘉兴市秀洲区王江泾镇北部新区综合养老服务运营管理有限责任公司秀洲分公司");
      mc_transaction_save (transaction, base, edited);
    }
  mc_store_commit (store, transaction, &error);
  g_assert_no_error (error);
}

static void
set_integer (McStore *store, const McRecord *base, const char *key, gint64 integer)
{
  g_autoptr (McRecord) edited = mc_record_copy (base);
  g_autoptr (GError) error = NULL;

  mc_record_set_integer (edited, key, integer);
  mc_store_save (store, base, edited, &error);
  g_assert_no_error (error);
}

static void
exchange (McStore *from, McStore *to)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *lines = mc_store_read_lines (from, NULL, 1, TRUE, &error);
  McApplyResult result;

  g_assert_no_error (error);
  mc_store_apply (to, lines, -1, &result, &error);
  g_assert_no_error (error);
}

/* The check with an open finding gets another answer to its first item. */
static void
answer_first (McStore *store, const char *facility, const char *value)
{
  const McVisitQuery query = { .kind = MC_VISIT_LIST_DRAFTS, .facility = facility };
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) rowids = mc_visits_list (store, &query, &error);
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (McVisit) visit = NULL;
  McVisit *edited;
  guint n_items;

  g_assert_no_error (error);
  g_assert_cmpuint (rowids->len, ==, 1);
  rows = mc_visits_load_rows (store, (const gint64 *) (gpointer) rowids->data, 1, &error);
  g_assert_no_error (error);
  visit = mc_visits_load (store, mc_standards_get_builtin (), ((const McVisitRow *) rows->pdata[0])->id, &error);
  g_assert_no_error (error);
  edited = answer (mc_visit_ref (visit), mc_standard_get_items (mc_visit_get_standard (visit), &n_items)[0].code, value);
  mc_visits_save (store, visit, edited, &error);
  g_assert_no_error (error);
  mc_visit_unref (edited);
}

/* Two devices change the beds of the same place, and an answer of the same check, without knowing of each other. */
static void
disagree (McStore *store, const char *path)
{
  g_autofree char *other_path = g_strconcat (path, ".other", NULL);
  g_autoptr (GPtrArray) facilities = list_facilities (store, NULL, 1);
  g_autoptr (GPtrArray) checked = list_facilities (store, "elder", 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (McStore) other = mc_store_open (other_path, MC_STORE_CREATE, &error);
  g_autoptr (McRecord) base = NULL;

  g_assert_no_error (error);
  exchange (store, other);
  mc_store_set_user (other, mc_store_get_user (store));
  base = mc_store_load (store, "facility", facilities->pdata[0], &error);
  g_assert_no_error (error);
  set_integer (store, base, "beds", 130);
  set_integer (other, base, "beds", 126);
  answer_first (store, checked->pdata[0], "not_checked");
  answer_first (other, checked->pdata[0], "not_applicable");
  exchange (other, store);
  mc_store_close (other);
}

/* Two more users of this device; the first one has a PIN. */
static void
add_people (McStore *store)
{
  static const char *const people[] = { "经办02", "township_officer", "管理员03", "administrator" };
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (people); i += 2)
    {
      const McSetupOptions options = { .area_code = AREA, .authority_kind = "civil_affairs", .user_name = people[i], .role = people[i + 1] };
      g_autofree char *user = mc_setup_add_user (store, &options, &error);

      g_assert_no_error (error);
    }
  mc_user_set_pin (store, mc_store_get_user (store), NULL, "246810", FALSE, 0, &error);
  g_assert_no_error (error);
}

void
mc_fixture_make (const char *name, const char *path)
{
  g_autoptr (McStore) store = create (path);

  if (strcmp (name, "one") == 0)
    {
      import_many (store, path, 1);
    }
  else if (strcmp (name, "many") == 0)
    {
      import_many (store, path, 1000);
    }
  else if (strcmp (name, "dialogs") == 0)
    {
      add_people (store);
    }
  else if (strcmp (name, "empty") != 0)
    {
      import_samples (store, path);
      add_visits (store);
      if (strcmp (name, "long") == 0)
        {
          add_follow_ups (store);
          lengthen_names (store);
        }
      else if (strcmp (name, "conflict") == 0)
        disagree (store, path);
    }
  mc_store_close (store);
}

void
mc_fixture_remove_folder (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir && (name = g_dir_read_name (dir)))
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      mc_fixture_remove_folder (child);
    }
  g_remove (path);
}
