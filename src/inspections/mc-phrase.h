/* SPDX-License-Identifier: GPL-3.0-or-later
 * Stock phrases of an authority: what is written again and again, with the basis it brings. */
#pragma once

#include "mc-visit.h"
#include "store/mc-store.h"

G_BEGIN_DECLS

/* A phrase is a record of the entity "phrase" with text, basis, certainty, requirement, keywords; item and standard (its key) say where it is offered
 * first. It is saved by mc_store_save(), as any record. */

/* A new phrase of @authority, a record of the register: its area is taken over. Errors: MC_INSPECTION_ERROR_INPUT if @text is empty or longer than MC_PHRASE_MAX
 * characters. @standard, @item: NULL: offered everywhere. */
#define MC_PHRASE_MAX 500
McRecord *mc_phrase_new (const McRecord *authority, const char *text, const char *standard, const char *item, GError **error);

/* The phrase of what stands in an open finding: its text with basis, certainty and requirement. Errors as above. */
McRecord *mc_phrase_new_from_finding (const McVisit *visit, const char *item, GError **error);

/* The phrases of @authority (id) that are not retired, by id; of McRecord. Blocks. Free with g_ptr_array_unref. */
GPtrArray *mc_phrases_load (McStore *store, const char *authority, GError **error);

/* Of @phrases, those to offer for @item of the standard @standard (key): its own first, then those of the standard, then those without one, each by
 * text; with words in @typed (text, pinyin, initials; NULL or "": none) those that have them all, then also those of other items, last. Of const McRecord *, borrowed from
 * @phrases; free the array. Pure. */
GPtrArray *mc_phrases_pick (GPtrArray *phrases, const char *standard, const char *item, const char *typed);

/* The visit with @phrase in the note of @item, on a line of its own if there is text, and not twice. An open finding takes the phrase's basis with its
 * certainty (none given: recalled, so that it is shown as unverified), and its requirement if it has none yet. Errors as mc_visit_with_note(). */
McVisit *mc_visit_with_phrase (const McVisit *visit, const char *item, const McRecord *phrase, GError **error);

G_END_DECLS
