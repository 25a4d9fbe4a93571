/* SPDX-License-Identifier: GPL-3.0-or-later
 * The editor of a visit: shown at once, on disk in order, never in conflict with itself. */
#include "office.h"

#include <string.h>

#include "inspections/mc-visit-editor.h"
#include "store/mc-change.h"

static McVisitEditor *
edit_new_visit (Office *office)
{
  g_autoptr (McVisit) visit = prepare (office, NULL);
  g_autoptr (McVisit) saved = NULL;

  save (office, NULL, visit);
  saved = reload (office, mc_visit_get_id (visit));
  return mc_visit_editor_new (office->store, office->standards, saved);
}

static void
count_cb (gpointer editor, guint *count)
{
  *count += 1;
}

static void
failed_cb (McVisitEditor *editor, const GError *error, GError **kept)
{
  g_clear_error (kept);
  *kept = g_error_copy (error);
}

static void
flushed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

static gboolean
flush (McVisitEditor *editor, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  mc_visit_editor_flush_async (editor, NULL, flushed_cb, &result);
  while (!result)
    g_main_context_iteration (NULL, TRUE);
  return mc_visit_editor_flush_finish (editor, result, error);
}

static void
flush_ok (McVisitEditor *editor)
{
  g_autoptr (GError) error = NULL;
  gboolean done = flush (editor, &error);

  g_assert_no_error (error);
  g_assert_true (done);
  g_assert_false (mc_visit_editor_get_saving (editor));
}

static void
test_shown_at_once_saved_in_order (void)
{
  g_auto (Office) office = { { NULL } };
  g_autoptr (McVisitEditor) editor = NULL;
  guint changed = 0;

  office_init (&office);
  editor = edit_new_visit (&office);
  g_signal_connect (editor, "changed", G_CALLBACK (count_cb), &changed);
  g_assert_true (mc_visit_editor_answer (editor, "A2", "conform", NULL, NULL));
  g_assert_cmpstr (mc_visit_get_value (mc_visit_editor_get_visit (editor), "A2"), ==, "conform");
  g_assert_null (mc_visit_get_value (mc_visit_editor_get_saved_visit (editor), "A2"));
  g_assert_true (mc_visit_editor_get_saving (editor));
  g_assert_cmpint (mc_visit_editor_get_saved_at (editor), ==, 0);
  g_assert_cmpuint (changed, ==, 1);
  flush_ok (editor);
  g_assert_cmpuint (changed, ==, 1); /* what was read again is what was shown */
  g_assert_cmpint (mc_visit_editor_get_saved_at (editor), >, 0);
  g_assert_cmpstr (mc_visit_get_value (mc_visit_editor_get_saved_visit (editor), "A2"), ==, "conform");
  assert_raw_text (office.folder.db, "SELECT value FROM answer WHERE item = 'A2'", "conform");
}

/* The same item again and again, faster than the disk: one value at the end, and no conflict with oneself. */
static void
test_fast_typing (void)
{
  static const char *const values[] = { "conform", "nonconform", "not_applicable" };
  g_auto (Office) office = { { NULL } };
  g_autoptr (McVisitEditor) editor = NULL;

  office_init (&office);
  editor = edit_new_visit (&office);
  for (guint i = 0; i < 60; i++)
    {
      g_autofree char *text = g_strdup_printf ("note %u", i);

      g_assert_true (mc_visit_editor_answer (editor, "C6", values[i % 3], NULL, NULL));
      g_assert_true (mc_visit_editor_note (editor, "C6", text, NULL));
      if (i % 7 == 0)
        g_main_context_iteration (NULL, FALSE);
      if (i % 20 == 0)
        flush_ok (editor);
    }
  flush_ok (editor);
  assert_raw_text (office.folder.db, "SELECT value FROM answer WHERE item = 'C6'", "not_applicable");
  assert_raw_text (office.folder.db, "SELECT note FROM answer WHERE item = 'C6'", "note 59");
  assert_raw_integer (office.folder.db, "SELECT max (whole_state) FROM visit", 0);
  g_assert_cmpint (mc_visit_get_state (mc_visit_editor_get_visit (editor)), ==, 0);
}

static void
test_refused_at_once (void)
{
  g_auto (Office) office = { { NULL } };
  g_autoptr (McVisitEditor) editor = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (McValue) value = MC_VALUE_INIT;

  office_init (&office);
  editor = edit_new_visit (&office);
  mc_value_init_text (&value, "by_date");
  g_assert_false (mc_visit_editor_set_finding_field (editor, "C6", "way", &value, &error));
  g_assert_error (error, MC_INSPECTION_ERROR, MC_INSPECTION_ERROR_INPUT);
  g_assert_false (mc_visit_editor_get_saving (editor));
  g_assert_true (mc_visit_editor_answer (editor, "M2", "nonconform", NULL, NULL));
  g_clear_error (&error);
  g_assert_false (mc_visit_editor_set_finding_field (editor, "M2", "way", &value, &error));
  g_assert_error (error, MC_INSPECTION_ERROR, MC_INSPECTION_ERROR_INPUT);
  flush_ok (editor);
  assert_raw_text (office.folder.db, "SELECT way FROM finding", "referral");
}

static void
test_unchanged_writes_nothing (void)
{
  g_auto (Office) office = { { NULL } };
  g_autoptr (McVisitEditor) editor = NULL;
  gint64 lines;

  office_init (&office);
  editor = edit_new_visit (&office);
  g_assert_true (mc_visit_editor_answer (editor, "A2", "conform", NULL, NULL));
  flush_ok (editor);
  lines = raw_integer (office.folder.db, "SELECT count(*) FROM change");
  g_assert_true (mc_visit_editor_answer (editor, "A2", "conform", NULL, NULL));
  g_assert_true (mc_visit_editor_note (editor, "A2", "", NULL));
  flush_ok (editor);
  assert_raw_integer (office.folder.db, "SELECT count(*) FROM change", lines);
}

