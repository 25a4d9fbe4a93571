/* SPDX-License-Identifier: GPL-3.0-or-later
 * What can be measured about a window as it is painted: sizes of targets, contrast, cut texts, overlap, names, language. */
#include "mc-audit.h"

#include <adwaita.h>
#include <math.h>
#include <string.h>

#include "registry/mc-facility-cell.h"

const McAuditLimits mc_audit_normal = { 24, 24, 4.5 };
const McAuditLimits mc_audit_elder = { 44, 60, 7.0 };

/* A stroke thinner than a pixel never reaches its colour: what is measured is a lower bound, 4 % under what is computed. */
#define CONTRAST_TOLERANCE 0.96

typedef struct
{
  double left, top, right, bottom;
} Box;

typedef struct
{
  GtkWidget *window;
  const McAuditLimits *limits;
  GPtrArray *faults;
  guchar *pixels; /* BGRA, premultiplied */
  int width, height;
  Box covered; /* what lies under a panel that is open over it; empty: nothing */
} Audit;

/* --- where a widget is ------------------------------------------------------------------------------------- */

static Box
box_of (Audit *audit, GtkWidget *widget)
{
  graphene_rect_t bounds;

  if (!gtk_widget_compute_bounds (widget, audit->window, &bounds))
    return (Box){ 0, 0, 0, 0 };
  return (Box){ (double) bounds.origin.x, (double) bounds.origin.y, (double) (bounds.origin.x + bounds.size.width), (double) (bounds.origin.y + bounds.size.height) };
}

static Box
intersect (Box a, Box b)
{
  return (Box){ MAX (a.left, b.left), MAX (a.top, b.top), MIN (a.right, b.right), MIN (a.bottom, b.bottom) };
}

static gboolean
is_empty (Box box)
{
  return box.right - box.left < 1 || box.bottom - box.top < 1;
}

static char *
name_of (GtkWidget *widget)
{
  const char *text = GTK_IS_LABEL (widget) ? gtk_label_get_text (GTK_LABEL (widget)) : NULL;
  const char *id = gtk_buildable_get_buildable_id (GTK_BUILDABLE (widget));

  if (text)
    return g_strdup_printf ("%s “%.40s”", G_OBJECT_TYPE_NAME (widget), text);
  return id ? g_strdup_printf ("%s#%s", G_OBJECT_TYPE_NAME (widget), id) : g_strdup (G_OBJECT_TYPE_NAME (widget));
}

/* The widget within the four ancestors that have something to be told by. */
static char *
path_of (GtkWidget *widget)
{
  GString *path = g_string_new (NULL);
  guint shown = 0;

  for (; widget && shown < 5; widget = gtk_widget_get_parent (widget), shown++)
    {
      g_autofree char *name = name_of (widget);

      g_string_prepend (path, path->len ? " › " : "");
      g_string_prepend (path, name);
    }
  return g_string_free (path, FALSE);
}

static void G_GNUC_PRINTF (4, 5)
add_fault (Audit *audit, const char *check, GtkWidget *widget, const char *format, ...)
{
  g_autofree char *path = path_of (widget), *what = NULL;
  va_list arguments;

  va_start (arguments, format);
  what = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_ptr_array_add (audit->faults, g_strdup_printf ("%s: %s: %s", check, path, what));
}

/* --- sizes of targets -------------------------------------------------------------------------------------- */

static gboolean
is_pressed_row (GtkWidget *widget)
{
  return GTK_IS_LIST_BOX_ROW (widget) && gtk_list_box_row_get_activatable (GTK_LIST_BOX_ROW (widget));
}

static gboolean
is_target (GtkWidget *widget)
{
  /* A menu button is pressed through the button inside it; a spin button's and a search entry's icons are measured with them. */
  return GTK_IS_BUTTON (widget) || GTK_IS_SWITCH (widget) || GTK_IS_CHECK_BUTTON (widget) || GTK_IS_ENTRY (widget) || GTK_IS_SEARCH_ENTRY (widget)
         || GTK_IS_SPIN_BUTTON (widget) || is_pressed_row (widget);
}

