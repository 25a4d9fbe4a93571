/* SPDX-License-Identifier: GPL-3.0-or-later
 * Writes one typed cell and keeps what is needed for the width of its column. */
#include "mc-workbook-cell.h"

#include <string.h>

#include "mc-cell-text.h"

/* Excel counts days from here on; before March 1900 it counts a day that there was not. */
#define JULIAN_OF_DAY_ZERO 693594
#define FIRST_SERIAL 61

/* A sheet holds 15 digits of a number. */
#define LARGEST_NUMBER G_GINT64_CONSTANT (999999999999999)

#define FEN_IN_TEN_THOUSAND_YUAN 1000000.0

/* The number that @n digits stand for; 0 if one of them is none. */
static guint
read_digits (const char *text, guint n)
{
  guint number = 0;

  for (guint i = 0; i < n; i++)
    {
      if (!g_ascii_isdigit (text[i]))
        return 0;
      number = number * 10 + (guint) (text[i] - '0');
    }
  return number;
}

/* A column of dates is as long as the register: no scanf. */
gboolean
mc_workbook_cell_date_serial (const char *iso_date, double *serial)
{
  guint year, month, day;
  GDate date;

  if (strlen (iso_date) != strlen ("2026-01-01") || iso_date[4] != '-' || iso_date[7] != '-')
    return FALSE;
  year = read_digits (iso_date, 4);
  month = read_digits (iso_date + 5, 2);
  day = read_digits (iso_date + 8, 2);
  if (!g_date_valid_dmy ((GDateDay) day, (GDateMonth) month, (GDateYear) year))
    return FALSE;
  g_date_clear (&date, 1);
  g_date_set_dmy (&date, (GDateDay) day, (GDateMonth) month, (GDateYear) year);
  *serial = (double) g_date_get_julian (&date) - JULIAN_OF_DAY_ZERO;
  return *serial >= FIRST_SERIAL;
}

/* Local time, as people read it. */
static gboolean
time_serial (gint64 ms, double *serial)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (ms / 1000);
  GDate date;
  int year, month, day;

  if (!time)
    return FALSE;
  g_date_time_get_ymd (time, &year, &month, &day);
  g_date_clear (&date, 1);
  g_date_set_dmy (&date, (GDateDay) day, (GDateMonth) month, (GDateYear) year);
  *serial = (double) g_date_get_julian (&date) - JULIAN_OF_DAY_ZERO
            + (g_date_time_get_hour (time) * 3600 + g_date_time_get_minute (time) * 60 + g_date_time_get_second (time)) / 86400.0;
  return *serial >= FIRST_SERIAL;
}

lxw_error
mc_workbook_cell_write_text (lxw_worksheet *worksheet, guint row, guint column, const char *text, lxw_format *format,
                             guint *width, guint *shortened)
{
  McCellText measure = mc_cell_text_measure (text);
  g_autofree char *clean = NULL;

  *width = MAX (*width, measure.width);
  if (!measure.clean)
    {
      gboolean cut = FALSE;

      clean = mc_cell_text_clean (text, &cut);
      *shortened += cut;
      text = clean;
    }
  return worksheet_write_string (worksheet, row, (lxw_col_t) column, text, format);
}

/* Characters of the whole part, with its sign. */
static guint
digits (double number)
{
  guint n = number < 0 ? 2 : 1;

  for (double rest = ABS (number); rest >= 10; rest /= 10)
    n++;
  return n;
}

static gboolean
fits_in_sheet (gint64 number)
{
  return number >= -LARGEST_NUMBER && number <= LARGEST_NUMBER;
}

gboolean
mc_workbook_cell_get_number (const McCell *cell, double *number, guint *width)
{
  switch (cell->type)
    {
    case MC_CELL_INTEGER:
      *number = (double) cell->integer;
      *width = MAX (*width, digits (*number));
      return fits_in_sheet (cell->integer);
    case MC_CELL_HUNDREDTHS:
      *number = (double) cell->integer / 100.0;
      *width = MAX (*width, digits (*number) + 3);
      return fits_in_sheet (cell->integer);
    case MC_CELL_MONEY:
      *number = (double) cell->integer / FEN_IN_TEN_THOUSAND_YUAN;
      *width = MAX (*width, digits (*number) + 5);
      return fits_in_sheet (cell->integer);
    case MC_CELL_DATE:
      *width = MAX (*width, strlen ("2026-01-01"));
      return cell->text && mc_workbook_cell_date_serial (cell->text, number);
    case MC_CELL_TIME:
      *width = MAX (*width, strlen ("2026-01-01 00:00"));
      return time_serial (cell->integer, number);
    case MC_CELL_EMPTY:
    case MC_CELL_TEXT:
    default:
      return FALSE;
    }
}

lxw_error
mc_workbook_cell_write (lxw_worksheet *worksheet, guint row, guint column, const McCell *cell, const McWorkbookFormats *formats,
                        lxw_format *format, guint *width, guint *shortened)
{
  char text[32];
  double number;

  if (mc_workbook_cell_get_number (cell, &number, width))
    return worksheet_write_number (worksheet, row, (lxw_col_t) column, number, format ? format : formats->cells[cell->type]);
  if (!format)
    format = formats->cells[MC_CELL_TEXT];
  if (cell->type == MC_CELL_EMPTY)
    return worksheet_write_blank (worksheet, row, (lxw_col_t) column, format);
  if (cell->text)
    return mc_workbook_cell_write_text (worksheet, row, column, cell->text, format, width, shortened);
  if (cell->type == MC_CELL_TEXT || cell->type == MC_CELL_DATE)
    return worksheet_write_blank (worksheet, row, (lxw_col_t) column, format);
  g_snprintf (text, sizeof text, "%" G_GINT64_FORMAT, cell->integer);
  return worksheet_write_string (worksheet, row, (lxw_col_t) column, text, format);
}
