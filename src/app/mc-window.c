/* SPDX-License-Identifier: GPL-3.0-or-later
 * The window: opens the store, shows what is in the way of that, then sidebar and pages. */
#include "mc-window.h"

#include <glib/gi18n.h>
#include <string.h>

#include "mc-gate.h"
#include "mc-page-row.h"
#include "mc-page-table.h"
#include "mc-session-start.h"
#include "mc-window-actions.h"
#include "widgets/mc-pane.h"
#include "widgets/mc-question.h"
#include "widgets/mc-split.h"

struct _McWindow
{
  AdwApplicationWindow parent_instance;

  /* Template. */
  GtkStack *stack;
  McSplit *split;
  GtkWidget *sidebar;
  GtkListBox *page_list;
  AdwAvatar *avatar;
  GtkLabel *user_label;
  GtkLabel *user_detail_label;
  GtkWidget *read_only_strip;
  GtkLabel *read_only_label;
  GtkStack *pages;

  /* Borrowed: a child of the stack, made when it is needed. */
  McGate *gate;

  /* Owned. */
  McSession *session;
  McUserSettings *user_settings; /* NULL: how users read is not kept */
  char *path;
  const McPageInfo *wanted; /* static: shown once the store is open */
  McStore *opened;          /* open, but who works is still being read */
  GCancellable *cancellable;
  guint pending;
  guint make_pages_source;
  guint present_source;     /* the window is shown when there is something to see, or when this ends */
};

/* The content's share of the width, below which the sidebar folds away: 1,004 px at 100 %. */
#define CONTENT_EMS 68

/* So long the person may look at nothing; then the window says that it is opening the database. */
#define PATIENCE_MS 400

G_DEFINE_FINAL_TYPE (McWindow, mc_window, ADW_TYPE_APPLICATION_WINDOW)

static McPage *
find_page (McWindow *self, const McPageInfo *info)
{
  GtkWidget *page = gtk_stack_get_child_by_name (self->pages, info->name);

  return page ? MC_PAGE (page) : NULL;
}

static McPageRow *
find_row (McWindow *self, const McPageInfo *info)
{
  guint n;
  const McPageInfo *table = mc_page_table (&n);

  return MC_PAGE_ROW (gtk_list_box_get_row_at_index (self->page_list, (int) (info - table)));
}

static McPage *
ensure_page (McWindow *self, const McPageInfo *info)
{
  McPage *page = find_page (self, info);

  if (page)
    return page;
  page = g_object_new (info->get_type (), "title", _(info->title), NULL);
  gtk_stack_add_named (self->pages, GTK_WIDGET (page), info->name);
  mc_page_row_follow (find_row (self, info), page);
  mc_page_set_session (page, self->session);
  return page;
}

/* The other pages are made one by one once the first one is painted: their badges belong to the sidebar. */
static gboolean
make_pages_cb (gpointer data)
{
  McWindow *self = data;
  guint n;
  const McPageInfo *table = mc_page_table (&n);

  for (guint i = 0; i < n; i++)
    if (!find_page (self, &table[i]))
      {
        ensure_page (self, &table[i]);
        return G_SOURCE_CONTINUE;
      }
  self->make_pages_source = 0;
  return G_SOURCE_REMOVE;
}

static void
queue_pages (McWindow *self)
{
  if (self->make_pages_source == 0)
    self->make_pages_source = g_idle_add_full (G_PRIORITY_LOW, make_pages_cb, self, NULL);
}

static void
first_frame_cb (GdkFrameClock *clock, McWindow *self)
{
  g_signal_handlers_disconnect_by_func (clock, first_frame_cb, self);
  if (strcmp (mc_window_get_state (self), "main") == 0)
    queue_pages (self);
}

static void first_run_finished_cb (McWindow *self);

/* So that the columns of the first frame are those that stay. */
static void
tell_width (McWindow *self)
{
  McPage *page = mc_window_get_page (self);
  int width, height, sidebar, content;

  if (!page)
    return;
  gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
  gtk_widget_measure (self->sidebar, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &sidebar, NULL, NULL);
  content = (int) (CONTENT_EMS * mc_widget_get_em (GTK_WIDGET (page)));
  if (!mc_session_get_elder (self->session) && width >= sidebar + content)
    width -= sidebar;
  mc_page_expect_width (page, width);
}

