/* SPDX-License-Identifier: GPL-3.0-or-later
 * The whole log as records: each with its parsed lines, in the order of the ids, read on a thread of its own. */
#pragma once

#include "mc-derive-row.h"

G_BEGIN_DECLS

/* All lines of one record of one entity. */
typedef struct
{
  const McEntity *entity; /* NULL: unknown to this version */
  char id[37];
  guint n_changes;
  GPtrArray *changes;     /* of McChange, upgraded, in the order of arrival; may be taken; NULL if `row` */
  McRow *row;             /* NULL: to be derived with the database at hand */
} McRecordLines;

/* What concerns records from outside their own lines; ids are 16 bytes. The stream derives itself what no verdict concerns, if it has the seals of the root. */
typedef struct
{
  GByteArray *refused; /* records that a verdict concerns, sorted */
  GByteArray *sealed;  /* roots with a seal, sorted */
  GHashTable *seals;   /* root → GPtrArray of McChange: their seals, in the order of arrival; empty if there are too many to hold */
} McConcerned;

/* A line that says something of other records. */
typedef struct
{
  gint64 n;
  McChange *change; /* upgraded */
} McMarkedLine;

/* Runs on the stream's thread: may this line say something of other records? */
typedef gboolean (*McLineFilter) (const char *line, gsize length, gconstpointer data);

typedef struct _McRecordStream McRecordStream;

/* @log is used by the stream's thread alone until mc_record_stream_free(). The log is read twice, in its own order and then from what was sorted by record: so no
 * page of it is sought. With @filter the first reading gives what it finds by mc_record_stream_next_marked(), and the second waits for
 * mc_record_stream_begin(); without, the second begins by itself and nothing is derived. */
McRecordStream *mc_record_stream_new (McDatabase *log, McLineFilter filter, gconstpointer filter_data);
void mc_record_stream_free (McRecordStream *self);

/* The next lines that the filter found, of McMarkedLine, in the order of arrival: now and then none, so that the caller can look up. @n_read: how many lines were
 * read so far. Borrowed until the next call. NULL after the last, or with @error. */
const GPtrArray *mc_record_stream_next_marked (McRecordStream *self, guint64 *n_read, GError **error);

/* After the last marked line. @concerned must outlive the stream. */
void mc_record_stream_begin (McRecordStream *self, const McConcerned *concerned);

/* The next record, borrowed until the next call; NULL at the end, or with @error: CORRUPT names the line that cannot be read. */
McRecordLines *mc_record_stream_next (McRecordStream *self, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (McRecordStream, mc_record_stream_free)

G_END_DECLS
