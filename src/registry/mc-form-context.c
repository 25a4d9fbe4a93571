/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the form of a register needs to know beside the record: whom it may name, who enters it, and its parts. */
#include "mc-form-context.h"

#include <glib/gi18n.h>
#include <string.h>

#include "mc-authority.h"
#include "mc-record-form.h"
#include "standards/mc-standards.h"
#include "store/mc-code-list.h"

typedef struct
{
  McStore *store;
  McAreaTree *tree;
  const char *entity; /* static */
  McRecord *record;
  char *today;
} Request;

static void
request_free (gpointer data)
{
  Request *request = data;

  g_object_unref (request->store);
  mc_area_tree_unref (request->tree);
  g_clear_pointer (&request->record, mc_record_free);
  g_free (request->today);
  g_free (request);
}

void
mc_form_context_free (McFormContext *self)
{
  if (!self)
    return;
  g_clear_object (&self->store);
  g_clear_pointer (&self->tree, mc_area_tree_unref);
  g_clear_pointer (&self->authorities, g_ptr_array_unref);
  g_clear_pointer (&self->standards, g_ptr_array_unref);
  g_clear_pointer (&self->parts, g_ptr_array_unref);
  g_clear_pointer (&self->names, g_hash_table_unref);
  g_clear_pointer (&self->user, mc_user_free);
  g_free (self->record);
  g_free (self);
}

static void
add_name (GHashTable *names, const char *id, const char *name)
{
  g_hash_table_insert (names, g_strdup (id), g_strdup (name));
}

GHashTable *
mc_form_names_new (McAreaTree *tree, const char *entity)
{
  GHashTable *names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  const McEntity *known = mc_entity_find (entity);

  g_return_val_if_fail (known != NULL, names);

  for (guint i = 0; i < known->n_fields; i++)
    {
      const McField *field = &known->fields[i];
      const char *codes = mc_record_form_codes (field);

      /* The list of sample values names fields by their key. */
      add_name (names, field->key, _(field->label));
      for (const McCode *const *code = codes ? mc_code_list (codes) : NULL; code && *code; code++)
        add_name (names, (*code)->code, (*code)->label);
    }
  for (guint i = 0; tree && i < mc_area_tree_get_n_areas (tree); i++)
    add_name (names, mc_area_tree_get (tree, i)->id, mc_area_tree_get (tree, i)->name);
  return names;
}

static gboolean
load_authorities (McFormContext *self, GError **error)
{
  g_autoptr (GPtrArray) authorities = mc_authority_list (self->store, error);

  if (!authorities)
    return FALSE;
  self->authorities = mc_record_choices_new ();
  for (guint i = 0; i < authorities->len; i++)
    {
      const McAuthority *authority = authorities->pdata[i];
      const McArea *area = mc_area_tree_find (self->tree, authority->area);
      g_autofree char *path = area ? mc_area_get_path (area, NULL) : NULL;

      g_ptr_array_add (self->authorities, mc_record_choice_new (authority->id, authority->name, path));
      add_name (self->names, authority->id, authority->name);
    }
  return TRUE;
}

static gboolean
load_standards (McFormContext *self, const char *today, GError **error)
{
  g_autoptr (McStandards) standards = mc_standards_load (self->store, error);
  g_autoptr (GPtrArray) list = standards ? mc_standards_list (standards, "inspection", NULL, NULL, today) : NULL;

  if (!list)
    return FALSE;
  self->standards = mc_record_choices_new ();
  g_ptr_array_add (self->standards, mc_record_choice_new (NULL, _("none yet"), NULL));
  for (guint i = 0; i < list->len; i++)
    {
      McStandard *standard = list->pdata[i];
      g_autofree char *detail = g_strdup_printf (_("version %s"), mc_standard_get_version (standard));

      g_ptr_array_add (self->standards, mc_record_choice_new (mc_standard_get_key (standard), mc_standard_get_title (standard), detail));
      add_name (self->names, mc_standard_get_key (standard), mc_standard_get_title (standard));
    }
  return TRUE;
}

/* What a list of recusals names: places by their id, operators by their name. */
static void
name_recusals (McFormContext *self, const McRecord *record)
{
  const char *list = mc_entity_field (mc_record_get_entity (record), "recusals") ? mc_record_get_text (record, "recusals") : NULL;
  g_auto (GStrv) items = g_strsplit (list ? list : "", "\n", -1);

  for (guint i = 0; items[i]; i++)
    {
      g_autoptr (McRecord) facility = *items[i] ? mc_store_load (self->store, "facility", items[i], NULL) : NULL;

      if (facility && mc_record_get_text (facility, "name"))
        add_name (self->names, items[i], mc_record_get_text (facility, "name"));
    }
}

static void
load_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Request *request = data;
  g_autoptr (McFormContext) self = g_new0 (McFormContext, 1);
  const char *user = mc_store_get_user (request->store);
  GError *error = NULL;

  self->store = g_object_ref (request->store);
  self->tree = mc_area_tree_ref (request->tree);
  self->record = g_strdup (request->record ? mc_record_get_id (request->record) : NULL);
  self->names = mc_form_names_new (request->tree, request->entity);
  if (!load_authorities (self, &error) || !load_standards (self, request->today, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  /* A form without a known user begins empty: no reason to refuse it. */
  self->user = user && *user ? mc_user_find (self->store, user, NULL) : NULL;
  if (request->record && strcmp (mc_record_get_entity (request->record)->name, "facility") == 0)
    {
      self->parts = mc_store_load_parts (self->store, "facility_class", mc_record_get_id (request->record), &error);
      if (!self->parts)
        {
          g_task_return_error (task, error);
          return;
        }
    }
  if (request->record)
    name_recusals (self, request->record);
  g_task_return_pointer (task, g_steal_pointer (&self), (GDestroyNotify) mc_form_context_free);
}

void
mc_form_context_load_async (McStore *store, McAreaTree *tree, const McEntity *entity, const McRecord *record, const char *today, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, user_data);
  Request *request = g_new0 (Request, 1);

  request->store = g_object_ref (store);
  request->tree = mc_area_tree_ref (tree);
  request->entity = entity->name;
  request->record = record ? mc_record_copy (record) : NULL;
  request->today = g_strdup (today);
  g_task_set_task_data (task, request, request_free);
  g_task_run_in_thread (task, load_in_thread);
}

McFormContext *
mc_form_context_load_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
