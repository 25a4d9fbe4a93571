/* SPDX-License-Identifier: GPL-3.0-or-later
 * The standards at hand: those that the program brings and those that were imported into the store. */
#pragma once

#include "mc-standard.h"
#include "store/mc-store.h"

G_BEGIN_DECLS

/* A catalogue as it was when it was loaded: immutable, reference counted, for any thread. Load it again when the store says
 * that an entity "standard" changed. */
typedef struct _McStandards McStandards;

/* Those that the program brings. Never fails: a test holds each of them against the schema. */
McStandards *mc_standards_get_builtin (void);

/* The same and what @store holds. A version whose document is missing or damaged is left out and named by
 * mc_standards_get_faults(). Blocks; the window calls the async form. */
McStandards *mc_standards_load (McStore *store, GError **error);
void mc_standards_load_async (McStore *store, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
McStandards *mc_standards_load_finish (GAsyncResult *result, GError **error);

McStandards *mc_standards_ref (McStandards *self);
void mc_standards_unref (McStandards *self);

/* Translated sentences, one for each version that could not be read; empty: none. */
const char *const *mc_standards_get_faults (McStandards *self);

/* The version with this SHA-256, for a visit made with it; borrowed. MC_STANDARD_ERROR_NOT_FOUND if it is not here. */
McStandard *mc_standards_find (McStandards *self, const char *version_id, GError **error);

/* The version of @key that is in force on @day; the one that came into force last, if there are several. */
McStandard *mc_standards_find_latest (McStandards *self, const char *key, const char *day, GError **error);

/* A version id, or a key (then the version in force on @day): what a person types. */
McStandard *mc_standards_resolve (McStandards *self, const char *text, const char *day, GError **error);

/* Of McStandard, by title: the version in force on @day of each standard of @kind. NULL for @authority_kind or @facility_kind: any. */
GPtrArray *mc_standards_list (McStandards *self, const char *kind, const char *authority_kind, const char *facility_kind, const char *day);

/* The standard for a facility of this kind that an authority of this kind checks: its own, else that of any authority; NULL if
 * there is none. */
McStandard *mc_standards_suggest (McStandards *self, const char *kind, const char *authority_kind, const char *facility_kind, const char *day);

/* Stores an authority's own standard (JSON) in @store; the same document again changes nothing. Returns the standard; load the catalogue again
 * to find it there. Errors as mc_standard_new_from_bytes(), and nothing is stored then. Blocks. */
McStandard *mc_standards_import (McStore *store, GBytes *bytes, const char *authority, const char *area, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (McStandards, mc_standards_unref)

G_END_DECLS
