/* SPDX-License-Identifier: GPL-3.0-or-later
 * The formats of the cells of our workbooks. */
#include "mc-workbook-format.h"

#include "mc-workbook-words.h"

#define BODY_SIZE 11
#define TITLE_SIZE 16

static const char *const number_formats[MC_N_CELL_TYPES] = {
  [MC_CELL_EMPTY] = NULL,
  [MC_CELL_TEXT] = "@",
  [MC_CELL_INTEGER] = "0",
  [MC_CELL_HUNDREDTHS] = "0.00",
  [MC_CELL_MONEY] = "0.00####",
  [MC_CELL_DATE] = "yyyy-mm-dd",
  [MC_CELL_TIME] = "yyyy-mm-dd hh:mm",
};

static lxw_format *
add_format (lxw_workbook *workbook, const char *font, double size, guint8 align)
{
  lxw_format *format = workbook_add_format (workbook);

  format_set_font_name (format, font);
  format_set_font_size (format, size);
  format_set_align (format, align);
  format_set_align (format, LXW_ALIGN_VERTICAL_CENTER);
  return format;
}

static lxw_format *
add_cell_format (lxw_workbook *workbook, McCellType type, gboolean bold)
{
  const McWorkbookWords *words = mc_workbook_words_get ();
  guint8 align = type == MC_CELL_TEXT || type == MC_CELL_EMPTY ? LXW_ALIGN_LEFT
                 : type == MC_CELL_DATE || type == MC_CELL_TIME ? LXW_ALIGN_CENTER
                                                                : LXW_ALIGN_RIGHT;
  lxw_format *format = add_format (workbook, words->body_font, BODY_SIZE, align);

  format_set_border (format, LXW_BORDER_THIN);
  if (number_formats[type])
    format_set_num_format (format, number_formats[type]);
  if (bold)
    format_set_bold (format);
  return format;
}

void
mc_workbook_formats_init (McWorkbookFormats *formats, lxw_workbook *workbook)
{
  const McWorkbookWords *words = mc_workbook_words_get ();

  formats->title = add_format (workbook, words->title_font, TITLE_SIZE, LXW_ALIGN_CENTER);
  formats->info_left = add_format (workbook, words->body_font, BODY_SIZE, LXW_ALIGN_LEFT);
  formats->info_centre = add_format (workbook, words->body_font, BODY_SIZE, LXW_ALIGN_CENTER);
  formats->info_right = add_format (workbook, words->body_font, BODY_SIZE, LXW_ALIGN_RIGHT);
  formats->header = add_format (workbook, words->body_font, BODY_SIZE, LXW_ALIGN_CENTER);
  format_set_bold (formats->header);
  format_set_border (formats->header, LXW_BORDER_THIN);
  format_set_text_wrap (formats->header);
  format_set_bg_color (formats->header, 0xEDEDED);
  formats->number = add_format (workbook, words->body_font, BODY_SIZE, LXW_ALIGN_CENTER);
  format_set_border (formats->number, LXW_BORDER_THIN);
  for (int type = 0; type < MC_N_CELL_TYPES; type++)
    {
      formats->cells[type] = add_cell_format (workbook, (McCellType) type, FALSE);
      formats->totals[type] = add_cell_format (workbook, (McCellType) type, TRUE);
    }
  formats->wrapped = add_cell_format (workbook, MC_CELL_TEXT, FALSE);
  format_set_text_wrap (formats->wrapped);
  formats->signatures = add_format (workbook, words->body_font, BODY_SIZE, LXW_ALIGN_LEFT);
}
