/* SPDX-License-Identifier: GPL-3.0-or-later
 * The bare screen of Xvfb: the focus that a window manager would give, keys and mouse, pictures. */
#include "mc-screen.h"

#include <X11/Xlib.h>
#include <X11/Xutil.h>
#include <X11/keysym.h>
#include <cairo.h>
#include <gio/gio.h>
#include <string.h>

/* Looks at the screen until it stands still. */
#define LOOKS 60
#define LOOK_USEC 50000

struct _McScreen
{
  Display *display;
  Window root;
};

/* Windows come and go while they are asked about. */
static int
ignore_error_cb (Display *display, XErrorEvent *event)
{
  return 0;
}

McScreen *
mc_screen_new (GError **error)
{
  Display *display = XOpenDisplay (NULL);
  McScreen *self;

  if (!display)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "there is no X display");
      return NULL;
    }
  XSetErrorHandler (ignore_error_cb);
  self = g_new0 (McScreen, 1);
  self->display = display;
  self->root = DefaultRootWindow (display);
  return self;
}

void
mc_screen_free (McScreen *self)
{
  XCloseDisplay (self->display);
  g_free (self);
}

/* The uppermost window that is no pop-up; None: there is none. @bounds: what all windows cover. */
static Window
newest_window (McScreen *self, cairo_rectangle_int_t *place, cairo_rectangle_int_t *bounds)
{
  Window root, parent, *children = NULL, newest = None;
  unsigned int n = 0;

  memset (bounds, 0, sizeof *bounds);
  if (!XQueryTree (self->display, self->root, &root, &parent, &children, &n))
    return None;
  for (unsigned int i = 0; i < n; i++)
    {
      XWindowAttributes look;

      if (!XGetWindowAttributes (self->display, children[i], &look) || look.map_state != IsViewable || look.class == InputOnly)
        continue;
      bounds->width = MAX (bounds->width, look.x + look.width);
      bounds->height = MAX (bounds->height, look.y + look.height);
      if (look.override_redirect)
        continue;
      newest = children[i];
      *place = (cairo_rectangle_int_t) { look.x, look.y, look.width, look.height };
    }
  XFree (children);
  return newest;
}

void
mc_screen_focus (McScreen *self)
{
  cairo_rectangle_int_t place, bounds;
  Window newest = newest_window (self, &place, &bounds), focus;
  int revert;

  XGetInputFocus (self->display, &focus, &revert);
  if (newest != None && focus != newest)
    XSetInputFocus (self->display, newest, RevertToParent, CurrentTime);
  XSync (self->display, False);
}

gboolean
mc_screen_close (McScreen *self, GError **error)
{
  cairo_rectangle_int_t place, bounds;
  XEvent event = { 0 };

  event.xclient.type = ClientMessage;
  event.xclient.window = newest_window (self, &place, &bounds);
  event.xclient.message_type = XInternAtom (self->display, "WM_PROTOCOLS", False);
  event.xclient.format = 32;
  event.xclient.data.l[0] = (long) XInternAtom (self->display, "WM_DELETE_WINDOW", False);
  if (event.xclient.window == None)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "there is no window to close");
      return FALSE;
    }
  XSendEvent (self->display, event.xclient.window, False, NoEventMask, &event);
  XSync (self->display, False);
  return TRUE;
}

int
mc_screen_get_width (McScreen *self)
{
  cairo_rectangle_int_t place = { 0 }, bounds;

  newest_window (self, &place, &bounds);
  return place.width;
}

/* --- keys and mouse ---------------------------------------------------------------------------------------- */

static gboolean
run_xdotool (GStrvBuilder *builder, GError **error)
{
  g_auto (GStrv) words = g_strv_builder_end (builder);
  g_autofree char *said = NULL;
  int status;

  return g_spawn_sync (NULL, words, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_STDOUT_TO_DEV_NULL, NULL, NULL, NULL, &said, &status, error)
         && g_spawn_check_wait_status (status, error);
}

gboolean
mc_screen_click (McScreen *self, int x, int y, GError **error)
{
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();
  g_autofree char *x_text = NULL, *y_text = NULL;
  cairo_rectangle_int_t place = { 0 }, bounds;

  mc_screen_focus (self);
  newest_window (self, &place, &bounds);
  x_text = g_strdup_printf ("%d", place.x + x);
  y_text = g_strdup_printf ("%d", place.y + y);
  g_strv_builder_add_many (words, "xdotool", "mousemove", "--sync", x_text, y_text, "click", "1",
                           "mousemove", "9999", "9999", NULL); /* a resting mouse brings tooltips into the pictures */
  return run_xdotool (words, error);
}

