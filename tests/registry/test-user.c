/* SPDX-License-Identifier: GPL-3.0-or-later
 * Wrong PINs are counted on disk and cost time, ten lock; settings belong to a user; users are managed by those who may. */
#include "registry/mc-user.h"

#include <string.h>

#include "store/mc-store-private.h"
#include "test-registry-store.h"

#define NOON 1795233600 /* 2026-11-21 */

static char *
set_up (TestStore *test)
{
  const McSetupOptions options = { .area_code = "330411", .user_name = "检查员01", .role = "inspector" };
  g_autoptr (GError) error = NULL;
  char *user = mc_setup_run (test->store, &options, &error);

  g_assert_no_error (error);
  return user;
}

static char *
add_user (TestStore *test, const char *name, const char *role)
{
  const McSetupOptions options = { .area_code = "330411", .user_name = name, .role = role };
  g_autoptr (GError) error = NULL;
  char *user = mc_setup_add_user (test->store, &options, &error);

  g_assert_no_error (error);
  return user;
}

static McPinResult
try_pin (TestStore *test, const char *user, const char *pin, gint64 now)
{
  g_autoptr (GError) error = NULL;
  McPinResult result;

  mc_user_check_pin (test->store, user, pin, now, &result, &error);
  g_assert_no_error (error);
  return result;
}

static void
give_pin (TestStore *test, const char *user, const char *pin)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (mc_user_set_pin (test->store, user, NULL, pin, FALSE, NOON, &error));
  g_assert_no_error (error);
}

/* The same PIN under numbers that take no time: what is tested here is the counting. */
static gboolean
write_cheap (sqlite3 *db, gpointer data, GError **error)
{
  static const char salt[MC_PIN_SALT_BYTES] = "0123456789abcde";
  const char *pin = data;
  guint8 tag[MC_PIN_HASH_BYTES];
  g_autoptr (sqlite3_stmt) statement = mc_store_prepare (db, "UPDATE user_pin SET salt = ?, hash = ?, passes = 1, memory_kib = 64", error);

  g_assert_true (mc_pin_argon2id (pin, strlen (pin), salt, sizeof salt, 1, 64, 1, tag, sizeof tag));
  sqlite3_bind_blob (statement, 1, salt, sizeof salt, SQLITE_STATIC);
  sqlite3_bind_blob (statement, 2, tag, sizeof tag, SQLITE_STATIC);
  return sqlite3_step (statement) == SQLITE_DONE;
}

static void
give_cheap_pin (TestStore *test, const char *user, const char *pin)
{
  g_autoptr (GError) error = NULL;

  give_pin (test, user, pin);
  g_assert_true (mc_store_write_local (test->store, write_cheap, (gpointer) pin, &error));
  g_assert_no_error (error);
}

static gboolean
has_pin (TestStore *test, const char *id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (McUser) user = mc_user_find (test->store, id, &error);

  g_assert_no_error (error);
  return user->has_pin;
}

static void
test_pin (TestStore *test, gconstpointer data)
{
  g_autofree char *user = set_up (test);
  g_autoptr (GError) error = NULL;

  g_assert_false (has_pin (test, user));
  g_assert_cmpint (try_pin (test, user, "2468", NOON).outcome, ==, MC_PIN_NONE);
  give_pin (test, user, "246810");
  g_assert_true (has_pin (test, user));
  g_assert_cmpint (try_pin (test, user, "246810", NOON).outcome, ==, MC_PIN_RIGHT);
  g_assert_cmpint (try_pin (test, user, "246811", NOON).outcome, ==, MC_PIN_WRONG);
  g_assert_cmpint (try_pin (test, user, "no digits", NOON).outcome, ==, MC_PIN_WRONG);
  /* Another one needs the old one. */
  g_assert_false (mc_user_set_pin (test->store, user, "111111", "333333", FALSE, NOON, &error));
  g_assert_error (error, MC_REGISTRY_ERROR, MC_REGISTRY_ERROR_INPUT);
  g_clear_error (&error);
  g_assert_false (mc_user_set_pin (test->store, user, NULL, "333333", FALSE, NOON, &error));
  g_clear_error (&error);
  g_assert_true (mc_user_set_pin (test->store, user, "246810", "333333", FALSE, NOON, &error));
  g_assert_no_error (error);
  g_assert_cmpint (try_pin (test, user, "333333", NOON).outcome, ==, MC_PIN_RIGHT);
}