static void
present (McWindow *self)
{
  GdkFrameClock *clock;

  if (self->present_source == 0)
    return;
  g_clear_handle_id (&self->present_source, g_source_remove);
  tell_width (self);
  gtk_window_present (GTK_WINDOW (self));
  clock = gtk_widget_get_frame_clock (GTK_WIDGET (self));
  g_signal_connect_object (clock, "after-paint", G_CALLBACK (first_frame_cb), self, 0);
}

static McGate *
ensure_gate (McWindow *self)
{
  if (!self->gate)
    {
      self->gate = MC_GATE (mc_gate_new (self->session));
      g_signal_connect_object (self->gate, "finished", G_CALLBACK (first_run_finished_cb), self, G_CONNECT_SWAPPED);
      gtk_stack_add_named (self->stack, GTK_WIDGET (self->gate), "gate");
    }
  return self->gate;
}

static void
show_gate (McWindow *self)
{
  gtk_stack_set_visible_child_name (self->stack, "gate");
}

static gboolean
out_of_patience_cb (gpointer data)
{
  McWindow *self = data;

  if (g_strcmp0 (mc_window_get_state (self), "loading") == 0)
    {
      mc_gate_show_loading (ensure_gate (self));
      show_gate (self);
    }
  present (self);
  return G_SOURCE_REMOVE;
}

/* The first frame has the page's rows in it: it is painted once they are read. */
static void
page_ready_cb (McPage *page, GParamSpec *pspec, McWindow *self)
{
  if (!mc_page_get_presentable (page))
    return;
  g_signal_handlers_disconnect_by_func (page, page_ready_cb, self);
  present (self);
}

static void
show_main (McWindow *self)
{
  guint n;
  McPage *page;

  gtk_stack_set_visible_child_name (self->stack, "main");
  mc_window_show_page (self, self->wanted ? self->wanted->name : mc_page_table (&n)->name);
  page = mc_window_get_page (self);
  if (self->present_source == 0)
    queue_pages (self);
  else if (!mc_page_get_presentable (page))
    g_signal_connect_object (page, "notify::presentable", G_CALLBACK (page_ready_cb), self, 0);
  else
    present (self);
}

static void
show_mode (McWindow *self, McStoreMode mode)
{
  const char *text = NULL;

  switch (mode)
    {
    case MC_STORE_MODE_READ:
      text = _("Reading only: another program holds the database. What it saves is shown here; nothing can be changed here.");
      break;
    case MC_STORE_MODE_IMMUTABLE:
      text = _("Reading only: the database lies where nothing can be written.");
      break;
    case MC_STORE_MODE_COPY:
      text = _("Reading only: a copy of the database is shown, because its file cannot be changed from here. What is saved in it later is shown once it is opened again.");
      break;
    case MC_STORE_MODE_WRITE:
    default:
      break;
    }
  gtk_label_set_label (self->read_only_label, text ? text : "");
  gtk_widget_set_visible (self->read_only_strip, text != NULL);
  mc_session_set_sync_state (self->session, "drive-harddisk-symbolic", text ? _("Reading only") : _("On this computer"),
                             text ? text : _("Everything is saved on this computer only. It is not sent anywhere: exchange with other computers is not set up."));
}

static void
take_user (McWindow *self, McStore *store, const McSessionStart *start)
{
  mc_store_set_user (store, start->user->id);
  if (self->user_settings)
    mc_user_settings_take (self->user_settings, store, start->user->id, start->settings);
  mc_session_set_user (self->session, start->user);
  mc_settings_set_last_user (start->user->id);
}

