/* SPDX-License-Identifier: GPL-3.0-or-later
 * A visit: a check of one facility by one version of a standard, with its answers and findings, and its rules. Pure: no
 * store, no clock. */
#pragma once

#include "mc-finding.h"
#include "standards/mc-assessment.h"

G_BEGIN_DECLS

/* Immutable and reference counted; every edit is a function to a new value, and mc_visits_save() writes the difference. */
typedef struct _McVisit McVisit;

/* What a visit is made of, besides its own records; all borrowed by the functions that take it, copied into the visit. */
typedef struct
{
  McStandard *standard;       /* the version it was made with */
  const McRecord *facility;   /* NULL: not known here */
  const McRecord *authority;  /* who checks */
  GPtrArray *inspectors;      /* of McRecord: lead and assistants, as far as they are known here */
  const McRecord *matter;     /* the check matter; NULL: none */
  GPtrArray *authorities;     /* of McRecord: the others of a joint check, as far as they are known here; may be NULL */
} McVisitContext;

/* What a new visit starts from. */
typedef struct
{
  McVisitContext context;
  const char *lead;                /* id of an inspector: the user */
  const char *recorder;            /* id of an inspector; NULL: the lead */
  const char *const *assistants;   /* ids: the partner of last time; may be NULL */
  const char *type;                /* code of visit-type */
  const char *source;              /* code of visit-source; NULL: none */
  const char *today;               /* ISO date */
  const char *checked_on;          /* NULL: today. Another day makes it a late entry. */
  const McVisit *previous;         /* the last finalised visit to this place; of a re-check: the one it re-checks; may be NULL */
  const char *const *recheck_items;/* of a re-check: codes of the items that it looks at, the others begin as not checked; NULL: all items are open */
} McVisitStart;

/* A new, unsaved visit, prefilled: today, me as lead, last partner, what is known of the place, the last visit beside it. Errors
 * (MC_INSPECTION_ERROR_INPUT): a facility that was retired from the register, a standard that does not cover its kind or was not in force
 * that day, checked_on in the future. A place that is closed may be visited: its result code says so. */
McVisit *mc_visit_new (const McVisitStart *start, GError **error);

/* From a visit's record and its parts (the root first, as mc_store_load_whole() gives them; parts of other entities are kept aside). */
McVisit *mc_visit_new_from_records (GPtrArray *records, const McVisitContext *context);
McVisit *mc_visit_ref (McVisit *self);
void mc_visit_unref (McVisit *self);

/* --- what it holds ---------------------------------------------------------------------------------------- */

const char *mc_visit_get_id (const McVisit *self);
const McRecord *mc_visit_get_record (const McVisit *self);
McStandard *mc_visit_get_standard (const McVisit *self);
const McRecord *mc_visit_get_facility (const McVisit *self);            /* or NULL */
const McRecord *mc_visit_get_authority (const McVisit *self);           /* or NULL */
const McRecord *mc_visit_get_matter (const McVisit *self);              /* or NULL */
const McRecord *mc_visit_find_inspector (const McVisit *self, const char *id); /* or NULL */
const McRecord *mc_visit_get_answer (const McVisit *self, const char *item);   /* NULL: not answered, no note */
const McRecord *mc_visit_get_finding (const McVisit *self, const char *item);  /* also a withdrawn one; NULL if none */
const char *mc_visit_get_value (const McVisit *self, const char *item);        /* NULL: not answered */
const char *mc_visit_get_note (const McVisit *self, const char *item);         /* NULL: none */
GPtrArray *mc_visit_list_findings (const McVisit *self, gboolean with_withdrawn); /* of const McRecord, in the order of the standard; free the array */
GPtrArray *mc_visit_list_records (const McVisit *self);                 /* of const McRecord: the root, then answers, then findings, in the order of the standard, then parties; free the array */
gboolean mc_visit_is_finalised (const McVisit *self);
/* The state of the root and of all parts together. */
McRecordState mc_visit_get_state (const McVisit *self);

/* Lead first, then the assistants, then those of the other authorities of a joint check, each once; NULL-terminated; g_strfreev(). */
char **mc_visit_get_inspector_ids (const McVisit *self);
/* Code of authority-kind of the authority that checks; NULL if it is not known here. */
const char *mc_visit_get_own_kind (const McVisit *self);

