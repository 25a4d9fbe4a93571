/* SPDX-License-Identifier: GPL-3.0-or-later
 * The merge, by the rules of mc-merge.h. Lines are sorted once; most records have one, so that case has its own short way. */
#include "mc-merge.h"

#include <string.h>

/* A line with what the rules make of it. */
typedef struct
{
  const McChange *change;
  gboolean refused;
  gboolean late;
  gboolean taken_in;
  gboolean set_aside;
  guint visit; /* the last walk over refused lines that came here */
} Line;

/* A field as one line in effect sets it. */
typedef struct
{
  const McFieldChange *field;
  guint line;       /* index into lines: ascending within a key */
  gboolean named;   /* another line names it in `was` */
  gboolean created; /* its `was`, after rule 1, is empty */
  gboolean head;
} Setter;

typedef struct
{
  const McRef *refs;
  guint n;
} RefList;

typedef struct
{
  Line *lines; /* by (device, seq), each once */
  guint n_lines;
  guint n_refused;
  const McChange **seals;
  guint n_seals;
  Setter *setters; /* by (key, line) */
  guint n_setters;
  guint visit;
  GHashTable *openings; /* or NULL */
  GArray *pending; /* of RefList: refused lines whose names are to be followed */
} Work;

/* --- references and order --------------------------------------------------------------------------------- */

guint
mc_ref_hash (gconstpointer ref)
{
  const McRef *r = ref;
  guint32 words[9];
  guint hash = (guint) r->seq * 0x9e3779b1u;

  memcpy (words, r->device, sizeof words); /* the 36 characters of a UUID */
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    hash = (hash ^ words[i]) * 0x01000193u;
  return hash ^ (hash >> 15);
}

gboolean
mc_ref_hash_equal (gconstpointer a,
                   gconstpointer b)
{
  return mc_ref_equal (a, b);
}

static int
compare_names (const char *device_a,
               guint64     seq_a,
               const char *device_b,
               guint64     seq_b)
{
  int order = strcmp (device_a, device_b);

  return order != 0 ? order : (seq_a > seq_b) - (seq_a < seq_b);
}

static gboolean
is_named_by (const McChange *change,
             const McRef    *ref)
{
  return ref->seq == change->seq && strcmp (ref->device, change->device) == 0;
}

static McRef
ref_of (const McChange *change)
{
  McRef ref = { { 0 }, change->seq };

  memcpy (ref.device, change->device, sizeof ref.device);
  return ref;
}

static gboolean
is_refused (GHashTable     *refused,
            const McChange *change)
{
  McRef ref;

  if (!refused || g_hash_table_size (refused) == 0)
    return FALSE;
  ref = ref_of (change);
  return g_hash_table_contains (refused, &ref);
}

static int
compare_lines (gconstpointer a,
               gconstpointer b)
{
  const McChange *x = ((const Line *) a)->change;
  const McChange *y = ((const Line *) b)->change;

  return compare_names (x->device, x->seq, y->device, y->seq);
}

/* The order in which changes are shown: by (at, device, seq). */
static int
compare_shown (const McChange *a,
               const McChange *b)
{
  if (a->at != b->at)
    return a->at < b->at ? -1 : 1;
  return compare_names (a->device, a->seq, b->device, b->seq);
}

static int
compare_shown_pointers (gconstpointer a,
                        gconstpointer b)
{
  return compare_shown (*(const McChange *const *) a, *(const McChange *const *) b);
}

static Line *
find_line (const Work  *work,
           const McRef *ref)
{
  guint low = 0, high = work->n_lines;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      const McChange *change = work->lines[middle].change;
      int order = compare_names (change->device, change->seq, ref->device, ref->seq);

      if (order == 0)
        return &work->lines[middle];
      if (order < 0)
        low = middle + 1;
      else
        high = middle;
    }
  return NULL;
}

/* --- seals ------------------------------------------------------------------------------------------------ */