static void
session_started_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (McWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (McSessionStart) start = mc_session_start_load_finish (result, &error);

  self->pending--;
  if (!start)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        mc_window_show_problem (self, error);
      return;
    }
  if (start->first_run)
    {
      mc_gate_show_first_run (ensure_gate (self), self->path, self->opened);
      show_gate (self);
      present (self);
      return;
    }
  /* Who works first, then the store: pages begin to read when they are given it. */
  take_user (self, self->opened, start);
  mc_session_set_store (self->session, self->opened);
  show_mode (self, mc_store_get_mode (self->opened));
  g_clear_object (&self->opened);
  show_main (self);
}

/* Takes @store. */
static void
start_session (McWindow *self, McStore *store)
{
  g_autofree char *last_user = mc_settings_get_last_user ();

  g_clear_object (&self->opened);
  self->opened = store;
  self->pending++;
  mc_session_start_load_async (store, last_user, self->cancellable, session_started_cb, g_object_ref (self));
}

static void
store_opened_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (McWindow) self = data;
  g_autoptr (GError) error = NULL;
  McStore *store = mc_store_open_finish (result, &error);

  self->pending--;
  if (store)
    start_session (self, store);
  else if (g_error_matches (error, MC_STORE_ERROR, MC_STORE_ERROR_NOT_FOUND))
    {
      mc_gate_show_first_run (ensure_gate (self), self->path, NULL);
      show_gate (self);
      present (self);
    }
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    mc_window_show_problem (self, error);
}

static void
wait_for_store (McWindow *self, McStoreOpening *opening)
{
  self->pending++;
  mc_store_opening_wait (opening, store_opened_cb, g_object_ref (self));
}

static void
open_store (McWindow *self, McStoreFlags flags)
{
  mc_gate_show_loading (ensure_gate (self));
  show_gate (self);
  wait_for_store (self, mc_store_opening_begin (self->path, flags));
}

static void
first_run_finished_cb (McWindow *self)
{
  start_session (self, g_object_ref (mc_gate_get_store (self->gate)));
}

static void
row_activated_cb (McWindow *self, McPageRow *row)
{
  mc_window_show_page (self, mc_page_row_get_info (row)->name);
  mc_split_set_show_sidebar (self->split, FALSE);
}

static void
folded_cb (McWindow *self)
{
  mc_session_set_folded (self->session, mc_split_get_folded (self->split));
}

static void
elder_cb (McWindow *self)
{
  gboolean elder = mc_session_get_elder (self->session);

  if (elder)
    gtk_widget_add_css_class (GTK_WIDGET (self), "elder");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "elder");
  g_object_set (self->split, "can-unfold", !elder, NULL);
  if (elder)
    mc_split_set_show_sidebar (self->split, FALSE);
}

static void
user_cb (McWindow *self)
{
  const char *name = mc_session_get_user_name (self->session), *detail = mc_session_get_user_detail (self->session);

  adw_avatar_set_text (self->avatar, name);
  gtk_label_set_label (self->user_label, name ? name : "");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->user_label), name);
  gtk_label_set_label (self->user_detail_label, detail ? detail : "");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->user_detail_label), detail);
}

static void
visible_page_cb (McWindow *self)
{
  const char *name = gtk_stack_get_visible_child_name (self->pages);
  const McPageInfo *info = name ? mc_page_table_find (name) : NULL;

  if (info)
    gtk_list_box_select_row (self->page_list, GTK_LIST_BOX_ROW (find_row (self, info)));
}

static void
take_session (McWindow *self, McSession *session)
{
  self->session = g_object_ref (session);
  g_signal_connect_object (session, "notify::elder", G_CALLBACK (elder_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::user-name", G_CALLBACK (user_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::user-detail", G_CALLBACK (user_cb), self, G_CONNECT_SWAPPED);
  mc_window_actions_follow (GTK_WIDGET (self), session);
  elder_cb (self);
  user_cb (self);
  folded_cb (self);
}

static void
mc_window_dispose (GObject *object)
{
  McWindow *self = MC_WINDOW (object);

  g_clear_handle_id (&self->make_pages_source, g_source_remove);
  g_clear_handle_id (&self->present_source, g_source_remove);
  self->gate = NULL;
  if (self->cancellable)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (self), MC_TYPE_WINDOW);
  g_clear_object (&self->session);
  g_clear_object (&self->user_settings);
  g_clear_object (&self->opened);

  G_OBJECT_CLASS (mc_window_parent_class)->dispose (object);
}

