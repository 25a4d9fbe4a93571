/* SPDX-License-Identifier: GPL-3.0-or-later
 * A visit as an immutable value: how it begins, and what it holds. */
#include <glib/gi18n.h>
#include <string.h>

#include "mc-visit-private.h"
#include "standards/mc-iso-date.h"
#include "store/mc-code-list.h"
#include "store/mc-uuid.h"

static void
part_clear (gpointer part)
{
  mc_record_free (((McVisitPart *) part)->record);
}

McVisitPart *
mc_visit_part_new (McRecord *record)
{
  McVisitPart *part = g_atomic_rc_box_new (McVisitPart);

  part->record = record;
  return part;
}

void
mc_visit_part_release (McVisitPart *part)
{
  g_atomic_rc_box_release_full (part, part_clear);
}

static McVisitPart *
copy_part (const McRecord *record)
{
  return record ? mc_visit_part_new (mc_record_copy (record)) : NULL;
}

static McVisitPart *
share_part (McVisitPart *part)
{
  return part ? g_atomic_rc_box_acquire (part) : NULL;
}

static GHashTable *
new_parts (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) mc_visit_part_release);
}

static GHashTable *
share_parts (GHashTable *parts)
{
  GHashTable *copy = new_parts ();
  GHashTableIter iter;
  gpointer item, part;

  g_hash_table_iter_init (&iter, parts);
  while (g_hash_table_iter_next (&iter, &item, &part))
    g_hash_table_insert (copy, item, share_part (part));
  return copy;
}

void
mc_visit_put_part (GHashTable *parts, const char *key, McVisitPart *part)
{
  g_hash_table_replace (parts, (gpointer) mc_record_get_text (part->record, key), part);
}

static gboolean
knows (GPtrArray *parts, const char *id)
{
  for (guint i = 0; i < parts->len; i++)
    if (strcmp (mc_record_get_id (((McVisitPart *) g_ptr_array_index (parts, i))->record), id) == 0)
      return TRUE;
  return FALSE;
}

/* @known and copies of what of @records (of McRecord; may be NULL) is not in it. */
static GPtrArray *
join_known (GPtrArray *known, GPtrArray *records)
{
  GPtrArray *joined = g_ptr_array_new_with_free_func ((GDestroyNotify) mc_visit_part_release);

  for (guint i = 0; known && i < known->len; i++)
    g_ptr_array_add (joined, share_part (g_ptr_array_index (known, i)));
  for (guint i = 0; records && i < records->len; i++)
    if (!knows (joined, mc_record_get_id (g_ptr_array_index (records, i))))
      g_ptr_array_add (joined, copy_part (g_ptr_array_index (records, i)));
  return joined;
}

void
mc_visit_add_known (McVisit *self, GPtrArray *inspectors, GPtrArray *authorities)
{
  g_autoptr (GPtrArray) known_inspectors = self->inspectors;
  g_autoptr (GPtrArray) known_authorities = self->authorities;

  self->inspectors = join_known (known_inspectors, inspectors);
  self->authorities = join_known (known_authorities, authorities);
}

static McVisit *
visit_alloc (McVisitPart *root, const McVisitContext *context)
{
  McVisit *self = g_new0 (McVisit, 1);

  g_atomic_ref_count_init (&self->refs);
  self->root = root;
  self->answers = new_parts ();
  self->findings = new_parts ();
  self->parties = new_parts ();
  self->standard = mc_standard_ref (context->standard);
  self->facility = copy_part (context->facility);
  self->authority = copy_part (context->authority);
  self->matter = copy_part (context->matter);
  self->inspectors = join_known (NULL, context->inspectors);
  self->authorities = join_known (NULL, context->authorities);
  return self;
}

McVisit *
mc_visit_share (const McVisit *self)
{
  McVisit *copy = g_new0 (McVisit, 1);

  g_atomic_ref_count_init (&copy->refs);
  copy->root = share_part (self->root);
  copy->answers = share_parts (self->answers);
  copy->findings = share_parts (self->findings);
  copy->parties = share_parts (self->parties);
  copy->standard = mc_standard_ref (self->standard);
  copy->others = self->others;
  copy->facility = share_part (self->facility);
  copy->authority = share_part (self->authority);
  copy->matter = share_part (self->matter);
  copy->inspectors = g_ptr_array_ref (self->inspectors);
  copy->authorities = g_ptr_array_ref (self->authorities);
  return copy;
}

