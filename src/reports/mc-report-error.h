/* SPDX-License-Identifier: GPL-3.0-or-later
 * The errors of workbooks and documents, split by what the caller can do about them. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define MC_REPORT_ERROR (mc_report_error_quark ())
GQuark mc_report_error_quark (void);

/* There is no code 0. Messages are translated. What the disk refuses comes as MC_STORE_ERROR_FULL, READ_ONLY …, a cancelled
 * report as G_IO_ERROR_CANCELLED; in each case no part of a file is left behind. */
typedef enum
{
  MC_REPORT_ERROR_INPUT = 1, /* a template, plan or value that cannot be used; the message names it: correct it */
  MC_REPORT_ERROR_GLYPHS,    /* characters that no font has; the message names them: install a font, then try again */
  MC_REPORT_ERROR_FAILED,    /* anything else: tell the user */
} McReportError;

G_END_DECLS
