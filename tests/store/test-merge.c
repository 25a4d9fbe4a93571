/* SPDX-License-Identifier: GPL-3.0-or-later
 * The merge: each rule by name, then random schedules of several devices against the oracle, in any order of the lines. */
#include <string.h>

#include "merge-oracle.h"
#include "seeded.h"
#include "store/mc-chain.h"

#define DEVICE_STEM "0193f1c0-0000-7000-8000-00000000000"
#define RECORD "0193f1c0-0000-7000-8000-0000000000ff"
#define HEX "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"

/* --- lines in short: "a1" is line 1 of device …a ------------------------------------------------------------- */

static McRef
ref_from (const char *name)
{
  McRef ref = { DEVICE_STEM, 0 };

  ref.device[35] = name[0];
  ref.seq = g_ascii_strtoull (name + 1, NULL, 10);
  return ref;
}

/* References out of "a1 b2"; NULL for none. */
static McRef *
refs_from (const char *names,
           guint      *n)
{
  g_auto (GStrv) parts = g_strsplit (names ? names : "", " ", -1);
  McRef *refs = g_new0 (McRef, g_strv_length (parts) + 1);

  *n = 0;
  for (guint i = 0; parts[i]; i++)
    if (*parts[i])
      refs[(*n)++] = ref_from (parts[i]);
  return refs;
}

typedef struct
{
  GPtrArray *lines;
  GPtrArray *seals;    /* given beside the lines */
  GHashTable *refused; /* of McRef */
} Case;

static Case *
case_new (void)
{
  Case *c = g_new0 (Case, 1);

  c->lines = g_ptr_array_new_with_free_func ((GDestroyNotify) mc_change_free);
  c->seals = g_ptr_array_new_with_free_func ((GDestroyNotify) mc_change_free);
  c->refused = g_hash_table_new_full (mc_ref_hash, mc_ref_hash_equal, g_free, NULL);
  return c;
}

static void
case_free (Case *c)
{
  g_ptr_array_unref (c->lines);
  g_ptr_array_unref (c->seals);
  g_hash_table_unref (c->refused);
  g_free (c);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Case, case_free)

static McChange *
new_change (const char *name,
            gint64      at)
{
  McChange *change = mc_change_new ();
  McRef ref = ref_from (name);

  g_strlcpy (change->device, ref.device, sizeof change->device);
  change->seq = ref.seq;
  change->at = at;
  change->entity = g_strdup ("facility");
  g_strlcpy (change->record, RECORD, sizeof change->record);
  return change;
}

static McChange *
add (Case       *c,
     const char *name,
     gint64      at)
{
  McChange *change = new_change (name, at);

  g_ptr_array_add (c->lines, change);
  return change;
}

static void
sets (McChange   *change,
      const char *key,
      gint64      integer,
      const char *was)
{
  McValue value;
  guint n = 0;
  g_autofree McRef *refs = refs_from (was, &n);

  mc_value_init_integer (&value, integer);
  mc_change_add_field (change, key, &value, refs, n);
}

static void
seals (McChange   *change,
       const char *heads)
{
  change->seal = g_new0 (McSeal, 1);
  change->seal->kind = g_strdup ("finalise");
  g_strlcpy (change->seal->text, HEX, sizeof change->seal->text);
  change->seal->heads = refs_from (heads, &change->seal->n_heads);
}

static void
amends (McChange   *change,
        const char *seal)
{
  change->amends = ref_from (seal);
  change->amends_reason = g_strdup ("reason");
}

static void
puts_aside (McChange   *change,
            const char *line)
{
  change->aside = ref_from (line);
  change->aside_reason = g_strdup ("reason");
}

static void
refuse (Case       *c,
        const char *name)
{
  McRef ref = ref_from (name);

  g_hash_table_add (c->refused, g_memdup2 (&ref, sizeof ref));
}

static McMerge *
merge_array (const Case      *c,
             const GPtrArray *lines)
{
  return mc_merge ((const McChange *const *) lines->pdata, lines->len, (const McChange *const *) c->seals->pdata, c->seals->len, c->refused);
}

static void
check_with_oracle (const Case    *c,
                   const McMerge *merge)
{
  g_autoptr (GHashTable) refused = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Oracle oracle = { c->lines, c->seals, refused };
  GHashTableIter iter;
  gpointer ref;

  g_hash_table_iter_init (&iter, c->refused);
  while (g_hash_table_iter_next (&iter, &ref, NULL))
    g_hash_table_add (refused, g_strdup_printf ("%s:%" G_GUINT64_FORMAT, ((McRef *) ref)->device, ((McRef *) ref)->seq));
  oracle_check (&oracle, merge);
}

/* The merge of @c, which the oracle confirms. */
static McMerge *
merged (const Case *c)
{
  McMerge *merge = merge_array (c, c->lines);

  check_with_oracle (c, merge);
  return merge;
}

/* @key shows @integer and has exactly the heads @names, in conflict or not. */
static void
assert_field (const McMerge *merge,
              const char    *key,
              gint64         integer,
              const char    *names,
              gboolean       conflict)
{
  const McMergedField *field = mc_merge_field (merge, key);
  guint n = 0;
  g_autofree McRef *refs = refs_from (names, &n);

  g_assert_nonnull (field);
  g_assert_cmpint (field->value.type, ==, MC_VALUE_INTEGER);
  g_assert_cmpint (field->value.integer, ==, integer);
  g_assert_cmpuint (field->n_heads, ==, n);
  for (guint i = 0; i < n; i++)
    g_assert_true (mc_ref_equal (&field->heads[i], &refs[i]));
  g_assert_cmpint (field->conflict, ==, conflict);
}

