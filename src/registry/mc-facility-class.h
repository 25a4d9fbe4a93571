/* SPDX-License-Identifier: GPL-3.0-or-later
 * The classes of a childcare facility: how many of each kind, with how many children and carers. Pure. */
#pragma once

#include "mc-problem.h"
#include "store/mc-record.h"

G_BEGIN_DECLS

/* The id of the classes of @class_kind (code of class-kind) in @facility that two people can enter independently: version 5. Caller frees. */
char *mc_facility_class_id_for (const char *facility, const char *class_kind);

/* Does it say anything? Numbers that were all taken back leave a record of no classes behind. */
gboolean mc_facility_class_is_empty (const McRecord *part);

/* What is wrong or doubtful in numbers that do not fit each other. Of McProblem, by the key of a number. */
GPtrArray *mc_facility_class_check (const McRecord *part);

G_END_DECLS