gboolean
mc_screen_keys (McScreen *self, const char *keys, GError **error)
{
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();
  g_auto (GStrv) list = g_strsplit (keys, " ", -1);

  mc_screen_focus (self);
  g_strv_builder_add_many (words, "xdotool", "key", "--delay", "40", NULL);
  g_strv_builder_addv (words, (const char **) list);
  return run_xdotool (words, error);
}

static KeySym
keysym_of (gunichar character)
{
  return character < 0x100 ? (KeySym) character : (KeySym) (0x01000000 | character);
}

/* Keys that have nothing at any level, and are no modifiers: those swallow what is put on them. */
static gboolean
is_spare (const KeySym *map, int width, const XModifierKeymap *modifiers, int code)
{
  for (int i = 0; i < width; i++)
    if (map[i] != NoSymbol)
      return FALSE;
  for (int i = 0; i < 8 * modifiers->max_keypermod; i++)
    if (modifiers->modifiermap[i] == code)
      return FALSE;
  return TRUE;
}

/* Puts the characters that no key has yet on keys that have nothing. */
static gboolean
map_characters (McScreen *self, const char *text, GError **error)
{
  int lowest, highest, width, spare;
  XModifierKeymap *modifiers = XGetModifierMapping (self->display);
  gboolean enough = TRUE;
  KeySym *map;

  XDisplayKeycodes (self->display, &lowest, &highest);
  map = XGetKeyboardMapping (self->display, (KeyCode) lowest, highest - lowest + 1, &width);
  spare = highest;
  for (const char *at = text; *at && enough; at = g_utf8_next_char (at))
    {
      KeySym symbol = keysym_of (g_utf8_get_char (at)), pair[2] = { symbol, symbol };

      if (XKeysymToKeycode (self->display, symbol) != 0)
        continue;
      while (spare >= lowest && !is_spare (map + (spare - lowest) * width, width, modifiers, spare))
        spare--;
      enough = spare >= lowest;
      if (enough)
        XChangeKeyboardMapping (self->display, spare--, 2, pair, 1);
      XSync (self->display, False);
    }
  if (!enough)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE, "the text has more different characters than there are free keys");
  XFree (map);
  XFreeModifiermap (modifiers);
  return enough;
}

gboolean
mc_screen_type (McScreen *self, const char *text, GError **error)
{
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();

  if (!map_characters (self, text, error))
    return FALSE;
  mc_screen_focus (self);
  g_strv_builder_add_many (words, "xdotool", "type", "--delay", "40", "--", text, NULL);
  return run_xdotool (words, error);
}

/* --- pictures ---------------------------------------------------------------------------------------------- */

static char *
hash_of (XImage *image)
{
  return g_compute_checksum_for_data (G_CHECKSUM_MD5, (const guchar *) image->data, (gsize) image->bytes_per_line * (gsize) image->height);
}

static void
destroy_image (XImage *image)
{
  if (image)
    XDestroyImage (image); /* a macro */
}

static XImage *
still_image (McScreen *self, cairo_rectangle_int_t *bounds)
{
  g_autofree char *before = NULL;
  XImage *image = NULL;

  for (int i = 0; i < LOOKS; i++)
    {
      cairo_rectangle_int_t place;
      char *hash;

      destroy_image (image);
      image = NULL;
      newest_window (self, &place, bounds);
      bounds->width = MIN (bounds->width, DisplayWidth (self->display, DefaultScreen (self->display)));
      bounds->height = MIN (bounds->height, DisplayHeight (self->display, DefaultScreen (self->display)));
      if (bounds->width > 0 && bounds->height > 0)
        image = XGetImage (self->display, self->root, 0, 0, (unsigned) bounds->width, (unsigned) bounds->height, AllPlanes, ZPixmap);
      hash = image ? hash_of (image) : NULL;
      if (hash && g_strcmp0 (hash, before) == 0)
        {
          g_free (hash);
          return image;
        }
      g_free (before);
      before = hash;
      g_usleep (LOOK_USEC);
    }
  return image;
}

gboolean
mc_screen_write_picture (McScreen *self, const char *path, GError **error)
{
  cairo_rectangle_int_t bounds;
  XImage *image = still_image (self, &bounds);
  cairo_surface_t *surface;
  cairo_status_t status;

  if (!image || image->bits_per_pixel != 32)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "no picture of the screen can be taken (it must have 24 bits)");
      destroy_image (image);
      return FALSE;
    }
  surface = cairo_image_surface_create_for_data ((unsigned char *) image->data, CAIRO_FORMAT_RGB24, image->width, image->height, image->bytes_per_line);
  status = cairo_surface_write_to_png (surface, path);
  cairo_surface_destroy (surface);
  destroy_image (image);
  if (status != CAIRO_STATUS_SUCCESS)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "%s: %s", path, cairo_status_to_string (status));
  return status == CAIRO_STATUS_SUCCESS;
}
