/* SPDX-License-Identifier: GPL-3.0-or-later
 * Forward declarations of the types that cross modules. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _McBlobStore McBlobStore;
typedef struct _McChange McChange;
typedef struct _McEntity McEntity;
typedef struct _McField McField;
typedef struct _McMerge McMerge;
typedef struct _McRecord McRecord;
typedef struct _McStore McStore;
typedef struct _McTransaction McTransaction;
typedef struct _McValue McValue;

G_END_DECLS
