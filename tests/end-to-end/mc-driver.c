/* SPDX-License-Identifier: GPL-3.0-or-later
 * Drives the real window as a person with a screen reader would: by role and name through AT-SPI, by keys, by pictures. */
#include "mc-driver.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <locale.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "mc-screen.h"

/* How long is waited for anything, and how long between two looks. */
#define LIMIT_USEC (20 * G_USEC_PER_SEC)
#define LOOK_USEC 40000
#define ANY_ROLE ATSPI_ROLE_INVALID
/* How deep a widget's children lie, and how far above it the mouse may hit when it takes none itself. */
#define HIT_LEVELS 12
#define UNPICKED_LEVELS 4
#define MAX_TABS 20
#define FOCUS_LEVELS 3
#define BUS_LAUNCHER "/usr/libexec/at-spi-bus-launcher"

struct _McDriver
{
  McScreen *screen;
  GPid pid;
  char *log;       /* what the program printed */
  char *pictures;  /* NULL: none */
  guint n_pictures;
  AtspiAccessible *application;
  AtspiAccessible *focus; /* where it was last */
};

typedef AtspiAccessible *(*Seek) (McDriver *self, AtspiRole role, const char *name);

/* --- a home of its own ------------------------------------------------------------------------------------- */

static gboolean
make_locale (const char *home, GError **error)
{
  g_autofree char *folder = g_build_filename (home, "locale", NULL);
  g_autofree char *file = g_build_filename (folder, "zh_CN.UTF-8", NULL);
  const char *words[] = { "localedef", "-i", "zh_CN", "-f", "UTF-8", file, NULL };
  int status;

  if (setlocale (LC_ALL, "zh_CN.UTF-8"))
    return TRUE;
  g_mkdir_with_parents (folder, 0700);
  if (!g_spawn_sync (NULL, (char **) words, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, &status, error) || !g_spawn_check_wait_status (status, error))
    return FALSE;
  g_setenv ("LOCPATH", folder, TRUE);
  if (setlocale (LC_ALL, "zh_CN.UTF-8"))
    return TRUE;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "the locale zh_CN.UTF-8 could not be made");
  return FALSE;
}

/* Without a desktop nobody tells GTK the font and that nothing is to blink in pictures. */
static gboolean
write_settings (const char *config, GError **error)
{
  g_autofree char *folder = g_build_filename (config, "gtk-4.0", NULL);
  g_autofree char *file = g_build_filename (folder, "settings.ini", NULL);

  g_mkdir_with_parents (folder, 0700);
  return g_file_set_contents (file, "[Settings]\ngtk-font-name=Cantarell 11\ngtk-cursor-blink=false\ngtk-enable-animations=false\n", -1, error);
}

static void
ignore_log_cb (const char *domain, GLogLevelFlags level, const char *message, gpointer data)
{
}

gboolean
mc_driver_prepare (const char *folder, GError **error)
{
  static const char *const homes[][2] = {
    { "HOME", "" }, { "XDG_RUNTIME_DIR", "run" }, { "XDG_CONFIG_HOME", "config" }, { "XDG_DATA_HOME", "data" },
    { "XDG_CACHE_HOME", "cache" }, { "XDG_STATE_HOME", "state" },
  };
  g_autofree char *config = g_build_filename (folder, "config", NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (homes); i++)
    {
      g_autofree char *path = g_build_filename (folder, homes[i][1], NULL);

      if (g_mkdir_with_parents (path, 0700) != 0)
        {
          g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "%s cannot be made", path);
          return FALSE;
        }
      g_setenv (homes[i][0], path, TRUE);
    }
  g_setenv ("LANG", "zh_CN.UTF-8", TRUE);
  g_setenv ("LC_ALL", "zh_CN.UTF-8", TRUE);
  g_setenv ("LANGUAGE", "zh_CN", TRUE);
  g_setenv ("GSETTINGS_BACKEND", "keyfile", TRUE);
  g_setenv ("GSK_RENDERER", "cairo", TRUE);
  g_setenv ("GDK_BACKEND", "x11", TRUE);
  g_unsetenv ("G_DEBUG");
  g_unsetenv ("GTK_A11Y");
  /* GTK 4.8 has no cache object of the whole program, and libatspi says so each time. */
  g_log_set_handler ("dbind", G_LOG_LEVEL_WARNING | G_LOG_FLAG_FATAL, ignore_log_cb, NULL);
  return make_locale (folder, error) && write_settings (config, error);
}

