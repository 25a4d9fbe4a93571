/* SPDX-License-Identifier: GPL-3.0-or-later
 * Issuing a document: its record with number, digest and PDF; withdrawing it; handing it over. */
#include <gcrypt.h>
#include <glib/gi18n.h>
#include <stdlib.h>
#include <string.h>

#include "inspections/mc-follow-ups.h"
#include "inspections/mc-paper.h"
#include "inspections/mc-visits.h"
#include "store/mc-blob.h"
#include "store/mc-code-list.h"

#include "mc-chinese-date.h"
#include "mc-document-number.h"

/* --- what it is about --------------------------------------------------------------------------------------- */

static gboolean
refuse (GError **error, const char *message)
{
  g_set_error_literal (error, MC_REPORT_ERROR, MC_REPORT_ERROR_INPUT, message);
  return FALSE;
}

static const McPaper *
find_paper (GPtrArray *papers, const McDocumentOrder *order)
{
  for (guint i = 0; i < papers->len; i++)
    {
      const McPaper *paper = g_ptr_array_index (papers, i);

      if (strcmp (paper->kind, order->kind) == 0 && (!order->competent || g_strcmp0 (paper->competent, order->competent) == 0))
        return paper;
    }
  return NULL;
}

static int
compare_texts (const void *a, const void *b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static void
set_items (McRecord *document, const McPaper *paper)
{
  g_auto (GStrv) sorted = paper && paper->items ? g_strdupv (paper->items) : NULL;
  g_autofree char *items = NULL;

  if (!sorted)
    return;
  qsort (sorted, g_strv_length (sorted), sizeof (char *), compare_texts);
  items = g_strjoinv ("\n", sorted);
  mc_record_set_text (document, "items", items);
}

/* The kind of authority says to whom, until a person writes the full name. */
static void
set_address (McRecord *document, const McDocumentOrder *order, const McPaper *paper)
{
  if (order->addressed_to)
    mc_record_set_text (document, "addressed_to", order->addressed_to);
  else if (paper && paper->competent)
    {
      g_autofree char *name = g_strconcat (mc_code_label ("authority-kind", paper->competent), mc_document_word ("department"), NULL);

      mc_record_set_text (document, "addressed_to", name);
    }
}

static McRecord *
new_document (McStore *store, const McVisit *visit, const McDocumentOrder *order)
{
  static const char *const same[] = { "facility", "authority", "area", NULL };
  const McRecord *record = mc_visit_get_record (visit);
  const char *user_id = mc_store_get_user (store);
  g_autoptr (McRecord) user = user_id && *user_id ? mc_store_load (store, "user", user_id, NULL) : NULL;
  g_autoptr (GPtrArray) papers = mc_papers_called_for (visit);
  const McPaper *paper = find_paper (papers, order);
  McRecord *document = mc_record_new (mc_entity_find ("document"), NULL);

  mc_record_set_text (document, "kind", order->kind);
  mc_record_set_text (document, "visit", order->visit);
  for (guint i = 0; same[i]; i++)
    mc_record_set_text (document, same[i], mc_record_get_text (record, same[i]));
  mc_record_set_text (document, "standard", mc_standard_get_version_id (mc_visit_get_standard (visit)));
  set_items (document, paper);
  set_address (document, order, paper);
  mc_record_set_text (document, "basis", order->basis);
  mc_record_set_text (document, "statement", order->statement);
  mc_record_set_text (document, "about", order->about);
  mc_record_set_text (document, "issued_on", order->issued_on);
  mc_record_set_text (document, "issued_by", user ? mc_record_get_text (user, "inspector") : NULL);
  return document;
}

/* --- its text and pages ------------------------------------------------------------------------------------- */

static char *
digest_of (const char *text)
{
  guchar digest[32];
  GString *hex = g_string_new (NULL);

  gcry_md_hash_buffer (GCRY_MD_SHA256, digest, text, strlen (text));
  for (guint i = 0; i < sizeof digest; i++)
    g_string_append_printf (hex, "%02x", digest[i]);
  return g_string_free (hex, FALSE);
}

/* The second step: what was numbered is set, and kept as it was set. */
static gboolean
complete (McStore *store, const char *id, const McDocumentOrder *order, GError **error)
{
  const McDocumentRequest request = { .kind = order->kind, .visit = order->visit, .document = id };
  McDocumentContent *content = mc_document_visit_load_content (store, &request, error);
  g_autoptr (McDocument) document = content ? mc_document_new_from_content (content) : NULL;
  g_autoptr (GBytes) pdf = document ? mc_document_make_pdf (document, error) : NULL;
  g_autofree char *blob = pdf ? mc_store_add_blob (store, pdf, error) : NULL;
  g_autofree char *text = NULL;
  g_autofree char *digest = NULL;
  g_autoptr (McRecord) base = NULL;
  g_autoptr (McRecord) edited = NULL;

  base = blob ? mc_store_load (store, "document", id, error) : NULL;
  if (!base)
    return FALSE;
  text = mc_document_content_get_text (content);
  digest = digest_of (text);
  edited = mc_record_copy (base);
  mc_record_set_text (edited, "blob", blob);
  mc_record_set_text (edited, "text_digest", digest);
  mc_record_set_integer (edited, "pages", mc_document_get_n_pages (document));
  return mc_store_save (store, base, edited, error);
}

/* What cannot be set must not take a number. */
static gboolean
try_it (McStore *store, const McDocumentOrder *order, GError **error)
{
  const McDocumentRequest request = { .kind = order->kind, .visit = order->visit, .competent = order->competent };
  McDocumentContent *content = mc_document_visit_load_content (store, &request, error);
  g_autoptr (McDocument) document = content ? mc_document_new_from_content (content) : NULL;

  if (!document || !mc_document_check_characters (document, error))
    return FALSE;
  if (content->draft)
    return refuse (error, _("The check is not finalised yet: finalise it first, then issue this document. Until then it can be printed as a draft."));
  return TRUE;
}

/* One that was numbered but, by a crash or a full disk, never set: it is gone on with. "" if there is none. */
static char *
find_unfinished (McStore *store, const McDocumentOrder *order, GError **error)
{
  g_autoptr (GPtrArray) documents = mc_documents_list (store, order->visit, error);

  if (!documents)
    return NULL;
  for (guint i = 0; i < documents->len; i++)
    {
      const McRecord *document = g_ptr_array_index (documents, i);

      if (g_strcmp0 (mc_record_get_text (document, "kind"), order->kind) == 0 && mc_record_is_null (document, "blob")
          && mc_record_is_null (document, "withdrawn_reason")
          && (!order->addressed_to || g_strcmp0 (order->addressed_to, mc_record_get_text (document, "addressed_to")) == 0))
        return g_strdup (mc_record_get_id (document));
    }
  return g_strdup ("");
}

static char *
number_it (McStore *store, const McDocumentOrder *order, GError **error)
{
  g_autofree char *folder = mc_document_templates_folder (store);
  g_autofree char *name = mc_document_kind_get_template_name (order->kind);
  g_autoptr (McDocumentTemplate) template = mc_document_template_load (folder, name, mc_site_record_get_fields (), error);
  g_autoptr (McStandards) standards = template ? mc_standards_load (store, error) : NULL;
  g_autoptr (McVisit) visit = standards ? mc_visits_load (store, standards, order->visit, error) : NULL;
  g_autoptr (McRecord) document = visit ? new_document (store, visit, order) : NULL;
  g_autoptr (McRecord) authority = document ? mc_store_load (store, "authority", mc_record_get_text (document, "authority"), error) : NULL;

  if (!authority)
    return NULL;
  mc_record_set_text (document, "template", name);
  if (!mc_document_number_save (store, document, authority, mc_document_template_get_text (template, MC_TEMPLATE_NUMBER_WORD), atoi (order->issued_on), error))
    return NULL;
  return g_strdup (mc_record_get_id (document));
}

char *
mc_documents_issue (McStore *store, const McDocumentOrder *order, GError **error)
{
  g_autofree char *id = NULL;

  if (!mc_document_kind_is_known (order->kind))
    return refuse (error, _("There is no such kind of document.")), NULL;
  if (!try_it (store, order, error))
    return NULL;
  id = find_unfinished (store, order, error);
  if (id && !*id)
    {
      g_free (id);
      id = number_it (store, order, error);
    }
  return id && complete (store, id, order, error) ? g_steal_pointer (&id) : NULL;
}

gboolean
mc_documents_withdraw (McStore *store, const char *document, const char *reason, GError **error)
{
  g_autoptr (McRecord) base = mc_store_load (store, "document", document, error);
  g_autoptr (McRecord) edited = base ? mc_record_copy (base) : NULL;

  if (!edited)
    return FALSE;
  if (!reason || !*reason)
    return refuse (error, _("Write why the document is withdrawn. Nothing was changed."));
  mc_record_set_text (edited, "withdrawn_reason", reason);
  return mc_store_save (store, base, edited, error);
}

/* --- delivery ----------------------------------------------------------------------------------------------- */

typedef struct
{
  McStore *store;
  const McRecord *document;
  const McVisit *visit;
  const char *on;
  McTransaction *transaction;
  gboolean unknown;
} Delivery;

static gboolean
is_about (const McRecord *document, const char *item)
{
  const char *items = mc_record_get_text (document, "items");
  g_auto (GStrv) list = items ? g_strsplit (items, "\n", -1) : NULL;

  return list && item && g_strv_contains ((const char *const *) list, item);
}

/* An extension was granted to a day: it stands. */
static void
count_anew (Delivery *delivery, const McRecord *follow_up)
{
  const char *item = mc_record_get_text (follow_up, "item");
  const McRecord *finding = mc_visit_get_finding (delivery->visit, item);
  const char *deadline = finding ? mc_record_get_text (finding, "deadline_on") : NULL;
  const char *checked_on = mc_record_get_text (mc_visit_get_record (delivery->visit), "checked_on");
  g_autoptr (McRecord) edited = NULL;
  g_autofree char *day = NULL;

  if (!deadline || !is_about (delivery->document, item) || mc_record_get_text (follow_up, "extended_to")
      || mc_follow_up_get_state (follow_up) == MC_FOLLOW_UP_CLOSED)
    return;
  day = mc_paper_deadline_from_delivery (mc_working_days_get_builtin (), checked_on, deadline, delivery->on);
  if (!day)
    {
      delivery->unknown = TRUE;
      return;
    }
  edited = mc_record_copy (follow_up);
  mc_record_set_text (edited, "deadline_on", day);
  mc_transaction_save (delivery->transaction, follow_up, edited);
}

static gboolean
count_from_delivery (Delivery *delivery, GError **error)
{
  g_autofree char *folder = mc_document_templates_folder (delivery->store);
  g_autofree char *name = mc_document_kind_get_template_name (mc_record_get_text (delivery->document, "kind"));
  g_autoptr (McDocumentTemplate) template = mc_document_template_load (folder, name, mc_site_record_get_fields (), error);
  g_autoptr (McStandards) standards = NULL;
  g_autoptr (McVisit) visit = NULL;
  g_autoptr (GPtrArray) follow_ups = NULL;

  if (!template)
    return FALSE;
  if (!mc_document_template_counts_from_delivery (template))
    return TRUE;
  standards = mc_standards_load (delivery->store, error);
  visit = standards ? mc_visits_load (delivery->store, standards, mc_record_get_text (delivery->document, "visit"), error) : NULL;
  follow_ups = visit ? mc_follow_ups_load (delivery->store, mc_visit_get_id (visit), error) : NULL;
  if (!follow_ups)
    return FALSE;
  delivery->visit = visit;
  for (guint i = 0; i < follow_ups->len; i++)
    count_anew (delivery, g_ptr_array_index (follow_ups, i));
  return TRUE;
}

static gboolean
may_be_delivered (const McRecord *document, const char *on, const char *way, GError **error)
{
  const char *issued_on = mc_record_get_text (document, "issued_on");

  if (!mc_code_find ("delivery-way", way ? way : ""))
    return refuse (error, _("Choose how it was delivered. Nothing was changed."));
  if (!mc_record_get_text (document, "blob") || mc_record_get_text (document, "withdrawn_reason"))
    return refuse (error, _("Only a document that was issued and not withdrawn is delivered. Nothing was changed."));
  if (!on || (issued_on && strcmp (on, issued_on) < 0))
    return refuse (error, _("The day of delivery cannot lie before the day of the document. Nothing was changed."));
  return TRUE;
}

gboolean
mc_documents_deliver (McStore *store, const char *document, const char *on, const char *way, const char *received_by, const char *note, gboolean *unknown,
                      GError **error)
{
  g_autoptr (McRecord) base = mc_store_load (store, "document", document, error);
  g_autoptr (McRecord) edited = base ? mc_record_copy (base) : NULL;
  g_autoptr (McTransaction) transaction = mc_transaction_new ();
  Delivery delivery = { store, base, NULL, on, transaction, FALSE };

  if (!edited || !may_be_delivered (base, on, way, error))
    return FALSE;
  mc_record_set_text (edited, "delivered_on", on);
  mc_record_set_text (edited, "delivery_way", way);
  mc_record_set_text (edited, "received_by", received_by);
  mc_record_set_text (edited, "delivery_note", note);
  mc_transaction_save (transaction, base, edited);
  if (!count_from_delivery (&delivery, error))
    return FALSE;
  if (unknown)
    *unknown = delivery.unknown;
  return mc_store_commit (store, transaction, error);
}
