/* SPDX-License-Identifier: GPL-3.0-or-later
 * The errors of the registers, split by what the caller can do about them. Errors of the store pass through as they are. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define MC_REGISTRY_ERROR (mc_registry_error_quark ())
GQuark mc_registry_error_quark (void);

/* There is no code 0. Messages are translated; nothing was changed. */
typedef enum
{
  MC_REGISTRY_ERROR_INPUT = 1, /* what was given is wrong: correct it */
  MC_REGISTRY_ERROR_NOT_FOUND, /* no such area, authority, … */
  MC_REGISTRY_ERROR_EXISTS,    /* it was done already */
} McRegistryError;

G_END_DECLS
