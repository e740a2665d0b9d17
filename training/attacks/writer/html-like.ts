/** The HTML of a message with other words in it: its head, containers and the blocks that its program writes for lines. */
export function htmlLike(html: string, text: string): string {
  const { before, inner, after } = bodyParts(html)
  if (isTable(inner)) return `${before}${inCells(inner, text)}${after}`
  const lead = /^(?:\s*<(?:div|span|font|center)\b[^<>]*>)*/iu.exec(inner)?.[0] ?? ''
  const opened = lead.match(/<(?:div|span|font|center)\b/giu) ?? []
  const closing = opened.map((tag) => `</${tag.slice(1).toLowerCase()}>`).toReversed()
  return `${before}${lead}${blocksOf(text, mannerOf(inner))}${closing.join('')}${after}`
}

/** Laid out by tables: more cells than paragraphs. */
function isTable(inner: string): boolean {
  const count = (tag: RegExp): number => inner.match(tag)?.length ?? 0
  return count(/<td\b/giu) > count(/<(?:p|div)\b/giu)
}

/** Cells without cells in them. */
const innerCells = /(<td\b[^<>]*>)((?:(?!<\/?td\b|<table\b)[\s\S])*)(?=<\/td>)/giu

/** Longer ones are no logo and no footer. */
const minEdgeText = 80

/** A designed mailing keeps its design: the longest text of its tables is exchanged, the first and the last (logo, footer) stay, others go. */
function inCells(inner: string, text: string): string {
  const lengths = Array.from(inner.matchAll(innerCells), ([, , content = '']) => textLength(content))
  const longest = lengths.indexOf(Math.max(...lengths))
  let cell = -1
  return inner.replaceAll(innerCells, (whole, open: string) => {
    cell += 1
    if (cell === longest) return open + blocksOf(text, plainManner)
    const isEdge = cell === 0 || cell === lengths.length - 1
    return isEdge && (lengths[cell] ?? 0) < minEdgeText ? whole : open
  })
}

function textLength(html: string): number {
  return html.replaceAll(/<[^<>]*>/gu, '').trim().length
}

/** The same with the quoted message kept below; null where the HTML quotes nothing. */
export function htmlAboveQuote(html: string, text: string): string | null {
  const { before, inner, after } = bodyParts(html)
  const quote = quoteStart.exec(inner)
  if (quote === null) return null
  return `${before}${blocksOf(text, mannerOf(inner))}${inner.slice(quote.index)}${after}`
}

/** One more paragraph behind the `paragraph`th, or before everything. */
export function htmlWithLine(html: string, line: string, paragraph: number): string {
  const { before, inner, after } = bodyParts(html)
  const end = quoteStart.exec(inner)?.index ?? inner.length
  const ends = Array.from(inner.slice(0, end).matchAll(/<\/(?:p|div)>|<br\b[^<>]*>\s*<br\b[^<>]*>/giu), (found) => found.index + found[0].length) // prettier-ignore
  const at = paragraph === 0 ? leadLength(inner) : (ends[Math.min(paragraph, ends.length) - 1] ?? leadLength(inner)) // prettier-ignore
  return `${before}${inner.slice(0, at)}${blocksOf(line, mannerOf(inner))}${inner.slice(at)}${after}`
}

/** How programs mark what they quote. */
const quoteStart = /<div class="?gmail_quote|<div id="?(?:appendonsend|divRplyFwdMsg|mail-editor-reference)|<blockquote\b|<div[^<>]{0,80}border-top:\s?solid|<hr\b|<div class="?(?:moz-cite-prefix|yahoo_quoted)/iu // prettier-ignore

/** What mailings show in the list of messages only. */
const preheader = /^\s*<(div|span)\b[^<>]*(?:display:\s*none|max-height:\s*0|mso-hide)[^<>]*>[\s\S]*?<\/\1>/iu

interface BodyParts {
  readonly before: string
  readonly inner: string
  readonly after: string
}

function bodyParts(html: string): BodyParts {
  const open = /<body\b[^<>]*>/iu.exec(html)
  const opened = open === null ? 0 : open.index + open[0].length
  const start = opened + (preheader.exec(html.slice(opened))?.[0].length ?? 0)
  const close = html.toLowerCase().lastIndexOf('</body>')
  const end = close < start ? html.length : close
  return { before: html.slice(0, start), inner: html.slice(start, end), after: html.slice(end) }
}

function leadLength(inner: string): number {
  return /^(?:\s*<(?:div|span|font|center)\b[^<>]*>)?/iu.exec(inner)?.[0].length ?? 0
}

interface Manner {
  readonly open: string
  readonly close: string
  /** What stands for an empty line. */
  readonly empty: string
}

const plainManner: Manner = { open: '', close: '<br>\n', empty: '' }

/** The block that occurs most. */
function mannerOf(inner: string): Manner {
  const counts = new Map<string, number>()
  for (const [tag] of inner.matchAll(/<(?:p|div)\b[^<>]*>(?=[^<\s]|<(?:br|o:p|span|a)\b)/giu))
    counts.set(tag, (counts.get(tag) ?? 0) + 1)
  const [open] = [...counts].toSorted(([, one], [, other]) => other - one)[0] ?? []
  if (open === undefined) return plainManner
  const isParagraph = /^<p/iu.test(open)
  const filler = inner.includes('<o:p>') ? '<o:p>&nbsp;</o:p>' : isParagraph ? '&nbsp;' : '<br>'
  return { open, close: isParagraph ? '</p>\n' : '</div>\n', empty: filler }
}

function blocksOf(text: string, { open, close, empty }: Manner): string {
  return text
    .split('\n')
    .map((line) => `${open}${line.trim() === '' ? empty : withLinks(escapeHtml(line))}${close}`)
    .join('')
}

function withLinks(escaped: string): string {
  return escaped.replaceAll(/https?:\/\/[^\s<>"]+/gu, (url) => `<a href="${url}">${url}</a>`)
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