/* --- a joint check ----------------------------------------------------------------------------------------- */

/* The visit's own authority leads it, a township's too; the others take part. What one of them is competent for is nobody else's to refer. */

/* Of const McRecord ("visit_party"), by id; free the array. */
GPtrArray *mc_visit_list_parties (const McVisit *self, gboolean with_withdrawn);
const McRecord *mc_visit_get_party (const McVisit *self, const char *authority);      /* also a withdrawn one; NULL if none */
const McRecord *mc_visit_find_authority (const McVisit *self, const char *id);        /* leading or taking part; NULL if it is not known here */
/* TRUE if an authority of this kind (code of authority-kind) leads or takes part. */
gboolean mc_visit_has_kind (const McVisit *self, const char *kind);
/* For the rules of mc-finding.h: @competent if an authority of that kind is there, else the leading one's kind; may be NULL. */
const char *mc_visit_get_own_kind_for (const McVisit *self, const char *competent);
/* Who answers @item and orders what is found: the leading authority if it is competent, else the first that is and takes part; NULL: none is there. */
const McRecord *mc_visit_get_item_authority (const McVisit *self, const McItem *item);
/* All items, those that @authority (id) answers first, each part in the order of the standard; of const McItem *; free the array. */
GPtrArray *mc_visit_list_items_for (const McVisit *self, const char *authority);

/* With @authority (a record of the register) taking part, or with other inspectors of it. The check becomes a joint one, unless it is a re-check. Refused: the leading
 * authority itself, a check without notice of one case, inspectors that it has already. @lead may be NULL: not known yet. @inspectors: of McRecord, what is
 * known of them; may be NULL. */
McVisit *mc_visit_with_party (const McVisit *self, const McRecord *authority, const char *lead, const char *const *assistants, GPtrArray *inspectors, GError **error);
/* Refused without a reason, and if it does not take part. */
McVisit *mc_visit_without_party (const McVisit *self, const char *authority, const char *reason, GError **error);

/* --- edits: each gives a new visit; the ones that can be refused give NULL and an error ---------------------- */

/* The id of the answer to @item in @visit: v5("answer", visit, item); caller frees. */
char *mc_visit_new_answer_id (const char *visit, const char *item);

/* @value NULL takes the answer back. Nonconform opens a finding (or opens the withdrawn one again); any other answer
 * withdraws the open one with @reason (NULL: a sentence that names the new answer). */
McVisit *mc_visit_with_answer (const McVisit *self, const char *item, const char *value, const char *reason, GError **error);
/* The description of the item's open finding follows the note as long as nobody wrote another one. */
McVisit *mc_visit_with_note (const McVisit *self, const char *item, const char *note, GError **error);

/* Ctrl+1: what is unanswered in the section and not known to be inapplicable becomes "conform", logged as answered with its section. @n_changed may be NULL.
 * Items that are not answered by "conform" (scores, numbers, choices) stay as they are. */
McVisit *mc_visit_with_section_conform (const McVisit *self, const char *section, guint *n_changed, GError **error);

/* A field of the visit or of a finding (@item's). Refused: a field that says what the visit is (facility, standard, area …), a value that is none of the
 * field, a result that follows from the findings, a way that is not allowed, a deadline before the check. What is corrected on site or at once takes the
 * deadline away; another competent authority or severity takes away a way that is no longer allowed (for another's matter: referral takes its place). */
McVisit *mc_visit_with_field (const McVisit *self, const char *key, const McValue *value, GError **error);
McVisit *mc_visit_with_finding_field (const McVisit *self, const char *item, const char *key, const McValue *value, GError **error);

/* --- rules ------------------------------------------------------------------------------------------------ */

/* Counts, unanswered items, nonconformities, and counts per section for the progress shown. */
McOutcome *mc_visit_evaluate (const McVisit *self);

