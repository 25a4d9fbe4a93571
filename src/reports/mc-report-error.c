/* SPDX-License-Identifier: GPL-3.0-or-later
 * The errors of workbooks and documents, split by what the caller can do about them. */
#include "mc-report-error.h"

G_DEFINE_QUARK (mc-report-error-quark, mc_report_error)
