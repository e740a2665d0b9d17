import type { BacktestLine } from '../../../service/contracts/backtest-line.ts'
import { identifierShape } from '../../../service/observation/masks.ts'
import type { AttributeName, Observation } from '../../../service/observation/observation.ts'
import { observeMail } from '../../observe-mail.ts'
import { fieldOf, readTemplate, type MailTemplate } from '../writer/mail-template.ts'
import { parentsOf } from '../victim.ts'

/** Everything of a submission that its writer's words do not decide: one value a trait, the same names for every message. */
export interface HeaderTraits {
  readonly named: ReadonlyMap<string, string>
  readonly numbers: ReadonlyMap<string, number>
}

/** Attributes of an observation that stand in the header, the MIME structure or the connection. */
const observed = [
  'zone', 'network24', 'network16', 'heloDomain', 'heloShape', 'clientFamily', 'clientFull', 'headerOrder', 'headerSpelling',
  'messageIdShape', 'messageIdDomain', 'mimeShape', 'charset', 'transferEncoding', 'wrapBucket', 'kind', 'fromName', 'fromAddress',
  'attachmentTypes'
] as const satisfies readonly AttributeName[] // prettier-ignore

/** null where the message can't be read. */
export async function headerTraitsOf(line: BacktestLine): Promise<HeaderTraits | null> {
  const raw = Buffer.from(line.raw).toString('latin1')
  const template = readTemplate(raw)
  const { sender, receivedAt, client, recipients } = line
  const observation = await observeMail(raw, { sender, receivedAt, client, recipients })
  if (template === null || observation === null) return null
  return { named: namedTraits(template, observation), numbers: numberTraits(line, template, observation) }
}

function namedTraits(template: MailTemplate, { attributes }: Observation): ReadonlyMap<string, string> {
  const { raw, fields, parts, eol } = template
  const value = (name: string): string => {
    const field = fields.findLast(({ lowerName }) => lowerName === name)
    return field === undefined ? '' : raw.slice(field.valueStart, field.end)
  }
  const boundary = parts.find((part) => part.boundary !== null)?.boundary ?? ''
  const others = new Set(fields.map(({ lowerName }) => lowerName))
  return new Map<string, string>([
    ...observed.map((name): [string, string] => [name, attributes[name]]),
    ['fieldNames', [...others].toSorted().join(' ')],
    ['boundaryShape', `${identifierShape(boundary)} ${boundary.length}`],
    ['messageIdLength', String(value('message-id').trim().length)],
    ['messageIdStart', value('message-id').trim().slice(1, 5).replaceAll(/\d/gu, '9')],
    ['dateShape', value('date').replaceAll(/[A-Za-z]+/gu, 'a').replaceAll(/\d\d?/gu, '9')],
    ['subjectWords', /=\?[\w-]+\?[bq]\?/iu.exec(value('subject'))?.[0].toLowerCase() ?? ''],
    ['subjectLead', /^\s*/u.exec(value('subject'))?.[0] ?? ''],
    ['contentType', value('content-type').replace(/boundary=.*$/isu, 'boundary').replaceAll(/\s+/gu, ' ')],
    ['partTypes', parts.map(({ type, charset, encoding, flowed }) => `${type} ${charset} ${encoding} ${flowed}`).join(', ')],
    // Whether other fields are folded follows from how long names and subject are
    ['indent', /\n([ \t]+)/u.exec(value('references'))?.[1] ?? ''],
    ['lineEnd', eol]
  ]) // prettier-ignore
}

function numberTraits(
  line: BacktestLine,
  template: MailTemplate,
  { hour, weekday }: Observation
): ReadonlyMap<string, number> {
  const { fields, parts } = template
  return new Map([
    ['hour', hour],
    ['weekday', weekday],
    ['fieldCount', fields.length],
    ['partCount', parts.length],
    ['parentCount', parentsOf({ line, template }).length],
    ['hasAnswerField', Number(fieldOf(template, 'in-reply-to') !== '')],
    ['hasAddress', Number(line.client.ip !== null)]
  ])
}
