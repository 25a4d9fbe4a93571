/* SPDX-License-Identifier: GPL-3.0-or-later
 * The answers of an item as linked toggles; the number of the key gives way to an icon when chosen. */
#include "mc-answer-buttons.h"

typedef struct
{
  GtkWidget *button; /* borrowed: a child */
  GtkWidget *stack;  /* number or icon */
  const char *icon_name;
  char *value;
  char *label;
} Answer;

struct _McAnswerButtons
{
  GtkWidget parent_instance;

  GArray *answers; /* of Answer */
  char *value;
  char *item_label;
  gboolean updating;
};

G_DEFINE_FINAL_TYPE (McAnswerButtons, mc_answer_buttons, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_VALUE,
  PROP_ITEM_LABEL,
  N_PROPS,
};

enum
{
  ANSWERED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static const struct
{
  const char *icon_name;
  const char *css_class;
} tones[] = {
  [MC_ANSWER_GOOD] = { "object-select-symbolic", "good" },
  [MC_ANSWER_BAD] = { "dialog-error-symbolic", "bad" },
  [MC_ANSWER_NEUTRAL] = { "action-unavailable-symbolic", "neutral" },
  [MC_ANSWER_OPEN] = { "dialog-question-symbolic", "neutral" },
};

static void
answer_clear (gpointer data)
{
  Answer *answer = data;

  g_free (answer->value);
  g_free (answer->label);
}

static Answer *
answer_at (McAnswerButtons *self, guint index)
{
  return &g_array_index (self->answers, Answer, index);
}

/* The icon is made when it is first needed: most answers are never chosen. */
static void
show_mark (Answer *answer, gboolean chosen)
{
  if (chosen && !gtk_stack_get_child_by_name (GTK_STACK (answer->stack), "icon"))
    gtk_stack_add_named (GTK_STACK (answer->stack), gtk_image_new_from_icon_name (answer->icon_name), "icon");
  gtk_stack_set_visible_child_name (GTK_STACK (answer->stack), chosen ? "icon" : "number");
}

static void
show_value (McAnswerButtons *self)
{
  self->updating = TRUE;
  for (guint i = 0; i < self->answers->len; i++)
    {
      Answer *answer = answer_at (self, i);
      gboolean chosen = g_strcmp0 (answer->value, self->value) == 0;

      gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (answer->button), chosen);
      show_mark (answer, chosen);
    }
  self->updating = FALSE;
}

static void
name_buttons (McAnswerButtons *self)
{
  for (guint i = 0; i < self->answers->len; i++)
    {
      Answer *answer = answer_at (self, i);
      g_autofree char *name = self->item_label ? g_strdup_printf ("%s, %s", answer->label, self->item_label) : g_strdup (answer->label);

      gtk_accessible_update_property (GTK_ACCESSIBLE (answer->button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
    }
}

static void
toggled_cb (GtkToggleButton *button, McAnswerButtons *self)
{
  if (self->updating)
    return;
  for (guint i = 0; i < self->answers->len; i++)
    if (answer_at (self, i)->button == GTK_WIDGET (button))
      {
        mc_answer_buttons_choose (self, i);
        return;
      }
}

static void
add_choice (McAnswerButtons *self, const McAnswerChoice *choice, guint index)
{
  g_autofree char *number = g_strdup_printf ("%u", index + 1);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8), *key = gtk_label_new (number);
  Answer answer = { gtk_toggle_button_new (), gtk_stack_new (), tones[choice->tone].icon_name, g_strdup (choice->value), g_strdup (choice->label) };

  gtk_widget_add_css_class (key, "mc-key");
  gtk_widget_set_valign (key, GTK_ALIGN_CENTER);
  gtk_stack_add_named (GTK_STACK (answer.stack), key, "number");
  gtk_box_append (GTK_BOX (box), answer.stack);
  gtk_box_append (GTK_BOX (box), gtk_label_new (choice->label));
  gtk_widget_set_halign (box, GTK_ALIGN_CENTER);
  gtk_button_set_child (GTK_BUTTON (answer.button), box);
  gtk_widget_add_css_class (answer.button, tones[choice->tone].css_class);
  gtk_widget_add_css_class (answer.button, "mc-main");
  gtk_widget_set_focus_on_click (answer.button, FALSE); /* the keys are the row's: it keeps the focus */
  gtk_widget_set_parent (answer.button, GTK_WIDGET (self));
  g_array_append_val (self->answers, answer);
  g_signal_connect (answer.button, "toggled", G_CALLBACK (toggled_cb), self);
}

static void
remove_choices (McAnswerButtons *self)
{
  GtkWidget *child;

  g_array_set_size (self->answers, 0);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))))
    gtk_widget_unparent (child);
}

