/* SPDX-License-Identifier: GPL-3.0-or-later
 * The tree of areas: its order, who is below whom, and what a text on a sheet means. */
#include "registry/mc-area.h"

#include <string.h>

#include "store/mc-uuid.h"

static McAreaTree *
jiaxing (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) records = mc_area_seed ("3304", &error);

  g_assert_no_error (error);
  return mc_area_tree_new (records);
}

static const McArea *
by_code (McAreaTree *tree, const char *code)
{
  const McArea *area = mc_area_tree_find_code (tree, code);

  g_assert_nonnull (area);
  return area;
}

static void
test_builtin (void)
{
  McAreaTree *tree = mc_area_tree_get_builtin ();
  const McArea *top = mc_area_tree_get (tree, 0);
  guint n = mc_area_tree_get_n_areas (tree);

  g_assert_cmpuint (n, ==, 1 + 11 + 90 + 1387 + 3); /* province, cities, counties, townships, zones */
  g_assert_cmpstr (top->name, ==, "浙江省");
  g_assert_cmpuint (top->last, ==, n - 1);
  for (guint rank = 0; rank < n; rank++)
    {
      const McArea *area = mc_area_tree_get (tree, rank);

      g_assert_cmpuint (area->rank, ==, rank);
      g_assert_true (mc_area_tree_find (tree, area->id) == area);
      g_assert_true (mc_area_is_below (area, top));
      if (area->parent)
        {
          g_assert_cmpuint (area->parent->rank, <, rank);
          g_assert_cmpuint (area->depth, ==, area->parent->depth + 1);
          g_assert_true (mc_area_is_below (area, area->parent));
        }
    }
}

static void
test_ids_are_the_same_everywhere (void)
{
  g_autofree char *id = mc_area_id_for_code ("330411101");
  g_autofree char *again = mc_uuid_new_for ("area", "330411101", NULL);

  g_assert_cmpstr (id, ==, again);
  g_assert_cmpstr (id, ==, by_code (mc_area_tree_get_builtin (), "330411101")->id);
}

/* Its divisions above and below, and the zone that manages one of its townships; nothing of the neighbours. */
static void
test_seed (void)
{
  static const struct { const char *code; guint n; gboolean zone; } cases[] = {
    { "3304", 2 + 7 + 72 + 2, TRUE },
    { "330402", 2 + 1 + 13 + 1, TRUE },  /* manages one township of it */
    { "330481", 2 + 1 + 12, FALSE },
    { "330411101", 2 + 1 + 1, FALSE },
    { "330411003", 2 + 1 + 1 + 1, TRUE },
    { "33", 1 + 11 + 90 + 1387 + 3, TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) records = mc_area_seed (cases[i].code, NULL);
      g_autoptr (McAreaTree) tree = mc_area_tree_new (records);
      const McArea *found;

      g_test_message ("%s", cases[i].code);
      g_assert_cmpuint (records->len, ==, cases[i].n);
      g_assert_cmpint (mc_area_tree_resolve (tree, "经开区", NULL, &found) == MC_AREA_FOUND, ==, cases[i].zone);
      g_assert_nonnull (mc_area_tree_find_code (tree, "33"));
    }
}

static void
test_unknown_code (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (mc_area_seed ("110101", &error));
  g_assert_error (error, MC_REGISTRY_ERROR, MC_REGISTRY_ERROR_NOT_FOUND);
  g_assert_nonnull (strstr (error->message, "110101"));
}

