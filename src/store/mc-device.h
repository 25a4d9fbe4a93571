/* SPDX-License-Identifier: GPL-3.0-or-later
 * Device incarnations: a device id is one writer's life in one file; a copied or restored file starts a new one. */
#pragma once

#include "mc-error.h"
#include "mc-uuid.h"

G_BEGIN_DECLS

/* Beside nothing of the database, in $XDG_STATE_HOME/mingcha (0700), lie for each device id
 *
 *   ID      the start token (32 random bytes, new at each start), and path, st_dev and st_ino of the database, and the last seq known
 *           to be written
 *   ID.key  the private Ed25519 key (0600)
 *
 * and in the database (table `device_state`, local, never in a backup) the SHA-256 of the token. As the token changes at each start, an older copy put
 * back in the same place is seen too. A seq is never used twice:
 *
 *   - token or key missing, token differs, or the file's last seq is below the one noted: a new incarnation
 *   - other file (st_dev, st_ino): a copy, a new incarnation; the same path and st_ino under another st_dev with exactly the seq noted is the same
 *     file on a device that got another number at a boot
 *   - other path, same file: moved; goes on.
 */
typedef enum
{
  MC_DEVICE_FIRST = 1, /* the database has no device yet */
  MC_DEVICE_GOES_ON,
  MC_DEVICE_MOVED,     /* goes on under another path */
  MC_DEVICE_COPIED,    /* a copied, restored or put back file: a new incarnation that names the old one */
} McDeviceFound;

typedef struct
{
  char id[MC_UUID_LENGTH + 1];
  char previous[MC_UUID_LENGTH + 1]; /* the incarnation before; "": none */
  McDeviceFound found;
  gboolean is_new;         /* line 1 is still to be written: entity device, public_key, previous */
  guint8 private_key[32];  /* Ed25519 seed */
  guint8 public_key[32];
  char public_key_hex[65];
  char token_hash[65];     /* hex; to be stored in the database before mc_device_confirm() */
  guint8 token[32];
  char *path;              /* of the database, canonical */
  guint64 seq;             /* last noted */
} McDevice;

/* What the database knows of its device. */
typedef struct
{
  const char *id;         /* NULL: none yet */
  const char *token_hash; /* hex; NULL: cleared (a backup) */
  guint64 last_seq;       /* of its own chain; 0: none */
} McDeviceRow;

/* $XDG_STATE_HOME/mingcha; caller frees. */
char *mc_device_state_folder (void);

/* On opening @database for writing, under its lock. Makes the next token (and for a new incarnation the id and the keys) durable on this side; the caller
 * then stores `id` and `token_hash` in the database in one transaction (with line 1 if `is_new`) and calls mc_device_confirm(). A crash in
 * between leaves both tokens valid. READ_ONLY, FULL or FAILED if the state folder cannot be written. */
McDevice *mc_device_start (const char *database, const McDeviceRow *row, GError **error);

/* The transaction is on disk: the token before counts no longer. */
gboolean mc_device_confirm (McDevice *self, GError **error);

/* Notes that lines up to @seq are on disk: on closing, and before lines leave this machine (push, bundle, backup). */
gboolean mc_device_note_seq (McDevice *self, guint64 seq, GError **error);

void mc_device_free (McDevice *self); /* wipes the keys */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (McDevice, mc_device_free)

G_END_DECLS
