/* SPDX-License-Identifier: GPL-3.0-or-later
 * A joint check: the authorities that take part, and which of them an item belongs to. */
#include <glib/gi18n.h>
#include <string.h>

#include "mc-visit-private.h"
#include "store/mc-uuid.h"

static gboolean
refuse (GError **error, const char *format, ...) G_GNUC_PRINTF (2, 3);

static gboolean
refuse (GError **error, const char *format, ...)
{
  g_autofree char *message = NULL;
  va_list arguments;

  va_start (arguments, format);
  message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error_literal (error, MC_INSPECTION_ERROR, MC_INSPECTION_ERROR_INPUT, message);
  return FALSE;
}

static gboolean
takes_part (const McRecord *party)
{
  return party && mc_record_is_null (party, "withdrawn_reason");
}

static int
compare_ids (gconstpointer a, gconstpointer b)
{
  return strcmp (mc_record_get_id (*(const McRecord *const *) a), mc_record_get_id (*(const McRecord *const *) b));
}

/* --- who is there ----------------------------------------------------------------------------------------- */

GPtrArray *
mc_visit_list_parties (const McVisit *self, gboolean with_withdrawn)
{
  GPtrArray *list = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer part;

  g_hash_table_iter_init (&iter, self->parties);
  while (g_hash_table_iter_next (&iter, NULL, &part))
    if (with_withdrawn || takes_part (((McVisitPart *) part)->record))
      g_ptr_array_add (list, ((McVisitPart *) part)->record);
  g_ptr_array_sort (list, compare_ids);
  return list;
}

const McRecord *
mc_visit_get_party (const McVisit *self, const char *authority)
{
  McVisitPart *part = g_hash_table_lookup (self->parties, authority);

  return part ? part->record : NULL;
}

const McRecord *
mc_visit_find_authority (const McVisit *self, const char *id)
{
  const McRecord *own = mc_visit_get_authority (self);

  if (own && g_strcmp0 (mc_record_get_id (own), id) == 0)
    return own;
  for (guint i = 0; id && i < self->authorities->len; i++)
    {
      const McRecord *record = ((McVisitPart *) g_ptr_array_index (self->authorities, i))->record;

      if (strcmp (mc_record_get_id (record), id) == 0)
        return record;
    }
  return NULL;
}

/* The authority of @kind that leads or takes part; NULL if none does. */
static const McRecord *
find_kind (const McVisit *self, const char *kind)
{
  const McRecord *own = mc_visit_get_authority (self);
  g_autoptr (GPtrArray) parties = NULL;

  if (!kind || (own && g_strcmp0 (mc_record_get_text (own, "kind"), kind) == 0))
    return kind ? own : NULL;
  parties = mc_visit_list_parties (self, FALSE);
  for (guint i = 0; i < parties->len; i++)
    {
      const McRecord *authority = mc_visit_find_authority (self, mc_record_get_text (g_ptr_array_index (parties, i), "authority"));

      if (authority && g_strcmp0 (mc_record_get_text (authority, "kind"), kind) == 0)
        return authority;
    }
  return NULL;
}

gboolean
mc_visit_has_kind (const McVisit *self, const char *kind)
{
  return find_kind (self, kind) != NULL;
}

const char *
mc_visit_get_own_kind_for (const McVisit *self, const char *competent)
{
  return mc_visit_has_kind (self, competent) ? competent : mc_visit_get_own_kind (self);
}

const McRecord *
mc_visit_get_item_authority (const McVisit *self, const McItem *item)
{
  const char *own = mc_visit_get_own_kind (self);

  if (own && g_strv_contains (item->competent, own))
    return mc_visit_get_authority (self);
  for (guint i = 0; item->competent[i]; i++)
    {
      const McRecord *authority = find_kind (self, item->competent[i]);

      if (authority)
        return authority;
    }
  return NULL;
}

