/* SPDX-License-Identifier: GPL-3.0-or-later
 * A store in which everything happened once. */
#include "busy-store.h"

#include <string.h>

#include "store/mc-blob.h"
#include "store/mc-verify.h"

static void
commit (McStore *store, const McTransaction *transaction)
{
  g_autoptr (GError) error = NULL;
  gboolean done = mc_store_commit (store, transaction, &error);

  g_assert_no_error (error);
  g_assert_true (done);
}

static void
edit_text (McStore *store, const char *entity, const char *id, const char *key, const char *text)
{
  g_autoptr (McRecord) base = store_load_ok (store, entity, id);
  g_autoptr (McRecord) edited = mc_record_copy (base);

  mc_record_set_text (edited, key, text);
  store_save_ok (store, base, edited);
}

static void
add_answers (McStore *store, const char *visit)
{
  for (guint i = 0; i < 12; i++)
    {
      g_autofree char *item = g_strdup_printf ("A%u", i);
      g_autoptr (McRecord) answer = new_answer (visit, item, i % 3 ? "conform" : "nonconform");

      if (i % 3 == 0)
        mc_record_set_text (answer, "note", "Extinguisher empty \342\200\224 seen on floor 2");
      store_save_ok (store, NULL, answer);
    }
}

static char *
add_finding (McStore *store, const char *visit)
{
  g_autoptr (McRecord) finding = mc_record_new (mc_entity_find ("finding"), NULL);

  mc_record_set_text (finding, "visit", visit);
  mc_record_set_text (finding, "item", "A0");
  mc_record_set_text (finding, "description", "Extinguisher empty");
  mc_record_set_text (finding, "severity", "minor");
  mc_record_set_text (finding, "deadline_on", "2026-12-01");
  store_save_ok (store, NULL, finding);
  return g_strdup (mc_record_get_id (finding));
}

static void
seal (McStore *store, const char *visit)
{
  g_autoptr (McTransaction) transaction = mc_transaction_new ();

  mc_transaction_seal (transaction, "visit", visit, "finalise");
  commit (store, transaction);
}

static void
amend (McStore *store, const char *visit)
{
  g_autoptr (McTransaction) transaction = mc_transaction_new ();
  g_autoptr (McRecord) base = store_load_ok (store, "visit", visit);
  g_autoptr (McRecord) edited = mc_record_copy (base);

  mc_record_set_text (edited, "note", "Second reading");
  mc_transaction_amend (transaction, "visit", visit, "A number was wrong");
  mc_transaction_save (transaction, base, edited);
  mc_transaction_seal (transaction, "visit", visit, "finalise");
  commit (store, transaction);
}

static char *
add_blob (McStore *store, const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  char *digest = mc_store_add_blob (store, bytes, &error);

  g_assert_no_error (error);
  g_assert_nonnull (digest);
  return digest;
}

static char *
add_standard (McStore *store, const char *digest, const char *area, const char *authority)
{
  g_autoptr (McRecord) standard = mc_record_new (mc_entity_find ("standard"), NULL);

  mc_record_set_text (standard, "title", "District standard");
  mc_record_set_text (standard, "kind", "inspection");
  mc_record_set_text (standard, "version", "1");
  mc_record_set_text (standard, "document", digest);
  mc_record_set_text (standard, "area", area);
  mc_record_set_text (standard, "authority", authority);
  store_save_ok (store, NULL, standard);
  return g_strdup (mc_record_get_id (standard));
}

static void
add_standards (McStore *store, const char *area)
{
  g_autofree char *authority = store_add_authority (store, area);
  g_autofree char *kept = add_blob (store, "{\"id\":\"kept\"}");
  g_autofree char *erased = add_blob (store, "{\"id\":\"erased\"}");
  g_autofree char *one = add_standard (store, kept, area, authority);
  g_autofree char *other = add_standard (store, erased, area, authority);
  g_autoptr (McTransaction) transaction = mc_transaction_new ();

  mc_transaction_erase_blob (transaction, "standard", other, erased, "Uploaded by mistake");
  commit (store, transaction);
}

static void
add_facilities (McStore *store, const char *area)
{
  for (guint i = 0; i < 20; i++)
    {
      g_autofree char *name = g_strdup_printf ("Home %u", i);
      g_autofree char *id = store_add_facility (store, name, area);
      g_autoptr (McTransaction) transaction = NULL;

      edit_text (store, "facility", id, "contact_phone", "13800000000");
      if (i % 5 != 0)
        continue;
      transaction = mc_transaction_new ();
      mc_transaction_erase_value (transaction, "facility", id, "contact_phone", "Asked for by the person");
      commit (store, transaction);
    }
}

