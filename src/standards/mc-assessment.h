/* SPDX-License-Identifier: GPL-3.0-or-later
 * An assessment: the answers of one facility to one version of a standard, and what follows from them. Pure. */
#pragma once

#include "mc-standard.h"

G_BEGIN_DECLS

typedef struct
{
  guint items;          /* that count: applicable, not known to be inapplicable, or answered */
  guint conform;
  guint nonconform;
  guint not_applicable;
  guint not_checked;
  guint values;         /* scores, numbers and choices without a verdict of their own */
  guint unanswered;
} McAnswerCounts;

typedef struct
{
  const McSection *section;
  McAnswerCounts counts;
  gint64 score;         /* hundredths */
  gint64 max;
} McSectionOutcome;

/* What a grade still lacks. */
typedef struct
{
  const McGrade *grade;
  const McSection *section; /* a section below its minimum; NULL: the total, or `item` */
  const McItem *item;       /* required or vetoed */
  gint64 missing;           /* hundredths of points */
} McShortfall;

typedef struct
{
  McStandard *standard;        /* owned reference: the pointers below live in it */
  McAnswerCounts total;
  McSectionOutcome *sections;
  guint n_sections;
  GPtrArray *unanswered;       /* of const McItem, in the order of the standard */
  GPtrArray *nonconform;       /* of const McItem */
  GPtrArray *vetoed;           /* of const McItem: veto items that do not conform */
  gint64 score;
  gint64 max;
  const McGrade *grade;        /* NULL: none reached, a veto, something unanswered, or a standard without grades */
  GArray *shortfalls;          /* of McShortfall, for the next better grade; empty if there is none */
} McOutcome;

/* @answers: item code (char *) → value (char *). An item that is known not to apply does not count unless it was answered: what
 * was recorded never vanishes. Points of items that are not applicable stay in the base, as no source takes them out. A grade
 * needs the total and the percentage of every section (GB/T 37276-2018 as in its regional rules), its required items, no veto
 * and no unanswered item. */
McOutcome *mc_assessment_evaluate (McStandard *standard, const McRecord *facility, const McRecord *assessment, GHashTable *answers);
void mc_outcome_free (McOutcome *outcome);

/* TRUE unless the item is known not to apply. @unknown (may be NULL): a column it depends on is empty. */
gboolean mc_assessment_item_applies (const McItem *item, const McRecord *facility, const McRecord *assessment, gboolean *unknown);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (McOutcome, mc_outcome_free)

G_END_DECLS