/* A township that a zone manages is the zone's, whatever its code says. */
static void
test_permission_follows_the_tree (void)
{
  g_autoptr (McAreaTree) tree = jiaxing ();
  const McArea *zone;

  g_assert_cmpint (mc_area_tree_resolve (tree, "经开区", NULL, &zone), ==, MC_AREA_FOUND);
  g_assert_cmpstr (zone->level, ==, "zone");
  g_assert_true (mc_area_is_below (by_code (tree, "330411003"), zone));
  g_assert_true (mc_area_is_below (by_code (tree, "330402014"), zone));
  g_assert_false (mc_area_is_below (by_code (tree, "330402013"), zone));
  g_assert_false (mc_area_is_below (by_code (tree, "330411003"), by_code (tree, "330411")));
  g_assert_true (mc_area_is_below (by_code (tree, "330411004"), by_code (tree, "330411")));
  g_assert_true (mc_area_is_below (by_code (tree, "330411003"), by_code (tree, "3304")));
  g_assert_true (mc_area_is_below (zone, by_code (tree, "3304")));
  g_assert_false (mc_area_is_below (by_code (tree, "3304"), zone));
  g_assert_true (mc_area_tree_contains (tree, zone->id, by_code (tree, "330411003")->id));
  g_assert_false (mc_area_tree_contains (tree, zone->id, "nobody"));
  g_assert_cmpuint (zone->last - zone->rank, ==, 2);
}

static void
test_paths (void)
{
  g_autoptr (McAreaTree) tree = jiaxing ();
  const McArea *city = by_code (tree, "3304");
  const struct { const char *code; const McArea *below; const char *path; } cases[] = {
    { "330411101", NULL, "秀洲区 王江泾镇" },
    { "330411003", NULL, "经开区 嘉北街道" },
    { "330411", NULL, "秀洲区" },
    { "3304", NULL, "浙江省 嘉兴市" },
    { "33", NULL, "浙江省" },
    { "330411101", by_code (tree, "330411"), "王江泾镇" },
    { "330411101", by_code (tree, "33"), "嘉兴市 秀洲区 王江泾镇" },
    { "330411101", by_code (tree, "330411101"), "王江泾镇" },
    { "330411", city, "秀洲区" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = mc_area_get_path (by_code (tree, cases[i].code), cases[i].below);

      g_assert_cmpstr (path, ==, cases[i].path);
    }
}

static void
test_texts_are_resolved (void)
{
  static const struct { const char *text, *code; } cases[] = {
    { "秀洲区 王江泾镇", "330411101" },
    { "秀洲区王江泾镇", "330411101" },
    { "嘉兴市秀洲区新塍镇", "330411104" },
    { "浙江省嘉兴市秀洲区新塍镇", "330411104" },
    { "新塍", "330411104" },
    { "经开区长水街道", "330402014" },
    { "经开区嘉北街道", "330411003" },
    { "秀洲区嘉北街道", "330411003" }, /* by the codes it is there */
    { "嘉兴经济技术开发区 长水街道", "330402014" },
    { "海宁市海州街道", "330481002" }, /* as the plan writes it */
    { "海宁市海洲街道", "330481002" },
    { "海宁海洲", "330481002" },
    { "南湖区", "330402" },
    { "南湖", "330402" },       /* the county, not the street */
    { "南湖街道", "330402010" },
    { "南湖区南湖街道", "330402010" },
    { "嘉兴", "3304" },
    { "乌镇", "330483100" },
    { "桐乡市/乌镇镇", "330483100" },
    { "桐乡市→乌镇镇", "330483100" },
    { "330411101", "330411101" },
    { "330411101000", "330411101" },
    { "330411", "330411" },
    { "330411000000", "330411" },
    { "330400", "3304" },
    { "330000", "33" },
    { "33", "33" },
    { "３３０４１１", "330411" },
    { "　海宁市　许村镇 ", "330481101" },
    { "嘉善县·西塘镇", "330421103" },
    { "海盐县西塘桥街道", "330424002" },
  };
  g_autoptr (McAreaTree) tree = jiaxing ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const McArea *found;

      g_test_message ("%s", cases[i].text);
      g_assert_cmpint (mc_area_tree_resolve (tree, cases[i].text, by_code (tree, "33"), &found), ==, MC_AREA_FOUND);
      g_assert_cmpstr (found->code, ==, cases[i].code);
      g_assert_cmpint (mc_area_tree_resolve (tree, found->id, NULL, &found), ==, MC_AREA_FOUND);
      g_assert_cmpstr (found->code, ==, cases[i].code);
    }
}

