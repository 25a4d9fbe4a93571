/* SPDX-License-Identifier: GPL-3.0-or-later
 * A window of an exact size over a database, in this process: for the audit, the pictures and the tests of the window. */
#pragma once

#include "app/mc-window.h"

G_BEGIN_DECLS

typedef struct _McStage McStage;

/* Locale zh_CN (from LOCPATH), Cantarell 11, no animations, a cairo renderer. FALSE: there is no display; the caller skips. */
gboolean mc_stage_init (void);

/* The database at @path (need not exist) in a window whose widget is @width × @height. @today: the day that the pages believe. */
McStage *mc_stage_new (const char *path, int width, int height, const GDate *today);
/* The same, and how each user reads is kept in the database, as the program does. */
McStage *mc_stage_new_remembering (const char *path, int width, int height, const GDate *today);
void mc_stage_free (McStage *self);
McWindow *mc_stage_get_window (McStage *self);
McSession *mc_stage_get_session (McStage *self);

/* Another size: the window is shown again. */
void mc_stage_resize (McStage *self, int width, int height);
void mc_stage_set_appearance (McStage *self, gboolean dark, gboolean elder, guint text_size);

/* Runs the main loop until nothing is read and the window is laid out and painted. */
void mc_stage_settle (McStage *self);

/* What is painted now of the window (or of another one: a dialog). Free with g_object_unref. */
GdkTexture *mc_stage_paint (McStage *self);
GdkTexture *mc_stage_paint_window (GtkWindow *window);

/* The window that lies over the stage's: a dialog that was shown; NULL: none. */
GtkWindow *mc_stage_get_dialog (McStage *self);

/* The same, waiting for it and for what it reads. */
GtkWindow *mc_stage_wait_for_dialog (McStage *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (McStage, mc_stage_free)

G_END_DECLS