typedef enum
{
  MC_GAP_UNANSWERED,           /* an applicable item has no answer */
  MC_GAP_FINDING_DESCRIPTION,  /* a finding says not what was found */
  MC_GAP_FINDING_WAY,          /* no way of correction */
  MC_GAP_FINDING_DEADLINE,     /* the way needs a day */
  MC_GAP_FINDING_NOT_ALLOWED,  /* one's own order on another authority's matter, or too strong a way */
  MC_GAP_FINDING_LEGAL_REVIEW, /* a suspension or an urgent measure without its legal review */
  MC_GAP_FINDING_OTHERS_TOLD,  /* the same without the time at which others were told */
  MC_GAP_FINDING_MISSING,      /* nonconform without an open finding */
  MC_GAP_INSPECTORS,           /* fewer inspectors than the standard demands */
  MC_GAP_CERTIFICATE_EXPIRED,  /* of the lead, on the day of the check */
  MC_GAP_CERTIFICATE_UNKNOWN,  /* no date of expiry: only a remark */
  MC_GAP_PARTNER_CERTIFICATE,  /* an assistant's has expired: only a remark */
  MC_GAP_NOT_LEAD,             /* only the lead finalises */
  MC_GAP_FUTURE,               /* checked on a day that has not come */
  MC_GAP_CONFLICT,             /* two edits disagree */
  MC_GAP_LATE,                 /* a late change waits */
  MC_GAP_NEWER,                /* written in part by a newer version of the program */
  MC_GAP_RESULT,               /* no item was checked, and no result code says why */
  MC_GAP_MATTER,               /* no published check matter: only a remark here */
  MC_GAP_RECUSAL,              /* an inspector is recused from this place or operator */
  MC_GAP_JOINT,                /* a joint check of one authority only */
  MC_GAP_PARTY_LEAD,           /* an authority that takes part names nobody */
} McGapKind;

typedef struct
{
  McGapKind kind;
  gboolean blocks;   /* FALSE: shown, but it does not hold back the finalising */
  const McItem *item;/* NULL: of the visit as a whole; lives as long as the visit's standard */
  const char *key;   /* the field to go to: of the finding if @item is set, else of the visit; NULL: the answer itself */
  char *text;        /* translated, one sentence */
} McGap;
void mc_gap_free (McGap *gap);

/* What is missing before the check can be finalised, in the order of the standard; an empty array: nothing. @today: ISO date. @inspector: who would finalise
 * (id of an inspector; NULL: somebody who is none). Free with g_ptr_array_unref. */
GPtrArray *mc_visit_list_gaps (const McVisit *self, const char *today, const char *inspector);
/* The same of a visit that was evaluated: @outcome. */
GPtrArray *mc_visit_list_gaps_of (const McVisit *self, const McOutcome *outcome, const char *today, const char *inspector);
gboolean mc_visit_gaps_block (GPtrArray *gaps);

/* The result code that follows from the findings: none → none_found; all corrected on site → corrected; else pending (nothing is
 * published as corrected that nobody saw corrected). One that a person set (closed, unreachable, no activity, uncooperative) stands. */
const char *mc_visit_get_result (const McVisit *self);
/* TRUE for the codes that end a check before its items could be answered. */
gboolean mc_visit_result_ends_early (const char *result);

/* Whether the facility may be told before the check, and how many working days (−1: no source decides). Case checks are never
 * announced (rules of 2022 on checks of elder care, No. 86; FIELDWORK § 3), by whatever standard. @basis may be NULL; set to NULL if there is none. */
gboolean mc_visit_may_announce (McStandard *standard, const char *type, int *working_days, const McBasis **basis);

/* What the last visit said about an item. */
typedef struct
{
  const char *value;       /* NULL: not answered */
  const char *label;       /* "" if not answered */
  McAnswerMeaning meaning;
  const McRecord *finding; /* open one; NULL: none */
} McPreviousAnswer;

/* Of @previous for @item of @standard; FALSE if it says nothing: another standard (by key), or no answer. Borrowed from @previous. */
gboolean mc_visit_get_previous_answer (const McVisit *previous, McStandard *standard, const char *item, McPreviousAnswer *answer);

/* The matter for a check of @kind by @standard: published on or before @day, covering the kind, of this authority, and naming the standard's key if it
 * names one. @matters: of McRecord. NULL: none. */
const McRecord *mc_visit_pick_matter (GPtrArray *matters, const char *facility_kind, const char *authority, McStandard *standard, const char *day);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (McVisit, mc_visit_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (McGap, mc_gap_free)

G_END_DECLS
