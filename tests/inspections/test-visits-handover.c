/* SPDX-License-Identifier: GPL-3.0-or-later
 * All open work of a person becomes another's, with a reason; what is finalised stays as it was signed. */
#include "office.h"

#include "inspections/mc-visits-handover.h"

#include <string.h>

static char *
add_draft (Office *office)
{
  g_autoptr (McVisit) visit = prepare (office, SAMPLE_DAY);

  save (office, NULL, visit);
  return g_strdup (mc_visit_get_id (visit));
}

static void
assert_people (Office *office, const char *id, const char *lead, const char *assistants)
{
  g_autoptr (McVisit) visit = reload (office, id);

  g_assert_cmpstr (mc_record_get_text (mc_visit_get_record (visit), "lead"), ==, lead);
  g_assert_cmpstr (mc_record_get_text (mc_visit_get_record (visit), "assistants"), ==, assistants);
}

static void
test_moves_what_is_open (void)
{
  g_auto (Office) office = { { NULL } };
  g_autoptr (GError) error = NULL;
  g_autofree char *finalised = NULL, *draft = NULL, *third = NULL;
  McOpenWork work = { 0, 0 }, moved = { 0, 0 };

  office_init (&office);
  third = add_inspector (&office, "Third");
  finalised = finalise_one (&office, "2026-05-06");
  draft = add_draft (&office);
  g_assert_true (mc_visits_count_open_work (office.store, office.lead, &work, &error));
  g_assert_cmpuint (work.visits, ==, 1);
  g_assert_true (mc_visits_hand_over (office.store, office.lead, third, " On leave ", SAMPLE_DAY, &moved, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (moved.visits, ==, 1);
  assert_people (&office, draft, third, office.assistant);
  assert_people (&office, finalised, office.lead, office.assistant);
  assert_raw_integer (office.folder.db, "SELECT count(*) FROM handover WHERE reason = 'On leave' AND visits IS NOT NULL", 1);
  g_assert_true (mc_visits_count_open_work (office.store, office.lead, &work, &error));
  g_assert_cmpuint (work.visits, ==, 0);
}

/* Who takes over from the lead and was the assistant is the assistant no longer; an assistant's place goes to the other. */
static void
test_nobody_stands_twice (void)
{
  g_auto (Office) office = { { NULL } };
  g_autoptr (GError) error = NULL;
  g_autofree char *draft = NULL, *third = NULL;

  office_init (&office);
  third = add_inspector (&office, "Third");
  draft = add_draft (&office);
  g_assert_true (mc_visits_hand_over (office.store, office.assistant, third, "On leave", SAMPLE_DAY, NULL, &error));
  g_assert_no_error (error);
  assert_people (&office, draft, office.lead, third);
  g_assert_true (mc_visits_hand_over (office.store, office.lead, third, "On leave", SAMPLE_DAY, NULL, &error));
  g_assert_no_error (error);
  assert_people (&office, draft, third, NULL);
}

static void
test_refusals (void)
{
  g_auto (Office) office = { { NULL } };
  g_autofree char *draft = NULL, *third = NULL, *elsewhere = NULL, *authority = NULL, *own = NULL;

  office_init (&office);
  third = add_inspector (&office, "Third");
  own = g_steal_pointer (&office.authority);
  office.authority = authority = store_add_authority (office.store, office.area);
  elsewhere = add_inspector (&office, "Elsewhere");
  authority = NULL;
  g_free (office.authority);
  office.authority = g_steal_pointer (&own);
  draft = add_draft (&office);
  {
    const struct { const char *from, *to, *reason; } cases[] = {
      { office.lead, third, "" }, { office.lead, third, "  " }, { office.lead, third, NULL }, { office.lead, office.lead, "On leave" },
      { office.lead, elsewhere, "On leave" }, { third, office.lead, "On leave" } /* has nothing */,
    };

    for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
      {
        g_autoptr (GError) error = NULL;

        g_assert_false (mc_visits_hand_over (office.store, cases[i].from, cases[i].to, cases[i].reason, SAMPLE_DAY, NULL, &error));
        g_assert_error (error, MC_INSPECTION_ERROR, MC_INSPECTION_ERROR_INPUT);
      }
  }
  assert_people (&office, draft, office.lead, office.assistant);
  assert_raw_integer (office.folder.db, "SELECT count(*) FROM handover", 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/inspections/visits-handover/moves-what-is-open", test_moves_what_is_open);
  g_test_add_func ("/inspections/visits-handover/nobody-stands-twice", test_nobody_stands_twice);
  g_test_add_func ("/inspections/visits-handover/refusals", test_refusals);
  return g_test_run ();
}