gboolean
mc_seal_knows (const McChange *seal,
               const McRef    *change)
{
  const McSeal *s = seal->seal;
  guint low = 0, high;

  g_return_val_if_fail (s != NULL, FALSE);

  /* The first head from @change on, if it is of the same device, is at or after it. */
  high = s->n_heads;
  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (mc_ref_compare (&s->heads[middle], change) < 0)
        low = middle + 1;
      else
        high = middle;
    }
  return low < s->n_heads && strcmp (s->heads[low].device, change->device) == 0;
}

static gboolean
knows_change (const McChange *seal,
              const McChange *change)
{
  McRef ref = ref_of (change);

  return mc_seal_knows (seal, &ref);
}

static void
add_seal (Work           *work,
          const McChange *change)
{
  for (guint i = 0; i < work->n_seals; i++)
    if (compare_names (work->seals[i]->device, work->seals[i]->seq, change->device, change->seq) == 0)
      return;
  work->seals[work->n_seals++] = change;
}

/* The seals of the record itself and of its root that no verdict refuses, each once. */
static void
collect_seals (Work                  *work,
               const McChange *const *seals,
               guint                  n_seals,
               GHashTable            *refused)
{
  guint n = n_seals;

  for (guint i = 0; i < work->n_lines; i++)
    n += work->lines[i].change->seal != NULL;
  if (n == 0)
    return;

  work->seals = g_new (const McChange *, n);
  for (guint i = 0; i < work->n_lines; i++)
    if (work->lines[i].change->seal && !work->lines[i].refused)
      add_seal (work, work->lines[i].change);
  for (guint i = 0; i < n_seals; i++)
    if (seals[i]->seal && !is_refused (refused, seals[i]))
      add_seal (work, seals[i]);
}

/* Does @change amend @seal, or a seal that knows it? */
static gboolean
amends_seal (const Work     *work,
             const McChange *change,
             const McChange *seal)
{
  if (change->amends.seq == 0)
    return FALSE;
  if (is_named_by (seal, &change->amends))
    return TRUE;
  for (guint i = 0; i < work->n_seals; i++)
    if (is_named_by (work->seals[i], &change->amends))
      return knows_change (work->seals[i], seal);
  return FALSE;
}

/* Rule 2. */
static gboolean
is_late (const Work     *work,
         const McChange *change)
{
  McRef ref = ref_of (change);

  if (change->seal || change->n_fields == 0)
    return FALSE;
  for (guint i = 0; i < work->n_seals; i++)
    if (!mc_seal_knows (work->seals[i], &ref) && !amends_seal (work, change, work->seals[i]))
      return TRUE;
  return FALSE;
}

static gboolean
knows_all_others (const Work *work,
                  guint       seal)
{
  for (guint i = 0; i < work->n_seals; i++)
    if (i != seal && !knows_change (work->seals[seal], work->seals[i]))
      return FALSE;
  return TRUE;
}

static gboolean
is_known_by_another (const Work *work,
                     guint       seal)
{
  for (guint i = 0; i < work->n_seals; i++)
    if (i != seal && knows_change (work->seals[i], work->seals[seal]))
      return TRUE;
  return FALSE;
}

/* Rule 5. */
static void
choose_seal (const Work *work,
             McMerge    *merge)
{
  const McChange *top = NULL, *unknown = NULL, *last = NULL;
  guint n_top = 0;

  for (guint i = 0; i < work->n_seals; i++)
    {
      const McChange *seal = work->seals[i];

      if (knows_all_others (work, i))
        {
          top = seal;
          n_top++;
        }
      if (!is_known_by_another (work, i) && (!unknown || compare_shown (seal, unknown) > 0))
        unknown = seal;
      if (!last || compare_shown (seal, last) > 0)
        last = seal;
    }
  /* Seals in a ring all know each other, or hide each other: no honest program makes them, and they are a conflict. */
  merge->seal_conflict = work->n_seals > 0 && n_top != 1;
  merge->seal = n_top == 1 ? top : unknown ? unknown : last;
}