static void
test_unknown_texts_are_not_guessed (void)
{
  static const char *const cases[] = { "", " ", "杭州", "西湖区", "海宁市长水街道", "秀洲区无名镇", "330499", "3", "330411999", "南湖区街道",
                                       "海宁市海洲街道1号", "长水街道海宁市", "00000000-0000-5000-8000-000000000000" };
  g_autoptr (McAreaTree) tree = jiaxing ();
  g_autofree char *endless = g_strnfill (100000, 'x');

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const McArea *found;

      g_test_message ("%s", cases[i]);
      g_assert_cmpint (mc_area_tree_resolve (tree, cases[i], NULL, &found), ==, MC_AREA_UNKNOWN);
      g_assert_null (found);
      g_assert_cmpint (mc_area_tree_resolve (tree, endless, NULL, &found), ==, MC_AREA_UNKNOWN);
    }
}

/* The same name in several counties: a person must say which, or the area in which one looks. */
static void
test_same_names_are_ambiguous (void)
{
  McAreaTree *tree = mc_area_tree_get_builtin ();
  const McArea *found;

  g_assert_cmpint (mc_area_tree_resolve (tree, "七星街道", NULL, &found), ==, MC_AREA_AMBIGUOUS);
  g_assert_null (found);
  g_assert_cmpint (mc_area_tree_resolve (tree, "七星街道", by_code (tree, "3304"), &found), ==, MC_AREA_FOUND);
  g_assert_cmpstr (found->code, ==, "330402015");
  g_assert_cmpint (mc_area_tree_resolve (tree, "南湖区七星街道", NULL, &found), ==, MC_AREA_FOUND);
  g_assert_cmpint (mc_area_tree_resolve (tree, "杭州市", by_code (tree, "3304"), &found), ==, MC_AREA_UNKNOWN);
}

static void
test_addresses (void)
{
  static const struct { const char *address, *code; } cases[] = {
    { "浙江省嘉兴市秀洲区新塍镇富园路88号", "330411104" },
    { "南湖区南湖大道1号", "330402" },
    { "嘉兴市南湖区南湖街道南湖大道", "330402010" },
    { "经开区长水街道由拳路 5 号", "330402014" },
    { "海宁大道5号", NULL },
    { "中山路1号", NULL },
    { "", NULL },
  };
  g_autoptr (McAreaTree) tree = jiaxing ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const McArea *found;

      g_test_message ("%s", cases[i].address);
      g_assert_cmpint (mc_area_tree_resolve_address (tree, cases[i].address, NULL, &found), ==, cases[i].code ? MC_AREA_FOUND : MC_AREA_UNKNOWN);
      g_assert_cmpstr (found ? found->code : NULL, ==, cases[i].code);
    }
}

static McRecord *
area_record (const char *id, const char *name, const char *parent)
{
  McRecord *record = mc_record_new (mc_entity_find ("area"), id);

  mc_record_set_text (record, "name", name);
  mc_record_set_text (record, "level", "village");
  mc_record_set_text (record, "parent", parent);
  return record;
}

/* Two edits that crossed made each the other's parent; a third hangs below; a fourth has a parent that is not here. */
static void
test_crossed_edits_do_not_hang (void)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func ((GDestroyNotify) mc_record_free);
  g_autoptr (McAreaTree) tree = NULL;
  g_autofree char *a = mc_uuid_new (), *b = mc_uuid_new (), *c = mc_uuid_new (), *d = mc_uuid_new (), *nobody = mc_uuid_new ();

  g_ptr_array_add (records, area_record (a, "a", b));
  g_ptr_array_add (records, area_record (b, "b", a));
  g_ptr_array_add (records, area_record (c, "c", b));
  g_ptr_array_add (records, area_record (d, "d", nobody));
  tree = mc_area_tree_new (records);
  g_assert_cmpuint (mc_area_tree_get_n_areas (tree), ==, 4);
  g_assert_true (mc_area_tree_contains (tree, a, c));
  g_assert_null (mc_area_tree_find (tree, d)->parent);
}

