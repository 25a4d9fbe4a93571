/* SPDX-License-Identifier: GPL-3.0-or-later
 * A store with an authority, inspectors and facilities, as the first run and an import leave it; and what others' programs read in our files. */
#pragma once

#include <glib/gstdio.h>
#include <json-glib/json-glib.h>

#include "inspections/mc-visits.h"
#include "registry/mc-setup.h"

typedef struct
{
  char *folder;
  char *path;        /* where the report goes */
  McStore *store;
  McUser *user;
  char *township;    /* id of an area */
} ReportStore;

#define COUNTY_CODE "330411"

static inline void
remove_folder (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir && (name = g_dir_read_name (dir)))
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_file_test (child, G_FILE_TEST_IS_DIR))
        remove_folder (child);
      else
        g_unlink (child);
    }
  g_rmdir (path);
}

static inline char *
first_township (McStore *store)
{
  g_autoptr (McAreaTree) tree = mc_area_tree_load (store, NULL);
  const McArea *county = mc_area_tree_find_code (tree, COUNTY_CODE);
  g_autoptr (GPtrArray) children = mc_area_tree_get_children (tree, county);

  g_assert_cmpuint (children->len, >, 0);
  return g_strdup (((const McArea *) g_ptr_array_index (children, 0))->id);
}

static inline void
report_store_set_up (ReportStore *self, gconstpointer data)
{
  const McSetupOptions options = { COUNTY_CODE, NULL, "civil_affairs", "陈秋", "inspector" };
  g_autofree char *db = NULL;
  g_autofree char *user = NULL;
  g_autoptr (GError) error = NULL;

  self->folder = g_dir_make_tmp ("mc-report-XXXXXX", NULL);
  self->path = g_build_filename (self->folder, "out.xlsx", NULL);
  db = g_build_filename (self->folder, "data", "mingcha.db", NULL);
  self->store = mc_store_open (db, MC_STORE_CREATE, &error);
  g_assert_no_error (error);
  user = mc_setup_run (self->store, &options, &error);
  g_assert_no_error (error);
  mc_store_set_user (self->store, user);
  self->user = mc_user_find (self->store, user, &error);
  g_assert_no_error (error);
  self->township = first_township (self->store);
}

static inline void
report_store_tear_down (ReportStore *self, gconstpointer data)
{
  mc_user_free (self->user);
  mc_store_close (self->store);
  g_object_unref (self->store);
  remove_folder (self->folder);
  g_free (self->folder);
  g_free (self->path);
  g_free (self->township);
}

static inline McRecord *
make_facility (ReportStore *self, const char *name, const char *credit_code, int beds)
{
  McRecord *facility = mc_record_new (mc_entity_find ("facility"), NULL);

  mc_record_set_text (facility, "name", name);
  mc_record_set_text (facility, "kind", "elder_home");
  mc_record_set_text (facility, "status", "operating");
  mc_record_set_text (facility, "area", self->township);
  mc_record_set_text (facility, "authority", self->user->authority);
  mc_record_set_text (facility, "credit_code", credit_code);
  mc_record_set_text (facility, "contact_phone", "0573-83700000");
  if (beds >= 0)
    mc_record_set_integer (facility, "beds", beds);
  return facility;
}

static inline void
add_record (ReportStore *self, McRecord *record)
{
  g_autoptr (GError) error = NULL;

  mc_store_save (self->store, NULL, record, &error);
  g_assert_no_error (error);
}

static inline JsonArray *
read_workbook (const char *path, JsonParser *parser)
{
  g_autofree char *script = g_test_build_filename (G_TEST_DIST, "reports", "read-workbook.py", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, "/usr/bin/python3", script, path, "10000", NULL);
  g_autofree char *out = NULL;

  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, NULL, NULL, &out, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_successful (process));
  json_parser_load_from_data (parser, out, -1, &error);
  g_assert_no_error (error);
  return json_node_get_array (json_parser_get_root (parser));
}

static inline JsonObject *
sheet_at (JsonArray *sheets, guint index)
{
  return json_array_get_object_element (sheets, index);
}

static inline const char *
cell_member (JsonObject *sheet, guint row, guint column, const char *member)
{
  JsonArray *cells = json_array_get_array_element (json_object_get_array_member (sheet, "cells"), row);

  return json_object_get_string_member (json_array_get_object_element (cells, column), member);
}