/* A line that another window or program wrote appears without being asked for. */
static void
test_follows_the_store (void)
{
  g_auto (Office) office = { { NULL } };
  g_autoptr (McVisitEditor) editor = NULL;
  g_autoptr (McVisit) other = NULL;
  g_autoptr (McVisit) edited = NULL;
  guint changed = 0;

  office_init (&office);
  editor = edit_new_visit (&office);
  g_signal_connect (editor, "changed", G_CALLBACK (count_cb), &changed);
  other = mc_visit_ref (mc_visit_editor_get_saved_visit (editor));
  edited = mc_visit_ref (other);
  answer (&edited, "A3", "not_checked");
  save (&office, other, edited);
  while (changed == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (mc_visit_get_value (mc_visit_editor_get_visit (editor), "A3"), ==, "not_checked");
}

/* What came in while a person typed is not overwritten: both values are kept for a person to pick. */
static void
test_meanwhile_is_a_conflict (void)
{
  g_auto (Office) office = { { NULL } };
  g_autoptr (McVisitEditor) editor = NULL;
  g_autoptr (McVisit) other = NULL;
  g_autoptr (McVisit) edited = NULL;

  office_init (&office);
  editor = edit_new_visit (&office);
  g_assert_true (mc_visit_editor_answer (editor, "A3", "conform", NULL, NULL));
  flush_ok (editor);
  other = mc_visit_ref (mc_visit_editor_get_saved_visit (editor));
  edited = mc_visit_ref (other);
  answer (&edited, "A3", "not_checked");
  save (&office, other, edited); /* the editor has not heard of it yet */
  g_assert_true (mc_visit_editor_answer (editor, "A3", "not_applicable", NULL, NULL));
  flush_ok (editor);
  g_assert_true (mc_visit_get_state (mc_visit_editor_get_visit (editor)) & MC_RECORD_CONFLICT);
}

static void
test_finalised_is_closed (void)
{
  g_auto (Office) office = { { NULL } };
  g_autofree char *id = NULL;
  g_autoptr (McVisit) visit = NULL;
  g_autoptr (McVisitEditor) editor = NULL;
  g_autoptr (GError) error = NULL;

  office_init (&office);
  id = finalise_one (&office, NULL);
  visit = reload (&office, id);
  editor = mc_visit_editor_new (office.store, office.standards, visit);
  g_assert_false (mc_visit_editor_answer (editor, "A2", "not_checked", NULL, &error));
  g_assert_error (error, MC_INSPECTION_ERROR, MC_INSPECTION_ERROR_STATE);
  flush_ok (editor);
}

/* The visit was finalised elsewhere while an edit was on its way: the edit stays, its reason is told, and nothing is written. */
static void
test_failure_is_told (void)
{
  g_auto (Office) office = { { NULL } };
  g_autoptr (McVisitEditor) editor = NULL;
  g_autoptr (McVisit) marked = NULL;
  g_autoptr (McVisit) fresh = NULL;
  g_autoptr (GError) told = NULL;
  g_autoptr (GError) error = NULL;
  gboolean done;

  office_init (&office);
  editor = edit_new_visit (&office);
  g_signal_connect (editor, "failed", G_CALLBACK (failed_cb), &told);
  marked = mc_visit_ref (mc_visit_editor_get_saved_visit (editor));
  conform_all (&marked);
  save (&office, mc_visit_editor_get_saved_visit (editor), marked);
  fresh = reload (&office, mc_visit_get_id (marked));
  done = mc_visits_finalise (office.store, fresh, SAMPLE_DAY, office.lead, &error);
  g_assert_no_error (error);
  g_assert_true (done);
  g_assert_true (mc_visit_editor_note (editor, "A2", "too late", NULL));
  g_assert_false (flush (editor, &error));
  g_assert_error (error, MC_STORE_ERROR, MC_STORE_ERROR_SEALED);
  g_assert_error (told, MC_STORE_ERROR, MC_STORE_ERROR_SEALED);
  g_assert_true (mc_visit_editor_get_saving (editor));
  g_assert_cmpstr (mc_visit_get_note (mc_visit_editor_get_visit (editor), "A2"), ==, "too late");
  assert_raw_integer (office.folder.db, "SELECT count(*) FROM answer WHERE note IS NOT NULL", 0);

  mc_visit_editor_discard (editor);
  flush_ok (editor);
  g_assert_null (mc_visit_get_note (mc_visit_editor_get_visit (editor), "A2"));
  g_assert_true (mc_visit_is_finalised (mc_visit_editor_get_visit (editor)));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/inspections/visit-editor/shown-at-once-saved-in-order", test_shown_at_once_saved_in_order);
  g_test_add_func ("/inspections/visit-editor/fast-typing", test_fast_typing);
  g_test_add_func ("/inspections/visit-editor/refused-at-once", test_refused_at_once);
  g_test_add_func ("/inspections/visit-editor/unchanged-writes-nothing", test_unchanged_writes_nothing);
  g_test_add_func ("/inspections/visit-editor/follows-the-store", test_follows_the_store);
  g_test_add_func ("/inspections/visit-editor/meanwhile-is-a-conflict", test_meanwhile_is_a_conflict);
  g_test_add_func ("/inspections/visit-editor/finalised-is-closed", test_finalised_is_closed);
  g_test_add_func ("/inspections/visit-editor/failure-is-told", test_failure_is_told);
  return g_test_run ();
}
