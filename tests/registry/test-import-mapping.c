/* SPDX-License-Identifier: GPL-3.0-or-later
 * The header of a sheet is found and understood as its writers mean it; numbers, days and choices are read as they write them. */
#include "table-file.h"

#include "registry/mc-import-line-kind.h"
#include "registry/mc-import-value.h"
#include "registry/mc-import-words.h"
#include "registry/mc-import.h"

typedef struct
{
  const char *name;
  McImportKind kind;
  const char *content;
  const char *map;     /* one, or NULL */
  const char *mapping; /* "HEADER_ROW;COLUMN=FIELD[/part][*numerator/denominator]…", or the start of an error code */
} Sheet;

static const Sheet sheets[] = {
  { "plain", MC_IMPORT_FACILITIES, "序号,名称,类型,县区,镇街,床位数\n", NULL, "1;B=name C=kind D=area/county E=area/township F=beds*1/1" },
  { "titles-above", MC_IMPORT_FACILITIES, "某某市养老机构一览表\n填报单位：某某局,,,单位：万元\n\n机构名称,所在区,详细地址,总投资\n甲,乙,丙,1\n", NULL, "4;A=name B=area/county C=address D=investment*1000000/1" },
  { "unit-in-title", MC_IMPORT_FACILITIES, "机构名称,总投资（万元）,建筑面积(㎡),床位/张,中央预算内投资(元)\n", NULL, "1;A=name B=investment*1000000/1 C=floor_area*100/1 D=beds*1/1 E=central_investment*100/1" },
  { "unit-row", MC_IMPORT_FACILITIES, "机构名称,总投资,建筑面积,床位\n,亿元,平方米,张\n甲院,1,2,3\n", NULL, "2;A=name B=investment*10000000000/1 C=floor_area*100/1 D=beds*1/1" },
  { "number-row", MC_IMPORT_FACILITIES, "机构名称,类型,床位\n1,2,3\n甲,养老,3\n", NULL, "2;A=name B=kind C=beds*1/1" },
  { "two-rows", MC_IMPORT_FACILITIES, "机构名称,床位数,,,运营主体,\n,合计,护理型,认知障碍,名称,统一社会信用代码\n甲,9,3,1,乙,\n", NULL, "2;A=name B=beds*1/1 C=nursing_beds*1/1 D=dementia_beds*1/1 E=operator F=credit_code" },
  { "group-row", MC_IMPORT_FACILITIES, "基本信息,,,经营情况,\n名称,类型,地址,状态,床位\n", NULL, "2;A=name B=kind C=address D=status E=beds*1/1" },
  { "brackets-and-marks", MC_IMPORT_FACILITIES, "*机构名称(必填),所属县（市、区）,联系 电话,统一社会信用代码（选填）\n", NULL, "1;A=name B=area/county C=contact_phone D=credit_code" },
  { "money-without-unit", MC_IMPORT_FACILITIES, "名称,总投资\n", NULL, "1;A=name B=investment*0/1" },
  { "second-of-a-field", MC_IMPORT_FACILITIES, "名称,床位数,核定床位数\n", NULL, "1;A=name B=beds*1/1" },
  { "map-letter", MC_IMPORT_FACILITIES, "名称,类型,甲\n", "C=beds", "1;A=name B=kind C=beds*1/1" },
  { "map-title-and-unit", MC_IMPORT_FACILITIES, "名称,类型,甲\n", "甲=总投资@万元", "1;A=name B=kind C=investment*1000000/1" },
  { "map-leaves-out", MC_IMPORT_FACILITIES, "名称,类型,床位\n", "C=", "1;A=name B=kind" },
  { "map-constant", MC_IMPORT_FACILITIES, "名称,类型\n", "=运营=状态", "1;A=name B=kind =status" },
  { "map-constant-beside-column", MC_IMPORT_FACILITIES, "名称,类型,状态\n", "=运营=状态", "1;A=name B=kind C=status =status" },
  { "map-without-header", MC_IMPORT_FACILITIES, "甲,3\n乙,4\n", "A=name", "0;A=name" },
  { "map-nonsense", MC_IMPORT_FACILITIES, "名称,类型\n", "甲", "error 2" },
  { "map-unknown-field", MC_IMPORT_FACILITIES, "名称,类型\n", "B=nonsense", "error 2" },
  { "no-header", MC_IMPORT_FACILITIES, "甲院,南湖区,120\n乙院,秀洲区,90\n", NULL, "error 1" },
  { "name-alone", MC_IMPORT_FACILITIES, "养老机构名单\n机构名称\n甲\n", NULL, "2;A=name" },
  { "name-and-number", MC_IMPORT_FACILITIES, "序号,机构名称\n1,甲\n", NULL, "1;B=name" },
  { "name-among-the-unknown", MC_IMPORT_FACILITIES, "名称,甲,乙\n丙,1,2\n", NULL, "error 1" },
  { "inspectors", MC_IMPORT_INSPECTORS, "序号,姓名,工作单位,执法证号,有效期至,业务领域,手机\n", NULL, "1;B=name C=employer D=certificate_no E=certificate_expires_on F=fields G=phone" },
  { "keys", MC_IMPORT_FACILITIES, "name,kind,area,beds\n", NULL, "1;A=name B=kind C=area/any D=beds*1/1" },
};

