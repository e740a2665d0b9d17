import { splitAuthored } from '../../../service/observation/split-authored.ts'
import type { TextBody } from './mail-template.ts'
import { wrapLine } from '../../../datasets/synthetic-mail/wrap-line.ts'

/** Longest authored lines up to these are one habit (as observations see it); beyond the last the writer does not wrap. */
const widths = [72, 80, 100] as const

/** Where lines end that a program breaks softly (RFC 3676 section 4.2 suggests 72 to 76). */
const softWidth = 72

/** The text with lines as long as those of the message whose place it takes. `\n` line ends. */
export function layOutLike(text: string, like: TextBody): string {
  return flowLike(wrapLike(text, like), like)
}

/** Lines as long as that message's reader sees them. */
export function wrapLike(text: string, like: TextBody): string {
  const width = widthOf(like.text)
  return width === Infinity ? joinParagraphs(text) : wrapText(text, width)
}

/** Lines as that message's program writes them: format=flowed (RFC 3676) where it makes use of it. */
export function flowLike(text: string, like: TextBody): string {
  return like.part.flowed === 'no' ? text : flow(text, like)
}

/** Texts of one class are wrapped alike, as far as observations tell. */
export function wrapClassOf(text: string): number {
  const { longestLine } = splitAuthored(text)
  return widths.find((width) => longestLine <= width) ?? Infinity
}

/** Infinity for writers who leave wrapping to the reader. */
function widthOf(text: string): number {
  const { longestLine } = splitAuthored(text)
  return longestLine > 80 && longestLine <= 100 ? longestLine : wrapClassOf(text)
}

/** Quotes, code and tables keep their lines. */
const keepsItsLines = /^(?:[>|\t]|[ ]{2,}|[+-]{1,3}[^ ]|@@|diff |index [0-9a-f])/u

export function wrapText(text: string, width: number): string {
  return text.split('\n').map((line) => (line.length <= width || keepsItsLines.test(line) ? line : wrapLine(line, width))).join('\n') // prettier-ignore
}

/** Undoes hard line breaks inside paragraphs of prose: lines in a row, each nearly full. */
function joinParagraphs(text: string): string {
  const lines: string[] = []
  let goesOn = false
  for (const line of text.split('\n')) {
    const isProse = line !== '' && !keepsItsLines.test(line)
    if (goesOn && isProse) lines.push(`${lines.pop() ?? ''} ${line}`)
    else lines.push(line)
    goesOn = isProse && line.length > 54
  }
  return lines.join('\n')
}

function flow(text: string, { part, written }: TextBody): string {
  const soft = /[^-][ ]\n/u.test(written)
  const mark = part.flowed === 'deletes-blank' ? '  ' : ' '
  const lines = text.split('\n').flatMap((line) => {
    const fixed = line === '-- ' ? line : line.trimEnd()
    if (!soft || fixed.length <= softWidth || keepsItsLines.test(fixed)) return [stuffed(fixed)]
    const pieces = wrapLine(fixed, softWidth).split('\n')
    return pieces.map((piece, index) => stuffed(piece) + (index < pieces.length - 1 ? mark : ''))
  })
  return lines.join('\n')
}

/** Section 4.4: a line that starts with a blank or `From ` gets one blank more. */
function stuffed(line: string): string {
  return /^(?: |From )/u.test(line) ? ` ${line}` : line
}