static void
assert_lines (const GPtrArray *lines,
              const char      *names)
{
  guint n = 0;
  g_autofree McRef *refs = refs_from (names, &n);

  g_assert_cmpuint (lines->len, ==, n);
  for (guint i = 0; i < n; i++)
    {
      const McChange *change = lines->pdata[i];

      g_assert_cmpstr (change->device, ==, refs[i].device);
      g_assert_cmpuint (change->seq, ==, refs[i].seq);
    }
}

/* --- each rule by name ---------------------------------------------------------------------------------------- */

static void
no_lines_give_nothing (void)
{
  g_autoptr (McMerge) merge = mc_merge (NULL, 0, NULL, 0, NULL);

  g_assert_cmpuint (merge->n_fields, ==, 0);
  g_assert_null (merge->seal);
  g_assert_null (mc_merge_field (merge, "beds"));
}

static void
one_line_is_the_record (void)
{
  g_autoptr (Case) c = case_new ();
  g_autoptr (McMerge) merge = NULL;
  McChange *a1 = add (c, "a1", 10);

  sets (a1, "beds", 130, NULL);
  sets (a1, "area", 5, NULL);
  merge = merged (c);
  assert_field (merge, "beds", 130, "a1", FALSE);
  assert_field (merge, "area", 5, "a1", FALSE);
  g_assert_false (mc_merge_has_conflict (merge));
}

static void
a_change_replaces_what_it_names (void)
{
  g_autoptr (Case) c = case_new ();
  g_autoptr (McMerge) merge = NULL;

  sets (add (c, "a1", 10), "beds", 100, NULL);
  sets (add (c, "b1", 5), "beds", 130, "a1"); /* its clock is behind: that decides nothing */
  merge = merged (c);
  assert_field (merge, "beds", 130, "b1", FALSE);
}

static void
different_heads_are_a_conflict (void)
{
  g_autoptr (Case) c = case_new ();
  g_autoptr (McMerge) merge = NULL;

  sets (add (c, "a1", 10), "beds", 100, NULL);
  sets (add (c, "a2", 30), "beds", 110, "a1");
  sets (add (c, "b1", 20), "beds", 120, "a1");
  merge = merged (c);
  assert_field (merge, "beds", 110, "a2 b1", TRUE);
  g_assert_true (mc_merge_has_conflict (merge));
}

static void
equal_times_show_the_later_device (void)
{
  g_autoptr (Case) c = case_new ();
  g_autoptr (McMerge) merge = NULL;

  sets (add (c, "b1", 20), "beds", 120, NULL);
  sets (add (c, "a2", 20), "beds", 110, NULL);
  merge = merged (c);
  assert_field (merge, "beds", 120, "a2 b1", TRUE);
}

static void
equal_heads_are_no_conflict (void)
{
  g_autoptr (Case) c = case_new ();
  g_autoptr (McMerge) merge = NULL;

  sets (add (c, "a1", 10), "beds", 100, NULL);
  sets (add (c, "a2", 30), "beds", 110, "a1");
  sets (add (c, "b1", 20), "beds", 110, "a1");
  merge = merged (c);
  assert_field (merge, "beds", 110, "a2 b1", FALSE);
}

static void
different_fields_never_conflict (void)
{
  g_autoptr (Case) c = case_new ();
  g_autoptr (McMerge) merge = NULL;
  McChange *a1 = add (c, "a1", 10);

  sets (a1, "beds", 100, NULL);
  sets (a1, "area", 1, NULL);
  sets (add (c, "a2", 30), "beds", 110, "a1");
  sets (add (c, "b1", 20), "area", 2, "a1");
  merge = merged (c);
  assert_field (merge, "beds", 110, "a2", FALSE);
  assert_field (merge, "area", 2, "b1", FALSE);
}

static void
a_pick_ends_a_conflict (void)
{
  g_autoptr (Case) c = case_new ();
  g_autoptr (McMerge) merge = NULL;

  sets (add (c, "a1", 10), "beds", 100, NULL);
  sets (add (c, "a2", 30), "beds", 110, "a1");
  sets (add (c, "b1", 20), "beds", 120, "a1");
  sets (add (c, "c1", 40), "beds", 120, "a2 b1");
  merge = merged (c);
  assert_field (merge, "beds", 120, "c1", FALSE);
}

static void
a_name_counts_for_its_field_only (void)
{
  g_autoptr (Case) c = case_new ();
  g_autoptr (McMerge) merge = NULL;
  McChange *a1 = add (c, "a1", 10);

  sets (a1, "beds", 100, NULL);
  sets (a1, "area", 1, NULL);
  sets (add (c, "b1", 20), "area", 2, "a1");
  merge = merged (c);
  assert_field (merge, "beds", 100, "a1", FALSE);
}

