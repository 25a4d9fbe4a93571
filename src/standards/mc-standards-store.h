/* SPDX-License-Identifier: GPL-3.0-or-later
 * Imported standards in the store: records of the entity "standard" whose document is a blob. */
#pragma once

#include "mc-standard.h"
#include "store/mc-store.h"

G_BEGIN_DECLS

/* Of McStandard: every version that the store holds, retired ones too, as old checks need them. One whose document is not here or is damaged is named
 * in @faults (of char *) instead. Blocks. */
GPtrArray *mc_standards_store_read (McStore *store, GPtrArray *faults, GError **error);

/* Stores the document and its record for @authority in @area; the record's id follows from the document, so that importing it
 * twice changes nothing. Returns the standard. Errors as mc_standard_new_from_bytes(), nothing is stored then. Blocks. */
McStandard *mc_standards_store_import (McStore *store, GBytes *bytes, const char *authority, const char *area, GError **error);

G_END_DECLS
