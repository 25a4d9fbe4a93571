/* SPDX-License-Identifier: GPL-3.0-or-later
 * Joint checks: who takes part, whose an item is, and what is then ordered instead of referred. */
#include "office.h"

#include <string.h>

static McRecord *
authority (const char *name, const char *kind)
{
  McRecord *record = mc_record_new (mc_entity_find ("authority"), NULL);

  mc_record_set_text (record, "name", name);
  mc_record_set_text (record, "kind", kind);
  return record;
}

typedef struct
{
  VisitSample sample;
  McVisit *visit;
  McRecord *fire, *officer;
} Joint;

static void
joint_init (Joint *self)
{
  visit_sample_init (&self->sample);
  self->visit = sample_visit (&self->sample);
  self->fire = authority ("Fire brigade", "fire");
  self->officer = sample_inspector ("Officer", "2027-01-01");
}

static void
joint_clear (Joint *self)
{
  mc_visit_unref (self->visit);
  mc_record_free (self->fire);
  mc_record_free (self->officer);
  visit_sample_clear (&self->sample);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Joint, joint_clear)

static void
add_fire (Joint *self)
{
  g_autoptr (GPtrArray) inspectors = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;

  g_ptr_array_add (inspectors, self->officer);
  take_edit (&self->visit, mc_visit_with_party (self->visit, self->fire, mc_record_get_id (self->officer), NULL, inspectors, &error), error);
}

/* An item that the fire brigade is competent for and civil affairs is not. */
static const McItem *
fire_item (const Joint *self)
{
  guint n;
  const McItem *items = mc_standard_get_items (self->sample.standard, &n);

  for (guint i = 0; i < n; i++)
    if (g_strv_contains (items[i].competent, "fire") && !g_strv_contains (items[i].competent, "civil_affairs"))
      return &items[i];
  g_assert_not_reached ();
}

static void
test_takes_part (void)
{
  g_auto (Joint) joint = { { NULL } };
  g_auto (GStrv) ids = NULL;
  g_autoptr (GPtrArray) parties = NULL;

  joint_init (&joint);
  g_assert_false (mc_visit_has_kind (joint.visit, "fire"));
  add_fire (&joint);
  g_assert_true (mc_visit_has_kind (joint.visit, "fire"));
  g_assert_true (mc_visit_has_kind (joint.visit, "civil_affairs"));
  g_assert_cmpstr (mc_record_get_text (mc_visit_get_record (joint.visit), "type"), ==, "joint");
  ids = mc_visit_get_inspector_ids (joint.visit);
  g_assert_cmpuint (g_strv_length (ids), ==, 3);
  g_assert_cmpstr (ids[2], ==, mc_record_get_id (joint.officer));
  g_assert_nonnull (mc_visit_find_inspector (joint.visit, ids[2]));
  parties = mc_visit_list_parties (joint.visit, FALSE);
  g_assert_cmpuint (parties->len, ==, 1);
}

/* The same finding: referred by civil affairs alone, ordered by the brigade that is there. */
static void
test_own_order (void)
{
  g_auto (Joint) joint = { { NULL } };
  g_autoptr (McVisit) alone = NULL;
  const McItem *item;
  g_autoptr (GError) error = NULL;
  g_auto (McValue) way = MC_VALUE_INIT;

  joint_init (&joint);
  item = fire_item (&joint);
  alone = mc_visit_ref (joint.visit);
  answer (&alone, item->code, "nonconform");
  g_assert_cmpstr (finding_text (alone, item->code, "way"), ==, "referral");
  g_assert_null (mc_visit_get_item_authority (alone, item));
  mc_value_init_text (&way, "by_date");
  g_assert_null (mc_visit_with_finding_field (alone, item->code, "way", &way, &error));

  add_fire (&joint);
  answer (&joint.visit, item->code, "nonconform");
  g_assert_cmpstr (finding_text (joint.visit, item->code, "competent"), ==, "fire");
  g_assert_null (finding_text (joint.visit, item->code, "way"));
  set_finding (&joint.visit, item->code, "way", "by_date");
  g_assert_cmpstr (mc_record_get_id (mc_visit_get_item_authority (joint.visit, item)), ==, mc_record_get_id (joint.fire));
}

/* Each authority has its own items first, all of them once. */
static void
test_own_items_first (void)
{
  g_auto (Joint) joint = { { NULL } };
  g_autoptr (GPtrArray) items = NULL;
  gboolean others = FALSE;
  guint n, own = 0;

  joint_init (&joint);
  add_fire (&joint);
  mc_standard_get_items (joint.sample.standard, &n);
  items = mc_visit_list_items_for (joint.visit, mc_record_get_id (joint.fire));
  g_assert_cmpuint (items->len, ==, n);
  for (guint i = 0; i < items->len; i++)
    {
      gboolean is_own = mc_visit_get_item_authority (joint.visit, g_ptr_array_index (items, i)) == mc_visit_find_authority (joint.visit, mc_record_get_id (joint.fire));

      g_assert_false (others && is_own);
      others |= !is_own;
      own += is_own;
    }
  g_assert_cmpuint (own, >, 0);
  g_assert_true (others);
}

