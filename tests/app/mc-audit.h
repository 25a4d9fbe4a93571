/* SPDX-License-Identifier: GPL-3.0-or-later
 * What can be measured about a window as it is painted: sizes of targets, contrast, cut texts, overlap, names, language. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef struct
{
  int target;        /* px, width and height of what is pressed */
  int main_target;   /* px, of what has the class mc-main, and height of rows that are pressed */
  double contrast;   /* of text against what is behind it */
} McAuditLimits;

extern const McAuditLimits mc_audit_normal; /* WCAG 2.2 AA: 24 px, 4.5:1 */
extern const McAuditLimits mc_audit_elder;  /* MIIT: 60 and 44 px at 1 px = 1 dp; 7:1 */

/* The faults of @window as painted in @texture: one sentence each, "CHECK: where: what". Free with g_ptr_array_unref. */
GPtrArray *mc_audit (GtkWidget *window, GdkTexture *texture, const McAuditLimits *limits);

/* --- parts, for their own tests --------------------------------------------------------------------------- */

/* WCAG contrast of two colours given as 0xRRGGBB. */
double mc_audit_contrast (guint32 a, guint32 b);

/* The first English word in @text that no Chinese window should show; NULL: none. Caller frees. */
char *mc_audit_find_english (const char *text);

G_END_DECLS
