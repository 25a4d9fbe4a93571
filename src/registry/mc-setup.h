/* SPDX-License-Identifier: GPL-3.0-or-later
 * The first run: areas, authority and user in one transaction; and content to try things with. */
#pragma once

#include "mc-authority.h"

G_BEGIN_DECLS

typedef struct
{
  const char *area_code;      /* the user's area: divisions above and below are written too */
  const char *authority_name; /* NULL: the usual name of the authority of that kind in that area */
  const char *authority_kind; /* code of authority-kind; NULL: what the name says, else civil affairs (township for township officers) */
  const char *user_name;
  const char *role;           /* code of role, or its label */
} McSetupOptions;

/* Has @store no user yet? Blocks. */
gboolean mc_setup_is_needed (McStore *store, gboolean *needed, GError **error);

/* Whether @options name a role, a user and an area of those that the program brings, before there is a file to write into. Pure. */
gboolean mc_setup_check (const McSetupOptions *options, GError **error);

/* Writes all of it or nothing and makes the new user the store's user. An inspector gets a record in the register of inspectors too. The id of
 * the user; caller frees. MC_REGISTRY_ERROR_INPUT, NOT_FOUND, EXISTS (there is a user already), MC_STORE_ERROR_*. Blocks. */
char *mc_setup_run (McStore *store, const McSetupOptions *options, GError **error);
void mc_setup_run_async (McStore *store, const McSetupOptions *options, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
char *mc_setup_run_finish (GAsyncResult *result, GError **error);

/* Another user of this device at an authority that exists or is made; the areas must be there. Who works now goes on working. Blocks. */
char *mc_setup_add_user (McStore *store, const McSetupOptions *options, GError **error);
/* Finished as a run is. */
void mc_setup_add_user_async (McStore *store, const McSetupOptions *options, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);

typedef struct
{
  char *id;
  char *name;
  char *role;
  char *authority, *authority_name;
  char *area;
  char *inspector; /* id of the user's record in the register of inspectors, or NULL */
  gboolean has_pin;
} McUser;
void mc_user_free (McUser *user);
/* Of McUser, by name; without retired ones. Blocks. */
GPtrArray *mc_user_list (McStore *store, GError **error);
/* By id or name; NULL and MC_REGISTRY_ERROR_NOT_FOUND (or INPUT: several have that name). Blocks. */
McUser *mc_user_find (McStore *store, const char *text, GError **error);

/* Published check matters for both inspection standards, marked as samples where no source gives the value, with the two authorities that they need;
 * a second call changes nothing. Blocks. */
gboolean mc_setup_samples (McStore *store, GError **error);

/* The roster of 72 real projects that the program brings, as a .csv (UTF-8), for the import. Free with g_bytes_unref. */
GBytes *mc_setup_sample_roster (void);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (McUser, mc_user_free)

G_END_DECLS
