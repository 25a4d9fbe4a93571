/* SPDX-License-Identifier: GPL-3.0-or-later
 * One visit: sections, checklist, progress, what is still missing, and its finalising. */
#pragma once

#include <gtk/gtk.h>

#include "mc-visit-editor.h"
#include "widgets/mc-page.h"

G_BEGIN_DECLS

/* Property: editor (McVisitEditor, NULL: empty). Actions: "visit.finalise", "visit.amend", "visit.submit-amendment", "visit.discard-amendment",
 * "visit.section-conform" (Ctrl+1), "visit.print" (Ctrl+P everywhere), "visit.next-section", "visit.previous-section" (Alt+↑↓),
 * "visit.next-item", "visit.previous-item", "visit.write-note", "visit.one-at-a-time". */
#define MC_TYPE_VISIT_VIEW (mc_visit_view_get_type ())
G_DECLARE_FINAL_TYPE (McVisitView, mc_visit_view, MC, VISIT_VIEW, GtkWidget)

GtkWidget *mc_visit_view_new (void);

/* @page: whose session, toasts and work marks it uses; borrowed. */
void mc_visit_view_set_page (McVisitView *self, McPage *page);

/* @previous: the visit before, for its answers; may be NULL. */
void mc_visit_view_set_editor (McVisitView *self, McStandards *standards, McVisitEditor *editor, McVisit *previous);
/* Who works here: the id of the user's record in the register of inspectors; NULL: no inspector. Only the lead finalises. */
void mc_visit_view_set_inspector (McVisitView *self, const char *inspector);
McVisitEditor *mc_visit_view_get_editor (McVisitView *self);

/* A place between what is said for the record and its history, for documents and signatures. */
GtkBox *mc_visit_view_get_papers (McVisitView *self);

/* The person's text size, elder mode or the room changed. */
void mc_visit_view_update_appearance (McVisitView *self);

/* Focus to the first item without an answer. */
void mc_visit_view_focus_first_open (McVisitView *self);
/* Focus to the first item that does not conform. */
void mc_visit_view_focus_first_problem (McVisitView *self);

/* What follows the items. */
void mc_visit_view_focus_end (McVisitView *self);
/* Focus to this item. */
void mc_visit_view_focus_item (McVisitView *self, const char *code);

/* Saves what is being typed; before leaving. */
void mc_visit_view_flush (McVisitView *self);
gboolean mc_visit_view_is_amending (McVisitView *self);

G_END_DECLS
