import type { ScannedField } from '../../../service/parse/scan-headers.ts'
import { dateLike } from './date-like.ts'
import type { Filling } from './filling.ts'
import { freshLike } from './fresh-identifier.ts'
import { hasField, type MailTemplate } from './mail-template.ts'
import { addressList, foldingOf, identifierList, unstructured, wordEncodingOf, type Folding } from './write-fields.ts' // prettier-ignore

/** What follows the colon in the new message; null takes the field out, undefined leaves it as it is. */
export function renewField(
  field: ScannedField,
  template: MailTemplate,
  filling: Filling
): string | null | undefined {
  if (filling.without?.has(field.lowerName) === true) return null
  const old = template.raw.slice(field.valueStart, field.end)
  const folding = foldingOf(old, template.eol)
  const value = renewals[field.lowerName]?.({ old, folding, nameLength: field.name.length + 2, template, filling }) // prettier-ignore
  if (value === undefined || value === null) return value
  return (/^[ \t]*/u.exec(old)?.[0] ?? ' ') + value
}

interface Renewal {
  readonly old: string
  readonly folding: Folding
  /** Of the name with its colon and blank. */
  readonly nameLength: number
  readonly template: MailTemplate
  readonly filling: Filling
}

type Renew = (renewal: Renewal) => string | null | undefined

const renewals: Readonly<Record<string, Renew>> = {
  'message-id': ({ old, filling: { random, date, account } }) =>
    inAccount(freshLike(old.trim(), random, date?.at), account),
  // Exchange numbers conversations
  'thread-index': ({ old, filling: { subject, random } }) => subject === undefined ? undefined : freshLike(old.trim(), random),
  subject: ({ filling, folding, nameLength, template }) => filling.subject === undefined ? undefined : unstructured(filling.subject, nameLength, folding, wordEncodingOf(template)),
  'thread-topic': ({ filling, folding, nameLength }) => filling.subject === undefined ? undefined : unstructured(withoutPrefix(filling.subject), nameLength, folding, 'B'),
  date: ({ old, filling: { date } }) => date === undefined ? undefined : dateLike(old, date.at, date.zoneMinutes).trimStart(),
  from: ({ filling: { from } }) => from,
  to: (renewal) => people(renewal, 'to'),
  cc: (renewal) => people(renewal, 'cc'),
  'mail-followup-to': ({ filling: { recipients }, folding, nameLength }) => recipients === undefined ? undefined : addressList(recipients, nameLength, folding),
  'in-reply-to': ({ filling: { parents } }) => parents === undefined ? undefined : (parents.at(-1) ?? null),
  references: ({ filling: { parents }, folding, nameLength }) => parents === undefined ? undefined : parents.length === 0 ? null : identifierList(parents, nameLength, folding)
} // prettier-ignore

function people({ filling, folding, nameLength, template }: Renewal, field: 'to' | 'cc'): string | null | undefined {
  const list = layOutRecipients(template, filling.recipients)?.[field]
  return list?.length === 0 ? null : list && addressList(list, nameLength, folding)
} // prettier-ignore

/** Recipients over To and Cc as the template has them: the first one to whom it is written, the others get copies. */
export function layOutRecipients(
  template: MailTemplate,
  recipients: readonly string[] | undefined
): { readonly to: readonly string[]; readonly cc: readonly string[] } | undefined {
  if (recipients === undefined) return undefined
  if (!hasField(template, 'cc')) return { to: recipients, cc: [] }
  return hasField(template, 'to')
    ? { to: recipients.slice(0, 1), cc: recipients.slice(1) }
    : { to: [], cc: recipients }
}

function inAccount(id: string, account: Filling['account']): string {
  if (account === undefined || account.old === '') return id
  const named = id.replaceAll(account.old, account.own)
  const domain = `${domainOf(account.old)}>`
  return named.endsWith(domain) ? `${named.slice(0, -domain.length)}${domainOf(account.own)}>` : named
}

/** With the `@`. */
function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@'))
}

/** `Re: Hello` → `Hello`. */
export function withoutPrefix(subject: string): string {
  return subject.replace(/^(?:\s*(?:re|aw|fwd?|wg|sv|antw|tr|rv)\s*:\s*)+/iu, '')
}
