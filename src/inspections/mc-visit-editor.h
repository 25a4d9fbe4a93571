/* SPDX-License-Identifier: GPL-3.0-or-later
 * Edits one visit for a page: each edit is shown at once and saved in order; what it calls saved is on disk. */
#pragma once

#include "mc-visits.h"

G_BEGIN_DECLS

#define MC_TYPE_VISIT_EDITOR (mc_visit_editor_get_type ())
G_DECLARE_FINAL_TYPE (McVisitEditor, mc_visit_editor, MC, VISIT_EDITOR, GObject)

/* Signals:
 *   "changed" (McVisitEditor *)              the visit shown is another one: an edit, or a line that came in;
 *   "failed"  (McVisitEditor *, GError *)    edits could not be saved; they stay in the visit and are tried again with the next edit
 *                                            or by mc_visit_editor_retry();
 * Properties:
 *   "saving"   (boolean) an edit is not on disk yet;
 *   "saved-at" (int64)   µs since 1970 of the last commit of this editor; 0: none yet. */

/* Takes a saved visit and follows the store's changes of it. */
McVisitEditor *mc_visit_editor_new (McStore *store, McStandards *standards, McVisit *visit);

McVisit *mc_visit_editor_get_visit (McVisitEditor *self);       /* with the edits that are not on disk yet; borrowed */
McVisit *mc_visit_editor_get_saved_visit (McVisitEditor *self); /* as it is on disk; borrowed */
gboolean mc_visit_editor_get_saving (McVisitEditor *self);
gint64 mc_visit_editor_get_saved_at (McVisitEditor *self);

/* Each is refused at once (FALSE) for the reasons of the function of mc-visit.h that it stands for, and in a finalised visit
 * (MC_INSPECTION_ERROR_STATE: amend it with mc_visits_amend()). */
gboolean mc_visit_editor_answer (McVisitEditor *self, const char *item, const char *value, const char *reason, GError **error);
gboolean mc_visit_editor_note (McVisitEditor *self, const char *item, const char *note, GError **error);
gboolean mc_visit_editor_section_conform (McVisitEditor *self, const char *section, guint *n_changed, GError **error);
gboolean mc_visit_editor_set_field (McVisitEditor *self, const char *key, const McValue *value, GError **error);
gboolean mc_visit_editor_set_finding_field (McVisitEditor *self, const char *item, const char *key, const McValue *value, GError **error);

gboolean mc_visit_editor_insert_phrase (McVisitEditor *self, const char *item, const McRecord *phrase, GError **error); /* mc_visit_with_phrase() */
/* mc_visit_with_party(), mc_visit_without_party(); everything is copied. */
gboolean mc_visit_editor_set_party (McVisitEditor *self, const McRecord *authority, const char *lead, const char *const *assistants, GPtrArray *inspectors,
                                    GError **error);
gboolean mc_visit_editor_remove_party (McVisitEditor *self, const char *authority, const char *reason, GError **error);

void mc_visit_editor_retry (McVisitEditor *self);

/* Drops the edits that could not be saved and shows what is on disk: after the person has read what failed. */
void mc_visit_editor_discard (McVisitEditor *self);

/* Done when every edit is on disk and the saved visit is read again (or an edit could not be saved: the error). Before finalising, printing or
 * leaving the page. */
void mc_visit_editor_flush_async (McVisitEditor *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean mc_visit_editor_flush_finish (McVisitEditor *self, GAsyncResult *result, GError **error);

G_END_DECLS
