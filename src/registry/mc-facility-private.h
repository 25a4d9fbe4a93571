/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the files of the facilities share: lists with what their sums are made of. */
#pragma once

#include "mc-facility.h"

G_BEGIN_DECLS

typedef enum
{
  MC_GROUP_NONE,
  MC_GROUP_ELDER,
  MC_GROUP_CHILDCARE,
} McFacilityGroup;

/* One place of a list. */
typedef struct
{
  gint32 beds, places; /* -1: no number is entered */
  guint8 group;
} McFacilityFigures;

struct _McFacilityList
{
  gatomicrefcount ref_count;
  GArray *rowids;  /* of gint64 */
  GArray *figures; /* of McFacilityFigures */
  McFacilitySums sums;
  gboolean partial;
};

McFacilityList *mc_facility_list_new (guint reserved);
void mc_facility_list_append (McFacilityList *self, gint64 rowid, const McFacilityFigures *figures);

/* Lists are filled once: after this nothing is added, and the sums are right. */
void mc_facility_list_finish (McFacilityList *self, gboolean partial);

McFacilityGroup mc_facility_group_of_kind (const char *kind);

McFacilityRow *mc_facility_row_new (void);

G_END_DECLS