static void
check_target (Audit *audit, GtkWidget *widget, Box box)
{
  double width = box.right - box.left, height = box.bottom - box.top;
  gboolean main = gtk_widget_has_css_class (widget, "mc-main") || is_pressed_row (widget);
  int limit = main ? audit->limits->main_target : audit->limits->target;

  if (width + 0.5 < limit || height + 0.5 < limit)
    add_fault (audit, "size", widget, "%.0f×%.0f, at least %d×%d is wanted", width, height, limit, limit);
}

/* --- texts -------------------------------------------------------------------------------------------------- */

static char *
tooltip_near (GtkWidget *widget)
{
  for (guint i = 0; widget && i < 4; i++, widget = gtk_widget_get_parent (widget))
    if (MC_IS_FACILITY_CELL (widget))
      return mc_facility_cell_make_tooltip (MC_FACILITY_CELL (widget));
    else if (gtk_widget_get_tooltip_text (widget))
      return g_strdup (gtk_widget_get_tooltip_text (widget));
  return NULL;
}

static void
check_label_fits (Audit *audit, GtkLabel *label)
{
  GtkWidget *widget = GTK_WIDGET (label);
  PangoLayout *layout = gtk_label_get_layout (label);
  int width, height;

  pango_layout_get_pixel_size (layout, &width, &height);
  if (pango_layout_is_ellipsized (layout))
    {
      g_autofree char *tooltip = tooltip_near (widget);

      if (!gtk_widget_has_css_class (widget, "mc-name"))
        add_fault (audit, "cut", widget, "shortened with …, but it is no name");
      else if (!tooltip || !strstr (tooltip, gtk_label_get_text (label)))
        add_fault (audit, "cut", widget, "a shortened name whose tooltip does not have the whole of it");
    }
  if (width > gtk_widget_get_width (widget) + 1 || height > gtk_widget_get_height (widget) + 1)
    add_fault (audit, "cut", widget, "the text needs %d×%d, the label has %d×%d", width, height, gtk_widget_get_width (widget), gtk_widget_get_height (widget));
}

static gboolean
is_allowed_word (const char *word)
{
  static const char *const allowed[] = {
    "ctrl", "alt", "shift", "esc", "enter", "tab", "home", "end", "page", "up", "down", "delete", /* keys */
    "excel", "wps", "pdf", "csv", "xlsx", "docx", "mingcha", "cli", "restore", "gb", "id", "db", "pin", "kyzx" /* the example of initials in the search */, NULL,
  };
  g_autofree char *lower = g_ascii_strdown (word, -1);

  return g_strv_contains (allowed, lower);
}

/* Letters before a number (F6, A5, GB18030, YL-02) are a code. */
static gboolean
is_code (const char *word, gsize length)
{
  return g_ascii_isdigit (word[length]) || (length <= 4 && word[length] == '-' && g_ascii_isdigit (word[length + 1]));
}

char *
mc_audit_find_english (const char *text)
{
  const char *p = text;

  while (*p)
    {
      gsize length = 0;
      g_autofree char *word = NULL;

      while (g_ascii_isalpha (p[length]))
        length++;
      word = g_strndup (p, length);
      if (length >= 2 && !is_code (p, length) && !is_allowed_word (word))
        return g_steal_pointer (&word);
      p += MAX (length, 1);
      while (length > 0 && g_ascii_isdigit (*p))
        p++;
    }
  return NULL;
}

/* Names and what people, files and devices are called are data: a place may well be named in English. */
static gboolean
is_data (GtkWidget *widget)
{
  for (guint i = 0; widget && i < 7; i++, widget = gtk_widget_get_parent (widget))
    if (gtk_widget_has_css_class (widget, "mc-name") || gtk_widget_has_css_class (widget, "mc-data"))
      return TRUE;
  return FALSE;
}

static void
check_language (Audit *audit, GtkWidget *widget, const char *text)
{
  g_autofree char *word = NULL;

  if (!text || is_data (widget))
    return;
  word = mc_audit_find_english (text);
  if (word)
    add_fault (audit, "language", widget, "the English word “%s”", word);
}

/* --- contrast ------------------------------------------------------------------------------------------------ */