static void
test_ten_wrong_ones (TestStore *test, gconstpointer data)
{
  g_autofree char *user = set_up (test);
  g_autoptr (GError) error = NULL;
  gint64 now = NOON;
  McPinResult result = { 0 };

  give_cheap_pin (test, user, "246810");
  for (guint i = 1; i <= 10; i++)
    {
      g_autofree char *words = NULL;

      result = try_pin (test, user, "111111", now);
      g_assert_cmpint (result.outcome, ==, MC_PIN_WRONG);
      g_assert_cmpuint (result.wrong, ==, i);
      g_assert_cmpint (result.wait_until, ==, i < 5 ? 0 : now + mc_pin_wait_seconds (i));
      words = mc_pin_result_describe (&result, now);
      g_assert_nonnull (words);
      if (i < 5)
        continue;
      /* Too soon: not looked at, not counted, even if it is right. */
      result = try_pin (test, user, "246810", result.wait_until - 1);
      g_assert_cmpint (result.outcome, ==, MC_PIN_WAIT);
      g_assert_cmpuint (result.wrong, ==, i);
      now = result.wait_until;
    }
  g_assert_true (result.locked);
  /* An administrator sets it free; or a day later the right one does. */
  g_assert_cmpint (try_pin (test, user, "246810", now - 10).outcome, ==, MC_PIN_WAIT);
  g_assert_true (mc_user_set_pin (test->store, user, NULL, "555555", TRUE, now - 10, &error));
  g_assert_no_error (error);
  g_assert_cmpint (try_pin (test, user, "555555", now - 10).outcome, ==, MC_PIN_RIGHT);
}

static void
test_day_after_the_lock (TestStore *test, gconstpointer data)
{
  g_autofree char *user = set_up (test);
  gint64 now = NOON;
  McPinResult result;

  give_cheap_pin (test, user, "246810");
  for (guint i = 1; i <= 10; i++)
    {
      result = try_pin (test, user, "111111", now);
      now = MAX (now, result.wait_until);
    }
  result = try_pin (test, user, "246810", now);
  g_assert_cmpint (result.outcome, ==, MC_PIN_RIGHT);
  g_assert_cmpuint (result.wrong, ==, 0);
  g_assert_cmpint (try_pin (test, user, "111111", now).wrong, ==, 1);
}

static void
reopen (TestStore *test)
{
  g_autoptr (GError) error = NULL;

  mc_store_close (test->store);
  g_assert_finalize_object (test->store);
  test->store = mc_store_open (test->path, 0, &error);
  g_assert_no_error (error);
}

/* What was counted is counted after a restart too, and a clock that was set back does not lock for ever. */
static void
test_count_stays (TestStore *test, gconstpointer data)
{
  g_autofree char *user = set_up (test);
  g_autoptr (GError) error = NULL;
  McPinResult result;

  give_cheap_pin (test, user, "246810");
  for (guint i = 1; i <= 5; i++)
    result = try_pin (test, user, "111111", NOON);
  reopen (test);
  result = try_pin (test, user, "246810", NOON + 29);
  g_assert_cmpint (result.outcome, ==, MC_PIN_WAIT);
  g_assert_cmpuint (result.wrong, ==, 5);
  result = try_pin (test, user, "246810", NOON - 1000000);
  g_assert_cmpint (result.outcome, ==, MC_PIN_WAIT);
  g_assert_cmpint (result.wait_until, ==, NOON - 1000000 + 30);
  g_assert_cmpint (try_pin (test, user, "246810", NOON - 1000000 + 30).outcome, ==, MC_PIN_RIGHT);
}

/* Neither the PIN nor its hash is in the log. */
static void
test_pin_is_no_line (TestStore *test, gconstpointer data)
{
  g_autofree char *user = set_up (test);
  g_autoptr (GError) error = NULL;
  g_autofree char *before = mc_store_read_lines (test->store, NULL, 1, TRUE, &error);
  g_autofree char *after = NULL;

  give_pin (test, user, "246810");
  after = mc_store_read_lines (test->store, NULL, 1, TRUE, &error);
  g_assert_cmpstr (before, ==, after);
}

static void
test_settings (TestStore *test, gconstpointer data)
{
  g_autofree char *one = set_up (test);
  g_autofree char *two = add_user (test, "经办02", "township_officer");
  g_autoptr (GHashTable) wanted = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) found = NULL;
  g_autoptr (GError) error = NULL;

  g_hash_table_insert (wanted, (gpointer) "text-size", (gpointer) "150");
  g_hash_table_insert (wanted, (gpointer) "elder", (gpointer) "true");
  g_assert_true (mc_user_save_settings (test->store, one, wanted, &error));
  found = mc_user_load_settings (test->store, two, &error);
  g_assert_cmpuint (g_hash_table_size (found), ==, 0);
  g_hash_table_unref (g_steal_pointer (&found));
  g_hash_table_insert (wanted, (gpointer) "elder", NULL);
  g_assert_true (mc_user_save_settings (test->store, one, wanted, &error));
  found = mc_user_load_settings (test->store, one, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_hash_table_size (found), ==, 1);
  g_assert_cmpstr (g_hash_table_lookup (found, "text-size"), ==, "150");
}

