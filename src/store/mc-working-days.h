/* SPDX-License-Identifier: GPL-3.0-or-later
 * Working days by the yearly notice of the State Council: weekdays less holidays plus make-up days. Pure:
 * the table and the day are arguments. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _McWorkingDays McWorkingDays; /* immutable, reference counted */

/* From the text of a CSV with the columns date,kind,name (kind: holiday or workday). MC_STORE_ERROR_INPUT names row and column. */
McWorkingDays *mc_working_days_new_from_csv (const char *csv, gssize length, GError **error);
/* The table that the program brings (holidays-cn.csv, 2020–2026). */
McWorkingDays *mc_working_days_get_builtin (void);
McWorkingDays *mc_working_days_ref (McWorkingDays *self);
void mc_working_days_unref (McWorkingDays *self);

/* First and last day the table speaks of (whole years). */
void mc_working_days_range (McWorkingDays *self, GDate *first, GDate *last);

/* FALSE: the day is outside the table and nothing is known; @working is untouched. */
gboolean mc_working_days_is_working (McWorkingDays *self, const GDate *day, gboolean *working);

/* The day that is @n working days after @from; day 1 is the next working day (Interim rule: the day itself does not count).
 * FALSE if that lies beyond the table: the deadline is unknown. n ≥ 0; 0 gives @from. */
gboolean mc_working_days_add (McWorkingDays *self, const GDate *from, guint n, GDate *result);

/* Working days from @from (exclusive) to @to (inclusive); negative if @to is earlier. FALSE: beyond the table. */
gboolean mc_working_days_between (McWorkingDays *self, const GDate *from, const GDate *to, int *n);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (McWorkingDays, mc_working_days_unref)

G_END_DECLS