static void
equal_creations_give_way (void)
{
  g_autoptr (Case) c = case_new ();
  g_autoptr (McMerge) merge = NULL;

  sets (add (c, "a1", 10), "beds", 100, NULL);
  sets (add (c, "b1", 90), "beds", 100, NULL); /* the same import on another device */
  sets (add (c, "a2", 20), "beds", 130, "a1");
  merge = merged (c);
  assert_field (merge, "beds", 130, "a2", FALSE);
}

static void
unequal_creations_conflict (void)
{
  g_autoptr (Case) c = case_new ();
  g_autoptr (McMerge) merge = NULL;

  sets (add (c, "a1", 10), "beds", 100, NULL);
  sets (add (c, "b1", 90), "beds", 101, NULL);
  sets (add (c, "a2", 20), "beds", 130, "a1");
  merge = merged (c);
  assert_field (merge, "beds", 101, "a2 b1", TRUE);
}

static void
only_creations_give_way (void)
{
  g_autoptr (Case) c = case_new ();
  g_autoptr (McMerge) merge = NULL;

  /* b2 was set to the value of a creation on purpose: it stays. */
  sets (add (c, "a1", 10), "beds", 100, NULL);
  sets (add (c, "b1", 10), "beds", 50, NULL);
  sets (add (c, "b2", 11), "beds", 100, "b1");
  sets (add (c, "a2", 20), "beds", 130, "a1");
  merge = merged (c);
  assert_field (merge, "beds", 130, "a2 b2", TRUE);
}

static void
a_ring_of_names_loses_nothing (void)
{
  g_autoptr (Case) c = case_new ();
  g_autoptr (McMerge) merge = NULL;

  sets (add (c, "a1", 10), "beds", 100, "b1");
  sets (add (c, "b1", 20), "beds", 110, "a1");
  merge = merged (c);
  assert_field (merge, "beds", 110, "a1 b1", TRUE);
}

static void
a_line_that_names_itself_stays (void)
{
  g_autoptr (Case) c = case_new ();
  g_autoptr (McMerge) merge = NULL;

  sets (add (c, "a1", 10), "beds", 100, "a1");
  merge = merged (c);
  assert_field (merge, "beds", 100, "a1", FALSE);
}

static void
refused_lines_have_no_effect (void)
{
  g_autoptr (Case) c = case_new ();
  g_autoptr (McMerge) merge = NULL;
  McChange *b1 = add (c, "b1", 20);

  sets (add (c, "a1", 10), "beds", 100, NULL);
  sets (b1, "beds", 130, "a1");
  sets (b1, "extra", 1, NULL);
  refuse (c, "b1");
  merge = merged (c);
  assert_field (merge, "beds", 100, "a1", FALSE);
  g_assert_null (mc_merge_field (merge, "extra"));
  assert_lines (merge->refused, "b1");
}

static void
names_go_through_refused_lines (void)
{
  g_autoptr (Case) c = case_new ();
  g_autoptr (McMerge) merge = NULL;

  sets (add (c, "a1", 10), "beds", 100, NULL);
  sets (add (c, "b1", 20), "beds", 110, "a1");
  sets (add (c, "b2", 21), "beds", 120, "b1");
  sets (add (c, "b3", 22), "beds", 130, "b2");
  refuse (c, "b1");
  refuse (c, "b2");
  merge = merged (c);
  assert_field (merge, "beds", 130, "b3", FALSE);
  assert_lines (merge->refused, "b1 b2");
}

static void
who_named_a_refused_creation_is_a_creation (void)
{
  g_autoptr (Case) c = case_new ();
  g_autoptr (McMerge) merge = NULL;

  sets (add (c, "a1", 10), "beds", 100, NULL);
  sets (add (c, "a2", 11), "beds", 101, "a1");
  sets (add (c, "b1", 20), "beds", 99, NULL);
  sets (add (c, "b2", 21), "beds", 100, "b1");
  refuse (c, "b1");
  merge = merged (c);
  assert_field (merge, "beds", 101, "a2", FALSE);
}

static void
refused_lines_in_a_ring_end (void)
{
  g_autoptr (Case) c = case_new ();
  g_autoptr (McMerge) merge = NULL;

  sets (add (c, "a1", 10), "beds", 100, NULL);
  sets (add (c, "b1", 20), "beds", 110, "b2 a1");
  sets (add (c, "b2", 21), "beds", 120, "b1");
  sets (add (c, "b3", 22), "beds", 130, "b2");
  refuse (c, "b1");
  refuse (c, "b2");
  merge = merged (c);
  assert_field (merge, "beds", 130, "b3", FALSE);
}

/* a1, a2 by A; B edits without having seen A's seal a3. */
static Case *
sealed_case (void)
{
  Case *c = case_new ();

  sets (add (c, "a1", 10), "beds", 100, NULL);
  sets (add (c, "a2", 20), "beds", 110, "a1");
  seals (add (c, "a3", 30), "a2");
  sets (add (c, "b1", 25), "beds", 120, "a2");
  return c;
}

static void
changes_after_a_seal_are_late (void)
{
  g_autoptr (Case) c = sealed_case ();
  g_autoptr (McMerge) merge = merged (c);

  assert_field (merge, "beds", 110, "a2", FALSE);
  assert_lines (merge->late, "b1");
  g_assert_true (merge->seal == c->lines->pdata[2]);
  g_assert_false (mc_merge_has_conflict (merge));
}