/* Both devices change what the other sealed or changed too. */
static void
meet_other_device (McStore *store, const char *visit, const char *finding)
{
  g_auto (StoreFolder) folder = { 0 };
  g_autoptr (McStore) other = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *here = mc_store_read_lines (store, NULL, 1, TRUE, &error);
  g_autofree char *there = NULL;

  g_assert_no_error (error);
  store_folder_init (&folder);
  other = store_create_at (folder.db);
  g_assert_true (mc_store_apply (other, here, -1, NULL, &error));
  g_assert_no_error (error);
  edit_text (other, "finding", finding, "basis", "GB 38600-2019, 4.1");
  edit_text (store, "finding", finding, "basis", "GB 38600-2019, 4.2");
  seal (store, visit);
  there = mc_store_read_lines (other, mc_store_get_device (other), 1, TRUE, &error);
  g_assert_no_error (error);
  g_assert_true (mc_store_apply (store, there, -1, NULL, &error));
  g_assert_no_error (error);
  mc_store_close (other);
}

/* --- what a visit has beside its answers, and what comes after it ---------------------------------------------- */

static char *
save_texts (McStore *store, const char *entity, const char *const *texts)
{
  g_autoptr (McRecord) record = mc_record_new (mc_entity_find (entity), NULL);

  for (guint i = 0; texts[i]; i += 2)
    mc_record_set_text (record, texts[i], texts[i + 1]);
  store_save_ok (store, NULL, record);
  return g_strdup (mc_record_get_id (record));
}

static void
add_photos (McStore *store, const char *visit)
{
  static const char *const stages[] = { "evidence", "before", "after" };

  for (guint i = 0; i < G_N_ELEMENTS (stages); i++)
    {
      g_autofree char *bytes = g_strdup_printf ("photo %u", i);
      g_autofree char *blob = add_blob (store, bytes);
      const char *const texts[] = { "visit", visit, "item", i > 0 ? "A0" : NULL, "stage", stages[i], "caption", "Kitchen", "blob", blob,
                                    "received_digest", blob, "format", "jpeg", NULL };
      g_autofree char *id = save_texts (store, "photo", texts);

      edit_text (store, "photo", id, "caption", "Kitchen, east wall");
    }
}

static void
add_numbers (McStore *store, const char *area, const char *authority)
{
  static const struct { const char *key; gint64 value; } integers[] = { { "year", 2026 }, { "first_number", 1 }, { "last_number", 200 } };
  g_autoptr (McRecord) range = mc_record_new (mc_entity_find ("number_range"), NULL);

  mc_record_set_text (range, "area", area);
  mc_record_set_text (range, "authority", authority);
  mc_record_set_text (range, "document_kind", "rectification_order");
  mc_record_set_text (range, "device", mc_store_get_device (store));
  for (guint i = 0; i < G_N_ELEMENTS (integers); i++)
    mc_record_set_integer (range, integers[i].key, integers[i].value);
  store_save_ok (store, NULL, range);
}

static void
add_handover (McStore *store, const char *area, const char *authority)
{
  const char *const one[] = { "name", "Zhang", "employer", "Bureau", "authority", authority, "area", area, NULL }, *const two[] = { "name", "Li", "employer", "Bureau", "authority", authority, "area", area, NULL };
  g_autofree char *from = save_texts (store, "inspector", one), *to = save_texts (store, "inspector", two);
  const char *const texts[] = { "authority", authority, "area", area, "from_inspector", from, "to_inspector", to, "handed_on", "2026-11-22", "reason", "On leave", NULL };
  g_autofree char *id = save_texts (store, "handover", texts);
}

