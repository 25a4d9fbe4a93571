/* SPDX-License-Identifier: GPL-3.0-or-later
 * The tree of areas: divisions with their codes, and zones without, with the townships that they manage. */
#pragma once

#include <gio/gio.h>

#include "mc-registry-error.h"
#include "store/mc-store.h"

G_BEGIN_DECLS

/* Belongs to its tree and lives as long. */
typedef struct _McArea McArea;
struct _McArea
{
  const char *id;
  const char *code;            /* NULL for zones */
  const char *name;
  const char *level;           /* code of the list area-level */
  const McArea *division;      /* the division above, by the codes; NULL at the top */
  const McArea *zone;          /* the zone that manages it; NULL if none */
  const McArea *parent;        /* where it stands in the tree: under its zone, else under its division */
  const char *const *aliases;  /* NULL-terminated */
  guint rank;                  /* place in the order of the tree: parents before children, children by code, zones last */
  guint last;                  /* the rank of its last descendant; its own if it has none */
  guint depth;                 /* 0 at the top */
  gboolean retired;            /* still known, so that old records show its name; neither listed nor found by name */
};

/* Immutable and reference counted; may be used by any thread. */
typedef struct _McAreaTree McAreaTree;

/* From records of the entity area. An area whose parent is missing stands at the top; the id of one that was found to be another names the other. */
McAreaTree *mc_area_tree_new (GPtrArray *records);
McAreaTree *mc_area_tree_ref (McAreaTree *self);
void mc_area_tree_unref (McAreaTree *self);

/* The areas of @store. The sync form blocks. */
McAreaTree *mc_area_tree_load (McStore *store, GError **error);
void mc_area_tree_load_async (McStore *store, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
McAreaTree *mc_area_tree_load_finish (GAsyncResult *result, GError **error);

/* All divisions and zones that the program brings (data/registry), to choose from before there is a database. Static. */
McAreaTree *mc_area_tree_get_builtin (void);

guint mc_area_tree_get_n_areas (McAreaTree *self);
const McArea *mc_area_tree_get (McAreaTree *self, guint rank); /* NULL beyond the end */
const McArea *mc_area_tree_find (McAreaTree *self, const char *id);
const McArea *mc_area_tree_find_code (McAreaTree *self, const char *code);

/* The children of @area in their order (NULL: the areas at the top), of const McArea *. Free with g_ptr_array_unref. */
GPtrArray *mc_area_tree_get_children (McAreaTree *self, const McArea *area);

/* Is @area @ancestor or below it? Follows the tree: a township that a zone manages is below the zone. */
gboolean mc_area_is_below (const McArea *area, const McArea *ancestor);
gboolean mc_area_tree_contains (McAreaTree *self, const char *ancestor_id, const char *id); /* FALSE if one is unknown */

/* The names from below @below (NULL: below the city, and all of it for cities and provinces) down to @area, joined by spaces. Caller frees. */
char *mc_area_get_path (const McArea *area, const McArea *below);

typedef enum
{
  MC_AREA_FOUND,
  MC_AREA_UNKNOWN,
  MC_AREA_AMBIGUOUS, /* several areas have that name */
} McAreaMatch;

/* The area that @text names: an id, a code, a path ("COUNTY TOWNSHIP", also without spaces, with or without the areas above and the suffixes of
 * levels, by name or alias) within @within (NULL: everywhere). The whole text must be used up. @found is NULL unless FOUND. */
McAreaMatch mc_area_tree_resolve (McAreaTree *self, const char *text, const McArea *within, const McArea **found);

/* The narrowest area that the beginning of an address names; what follows (street, number) is passed over. */
McAreaMatch mc_area_tree_resolve_address (McAreaTree *self, const char *address, const McArea *within, const McArea **found);

/* Ids: version 5, so that the same area is one record everywhere. Caller frees. */
char *mc_area_id_for_code (const char *code);
char *mc_area_id_for_zone (const char *parent_code, const char *name);

/* The records of the divisions that the program brings for @code: those above it, itself, and all below, with the zones that stand among them or manage
 * townships among them. Of McRecord (new), each after those
 * that it refers to. NULL and MC_REGISTRY_ERROR_NOT_FOUND. */
GPtrArray *mc_area_seed (const char *code, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (McAreaTree, mc_area_tree_unref)

G_END_DECLS