static void
changes_in_the_past_of_a_seal_count (void)
{
  g_autoptr (Case) c = sealed_case ();
  g_autoptr (McMerge) merge = NULL;
  McChange *seal = c->lines->pdata[2];

  g_free (seal->seal->heads);
  seal->seal->heads = refs_from ("a2 b1", &seal->seal->n_heads);
  merge = merged (c);
  assert_field (merge, "beds", 120, "b1", FALSE);
  assert_lines (merge->late, NULL);
}

static void
amendments_count (void)
{
  g_autoptr (Case) c = sealed_case ();
  g_autoptr (McMerge) merge = NULL;
  McChange *a4 = add (c, "a4", 40);

  sets (a4, "beds", 115, "a2");
  amends (a4, "a3");
  merge = merged (c);
  assert_field (merge, "beds", 115, "a4", FALSE);
  assert_lines (merge->late, "b1");
}

static void
late_changes_are_taken_in (void)
{
  g_autoptr (Case) c = sealed_case ();
  g_autoptr (McMerge) merge = NULL;
  McChange *a4 = add (c, "a4", 40);

  sets (a4, "beds", 120, "a2 b1");
  amends (a4, "a3");
  merge = merged (c);
  assert_field (merge, "beds", 120, "a4", FALSE);
  assert_lines (merge->late, NULL);
  assert_lines (merge->set_aside, NULL);
}

static void
late_changes_are_set_aside (void)
{
  g_autoptr (Case) c = sealed_case ();
  g_autoptr (McMerge) merge = NULL;

  puts_aside (add (c, "a4", 40), "b1");
  merge = merged (c);
  assert_field (merge, "beds", 110, "a2", FALSE);
  assert_lines (merge->late, NULL);
  assert_lines (merge->set_aside, "b1");
}

static void
a_late_line_resolves_nothing (void)
{
  g_autoptr (Case) c = sealed_case ();
  g_autoptr (McMerge) merge = NULL;
  McChange *b2 = add (c, "b2", 40);

  sets (b2, "beds", 125, "b1");
  puts_aside (b2, "b1");
  merge = merged (c);
  assert_lines (merge->late, "b1 b2");
  assert_lines (merge->set_aside, NULL);
}

static void
lines_that_set_nothing_are_never_late (void)
{
  g_autoptr (Case) c = sealed_case ();
  g_autoptr (McMerge) merge = NULL;
  McChange *b2 = add (c, "b2", 50);

  b2->erases = MC_ERASES_SEALED;
  g_strlcpy (b2->erases_digest, HEX, sizeof b2->erases_digest);
  b2->erases_reason = g_strdup ("asked for");
  merge = merged (c);
  assert_lines (merge->late, "b1");
}

static void
an_amendment_of_an_older_seal_is_late_for_a_newer (void)
{
  g_autoptr (Case) c = sealed_case ();
  g_autoptr (McMerge) merge = NULL;
  McChange *c1 = add (c, "c1", 60);

  seals (add (c, "a4", 50), "a3"); /* knows a3, not c1 */
  sets (c1, "beds", 140, "a2");
  amends (c1, "a3");
  merge = merged (c);
  assert_field (merge, "beds", 110, "a2", FALSE);
  assert_lines (merge->late, "b1 c1");
}

static void
an_amendment_of_a_newer_seal_amends_the_older (void)
{
  g_autoptr (Case) c = sealed_case ();
  g_autoptr (McMerge) merge = NULL;
  McChange *c1 = add (c, "c1", 60);

  seals (add (c, "a4", 50), "a3");
  sets (c1, "beds", 140, "a2");
  amends (c1, "a4");
  merge = merged (c);
  assert_field (merge, "beds", 140, "c1", FALSE);
  assert_lines (merge->late, "b1");
  g_assert_true (merge->seal == c->lines->pdata[5]);
  g_assert_false (merge->seal_conflict);
}

static void
seals_that_do_not_know_each_other_conflict (void)
{
  g_autoptr (Case) c = case_new ();
  g_autoptr (McMerge) merge = NULL;

  sets (add (c, "a1", 10), "beds", 100, NULL);
  seals (add (c, "a2", 40), "a1");
  seals (add (c, "b1", 30), "a1");
  merge = merged (c);
  g_assert_true (merge->seal_conflict);
  g_assert_true (mc_merge_has_conflict (merge));
  g_assert_true (merge->seal == c->lines->pdata[1]);
  assert_field (merge, "beds", 100, "a1", FALSE);
}

static void
a_seal_that_knows_both_ends_the_conflict (void)
{
  g_autoptr (Case) c = case_new ();
  g_autoptr (McMerge) merge = NULL;

  sets (add (c, "a1", 10), "beds", 100, NULL);
  seals (add (c, "a2", 40), "a1");
  seals (add (c, "b1", 30), "a1");
  seals (add (c, "c1", 20), "a2 b1");
  merge = merged (c);
  g_assert_false (merge->seal_conflict);
  g_assert_true (merge->seal == c->lines->pdata[3]);
}

static void
refused_seals_seal_nothing (void)
{
  g_autoptr (Case) c = sealed_case ();
  g_autoptr (McMerge) merge = NULL;

  refuse (c, "a3");
  merge = merged (c);
  g_assert_null (merge->seal);
  assert_field (merge, "beds", 120, "b1", FALSE);
  assert_lines (merge->late, NULL);
}

