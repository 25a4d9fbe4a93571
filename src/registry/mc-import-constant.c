/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a person says for all rows of a sheet that say nothing of a field. */
#include "mc-import-constant.h"

#include "mc-authority.h"
#include "mc-import-value.h"
#include "mc-import.h"

#include <glib/gi18n.h>
#include <string.h>

void
mc_import_constant_clear (gpointer constant)
{
  mc_value_clear (&((McImportConstant *) constant)->value);
}

/* From the name or the id of an area or an authority to the id. NULL with @message. */
static const char *
find_reference (McImportContext *context, const McField *field, const char *text, char **message)
{
  if (strcmp (field->key, "area") == 0)
    {
      const McArea *area = mc_area_tree_find (context->tree, text);

      if (!area && context->default_area)
        mc_area_tree_resolve (context->tree, text, context->default_area, &area);
      if (!area && mc_area_tree_resolve (context->tree, text, NULL, &area) != MC_AREA_FOUND)
        *message = mc_import_explain_area (context->tree, text);
      return *message ? NULL : area->id;
    }
  else
    {
      const McAuthority *authority = mc_authority_find (context->authorities, text);

      authority = authority ? authority : mc_authority_find_name (context->authorities, text);
      if (!authority)
        *message = g_strdup_printf (_("the authority “%s” is not in the register of authorities"), text);
      return authority ? authority->id : NULL;
    }
}

static gboolean
read_constant (McImportContext *context, const McImportColumn *column, McValue *value, char **message)
{
  const char *id;

  if (mc_import_value_parse (context->mapping->kind, column, MC_CELL_TEXT, column->constant, context->uses_1904, value, message) == MC_PARSED_WRONG)
    return FALSE;
  if (value->type == MC_VALUE_NULL)
    *message = g_strdup (_("there is nothing to put in"));
  else if (column->field->type == MC_FIELD_REFERENCE && (id = find_reference (context, column->field, value->text, message)))
    {
      g_auto (McValue) reference = MC_VALUE_INIT;

      mc_value_init_text (&reference, id);
      mc_value_clear (value);
      mc_value_copy (&reference, value);
    }
  return *message == NULL;
}

gboolean
mc_import_context_take_constants (McImportContext *self, GError **error)
{
  const McEntity *entity = mc_import_entity (self->mapping->kind);

  for (guint i = 0; i < self->mapping->columns->len; i++)
    {
      const McImportColumn *column = self->mapping->columns->pdata[i];
      McImportConstant constant = { 0, MC_VALUE_INIT };
      g_autofree char *message = NULL;

      if (!column->constant || !column->field)
        continue;
      if (!read_constant (self, column, &constant.value, &message))
        {
          mc_value_clear (&constant.value);
          g_set_error (error, MC_IMPORT_ERROR, MC_IMPORT_ERROR_MAPPING, _("“%s” cannot be put in as “%s” for the rows that leave it empty: %s. Nothing was changed."),
                       column->constant, _(column->field->label), message);
          return FALSE;
        }
      constant.index = (guint) (column->field - entity->fields);
      g_array_append_val (self->constants, constant);
    }
  return TRUE;
}

/* What is wrong in the sheet stays empty, so that it is said. */
static gboolean
has_wrong_cell (const McImportItem *item, const McField *field)
{
  for (guint i = 0; i < item->notes->len; i++)
    {
      const McRowNote *note = &g_array_index (item->notes, McRowNote, i);

      if (note->rejects && note->column && note->column->field == field)
        return TRUE;
    }
  return FALSE;
}

void
mc_import_constants_fill (const McImportContext *context, McImportItem *item, const char *key)
{
  const McEntity *entity = mc_record_get_entity (item->record);

  for (guint i = 0; i < context->constants->len; i++)
    {
      const McImportConstant *constant = &g_array_index (context->constants, McImportConstant, i);
      const McField *field = &entity->fields[constant->index];
      McValue copy = MC_VALUE_INIT;

      if ((key && strcmp (field->key, key) != 0) || !mc_record_is_null (item->record, field->key) || has_wrong_cell (item, field))
        continue;
      mc_value_copy (&constant->value, &copy);
      mc_record_take_at (item->record, constant->index, &copy);
      item->defaulted |= G_GUINT64_CONSTANT (1) << constant->index;
    }
}