/* --- heads ------------------------------------------------------------------------------------------------ */

static int
compare_setters (gconstpointer a,
                 gconstpointer b)
{
  const Setter *x = a;
  const Setter *y = b;
  int order = strcmp (x->field->key, y->field->key);

  return order != 0 ? order : (x->line > y->line) - (x->line < y->line);
}

static void
collect_setters (Work *work)
{
  guint n = 0;

  for (guint i = 0; i < work->n_lines; i++)
    if (!work->lines[i].refused && !work->lines[i].late)
      n += work->lines[i].change->n_fields;
  work->setters = g_new0 (Setter, n);
  for (guint i = 0; i < work->n_lines; i++)
    {
      const Line *line = &work->lines[i];

      if (line->refused || line->late)
        continue;
      for (guint f = 0; f < line->change->n_fields; f++)
        {
          work->setters[work->n_setters].field = &line->change->fields[f];
          work->setters[work->n_setters++].line = i;
        }
    }
  if (n > 1)
    qsort (work->setters, n, sizeof (Setter), compare_setters);
}

static Setter *
find_setter (Setter *group,
             guint   n,
             guint   line)
{
  guint low = 0, high = n;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (group[middle].line == line)
        return &group[middle];
      if (group[middle].line < line)
        low = middle + 1;
      else
        high = middle;
    }
  return NULL;
}

/* Marks what @refs name; a refused line among them is put on the list, to be followed. FALSE if nothing is named. */
static gboolean
name_refs (Work   *work,
           Setter *group,
           guint   n,
           Setter *setter,
           RefList list)
{
  gboolean any = FALSE;

  for (guint i = 0; i < list.n; i++)
    {
      Line *line = find_line (work, &list.refs[i]);
      Setter *named;

      if (line && line->refused)
        {
          const McFieldChange *field = mc_change_field (line->change, setter->field->key);

          if (field && line->visit != work->visit)
            {
              RefList next = { field->was, field->n_was };

              g_array_append_val (work->pending, next);
            }
          line->visit = work->visit;
          continue;
        }
      any = TRUE;
      if (!line)
        continue;
      if (line->late)
        line->taken_in = TRUE;
      named = line->late ? NULL : find_setter (group, n, (guint) (line - work->lines));
      if (named && named != setter)
        named->named = TRUE;
    }
  return any;
}

/* Rule 1: what a line names, through refused lines. */
static void
follow_names (Work   *work,
              Setter *group,
              guint   n,
              Setter *setter)
{
  RefList list = { setter->field->was, setter->field->n_was };
  gboolean any;

  work->visit++;
  any = name_refs (work, group, n, setter, list);
  while (work->pending && work->pending->len > 0)
    {
      list = g_array_index (work->pending, RefList, work->pending->len - 1);
      g_array_set_size (work->pending, work->pending->len - 1);
      any |= name_refs (work, group, n, setter, list);
    }
  setter->created = !any;
}

static int
compare_values (gconstpointer a,
                gconstpointer b)
{
  return mc_value_compare (*(const McValue *const *) a, *(const McValue *const *) b);
}

/* The second half of rule 3: a creation gives way where an equal creation was replaced. Returns how many heads went. */
static guint
drop_equal_creations (Setter *group,
                      guint   n)
{
  g_autofree const McValue **replaced = NULL;
  guint n_replaced = 0, n_dropped = 0;

  for (guint i = 0; i < n; i++)
    n_replaced += group[i].created && group[i].named;
  if (n_replaced == 0)
    return 0;

  replaced = g_new (const McValue *, n_replaced);
  n_replaced = 0;
  for (guint i = 0; i < n; i++)
    if (group[i].created && group[i].named)
      replaced[n_replaced++] = &group[i].field->value;
  qsort (replaced, n_replaced, sizeof *replaced, compare_values);
  for (guint i = 0; i < n; i++)
    {
      const McValue *value = &group[i].field->value;

      if (group[i].head && group[i].created && bsearch (&value, replaced, n_replaced, sizeof *replaced, compare_values))
        {
          group[i].head = FALSE;
          n_dropped++;
        }
    }
  return n_dropped;
}

