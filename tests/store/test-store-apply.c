/* SPDX-License-Identifier: GPL-3.0-or-later
 * Lines of other devices: two stores that hold the same lines hold the same records; what is not a line of a chain changes nothing. */
#include "store-folder.h"

#include <string.h>

#include "store/mc-chain.h"
#include "store/mc-lines.h"
#include "store/mc-rebuild.h"

/* Two stores, as on two laptops. */
typedef struct
{
  StoreFolder folder;
  McStore *store;
} Laptop;

static void
laptop_init (Laptop *self)
{
  store_folder_init (&self->folder);
  self->store = store_create_at (self->folder.db);
}

static void
laptop_clear (Laptop *self)
{
  mc_store_close (self->store);
  g_object_unref (self->store);
  store_folder_clear (&self->folder);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Laptop, laptop_clear)

static void
apply_ok (McStore       *store,
          const char    *text,
          McApplyResult *result)
{
  g_autoptr (GError) error = NULL;
  gboolean done = mc_store_apply (store, text, -1, result, &error);

  g_assert_no_error (error);
  g_assert_true (done);
}

static void
send_all (Laptop *from,
          Laptop *to)
{
  g_autofree char *text = mc_store_read_lines (from->store, NULL, 1, TRUE, NULL);

  apply_ok (to->store, text, NULL);
}

static void
exchange (Laptop *a,
          Laptop *b)
{
  send_all (a, b);
  send_all (b, a);
}

/* All derived rows, without what depends on the order of arrival (rowids). */
static char *
dump (const char *db)
{
  GString *out = g_string_new (NULL);
  guint n;
  const McEntity *const *entities = mc_entity_list (&n);
  sqlite3 *handle = NULL;

  g_assert_cmpint (sqlite3_open_v2 (db, &handle, SQLITE_OPEN_READONLY, NULL), ==, SQLITE_OK);
  for (guint i = 0; i <= n; i++)
    {
      g_autofree char *sql = g_strdup_printf ("SELECT * FROM %s ORDER BY id", i < n ? entities[i]->name : "dormant");
      sqlite3_stmt *statement = NULL;

      g_assert_cmpint (sqlite3_prepare_v2 (handle, sql, -1, &statement, NULL), ==, SQLITE_OK);
      while (sqlite3_step (statement) == SQLITE_ROW)
        {
          for (int c = 0; c < sqlite3_column_count (statement); c++)
            g_string_append_printf (out, "%s|", (const char *) sqlite3_column_text (statement, c));
          g_string_append_c (out, '\n');
        }
      sqlite3_finalize (statement);
    }
  g_assert_cmpint (sqlite3_close (handle), ==, SQLITE_OK);
  return g_string_free (out, FALSE);
}

static void
assert_same (Laptop *a,
             Laptop *b)
{
  g_autofree char *x = dump (a->folder.db);
  g_autofree char *y = dump (b->folder.db);
  g_auto (GStrv) rows_x = g_strsplit (x, "\n", -1);
  g_auto (GStrv) rows_y = g_strsplit (y, "\n", -1);

  for (guint i = 0; rows_x[i] || rows_y[i]; i++)
    g_assert_cmpstr (rows_x[i], ==, rows_y[i]);
}

static void
set_text (McStore    *store,
          const char *entity,
          const char *id,
          const char *key,
          const char *text)
{
  g_autoptr (McRecord) base = store_load_ok (store, entity, id);
  g_autoptr (McRecord) edited = mc_record_copy (base);

  mc_record_set_text (edited, key, text);
  store_save_ok (store, base, edited);
}

static void
commit_ok (McStore       *store,
           McTransaction *transaction)
{
  g_autoptr (GError) error = NULL;
  gboolean done = mc_store_commit (store, transaction, &error);

  g_assert_no_error (error);
  g_assert_true (done);
  mc_transaction_free (transaction);
}

static void
seal_ok (McStore    *store,
         const char *visit)
{
  McTransaction *transaction = mc_transaction_new ();

  mc_transaction_seal (transaction, "visit", visit, "finalise");
  commit_ok (store, transaction);
}

/* --- convergence -------------------------------------------------------------------------------------------- */

static void
test_lines_and_openings_arrive (void)
{
  g_auto (Laptop) a = { 0 };
  g_auto (Laptop) b = { 0 };
  g_autofree char *area = NULL;
  g_autoptr (McRecord) facility = NULL;
  g_autofree char *text = NULL;
  McApplyResult result;

  laptop_init (&a);
  laptop_init (&b);
  area = store_add_area (a.store, "Nanhu");
  facility = new_facility ("Home", area);
  mc_record_set_text (facility, "contact_phone", "13800001111");
  mc_record_set_text (facility, "note", "line one\n\"two\"\\\t\x01");
  store_save_ok (a.store, NULL, facility);
  text = mc_store_read_lines (a.store, NULL, 1, TRUE, NULL);
  apply_ok (b.store, text, &result);
  g_assert_cmpuint (result.applied, ==, 3);
  g_assert_cmpuint (result.known + result.stubs + result.held, ==, 0);
  assert_raw_text (b.folder.db, "SELECT contact_phone FROM facility", "13800001111");
  assert_raw_text (b.folder.db, "SELECT note FROM facility", "line one\n\"two\"\\\t\x01");
  /* Again: nothing happens twice. */
  apply_ok (b.store, text, &result);
  g_assert_cmpuint (result.known, ==, 3);
  g_assert_cmpuint (result.applied, ==, 0);
  send_all (&b, &a);
  assert_same (&a, &b);
}

