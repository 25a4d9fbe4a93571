/* SPDX-License-Identifier: GPL-3.0-or-later
 * Reads the document of a standard and names every violation of its schema with path and reason. */
#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "mc-iso-date.h"
#include "mc-standard-private.h"
#include "store/mc-code-list.h"

typedef struct
{
  McStandard *standard;
  GPtrArray *faults;
} Reader;

/* Called for each element of a list; @target is the cleared struct to fill. */
typedef void (*ReadElement) (Reader *reader, JsonObject *object, const char *path, gpointer target);

static void
report (Reader *reader, const char *path, const char *format, ...) G_GNUC_PRINTF (3, 4);

static void
report (Reader *reader, const char *path, const char *format, ...)
{
  McStandardFault *fault = g_new0 (McStandardFault, 1);
  va_list arguments;

  va_start (arguments, format);
  fault->path = g_strdup (path);
  fault->reason = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_ptr_array_add (reader->faults, fault);
}

static void
report_condition_cb (const char *path, const char *reason, gpointer data)
{
  report (data, path, "%s", reason);
}

static char *
child_path (const char *path, const char *key)
{
  return *path ? g_strconcat (path, ".", key, NULL) : g_strdup (key);
}

static void
report_at (Reader *reader, const char *path, const char *key, const char *reason)
{
  g_autofree char *at = child_path (path, key);

  report (reader, at, "%s", reason);
}

static gpointer
keep_array (Reader *reader, gpointer array)
{
  if (array)
    g_ptr_array_add (reader->standard->arrays, array);
  return array;
}

/* --- single members --------------------------------------------------------------------------------------- */

static void
check_members (Reader *reader, JsonObject *object, const char *path, const char *const *known)
{
  g_autoptr (GList) members = json_object_get_members (object);

  for (GList *l = members; l; l = l->next)
    if (!g_strv_contains (known, l->data))
      report_at (reader, path, l->data, _("this key is not known"));
}

/* NULL if it is not there or no text; both are reported if @required. */
static const char *
read_text (Reader *reader, JsonObject *object, const char *path, const char *key, gboolean required)
{
  JsonNode *node = json_object_get_member (object, key);
  g_autofree char *nfc = NULL;

  if (!node || JSON_NODE_HOLDS_NULL (node))
    {
      if (required)
        report_at (reader, path, key, _("is missing"));
      return NULL;
    }
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
    {
      report_at (reader, path, key, _("must be a text"));
      return NULL;
    }
  nfc = g_utf8_normalize (json_node_get_string (node), -1, G_NORMALIZE_NFC);
  g_strstrip (nfc);
  if (!*nfc)
    {
      report_at (reader, path, key, _("must not be empty"));
      return NULL;
    }
  return g_string_chunk_insert_const (reader->standard->texts, nfc);
}

static const char *
read_code (Reader *reader, JsonObject *object, const char *path, const char *key, const char *list, gboolean required)
{
  const char *code = read_text (reader, object, path, key, required);
  g_autofree char *at = NULL;

  if (!code || mc_code_find (list, code))
    return code;
  at = child_path (path, key);
  report (reader, at, _("“%s” is no code of the list “%s”"), code, list);
  return NULL;
}

static const char *
read_date (Reader *reader, JsonObject *object, const char *path, const char *key, gboolean required)
{
  const char *text = read_text (reader, object, path, key, required);

  if (!text || mc_iso_date_parse (text, NULL))
    return text;
  report_at (reader, path, key, _("must be a date like 2026-01-31"));
  return NULL;
}

static gboolean
read_boolean (Reader *reader, JsonObject *object, const char *path, const char *key, gboolean if_missing)
{
  JsonNode *node = json_object_get_member (object, key);

  if (!node)
    return if_missing;
  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_BOOLEAN)
    return json_node_get_boolean (node);
  report_at (reader, path, key, _("must be true or false"));
  return if_missing;
}