/* What a sealed value says, if that is known: NULL otherwise. */
static const char *
opened_text (const Work    *work,
             const McValue *value)
{
  return work->openings && value->type == MC_VALUE_SEALED ? g_hash_table_lookup (work->openings, value->text) : NULL;
}

/* Rule 6. */
static gboolean
says_the_same (const Work          *work,
               const McFieldChange *a,
               const McFieldChange *b)
{
  const char *x, *y;

  if (mc_value_equal (&a->value, &b->value))
    return TRUE;
  x = opened_text (work, &a->value);
  y = opened_text (work, &b->value);
  return x && y && strcmp (x, y) == 0;
}

/* Rules 3 and 4 for one field; writes the heads at @heads. */
static void
merge_field (Work          *work,
             Setter        *group,
             guint          n,
             McMergedField *field,
             McRef         *heads)
{
  const Setter *shown = NULL;
  guint n_heads = 0;

  for (guint i = 0; i < n; i++)
    follow_names (work, group, n, &group[i]);
  for (guint i = 0; i < n; i++)
    {
      group[i].head = !group[i].named;
      n_heads += group[i].head;
    }
  if (n_heads > 0)
    n_heads -= drop_equal_creations (group, n);

  *field = (McMergedField) { group[0].field->key, MC_VALUE_INIT, heads, 0, FALSE };
  for (guint i = 0; i < n; i++)
    {
      const McChange *change = work->lines[group[i].line].change;

      if (n_heads > 0 && !group[i].head)
        continue;
      heads[field->n_heads++] = ref_of (change);
      if (shown && !says_the_same (work, shown->field, group[i].field))
        field->conflict = TRUE;
      if (!shown || compare_shown (change, work->lines[shown->line].change) > 0)
        shown = &group[i];
    }
  field->value = shown->field->value;
}

/* --- the merge -------------------------------------------------------------------------------------------- */

/* The merge, its fields and their heads are one block. */
static McMerge *
new_merge (guint   n_fields,
           guint   n_heads,
           McRef **heads)
{
  McMerge *merge = g_malloc (sizeof (McMerge) + n_fields * sizeof (McMergedField) + n_heads * sizeof (McRef));

  G_STATIC_ASSERT (sizeof (McMerge) % G_ALIGNOF (McMergedField) == 0);
  G_STATIC_ASSERT (sizeof (McMergedField) % G_ALIGNOF (McRef) == 0);
  merge->fields = (McMergedField *) (merge + 1);
  merge->n_fields = n_fields;
  merge->seal = NULL;
  merge->seal_conflict = FALSE;
  merge->late = merge->set_aside = merge->refused = NULL;
  *heads = (McRef *) (merge->fields + n_fields);
  return merge;
}

/* Of all records of one line. */
static GPtrArray *
no_lines (void)
{
  static GPtrArray *none = NULL;

  if (g_once_init_enter (&none))
    g_once_init_leave (&none, g_ptr_array_new ());
  return g_ptr_array_ref (none);
}

/* One line, no seal, not refused: its fields are the record. */
static McMerge *
merge_one (const McChange *change)
{
  McRef *head;
  McMerge *merge = new_merge (change->n_fields, 1, &head);

  *head = ref_of (change);
  merge->late = no_lines ();
  merge->set_aside = no_lines ();
  merge->refused = no_lines ();
  for (guint i = 0; i < change->n_fields; i++)
    merge->fields[i] = (McMergedField) { change->fields[i].key, change->fields[i].value, head, 1, FALSE };
  return merge;
}