static void
test_conflict_is_kept_on_both_and_settled_by_a_pick (void)
{
  g_auto (Laptop) a = { 0 };
  g_auto (Laptop) b = { 0 };
  g_autofree char *area = NULL;
  g_autofree char *id = NULL;
  g_autoptr (McRecord) record = NULL;
  g_autoptr (GPtrArray) choices = NULL;
  McTransaction *pick = mc_transaction_new ();

  laptop_init (&a);
  laptop_init (&b);
  area = store_add_area (a.store, "Nanhu");
  id = store_add_facility (a.store, "Home", area);
  send_all (&a, &b);
  set_text (a.store, "facility", id, "name", "From A");
  set_text (b.store, "facility", id, "name", "From B");
  set_text (b.store, "facility", id, "operator", "Operator B");
  send_all (&a, &b);
  send_all (&b, &a);
  assert_same (&a, &b);
  record = store_load_ok (a.store, "facility", id);
  g_assert_cmpuint (mc_record_get_state (record), ==, MC_RECORD_CONFLICT);
  g_assert_true (mc_record_field_in_conflict (record, "name"));
  g_assert_cmpstr (mc_record_get_text (record, "operator"), ==, "Operator B");
  choices = mc_store_conflict_choices (a.store, "facility", id, "name", NULL);
  g_assert_cmpuint (choices->len, ==, 2);

  mc_transaction_pick (pick, record, "name", mc_record_get (record, "name"));
  commit_ok (a.store, pick);
  exchange (&a, &b);
  assert_same (&a, &b);
  assert_raw_integer (b.folder.db, "SELECT state FROM facility", 0);
}

static void
test_conflict_stops_the_seal (void)
{
  g_auto (Laptop) a = { 0 };
  g_auto (Laptop) b = { 0 };
  g_autofree char *visit = NULL;
  g_autoptr (McRecord) one = NULL;
  g_autoptr (McRecord) two = NULL;
  g_autoptr (McTransaction) seal = mc_transaction_new ();
  g_autoptr (GError) error = NULL;

  laptop_init (&a);
  laptop_init (&b);
  visit = store_add_visit (a.store);
  send_all (&a, &b);
  one = new_answer (visit, "A1", "conform");
  two = new_answer (visit, "A1", "nonconform");
  store_save_ok (a.store, NULL, one);
  store_save_ok (b.store, NULL, two);
  send_all (&b, &a);
  assert_raw_integer (a.folder.db, "SELECT whole_state FROM visit", MC_RECORD_CONFLICT);
  assert_raw_integer (a.folder.db, "SELECT state FROM visit", 0);
  mc_transaction_seal (seal, "visit", visit, "finalise");
  g_assert_false (mc_store_commit (a.store, seal, &error));
  g_assert_error (error, MC_STORE_ERROR, MC_STORE_ERROR_CONFLICT);
  assert_raw_integer (a.folder.db, "SELECT count(*) FROM seal", 0);
}

/* --- seals -------------------------------------------------------------------------------------------------- */

typedef struct
{
  Laptop a, b;
  char *visit;
} Sealed;

/* A visit with one answer, known to both, sealed by A. */
static void
sealed_init (Sealed *self)
{
  g_autoptr (McRecord) answer = NULL;

  laptop_init (&self->a);
  laptop_init (&self->b);
  self->visit = store_add_visit (self->a.store);
  answer = new_answer (self->visit, "A1", "conform");
  store_save_ok (self->a.store, NULL, answer);
  send_all (&self->a, &self->b);
  seal_ok (self->a.store, self->visit);
}

static void
sealed_clear (Sealed *self)
{
  laptop_clear (&self->a);
  laptop_clear (&self->b);
  g_free (self->visit);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Sealed, sealed_clear)