/* A number of at least 0 with at most two decimal places, in hundredths; @if_missing if it is not there. */
static gint64
read_hundredths (Reader *reader, JsonObject *object, const char *path, const char *key, gint64 if_missing)
{
  JsonNode *node = json_object_get_member (object, key);
  double scaled;

  if (!node || JSON_NODE_HOLDS_NULL (node))
    return if_missing;
  if (!JSON_NODE_HOLDS_VALUE (node)
      || (json_node_get_value_type (node) != G_TYPE_INT64 && json_node_get_value_type (node) != G_TYPE_DOUBLE))
    {
      report_at (reader, path, key, _("must be a number"));
      return if_missing;
    }
  scaled = json_node_get_double (node) * 100;
  if (scaled < 0 || scaled > 1e9 || fabs (scaled - round (scaled)) > 1e-6)
    {
      report_at (reader, path, key, _("must be a number of at least 0 with at most two decimal places"));
      return if_missing;
    }
  return (gint64) llround (scaled);
}

/* A whole number from 0 to 1000, or null (−1); anything else is reported. */
static int
read_count (Reader *reader, JsonObject *object, const char *path, const char *key)
{
  JsonNode *node = json_object_get_member (object, key);

  if (!node || JSON_NODE_HOLDS_NULL (node))
    return -1;
  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_INT64
      && json_node_get_int (node) >= 0 && json_node_get_int (node) <= 1000)
    return (int) json_node_get_int (node);
  report_at (reader, path, key, _("must be a whole number from 0 to 1000"));
  return -1;
}

/* --- lists ------------------------------------------------------------------------------------------------ */

/* The list @key, or NULL: it is not there, or it is none (reported). An empty list counts as missing. */
static JsonArray *
get_list (Reader *reader, JsonObject *object, const char *path, const char *key, gboolean required)
{
  JsonNode *node = json_object_get_member (object, key);

  if (node && !JSON_NODE_HOLDS_ARRAY (node))
    {
      report_at (reader, path, key, _("must be a list"));
      return NULL;
    }
  if (node && json_array_get_length (json_node_get_array (node)) > 0)
    return json_node_get_array (node);
  if (required)
    report_at (reader, path, key, node ? _("must not be empty") : _("is missing"));
  return NULL;
}

/* Reads a list of objects into an array of structs of @size bytes. */
static gpointer
read_list (Reader *reader, JsonObject *object, const char *path, const char *key, gboolean required,
           gsize size, ReadElement read, guint *n)
{
  JsonArray *list = get_list (reader, object, path, key, required);
  char *array;

  *n = list ? json_array_get_length (list) : 0;
  if (*n == 0)
    return NULL;
  array = keep_array (reader, g_malloc0_n (*n, size));
  for (guint i = 0; i < *n; i++)
    {
      JsonNode *node = json_array_get_element (list, i);
      g_autofree char *own = child_path (path, key);
      g_autofree char *at = g_strdup_printf ("%s[%u]", own, i);

      if (JSON_NODE_HOLDS_OBJECT (node))
        read (reader, json_node_get_object (node), at, array + i * size);
      else
        report (reader, at, _("must be an object"));
    }
  return array;
}

/* Reads a list of texts; with @code_list each must be a code of it. Each stands once. */
static const char *const *
read_texts (Reader *reader, JsonObject *object, const char *path, const char *key, const char *code_list, gboolean required)
{
  JsonArray *list = get_list (reader, object, path, key, required);
  guint length = list ? json_array_get_length (list) : 0;
  const char **texts = keep_array (reader, g_new0 (const char *, length + 1));
  guint n = 0;

  for (guint i = 0; i < length; i++)
    {
      JsonNode *node = json_array_get_element (list, i);
      g_autofree char *own = child_path (path, key);
      g_autofree char *at = g_strdup_printf ("%s[%u]", own, i);
      const char *text = JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING ? json_node_get_string (node) : NULL;

      if (!text || !*text)
        report (reader, at, _("must be a text that is not empty"));
      else if (code_list && !mc_code_find (code_list, text))
        report (reader, at, _("“%s” is no code of the list “%s”"), text, code_list);
      else if (g_strv_contains (texts, text))
        report (reader, at, _("“%s” stands twice"), text);
      else
        texts[n++] = g_string_chunk_insert_const (reader->standard->texts, text);
    }
  return texts;
}

/* --- parts ------------------------------------------------------------------------------------------------ */

static void
read_basis_cb (Reader *reader, JsonObject *object, const char *path, gpointer target)
{
  static const char *const known[] = { "document", "article", "certainty", NULL };
  McBasis *basis = target;

  check_members (reader, object, path, known);
  basis->document = read_text (reader, object, path, "document", TRUE);
  basis->article = read_text (reader, object, path, "article", FALSE);
  basis->certainty = read_code (reader, object, path, "certainty", "certainty", TRUE);
}

