/* SPDX-License-Identifier: GPL-3.0-or-later
 * The documents of the store: preparing, numbering, issuing, delivering, signing. */
#pragma once

#include "inspections/mc-signing.h"

#include "mc-document-visit.h"

G_BEGIN_DECLS

/* Everything here blocks. */

/* The documents of @visit (id) in the order in which they were made, withdrawn ones too; of McRecord. Free with g_ptr_array_unref. */
GPtrArray *mc_documents_list (McStore *store, const char *visit, GError **error);

/* The signatures of @document (id), withdrawn ones left out; of McRecord. */
GPtrArray *mc_documents_list_signatures (McStore *store, const char *document, GError **error);

/* What a person gives for a document; NULL or 0: nothing. */
typedef struct
{
  const char *kind;          /* code of document-kind; required */
  const char *visit;         /* id; required */
  const char *competent;     /* of a letter: the kind of authority; NULL: the only one there is */
  const char *addressed_to;  /* of a letter: the authority's full name */
  const char *basis;
  const char *statement;
  const char *about;         /* of a proof of delivery: id of a document; NULL: all that are delivered */
  const char *issued_on;     /* ISO date; required */
} McDocumentOrder;

/* Makes the document of record: gives it its number (or leaves it to be numbered), sets it, and keeps its PDF with the SHA-256 of its text and the number of
 * pages. Number and record come in one transaction: a number is never used twice, and none without its document. Returns the id; caller frees.
 * MC_REPORT_ERROR_INPUT where the check gives no reason for it; _GLYPHS if no font has a character of it. */
char *mc_documents_issue (McStore *store, const McDocumentOrder *order, GError **error);

/* Withdrawn, with a reason: its number is not used again. */
gboolean mc_documents_withdraw (McStore *store, const char *document, const char *reason, GError **error);

/* When, how and to whom it was handed over. If the template's clock runs from delivery, the days of the follow-ups of its items are counted anew from that day;
 * where the table of working days ends before, they stay and @unknown (may be NULL) is TRUE. */
gboolean mc_documents_deliver (McStore *store, const char *document, const char *on, const char *way, const char *received_by, const char *note,
                               gboolean *unknown, GError **error);

/* The roles that must sign @document, by its template and the people of its check; NULL-terminated, g_strfreev(). */
char **mc_documents_list_signers (McStore *store, const McRecord *document, GError **error);

/* Where the signing of @document stands. 0 and @error on failure. */
McSigningState mc_documents_get_signing (McStore *store, const McRecord *document, GError **error);

/* Each adds a signature of @role to @document. @at: ms since 1970. MC_INSPECTION_ERROR_INPUT in words; nothing is kept then. */
gboolean mc_documents_sign_on_screen (McStore *store, const char *document, const char *role, const char *name, GBytes *png, gint64 at, GError **error);
/* The paper was signed; @scan (a PDF, JPEG or PNG; the bytes of all its pages) has @pages pages: fewer than were printed are refused. */
gboolean mc_documents_sign_on_paper (McStore *store, const char *document, const char *role, const char *name, GBytes *scan, guint pages, gint64 at,
                                     GError **error);
gboolean mc_documents_refuse (McStore *store, const char *document, const char *role, const char *name, const char *reason, const char *witness, gint64 at,
                              GError **error);

/* --- numbers ---------------------------------------------------------------------------------------------- */

/* @pattern with {short} (the authority's short name), {word} (the template's), {year} and {n} filled in. MC_REPORT_ERROR_INPUT names a field that a pattern
 * does not have, or the {n} that it lacks. Caller frees. */
char *mc_document_number_format (const char *pattern, const char *short_name, const char *word, int year, gint64 number, GError **error);

/* Takes the numbers of @authority for @kind and @year over to this device, from @first on: after the file was restored or the old device was lost, a person says which
 * number comes next. */
gboolean mc_document_numbers_take (McStore *store, const char *authority, const char *kind, int year, gint64 first, GError **error);

G_END_DECLS
