/* SPDX-License-Identifier: GPL-3.0-or-later
 * The first run writes all or nothing; samples come once. */
#include "registry/mc-setup.h"

#include <string.h>

#include "registry/mc-check-matter.h"
#include "registry/mc-inspector.h"
#include "test-registry-store.h"

static void
test_first_run (TestStore *test, gconstpointer data)
{
  McSetupOptions options = { .area_code = "330411", .user_name = " 检查员01 ", .role = "inspector" };
  g_autoptr (GError) error = NULL;
  g_autofree char *user_id = NULL;
  g_autoptr (McUser) user = NULL;
  g_autoptr (McAreaTree) tree = NULL;
  g_autoptr (GPtrArray) authorities = NULL;
  g_autoptr (GPtrArray) inspectors = NULL;
  const McAuthority *authority;
  const McInspectorRow *inspector;
  gboolean needed = FALSE;

  g_assert_true (mc_setup_is_needed (test->store, &needed, &error));
  g_assert_true (needed);
  user_id = mc_setup_run (test->store, &options, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (mc_store_get_user (test->store), ==, user_id);
  g_assert_true (mc_setup_is_needed (test->store, &needed, &error));
  g_assert_false (needed);

  user = mc_user_find (test->store, "检查员01", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (user->id, ==, user_id);
  g_assert_cmpstr (user->role, ==, "inspector");
  tree = mc_area_tree_load (test->store, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (mc_area_tree_get_n_areas (tree), ==, 2 + 1 + 9 + 1); /* above, itself, below, the zone that manages one of them */
  g_assert_cmpstr (user->area, ==, mc_area_tree_find_code (tree, "330411")->id);
  authorities = mc_authority_list (test->store, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (authorities->len, ==, 1);
  authority = authorities->pdata[0];
  g_assert_cmpstr (authority->name, ==, "秀洲区民政局");
  g_assert_cmpstr (authority->kind, ==, "civil_affairs");
  g_assert_cmpstr (authority->id, ==, user->authority);
  inspectors = mc_inspector_list (test->store, tree, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (inspectors->len, ==, 1);
  inspector = inspectors->pdata[0];
  g_assert_cmpstr (inspector->id, ==, user->inspector);
  g_assert_cmpstr (inspector->name, ==, "检查员01");
  g_assert_cmpstr (inspector->employer, ==, "秀洲区民政局");
  g_assert_cmpstr (inspector->area_path, ==, "秀洲区");
}

/* The areas that the program brings, the store holds as they are. */
static void
test_stored_tree_is_the_seeded_one (TestStore *test, gconstpointer data)
{
  McAreaTree *builtin = mc_area_tree_get_builtin ();
  g_autoptr (McAreaTree) tree = NULL;

  test_store_set_up (test, "3304");
  tree = mc_area_tree_load (test->store, NULL);
  g_assert_cmpuint (mc_area_tree_get_n_areas (tree), ==, 83);
  for (guint rank = 0; rank < mc_area_tree_get_n_areas (tree); rank++)
    {
      const McArea *area = mc_area_tree_get (tree, rank), *other = mc_area_tree_find (builtin, area->id);

      g_assert_cmpstr (area->name, ==, other->name);
      g_assert_cmpstr (area->parent ? area->parent->id : NULL, ==, other->parent ? other->parent->id : NULL);
      g_assert_cmpstr (area->aliases[0], ==, other->aliases[0]);
    }
}

static void
test_wrong_input_changes_nothing (TestStore *test, gconstpointer data)
{
  static const struct { McSetupOptions options; int code; const char *says; } cases[] = {
    { { "110101", NULL, NULL, "甲", "inspector" }, MC_REGISTRY_ERROR_NOT_FOUND, "110101" },
    { { NULL, NULL, NULL, "甲", "inspector" }, MC_REGISTRY_ERROR_NOT_FOUND, "" },
    { { "城东街道", NULL, NULL, "甲", "inspector" }, MC_REGISTRY_ERROR_INPUT, "城东街道" },
    { { "330411", NULL, NULL, "甲", "king" }, MC_REGISTRY_ERROR_INPUT, "king" },
    { { "330411", NULL, NULL, "甲", NULL }, MC_REGISTRY_ERROR_INPUT, "inspector" },
    { { "330411", NULL, NULL, "", "inspector" }, MC_REGISTRY_ERROR_INPUT, "100" },
    { { "330411", NULL, NULL, "　", "inspector" }, MC_REGISTRY_ERROR_INPUT, "100" },
    { { "330411", NULL, NULL, NULL, "inspector" }, MC_REGISTRY_ERROR_INPUT, "100" },
    { { "330411", NULL, NULL, "\xff", "inspector" }, MC_REGISTRY_ERROR_INPUT, "100" },
    { { "330411", " ", NULL, "甲", "inspector" }, MC_REGISTRY_ERROR_INPUT, "100" },
    { { "330411", NULL, "fire", "甲", "inspector" }, MC_REGISTRY_ERROR_INPUT, "消防" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (McAreaTree) tree = NULL;

      g_assert_null (mc_setup_run (test->store, &cases[i].options, &error));
      g_test_message ("%s", error->message);
      g_assert_error (error, MC_REGISTRY_ERROR, cases[i].code);
      g_assert_nonnull (strstr (error->message, cases[i].says));
      g_assert_null (mc_store_get_user (test->store));
      tree = mc_area_tree_load (test->store, NULL);
      g_assert_cmpuint (mc_area_tree_get_n_areas (tree), ==, 0);
    }
}

static void
test_second_run_is_refused (TestStore *test, gconstpointer data)
{
  McSetupOptions options = { .area_code = "330402", .user_name = "乙", .role = "viewer" };
  g_autoptr (GError) error = NULL;
  g_autofree char *user = NULL;

  test_store_set_up (test, "330411");
  user = g_strdup (mc_store_get_user (test->store));
  g_assert_null (mc_setup_run (test->store, &options, &error));
  g_assert_error (error, MC_REGISTRY_ERROR, MC_REGISTRY_ERROR_EXISTS);
  g_assert_cmpstr (mc_store_get_user (test->store), ==, user);
}

static void
test_authorities_of_users (TestStore *test, gconstpointer data)
{
  static const struct { const char *area, *given, *kind, *role, *name, *is_kind, *area_code; } cases[] = {
    { "330411101", NULL, NULL, "township_officer", "王江泾镇人民政府", "township", "330411101" },
    { "330402010", NULL, NULL, "township_officer", "南湖街道办事处", "township", "330402010" },
    { "330411101", NULL, NULL, "inspector", "秀洲区民政局", "civil_affairs", "330411" },
    { "330411101", "秀洲区卫生健康局", NULL, "inspector", "秀洲区卫生健康局", "health", "330411" },
    { "330411", NULL, "health", "reviewer", "秀洲区卫生健康局", "health", "330411" },
    { "3304", "嘉兴市消防救援支队", NULL, "viewer", "嘉兴市消防救援支队", "fire", "3304" },
    { "330411", "某某单位", "education", "viewer", "某某单位", "education", "330411" },
  };
  g_autoptr (McAreaTree) tree = NULL;

  test_store_set_up (test, "3304");
  tree = mc_area_tree_load (test->store, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *name = g_strdup_printf ("用户%u", i);
      McSetupOptions options = { cases[i].area, cases[i].given, cases[i].kind, name, cases[i].role };
      g_autoptr (GError) error = NULL;
      g_autofree char *id = mc_setup_add_user (test->store, &options, &error);
      g_autoptr (GPtrArray) authorities = NULL;
      g_autoptr (McUser) user = NULL;
      const McAuthority *authority;

      g_assert_no_error (error);
      user = mc_user_find (test->store, id, &error);
      authorities = mc_authority_list (test->store, &error);
      authority = mc_authority_find (authorities, user->authority);
      g_assert_cmpstr (authority->name, ==, cases[i].name);
      g_assert_cmpstr (authority->kind, ==, cases[i].is_kind);
      g_assert_cmpstr (mc_area_tree_find (tree, authority->area)->code, ==, cases[i].area_code);
    }
}

static void
test_same_name_of_users (TestStore *test, gconstpointer data)
{
  McSetupOptions options = { .area_code = "330411", .user_name = "检查员01", .role = "viewer" };
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL;

  test_store_set_up (test, "330411");
  id = mc_setup_add_user (test->store, &options, &error);
  g_assert_no_error (error);
  g_assert_null (mc_user_find (test->store, "检查员01", &error));
  g_assert_error (error, MC_REGISTRY_ERROR, MC_REGISTRY_ERROR_INPUT);
  g_clear_error (&error);
  g_assert_null (mc_user_find (test->store, "某人", &error));
  g_assert_error (error, MC_REGISTRY_ERROR, MC_REGISTRY_ERROR_NOT_FOUND);
}

static void
test_samples (TestStore *test, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) matters = NULL;
  g_autoptr (GPtrArray) again = NULL;
  g_autoptr (GPtrArray) authorities = NULL;
  g_autoptr (GPtrArray) for_home = NULL;
  McCheckMatterQuery query = { .kind = "elder_home", .published_by = "2026-11-19" };
  gboolean elder = FALSE, childcare = FALSE;

  g_assert_false (mc_setup_samples (test->store, &error)); /* nobody works here yet */
  g_assert_error (error, MC_REGISTRY_ERROR, MC_REGISTRY_ERROR_INPUT);
  g_clear_error (&error);
  test_store_set_up (test, "330411");
  g_assert_true (mc_setup_samples (test->store, &error));
  g_assert_no_error (error);
  matters = mc_check_matter_list (test->store, NULL, &error);
  g_assert_cmpuint (matters->len, ==, 4);
  for (guint i = 0; i < matters->len; i++)
    {
      const McCheckMatterRow *row = matters->pdata[i];

      g_assert_nonnull (row->published_on);
      g_assert_nonnull (strstr (row->sample_fields, "published_on"));
      g_assert_nonnull (row->basis);
      elder |= g_strcmp0 (row->standard, "elder-care-inspection") == 0;
      childcare |= g_strcmp0 (row->standard, "childcare-inspection") == 0;
    }
  g_assert_true (elder && childcare);
  authorities = mc_authority_list (test->store, &error);
  g_assert_cmpuint (authorities->len, ==, 2);
  for_home = mc_check_matter_list (test->store, &query, &error);
  g_assert_cmpuint (for_home->len, ==, 1);
  g_assert_true (mc_setup_samples (test->store, &error));
  g_assert_no_error (error);
  again = mc_check_matter_list (test->store, NULL, &error);
  g_assert_cmpuint (again->len, ==, 4);
}

static void
run_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(char **) user_data = mc_setup_run_finish (result, NULL);
}

static void
test_in_the_background (TestStore *test, gconstpointer data)
{
  McSetupOptions options = { .area_code = "330411", .user_name = "甲", .role = "检查员" };
  g_autofree char *user = NULL;

  mc_setup_run_async (test->store, &options, NULL, run_cb, &user);
  while (user == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (user, ==, mc_store_get_user (test->store));
}

#define ADD(path, func) g_test_add ("/registry/setup/" path, TestStore, NULL, test_store_open, func, test_store_close)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  ADD ("first-run", test_first_run);
  ADD ("stored-tree-is-the-seeded-one", test_stored_tree_is_the_seeded_one);
  ADD ("wrong-input-changes-nothing", test_wrong_input_changes_nothing);
  ADD ("second-run-is-refused", test_second_run_is_refused);
  ADD ("authorities-of-users", test_authorities_of_users);
  ADD ("same-name-of-users", test_same_name_of_users);
  ADD ("samples", test_samples);
  ADD ("in-the-background", test_in_the_background);
  return g_test_run ();
}
