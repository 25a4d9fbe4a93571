/* SPDX-License-Identifier: GPL-3.0-or-later
 * What happened to a record, read from its lines: history, the choices of a conflict, the current seal. */
#include <string.h>

#include "mc-store-internal.h"

void
mc_history_entry_free (McHistoryEntry *entry)
{
  if (!entry)
    return;
  g_free (entry->by);
  g_free (entry->by_name);
  g_free (entry->device_name);
  g_free (entry->record);
  g_free (entry->reason);
  mc_value_clear (&entry->old_value);
  mc_value_clear (&entry->new_value);
  g_free (entry);
}

void
mc_seal_info_free (McSealInfo *info)
{
  if (!info)
    return;
  g_free (info->kind);
  g_free (info->by_name);
  g_free (info);
}

static void
free_entry (gpointer entry)
{
  mc_history_entry_free (entry);
}

/* --- one entry -------------------------------------------------------------------------------------------- */

static gboolean
find_name (McDatabase  *database,
           const char  *sql,
           const char  *id,
           char       **name,
           GError     **error)
{
  sqlite3_stmt *statement;
  int more;

  *name = NULL;
  if (!*id)
    return TRUE;
  statement = mc_database_statement (database, sql, error);
  if (!statement)
    return FALSE;
  sqlite3_bind_text (statement, 1, id, -1, SQLITE_STATIC);
  more = mc_database_step (database, statement, error);
  if (more == 1)
    {
      *name = g_strdup ((const char *) sqlite3_column_text (statement, 0));
      mc_database_done (statement);
    }
  return more >= 0;
}

static McHistoryEntry *
new_entry (const McDerived *derived,
           const McChange  *change,
           McHistoryKind    kind,
           const char      *reason)
{
  McHistoryEntry *entry = g_new0 (McHistoryEntry, 1);

  entry->kind = kind;
  g_strlcpy (entry->change.device, change->device, sizeof entry->change.device);
  entry->change.seq = change->seq;
  entry->at = change->at;
  entry->by = g_strdup (change->by);
  entry->entity = derived->entity;
  entry->record = g_strdup (derived->id);
  entry->reason = g_strdup (reason);
  return entry;
}

static const McChange *
find_change (const McDerived *derived,
             const McRef     *ref)
{
  for (guint i = 0; i < derived->changes->len; i++)
    {
      const McChange *change = g_ptr_array_index (derived->changes, i);

      if (change->seq == ref->seq && strcmp (change->device, ref->device) == 0)
        return change;
    }
  return NULL;
}

static gboolean
is_later (const McChange *a,
          const McChange *b)
{
  int order = strcmp (a->device, b->device);

  if (a->at != b->at)
    return a->at > b->at;
  return order != 0 ? order > 0 : a->seq > b->seq;
}

/* The value that the author saw: of what `was` names, the one that was shown. */
static const McFieldChange *
find_old (const McDerived     *derived,
          const McFieldChange *set)
{
  const McChange *shown = NULL;

  for (guint i = 0; i < set->n_was; i++)
    {
      const McChange *change = find_change (derived, &set->was[i]);

      if (change && mc_change_field (change, set->key) && (!shown || is_later (change, shown)))
        shown = change;
    }
  return shown ? mc_change_field (shown, set->key) : NULL;
}

static gboolean
fill_values (McDatabase          *database,
             const McDerived     *derived,
             const McFieldChange *set,
             McHistoryEntry      *entry,
             GError             **error)
{
  const McFieldChange *old = find_old (derived, set);

  entry->field = mc_entity_field (derived->entity, set->key);
  mc_value_copy (&set->value, &entry->new_value);
  if (old)
    mc_value_copy (&old->value, &entry->old_value);
  return mc_log_open_value (database, &entry->old_value, NULL, error) &&
         mc_log_open_value (database, &entry->new_value, NULL, error);
}

