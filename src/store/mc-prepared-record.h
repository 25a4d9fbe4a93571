/* SPDX-License-Identifier: GPL-3.0-or-later
 * A new record made ready to be written: whatever of its line and its row does not depend on its turn in the chain. */
#pragma once

#include "mc-opening.h"
#include "mc-record.h"

G_BEGIN_DECLS

/* Prepares on any thread, one preparer for each. */
typedef struct _McRecordPreparer McRecordPreparer;
McRecordPreparer *mc_record_preparer_new (const McEntity *entity);
void mc_record_preparer_free (McRecordPreparer *self);

typedef struct
{
  McRecord *record;
  gboolean ready;        /* FALSE: something is wrong with it, or it is none of the simple ones; mc_bulk_save() writes or explains it */
  char *bytes;           /* the tail of its line (see mc_change_write_tail()), then its search key */
  gsize tail_length;
  gsize key_length;
  McOpening *openings;   /* of its personal values */
  guint n_openings;
} McPreparedRecord;

/* Takes @record. */
McPreparedRecord *mc_record_preparer_prepare (McRecordPreparer *self, McRecord *record);
void mc_prepared_record_free (McPreparedRecord *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (McRecordPreparer, mc_record_preparer_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (McPreparedRecord, mc_prepared_record_free)

G_END_DECLS
