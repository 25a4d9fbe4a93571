/* SPDX-License-Identifier: GPL-3.0-or-later
 * Makes the file that a schema leaves for later versions to open: make-fixture FILE; then check it in as fixtures/NNNN.db. */
#include "busy-store.h"

int
main (int   argc,
      char *argv[])
{
  g_autoptr (McStore) store = NULL;
  g_autoptr (McRecord) area = mc_record_new (mc_entity_find ("area"), "00000000-0000-4000-8000-00000000000a");
  g_autofree char *state = NULL;

  if (argc != 2)
    {
      g_printerr ("usage: make-fixture FILE\n");
      return 2;
    }
  /* Its keys are thrown away: whoever opens the fixture is another device. */
  state = g_dir_make_tmp ("mingcha-fixture-XXXXXX", NULL);
  g_setenv ("XDG_STATE_HOME", state, TRUE);
  store = store_create_at (argv[1]);
  mc_record_set_text (area, "name", "Nanhu");
  mc_record_set_text (area, "level", "county");
  store_save_ok (store, NULL, area);
  busy_store_fill (store);
  mc_store_close (store);
  store_folder_remove (state);
  return 0;
}