/* --- looking ----------------------------------------------------------------------------------------------- */

static void
pause_between_looks (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_usleep (LOOK_USEC);
}

static gboolean
has_state (AtspiAccessible *widget, AtspiStateType state)
{
  g_autoptr (AtspiStateSet) states = atspi_accessible_get_state_set (widget);

  return states && atspi_state_set_contains (states, state);
}

static gboolean
get_place (AtspiAccessible *widget, AtspiRect *place)
{
  g_autoptr (AtspiComponent) component = atspi_accessible_get_component_iface (widget);
  g_autofree AtspiRect *found = component ? atspi_component_get_extents (component, ATSPI_COORD_TYPE_WINDOW, NULL) : NULL;

  if (!found || found->width <= 0 || found->height <= 0)
    return FALSE;
  *place = *found;
  return TRUE;
}

/* @own_role: asked for already. */
static gboolean
fits (AtspiAccessible *widget, AtspiRole own_role, AtspiRole role, const char *name)
{
  g_autofree char *own = NULL;

  if (role != ANY_ROLE && own_role != role)
    return FALSE;
  if (!name)
    return TRUE;
  own = atspi_accessible_get_name (widget, NULL);
  return own && g_pattern_match_simple (name, own);
}

static gboolean
is_below (AtspiAccessible *widget, AtspiAccessible *above, int levels)
{
  g_autoptr (AtspiAccessible) at = g_object_ref (widget);

  for (int i = 0; at && i <= levels; i++)
    {
      AtspiAccessible *parent;

      if (at == above)
        return TRUE;
      parent = atspi_accessible_get_parent (at, NULL);
      g_object_unref (at);
      at = parent;
    }
  return FALSE;
}

/* What lies in the middle of @place in @window now. Transfer full. */
static AtspiAccessible *
pick (AtspiAccessible *window, const AtspiRect *place)
{
  g_autoptr (AtspiComponent) component = atspi_accessible_get_component_iface (window);

  return component ? atspi_component_get_accessible_at_point (component, place->x + place->width / 2, place->y + place->height / 2, ATSPI_COORD_TYPE_WINDOW, NULL) : NULL;
}

/* FALSE for the pages of a stack that do not show: they keep the places of their widgets. GTK 4.8 picks only what was
 * asked for once by its parent: when it picks nothing, the page is new. */
static gboolean
is_shown_page (AtspiAccessible *window, AtspiAccessible *widget)
{
  g_autofree char *name = atspi_accessible_get_name (widget, NULL);
  g_autoptr (AtspiAccessible) child = NULL, there = NULL;
  AtspiRect place;

  if (g_strcmp0 (name, "GtkStackPage") != 0)
    return TRUE;
  child = atspi_accessible_get_child_at_index (widget, 0, NULL);
  if (!child || !get_place (child, &place))
    return FALSE;
  there = pick (window, &place);
  return !there || is_below (there, child, G_MAXINT - 1);
}

/* FALSE where looking for more only costs time: every question goes to another process. @height: of the window. */
static gboolean
is_worth_a_look (AtspiAccessible *window, int height, AtspiAccessible *widget, AtspiRole role)
{
  AtspiRect place;

  if (role == ATSPI_ROLE_PANEL)
    return is_shown_page (window, widget);
  if (role != ATSPI_ROLE_TABLE_ROW && role != ATSPI_ROLE_LIST_ITEM)
    return TRUE;
  return get_place (widget, &place) && place.y < height && place.y + place.height > 0;
}

static int
get_height (AtspiAccessible *window)
{
  AtspiRect place;

  return get_place (window, &place) ? place.height : 0;
}

