import { readdir } from 'node:fs/promises'
import { isAbsolute, join, sep } from 'node:path'

/** A file or directory that a pattern names, and whose it is by its path; null: the path does not say. */
export interface PatternMatch {
  readonly path: string
  readonly owner: string | null
}

/** Directories looked into: more is a mistake in the pattern. */
const maxMatches = 1_000_000

/**
 * `/var/vmail/{domain}/{user}/.Sent`: what lies there, and `user@domain` as owner. `*` stands for anything in one part of the path. Goes no
 * deeper than the pattern does, so that links that lead in circles lead nowhere. What cannot be looked into is told.
 */
export async function expandPattern(
  pattern: string,
  onUnreadable: (directory: string, error: unknown) => void
): Promise<readonly PatternMatch[]> {
  if (!isPattern(pattern)) return [{ path: pattern, owner: null }]
  const root: Walked = { path: isAbsolute(pattern) ? sep : '', names: {} }
  let found: readonly Walked[] = [root]
  for (const part of pattern.split(sep).filter((text) => text !== '')) {
    const deeper: Walked[] = []
    for (const one of found) {
      deeper.push(...(await step(one, part, onUnreadable)))
      if (deeper.length > maxMatches) throw new Error(`${pattern} names more than ${maxMatches} places`)
    }
    found = deeper
  }
  return found.map(({ path, names }) => ({ path, owner: ownerIn(names) }))
}

export function isPattern(text: string): boolean {
  return /[*]|\{(?:user|domain)\}/u.test(text)
}

interface Walked {
  readonly path: string
  readonly names: Readonly<Record<string, string>>
}

async function step(
  { path, names }: Walked,
  part: string,
  onUnreadable: (directory: string, error: unknown) => void
): Promise<readonly Walked[]> {
  if (!isPattern(part)) return [{ path: join(path, part), names }]
  const shape = shapeOf(part)
  try {
    const entries = await readdir(path === '' ? '.' : path)
    return entries.toSorted().flatMap((name) => {
      const match = shape.exec(name)
      return match === null ? [] : [{ path: join(path, name), names: { ...names, ...match.groups } }]
    })
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOTDIR')) onUnreadable(path, error)
    return []
  }
}

function shapeOf(part: string): RegExp {
  const text = part
    .replaceAll(/[.+?^$()|[\]\\]/gu, String.raw`\$&`)
    .replaceAll('*', '.*')
    .replaceAll(/\{(user|domain)\}/gu, '(?<$1>.+)')
  return new RegExp(`^${text}$`, 'u')
}

function ownerIn({ user, domain }: Readonly<Record<string, string>>): string | null {
  if (user === undefined) return null
  return domain === undefined ? user : `${user}@${domain}`
}
