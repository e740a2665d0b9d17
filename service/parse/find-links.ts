import { getHostname } from 'tldts'
import { hrefsInText } from './hrefs-in-text.ts'
import type { Link } from './parsed-message.ts'
import type { HtmlLink } from './read-html.ts'

/** RFC 3986 has no bound; beyond this no client follows. */
const maxHref = 2_048
const webScheme = /^(?:https?|ftp):/iu
const scriptScheme = /^(?:javascript|data|vbscript):/iu

/** Distinct links to the web or a mailbox, HTML's first, at most `maxLinks`. */
export function findLinks(htmlLinks: readonly HtmlLink[], text: string, maxLinks: number): readonly Link[] {
  const found = new Map<string, Link>()
  for (const { href, text: seen } of htmlLinks) {
    if (found.size >= maxLinks) break
    add(found, href, seen)
  }
  for (const href of hrefsInText(text, maxLinks)) {
    if (found.size >= maxLinks) break
    add(found, href, null)
  }
  return [...found.values()]
}

function add(found: Map<string, Link>, given: string, text: string | null): void {
  const href = given.startsWith('//') ? `http:${given.slice(0, maxHref)}` : given.slice(0, maxHref)
  if (found.has(href)) return
  if (webScheme.test(href)) found.set(href, { href, host: (getHostname(href) ?? '').toLowerCase(), text })
  else if (/^mailto:/iu.test(href)) found.set(href, { href, host: mailHost(href), text })
  else if (scriptScheme.test(href)) found.set(href, { href: href.slice(0, 200), host: '', text })
}

function mailHost(href: string): string {
  const address = href.slice('mailto:'.length).split('?', 1)[0] ?? ''
  return address.slice(address.lastIndexOf('@') + 1).toLowerCase()
}
