/* SPDX-License-Identifier: GPL-3.0-or-later
 * Makes rosters of sample facilities, line by line, from a seed. */
#include "mc-sample-roster.h"

#include <json-glib/json-glib.h>
#include <string.h>

#include "mc-credit-code.h"
#include "mc-facility.h"
#include "store/mc-code-list.h"

#define WORDS_PATH "/org/mingcha/Mingcha/registry/sample-words.json"
#define LINES_AT_ONCE 256
#define MAX_SITES 6

typedef struct
{
  const char *code;
  const char *label;
  gboolean childcare;
  guint up_to;       /* sum of the weights so far */
  GPtrArray *names;  /* patterns */
} Kind;

struct _McSampleRoster
{
  JsonParser *parser; /* owns the words */
  JsonObject *words;
  GArray *kinds;      /* of Kind */
  McAreaTree *tree;
  GPtrArray *townships; /* of const McArea */
  GString *text;
  guint n, made;
  gboolean begun;
  guint64 random;     /* state of splitmix64 */

  /* the operator of the places being made */
  guint n_operators, sites_left;
  gboolean for_elder, for_childcare;
  char *operator_name;
  char credit_code[MC_CREDIT_CODE_LENGTH + 1];
};

/* splitmix64: the same everywhere, unlike the generators of libraries. */
static guint64
next_random (McSampleRoster *self)
{
  guint64 z = self->random += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);

  z = (z ^ (z >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  z = (z ^ (z >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return z ^ (z >> 31);
}

static guint
pick (McSampleRoster *self, guint n)
{
  return (guint) (next_random (self) % n);
}

static const char *
word (McSampleRoster *self, const char *name)
{
  return json_object_get_string_member (self->words, name);
}

static const char *
pick_word (McSampleRoster *self, const char *list)
{
  JsonArray *array = json_object_get_array_member (self->words, list);

  return json_array_get_string_element (array, pick (self, json_array_get_length (array)));
}

static const char *
label_of (const char *list, const char *code)
{
  return mc_code_label (list, code);
}

/* --- operators and their codes ---------------------------------------------------------------------------- */

/* An organisation code (GB 11714) that begins with YL, as no registry hands out, and its check character; then that of GB 32100. */
static void
make_credit_code (McSampleRoster *self, const McArea *area)
{
  static const char digits[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";
  static const guint weights[] = { 3, 7, 9, 10, 5, 8, 4, 2 };
  char *code = self->credit_code;
  guint number = self->n_operators, sum = 0, check;

  while (area->level && strcmp (area->level, "county") != 0 && area->division)
    area = area->division;
  memcpy (code, self->for_elder && !self->for_childcare && pick (self, 3) == 0 ? "52" : "91", 2);
  memcpy (code + 2, area->code && strlen (area->code) == 6 ? area->code : "330400", 6);
  memcpy (code + 8, "YL", 2);
  for (guint i = 0; i < 6; i++, number /= 31)
    code[15 - i] = digits[number % 31];
  for (guint i = 0; i < 8; i++)
    sum += weights[i] * (guint) (g_ascii_isdigit (code[8 + i]) ? code[8 + i] - '0' : code[8 + i] - 'A' + 10);
  check = 11 - sum % 11;
  code[16] = check == 10 ? 'X' : check == 11 ? '0' : (char) ('0' + check);
  code[17] = mc_credit_code_check_character (code);
  code[18] = '\0';
}

/* One in three runs several places; one in ten runs both kinds. */
static void
begin_operator (McSampleRoster *self, const McArea *area, gboolean childcare)
{
  gboolean both = pick (self, 10) == 0;

  self->n_operators++;
  self->for_childcare = childcare || both;
  self->for_elder = !childcare || both;
  self->sites_left = pick (self, 3) == 0 ? 2 + pick (self, MAX_SITES - 1) : 1;
  make_credit_code (self, area);
  g_free (self->operator_name);
  self->operator_name = g_strdup_printf ("%s%s%u%s", word (self, "mark"), pick_word (self, "brands"), self->n_operators,
                                         word (self, both ? "both_company" : childcare ? "childcare_company" : "elder_company"));
}

/* --- one place -------------------------------------------------------------------------------------------- */

static const Kind *
pick_kind (McSampleRoster *self)
{
  guint all = g_array_index (self->kinds, Kind, self->kinds->len - 1).up_to;
  guint number = pick (self, all), i = 0;

  while (g_array_index (self->kinds, Kind, i).up_to <= number)
    i++;
  return &g_array_index (self->kinds, Kind, i);
}

static void
append_name (McSampleRoster *self, const Kind *kind, const McArea *area)
{
  const char *pattern = kind->names->pdata[pick (self, kind->names->len)];
  g_autoptr (GString) name = g_string_new (pattern);

  g_string_replace (name, "{brand}", pick_word (self, "brands"), 0);
  g_string_replace (name, "{community}", pick_word (self, "communities"), 0);
  g_string_replace (name, "{township}", area->name, 0);
  g_string_append_printf (self->text, "%s%s%s%u%s", name->str, word (self, "open"), word (self, "mark"), self->made + 1, word (self, "close"));
}

static const char *
pick_ownership (McSampleRoster *self, const Kind *kind)
{
  static const char *const codes[] = { "public", "public_private_run", "private_nonprofit", "private_profit" };

  if (strcmp (kind->code, "rural_elder_home") == 0)
    return codes[0];
  return codes[pick (self, G_N_ELEMENTS (codes))];
}

static const char *
pick_risk (McSampleRoster *self)
{
  guint number = pick (self, 100);

  return number < 45 ? "A" : number < 85 ? "B" : number < 96 ? "C" : "D";
}

static const char *
pick_status (McSampleRoster *self)
{
  guint number = pick (self, 100);

  return number < 88 ? "operating" : number < 94 ? "preparing" : number < 98 ? "suspended" : "closed";
}

/* Beds, nursing beds, medical beds, places, investment, central investment: each with its comma before it. */
static void
append_numbers (McSampleRoster *self, const Kind *kind)
{
  gboolean institution = strcmp (kind->code, "elder_home") == 0 || strcmp (kind->code, "rural_elder_home") == 0;
  guint beds = institution ? 10 * (3 + pick (self, 48)) : 5 + pick (self, 16);
  guint places = strcmp (kind->code, "family_childcare") == 0 ? 2 + pick (self, 4) : 10 * (2 + pick (self, 15));
  guint units = kind->childcare ? places : beds;

  if (strcmp (kind->code, "elder_activity_centre") == 0 || strcmp (kind->code, "childcare_guidance_centre") == 0 || pick (self, 50) == 0)
    g_string_append (self->text, ",,,,"); /* not entered */
  else if (kind->childcare)
    g_string_append_printf (self->text, ",,,,%u", places);
  else if (institution)
    g_string_append_printf (self->text, ",%u,%u,%u,", beds, beds * (30 + pick (self, 40)) / 100, pick (self, 4) == 0 ? beds / 5 : 0);
  else
    g_string_append_printf (self->text, ",%u,,,", beds);
  if (pick (self, 3) == 0)
    g_string_append_printf (self->text, ",%u.%02u,%u", units * (3 + pick (self, 20)), pick (self, 100), kind->childcare ? units : units * 2);
  else
    g_string_append (self->text, ",,");
}

static void
append_place (McSampleRoster *self)
{
  const McArea *area = self->townships->pdata[pick (self, self->townships->len)];
  const Kind *kind = pick_kind (self);
  g_autofree char *path = mc_area_get_path (area, NULL);

  if (self->sites_left == 0 || !(kind->childcare ? self->for_childcare : self->for_elder))
    begin_operator (self, area, kind->childcare);
  self->sites_left--;
  g_string_append_printf (self->text, "%u,", self->made + 1);
  append_name (self, kind, area);
  g_string_append_printf (self->text, ",%s,%s,%s,%s%u%s,%s,%s,%s,%s", kind->label, label_of ("ownership", pick_ownership (self, kind)), path,
                          pick_word (self, "streets"), 1 + pick (self, 999), word (self, "number"), self->operator_name, self->credit_code,
                          label_of ("facility-status", pick_status (self)), label_of ("credit-risk-class", pick_risk (self)));
  append_numbers (self, kind);
  g_string_append_printf (self->text, ",%s,\n", word (self, "all"));
  self->made++;
}

/* --- the roster ------------------------------------------------------------------------------------------- */

static void
clear_kind (gpointer data)
{
  g_ptr_array_unref (((Kind *) data)->names);
}

static void
read_kinds (McSampleRoster *self)
{
  JsonArray *array = json_object_get_array_member (self->words, "kinds");
  guint sum = 0;

  self->kinds = g_array_new (FALSE, FALSE, sizeof (Kind));
  g_array_set_clear_func (self->kinds, clear_kind);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonObject *object = json_array_get_object_element (array, i);
      JsonArray *names = json_object_get_array_member (object, "names");
      Kind kind = { .code = json_object_get_string_member (object, "kind"), .names = g_ptr_array_new () };

      kind.label = label_of ("facility-kind", kind.code);
      kind.childcare = g_strcmp0 (mc_facility_kind_group (kind.code), "childcare") == 0;
      kind.up_to = sum += (guint) json_object_get_int_member (object, "weight");
      for (guint j = 0; j < json_array_get_length (names); j++)
        g_ptr_array_add (kind.names, (char *) json_array_get_string_element (names, j));
      g_array_append_val (self->kinds, kind);
    }
}

static void
read_townships (McSampleRoster *self, const McArea *within)
{
  guint first = within ? within->rank : 0, last = within ? within->last : mc_area_tree_get_n_areas (self->tree) - 1;

  self->townships = g_ptr_array_new ();
  for (guint rank = first; rank <= last && rank < mc_area_tree_get_n_areas (self->tree); rank++)
    {
      const McArea *area = mc_area_tree_get (self->tree, rank);

      if (g_strcmp0 (area->level, "township") == 0 && !area->retired)
        g_ptr_array_add (self->townships, (McArea *) area);
    }
  if (self->townships->len == 0 && within)
    g_ptr_array_add (self->townships, (McArea *) within);
}

McSampleRoster *
mc_sample_roster_new (McAreaTree *tree, const McArea *area, guint n, guint64 seed)
{
  McSampleRoster *self = g_new0 (McSampleRoster, 1);
  g_autoptr (GBytes) bytes = g_resources_lookup_data (WORDS_PATH, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

  self->tree = mc_area_tree_ref (tree);
  self->text = g_string_new (NULL);
  self->random = seed;
  self->parser = json_parser_new ();
  if (bytes && json_parser_load_from_data (self->parser, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes), NULL))
    {
      self->words = json_node_get_object (json_parser_get_root (self->parser));
      read_kinds (self);
      read_townships (self, area);
      self->n = self->townships->len > 0 ? n : 0;
      g_string_append_printf (self->text, "\xef\xbb\xbf%s\n", word (self, "header"));
      return self;
    }
  mc_sample_roster_free (self);
  g_return_val_if_reached (NULL);
}

void
mc_sample_roster_free (McSampleRoster *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->kinds, g_array_unref);
  g_clear_pointer (&self->townships, g_ptr_array_unref);
  mc_area_tree_unref (self->tree);
  g_object_unref (self->parser);
  g_string_free (self->text, TRUE);
  g_free (self->operator_name);
  g_free (self);
}

const char *
mc_sample_roster_next (McSampleRoster *self, gsize *length)
{
  if (self->begun)
    g_string_truncate (self->text, 0); /* the first time it holds the header */
  self->begun = TRUE;
  for (guint i = 0; i < LINES_AT_ONCE && self->made < self->n; i++)
    append_place (self);
  *length = self->text->len;
  return self->text->len > 0 ? self->text->str : NULL;
}

gboolean
mc_sample_roster_write (McSampleRoster *self, const char *path, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileOutputStream) stream = g_file_replace (file, NULL, FALSE, G_FILE_CREATE_NONE, NULL, error);
  const char *text;
  gsize length;

  if (stream == NULL)
    return FALSE;
  while ((text = mc_sample_roster_next (self, &length)) != NULL)
    if (!g_output_stream_write_all (G_OUTPUT_STREAM (stream), text, length, NULL, NULL, error))
      {
        g_autoptr (GCancellable) cancelled = g_cancellable_new ();

        /* A cancelled close takes the temporary file away. */
        g_cancellable_cancel (cancelled);
        g_output_stream_close (G_OUTPUT_STREAM (stream), cancelled, NULL);
        return FALSE;
      }
  return g_output_stream_close (G_OUTPUT_STREAM (stream), NULL, error);
}
