import type { ScannedField } from '../../../service/parse/scan-headers.ts'
import type { Random } from '../../../service/verdict/budget/seeded-random.ts'
import type { Filling } from './filling.ts'
import { freshLike } from './fresh-identifier.ts'
import { hasField, type MailTemplate } from './mail-template.ts'
import { renewField } from './renew-field.ts'
import { writeBody } from './write-body.ts'
import { identifierList } from './write-fields.ts'

/**
 * The one writer of attacks: the template's bytes with another letter in them. Order, spelling and folding of fields, MIME tree,
 * charset and encodings are the template's; Message-ID and boundaries are of the same make. null where the template's charset
 * can't hold the text.
 */
export function fillTemplate(template: MailTemplate, filling: Filling): string | null {
  const bodies = bodyEdits(template, filling)
  if (bodies === null) return null
  const raw = splice(template.raw, [...bodies, ...fieldEdits(template, filling)])
  return renewBoundaries(raw, template, filling.random)
}

interface Edit {
  readonly start: number
  readonly end: number
  readonly text: string
}

function bodyEdits({ plain, html, eol }: MailTemplate, filling: Filling): readonly Edit[] | null {
  const edits: Edit[] = []
  for (const [body, text] of [[plain, filling.plain], [html, filling.html]] as const) {
    if (body === null || text === undefined) continue
    const bytes = writeBody(text, body, { eol, isExact: filling.isExact ?? false })
    if (bytes === null) return null
    edits.push({ start: body.part.bodyStart, end: body.part.bodyEnd, text: bytes })
  } // prettier-ignore
  return edits
}

function fieldEdits(template: MailTemplate, filling: Filling): readonly Edit[] {
  const renewed = template.fields.flatMap((field) => {
    const value = renewField(field, template, filling)
    return value === undefined ? [] : [fieldEdit(template, field, value)]
  })
  return [...renewed, ...answerFields(template, filling)]
}

function fieldEdit({ raw }: MailTemplate, field: ScannedField, value: string | null): Edit {
  if (value !== null) return { start: field.valueStart, end: field.end, text: value }
  const start = raw.lastIndexOf('\n', field.valueStart - 1) + 1
  return { start, end: behindLine(raw, field.end), text: '' }
}

/** An answer written in a program whose template was none: the fields come behind the subject. */
function answerFields(template: MailTemplate, { parents = [] }: Filling): readonly Edit[] {
  const { raw, fields, eol } = template
  const last = parents.at(-1)
  const subject = fields.find(({ lowerName }) => lowerName === 'subject')
  const has = hasField(template, 'in-reply-to') || hasField(template, 'references')
  if (last === undefined || subject === undefined || has) return []
  const at = behindLine(raw, subject.end)
  const ids = identifierList(parents, 12, { eol, indent: ' ', oneEach: false })
  return [{ start: at, end: at, text: `In-Reply-To: ${last}${eol}References: ${ids}${eol}` }]
}

function behindLine(raw: string, from: number): number {
  const at = raw.indexOf('\n', from)
  return at < 0 ? raw.length : at + 1
}

function splice(raw: string, edits: readonly Edit[]): string {
  let text = ''
  let at = 0
  for (const edit of edits.toSorted((one, other) => one.start - other.start)) {
    text += raw.slice(at, edit.start) + edit.text
    at = edit.end
  }
  return text + raw.slice(at)
}

/** Shorter ones are words that the text may hold too. */
const minBoundary = 8

/** Two messages never share a boundary. Its length and the kinds of its characters stay. */
function renewBoundaries(raw: string, { parts }: MailTemplate, random: Random): string {
  const boundaries = new Set(parts.flatMap(({ boundary }) => boundary ?? []))
  let text = raw
  for (const boundary of boundaries)
    if (boundary.length >= minBoundary) text = text.replaceAll(boundary, freshLike(boundary, random))
  return text
}
