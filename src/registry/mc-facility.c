/* SPDX-License-Identifier: GPL-3.0-or-later
 * Facilities without a database: ids, kinds, rows and lists as values. */
#include "mc-facility.h"

#include <string.h>

#include "mc-facility-private.h"
#include "store/mc-code-list.h"
#include "store/mc-text-key.h"
#include "store/mc-uuid.h"

char *
mc_facility_id_for (const char *kind, const char *credit_code, const char *area, const char *name)
{
  g_autofree char *key = NULL;

  g_return_val_if_fail (kind != NULL && area != NULL && name != NULL, NULL);

  key = mc_text_name_key (name);
  return mc_uuid_new_for (kind, credit_code && *credit_code ? credit_code : "-", area, key, NULL);
}

const char *
mc_facility_kind_group (const char *kind)
{
  const McCode *code = mc_code_find ("facility-kind", kind);

  return code ? code->group : NULL;
}

McFacilityGroup
mc_facility_group_of_kind (const char *kind)
{
  const char *group = mc_facility_kind_group (kind);

  if (g_strcmp0 (group, "elder") == 0)
    return MC_GROUP_ELDER;
  return g_strcmp0 (group, "childcare") == 0 ? MC_GROUP_CHILDCARE : MC_GROUP_NONE;
}

/* --- lists ------------------------------------------------------------------------------------------------ */

McFacilityList *
mc_facility_list_new (guint reserved)
{
  McFacilityList *self = g_new0 (McFacilityList, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->rowids = g_array_sized_new (FALSE, FALSE, sizeof (gint64), reserved);
  self->figures = g_array_sized_new (FALSE, FALSE, sizeof (McFacilityFigures), reserved);
  return self;
}

void
mc_facility_list_append (McFacilityList *self, gint64 rowid, const McFacilityFigures *figures)
{
  g_array_append_val (self->rowids, rowid);
  g_array_append_vals (self->figures, figures, 1);
}

void
mc_facility_list_finish (McFacilityList *self, gboolean partial)
{
  McFacilitySums *sums = &self->sums;

  self->partial = partial;
  sums->n = self->rowids->len;
  for (guint i = 0; i < sums->n; i++)
    {
      const McFacilityFigures *figures = &g_array_index (self->figures, McFacilityFigures, i);

      if (figures->group == MC_GROUP_ELDER)
        {
          sums->n_elder++;
          sums->n_elder_without_beds += figures->beds < 0;
        }
      else if (figures->group == MC_GROUP_CHILDCARE)
        {
          sums->n_childcare++;
          sums->n_childcare_without_places += figures->places < 0;
        }
      sums->beds += MAX (figures->beds, 0);
      sums->places += MAX (figures->places, 0);
    }
}

McFacilityList *
mc_facility_list_ref (McFacilityList *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
mc_facility_list_unref (McFacilityList *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_array_unref (self->rowids);
  g_array_unref (self->figures);
  g_free (self);
}

guint
mc_facility_list_get_n (McFacilityList *self)
{
  return self->rowids->len;
}

gint64
mc_facility_list_get_rowid (McFacilityList *self, guint position)
{
  g_return_val_if_fail (position < self->rowids->len, 0);

  return g_array_index (self->rowids, gint64, position);
}

const gint64 *
mc_facility_list_get_rowids (McFacilityList *self)
{
  return (const gint64 *) (gpointer) self->rowids->data;
}

const McFacilitySums *
mc_facility_list_get_sums (McFacilityList *self)
{
  return &self->sums;
}

gboolean
mc_facility_list_is_partial (McFacilityList *self)
{
  return self->partial;
}

/* --- rows ------------------------------------------------------------------------------------------------- */

G_DEFINE_BOXED_TYPE (McFacilityRow, mc_facility_row, mc_facility_row_ref, mc_facility_row_unref)

McFacilityRow *
mc_facility_row_new (void)
{
  McFacilityRow *row = g_atomic_rc_box_new0 (McFacilityRow);

  row->beds = row->nursing_beds = row->dementia_beds = row->childcare_places = MC_NO_NUMBER;
  return row;
}

McFacilityRow *
mc_facility_row_ref (McFacilityRow *row)
{
  return g_atomic_rc_box_acquire (row);
}

static void
clear_row (gpointer data)
{
  McFacilityRow *row = data;

  g_free (row->id);
  g_free (row->name);
  g_free (row->operator_name);
  g_free (row->credit_code);
  g_free (row->kind);
  g_free (row->status);
  g_free (row->credit_risk_class);
  g_free (row->grade);
  g_free (row->area);
  g_free (row->area_path);
  g_free (row->address);
  g_free (row->last_checked_on);
  g_free (row->sample_fields);
}

void
mc_facility_row_unref (McFacilityRow *row)
{
  if (row)
    g_atomic_rc_box_release_full (row, clear_row);
}

gboolean
mc_facility_row_is_sample (const McFacilityRow *row, const char *key)
{
  g_auto (GStrv) keys = NULL;

  if (row->sample_fields == NULL)
    return FALSE;
  keys = g_strsplit (row->sample_fields, "\n", -1);
  return g_strv_contains ((const char *const *) keys, "*") || g_strv_contains ((const char *const *) keys, key);
}
