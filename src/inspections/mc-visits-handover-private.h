/* SPDX-License-Identifier: GPL-3.0-or-later
 * Which records are a person's open work. */
#pragma once

#include "mc-visits-handover.h"

G_BEGIN_DECLS

typedef enum
{
  MC_OPEN_VISIT,
  MC_OPEN_PARTY, /* a share of a joint check */
  MC_OPEN_FOLLOW_UP,
  MC_OPEN_N_KINDS,
} McOpenKind;

/* Ids, of char *; free with g_ptr_array_unref. Blocks. */
GPtrArray *mc_open_work_list (McStore *store, McOpenKind kind, const char *inspector, GError **error);

G_END_DECLS
