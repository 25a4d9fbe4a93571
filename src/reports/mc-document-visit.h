/* SPDX-License-Identifier: GPL-3.0-or-later
 * The documents of a check by their kinds: approval, notice, record, order, letter, re-check, result, proof of delivery, and the blank checklist. */
#pragma once

#include "store/mc-working-days.h"

#include "mc-site-record.h"

G_BEGIN_DECLS

/* What one of them says besides the record of the check; NULL where it does not apply. */
typedef struct
{
  McSiteRecordInput record;
  const char *kind;          /* code of document-kind */
  const McRecord *document;  /* what is issued, or prepared: number, basis, items, delivery … */
  const char *competent;     /* of a letter that is not prepared yet: to which kind of authority */
  const McVisit *previous;   /* of a re-check: the check it follows */
  GPtrArray *delivered;      /* of const McRecord: the documents that a proof of delivery is of */
  gboolean from_delivery;    /* days run from delivery: the template's clock */
  McWorkingDays *calendar;
  GHashTable *images;        /* role → GPtrArray of McDocumentImage: what was signed on the screen */
} McDocumentVisitInput;

/* Pure. */
McDocumentValues *mc_document_visit_get_values (const McDocumentVisitInput *input);

/* "site_record" → "site-record": the template's name. Caller frees. */
char *mc_document_kind_get_template_name (const char *kind);

/* TRUE for the codes of document-kind that are documents of a check. */
gboolean mc_document_kind_is_known (const char *kind);

/* --- with a store; these block ------------------------------------------------------------------------------ */

/* Where an authority's own templates lie: "documents" beside the database. Caller frees. */
char *mc_document_templates_folder (McStore *store);

/* What is asked for. */
typedef struct
{
  const char *kind;
  const char *visit;          /* id */
  const char *document;       /* id of what was issued or prepared; NULL: as it would be made now */
  const char *competent;      /* of a letter: the kind of authority; NULL: the only one there is */
  const char *template_path;  /* a template of one's own; NULL: the authority's, else the program's */
} McDocumentRequest;

/* Everything that is drawn or written, made from the store; may be handed to another thread, which makes a McDocument of it. MC_REPORT_ERROR_INPUT if the check
 * gives no reason for such a document, e.g. an order without anything to order. */
McDocumentContent *mc_document_visit_load_content (McStore *store, const McDocumentRequest *request, GError **error);

/* A checklist to fill in by hand: of @standard, for @facility (may be NULL) by @authority (may be NULL). Pure. */
McDocumentValues *mc_document_blank_get_values (McStandard *standard, const McRecord *facility, const McRecord *authority);
/* The same from the store; @facility: id, or NULL. */
McDocumentContent *mc_document_blank_load_content (McStore *store, McStandard *standard, const char *facility, GError **error);

G_END_DECLS