static void
parts_are_sealed_by_their_root (void)
{
  g_autoptr (Case) c = case_new ();
  g_autoptr (McMerge) merge = NULL;

  sets (add (c, "a1", 10), "value", 1, NULL);
  sets (add (c, "b1", 90), "value", 2, "a1");
  g_ptr_array_add (c->seals, new_change ("a2", 40));
  seals (c->seals->pdata[0], "a1");
  merge = merged (c);
  assert_field (merge, "value", 1, "a1", FALSE);
  assert_lines (merge->late, "b1");
  g_assert_true (merge->seal == c->seals->pdata[0]);
}

static void
a_line_given_twice_counts_once (void)
{
  g_autoptr (Case) c = sealed_case ();
  g_autoptr (GPtrArray) twice = g_ptr_array_new ();
  g_autoptr (McMerge) merge = NULL;

  for (guint i = 0; i < 2 * c->lines->len; i++)
    g_ptr_array_add (twice, c->lines->pdata[i % c->lines->len]);
  merge = merge_array (c, twice);
  check_with_oracle (c, merge);
}

static void
a_seal_knows_its_past (void)
{
  g_autoptr (Case) c = case_new ();
  McChange *seal = add (c, "b9", 1);
  static const struct { const char *name; gboolean known; } cases[] = {
    { "a1", FALSE }, { "b1", TRUE }, { "b7", TRUE }, { "b8", FALSE }, { "b9", FALSE }, { "c1", FALSE },
    { "d1", TRUE }, { "d100", TRUE }, { "d101", FALSE }, { "e1", FALSE },
  };

  seals (seal, "b7 d9 d100");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      McRef ref = ref_from (cases[i].name);

      g_assert_cmpint (mc_seal_knows (seal, &ref), ==, cases[i].known);
    }
}

/* --- random schedules ------------------------------------------------------------------------------------------ */

#define MAX_DEVICES 4

typedef struct
{
  GRand *rand;
  Case *c;
  gboolean part; /* seals are lines of the root, given beside */
  guint n_devices;
  guint known[MAX_DEVICES][MAX_DEVICES]; /* how many lines of the second the first holds */
} Schedule;

static char *
random_name (Schedule *s)
{
  guint device = below (s->rand, s->n_devices);

  /* mostly a line there is, now and then one that nobody wrote (yet) */
  return g_strdup_printf ("%c%u", 'a' + (char) device, 1 + below (s->rand, s->known[device][device] + 2));
}

static gboolean
holds (const Schedule *s,
       guint           device,
       const McChange *change)
{
  return change->seq <= s->known[device][change->device[35] - 'a'];
}

static McMerge *
view (const Schedule *s,
      guint           device)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new ();
  g_autoptr (GPtrArray) beside = g_ptr_array_new ();

  for (guint i = 0; i < s->c->lines->len; i++)
    if (holds (s, device, s->c->lines->pdata[i]))
      g_ptr_array_add (lines, s->c->lines->pdata[i]);
  for (guint i = 0; i < s->c->seals->len; i++)
    if (holds (s, device, s->c->seals->pdata[i]))
      g_ptr_array_add (beside, s->c->seals->pdata[i]);
  return mc_merge ((const McChange *const *) lines->pdata, lines->len, (const McChange *const *) beside->pdata, beside->len, s->c->refused);
}

static void
learn (Schedule *s,
       guint     device)
{
  guint from = below (s->rand, s->n_devices);

  for (guint i = 0; i < s->n_devices; i++)
    {
      guint there = s->known[from][i], here = s->known[device][i];

      if (there > here)
        s->known[device][i] = one_in (s->rand, 3) ? here + below (s->rand, there - here + 1) : there;
    }
}

/* What an honest writer names, and now and then something else. */
static char *
random_was (Schedule      *s,
            const McMerge *seen,
            const char    *key,
            gboolean       take_in)
{
  const McMergedField *field = mc_merge_field (seen, key);
  GString *was = g_string_new (NULL);

  if (one_in (s->rand, 8))
    return g_string_free (was, FALSE);
  for (guint i = 0; field && i < field->n_heads; i++)
    if (!one_in (s->rand, 12))
      g_string_append_printf (was, "%c%" G_GUINT64_FORMAT " ", field->heads[i].device[35], field->heads[i].seq);
  for (guint i = 0; take_in && i < seen->late->len; i++)
    {
      const McChange *late = seen->late->pdata[i];

      if (one_in (s->rand, 2))
        g_string_append_printf (was, "%c%" G_GUINT64_FORMAT " ", late->device[35], late->seq);
    }
  if (one_in (s->rand, 12))
    {
      g_autofree char *name = random_name (s);

      g_string_append (was, name);
    }
  return g_string_free (was, FALSE);
}

