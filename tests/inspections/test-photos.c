/* SPDX-License-Identifier: GPL-3.0-or-later
 * Photos of a visit: the file with its record or neither, each once, in the order of time, and no change after the seal. */
#include "office.h"
#include "photo-sample.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/wait.h>

#include "inspections/mc-photos.h"
#include "inspections/mc-picture.h"

static char *
start_visit (Office *office)
{
  g_autoptr (McVisit) visit = prepare (office, SAMPLE_DAY);

  save (office, NULL, visit);
  return g_strdup (mc_visit_get_id (visit));
}

static McPhotoFile *
sample_file (const char *name)
{
  g_autoptr (GBytes) bytes = sample_bytes (name);
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  g_autoptr (GError) error = NULL;
  McPhotoFile *file = mc_photo_file_new (bytes, name, FALSE, zone, &error);

  g_assert_no_error (error);
  return file;
}

static McRecord *
add_photo (Office *office, const char *visit, const char *name, const char *item, gint64 added_at, gboolean *already)
{
  g_autoptr (McPhotoFile) file = sample_file (name);
  g_autoptr (GError) error = NULL;
  McRecord *photo = mc_photos_add (office->store, visit, file, &(McPhotoPlace) { item, NULL, NULL }, added_at, already, &error);

  g_assert_no_error (error);
  return photo;
}

static GPtrArray *
list (Office *office, const char *visit, gboolean with_withdrawn)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *photos = mc_photos_list (office->store, visit, with_withdrawn, &error);

  g_assert_no_error (error);
  return photos;
}

static void
test_added (void)
{
  g_auto (Office) office = { 0 };
  g_autofree char *visit = NULL;
  g_autoptr (McRecord) photo = NULL;
  g_autoptr (GdkPixbuf) pixbuf = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *quarters = NULL;

  office_init (&office);
  visit = start_visit (&office);
  photo = add_photo (&office, visit, "turned-6.jpg", NULL, 5, NULL);
  g_assert_cmpint (mc_record_get_integer (photo, "taken_at", 0), ==, 1795051805000);
  g_assert_cmpint (mc_photo_get_time (photo), ==, 1795051805000);
  g_assert_true (mc_record_is_null (photo, "item"));
  g_assert_cmpstr (mc_record_get_text (photo, "stage"), ==, "evidence");
  assert_raw_integer (office.folder.db, "SELECT width * 1000 + height FROM photo", 32048);
  assert_raw_text (office.folder.db, "SELECT state FROM blob", "to_send");
  assert_raw_integer (office.folder.db, "SELECT count(*) FROM photo p JOIN blob b ON b.digest = p.blob WHERE b.size > 100", 1);
  pixbuf = mc_photos_load_pixbuf (office.store, photo, 24, NULL, &error);
  g_assert_no_error (error);
  quarters = read_quarters (pixbuf);
  g_assert_cmpstr (quarters, ==, "BRWG");
  g_assert_cmpint (gdk_pixbuf_get_height (pixbuf), ==, 24);
}

static void
test_each_once (void)
{
  g_auto (Office) office = { 0 };
  g_autofree char *visit = NULL;
  g_autofree char *other = NULL;
  g_autoptr (McRecord) photo = NULL;
  g_autoptr (McRecord) again = NULL;
  g_autoptr (McRecord) elsewhere = NULL;
  gboolean already = FALSE;

  office_init (&office);
  visit = start_visit (&office);
  other = start_visit (&office);
  photo = add_photo (&office, visit, "plain.jpg", "E-01", 1, &already);
  g_assert_false (already);
  again = add_photo (&office, visit, "plain.jpg", NULL, 2, &already);
  g_assert_true (already);
  g_assert_cmpstr (mc_record_get_id (again), ==, mc_record_get_id (photo));
  g_assert_cmpstr (mc_record_get_text (again, "item"), ==, "E-01");
  elsewhere = add_photo (&office, other, "plain.jpg", NULL, 2, &already);
  g_assert_false (already);
  assert_raw_integer (office.folder.db, "SELECT count(*) FROM photo", 2);
  assert_raw_integer (office.folder.db, "SELECT count(*) FROM blob", 1);
}

