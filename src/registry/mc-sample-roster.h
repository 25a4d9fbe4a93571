/* SPDX-License-Identifier: GPL-3.0-or-later
 * Generated rosters of facilities, each name marked as a sample: for trying things out and for benchmarks. Pure: the same seed gives
 * the same bytes. */
#pragma once

#include "mc-area.h"

G_BEGIN_DECLS

typedef struct _McSampleRoster McSampleRoster;

/* @n places in the townships of @tree below @area (NULL: all): all kinds, operators with several places, credit codes with valid check characters. */
McSampleRoster *mc_sample_roster_new (McAreaTree *tree, const McArea *area, guint n, guint64 seed);
void mc_sample_roster_free (McSampleRoster *self);

/* The text of the next lines of the .csv (the header first), with the columns of data/samples/jiaxing-72.csv; valid until the next call. NULL at the
 * end. */
const char *mc_sample_roster_next (McSampleRoster *self, gsize *length);

/* Writes all of it to @path, through a temporary name. Blocks. */
gboolean mc_sample_roster_write (McSampleRoster *self, const char *path, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (McSampleRoster, mc_sample_roster_free)

G_END_DECLS
