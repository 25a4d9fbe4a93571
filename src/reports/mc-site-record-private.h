/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the documents of a check need from the store besides the visit; shared by their loaders. */
#pragma once

#include "registry/mc-area.h"

#include "mc-site-record.h"

G_BEGIN_DECLS

/* Owns what an McSiteRecordInput borrows. */
typedef struct
{
  McAreaTree *areas;
  McRecord *recorder;
  McRecord *user;
  McSealInfo *seal;
  GPtrArray *history;
  GPtrArray *photos;
  char *area_name;
} McSiteRecordParts;

/* Fills @parts and, borrowing from them and from @visit, @input. Blocks. */
gboolean mc_site_record_parts_load (McSiteRecordParts *parts, McStore *store, const McVisit *visit, McSiteRecordInput *input, GError **error);
void mc_site_record_parts_clear (McSiteRecordParts *parts);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (McSiteRecordParts, mc_site_record_parts_clear)

G_END_DECLS