static void
test_who_may_manage (TestStore *test, gconstpointer data)
{
  g_autofree char *one = set_up (test);
  g_autofree char *two = add_user (test, "经办02", "township_officer");
  g_autofree char *three = NULL;
  g_autoptr (GPtrArray) users = NULL;
  g_autoptr (GPtrArray) with_administrator = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (mc_store_get_user (test->store), ==, one); /* who adds goes on working */
  users = mc_user_list (test->store, &error);
  g_assert_cmpuint (users->len, ==, 2);
  for (guint i = 0; i < users->len; i++)
    g_assert_true (mc_user_may_manage (users, users->pdata[i]));
  three = add_user (test, "管理员03", "administrator");
  with_administrator = mc_user_list (test->store, &error);
  for (guint i = 0; i < with_administrator->len; i++)
    {
      const McUser *user = with_administrator->pdata[i];

      g_assert_cmpint (mc_user_may_manage (with_administrator, user), ==, strcmp (user->id, three) == 0);
    }
  g_assert_false (mc_user_may_manage (with_administrator, NULL));
}

static void
test_retire (TestStore *test, gconstpointer data)
{
  g_autofree char *one = set_up (test);
  g_autofree char *two = add_user (test, "经办02", "township_officer");
  g_autoptr (GPtrArray) users = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_false (mc_user_retire (test->store, one, "2026-11-21", "调离", &error));
  g_assert_error (error, MC_REGISTRY_ERROR, MC_REGISTRY_ERROR_INPUT);
  g_clear_error (&error);
  g_assert_false (mc_user_retire (test->store, two, "2026-11-21", "", &error));
  g_clear_error (&error);
  g_assert_true (mc_user_retire (test->store, two, "2026-11-21", "调离", &error));
  g_assert_no_error (error);
  users = mc_user_list (test->store, &error);
  g_assert_cmpuint (users->len, ==, 1);
}

/* A reader may not migrate an older file: it reads a migrated copy of its own, in which the tables of today are. */
static void
test_older_file_read_only (void)
{
  g_autofree char *fixtures = g_test_build_filename (G_TEST_DIST, "store", "fixtures", NULL);

  for (int schema = 1;; schema++)
    {
      g_autofree char *name = g_strdup_printf ("%04d.db", schema);
      g_autofree char *fixture = g_build_filename (fixtures, name, NULL);
      g_autofree char *folder = g_dir_make_tmp ("mingcha-XXXXXX", NULL);
      g_autofree char *path = g_build_filename (folder, "mingcha.db", NULL);
      g_autofree char *bytes = NULL, *after = NULL;
      g_autoptr (GError) error = NULL;
      g_autoptr (McStore) store = NULL;
      g_autoptr (GPtrArray) users = NULL;
      g_autoptr (GHashTable) settings = NULL;
      gsize length, length_after;

      if (!g_file_get_contents (fixture, &bytes, &length, NULL))
        {
          g_assert_cmpint (schema, >, 1);
          test_store_remove (folder);
          return;
        }
      g_assert_true (g_file_set_contents (path, bytes, (gssize) length, NULL));
      store = mc_store_open (path, MC_STORE_READ_ONLY, &error);
      g_assert_no_error (error);
      users = mc_user_list (store, &error);
      g_assert_no_error (error);
      settings = mc_user_load_settings (store, "00000000-0000-4000-8000-00000000000b", &error);
      g_assert_no_error (error);
      mc_store_close (store);
      g_assert_true (g_file_get_contents (path, &after, &length_after, NULL));
      g_assert_cmpmem (bytes, length, after, length_after);
      test_store_remove (folder);
    }
}

#define ADD(path, func) g_test_add ("/registry/user/" path, TestStore, NULL, test_store_open, func, test_store_close)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  ADD ("pin", test_pin);
  ADD ("ten-wrong-ones", test_ten_wrong_ones);
  ADD ("day-after-the-lock", test_day_after_the_lock);
  ADD ("count-stays", test_count_stays);
  ADD ("pin-is-no-line", test_pin_is_no_line);
  ADD ("settings", test_settings);
  ADD ("who-may-manage", test_who_may_manage);
  ADD ("retire", test_retire);
  g_test_add_func ("/registry/user/older-file-read-only", test_older_file_read_only);
  return g_test_run ();
}
