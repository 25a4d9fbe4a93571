/* SPDX-License-Identifier: GPL-3.0-or-later
 * Signing a document: on the screen, on paper, or refused; and when it is signed. */
#include "mc-signing.h"

#include <glib/gi18n.h>
#include <string.h>

#include "store/mc-code-list.h"

const char *
mc_signing_state_label (McSigningState state)
{
  switch (state)
    {
    case MC_SIGNING_AWAITING:
      return _("Awaiting signatures");
    case MC_SIGNING_SIGNED:
      return _("Signed");
    case MC_SIGNING_REFUSED:
      return _("Signature refused");
    case MC_SIGNING_NONE:
    default:
      return _("No signature needed");
    }
}

static gboolean
counts (const McRecord *signature)
{
  return !mc_record_get_text (signature, "withdrawn_reason");
}

static gboolean
is_way (const McRecord *signature, const char *way)
{
  return g_strcmp0 (mc_record_get_text (signature, "way"), way) == 0;
}

static gboolean
is_settled (const char *role, GPtrArray *signatures)
{
  for (guint i = 0; i < signatures->len; i++)
    {
      const McRecord *signature = g_ptr_array_index (signatures, i);

      if (counts (signature) && (is_way (signature, "paper") || g_strcmp0 (mc_record_get_text (signature, "role"), role) == 0))
        return TRUE;
    }
  return FALSE;
}

const char **
mc_signing_list_missing (const char *const *required, GPtrArray *signatures)
{
  GPtrArray *missing = g_ptr_array_new ();

  for (guint i = 0; required[i]; i++)
    if (!is_settled (required[i], signatures))
      g_ptr_array_add (missing, (char *) required[i]);
  g_ptr_array_add (missing, NULL);
  return (const char **) g_ptr_array_free (missing, FALSE);
}

McSigningState
mc_signing_get_state (const char *const *required, GPtrArray *signatures)
{
  g_autofree const char **missing = mc_signing_list_missing (required, signatures);

  if (!required[0])
    return MC_SIGNING_NONE;
  if (missing[0])
    return MC_SIGNING_AWAITING;
  for (guint i = 0; i < signatures->len; i++)
    if (counts (g_ptr_array_index (signatures, i)) && is_way (g_ptr_array_index (signatures, i), "refused"))
      return MC_SIGNING_REFUSED;
  return MC_SIGNING_SIGNED;
}

/* --- new signatures --------------------------------------------------------------------------------------- */

static gboolean
is_blank (const char *text)
{
  while (text && g_unichar_isspace (g_utf8_get_char (text)))
    text = g_utf8_next_char (text);
  return !text || !*text;
}

static McRecord *
new_signature (const char *document, const char *role, const char *name, const char *way, gint64 at, GError **error)
{
  McRecord *signature;

  if (!role || !mc_code_find ("signature-role", role))
    {
      g_set_error (error, MC_INSPECTION_ERROR, MC_INSPECTION_ERROR_INPUT, _("There is nobody who signs as “%s”. Nothing was changed."), role ? role : "");
      return NULL;
    }
  signature = mc_record_new (mc_entity_find ("signature"), NULL);
  mc_record_set_text (signature, "document", document);
  mc_record_set_text (signature, "role", role);
  mc_record_set_text (signature, "name", name);
  mc_record_set_text (signature, "way", way);
  mc_record_set_integer (signature, "signed_at", at);
  return signature;
}

McRecord *
mc_signing_new_screen (const char *document, const char *role, const char *name, const char *blob, gint64 at, GError **error)
{
  McRecord *signature = new_signature (document, role, name, "screen", at, error);

  if (signature)
    mc_record_set_text (signature, "blob", blob);
  return signature;
}

McRecord *
mc_signing_new_paper (const char *document, const char *role, const char *name, const char *blob, guint pages, guint printed, gint64 at, GError **error)
{
  McRecord *signature;

  if (pages < printed)
    {
      g_autofree char *has = g_strdup_printf (ngettext ("The scan has %u page", "The scan has %u pages", pages), pages);
      g_autofree char *needs = g_strdup_printf (ngettext ("the printed document has %u", "the printed document has %u", printed), printed);

      g_set_error (error, MC_INSPECTION_ERROR, MC_INSPECTION_ERROR_INPUT, _("%s, but %s. Scan all pages, also the annex, and add them again. Nothing was kept."), has,
                   needs);
      return NULL;
    }
  signature = new_signature (document, role, name, "paper", at, error);
  if (signature)
    {
      mc_record_set_text (signature, "blob", blob);
      mc_record_set_integer (signature, "pages", pages);
    }
  return signature;
}

McRecord *
mc_signing_new_refusal (const char *document, const char *role, const char *name, const char *reason, const char *witness, gint64 at, GError **error)
{
  McRecord *signature;

  if (is_blank (reason))
    {
      g_set_error_literal (error, MC_INSPECTION_ERROR, MC_INSPECTION_ERROR_INPUT, _("Write why the signature was refused. Nothing was changed."));
      return NULL;
    }
  if (is_blank (witness))
    {
      g_set_error_literal (error, MC_INSPECTION_ERROR, MC_INSPECTION_ERROR_INPUT,
                           _("Write who witnessed the refusal: a witness or the second inspector. Nothing was changed."));
      return NULL;
    }
  signature = new_signature (document, role, name, "refused", at, error);
  if (signature)
    {
      mc_record_set_text (signature, "reason", reason);
      mc_record_set_text (signature, "witness", witness);
    }
  return signature;
}
