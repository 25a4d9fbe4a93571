/* SPDX-License-Identifier: GPL-3.0-or-later
 * The page of the preferences about who works on this computer: PINs, handing over, retiring, and adding a user. */
#include "mc-users-page.h"

#include <glib/gi18n.h>

#include "mc-handover.h"
#include "mc-pin-form.h"
#include "mc-retirement.h"
#include "mc-session-start.h"
#include "mc-user-form.h"
#include "store/mc-code-list.h"
#include "widgets/mc-pin-ask.h"

struct _McUsersPage
{
  AdwPreferencesPage parent_instance;

  AdwPreferencesGroup *group; /* borrowed: a child */
  GPtrArray *rows;            /* of GtkWidget, borrowed: of the group */
  GtkWidget *add_row;         /* borrowed: of another group */

  McSession *session;
  McSessionStart *start; /* NULL until it is read */
  GCancellable *cancellable;
  guint busy;
};

G_DEFINE_FINAL_TYPE (McUsersPage, mc_users_page, ADW_TYPE_PREFERENCES_PAGE)

/* What a button of a user's row is about. */
typedef struct
{
  McUsersPage *self;
  const McUser *user; /* of self->start */
} Row;

static void load (McUsersPage *self);

static McStore *
store_of (McUsersPage *self)
{
  return mc_session_get_store (self->session);
}

static const McUser *
find_user (McUsersPage *self, const char *id)
{
  for (guint i = 0; self->start && i < self->start->users->len; i++)
    if (g_strcmp0 (((McUser *) self->start->users->pdata[i])->id, id) == 0)
      return self->start->users->pdata[i];
  return NULL;
}

static gboolean
is_current (McUsersPage *self, const McUser *user)
{
  return g_strcmp0 (user->id, mc_session_get_user (self->session)) == 0;
}

static gboolean
may_manage (McUsersPage *self)
{
  return !mc_session_is_read_only (self->session) && mc_user_may_manage (self->start->users, find_user (self, mc_session_get_user (self->session)));
}

/* An administrator may set what another forgot. */
static gboolean
sets_for_another (McUsersPage *self, const McUser *user)
{
  return !is_current (self, user) && g_strcmp0 (mc_session_get_role (self->session), "administrator") == 0;
}

/* --- what was asked for: whom it is about is looked up again, the list may be another by now ----------------- */

typedef struct
{
  McUsersPage *self;
  char *user;
} Wish;

static Wish *
wish_new (McUsersPage *self, const McUser *user)
{
  Wish *wish = g_new0 (Wish, 1);

  wish->self = g_object_ref (self);
  wish->user = g_strdup (user->id);
  return wish;
}

static void
wish_free (Wish *wish)
{
  g_object_unref (wish->self);
  g_free (wish->user);
  g_free (wish);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Wish, wish_free)

static void
toast (McUsersPage *self, const char *text)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  g_autofree char *markup = g_markup_escape_text (text, -1);

  if (ADW_IS_PREFERENCES_WINDOW (root))
    adw_preferences_window_add_toast (ADW_PREFERENCES_WINDOW (root), adw_toast_new (markup));
}

/* --- PIN ---------------------------------------------------------------------------------------------------- */

static void
pin_set_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (McUsersPage) self = data;

  if (!mc_pin_form_finish (result))
    return;
  toast (self, _("The new PIN counts from now on"));
  load (self);
}

static void
show_pin_form (McUsersPage *self, const McUser *user, gboolean by_administrator)
{
  mc_pin_form_show (GTK_WIDGET (self), store_of (self), user, by_administrator, pin_set_cb, g_object_ref (self));
}

static void
proven_for_pin_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Wish) wish = data;
  const McUser *user = find_user (wish->self, wish->user);

  if (mc_pin_ask_finish (result) && user)
    show_pin_form (wish->self, user, TRUE);
}

static void
pin_clicked_cb (Row *row)
{
  if (sets_for_another (row->self, row->user))
    mc_pin_ask (GTK_WIDGET (row->self), row->self->session, NULL, _("Set another's PIN"), proven_for_pin_cb, wish_new (row->self, row->user));
  else
    show_pin_form (row->self, row->user, FALSE);
}

/* --- retiring ------------------------------------------------------------------------------------------------ */

static void
retired_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (McUsersPage) self = data;
  g_autofree char *words = mc_retirement_finish (result);

  if (words)
    toast (self, words);
  load (self);
}

