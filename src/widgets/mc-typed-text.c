/* SPDX-License-Identifier: GPL-3.0-or-later
 * Says what a person typed once the typing pauses or the focus leaves the text, so that it can be saved without a button. */
#include "mc-typed-text.h"

/* A pause of typing that is long enough. */
#define PAUSE_MS 600

struct _McTypedText
{
  GObject parent_instance;

  /* Borrowed */
  GtkWidget *text;

  /* Owned */
  char *said; /* as last said or shown */
  guint pause_source;
  gboolean composing;
  gboolean showing;
};

G_DEFINE_FINAL_TYPE (McTypedText, mc_typed_text, G_TYPE_OBJECT)

enum
{
  TYPED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static char *
get_text (McTypedText *self)
{
  GtkTextIter start, end;
  GtkTextBuffer *buffer;

  if (GTK_IS_EDITABLE (self->text))
    return g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->text)));
  buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->text));
  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
}

static void
set_text (McTypedText *self, const char *text)
{
  self->showing = TRUE;
  if (GTK_IS_EDITABLE (self->text))
    gtk_editable_set_text (GTK_EDITABLE (self->text), text);
  else
    gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->text)), text, -1);
  self->showing = FALSE;
}

static gboolean
pause_cb (gpointer data)
{
  McTypedText *self = data;

  self->pause_source = 0;
  mc_typed_text_flush (self);
  return G_SOURCE_REMOVE;
}

static void
changed_cb (McTypedText *self)
{
  if (self->showing)
    return;
  g_clear_handle_id (&self->pause_source, g_source_remove);
  self->pause_source = g_timeout_add (PAUSE_MS, pause_cb, self);
}

static void
preedit_changed_cb (McTypedText *self, const char *preedit)
{
  self->composing = preedit && *preedit;
}

static void
mc_typed_text_dispose (GObject *object)
{
  McTypedText *self = MC_TYPED_TEXT (object);

  g_clear_handle_id (&self->pause_source, g_source_remove);
  G_OBJECT_CLASS (mc_typed_text_parent_class)->dispose (object);
}

static void
mc_typed_text_finalize (GObject *object)
{
  g_free (MC_TYPED_TEXT (object)->said);
  G_OBJECT_CLASS (mc_typed_text_parent_class)->finalize (object);
}

static void
mc_typed_text_class_init (McTypedTextClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mc_typed_text_dispose;
  G_OBJECT_CLASS (klass)->finalize = mc_typed_text_finalize;
  signals[TYPED] = g_signal_new ("typed", MC_TYPE_TYPED_TEXT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
mc_typed_text_init (McTypedText *self)
{
  self->said = g_strdup ("");
}

McTypedText *
mc_typed_text_new (GtkWidget *text)
{
  McTypedText *self = g_object_new (MC_TYPE_TYPED_TEXT, NULL);
  GtkEventController *focus = gtk_event_controller_focus_new ();
  GtkWidget *typed = GTK_IS_EDITABLE (text) ? GTK_WIDGET (gtk_editable_get_delegate (GTK_EDITABLE (text))) : text;

  self->text = text;
  g_signal_connect_object (typed ? typed : text, "preedit-changed", G_CALLBACK (preedit_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (focus, "leave", G_CALLBACK (mc_typed_text_flush), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (text, focus);
  if (GTK_IS_EDITABLE (text))
    g_signal_connect_object (text, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  else
    g_signal_connect_object (gtk_text_view_get_buffer (GTK_TEXT_VIEW (text)), "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  return self;
}

void
mc_typed_text_show (McTypedText *self, const char *text)
{
  const char *wanted = text ? text : "";

  g_return_if_fail (MC_IS_TYPED_TEXT (self));

  if (self->pause_source || self->composing || g_str_equal (self->said, wanted))
    return;
  g_free (self->said);
  self->said = g_strdup (wanted);
  set_text (self, wanted);
}

void
mc_typed_text_flush (McTypedText *self)
{
  g_autofree char *text = NULL;

  g_return_if_fail (MC_IS_TYPED_TEXT (self));

  g_clear_handle_id (&self->pause_source, g_source_remove);
  text = get_text (self);
  if (g_str_equal (text, self->said))
    return;
  g_free (self->said);
  self->said = g_strdup (text);
  g_signal_emit (self, signals[TYPED], 0, text);
}

gboolean
mc_typed_text_is_composing (McTypedText *self)
{
  g_return_val_if_fail (MC_IS_TYPED_TEXT (self), FALSE);

  return self->composing;
}
