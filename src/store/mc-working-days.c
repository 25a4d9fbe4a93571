/* SPDX-License-Identifier: GPL-3.0-or-later
 * The table of holidays and make-up days, and the counting of working days over it. */
#include "mc-working-days.h"

#include <gio/gio.h>
#include <glib/gi18n.h>
#include <string.h>

#include "mc-error.h"

#define BUILTIN_PATH "/org/mingcha/Mingcha/store/holidays-cn.csv"
#define DAYS_OF_YEAR 366

/* One year of the table: whether each day is worked. */
typedef struct
{
  gboolean known;
  guint8 working[DAYS_OF_YEAR];
} Year;

struct _McWorkingDays
{
  gatomicrefcount ref_count;
  GDateYear first_year, last_year;
  Year *years; /* from first_year to last_year */
};

/* One row of the table as it is read. */
typedef struct
{
  GDate day;
  gboolean working;
} Row;

static void
set_error (GError **error, guint row, const char *column, const char *value)
{
  g_set_error (error, MC_STORE_ERROR, MC_STORE_ERROR_INPUT,
               _("Holiday table, row %u, column \"%s\": \"%s\" is not allowed there. The table in use was not changed."), row, column, value);
}

/* Strictly YYYY-MM-DD. */
static gboolean
parse_day (const char *text, GDate *day)
{
  guint year, month, number;

  if (strlen (text) != 10 || text[4] != '-' || text[7] != '-')
    return FALSE;
  for (guint i = 0; i < 10; i++)
    if (i != 4 && i != 7 && !g_ascii_isdigit (text[i]))
      return FALSE;
  year = (guint) g_ascii_strtoull (text, NULL, 10);
  month = (guint) g_ascii_strtoull (text + 5, NULL, 10);
  number = (guint) g_ascii_strtoull (text + 8, NULL, 10);
  if (year < 1949 || year > 2999 || !g_date_valid_dmy ((GDateDay) number, (GDateMonth) month, (GDateYear) year))
    return FALSE;
  g_date_clear (day, 1);
  g_date_set_dmy (day, (GDateDay) number, (GDateMonth) month, (GDateYear) year);
  return TRUE;
}

static gboolean
parse_row (const char *line, guint number, Row *row, GError **error)
{
  g_auto (GStrv) cells = g_strsplit (line, ",", 3);

  for (guint i = 0; cells[i] != NULL; i++)
    g_strstrip (cells[i]);
  if (!parse_day (cells[0], &row->day))
    {
      set_error (error, number, "date", cells[0]);
      return FALSE;
    }
  if (cells[1] == NULL || (strcmp (cells[1], "holiday") != 0 && strcmp (cells[1], "workday") != 0))
    {
      set_error (error, number, "kind", cells[1] ? cells[1] : "");
      return FALSE;
    }
  row->working = strcmp (cells[1], "workday") == 0;
  return TRUE;
}

static gboolean
is_header (const char *line)
{
  return g_ascii_strncasecmp (line, "date,kind", strlen ("date,kind")) == 0;
}

/* The rows of @csv in their order. Empty lines, lines that begin with '#' and the header are passed over. */
static GArray *
parse_rows (const char *csv, gssize length, GError **error)
{
  g_autofree char *text = length < 0 ? g_strdup (csv) : g_strndup (csv, (gsize) length);
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (Row));
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
  g_auto (GStrv) lines = NULL;

  if (!g_utf8_validate (text, -1, NULL))
    {
      g_set_error_literal (error, MC_STORE_ERROR, MC_STORE_ERROR_INPUT,
                           _("The holiday table is not UTF-8 text. The table in use was not changed."));
      return NULL;
    }
  lines = g_strsplit (g_str_has_prefix (text, "\xef\xbb\xbf") ? text + 3 : text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      const char *line = g_strstrip (lines[i]);
      Row row;

      if (*line == '\0' || *line == '#' || (rows->len == 0 && is_header (line)))
        continue;
      if (!parse_row (line, i + 1, &row, error))
        return NULL;
      if (!g_hash_table_add (seen, GUINT_TO_POINTER (g_date_get_julian (&row.day))))
        {
          g_set_error (error, MC_STORE_ERROR, MC_STORE_ERROR_INPUT,
                       _("Holiday table, row %u, column \"date\": the day stands there twice. The table in use was not changed."), i + 1);
          return NULL;
        }
      g_array_append_val (rows, row);
    }
  if (rows->len > 0)
    return g_steal_pointer (&rows);
  g_set_error_literal (error, MC_STORE_ERROR, MC_STORE_ERROR_INPUT,
                       _("The holiday table has no rows. The table in use was not changed."));
  return NULL;
}