static double
channel (guint32 value)
{
  double c = (double) value / 255.0;

  return c <= 0.04045 ? c / 12.92 : pow ((c + 0.055) / 1.055, 2.4);
}

static double
luminance (guint32 colour)
{
  return 0.2126 * channel ((colour >> 16) & 0xff) + 0.7152 * channel ((colour >> 8) & 0xff) + 0.0722 * channel (colour & 0xff);
}

double
mc_audit_contrast (guint32 a, guint32 b)
{
  double la = luminance (a), lb = luminance (b);

  return (MAX (la, lb) + 0.05) / (MIN (la, lb) + 0.05);
}

static guint32
pixel_at (Audit *audit, int x, int y)
{
  const guchar *p = audit->pixels + 4 * ((gsize) y * (gsize) audit->width + (gsize) x);

  return ((guint32) p[2] << 16) | ((guint32) p[1] << 8) | p[0];
}

/* The most frequent colour of the box is what is behind the text; the one farthest from it is the text's. */
static double
measure_contrast (Audit *audit, Box box)
{
  g_autoptr (GHashTable) counts = g_hash_table_new (NULL, NULL);
  GHashTableIter iter;
  gpointer key, value;
  guint32 behind = 0;
  guint most = 0;
  double contrast = 1;

  for (int y = (int) ceil (box.top); y < (int) box.bottom; y++)
    for (int x = (int) ceil (box.left); x < (int) box.right; x++)
      {
        gpointer colour = GUINT_TO_POINTER (pixel_at (audit, x, y));

        g_hash_table_insert (counts, colour, GUINT_TO_POINTER (GPOINTER_TO_UINT (g_hash_table_lookup (counts, colour)) + 1));
      }
  g_hash_table_iter_init (&iter, counts);
  while (g_hash_table_iter_next (&iter, &key, &value))
    if (GPOINTER_TO_UINT (value) > most)
      {
        most = GPOINTER_TO_UINT (value);
        behind = GPOINTER_TO_UINT (key);
      }
  g_hash_table_iter_init (&iter, counts);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    contrast = MAX (contrast, mc_audit_contrast (behind, GPOINTER_TO_UINT (key)));
  return contrast;
}

static void
check_contrast (Audit *audit, GtkWidget *widget, Box box, Box visible)
{
  Box seen = intersect (intersect (box, visible), (Box){ 0, 0, audit->width, audit->height });
  double contrast;

  /* A text of which only a strip is seen says nothing; what is disabled need not be read. */
  if (is_empty (seen) || !is_empty (intersect (box, audit->covered)) || seen.bottom - seen.top < 0.8 * (box.bottom - box.top) || !gtk_widget_is_sensitive (widget))
    return;
  contrast = measure_contrast (audit, seen);
  if (contrast < audit->limits->contrast * CONTRAST_TOLERANCE)
    add_fault (audit, "contrast", widget, "%.2f:1, at least %.1f:1 is wanted", contrast, audit->limits->contrast);
}

/* --- places and names ---------------------------------------------------------------------------------------- */

/* TRUE: it is outside, and what it holds need not be told again. */
static gboolean
check_inside (Audit *audit, GtkWidget *widget, Box box, Box visible, gboolean scrolls)
{
  guint before = audit->faults->len;

  if (box.left < visible.left - 1 || box.right > visible.right + 1)
    add_fault (audit, "outside", widget, "from x %.0f to %.0f, seen is %.0f to %.0f", box.left, box.right, visible.left, visible.right);
  else if (!scrolls && (box.top < visible.top - 1 || box.bottom > visible.bottom + 1))
    add_fault (audit, "outside", widget, "from y %.0f to %.0f, seen is %.0f to %.0f", box.top, box.bottom, visible.top, visible.bottom);
  return audit->faults->len > before;
}

static gboolean
may_overlap (GtkWidget *parent)
{
  static const char *const types[] = { "GtkOverlay", "GtkScrolledWindow", "AdwFlap", "AdwLeaflet", "AdwToastOverlay", "GtkStack", "GtkText",
                                       "AdwEntryRow", "AdwIndicatorBin", "GtkSwitch", "GtkScale", "GtkRange", "GtkWindow", "AdwGizmo", NULL };

  for (GType type = G_OBJECT_TYPE (parent); type; type = g_type_parent (type))
    if (g_strv_contains (types, g_type_name (type)))
      return TRUE;
  /* The title of an entry row lies where its text will be. */
  return gtk_widget_get_ancestor (parent, ADW_TYPE_ENTRY_ROW) != NULL;
}