static void
test_sealed_record_is_saved_only_with_a_reason (void)
{
  g_auto (Sealed) test = { 0 };
  g_autoptr (McRecord) base = NULL;
  g_autoptr (McRecord) edited = NULL;
  g_autoptr (McRecord) added = NULL;
  g_autoptr (McRecord) after = NULL;
  g_autoptr (McTransaction) without = mc_transaction_new ();
  McTransaction *with = mc_transaction_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (McSealInfo) seal = NULL;
  g_autofree char *amends = NULL;

  sealed_init (&test);
  seal = mc_store_get_seal (test.a.store, "visit", test.visit, NULL);
  g_assert_nonnull (seal);
  g_assert_cmpstr (seal->kind, ==, "finalise");
  g_assert_cmpuint (strlen (seal->text), ==, 64);
  base = store_load_ok (test.a.store, "visit", test.visit);
  g_assert_cmpuint (mc_record_get_state (base), ==, MC_RECORD_SEALED);
  edited = mc_record_copy (base);
  mc_record_set_text (edited, "document_no", "7");
  g_assert_false (mc_store_save (test.a.store, base, edited, &error));
  g_assert_error (error, MC_STORE_ERROR, MC_STORE_ERROR_SEALED);
  g_clear_error (&error);
  added = new_answer (test.visit, "A2", "conform");
  g_assert_false (mc_store_save (test.a.store, NULL, added, &error));
  g_assert_error (error, MC_STORE_ERROR, MC_STORE_ERROR_SEALED);
  g_clear_error (&error);
  mc_transaction_amend (without, "visit", test.visit, "");
  g_assert_false (mc_store_commit (test.a.store, without, &error));
  g_assert_error (error, MC_STORE_ERROR, MC_STORE_ERROR_INPUT);

  mc_transaction_amend (with, "visit", test.visit, "number forgotten");
  mc_transaction_save (with, base, edited);
  mc_transaction_save (with, NULL, added);
  commit_ok (test.a.store, with);
  after = store_load_ok (test.a.store, "visit", test.visit);
  g_assert_cmpstr (mc_record_get_text (after, "document_no"), ==, "7");
  g_assert_cmpuint (mc_record_get_state (after), ==, MC_RECORD_SEALED);
  assert_raw_integer (test.a.folder.db, "SELECT count(*) FROM answer", 2);
  amends = g_strdup_printf ("%s:%" G_GUINT64_FORMAT, seal->change.device, seal->change.seq);
  assert_raw_text (test.a.folder.db, "SELECT json_extract (line, '$.amends.seal') FROM change ORDER BY n DESC LIMIT 1", amends);
  exchange (&test.a, &test.b);
  assert_same (&test.a, &test.b);
}

static void
test_seal_again_needs_an_amendment (void)
{
  g_auto (Sealed) test = { 0 };
  g_autoptr (McTransaction) again = mc_transaction_new ();
  McTransaction *amended = mc_transaction_new ();
  g_autoptr (McRecord) added = NULL;
  g_autoptr (GError) error = NULL;

  sealed_init (&test);
  mc_transaction_seal (again, "visit", test.visit, "finalise");
  g_assert_false (mc_store_commit (test.a.store, again, &error));
  g_assert_error (error, MC_STORE_ERROR, MC_STORE_ERROR_SEALED);
  added = new_answer (test.visit, "A2", "conform");
  mc_transaction_amend (amended, "visit", test.visit, "forgotten");
  mc_transaction_save (amended, NULL, added);
  mc_transaction_seal (amended, "visit", test.visit, "finalise");
  commit_ok (test.a.store, amended);
  assert_raw_integer (test.a.folder.db, "SELECT count(*) FROM seal", 2);
  assert_raw_integer (test.a.folder.db, "SELECT state FROM visit", MC_RECORD_SEALED);
  assert_raw_integer (test.a.folder.db, "SELECT count(*) FROM checkpoint WHERE seq = (SELECT max(seq) FROM change)", 1);
}

/* The seal's text is what the sealer saw: it can be made again from the record's merge. */
static void
test_late_change_waits_without_effect (void)
{
  g_auto (Sealed) test = { 0 };
  g_autofree char *answer = NULL;
  g_autoptr (McRecord) new_one = NULL;
  g_autoptr (McRecord) late = NULL;
  g_autoptr (GPtrArray) parts = NULL;
  g_autoptr (GPtrArray) history = NULL;
  g_autoptr (McTransaction) seal = mc_transaction_new ();
  McTransaction *settle = mc_transaction_new ();
  g_autoptr (GError) error = NULL;
  McRef changed = { { 0 }, 0 }, created = { { 0 }, 0 };
  guint n_late = 0;

  sealed_init (&test);
  answer = mc_uuid_new_for (test.visit, "A1", NULL);
  /* B does not know of the seal. */
  set_text (test.b.store, "answer", answer, "value", "nonconform");
  set_text (test.b.store, "answer", answer, "note", "seen later");
  new_one = new_answer (test.visit, "A2", "conform");
  store_save_ok (test.b.store, NULL, new_one);
  send_all (&test.b, &test.a);
  exchange (&test.a, &test.b);
  assert_same (&test.a, &test.b);

  late = store_load_ok (test.b.store, "answer", answer);
  g_assert_cmpuint (mc_record_get_state (late), ==, MC_RECORD_SEALED | MC_RECORD_LATE);
  g_assert_cmpstr (mc_record_get_text (late, "value"), ==, "conform");
  g_assert_null (mc_record_get_text (late, "note"));
  assert_raw_integer (test.a.folder.db, "SELECT whole_state FROM visit", MC_RECORD_SEALED | MC_RECORD_LATE);
  /* The answer that is wholly late has no row yet. */
  parts = mc_store_load_parts (test.a.store, "answer", test.visit, NULL);
  g_assert_cmpuint (parts->len, ==, 1);
  assert_raw_integer (test.a.folder.db, "SELECT count(*) FROM dormant", 1);

  history = mc_store_history (test.a.store, "visit", test.visit, 0, NULL);
  for (guint i = 0; i < history->len; i++)
    {
      const McHistoryEntry *entry = g_ptr_array_index (history, i);

      if (entry->kind != MC_HISTORY_LATE)
        continue;
      n_late++;
      if (strcmp (entry->record, answer) != 0)
        created = entry->change;
      else if (strcmp (entry->field->key, "value") == 0)
        changed = entry->change;
    }
  g_assert_cmpuint (n_late, ==, 2 + 3);
  mc_transaction_seal (seal, "visit", test.visit, "finalise");
  g_assert_false (mc_store_commit (test.a.store, seal, &error));
  g_assert_error (error, MC_STORE_ERROR, MC_STORE_ERROR_CONFLICT);

  mc_transaction_set_aside (settle, "answer", answer, &changed, "no ground for it");
  mc_transaction_take_in (settle, "answer", mc_record_get_id (new_one), &created, "item was overlooked");
  commit_ok (test.a.store, settle);
  assert_raw_integer (test.a.folder.db, "SELECT count(*) FROM answer", 2);
  assert_raw_integer (test.a.folder.db, "SELECT count(*) FROM dormant", 0);
  assert_raw_text (test.a.folder.db, "SELECT value FROM answer WHERE item = 'A1'", "conform");
  assert_raw_integer (test.a.folder.db, "SELECT state FROM answer WHERE item = 'A2'", MC_RECORD_SEALED);
  /* The note still waits. */
  assert_raw_integer (test.a.folder.db, "SELECT whole_state FROM visit", MC_RECORD_SEALED | MC_RECORD_LATE);
  exchange (&test.a, &test.b);
  assert_same (&test.a, &test.b);
}