static void
fill_weekdays (Year *year, GDateYear number)
{
  GDate day;

  g_date_clear (&day, 1);
  g_date_set_dmy (&day, 1, G_DATE_JANUARY, number);
  year->known = TRUE;
  for (; g_date_get_year (&day) == number; g_date_add_days (&day, 1))
    year->working[g_date_get_day_of_year (&day) - 1] = g_date_get_weekday (&day) <= G_DATE_FRIDAY;
}

McWorkingDays *
mc_working_days_new_from_csv (const char *csv, gssize length, GError **error)
{
  g_autoptr (GArray) rows = NULL;
  McWorkingDays *self;

  g_return_val_if_fail (csv != NULL, NULL);

  rows = parse_rows (csv, length, error);
  if (rows == NULL)
    return NULL;
  self = g_new0 (McWorkingDays, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->first_year = self->last_year = g_date_get_year (&g_array_index (rows, Row, 0).day);
  for (guint i = 1; i < rows->len; i++)
    {
      GDateYear year = g_date_get_year (&g_array_index (rows, Row, i).day);

      self->first_year = MIN (self->first_year, year);
      self->last_year = MAX (self->last_year, year);
    }
  self->years = g_new0 (Year, self->last_year - self->first_year + 1);
  for (guint i = 0; i < rows->len; i++)
    {
      const Row *row = &g_array_index (rows, Row, i);
      Year *year = &self->years[g_date_get_year (&row->day) - self->first_year];

      if (!year->known)
        fill_weekdays (year, g_date_get_year (&row->day));
      year->working[g_date_get_day_of_year (&row->day) - 1] = row->working;
    }
  return self;
}

static McWorkingDays *
load_builtin (void)
{
  g_autoptr (GBytes) bytes = g_resources_lookup_data (BUILTIN_PATH, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  g_autoptr (GError) error = NULL;
  McWorkingDays *days;
  const char *data;
  gsize size = 0;

  g_return_val_if_fail (bytes != NULL, NULL);
  data = g_bytes_get_data (bytes, &size);
  days = mc_working_days_new_from_csv (data, (gssize) size, &error);
  if (days == NULL)
    g_critical ("%s: %s", BUILTIN_PATH, error->message);
  return days;
}

McWorkingDays *
mc_working_days_get_builtin (void)
{
  static McWorkingDays *builtin = NULL;

  if (g_once_init_enter (&builtin))
    g_once_init_leave (&builtin, load_builtin ());
  return builtin;
}

McWorkingDays *
mc_working_days_ref (McWorkingDays *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
mc_working_days_unref (McWorkingDays *self)
{
  if (g_atomic_ref_count_dec (&self->ref_count))
    {
      g_free (self->years);
      g_free (self);
    }
}

void
mc_working_days_range (McWorkingDays *self, GDate *first, GDate *last)
{
  g_date_clear (first, 1);
  g_date_clear (last, 1);
  g_date_set_dmy (first, 1, G_DATE_JANUARY, self->first_year);
  g_date_set_dmy (last, 31, G_DATE_DECEMBER, self->last_year);
}

gboolean
mc_working_days_is_working (McWorkingDays *self, const GDate *day, gboolean *working)
{
  GDateYear number;

  g_return_val_if_fail (self != NULL && g_date_valid (day), FALSE);

  number = g_date_get_year (day);
  if (number < self->first_year || number > self->last_year || !self->years[number - self->first_year].known)
    return FALSE;
  *working = self->years[number - self->first_year].working[g_date_get_day_of_year (day) - 1];
  return TRUE;
}

gboolean
mc_working_days_add (McWorkingDays *self, const GDate *from, guint n, GDate *result)
{
  GDate day = *from;
  gboolean working;

  while (n > 0)
    {
      g_date_add_days (&day, 1);
      if (!mc_working_days_is_working (self, &day, &working))
        return FALSE;
      n -= working;
    }
  *result = day;
  return TRUE;
}

gboolean
mc_working_days_between (McWorkingDays *self, const GDate *from, const GDate *to, int *n)
{
  gboolean backwards = g_date_compare (to, from) < 0;
  const GDate *first = backwards ? to : from;
  const GDate *last = backwards ? from : to;
  int count = 0;

  for (GDate day = *first; g_date_compare (&day, last) < 0;)
    {
      gboolean working;

      g_date_add_days (&day, 1);
      if (!mc_working_days_is_working (self, &day, &working))
        return FALSE;
      count += working;
    }
  *n = backwards ? -count : count;
  return TRUE;
}
