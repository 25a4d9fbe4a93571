/* SPDX-License-Identifier: GPL-3.0-or-later
 * Lines: exactly the grammar is read, and what is read is written back byte for byte. */
#include <string.h>

#include "seeded.h"
#include "store/mc-change.h"

#define DEVICE "0193f1c0-0000-7000-8000-00000000000a"
#define OTHER "0193f1c0-0000-7000-8000-00000000000b"
#define RECORD "0193f1c0-0000-7000-8000-0000000000ff"
#define HEX "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"

/* A line with everything in it. */
static const char *const whole =
  "{\"v\":1,\"device\":\"" DEVICE "\",\"seq\":17,\"at\":1763712000123,\"by\":\"" RECORD "\",\"entity\":\"facility\",\"record\":\"" RECORD "\","
  "\"set\":{\"a\":null,\"b\":true,\"beds\":-130,\"c\":false,\"name\":\"\xe5\xa4\x95\xe9\x98\xb3 \\\"red\\\" \\\\ \\n\\u001f\",\"phone\":{\"sealed\":\"" HEX "\"}},"
  "\"was\":{\"beds\":[\"" DEVICE ":9\",\"" DEVICE ":12\",\"" OTHER ":3\"],\"name\":[\"" OTHER ":1\"]},"
  "\"seal\":{\"kind\":\"finalise\",\"text\":\"" HEX "\",\"heads\":[\"" DEVICE ":16\",\"" OTHER ":3\"]},"
  "\"amends\":{\"seal\":\"" OTHER ":2\",\"reason\":\"typing error\"},"
  "\"aside\":{\"change\":\"" OTHER ":4\",\"reason\":\"\"},"
  "\"verdict\":{\"change\":\"" OTHER ":5\",\"reason\":\"no right\"},"
  "\"erases\":{\"blob\":\"" HEX "\",\"reason\":\"asked for\"}}";

static const char *const smallest =
  "{\"v\":1,\"device\":\"" DEVICE "\",\"seq\":1,\"at\":0,\"by\":\"\",\"entity\":\"e\",\"record\":\"" RECORD "\",\"set\":{},\"was\":{}}";

static void
assert_refused (const char *what,
                const char *line,
                gssize      length)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (McChange) change = mc_change_parse (line, length, &error);

  if (change)
    g_error ("accepted although %s: %s", what, line);
  g_assert_error (error, MC_STORE_ERROR, MC_STORE_ERROR_GRAMMAR);
  g_assert_nonnull (strstr (error->message, "byte"));
}

static void
assert_identity (const char *line,
                 gsize       length)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (McChange) change = mc_change_parse (line, (gssize) length, &error);
  g_autofree char *again = NULL;
  gsize again_length = 0;

  g_assert_no_error (error);
  g_assert_nonnull (change);
  again = mc_change_serialise (change, &again_length, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (again, again_length, line, length);
  g_assert_cmpuint (strlen (again), ==, again_length);
}

/* @line with the first @find replaced. */
static char *
replaced (const char *line,
          const char *find,
          const char *replacement)
{
  const char *found = strstr (line, find);

  g_assert_nonnull (found);
  return g_strdup_printf ("%.*s%s%s", (int) (found - line), line, replacement, found + strlen (find));
}

static void
whole_line_is_read (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (McChange) change = mc_change_parse (whole, -1, &error);
  const McFieldChange *field;

  g_assert_no_error (error);
  g_assert_cmpstr (change->device, ==, DEVICE);
  g_assert_cmpuint (change->seq, ==, 17);
  g_assert_cmpint (change->at, ==, G_GINT64_CONSTANT (1763712000123));
  g_assert_cmpstr (change->by, ==, RECORD);
  g_assert_cmpstr (change->entity, ==, "facility");
  g_assert_cmpstr (change->record, ==, RECORD);
  g_assert_cmpuint (change->n_fields, ==, 6);
  g_assert_cmpint (mc_change_field (change, "a")->value.type, ==, MC_VALUE_NULL);
  g_assert_cmpint (mc_change_field (change, "b")->value.integer, ==, 1);
  g_assert_cmpint (mc_change_field (change, "c")->value.type, ==, MC_VALUE_BOOLEAN);
  g_assert_cmpint (mc_change_field (change, "c")->value.integer, ==, 0);
  g_assert_cmpstr (mc_change_field (change, "name")->value.text, ==, "\xe5\xa4\x95\xe9\x98\xb3 \"red\" \\ \n\x1f");
  g_assert_cmpint (mc_change_field (change, "phone")->value.type, ==, MC_VALUE_SEALED);
  g_assert_cmpstr (mc_change_field (change, "phone")->value.text, ==, HEX);
  g_assert_null (mc_change_field (change, "bed"));
  field = mc_change_field (change, "beds");
  g_assert_cmpint (field->value.integer, ==, -130);
  g_assert_cmpuint (field->n_was, ==, 3);
  g_assert_cmpstr (field->was[1].device, ==, DEVICE);
  g_assert_cmpuint (field->was[1].seq, ==, 12);
  g_assert_cmpstr (change->seal->kind, ==, "finalise");
  g_assert_cmpstr (change->seal->text, ==, HEX);
  g_assert_cmpuint (change->seal->n_heads, ==, 2);
  g_assert_cmpuint (change->amends.seq, ==, 2);
  g_assert_cmpstr (change->amends_reason, ==, "typing error");
  g_assert_cmpstr (change->aside.device, ==, OTHER);
  g_assert_cmpstr (change->aside_reason, ==, "");
  g_assert_cmpuint (change->verdict.seq, ==, 5);
  g_assert_cmpstr (change->verdict_reason, ==, "no right");
  g_assert_cmpint (change->erases, ==, MC_ERASES_BLOB);
  g_assert_cmpstr (change->erases_digest, ==, HEX);
  g_assert_cmpstr (change->erases_reason, ==, "asked for");
  assert_identity (whole, strlen (whole));
  assert_identity (smallest, strlen (smallest));
}

