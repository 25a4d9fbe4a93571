/* SPDX-License-Identifier: GPL-3.0-or-later
 * Values as the window shows them. Pure. */
#pragma once

#include "store/mc-record.h"

G_BEGIN_DECLS

/* The words for @value of @field: labels of code lists, dates, yuan, m², yes and no; "" for null, and a word for a sealed value whose opening is gone.
 * @names: id → name, for references and lists of references; may be NULL. Caller frees. */
char *mc_format_value (const McField *field, const McValue *value, GHashTable *names);

char *mc_format_date (const char *iso_date);           /* 2026-11-19 */
char *mc_format_short_date (const char *iso_date);     /* month and day */
char *mc_format_time (gint64 ms);                      /* date and minute, local */
char *mc_format_weekday (const GDate *day);
char *mc_format_money (gint64 fen);                    /* in units of 10,000 yuan from there on, else yuan */
char *mc_format_hundredths (gint64 hundredths);        /* 19 008.11 with thin groups */
char *mc_format_count (gint64 count);                  /* 8 141 */

G_END_DECLS