/* A township leads: it is competent for nothing, each matter is ordered by whom it belongs to. */
static void
test_township_leads (void)
{
  g_auto (Joint) joint = { { NULL } };
  g_autoptr (McRecord) civil = authority ("Civil affairs", "civil_affairs");
  g_autoptr (GError) error = NULL;

  joint_init (&joint);
  mc_record_set_text (joint.sample.authority, "kind", "township");
  mc_visit_unref (joint.visit);
  joint.visit = sample_visit (&joint.sample);
  answer (&joint.visit, "C6", "nonconform");
  g_assert_cmpstr (finding_text (joint.visit, "C6", "way"), ==, "referral");
  take_edit (&joint.visit, mc_visit_with_party (joint.visit, civil, NULL, NULL, NULL, &error), error);
  set_finding (&joint.visit, "C6", "competent", "civil_affairs");
  set_finding (&joint.visit, "C6", "way", "by_date"); /* an order now that its authority is there */
}

static gboolean
has_gap (const McVisit *visit, const char *lead, McGapKind kind)
{
  g_autoptr (GPtrArray) gaps = mc_visit_list_gaps (visit, SAMPLE_DAY, lead);

  for (guint i = 0; i < gaps->len; i++)
    if (((McGap *) g_ptr_array_index (gaps, i))->kind == kind)
      return TRUE;
  return FALSE;
}

static void
test_gaps (void)
{
  g_auto (Joint) joint = { { NULL } };
  g_autoptr (GError) error = NULL;

  joint_init (&joint);
  set_field (&joint.visit, "type", "joint");
  g_assert_true (has_gap (joint.visit, NULL, MC_GAP_JOINT));
  add_fire (&joint);
  g_assert_false (has_gap (joint.visit, NULL, MC_GAP_JOINT));
  g_assert_false (has_gap (joint.visit, NULL, MC_GAP_PARTY_LEAD));
  take_edit (&joint.visit, mc_visit_with_party (joint.visit, joint.fire, NULL, NULL, NULL, &error), error);
  g_assert_true (has_gap (joint.visit, NULL, MC_GAP_PARTY_LEAD));
  take_edit (&joint.visit, mc_visit_without_party (joint.visit, mc_record_get_id (joint.fire), "Called away", &error), error);
  g_assert_true (has_gap (joint.visit, NULL, MC_GAP_JOINT));
}

static void
test_refusals (void)
{
  g_auto (Joint) joint = { { NULL } };
  const char *lead[2] = { NULL };
  g_autoptr (GError) error = NULL;

  joint_init (&joint);
  lead[0] = mc_record_get_id (joint.sample.lead);
  for (int i = 0; i < 5; i++)
    {
      g_autoptr (McVisit) edited = NULL;

      if (i == 3)
        set_field (&joint.visit, "type", "case");
      if (i == 0)
        edited = mc_visit_with_party (joint.visit, joint.sample.authority, NULL, NULL, NULL, &error);
      else if (i == 1)
        edited = mc_visit_with_party (joint.visit, joint.fire, lead[0], NULL, NULL, &error);
      else if (i == 2)
        edited = mc_visit_with_party (joint.visit, joint.fire, NULL, lead, NULL, &error);
      else if (i == 3)
        edited = mc_visit_with_party (joint.visit, joint.fire, NULL, NULL, NULL, &error);
      else
        edited = mc_visit_without_party (joint.visit, mc_record_get_id (joint.fire), "Why", &error);
      g_assert_null (edited);
      g_assert_error (error, MC_INSPECTION_ERROR, MC_INSPECTION_ERROR_INPUT);
      g_clear_error (&error);
    }
}

/* Kept in the store under an id that two devices agree on, and sealed with the visit. */
static void
test_kept (void)
{
  g_auto (Office) office = { { NULL } };
  g_autoptr (McVisit) visit = NULL;
  g_autoptr (McVisit) saved = NULL;
  g_autoptr (McRecord) fire = authority ("Fire brigade", "fire");
  g_autofree char *officer = NULL;
  g_autoptr (GError) error = NULL;

  office_init (&office);
  mc_record_set_text (fire, "area", office.area);
  store_save_ok (office.store, NULL, fire);
  officer = add_inspector (&office, "Officer");
  visit = prepare (&office, NULL);
  take_edit (&visit, mc_visit_with_party (visit, fire, officer, NULL, NULL, &error), error);
  conform_all (&visit);
  save (&office, NULL, visit);
  saved = reload (&office, mc_visit_get_id (visit));
  g_assert_true (mc_visit_has_kind (saved, "fire"));
  g_assert_nonnull (mc_visit_find_inspector (saved, officer));
  g_assert_true (mc_visits_finalise (office.store, saved, SAMPLE_DAY, office.lead, &error));
  g_assert_no_error (error);
  assert_raw_integer (office.folder.db, "SELECT count(*) FROM visit_party WHERE state & 2 <> 0", 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/visit-joint/takes-part", test_takes_part);
  g_test_add_func ("/visit-joint/own-order", test_own_order);
  g_test_add_func ("/visit-joint/own-items-first", test_own_items_first);
  g_test_add_func ("/visit-joint/township-leads", test_township_leads);
  g_test_add_func ("/visit-joint/gaps", test_gaps);
  g_test_add_func ("/visit-joint/refusals", test_refusals);
  g_test_add_func ("/visit-joint/kept", test_kept);
  return g_test_run ();
}