static void
add_papers (McStore *store, const char *area, const char *visit, const char *finding)
{
  g_autofree char *authority = store_add_authority (store, area);
  g_autofree char *facility = store_add_facility (store, "Home of papers", area);
  g_autofree char *paper = add_blob (store, "paper");
  g_autofree char *scan = add_blob (store, "scan");
  const char *const follow[] = { "visit", visit, "finding", finding, "item", "A0", "facility", facility, "authority", authority, "area", area,
                                 "way", "by_date", "deadline_on", "2026-12-01", "note", "Telephoned", NULL };
  const char *const order[] = { "kind", "rectification_order", "visit", visit, "facility", facility, "authority", authority, "area", area, "items", "A0",
                                "number", "No. 3", "blob", paper, "delivered_on", "2026-11-22", "delivery_way", "left", "received_by", "Zhang", NULL };
  const char *const phrase[] = { "authority", authority, "area", area, "text", "Extinguisher empty", "basis", "GB 38600-2019", "keywords", "fire", NULL };
  const char *const party[] = { "visit", visit, "authority", authority, NULL };
  g_autofree char *document = save_texts (store, "document", order);
  const char *const signature[] = { "document", document, "role", "facility", "name", "Zhang", "way", "refused", "reason", "Does not agree", "blob", scan, NULL };
  char *const ids[] = { save_texts (store, "follow_up", follow), save_texts (store, "phrase", phrase),
                        save_texts (store, "visit_party", party), save_texts (store, "signature", signature) };

  edit_text (store, "document", document, "delivery_way", "in_person");
  add_numbers (store, area, authority);
  add_handover (store, area, authority);
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    g_free (ids[i]);
}

void
busy_store_fill (McStore *store)
{
  g_autofree char *area = store_add_area (store, "Nanhu");
  g_autofree char *visit = store_add_visit (store);
  g_autofree char *second = store_add_visit (store);
  g_autofree char *finding = NULL;
  g_autofree char *late = NULL;

  add_facilities (store, area);
  add_standards (store, area);
  add_answers (store, visit);
  edit_text (store, "visit", visit, "facility_representative", "Zhang");
  finding = add_finding (store, visit);
  add_photos (store, visit);
  seal (store, visit);
  amend (store, visit);
  add_answers (store, second);
  late = add_finding (store, second);
  add_papers (store, area, second, late);
  meet_other_device (store, second, late);
}

/* --- looking ------------------------------------------------------------------------------------------------- */

static void
dump_rows (sqlite3 *handle, const char *sql, GString *text)
{
  sqlite3_stmt *statement = NULL;

  g_assert_cmpint (sqlite3_prepare_v2 (handle, sql, -1, &statement, NULL), ==, SQLITE_OK);
  g_string_append_printf (text, "%s\n", sql);
  while (sqlite3_step (statement) == SQLITE_ROW)
    {
      for (int i = 0; i < sqlite3_column_count (statement); i++)
        g_string_append_printf (text, "|%s", sqlite3_column_type (statement, i) == SQLITE_NULL ? "NULL" : (const char *) sqlite3_column_text (statement, i));
      g_string_append_c (text, '\n');
    }
  sqlite3_finalize (statement);
}

char *
busy_store_dump (const char *db)
{
  g_autoptr (GString) text = g_string_new (NULL);
  sqlite3 *handle = NULL;
  guint n;
  const McEntity *const *entities = mc_entity_list (&n);

  g_assert_cmpint (sqlite3_open_v2 (db, &handle, SQLITE_OPEN_READONLY, NULL), ==, SQLITE_OK);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *sql = g_strdup_printf ("SELECT * FROM %s ORDER BY id", entities[i]->name);

      dump_rows (handle, sql, text);
    }
  dump_rows (handle, "SELECT * FROM dormant ORDER BY id", text);
  dump_rows (handle, "SELECT hex (root), change FROM seal ORDER BY 1, 2", text);
  dump_rows (handle, "SELECT hex (record), device, seq, change FROM refused ORDER BY 1, 2, 3, 4", text);
  dump_rows (handle, "SELECT hex (digest), kind, change FROM erased ORDER BY 1, 2", text);
  dump_rows (handle, "SELECT digest, state, size FROM blob ORDER BY digest", text);
  dump_rows (handle, "SELECT name FROM sqlite_master ORDER BY name", text);
  g_assert_cmpint (sqlite3_close (handle), ==, SQLITE_OK);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

void
busy_store_assert_sound (const char *db)
{
  g_autoptr (McStore) store = store_open_at (db, MC_STORE_READ_ONLY);
  g_autoptr (GError) error = NULL;
  g_autoptr (McVerifyReport) report = mc_store_verify (store, TRUE, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < report->findings->len; i++)
    {
      const McFinding *finding = g_ptr_array_index (report->findings, i);

      g_test_message ("%s: %s", finding->where, finding->message);
    }
  g_assert_cmpuint (report->n_findings, ==, 0);
  mc_store_close (store);
}
