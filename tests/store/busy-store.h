/* SPDX-License-Identifier: GPL-3.0-or-later
 * A store in which everything happened once: personal values, seals, amendments, late changes, erasures, blobs, a second device. */
#pragma once

#include "store-folder.h"

/* Blobs that are there when it is filled; one more was erased. */
#define BUSY_STORE_BLOBS 6

/* Fills an open, new store. */
void busy_store_fill (McStore *store);

/* The content of all derived tables and notes, in one text: equal texts mean equal stores. */
char *busy_store_dump (const char *db);

/* Verifies whole; fails the test, naming the first finding, if there is any. */
void busy_store_assert_sound (const char *db);
