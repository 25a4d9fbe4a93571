/* SPDX-License-Identifier: GPL-3.0-or-later
 * The errors of the store, split by what the caller can do about them. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define MC_STORE_ERROR (mc_store_error_quark ())
GQuark mc_store_error_quark (void);

/* There is no code 0. Messages are translated and say what happened, where, and that nothing was lost. */
typedef enum
{
  MC_STORE_ERROR_BUSY = 1,   /* another program holds the file; the message says which: try again later */
  MC_STORE_ERROR_NOT_FOUND,  /* no such file or record */
  MC_STORE_ERROR_EXISTS,     /* the file to create is there already */
  MC_STORE_ERROR_INPUT,      /* what was given is wrong: correct it */
  MC_STORE_ERROR_CONFLICT,   /* two edits disagree: a person must pick first */
  MC_STORE_ERROR_SEALED,     /* the record is sealed: amend it, with a reason */
  MC_STORE_ERROR_UNKNOWN,    /* written by a newer version of the program: read-only until the update */
  MC_STORE_ERROR_GRAMMAR,    /* a line that is not a line */
  MC_STORE_ERROR_CHAIN,      /* a line that does not fit its chain: gap, fork, wrong digest or link */
  MC_STORE_ERROR_NEWER,      /* the file was made by a newer version: update the program */
  MC_STORE_ERROR_FULL,       /* the disk is full: make room, try again */
  MC_STORE_ERROR_READ_ONLY,  /* the file or its folder may not be written */
  MC_STORE_ERROR_CORRUPT,    /* the file is damaged: restore a backup */
  MC_STORE_ERROR_NOT_OURS,   /* a file that is no database of ours */
  MC_STORE_ERROR_FAILED,     /* anything else: tell the user */
} McStoreError;

G_END_DECLS