McVisit *
mc_visit_ref (McVisit *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
mc_visit_unref (McVisit *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  mc_visit_part_release (self->root);
  g_hash_table_unref (self->answers);
  g_hash_table_unref (self->findings);
  g_hash_table_unref (self->parties);
  mc_standard_unref (self->standard);
  g_clear_pointer (&self->facility, mc_visit_part_release);
  g_clear_pointer (&self->authority, mc_visit_part_release);
  g_clear_pointer (&self->matter, mc_visit_part_release);
  g_ptr_array_unref (self->inspectors);
  g_ptr_array_unref (self->authorities);
  g_free (self);
}

/* --- how it begins ---------------------------------------------------------------------------------------- */

static gboolean
check_days (const McVisitStart *start, const char *checked_on, GError **error)
{
  McStandard *standard = start->context.standard;

  if (!mc_iso_date_parse (start->today, NULL) || !mc_iso_date_parse (checked_on, NULL))
    g_set_error (error, MC_INSPECTION_ERROR, MC_INSPECTION_ERROR_INPUT,
                 _("“%s” is not a day that exists. Write it as 2026-01-31; nothing was changed."), checked_on);
  else if (strcmp (checked_on, start->today) > 0)
    g_set_error (error, MC_INSPECTION_ERROR, MC_INSPECTION_ERROR_INPUT,
                 _("The check is dated %s, a day that has not come; nothing was changed."), checked_on);
  else if (!mc_standard_is_effective (standard, checked_on))
    g_set_error (error, MC_INSPECTION_ERROR, MC_INSPECTION_ERROR_INPUT,
                 _("The standard “%s” was not in force on %s; nothing was changed."), mc_standard_get_title (standard), checked_on);
  else
    return TRUE;
  return FALSE;
}

static gboolean
check_start (const McVisitStart *start, const char *checked_on, GError **error)
{
  McStandard *standard = start->context.standard;
  const McRecord *facility = start->context.facility;
  const char *kind = mc_record_get_text (facility, "kind");

  if (!check_days (start, checked_on, error))
    return FALSE;
  if (!mc_record_is_null (facility, "retired_on") || !mc_record_is_null (facility, "same_as"))
    g_set_error (error, MC_INSPECTION_ERROR, MC_INSPECTION_ERROR_INPUT,
                 _("“%s” was taken out of the register; nothing was changed."), mc_record_get_text (facility, "name"));
  else if (!mc_standard_covers_kind (standard, kind))
    g_set_error (error, MC_INSPECTION_ERROR, MC_INSPECTION_ERROR_INPUT,
                 _("The standard “%s” is not for places of the kind “%s”; nothing was changed."),
                 mc_standard_get_title (standard), mc_code_label ("facility-kind", kind));
  else if (!mc_code_find ("visit-type", start->type))
    g_set_error (error, MC_INSPECTION_ERROR, MC_INSPECTION_ERROR_INPUT, _("There is no type of check “%s”."), start->type);
  else if (start->source && !mc_code_find ("visit-source", start->source))
    g_set_error (error, MC_INSPECTION_ERROR, MC_INSPECTION_ERROR_INPUT, _("There is no source of checks “%s”."), start->source);
  else
    return TRUE;
  return FALSE;
}

static int
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

char *
mc_visit_join_ids (const char *const *ids, const char *left_out)
{
  g_autoptr (GPtrArray) sorted = g_ptr_array_new ();
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; ids && ids[i]; i++)
    if (*ids[i] && g_strcmp0 (ids[i], left_out) != 0)
      g_ptr_array_add (sorted, (gpointer) ids[i]);
  g_ptr_array_sort (sorted, compare_texts);
  for (guint i = 0; i < sorted->len; i++)
    if (i == 0 || strcmp (g_ptr_array_index (sorted, i), g_ptr_array_index (sorted, i - 1)) != 0)
      g_string_append_printf (text, "%s%s", text->len ? "\n" : "", (const char *) g_ptr_array_index (sorted, i));
  return text->len ? g_strdup (text->str) : NULL;
}

static void
fill_record (McRecord *record, const McVisitStart *start, const char *checked_on)
{
  const McVisitContext *context = &start->context;
  g_autofree char *assistants = mc_visit_join_ids (start->assistants, start->lead);

  mc_record_set_text (record, "facility", mc_record_get_id (context->facility));
  mc_record_set_text (record, "area", mc_record_get_text (context->facility, "area"));
  mc_record_set_text (record, "authority", context->authority ? mc_record_get_id (context->authority) : NULL);
  mc_record_set_text (record, "type", start->type);
  mc_record_set_text (record, "source", start->source ? start->source : strcmp (start->type, "recheck") == 0 ? "recheck" : NULL);
  mc_record_set_text (record, "check_matter", context->matter ? mc_record_get_id (context->matter) : NULL);
  mc_record_set_text (record, "standard", mc_standard_get_version_id (context->standard));
  mc_record_set_text (record, "standard_title", mc_standard_get_title (context->standard));
  mc_record_set_text (record, "checked_on", checked_on);
  mc_record_set_text (record, "lead", start->lead);
  mc_record_set_text (record, "recorder", start->recorder ? start->recorder : start->lead);
  mc_record_set_text (record, "assistants", assistants);
  if (strcmp (checked_on, start->today) != 0)
    mc_record_set_boolean (record, "late_entry", TRUE);
  if (start->previous)
    mc_record_set_text (record, "previous", mc_visit_get_id (start->previous));
}

