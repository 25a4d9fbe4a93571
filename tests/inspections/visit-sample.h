/* SPDX-License-Identifier: GPL-3.0-or-later
 * A visit to try the rules on: a home for elders, checked by civil affairs on 2026-11-19 by the built-in standard. */
#pragma once

#include "inspections/mc-visit.h"
#include "standards/mc-standards.h"

#define SAMPLE_DAY "2026-11-19"

typedef struct
{
  McRecord *facility, *authority, *lead, *assistant, *matter;
  GPtrArray *inspectors; /* lead and assistant, borrowed */
  McStandard *standard;  /* borrowed */
} VisitSample;

static inline McRecord *
sample_inspector (const char *name, const char *expires)
{
  McRecord *inspector = mc_record_new (mc_entity_find ("inspector"), NULL);

  mc_record_set_text (inspector, "name", name);
  mc_record_set_text (inspector, "employer", "Bureau");
  mc_record_set_text (inspector, "certificate_expires_on", expires);
  return inspector;
}

static inline void
visit_sample_init (VisitSample *self)
{
  self->facility = mc_record_new (mc_entity_find ("facility"), NULL);
  mc_record_set_text (self->facility, "name", "Home");
  mc_record_set_text (self->facility, "operator", "Operator");
  mc_record_set_text (self->facility, "kind", "elder_home");
  mc_record_set_text (self->facility, "status", "operating");
  mc_record_set_integer (self->facility, "beds", 120);
  self->authority = mc_record_new (mc_entity_find ("authority"), NULL);
  mc_record_set_text (self->authority, "name", "Bureau");
  mc_record_set_text (self->authority, "kind", "civil_affairs");
  self->lead = sample_inspector ("Lead", "2027-01-01");
  self->assistant = sample_inspector ("Assistant", "2027-01-01");
  self->matter = mc_record_new (mc_entity_find ("check_matter"), NULL);
  mc_record_set_text (self->matter, "name", "Matter");
  mc_record_set_text (self->matter, "authority", mc_record_get_id (self->authority));
  mc_record_set_text (self->matter, "facility_kinds", "elder_home");
  mc_record_set_text (self->matter, "published_on", "2026-01-01");
  self->inspectors = g_ptr_array_new ();
  g_ptr_array_add (self->inspectors, self->lead);
  g_ptr_array_add (self->inspectors, self->assistant);
  self->standard = mc_standards_find_latest (mc_standards_get_builtin (), "elder-care-inspection", SAMPLE_DAY, NULL);
}

static inline void
visit_sample_clear (VisitSample *self)
{
  g_ptr_array_unref (self->inspectors);
  mc_record_free (self->facility);
  mc_record_free (self->authority);
  mc_record_free (self->lead);
  mc_record_free (self->assistant);
  mc_record_free (self->matter);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (VisitSample, visit_sample_clear)

/* @assistants points to an array of two that lives as long as the start. */
static inline McVisitStart
sample_start (const VisitSample *self, const char **assistants)
{
  assistants[0] = mc_record_get_id (self->assistant);
  assistants[1] = NULL;
  return (McVisitStart) {
    .context = { self->standard, self->facility, self->authority, self->inspectors, self->matter },
    .lead = mc_record_get_id (self->lead), .assistants = assistants, .type = "routine", .source = "plan", .today = SAMPLE_DAY,
  };
}

static inline McVisit *
sample_visit (const VisitSample *self)
{
  const char *assistants[2];
  McVisitStart start = sample_start (self, assistants);
  g_autoptr (GError) error = NULL;
  McVisit *visit = mc_visit_new (&start, &error);

  g_assert_no_error (error);
  return visit;
}

/* The edits below replace *@visit. */
static inline void
take_edit (McVisit **visit, McVisit *edited, GError *error)
{
  g_assert_no_error (error);
  g_assert_nonnull (edited);
  mc_visit_unref (*visit);
  *visit = edited;
}

static inline void
answer (McVisit **visit, const char *item, const char *value)
{
  g_autoptr (GError) error = NULL;

  take_edit (visit, mc_visit_with_answer (*visit, item, value, NULL, &error), error);
}

static inline void
note (McVisit **visit, const char *item, const char *text)
{
  g_autoptr (GError) error = NULL;

  take_edit (visit, mc_visit_with_note (*visit, item, text, &error), error);
}

static inline void
set_field (McVisit **visit, const char *key, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_auto (McValue) value = MC_VALUE_INIT;

  if (text)
    mc_value_init_text (&value, text);
  take_edit (visit, mc_visit_with_field (*visit, key, &value, &error), error);
}

static inline void
set_finding (McVisit **visit, const char *item, const char *key, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_auto (McValue) value = MC_VALUE_INIT;

  if (text)
    mc_value_init_text (&value, text);
  take_edit (visit, mc_visit_with_finding_field (*visit, item, key, &value, &error), error);
}

static inline const char *
finding_text (const McVisit *visit, const char *item, const char *key)
{
  const McRecord *finding = mc_visit_get_finding (visit, item);

  g_assert_nonnull (finding);
  return mc_record_get_text (finding, key);
}

static inline void
conform_all (McVisit **visit)
{
  guint n;
  const McSection *sections = mc_standard_get_sections (mc_visit_get_standard (*visit), &n);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GError) error = NULL;

      take_edit (visit, mc_visit_with_section_conform (*visit, sections[i].code, NULL, &error), error);
    }
}