/* Both sides of every limit: these are allowed. */
static void
limits_are_allowed (void)
{
  static const struct { const char *find, *replacement; } cases[] = {
    { "-130", "9223372036854775807" },
    { "-130", "-9223372036854775808" },
    { "-130", "0" },
    { "-130", "-1" },
    { ":17,", ":9223372036854775807," },
    { "1763712000123", "0" },
    { "1763712000123", "9223372036854775807" },
    { "\"a\":null", "\"a\":\"\"" },
    { "\"a\":null", "\"a\":\"\\u0001\\b\\f\\r\\t\\u000b\\u000e/\x7f\"" },
    { "\"a\":null", "\"a\":\"\xf0\xac\xad\xa9\xf4\x8f\xbf\xbf\xee\x80\x80\xef\xbf\xbf\"" },
    { "\"a\":null", "\"a\":\"q\xcc\xa3\xcc\x87\"" },
    { "\"a\":null", "\"a\":\"\\n\xcc\x83\"" }, /* NFC as decoded, though n and the mark would compose in the raw line */
    { "\"a\":null", "\"a0_\":null" },
    { "\"a\":null", "\"a23456789012345678901234567890123456789012345678901234567890123\":null" },
    { "\"a\":null,", "" },
    { "\"blob\"", "\"sealed\"" },
    { "\"by\":\"" RECORD "\"", "\"by\":\"\"" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *line = replaced (whole, cases[i].find, cases[i].replacement);

      assert_identity (line, strlen (line));
    }
}

static const struct { const char *what, *find, *replacement; } broken[] = {
  /* the frame */
  { "empty", NULL, "" },
  { "not an object", NULL, "[]" },
  { "an empty object", NULL, "{}" },
  { "trailing space", "asked for\"}}", "asked for\"}} " },
  { "trailing newline", "asked for\"}}", "asked for\"}}\n" },
  { "trailing object", "asked for\"}}", "asked for\"}}{}" },
  { "leading space", "{\"v\"", " {\"v\"" },
  { "byte order mark", "{\"v\"", "\xef\xbb\xbf{\"v\"" },
  { "not closed", "asked for\"}}", "asked for\"}" },
  { "trailing comma", "asked for\"}}", "asked for\"},}" },
  { "comment", "{\"v\"", "{/**/\"v\"" },
  { "single quotes", "\"v\"", "'v'" },
  { "unknown top key at the end", "asked for\"}}", "asked for\"},\"zz\":1}" },
  { "unknown top key between", ",\"set\":", ",\"scope\":1,\"set\":" },
  /* white space */
  { "space after a colon", "\"seq\":17", "\"seq\": 17" },
  { "space after a comma", ",\"seq\"", ", \"seq\"" },
  { "newline between", ",\"set\"", "\n,\"set\"" },
  { "space in set", "\"set\":{", "\"set\":{ " },
  { "space in an array", "[\"" DEVICE ":9\",", "[\"" DEVICE ":9\", " },
  /* order and number of keys */
  { "another version", "\"v\":1", "\"v\":2" },
  { "version as text", "\"v\":1", "\"v\":\"1\"" },
  { "no version", "\"v\":1,", "" },
  { "no device", "\"device\":\"" DEVICE "\",", "" },
  { "no set", "\"set\":{\"a\":null,", "\"sets\":{\"a\":null," },
  { "seq before device", "\"device\":\"" DEVICE "\",\"seq\":17", "\"seq\":17,\"device\":\"" DEVICE "\"" },
  { "was before set", ",\"set\":{", ",\"was\":{},\"set\":{" },
  { "duplicate seq", "\"seq\":17", "\"seq\":17,\"seq\":17" },
  { "duplicate was", ",\"seal\":", ",\"was\":{},\"seal\":" },
  { "duplicate amends", ",\"aside\":", ",\"amends\":{\"seal\":\"" OTHER ":2\",\"reason\":\"x\"},\"aside\":" },
  { "amends before seal", ",\"seal\":", ",\"amends\":{\"seal\":\"" OTHER ":2\",\"reason\":\"x\"},\"seal\":" },
  { "verdict before aside", ",\"aside\":", ",\"verdict\":{\"change\":\"" OTHER ":5\",\"reason\":\"x\"},\"aside\":" },
  { "key spelt with an escape", "\"seq\"", "\"\\u0073eq\"" },
  { "capital key", "\"seq\"", "\"Seq\"" },
  /* numbers */
  { "seq 0", "\"seq\":17", "\"seq\":0" },
  { "seq negative", "\"seq\":17", "\"seq\":-1" },
  { "seq with leading zero", "\"seq\":17", "\"seq\":017" },
  { "seq as text", "\"seq\":17", "\"seq\":\"17\"" },
  { "seq of 2^63", "\"seq\":17", "\"seq\":9223372036854775808" },
  { "seq of 2^64 + 17", "\"seq\":17", "\"seq\":18446744073709551633" },
  { "at negative", "\"at\":1763712000123", "\"at\":-1" },
  { "at of 2^63", "\"at\":1763712000123", "\"at\":9223372036854775808" },
  { "at with leading zero", "\"at\":1763712000123", "\"at\":00" },
  { "at a float", "\"at\":1763712000123", "\"at\":1.5" },
  { "at missing", "\"at\":1763712000123", "\"at\":" },
  { "float", "-130", "1.5" },
  { "float that is whole", "-130", "1.0" },
  { "exponent", "-130", "1e3" },
  { "capital exponent", "-130", "1E3" },
  { "plus sign", "-130", "+1" },
  { "leading zero", "-130", "01" },
  { "leading zeros", "-130", "00" },
  { "negative leading zero", "-130", "-01" },
  { "-0", "-130", "-0" },
  { "minus alone", "-130", "-" },
  { "point first", "-130", ".5" },
  { "hexadecimal", "-130", "0x1" },
  { "NaN", "-130", "NaN" },
  { "infinity", "-130", "-Infinity" },
  { "2^63", "-130", "9223372036854775808" },
  { "-2^63 - 1", "-130", "-9223372036854775809" },
  { "2^64", "-130", "18446744073709551616" },
  { "a huge number", "-130", "99999999999999999999999999999999" },
  { "full-width digits", "-130", "\xef\xbc\x91" },
  /* values */
  { "no value", "-130", "" },
  { "capital true", "\"b\":true", "\"b\":True" },
  { "half a word", "\"b\":true", "\"b\":tru" },
  { "a longer word", "\"b\":true", "\"b\":truer" },
  { "a null cut off", "\"a\":null", "\"a\":nul" },
  { "undefined", "\"a\":null", "\"a\":undefined" },
  { "an array as value", "\"a\":null", "\"a\":[]" },
  { "an object as value", "\"a\":null", "\"a\":{}" },
  { "an unknown object", "\"a\":null", "\"a\":{\"secret\":\"" HEX "\"}" },
  { "a fourth level", "\"a\":null", "\"a\":{\"sealed\":{\"sealed\":\"" HEX "\"}}" },
  { "a sealed value with more", "\"phone\":{\"sealed\":\"" HEX "\"}", "\"phone\":{\"sealed\":\"" HEX "\",\"x\":1}" },
  { "a short digest", "\"phone\":{\"sealed\":\"00", "\"phone\":{\"sealed\":\"" },
  { "a long digest", "\"phone\":{\"sealed\":\"00", "\"phone\":{\"sealed\":\"0000" },
  { "upper-case hex in a digest", "\"phone\":{\"sealed\":\"00112233445566778899aa", "\"phone\":{\"sealed\":\"00112233445566778899AA" },
  { "no hex in a digest", "\"phone\":{\"sealed\":\"00", "\"phone\":{\"sealed\":\"0g" },
  /* texts */
  { "not closed text", "\"typing error\"", "\"typing error" },
  { "raw newline", "typing error", "typing\nerror" },
  { "raw tab", "typing error", "typing\terror" },
  { "raw control", "typing error", "typing\x01" "error" },
  { "raw control U+001F", "typing error", "typing\x1f" "error" },
  { "escaped slash", "typing error", "\\/" },
  { "unneeded escape of a letter", "typing error", "\\u0061" },
  { "unneeded escape of DEL", "typing error", "\\u007f" },
  { "unneeded escape of an ideograph", "typing error", "\\u4e2d" },
  { "long escape of a newline", "typing error", "\\u000a" },
  { "long escape of a tab", "typing error", "\\u0009" },
  { "long escape of a backspace", "typing error", "\\u0008" },
  { "long escape of a quote", "typing error", "\\u0022" },
  { "long escape of a backslash", "typing error", "\\u005c" },
  { "upper-case hex in an escape", "typing error", "\\u001F" },
  { "capital U", "typing error", "\\U001f" },
  { "escape cut off", "typing error\"},", "\\u00" },
  { "escaped NUL", "typing error", "\\u0000" },
  { "unknown escape", "typing error", "\\a" },
  { "hex escape", "typing error", "\\x41" },
  { "surrogate pair as escapes", "typing error", "\\ud83d\\ude00" },
  { "lone surrogate as an escape", "typing error", "\\ud800" },
  { "surrogate in UTF-8", "typing error", "\xed\xa0\x80" },
  { "overlong slash", "typing error", "\xc0\xaf" },
  { "overlong three bytes", "typing error", "\xe0\x80\x80" },
  { "overlong NUL", "typing error", "\xc0\x80" },
  { "beyond U+10FFFF", "typing error", "\xf4\x90\x80\x80" },
  { "five bytes", "typing error", "\xf8\x88\x80\x80\x80" },
  { "lone continuation", "typing error", "\x80" },
  { "lead without continuation", "typing error", "\xe4\xb8" },
  { "ideograph with a wrong third byte", "typing error", "\xe4\xb8" "a" },
  { "0xff", "typing error", "\xff" },
  { "not NFC: e and acute", "typing error", "e\xcc\x81" },
  { "not NFC: marks in wrong order", "typing error", "q\xcc\x87\xcc\xa3" },
  { "not NFC: compatibility ideograph", "typing error", "\xef\xa4\x80" },
  { "not NFC: Hangul jamo", "typing error", "\xe1\x84\x92\xe1\x85\xa1" },
  { "not NFC after an escape", "typing error", "\\ne\xcc\x81" },
  { "not NFC in a value", "\\u001f", "e\xcc\x81" },
  { "not NFC at the end of a value", "\xe5\xa4\x95\xe9\x98\xb3", "\xe5\xa4\x95\xe2\x84\xab" },
  /* names */
  { "empty key", "\"a\":null", "\"\":null" },
  { "key with a capital", "\"a\":null", "\"A\":null" },
  { "key that begins with a digit", "\"a\":null", "\"0a\":null" },
  { "key that begins with an underscore", "\"a\":null", "\"_a\":null" },
  { "key with a dash", "\"a\":null", "\"a-a\":null" },
  { "key with an escape", "\"a\":null", "\"a\\u0061\":null" },
  { "key of 64 letters", "\"a\":null", "\"a234567890123456789012345678901234567890123456789012345678901234\":null" },
  { "key not closed", "\"a\":null", "\"a:null" },
  { "no key", "\"a\":null", ":null" },
  { "no colon", "\"a\":null", "\"a\"null" },
  { "entity empty", "\"facility\"", "\"\"" },
  { "entity with a capital", "\"facility\"", "\"Facility\"" },
  { "kind of a seal with a space", "\"finalise\"", "\"fin alise\"" },
  /* ids */
  { "device upper-case", "\"device\":\"" DEVICE, "\"device\":\"0193F1C0-0000-7000-8000-00000000000a" },
  { "device empty", "\"device\":\"" DEVICE, "\"device\":\"" },
  { "device too short", "\"device\":\"0193f1c0", "\"device\":\"0193f1c" },
  { "device without dashes", "\"device\":\"" DEVICE, "\"device\":\"0193f1c000007000800000000000000a" },
  { "by no id", "\"by\":\"" RECORD, "\"by\":\"admin" },
  { "by null", "\"by\":\"" RECORD "\"", "\"by\":null" },
  { "record empty", "\"record\":\"" RECORD, "\"record\":\"" },
  { "record too long", "\"record\":\"" RECORD, "\"record\":\"" RECORD "0" },
  /* set and was */
  { "unsorted keys", "\"a\":null,\"b\":true", "\"b\":true,\"a\":null" },
  { "duplicate key", "\"a\":null", "\"a\":null,\"a\":null" },
  { "key that is the beginning of the one before", "\"a\":null,\"b\":true", "\"ab\":null,\"a\":true" },
  { "comma before the end of set", "\"}},\"was\"", "\"},},\"was\"" },
  { "comma at the start of set", "\"set\":{", "\"set\":{," },
  { "was of a key that is not set", "\"was\":{\"beds\"", "\"was\":{\"bed\"" },
  { "was of a longer key", "\"was\":{\"beds\"", "\"was\":{\"bedss\"" },
  { "was unsorted", ",\"name\":[\"" OTHER ":1\"]", ",\"b\":[\"" OTHER ":1\"]" },
  { "was twice of one key", ",\"name\":[\"" OTHER ":1\"]", ",\"beds\":[\"" OTHER ":1\"]" },
  { "was empty", "\"name\":[\"" OTHER ":1\"]", "\"name\":[]" },
  { "was no array", "\"name\":[\"" OTHER ":1\"]", "\"name\":\"" OTHER ":1\"" },
  { "was null", "\"name\":[\"" OTHER ":1\"]", "\"name\":null" },
  { "was an array", "\"was\":{", "\"was\":[{" },
  { "references unsorted", "[\"" DEVICE ":9\",\"" DEVICE ":12\"", "[\"" DEVICE ":12\",\"" DEVICE ":9\"" },
  { "references sorted as text", "[\"" DEVICE ":9\",\"" DEVICE ":12\",\"" OTHER ":3\"]", "[\"" DEVICE ":12\",\"" OTHER ":3\",\"" DEVICE ":9\"]" },
  { "reference twice", "[\"" DEVICE ":9\",", "[\"" DEVICE ":9\",\"" DEVICE ":9\"," },
  { "comma at the end of references", "\"" OTHER ":3\"]", "\"" OTHER ":3\",]" },
  { "reference of seq 0", OTHER ":3", OTHER ":0" },
  { "reference with leading zero", OTHER ":3", OTHER ":03" },
  { "reference of negative seq", OTHER ":3", OTHER ":-3" },
  { "reference without seq", OTHER ":3", OTHER ":" },
  { "reference without colon", OTHER ":3", OTHER },
  { "reference upper-case", "[\"" DEVICE ":9\"", "[\"0193F1C0-0000-7000-8000-00000000000a:9\"" },
  { "reference of a number over 2^63", OTHER ":3", OTHER ":9223372036854775808" },
  /* the other members */
  { "seal without heads", ",\"heads\":[\"" DEVICE ":16\",\"" OTHER ":3\"]", "" },
  { "seal with empty heads", "\"heads\":[\"" DEVICE ":16\",\"" OTHER ":3\"]", "\"heads\":[]" },
  { "seal with upper-case hex", "\"text\":\"00112233445566778899aa", "\"text\":\"00112233445566778899AA" },
  { "seal null", "\"seal\":{\"kind\":\"finalise\",\"text\":\"" HEX "\",\"heads\":[\"" DEVICE ":16\",\"" OTHER ":3\"]}", "\"seal\":null" },
  { "seal with keys in another order", "\"kind\":\"finalise\",\"text\":\"" HEX "\"", "\"text\":\"" HEX "\",\"kind\":\"finalise\"" },
  { "amends without reason", ",\"reason\":\"typing error\"", "" },
  { "amends with a null reason", "\"typing error\"", "null" },
  { "amends without seal", "\"seal\":\"" OTHER ":2\",", "" },
  { "aside named seal", "\"aside\":{\"change\":\"", "\"aside\":{\"seal\":\"" },
  { "verdict with more", "\"no right\"", "\"no right\",\"x\":1" },
  { "erases both", "\"erases\":{\"blob\":", "\"erases\":{\"sealed\":\"" HEX "\",\"blob\":" },
  { "erases neither", "\"erases\":{\"blob\":\"" HEX "\",", "\"erases\":{" },
  { "erases something else", "\"blob\"", "\"line\"" },
};

static void
broken_line_is_refused (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autofree char *line = broken[i].find ? replaced (whole, broken[i].find, broken[i].replacement) : g_strdup (broken[i].replacement);

  assert_refused (broken[i].what, line, -1);
  assert_refused (broken[i].what, line, (gssize) strlen (line));
}

static void
every_prefix_is_refused (void)
{
  /* Each in a block of its own size, so that a reader beyond the end is seen by valgrind and the sanitisers. */
  for (gsize n = 0; n < strlen (whole); n++)
    {
      g_autofree char *prefix = g_memdup2 (whole, n ? n : 1);

      assert_refused ("cut off", prefix, (gssize) n);
    }
}

static void
nul_is_refused (void)
{
  gsize length = strlen (whole);

  /* at the end, and in place of each byte */
  assert_refused ("NUL at the end", whole, (gssize) length + 1);
  for (gsize i = 0; i < length; i++)
    {
      g_autofree char *line = g_strdup (whole);

      line[i] = '\0';
      assert_refused ("NUL", line, (gssize) length);
    }
}

/* A line of exactly @length bytes. */
static char *
line_of_length (gsize length)
{
  gsize more = length - strlen (smallest) - strlen ("\"t\":\"\"");
  g_autofree char *text = g_strnfill (more, 'x');
  g_autofree char *field = g_strdup_printf ("\"set\":{\"t\":\"%s\"}", text);

  return replaced (smallest, "\"set\":{}", field);
}

static void
lines_end_at_64_kib (void)
{
  g_autofree char *largest = line_of_length (MC_CHANGE_MAX_BYTES);
  g_autofree char *larger = line_of_length (MC_CHANGE_MAX_BYTES + 1);
  g_autoptr (McChange) change = NULL;
  g_autoptr (GError) error = NULL;
  McValue value;

  g_assert_cmpuint (strlen (larger), ==, 65537);
  assert_identity (largest, strlen (largest));
  assert_refused ("too long", larger, -1);
  assert_refused ("too long", larger, (gssize) strlen (larger));

  change = mc_change_parse (largest, -1, NULL);
  mc_value_init_integer (&value, 1);
  mc_change_add_field (change, "u", &value, NULL, 0);
  g_assert_null (mc_change_serialise (change, NULL, &error));
  g_assert_error (error, MC_STORE_ERROR, MC_STORE_ERROR_INPUT);
}

static void
deep_nesting_is_refused_quickly (void)
{
  static const char *const units[] = { "[", "{", "{\"a\":", "[{\"a\":", "{\"sealed\":" };

  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    {
      g_autoptr (GString) deep = g_string_new (NULL);
      g_autofree char *within = NULL;

      for (guint n = 0; n < 100000; n++)
        g_string_append (deep, units[i]);
      assert_refused ("deep", deep->str, (gssize) deep->len);
      g_string_truncate (deep, 60000);
      assert_refused ("deep", deep->str, (gssize) deep->len);
      within = replaced (smallest, "\"set\":{}", "\"set\":{\"a\":");
      g_string_prepend (deep, within);
      assert_refused ("deep", deep->str, (gssize) deep->len);
    }
}

static void
message_names_the_byte (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *line = replaced (smallest, "\"seq\":1", "\"seq\":x");

  g_assert_null (mc_change_parse (line, -1, &error));
  g_assert_nonnull (strstr (error->message, "byte 62")); /* counted from 1 */
  g_assert_cmpint (line[61], ==, 'x');
  g_assert_nonnull (strstr (error->message, "a digit"));
}

/* --- random changes ------------------------------------------------------------------------------------------ */

static void
random_uuid (GRand *rand,
             char   uuid[37])
{
  g_snprintf (uuid, 37, "%08x-%04x-%04x-%04x-%08x%04x", g_rand_int (rand), below (rand, 0x10000), below (rand, 0x10000), below (rand, 0x10000),
              g_rand_int (rand), below (rand, 0x10000));
}

static McRef
random_ref (GRand *rand)
{
  McRef ref;

  random_uuid (rand, ref.device);
  ref.seq = one_in (rand, 4) ? G_MAXINT64 - below (rand, 3) : 1 + below (rand, 100);
  return ref;
}

static McRef *
random_refs (GRand *rand,
             guint *n)
{
  McRef *refs;

  *n = one_in (rand, 2) ? 1 : 1 + below (rand, 5);
  refs = g_new0 (McRef, *n);
  refs[0] = random_ref (rand);
  for (guint i = 1; i < *n; i++)
    {
      refs[i] = refs[i - 1];
      if (one_in (rand, 2) && refs[i].seq < 1000)
        refs[i].seq += 1 + below (rand, 20);
      else
        refs[i] = random_ref (rand);
    }
  return refs;
}

static char *
random_text (GRand *rand)
{
  static const gunichar some[] = { '"', '\\', '/', '\n', '\t', 1, 0x1f, 0x7f, ' ', 'a', 'Z', '0', 0xe9, 0x301, 0x323, 0x4e2d, 0x9f99, 0x3402,
                                   0xf900, 0xff08, 0x1112, 0x1161, 0xac00, 0x2b369, 0x2f800, 0x1d15e, 0x10ffff, 0xe000, 0x212b, 0x300c };
  g_autoptr (GString) text = g_string_new (NULL);
  guint n = below (rand, 30);

  for (guint i = 0; i < n; i++)
    g_string_append_unichar (text, some[below (rand, G_N_ELEMENTS (some))]);
  return g_utf8_normalize (text->str, -1, G_NORMALIZE_NFC);
}

static void
random_hex (GRand *rand,
            char   hex[65])
{
  for (guint i = 0; i < 64; i++)
    hex[i] = "0123456789abcdef"[below (rand, 16)];
  hex[64] = '\0';
}

static void
random_value (GRand   *rand,
              McValue *value)
{
  g_autofree char *text = random_text (rand);
  char hex[65];

  switch (below (rand, 6))
    {
    case 0:
      *value = (McValue) MC_VALUE_INIT;
      break;
    case 1:
      mc_value_init_boolean (value, (gboolean) below (rand, 2));
      break;
    case 2:
      mc_value_init_integer (value, (gint64) (((guint64) g_rand_int (rand) << 32 | g_rand_int (rand)) >> below (rand, 64)));
      break;
    case 3:
      random_hex (rand, hex);
      mc_value_init_sealed (value, hex);
      break;
    default:
      mc_value_init_text (value, text);
    }
}

static void
random_reasoned (GRand *rand,
                 McRef *ref,
                 char **reason)
{
  if (!one_in (rand, 4))
    return;
  *ref = random_ref (rand);
  *reason = random_text (rand);
}

static McChange *
random_change (GRand *rand)
{
  McChange *change = mc_change_new ();
  guint n = below (rand, 12);

  random_uuid (rand, change->device);
  change->seq = 1 + below (rand, 1000000);
  change->at = (gint64) g_rand_int (rand) * 400;
  if (one_in (rand, 2))
    random_uuid (rand, change->by);
  change->entity = g_strdup (one_in (rand, 2) ? "visit" : "x_9");
  random_uuid (rand, change->record);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *key = g_strdup_printf ("%c%u_x", 'a' + (char) below (rand, 4), below (rand, 30));
      g_auto (McValue) value = MC_VALUE_INIT;
      g_autofree McRef *was = NULL;
      guint n_was = 0;

      if (one_in (rand, 2))
        was = random_refs (rand, &n_was);
      random_value (rand, &value);
      mc_change_add_field (change, key, &value, was, n_was);
    }
  if (one_in (rand, 4))
    {
      g_autofree McRef *heads = NULL;
      g_autoptr (McChange) sorted = mc_change_new ();
      McValue null_value = MC_VALUE_INIT;

      change->seal = g_new0 (McSeal, 1);
      change->seal->kind = g_strdup ("freeze");
      random_hex (rand, change->seal->text);
      heads = random_refs (rand, &change->seal->n_heads);
      mc_change_add_field (sorted, "k", &null_value, heads, change->seal->n_heads);
      change->seal->n_heads = sorted->fields[0].n_was;
      change->seal->heads = g_steal_pointer (&sorted->fields[0].was);
    }
  random_reasoned (rand, &change->amends, &change->amends_reason);
  random_reasoned (rand, &change->aside, &change->aside_reason);
  random_reasoned (rand, &change->verdict, &change->verdict_reason);
  if (one_in (rand, 4))
    {
      change->erases = one_in (rand, 2) ? MC_ERASES_SEALED : MC_ERASES_BLOB;
      random_hex (rand, change->erases_digest);
      change->erases_reason = random_text (rand);
    }
  return change;
}