static void
test_two_seals_are_a_conflict (void)
{
  g_auto (Sealed) test = { 0 };

  sealed_init (&test);
  seal_ok (test.b.store, test.visit);
  send_all (&test.a, &test.b);
  send_all (&test.b, &test.a);
  assert_same (&test.a, &test.b);
  assert_raw_integer (test.a.folder.db, "SELECT state & 1 FROM visit", MC_RECORD_CONFLICT);
}

/* --- erasures and verdicts ------------------------------------------------------------------------------------ */

static void
test_erasure_takes_the_opening_everywhere (void)
{
  g_auto (Laptop) a = { 0 };
  g_auto (Laptop) b = { 0 };
  g_autofree char *area = NULL;
  g_autofree char *before = NULL;
  g_autoptr (McRecord) facility = NULL;
  g_autoptr (McRecord) loaded = NULL;
  McTransaction *erase = mc_transaction_new ();
  const char *id;

  laptop_init (&a);
  laptop_init (&b);
  area = store_add_area (a.store, "Nanhu");
  facility = new_facility ("Home", area);
  id = mc_record_get_id (facility);
  mc_record_set_text (facility, "contact_phone", "13800001111");
  store_save_ok (a.store, NULL, facility);
  set_text (a.store, "facility", id, "contact_phone", "13900002222");
  send_all (&a, &b);
  before = mc_store_read_lines (a.store, NULL, 1, TRUE, NULL);
  mc_transaction_erase_value (erase, "facility", id, "contact_phone", "person asked for it");
  commit_ok (a.store, erase);
  exchange (&a, &b);
  assert_same (&a, &b);
  assert_raw_integer (b.folder.db, "SELECT count(*) FROM opened", 0);
  assert_raw_integer (b.folder.db, "SELECT count(*) FROM erased WHERE kind = 'sealed'", 2);
  loaded = store_load_ok (b.store, "facility", id);
  g_assert_cmpuint (mc_record_get_state (loaded), ==, MC_RECORD_ERASED);
  g_assert_cmpint (mc_record_get (loaded, "contact_phone")->type, ==, MC_VALUE_SEALED);
  assert_raw_text (b.folder.db, "SELECT contact_phone FROM facility", NULL);
  /* An opening that still travels somewhere does not come back. */
  apply_ok (b.store, before, NULL);
  assert_raw_integer (b.folder.db, "SELECT count(*) FROM opened", 0);
}

/* The lines of a device that is not a store of ours: a hub's chain, or a dishonest one. */
typedef struct
{
  char device[37];
  guint64 seq;
  McKeyPair keys;
  McDigest link;
} Chain;

static char *
chain_line (Chain    *chain,
            McChange *change)
{
  g_autofree char *line = NULL;
  g_autoptr (GError) error = NULL;
  McDigest digest;
  gsize length;

  g_strlcpy (change->device, chain->device, sizeof change->device);
  change->seq = ++chain->seq;
  change->at = 1763712000000 + (gint64) chain->seq;
  line = mc_change_serialise (change, &length, &error);
  g_assert_no_error (error);
  mc_change_free (change);
  mc_digest_of (line, length, &digest);
  mc_chain_next (&chain->link, &digest, &chain->link);
  return g_strconcat ("line ", line, "\n", NULL);
}

static McChange *
new_change (const char *entity,
            const char *record)
{
  McChange *change = mc_change_new ();

  change->entity = g_strdup (entity);
  g_strlcpy (change->record, record, sizeof change->record);
  return change;
}

static void
add_text (McChange   *change,
          const char *key,
          const char *text)
{
  g_auto (McValue) value = MC_VALUE_INIT;

  mc_value_init_text (&value, text);
  mc_change_add_field (change, key, &value, NULL, 0);
}

