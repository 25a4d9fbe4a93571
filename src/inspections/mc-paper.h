/* SPDX-License-Identifier: GPL-3.0-or-later
 * Which documents a check calls for, and which of its findings each is about. Pure. */
#pragma once

#include "mc-visit.h"

G_BEGIN_DECLS

/* A document that a check calls for. */
typedef struct
{
  const char *kind;      /* code of document-kind; static */
  const char *competent; /* of a letter to another authority: its kind (code of authority-kind); else NULL; lives as long as the visit */
  char **items;          /* codes of the items that it is about; NULL: all of the check */
} McPaper;
void mc_paper_free (McPaper *paper);

/* The documents in the order in which they are needed: approval and notice before the check, the record, then for a re-check its record, for findings
 * that the authority itself orders to be corrected one order, for those of others one letter to each of them, the notice of the result, and the proof of
 * delivery. Of McPaper; free with g_ptr_array_unref. */
GPtrArray *mc_papers_called_for (const McVisit *visit);

/* Whether a document of @kind is about @finding (open). @competent: of a letter, to whom; NULL: to any other authority. An order is about what the
 * authority itself orders; a letter about what another is competent for (FIELDWORK: never one's own order in another's matter). */
gboolean mc_paper_concerns (const char *kind, const McRecord *finding, const char *own_kind, const char *competent);

/* Days that a document gives run from its delivery: @deadline_on keeps its distance in working days from @counted_from. NULL if the table of working days does
 * not reach so far: then the deadline is unknown. Caller frees. */
char *mc_paper_deadline_from_delivery (McWorkingDays *calendar, const char *counted_from, const char *deadline_on, const char *delivered_on);

/* The working days from @from to @to; FALSE if the table does not reach so far or they are no dates. */
gboolean mc_paper_days_between (McWorkingDays *calendar, const char *from, const char *to, int *days);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (McPaper, mc_paper_free)

G_END_DECLS
