/* SPDX-License-Identifier: GPL-3.0-or-later
 * Start tokens and keys of device incarnations, in the state folder of the user. */
#include "mc-device.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "mc-chain.h"
#include "mc-disk.h"

#define FORMAT "mingcha-device/1"
#define SECRET_BYTES 32

/* The file ID of the state folder. */
typedef struct
{
  guint8 token[SECRET_BYTES];
  guint8 next[SECRET_BYTES];
  gboolean has_token;
  gboolean has_next;
  guint64 dev;
  guint64 ino;
  guint64 seq;
  char *path;
} DeviceState;

static void
device_state_clear (DeviceState *state)
{
  g_free (state->path);
  explicit_bzero (state, sizeof *state);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DeviceState, device_state_clear)

static void
hash_token (const guint8 *token, char *hex)
{
  McDigest digest;

  mc_digest_of (token, SECRET_BYTES, &digest);
  mc_digest_to_hex (&digest, hex);
}

char *
mc_device_state_folder (void)
{
  return g_build_filename (g_get_user_state_dir (), "mingcha", NULL);
}

static char *
state_path (const char *id, const char *suffix)
{
  g_autofree char *folder = mc_device_state_folder ();
  g_autofree char *name = g_strconcat (id, suffix, NULL);

  return g_build_filename (folder, name, NULL);
}

static void
read_state_line (DeviceState *state, const char *line)
{
  const char *value = strchr (line, ' ');

  if (!value)
    return;
  value++;
  if (g_str_has_prefix (line, "token "))
    state->has_token = mc_hex_to_bytes (value, state->token, SECRET_BYTES);
  else if (g_str_has_prefix (line, "next "))
    state->has_next = mc_hex_to_bytes (value, state->next, SECRET_BYTES);
  else if (g_str_has_prefix (line, "dev "))
    state->dev = g_ascii_strtoull (value, NULL, 10);
  else if (g_str_has_prefix (line, "ino "))
    state->ino = g_ascii_strtoull (value, NULL, 10);
  else if (g_str_has_prefix (line, "seq "))
    state->seq = g_ascii_strtoull (value, NULL, 10);
  else if (g_str_has_prefix (line, "path "))
    {
      g_free (state->path);
      state->path = g_strcompress (value);
    }
}

/* FALSE: there is none that can be read, which means the same as a missing token. */
static gboolean
read_state (const char *id, DeviceState *state)
{
  g_autofree char *path = state_path (id, "");
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  gsize length;

  if (!g_file_get_contents (path, &text, &length, NULL))
    return FALSE;
  lines = g_strsplit (text, "\n", -1);
  explicit_bzero (text, length);
  if (g_strcmp0 (lines[0], FORMAT) != 0)
    return FALSE;
  for (guint i = 1; lines[i]; i++)
    {
      read_state_line (state, lines[i]);
      explicit_bzero (lines[i], strlen (lines[i]));
    }
  return state->has_token && state->path;
}

static gboolean
write_state (const char *id, const DeviceState *state, GError **error)
{
  g_autofree char *path = state_path (id, "");
  g_autofree char *escaped = g_strescape (state->path, NULL);
  g_autoptr (GString) text = g_string_new (FORMAT "\n");
  char hex[2 * SECRET_BYTES + 1];
  gboolean written;

  mc_hex_from_bytes (state->token, SECRET_BYTES, hex);
  g_string_append_printf (text, "token %s\n", hex);
  if (state->has_next)
    {
      mc_hex_from_bytes (state->next, SECRET_BYTES, hex);
      g_string_append_printf (text, "next %s\n", hex);
    }
  g_string_append_printf (text, "dev %" G_GUINT64_FORMAT "\nino %" G_GUINT64_FORMAT "\nseq %" G_GUINT64_FORMAT "\npath %s\n",
                          state->dev, state->ino, state->seq, escaped);
  written = mc_disk_replace (path, text->str, text->len, error);
  explicit_bzero (text->str, text->len);
  explicit_bzero (hex, sizeof hex);
  return written;
}

static gboolean
read_key (const char *id, guint8 *key)
{
  g_autofree char *path = state_path (id, ".key");
  g_autofree char *text = NULL;
  gsize length;
  gboolean good;

  if (!g_file_get_contents (path, &text, &length, NULL))
    return FALSE;
  g_strchomp (text);
  good = mc_hex_to_bytes (text, key, SECRET_BYTES);
  explicit_bzero (text, length);
  return good;
}

static gboolean
write_key (const char *id, const guint8 *key, GError **error)
{
  g_autofree char *path = state_path (id, ".key");
  char hex[2 * SECRET_BYTES + 2];
  gboolean written;

  mc_hex_from_bytes (key, SECRET_BYTES, hex);
  hex[2 * SECRET_BYTES] = '\n';
  hex[2 * SECRET_BYTES + 1] = '\0';
  written = mc_disk_replace (path, hex, 2 * SECRET_BYTES + 1, error);
  explicit_bzero (hex, sizeof hex);
  return written;
}