static char *
chain_begin (Chain *chain)
{
  g_autofree char *id = mc_uuid_new ();
  McChange *change;
  char hex[65];

  memset (chain, 0, sizeof *chain);
  g_strlcpy (chain->device, id, sizeof chain->device);
  mc_chain_start (id, &chain->link);
  g_assert_true (mc_key_pair_create (&chain->keys, NULL));
  mc_hex_from_bytes (chain->keys.public_key, MC_KEY_BYTES, hex);
  change = new_change ("device", id);
  add_text (change, "public_key", hex);
  return chain_line (chain, change);
}

/* --- personal values that two devices typed or imported by themselves -------------------------------------------- */

static McRecordState
state_of (McStore *store, const char *id)
{
  g_autoptr (McRecord) record = store_load_ok (store, "facility", id);

  return mc_record_get_state (record);
}

static void
assert_rebuilt_same (Laptop *laptop)
{
  g_autofree char *before = dump (laptop->folder.db), *after = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (mc_store_rebuild (laptop->store, NULL, NULL, NULL, NULL, &error));
  g_assert_no_error (error);
  after = dump (laptop->folder.db);
  g_assert_cmpstr (before, ==, after);
}

/* Two laptops with one facility, to which each gave a telephone number. */
static char *
two_numbers (Laptop *a, Laptop *b, const char *of_a, const char *of_b)
{
  g_autofree char *area = NULL;
  char *id;

  laptop_init (a);
  laptop_init (b);
  area = store_add_area (a->store, "Nanhu");
  id = store_add_facility (a->store, "Home", area);
  send_all (a, b);
  set_text (a->store, "facility", id, "contact_phone", of_a);
  set_text (b->store, "facility", id, "contact_phone", of_b);
  exchange (a, b);
  assert_same (a, b);
  return id;
}

static void
test_same_number_of_two_devices_is_no_conflict (void)
{
  g_auto (Laptop) a = { 0 }, b = { 0 }, stranger = { 0 };
  g_autofree char *id = two_numbers (&a, &b, "13800001111", "13800001111"), *lines = NULL;
  g_autoptr (McRecord) record = store_load_ok (a.store, "facility", id);
  guint n_heads;

  mc_record_get_heads (record, "contact_phone", &n_heads);
  g_assert_cmpuint (n_heads, ==, 2);
  g_assert_false (mc_record_field_in_conflict (record, "contact_phone"));
  g_assert_cmpuint (mc_record_get_state (record), ==, 0);
  assert_rebuilt_same (&a);

  /* Who may not see the numbers cannot know. */
  laptop_init (&stranger);
  lines = mc_store_read_lines (a.store, NULL, 1, FALSE, NULL);
  apply_ok (stranger.store, lines, NULL);
  g_assert_cmpuint (state_of (stranger.store, id), ==, MC_RECORD_CONFLICT);
  assert_rebuilt_same (&stranger);
  send_all (&a, &stranger);
  g_assert_cmpuint (state_of (stranger.store, id), ==, 0);

  /* The next edit replaces both. */
  set_text (b.store, "facility", id, "contact_phone", "13900002222");
  exchange (&a, &b);
  assert_same (&a, &b);
  g_clear_pointer (&record, mc_record_free);
  record = store_load_ok (a.store, "facility", id);
  mc_record_get_heads (record, "contact_phone", &n_heads);
  g_assert_cmpuint (n_heads, ==, 1);
}

static void
test_different_numbers_of_two_devices_are_a_conflict (void)
{
  g_auto (Laptop) a = { 0 }, b = { 0 };
  g_autofree char *id = two_numbers (&a, &b, "13800001111", "13800001112");

  g_assert_cmpuint (state_of (a.store, id), ==, MC_RECORD_CONFLICT);
  g_assert_cmpuint (state_of (b.store, id), ==, MC_RECORD_CONFLICT);
  assert_rebuilt_same (&a);
}

static void
test_erased_numbers_of_two_devices_are_no_conflict (void)
{
  g_auto (Laptop) a = { 0 }, b = { 0 };
  g_autofree char *id = two_numbers (&a, &b, "13800001111", "13800001111");
  McTransaction *transaction = mc_transaction_new ();

  mc_transaction_erase_value (transaction, "facility", id, "contact_phone", "asked for");
  commit_ok (a.store, transaction);
  g_assert_cmpuint (state_of (a.store, id), ==, MC_RECORD_ERASED);
  exchange (&a, &b);
  assert_same (&a, &b);
  g_assert_cmpuint (state_of (b.store, id), ==, MC_RECORD_ERASED);
  assert_rebuilt_same (&b);
}

