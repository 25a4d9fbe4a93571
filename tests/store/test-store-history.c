/* SPDX-License-Identifier: GPL-3.0-or-later
 * The history of a record says who changed what, from what to what, also of its parts. */
#include "store-folder.h"

#include <string.h>

static const McHistoryEntry *
entry_at (GPtrArray *history,
          guint      index)
{
  g_assert_cmpuint (index, <, history->len);
  return g_ptr_array_index (history, index);
}

static GPtrArray *
history_of (McStore    *store,
            const char *entity,
            const char *id,
            guint       limit)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *history = mc_store_history (store, entity, id, limit, &error);

  g_assert_no_error (error);
  g_assert_nonnull (history);
  return history;
}

static void
test_newest_first_with_old_and_new (void)
{
  g_auto (StoreFolder) folder = { 0 };
  g_autoptr (McStore) store = NULL;
  g_autofree char *area = NULL;
  g_autofree char *id = NULL;
  g_autoptr (McRecord) base = NULL;
  g_autoptr (McRecord) edited = NULL;
  g_autoptr (GPtrArray) history = NULL;
  g_autoptr (GPtrArray) two = NULL;

  store_folder_init (&folder);
  store = store_create_at (folder.db);
  area = store_add_area (store, "Nanhu");
  id = store_add_facility (store, "Home", area);
  base = store_load_ok (store, "facility", id);
  edited = mc_record_copy (base);
  mc_record_set_text (edited, "name", "House");
  mc_record_set_text (edited, "contact_phone", "13800001111");
  store_save_ok (store, base, edited);
  history = history_of (store, "facility", id, 0);
  /* Two of the change, in the order of the entity's fields, then the four of the creation. */
  g_assert_cmpuint (history->len, ==, 6);
  g_assert_cmpstr (entry_at (history, 0)->field->key, ==, "name");
  g_assert_cmpint (entry_at (history, 0)->kind, ==, MC_HISTORY_SET);
  g_assert_cmpstr (entry_at (history, 0)->old_value.text, ==, "Home");
  g_assert_cmpstr (entry_at (history, 0)->new_value.text, ==, "House");
  g_assert_cmpstr (entry_at (history, 1)->field->key, ==, "contact_phone");
  g_assert_cmpint (entry_at (history, 1)->old_value.type, ==, MC_VALUE_NULL);
  g_assert_cmpstr (entry_at (history, 1)->new_value.text, ==, "13800001111");
  g_assert_cmpuint (entry_at (history, 1)->change.seq, ==, 4);
  g_assert_cmpuint (entry_at (history, 5)->change.seq, ==, 3);
  two = history_of (store, "facility", id, 2);
  g_assert_cmpuint (two->len, ==, 2);
}

static void
test_people_and_devices_have_names (void)
{
  g_auto (StoreFolder) folder = { 0 };
  g_autoptr (McStore) store = NULL;
  g_autofree char *area = NULL;
  g_autofree char *authority = NULL;
  g_autofree char *id = NULL;
  g_autoptr (McRecord) user = mc_record_new (mc_entity_find ("user"), NULL);
  g_autoptr (GPtrArray) history = NULL;

  store_folder_init (&folder);
  store = store_create_at (folder.db);
  area = store_add_area (store, "Nanhu");
  authority = store_add_authority (store, area);
  mc_record_set_text (user, "name", "Zhang San");
  mc_record_set_text (user, "role", "inspector");
  mc_record_set_text (user, "authority", authority);
  mc_record_set_text (user, "area", area);
  store_save_ok (store, NULL, user);
  mc_store_set_user (store, mc_record_get_id (user));
  id = store_add_facility (store, "Home", area);
  history = history_of (store, "facility", id, 1);
  g_assert_cmpstr (entry_at (history, 0)->by, ==, mc_record_get_id (user));
  g_assert_cmpstr (entry_at (history, 0)->by_name, ==, "Zhang San");
  g_assert_cmpstr (entry_at (history, 0)->device_name, ==, g_get_host_name ());
}

