/* SPDX-License-Identifier: GPL-3.0-or-later
 * Puts the photos of a visit into its page: the tray above the items, those of an item below it, and pasting. */
#pragma once

#include "mc-checklist.h"
#include "mc-photo-book.h"
#include "widgets/mc-page.h"

G_BEGIN_DECLS

/* Lies in the page above the checklist. Ctrl+V where no text has the focus pastes into the current item, or into the tray if the focus is not in the checklist. */
#define MC_TYPE_VISIT_PHOTOS (mc_visit_photos_get_type ())
G_DECLARE_FINAL_TYPE (McVisitPhotos, mc_visit_photos, MC, VISIT_PHOTOS, GtkWidget)

GtkWidget *mc_visit_photos_new (void);

/* @visit NULL: none. The same visit again only changes @editable. @page: whose store it reads and which is busy meanwhile; borrowed as @checklist is. */
void mc_visit_photos_set_visit (McVisitPhotos *self, McPage *page, McVisit *visit, McChecklist *checklist, gboolean editable);

/* @widget: the page, in which Ctrl+V pastes. Once. */
void mc_visit_photos_take_paste (McVisitPhotos *self, GtkWidget *widget);

G_END_DECLS