GPtrArray *
mc_visit_list_items_for (const McVisit *self, const char *authority)
{
  GPtrArray *list = g_ptr_array_new ();
  g_autoptr (GPtrArray) rest = g_ptr_array_new ();
  const McItem *items;
  guint n;

  items = mc_standard_get_items (self->standard, &n);
  for (guint i = 0; i < n; i++)
    {
      const McRecord *answers = mc_visit_get_item_authority (self, &items[i]);

      g_ptr_array_add (answers && g_strcmp0 (mc_record_get_id (answers), authority) == 0 ? list : rest, (gpointer) &items[i]);
    }
  g_ptr_array_extend (list, rest, NULL, NULL);
  return list;
}

/* --- edits ------------------------------------------------------------------------------------------------ */

/* Nobody checks for two authorities. */
static gboolean
check_inspectors (const McVisit *self, const char *authority, const char *lead, const char *const *assistants, GError **error)
{
  g_autoptr (McVisit) others = mc_visit_share (self);
  g_auto (GStrv) taken = NULL;

  g_hash_table_remove (others->parties, authority);
  taken = mc_visit_get_inspector_ids (others);
  if (lead && g_strv_contains ((const char *const *) taken, lead))
    return refuse (error, _("This inspector takes part for another authority already; nothing was changed."));
  for (guint i = 0; assistants && assistants[i]; i++)
    if (g_strv_contains ((const char *const *) taken, assistants[i]))
      return refuse (error, _("This inspector takes part for another authority already; nothing was changed."));
  return TRUE;
}

static gboolean
check_party (const McVisit *self, const McRecord *authority, GError **error)
{
  const char *name = mc_record_get_text (authority, "name");

  if (g_strcmp0 (mc_record_get_text (mc_visit_get_record (self), "authority"), mc_record_get_id (authority)) == 0)
    return refuse (error, _("“%s” leads this check already; nothing was changed."), name);
  if (g_strcmp0 (mc_record_get_text (mc_visit_get_record (self), "type"), "case") == 0)
    return refuse (error, _("A check of one case is no joint check: change its type first. Nothing was changed."));
  return TRUE;
}

McVisit *
mc_visit_with_party (const McVisit *self, const McRecord *authority, const char *lead, const char *const *assistants, GPtrArray *inspectors, GError **error)
{
  const char *id = mc_record_get_id (authority);
  const McRecord *old = mc_visit_get_party (self, id);
  g_autofree char *party_id = mc_uuid_new_for ("visit_party", mc_visit_get_id (self), id, NULL);
  g_autofree char *others = mc_visit_join_ids (assistants, lead);
  g_autoptr (GPtrArray) authorities = g_ptr_array_new ();
  McVisit *edited;
  McRecord *party;

  if (!check_party (self, authority, error) || !check_inspectors (self, id, lead, assistants, error))
    return NULL;
  party = old ? mc_record_copy (old) : mc_record_new (mc_entity_find ("visit_party"), party_id);
  mc_record_set_text (party, "visit", mc_visit_get_id (self));
  mc_record_set_text (party, "authority", id);
  mc_record_set_text (party, "lead", lead);
  mc_record_set_text (party, "assistants", others);
  mc_record_set_null (party, "withdrawn_reason");
  edited = mc_visit_share (self);
  mc_visit_put_part (edited->parties, "authority", mc_visit_part_new (party));
  g_ptr_array_add (authorities, (gpointer) authority);
  mc_visit_add_known (edited, inspectors, authorities);
  if (g_strcmp0 (mc_record_get_text (mc_visit_get_record (self), "type"), "recheck") != 0)
    mc_record_set_text (mc_visit_edit_root (edited), "type", "joint");
  return edited;
}

McVisit *
mc_visit_without_party (const McVisit *self, const char *authority, const char *reason, GError **error)
{
  const McRecord *old = mc_visit_get_party (self, authority);
  g_autofree char *why = g_strstrip (g_strdup (reason ? reason : ""));
  McVisit *edited;
  McRecord *party;

  if (!takes_part (old) || !*why)
    {
      refuse (error, takes_part (old) ? _("Write why this authority does not take part; nothing was changed.")
                                      : _("This authority does not take part; nothing was changed."));
      return NULL;
    }
  edited = mc_visit_share (self);
  party = mc_record_copy (old);
  mc_record_set_text (party, "withdrawn_reason", why);
  mc_visit_put_part (edited->parties, "authority", mc_visit_part_new (party));
  return edited;
}