static void
test_verdict_takes_a_line_out_of_effect (void)
{
  g_auto (Laptop) a = { 0 };
  g_auto (Laptop) b = { 0 };
  g_autofree char *area = NULL;
  g_autofree char *id = NULL;
  g_autofree char *first = NULL;
  g_autofree char *verdict = NULL;
  g_autoptr (GPtrArray) history = NULL;
  const McHistoryEntry *newest;
  McChange *change;
  Chain hub;

  laptop_init (&a);
  laptop_init (&b);
  area = store_add_area (a.store, "Nanhu");
  id = store_add_facility (a.store, "Home", area);
  set_text (a.store, "facility", id, "name", "Refused");
  first = chain_begin (&hub);
  change = new_change ("facility", id);
  g_strlcpy (change->verdict.device, mc_store_get_device (a.store), sizeof change->verdict.device);
  change->verdict.seq = 4;
  change->verdict_reason = g_strdup ("not in your area");
  verdict = chain_line (&hub, change);
  /* B has the verdict before the line that it is about. */
  apply_ok (b.store, first, NULL);
  apply_ok (b.store, verdict, NULL);
  send_all (&a, &b);
  send_all (&b, &a);
  assert_same (&a, &b);
  assert_raw_text (a.folder.db, "SELECT name FROM facility", "Home");
  history = mc_store_history (a.store, "facility", id, 0, NULL);
  newest = g_ptr_array_index (history, 0);
  g_assert_cmpint (newest->kind, ==, MC_HISTORY_REFUSED);
  g_assert_cmpstr (newest->reason, ==, "not in your area");
  g_assert_cmpstr (newest->new_value.text, ==, "Refused");
}

/* --- what is unknown here --------------------------------------------------------------------------------------- */

static void
test_unknown_lines_are_kept_and_passed_on (void)
{
  g_auto (Laptop) a = { 0 };
  g_auto (Laptop) b = { 0 };
  g_autofree char *area = NULL;
  g_autofree char *id = NULL;
  g_autofree char *first = NULL;
  g_autofree char *future = NULL;
  g_autofree char *field = NULL;
  g_autofree char *newer = NULL;
  g_autofree char *all = NULL;
  g_autofree char *out = NULL;
  g_autoptr (McRecord) base = NULL;
  g_autoptr (McRecord) edited = NULL;
  g_autoptr (GError) error = NULL;
  McApplyResult result;
  McChange *change;
  Chain other;

  laptop_init (&a);
  laptop_init (&b);
  area = store_add_area (a.store, "Nanhu");
  id = store_add_facility (a.store, "Home", area);
  first = chain_begin (&other);
  change = new_change ("satellite", other.device);
  add_text (change, "orbit", "high");
  future = chain_line (&other, change);
  change = new_change ("facility", id);
  add_text (change, "colour", "green");
  field = chain_line (&other, change);
  newer = g_strdup_printf ("line {\"v\":2,\"device\":\"%s\",\"seq\":4,\"anything\":[1.5]}\n", other.device);
  all = g_strconcat (first, future, field, newer, NULL);
  apply_ok (a.store, all, &result);
  g_assert_cmpuint (result.applied, ==, 2);
  g_assert_cmpuint (result.held, ==, 2);
  base = store_load_ok (a.store, "facility", id);
  g_assert_cmpuint (mc_record_get_state (base), ==, MC_RECORD_UNKNOWN_FIELDS);
  edited = mc_record_copy (base);
  mc_record_set_text (edited, "name", "House");
  g_assert_false (mc_store_save (a.store, base, edited, &error));
  g_assert_error (error, MC_STORE_ERROR, MC_STORE_ERROR_UNKNOWN);
  send_all (&a, &b);
  out = mc_store_read_lines (b.store, other.device, 1, TRUE, NULL);
  g_assert_cmpstr (out, ==, all);
}

/* Who may not see a line gets its stub; the chain holds, and the line can come later. */
static void
test_stub_holds_the_chain (void)
{
  g_auto (Laptop) a = { 0 };
  g_autofree char *first = NULL;
  g_autofree char *line = NULL;
  g_autofree char *last = NULL;
  g_autofree char *stubbed = NULL;
  g_autofree char *checkpoint = NULL;
  g_autoptr (GString) stub = g_string_new (NULL);
  g_autoptr (GString) proof = g_string_new (NULL);
  McApplyResult result;
  McDigest digest;
  guint8 signature[MC_SIGNATURE_BYTES];
  McChange *change;
  Chain other;

  laptop_init (&a);
  first = chain_begin (&other);
  change = new_change ("area", "00000000-0000-4000-8000-00000000000a");
  add_text (change, "name", "Secret");
  line = chain_line (&other, change);
  change = new_change ("area", "00000000-0000-4000-8000-00000000000b");
  add_text (change, "name", "Open");
  last = chain_line (&other, change);
  mc_digest_of (line + 5, strlen (line) - 6, &digest);
  mc_lines_append_stub (stub, other.device, 2, digest.bytes);
  g_assert_true (mc_checkpoint_sign (&other.keys, other.device, 3, &other.link, signature, NULL));
  mc_lines_append_checkpoint (proof, other.device, 3, other.link.bytes, signature);
  stubbed = g_strconcat (first, stub->str, last, proof->str, NULL);
  apply_ok (a.store, stubbed, &result);
  g_assert_cmpuint (result.applied, ==, 2);
  g_assert_cmpuint (result.stubs, ==, 1);
  assert_raw_integer (a.folder.db, "SELECT count(*) FROM area", 1);
  apply_ok (a.store, line, &result);
  g_assert_cmpuint (result.applied, ==, 1);
  assert_raw_integer (a.folder.db, "SELECT count(*) FROM area", 2);
  /* A stub of what is here in full takes nothing away. */
  apply_ok (a.store, stub->str, &result);
  g_assert_cmpuint (result.known, ==, 1);
  assert_raw_integer (a.folder.db, "SELECT count(*) FROM change WHERE line IS NULL", 0);
}

