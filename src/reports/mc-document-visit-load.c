/* SPDX-License-Identifier: GPL-3.0-or-later
 * The documents of a check from the store: everything that their templates' fields are filled with. */
#include <glib/gi18n.h>
#include <string.h>

#include "inspections/mc-paper.h"
#include "inspections/mc-visits.h"
#include "store/mc-blob.h"
#include "store/mc-code-list.h"

#include "mc-documents.h"
#include "mc-site-record-private.h"

/* What a McDocumentVisitInput borrows. */
typedef struct
{
  McStandards *standards;
  McVisit *visit;
  McVisit *previous;
  McRecord *document;
  GPtrArray *delivered;
  GHashTable *images;
  McSiteRecordParts record;
} Parts;

static void
parts_clear (Parts *parts)
{
  mc_site_record_parts_clear (&parts->record);
  g_clear_pointer (&parts->visit, mc_visit_unref);
  g_clear_pointer (&parts->previous, mc_visit_unref);
  g_clear_pointer (&parts->standards, mc_standards_unref);
  g_clear_pointer (&parts->document, mc_record_free);
  g_clear_pointer (&parts->delivered, g_ptr_array_unref);
  g_clear_pointer (&parts->images, g_hash_table_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Parts, parts_clear)

char *
mc_document_templates_folder (McStore *store)
{
  g_autofree char *folder = g_path_get_dirname (mc_store_get_path (store));

  return g_build_filename (folder, "documents", NULL);
}

/* --- what it is made of ------------------------------------------------------------------------------------- */

static gboolean
load_previous (Parts *parts, McStore *store, GError **error)
{
  GError *failure = NULL;

  parts->previous = mc_visits_load_previous (store, parts->standards, parts->visit, &failure);
  if (!failure)
    return TRUE;
  g_propagate_error (error, failure);
  return FALSE;
}

/* Of a proof: the one document that it is about, or all that are handed over and not withdrawn. */
static gboolean
load_delivered (Parts *parts, McStore *store, GError **error)
{
  g_autofree char *folder = mc_document_templates_folder (store);
  const char *about = parts->document ? mc_record_get_text (parts->document, "about") : NULL;
  g_autoptr (GPtrArray) documents = mc_documents_list (store, mc_visit_get_id (parts->visit), error);

  if (!documents)
    return FALSE;
  parts->delivered = g_ptr_array_new_with_free_func ((GDestroyNotify) mc_record_free);
  for (guint i = 0; i < documents->len; i++)
    {
      McRecord *document = g_ptr_array_index (documents, i);
      g_autofree char *name = mc_document_kind_get_template_name (mc_record_get_text (document, "kind"));
      g_autoptr (McDocumentTemplate) template = mc_document_template_load (folder, name, mc_site_record_get_fields (), NULL);
      gboolean wanted = about ? strcmp (about, mc_record_get_id (document)) == 0
                              : template && mc_document_template_is_delivered (template) && !mc_record_get_text (document, "withdrawn_reason");

      if (wanted)
        g_ptr_array_add (parts->delivered, mc_record_copy (document));
    }
  return TRUE;
}

/* What was drawn on the screen, by role. A picture that is not here leaves its place empty. */
static gboolean
load_images (Parts *parts, McStore *store, GError **error)
{
  g_autoptr (GPtrArray) signatures = mc_documents_list_signatures (store, mc_record_get_id (parts->document), error);

  if (!signatures)
    return FALSE;
  parts->images = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  for (guint i = 0; i < signatures->len; i++)
    {
      const McRecord *signature = g_ptr_array_index (signatures, i);
      const char *role = mc_record_get_text (signature, "role"), *digest = mc_record_get_text (signature, "blob");
      gboolean drawn = digest && g_strcmp0 (mc_record_get_text (signature, "way"), "screen") == 0;
      g_autoptr (GBytes) bytes = drawn ? mc_store_read_blob (store, digest, NULL, NULL) : NULL;
      g_autoptr (McDocumentImage) image = bytes ? mc_document_image_new (bytes, NULL) : NULL;
      GPtrArray *list = g_hash_table_lookup (parts->images, role);

      if (!image)
        continue;
      if (!list)
        {
          list = g_ptr_array_new_with_free_func ((GDestroyNotify) mc_document_image_unref);
          g_hash_table_insert (parts->images, g_strdup (role), list);
        }
      g_ptr_array_add (list, g_steal_pointer (&image));
    }
  return TRUE;
}

static gboolean
load_parts (Parts *parts, McStore *store, const McDocumentRequest *request, McDocumentVisitInput *input, GError **error)
{
  parts->standards = mc_standards_load (store, error);
  parts->visit = parts->standards ? mc_visits_load (store, parts->standards, request->visit, error) : NULL;
  if (!parts->visit || !mc_site_record_parts_load (&parts->record, store, parts->visit, &input->record, error))
    return FALSE;
  if (request->document)
    {
      parts->document = mc_store_load (store, "document", request->document, error);
      if (!parts->document || !load_images (parts, store, error))
        return FALSE;
    }
  if (strcmp (request->kind, "recheck_record") == 0 && !load_previous (parts, store, error))
    return FALSE;
  if (strcmp (request->kind, "delivery_proof") == 0 && !load_delivered (parts, store, error))
    return FALSE;
  input->kind = request->kind;
  input->document = parts->document;
  input->previous = parts->previous;
  input->delivered = parts->delivered;
  input->images = parts->images;
  input->calendar = mc_working_days_get_builtin ();
  return TRUE;
}

/* --- reasons ------------------------------------------------------------------------------------------------ */

static gboolean
refuse (GError **error, const char *kind, const char *reason)
{
  g_set_error (error, MC_REPORT_ERROR, MC_REPORT_ERROR_INPUT, _("“%s” was not made: %s"), mc_code_label ("document-kind", kind), reason);
  return FALSE;
}

/* To whom a letter goes that nobody named the authority of: if there is but one, to that. */
static gboolean
find_competent (const McVisit *visit, const McDocumentRequest *request, const char **competent, GError **error)
{
  g_autoptr (GPtrArray) papers = mc_papers_called_for (visit);
  guint n = 0;

  for (guint i = 0; i < papers->len; i++)
    {
      const McPaper *paper = g_ptr_array_index (papers, i);

      if (strcmp (paper->kind, "referral_letter") != 0 || (request->competent && strcmp (paper->competent, request->competent) != 0))
        continue;
      *competent = paper->competent;
      n++;
    }
  if (n == 0)
    return refuse (error, request->kind, _("no finding of this check is referred to another authority."));
  if (n > 1)
    return refuse (error, request->kind, _("findings are referred to several authorities; say to which the letter goes."));
  return TRUE;
}

/* A document that orders nothing, or tells nobody anything, is none. */
static gboolean
has_reason (const McVisit *visit, const McDocumentRequest *request, const char **competent, GError **error)
{
  g_autoptr (GPtrArray) papers = NULL;

  *competent = request->competent;
  if (strcmp (request->kind, "referral_letter") == 0)
    return find_competent (visit, request, competent, error);
  if (strcmp (request->kind, "rectification_order") != 0)
    return TRUE;
  papers = mc_papers_called_for (visit);
  for (guint i = 0; i < papers->len; i++)
    if (strcmp (((McPaper *) g_ptr_array_index (papers, i))->kind, request->kind) == 0)
      return TRUE;
  return refuse (error, request->kind, _("this check has no finding that the authority itself orders to be corrected, at once or by a day."));
}

McDocumentContent *
mc_document_visit_load_content (McStore *store, const McDocumentRequest *request, GError **error)
{
  g_auto (Parts) parts = { 0 };
  McDocumentVisitInput input = { 0 };
  g_autofree char *folder = mc_document_templates_folder (store);
  g_autofree char *name = mc_document_kind_get_template_name (request->kind);
  g_autoptr (McDocumentTemplate) template = NULL;
  g_autoptr (McDocumentValues) values = NULL;

  template = request->template_path ? mc_document_template_load_file (request->template_path, mc_site_record_get_fields (), error)
                                    : mc_document_template_load (folder, name, mc_site_record_get_fields (), error);
  if (!template || !load_parts (&parts, store, request, &input, error))
    return NULL;
  input.from_delivery = mc_document_template_counts_from_delivery (template);
  if (!parts.document && !has_reason (parts.visit, request, &input.competent, error))
    return NULL;
  values = mc_document_visit_get_values (&input);
  return mc_document_content_new (template, values, mc_visit_get_own_kind (parts.visit));
}
