import { domainToASCII } from 'node:url'

/** The two parts of a mailbox as they are compared: local part in lower case and NFC, domain in lower-case A-labels (RFC 5890). */
export interface ComparableAddress {
  readonly local: string
  readonly domain: string
}

/** Atoms of RFC 5322 section 3.2.3 with the letters of RFC 6532, and dots anywhere: some providers gave out such names. */
const atoms = /^[^\s\p{Cc}"(),:;<>@[\\\]]+$/u
const quoted = /^"(?:[^"\\\p{Cc}]|\\[^\p{Cc}])+"$/u

/**
 * One form for all spellings of a mailbox that reach it: no host tells `Alice` from `alice` any more, and a name of another script is another
 * name. undefined: it is no mailbox.
 */
export function comparableAddress(text: string): ComparableAddress | undefined {
  const at = text.lastIndexOf('@')
  const local = comparableLocal(text.slice(0, Math.max(0, at)))
  const domain = comparableDomain(text.slice(at + 1))
  return domain === undefined || local === undefined ? undefined : { local, domain }
}

/** undefined: no DNS name, and no address literal. */
export function comparableDomain(text: string): string | undefined {
  const name = text.replace(/\.$/u, '').toLowerCase()
  if (/^\[[^[\]\s]+\]$/u.test(name)) return name
  // Made for URLs, the function would decode percent signs
  const ascii = name.includes('%') ? '' : domainToASCII(name)
  return ascii === '' ? undefined : ascii
}

/** Quotes around what needs none change nothing. */
function comparableLocal(text: string): string | undefined {
  const local = text.normalize('NFC').toLowerCase()
  if (atoms.test(local)) return local
  if (!quoted.test(local)) return undefined
  const inside = local.slice(1, -1).replaceAll(/\\(.)/gu, '$1')
  return atoms.test(inside) ? inside : local
}