static void
assert_same_refs (const McRef *a,
                  guint        n_a,
                  const McRef *b,
                  guint        n_b)
{
  g_assert_cmpuint (n_a, ==, n_b);
  for (guint i = 0; i < n_a; i++)
    g_assert_true (mc_ref_equal (&a[i], &b[i]));
}

static void
assert_same_change (const McChange *a,
                    const McChange *b)
{
  g_assert_cmpstr (a->device, ==, b->device);
  g_assert_cmpuint (a->seq, ==, b->seq);
  g_assert_cmpint (a->at, ==, b->at);
  g_assert_cmpstr (a->by, ==, b->by);
  g_assert_cmpstr (a->entity, ==, b->entity);
  g_assert_cmpstr (a->record, ==, b->record);
  g_assert_cmpuint (a->n_fields, ==, b->n_fields);
  for (guint i = 0; i < a->n_fields; i++)
    {
      g_assert_cmpstr (a->fields[i].key, ==, b->fields[i].key);
      g_assert_true (mc_value_equal (&a->fields[i].value, &b->fields[i].value));
      assert_same_refs (a->fields[i].was, a->fields[i].n_was, b->fields[i].was, b->fields[i].n_was);
    }
  g_assert_cmpint (a->seal != NULL, ==, b->seal != NULL);
  if (a->seal)
    {
      g_assert_cmpstr (a->seal->kind, ==, b->seal->kind);
      g_assert_cmpstr (a->seal->text, ==, b->seal->text);
      assert_same_refs (a->seal->heads, a->seal->n_heads, b->seal->heads, b->seal->n_heads);
    }
  g_assert_true (mc_ref_equal (&a->amends, &b->amends) && mc_ref_equal (&a->aside, &b->aside) && mc_ref_equal (&a->verdict, &b->verdict));
  g_assert_cmpstr (a->amends_reason, ==, b->amends_reason);
  g_assert_cmpstr (a->aside_reason, ==, b->aside_reason);
  g_assert_cmpstr (a->verdict_reason, ==, b->verdict_reason);
  g_assert_cmpint (a->erases, ==, b->erases);
  g_assert_cmpstr (a->erases_digest, ==, b->erases_digest);
  g_assert_cmpstr (a->erases_reason, ==, b->erases_reason);
}

