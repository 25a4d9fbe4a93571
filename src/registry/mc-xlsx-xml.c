/* SPDX-License-Identifier: GPL-3.0-or-later
 * libxml2's push parser over the bytes of a part. */
#include "mc-xlsx-xml.h"

#include "mc-table-reader.h"

#include <glib/gi18n.h>
#include <libxml/parser.h>
#include <string.h>

struct _McXlsxXml
{
  McXlsxPackage *package; /* borrowed */
  char *part_name;
  McXlsxPart *part;
  const McXlsxHandlers *handlers;
  gpointer data;
  xmlParserCtxt *context;
  GError *failure;
};

/* What xmlSAX2 hands over for each attribute. */
typedef struct
{
  const xmlChar *name, *prefix, *uri, *value, *end;
} Attribute;

const char *
mc_xlsx_attributes_find (const McXlsxAttributes *attributes, const char *name, gsize *length)
{
  const Attribute *values = attributes->values;

  for (int i = 0; i < attributes->n_values; i++)
    if (strcmp ((const char *) values[i].name, name) == 0)
      {
        *length = (gsize) (values[i].end - values[i].value);
        return (const char *) values[i].value;
      }
  return NULL;
}

char *
mc_xlsx_attributes_dup (const McXlsxAttributes *attributes, const char *name)
{
  gsize length = 0;
  const char *value = mc_xlsx_attributes_find (attributes, name, &length);

  return value ? g_strndup (value, length) : NULL;
}

gint64
mc_xlsx_attributes_integer (const McXlsxAttributes *attributes, const char *name, gint64 fallback)
{
  gsize length = 0;
  const char *value = mc_xlsx_attributes_find (attributes, name, &length);
  gint64 integer = 0;

  if (!value || length == 0 || length > 10)
    return fallback;
  for (gsize i = 0; i < length; i++)
    {
      if (!g_ascii_isdigit (value[i]))
        return fallback;
      integer = integer * 10 + (value[i] - '0');
    }
  return integer;
}

gboolean
mc_xlsx_attributes_boolean (const McXlsxAttributes *attributes, const char *name, gboolean fallback)
{
  gsize length = 0;
  const char *value = mc_xlsx_attributes_find (attributes, name, &length);

  if (!value)
    return fallback;
  return (length == 1 && *value == '1') || (length == 4 && memcmp (value, "true", 4) == 0) || (length == 2 && memcmp (value, "on", 2) == 0);
}

static void
start_element (void *user_data, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri, int n_namespaces,
               const xmlChar **namespaces, int n_attributes, int n_defaulted, const xmlChar **attributes)
{
  McXlsxXml *self = user_data;
  McXlsxAttributes values = { attributes, n_attributes };

  if (self->handlers->start && !self->failure)
    self->handlers->start (self->data, (const char *) name, &values);
}

static void
end_element (void *user_data, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
  McXlsxXml *self = user_data;

  if (self->handlers->end && !self->failure)
    self->handlers->end (self->data, (const char *) name);
}

static void
characters (void *user_data, const xmlChar *text, int length)
{
  McXlsxXml *self = user_data;

  if (self->handlers->text && !self->failure)
    self->handlers->text (self->data, (const char *) text, (gsize) length);
}

/* No workbook has a document type; entities that unfold without end begin with one. */
static void
document_type (void *user_data, const xmlChar *name, const xmlChar *external_id, const xmlChar *system_id)
{
  McXlsxXml *self = user_data;
  GError *error = NULL;

  mc_xlsx_package_set_damaged (self->package, self->part_name, _("it declares a document type, which no workbook does"), &error);
  mc_xlsx_xml_fail (self, error);
}

/* Otherwise some errors of encodings would be printed; all of them are told by the parser's result. */
static void
say_nothing (void *data, xmlError *error)
{
}

void
mc_xlsx_xml_fail (McXlsxXml *self, GError *error)
{
  if (self->failure)
    {
      g_error_free (error);
      return;
    }
  self->failure = error;
  xmlStopParser (self->context);
}

/* NOENT: "&amp;" in attributes arrives as "&"; other entities cannot be, see document_type(). */
static xmlParserCtxt *
new_context (McXlsxXml *self)
{
  xmlSAXHandler sax = {
    .initialized = XML_SAX2_MAGIC,
    .internalSubset = document_type,
    .startElementNs = start_element,
    .endElementNs = end_element,
    .characters = characters,
    .cdataBlock = characters,
    .ignorableWhitespace = characters,
  };
  xmlParserCtxt *context;

  xmlSetStructuredErrorFunc (NULL, say_nothing);
  context = xmlCreatePushParserCtxt (&sax, self, NULL, 0, NULL);

  if (context)
    xmlCtxtUseOptions (context, XML_PARSE_NONET | XML_PARSE_NOENT | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
  return context;
}

McXlsxXml *
mc_xlsx_xml_new (McXlsxPackage *package, const char *part, const McXlsxHandlers *handlers, gpointer data, GError **error)
{
  g_autoptr (McXlsxXml) self = g_new0 (McXlsxXml, 1);

  self->package = package;
  self->part_name = g_strdup (part);
  self->handlers = handlers;
  self->data = data;
  self->part = mc_xlsx_part_open (package, part, error);
  if (!self->part)
    return NULL;
  self->context = new_context (self);
  if (!self->context)
    {
      mc_xlsx_package_set_damaged (package, part, _("not readable"), error);
      return NULL;
    }
  return g_steal_pointer (&self);
}

void
mc_xlsx_xml_free (McXlsxXml *self)
{
  if (!self)
    return;
  if (self->context)
    {
      if (self->context->myDoc)
        xmlFreeDoc (self->context->myDoc);
      xmlFreeParserCtxt (self->context);
    }
  mc_xlsx_part_free (self->part);
  g_clear_error (&self->failure);
  g_free (self->part_name);
  g_free (self);
}

static gboolean
set_parse_error (McXlsxXml *self, GError **error)
{
  const xmlError *last = xmlCtxtGetLastError (self->context);
  g_autofree char *detail = g_strdup_printf (_("no well-formed XML at line %d"), last ? last->line : 0);

  return mc_xlsx_package_set_damaged (self->package, self->part_name, detail, error);
}

gboolean
mc_xlsx_xml_step (McXlsxXml *self, gboolean *more, GError **error)
{
  const char *data;
  gsize length;
  int result;

  if (!mc_xlsx_part_read (self->part, &data, &length, error))
    return FALSE;
  *more = length > 0;
  result = xmlParseChunk (self->context, data, (int) length, length == 0);
  if (self->failure)
    {
      g_propagate_error (error, g_steal_pointer (&self->failure));
      return FALSE;
    }
  if (result != XML_ERR_OK && !self->context->wellFormed)
    return set_parse_error (self, error);
  return TRUE;
}

double
mc_xlsx_xml_get_progress (McXlsxXml *self)
{
  return mc_xlsx_part_get_progress (self->part);
}

gboolean
mc_xlsx_xml_parse (McXlsxPackage *package, const char *part, const McXlsxHandlers *handlers, gpointer data, McXlsxXml **self_out, GError **error)
{
  g_autoptr (McXlsxXml) self = mc_xlsx_xml_new (package, part, handlers, data, error);
  gboolean more = TRUE;

  if (!self)
    return FALSE;
  if (self_out)
    *self_out = self;
  while (more)
    if (!mc_xlsx_xml_step (self, &more, error))
      return FALSE;
  return TRUE;
}