static void
test_order (void)
{
  g_auto (Office) office = { 0 };
  g_autofree char *visit = NULL;
  g_autoptr (McRecord) late = NULL;
  g_autoptr (McRecord) taken = NULL;
  g_autoptr (McRecord) early = NULL;
  g_autoptr (GPtrArray) photos = NULL;
  g_autoptr (GPtrArray) tray = NULL;

  office_init (&office);
  visit = start_visit (&office);
  late = add_photo (&office, visit, "plain.png", NULL, 1795051805000 + 10, NULL);
  taken = add_photo (&office, visit, "turned-1.jpg", "E-01", 1, NULL);
  early = add_photo (&office, visit, "no-time.jpg", NULL, 1795051805000 - 10, NULL);
  photos = list (&office, visit, FALSE);
  g_assert_cmpuint (photos->len, ==, 3);
  g_assert_cmpstr (mc_record_get_id (photos->pdata[0]), ==, mc_record_get_id (early));
  g_assert_cmpstr (mc_record_get_id (photos->pdata[1]), ==, mc_record_get_id (taken));
  g_assert_cmpstr (mc_record_get_id (photos->pdata[2]), ==, mc_record_get_id (late));
  tray = mc_photos_of_item (photos, NULL, NULL);
  g_assert_cmpuint (tray->len, ==, 2);
}

static void
test_edited (void)
{
  g_auto (Office) office = { 0 };
  g_autofree char *visit = NULL;
  g_autoptr (McRecord) photo = NULL;
  g_autoptr (McRecord) back = NULL;
  g_autoptr (GPtrArray) photos = NULL;
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (GError) error = NULL;
  const char *ids[2] = { NULL };

  office_init (&office);
  visit = start_visit (&office);
  photo = add_photo (&office, visit, "plain.jpg", NULL, 1, NULL);
  ids[0] = mc_record_get_id (photo);
  g_assert_true (mc_photos_move (office.store, ids, &(McPhotoPlace) { "E-02", NULL, "before" }, &error));
  g_assert_true (mc_photos_set_caption (office.store, ids[0], "  Kitchen, east wall \n", &error));
  g_assert_true (mc_photos_set_stage (office.store, ids[0], "after", &error));
  g_assert_no_error (error);
  assert_raw_text (office.folder.db, "SELECT item || stage || caption FROM photo", "E-02afterKitchen, east wall");
  g_assert_false (mc_photos_set_stage (office.store, ids[0], "sideways", &error));
  g_assert_error (error, MC_INSPECTION_ERROR, MC_INSPECTION_ERROR_INPUT);
  g_clear_error (&error);

  g_assert_false (mc_photos_withdraw (office.store, ids, " ", &error));
  g_assert_error (error, MC_INSPECTION_ERROR, MC_INSPECTION_ERROR_INPUT);
  g_clear_error (&error);
  g_assert_true (mc_photos_withdraw (office.store, ids, "Shows a resident", &error));
  g_assert_no_error (error);
  photos = list (&office, visit, FALSE);
  all = list (&office, visit, TRUE);
  g_assert_cmpuint (photos->len, ==, 0);
  g_assert_cmpuint (all->len, ==, 1);
  /* Put in again it comes back, with its caption. */
  back = add_photo (&office, visit, "plain.jpg", "E-03", 9, NULL);
  g_assert_true (mc_photo_is_open (back));
  assert_raw_text (office.folder.db, "SELECT item || caption FROM photo WHERE withdrawn_reason IS NULL", "E-03Kitchen, east wall");
}

