/* SPDX-License-Identifier: GPL-3.0-or-later
 * Who is competent, and what names say. */
#include "registry/mc-authority.h"

#include <string.h>

static void
test_kinds_for_facilities (void)
{
  static const struct { const char *facility, *authority; } cases[] = {
    { "elder_home", "civil_affairs" }, { "community_elder_centre", "civil_affairs" }, { "childcare", "health" },
    { "kindergarten_toddler_class", "education" }, { "childcare_guidance_centre", "health" }, { "of_a_newer_version", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpstr (mc_authority_kind_for_facility (cases[i].facility), ==, cases[i].authority);
}

static void
test_kinds_from_names (void)
{
  static const struct { const char *name, *kind; } cases[] = {
    { "海盐县民政局", "civil_affairs" },   { "秀洲区卫生健康局", "health" }, { "嘉善县卫健委", "health" },
    { "南湖区教育体育局", "education" },   { "嘉兴市市场监督管理局", "market_supervision" },
    { "王江泾镇人民政府", "township" },    { "屠甸镇政府", "township" },     { "罗星街道办事处", "township" },
    { "嘉兴市消防救援支队", "fire" },      { "嘉兴市公安局", "police" },     { "嘉兴市人民政府", NULL }, { "某某公司", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpstr (mc_authority_kind_from_name (cases[i].name), ==, cases[i].kind);
}

static void
add (GPtrArray *authorities, const char *name, const char *kind, const char *code)
{
  McAuthority *authority = g_new0 (McAuthority, 1);

  authority->area = mc_area_id_for_code (code);
  authority->id = mc_authority_id_for (authority->area, name);
  authority->name = g_strdup (name);
  authority->kind = g_strdup (kind);
  g_ptr_array_add (authorities, authority);
}

/* The nearest above, of the right kind. */
static void
test_competent (void)
{
  static const struct { const char *kind, *place, *name; } cases[] = {
    { "civil_affairs", "330411101", "秀洲区民政局" },
    { "civil_affairs", "330402010", "嘉兴市民政局" },
    { "civil_affairs", "330411003", "嘉兴市民政局" }, /* the zone manages it, not the county of its code */
    { "health", "330411101", "秀洲区卫生健康局" },
    { "health", "330402010", NULL },
    { "civil_affairs", "330106", NULL },
  };
  g_autoptr (GPtrArray) authorities = g_ptr_array_new_with_free_func ((GDestroyNotify) mc_authority_free);
  McAreaTree *tree = mc_area_tree_get_builtin ();

  add (authorities, "嘉兴市民政局", "civil_affairs", "3304");
  add (authorities, "秀洲区民政局", "civil_affairs", "330411");
  add (authorities, "秀洲区卫生健康局", "health", "330411");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const McAuthority *found = mc_authority_find_competent (authorities, cases[i].kind, tree, mc_area_tree_find_code (tree, cases[i].place)->id);

      g_assert_cmpstr (found ? found->name : NULL, ==, cases[i].name);
    }
  g_assert_cmpstr (mc_authority_find_name (authorities, "秀洲区 民政局")->kind, ==, "civil_affairs");
  g_assert_null (mc_authority_find_name (authorities, "民政局"));
  g_assert_null (mc_authority_find_name (authorities, ""));
}

static void
test_suggestions (void)
{
  static const struct { const char *kind, *code, *name; } cases[] = {
    { "civil_affairs", "330411", "秀洲区民政局" }, { "health", "3304", "嘉兴市卫生健康局" },  { "township", "330411101", "王江泾镇人民政府" },
    { "township", "330402010", "南湖街道办事处" }, { "fire", "3304", NULL },                  { "unknown", "3304", NULL },
  };
  McAreaTree *tree = mc_area_tree_get_builtin ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *name = mc_authority_suggest_name (cases[i].kind, mc_area_tree_find_code (tree, cases[i].code));

      g_assert_cmpstr (name, ==, cases[i].name);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/registry/authority/kinds-for-facilities", test_kinds_for_facilities);
  g_test_add_func ("/registry/authority/kinds-from-names", test_kinds_from_names);
  g_test_add_func ("/registry/authority/competent", test_competent);
  g_test_add_func ("/registry/authority/suggestions", test_suggestions);
  return g_test_run ();
}
