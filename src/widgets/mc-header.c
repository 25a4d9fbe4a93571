/* SPDX-License-Identifier: GPL-3.0-or-later
 * The header bar of a page: one line where all of it fits, else a second (and third) line for its buttons. */
#include "mc-header.h"

#include <glib/gi18n.h>

#include "mc-pane.h"
#include "mc-wrap-box.h"

#define GAP 8

struct _McHeader
{
  GtkWidget parent_instance;

  /* Template. */
  GtkWidget *lead;
  GtkWidget *title_box;
  GtkWidget *tail;
  GtkWidget *controls;
  GtkWidget *sidebar_button;
  GtkLabel *subtitle_label;
  GtkMenuButton *sync_button;
  GtkImage *sync_image;
  GtkLabel *sync_label;
  GtkLabel *sync_detail;
  GtkLabel *elder_label;
  GtkWidget *elder_button;
  GtkWidget *search_button;
  GtkWidget *user_button;
  GtkLabel *user_label;

  /* Borrowed: a child. */
  GtkWidget *start;

  /* Owned. */
  McSession *session;
  char *title;
  char *subtitle;
  gboolean can_go_back;
  gboolean words;
  gboolean has_search;
};

G_DEFINE_FINAL_TYPE (McHeader, mc_header, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_SESSION,
  PROP_TITLE,
  PROP_SUBTITLE,
  PROP_CAN_GO_BACK,
  PROP_WORDS,
  PROP_HAS_SEARCH,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

/* So many ems of a title are worth a second line in elder mode, where nothing is cut that need not be. */
#define TITLE_EMS 16

/* What stands where for a width. */
typedef struct
{
  int lines;            /* 1; 2: the tail has a line of its own, or shares it with start; 3: start and tail have one each */
  gboolean start_first; /* start stands on the first line */
  int heights[3];
} Layout;

static void
width_of (GtkWidget *widget, int *minimum, int *natural)
{
  *minimum = *natural = 0;
  if (widget && gtk_widget_should_layout (widget))
    gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, minimum, natural, NULL, NULL);
}

static int
natural_width (GtkWidget *widget)
{
  int minimum, natural;

  width_of (widget, &minimum, &natural);
  return natural;
}

static int
minimum_width (GtkWidget *widget)
{
  int minimum, natural;

  width_of (widget, &minimum, &natural);
  return minimum;
}

static int
with_gap (int width)
{
  return width > 0 ? width + GAP : 0;
}

static int
height_of (GtkWidget *widget, int width)
{
  int natural = 0;

  if (widget && gtk_widget_should_layout (widget) && width > 0)
    gtk_widget_measure (widget, GTK_ORIENTATION_VERTICAL, width, NULL, &natural, NULL, NULL);
  return natural;
}

/* The width that the title should have before a line is taken for it. */
static int
title_width (McHeader *self)
{
  int minimum, natural;

  width_of (self->title_box, &minimum, &natural);
  return self->words ? MAX (minimum, MIN (natural, (int) (TITLE_EMS * mc_widget_get_em (GTK_WIDGET (self))))) : minimum;
}

/* As few lines as there can be; of two ways with two lines, the one that leaves the title whole. */
static void
plan_lines (McHeader *self, Layout *layout, int width)
{
  int lead = with_gap (natural_width (self->lead)), start = with_gap (natural_width (self->start));
  int tail = with_gap (natural_width (self->tail)), controls = natural_width (self->controls);
  int wanted = title_width (self), minimum = minimum_width (self->title_box);

  layout->start_first = TRUE;
  layout->lines = 1;
  if (lead + start + wanted + tail + controls <= width)
    return;
  layout->lines = 2;
  if (start == 0 || (!self->words && tail <= width && lead + start + minimum + controls <= width) || lead + start + wanted + controls <= width)
    return;
  layout->start_first = FALSE;
  if (start + tail <= width)
    return;
  layout->start_first = lead + start + minimum + controls <= width;
  layout->lines = layout->start_first ? 2 : 3;
}