static void
random_edit (Schedule      *s,
             McChange      *change,
             const McMerge *seen)
{
  static const char *const keys[] = { "area", "beds", "beds_2" };
  gboolean amending = seen->seal && !one_in (s->rand, 3);
  guint n = 1 + below (s->rand, 2);

  if (amending)
    {
      g_autofree char *name = one_in (s->rand, 6) ? random_name (s) : g_strdup_printf ("%c%" G_GUINT64_FORMAT, seen->seal->device[35], seen->seal->seq);

      amends (change, name);
    }
  for (guint i = 0; i < n; i++)
    {
      const char *key = keys[below (s->rand, G_N_ELEMENTS (keys))];
      g_autofree char *was = random_was (s, seen, key, amending);

      sets (change, key, below (s->rand, 3), was);
    }
  if (one_in (s->rand, 5))
    change->fields[0].value = (McValue) MC_VALUE_INIT;
}

static void
random_seal (Schedule *s,
             McChange *change,
             guint     device)
{
  g_autoptr (GString) heads = g_string_new (NULL);

  for (guint i = 0; i < s->n_devices; i++)
    {
      guint last = s->known[device][i];

      if (one_in (s->rand, 10)) /* a frontier that is not true */
        last = below (s->rand, 12);
      if (last > 0)
        g_string_append_printf (heads, "%c%u ", 'a' + (char) i, last);
    }
  seals (change, heads->len ? heads->str : "a1");
}

static void
random_aside (Schedule      *s,
              McChange      *change,
              const McMerge *seen)
{
  g_autofree char *name = random_name (s);

  if (seen->late->len > 0 && !one_in (s->rand, 4))
    {
      const McChange *late = seen->late->pdata[below (s->rand, seen->late->len)];

      g_free (name);
      name = g_strdup_printf ("%c%" G_GUINT64_FORMAT, late->device[35], late->seq);
    }
  puts_aside (change, name);
}

static void
random_step (Schedule *s)
{
  guint device = below (s->rand, s->n_devices);
  g_autoptr (McMerge) seen = NULL;
  g_autofree char *name = NULL;
  gboolean sealing = one_in (s->rand, 6);
  McChange *change;

  while (one_in (s->rand, 2))
    learn (s, device);
  seen = view (s, device);
  name = g_strdup_printf ("%c%u", 'a' + (char) device, s->known[device][device] + 1);
  change = new_change (name, below (s->rand, 6));
  if (sealing)
    random_seal (s, change, device);
  else if (one_in (s->rand, 6))
    random_aside (s, change, seen);
  if (!one_in (s->rand, sealing || change->aside.seq ? 2 : 20))
    {
      if (!sealing || !s->part)
        random_edit (s, change, seen);
    }
  if (one_in (s->rand, 12))
    {
      g_autofree char *victim = random_name (s);

      refuse (s->c, victim);
    }
  s->known[device][device]++;
  g_ptr_array_add (sealing && s->part ? s->c->seals : s->c->lines, change);
}

static void
shuffle (GRand     *rand,
         GPtrArray *array)
{
  for (guint i = array->len; i > 1; i--)
    {
      guint j = below (rand, i);
      gpointer kept = array->pdata[i - 1];

      array->pdata[i - 1] = array->pdata[j];
      array->pdata[j] = kept;
    }
}

static void
describe_lines (GString         *out,
                const char      *what,
                const GPtrArray *lines)
{
  g_string_append (out, what);
  for (guint i = 0; i < lines->len; i++)
    {
      g_autofree char *name = oracle_name (lines->pdata[i]);

      g_string_append_printf (out, " %s", name);
    }
  g_string_append_c (out, '\n');
}

/* All that a merge says, as text. */
static char *
describe (const McMerge *merge)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < merge->n_fields; i++)
    {
      const McMergedField *field = &merge->fields[i];

      g_string_append_printf (out, "%s %d %" G_GINT64_FORMAT " %d", field->key, field->value.type, field->value.integer, field->conflict);
      for (guint h = 0; h < field->n_heads; h++)
        g_string_append_printf (out, " %s:%" G_GUINT64_FORMAT, field->heads[h].device, field->heads[h].seq);
      g_string_append_c (out, '\n');
    }
  describe_lines (out, "late", merge->late);
  describe_lines (out, "aside", merge->set_aside);
  describe_lines (out, "refused", merge->refused);
  g_string_append_printf (out, "seal %s:%d %d\n", merge->seal ? merge->seal->device : "-", merge->seal ? (int) merge->seal->seq : 0, merge->seal_conflict);
  return g_string_free (out, FALSE);
}

typedef struct
{
  guint conflicts, late, aside, refused, seals, seal_conflicts;
} Seen;

static void
count (Seen          *seen,
       const McMerge *merge)
{
  seen->conflicts += mc_merge_has_conflict (merge) && !merge->seal_conflict;
  seen->late += merge->late->len > 0;
  seen->aside += merge->set_aside->len > 0;
  seen->refused += merge->refused->len > 0;
  seen->seals += merge->seal != NULL;
  seen->seal_conflicts += merge->seal_conflict;
}

static void
run_schedule (GRand *rand,
              Seen  *seen)
{
  g_autoptr (Case) c = case_new ();
  Schedule s = { rand, c, one_in (rand, 3), 1 + below (rand, MAX_DEVICES), { { 0 } } };
  g_autoptr (McMerge) merge = NULL;
  g_autofree char *said = NULL;
  guint n = 1 + below (rand, 18);

  for (guint i = 0; i < n; i++)
    random_step (&s);
  merge = merged (c);
  count (seen, merge);
  said = describe (merge);
  for (guint i = 0; i < 5; i++)
    {
      g_autoptr (McMerge) again = NULL;
      g_autofree char *said_again = NULL;

      shuffle (rand, c->lines);
      shuffle (rand, c->seals);
      again = merge_array (c, c->lines);
      said_again = describe (again);
      g_assert_cmpstr (said_again, ==, said);
    }
}

