/* SPDX-License-Identifier: GPL-3.0-or-later
 * For the facility's person and the inspectors: the document in large type over the whole screen, and a place to sign under it. */
#include "mc-document-sign-window.h"

#include <glib/gi18n.h>
#include <string.h>

#include "inspections/mc-signing-pad.h"
#include "mc-document-view.h"
#include "store/mc-code-list.h"
#include "widgets/mc-pin-ask.h"
#include "widgets/mc-question.h"
#include "widgets/mc-wrap-box.h"

/* Main text of 12 points becomes 18 or more at 96 dots an inch. */
#define PAGE_WIDTH 1200
#define PAD_HEIGHT 170

struct _McDocumentSignWindow
{
  AdwWindow parent_instance;

  /* Children. */
  GtkWidget *view;
  GtkWidget *prompt_label;
  GtkWidget *pad;
  GtkWidget *clear_button, *confirm_button, *back_button;

  /* Owned. */
  McSession *session;
  McStore *store;
  char *document;
  GHashTable *names;
  char **roles;
  guint current; /* of roles */
  gboolean proven; /* the inspector's PIN was given: it may close */
};

G_DEFINE_FINAL_TYPE (McDocumentSignWindow, mc_document_sign_window, ADW_TYPE_WINDOW)

enum
{
  SIGNED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
update (McDocumentSignWindow *self)
{
  const char *role = self->roles[self->current];
  const char *name = role && self->names ? g_hash_table_lookup (self->names, role) : NULL;
  gboolean empty = mc_signing_pad_is_empty (MC_SIGNING_PAD (self->pad));
  g_autofree char *prompt = NULL;

  if (!role)
    prompt = g_strdup (_("All have signed. Please hand the computer back to the inspector."));
  else if (name)
    prompt = g_strdup_printf (_("%s %s: please read all pages, then sign below."), mc_code_label ("signature-role", role), name);
  else
    prompt = g_strdup_printf (_("%s: please read all pages, then sign below."), mc_code_label ("signature-role", role));
  gtk_label_set_label (GTK_LABEL (self->prompt_label), prompt);
  gtk_widget_set_visible (self->pad, role != NULL);
  gtk_widget_set_visible (self->clear_button, role != NULL);
  gtk_widget_set_visible (self->confirm_button, role != NULL);
  gtk_widget_set_sensitive (self->clear_button, !empty);
  gtk_widget_set_sensitive (self->confirm_button, !empty);
}

/* --- signing ------------------------------------------------------------------------------------------------ */

typedef struct
{
  char *document, *role, *name;
  GBytes *png;
} Signing;

static void
signing_free (gpointer data)
{
  Signing *signing = data;

  g_free (signing->document);
  g_free (signing->role);
  g_free (signing->name);
  g_bytes_unref (signing->png);
  g_free (signing);
}

static gboolean
sign_func (McStore *store, gpointer data, GError **error)
{
  const Signing *signing = data;

  return mc_documents_sign_on_screen (store, signing->document, signing->role, signing->name, signing->png, g_get_real_time () / 1000, error);
}

static void
signed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (McDocumentSignWindow) self = data;
  g_autoptr (GError) error = NULL;

  if (!mc_document_run_finish (result, &error))
    {
      mc_question_show_error (GTK_WIDGET (self), _("The signature was not kept"), error);
      update (self);
      return;
    }
  self->current++;
  mc_signing_pad_clear (MC_SIGNING_PAD (self->pad));
  update (self);
  g_signal_emit (self, signals[SIGNED], 0);
}

static void
keep (McDocumentSignWindow *self)
{
  const char *role = self->roles[self->current];
  Signing *signing = g_new0 (Signing, 1);

  signing->document = g_strdup (self->document);
  signing->role = g_strdup (role);
  signing->name = self->names ? g_strdup (g_hash_table_lookup (self->names, role)) : NULL;
  signing->png = mc_signing_pad_make_png (MC_SIGNING_PAD (self->pad));
  gtk_widget_set_sensitive (self->confirm_button, FALSE);
  mc_document_run_async (self->store, sign_func, signing, signing_free, signed_cb, g_object_ref (self));
}

static void
signer_proven_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (McDocumentSignWindow) self = data;

  if (mc_pin_ask_finish (result))
    keep (self);
}

/* The lead signs in the name of the one who works here. */
static void
confirm_cb (McDocumentSignWindow *self)
{
  if (strcmp (self->roles[self->current], "lead") == 0)
    mc_pin_ask (GTK_WIDGET (self), self->session, NULL, _("Sign the document"), signer_proven_cb, g_object_ref (self));
  else
    keep (self);
}

static void
clear_cb (McDocumentSignWindow *self)
{
  mc_signing_pad_clear (MC_SIGNING_PAD (self->pad));
}