static void
mc_window_finalize (GObject *object)
{
  g_free (MC_WINDOW (object)->path);

  G_OBJECT_CLASS (mc_window_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  g_type_ensure (MC_TYPE_SPLIT);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/mingcha/Mingcha/ui/app/mc-window.ui");
  gtk_widget_class_bind_template_child (widget_class, McWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, McWindow, split);
  gtk_widget_class_bind_template_child (widget_class, McWindow, sidebar);
  gtk_widget_class_bind_template_child (widget_class, McWindow, page_list);
  gtk_widget_class_bind_template_child (widget_class, McWindow, avatar);
  gtk_widget_class_bind_template_child (widget_class, McWindow, user_label);
  gtk_widget_class_bind_template_child (widget_class, McWindow, user_detail_label);
  gtk_widget_class_bind_template_child (widget_class, McWindow, read_only_strip);
  gtk_widget_class_bind_template_child (widget_class, McWindow, read_only_label);
  gtk_widget_class_bind_template_child (widget_class, McWindow, pages);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, folded_cb);
}

static void
mc_window_class_init (McWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = mc_window_dispose;
  object_class->finalize = mc_window_finalize;
  bind_template (GTK_WIDGET_CLASS (klass));
  mc_window_actions_install (GTK_WIDGET_CLASS (klass));
}

static void
mc_window_init (McWindow *self)
{
  guint n;
  const McPageInfo *table = mc_page_table (&n);

  gtk_widget_init_template (GTK_WIDGET (self));
  g_object_set (self->split, "content-ems", CONTENT_EMS, NULL);
  for (guint i = 0; i < n; i++)
    gtk_list_box_append (self->page_list, mc_page_row_new (&table[i], i));
  g_signal_connect_object (self->pages, "notify::visible-child", G_CALLBACK (visible_page_cb), self, G_CONNECT_SWAPPED);
}

McWindow *
mc_window_new (AdwApplication *application, McSession *session, McStoreOpening *opening)
{
  McWindow *self = g_object_new (MC_TYPE_WINDOW, "application", application, NULL);

  self->path = g_strdup (mc_store_opening_get_path (opening));
  self->cancellable = g_cancellable_new ();
  take_session (self, session);
  wait_for_store (self, opening);
  return self;
}

void
mc_window_keep_settings (McWindow *self, McUserSettings *settings)
{
  g_return_if_fail (MC_IS_WINDOW (self));

  g_set_object (&self->user_settings, settings);
}

static void
switched_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (McWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (McSessionStart) start = mc_session_start_load_finish (result, &error);
  McStore *store = mc_session_get_store (self->session);
  McPage *page = mc_window_get_page (self);
  g_autofree char *text = NULL;

  self->pending--;
  if (!start)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        mc_question_show_error (GTK_WIDGET (self), _("The user was not switched"), error);
      return;
    }
  if (!store || !start->user)
    return;
  take_user (self, store, start);
  text = g_strdup_printf (_("%s works here now"), start->user->name);
  if (page)
    mc_page_toast (page, text);
}

void
mc_window_switch_user (McWindow *self, const char *user)
{
  McStore *store;

  g_return_if_fail (MC_IS_WINDOW (self) && user != NULL);

  store = mc_session_get_store (self->session);
  if (!store)
    return;
  self->pending++;
  mc_session_start_load_async (store, user, self->cancellable, switched_cb, g_object_ref (self));
}

void
mc_window_present_when_ready (McWindow *self)
{
  guint n;

  g_return_if_fail (MC_IS_WINDOW (self));

  if (self->present_source != 0 || gtk_widget_get_visible (GTK_WIDGET (self)))
    {
      gtk_window_present (GTK_WINDOW (self));
      return;
    }
  self->present_source = g_timeout_add (PATIENCE_MS, out_of_patience_cb, self);
  /* The page is made while the database is being opened. */
  ensure_page (self, self->wanted ? self->wanted : mc_page_table (&n));
}