static void
check_overlap (Audit *audit, GtkWidget *parent)
{
  if (may_overlap (parent))
    return;
  for (GtkWidget *a = gtk_widget_get_first_child (parent); a; a = gtk_widget_get_next_sibling (a))
    for (GtkWidget *b = gtk_widget_get_next_sibling (a); b; b = gtk_widget_get_next_sibling (b))
      {
        Box both;

        if (!gtk_widget_get_mapped (a) || !gtk_widget_get_mapped (b) || GTK_IS_NATIVE (a) || GTK_IS_NATIVE (b))
          continue;
        both = intersect (box_of (audit, a), box_of (audit, b));
        if (both.right - both.left > 1.5 && both.bottom - both.top > 1.5)
          {
            g_autofree char *other = name_of (b);

            add_fault (audit, "overlap", a, "lies over %s by %.0f×%.0f", other, both.right - both.left, both.bottom - both.top);
          }
      }
}

static gboolean
has_name (GtkWidget *widget)
{
  if (gtk_test_accessible_has_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL))
    {
      /* NULL: it is exactly that, the name of a type, which no person calls it by. */
      g_autofree char *other = gtk_test_accessible_check_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, G_OBJECT_TYPE_NAME (widget));

      return other != NULL;
    }
  /* GTK says that a button with an icon is labelled by the icon, which has no name. */
  if (GTK_IS_BUTTON (widget) && gtk_button_get_icon_name (GTK_BUTTON (widget)))
    return FALSE;
  return gtk_test_accessible_has_relation (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
}

/* GtkListView and GtkColumnView have their rows named in bind; the list itself, the cells and what GTK itself makes focusable need none. */
static gboolean
needs_name (GtkWidget *widget)
{
  static const char *const own[] = { "GtkListItemWidget", "GtkColumnListView", "GtkColumnViewCell", "GtkColumnViewTitle", "GtkScrolledWindow", "GtkViewport",
                                     "GtkPopoverMenuBar", "GtkWindowControls", "AdwGizmo", "GtkStack", NULL };

  if (!gtk_widget_get_focusable (widget) || !gtk_widget_get_can_focus (widget) || !gtk_widget_is_sensitive (widget) || GTK_IS_WINDOW (widget))
    return FALSE;
  if (GTK_IS_LABEL (widget)) /* selectable: its text is its name */
    return FALSE;
  if (GTK_IS_TEXT (widget)) /* the entry around it is named, or the row */
    return !gtk_widget_get_ancestor (widget, GTK_TYPE_ENTRY) && !gtk_widget_get_ancestor (widget, GTK_TYPE_SEARCH_ENTRY)
           && !gtk_widget_get_ancestor (widget, GTK_TYPE_PASSWORD_ENTRY) && !gtk_widget_get_ancestor (widget, GTK_TYPE_SPIN_BUTTON) && !gtk_widget_get_ancestor (widget, ADW_TYPE_ENTRY_ROW);
  if (ADW_IS_PREFERENCES_ROW (widget))
    return FALSE; /* named by its title */
  if (GTK_IS_LIST_BOX (widget) && gtk_widget_get_ancestor (widget, ADW_TYPE_EXPANDER_ROW))
    return FALSE; /* those inside the row, which is named */
  return !g_strv_contains (own, G_OBJECT_TYPE_NAME (widget));
}

static void
check_name (Audit *audit, GtkWidget *widget)
{
  if (!needs_name (widget))
    return;
  /* A menu button or drop-down and its inner toggle are one thing to a screen reader: one of them is named. */
  if (GTK_IS_TOGGLE_BUTTON (widget) && (GTK_IS_MENU_BUTTON (gtk_widget_get_parent (widget)) || GTK_IS_DROP_DOWN (gtk_widget_get_parent (widget)))
      && has_name (gtk_widget_get_parent (widget)))
    return;
  if (!has_name (widget))
    add_fault (audit, "name", widget, "takes the focus and has no accessible name");
}

