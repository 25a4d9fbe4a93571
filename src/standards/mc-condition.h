/* SPDX-License-Identifier: GPL-3.0-or-later
 * When an item of a standard applies: a condition over columns of the facility and of the assessment. Pure. */
#pragma once

#include <json-glib/json-glib.h>

#include "store/mc-record.h"

G_BEGIN_DECLS

/* {"field": NAME, "eq"|"in"|"ge"|"le": VALUE}, {"all": […]}, {"any": […]}, {"not": …}. NAME is a column of the facility
 * ("beds") or, with the prefix "assessment.", of the assessment ("assessment.type"). Immutable, reference counted. */
typedef struct _McCondition McCondition;

/* A value that is not known makes a condition unknown (Kleene's logic), never false: the item is then shown, and a
 * person decides. */
typedef enum
{
  MC_TRUTH_FALSE,
  MC_TRUTH_UNKNOWN,
  MC_TRUTH_TRUE,
} McTruth;

/* Called for each fault with the path of the node and the reason, translated. */
typedef void (*McFaultFunc) (const char *path, const char *reason, gpointer data);

/* The most conditions inside one another. */
#define MC_CONDITION_MAX_DEPTH 8

/* Reads a condition. @assessment: the entity whose columns "assessment." names; NULL: there are none. Every fault is
 * reported; NULL if there was one. */
McCondition *mc_condition_new_from_json (JsonNode *node, const char *path, const McEntity *assessment,
                                         McFaultFunc fault, gpointer data);
McCondition *mc_condition_ref (McCondition *self);
void mc_condition_unref (McCondition *self);

/* @self NULL: always TRUE. A record that is NULL has no known value. */
McTruth mc_condition_evaluate (const McCondition *self, const McRecord *facility, const McRecord *assessment);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (McCondition, mc_condition_unref)

G_END_DECLS