static void
random_changes_come_back (void)
{
  g_autoptr (GRand) rand = seeded_rand ();

  for (guint i = 0; i < 10000; i++)
    {
      g_autoptr (McChange) change = random_change (rand);
      g_autoptr (McChange) again = NULL;
      g_autoptr (GError) error = NULL;
      g_autofree char *line = NULL;
      gsize length = 0;

      line = mc_change_serialise (change, &length, &error);
      g_assert_no_error (error);
      again = mc_change_parse (line, (gssize) length, &error);
      g_assert_no_error (error);
      assert_same_change (change, again);
      assert_identity (line, length);
    }
}

/* --- the writer ---------------------------------------------------------------------------------------------- */

static void
assert_not_written (const McChange *change)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (mc_change_serialise (change, NULL, &error));
  g_assert_error (error, MC_STORE_ERROR, MC_STORE_ERROR_INPUT);
}

static void
writer_refuses_what_the_reader_would (void)
{
  McRef nowhere = { "nowhere", 1 };
  McRef zero = { OTHER, 0 };
  McValue value = { MC_VALUE_TEXT, 0, (char *) "e\xcc\x81" };

  for (guint i = 0; i < 14; i++)
    {
      g_autoptr (McChange) change = mc_change_parse (whole, -1, NULL);

      switch (i)
        {
        case 0: change->seq = 0; break;
        case 1: change->seq = (guint64) G_MAXINT64 + 1; break;
        case 2: change->at = -1; break;
        case 3: change->device[0] = 'X'; break;
        case 4: change->by[35] = '\0'; break;
        case 5: change->entity[0] = 'F'; break;
        case 6: change->record[0] = '\0'; break;
        case 7: mc_change_add_field (change, "not_nfc", &value, NULL, 0); break;
        case 8: mc_change_add_field (change, "Key", &change->fields[0].value, NULL, 0); break;
        case 9: mc_change_add_field (change, "zz", &change->fields[0].value, &nowhere, 1); break;
        case 10: mc_change_add_field (change, "zz", &change->fields[0].value, &zero, 1); break;
        case 11: change->seal->text[3] = 'A'; break;
        case 12: change->amends_reason = NULL; break; /* it stands in the parsed line */
        default: change->erases_digest[63] = '\0'; break;
        }
      assert_not_written (change);
    }
}