static void
collect_lines (Work                  *work,
               const McChange *const *changes,
               guint                  n_changes,
               GHashTable            *refused)
{
  guint n = 0;

  work->lines = g_new0 (Line, n_changes);
  for (guint i = 0; i < n_changes; i++)
    work->lines[i].change = changes[i];
  if (n_changes > 1)
    qsort (work->lines, n_changes, sizeof (Line), compare_lines);
  for (guint i = 0; i < n_changes; i++)
    if (n == 0 || compare_lines (&work->lines[n - 1], &work->lines[i]) != 0)
      work->lines[n++] = work->lines[i];
  work->n_lines = n;

  for (guint i = 0; i < n; i++)
    {
      work->lines[i].refused = is_refused (refused, work->lines[i].change);
      work->n_refused += work->lines[i].refused;
    }
  if (work->n_refused > 0)
    work->pending = g_array_new (FALSE, FALSE, sizeof (RefList));
}

static guint
count_keys (const Work *work)
{
  guint n = 0;

  for (guint i = 0; i < work->n_setters; i++)
    n += i == 0 || strcmp (work->setters[i - 1].field->key, work->setters[i].field->key) != 0;
  return n;
}

static McMerge *
merge_fields (Work *work)
{
  McRef *heads;
  McMerge *merge = new_merge (count_keys (work), work->n_setters, &heads);
  guint first = 0;

  for (guint i = 0; i < merge->n_fields; i++)
    {
      Setter *group = &work->setters[first];
      guint n = 1;

      while (first + n < work->n_setters && strcmp (group[n].field->key, group->field->key) == 0)
        n++;
      merge_field (work, group, n, &merge->fields[i], heads + first);
      first += n;
    }
  return merge;
}

static void
report_lines (Work    *work,
              McMerge *merge)
{
  merge->late = g_ptr_array_new ();
  merge->set_aside = g_ptr_array_new ();
  merge->refused = g_ptr_array_new ();
  for (guint i = 0; i < work->n_lines; i++)
    {
      const Line *line = &work->lines[i];
      Line *aside;

      if (line->refused || line->late || line->change->aside.seq == 0)
        continue;
      aside = find_line (work, &line->change->aside);
      if (aside)
        aside->set_aside = TRUE;
    }
  for (guint i = 0; i < work->n_lines; i++)
    {
      const Line *line = &work->lines[i];

      if (line->refused)
        g_ptr_array_add (merge->refused, (gpointer) line->change);
      else if (line->late && !line->taken_in)
        g_ptr_array_add (line->set_aside ? merge->set_aside : merge->late, (gpointer) line->change);
    }
  g_ptr_array_sort (merge->refused, compare_shown_pointers);
  g_ptr_array_sort (merge->late, compare_shown_pointers);
  g_ptr_array_sort (merge->set_aside, compare_shown_pointers);
}

McMerge *
mc_merge (const McChange *const *changes,
          guint                  n_changes,
          const McChange *const *seals,
          guint                  n_seals,
          GHashTable            *refused)
{
  return mc_merge_opened (changes, n_changes, seals, n_seals, refused, NULL);
}

McMerge *
mc_merge_opened (const McChange *const *changes,
                 guint                  n_changes,
                 const McChange *const *seals,
                 guint                  n_seals,
                 GHashTable            *refused,
                 GHashTable            *openings)
{
  Work work = { .openings = openings };
  McMerge *merge;

  g_return_val_if_fail (changes != NULL || n_changes == 0, NULL);
  g_return_val_if_fail (seals != NULL || n_seals == 0, NULL);

  if (n_changes == 1 && n_seals == 0 && !changes[0]->seal && !is_refused (refused, changes[0]))
    return merge_one (changes[0]);

  collect_lines (&work, changes, n_changes, refused);
  collect_seals (&work, seals, n_seals, refused);
  for (guint i = 0; i < work.n_lines; i++)
    work.lines[i].late = !work.lines[i].refused && is_late (&work, work.lines[i].change);
  collect_setters (&work);
  merge = merge_fields (&work);
  report_lines (&work, merge);
  choose_seal (&work, merge);

  g_clear_pointer (&work.pending, g_array_unref);
  g_free (work.setters);
  g_free (work.seals);
  g_free (work.lines);
  return merge;
}
