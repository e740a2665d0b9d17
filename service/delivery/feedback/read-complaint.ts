import { isIP } from 'node:net'
import { complaintTypes, type ComplaintReport, type ComplaintType } from '../../message/world-report.ts'
import { fieldValue, type ScannedField } from '../../parse/scan-headers.ts'
import { firstOf, readFieldGroups, type FieldGroup } from './field-groups.ts'
import type { ReportParts } from './report-parts.ts'
import { reportedAddress } from './typed-value.ts'

/** A complaint in the Abuse Reporting Format (RFC 5965). null: the part for machines holds no Feedback-Type (section 3.1 demands it). */
export function readComplaint(
  text: string,
  { returned }: Pick<ReportParts, 'returned'>
): ComplaintReport | null {
  const group = merged(readFieldGroups(text))
  const type = firstOf(group, 'feedback-type')
  if (type === '') return null
  return {
    ...aboutMessage(returned.fields, addressesIn(group, 'original-mail-from')),
    type: typeOf(type),
    recipients: addressesIn(group, 'original-rcpt-to'),
    sourceIp: ipIn(firstOf(group, 'source-ip'))
  }
}

/** Some loops send the message itself, attached, and nothing for machines: whoever registered the address complains of it. */
export function complaintWithout({
  returned,
  fields
}: Pick<ReportParts, 'returned' | 'fields'>): ComplaintReport | null {
  if (returned.fields.length === 0) return null
  const to = reportedAddress(fieldValue(returned.fields, 'x-hmxmroriginalrecipient'))
  const ip = ipIn(fieldValue(fields, 'x-source-ip'))
  return {
    ...aboutMessage(returned.fields, []),
    type: 'abuse',
    recipients: to === null ? [] : [to],
    sourceIp: ip
  }
}

/** Groups are one here; the empty lines between them are a fault of some writers. */
function merged(groups: readonly FieldGroup[]): FieldGroup {
  const all = new Map<string, readonly string[]>()
  for (const group of groups)
    for (const [name, values] of group) all.set(name, [...(all.get(name) ?? []), ...values])
  return all
}

const maxAddresses = 20

function addressesIn(group: FieldGroup, name: string): readonly string[] {
  return (group.get(name) ?? []).slice(0, maxAddresses).flatMap((value) => reportedAddress(value) ?? [])
}

function aboutMessage(
  fields: readonly ScannedField[],
  mailFrom: readonly string[]
): Pick<ComplaintReport, 'kind' | 'returnPaths' | 'messageId'> {
  const returnPath = reportedAddress(fieldValue(fields, 'return-path'))
  const messageId = fieldValue(fields, 'message-id').trim().slice(0, 998)
  return {
    kind: 'complaint',
    returnPaths: returnPath === null ? mailFrom : [...mailFrom, returnPath],
    messageId: messageId === '' ? null : messageId
  }
}

function typeOf(text: string): ComplaintType {
  const word = text.toLowerCase().split(/[\s;(]/u, 1)[0] ?? ''
  const known = complaintTypes.find((type) => type === word)
  if (known !== undefined) return known
  return word.startsWith('opt-out') ? 'opt-out' : 'other'
}

function ipIn(text: string): string | null {
  const bare = text.replace(/^\[(?:IPv6:)?|\]$/gu, '').trim()
  return isIP(bare) === 0 ? null : bare
}
