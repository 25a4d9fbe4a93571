/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a page of the window is: the base class of all of them. */
#include "mc-page.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "mc-header.h"
#include "mc-pane.h"

/* No page is wider than the window: below this its child is cut instead, which the audit finds. */
#define LEAST_WIDTH 360
#define LEAST_HEIGHT 200

/* What a toast offers to take back; shared by the toast and the page. */
typedef struct
{
  gatomicrefcount ref_count;
  GWeakRef page;
  McUndoFunc undo; /* NULL once called */
  gpointer data;
  GDestroyNotify data_free;
} Undo;

typedef struct
{
  GtkWidget *header;
  GtkWidget *child; /* weak: the template that it may come from takes it away first */

  McSession *session;
  GtkWidget *header_start;
  char *title;
  char *subtitle;
  gboolean can_go_back;
  guint badge;
  guint em_width;
  guint em_idle;
  gboolean has_first_rows;
  guint busy;
  Undo *last_undo;
  AdwToast *toast; /* weak: the one that is shown */
} McPagePrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (McPage, mc_page, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_SESSION,
  PROP_CHILD,
  PROP_HEADER_START,
  PROP_TITLE,
  PROP_SUBTITLE,
  PROP_CAN_GO_BACK,
  PROP_BADGE,
  PROP_EM_WIDTH,
  PROP_BUSY,
  PROP_PRESENTABLE,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static McPagePrivate *
get (McPage *self)
{
  return mc_page_get_instance_private (self);
}

static Undo *
undo_new (McPage *self, McUndoFunc func, gpointer data, GDestroyNotify data_free)
{
  Undo *undo = g_new0 (Undo, 1);

  g_atomic_ref_count_init (&undo->ref_count);
  g_weak_ref_init (&undo->page, self);
  undo->undo = func;
  undo->data = data;
  undo->data_free = data_free;
  return undo;
}

static Undo *
undo_ref (Undo *undo)
{
  g_atomic_ref_count_inc (&undo->ref_count);
  return undo;
}

static void
undo_unref (Undo *undo)
{
  if (!g_atomic_ref_count_dec (&undo->ref_count))
    return;
  g_weak_ref_clear (&undo->page);
  if (undo->data_free)
    undo->data_free (undo->data);
  g_free (undo);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Undo, undo_unref)

static gboolean
undo_run (Undo *undo)
{
  g_autoptr (McPage) page = g_weak_ref_get (&undo->page);
  McUndoFunc func = g_steal_pointer (&undo->undo);

  if (!page || !func)
    return FALSE;
  func (page, undo->data);
  return TRUE;
}

static void
undo_release (gpointer data, GClosure *closure)
{
  undo_unref (data);
}

static guint
count_ems (McPage *self, int width)
{
  double em = mc_widget_get_em (GTK_WIDGET (self));

  return em > 0 ? (guint) (width / em) : 0;
}

static void
set_em_width (McPage *self, guint ems)
{
  if (ems == 0 || ems == get (self)->em_width)
    return;
  get (self)->em_width = ems;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_EM_WIDTH]);
}

static gboolean
update_em_width_cb (gpointer data)
{
  McPage *self = data;

  get (self)->em_idle = 0;
  set_em_width (self, count_ems (self, gtk_widget_get_width (GTK_WIDGET (self))));
  return G_SOURCE_REMOVE;
}

static void
queue_em_width (McPage *self)
{
  McPagePrivate *priv = get (self);

  /* Before the next frame is laid out, but never from within an allocation. */
  if (priv->em_idle == 0)
    priv->em_idle = g_idle_add_full (G_PRIORITY_HIGH_IDLE, update_em_width_cb, self, NULL);
}

static void
store_changed_cb (McPage *self)
{
  McStore *store = get (self)->session ? mc_session_get_store (get (self)->session) : NULL;

  if (MC_PAGE_GET_CLASS (self)->store_changed)
    MC_PAGE_GET_CLASS (self)->store_changed (self, store);
}

