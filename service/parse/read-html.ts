import { Tokenizer } from 'htmlparser2'

/** A link as HTML says it: where it goes and what the reader sees of it. */
export interface HtmlLink {
  readonly href: string
  readonly text: string
}

/** What a reader sees of HTML, and what was done to make him see something else than a filter. */
export interface HtmlReading {
  readonly text: string
  readonly links: readonly HtmlLink[]
  readonly images: number
  readonly forms: number
  readonly hiddenChars: number
}

interface Reading {
  readonly html: string
  readonly maxLinks: number
  /** Joined at the end only: text that is read while it grows is copied each time. */
  readonly pieces: string[]
  atLineStart: boolean
  readonly links: HtmlLink[]
  images: number
  forms: number
  hiddenChars: number
  tag: string
  attribute: string
  value: string
  href: string
  style: string
  hiddenAttribute: boolean
  anchor: { readonly href: string; readonly from: number } | null
  /** The element that hides what is in it, and how many of its name are open: enough without a stack, which hostile markup could grow. */
  hiding: { readonly tag: string; depth: number } | null
}

const unseen = new Set(['script', 'style', 'title', 'template', 'object', 'svg'])
/** Layouts put size nought on their containers and restore it inside; on these it hides text. */
const inline = new Set(['span', 'font', 'b', 'i', 'small', 'strong', 'em', 'u'])
const blocks = new Set([
  'p', 'div', 'br', 'tr', 'table', 'li', 'ul', 'ol', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'hr', 'section', 'article',
  'header', 'footer', 'center', 'form', 'pre', 'dl', 'dt', 'dd', 'blockquote', 'body'
]) // prettier-ignore
const cells = new Set(['td', 'th'])
const voids = new Set(['img', 'br', 'hr', 'input', 'meta', 'link', 'area', 'base', 'col', 'wbr', 'source'])
const hidingSize = /font-size\s*:\s*[01](?:px|pt|em|%)?\s*(?:;|!|$)/iu
const hidingStyle =
  /display\s*:\s*none|visibility\s*:\s*hidden|opacity\s*:\s*0(?:\.0+)?\s*(?:;|!|$)|max-height\s*:\s*0/iu
/** A style attribute says what it hides at its start; more of it is never looked at. */
const maxAttribute = 4_096

/** One pass of the tokenizer: no tree, no stack, so that depth costs nothing. Linear in the size of `html`. */
export function readHtml(html: string, maxLinks: number): HtmlReading {
  const reading: Reading = {
    html, maxLinks, pieces: [], atLineStart: true, links: [], images: 0, forms: 0, hiddenChars: 0, tag: '', attribute: '', value: '',
    href: '', style: '', hiddenAttribute: false, anchor: null, hiding: null
  } // prettier-ignore
  const tokenizer = new Tokenizer({ xmlMode: false, decodeEntities: true }, callbacks(reading))
  tokenizer.write(html)
  tokenizer.end()
  closeAnchor(reading)
  const { pieces, links, images, forms, hiddenChars } = reading
  return { text: tidy(pieces.join('')), links, images, forms, hiddenChars }
}

function callbacks(reading: Reading): ConstructorParameters<typeof Tokenizer>[1] {
  const { html } = reading
  return {
    ontext: (start, end) => addText(reading, html.slice(start, end)),
    ontextentity: (codePoint) => addText(reading, String.fromCodePoint(codePoint)),
    onopentagname: (start, end) => startTag(reading, html.slice(start, end).toLowerCase()),
    onopentagend: () => openTag(reading),
    onselfclosingtag: () => openTag(reading),
    onclosetag: (start, end) => closeTag(reading, html.slice(start, end).toLowerCase()),
    onattribname: (start, end) => {
      reading.attribute = html.slice(start, end).toLowerCase()
      reading.value = ''
    },
    onattribdata: (start, end) => {
      if (reading.value.length < maxAttribute)
        reading.value += html.slice(start, Math.min(end, start + maxAttribute))
    },
    onattribentity: (codePoint) => {
      if (reading.value.length < maxAttribute) reading.value += String.fromCodePoint(codePoint)
    },
    onattribend: () => endAttribute(reading),
    oncdata: ignore,
    oncomment: ignore,
    ondeclaration: ignore,
    onprocessinginstruction: ignore,
    onend: ignore
  }
}

function ignore(): void {
  // Comments, declarations and processing instructions show nothing.
}

function addText(reading: Reading, text: string): void {
  if (!reading.hiding) addPiece(reading, text, false)
  else if (!unseen.has(reading.hiding.tag)) reading.hiddenChars += text.trim().length
}

function addPiece(reading: Reading, piece: string, isBreak: boolean): void {
  reading.pieces.push(piece)
  reading.atLineStart = isBreak
}

function startTag(reading: Reading, tag: string): void {
  reading.tag = tag
  reading.href = ''
  reading.style = ''
  reading.hiddenAttribute = false
}

function endAttribute(reading: Reading): void {
  if (reading.attribute === 'href' || reading.attribute === 'action') reading.href = reading.value.trim()
  else if (reading.attribute === 'style') reading.style = reading.value
  else if (reading.attribute === 'hidden') reading.hiddenAttribute = true
}

function openTag(reading: Reading): void {
  const { tag } = reading
  if (reading.hiding) {
    if (reading.hiding.tag === tag) reading.hiding.depth += 1
    return
  }
  if (tag === 'img') reading.images += 1
  if (tag === 'form') reading.forms += 1
  if (tag === 'a' || tag === 'area' || tag === 'form') openLink(reading)
  if (hides(reading)) {
    reading.hiding = { tag, depth: 1 }
    return
  }
  if (blocks.has(tag)) addPiece(reading, '\n', true)
  else if (cells.has(tag)) addPiece(reading, ' ', false)
}

function hides({ tag, style, hiddenAttribute }: Reading): boolean {
  if (voids.has(tag)) return false
  if (unseen.has(tag) || hiddenAttribute) return true
  return style !== '' && (hidingStyle.test(style) || (inline.has(tag) && hidingSize.test(style)))
}

function openLink(reading: Reading): void {
  closeAnchor(reading)
  if (reading.href === '' || reading.links.length >= reading.maxLinks) return
  if (reading.tag === 'a') reading.anchor = { href: reading.href, from: reading.pieces.length }
  else reading.links.push({ href: reading.href, text: '' })
}

function closeTag(reading: Reading, tag: string): void {
  if (reading.hiding) {
    if (reading.hiding.tag !== tag) return
    reading.hiding.depth -= 1
    if (reading.hiding.depth === 0) reading.hiding = null
    return
  }
  if (tag === 'a') closeAnchor(reading)
  if (blocks.has(tag) && !reading.atLineStart) addPiece(reading, '\n', true)
}

function closeAnchor(reading: Reading): void {
  const { anchor } = reading
  if (!anchor) return
  reading.anchor = null
  const text = reading.pieces
    .slice(anchor.from, anchor.from + 100)
    .join('')
    .slice(0, 500)
    .trim()
  reading.links.push({ href: anchor.href, text })
}

/** Runs of blanks in HTML are one blank to the reader; more than two line breaks are one empty line. */
function tidy(text: string): string {
  return text
    .replaceAll(/[ \t\u00a0\r]+/gu, ' ')
    .replaceAll(/ ?\n ?/gu, '\n')
    .replaceAll(/\n{3,}/gu, '\n\n')
    .trim()
}