static char *
mapping_text (const McImportMapping *mapping)
{
  static const char *const parts[] = { "", "/any", "/city", "/county", "/township", "/village" };
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "%d;", (int) mapping->header_row);
  for (guint i = 0; i < mapping->columns->len; i++)
    {
      const McImportColumn *column = mapping->columns->pdata[i];
      g_autofree char *name = mc_table_column_name (column->column);

      if (!column->field)
        continue;
      g_string_append_printf (text, "%s%s=%s%s", text->str[text->len - 1] == ';' ? "" : " ", name, column->field->key, parts[column->area_part]);
      if (column->field->type == MC_FIELD_INTEGER || column->field->type == MC_FIELD_MONEY || column->field->type == MC_FIELD_HUNDREDTHS)
        g_string_append_printf (text, "*%lld/%lld", (long long) column->numerator, (long long) column->denominator);
    }
  return g_string_free (text, FALSE);
}

static void
test_sheet (gconstpointer data)
{
  const Sheet *sheet = data;
  char *path = table_file_new ("t.csv", sheet->content, -1);
  g_autoptr (GError) error = NULL;
  g_autoptr (McTableReader) reader = mc_table_reader_open (path, NULL, NULL, NULL);
  const char *maps[] = { sheet->map, NULL };
  g_autoptr (McImportMapping) mapping = mc_import_mapping_detect (reader, sheet->kind, maps, &error);
  g_autofree char *text = mapping ? mapping_text (mapping) : g_strdup_printf ("error %d", error->code);

  g_assert_cmpstr (text, ==, sheet->mapping);
  if (error)
    g_assert_true (error->domain == MC_IMPORT_ERROR);
  table_file_remove (path);
}

static void
test_officials (gconstpointer name)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "registry", "data", name, NULL);
  g_autoptr (McTableReader) reader = mc_table_reader_open (path, NULL, NULL, NULL);
  g_autoptr (McImportMapping) mapping = NULL;
  g_autofree char *text = NULL;

  g_assert_true (mc_table_reader_select_sheet (reader, 1, NULL));
  mapping = mc_import_mapping_detect (reader, MC_IMPORT_FACILITIES, NULL, NULL);
  text = mapping_text (mapping);
  g_assert_cmpstr (text, ==, "6;B=name D=area/township E=kind F=beds*1/1 G=nursing_beds*1/1 H=status I=credit_code J=investment*1000000/1 K=opened_on L=contact_phone");
}

/* --- lines below ------------------------------------------------------------------------------------------ */