/* Whether @widget itself lies in the middle of its place: it is not scrolled away. */
static gboolean
is_seen (AtspiAccessible *window, AtspiAccessible *widget)
{
  g_autoptr (AtspiAccessible) there = NULL;
  AtspiRect place;

  if (!get_place (widget, &place))
    return FALSE;
  there = pick (window, &place);
  return there && (is_below (there, widget, HIT_LEVELS) || is_below (widget, there, UNPICKED_LEVELS));
}

/* Below @widget in @window, depth first: adds what fits to @found, until one is seen. TRUE: the last one is seen. */
static gboolean
collect_below (AtspiAccessible *window, int height, AtspiAccessible *widget, AtspiRole role, const char *name, GPtrArray *found)
{
  AtspiRole own_role = atspi_accessible_get_role (widget, NULL);
  AtspiRect place;
  int n;

  if (fits (widget, own_role, role, name) && get_place (widget, &place))
    {
      g_ptr_array_add (found, g_object_ref (widget));
      if (is_seen (window, widget))
        return TRUE;
    }
  n = is_worth_a_look (window, height, widget, own_role) ? atspi_accessible_get_child_count (widget, NULL) : 0;
  for (int i = 0; i < n; i++)
    {
      g_autoptr (AtspiAccessible) child = atspi_accessible_get_child_at_index (widget, i, NULL);

      if (child && collect_below (window, height, child, role, name, found))
        return TRUE;
    }
  return FALSE;
}

/* In @window: one that is seen; unless @seen_only, else one that is scrolled away. Transfer full. */
static AtspiAccessible *
seek_in_window (AtspiAccessible *window, AtspiRole role, const char *name, gboolean seen_only)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_object_unref);
  gboolean seen = collect_below (window, get_height (window), window, role, name, found);

  return found->len > 0 && (seen || !seen_only) ? g_object_ref (g_ptr_array_index (found, found->len - 1)) : NULL;
}

/* The newest window first: a dialog lies over what asked for it. */
static AtspiAccessible *
seek_in_windows (McDriver *self, AtspiRole role, const char *name, gboolean seen_only)
{
  int n = atspi_accessible_get_child_count (self->application, NULL);

  for (int i = n - 1; i >= 0; i--)
    {
      g_autoptr (AtspiAccessible) window = atspi_accessible_get_child_at_index (self->application, i, NULL);
      AtspiAccessible *found = window ? seek_in_window (window, role, name, seen_only) : NULL;

      if (found)
        return found;
    }
  return NULL;
}

AtspiAccessible *
mc_driver_peek (McDriver *self, AtspiRole role, const char *name)
{
  return seek_in_windows (self, role, name, FALSE);
}

static AtspiAccessible *
seek_seen (McDriver *self, AtspiRole role, const char *name)
{
  return seek_in_windows (self, role, name, TRUE);
}

/* Below @widget, depth first: the one that has the focus, if it fits. */
static AtspiAccessible *
seek_focus_below (AtspiAccessible *window, int height, AtspiAccessible *widget, AtspiRole role, const char *name)
{
  AtspiRole own_role = atspi_accessible_get_role (widget, NULL);
  int n;

  if (has_state (widget, ATSPI_STATE_FOCUSED) && fits (widget, own_role, role, name))
    return g_object_ref (widget);
  n = is_worth_a_look (window, height, widget, own_role) ? atspi_accessible_get_child_count (widget, NULL) : 0;
  for (int i = 0; i < n; i++)
    {
      g_autoptr (AtspiAccessible) child = atspi_accessible_get_child_at_index (widget, i, NULL);
      AtspiAccessible *found = child ? seek_focus_below (window, height, child, role, name) : NULL;

      if (found)
        return found;
    }
  return NULL;
}

/* The buttons of libadwaita's dialogs read their label twice. */
static AtspiAccessible *
seek_pressable (McDriver *self, AtspiRole role, const char *name)
{
  AtspiAccessible *found = mc_driver_peek (self, role, name);
  g_autofree char *twice = found ? NULL : g_strdup_printf ("%s %s", name, name);

  if (twice)
    found = mc_driver_peek (self, role, twice);
  if (found && !has_state (found, ATSPI_STATE_SENSITIVE))
    g_clear_object (&found);
  return found;
}