static void
records_changed_cb (McPage *self, const McChangeSet *changes)
{
  if (MC_PAGE_GET_CLASS (self)->records_changed)
    MC_PAGE_GET_CLASS (self)->records_changed (self, changes);
}

/* Another person works: what is theirs is read again, what is open stays open. */
static void
user_changed_cb (McPage *self)
{
  if (mc_session_get_store (get (self)->session))
    store_changed_cb (self);
}

static void
watch_store (McPage *self)
{
  McStore *store = mc_session_get_store (get (self)->session);

  if (store)
    g_signal_connect_object (store, "changed", G_CALLBACK (records_changed_cb), self, G_CONNECT_SWAPPED);
  store_changed_cb (self);
}

static void
appearance_changed_cb (McPage *self)
{
  queue_em_width (self);
  if (MC_PAGE_GET_CLASS (self)->appearance_changed)
    MC_PAGE_GET_CLASS (self)->appearance_changed (self);
}

static void
undo_clicked_cb (AdwToast *toast, gpointer data)
{
  undo_run (data);
}

static void
header_measure (McPage *self, GtkOrientation orientation, int for_size, int *minimum, int *natural)
{
  gtk_widget_measure (get (self)->header, orientation, for_size, minimum, natural, NULL, NULL);
}

static void
mc_page_map (GtkWidget *widget)
{
  McPage *self = MC_PAGE (widget);

  GTK_WIDGET_CLASS (mc_page_parent_class)->map (widget);
  if (MC_PAGE_GET_CLASS (self)->shown)
    MC_PAGE_GET_CLASS (self)->shown (self);
}

static void
dismiss_toast (McPage *self)
{
  AdwToast *toast = get (self)->toast;

  g_clear_weak_pointer (&get (self)->toast);
  if (toast)
    adw_toast_dismiss (toast);
}

static void
mc_page_unmap (GtkWidget *widget)
{
  McPage *self = MC_PAGE (widget);

  dismiss_toast (self);
  if (MC_PAGE_GET_CLASS (self)->hidden)
    MC_PAGE_GET_CLASS (self)->hidden (self);
  GTK_WIDGET_CLASS (mc_page_parent_class)->unmap (widget);
}

static GtkSizeRequestMode
mc_page_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
mc_page_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural, int *minimum_baseline, int *natural_baseline)
{
  McPage *self = MC_PAGE (widget);
  McPagePrivate *priv = get (self);
  int child_natural = 0, header_natural = 0;

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = LEAST_WIDTH;
      *natural = LEAST_WIDTH;
      return;
    }
  header_measure (self, orientation, for_size, NULL, &header_natural);
  if (priv->child && gtk_widget_get_visible (priv->child))
    gtk_widget_measure (priv->child, orientation, -1, NULL, &child_natural, NULL, NULL);
  *minimum = LEAST_HEIGHT;
  *natural = MAX (LEAST_HEIGHT, header_natural + child_natural);
}

static void
mc_page_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  McPage *self = MC_PAGE (widget);
  McPagePrivate *priv = get (self);
  int header_height, least_width, least_height;

  gtk_widget_measure (priv->header, GTK_ORIENTATION_HORIZONTAL, -1, &least_width, NULL, NULL, NULL);
  least_width = MAX (width, least_width);
  header_measure (self, GTK_ORIENTATION_VERTICAL, least_width, &header_height, NULL);
  gtk_widget_size_allocate (priv->header, &(GtkAllocation){ 0, 0, least_width, header_height }, -1);
  if (priv->child && gtk_widget_get_visible (priv->child))
    {
      gtk_widget_measure (priv->child, GTK_ORIENTATION_HORIZONTAL, -1, &least_width, NULL, NULL, NULL);
      least_width = MAX (width, least_width);
      gtk_widget_measure (priv->child, GTK_ORIENTATION_VERTICAL, least_width, &least_height, NULL, NULL, NULL);
      gtk_widget_size_allocate (priv->child, &(GtkAllocation){ 0, header_height, least_width, MAX (height - header_height, least_height) }, -1);
    }
  if (count_ems (self, width) != priv->em_width)
    queue_em_width (self);
}