static void
proven_for_retire_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Wish) wish = data;
  const McUser *user = find_user (wish->self, wish->user);

  if (mc_pin_ask_finish (result) && user)
    mc_retirement_begin (GTK_WIDGET (wish->self), wish->self->session, user, retired_cb, g_object_ref (wish->self));
}

static void
retire_clicked_cb (Row *row)
{
  mc_pin_ask (GTK_WIDGET (row->self), row->self->session, NULL, _("Retire a user"), proven_for_retire_cb, wish_new (row->self, row->user));
}

/* --- handing over -------------------------------------------------------------------------------------------- */

static void
handed_over_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (McUsersPage) self = data;
  g_autofree char *words = mc_handover_finish (result);

  if (words)
    toast (self, words);
}

static void
proven_for_handover_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Wish) wish = data;
  const McUser *user = find_user (wish->self, wish->user);

  if (mc_pin_ask_finish (result) && user)
    mc_handover_begin (GTK_WIDGET (wish->self), wish->self->session, user, handed_over_cb, g_object_ref (wish->self));
}

static void
hand_over_clicked_cb (Row *row)
{
  mc_pin_ask (GTK_WIDGET (row->self), row->self->session, NULL, _("Hand over open work"), proven_for_handover_cb, wish_new (row->self, row->user));
}

/* --- adding -------------------------------------------------------------------------------------------------- */

static void
added_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (McUsersPage) self = data;
  g_autofree char *name = mc_user_form_finish (result);
  g_autofree char *text = NULL;

  if (!name)
    return;
  text = g_strdup_printf (_("%s can work here now: choose “Switch user”"), name);
  toast (self, text);
  load (self);
}

static void
proven_for_add_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (McUsersPage) self = data;
  const McUser *user = find_user (self, mc_session_get_user (self->session));

  if (mc_pin_ask_finish (result) && user)
    mc_user_form_show (GTK_WIDGET (self), store_of (self), user, added_cb, g_object_ref (self));
}

static void
add_clicked_cb (McUsersPage *self)
{
  mc_pin_ask (GTK_WIDGET (self), self->session, NULL, _("Add a user"), proven_for_add_cb, g_object_ref (self));
}

/* --- the list ------------------------------------------------------------------------------------------------ */

static void
row_release (gpointer data, GClosure *closure)
{
  g_free (data);
}

static void
add_button (McUsersPage *self, AdwExpanderRow *expander, const McUser *user, const char *label, const char *subtitle, void (*func) (Row *), gboolean enabled)
{
  GtkWidget *row = adw_action_row_new (), *arrow = gtk_image_new_from_icon_name ("go-next-symbolic");
  Row *about = g_new0 (Row, 1);

  about->self = self;
  about->user = user;
  g_object_set (row, "title-lines", 0, "subtitle-lines", 0, NULL);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), label);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), arrow);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_widget_set_sensitive (row, enabled);
  g_signal_connect_data (row, "activated", G_CALLBACK (func), about, row_release, G_CONNECT_SWAPPED);
  adw_expander_row_add_row (expander, row);
}

static GtkWidget *
user_row_new (McUsersPage *self, const McUser *user)
{
  GtkWidget *row = adw_expander_row_new (), *avatar = adw_avatar_new (34, user->name, FALSE);
  g_autofree char *detail = g_strdup_printf ("%s · %s%s%s", user->authority_name ? user->authority_name : "", mc_code_label ("role", user->role),
                                             is_current (self, user) ? " · " : "", is_current (self, user) ? _("works now") : "");
  gboolean writable = !mc_session_is_read_only (self->session);

  g_object_set (row, "use-markup", FALSE, "title", user->name, "subtitle", detail, NULL);
  gtk_widget_add_css_class (row, "mc-data");
  gtk_widget_set_valign (avatar, GTK_ALIGN_CENTER);
  adw_expander_row_add_prefix (ADW_EXPANDER_ROW (row), avatar);
  add_button (self, ADW_EXPANDER_ROW (row), user, user->has_pin ? _("Change the PIN…") : _("Set a PIN…"),
              user->has_pin ? _("A PIN is asked for when something is finalised, decided or signed.") : _("Without a PIN nobody is asked: anybody at this computer can finalise and sign."),
              pin_clicked_cb, writable);
  add_button (self, ADW_EXPANDER_ROW (row), user, _("Hand over open work…"),
              user->inspector ? _("Checks under way and follow-ups go to another inspector, with a reason.") : _("This user is no inspector: there is nothing to hand over."),
              hand_over_clicked_cb, writable && user->inspector && (is_current (self, user) || may_manage (self)));
  add_button (self, ADW_EXPANDER_ROW (row), user, _("Retire…"),
              is_current (self, user) ? _("Not while this user works: switch first.")
              : may_manage (self)     ? _("What this user recorded stays.")
                                      : _("Only an administrator of this computer can do this."),
              retire_clicked_cb, may_manage (self) && !is_current (self, user));
  return row;
}