static void
mc_answer_buttons_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  McAnswerButtons *self = MC_ANSWER_BUTTONS (object);

  switch (id)
    {
    case PROP_VALUE: g_value_set_string (value, self->value); break;
    case PROP_ITEM_LABEL: g_value_set_string (value, self->item_label); break;
    default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
mc_answer_buttons_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  McAnswerButtons *self = MC_ANSWER_BUTTONS (object);

  switch (id)
    {
    case PROP_VALUE: mc_answer_buttons_set_value (self, g_value_get_string (value)); break;
    case PROP_ITEM_LABEL:
      g_free (self->item_label);
      self->item_label = g_value_dup_string (value);
      name_buttons (self);
      break;
    default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
mc_answer_buttons_dispose (GObject *object)
{
  remove_choices (MC_ANSWER_BUTTONS (object));

  G_OBJECT_CLASS (mc_answer_buttons_parent_class)->dispose (object);
}

static void
mc_answer_buttons_finalize (GObject *object)
{
  McAnswerButtons *self = MC_ANSWER_BUTTONS (object);

  g_array_unref (self->answers);
  g_free (self->value);
  g_free (self->item_label);

  G_OBJECT_CLASS (mc_answer_buttons_parent_class)->finalize (object);
}

static void
mc_answer_buttons_class_init (McAnswerButtonsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags both = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = mc_answer_buttons_get_property;
  object_class->set_property = mc_answer_buttons_set_property;
  object_class->dispose = mc_answer_buttons_dispose;
  object_class->finalize = mc_answer_buttons_finalize;

  properties[PROP_VALUE] = g_param_spec_string ("value", NULL, NULL, NULL, both);
  properties[PROP_ITEM_LABEL] = g_param_spec_string ("item-label", NULL, NULL, NULL, both);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[ANSWERED] = g_signal_new ("answered", MC_TYPE_ANSWER_BUTTONS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "mcanswers");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
mc_answer_buttons_init (McAnswerButtons *self)
{
  self->answers = g_array_new (FALSE, FALSE, sizeof (Answer));
  g_array_set_clear_func (self->answers, answer_clear);
  gtk_widget_add_css_class (GTK_WIDGET (self), "linked");
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
}

GtkWidget *
mc_answer_buttons_new (void)
{
  return g_object_new (MC_TYPE_ANSWER_BUTTONS, NULL);
}

void
mc_answer_buttons_set_choices (McAnswerButtons *self, const McAnswerChoice *choices, guint n_choices)
{
  g_return_if_fail (MC_IS_ANSWER_BUTTONS (self));

  remove_choices (self);
  for (guint i = 0; i < n_choices; i++)
    add_choice (self, &choices[i], i);
  name_buttons (self);
  show_value (self);
}

guint
mc_answer_buttons_get_n_choices (McAnswerButtons *self)
{
  g_return_val_if_fail (MC_IS_ANSWER_BUTTONS (self), 0);

  return self->answers->len;
}

void
mc_answer_buttons_set_value (McAnswerButtons *self, const char *value)
{
  g_return_if_fail (MC_IS_ANSWER_BUTTONS (self));

  if (g_strcmp0 (self->value, value) != 0)
    {
      g_free (self->value);
      self->value = g_strdup (value);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_VALUE]);
    }
  show_value (self);
}

const char *
mc_answer_buttons_get_value (McAnswerButtons *self)
{
  g_return_val_if_fail (MC_IS_ANSWER_BUTTONS (self), NULL);

  return self->value;
}

void
mc_answer_buttons_set_large (McAnswerButtons *self, gboolean large)
{
  GtkBoxLayout *layout;

  g_return_if_fail (MC_IS_ANSWER_BUTTONS (self));

  if (gtk_widget_has_css_class (GTK_WIDGET (self), "mc-large") == large)
    return;
  layout = GTK_BOX_LAYOUT (gtk_widget_get_layout_manager (GTK_WIDGET (self)));
  gtk_box_layout_set_homogeneous (layout, large);
  gtk_box_layout_set_spacing (layout, large ? 12 : 0);
  if (large)
    {
      gtk_widget_add_css_class (GTK_WIDGET (self), "mc-large");
      gtk_widget_remove_css_class (GTK_WIDGET (self), "linked");
    }
  else
    {
      gtk_widget_remove_css_class (GTK_WIDGET (self), "mc-large");
      gtk_widget_add_css_class (GTK_WIDGET (self), "linked");
    }
  for (guint i = 0; i < self->answers->len; i++)
    gtk_widget_set_hexpand (answer_at (self, i)->button, large);
}

gboolean
mc_answer_buttons_choose (McAnswerButtons *self, guint index)
{
  g_autofree char *value = NULL;

  g_return_val_if_fail (MC_IS_ANSWER_BUTTONS (self), FALSE);

  if (index >= self->answers->len || !gtk_widget_is_sensitive (GTK_WIDGET (self)))
    return FALSE;
  value = g_strdup (answer_at (self, index)->value);
  mc_answer_buttons_set_value (self, value);
  g_signal_emit (self, signals[ANSWERED], 0, value);
  return TRUE;
}

int
mc_answer_key_index (guint keyval, GdkModifierType state)
{
  gunichar character = gdk_keyval_to_unicode (keyval);

  if (state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK | GDK_META_MASK))
    return -1;
  if (keyval >= GDK_KEY_KP_1 && keyval <= GDK_KEY_KP_9)
    return (int) (keyval - GDK_KEY_KP_1);
  if (character >= '1' && character <= '9')
    return (int) (character - '1');
  if (character >= 0xff11 && character <= 0xff19) /* full-width digits, as an input method in full-width mode sends them */
    return (int) (character - 0xff11);
  return -1;
}
