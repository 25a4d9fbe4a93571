/* SPDX-License-Identifier: GPL-3.0-or-later
 * The inside of a standard, for its reader. */
#pragma once

#include "mc-standard.h"

G_BEGIN_DECLS

struct _McStandard
{
  gatomicrefcount refs;
  GBytes *document;
  char version_id[65];
  GStringChunk *texts;   /* every text below lives here */
  GPtrArray *arrays;     /* every array below, freed with g_free */
  GPtrArray *conditions; /* of McCondition */
  GHashTable *by_code;   /* item code → McItem * */

  const char *key, *version, *kind, *title, *authority_kind, *effective_from, *effective_to;
  const char *const *facility_kinds;
  const char *const *remarks;
  McBasis *basis;
  guint n_basis;
  McAnswerLabel *answers;
  guint n_answers;
  McSection *sections;
  guint n_sections;
  McItem *items;
  guint n_items;
  McGrade *grades;
  guint n_grades;
  McNoticeRule *notices;
  guint n_notices;
  guint inspectors_min;
  McBasis *inspectors_basis; /* NULL: the standard does not say */
};

/* Fills an empty standard from the members of @root; every fault goes to @faults (of McStandardFault). */
void mc_standard_read (McStandard *self, JsonNode *root, GPtrArray *faults);

G_END_DECLS
