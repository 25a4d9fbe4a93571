/* SPDX-License-Identifier: GPL-3.0-or-later
 * A store in a folder of its own for each test of the registers. */
#pragma once

#include <glib/gstdio.h>

#include "registry/mc-setup.h"

typedef struct
{
  char *folder;
  char *path;
  McStore *store;
} TestStore;

static inline void
test_store_open (TestStore *test, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  test->folder = g_dir_make_tmp ("mingcha-XXXXXX", NULL);
  test->path = g_build_filename (test->folder, "mingcha.db", NULL);
  test->store = mc_store_open (test->path, MC_STORE_CREATE, &error);
  g_assert_no_error (error);
}

static inline void
test_store_remove (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *inner = g_build_filename (path, name, NULL);

      test_store_remove (inner);
    }
  g_remove (path);
}

static inline void
test_store_close (TestStore *test, gconstpointer data)
{
  mc_store_close (test->store);
  g_assert_finalize_object (test->store);
  test_store_remove (test->folder);
  g_free (test->folder);
  g_free (test->path);
}

/* A first run in the area of that code, as an inspector of civil affairs. */
static inline void
test_store_set_up (TestStore *test, const char *area_code)
{
  McSetupOptions options = { .area_code = area_code, .user_name = "检查员01", .role = "inspector" };
  g_autoptr (GError) error = NULL;
  g_autofree char *user = mc_setup_run (test->store, &options, &error);

  g_assert_no_error (error);
  g_assert_nonnull (user);
}
