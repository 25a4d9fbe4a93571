/* SPDX-License-Identifier: GPL-3.0-or-later
 * The quark of the store's errors. */
#include "mc-error.h"

G_DEFINE_QUARK (mc-store-error-quark, mc_store_error)