static Layout
plan (McHeader *self, int width)
{
  int start = natural_width (self->start), tail = natural_width (self->tail);
  Layout layout = { 1, TRUE, { 0 } };

  plan_lines (self, &layout, width);
  layout.heights[0] = MAX (height_of (self->lead, natural_width (self->lead)), height_of (self->title_box, minimum_width (self->title_box)));
  layout.heights[0] = MAX (layout.heights[0], height_of (self->controls, natural_width (self->controls)));
  if (layout.start_first)
    layout.heights[0] = MAX (layout.heights[0], height_of (self->start, start));
  else
    layout.heights[1] = height_of (self->start, MIN (start, width));
  layout.heights[layout.lines - 1] = MAX (layout.heights[layout.lines - 1], height_of (self->tail, MIN (tail, width)));
  return layout;
}

static int
total_height (McHeader *self, const Layout *layout)
{
  int height = layout->heights[0];

  for (int i = 1; i < layout->lines; i++)
    height += layout->heights[i] + GAP;
  return layout->lines > 1 && !self->words ? height + GAP : height; /* elder mode has a padding all around */
}

/* Places @widget between @left and @right with its natural width, at @x if that lets it; returns the width used. */
static int
place (GtkWidget *widget, int x, int y, int width, int height)
{
  if (!widget || !gtk_widget_should_layout (widget))
    return 0;
  width = MAX (width, minimum_width (widget));
  gtk_widget_size_allocate (widget, &(GtkAllocation){ x, y, width, height }, -1);
  return width;
}

static void
place_title (McHeader *self, int left, int right, int width, int height)
{
  int wanted = MIN (natural_width (self->title_box), right - left);
  int x = (width - wanted) / 2;

  /* In the middle of the window if it can be, else where reading begins. */
  if (x < left || x + wanted > right)
    x = left;
  place (self->title_box, x, 0, wanted, height);
}

static GtkSizeRequestMode
mc_header_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
mc_header_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural, int *minimum_baseline, int *natural_baseline)
{
  McHeader *self = MC_HEADER (widget);
  int line;
  Layout layout;

  if (orientation == GTK_ORIENTATION_VERTICAL)
    {
      layout = plan (self, for_size < 0 ? G_MAXINT16 : for_size);
      *minimum = *natural = total_height (self, &layout);
      return;
    }
  line = with_gap (minimum_width (self->lead)) + minimum_width (self->title_box) + GAP + minimum_width (self->controls);
  *minimum = MAX (line, MAX (minimum_width (self->start), minimum_width (self->tail)));
  *natural = with_gap (natural_width (self->lead)) + with_gap (natural_width (self->start)) + with_gap (natural_width (self->title_box))
             + with_gap (natural_width (self->tail)) + natural_width (self->controls);
}

static void
mc_header_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  McHeader *self = MC_HEADER (widget);
  Layout layout = plan (self, width);
  int first = layout.lines == 1 ? MAX (height, layout.heights[0]) : layout.heights[0] + MAX (0, height - total_height (self, &layout));
  int start = natural_width (self->start), tail = natural_width (self->tail), controls = natural_width (self->controls);
  int left = with_gap (place (self->lead, 0, 0, natural_width (self->lead), first));
  int right = width - controls, y = first + GAP;

  place (self->controls, right, 0, controls, first);
  right -= controls > 0 ? GAP : 0;
  if (layout.start_first)
    left += with_gap (place (self->start, left, 0, start, first));
  else
    place (self->start, 0, y, MIN (start, width), layout.heights[1]);
  tail = MIN (tail, width);
  if (layout.lines == 1)
    {
      right -= tail;
      place (self->tail, right, 0, tail, first);
      right -= GAP;
    }
  else if (layout.lines == 2)
    place (self->tail, width - tail, y, tail, layout.heights[1]);
  else
    place (self->tail, 0, y + layout.heights[1] + GAP, tail, layout.heights[2]);
  place_title (self, left, right, width, first);
}