static void
test_finalised (void)
{
  g_auto (Office) office = { 0 };
  g_autofree char *visit = NULL;
  g_autoptr (McPhotoFile) file = sample_file ("plain.jpg");
  g_autoptr (GError) error = NULL;

  office_init (&office);
  visit = finalise_one (&office, SAMPLE_DAY);
  g_assert_null (mc_photos_add (office.store, visit, file, &(McPhotoPlace) { 0 }, 1, NULL, &error));
  g_assert_error (error, MC_STORE_ERROR, MC_STORE_ERROR_SEALED);
  g_test_message ("%s", error->message);
  assert_raw_integer (office.folder.db, "SELECT count(*) FROM blob", 0);
}

static guint
count_files (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  guint n = 0;

  while (dir && (name = g_dir_read_name (dir)))
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      n += g_file_test (path, G_FILE_TEST_IS_DIR) ? count_files (path) : 1;
    }
  return n;
}

/* --- many at once ----------------------------------------------------------------------------------------------- */

typedef struct
{
  GMainLoop *loop;
  GPtrArray *outcomes;
  guint steps, last;
} Many;

static void
step_cb (guint done, guint total, gpointer data)
{
  Many *many = data;

  g_assert_cmpuint (done, >, many->last);
  g_assert_cmpuint (total, ==, 4);
  many->last = done;
  many->steps++;
}

static void
done_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Many *many = data;
  g_autoptr (GError) error = NULL;

  many->outcomes = mc_photos_add_finish (result, &error);
  g_assert_no_error (error);
  g_main_loop_quit (many->loop);
}

static void
test_one_bad_file_holds_back_none (void)
{
  static const char *const names[] = { "turned-1.jpg", "truncated.jpg", "plain.png", "gif.jpg" };
  g_auto (Office) office = { 0 };
  g_autofree char *visit = NULL;
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
  Many many = { g_main_loop_new (NULL, FALSE), NULL, 0, 0 };

  office_init (&office);
  visit = start_visit (&office);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = sample_path (names[i]);

      g_ptr_array_add (files, g_file_new_for_path (path));
    }
  mc_photos_add_files_async (office.store, visit, files, &(McPhotoPlace) { 0 }, FALSE, step_cb, &many, NULL, NULL, done_cb, &many);
  g_main_loop_run (many.loop);
  g_assert_cmpuint (many.outcomes->len, ==, 4);
  g_assert_cmpuint (many.steps, ==, 4);
  for (guint i = 0; i < 4; i++)
    {
      const McPhotoOutcome *outcome = g_ptr_array_index (many.outcomes, i);

      g_assert_cmpstr (outcome->name, ==, names[i]);
      g_assert_cmpint (outcome->id != NULL, ==, i % 2 == 0);
      g_assert_cmpint (outcome->error == NULL, ==, i % 2 == 0);
      if (outcome->error)
        g_test_message ("%s", outcome->error->message);
    }
  assert_raw_integer (office.folder.db, "SELECT count(*) FROM photo", 2);
  g_ptr_array_unref (many.outcomes);
  g_main_loop_unref (many.loop);
}

/* --- a disk that fills -------------------------------------------------------------------------------------------- */

static GBytes *
noise (GRand *rand)
{
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, 600, 400);
  guint8 *pixels = gdk_pixbuf_get_pixels (pixbuf);

  for (gsize i = 0; i < gdk_pixbuf_get_byte_length (pixbuf); i++)
    pixels[i] = (guint8) g_rand_int (rand);
  return mc_picture_encode_jpeg (pixbuf, NULL, NULL, NULL);
}