/* It moves mostly to a neighbour: a look there saves asking the whole window. */
static AtspiAccessible *
seek_focus_nearby (AtspiAccessible *last, AtspiRole role, const char *name)
{
  g_autoptr (AtspiAccessible) parent = atspi_accessible_get_parent (last, NULL);
  int n = parent ? atspi_accessible_get_child_count (parent, NULL) : 0;

  for (int i = 0; i < n; i++)
    {
      g_autoptr (AtspiAccessible) child = atspi_accessible_get_child_at_index (parent, i, NULL);

      if (child && has_state (child, ATSPI_STATE_FOCUSED) && fits (child, atspi_accessible_get_role (child, NULL), role, name))
        return g_steal_pointer (&child);
    }
  return NULL;
}

static AtspiAccessible *
seek_focused (McDriver *self, AtspiRole role, const char *name)
{
  int n = atspi_accessible_get_child_count (self->application, NULL);
  g_autoptr (AtspiAccessible) window = n > 0 ? atspi_accessible_get_child_at_index (self->application, n - 1, NULL) : NULL;
  AtspiAccessible *found;

  mc_screen_focus (self->screen);
  if (!window)
    return NULL;
  found = self->focus ? seek_focus_nearby (self->focus, role, name) : NULL;
  if (!found)
    found = seek_focus_below (window, get_height (window), window, role, name);
  if (found)
    g_set_object (&self->focus, found);
  return found;
}

static AtspiAccessible *
seek_focused_text (McDriver *self, AtspiRole role, const char *name)
{
  AtspiAccessible *found = seek_focused (self, ATSPI_ROLE_TEXT, NULL);

  return found ? found : seek_focused (self, ATSPI_ROLE_ENTRY, NULL);
}

static gboolean
is_running (McDriver *self)
{
  siginfo_t info = { 0 };

  return self->pid != 0 && waitid (P_PID, (id_t) self->pid, &info, WEXITED | WNOHANG | WNOWAIT) == 0 && info.si_pid == 0;
}

/* How it ended, and what it said before. */
static void
set_ended (McDriver *self, GError **error)
{
  g_autofree char *log = NULL;
  siginfo_t info = { 0 };

  waitid (P_PID, (id_t) self->pid, &info, WEXITED | WNOHANG | WNOWAIT);
  g_file_get_contents (self->log, &log, NULL, NULL);
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_CLOSED, "the program has ended (%s %d):\n%s", info.si_code == CLD_EXITED ? "exit code" : "signal",
               info.si_status, log ? log : "");
}

static AtspiAccessible *
wait_for (McDriver *self, Seek seek, AtspiRole role, const char *name, const char *what, GError **error)
{
  gint64 end = g_get_monotonic_time () + LIMIT_USEC;

  while (g_get_monotonic_time () < end)
    {
      AtspiAccessible *found = seek (self, role, name);

      if (found)
        return found;
      if (!is_running (self))
        {
          set_ended (self, error);
          return NULL;
        }
      pause_between_looks ();
    }
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "%s: %s “%s”", what, role == ANY_ROLE ? "anything" : atspi_role_get_name (role), name ? name : "*");
  return NULL;
}

AtspiAccessible *
mc_driver_find (McDriver *self, AtspiRole role, const char *name, GError **error)
{
  return wait_for (self, mc_driver_peek, role, name, "not found", error);
}

gboolean
mc_driver_wait_gone (McDriver *self, AtspiRole role, const char *name, GError **error)
{
  gint64 end = g_get_monotonic_time () + LIMIT_USEC;

  while (g_get_monotonic_time () < end)
    {
      g_autoptr (AtspiAccessible) found = seek_seen (self, role, name);

      if (!found)
        return TRUE;
      pause_between_looks ();
    }
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "still there: “%s”", name);
  return FALSE;
}

gboolean
mc_driver_wait_text (McDriver *self, const char *pattern, GError **error)
{
  g_autoptr (AtspiAccessible) found = wait_for (self, seek_seen, ANY_ROLE, pattern, "not seen", error);

  return found != NULL;
}

gboolean
mc_driver_wait_focus (McDriver *self, AtspiRole role, const char *name, GError **error)
{
  g_autoptr (AtspiAccessible) found = wait_for (self, seek_focused, role, name, "without focus", error);

  return found != NULL;
}