static void
mc_page_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (mc_page_parent_class)->css_changed (widget, change);
  queue_em_width (MC_PAGE (widget));
}

static void
mc_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  McPagePrivate *priv = get (MC_PAGE (object));

  switch (id)
    {
    case PROP_SESSION: g_value_set_object (value, priv->session); break;
    case PROP_CHILD: g_value_set_object (value, priv->child); break;
    case PROP_HEADER_START: g_value_set_object (value, priv->header_start); break;
    case PROP_TITLE: g_value_set_string (value, priv->title); break;
    case PROP_SUBTITLE: g_value_set_string (value, priv->subtitle); break;
    case PROP_CAN_GO_BACK: g_value_set_boolean (value, priv->can_go_back); break;
    case PROP_BADGE: g_value_set_uint (value, priv->badge); break;
    case PROP_EM_WIDTH: g_value_set_uint (value, priv->em_width); break;
    case PROP_BUSY: g_value_set_boolean (value, priv->busy > 0); break;
    case PROP_PRESENTABLE: g_value_set_boolean (value, priv->has_first_rows || priv->busy == 0); break;
    default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
set_header_start (McPage *self, GtkWidget *widget)
{
  if (g_set_object (&get (self)->header_start, widget))
    {
      mc_header_set_start (MC_HEADER (get (self)->header), widget);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_HEADER_START]);
    }
}

static void
mc_page_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  McPage *self = MC_PAGE (object);

  switch (id)
    {
    case PROP_SESSION: mc_page_set_session (self, g_value_get_object (value)); break;
    case PROP_CHILD: mc_page_set_child (self, g_value_get_object (value)); break;
    case PROP_HEADER_START: set_header_start (self, g_value_get_object (value)); break;
    case PROP_TITLE: mc_page_set_title (self, g_value_get_string (value)); break;
    case PROP_SUBTITLE: mc_page_set_subtitle (self, g_value_get_string (value)); break;
    case PROP_CAN_GO_BACK: mc_page_set_can_go_back (self, g_value_get_boolean (value)); break;
    case PROP_BADGE: mc_page_set_badge (self, g_value_get_uint (value)); break;
    default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

/* A page may outlive its widgets, held by what it is still reading: it hears nothing more then. */
static void
leave_session (McPage *self)
{
  McSession *session = get (self)->session;

  if (!session)
    return;
  if (mc_session_get_store (session))
    g_signal_handlers_disconnect_by_data (mc_session_get_store (session), self);
  g_signal_handlers_disconnect_by_data (session, self);
}

static void
mc_page_dispose (GObject *object)
{
  McPagePrivate *priv = get (MC_PAGE (object));

  leave_session (MC_PAGE (object));
  g_clear_weak_pointer (&priv->toast);
  g_clear_handle_id (&priv->em_idle, g_source_remove);
  mc_page_set_child (MC_PAGE (object), NULL);
  g_clear_object (&priv->header_start);
  g_clear_pointer (&priv->header, gtk_widget_unparent);
  g_clear_object (&priv->session);
  g_clear_pointer (&priv->last_undo, undo_unref);

  G_OBJECT_CLASS (mc_page_parent_class)->dispose (object);
}

static void
mc_page_finalize (GObject *object)
{
  McPagePrivate *priv = get (MC_PAGE (object));

  g_free (priv->title);
  g_free (priv->subtitle);

  G_OBJECT_CLASS (mc_page_parent_class)->finalize (object);
}

static void
install_properties (GObjectClass *object_class)
{
  const GParamFlags read = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;
  const GParamFlags both = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  properties[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, MC_TYPE_SESSION, both);
  properties[PROP_CHILD] = g_param_spec_object ("child", NULL, NULL, GTK_TYPE_WIDGET, both);
  properties[PROP_HEADER_START] = g_param_spec_object ("header-start", NULL, NULL, GTK_TYPE_WIDGET, both);
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, both);
  properties[PROP_SUBTITLE] = g_param_spec_string ("subtitle", NULL, NULL, NULL, both);
  properties[PROP_CAN_GO_BACK] = g_param_spec_boolean ("can-go-back", NULL, NULL, FALSE, both);
  properties[PROP_BADGE] = g_param_spec_uint ("badge", NULL, NULL, 0, G_MAXUINT, 0, both);
  properties[PROP_EM_WIDTH] = g_param_spec_uint ("em-width", NULL, NULL, 0, G_MAXUINT, 0, read);
  properties[PROP_BUSY] = g_param_spec_boolean ("busy", NULL, NULL, FALSE, read);
  properties[PROP_PRESENTABLE] = g_param_spec_boolean ("presentable", NULL, NULL, TRUE, read);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
go_back_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  mc_page_go_back (MC_PAGE (widget));
}