/* One object or a list of them. */
static McBasis *
read_basis (Reader *reader, JsonObject *object, const char *path, gboolean required, guint *n)
{
  JsonNode *node = json_object_get_member (object, "basis");
  g_autofree char *at = child_path (path, "basis");
  McBasis *basis;

  if (!node || !JSON_NODE_HOLDS_OBJECT (node))
    return read_list (reader, object, path, "basis", required, sizeof (McBasis), read_basis_cb, n);
  basis = keep_array (reader, g_new0 (McBasis, 1));
  read_basis_cb (reader, json_node_get_object (node), at, basis);
  *n = 1;
  return basis;
}

static void
read_answer_cb (Reader *reader, JsonObject *object, const char *path, gpointer target)
{
  static const char *const known[] = { "code", "label", "plain", NULL };
  static const char *const codes[] = { "conform", "nonconform", "not_applicable", "not_checked" };
  McAnswerLabel *answer = target;

  check_members (reader, object, path, known);
  answer->code = read_code (reader, object, path, "code", "answer", TRUE);
  answer->label = read_text (reader, object, path, "label", TRUE);
  answer->plain = read_text (reader, object, path, "plain", FALSE);
  if (!answer->plain)
    answer->plain = answer->label;
  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    if (g_strcmp0 (answer->code, codes[i]) == 0)
      answer->meaning = MC_ANSWER_CONFORM + i;
}

static void
read_section_cb (Reader *reader, JsonObject *object, const char *path, gpointer target)
{
  static const char *const known[] = { "code", "title", "plain", "max", NULL };
  McSection *section = target;

  check_members (reader, object, path, known);
  section->code = read_text (reader, object, path, "code", TRUE);
  section->title = read_text (reader, object, path, "title", TRUE);
  section->plain = read_text (reader, object, path, "plain", FALSE);
  section->max = read_hundredths (reader, object, path, "max", 0);
}

static void
read_choice_cb (Reader *reader, JsonObject *object, const char *path, gpointer target)
{
  static const char *const known[] = { "value", "label", "conform", "score", NULL };
  McChoice *choice = target;

  check_members (reader, object, path, known);
  choice->value = read_text (reader, object, path, "value", TRUE);
  choice->label = read_text (reader, object, path, "label", TRUE);
  choice->score = read_hundredths (reader, object, path, "score", 0);
  choice->meaning = MC_ANSWER_VALUE;
  if (json_object_has_member (object, "conform") && !json_object_get_null_member (object, "conform"))
    choice->meaning = read_boolean (reader, object, path, "conform", FALSE) ? MC_ANSWER_CONFORM : MC_ANSWER_NONCONFORM;
}

static void
read_notice_cb (Reader *reader, JsonObject *object, const char *path, gpointer target)
{
  static const char *const known[] = { "type", "forbidden", "working_days", "basis", NULL };
  McNoticeRule *rule = target;
  McBasis *basis;
  guint n;

  check_members (reader, object, path, known);
  rule->type = read_code (reader, object, path, "type", "visit-type", TRUE);
  rule->forbidden = read_boolean (reader, object, path, "forbidden", FALSE);
  rule->working_days = read_count (reader, object, path, "working_days");
  basis = read_basis (reader, object, path, TRUE, &n);
  if (basis)
    rule->basis = basis[0];
  if (rule->forbidden && rule->working_days >= 0)
    report_at (reader, path, "working_days", _("a notice that is forbidden has no days"));
}

static void
read_grade_cb (Reader *reader, JsonObject *object, const char *path, gpointer target)
{
  static const char *const known[] = { "grade", "min_total", "min_section_percent", "requires", NULL };
  McGrade *grade = target;

  check_members (reader, object, path, known);
  grade->grade = read_text (reader, object, path, "grade", TRUE);
  grade->min_total = read_hundredths (reader, object, path, "min_total", 0);
  grade->min_section_percent = read_hundredths (reader, object, path, "min_section_percent", 0);
  if (grade->min_section_percent > 100 * 100)
    report_at (reader, path, "min_section_percent", _("must be at most 100"));
  grade->requires = read_texts (reader, object, path, "requires", NULL, FALSE);
}