/* Beside large text there is no room for it: elder mode says it on its home and in the sidebar. */
static void
update_sync_visible (McHeader *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->sync_button), !self->words && *gtk_label_get_label (self->sync_label) != '\0');
}

static void
update_user (McHeader *self)
{
  const char *name = mc_session_get_user_name (self->session);

  gtk_label_set_label (self->user_label, name ? name : "");
  gtk_widget_set_tooltip_text (self->user_button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->user_button), GTK_ACCESSIBLE_PROPERTY_LABEL, name ? name : "", -1);
  gtk_widget_set_visible (self->user_button, mc_session_get_folded (self->session) && name != NULL);
}

static void
update_appearance (McHeader *self)
{
  gboolean elder = mc_session_get_elder (self->session);

  if (self->words != elder)
    {
      self->words = elder;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_WORDS]);
    }
  gtk_label_set_label (self->elder_label, elder ? _("Leave elder mode") : _("Elder mode"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->elder_button), GTK_ACCESSIBLE_PROPERTY_LABEL, gtk_label_get_label (self->elder_label), -1);
  gtk_widget_set_visible (self->sidebar_button, mc_session_get_folded (self->session));
  gtk_widget_set_visible (self->user_button, mc_session_get_folded (self->session) && mc_session_get_user_name (self->session) != NULL);
  update_sync_visible (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static void
update_sync (McHeader *self)
{
  g_autofree char *icon_name = NULL, *text = NULL, *detail = NULL;

  g_object_get (self->session, "sync-icon-name", &icon_name, "sync-text", &text, "sync-detail", &detail, NULL);
  gtk_image_set_from_icon_name (self->sync_image, icon_name);
  gtk_label_set_label (self->sync_label, text ? text : "");
  gtk_label_set_label (self->sync_detail, detail ? detail : "");
  update_sync_visible (self);
  if (text)
    gtk_accessible_update_property (GTK_ACCESSIBLE (self->sync_button), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}

static void
set_session (McHeader *self, McSession *session)
{
  if (!g_set_object (&self->session, session) || !session)
    return;
  g_signal_connect_object (session, "notify::elder", G_CALLBACK (update_appearance), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::folded", G_CALLBACK (update_appearance), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::sync-text", G_CALLBACK (update_sync), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::sync-detail", G_CALLBACK (update_sync), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::user-name", G_CALLBACK (update_user), self, G_CONNECT_SWAPPED);
  update_appearance (self);
  update_sync (self);
  update_user (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SESSION]);
}

static void
set_subtitle (McHeader *self, const char *subtitle)
{
  if (g_strcmp0 (subtitle, self->subtitle) == 0)
    return;
  g_free (self->subtitle);
  self->subtitle = g_strdup (subtitle);
  gtk_widget_set_visible (GTK_WIDGET (self->subtitle_label), subtitle && *subtitle);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SUBTITLE]);
}

static void
set_title (McHeader *self, const char *title)
{
  if (g_strcmp0 (title, self->title) == 0)
    return;
  g_free (self->title);
  self->title = g_strdup (title);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TITLE]);
}