static void
test_retired_and_same (void)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func ((GDestroyNotify) mc_record_free);
  g_autoptr (McAreaTree) tree = NULL;
  g_autoptr (GPtrArray) children = NULL;
  g_autofree char *kept = mc_uuid_new (), *double_entry = mc_uuid_new (), *old = mc_uuid_new ();
  McRecord *record;
  const McArea *found;

  g_ptr_array_add (records, area_record (kept, "新村", NULL));
  g_ptr_array_add (records, record = area_record (double_entry, "新村社区", NULL));
  mc_record_set_text (record, "same_as", kept);
  g_ptr_array_add (records, record = area_record (old, "老村", NULL));
  mc_record_set_text (record, "retired_on", "2025-01-01");
  tree = mc_area_tree_new (records);
  g_assert_cmpstr (mc_area_tree_find (tree, double_entry)->id, ==, kept);
  g_assert_cmpint (mc_area_tree_resolve (tree, "新村社区", NULL, &found), ==, MC_AREA_UNKNOWN);
  g_assert_cmpint (mc_area_tree_resolve (tree, "老村", NULL, &found), ==, MC_AREA_UNKNOWN);
  g_assert_cmpstr (mc_area_tree_find (tree, old)->name, ==, "老村");
  children = mc_area_tree_get_children (tree, NULL);
  g_assert_cmpuint (children->len, ==, 1);
}

static void
test_children (void)
{
  g_autoptr (McAreaTree) tree = jiaxing ();
  g_autoptr (GPtrArray) counties = mc_area_tree_get_children (tree, by_code (tree, "3304"));
  g_autoptr (GPtrArray) none = mc_area_tree_get_children (tree, by_code (tree, "330411101"));
  g_autoptr (GPtrArray) empty_records = g_ptr_array_new ();
  g_autoptr (McAreaTree) empty = mc_area_tree_new (empty_records);
  g_autoptr (GPtrArray) nothing = mc_area_tree_get_children (empty, NULL);

  g_assert_cmpuint (counties->len, ==, 7 + 2);
  g_assert_cmpstr (((const McArea *) counties->pdata[0])->name, ==, "南湖区");
  g_assert_null (((const McArea *) counties->pdata[7])->code); /* zones come last */
  g_assert_cmpuint (none->len, ==, 0);
  g_assert_cmpuint (nothing->len, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/registry/area/builtin", test_builtin);
  g_test_add_func ("/registry/area/ids-are-the-same-everywhere", test_ids_are_the_same_everywhere);
  g_test_add_func ("/registry/area/seed", test_seed);
  g_test_add_func ("/registry/area/unknown-code", test_unknown_code);
  g_test_add_func ("/registry/area/permission-follows-the-tree", test_permission_follows_the_tree);
  g_test_add_func ("/registry/area/paths", test_paths);
  g_test_add_func ("/registry/area/texts-are-resolved", test_texts_are_resolved);
  g_test_add_func ("/registry/area/unknown-texts-are-not-guessed", test_unknown_texts_are_not_guessed);
  g_test_add_func ("/registry/area/same-names-are-ambiguous", test_same_names_are_ambiguous);
  g_test_add_func ("/registry/area/addresses", test_addresses);
  g_test_add_func ("/registry/area/crossed-edits-do-not-hang", test_crossed_edits_do_not_hang);
  g_test_add_func ("/registry/area/retired-and-same", test_retired_and_same);
  g_test_add_func ("/registry/area/children", test_children);
  return g_test_run ();
}