static void
test_lines (void)
{
  static const struct { const char *line; McLineKind kind; } cases[] = {
    { "1,甲院,养老机构,120", MC_LINE_DATA }, { "合  计,,,500", MC_LINE_TOTAL }, { ",小计,,500", MC_LINE_TOTAL }, { "共计：,,,500", MC_LINE_TOTAL },
    { "序号,名称,类型,床位数", MC_LINE_HEADER }, { "制表人：张三,,审核人：李四,", MC_LINE_SIGNATURE }, { "填报日期：2026年1月1日,,,", MC_LINE_SIGNATURE },
    { "注：以上为核定床位,,,", MC_LINE_NOTE }, { "9,合计养老院,养老机构,3", MC_LINE_DATA }, { ",日期托育园,托育机构,3", MC_LINE_DATA }, { ",甲,,", MC_LINE_DATA },
  };
  g_autoptr (GString) content = g_string_new ("序号,名称,类型,床位数\n");
  g_autoptr (McTableReader) reader = NULL;
  g_autoptr (McImportMapping) mapping = NULL;
  McTableRow row;
  char *path;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_string_append_printf (content, "%s\n", cases[i].line);
  path = table_file_new ("t.csv", content->str, -1);
  reader = mc_table_reader_open (path, NULL, NULL, NULL);
  mapping = mc_import_mapping_detect (reader, MC_IMPORT_FACILITIES, NULL, NULL);
  g_assert_true (mc_table_reader_select_sheet (reader, 0, NULL));
  mc_table_reader_next_row (reader, &row, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_assert_true (mc_table_reader_next_row (reader, &row, NULL));
      g_test_message ("%s", cases[i].line);
      g_assert_cmpint (mc_import_line_kind (mapping, &row, FALSE), ==, cases[i].kind);
    }
  table_file_remove (path);
}

/* --- values ----------------------------------------------------------------------------------------------- */

typedef struct
{
  const char *key;  /* of the facility */
  const char *unit; /* of the column; NULL: none */
  const char *text;
  McParsed result;
  const char *value; /* as text; NULL: none */
} Cell;