McVisit *
mc_visit_new (const McVisitStart *start, GError **error)
{
  const char *checked_on = start->checked_on ? start->checked_on : start->today;
  McRecord *record;
  McVisit *self;

  g_return_val_if_fail (start->context.standard && start->context.facility && start->type && start->today, NULL);
  if (!check_start (start, checked_on, error))
    return NULL;
  record = mc_record_new (mc_entity_find ("visit"), NULL);
  fill_record (record, start, checked_on);
  self = visit_alloc (mc_visit_part_new (record), &start->context);
  if (start->recheck_items)
    mc_visit_leave_unchecked (self, start->recheck_items);
  return self;
}

McVisit *
mc_visit_new_from_records (GPtrArray *records, const McVisitContext *context)
{
  McVisit *self;

  g_return_val_if_fail (records->len > 0 && context->standard, NULL);
  self = visit_alloc (copy_part (g_ptr_array_index (records, 0)), context);
  for (guint i = 1; i < records->len; i++)
    {
      const McRecord *record = g_ptr_array_index (records, i);
      const char *entity = mc_record_get_entity (record)->name;

      if (strcmp (entity, "answer") == 0 && mc_record_get_text (record, "item"))
        mc_visit_put_part (self->answers, "item", copy_part (record));
      else if (strcmp (entity, "finding") == 0 && mc_record_get_text (record, "item"))
        mc_visit_put_part (self->findings, "item", copy_part (record));
      else if (strcmp (entity, "visit_party") == 0 && mc_record_get_text (record, "authority"))
        mc_visit_put_part (self->parties, "authority", copy_part (record));
      else
        self->others |= mc_record_get_state (record);
    }
  return self;
}

/* --- copies for editing ----------------------------------------------------------------------------------- */

McRecord *
mc_visit_edit_root (McVisit *self)
{
  McVisitPart *part = copy_part (self->root->record);

  mc_visit_part_release (self->root);
  self->root = part;
  return part->record;
}

char *
mc_visit_new_answer_id (const char *visit, const char *item)
{
  return mc_uuid_new_for ("answer", visit, item, NULL);
}

McRecord *
mc_visit_edit_answer (McVisit *self, const McItem *item)
{
  const McRecord *old = mc_visit_get_answer (self, item->code);
  g_autofree char *id = mc_visit_new_answer_id (mc_visit_get_id (self), item->code);
  McRecord *record = old ? mc_record_copy (old) : mc_record_new (mc_entity_find ("answer"), id);

  mc_record_set_text (record, "visit", mc_visit_get_id (self));
  mc_record_set_text (record, "item", item->code);
  mc_visit_put_part (self->answers, "item", mc_visit_part_new (record));
  return record;
}

/* The kind of the authority that answers @item; the leading one's if none that is there is competent. */
static const char *
item_kind (const McVisit *self, const McItem *item)
{
  const McRecord *authority = mc_visit_get_item_authority (self, item);

  return authority ? mc_record_get_text (authority, "kind") : mc_visit_get_own_kind (self);
}

McRecord *
mc_visit_edit_finding (McVisit *self, const McItem *item)
{
  const McRecord *old = mc_visit_get_finding (self, item->code);
  McRecord *record = old ? mc_record_copy (old) : mc_finding_new (mc_visit_get_id (self), item, item_kind (self, item));

  mc_visit_put_part (self->findings, "item", mc_visit_part_new (record));
  return record;
}

/* --- what it holds ---------------------------------------------------------------------------------------- */

static const McRecord *
record_of (const McVisitPart *part)
{
  return part ? part->record : NULL;
}

const char *
mc_visit_get_id (const McVisit *self)
{
  return mc_record_get_id (self->root->record);
}

const McRecord *
mc_visit_get_record (const McVisit *self)
{
  return self->root->record;
}

McStandard *
mc_visit_get_standard (const McVisit *self)
{
  return self->standard;
}

const McRecord *
mc_visit_get_facility (const McVisit *self)
{
  return record_of (self->facility);
}

const McRecord *
mc_visit_get_authority (const McVisit *self)
{
  return record_of (self->authority);
}

const McRecord *
mc_visit_get_matter (const McVisit *self)
{
  return record_of (self->matter);
}