/* --- leaving ------------------------------------------------------------------------------------------------ */

static void
leaver_proven_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (McDocumentSignWindow) self = data;

  self->proven = mc_pin_ask_finish (result);
  if (self->proven)
    gtk_window_close (GTK_WINDOW (self));
}

static void
back_cb (McDocumentSignWindow *self)
{
  mc_pin_ask (GTK_WIDGET (self), self->session, NULL, _("Leave the reading for the facility's person"), leaver_proven_cb, g_object_ref (self));
}

static gboolean
mc_document_sign_window_close_request (GtkWindow *window)
{
  McDocumentSignWindow *self = MC_DOCUMENT_SIGN_WINDOW (window);

  if (!self->proven)
    {
      back_cb (self);
      return TRUE;
    }
  return GTK_WINDOW_CLASS (mc_document_sign_window_parent_class)->close_request (window);
}

/* --- the window --------------------------------------------------------------------------------------------- */

static GtkWidget *
add_button (McDocumentSignWindow *self, GtkWidget *box, const char *label, void (*clicked) (McDocumentSignWindow *self))
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_widget_add_css_class (button, "mc-main");
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (clicked), self);
  mc_wrap_box_append (MC_WRAP_BOX (box), button);
  return button;
}

static void
mc_document_sign_window_dispose (GObject *object)
{
  McDocumentSignWindow *self = MC_DOCUMENT_SIGN_WINDOW (object);

  g_clear_object (&self->session);
  g_clear_object (&self->store);
  g_clear_pointer (&self->document, g_free);
  g_clear_pointer (&self->names, g_hash_table_unref);
  g_clear_pointer (&self->roles, g_strfreev);
  G_OBJECT_CLASS (mc_document_sign_window_parent_class)->dispose (object);
}

static void
mc_document_sign_window_class_init (McDocumentSignWindowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mc_document_sign_window_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = mc_document_sign_window_close_request;
  signals[SIGNED] = g_signal_new ("signed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
mc_document_sign_window_init (McDocumentSignWindow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8), *buttons = mc_wrap_box_new (12, 8);

  self->view = mc_document_view_new ();
  self->prompt_label = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->prompt_label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (self->prompt_label), 0);
  gtk_widget_add_css_class (self->prompt_label, "title-2");
  self->pad = mc_signing_pad_new ();
  gtk_widget_set_size_request (self->pad, -1, PAD_HEIGHT);
  gtk_widget_add_css_class (self->pad, "mc-paper");
  g_signal_connect_object (self->pad, "notify::empty", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  self->confirm_button = add_button (self, buttons, _("_Confirm the Signature"), confirm_cb);
  self->clear_button = add_button (self, buttons, _("C_lear and Sign Again"), clear_cb);
  self->back_button = add_button (self, buttons, _("_Back to the Inspector"), back_cb);
  gtk_widget_add_css_class (self->confirm_button, "suggested-action");
  gtk_widget_set_margin_start (self->prompt_label, 16);
  gtk_widget_set_margin_end (self->prompt_label, 16);
  gtk_widget_set_margin_start (self->pad, 16);
  gtk_widget_set_margin_end (self->pad, 16);
  gtk_widget_set_margin_start (buttons, 16);
  gtk_widget_set_margin_end (buttons, 16);
  gtk_widget_set_margin_bottom (buttons, 12);
  gtk_box_append (GTK_BOX (box), self->view);
  gtk_box_append (GTK_BOX (box), self->prompt_label);
  gtk_box_append (GTK_BOX (box), self->pad);
  gtk_box_append (GTK_BOX (box), buttons);
  gtk_widget_add_css_class (GTK_WIDGET (self), "mc-reading");
  adw_window_set_content (ADW_WINDOW (self), box);
  /* Where no window manager makes it cover the screen. */
  gtk_window_set_default_size (GTK_WINDOW (self), 1366, 768);
}

McDocumentSignWindow *
mc_document_sign_window_new (GtkWindow *parent, McSession *session, const McDocumentTarget *target, const McDocumentState *state)
{
  McDocumentSignWindow *self = g_object_new (MC_TYPE_DOCUMENT_SIGN_WINDOW, "transient-for", parent, "modal", TRUE, "title", state->content->title, NULL);

  self->session = g_object_ref (session);
  self->store = g_object_ref (target->store);
  self->document = g_strdup (target->document);
  self->names = state->names ? g_hash_table_ref (state->names) : NULL;
  self->roles = g_strdupv (state->missing);
  mc_document_view_set_page_width (MC_DOCUMENT_VIEW (self->view), PAGE_WIDTH);
  mc_document_view_take_document (MC_DOCUMENT_VIEW (self->view), mc_document_new_from_content (mc_document_content_ref (state->content)));
  update (self);
  gtk_window_fullscreen (GTK_WINDOW (self));
  return self;
}
