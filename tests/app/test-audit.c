/* SPDX-License-Identifier: GPL-3.0-or-later
 * Every page of the window's table, in its states, over each database, in the modes: nothing cut, small, faint, nameless or English.
 *
 * MC_AUDIT_WHOLE: every page over every database in every mode, not a choice of them. MC_AUDIT_FIXTURE=NAME, MC_AUDIT_PAGE=NAME,
 * MC_AUDIT_STATE=NAME: only that database, page, state. */
#include <stdlib.h>
#include <string.h>

#include "app/mc-page-table.h"
#include "mc-audit.h"
#include "mc-fixture.h"
#include "mc-stage.h"
#include "store/mc-error.h"
#include "widgets/mc-pin-ask.h"
#include "widgets/mc-question.h"

typedef struct
{
  const char *fixture; /* "first-run", "problem", "dialogs": the window without pages */
  gboolean dark;
  gboolean elder;
  guint text_size;
  int width;
} Case;

/* One of each kind of thing that can go wrong; the slow suite has them all. */
static const Case quick[] = {
  { "first-run", FALSE, FALSE, 100, 1366 },
  { "first-run", FALSE, TRUE, 200, 1024 },
  { "problem", FALSE, FALSE, 200, 1024 },
  { "problem", TRUE, TRUE, 150, 1366 },
  { "dialogs", FALSE, FALSE, 100, 1366 },
  { "dialogs", TRUE, FALSE, 200, 1024 },
  { "dialogs", FALSE, TRUE, 200, 1024 },
  { "empty", FALSE, TRUE, 200, 1024 },
  { "one", TRUE, FALSE, 125, 1366 },
  { "sample", FALSE, FALSE, 100, 1366 },
  { "sample", TRUE, FALSE, 200, 1024 },
  { "sample", FALSE, TRUE, 100, 1366 },
  { "many", FALSE, FALSE, 150, 1024 },
  { "long", FALSE, FALSE, 200, 1024 },
  { "long", FALSE, TRUE, 200, 1024 },
  { "conflict", FALSE, FALSE, 100, 1024 },
  { "conflict", TRUE, TRUE, 150, 1366 },
};

static char *root;

static guint
audit_window (GtkWindow *window, const Case *c, const char *what)
{
  g_autoptr (GdkTexture) texture = mc_stage_paint_window (window);
  g_autoptr (GPtrArray) faults = mc_audit (GTK_WIDGET (window), texture, c->elder ? &mc_audit_elder : &mc_audit_normal);

  for (guint i = 0; i < faults->len; i++)
    g_test_message ("%s: %s", what, (char *) faults->pdata[i]);
  return faults->len;
}

static guint
audit_now (McStage *stage, const Case *c, const char *what)
{
  GtkWidget *window = GTK_WIDGET (mc_stage_get_window (stage));

  g_assert_cmpint (gtk_widget_get_width (window), ==, c->width);
  g_assert_cmpint (gtk_widget_get_height (window), ==, 768);
  return audit_window (GTK_WINDOW (window), c, what);
}

/* What lies over the window: a dialog, once it is there and has read what it shows. */
static guint
audit_dialog (McStage *stage, const Case *c, const char *what)
{
  GtkWindow *dialog = mc_stage_wait_for_dialog (stage);
  guint faults;

  g_assert_cmpint (gtk_widget_get_width (GTK_WIDGET (dialog)), <=, c->width);
  g_assert_cmpint (gtk_widget_get_height (GTK_WIDGET (dialog)), <=, 768);
  faults = audit_window (dialog, c, what);
  gtk_window_destroy (dialog);
  mc_stage_settle (stage);
  return faults;
}

static guint
audit_questions (McStage *stage, const Case *c)
{
  GtkWidget *window = GTK_WIDGET (mc_stage_get_window (stage));
  g_autoptr (GError) error = g_error_new_literal (MC_STORE_ERROR, MC_STORE_ERROR_FULL, "磁盘已满，这次修改没有保存；以前保存的内容都在。请腾出空间后重试。");
  McQuestion *question = mc_question_new ("弃用这次抽取？", "弃用后仍留在修改记录里，可以查到。");
  guint faults = 0;

  mc_question_show_error (window, "这次修改没有保存", error);
  faults += audit_dialog (stage, c, "error");
  mc_question_add_answer (question, "cancel", "取消", MC_QUESTION_PLAIN);
  mc_question_add_answer (question, "void", "弃用", MC_QUESTION_DESTRUCTIVE);
  mc_question_ask_text (question, "原因（必填）", TRUE);
  mc_question_ask (question, window, NULL, NULL);
  return faults + audit_dialog (stage, c, "question");
}

static guint
audit_dialogs (McStage *stage, const Case *c)
{
  static const char *const actions[] = { "win.preferences", "win.users", "win.shortcuts", "win.switch-user", "win.my-pin" };
  GtkWidget *window = GTK_WIDGET (mc_stage_get_window (stage));
  guint faults = 0;

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      gtk_widget_activate_action (window, actions[i], NULL);
      faults += audit_dialog (stage, c, actions[i]);
    }
  mc_pin_ask (window, mc_stage_get_session (stage), NULL, "本次检查定稿", NULL, NULL);
  faults += audit_dialog (stage, c, "PIN");
  return faults + audit_questions (stage, c);
}

/* The page as it opens, and in its states. */
static guint
audit_page (McStage *stage, const Case *c, const char *name)
{
  const char *only = g_getenv ("MC_AUDIT_STATE");
  const char *const *states;
  McPage *page;
  guint faults = 0;

  g_assert_true (mc_window_show_page (mc_stage_get_window (stage), name));
  mc_stage_settle (stage);
  if (!only)
    faults += audit_now (stage, c, name);
  page = mc_window_get_page (mc_stage_get_window (stage));
  for (states = mc_page_list_states (page); states && *states; states++)
    if ((!only || strcmp (only, *states) == 0) && mc_page_set_state (page, *states))
      {
        g_autofree char *what = g_strdup_printf ("%s/%s", name, *states);

        mc_stage_settle (stage);
        faults += audit_now (stage, c, what);
      }
  return faults;
}

