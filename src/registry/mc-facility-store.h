/* SPDX-License-Identifier: GPL-3.0-or-later
 * The conditions that lists and rows of facilities share, as SQL over facility f, visit v, finding n. */
#pragma once

#include "mc-registry-store.h"

#define MC_SQL_LISTED "f.retired_on IS NULL AND f.same_as IS NULL"

/* A check counts once it is finished: sealed (bit MC_RECORD_SEALED of state) and not retired. */
#define MC_SQL_FINISHED_CHECK "v.retired_on IS NULL AND (v.state & 2) <> 0"
G_STATIC_ASSERT (MC_RECORD_SEALED == 2);

/* Others were found to be the same place as f; and it and they, through as many steps as there are. */
#define MC_SQL_IS_JOINED "EXISTS (SELECT 1 FROM facility j WHERE j.same_as = f.id)"
#define MC_SQL_SAME_PLACE "(WITH RECURSIVE same (id) AS (VALUES (f.id) UNION SELECT j.id FROM facility j JOIN same ON j.same_as = same.id) SELECT id FROM same)"

/* Nearly no place is joined, so the question is cheaper than to follow. */
#define MC_SQL_LAST_CHECKED                                                                                                          \
  "CASE WHEN " MC_SQL_IS_JOINED " THEN (SELECT max(v.checked_on) FROM visit v WHERE v.facility IN " MC_SQL_SAME_PLACE " AND "          \
  MC_SQL_FINISHED_CHECK ") ELSE (SELECT max(v.checked_on) FROM visit v WHERE v.facility = f.id AND " MC_SQL_FINISHED_CHECK ") END"

/* A finding of a finished check is open unless it was corrected on the spot, withdrawn, or a later re-check of that check found nothing. */
#define MC_SQL_OPEN_FINDING                                                                                                         \
  MC_SQL_FINISHED_CHECK " AND n.withdrawn_reason IS NULL AND (n.way IS NULL OR n.way <> 'corrected_on_site')"                       \
  " AND NOT EXISTS (SELECT 1 FROM visit r WHERE r.facility = v.facility AND r.previous = v.id AND r.type = 'recheck'"        \
  " AND r.result_code = 'none_found' AND r.retired_on IS NULL AND (r.state & 2) <> 0)"
