/**
 * Bare hosts without `http` or `www` count as links only under these: `README.md`, `setup.py` and `the end.In fact` are no links.
 */
const bareHost =
  /^(?:[\p{L}\p{N}-]{1,63}\.){1,6}(?:com|net|org|edu|gov|info|biz|online|site|top|xyz|shop|store|club|click|link|live|app|io|me|co|ru|cn|de|uk|eu|fr|nl|br)(?=[/?:#]|$)/u
const bareAddress = /^\d{1,3}(?:\.\d{1,3}){3}(?=[/:])/u
const openers: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' }
const trailing = new Set(Array.from('.,;:!?\'"”’»*_~|…'))

/** Bare hosts are looked for in short runs only; nobody reads a longer one as a host. */
const maxBareRun = 300
const maxHref = 2_048
const minHref = 'ftp://a'.length
const schemes = ['https', 'http', 'ftp', 'mailto']

/**
 * Links in plain text as a mail client underlines them: explicit ones, `www.` ones, and bare hosts under common endings. One walk
 * over the text and no patterns that backtrack: linkers built on patterns take exponential time on crafted hosts.
 */
export function hrefsInText(text: string, maxLinks: number): readonly string[] {
  const found = new Set<string>()
  let at = nextMark(text, 0)
  let behind = 0
  while (at < text.length && found.size < maxLinks) {
    const isColon = text.charCodeAt(at) === 0x3a
    const start = isColon ? startOfScheme(text, at, behind) : startOfRun(text, at, behind)
    // A colon that ends no scheme may stand before a bare host: `see:example.com`.
    const end = start === at ? at + 1 : endOfRun(text, at)
    const href = isColon ? trimmed(text.slice(start, end)) : bareHref(text.slice(start, end))
    if (href !== undefined && href.length > minHref) found.add(href)
    behind = end
    at = nextMark(text, behind)
  }
  return [...found]
}

/** The next dot or colon that is followed by a visible character. */
function nextMark(text: string, from: number): number {
  for (let at = from; at < text.length; at += 1) {
    const unit = text.charCodeAt(at)
    if ((unit === 0x2e || unit === 0x3a) && text.charCodeAt(at + 1) > 0x20) return at
  }
  return text.length
}

function startOfRun(text: string, at: number, floor: number): number {
  let start = at
  const lowest = Math.max(floor, at - maxBareRun)
  while (start > lowest && isLinkUnit(text.charCodeAt(start - 1))) start -= 1
  return start
}

function endOfRun(text: string, at: number): number {
  let end = at + 1
  const highest = Math.min(text.length, at + maxHref)
  while (end < highest && isLinkUnit(text.charCodeAt(end))) end += 1
  return end
}

/** White space, angle brackets, quotes and East Asian punctuation end a link. */
function isLinkUnit(unit: number): boolean {
  if (unit <= 0x20 || unit === 0x22 || unit === 0x3c || unit === 0x3e || unit === 0x60) return false
  if (unit < 0x80) return unit !== 0x7f
  return !(
    unit === 0xa0 ||
    (unit >= 0x2000 && unit <= 0x206f) ||
    (unit >= 0x3000 && unit <= 0x303f) ||
    unit >= 0xff00
  )
}

/** `at` is a colon: where the scheme before it starts; `at` itself if there is none. */
function startOfScheme(text: string, at: number, floor: number): number {
  for (const scheme of schemes) {
    const from = at - scheme.length
    if (from < floor || text.slice(from, at).toLowerCase() !== scheme) continue
    return scheme === 'mailto' || text.startsWith('://', at) ? from : at
  }
  return at
}

function bareHref(run: string): string | undefined {
  if (run.length > maxBareRun || run.includes('@')) return undefined
  const opened = run.replace(/^[([{*_'"“„«|,;]+/u, '')
  const href = trimmed(opened)
  const isHost = /^www\.[^./]/iu.test(href) || bareHost.test(href) || bareAddress.test(href)
  return isHost ? `http://${href}` : undefined
}

/** Punctuation at the end belongs to the sentence; so does a closing bracket that nothing in the link has opened. */
function trimmed(href: string): string {
  let end = href.length
  while (end > 0) {
    const last = href.charAt(end - 1)
    const opener = openers[last]
    if (opener === undefined ? !trailing.has(last) : isBalanced(href, end, opener, last)) break
    end -= 1
  }
  return href.slice(0, end)
}

function isBalanced(href: string, end: number, opener: string, closer: string): boolean {
  let open = 0
  // The last few hundred characters decide: a link with more brackets than that was not made for readers.
  for (let at = Math.max(0, end - maxBareRun); at < end; at += 1) {
    const sign = href.charAt(at)
    if (sign === opener) open += 1
    else if (sign === closer) open -= 1
  }
  return open >= 0
}
