/* SPDX-License-Identifier: GPL-3.0-or-later
 * The inside of a visit, for its edits and rules. */
#pragma once

#include "mc-visit.h"

G_BEGIN_DECLS

/* A record that several values of a visit share (g_atomic_rc_box): an edit copies only what it changes. */
typedef struct
{
  McRecord *record;
} McVisitPart;

struct _McVisit
{
  gatomicrefcount refs;
  McVisitPart *root;
  GHashTable *answers;   /* item code (in the part's record) → McVisitPart * */
  GHashTable *findings;  /* the same */
  McStandard *standard;
  GHashTable *parties;   /* authority id (in the part's record) → McVisitPart *, of a joint check */
  McRecordState others;  /* of parts of other entities */
  /* borrowed from the store's point of view: copies that nobody edits */
  McVisitPart *facility, *authority, *matter; /* or NULL */
  GPtrArray *inspectors;  /* of McVisitPart */
  GPtrArray *authorities; /* of McVisitPart: those of the parties, as far as they are known here */
};

/* Takes @record. */
McVisitPart *mc_visit_part_new (McRecord *record);
void mc_visit_part_release (McVisitPart *part);

/* Takes @part in the place of the one with the same value of @key, which lives in its record. */
void mc_visit_put_part (GHashTable *parts, const char *key, McVisitPart *part);

/* A list as a field holds it: sorted by bytes, each once, without @left_out; NULL if it is empty. Caller frees. */
char *mc_visit_join_ids (const char *const *ids, const char *left_out);

/* A visit that shares everything with @self. */
McVisit *mc_visit_share (const McVisit *self);

/* A copy of the root, of an answer or of a finding for editing, which takes the place of the shared one in @self; answer and finding are made if
 * there are none. Only on a visit that nobody else holds yet. */
McRecord *mc_visit_edit_root (McVisit *self);
McRecord *mc_visit_edit_answer (McVisit *self, const McItem *item);
McRecord *mc_visit_edit_finding (McVisit *self, const McItem *item);

/* Adds the inspectors and authorities of @context that the visit does not know yet. Only on a visit that nobody else holds yet. */
void mc_visit_add_known (McVisit *self, GPtrArray *inspectors, GPtrArray *authorities);

/* What the standard answers with "not checked" and @items does not name becomes that. Only on a visit that nobody else holds yet. */
void mc_visit_leave_unchecked (McVisit *self, const char *const *items);

/* The visit with the result that follows from it, as it is finalised. */
McVisit *mc_visit_with_own_result (const McVisit *self);

G_END_DECLS