static void
mc_page_class_init (McPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = mc_page_get_property;
  object_class->set_property = mc_page_set_property;
  object_class->dispose = mc_page_dispose;
  object_class->finalize = mc_page_finalize;
  widget_class->get_request_mode = mc_page_get_request_mode;
  widget_class->measure = mc_page_measure;
  widget_class->size_allocate = mc_page_size_allocate;
  widget_class->css_changed = mc_page_css_changed;
  widget_class->map = mc_page_map;
  widget_class->unmap = mc_page_unmap;
  install_properties (object_class);

  gtk_widget_class_set_css_name (widget_class, "mcpage");
  gtk_widget_class_install_action (widget_class, "page.go-back", NULL, go_back_cb);
}

static void
mc_page_init (McPage *self)
{
  McPagePrivate *priv = get (self);

  priv->header = mc_header_new ();
  g_object_bind_property (self, "session", priv->header, "session", G_BINDING_DEFAULT);
  g_object_bind_property (self, "title", priv->header, "title", G_BINDING_DEFAULT);
  g_object_bind_property (self, "subtitle", priv->header, "subtitle", G_BINDING_DEFAULT);
  g_object_bind_property (self, "can-go-back", priv->header, "can-go-back", G_BINDING_DEFAULT);
  gtk_widget_set_parent (priv->header, GTK_WIDGET (self));
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "page.go-back", FALSE);
}

McSession *
mc_page_get_session (McPage *self)
{
  g_return_val_if_fail (MC_IS_PAGE (self), NULL);

  return get (self)->session;
}

void
mc_page_set_session (McPage *self, McSession *session)
{
  McPagePrivate *priv = get (self);

  g_return_if_fail (MC_IS_PAGE (self));
  g_return_if_fail (priv->session == NULL);

  if (!g_set_object (&priv->session, session))
    return;
  g_signal_connect_object (session, "notify::store", G_CALLBACK (watch_store), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::user", G_CALLBACK (user_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::elder", G_CALLBACK (appearance_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::text-size", G_CALLBACK (appearance_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::one-at-a-time", G_CALLBACK (appearance_changed_cb), self, G_CONNECT_SWAPPED);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SESSION]);
  appearance_changed_cb (self);
  if (mc_session_get_store (session))
    watch_store (self);
}

McStore *
mc_page_get_store (McPage *self)
{
  McPagePrivate *priv = get (self);

  g_return_val_if_fail (MC_IS_PAGE (self), NULL);

  return priv->session ? mc_session_get_store (priv->session) : NULL;
}

gboolean
mc_page_is_read_only (McPage *self)
{
  g_return_val_if_fail (MC_IS_PAGE (self), TRUE);

  return !get (self)->session || mc_session_is_read_only (get (self)->session);
}

