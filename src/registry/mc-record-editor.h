/* SPDX-License-Identifier: GPL-3.0-or-later
 * The form in which a record of a register is entered or changed, with what is wrong beside each field. */
#pragma once

#include <gtk/gtk.h>

#include "mc-area.h"
#include "widgets/mc-session.h"

G_BEGIN_DECLS

/* Property: busy. Signals: "saved" (McRecordEditor *, const char *id): it is on disk; "cancelled"; "retire" (McRecordEditor *, const McRecord *): asked for. */
#define MC_TYPE_RECORD_EDITOR (mc_record_editor_get_type ())
G_DECLARE_FINAL_TYPE (McRecordEditor, mc_record_editor, MC, RECORD_EDITOR, GtkWidget)

/* @entity: "facility", "inspector" or "check_matter". @base: the record as the person sees it, with its heads: what others change meanwhile becomes a conflict, not a reversal;
 * NULL: a new one. @area: id, prefilled in a new record; NULL: where the person works. @field: the key of the field that gets the focus; may be NULL. */
void mc_record_editor_edit (McRecordEditor *self, McSession *session, McAreaTree *tree, const char *entity, const McRecord *base, const char *area, const char *field);

/* As the button does: what is wrong is shown, and the first field that is gets the focus. */
void mc_record_editor_save (McRecordEditor *self);

/* Is anything typed that is not saved? */
gboolean mc_record_editor_is_changed (McRecordEditor *self);

G_END_DECLS