static void
fields_are_kept_in_order (void)
{
  g_autoptr (McChange) change = mc_change_new ();
  McRef was[] = { { OTHER, 3 }, { DEVICE, 12 }, { DEVICE, 9 }, { OTHER, 3 } };

  for (guint i = 0; i < 40; i++)
    {
      g_autofree char *key = g_strdup_printf ("k%u", (i * 17) % 40);
      g_auto (McValue) value = MC_VALUE_INIT;

      mc_value_init_integer (&value, (i * 17) % 40);
      mc_change_add_field (change, key, &value, was, G_N_ELEMENTS (was));
      mc_change_add_field (change, key, &value, was, G_N_ELEMENTS (was)); /* again: replaced */
    }
  g_assert_cmpuint (change->n_fields, ==, 40);
  for (guint i = 0; i < 40; i++)
    {
      g_autofree char *key = g_strdup_printf ("k%u", i);
      const McFieldChange *field = mc_change_field (change, key);

      g_assert_cmpint (field->value.integer, ==, i);
      g_assert_cmpuint (field->n_was, ==, 3);
      g_assert_cmpuint (field->was[0].seq, ==, 9);
      g_assert_cmpuint (field->was[1].seq, ==, 12);
      g_assert_cmpstr (field->was[2].device, ==, OTHER);
    }
}

