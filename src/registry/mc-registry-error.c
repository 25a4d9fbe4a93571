/* SPDX-License-Identifier: GPL-3.0-or-later
 * The quark of the registers' errors. */
#include "mc-registry-error.h"

G_DEFINE_QUARK (mc-registry-error-quark, mc_registry_error)
