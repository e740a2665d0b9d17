import type { ReadMail } from '../victim.ts'

/** From the introduction (`On … wrote:`) or the first quoted line on; [] where nothing is quoted. */
export function quotedLines(text: string): readonly string[] {
  const lines = text.split('\n')
  const first = lines.findIndex((line) => line.startsWith('>'))
  if (first < 0) return []
  const before = first > 0 && /[:：]\s*$/u.test(lines[first - 1] ?? '') ? 1 : 0
  return lines.slice(first - before).filter((line, index) => index < before || line.startsWith('>'))
}

/** Is something quoted that an answer could be written above? */
export function hasQuote({ template: { plain, html } }: ReadMail): boolean {
  if (plain !== null && quotedLines(plain.text).length > 2) return true
  return /<blockquote|gmail_quote/iu.test(html?.text ?? '')
}

/** The text with a paragraph behind its `paragraph`th own one, or before everything. */
export function withParagraph(text: string, added: string, paragraph: number): string {
  const breaks = Array.from(text.matchAll(/\n[ \t]*\n/gu), ({ index }) => index + 1)
  const at = paragraph === 0 ? 0 : (breaks[Math.min(paragraph, breaks.length) - 1] ?? 0)
  return `${text.slice(0, at)}${at === 0 ? '' : '\n'}${added}\n${at === 0 ? '\n' : ''}${text.slice(at)}`
}
