/* SPDX-License-Identifier: GPL-3.0-or-later
 * Unified social credit codes by GB 32100-2015. Pure. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define MC_CREDIT_CODE_LENGTH 18

typedef enum
{
  MC_CREDIT_CODE_OK,
  MC_CREDIT_CODE_WRONG_LENGTH,    /* not 18 characters */
  MC_CREDIT_CODE_WRONG_CHARACTER, /* a character that may not stand there: I O S V Z anywhere, a letter in the division code (3–8), … */
  MC_CREDIT_CODE_WRONG_CHECK,     /* the check character (18) does not fit */
} McCreditCodeResult;

/* As it is stored: full-width folded, upper case, without spaces and dashes. Caller frees. */
char *mc_credit_code_normalise (const char *text);

/* Checks a normalised code. @position (may be NULL): of the wrong character, 1 is the first; the length if that is wrong.
 * @expected (may be NULL): the check character that would fit, 0 if unknown. */
McCreditCodeResult mc_credit_code_check (const char *code, guint *position, char *expected);

/* The check character of the first 17 characters of @code (GB 32100-2015, 5.1.6); 0 if one of them is not allowed. */
char mc_credit_code_check_character (const char *code);

/* What is wrong with @code (normalised or not), in one translated sentence; NULL if nothing. Caller frees. */
char *mc_credit_code_explain (const char *code);

G_END_DECLS