/* --- what is refused ---------------------------------------------------------------------------------------- */

static void
assert_refused (Laptop       *laptop,
                const char   *text,
                McStoreError  code)
{
  g_autoptr (GError) error = NULL;
  gint64 lines = raw_integer (laptop->folder.db, "SELECT count(*) FROM change");

  g_assert_false (mc_store_apply (laptop->store, text, -1, NULL, &error));
  g_assert_error (error, MC_STORE_ERROR, (int) code);
  g_test_message ("%s", error->message);
  assert_raw_integer (laptop->folder.db, "SELECT count(*) FROM change", lines);
  assert_raw_integer (laptop->folder.db, "SELECT count(*) FROM chain", 1);
  assert_raw_integer (laptop->folder.db, "SELECT count(*) FROM opened", 0);
}

static void
refuse_joined (Laptop       *laptop,
               const char   *first,
               const char   *second,
               McStoreError  code)
{
  g_autofree char *text = g_strconcat (first, second, NULL);

  assert_refused (laptop, text, code);
}

static void
test_what_is_no_chain_changes_nothing (void)
{
  g_auto (Laptop) a = { 0 };
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *third = NULL;
  g_autofree char *fork = NULL;
  g_autofree char *both = NULL;
  g_autofree char *cut = NULL;
  g_autofree char *own = NULL;
  g_autoptr (GString) proof = g_string_new (NULL);
  g_autoptr (GString) wrong_link = g_string_new (NULL);
  g_autoptr (GString) stray = g_string_new (NULL);
  g_autoptr (GString) false_opening = g_string_new (NULL);
  guint8 salt[MC_SALT_BYTES] = { 1 }, signature[MC_SIGNATURE_BYTES] = { 7 };
  McDigest digest, link;
  McChange *change;
  Chain other;
  Chain self = { { 0 }, 0, { { 0 }, { 0 } }, { { 0 } } };

  laptop_init (&a);
  first = chain_begin (&other);
  change = new_change ("area", "00000000-0000-4000-8000-00000000000a");
  add_text (change, "name", "One");
  second = chain_line (&other, change);
  link = other.link;
  change = new_change ("area", "00000000-0000-4000-8000-00000000000a");
  add_text (change, "name", "Two");
  third = chain_line (&other, change);
  other.seq = 1;
  change = new_change ("area", "00000000-0000-4000-8000-00000000000a");
  add_text (change, "name", "Other");
  fork = chain_line (&other, change);
  both = g_strconcat (first, second, NULL);

  refuse_joined (&a, first, "nonsense\n", MC_STORE_ERROR_GRAMMAR);
  refuse_joined (&a, first, "line {}\n", MC_STORE_ERROR_GRAMMAR);
  refuse_joined (&a, first, "line {\"v\":1}\n", MC_STORE_ERROR_GRAMMAR);
  refuse_joined (&a, first, "stub x 1 00\n", MC_STORE_ERROR_GRAMMAR);
  cut = g_strndup (both, strlen (both) - 1);
  assert_refused (&a, cut, MC_STORE_ERROR_GRAMMAR);
  assert_refused (&a, second, MC_STORE_ERROR_CHAIN);
  refuse_joined (&a, first, third, MC_STORE_ERROR_CHAIN);
  refuse_joined (&a, both, fork, MC_STORE_ERROR_CHAIN);
  mc_lines_append_checkpoint (proof, other.device, 2, link.bytes, signature);
  refuse_joined (&a, both, proof->str, MC_STORE_ERROR_CHAIN);
  mc_digest_of ("x", 1, &digest);
  mc_lines_append_checkpoint (wrong_link, other.device, 2, digest.bytes, signature);
  refuse_joined (&a, both, wrong_link->str, MC_STORE_ERROR_CHAIN);
  mc_lines_append_opening (false_opening, digest.bytes, salt, "value");
  refuse_joined (&a, both, false_opening->str, MC_STORE_ERROR_GRAMMAR);
  mc_sealed_digest (salt, "value", 5, &digest);
  mc_lines_append_opening (stray, digest.bytes, salt, "value");
  refuse_joined (&a, both, stray->str, MC_STORE_ERROR_CHAIN);
  /* Nobody else writes this store's own chain. */
  g_strlcpy (self.device, mc_store_get_device (a.store), sizeof self.device);
  self.seq = 1;
  change = new_change ("area", "00000000-0000-4000-8000-00000000000a");
  add_text (change, "name", "Forged");
  own = chain_line (&self, change);
  assert_refused (&a, own, MC_STORE_ERROR_CHAIN);
}

/* --- random exchanges ------------------------------------------------------------------------------------------ */

