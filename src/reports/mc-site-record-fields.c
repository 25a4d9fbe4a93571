/* SPDX-License-Identifier: GPL-3.0-or-later
 * The names of the fields that a template of a document of a check may use. */
#include "mc-site-record.h"

static const char *const fields[] = {
  "authority.name",
  "authority.short_name",
  "authority.address",
  "authority.phone",
  "document.number",       /* or the word for a number that is still to be given */
  "document.date",         /* in Chinese numerals */
  "document.date_arabic",
  "document.user",         /* who made it, and that nobody verified it */
  "facility.name",
  "facility.sample",       /* a mark if the facility is a sample */
  "facility.operator",
  "facility.credit_code",
  "facility.address",
  "facility.legal_representative",
  "facility.contact_person",
  "facility.contact_phone",
  "facility.kind",
  "facility.status",
  "facility.beds",
  "facility.childcare_places",
  "facility.area",
  "visit.type",
  "visit.source",          /* with number */
  "visit.date",
  "visit.time",
  "visit.late_entry",      /* a mark if it was entered later */
  "visit.note",
  "visit.result",
  "visit.facility_statement",
  "matter.name",
  "matter.code",
  "matter.basis",
  "standard.title",
  "standard.version",
  "standard.short",        /* first digits of its SHA-256 */
  "inspectors",            /* names with certificates */
  "recorder",
  "representative",        /* with position */
  "count.items",
  "count.conform",
  "count.nonconform",
  "count.not_applicable",
  "count.not_checked",
  "count.unanswered",
  "count.findings",
  "seal.text",             /* SHA-256 of the finalised text; empty: a draft */
  "seal.short",
  "findings.number",
  "findings.code",
  "findings.description",
  "findings.basis",
  "findings.severity",
  "findings.way",          /* with requirement and day */
  "checklist.code",
  "checklist.text",
  "checklist.basis",
  "checklist.method",
  "checklist.answer",
  "checklist.note",
  "amendments.time",
  "amendments.change",
  "amendments.reason",
  "amendments.by",
  "photos.caption",
  "document.addressed_to", /* of a letter; empty: left to be written by hand */
  "document.basis",        /* the legal basis as the authority states it; likewise */
  "document.statement",    /* what was added to it */
  "matter.frequency",
  "matter.method",
  "notice.forbidden",      /* not empty: nobody is told before the check */
  "recheck.time",          /* when what was found before was looked at again; empty in a form to take along */
  "recheck.previous_date",
  "recheck.previous_number",
  "rechecks.number",       /* what the check before found, and how it is now */
  "rechecks.description",
  "rechecks.way",
  "rechecks.note",
  "rechecks.result",
  "concerned.number",      /* the findings that this document is about */
  "concerned.code",
  "concerned.description",
  "concerned.basis",
  "concerned.severity",
  "concerned.requirement",
  "concerned.term",        /* the day, or the days from delivery if the template's clock runs from there */
  "delivery.recipient",
  "delivery.place",
  "delivery.way",          /* all ways with a box each if it is not known yet */
  "delivery.date",
  "delivery.received_by",
  "delivery.note",
  "deliveries.number",     /* the documents that were delivered */
  "deliveries.title",
  "deliveries.document_no",
  "deliveries.pages",
  "deliveries.copies",
  "checklist.choices",     /* the answers of an item with a box each, for paper */
  NULL,
};

const char *const *
mc_site_record_get_fields (void)
{
  return fields;
}