static const Cell cells[] = {
  { "beds", NULL, "120", MC_PARSED, "120" }, { "beds", NULL, "１２０张", MC_PARSED, "120" }, { "beds", NULL, " 1,200 ", MC_PARSED, "1200" },
  { "beds", NULL, "1，200", MC_PARSED, "1200" }, { "beds", NULL, "-5", MC_PARSED, "-5" }, { "beds", NULL, "120.0", MC_PARSED, "120" }, { "beds", NULL, "1.2万张", MC_PARSED, "12000" },
  { "beds", NULL, "120.5", MC_PARSED_WRONG, NULL }, { "beds", NULL, "约120", MC_PARSED_WRONG, NULL }, { "beds", NULL, "1,20", MC_PARSED_WRONG, NULL }, { "beds", NULL, "12,0000", MC_PARSED_WRONG, NULL },
  { "beds", NULL, "99999999999999999999", MC_PARSED_WRONG, NULL }, { "beds", NULL, "1e3", MC_PARSED_WRONG, NULL }, { "beds", NULL, ".", MC_PARSED_WRONG, NULL },
  { "beds", NULL, "—", MC_PARSED_EMPTY, NULL }, { "beds", NULL, "待录入", MC_PARSED_EMPTY, NULL }, { "beds", NULL, " 无 ", MC_PARSED_EMPTY, NULL }, { "beds", NULL, "　", MC_PARSED_EMPTY, NULL },
  { "beds", NULL, "N/A", MC_PARSED_EMPTY, NULL }, { "beds", NULL, "0", MC_PARSED, "0" },
  { "investment", "万元", "25912.73", MC_PARSED, "25912730000" }, { "investment", "万元", "0.000001", MC_PARSED, "1" }, { "investment", "万元", "0.0000015", MC_PARSED_ROUNDED, "2" },
  { "investment", "万元", "6900万元", MC_PARSED, "6900000000" }, { "investment", "万元", "1.2亿元", MC_PARSED, "12000000000" }, { "investment", "万元", "69000000元", MC_PARSED, "6900000000" },
  { "investment", "元", "1.1", MC_PARSED, "110" }, { "investment", NULL, "6900", MC_PARSED_NO_UNIT, NULL }, { "investment", NULL, "6900万元", MC_PARSED, "6900000000" },
  { "investment", NULL, "6900万", MC_PARSED, "6900000000" }, { "investment", "万元", "999999999999999999", MC_PARSED_WRONG, NULL },
  { "floor_area", NULL, "29241.87平方米", MC_PARSED, "2924187" }, { "floor_area", NULL, "3亩", MC_PARSED, "200000" },
  { "opened_on", NULL, "2026-02-28", MC_PARSED, "2026-02-28" },
  { "opened_on", NULL, "二〇二六年三月一日", MC_PARSED, "2026-03-01" }, { "opened_on", NULL, "二零二五年十二月三十一日", MC_PARSED, "2025-12-31" }, { "opened_on", NULL, "二○二五年十月二十日", MC_PARSED, "2025-10-20" },
  { "opened_on", NULL, "2026.03.01.", MC_PARSED, "2026-03-01" }, { "opened_on", NULL, "2026、3、1", MC_PARSED, "2026-03-01" }, { "opened_on", NULL, "长期", MC_PARSED_NO_END, NULL },
  { "opened_on", NULL, "２０２６年３月１日", MC_PARSED, "2026-03-01" }, { "opened_on", NULL, "2025.1.1-2026.1.1", MC_PARSED_WRONG, NULL }, { "opened_on", NULL, "十", MC_PARSED_WRONG, NULL },
  { "credit_code", NULL, "9.13304E+17", MC_PARSED_WRONG, NULL },
  { "kind", NULL, "日间照料中心", MC_PARSED, "community_elder_centre" }, { "kind", NULL, "普惠托育机构", MC_PARSED, "childcare" }, { "kind", NULL, "幼儿园", MC_PARSED, "kindergarten_toddler_class" },
  { "kind", NULL, "民办养老机构", MC_PARSED, "elder_home" }, { "kind", NULL, "特困供养机构", MC_PARSED, "rural_elder_home" }, { "kind", NULL, "老年食堂", MC_PARSED_WRONG, NULL }, { "kind", NULL, "驿站", MC_PARSED_WRONG, NULL },
  { "status", NULL, "存续（在营、开业、在册）", MC_PARSED, "operating" }, { "status", NULL, "正常营业", MC_PARSED, "operating" }, { "status", NULL, "在业", MC_PARSED, "operating" }, { "status", NULL, "暂停营业", MC_PARSED, "suspended" },
  { "status", NULL, "已关停", MC_PARSED, "closed" }, { "status", NULL, "筹建中", MC_PARSED, "preparing" }, { "status", NULL, "未运营", MC_PARSED_WRONG, NULL }, { "opened_on", NULL, "2026/2/3", MC_PARSED, "2026-02-03" }, { "opened_on", NULL, "2026.2.3", MC_PARSED, "2026-02-03" },
  { "opened_on", NULL, "2026年2月3日", MC_PARSED, "2026-02-03" }, { "opened_on", NULL, "2026 年 2 月 3 日", MC_PARSED, "2026-02-03" }, { "opened_on", NULL, "２０２６年２月３日", MC_PARSED, "2026-02-03" },
  { "opened_on", NULL, "20260203", MC_PARSED, "2026-02-03" }, { "opened_on", NULL, "46081", MC_PARSED, "2026-02-28" }, { "opened_on", NULL, "2026-02-28 08:30:00", MC_PARSED, "2026-02-28" },
  { "opened_on", NULL, "2024/2/29", MC_PARSED, "2024-02-29" }, { "opened_on", NULL, "2026/2/30", MC_PARSED_WRONG, NULL }, { "opened_on", NULL, "2026/2/29", MC_PARSED_WRONG, NULL },
  { "opened_on", NULL, "2026-13-01", MC_PARSED_WRONG, NULL }, { "opened_on", NULL, "2026年2月", MC_PARSED_WRONG, NULL }, { "opened_on", NULL, "2026", MC_PARSED_WRONG, NULL },
  { "opened_on", NULL, "26.2.3", MC_PARSED_WRONG, NULL }, { "opened_on", NULL, "昨天", MC_PARSED_WRONG, NULL }, { "opened_on", NULL, "2026-2-3-4", MC_PARSED_WRONG, NULL }, { "opened_on", NULL, "20260230", MC_PARSED_WRONG, NULL },
  { "status", NULL, "在建", MC_PARSED, "preparing" }, { "status", NULL, "正常运营", MC_PARSED, "operating" }, { "status", NULL, "operating", MC_PARSED, "operating" }, { "status", NULL, "乱写", MC_PARSED_WRONG, NULL },
  { "name", NULL, "  甲院　", MC_PARSED, "甲院" }, { "name", NULL, "甲\n院", MC_PARSED, "甲院" }, { "name", NULL, "A\nB", MC_PARSED, "A B" }, { "name", NULL, "\xef\xbb\xbf甲\xe2\x80\x8b院", MC_PARSED, "甲院" },
  { "note", NULL, "一\n二", MC_PARSED, "一\n二" }, { "contact_phone", NULL, "'0573123", MC_PARSED, "0573123" },
  { "sample_fields", NULL, "状态、信用风险分类", MC_PARSED, "credit_risk_class\nstatus" }, { "sample_fields", NULL, "全部", MC_PARSED, "*" }, { "sample_fields", NULL, "乱写", MC_PARSED_WRONG, NULL },
};

