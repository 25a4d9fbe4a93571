/* SPDX-License-Identifier: GPL-3.0-or-later
 * The whole log as records: each with its parsed lines, in the order of the ids, read on a thread of its own. */
#pragma once

#include "mc-change.h"
#include "mc-derive.h"

G_BEGIN_DECLS

/* All lines of one record of one entity. */
typedef struct
{
  const McEntity *entity; /* NULL: unknown to this version */
  char id[37];
  guint n_changes;
  GPtrArray *changes;     /* of McChange, upgraded, in the order of arrival; may be taken; NULL if `derived` */
  McDerived *derived;     /* NULL: to be derived with the database at hand */
} McRecordLines;

/* Ids of 16 bytes, sorted: the roots that are sealed, and the records that a verdict concerns. What is not among them the stream derives itself. */
typedef struct
{
  GByteArray *sealed;
  GByteArray *refused;
} McConcerned;

void mc_record_lines_free (McRecordLines *lines);

typedef struct _McRecordStream McRecordStream;

/* @log is used by the stream's thread alone until mc_record_stream_free(). Inside one read transaction. @concerned NULL: nothing is derived; else it must
 * outlive the stream. */
McRecordStream *mc_record_stream_new (McDatabase *log, const McConcerned *concerned);
void mc_record_stream_free (McRecordStream *self);

/* The next record; NULL at the end, or with @error: CORRUPT names the line that cannot be read. */
McRecordLines *mc_record_stream_next (McRecordStream *self, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (McRecordLines, mc_record_lines_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (McRecordStream, mc_record_stream_free)

G_END_DECLS