static gboolean
add_fields (McDatabase      *database,
            const McDerived *derived,
            const McChange  *change,
            const McChange  *source,
            McHistoryKind    kind,
            const char      *reason,
            GPtrArray       *entries,
            GError         **error)
{
  for (guint i = 0; i < source->n_fields; i++)
    {
      McHistoryEntry *entry = new_entry (derived, change, kind, reason);

      g_ptr_array_add (entries, entry);
      if (!fill_values (database, derived, &source->fields[i], entry, error))
        return FALSE;
    }
  return TRUE;
}

/* --- the kinds of lines ----------------------------------------------------------------------------------- */

static gboolean
is_among (GPtrArray      *changes,
          const McChange *change)
{
  return g_ptr_array_find (changes, change, NULL);
}

/* Which line says something about @change: with its verdict, or its aside. */
static const McChange *
find_saying (const McDerived *derived,
             const McChange  *change,
             gboolean         verdict)
{
  for (guint i = 0; i < derived->changes->len; i++)
    {
      const McChange *other = g_ptr_array_index (derived->changes, i);
      const McRef *named = verdict ? &other->verdict : &other->aside;

      if (named->seq == change->seq && strcmp (named->device, change->device) == 0)
        return other;
    }
  return NULL;
}

static McHistoryKind
kind_of (const McDerived  *derived,
         const McChange   *change,
         const char      **reason)
{
  const McChange *saying;

  *reason = NULL;
  if (is_among (derived->merge->refused, change))
    {
      saying = find_saying (derived, change, TRUE);
      *reason = saying ? saying->verdict_reason : NULL;
      return MC_HISTORY_REFUSED;
    }
  if (is_among (derived->merge->set_aside, change))
    {
      saying = find_saying (derived, change, FALSE);
      *reason = saying ? saying->aside_reason : NULL;
      return MC_HISTORY_ASIDE;
    }
  if (is_among (derived->merge->late, change))
    return MC_HISTORY_LATE;
  if (change->amends.seq == 0)
    return MC_HISTORY_SET;
  *reason = change->amends_reason;
  return MC_HISTORY_AMEND;
}

static void
add_erasure (const McDerived *derived,
             const McChange  *change,
             GPtrArray       *entries)
{
  McHistoryEntry *entry = new_entry (derived, change, MC_HISTORY_ERASED, change->erases_reason);

  for (guint i = 0; !entry->field && i < derived->changes->len; i++)
    {
      const McChange *other = g_ptr_array_index (derived->changes, i);

      for (guint f = 0; f < other->n_fields; f++)
        if (other->fields[f].value.text && strcmp (other->fields[f].value.text, change->erases_digest) == 0)
          entry->field = mc_entity_field (derived->entity, other->fields[f].key);
    }
  g_ptr_array_add (entries, entry);
}

static gboolean
add_change (McDatabase      *database,
            const McDerived *derived,
            const McChange  *change,
            GPtrArray       *entries,
            GError         **error)
{
  const char *reason;
  McHistoryKind kind = kind_of (derived, change, &reason);
  const McChange *aside = change->aside.seq != 0 ? find_change (derived, &change->aside) : NULL;

  if (change->seal)
    g_ptr_array_add (entries, new_entry (derived, change, kind == MC_HISTORY_REFUSED ? kind : MC_HISTORY_SEAL,
                                         kind == MC_HISTORY_REFUSED ? reason : change->seal->kind));
  if (change->erases != MC_ERASES_NOTHING)
    add_erasure (derived, change, entries);
  /* Who set a line aside, and what it would have set. */
  if (aside && !add_fields (database, derived, change, aside, MC_HISTORY_ASIDE, change->aside_reason, entries, error))
    return FALSE;
  return add_fields (database, derived, change, change, kind, reason, entries, error);
}

/* --- the whole record ------------------------------------------------------------------------------------- */

static gboolean
add_record (McDatabase      *database,
            const McEntity  *entity,
            const char      *id,
            GPtrArray       *entries,
            GError         **error)
{
  g_autoptr (McDerived) derived = mc_derive_load (database, entity, id, error);

  for (guint i = 0; derived && i < derived->changes->len; i++)
    if (!add_change (database, derived, g_ptr_array_index (derived->changes, i), entries, error))
      return FALSE;
  return derived != NULL;
}