static void
test_values (void)
{
  const McEntity *facility = mc_entity_find ("facility");

  for (guint i = 0; i < G_N_ELEMENTS (cells); i++)
    {
      McImportColumn column = { .field = mc_entity_field (facility, cells[i].key), .numerator = 1, .denominator = 1 };
      g_auto (McValue) value = MC_VALUE_INIT;
      g_autofree char *message = NULL, *text = NULL;

      if (column.field->type == MC_FIELD_MONEY)
        column.numerator = 0;
      if (column.field->type == MC_FIELD_HUNDREDTHS)
        column.numerator = 100;
      if (cells[i].unit)
        g_assert_true (mc_import_words_unit (cells[i].unit, column.field->type, &column.numerator, &column.denominator));
      g_test_message ("%s: %s", cells[i].key, cells[i].text);
      g_assert_cmpint (mc_import_value_parse (MC_IMPORT_FACILITIES, &column, MC_CELL_TEXT, cells[i].text, FALSE, &value, &message), ==, cells[i].result);
      g_assert_cmpint (message != NULL, ==, cells[i].result == MC_PARSED_WRONG);
      text = value.type == MC_VALUE_INTEGER ? g_strdup_printf ("%lld", (long long) value.integer) : g_strdup (value.text);
      g_assert_cmpstr (text, ==, cells[i].value);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (sheets); i++)
    {
      g_autofree char *path = g_strconcat ("/import-mapping/sheet/", sheets[i].name, NULL);

      g_test_add_data_func (path, &sheets[i], test_sheet);
    }
  g_test_add_data_func ("/import-mapping/officials/openpyxl", "officials.xlsx", test_officials);
  g_test_add_data_func ("/import-mapping/officials/libreoffice", "officials-libreoffice.xlsx", test_officials);
  g_test_add_func ("/import-mapping/lines", test_lines);
  g_test_add_func ("/import-mapping/values", test_values);
  return g_test_run ();
}
