/* SPDX-License-Identifier: GPL-3.0-or-later
 * Dates and numbers of documents, from tables. */
#include "reports/mc-chinese-date.h"

static void
numbers_in_chinese (void)
{
  const struct
  {
    guint number;
    const char *text;
  } cases[] = {
    { 0, "零" }, { 1, "一" }, { 9, "九" }, { 10, "十" }, { 11, "十一" }, { 19, "十九" }, { 20, "二十" }, { 21, "二十一" },
    { 31, "三十一" }, { 100, "一百" }, { 101, "一百零一" }, { 110, "一百一十" }, { 111, "一百一十一" }, { 1000, "一千" },
    { 1001, "一千零一" }, { 1010, "一千零一十" }, { 1100, "一千一百" }, { 2026, "二千零二十六" }, { 9999, "九千九百九十九" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = mc_chinese_number (cases[i].number);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

static void
dates_in_chinese (void)
{
  const struct
  {
    const char *iso;
    const char *chinese;
    const char *arabic;
  } cases[] = {
    { "2026-11-21", "二〇二六年十一月二十一日", "2026年11月21日" },
    { "2000-01-01", "二〇〇〇年一月一日", "2000年1月1日" },
    { "2026-10-10", "二〇二六年十月十日", "2026年10月10日" },
    { "2028-02-29", "二〇二八年二月二十九日", "2028年2月29日" },
    { "2026-02-29", "2026-02-29", "2026-02-29" },
    { "2026-1-1", "2026-1-1", "2026-1-1" },
    { "soon", "soon", "soon" },
    { NULL, "", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *chinese = mc_chinese_date (cases[i].iso);
      g_autofree char *arabic = mc_chinese_date_arabic (cases[i].iso);

      g_assert_cmpstr (chinese, ==, cases[i].chinese);
      g_assert_cmpstr (arabic, ==, cases[i].arabic);
    }
}

/* 2026-11-21 14:05 in Shanghai. */
#define AFTERNOON G_GINT64_CONSTANT (1795241100000)
#define HOUR G_GINT64_CONSTANT (3600000)

static void
spans_say_the_day_once (void)
{
  const struct
  {
    const char *iso;
    gint64 start, end;
    const char *text;
  } cases[] = {
    { "2026-11-21", AFTERNOON, AFTERNOON + 2 * HOUR, "2026年11月21日14时05分至16时05分" },
    { "2026-11-21", AFTERNOON, AFTERNOON + 12 * HOUR, "2026年11月21日14时05分至2026年11月22日2时05分" },
    { "2026-11-21", AFTERNOON, 0, "2026年11月21日14时05分" },
    { "2026-11-21", 0, AFTERNOON, "2026年11月21日" },
    { "2026-11-21", 0, 0, "2026年11月21日" },
    { "2026-11-21", AFTERNOON, AFTERNOON - HOUR, "2026年11月21日14时05分" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = mc_chinese_time_span (cases[i].iso, cases[i].start, cases[i].end);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

int
main (int argc, char **argv)
{
  g_setenv ("TZ", "Asia/Shanghai", TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/chinese-date/numbers", numbers_in_chinese);
  g_test_add_func ("/chinese-date/dates", dates_in_chinese);
  g_test_add_func ("/chinese-date/spans", spans_say_the_day_once);
  return g_test_run ();
}