/* Root or not, on a tmpfs of 4 MiB: @disk. */
static void
on_small_disk (const char *disk)
{
  g_autofree char *path = g_build_filename (disk, "mingcha.db", NULL);
  g_autofree char *blobs = g_build_filename (disk, "blobs", NULL);
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  g_autoptr (McStore) store = store_create_at (path);
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  g_autofree char *visit = store_add_visit (store);
  g_autoptr (GError) error = NULL;
  guint saved = 0;

  for (guint i = 0; i < 100 && !error; i++)
    {
      g_autoptr (GBytes) bytes = noise (rand);
      g_autoptr (McPhotoFile) file = mc_photo_file_new (bytes, "noise.jpg", FALSE, zone, &error);
      g_autoptr (McRecord) photo = file ? mc_photos_add (store, visit, file, &(McPhotoPlace) { 0 }, i, NULL, &error) : NULL;

      saved += photo != NULL;
    }
  g_assert_error (error, MC_STORE_ERROR, MC_STORE_ERROR_FULL);
  g_test_message ("after %u photos: %s", saved, error->message);
  g_assert_cmpuint (saved, >, 0);
  /* What was acknowledged is there, and nothing half done. */
  assert_raw_integer (path, "SELECT count(*) FROM photo", saved);
  assert_raw_integer (path, "SELECT count(*) FROM blob", saved);
  g_assert_cmpuint (count_files (blobs), ==, saved);
  mc_store_close (store);
}

static void
test_full_disk (void)
{
  g_auto (StoreFolder) folder = { 0 };
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *script = NULL;
  g_autofree char *output = NULL;
  const char *disk = g_getenv ("MINGCHA_TEST_SMALL_DISK");
  const char *argv[] = { "unshare", "-m", "sh", "-c", NULL, self, NULL };
  int status;

  if (disk)
    {
      on_small_disk (disk);
      return;
    }
  store_folder_init (&folder);
  script = g_strdup_printf ("mount -t tmpfs -o size=4m tmpfs '%s' || exit 77; exec \"$0\" -p /inspections/photos/full-disk-leaves-nothing-half-done", folder.path);
  argv[4] = script;
  g_setenv ("MINGCHA_TEST_SMALL_DISK", folder.path, TRUE);
  if (!g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, &output, NULL, &status, NULL)
      || (WIFEXITED (status) && (WEXITSTATUS (status) == 77 || WEXITSTATUS (status) == 1) && !strstr (output, "ok ")))
    {
      g_test_skip ("a mount namespace was refused");
      return;
    }
  g_unsetenv ("MINGCHA_TEST_SMALL_DISK");
  g_test_message ("%s", output);
  g_assert_cmpint (status, ==, 0);
}

/* --- for documents ---------------------------------------------------------------------------------------------- */

/* A kept original lies as the camera held it; a document gets it upright. */
static void
test_for_documents (void)
{
  g_auto (Office) office = { 0 };
  g_autofree char *visit = NULL;
  g_autoptr (GBytes) received = sample_bytes ("turned-6.jpg");
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  g_autoptr (McPhotoFile) file = mc_photo_file_new (received, "photo.jpg", TRUE, zone, NULL);
  g_autoptr (McRecord) photo = NULL;
  g_autoptr (GBytes) jpeg = NULL;
  g_autoptr (GError) error = NULL;
  McPictureInfo info;

  office_init (&office);
  visit = start_visit (&office);
  photo = mc_photos_add (office.store, visit, file, &(McPhotoPlace) { 0 }, 1, NULL, &error);
  g_assert_no_error (error);
  jpeg = mc_photos_load_jpeg (office.store, photo, 1200, NULL, &error);
  g_assert_true (mc_picture_read_info (jpeg, &info, &error));
  g_assert_cmpuint (info.exif.orientation, ==, 1);
  g_assert_cmpuint (info.width, ==, 32);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/inspections/photos/added", test_added);
  g_test_add_func ("/inspections/photos/each-once", test_each_once);
  g_test_add_func ("/inspections/photos/by-time", test_order);
  g_test_add_func ("/inspections/photos/edited", test_edited);
  g_test_add_func ("/inspections/photos/finalised-takes-none", test_finalised);
  g_test_add_func ("/inspections/photos/one-bad-file-holds-back-none", test_one_bad_file_holds_back_none);
  g_test_add_func ("/inspections/photos/full-disk-leaves-nothing-half-done", test_full_disk);
  g_test_add_func ("/inspections/photos/upright-for-documents", test_for_documents);
  return g_test_run ();
}