/* The column under @header; the header is in row 2. */
static inline guint
column_of (JsonObject *sheet, const char *header)
{
  guint n = (guint) json_object_get_int_member (sheet, "columns");

  for (guint i = 0; i < n; i++)
    if (g_strcmp0 (cell_member (sheet, 2, i, "value"), header) == 0)
      return i;
  g_error ("no column %s", header);
}

#define assert_cell(sheet, row, header, expected_type, expected)                                          \
  G_STMT_START {                                                                                          \
    g_assert_cmpstr (cell_member (sheet, row, column_of (sheet, header), "value"), ==, expected);         \
    g_assert_cmpstr (cell_member (sheet, row, column_of (sheet, header), "type"), ==, expected_type);     \
  } G_STMT_END

/* --- a check --------------------------------------------------------------------------------------------------- */

static inline McVisit *
take_visit (McVisit *old, McVisit *edited, GError **error)
{
  g_assert_no_error (*error);
  g_assert_nonnull (edited);
  mc_visit_unref (old);
  return edited;
}

static inline void
set_visit_text (McVisit **visit, const char *key, const char *text)
{
  g_auto (McValue) value = MC_VALUE_INIT;
  GError *error = NULL;

  mc_value_init_text (&value, text);
  *visit = take_visit (*visit, mc_visit_with_field (*visit, key, &value, &error), &error);
}

static inline void
set_finding_text (McVisit **visit, const char *item, const char *key, const char *text)
{
  g_auto (McValue) value = MC_VALUE_INIT;
  GError *error = NULL;

  mc_value_init_text (&value, text);
  *visit = take_visit (*visit, mc_visit_with_finding_field (*visit, item, key, &value, &error), &error);
}

/* A second inspector, so that there are two. */
static inline char *
add_partner (ReportStore *self)
{
  g_autoptr (McRecord) partner = mc_record_new (mc_entity_find ("inspector"), NULL);

  mc_record_set_text (partner, "name", "李明");
  mc_record_set_text (partner, "employer", "秀洲区民政局");
  mc_record_set_text (partner, "authority", self->user->authority);
  mc_record_set_text (partner, "area", self->user->area);
  mc_record_set_text (partner, "certificate_no", "11040112015");
  mc_record_set_text (partner, "certificate_expires_on", "2030-12-31");
  add_record (self, partner);
  return g_strdup (mc_record_get_id (partner));
}

/* The first item that the authority itself is competent for; there is another after it. */
static inline const McItem *
own_item (McVisit *visit)
{
  guint n_items;
  const McItem *items = mc_standard_get_items (mc_visit_get_standard (visit), &n_items);

  for (guint i = 0; i + 1 < n_items; i++)
    if (items[i].kind == MC_ITEM_CONFORM && g_strcmp0 (items[i].competent[0], mc_visit_get_own_kind (visit)) == 0)
      return &items[i];
  g_assert_not_reached ();
}

/* A check of @facility, all of it answered "conform" but its own_item(), which does not conform; saved. */
static inline McVisit *
add_visit (ReportStore *self, const char *facility, const char *partner)
{
  const char *const assistants[] = { partner, NULL };
  McVisitRequest request = { .facility = facility, .user = self->user->id, .assistants = assistants, .checked_on = "2026-11-20", .today = "2026-11-21" };
  McStandards *standards = mc_standards_get_builtin ();
  GError *error = NULL;
  McVisit *visit = mc_visits_prepare (self->store, standards, &request, &error);
  const McItem *item;
  const McSection *sections;
  guint n_sections;

  g_assert_no_error (error);
  item = own_item (visit);
  sections = mc_standard_get_sections (mc_visit_get_standard (visit), &n_sections);
  visit = take_visit (visit, mc_visit_with_answer (visit, item->code, "nonconform", NULL, &error), &error);
  visit = take_visit (visit, mc_visit_with_note (visit, item[1].code, "=现场查看，𠮷记录完整", &error), &error);
  for (guint i = 0; i < n_sections; i++)
    visit = take_visit (visit, mc_visit_with_section_conform (visit, sections[i].code, NULL, &error), &error);
  set_finding_text (&visit, item->code, "description", "二楼东侧疏散通道堆放轮椅3辆。");
  set_finding_text (&visit, item->code, "severity", "minor");
  set_finding_text (&visit, item->code, "way", "corrected_on_site");
  set_visit_text (&visit, "note", "检查人员到达现场，机构负责人陪同检查。");
  set_visit_text (&visit, "facility_representative", "王㛃");
  mc_visits_save (self->store, NULL, visit, &error);
  g_assert_no_error (error);
  return visit;
}
