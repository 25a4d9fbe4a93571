/* SPDX-License-Identifier: GPL-3.0-or-later
 * For the window: the documents of the store off the main thread. */
#include "mc-document-work.h"

#include <string.h>

#include "inspections/mc-paper.h"
#include "inspections/mc-visits.h"

McDocumentTarget *
mc_document_target_new (McStore *store, const char *kind, const char *visit, const char *document, const char *competent)
{
  McDocumentTarget *target = g_new0 (McDocumentTarget, 1);

  target->store = g_object_ref (store);
  target->kind = g_strdup (kind);
  target->visit = g_strdup (visit);
  target->document = g_strdup (document);
  target->competent = g_strdup (competent);
  return target;
}

void
mc_document_target_free (McDocumentTarget *target)
{
  g_object_unref (target->store);
  g_free (target->kind);
  g_free (target->visit);
  g_free (target->document);
  g_free (target->competent);
  g_free (target);
}

void
mc_document_state_free (McDocumentState *state)
{
  if (!state)
    return;
  g_clear_pointer (&state->content, mc_document_content_free);
  g_clear_pointer (&state->document, mc_record_free);
  g_strfreev (state->missing);
  g_clear_pointer (&state->names, g_hash_table_unref);
  g_free (state);
}

/* --- one document ------------------------------------------------------------------------------------------- */

/* The first name of each role that the check knows. */
static gboolean
load_names (McDocumentState *state, const McDocumentTarget *target, GError **error)
{
  static const char *const roles[] = { "lead", "assistant" };
  g_autoptr (McStandards) standards = mc_standards_load (target->store, error);
  g_autoptr (McVisit) visit = standards ? mc_visits_load (target->store, standards, target->visit, error) : NULL;
  g_auto (GStrv) ids = visit ? mc_visit_get_inspector_ids (visit) : NULL;
  const char *representative;

  if (!visit)
    return FALSE;
  state->names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  representative = mc_record_get_text (mc_visit_get_record (visit), "facility_representative");
  if (representative)
    g_hash_table_insert (state->names, g_strdup ("facility"), g_strdup (representative));
  for (guint i = 0; i < G_N_ELEMENTS (roles) && ids[i]; i++)
    {
      const McRecord *inspector = mc_visit_find_inspector (visit, ids[i]);

      if (inspector)
        g_hash_table_insert (state->names, g_strdup (roles[i]), g_strdup (mc_record_get_text (inspector, "name")));
    }
  return TRUE;
}

static gboolean
load_signing (McDocumentState *state, const McDocumentTarget *target, GError **error)
{
  g_auto (GStrv) required = NULL;
  g_autoptr (GPtrArray) signatures = NULL;
  g_autofree const char **missing = NULL;

  state->document = mc_store_load (target->store, "document", target->document, error);
  required = state->document ? mc_documents_list_signers (target->store, state->document, error) : NULL;
  signatures = required ? mc_documents_list_signatures (target->store, target->document, error) : NULL;
  if (!signatures)
    return FALSE;
  missing = mc_signing_list_missing ((const char *const *) required, signatures);
  state->signing = mc_signing_get_state ((const char *const *) required, signatures);
  state->missing = g_strdupv ((char **) missing);
  return TRUE;
}

static void
load_state (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const McDocumentTarget *target = data;
  const McDocumentRequest request = { .kind = target->kind, .visit = target->visit, .document = target->document, .competent = target->competent };
  g_autoptr (McDocumentState) state = g_new0 (McDocumentState, 1);
  GError *error = NULL;

  state->content = mc_document_visit_load_content (target->store, &request, &error);
  if (!state->content || !load_names (state, target, &error) || (target->document && !load_signing (state, target, &error)))
    {
      g_task_return_error (task, error);
      return;
    }
  state->delivered_kind = mc_document_template_is_delivered (state->content->template);
  g_task_return_pointer (task, g_steal_pointer (&state), (GDestroyNotify) mc_document_state_free);
}

void
mc_document_load_async (const McDocumentTarget *target, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, user_data);

  g_task_set_task_data (task, mc_document_target_new (target->store, target->kind, target->visit, target->document, target->competent),
                        (GDestroyNotify) mc_document_target_free);
  g_task_run_in_thread (task, load_state);
}

McDocumentState *
mc_document_load_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* --- anything ----------------------------------------------------------------------------------------------- */

typedef struct
{
  McStore *store;
  McDocumentFunc func;
  gpointer data;
  GDestroyNotify data_free;
} Run;