static void
check_scroll (Audit *audit, GtkScrolledWindow *scrolled)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_hadjustment (scrolled);

  if (gtk_adjustment_get_upper (adjustment) > gtk_adjustment_get_page_size (adjustment) + 1)
    add_fault (audit, "sideways", GTK_WIDGET (scrolled), "%.0f px wide content in %.0f px", gtk_adjustment_get_upper (adjustment),
               gtk_adjustment_get_page_size (adjustment));
}

/* --- the walk ------------------------------------------------------------------------------------------------- */

static void
check_label (Audit *audit, GtkWidget *widget, Box box, Box visible)
{
  if (*gtk_label_get_text (GTK_LABEL (widget)) == '\0')
    return;
  check_label_fits (audit, GTK_LABEL (widget));
  check_language (audit, widget, gtk_label_get_text (GTK_LABEL (widget)));
  check_contrast (audit, widget, box, visible);
}

static void walk (Audit *audit, GtkWidget *widget, Box visible, gboolean scrolls);

/* A panel that lies over its content hides a part of it and darkens the rest, which waits until it is closed. */
static void
walk_flap (Audit *audit, AdwFlap *flap, Box visible, gboolean scrolls)
{
  Box covered = audit->covered;

  if (adw_flap_get_folded (flap) && adw_flap_get_reveal_flap (flap))
    audit->covered = box_of (audit, adw_flap_get_content (flap));
  walk (audit, adw_flap_get_content (flap), visible, scrolls);
  audit->covered = covered;
  if (adw_flap_get_reveal_flap (flap))
    walk (audit, adw_flap_get_flap (flap), visible, scrolls);
}

static void
walk_children (Audit *audit, GtkWidget *widget, Box visible, gboolean scrolls)
{
  if (ADW_IS_FLAP (widget))
    {
      walk_flap (audit, ADW_FLAP (widget), visible, scrolls);
      return;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    if (!GTK_IS_NATIVE (child) && !GTK_IS_SCROLLBAR (child)) /* keys and the wheel scroll too */
      walk (audit, child, visible, scrolls);
}

static void
walk (Audit *audit, GtkWidget *widget, Box visible, gboolean scrolls)
{
  Box box = box_of (audit, widget);
  gboolean is_scrolled = GTK_IS_SCROLLED_WINDOW (widget);

  if (!gtk_widget_get_mapped (widget) || !gtk_widget_get_child_visible (widget) || is_empty (box))
    return;
  /* The window's shadow lies around it. */
  if (widget != audit->window && check_inside (audit, widget, box, visible, scrolls))
    visible = (Box){ MIN (visible.left, box.left), MIN (visible.top, box.top), MAX (visible.right, box.right), MAX (visible.bottom, box.bottom) };
  if (is_target (widget) && gtk_widget_is_sensitive (widget))
    check_target (audit, widget, box);
  if (GTK_IS_LABEL (widget))
    check_label (audit, widget, box, visible);
  if (is_scrolled)
    check_scroll (audit, GTK_SCROLLED_WINDOW (widget));
  check_name (audit, widget);
  check_overlap (audit, widget);
  if (is_scrolled || gtk_widget_get_overflow (widget) == GTK_OVERFLOW_HIDDEN)
    visible = intersect (visible, box);
  walk_children (audit, widget, visible, scrolls || is_scrolled);
}

GPtrArray *
mc_audit (GtkWidget *window, GdkTexture *texture, const McAuditLimits *limits)
{
  Audit audit = { window, limits, g_ptr_array_new_with_free_func (g_free), NULL, gdk_texture_get_width (texture), gdk_texture_get_height (texture) };

  audit.pixels = g_malloc ((gsize) audit.width * (gsize) audit.height * 4);
  gdk_texture_download (texture, audit.pixels, (gsize) audit.width * 4);
  walk (&audit, window, (Box){ 0, 0, audit.width, audit.height }, FALSE);
  g_free (audit.pixels);
  return audit.faults;
}