static void
mc_header_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  McHeader *self = MC_HEADER (object);

  switch (id)
    {
    case PROP_SESSION: g_value_set_object (value, self->session); break;
    case PROP_TITLE: g_value_set_string (value, self->title); break;
    case PROP_SUBTITLE: g_value_set_string (value, self->subtitle); break;
    case PROP_CAN_GO_BACK: g_value_set_boolean (value, self->can_go_back); break;
    case PROP_WORDS: g_value_set_boolean (value, self->words); break;
    case PROP_HAS_SEARCH: g_value_set_boolean (value, self->has_search); break;
    default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
mc_header_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  McHeader *self = MC_HEADER (object);

  switch (id)
    {
    case PROP_SESSION: set_session (self, g_value_get_object (value)); break;
    case PROP_TITLE: set_title (self, g_value_get_string (value)); break;
    case PROP_SUBTITLE: set_subtitle (self, g_value_get_string (value)); break;
    case PROP_HAS_SEARCH:
      self->has_search = g_value_get_boolean (value);
      gtk_widget_set_visible (self->search_button, self->has_search);
      g_object_notify_by_pspec (object, pspec);
      break;
    case PROP_CAN_GO_BACK:
      self->can_go_back = g_value_get_boolean (value);
      g_object_notify_by_pspec (object, pspec);
      break;
    default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
mc_header_dispose (GObject *object)
{
  McHeader *self = MC_HEADER (object);

  g_clear_pointer (&self->start, gtk_widget_unparent);
  gtk_widget_dispose_template (GTK_WIDGET (self), MC_TYPE_HEADER);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (mc_header_parent_class)->dispose (object);
}

static void
mc_header_finalize (GObject *object)
{
  McHeader *self = MC_HEADER (object);

  g_free (self->title);
  g_free (self->subtitle);

  G_OBJECT_CLASS (mc_header_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  g_type_ensure (MC_TYPE_WRAP_BOX);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/mingcha/Mingcha/ui/widgets/mc-header.ui");
  gtk_widget_class_bind_template_child (widget_class, McHeader, lead);
  gtk_widget_class_bind_template_child (widget_class, McHeader, title_box);
  gtk_widget_class_bind_template_child (widget_class, McHeader, tail);
  gtk_widget_class_bind_template_child (widget_class, McHeader, controls);
  gtk_widget_class_bind_template_child (widget_class, McHeader, sidebar_button);
  gtk_widget_class_bind_template_child (widget_class, McHeader, subtitle_label);
  gtk_widget_class_bind_template_child (widget_class, McHeader, sync_button);
  gtk_widget_class_bind_template_child (widget_class, McHeader, sync_image);
  gtk_widget_class_bind_template_child (widget_class, McHeader, sync_label);
  gtk_widget_class_bind_template_child (widget_class, McHeader, sync_detail);
  gtk_widget_class_bind_template_child (widget_class, McHeader, elder_label);
  gtk_widget_class_bind_template_child (widget_class, McHeader, elder_button);
  gtk_widget_class_bind_template_child (widget_class, McHeader, search_button);
  gtk_widget_class_bind_template_child (widget_class, McHeader, user_button);
  gtk_widget_class_bind_template_child (widget_class, McHeader, user_label);
}

static void
mc_header_class_init (McHeaderClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags both = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = mc_header_get_property;
  object_class->set_property = mc_header_set_property;
  object_class->dispose = mc_header_dispose;
  object_class->finalize = mc_header_finalize;
  widget_class->get_request_mode = mc_header_get_request_mode;
  widget_class->measure = mc_header_measure;
  widget_class->size_allocate = mc_header_size_allocate;

  properties[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, MC_TYPE_SESSION, both);
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, both);
  properties[PROP_SUBTITLE] = g_param_spec_string ("subtitle", NULL, NULL, NULL, both);
  properties[PROP_CAN_GO_BACK] = g_param_spec_boolean ("can-go-back", NULL, NULL, FALSE, both);
  properties[PROP_WORDS] = g_param_spec_boolean ("words", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_HAS_SEARCH] = g_param_spec_boolean ("has-search", NULL, NULL, TRUE, both);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_css_name (widget_class, "mcheader");
  bind_template (widget_class);
}

static void
mc_header_init (McHeader *self)
{
  self->has_search = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
mc_header_new (void)
{
  return g_object_new (MC_TYPE_HEADER, NULL);
}

void
mc_header_set_start (McHeader *self, GtkWidget *start)
{
  g_return_if_fail (MC_IS_HEADER (self));

  g_clear_pointer (&self->start, gtk_widget_unparent);
  self->start = start;
  if (start)
    gtk_widget_insert_after (start, GTK_WIDGET (self), self->lead);
}
