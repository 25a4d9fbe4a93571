/* SPDX-License-Identifier: GPL-3.0-or-later
 * What every page is given: the open store, who works, how the person wants to read, and the day. */
#include "mc-session.h"

#include "store/mc-code-list.h"

struct _McSession
{
  GObject parent_instance;

  McStore *store;
  char *user;
  char *role;
  char *user_name;
  char *user_detail;
  char *inspector;
  guint text_size;
  gboolean elder;
  gboolean one_at_a_time;
  gboolean one_at_a_time_set; /* chosen by the person, no longer following elder mode */
  gboolean folded;
  char *sync_icon_name;
  char *sync_text;
  char *sync_detail;
  char *colour_scheme;
  GDate today; /* invalid: the clock */
};

G_DEFINE_FINAL_TYPE (McSession, mc_session, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_STORE,
  PROP_USER,
  PROP_USER_NAME,
  PROP_USER_DETAIL,
  PROP_TEXT_SIZE,
  PROP_ELDER,
  PROP_ONE_AT_A_TIME,
  PROP_FOLDED,
  PROP_SYNC_ICON_NAME,
  PROP_SYNC_TEXT,
  PROP_SYNC_DETAIL,
  PROP_COLOUR_SCHEME,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static void
replace_text (McSession *self, char **text, const char *new_text, int property)
{
  if (g_strcmp0 (*text, new_text) == 0)
    return;
  g_free (*text);
  *text = g_strdup (new_text);
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

static void
mc_session_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  McSession *self = MC_SESSION (object);

  switch (id)
    {
    case PROP_STORE: g_value_set_object (value, self->store); break;
    case PROP_USER: g_value_set_string (value, self->user); break;
    case PROP_USER_NAME: g_value_set_string (value, self->user_name); break;
    case PROP_USER_DETAIL: g_value_set_string (value, self->user_detail); break;
    case PROP_TEXT_SIZE: g_value_set_uint (value, self->text_size); break;
    case PROP_ELDER: g_value_set_boolean (value, self->elder); break;
    case PROP_ONE_AT_A_TIME: g_value_set_boolean (value, mc_session_get_one_at_a_time (self)); break;
    case PROP_FOLDED: g_value_set_boolean (value, self->folded); break;
    case PROP_SYNC_ICON_NAME: g_value_set_string (value, self->sync_icon_name); break;
    case PROP_SYNC_TEXT: g_value_set_string (value, self->sync_text); break;
    case PROP_SYNC_DETAIL: g_value_set_string (value, self->sync_detail); break;
    case PROP_COLOUR_SCHEME: g_value_set_string (value, self->colour_scheme); break;
    default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
set_one_at_a_time (McSession *self, gboolean one_at_a_time)
{
  gboolean before = mc_session_get_one_at_a_time (self);

  self->one_at_a_time_set = one_at_a_time != self->elder;
  self->one_at_a_time = one_at_a_time;
  if (before != one_at_a_time)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ONE_AT_A_TIME]);
}

static void
mc_session_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  McSession *self = MC_SESSION (object);

  switch (id)
    {
    case PROP_STORE: mc_session_set_store (self, g_value_get_object (value)); break;
    case PROP_TEXT_SIZE: mc_session_set_text_size (self, g_value_get_uint (value)); break;
    case PROP_ELDER: mc_session_set_elder (self, g_value_get_boolean (value)); break;
    case PROP_ONE_AT_A_TIME: set_one_at_a_time (self, g_value_get_boolean (value)); break;
    case PROP_COLOUR_SCHEME: replace_text (self, &self->colour_scheme, g_value_get_string (value), PROP_COLOUR_SCHEME); break;
    case PROP_FOLDED: mc_session_set_folded (self, g_value_get_boolean (value)); break;
    default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
mc_session_finalize (GObject *object)
{
  McSession *self = MC_SESSION (object);

  g_clear_object (&self->store);
  g_free (self->user);
  g_free (self->role);
  g_free (self->user_name);
  g_free (self->user_detail);
  g_free (self->inspector);
  g_free (self->sync_icon_name);
  g_free (self->sync_text);
  g_free (self->sync_detail);
  g_free (self->colour_scheme);

  G_OBJECT_CLASS (mc_session_parent_class)->finalize (object);
}

static void
mc_session_class_init (McSessionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags read = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;
  const GParamFlags both = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = mc_session_get_property;
  object_class->set_property = mc_session_set_property;
  object_class->finalize = mc_session_finalize;

  properties[PROP_STORE] = g_param_spec_object ("store", NULL, NULL, MC_TYPE_STORE, both);
  properties[PROP_USER] = g_param_spec_string ("user", NULL, NULL, NULL, read);
  properties[PROP_USER_NAME] = g_param_spec_string ("user-name", NULL, NULL, NULL, read);
  properties[PROP_USER_DETAIL] = g_param_spec_string ("user-detail", NULL, NULL, NULL, read);
  properties[PROP_TEXT_SIZE] = g_param_spec_uint ("text-size", NULL, NULL, MC_TEXT_SIZE_MIN, MC_TEXT_SIZE_MAX, 100, both);
  properties[PROP_ELDER] = g_param_spec_boolean ("elder", NULL, NULL, FALSE, both);
  properties[PROP_ONE_AT_A_TIME] = g_param_spec_boolean ("one-at-a-time", NULL, NULL, FALSE, both);
  properties[PROP_FOLDED] = g_param_spec_boolean ("folded", NULL, NULL, FALSE, both);
  properties[PROP_SYNC_ICON_NAME] = g_param_spec_string ("sync-icon-name", NULL, NULL, NULL, read);
  properties[PROP_SYNC_TEXT] = g_param_spec_string ("sync-text", NULL, NULL, NULL, read);
  properties[PROP_SYNC_DETAIL] = g_param_spec_string ("sync-detail", NULL, NULL, NULL, read);
  properties[PROP_COLOUR_SCHEME] = g_param_spec_string ("colour-scheme", NULL, NULL, "default", both);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
mc_session_init (McSession *self)
{
  self->text_size = MC_TEXT_SIZE_MIN;
  self->colour_scheme = g_strdup ("default");
}

McSession *
mc_session_new (void)
{
  return g_object_new (MC_TYPE_SESSION, NULL);
}

McStore *
mc_session_get_store (McSession *self)
{
  g_return_val_if_fail (MC_IS_SESSION (self), NULL);

  return self->store;
}

void
mc_session_set_store (McSession *self, McStore *store)
{
  g_return_if_fail (MC_IS_SESSION (self));

  if (g_set_object (&self->store, store))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STORE]);
}

gboolean
mc_session_is_read_only (McSession *self)
{
  g_return_val_if_fail (MC_IS_SESSION (self), TRUE);

  return !self->store || mc_store_get_mode (self->store) != MC_STORE_MODE_WRITE;
}

void
mc_session_set_user (McSession *self, const McUser *user)
{
  g_autofree char *detail = NULL;

  g_return_if_fail (MC_IS_SESSION (self) && user != NULL);

  detail = g_strdup_printf ("%s · %s", user->authority_name ? user->authority_name : "", mc_code_label ("role", user->role));
  g_free (self->inspector);
  self->inspector = g_strdup (user->inspector);
  g_free (self->role);
  self->role = g_strdup (user->role);
  replace_text (self, &self->user_name, user->name, PROP_USER_NAME);
  replace_text (self, &self->user_detail, detail, PROP_USER_DETAIL);
  replace_text (self, &self->user, user->id, PROP_USER);
}

const char *
mc_session_get_user (McSession *self)
{
  g_return_val_if_fail (MC_IS_SESSION (self), NULL);

  return self->user;
}

const char *
mc_session_get_role (McSession *self)
{
  g_return_val_if_fail (MC_IS_SESSION (self), NULL);

  return self->role;
}

const char *
mc_session_get_user_name (McSession *self)
{
  g_return_val_if_fail (MC_IS_SESSION (self), NULL);

  return self->user_name;
}

const char *
mc_session_get_user_detail (McSession *self)
{
  g_return_val_if_fail (MC_IS_SESSION (self), NULL);

  return self->user_detail;
}

const char *
mc_session_get_inspector (McSession *self)
{
  g_return_val_if_fail (MC_IS_SESSION (self), NULL);

  return self->inspector;
}

guint
mc_session_get_text_size (McSession *self)
{
  g_return_val_if_fail (MC_IS_SESSION (self), MC_TEXT_SIZE_MIN);

  return self->text_size;
}

void
mc_session_set_text_size (McSession *self, guint per_cent)
{
  guint wanted = CLAMP (per_cent, MC_TEXT_SIZE_MIN, MC_TEXT_SIZE_MAX);

  g_return_if_fail (MC_IS_SESSION (self));

  if (self->text_size == wanted)
    return;
  self->text_size = wanted;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TEXT_SIZE]);
}