static void
random_schedules_follow_the_rules (void)
{
  g_autoptr (GRand) rand = seeded_rand ();
  guint n = g_test_slow () ? 100000 : 3000;
  Seen seen = { 0 };

  for (guint i = 0; i < n; i++)
    run_schedule (rand, &seen);
  g_test_message ("of %u: %u with conflicts, %u late, %u set aside, %u refused, %u sealed, %u with seal conflicts", n, seen.conflicts, seen.late,
                  seen.aside, seen.refused, seen.seals, seen.seal_conflicts);
  /* The schedules reach what they are for. */
  g_assert_cmpuint (MIN (MIN (seen.conflicts, seen.late), MIN (seen.refused, seen.seals)), >, n / 10);
  g_assert_cmpuint (MIN (seen.aside, seen.seal_conflicts), >, n / 50);
}

/* A hostile history of many lines stays quick: every line refused but the last, each naming the one before; and equal creations. */
static void
long_histories_stay_quick (void)
{
  g_autoptr (Case) c = case_new ();
  g_autoptr (Case) creations = case_new ();
  g_autoptr (McMerge) merge = NULL;
  g_autoptr (McMerge) second = NULL;
  const guint n = 20000;

  for (guint i = 1; i <= n; i++)
    {
      g_autofree char *name = g_strdup_printf ("a%u", i);
      g_autofree char *before = g_strdup_printf ("a%u", i - 1);

      sets (add (c, name, i), "beds", i, i > 1 ? before : NULL);
      if (i > 1 && i < n)
        refuse (c, name);
      sets (add (creations, name, i), "beds", i % 500, i % 3 ? NULL : before);
    }
  merge = merge_array (c, c->lines);
  g_assert_cmpuint (merge->refused->len, ==, n - 2);
  assert_field (merge, "beds", n, "a20000", FALSE);
  second = merge_array (creations, creations->lines);
  g_assert_true (mc_merge_has_conflict (second));
}

/* --- what is made of a merge ------------------------------------------------------------------------------------ */

static const McField place_fields[] = {
  { "beds", MC_FIELD_INTEGER, "Beds", 0, NULL },
  { "name", MC_FIELD_TEXT, "Name", 0, NULL },
  { "open", MC_FIELD_BOOLEAN, "Open", 0, NULL },
  { "phone", MC_FIELD_TEXT, "Phone", MC_FIELD_PERSONAL, NULL },
  { "area", MC_FIELD_TEXT, "Area", 0, NULL },
};
static const McEntity place = { "place", "Place", NULL, NULL, place_fields, G_N_ELEMENTS (place_fields) };
static const McEntity place_class = { "place_class", "Class", "place", "place", place_fields, G_N_ELEMENTS (place_fields) };

static void
records_show_values_and_state (void)
{
  g_autoptr (Case) c = sealed_case ();
  g_autoptr (McMerge) merge = NULL;
  g_autoptr (McMerge) conflicting = NULL;
  g_autoptr (McRecord) record = NULL;
  g_autoptr (McRecord) second = NULL;
  guint n_heads = 0;

  merge = merged (c);
  record = mc_merge_to_record (merge, &place, RECORD);
  g_assert_cmpstr (mc_record_get_id (record), ==, RECORD);
  g_assert_cmpint (mc_record_get_integer (record, "beds", 0), ==, 110);
  g_assert_cmpuint (mc_record_get_heads (record, "beds", &n_heads)->seq, ==, 2);
  g_assert_cmpuint (n_heads, ==, 1);
  g_assert_true (mc_record_is_null (record, "name"));
  g_assert_cmpint (mc_record_get_state (record), ==, MC_RECORD_SEALED | MC_RECORD_LATE);

  g_ptr_array_remove_index (c->lines, 2);
  sets (add (c, "c1", 99), "beds", 7, "a1");
  sets (add (c, "c2", 99), "colour", 7, NULL);
  conflicting = merged (c);
  second = mc_merge_to_record (conflicting, &place, RECORD);
  g_assert_true (mc_record_field_in_conflict (second, "beds"));
  g_assert_false (mc_record_field_in_conflict (second, "name"));
  g_assert_cmpint (mc_record_get_state (second), ==, MC_RECORD_CONFLICT | MC_RECORD_UNKNOWN_FIELDS);
}