/* --- doing ------------------------------------------------------------------------------------------------- */

gboolean
mc_driver_press (McDriver *self, const char *name, GError **error)
{
  g_autoptr (AtspiAccessible) button = wait_for (self, seek_pressable, ATSPI_ROLE_PUSH_BUTTON, name, "cannot be pressed", error);
  g_autoptr (AtspiAction) action = button ? atspi_accessible_get_action_iface (button) : NULL;

  if (!button)
    return FALSE;
  mc_screen_focus (self->screen);
  if (action && atspi_action_do_action (action, 0, NULL))
    return TRUE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "the button “%s” does nothing when it is pressed", name);
  return FALSE;
}

/* A window without a manager draws its own shadow: what AT-SPI calls its corner lies inside. */
static int
shadow_of (McDriver *self, AtspiAccessible *widget)
{
  g_autoptr (AtspiAccessible) window = g_object_ref (widget);
  AtspiRect place = { 0 };

  for (AtspiAccessible *parent; (parent = atspi_accessible_get_parent (window, NULL)); window = parent)
    {
      g_autoptr (AtspiAccessible) below = window;

      if (atspi_accessible_get_role (parent, NULL) == ATSPI_ROLE_APPLICATION)
        {
          window = g_steal_pointer (&below);
          g_object_unref (parent);
          break;
        }
    }
  return get_place (window, &place) ? (mc_screen_get_width (self->screen) - place.width) / 2 : 0;
}

gboolean
mc_driver_click (McDriver *self, AtspiRole role, const char *name, GError **error)
{
  g_autoptr (AtspiAccessible) found = wait_for (self, seek_seen, role, name, "not seen", error);
  AtspiRect place;
  int shadow;

  if (!found || !get_place (found, &place))
    return FALSE;
  shadow = shadow_of (self, found);
  return mc_screen_click (self->screen, shadow + place.x + place.width / 2, shadow + place.y + place.height / 2, error);
}

static AtspiAccessible *
seek_editable (McDriver *self, AtspiRole role, const char *name)
{
  static const AtspiRole roles[] = { ATSPI_ROLE_TEXT, ATSPI_ROLE_ENTRY, ATSPI_ROLE_SPIN_BUTTON };

  for (gsize i = 0; i < G_N_ELEMENTS (roles); i++)
    {
      AtspiAccessible *found = mc_driver_peek (self, roles[i], name);

      if (found)
        return found;
    }
  return NULL;
}

static char *
read_text (AtspiAccessible *widget)
{
  g_autoptr (AtspiText) text = atspi_accessible_get_text_iface (widget);

  return text ? atspi_text_get_text (text, 0, atspi_text_get_character_count (text, NULL), NULL) : NULL;
}

static gboolean
wait_for_content (AtspiAccessible *entry, const char *name, const char *text, GError **error)
{
  gint64 end = g_get_monotonic_time () + LIMIT_USEC;
  g_autofree char *now = NULL;

  while (g_get_monotonic_time () < end)
    {
      g_free (now);
      now = read_text (entry);
      if (g_strcmp0 (now, text) == 0)
        return TRUE;
      pause_between_looks ();
    }
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "“%s” holds “%s” instead of “%s”", name, now ? now : "", text);
  return FALSE;
}

gboolean
mc_driver_wait_content (McDriver *self, const char *name, const char *text, GError **error)
{
  g_autoptr (AtspiAccessible) entry = wait_for (self, seek_editable, ANY_ROLE, name, "no such entry", error);

  return entry && wait_for_content (entry, name, text, error);
}

gboolean
mc_driver_set_text (McDriver *self, const char *name, const char *text, GError **error)
{
  g_autoptr (AtspiAccessible) entry = wait_for (self, seek_editable, ANY_ROLE, name, "no such entry", error);
  g_autoptr (AtspiEditableText) editable = entry ? atspi_accessible_get_editable_text_iface (entry) : NULL;

  if (!entry)
    return FALSE;
  if (editable)
    atspi_editable_text_set_text_contents (editable, text, NULL);
  return wait_for_content (entry, name, text, error);
}

