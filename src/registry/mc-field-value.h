/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a person types into a form, as the value of a field, and back. Pure. */
#pragma once

#include "mc-problem.h"
#include "store/mc-record.h"

G_BEGIN_DECLS

/* @value as one goes on editing it: plain digits, money in ten thousand yuan, ISO dates; "" for null and sealed values. Caller frees. */
char *mc_field_value_to_text (const McField *field, const McValue *value);

/* Puts what @text says into @record. Full-width digits and points, thousands separators, and dates written 2026/3/1, 2026.3.1 or 20260301 are no faults.
 * An empty text is null; but a sealed value whose opening is not here stays. What is no such value adds a problem, and @record keeps its old one. */
void mc_field_value_take (const McField *field, const char *text, McRecord *record, GPtrArray *problems);

/* Items of a list, sorted by bytes, each once. @items: of char *, borrowed; it is sorted. */
void mc_field_value_take_items (const McField *field, GPtrArray *items, McRecord *record);

G_END_DECLS