static void
random_edit (Laptop     *laptop,
             GRand      *rand,
             const char *facility,
             const char *visit)
{
  static const char *const values[] = { "conform", "nonconform", "not_applicable" };
  g_autofree char *item = g_strdup_printf ("A%d", g_rand_int_range (rand, 1, 5));
  g_autofree char *answer = mc_uuid_new_for (visit, item, NULL);
  g_autofree char *text = g_strdup_printf ("%d", g_rand_int_range (rand, 0, 3));
  g_autoptr (McRecord) base = NULL;
  g_autoptr (McRecord) edited = NULL;
  g_autoptr (McTransaction) transaction = mc_transaction_new ();
  g_autoptr (GError) error = NULL;

  if (g_rand_int_range (rand, 0, 3) == 0)
    {
      set_text (laptop->store, "facility", facility, g_rand_boolean (rand) ? "operator" : "contact_phone", text);
      return;
    }
  base = mc_store_load (laptop->store, "answer", answer, NULL);
  edited = base ? mc_record_copy (base) : new_answer (visit, item, NULL);
  mc_record_set_text (edited, "value", values[g_rand_int_range (rand, 0, 3)]);
  if (g_rand_boolean (rand))
    mc_record_set_text (edited, "note", text);
  if (g_rand_int_range (rand, 0, 8) == 0)
    mc_transaction_seal (transaction, "visit", visit, "finalise");
  else
    {
      g_autoptr (McSealInfo) seal = mc_store_get_seal (laptop->store, "visit", visit, NULL);

      if (seal && g_rand_boolean (rand))
        mc_transaction_amend (transaction, "visit", visit, "because");
      mc_transaction_save (transaction, base, edited);
    }
  if (!mc_store_commit (laptop->store, transaction, &error))
    g_assert_true (g_error_matches (error, MC_STORE_ERROR, MC_STORE_ERROR_SEALED) ||
                   g_error_matches (error, MC_STORE_ERROR, MC_STORE_ERROR_CONFLICT));
}

/* Chains are sent whole or from some place on, to whoever happens to be met; in the end everybody has met everybody. */
static void
test_random_exchanges_converge (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed ((guint32) g_test_rand_int ());
  Laptop laptops[3] = { 0 };
  g_autofree char *visit = NULL;
  g_autofree char *facility = NULL;

  for (guint i = 0; i < 3; i++)
    laptop_init (&laptops[i]);
  visit = store_add_visit (laptops[0].store);
  facility = raw_text (laptops[0].folder.db, "SELECT id FROM facility");
  for (guint i = 1; i < 3; i++)
    send_all (&laptops[0], &laptops[i]);
  for (guint step = 0; step < 120; step++)
    {
      guint i = (guint) g_rand_int_range (rand, 0, 3);

      if (g_rand_int_range (rand, 0, 6) == 0)
        send_all (&laptops[i], &laptops[(i + 1 + (guint) g_rand_int_range (rand, 0, 2)) % 3]);
      else
        random_edit (&laptops[i], rand, facility, visit);
    }
  for (guint round = 0; round < 2; round++)
    for (guint i = 0; i < 3; i++)
      send_all (&laptops[i], &laptops[(i + 1) % 3]);
  assert_same (&laptops[0], &laptops[1]);
  assert_same (&laptops[1], &laptops[2]);
  for (guint i = 0; i < 3; i++)
    laptop_clear (&laptops[i]);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/store/apply/lines-and-openings-arrive", test_lines_and_openings_arrive);
  g_test_add_func ("/store/apply/conflict-is-kept-on-both-and-settled-by-a-pick", test_conflict_is_kept_on_both_and_settled_by_a_pick);
  g_test_add_func ("/store/apply/conflict-stops-the-seal", test_conflict_stops_the_seal);
  g_test_add_func ("/store/apply/sealed-record-is-saved-only-with-a-reason", test_sealed_record_is_saved_only_with_a_reason);
  g_test_add_func ("/store/apply/seal-again-needs-an-amendment", test_seal_again_needs_an_amendment);
  g_test_add_func ("/store/apply/late-change-waits-without-effect", test_late_change_waits_without_effect);
  g_test_add_func ("/store/apply/two-seals-are-a-conflict", test_two_seals_are_a_conflict);
  g_test_add_func ("/store/apply/erasure-takes-the-opening-everywhere", test_erasure_takes_the_opening_everywhere);
  g_test_add_func ("/store/apply/same-number-of-two-devices-is-no-conflict", test_same_number_of_two_devices_is_no_conflict);
  g_test_add_func ("/store/apply/different-numbers-of-two-devices-are-a-conflict", test_different_numbers_of_two_devices_are_a_conflict);
  g_test_add_func ("/store/apply/erased-numbers-of-two-devices-are-no-conflict", test_erased_numbers_of_two_devices_are_no_conflict);
  g_test_add_func ("/store/apply/verdict-takes-a-line-out-of-effect", test_verdict_takes_a_line_out_of_effect);
  g_test_add_func ("/store/apply/unknown-lines-are-kept-and-passed-on", test_unknown_lines_are_kept_and_passed_on);
  g_test_add_func ("/store/apply/stub-holds-the-chain", test_stub_holds_the_chain);
  g_test_add_func ("/store/apply/what-is-no-chain-changes-nothing", test_what_is_no_chain_changes_nothing);
  g_test_add_func ("/store/apply/random-exchanges-converge", test_random_exchanges_converge);
  return g_test_run ();
}