static void
version_one_needs_no_upgrade (void)
{
  g_autoptr (McChange) change = mc_change_parse (whole, -1, NULL);
  g_autofree char *line = NULL;

  mc_change_upgrade (change);
  line = mc_change_serialise (change, NULL, NULL);
  g_assert_cmpstr (line, ==, whole);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/change/whole-line-is-read", whole_line_is_read);
  g_test_add_func ("/change/limits-are-allowed", limits_are_allowed);
  for (guint i = 0; i < G_N_ELEMENTS (broken); i++)
    {
      g_autofree char *path = g_strdup_printf ("/change/refused/%s", broken[i].what);

      g_test_add_data_func (g_strdelimit (path, " ", '-'), GUINT_TO_POINTER (i), broken_line_is_refused);
    }
  g_test_add_func ("/change/every-prefix-is-refused", every_prefix_is_refused);
  g_test_add_func ("/change/nul-is-refused", nul_is_refused);
  g_test_add_func ("/change/lines-end-at-64-kib", lines_end_at_64_kib);
  g_test_add_func ("/change/deep-nesting-is-refused-quickly", deep_nesting_is_refused_quickly);
  g_test_add_func ("/change/message-names-the-byte", message_names_the_byte);
  g_test_add_func ("/change/random-changes-come-back", random_changes_come_back);
  g_test_add_func ("/change/writer-refuses-what-the-reader-would", writer_refuses_what_the_reader_would);
  g_test_add_func ("/change/fields-are-kept-in-order", fields_are_kept_in_order);
  g_test_add_func ("/change/version-one-needs-no-upgrade", version_one_needs_no_upgrade);
  return g_test_run ();
}
