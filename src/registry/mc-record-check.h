/* SPDX-License-Identifier: GPL-3.0-or-later
 * Checks that hold for the records of every register; they add to a list of problems. */
#pragma once

#include "mc-area.h"
#include "mc-problem.h"

G_BEGIN_DECLS

/* Required fields that are null. */
void mc_check_required (GPtrArray *problems, const McRecord *record);

/* A choice that this version does not know (a newer version may have written it): please check. */
void mc_check_choices (GPtrArray *problems, const McRecord *record);

/* Negative numbers. */
void mc_check_numbers (GPtrArray *problems, const McRecord *record);

/* Dates that are no days of the calendar, and days long before there were such places. */
void mc_check_dates (GPtrArray *problems, const McRecord *record);

/* An area that the tree does not know, or a retired one. @tree may be NULL. */
void mc_check_area (GPtrArray *problems, const McRecord *record, McAreaTree *tree);

/* A date in the future. */
void mc_check_not_after (GPtrArray *problems, McProblemLevel level, const McRecord *record, const char *key, const GDate *today);

/* A phone number that cannot be dialled. */
void mc_check_phone (GPtrArray *problems, const McRecord *record, const char *key);

/* The translated label of the field @key. */
const char *mc_check_label (const McRecord *record, const char *key);

/* Strictly YYYY-MM-DD. */
gboolean mc_check_parse_date (const char *text, GDate *date);

G_END_DECLS
