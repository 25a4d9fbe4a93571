/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the first run and its samples share. */
#pragma once

#include "mc-setup.h"

G_BEGIN_DECLS

/* The area whose authority of @kind is meant for a user in @area: the county or above, but the township itself for townships. */
const McArea *mc_setup_office_area (const char *kind, const McArea *area);

/* The record of a new authority. */
McRecord *mc_setup_new_authority (const char *name, const char *kind, const McArea *area);

G_END_DECLS
