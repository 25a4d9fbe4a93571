/* SPDX-License-Identifier: GPL-3.0-or-later
 * The names behind the references of rows: areas, authorities, inspectors, items of standards. */
#pragma once

#include "registry/mc-area.h"
#include "standards/mc-standards.h"

G_BEGIN_DECLS

/* Immutable once loaded; for one thread at a time. */
typedef struct _McReportNames McReportNames;

/* @standards: NULL: items keep their codes. Blocks. */
McReportNames *mc_report_names_load (McStore *store, McStandards *standards, GCancellable *cancellable, GError **error);
void mc_report_names_free (McReportNames *self);

/* Each "" for an unknown id, borrowed as long as @self lives. */
const char *mc_report_names_get_authority (McReportNames *self, const char *id);
const char *mc_report_names_get_inspector (McReportNames *self, const char *id);
const char *mc_report_names_get_item (McReportNames *self, const char *standard, const char *item);

/* The county (or zone) that the area is or lies in, and the path below it; borrowed. */
const char *mc_report_names_get_county (McReportNames *self, const char *area);
const char *mc_report_names_get_below_county (McReportNames *self, const char *area);
/* The path below the city. */
const char *mc_report_names_get_area (McReportNames *self, const char *area);
const char *mc_report_names_get_area_code (McReportNames *self, const char *area);

/* Who reports: the store's user and the user's authority; "" if there is none yet. */
const char *mc_report_names_get_user (McReportNames *self);
const char *mc_report_names_get_reporting_unit (McReportNames *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (McReportNames, mc_report_names_free)

G_END_DECLS
