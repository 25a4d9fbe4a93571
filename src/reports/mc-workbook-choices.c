/* SPDX-License-Identifier: GPL-3.0-or-later
 * What may be entered in a column of a workbook: in the cell's own rule, or on a hidden sheet if that is too long. */
#include "mc-workbook-choices.h"

#include <string.h>

#include "mc-workbook-words.h"

/* Excel takes 255 characters in a rule, commas included; libxlsxwriter counts characters but keeps them in a buffer of as many bytes. */
#define RULE_MAX_BYTES 255

struct _McWorkbookChoices
{
  GPtrArray *lists; /* of GStrv, one for each column of the hidden sheet */
};

McWorkbookChoices *
mc_workbook_choices_new (void)
{
  McWorkbookChoices *self = g_new0 (McWorkbookChoices, 1);

  self->lists = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  return self;
}

void
mc_workbook_choices_free (McWorkbookChoices *self)
{
  if (!self)
    return;
  g_ptr_array_unref (self->lists);
  g_free (self);
}

static gboolean
fits_in_rule (const char *const *choices)
{
  gsize bytes = 0;

  for (guint i = 0; choices[i]; i++)
    {
      if (strchr (choices[i], ',') || *choices[i] == '=')
        return FALSE;
      bytes += strlen (choices[i]) + 1;
    }
  return bytes <= RULE_MAX_BYTES;
}

/* Refers to the next column of the hidden sheet, as a formula. */
static char *
add_list (McWorkbookChoices *self, const char *const *choices)
{
  char column[LXW_MAX_COL_NAME_LENGTH];

  lxw_col_to_name (column, (lxw_col_t) self->lists->len, 1);
  g_ptr_array_add (self->lists, g_strdupv ((char **) choices));
  return g_strdup_printf ("='%s'!%s$1:%s$%u", mc_workbook_words_get ()->lists_sheet, column, column,
                          g_strv_length ((char **) choices));
}

lxw_error
mc_workbook_choices_add (McWorkbookChoices *self, lxw_worksheet *worksheet, guint first, guint last, guint column,
                         const char *const *choices)
{
  g_autofree char *formula = NULL;
  lxw_data_validation rule = { 0 };

  if (!choices[0])
    return LXW_NO_ERROR;
  rule.ignore_blank = LXW_VALIDATION_ON;
  rule.dropdown = LXW_VALIDATION_ON;
  rule.error_type = LXW_VALIDATION_ERROR_TYPE_WARNING;
  if (fits_in_rule (choices))
    {
      rule.validate = LXW_VALIDATION_TYPE_LIST;
      rule.value_list = (char **) choices;
    }
  else
    {
      formula = add_list (self, choices);
      rule.validate = LXW_VALIDATION_TYPE_LIST_FORMULA;
      rule.value_formula = formula;
    }
  return worksheet_data_validation_range (worksheet, first, (lxw_col_t) column, last, (lxw_col_t) column, &rule);
}

lxw_error
mc_workbook_choices_write_sheet (McWorkbookChoices *self, lxw_workbook *workbook, guint *rows)
{
  lxw_worksheet *worksheet;
  gboolean more = TRUE;

  *rows = 0;
  if (self->lists->len == 0)
    return LXW_NO_ERROR;
  worksheet = workbook_add_worksheet (workbook, mc_workbook_words_get ()->lists_sheet);
  if (!worksheet)
    return LXW_ERROR_MEMORY_MALLOC_FAILED;
  worksheet_hide (worksheet);
  for (guint row = 0; more; row++)
    {
      more = FALSE;
      for (guint column = 0; column < self->lists->len; column++)
        {
          GStrv list = g_ptr_array_index (self->lists, column);
          lxw_error code;

          if (row >= g_strv_length (list))
            continue;
          code = worksheet_write_string (worksheet, row, (lxw_col_t) column, list[row], NULL);
          if (code != LXW_NO_ERROR)
            return code;
          more = TRUE;
          *rows = row + 1;
        }
    }
  return LXW_NO_ERROR;
}