void
mc_page_set_child (McPage *self, GtkWidget *child)
{
  McPagePrivate *priv = get (self);

  g_return_if_fail (MC_IS_PAGE (self));

  if (priv->child == child)
    return;
  if (priv->child)
    gtk_widget_unparent (priv->child);
  g_set_weak_pointer (&priv->child, child);
  if (child)
    gtk_widget_set_parent (child, GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CHILD]);
}

static void
replace_text (McPage *self, char **text, const char *new_text, int property)
{
  if (g_strcmp0 (*text, new_text) == 0)
    return;
  g_free (*text);
  *text = g_strdup (new_text);
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

void
mc_page_set_title (McPage *self, const char *title)
{
  g_return_if_fail (MC_IS_PAGE (self));

  replace_text (self, &get (self)->title, title, PROP_TITLE);
}

const char *
mc_page_get_title (McPage *self)
{
  g_return_val_if_fail (MC_IS_PAGE (self), NULL);

  return get (self)->title;
}

void
mc_page_set_subtitle (McPage *self, const char *subtitle)
{
  g_return_if_fail (MC_IS_PAGE (self));

  replace_text (self, &get (self)->subtitle, subtitle, PROP_SUBTITLE);
}

void
mc_page_set_can_go_back (McPage *self, gboolean can_go_back)
{
  McPagePrivate *priv = get (self);

  g_return_if_fail (MC_IS_PAGE (self));

  if (priv->can_go_back == !!can_go_back)
    return;
  priv->can_go_back = !!can_go_back;
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "page.go-back", priv->can_go_back);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAN_GO_BACK]);
}

gboolean
mc_page_get_can_go_back (McPage *self)
{
  g_return_val_if_fail (MC_IS_PAGE (self), FALSE);

  return get (self)->can_go_back;
}

void
mc_page_set_badge (McPage *self, guint badge)
{
  g_return_if_fail (MC_IS_PAGE (self));

  if (get (self)->badge == badge)
    return;
  get (self)->badge = badge;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BADGE]);
}

guint
mc_page_get_badge (McPage *self)
{
  g_return_val_if_fail (MC_IS_PAGE (self), 0);

  return get (self)->badge;
}

guint
mc_page_get_em_width (McPage *self)
{
  g_return_val_if_fail (MC_IS_PAGE (self), 0);

  return get (self)->em_width;
}

void
mc_page_expect_width (McPage *self, int width)
{
  g_return_if_fail (MC_IS_PAGE (self));

  if (get (self)->em_width == 0)
    set_em_width (self, count_ems (self, width));
}

void
mc_page_begin_work (McPage *self)
{
  g_return_if_fail (MC_IS_PAGE (self));

  if (get (self)->busy++ > 0)
    return;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BUSY]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PRESENTABLE]);
}

void
mc_page_end_work (McPage *self)
{
  g_return_if_fail (MC_IS_PAGE (self));
  g_return_if_fail (get (self)->busy > 0);

  if (--get (self)->busy > 0)
    return;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BUSY]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PRESENTABLE]);
}

gboolean
mc_page_get_busy (McPage *self)
{
  g_return_val_if_fail (MC_IS_PAGE (self), FALSE);

  /* The ems of an allocation are told from an idle: until then the page has not settled. */
  return get (self)->busy > 0 || get (self)->em_idle != 0;
}

void
mc_page_tell_first_rows (McPage *self)
{
  g_return_if_fail (MC_IS_PAGE (self));

  if (get (self)->has_first_rows)
    return;
  get (self)->has_first_rows = TRUE;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PRESENTABLE]);
}

gboolean
mc_page_get_presentable (McPage *self)
{
  g_return_val_if_fail (MC_IS_PAGE (self), FALSE);

  return get (self)->has_first_rows || get (self)->busy == 0;
}