gboolean
mc_session_get_elder (McSession *self)
{
  g_return_val_if_fail (MC_IS_SESSION (self), FALSE);

  return self->elder;
}

void
mc_session_set_elder (McSession *self, gboolean elder)
{
  g_return_if_fail (MC_IS_SESSION (self));

  if (self->elder == !!elder)
    return;
  self->elder = !!elder;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ELDER]);
  if (!self->one_at_a_time_set)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ONE_AT_A_TIME]);
}

gboolean
mc_session_get_one_at_a_time (McSession *self)
{
  g_return_val_if_fail (MC_IS_SESSION (self), FALSE);

  return self->one_at_a_time_set ? self->one_at_a_time : self->elder;
}

gboolean
mc_session_get_folded (McSession *self)
{
  g_return_val_if_fail (MC_IS_SESSION (self), FALSE);

  return self->folded;
}

void
mc_session_set_folded (McSession *self, gboolean folded)
{
  g_return_if_fail (MC_IS_SESSION (self));

  if (self->folded == !!folded)
    return;
  self->folded = !!folded;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FOLDED]);
}

void
mc_session_set_sync_state (McSession *self, const char *icon_name, const char *text, const char *detail)
{
  g_return_if_fail (MC_IS_SESSION (self));

  replace_text (self, &self->sync_icon_name, icon_name, PROP_SYNC_ICON_NAME);
  replace_text (self, &self->sync_text, text, PROP_SYNC_TEXT);
  replace_text (self, &self->sync_detail, detail, PROP_SYNC_DETAIL);
}