gboolean
mc_driver_keys (McDriver *self, const char *keys, GError **error)
{
  return mc_screen_keys (self->screen, keys, error);
}

gboolean
mc_driver_type (McDriver *self, const char *text, GError **error)
{
  return mc_screen_type (self->screen, text, error);
}

/* --- lists and files --------------------------------------------------------------------------------------- */

static AtspiAccessible *
first_below (AtspiAccessible *widget, AtspiRole role, const char *name)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_object_unref);

  collect_below (widget, G_MAXINT, widget, role, name, found);
  return found->len > 0 ? g_object_ref (g_ptr_array_index (found, 0)) : NULL;
}

/* What the entry with the focus in an open list says; NULL: no list is open. */
static char *
focused_option (McDriver *self)
{
  g_autoptr (AtspiAccessible) item = seek_focused (self, ATSPI_ROLE_LIST_ITEM, NULL);
  g_autoptr (AtspiAccessible) label = item ? first_below (item, ATSPI_ROLE_LABEL, "?*") : NULL;

  return label ? atspi_accessible_get_name (label, NULL) : NULL;
}

/* Waits until another entry than @before has the focus; NULL: none gets it. */
static char *
wait_for_option (McDriver *self, const char *before)
{
  gint64 end = g_get_monotonic_time () + LIMIT_USEC / 4;

  while (g_get_monotonic_time () < end)
    {
      char *now = focused_option (self);

      if (now && g_strcmp0 (now, before) != 0)
        return now;
      g_free (now);
      pause_between_looks ();
    }
  return NULL;
}

/* Walks down the open list to @option. */
static gboolean
walk_to_option (McDriver *self, const char *option, GError **error)
{
  g_autofree char *now = wait_for_option (self, NULL);

  while (now && !g_pattern_match_simple (option, now))
    {
      g_autofree char *before = g_steal_pointer (&now);

      if (!mc_driver_keys (self, "Down", error))
        return FALSE;
      now = wait_for_option (self, before);
    }
  if (!now)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "the list has no entry “%s” below the first one", option);
  return now != NULL;
}

/* The focus lies in what a widget is made of: the button of a drop-down, the text of a spin button. */
static AtspiAccessible *
seek_focus_within (McDriver *self, AtspiRole role, const char *name)
{
  AtspiAccessible *at = seek_focused (self, ANY_ROLE, NULL);

  for (int i = 0; at && i < FOCUS_LEVELS; i++)
    {
      AtspiAccessible *parent;

      if (fits (at, atspi_accessible_get_role (at, NULL), role, name))
        return at;
      parent = atspi_accessible_get_parent (at, NULL);
      g_object_unref (at);
      at = parent;
    }
  g_clear_object (&at);
  return NULL;
}

gboolean
mc_driver_tab_to (McDriver *self, AtspiRole role, const char *name, GError **error)
{
  for (int i = 0; i < MAX_TABS; i++)
    {
      gint64 end = g_get_monotonic_time () + LIMIT_USEC / 60;

      if (!mc_driver_keys (self, "Tab", error))
        return FALSE;
      while (g_get_monotonic_time () < end)
        {
          g_autoptr (AtspiAccessible) found = seek_focus_within (self, role, name);

          if (found)
            return TRUE;
          pause_between_looks ();
        }
    }
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "the Tab key does not lead to “%s”", name);
  return FALSE;
}

static gboolean
wait_for_choice (McDriver *self, const char *name, const char *option, GError **error)
{
  gint64 end = g_get_monotonic_time () + LIMIT_USEC;

  while (g_get_monotonic_time () < end)
    {
      g_autoptr (AtspiAccessible) box = mc_driver_peek (self, ATSPI_ROLE_COMBO_BOX, name);
      g_autoptr (AtspiAccessible) label = box ? first_below (box, ATSPI_ROLE_LABEL, option) : NULL;
      g_autoptr (AtspiAccessible) open = label ? seek_focused (self, ATSPI_ROLE_LIST_ITEM, NULL) : NULL;

      if (label && !open)
        return TRUE;
      pause_between_looks ();
    }
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "“%s” does not show “%s” after it was chosen", name, option);
  return FALSE;
}