static McItemKind
read_item_kind (Reader *reader, JsonObject *object, const char *path)
{
  static const char *const kinds[] = { "conform", "score", "number", "choice", "document" };
  const char *kind = read_text (reader, object, path, "answer", TRUE);

  for (guint i = 0; kind && i < G_N_ELEMENTS (kinds); i++)
    if (strcmp (kind, kinds[i]) == 0)
      return (McItemKind) i;
  if (kind)
    report_at (reader, path, "answer", _("must be conform, score, number, choice or document"));
  return MC_ITEM_CONFORM;
}

static guint
read_item_section (Reader *reader, JsonObject *object, const char *path)
{
  const char *code = read_text (reader, object, path, "section", TRUE);
  g_autofree char *at = NULL;

  for (guint i = 0; code && i < reader->standard->n_sections; i++)
    if (g_strcmp0 (reader->standard->sections[i].code, code) == 0)
      return i;
  at = child_path (path, "section");
  if (code)
    report (reader, at, _("there is no section “%s”"), code);
  return 0;
}

static const McCondition *
read_applies_if (Reader *reader, JsonObject *object, const char *path)
{
  JsonNode *node = json_object_get_member (object, "applies_if");
  const char *kind = reader->standard->kind;
  g_autofree char *at = child_path (path, "applies_if");
  McCondition *condition;

  if (!node || JSON_NODE_HOLDS_NULL (node))
    return NULL;
  condition = mc_condition_new_from_json (node, at, mc_entity_find (g_strcmp0 (kind, "inspection") == 0 ? "visit" : kind ? kind : ""),
                                          report_condition_cb, reader);
  if (condition)
    g_ptr_array_add (reader->standard->conditions, condition);
  return condition;
}

static void
check_choices (Reader *reader, const McItem *item, const char *path)
{
  if (item->kind != MC_ITEM_CHOICE)
    {
      if (item->n_choices > 0)
        report_at (reader, path, "choices", _("only an item that is answered by a choice has choices"));
      return;
    }
  if (item->n_choices < 2)
    report_at (reader, path, "choices", _("at least two choices must stand here"));
  for (guint i = 0; i < item->n_choices; i++)
    for (guint j = 0; j < i; j++)
      if (item->choices[i].value && g_strcmp0 (item->choices[i].value, item->choices[j].value) == 0)
        {
          g_autofree char *at = g_strdup_printf ("%s.choices[%u].value", path, i);

          report (reader, at, _("“%s” stands twice"), item->choices[i].value);
        }
}

static void
read_item_max (Reader *reader, JsonObject *object, const char *path, McItem *item)
{
  item->max = read_hundredths (reader, object, path, "max", 0);
  if (item->kind == MC_ITEM_SCORE && item->max == 0)
    report_at (reader, path, "max", _("a score needs a maximum above 0"));
  if (item->kind != MC_ITEM_SCORE && item->kind != MC_ITEM_CHOICE && item->max > 0)
    report_at (reader, path, "max", _("only a score or a choice has a maximum"));
  for (guint i = 0; i < item->n_choices; i++)
    if (item->choices[i].score > item->max)
      {
        g_autofree char *at = g_strdup_printf ("%s.choices[%u].score", path, i);

        report (reader, at, _("is above the item's maximum"));
      }
}

static void
read_item_cb (Reader *reader, JsonObject *object, const char *path, gpointer target)
{
  static const char *const known[] = { "code", "section", "text", "plain", "method", "basis", "matter", "competent", "answer",
                                       "choices", "max", "veto", "severity", "applies_if", NULL };
  McItem *item = target;

  check_members (reader, object, path, known);
  item->code = read_text (reader, object, path, "code", TRUE);
  item->section = read_item_section (reader, object, path);
  item->text = read_text (reader, object, path, "text", TRUE);
  item->plain = read_text (reader, object, path, "plain", TRUE);
  item->method = read_text (reader, object, path, "method", FALSE);
  item->basis = read_basis (reader, object, path, TRUE, &item->n_basis);
  item->matter = read_text (reader, object, path, "matter", FALSE);
  item->competent = read_texts (reader, object, path, "competent", "authority-kind", TRUE);
  item->kind = read_item_kind (reader, object, path);
  item->choices = read_list (reader, object, path, "choices", FALSE, sizeof (McChoice), read_choice_cb, &item->n_choices);
  check_choices (reader, item, path);
  read_item_max (reader, object, path, item);
  item->veto = read_boolean (reader, object, path, "veto", FALSE);
  item->severity = read_code (reader, object, path, "severity", "severity", FALSE);
  item->applies_if = read_applies_if (reader, object, path);
}

