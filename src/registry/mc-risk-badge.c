/* SPDX-License-Identifier: GPL-3.0-or-later
 * A credit risk class as letter and word. */
#include "mc-risk-badge.h"

#include <glib/gi18n.h>

#include "store/mc-code-list.h"

struct _McRiskBadge
{
  GtkWidget parent_instance;

  GtkWidget *letter;
  GtkWidget *word;
  const char *tone; /* style class of the letter; static */
};

G_DEFINE_FINAL_TYPE (McRiskBadge, mc_risk_badge, GTK_TYPE_WIDGET)

/* The colour is the third cue, after letter and word. */
static const char *
tone_of (const char *risk_class)
{
  if (g_strcmp0 (risk_class, "C") == 0)
    return "mc-warning";
  if (g_strcmp0 (risk_class, "D") == 0)
    return "mc-error";
  return NULL;
}

static void
mc_risk_badge_dispose (GObject *object)
{
  McRiskBadge *self = MC_RISK_BADGE (object);

  g_clear_pointer (&self->letter, gtk_widget_unparent);
  g_clear_pointer (&self->word, gtk_widget_unparent);

  G_OBJECT_CLASS (mc_risk_badge_parent_class)->dispose (object);
}

static void
mc_risk_badge_class_init (McRiskBadgeClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mc_risk_badge_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "mcrisk");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
mc_risk_badge_init (McRiskBadge *self)
{
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (gtk_widget_get_layout_manager (GTK_WIDGET (self))), 6);
  self->letter = gtk_label_new (NULL);
  self->word = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, NULL);
  gtk_widget_add_css_class (self->letter, "mc-letter");
  gtk_widget_set_valign (self->letter, GTK_ALIGN_CENTER);
  gtk_widget_set_parent (self->letter, GTK_WIDGET (self));
  gtk_widget_set_parent (self->word, GTK_WIDGET (self));
}

GtkWidget *
mc_risk_badge_new (void)
{
  return g_object_new (MC_TYPE_RISK_BADGE, NULL);
}

void
mc_risk_badge_set (McRiskBadge *self, const char *risk_class)
{
  const char *word = risk_class ? mc_code_label ("credit-risk-class", risk_class) : _("not entered");
  const char *tone = tone_of (risk_class);
  g_autofree char *name = NULL;

  g_return_if_fail (MC_IS_RISK_BADGE (self));

  if (self->tone)
    gtk_widget_remove_css_class (self->letter, self->tone);
  self->tone = tone;
  if (tone)
    gtk_widget_add_css_class (self->letter, tone);
  gtk_label_set_label (GTK_LABEL (self->letter), risk_class ? risk_class : "");
  gtk_widget_set_visible (self->letter, risk_class != NULL);
  gtk_label_set_label (GTK_LABEL (self->word), word);
  if (risk_class)
    gtk_widget_remove_css_class (self->word, "dim-label");
  else
    gtk_widget_add_css_class (self->word, "dim-label");
  /* Translators: credit risk: letter and word of the class */
  name = risk_class ? g_strdup_printf (_("Credit risk %s, %s"), risk_class, word) : g_strdup (_("Credit risk not entered"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
}
