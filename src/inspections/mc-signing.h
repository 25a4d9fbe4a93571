/* SPDX-License-Identifier: GPL-3.0-or-later
 * Signing a document: on the screen, on paper, or refused; and when it is signed. Pure. */
#pragma once

#include "mc-finding.h"

G_BEGIN_DECLS

typedef enum
{
  MC_SIGNING_NONE = 1, /* nobody needs to sign it */
  MC_SIGNING_AWAITING,
  MC_SIGNING_SIGNED,
  MC_SIGNING_REFUSED,  /* everybody else has signed; a refusal with its reason and witness stands for the one who did not */
} McSigningState;

/* The word for it, translated. Static. */
const char *mc_signing_state_label (McSigningState state);

/* @required: roles (codes of signature-role), NULL-terminated. @signatures: of McRecord; withdrawn ones do not count. A scan of the signed paper shows all
 * signatures of the document and settles every role; one on the screen and a refusal settle their own. */
McSigningState mc_signing_get_state (const char *const *required, GPtrArray *signatures);

/* The roles of @required that are not settled, in order; NULL-terminated; free the array only. */
const char **mc_signing_list_missing (const char *const *required, GPtrArray *signatures);

/* A signature of @role for @document (id). NULL and MC_INSPECTION_ERROR_INPUT in words. @at: ms since 1970. */
McRecord *mc_signing_new_screen (const char *document, const char *role, const char *name, const char *blob, gint64 at, GError **error);

/* @pages: of the scan; @printed: of the document. Too few are refused with both numbers. */
McRecord *mc_signing_new_paper (const char *document, const char *role, const char *name, const char *blob, guint pages, guint printed, gint64 at, GError **error);

/* A refusal needs its reason, and a witness or a second inspector. */
McRecord *mc_signing_new_refusal (const char *document, const char *role, const char *name, const char *reason, const char *witness, gint64 at, GError **error);

G_END_DECLS