const McRecord *
mc_visit_find_inspector (const McVisit *self, const char *id)
{
  for (guint i = 0; id && i < self->inspectors->len; i++)
    {
      const McRecord *record = record_of (g_ptr_array_index (self->inspectors, i));

      if (strcmp (mc_record_get_id (record), id) == 0)
        return record;
    }
  return NULL;
}

const McRecord *
mc_visit_get_answer (const McVisit *self, const char *item)
{
  return record_of (g_hash_table_lookup (self->answers, item));
}

const McRecord *
mc_visit_get_finding (const McVisit *self, const char *item)
{
  return record_of (g_hash_table_lookup (self->findings, item));
}

const char *
mc_visit_get_value (const McVisit *self, const char *item)
{
  const McRecord *answer = mc_visit_get_answer (self, item);

  return answer ? mc_record_get_text (answer, "value") : NULL;
}

const char *
mc_visit_get_note (const McVisit *self, const char *item)
{
  const McRecord *answer = mc_visit_get_answer (self, item);

  return answer ? mc_record_get_text (answer, "note") : NULL;
}

/* Appends the parts of @parts in the order of the standard; then those of items that this version does not know, by code. */
static void
append_parts (const McVisit *self, GHashTable *parts, GPtrArray *list)
{
  g_autoptr (GPtrArray) unknown = g_ptr_array_new ();
  const McItem *items;
  GHashTableIter iter;
  gpointer code, part;
  guint n;

  items = mc_standard_get_items (self->standard, &n);
  for (guint i = 0; i < n; i++)
    if ((part = g_hash_table_lookup (parts, items[i].code)))
      g_ptr_array_add (list, ((McVisitPart *) part)->record);
  g_hash_table_iter_init (&iter, parts);
  while (g_hash_table_iter_next (&iter, &code, &part))
    if (!mc_standard_find_item (self->standard, code))
      g_ptr_array_add (unknown, code);
  g_ptr_array_sort (unknown, compare_texts);
  for (guint i = 0; i < unknown->len; i++)
    g_ptr_array_add (list, ((McVisitPart *) g_hash_table_lookup (parts, g_ptr_array_index (unknown, i)))->record);
}

GPtrArray *
mc_visit_list_findings (const McVisit *self, gboolean with_withdrawn)
{
  GPtrArray *list = g_ptr_array_new ();

  append_parts (self, self->findings, list);
  for (guint i = list->len; i > 0; i--)
    if (!with_withdrawn && !mc_finding_is_open (g_ptr_array_index (list, i - 1)))
      g_ptr_array_remove_index (list, i - 1);
  return list;
}

GPtrArray *
mc_visit_list_records (const McVisit *self)
{
  GPtrArray *list = g_ptr_array_new ();
  g_autoptr (GPtrArray) parties = NULL;

  g_ptr_array_add (list, self->root->record);
  append_parts (self, self->answers, list);
  append_parts (self, self->findings, list);
  parties = mc_visit_list_parties (self, TRUE);
  g_ptr_array_extend (list, parties, NULL, NULL);
  return list;
}

McRecordState
mc_visit_get_state (const McVisit *self)
{
  g_autoptr (GPtrArray) records = mc_visit_list_records (self);
  McRecordState state = self->others;

  for (guint i = 0; i < records->len; i++)
    state |= mc_record_get_state (g_ptr_array_index (records, i));
  return state;
}

gboolean
mc_visit_is_finalised (const McVisit *self)
{
  return (mc_record_get_state (self->root->record) & MC_RECORD_SEALED) != 0;
}

/* Appends the ids of @record's lead and assistants that are not in @ids yet. */
static void
append_ids (GPtrArray *ids, const McRecord *record)
{
  const char *assistants = mc_record_get_text (record, "assistants");
  g_autofree char *all = g_strdup_printf ("%s\n%s", mc_record_get_text (record, "lead") ? mc_record_get_text (record, "lead") : "", assistants ? assistants : "");
  g_auto (GStrv) parts = g_strsplit (all, "\n", -1);

  for (guint i = 0; parts[i]; i++)
    if (*parts[i] && !g_ptr_array_find_with_equal_func (ids, parts[i], g_str_equal, NULL))
      g_ptr_array_add (ids, g_strdup (parts[i]));
}

char **
mc_visit_get_inspector_ids (const McVisit *self)
{
  g_autoptr (GPtrArray) parties = mc_visit_list_parties (self, FALSE);
  GPtrArray *ids = g_ptr_array_new ();

  append_ids (ids, self->root->record);
  for (guint i = 0; i < parties->len; i++)
    append_ids (ids, g_ptr_array_index (parties, i));
  g_ptr_array_add (ids, NULL);
  return (char **) g_ptr_array_free (ids, FALSE);
}

const char *
mc_visit_get_own_kind (const McVisit *self)
{
  return self->authority ? mc_record_get_text (self->authority->record, "kind") : NULL;
}