/* --- what several parts must agree on --------------------------------------------------------------------- */

static void
check_answers (Reader *reader)
{
  McStandard *standard = reader->standard;
  guint seen[MC_ANSWER_VALUE + 1] = { 0 };

  for (guint i = 0; i < standard->n_answers; i++)
    if (standard->answers[i].code && seen[standard->answers[i].meaning]++ > 0)
      report (reader, "answers", _("“%s” stands twice"), standard->answers[i].code);
  if (standard->n_answers > 0 && (!seen[MC_ANSWER_CONFORM] || !seen[MC_ANSWER_NONCONFORM]))
    report (reader, "answers", _("“conform” and “nonconform” must both be among the answers"));
}

static void
check_sections (Reader *reader)
{
  McStandard *standard = reader->standard;

  for (guint i = 0; i < standard->n_sections; i++)
    for (guint j = 0; j < i; j++)
      if (standard->sections[i].code && g_strcmp0 (standard->sections[i].code, standard->sections[j].code) == 0)
        {
          g_autofree char *at = g_strdup_printf ("sections[%u].code", i);

          report (reader, at, _("“%s” stands twice"), standard->sections[i].code);
        }
}

static void
check_item_codes (Reader *reader)
{
  McStandard *standard = reader->standard;
  g_autoptr (GHashTable) codes = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < standard->n_items; i++)
    if (standard->items[i].code && !g_hash_table_add (codes, (gpointer) standard->items[i].code))
      {
        g_autofree char *at = g_strdup_printf ("items[%u].code", i);

        report (reader, at, _("“%s” stands twice"), standard->items[i].code);
      }
}

/* The points of a section's items must add up to what the section says. A rating may come without its items: the authority imports them. */
static void
check_section_points (Reader *reader)
{
  McStandard *standard = reader->standard;

  for (guint i = 0; i < standard->n_sections; i++)
    {
      McSection *section = &standard->sections[i];
      g_autofree char *at = g_strdup_printf ("sections[%u]", i);
      gint64 sum = 0;

      for (guint j = section->first_item; j < section->first_item + section->n_items; j++)
        sum += standard->items[j].max;
      if (section->n_items == 0 && g_strcmp0 (standard->kind, "rating") != 0)
        report (reader, at, _("the section has no items"));
      else if (section->max == 0)
        section->max = sum;
      else if (section->n_items > 0 && sum != section->max)
        report_at (reader, at, "max", _("is not the sum of the points of its items"));
    }
}

/* Puts the items in the order of the sections, keeping their own order inside. */
static void
order_items (McStandard *standard)
{
  g_autofree McItem *ordered = g_new0 (McItem, standard->n_items);
  guint n = 0;

  for (guint s = 0; s < standard->n_sections; s++)
    {
      standard->sections[s].first_item = n;
      for (guint i = 0; i < standard->n_items; i++)
        if (standard->items[i].section == s)
          ordered[n++] = standard->items[i];
      standard->sections[s].n_items = n - standard->sections[s].first_item;
    }
  if (n > 0)
    memcpy (standard->items, ordered, n * sizeof (McItem));
  for (guint i = 0; i < n; i++)
    if (standard->items[i].code)
      g_hash_table_insert (standard->by_code, (gpointer) standard->items[i].code, &standard->items[i]);
}

static int
compare_grades (gconstpointer a, gconstpointer b)
{
  const McGrade *one = a, *two = b;
  gint64 difference = two->min_total - one->min_total;

  if (difference == 0)
    difference = two->min_section_percent - one->min_section_percent;
  return difference < 0 ? -1 : difference > 0;
}

static void
check_grades (Reader *reader)
{
  McStandard *standard = reader->standard;
  gint64 total = 0;

  for (guint i = 0; i < standard->n_sections; i++)
    total += standard->sections[i].max;
  for (guint i = 0; i < standard->n_grades; i++)
    {
      const McGrade *grade = &standard->grades[i];
      g_autofree char *at = g_strdup_printf ("grades[%u]", i);

      if (grade->min_total > total)
        report_at (reader, at, "min_total", _("is above the points of all sections"));
      for (guint j = 0; grade->requires && grade->requires[j]; j++)
        if (!mc_standard_find_item (standard, grade->requires[j]))
          {
            g_autofree char *requires_at = g_strdup_printf ("%s.requires[%u]", at, j);

            report (reader, requires_at, _("there is no item “%s”"), grade->requires[j]);
          }
      for (guint j = 0; j < i; j++)
        if (grade->grade && g_strcmp0 (grade->grade, standard->grades[j].grade) == 0)
          report_at (reader, at, "grade", _("this grade stands twice"));
    }
  if (standard->n_grades > 1)
    qsort (standard->grades, standard->n_grades, sizeof (McGrade), compare_grades);
}