double
mc_text_points (guint text_size, gboolean elder)
{
  double size = CLAMP (text_size, MC_TEXT_SIZE_MIN, MC_TEXT_SIZE_MAX);

  /* 18, 24, 30 pt at 100, 150, 200 %: from MIIT's smallest main text to what it must be adjustable to. */
  return elder ? 18.0 + (size - 100.0) * 0.12 : 11.0 * size / 100.0;
}

double
mc_session_get_scale (McSession *self)
{
  g_return_val_if_fail (MC_IS_SESSION (self), 1.0);

  return mc_text_points (self->text_size, self->elder) / 11.0;
}

void
mc_session_get_today (McSession *self, GDate *today)
{
  g_return_if_fail (MC_IS_SESSION (self) && today != NULL);

  if (g_date_valid (&self->today))
    {
      *today = self->today;
    }
  else
    {
      g_autoptr (GDateTime) now = g_date_time_new_now_local ();

      g_date_clear (today, 1);
      g_date_set_dmy (today, (GDateDay) g_date_time_get_day_of_month (now), (GDateMonth) g_date_time_get_month (now),
                      (GDateYear) g_date_time_get_year (now));
    }
}

void
mc_session_set_today (McSession *self, const GDate *today)
{
  g_return_if_fail (MC_IS_SESSION (self));

  if (today)
    self->today = *today;
  else
    g_date_clear (&self->today, 1);
}
