/* SPDX-License-Identifier: GPL-3.0-or-later
 * A store with what a visit needs: area, authority, facility, two inspectors, a published matter, a user who leads. */
#pragma once

#include "visit-sample.h"

#include "inspections/mc-visits.h"
#include "../store/store-folder.h"

typedef struct
{
  StoreFolder folder;
  McStore *store;
  McStandards *standards;
  char *area, *authority, *facility, *lead, *assistant, *user;
} Office;

static inline char *
add_inspector (Office *self, const char *name)
{
  g_autoptr (McRecord) record = sample_inspector (name, "2027-01-01");

  mc_record_set_text (record, "authority", self->authority);
  mc_record_set_text (record, "area", self->area);
  store_save_ok (self->store, NULL, record);
  return g_strdup (mc_record_get_id (record));
}

static inline void
add_matter (Office *self)
{
  g_autoptr (McRecord) matter = mc_record_new (mc_entity_find ("check_matter"), NULL);

  mc_record_set_text (matter, "name", "Safety of homes");
  mc_record_set_text (matter, "authority", self->authority);
  mc_record_set_text (matter, "area", self->area);
  mc_record_set_text (matter, "facility_kinds", "elder_home");
  mc_record_set_text (matter, "basis", "Law");
  mc_record_set_text (matter, "published_on", "2026-01-01");
  store_save_ok (self->store, NULL, matter);
}

static inline void
office_init (Office *self)
{
  g_autoptr (McRecord) user = mc_record_new (mc_entity_find ("user"), NULL);

  store_folder_init (&self->folder);
  self->store = store_create_at (self->folder.db);
  self->area = store_add_area (self->store, "Nanhu");
  self->authority = store_add_authority (self->store, self->area);
  self->facility = store_add_facility (self->store, "Home", self->area);
  self->lead = add_inspector (self, "Lead");
  self->assistant = add_inspector (self, "Assistant");
  add_matter (self);
  mc_record_set_text (user, "name", "Lead");
  mc_record_set_text (user, "role", "inspector");
  mc_record_set_text (user, "authority", self->authority);
  mc_record_set_text (user, "area", self->area);
  mc_record_set_text (user, "inspector", self->lead);
  store_save_ok (self->store, NULL, user);
  self->user = g_strdup (mc_record_get_id (user));
  mc_store_set_user (self->store, self->user);
  self->standards = mc_standards_ref (mc_standards_get_builtin ());
}

static inline void
office_clear (Office *self)
{
  g_clear_object (&self->store);
  g_clear_pointer (&self->standards, mc_standards_unref);
  g_free (self->area);
  g_free (self->authority);
  g_free (self->facility);
  g_free (self->lead);
  g_free (self->assistant);
  g_free (self->user);
  store_folder_clear (&self->folder);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Office, office_clear)

static inline McVisit *
prepare (Office *self, const char *checked_on)
{
  const char *assistants[] = { self->assistant, NULL };
  McVisitRequest request = { .facility = self->facility, .assistants = assistants, .checked_on = checked_on, .today = SAMPLE_DAY };
  g_autoptr (GError) error = NULL;
  McVisit *visit = mc_visits_prepare (self->store, self->standards, &request, &error);

  g_assert_no_error (error);
  return visit;
}

static inline McVisit *
reload (Office *self, const char *id)
{
  g_autoptr (GError) error = NULL;
  McVisit *visit = mc_visits_load (self->store, self->standards, id, &error);

  g_assert_no_error (error);
  return visit;
}

static inline void
save (Office *self, const McVisit *base, const McVisit *edited)
{
  g_autoptr (GError) error = NULL;
  gboolean saved = mc_visits_save (self->store, base, edited, &error);

  g_assert_no_error (error);
  g_assert_true (saved);
}

/* A finalised visit; returns its id. */
static inline char *
finalise_one (Office *self, const char *checked_on)
{
  g_autoptr (McVisit) visit = prepare (self, checked_on);
  g_autoptr (McVisit) saved = NULL;
  g_autoptr (GError) error = NULL;
  gboolean done;

  conform_all (&visit);
  save (self, NULL, visit);
  saved = reload (self, mc_visit_get_id (visit));
  done = mc_visits_finalise (self->store, saved, SAMPLE_DAY, self->lead, &error);
  g_assert_no_error (error);
  g_assert_true (done);
  return g_strdup (mc_visit_get_id (visit));
}