static void
run_free (gpointer data)
{
  Run *run = data;

  g_object_unref (run->store);
  if (run->data_free)
    run->data_free (run->data);
  g_free (run);
}

static void
run_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Run *run = data;
  GError *error = NULL;

  if (run->func (run->store, run->data, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
mc_document_run_async (McStore *store, McDocumentFunc func, gpointer data, GDestroyNotify data_free, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, user_data);
  Run *run = g_new0 (Run, 1);

  *run = (Run) { g_object_ref (store), func, data, data_free };
  g_task_set_task_data (task, run, run_free);
  g_task_run_in_thread (task, run_in_thread);
}

gboolean
mc_document_run_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

gpointer
mc_document_run_get_data (GAsyncResult *result)
{
  return ((Run *) g_task_get_task_data (G_TASK (result)))->data;
}

/* --- all of a check ----------------------------------------------------------------------------------------- */

static void
entry_free (gpointer data)
{
  McDocumentEntry *entry = data;

  g_free (entry->kind);
  g_free (entry->competent);
  g_free (entry->document);
  g_free (entry->number);
  g_free (entry->delivered_on);
  g_free (entry);
}

/* A letter is that of the paper if it is about its first item. */
static gboolean
is_of_paper (const McRecord *document, const McPaper *paper)
{
  const char *items = mc_record_get_text (document, "items");
  g_auto (GStrv) list = items ? g_strsplit (items, "\n", -1) : NULL;

  return g_strcmp0 (mc_record_get_text (document, "kind"), paper->kind) == 0 && !mc_record_get_text (document, "withdrawn_reason")
         && (!paper->competent || (list && g_strv_contains ((const char *const *) list, paper->items[0])));
}

static gboolean
add_entry (GPtrArray *entries, McStore *store, const McPaper *paper, const McRecord *document, GError **error)
{
  g_autofree char *folder = mc_document_templates_folder (store);
  g_autofree char *name = mc_document_kind_get_template_name (paper->kind);
  g_autoptr (McDocumentTemplate) template = mc_document_template_load (folder, name, mc_site_record_get_fields (), NULL);
  McDocumentEntry *entry = g_new0 (McDocumentEntry, 1);

  g_ptr_array_add (entries, entry);
  entry->kind = g_strdup (paper->kind);
  entry->competent = g_strdup (paper->competent);
  entry->delivered_kind = template && mc_document_template_is_delivered (template);
  if (!document)
    return TRUE;
  entry->document = g_strdup (mc_record_get_id (document));
  entry->number = g_strdup (mc_record_get_text (document, "number"));
  entry->delivered_on = g_strdup (mc_record_get_text (document, "delivered_on"));
  entry->signing = mc_documents_get_signing (store, document, error);
  return entry->signing != 0;
}

typedef struct
{
  McStore *store;
  char *visit;
} List;

static void
list_free (gpointer data)
{
  List *list = data;

  g_object_unref (list->store);
  g_free (list->visit);
  g_free (list);
}

static GPtrArray *
make_list (const List *list, GError **error)
{
  g_autoptr (McStandards) standards = mc_standards_load (list->store, error);
  g_autoptr (McVisit) visit = standards ? mc_visits_load (list->store, standards, list->visit, error) : NULL;
  g_autoptr (GPtrArray) documents = visit ? mc_documents_list (list->store, list->visit, error) : NULL;
  g_autoptr (GPtrArray) papers = documents ? mc_papers_called_for (visit) : NULL;
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func (entry_free);

  for (guint i = 0; papers && i < papers->len; i++)
    {
      const McPaper *paper = g_ptr_array_index (papers, i);
      const McRecord *issued = NULL;

      for (guint d = 0; d < documents->len; d++)
        if (is_of_paper (g_ptr_array_index (documents, d), paper))
          issued = g_ptr_array_index (documents, d);
      if (!add_entry (entries, list->store, paper, issued, error))
        return NULL;
    }
  return papers ? g_steal_pointer (&entries) : NULL;
}

static void
list_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  GPtrArray *entries = make_list (data, &error);

  if (entries)
    g_task_return_pointer (task, entries, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

void
mc_document_list_async (McStore *store, const char *visit, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, user_data);
  List *list = g_new0 (List, 1);

  *list = (List) { g_object_ref (store), g_strdup (visit) };
  g_task_set_task_data (task, list, list_free);
  g_task_run_in_thread (task, list_in_thread);
}

GPtrArray *
mc_document_list_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