static gboolean
add_parts (McDatabase      *database,
           const McEntity  *entity,
           const char      *id,
           GPtrArray       *entries,
           GError         **error)
{
  guint n;
  const McEntity *const *entities = mc_entity_list (&n);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GPtrArray) ids = NULL;

      if (g_strcmp0 (entities[i]->root_entity, entity->name) != 0)
        continue;
      ids = mc_derive_part_ids (database, entities[i], id, TRUE, error);
      for (guint k = 0; ids && k < ids->len; k++)
        if (!add_record (database, entities[i], g_ptr_array_index (ids, k), entries, error))
          return FALSE;
      if (!ids)
        return FALSE;
    }
  return TRUE;
}

static int
compare_entries (gconstpointer a,
                 gconstpointer b)
{
  const McHistoryEntry *x = *(const McHistoryEntry *const *) a;
  const McHistoryEntry *y = *(const McHistoryEntry *const *) b;
  int order;

  if (x->at != y->at)
    return x->at > y->at ? -1 : 1;
  order = mc_ref_compare (&y->change, &x->change);
  if (order != 0)
    return order;
  /* The fields of one line in the order of their entity. */
  return (x->field > y->field) - (x->field < y->field);
}

static gboolean
add_names (McDatabase  *database,
           GPtrArray   *entries,
           GError     **error)
{
  for (guint i = 0; i < entries->len; i++)
    {
      McHistoryEntry *entry = g_ptr_array_index (entries, i);

      if (!find_name (database, "SELECT name FROM user WHERE id = ?1", entry->by, &entry->by_name, error) ||
          !find_name (database, "SELECT name FROM device WHERE id = ?1", entry->change.device, &entry->device_name, error))
        return FALSE;
    }
  return TRUE;
}

typedef struct
{
  const McEntity *entity;
  char *id;
  guint limit;
  const char *key;
  GPtrArray *entries;
  McSealInfo *seal;
} Request;

static gboolean
read_history (McDatabase    *database,
              gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  Request *request = data;

  request->entries = g_ptr_array_new_with_free_func (free_entry);
  if (!add_record (database, request->entity, request->id, request->entries, error) ||
      !add_parts (database, request->entity, request->id, request->entries, error))
    return FALSE;
  g_ptr_array_sort (request->entries, compare_entries);
  if (request->limit > 0 && request->entries->len > request->limit)
    g_ptr_array_set_size (request->entries, (int) request->limit);
  return add_names (database, request->entries, error);
}

static void
request_free (gpointer data)
{
  Request *request = data;

  g_free (request->id);
  g_clear_pointer (&request->entries, g_ptr_array_unref);
  g_free (request);
}

static void
name_missing (GError         **error,
              const McEntity  *entity,
              const char      *id)
{
  if (error && g_error_matches (*error, MC_STORE_ERROR, MC_STORE_ERROR_NOT_FOUND))
    {
      g_clear_error (error);
      mc_store_set_not_found (error, entity, id);
    }
}

GPtrArray *
mc_store_history (McStore     *self,
                  const char  *entity,
                  const char  *id,
                  guint        limit,
                  GError     **error)
{
  Request request = { NULL, (char *) id, limit, NULL, NULL, NULL };

  g_return_val_if_fail (entity != NULL && id != NULL, NULL);

  if (!mc_store_find_entity (entity, &request.entity, error))
    return NULL;
  if (mc_store_run_read (self, read_history, &request, NULL, error))
    return request.entries;
  name_missing (error, request.entity, id);
  g_clear_pointer (&request.entries, g_ptr_array_unref);
  return NULL;
}

static void
free_entries (gpointer entries)
{
  g_ptr_array_unref (entries);
}

static void
history_thread (GTask        *task,
                gpointer      source,
                gpointer      data,
                GCancellable *cancellable)
{
  Request *request = data;
  GError *error = NULL;

  if (mc_store_reader_work (source, read_history, request, cancellable, &error))
    {
      g_task_return_pointer (task, g_steal_pointer (&request->entries), free_entries);
      return;
    }
  name_missing (&error, request->entity, request->id);
  g_task_return_error (task, error);
}

