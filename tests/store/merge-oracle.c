/* SPDX-License-Identifier: GPL-3.0-or-later
 * The plainest merge. */
#include "merge-oracle.h"

#include <string.h>

static char *
name_of_ref (const McRef *ref)
{
  return g_strdup_printf ("%s:%" G_GUINT64_FORMAT, ref->device, ref->seq);
}

char *
oracle_name (const McChange *change)
{
  return g_strdup_printf ("%s:%" G_GUINT64_FORMAT, change->device, change->seq);
}

static GHashTable *
new_set (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

static gboolean
same_line (const McChange *a,
           const McChange *b)
{
  return a->seq == b->seq && g_str_equal (a->device, b->device);
}

static const McChange *
find (const Oracle *oracle,
      const char   *name)
{
  for (guint i = 0; i < oracle->lines->len; i++)
    {
      const McChange *change = oracle->lines->pdata[i];

      if (g_str_has_prefix (name, change->device) && g_ascii_strtoull (name + 37, NULL, 10) == change->seq)
        return change;
    }
  return NULL;
}

static gboolean
refused (const Oracle   *oracle,
         const McChange *change)
{
  g_autofree char *name = oracle_name (change);

  return g_hash_table_contains (oracle->refused, name);
}

/* Rule 1: what @change names for @key, replacing refused lines by what they name until nothing is left to replace. */
static GHashTable *
names (const Oracle   *oracle,
       const McChange *change,
       const char     *key)
{
  GHashTable *set = new_set ();
  g_autoptr (GHashTable) gone = new_set ();
  const McFieldChange *field = mc_change_field (change, key);
  gboolean again = TRUE;

  for (guint i = 0; field && i < field->n_was; i++)
    g_hash_table_add (set, name_of_ref (&field->was[i]));
  while (again)
    {
      g_autoptr (GList) members = g_hash_table_get_keys (set);

      again = FALSE;
      for (GList *m = members; m && !again; m = m->next)
        {
          const McChange *line = find (oracle, m->data);
          const McFieldChange *through;

          if (!line || !refused (oracle, line))
            continue;
          again = TRUE;
          through = mc_change_field (line, key);
          g_hash_table_add (gone, g_strdup (m->data));
          g_hash_table_remove (set, m->data);
          for (guint i = 0; through && i < through->n_was; i++)
            {
              char *name = name_of_ref (&through->was[i]);

              if (g_hash_table_contains (gone, name))
                g_free (name);
              else
                g_hash_table_add (set, name);
            }
        }
    }
  return set;
}

static GPtrArray *
all_seals (const Oracle *oracle)
{
  GPtrArray *seals = g_ptr_array_new ();

  for (guint source = 0; source < 2; source++)
    {
      GPtrArray *from = source ? oracle->seals : oracle->lines;

      for (guint i = 0; i < from->len; i++)
        {
          McChange *change = from->pdata[i];
          gboolean there = FALSE;

          for (guint j = 0; j < seals->len; j++)
            there |= same_line (seals->pdata[j], change);
          if (change->seal && !refused (oracle, change) && !there)
            g_ptr_array_add (seals, change);
        }
    }
  return seals;
}

static gboolean
in_past (const McChange *seal,
         const McChange *change)
{
  for (guint i = 0; i < seal->seal->n_heads; i++)
    if (g_str_equal (seal->seal->heads[i].device, change->device) && change->seq <= seal->seal->heads[i].seq)
      return TRUE;
  return FALSE;
}

static gboolean
amends (const McChange *change,
        const McChange *seal)
{
  return change->amends.seq == seal->seq && g_str_equal (change->amends.device, seal->device);
}

/* Rule 2. */
static gboolean
late (const Oracle   *oracle,
      const McChange *change)
{
  g_autoptr (GPtrArray) seals = all_seals (oracle);

  if (change->seal || change->n_fields == 0 || refused (oracle, change))
    return FALSE;
  for (guint s = 0; s < seals->len; s++)
    {
      gboolean excused = in_past (seals->pdata[s], change) || amends (change, seals->pdata[s]);

      for (guint t = 0; t < seals->len; t++)
        if (in_past (seals->pdata[t], seals->pdata[s]) && amends (change, seals->pdata[t]))
          excused = TRUE;
      if (!excused)
        return TRUE;
    }
  return FALSE;
}

static gboolean
in_effect (const Oracle   *oracle,
           const McChange *change)
{
  return !refused (oracle, change) && !late (oracle, change);
}

static gboolean
sets_in_effect (const Oracle   *oracle,
                const McChange *change,
                const char     *key)
{
  return in_effect (oracle, change) && mc_change_field (change, key);
}

/* Does a line in effect other than @change name it for @key? */
static gboolean
named (const Oracle   *oracle,
       const McChange *change,
       const char     *key)
{
  g_autofree char *name = oracle_name (change);

  for (guint i = 0; i < oracle->lines->len; i++)
    {
      const McChange *other = oracle->lines->pdata[i];
      g_autoptr (GHashTable) set = NULL;

      if (!sets_in_effect (oracle, other, key) || same_line (other, change))
        continue;
      set = names (oracle, other, key);
      if (g_hash_table_contains (set, name))
        return TRUE;
    }
  return FALSE;
}

static gboolean
created (const Oracle   *oracle,
         const McChange *change,
         const char     *key)
{
  g_autoptr (GHashTable) set = names (oracle, change, key);

  return g_hash_table_size (set) == 0;
}

/* Rule 3. */
static gboolean
is_head (const Oracle   *oracle,
         const McChange *change,
         const char     *key)
{
  if (!sets_in_effect (oracle, change, key) || named (oracle, change, key))
    return FALSE;
  if (!created (oracle, change, key))
    return TRUE;
  for (guint i = 0; i < oracle->lines->len; i++)
    {
      const McChange *other = oracle->lines->pdata[i];

      if (!same_line (other, change) && sets_in_effect (oracle, other, key) && created (oracle, other, key) &&
          named (oracle, other, key) &&
          mc_value_equal (&mc_change_field (other, key)->value, &mc_change_field (change, key)->value))
        return FALSE;
    }
  return TRUE;
}

GHashTable *
oracle_heads (const Oracle *oracle,
              const char   *key)
{
  GHashTable *heads = new_set ();

  for (guint i = 0; i < oracle->lines->len; i++)
    if (is_head (oracle, oracle->lines->pdata[i], key))
      g_hash_table_add (heads, oracle_name (oracle->lines->pdata[i]));
  for (guint i = 0; g_hash_table_size (heads) == 0 && i < oracle->lines->len; i++)
    for (guint j = 0; j < oracle->lines->len; j++)
      if (sets_in_effect (oracle, oracle->lines->pdata[j], key))
        g_hash_table_add (heads, oracle_name (oracle->lines->pdata[j]));
  return heads;
}

static gboolean
taken_in (const Oracle   *oracle,
          const McChange *change)
{
  g_autofree char *name = oracle_name (change);

  for (guint i = 0; i < oracle->lines->len; i++)
    {
      const McChange *other = oracle->lines->pdata[i];

      if (!in_effect (oracle, other))
        continue;
      for (guint f = 0; f < other->n_fields; f++)
        {
          g_autoptr (GHashTable) set = names (oracle, other, other->fields[f].key);

          if (g_hash_table_contains (set, name))
            return TRUE;
        }
    }
  return FALSE;
}

static gboolean
set_aside (const Oracle   *oracle,
           const McChange *change)
{
  for (guint i = 0; i < oracle->lines->len; i++)
    {
      const McChange *other = oracle->lines->pdata[i];

      if (in_effect (oracle, other) && other->aside.seq == change->seq && g_str_equal (other->aside.device, change->device))
        return TRUE;
    }
  return FALSE;
}

/* 'l': late and open, 'a': set aside, 'r': refused, 't': taken in, ' ': in effect. */
static char
fate (const Oracle   *oracle,
      const McChange *change)
{
  if (refused (oracle, change))
    return 'r';
  if (!late (oracle, change))
    return ' ';
  if (taken_in (oracle, change))
    return 't';
  return set_aside (oracle, change) ? 'a' : 'l';
}

static GHashTable *
with_fate (const Oracle *oracle,
           char          which)
{
  GHashTable *set = new_set ();

  for (guint i = 0; i < oracle->lines->len; i++)
    if (fate (oracle, oracle->lines->pdata[i]) == which)
      g_hash_table_add (set, oracle_name (oracle->lines->pdata[i]));
  return set;
}

GHashTable *
oracle_late (const Oracle *oracle)
{
  return with_fate (oracle, 'l');
}

/* Is @a shown rather than @b? */
static gboolean
later (const McChange *a,
       const McChange *b)
{
  if (a->at != b->at)
    return a->at > b->at;
  if (!g_str_equal (a->device, b->device))
    return strcmp (a->device, b->device) > 0;
  return a->seq > b->seq;
}

/* Rule 5. */
static const McChange *
current_seal (const Oracle *oracle,
              gboolean     *conflict)
{
  g_autoptr (GPtrArray) seals = all_seals (oracle);
  const McChange *top = NULL, *best = NULL, *last = NULL;
  guint n_top = 0;

  for (guint i = 0; i < seals->len; i++)
    {
      const McChange *seal = seals->pdata[i];
      gboolean knows_all = TRUE, known = FALSE;

      for (guint j = 0; j < seals->len; j++)
        if (i != j)
          {
            knows_all &= in_past (seal, seals->pdata[j]);
            known |= in_past (seals->pdata[j], seal);
          }
      if (knows_all)
        {
          top = seal;
          n_top++;
        }
      if (!known && (!best || later (seal, best)))
        best = seal;
      if (!last || later (seal, last))
        last = seal;
    }
  *conflict = seals->len > 0 && n_top != 1;
  return n_top == 1 ? top : best ? best : last;
}

static void
check_lines (const Oracle    *oracle,
             const GPtrArray *given,
             char             which)
{
  g_autoptr (GHashTable) expected = with_fate (oracle, which);

  g_assert_cmpuint (given->len, ==, g_hash_table_size (expected));
  for (guint i = 0; i < given->len; i++)
    {
      g_autofree char *name = oracle_name (given->pdata[i]);

      g_assert_true (g_hash_table_contains (expected, name));
      g_assert_true (i == 0 || later (given->pdata[i], given->pdata[i - 1]));
    }
}

static void
check_field (const Oracle        *oracle,
             const McMergedField *field)
{
  g_autoptr (GHashTable) heads = oracle_heads (oracle, field->key);
  const McChange *shown = NULL;
  gboolean conflict = FALSE;

  g_assert_cmpuint (field->n_heads, >, 0);
  g_assert_cmpuint (field->n_heads, ==, g_hash_table_size (heads));
  for (guint i = 0; i < field->n_heads; i++)
    {
      g_autofree char *name = name_of_ref (&field->heads[i]);
      const McChange *head = find (oracle, name);

      g_assert_true (g_hash_table_contains (heads, name));
      g_assert_true (i == 0 || mc_ref_compare (&field->heads[i - 1], &field->heads[i]) < 0);
      if (shown)
        conflict |= !mc_value_equal (&mc_change_field (shown, field->key)->value, &mc_change_field (head, field->key)->value);
      if (!shown || later (head, shown))
        shown = head;
    }
  g_assert_true (mc_value_equal (&field->value, &mc_change_field (shown, field->key)->value));
  g_assert_cmpint (field->conflict, ==, conflict);
}

void
oracle_check (const Oracle  *oracle,
              const McMerge *merge)
{
  g_autoptr (GHashTable) keys = new_set ();
  const McChange *seal;
  gboolean seal_conflict;

  for (guint i = 0; i < oracle->lines->len; i++)
    {
      const McChange *change = oracle->lines->pdata[i];

      for (guint f = 0; in_effect (oracle, change) && f < change->n_fields; f++)
        g_hash_table_add (keys, g_strdup (change->fields[f].key));
    }
  g_assert_cmpuint (merge->n_fields, ==, g_hash_table_size (keys));
  for (guint i = 0; i < merge->n_fields; i++)
    {
      g_assert_true (g_hash_table_contains (keys, merge->fields[i].key));
      g_assert_true (i == 0 || strcmp (merge->fields[i - 1].key, merge->fields[i].key) < 0);
      check_field (oracle, &merge->fields[i]);
    }
  check_lines (oracle, merge->late, 'l');
  check_lines (oracle, merge->set_aside, 'a');
  check_lines (oracle, merge->refused, 'r');
  seal = current_seal (oracle, &seal_conflict);
  g_assert_true (merge->seal == NULL ? seal == NULL : seal != NULL && same_line (merge->seal, seal));
  g_assert_cmpint (merge->seal_conflict, ==, seal_conflict);
}
