/* SPDX-License-Identifier: GPL-3.0-or-later
 * Dates, times and numbers as documents write them. Pure; the characters are data (data/documents/words.json). */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A word of the documents, e.g. "number_pending"; static. A name that the data does not have is a programming error. */
const char *mc_document_word (const char *name);

/* "2026-11-21" in Chinese numerals, as the date under an authority's name: digits of the year one by one, month and day counted. @iso_date itself if it is no
 * date; "" for NULL. Caller frees. */
char *mc_chinese_date (const char *iso_date);

/* The same in Arabic numerals without leading zeros, as within a text (GB/T 15835-2011, 4.1). Caller frees. */
char *mc_chinese_date_arabic (const char *iso_date);

/* ms since 1970 as day and time of day, local. Caller frees. */
char *mc_chinese_time (gint64 ms);

/* From @start to @end (ms; 0: not known): the day is said once if it is the same. @iso_date stands for a start that is not known. Caller frees. */
char *mc_chinese_time_span (const char *iso_date, gint64 start, gint64 end);

/* 0 … 9999 in Chinese numerals. Caller frees. */
char *mc_chinese_number (guint number);

G_END_DECLS