static AdwToast *
toast_new (McPage *self, const char *text)
{
  g_autofree char *markup = g_markup_escape_text (text, -1);
  AdwToast *toast = adw_toast_new (markup);

  if (get (self)->session && mc_session_get_elder (get (self)->session))
    adw_toast_set_timeout (toast, 0);
  return toast;
}

/* Takes @toast. What is new replaces what was said before, by this page or another: nothing is said late, beside what it does not belong to. */
static void
show_toast (McPage *self, AdwToast *toast)
{
  GtkWidget *overlay = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_TOAST_OVERLAY);
  GtkWidget *parent = gtk_widget_get_parent (GTK_WIDGET (self));

  if (!overlay)
    {
      g_object_unref (toast);
      return;
    }
  for (GtkWidget *page = gtk_widget_get_first_child (parent); page; page = gtk_widget_get_next_sibling (page))
    if (MC_IS_PAGE (page))
      dismiss_toast (MC_PAGE (page));
  g_set_weak_pointer (&get (self)->toast, toast);
  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay), toast);
}

void
mc_page_toast (McPage *self, const char *text)
{
  g_return_if_fail (MC_IS_PAGE (self) && text != NULL);

  show_toast (self, toast_new (self, text));
}

void
mc_page_toast_undo (McPage *self, const char *text, McUndoFunc undo, gpointer data, GDestroyNotify data_free)
{
  AdwToast *toast;
  Undo *shared;

  g_return_if_fail (MC_IS_PAGE (self) && text != NULL && undo != NULL);

  shared = undo_new (self, undo, data, data_free);
  g_clear_pointer (&get (self)->last_undo, undo_unref);
  get (self)->last_undo = undo_ref (shared);

  toast = toast_new (self, text);
  adw_toast_set_button_label (toast, _("Undo"));
  g_signal_connect_data (toast, "button-clicked", G_CALLBACK (undo_clicked_cb), shared, undo_release, 0);
  show_toast (self, toast);
}

gboolean
mc_page_undo (McPage *self)
{
  g_autoptr (Undo) undo = NULL;

  g_return_val_if_fail (MC_IS_PAGE (self), FALSE);

  undo = g_steal_pointer (&get (self)->last_undo);
  return undo && undo_run (undo);
}

gboolean
mc_page_start_search (McPage *self, const char *text)
{
  g_return_val_if_fail (MC_IS_PAGE (self), FALSE);

  return MC_PAGE_GET_CLASS (self)->start_search && MC_PAGE_GET_CLASS (self)->start_search (self, text);
}

void
mc_page_go_back (McPage *self)
{
  g_return_if_fail (MC_IS_PAGE (self));

  if (get (self)->can_go_back && MC_PAGE_GET_CLASS (self)->go_back)
    MC_PAGE_GET_CLASS (self)->go_back (self);
}

gboolean
mc_page_next_pane (McPage *self)
{
  g_return_val_if_fail (MC_IS_PAGE (self), FALSE);

  return MC_PAGE_GET_CLASS (self)->next_pane && MC_PAGE_GET_CLASS (self)->next_pane (self);
}

gboolean
mc_page_open_record (McPage *self, const char *entity, const char *id)
{
  g_return_val_if_fail (MC_IS_PAGE (self) && entity != NULL && id != NULL, FALSE);

  return MC_PAGE_GET_CLASS (self)->open_record && MC_PAGE_GET_CLASS (self)->open_record (self, entity, id);
}

const char *const *
mc_page_list_states (McPage *self)
{
  g_return_val_if_fail (MC_IS_PAGE (self), NULL);

  return MC_PAGE_GET_CLASS (self)->list_states ? MC_PAGE_GET_CLASS (self)->list_states (self) : NULL;
}

gboolean
mc_page_set_state (McPage *self, const char *state)
{
  g_return_val_if_fail (MC_IS_PAGE (self) && state != NULL, FALSE);

  return MC_PAGE_GET_CLASS (self)->set_state && MC_PAGE_GET_CLASS (self)->set_state (self, state);
}