static void
canonical_text_has_a_known_answer (void)
{
  static const char expected[] =
    "mingcha-record/1\n"
    "place\t" RECORD "\tarea\tsealed:" HEX "\n"
    "place\t" RECORD "\tbeds\t-130\n"
    "place\t" RECORD "\tbeds_2\t2\n"
    "place\t" RECORD "\tname\ta\\\\b\\tc\\nd\n"
    "place\t" RECORD "\topen\ttrue\n"
    "place_class\t" DEVICE_STEM "1\tbeds\t3\n"
    "place_class\t" DEVICE_STEM "2\tbeds\t4\n";
  g_autoptr (Case) root = case_new ();
  g_autoptr (Case) one = case_new ();
  g_autoptr (Case) two = case_new ();
  g_autoptr (McMerge) root_merge = NULL;
  g_autoptr (McMerge) one_merge = NULL;
  g_autoptr (McMerge) two_merge = NULL;
  const McMerge *merges[3];
  const McEntity *entities[] = { &place_class, &place, &place_class };
  const char *ids[] = { DEVICE_STEM "2", RECORD, DEVICE_STEM "1" };
  g_autofree char *text = NULL;
  g_auto (McValue) name = MC_VALUE_INIT;
  g_auto (McValue) sealed = MC_VALUE_INIT;
  McValue yes, null_value = MC_VALUE_INIT;
  McChange *change = add (root, "a1", 1);
  McDigest digest;
  char hex[65];

  mc_value_init_text (&name, "a\\b\tc\nd");
  mc_value_init_sealed (&sealed, HEX);
  mc_value_init_boolean (&yes, TRUE);
  mc_change_add_field (change, "name", &name, NULL, 0);
  mc_change_add_field (change, "area", &sealed, NULL, 0);
  mc_change_add_field (change, "open", &yes, NULL, 0);
  mc_change_add_field (change, "phone", &null_value, NULL, 0);
  sets (change, "beds", -130, NULL);
  sets (change, "beds_2", 2, NULL);
  sets (add (one, "a2", 1), "beds", 3, NULL);
  sets (add (two, "a3", 1), "beds", 4, NULL);
  merges[0] = two_merge = merged (two);
  merges[1] = root_merge = merged (root);
  merges[2] = one_merge = merged (one);

  text = mc_canonical_text (merges, entities, ids, 3);
  g_assert_cmpstr (text, ==, expected);
  mc_digest_of (text, strlen (text), &digest);
  mc_digest_to_hex (&digest, hex);
  g_assert_cmpstr (hex, ==, "9a0df2e4b48fc6c2b365ae4eb7252e1074738b9a78acb0465aa3ef2131a1fd61");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define CASE(path, function) g_test_add_func ("/merge/" path, function)
  CASE ("no-lines-give-nothing", no_lines_give_nothing);
  CASE ("one-line-is-the-record", one_line_is_the_record);
  CASE ("a-change-replaces-what-it-names", a_change_replaces_what_it_names);
  CASE ("different-heads-are-a-conflict", different_heads_are_a_conflict);
  CASE ("equal-times-show-the-later-device", equal_times_show_the_later_device);
  CASE ("equal-heads-are-no-conflict", equal_heads_are_no_conflict);
  CASE ("different-fields-never-conflict", different_fields_never_conflict);
  CASE ("a-pick-ends-a-conflict", a_pick_ends_a_conflict);
  CASE ("a-name-counts-for-its-field-only", a_name_counts_for_its_field_only);
  CASE ("equal-creations-give-way", equal_creations_give_way);
  CASE ("unequal-creations-conflict", unequal_creations_conflict);
  CASE ("only-creations-give-way", only_creations_give_way);
  CASE ("a-ring-of-names-loses-nothing", a_ring_of_names_loses_nothing);
  CASE ("a-line-that-names-itself-stays", a_line_that_names_itself_stays);
  CASE ("refused-lines-have-no-effect", refused_lines_have_no_effect);
  CASE ("names-go-through-refused-lines", names_go_through_refused_lines);
  CASE ("who-named-a-refused-creation-is-a-creation", who_named_a_refused_creation_is_a_creation);
  CASE ("refused-lines-in-a-ring-end", refused_lines_in_a_ring_end);
  CASE ("changes-after-a-seal-are-late", changes_after_a_seal_are_late);
  CASE ("changes-in-the-past-of-a-seal-count", changes_in_the_past_of_a_seal_count);
  CASE ("amendments-count", amendments_count);
  CASE ("late-changes-are-taken-in", late_changes_are_taken_in);
  CASE ("late-changes-are-set-aside", late_changes_are_set_aside);
  CASE ("a-late-line-resolves-nothing", a_late_line_resolves_nothing);
  CASE ("lines-that-set-nothing-are-never-late", lines_that_set_nothing_are_never_late);
  CASE ("an-amendment-of-an-older-seal-is-late-for-a-newer", an_amendment_of_an_older_seal_is_late_for_a_newer);
  CASE ("an-amendment-of-a-newer-seal-amends-the-older", an_amendment_of_a_newer_seal_amends_the_older);
  CASE ("seals-that-do-not-know-each-other-conflict", seals_that_do_not_know_each_other_conflict);
  CASE ("a-seal-that-knows-both-ends-the-conflict", a_seal_that_knows_both_ends_the_conflict);
  CASE ("refused-seals-seal-nothing", refused_seals_seal_nothing);
  CASE ("parts-are-sealed-by-their-root", parts_are_sealed_by_their_root);
  CASE ("a-line-given-twice-counts-once", a_line_given_twice_counts_once);
  CASE ("a-seal-knows-its-past", a_seal_knows_its_past);
  CASE ("random-schedules-follow-the-rules", random_schedules_follow_the_rules);
  CASE ("long-histories-stay-quick", long_histories_stay_quick);
  CASE ("records-show-values-and-state", records_show_values_and_state);
  CASE ("canonical-text-has-a-known-answer", canonical_text_has_a_known_answer);
#undef CASE
  return g_test_run ();
}