static guint
audit_pages (McStage *stage, const Case *c)
{
  const char *only = g_getenv ("MC_AUDIT_PAGE");
  guint n_pages, faults = 0;
  const McPageInfo *pages = mc_page_table (&n_pages);

  for (guint i = 0; i < n_pages; i++)
    if (!only || strcmp (only, pages[i].name) == 0)
      faults += audit_page (stage, c, pages[i].name);
  return faults;
}

static guint
audit_problems (McStage *stage, const Case *c)
{
  static const McStoreError codes[] = { MC_STORE_ERROR_BUSY, MC_STORE_ERROR_NEWER, MC_STORE_ERROR_CORRUPT, MC_STORE_ERROR_NOT_OURS,
                                        MC_STORE_ERROR_FULL, MC_STORE_ERROR_READ_ONLY, MC_STORE_ERROR_FAILED };
  guint faults = 0;

  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      g_autoptr (GError) error = g_error_new (MC_STORE_ERROR, (int) codes[i], "数据库 /home/检查员01/.local/share/mingcha/mingcha.db 正由 mingcha（进程 4711，检查员02，11月19日 09:12）使用。");
      g_autofree char *what = g_strdup_printf ("problem %d", (int) codes[i]);

      mc_window_show_problem (mc_stage_get_window (stage), error);
      mc_stage_settle (stage);
      faults += audit_now (stage, c, what);
    }
  return faults;
}

/* The database of @fixture, made when its first case runs. */
static char *
ensure_database (const char *fixture)
{
  g_autofree char *path = g_build_filename (root, fixture, "mingcha.db", NULL);

  if ((g_strv_contains (mc_fixture_list (), fixture) || strcmp (fixture, "dialogs") == 0) && !g_file_test (path, G_FILE_TEST_EXISTS))
    mc_fixture_make (fixture, path);
  return g_steal_pointer (&path);
}

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  g_autofree char *path = ensure_database (c->fixture);
  g_autoptr (McStage) stage = NULL;
  GDate today;
  guint faults;

  mc_fixture_today (&today);
  stage = mc_stage_new (path, c->width, 768, &today);
  mc_stage_set_appearance (stage, c->dark, c->elder, c->text_size);
  if (strcmp (c->fixture, "first-run") == 0)
    faults = audit_now (stage, c, "first run");
  else if (strcmp (c->fixture, "problem") == 0)
    faults = audit_problems (stage, c);
  else if (strcmp (c->fixture, "dialogs") == 0)
    faults = audit_dialogs (stage, c);
  else
    faults = audit_pages (stage, c);
  if (faults > 0)
    g_test_fail_printf ("%u faults", faults);
}

static void
add_case (const Case *c)
{
  const char *only = g_getenv ("MC_AUDIT_FIXTURE");
  g_autofree char *path = g_strdup_printf ("/audit/%s/%s%s/%u/%d", c->fixture, c->dark ? "dark" : "light", c->elder ? "-elder" : "", c->text_size, c->width);

  if (only && strcmp (only, c->fixture) != 0)
    return;
  g_test_add_data_func_full (path, g_memdup2 (c, sizeof *c), test_case, g_free);
}

/* Dark is laid out as light is: it is looked at with the least and the most text. */
static void
add_all (const char *fixture)
{
  static const guint sizes[] = { 100, 150, 200 };
  static const int widths[] = { 1366, 1024 };

  for (guint elder = 0; elder < 2; elder++)
    {
      for (guint s = 0; s < G_N_ELEMENTS (sizes); s++)
        for (guint w = 0; w < G_N_ELEMENTS (widths); w++)
          add_case (&(Case){ fixture, FALSE, elder > 0, sizes[s], widths[w] });
      add_case (&(Case){ fixture, TRUE, elder > 0, 100, 1366 });
      add_case (&(Case){ fixture, TRUE, elder > 0, 200, 1024 });
    }
}

int
main (int argc, char **argv)
{
  gboolean whole = g_getenv ("MC_AUDIT_WHOLE") != NULL;
  int result;

  g_setenv ("GTK_A11Y", "test", TRUE);
  root = g_dir_make_tmp ("mingcha-audit-XXXXXX", NULL);
  /* One set of folders for all cases: a database belongs to the device that made it. */
  g_setenv ("XDG_DATA_HOME", root, TRUE);
  g_setenv ("XDG_STATE_HOME", root, TRUE);
  g_setenv ("XDG_CONFIG_HOME", root, TRUE);
  g_test_init (&argc, &argv, NULL);
  /* GLib's tests abort on warnings; so that one page's warning does not hide the other pages' faults, that is left to $G_DEBUG here. */
  if (!g_getenv ("G_DEBUG"))
    g_log_set_always_fatal (G_LOG_FATAL_MASK | G_LOG_LEVEL_CRITICAL);
  if (!mc_stage_init ())
    {
      g_print ("1..0 # SKIP there is no display or no zh_CN locale (LOCPATH)\n");
      return EXIT_SUCCESS;
    }
  for (guint i = 0; !whole && i < G_N_ELEMENTS (quick); i++)
    add_case (&quick[i]);
  if (whole)
    {
      add_all ("first-run");
      add_all ("problem");
      add_all ("dialogs");
      for (const char *const *name = mc_fixture_list (); *name; name++)
        add_all (*name);
    }
  result = g_test_run ();
  mc_fixture_remove_folder (root);
  return result;
}
