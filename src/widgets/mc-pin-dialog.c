/* SPDX-License-Identifier: GPL-3.0-or-later
 * The dialog that takes a PIN: from the keyboard, its keypad, or the digits shown beside it. */
#include "mc-pin-dialog.h"

#include <glib/gi18n.h>

struct _McPinDialog
{
  GtkWindow parent_instance;

  /* Template. */
  GtkLabel *heading_label;
  GtkLabel *name_label;
  GtkWidget *entry;
  GtkLabel *message_label;
  GtkWidget *confirm_button;
  GtkGrid *keypad;

  /* Owned. */
  McStore *store;
  char *user;
  GCancellable *cancellable;
  gboolean checking;
  gboolean answered;
};

G_DEFINE_FINAL_TYPE (McPinDialog, mc_pin_dialog, GTK_TYPE_WINDOW)

enum
{
  ANSWERED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static gint64
now (void)
{
  return g_get_real_time () / G_USEC_PER_SEC;
}

static void
answer (McPinDialog *self, gboolean proven)
{
  g_autoptr (McPinDialog) alive = g_object_ref (self);

  if (self->answered)
    return;
  self->answered = TRUE;
  gtk_window_destroy (GTK_WINDOW (self));
  g_signal_emit (self, signals[ANSWERED], 0, proven);
}

static void
say (McPinDialog *self, const char *text, gboolean wrong)
{
  gtk_label_set_label (self->message_label, text);
  if (wrong)
    gtk_widget_add_css_class (GTK_WIDGET (self->message_label), "mc-error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->message_label), "mc-error");
}

static void
update_confirm (McPinDialog *self)
{
  gtk_widget_set_sensitive (self->confirm_button, !self->checking && *gtk_editable_get_text (GTK_EDITABLE (self->entry)) != '\0');
}

static void
set_checking (McPinDialog *self, gboolean checking)
{
  self->checking = checking;
  if (checking)
    say (self, _("Looking at it…"), FALSE);
  update_confirm (self);
}

static void
checked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (McPinDialog) self = data;
  g_autoptr (GError) error = NULL;
  McPinResult found;

  if (self->answered)
    return;
  set_checking (self, FALSE);
  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  gtk_widget_grab_focus (self->entry);
  if (!mc_user_check_pin_finish (result, &found, &error))
    say (self, error->message, TRUE);
  else if (found.outcome == MC_PIN_RIGHT || found.outcome == MC_PIN_NONE)
    answer (self, TRUE);
  else
    mc_pin_dialog_tell (self, &found);
}

static void
confirm_cb (McPinDialog *self)
{
  const char *pin = gtk_editable_get_text (GTK_EDITABLE (self->entry));

  if (self->checking || !*pin)
    return;
  mc_user_check_pin_async (self->store, self->user, pin, now (), self->cancellable, checked_cb, g_object_ref (self));
  set_checking (self, TRUE);
}

static void
cancel_cb (McPinDialog *self)
{
  answer (self, FALSE);
}

static gboolean
close_request_cb (McPinDialog *self)
{
  answer (self, FALSE);
  return GDK_EVENT_STOP;
}

static void
digit_cb (GtkButton *button, McPinDialog *self)
{
  int at = -1;

  gtk_editable_delete_selection (GTK_EDITABLE (self->entry));
  gtk_editable_insert_text (GTK_EDITABLE (self->entry), gtk_button_get_label (button), -1, &at);
  gtk_editable_set_position (GTK_EDITABLE (self->entry), -1);
}

static void
delete_cb (McPinDialog *self)
{
  int length = (int) g_utf8_strlen (gtk_editable_get_text (GTK_EDITABLE (self->entry)), -1);

  gtk_editable_delete_text (GTK_EDITABLE (self->entry), MAX (length - 1, 0), length);
}

/* The focus stays in the entry: these are for a hand on the mouse or the screen. */
static void
add_key (McPinDialog *self, GtkWidget *button, int column, int row)
{
  gtk_widget_set_focusable (button, FALSE);
  gtk_widget_set_focus_on_click (button, FALSE);
  gtk_widget_add_css_class (button, "mc-main");
  gtk_widget_add_css_class (button, "mc-digit");
  gtk_grid_attach (self->keypad, button, column, row, 1, 1);
}

static void
fill_keypad (McPinDialog *self)
{
  static const char *const digits[] = { "0", "1", "2", "3", "4", "5", "6", "7", "8", "9" };
  GtkWidget *back = gtk_button_new_from_icon_name ("edit-clear-symbolic");

  for (int i = 0; i < (int) G_N_ELEMENTS (digits); i++)
    {
      GtkWidget *button = gtk_button_new_with_label (digits[i]);

      g_signal_connect (button, "clicked", G_CALLBACK (digit_cb), self);
      add_key (self, button, i == 0 ? 1 : (i - 1) % 3, i == 0 ? 3 : (i - 1) / 3);
    }
  gtk_accessible_update_property (GTK_ACCESSIBLE (back), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Delete the last digit"), -1);
  gtk_widget_set_tooltip_text (back, _("Delete the last digit"));
  g_signal_connect_swapped (back, "clicked", G_CALLBACK (delete_cb), self);
  add_key (self, back, 2, 3);
}

static void
named_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (McPinDialog) self = data;
  g_autoptr (McUser) user = g_task_propagate_pointer (G_TASK (result), NULL);

  if (!user || self->answered)
    return;
  gtk_label_set_label (self->name_label, user->name);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->name_label), user->name);
}

