/* SPDX-License-Identifier: GPL-3.0-or-later
 * A visit in a list: empty until its row was read. */
#pragma once

#include <gio/gio.h>

#include "mc-visits.h"

G_BEGIN_DECLS

/* Property: loaded (boolean, notified each time the row is set). */
#define MC_TYPE_VISIT_ITEM (mc_visit_item_get_type ())
G_DECLARE_FINAL_TYPE (McVisitItem, mc_visit_item, MC, VISIT_ITEM, GObject)

McVisitItem *mc_visit_item_new (gint64 rowid);
const McVisitRow *mc_visit_item_get_row (McVisitItem *self); /* NULL until read */
void mc_visit_item_take_row (McVisitItem *self, McVisitRow *row);

/* What a list says below the name: date, type, who leads. Caller frees. */
char *mc_visit_row_describe (const McVisitRow *row);

G_END_DECLS