void
mc_window_open_store (McWindow *self)
{
  g_return_if_fail (MC_IS_WINDOW (self));

  open_store (self, 0);
}

void
mc_window_open_store_read_only (McWindow *self)
{
  g_return_if_fail (MC_IS_WINDOW (self));

  open_store (self, MC_STORE_READ_ONLY);
}

void
mc_window_show_problem (McWindow *self, const GError *error)
{
  g_return_if_fail (MC_IS_WINDOW (self) && error != NULL);

  mc_gate_show_problem (ensure_gate (self), error);
  show_gate (self);
  present (self);
}

gboolean
mc_window_show_page (McWindow *self, const char *name)
{
  const McPageInfo *info = mc_page_table_find (name);

  g_return_val_if_fail (MC_IS_WINDOW (self), FALSE);

  if (!info)
    return FALSE;
  self->wanted = info;
  if (strcmp (mc_window_get_state (self), "main") != 0)
    return TRUE;
  ensure_page (self, info);
  gtk_stack_set_visible_child_name (self->pages, info->name);
  visible_page_cb (self);
  return TRUE;
}

gboolean
mc_window_open_record (McWindow *self, const char *entity, const char *id)
{
  const McPageInfo *info = mc_page_table_find_entity (entity);

  g_return_val_if_fail (MC_IS_WINDOW (self), FALSE);

  return info && mc_window_show_page (self, info->name) && mc_page_open_record (ensure_page (self, info), entity, id);
}

McPage *
mc_window_get_page (McWindow *self)
{
  GtkWidget *page;

  g_return_val_if_fail (MC_IS_WINDOW (self), NULL);

  if (strcmp (mc_window_get_state (self), "main") != 0)
    return NULL;
  page = gtk_stack_get_visible_child (self->pages);
  return page ? MC_PAGE (page) : NULL;
}

McSession *
mc_window_get_session (McWindow *self)
{
  g_return_val_if_fail (MC_IS_WINDOW (self), NULL);

  return self->session;
}

const char *
mc_window_get_state (McWindow *self)
{
  g_return_val_if_fail (MC_IS_WINDOW (self), NULL);

  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "gate") == 0)
    return mc_gate_get_state (self->gate);
  return mc_session_get_store (self->session) ? "main" : "loading";
}

gboolean
mc_window_is_busy (McWindow *self)
{
  McPage *page = mc_window_get_page (self);

  return self->pending > 0 || self->make_pages_source != 0 || (page && mc_page_get_busy (page)) || (self->gate && mc_gate_get_busy (self->gate));
}

void
mc_window_toggle_sidebar (McWindow *self)
{
  g_return_if_fail (MC_IS_WINDOW (self));

  if (!mc_split_get_folded (self->split))
    {
      gtk_widget_child_focus (self->sidebar, GTK_DIR_TAB_FORWARD);
      return;
    }
  mc_split_set_show_sidebar (self->split, !mc_split_get_show_sidebar (self->split));
}

void
mc_window_show_folder (McWindow *self)
{
  g_autofree char *folder = g_path_get_dirname (self->path);
  g_autofree char *uri = g_filename_to_uri (folder, NULL, NULL);

  if (uri)
    gtk_show_uri (GTK_WINDOW (self), uri, GDK_CURRENT_TIME);
}

void
mc_window_focus_next_pane (McWindow *self)
{
  McPage *page = mc_window_get_page (self);
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));

  if (!page)
    return;
  if (focus && gtk_widget_is_ancestor (focus, GTK_WIDGET (page)) && mc_page_next_pane (page))
    return;
  if (focus && gtk_widget_is_ancestor (focus, self->sidebar))
    gtk_widget_child_focus (GTK_WIDGET (page), GTK_DIR_TAB_FORWARD);
  else if (!mc_split_get_folded (self->split))
    gtk_widget_child_focus (self->sidebar, GTK_DIR_TAB_FORWARD);
}
