/* SPDX-License-Identifier: GPL-3.0-or-later
 * Authorities: who is competent, and in whose name documents are issued. */
#pragma once

#include "mc-area.h"

G_BEGIN_DECLS

typedef struct
{
  char *id;
  char *name;
  char *short_name; /* NULL if none */
  char *kind;       /* code of the list authority-kind */
  char *area;
} McAuthority;
void mc_authority_free (McAuthority *authority);

/* All that are not retired, by area code and name; of McAuthority. Blocks. */
GPtrArray *mc_authority_list (McStore *store, GError **error);
void mc_authority_list_async (McStore *store, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *mc_authority_list_finish (GAsyncResult *result, GError **error);

/* In such an array: by id, or by full or short name (compared by their name keys). NULL if there is none. */
const McAuthority *mc_authority_find (const GPtrArray *authorities, const char *id);
const McAuthority *mc_authority_find_name (const GPtrArray *authorities, const char *name);
/* The authority of @kind for a place in @area: that of the nearest area above it. NULL if none. */
const McAuthority *mc_authority_find_competent (const GPtrArray *authorities, const char *kind, McAreaTree *tree, const char *area);

/* Version 5 of area and name: two people who enter the same authority mean one record. Caller frees. */
char *mc_authority_id_for (const char *area, const char *name);

/* The kind that the words of @name say; NULL if they say none. Static. */
const char *mc_authority_kind_from_name (const char *name);

/* The kind of authority that is competent for a kind of facility: civil affairs for elder care, education for toddler classes in
 * kindergartens, health for the other childcare. NULL for an unknown kind. Static. */
const char *mc_authority_kind_for_facility (const char *facility_kind);

/* The usual name of the authority of @kind in an area of that name and level, to be confirmed by a person; NULL if none is usual. Caller frees. */
char *mc_authority_suggest_name (const char *kind, const McArea *area);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (McAuthority, mc_authority_free)

G_END_DECLS