gboolean
mc_driver_choose (McDriver *self, const char *name, const char *option, GError **error)
{
  return mc_driver_click (self, ATSPI_ROLE_COMBO_BOX, name, error) && walk_to_option (self, option, error)
         && mc_driver_keys (self, "Return", error) && wait_for_choice (self, name, option, error);
}

gboolean
mc_driver_choose_by_keys (McDriver *self, const char *name, const char *option, GError **error)
{
  return mc_driver_keys (self, "space", error) && walk_to_option (self, option, error)
         && mc_driver_keys (self, "Return", error) && wait_for_choice (self, name, option, error);
}

static gboolean
wait_for_windows (McDriver *self, int n, const char *what, GError **error)
{
  gint64 end = g_get_monotonic_time () + LIMIT_USEC;

  while (g_get_monotonic_time () < end)
    {
      if (atspi_accessible_get_child_count (self->application, NULL) == n)
        return TRUE;
      pause_between_looks ();
    }
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "the file chooser does not %s", what);
  return FALSE;
}

/* The entry for the file's name has the focus in a chooser that saves; one that opens shows it at Ctrl+L. */
gboolean
mc_driver_choose_file (McDriver *self, const char *path, gboolean open, GError **error)
{
  g_autoptr (AtspiAccessible) entry = NULL;
  g_autoptr (AtspiEditableText) editable = NULL;

  if (!wait_for_windows (self, 2, "open", error) || (open && !mc_driver_keys (self, "ctrl+l", error)))
    return FALSE;
  entry = wait_for (self, seek_focused_text, ANY_ROLE, NULL, "no entry for the file's name has the focus", error);
  editable = entry ? atspi_accessible_get_editable_text_iface (entry) : NULL;
  return editable && atspi_editable_text_set_text_contents (editable, path, error) && mc_driver_keys (self, "Return", error)
         && wait_for_windows (self, 1, "close", error);
}

/* --- pictures ---------------------------------------------------------------------------------------------- */

gboolean
mc_driver_picture (McDriver *self, const char *name, GError **error)
{
  g_autofree char *file = g_strdup_printf ("%02u-%s.png", ++self->n_pictures, name);
  g_autofree char *path = self->pictures ? g_build_filename (self->pictures, file, NULL) : NULL;

  return !path || mc_screen_write_picture (self->screen, path, error);
}

static void
dump_below (AtspiAccessible *widget, int depth, GString *out)
{
  g_autofree char *role = atspi_accessible_get_role_name (widget, NULL), *name = atspi_accessible_get_name (widget, NULL), *text = read_text (widget);
  AtspiRect place = { 0 };
  int n = atspi_accessible_get_child_count (widget, NULL);

  get_place (widget, &place);
  g_string_append_printf (out, "%*s%s “%s”%s%s [%d,%d %dx%d]%s%s%s\n", depth * 2, "", role, name ? name : "", text ? " = " : "", text ? text : "",
                          place.x, place.y, place.width, place.height, has_state (widget, ATSPI_STATE_SENSITIVE) ? "" : " off",
                          has_state (widget, ATSPI_STATE_FOCUSED) ? " FOCUS" : "", has_state (widget, ATSPI_STATE_SELECTED) ? " selected" : "");
  for (int i = 0; i < n; i++)
    {
      g_autoptr (AtspiAccessible) child = atspi_accessible_get_child_at_index (widget, i, NULL);

      if (child)
        dump_below (child, depth + 1, out);
    }
}

char *
mc_driver_dump (McDriver *self)
{
  GString *out = g_string_new (NULL);

  if (self->application && is_running (self))
    dump_below (self->application, 0, out);
  return g_string_free (out, FALSE);
}

/* --- the program ------------------------------------------------------------------------------------------- */

static gboolean
bus_is_there (void)
{
  g_autoptr (GDBusConnection) bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  g_autoptr (GVariant) address = bus ? g_dbus_connection_call_sync (bus, "org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus", "GetAddress", NULL,
                                                                     NULL, G_DBUS_CALL_FLAGS_NONE, 5000, NULL, NULL) : NULL;

  return address != NULL;
}