static void
show (McUsersPage *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (self->group, self->rows->pdata[i]);
  g_ptr_array_set_size (self->rows, 0);
  for (guint i = 0; i < self->start->users->len; i++)
    {
      GtkWidget *row = user_row_new (self, self->start->users->pdata[i]);

      adw_preferences_group_add (self->group, row);
      g_ptr_array_add (self->rows, row);
    }
  gtk_widget_set_sensitive (self->add_row, may_manage (self));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->add_row), may_manage (self) ? _("Somebody else who works with this computer")
                                                                                 : _("Only an administrator of this computer can do this."));
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (McUsersPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (McSessionStart) start = mc_session_start_load_finish (result, &error);

  self->busy--;
  if (!start)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        adw_preferences_group_set_description (self->group, error->message);
      return;
    }
  g_clear_pointer (&self->start, mc_session_start_free);
  self->start = g_steal_pointer (&start);
  show (self);
}

static void
load (McUsersPage *self)
{
  if (!store_of (self) || g_cancellable_is_cancelled (self->cancellable))
    return;
  self->busy++;
  mc_session_start_load_async (store_of (self), mc_session_get_user (self->session), self->cancellable, loaded_cb, g_object_ref (self));
}

static void
mc_users_page_dispose (GObject *object)
{
  McUsersPage *self = MC_USERS_PAGE (object);

  if (self->cancellable)
    g_cancellable_cancel (self->cancellable);

  G_OBJECT_CLASS (mc_users_page_parent_class)->dispose (object);
}

static void
mc_users_page_finalize (GObject *object)
{
  McUsersPage *self = MC_USERS_PAGE (object);

  g_clear_object (&self->cancellable);
  g_clear_object (&self->session);
  g_clear_pointer (&self->start, mc_session_start_free);
  g_ptr_array_unref (self->rows);

  G_OBJECT_CLASS (mc_users_page_parent_class)->finalize (object);
}

static void
mc_users_page_class_init (McUsersPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mc_users_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = mc_users_page_finalize;
}

static void
mc_users_page_init (McUsersPage *self)
{
  GtkWidget *add_group = adw_preferences_group_new ();

  self->rows = g_ptr_array_new ();
  self->cancellable = g_cancellable_new ();
  adw_preferences_page_set_title (ADW_PREFERENCES_PAGE (self), _("Users"));
  adw_preferences_page_set_name (ADW_PREFERENCES_PAGE (self), "users");
  adw_preferences_page_set_icon_name (ADW_PREFERENCES_PAGE (self), "system-users-symbolic");
  self->group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  adw_preferences_group_set_title (self->group, _("Users of this computer"));
  adw_preferences_group_set_description (self->group, _("Documents made here say “user of this computer, not verified” until this computer is enrolled."));
  self->add_row = adw_action_row_new ();
  g_object_set (self->add_row, "title-lines", 0, "subtitle-lines", 0, "title", _("Add a user…"), NULL);
  adw_action_row_add_prefix (ADW_ACTION_ROW (self->add_row), gtk_image_new_from_icon_name ("list-add-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self->add_row), TRUE);
  g_signal_connect_swapped (self->add_row, "activated", G_CALLBACK (add_clicked_cb), self);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (add_group), self->add_row);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (self), self->group);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (self), ADW_PREFERENCES_GROUP (add_group));
}

GtkWidget *
mc_users_page_new (McSession *session)
{
  McUsersPage *self = g_object_new (MC_TYPE_USERS_PAGE, NULL);

  self->session = g_object_ref (session);
  g_signal_connect_object (session, "notify::user", G_CALLBACK (load), self, G_CONNECT_SWAPPED);
  load (self);
  return GTK_WIDGET (self);
}

gboolean
mc_users_page_is_busy (McUsersPage *self)
{
  g_return_val_if_fail (MC_IS_USERS_PAGE (self), FALSE);

  return self->busy > 0;
}