static void
read_inspectors_min (Reader *reader, JsonObject *root)
{
  static const char *const known[] = { "count", "basis", NULL };
  JsonNode *node = json_object_get_member (root, "inspectors_min");
  JsonObject *object;
  int count;
  guint n;

  if (!node || JSON_NODE_HOLDS_NULL (node))
    return;
  if (!JSON_NODE_HOLDS_OBJECT (node))
    return report (reader, "inspectors_min", _("must be an object"));
  object = json_node_get_object (node);
  check_members (reader, object, "inspectors_min", known);
  count = read_count (reader, object, "inspectors_min", "count");
  if (count < 1)
    report (reader, "inspectors_min.count", _("must be at least 1"));
  reader->standard->inspectors_min = (guint) MAX (count, 0);
  reader->standard->inspectors_basis = read_basis (reader, object, "inspectors_min", TRUE, &n);
}

static void
read_head (Reader *reader, JsonObject *root)
{
  McStandard *standard = reader->standard;

  standard->key = read_text (reader, root, "", "id", TRUE);
  if (standard->key && !g_regex_match_simple ("^[a-z][a-z0-9-]{1,62}$", standard->key, 0, 0))
    report (reader, "id", _("must be lower-case letters, digits and dashes"));
  standard->version = read_text (reader, root, "", "version", TRUE);
  standard->kind = read_code (reader, root, "", "kind", "standard-kind", TRUE);
  standard->title = read_text (reader, root, "", "title", TRUE);
  standard->authority_kind = read_code (reader, root, "", "authority_kind", "authority-kind", TRUE);
  standard->facility_kinds = read_texts (reader, root, "", "facility_kinds", "facility-kind", FALSE);
  standard->remarks = read_texts (reader, root, "", "remarks", NULL, FALSE);
  standard->basis = read_basis (reader, root, "", TRUE, &standard->n_basis);
  standard->effective_from = read_date (reader, root, "", "effective_from", TRUE);
  standard->effective_to = read_date (reader, root, "", "effective_to", FALSE);
  if (standard->effective_from && standard->effective_to && strcmp (standard->effective_to, standard->effective_from) < 0)
    report (reader, "effective_to", _("is before effective_from"));
}

void
mc_standard_read (McStandard *self, JsonNode *root_node, GPtrArray *faults)
{
  static const char *const known[] = { "id", "version", "kind", "title", "authority_kind", "facility_kinds", "basis",
                                       "effective_from", "effective_to", "notice_rule", "inspectors_min", "remarks",
                                       "answers", "sections", "items", "grades", NULL };
  Reader reader = { self, faults };
  JsonObject *root;
  gboolean rating;

  if (!JSON_NODE_HOLDS_OBJECT (root_node))
    return report (&reader, "", _("must be an object"));
  root = json_node_get_object (root_node);
  check_members (&reader, root, "", known);
  read_head (&reader, root);
  rating = g_strcmp0 (self->kind, "rating") == 0;
  self->notices = read_list (&reader, root, "", "notice_rule", FALSE, sizeof (McNoticeRule), read_notice_cb, &self->n_notices);
  read_inspectors_min (&reader, root);
  self->answers = read_list (&reader, root, "", "answers", TRUE, sizeof (McAnswerLabel), read_answer_cb, &self->n_answers);
  self->sections = read_list (&reader, root, "", "sections", TRUE, sizeof (McSection), read_section_cb, &self->n_sections);
  self->items = read_list (&reader, root, "", "items", !rating, sizeof (McItem), read_item_cb, &self->n_items);
  self->grades = read_list (&reader, root, "", "grades", FALSE, sizeof (McGrade), read_grade_cb, &self->n_grades);
  check_answers (&reader);
  check_sections (&reader);
  check_item_codes (&reader);
  order_items (self);
  check_section_points (&reader);
  check_grades (&reader);
}