void
mc_store_history_async (McStore             *self,
                        const char          *entity,
                        const char          *id,
                        guint                limit,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Request *request = g_new0 (Request, 1);
  GError *error = NULL;

  g_return_if_fail (entity != NULL && id != NULL);

  *request = (Request) { NULL, g_strdup (id), limit, NULL, NULL, NULL };
  g_task_set_source_tag (task, mc_store_history_async);
  g_task_set_task_data (task, request, request_free);
  if (mc_store_find_entity (entity, &request->entity, &error))
    mc_store_push_read (self, task, history_thread);
  else
    g_task_return_error (task, error);
}

GPtrArray *
mc_store_history_finish (McStore       *self,
                         GAsyncResult  *result,
                         GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* --- conflicts -------------------------------------------------------------------------------------------- */

static gboolean
read_choices (McDatabase    *database,
              gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  Request *request = data;
  g_autoptr (McDerived) derived = mc_derive_load (database, request->entity, request->id, error);
  const McMergedField *field;

  if (!derived)
    return FALSE;
  request->entries = g_ptr_array_new_with_free_func (free_entry);
  field = mc_merge_field (derived->merge, request->key);
  for (guint i = 0; field && i < field->n_heads; i++)
    {
      const McChange *change = find_change (derived, &field->heads[i]);
      McHistoryEntry *entry;

      if (!change)
        continue;
      entry = new_entry (derived, change, MC_HISTORY_SET, NULL);
      g_ptr_array_add (request->entries, entry);
      if (!fill_values (database, derived, mc_change_field (change, request->key), entry, error))
        return FALSE;
    }
  g_ptr_array_sort (request->entries, compare_entries);
  return add_names (database, request->entries, error);
}

GPtrArray *
mc_store_conflict_choices (McStore     *self,
                           const char  *entity,
                           const char  *id,
                           const char  *key,
                           GError     **error)
{
  Request request = { NULL, (char *) id, 0, key, NULL, NULL };

  g_return_val_if_fail (entity != NULL && id != NULL && key != NULL, NULL);

  if (!mc_store_find_entity (entity, &request.entity, error))
    return NULL;
  if (mc_store_run_read (self, read_choices, &request, NULL, error))
    return request.entries;
  name_missing (error, request.entity, id);
  g_clear_pointer (&request.entries, g_ptr_array_unref);
  return NULL;
}

/* --- the current seal ------------------------------------------------------------------------------------- */

static gboolean
read_seal (McDatabase    *database,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  Request *request = data;
  g_autoptr (McDerived) derived = mc_derive_load (database, request->entity, request->id, error);
  const McChange *seal = derived ? derived->merge->seal : NULL;

  if (!seal)
    return derived != NULL;
  request->seal = g_new0 (McSealInfo, 1);
  g_strlcpy (request->seal->change.device, seal->device, sizeof request->seal->change.device);
  request->seal->change.seq = seal->seq;
  request->seal->kind = g_strdup (seal->seal->kind);
  g_strlcpy (request->seal->text, seal->seal->text, sizeof request->seal->text);
  request->seal->at = seal->at;
  return find_name (database, "SELECT name FROM user WHERE id = ?1", seal->by, &request->seal->by_name, error);
}

McSealInfo *
mc_store_get_seal (McStore     *self,
                   const char  *entity,
                   const char  *id,
                   GError     **error)
{
  Request request = { NULL, (char *) id, 0, NULL, NULL, NULL };

  g_return_val_if_fail (entity != NULL && id != NULL, NULL);

  if (!mc_store_find_entity (entity, &request.entity, error))
    return NULL;
  if (mc_store_run_read (self, read_seal, &request, NULL, error))
    return request.seal;
  name_missing (error, request.entity, id);
  g_clear_pointer (&request.seal, mc_seal_info_free);
  return NULL;
}
