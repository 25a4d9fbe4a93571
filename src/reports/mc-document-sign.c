/* SPDX-License-Identifier: GPL-3.0-or-later
 * Signing issued documents: who must, who has, and the pictures and scans. */
#include <glib/gi18n.h>
#include <string.h>

#include "inspections/mc-visits.h"
#include "store/mc-blob.h"

#include "mc-documents.h"

/* A scan of all pages, as phones and office machines make them. */
#define SCAN_MAX_BYTES (256 * 1024 * 1024)

char **
mc_documents_list_signers (McStore *store, const McRecord *document, GError **error)
{
  g_autofree char *folder = mc_document_templates_folder (store);
  g_autofree char *name = mc_document_kind_get_template_name (mc_record_get_text (document, "kind"));
  g_autoptr (McDocumentTemplate) template = mc_document_template_load (folder, name, mc_site_record_get_fields (), error);
  const char *visit_id = mc_record_get_text (document, "visit");
  g_autoptr (McRecord) visit = template && visit_id ? mc_store_load (store, "visit", visit_id, error) : NULL;
  g_autoptr (GStrvBuilder) roles = g_strv_builder_new ();
  const McTemplateSigner *signers;
  guint n;

  if (!template || (visit_id && !visit))
    return NULL;
  signers = mc_document_template_get_signers (template, &n);
  for (guint i = 0; i < n; i++)
    if (signers[i].required && (strcmp (signers[i].role, "assistant") != 0 || !visit || mc_record_get_text (visit, "assistants")))
      g_strv_builder_add (roles, signers[i].role);
  return g_strv_builder_end (roles);
}

McSigningState
mc_documents_get_signing (McStore *store, const McRecord *document, GError **error)
{
  g_auto (GStrv) roles = mc_documents_list_signers (store, document, error);
  g_autoptr (GPtrArray) signatures = roles ? mc_documents_list_signatures (store, mc_record_get_id (document), error) : NULL;

  return signatures ? mc_signing_get_state ((const char *const *) roles, signatures) : 0;
}

/* Only what was issued has pages to sign. */
static McRecord *
load_issued (McStore *store, const char *id, GError **error)
{
  g_autoptr (McRecord) document = mc_store_load (store, "document", id, error);

  if (!document)
    return NULL;
  if (mc_record_get_text (document, "blob") && !mc_record_get_text (document, "withdrawn_reason"))
    return g_steal_pointer (&document);
  g_set_error_literal (error, MC_INSPECTION_ERROR, MC_INSPECTION_ERROR_STATE,
                       _("Only a document that was issued and not withdrawn is signed. Nothing was changed."));
  return NULL;
}

gboolean
mc_documents_sign_on_screen (McStore *store, const char *document, const char *role, const char *name, GBytes *png, gint64 at, GError **error)
{
  g_autoptr (McRecord) issued = load_issued (store, document, error);
  g_autoptr (McDocumentImage) image = issued ? mc_document_image_new (png, error) : NULL;
  g_autofree char *blob = image ? mc_store_add_blob (store, png, error) : NULL;
  g_autoptr (McRecord) signature = blob ? mc_signing_new_screen (document, role, name, blob, at, error) : NULL;

  return signature && mc_store_save (store, NULL, signature, error);
}

/* Pages that stand openly in a PDF; 0 if they are compressed into object streams, and cannot be counted here. */
static guint
count_pdf_pages (const char *data, gsize length)
{
  static const char type[] = "/Type";
  const char *end = data + length, *at = data;
  guint n = 0;

  while ((at = memmem (at, (gsize) (end - at), type, strlen (type))))
    {
      at += strlen (type);
      while (at < end && g_ascii_isspace (*at))
        at++;
      if (end - at > 5 && strncmp (at, "/Page", 5) == 0 && !g_ascii_isalpha (at[5]))
        n++;
    }
  return n;
}

/* A picture is one page, whatever was said; what a PDF shows openly counts too. FALSE: it is no scan. */
static gboolean
check_scan (GBytes *scan, guint *pages)
{
  gsize length;
  const char *data = g_bytes_get_data (scan, &length);
  g_autoptr (McDocumentImage) image = NULL;
  guint counted;

  if (length > 5 && memcmp (data, "%PDF-", 5) == 0)
    {
      counted = count_pdf_pages (data, length);
      *pages = counted > 0 ? MIN (*pages, counted) : *pages;
      return TRUE;
    }
  image = mc_document_image_new (scan, NULL);
  *pages = MIN (*pages, 1);
  return image != NULL;
}

gboolean
mc_documents_sign_on_paper (McStore *store, const char *document, const char *role, const char *name, GBytes *scan, guint pages, gint64 at, GError **error)
{
  g_autoptr (McRecord) issued = load_issued (store, document, error);
  g_autoptr (McRecord) signature = NULL;
  g_autofree char *blob = NULL;

  if (!issued)
    return FALSE;
  if (g_bytes_get_size (scan) > SCAN_MAX_BYTES || !check_scan (scan, &pages))
    {
      g_set_error (error, MC_INSPECTION_ERROR, MC_INSPECTION_ERROR_INPUT,
                   _("The scan must be a PDF, a JPEG or a PNG of at most %d MiB. Nothing was kept."), SCAN_MAX_BYTES / 1024 / 1024);
      return FALSE;
    }

  /* The pages are counted before anything is kept. */
  signature = mc_signing_new_paper (document, role, name, NULL, pages, (guint) mc_record_get_integer (issued, "pages", 0), at, error);
  blob = signature ? mc_store_add_blob (store, scan, error) : NULL;
  if (!blob)
    return FALSE;
  mc_record_set_text (signature, "blob", blob);
  return mc_store_save (store, NULL, signature, error);
}

gboolean
mc_documents_refuse (McStore *store, const char *document, const char *role, const char *name, const char *reason, const char *witness, gint64 at, GError **error)
{
  g_autoptr (McRecord) issued = load_issued (store, document, error);
  g_autoptr (McRecord) signature = issued ? mc_signing_new_refusal (document, role, name, reason, witness, at, error) : NULL;

  return signature && mc_store_save (store, NULL, signature, error);
}