static void
test_parts_seals_and_amendments_are_in_it (void)
{
  g_auto (StoreFolder) folder = { 0 };
  g_autoptr (McStore) store = NULL;
  g_autofree char *visit = NULL;
  g_autoptr (McRecord) answer = NULL;
  g_autoptr (McRecord) sealed = NULL;
  g_autoptr (McRecord) amended = NULL;
  g_autoptr (McTransaction) finalise = mc_transaction_new ();
  g_autoptr (McTransaction) amend = mc_transaction_new ();
  g_autoptr (GPtrArray) history = NULL;

  store_folder_init (&folder);
  store = store_create_at (folder.db);
  visit = store_add_visit (store);
  answer = new_answer (visit, "A1", "conform");
  store_save_ok (store, NULL, answer);
  mc_transaction_seal (finalise, "visit", visit, "finalise");
  g_assert_true (mc_store_commit (store, finalise, NULL));
  sealed = store_load_ok (store, "answer", mc_record_get_id (answer));
  amended = mc_record_copy (sealed);
  mc_record_set_text (amended, "value", "nonconform");
  mc_transaction_amend (amend, "visit", visit, "mistyped");
  mc_transaction_save (amend, sealed, amended);
  g_assert_true (mc_store_commit (store, amend, NULL));

  history = history_of (store, "visit", visit, 3);
  g_assert_cmpint (entry_at (history, 0)->kind, ==, MC_HISTORY_AMEND);
  g_assert_cmpstr (entry_at (history, 0)->reason, ==, "mistyped");
  g_assert_cmpstr (entry_at (history, 0)->entity->name, ==, "answer");
  g_assert_cmpstr (entry_at (history, 0)->old_value.text, ==, "conform");
  g_assert_cmpstr (entry_at (history, 0)->new_value.text, ==, "nonconform");
  g_assert_cmpint (entry_at (history, 1)->kind, ==, MC_HISTORY_SEAL);
  g_assert_cmpstr (entry_at (history, 1)->reason, ==, "finalise");
  g_assert_cmpstr (entry_at (history, 2)->record, ==, mc_record_get_id (answer));
}

static void
test_erasure_is_in_it_and_the_value_is_not (void)
{
  g_auto (StoreFolder) folder = { 0 };
  g_autoptr (McStore) store = NULL;
  g_autofree char *area = NULL;
  g_autoptr (McRecord) facility = NULL;
  g_autoptr (McTransaction) erase = mc_transaction_new ();
  g_autoptr (GPtrArray) history = NULL;
  guint n_sealed = 0;

  store_folder_init (&folder);
  store = store_create_at (folder.db);
  area = store_add_area (store, "Nanhu");
  facility = new_facility ("Home", area);
  mc_record_set_text (facility, "contact_phone", "13800001111");
  store_save_ok (store, NULL, facility);
  mc_transaction_erase_value (erase, "facility", mc_record_get_id (facility), "contact_phone", "asked for it");
  g_assert_true (mc_store_commit (store, erase, NULL));
  history = history_of (store, "facility", mc_record_get_id (facility), 0);
  g_assert_cmpint (entry_at (history, 0)->kind, ==, MC_HISTORY_ERASED);
  g_assert_cmpstr (entry_at (history, 0)->reason, ==, "asked for it");
  g_assert_cmpstr (entry_at (history, 0)->field->key, ==, "contact_phone");
  for (guint i = 1; i < history->len; i++)
    n_sealed += entry_at (history, i)->new_value.type == MC_VALUE_SEALED;
  g_assert_cmpuint (n_sealed, ==, 1);
}

static void
test_missing_record_is_named (void)
{
  g_auto (StoreFolder) folder = { 0 };
  g_autoptr (McStore) store = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (McSealInfo) seal = NULL;

  store_folder_init (&folder);
  store = store_create_at (folder.db);
  g_assert_null (mc_store_history (store, "visit", "00000000-0000-4000-8000-00000000000a", 0, &error));
  g_assert_error (error, MC_STORE_ERROR, MC_STORE_ERROR_NOT_FOUND);
  g_assert_cmpstr (error->message, !=, "");
  g_clear_error (&error);
  g_assert_null (mc_store_history (store, "satellite", "00000000-0000-4000-8000-00000000000a", 0, &error));
  g_assert_error (error, MC_STORE_ERROR, MC_STORE_ERROR_UNKNOWN);
  g_clear_error (&error);
  seal = mc_store_get_seal (store, "device", mc_store_get_device (store), &error);
  g_assert_no_error (error);
  g_assert_null (seal);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/store/history/newest-first-with-old-and-new", test_newest_first_with_old_and_new);
  g_test_add_func ("/store/history/people-and-devices-have-names", test_people_and_devices_have_names);
  g_test_add_func ("/store/history/parts-seals-and-amendments-are-in-it", test_parts_seals_and_amendments_are_in_it);
  g_test_add_func ("/store/history/erasure-is-in-it-and-the-value-is-not", test_erasure_is_in_it_and_the_value_is_not);
  g_test_add_func ("/store/history/missing-record-is-named", test_missing_record_is_named);
  return g_test_run ();
}