/* Where the database is now. */
static gboolean
find_place (const char *database, DeviceState *place, GError **error)
{
  char *canonical = realpath (database, NULL);
  struct stat st;

  if (!canonical || stat (canonical, &st) != 0)
    {
      mc_disk_set_error (error, errno, database);
      free (canonical);
      return FALSE;
    }
  place->path = g_strdup (canonical);
  place->dev = st.st_dev;
  place->ino = st.st_ino;
  free (canonical);
  return TRUE;
}

/* Puts the token that the database knows into `token`. */
static gboolean
token_is_known (DeviceState *noted, const char *token_hash)
{
  char hex[65];

  if (!token_hash)
    return FALSE;
  hash_token (noted->token, hex);
  if (strcmp (hex, token_hash) == 0)
    return TRUE;
  if (!noted->has_next)
    return FALSE;
  hash_token (noted->next, hex);
  if (strcmp (hex, token_hash) != 0)
    return FALSE;
  memcpy (noted->token, noted->next, SECRET_BYTES);
  return TRUE;
}

static McDeviceFound
judge (DeviceState *noted, const DeviceState *place, const McDeviceRow *row)
{
  gboolean same_path = g_strcmp0 (noted->path, place->path) == 0;
  gboolean same_file = noted->dev == place->dev && noted->ino == place->ino;

  if (!token_is_known (noted, row->token_hash) || row->last_seq < noted->seq)
    return MC_DEVICE_COPIED;
  if (!same_file && !(same_path && noted->ino == place->ino && noted->seq == row->last_seq))
    return MC_DEVICE_COPIED;
  return same_path ? MC_DEVICE_GOES_ON : MC_DEVICE_MOVED;
}

static gboolean
finish_start (McDevice *self, DeviceState *state, const DeviceState *place, GError **error)
{
  g_auto (McKeyPair) pair = { 0 };

  if (!mc_key_pair_from_secret (self->private_key, &pair, error))
    return FALSE;
  memcpy (self->public_key, pair.public_key, sizeof self->public_key);
  mc_hex_from_bytes (self->public_key, sizeof self->public_key, self->public_key_hex);
  mc_random_bytes (self->token, SECRET_BYTES);
  hash_token (self->token, self->token_hash);
  self->path = g_strdup (place->path);
  self->seq = state->seq;
  g_free (state->path);
  state->path = g_strdup (place->path);
  state->dev = place->dev;
  state->ino = place->ino;
  memcpy (state->next, self->token, SECRET_BYTES);
  state->has_next = !self->is_new;
  if (self->is_new)
    memcpy (state->token, self->token, SECRET_BYTES);
  return write_state (self->id, state, error);
}

static gboolean
make_incarnation (McDevice *self, const char *previous, GError **error)
{
  g_autofree char *id = mc_uuid_new ();
  g_auto (McKeyPair) pair = { 0 };

  g_strlcpy (self->id, id, sizeof self->id);
  g_strlcpy (self->previous, previous ? previous : "", sizeof self->previous);
  self->is_new = TRUE;
  if (!mc_key_pair_create (&pair, error))
    return FALSE;
  memcpy (self->private_key, pair.secret_key, sizeof self->private_key);
  return write_key (self->id, self->private_key, error);
}

McDevice *
mc_device_start (const char *database, const McDeviceRow *row, GError **error)
{
  g_autoptr (McDevice) self = g_new0 (McDevice, 1);
  g_autofree char *folder = mc_device_state_folder ();
  g_auto (DeviceState) noted = { 0 };
  g_auto (DeviceState) place = { 0 };
  g_auto (DeviceState) fresh = { 0 };

  g_return_val_if_fail (database != NULL && row != NULL, NULL);

  if (!find_place (database, &place, error) || !mc_disk_make_folder (folder, 0700, error))
    return NULL;
  if (!row->id)
    self->found = MC_DEVICE_FIRST;
  else if (!read_state (row->id, &noted) || !read_key (row->id, self->private_key))
    self->found = MC_DEVICE_COPIED;
  else
    self->found = judge (&noted, &place, row);

  if (self->found == MC_DEVICE_GOES_ON || self->found == MC_DEVICE_MOVED)
    g_strlcpy (self->id, row->id, sizeof self->id);
  else if (!make_incarnation (self, row->id, error))
    return NULL;
  if (!finish_start (self, self->is_new ? &fresh : &noted, &place, error))
    return NULL;
  return g_steal_pointer (&self);
}

static gboolean
rewrite_state (McDevice *self, GError **error)
{
  g_auto (DeviceState) state = { 0 };

  if (!find_place (self->path, &state, error))
    return FALSE;
  memcpy (state.token, self->token, SECRET_BYTES);
  state.seq = self->seq;
  return write_state (self->id, &state, error);
}

gboolean
mc_device_confirm (McDevice *self, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->is_new || rewrite_state (self, error);
}

gboolean
mc_device_note_seq (McDevice *self, guint64 seq, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (seq <= self->seq)
    return TRUE;
  self->seq = seq;
  return rewrite_state (self, error);
}

void
mc_device_free (McDevice *self)
{
  if (!self)
    return;
  g_free (self->path);
  explicit_bzero (self, sizeof *self);
  g_free (self);
}