static void
name_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_task_return_pointer (task, mc_user_find (source, data, NULL), (GDestroyNotify) mc_user_free);
}

static void
load_name (McPinDialog *self)
{
  g_autoptr (GTask) task = g_task_new (self->store, self->cancellable, named_cb, g_object_ref (self));

  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, g_strdup (self->user), g_free);
  g_task_run_in_thread (task, name_thread);
}

static void
mc_pin_dialog_dispose (GObject *object)
{
  McPinDialog *self = MC_PIN_DIALOG (object);

  if (self->cancellable)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (self), MC_TYPE_PIN_DIALOG);
  g_clear_object (&self->store);
  g_clear_pointer (&self->user, g_free);

  G_OBJECT_CLASS (mc_pin_dialog_parent_class)->dispose (object);
}

static void
mc_pin_dialog_class_init (McPinDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mc_pin_dialog_dispose;
  signals[ANSWERED] = g_signal_new ("answered", MC_TYPE_PIN_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/mingcha/Mingcha/ui/widgets/mc-pin-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, McPinDialog, heading_label);
  gtk_widget_class_bind_template_child (widget_class, McPinDialog, name_label);
  gtk_widget_class_bind_template_child (widget_class, McPinDialog, entry);
  gtk_widget_class_bind_template_child (widget_class, McPinDialog, message_label);
  gtk_widget_class_bind_template_child (widget_class, McPinDialog, confirm_button);
  gtk_widget_class_bind_template_child (widget_class, McPinDialog, keypad);
  gtk_widget_class_bind_template_callback (widget_class, confirm_cb);
  gtk_widget_class_bind_template_callback (widget_class, cancel_cb);
  gtk_widget_class_bind_template_callback (widget_class, close_request_cb);
  gtk_widget_class_bind_template_callback (widget_class, update_confirm);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
mc_pin_dialog_init (McPinDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->cancellable = g_cancellable_new ();
  g_object_set (gtk_editable_get_delegate (GTK_EDITABLE (self->entry)), "input-purpose", GTK_INPUT_PURPOSE_PIN, "max-length", MC_PIN_MAX_DIGITS, NULL);
  fill_keypad (self);
  update_confirm (self);
}

McPinDialog *
mc_pin_dialog_new (McStore *store, const char *user, const char *reason)
{
  McPinDialog *self;

  g_return_val_if_fail (MC_IS_STORE (store) && user != NULL && reason != NULL, NULL);

  self = g_object_new (MC_TYPE_PIN_DIALOG, "title", reason, NULL);
  self->store = g_object_ref (store);
  self->user = g_strdup (user);
  gtk_label_set_label (self->heading_label, reason);
  load_name (self);
  return self;
}

void
mc_pin_dialog_tell (McPinDialog *self, const McPinResult *result)
{
  g_autofree char *words = mc_pin_result_describe (result, now ());

  g_return_if_fail (MC_IS_PIN_DIALOG (self));

  if (words)
    say (self, words, TRUE);
}

void
mc_pin_dialog_show (McPinDialog *self, GtkWidget *widget)
{
  GtkRoot *root;

  g_return_if_fail (MC_IS_PIN_DIALOG (self) && GTK_IS_WIDGET (widget));

  root = gtk_widget_get_root (widget);
  if (GTK_IS_WINDOW (root))
    {
      gtk_window_set_transient_for (GTK_WINDOW (self), GTK_WINDOW (root));
      if (gtk_widget_has_css_class (GTK_WIDGET (root), "elder"))
        gtk_widget_add_css_class (GTK_WIDGET (self), "elder");
    }
  gtk_window_present (GTK_WINDOW (self));
  gtk_widget_grab_focus (self->entry);
}