/* The launcher lives as long as the D-Bus session does. */
static gboolean
start_accessibility (GError **error)
{
  static gboolean started = FALSE;
  const char *words[] = { BUS_LAUNCHER, "--launch-immediately", NULL };
  gint64 end = g_get_monotonic_time () + LIMIT_USEC;

  if (started)
    return TRUE;
  if (!g_spawn_async (NULL, (char **) words, NULL, G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, NULL, error))
    return FALSE;
  while (!bus_is_there ())
    {
      if (g_get_monotonic_time () > end)
        {
          g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "the accessibility bus does not start");
          return FALSE;
        }
      g_usleep (LOOK_USEC);
    }
  started = atspi_init () <= 1;
  return started;
}

static AtspiAccessible *
seek_application (McDriver *self, AtspiRole role, const char *name)
{
  g_autoptr (AtspiAccessible) desktop = atspi_get_desktop (0);
  int n;

  /* Nothing is kept: what a widget said before may be wrong by now. */
  atspi_accessible_set_cache_mask (desktop, ATSPI_CACHE_NONE);
  n = atspi_accessible_get_child_count (desktop, NULL);
  for (int i = 0; i < n; i++)
    {
      g_autoptr (AtspiAccessible) child = atspi_accessible_get_child_at_index (desktop, i, NULL);

      if (child && (GPid) atspi_accessible_get_process_id (child, NULL) == self->pid && atspi_accessible_get_child_count (child, NULL) > 0)
        {
          atspi_accessible_set_cache_mask (child, ATSPI_CACHE_NONE);
          return g_steal_pointer (&child);
        }
    }
  return NULL;
}

static gboolean
spawn (McDriver *self, const char *program, const char *database, GError **error)
{
  const char *words[] = { program, database ? "--db" : NULL, database, NULL };
  int log = g_file_open_tmp ("mingcha-walk-XXXXXX.log", &self->log, error);
  gboolean started;

  if (log < 0)
    return FALSE;
  started = g_spawn_async_with_fds (NULL, (char **) words, NULL, G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL, &self->pid, -1, log, log, error);
  g_close (log, NULL);
  return started;
}

McDriver *
mc_driver_new (const char *program, const char *database, const char *pictures, GError **error)
{
  g_autoptr (McDriver) self = g_new0 (McDriver, 1);

  self->pictures = g_strdup (pictures);
  self->screen = mc_screen_new (error);
  if (!self->screen || !start_accessibility (error) || !spawn (self, program, database, error))
    return NULL;
  self->application = wait_for (self, seek_application, ANY_ROLE, NULL, "no window comes", error);
  return self->application ? g_steal_pointer (&self) : NULL;
}

static gboolean
wait_for_end (McDriver *self, int *status)
{
  gint64 end = g_get_monotonic_time () + LIMIT_USEC;

  while (g_get_monotonic_time () < end)
    {
      if (waitpid (self->pid, status, WNOHANG) == self->pid)
        {
          self->pid = 0;
          return TRUE;
        }
      pause_between_looks ();
    }
  return FALSE;
}

static gboolean
check_log (McDriver *self, GError **error)
{
  g_autofree char *log = NULL;

  if (!g_file_get_contents (self->log, &log, NULL, error))
    return FALSE;
  if (!strstr (log, "CRITICAL") && !strstr (log, "WARNING"))
    return TRUE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "the program complained:\n%s", log);
  return FALSE;
}

gboolean
mc_driver_close (McDriver *self, GError **error)
{
  int status;

  if (!mc_screen_close (self->screen, error))
    return FALSE;
  if (!wait_for_end (self, &status))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "the window was closed, but the program does not end");
      return FALSE;
    }
  return g_spawn_check_wait_status (status, error) && check_log (self, error);
}

void
mc_driver_free (McDriver *self)
{
  if (!self)
    return;
  if (self->pid)
    {
      kill (self->pid, SIGTERM);
      waitpid (self->pid, NULL, 0);
    }
  if (self->log)
    g_unlink (self->log);
  g_clear_object (&self->focus);
  g_clear_object (&self->application);
  g_clear_pointer (&self->screen, mc_screen_free);
  g_free (self->log);
  g_free (self->pictures);
  g_free (self);
}
