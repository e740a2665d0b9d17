const maxLength = 200
/**
 * Repeats and further alternatives. With values of at most 254 characters and a fixed start, three of them keep the worst pattern
 * under a tenth of a second.
 */
const maxChoices = 3

/**
 * What is wrong with a regular expression that hostile text will meet, null if nothing is. Backtracking explodes by repeats of groups and
 * by many repeats in a row: so only single characters and classes are repeated, and few times (Davis et al. 2018, "The impact of
 * regular expression denial of service in practice").
 */
export function patternFault(source: string): string | null {
  if (source.length > maxLength) return `has more than ${maxLength} characters`
  try {
    void new RegExp(source, 'iu')
  } catch (error) {
    return error instanceof Error ? error.message : 'is no regular expression'
  }
  if (!source.startsWith('^')) return 'must begin with ^'
  return structureFault(skeletonOf(source))
}

const backReference = '\0'

/** Every escape and class as one `a`: the marks that are left mean groups, alternatives and repeats. */
function skeletonOf(source: string): string {
  return source.replaceAll(/\\(?:[pPu]\{[^}]*\}|k<[^>]*>|.)|\[(?:\\.|[^\]\\])*\]/gu, (piece) =>
    /^\\[1-9k]/u.test(piece) ? backReference : 'a'
  )
}

function structureFault(skeleton: string): string | null {
  if (skeleton.includes(backReference)) return 'must not refer back to a group'
  if (/\(\?(?:[=!]|<[=!])/u.test(skeleton)) return 'must not look ahead or behind'
  if (/\)[*+?{]/u.test(skeleton)) return 'must not repeat a group'
  if (withoutGroups(skeleton).includes('|')) return 'must hold its alternatives in a group'
  const choices = skeleton.match(/\||[*+?{](?<!\(\?)/gu)?.length ?? 0
  return choices - lazyMarks(skeleton) > maxChoices
    ? `must not hold more than ${maxChoices} repeats and further alternatives`
    : null
}

/** Alternatives at the top would each need their own `^`. */
function withoutGroups(skeleton: string): string {
  let rest = skeleton
  for (let before = ''; before !== rest;) {
    before = rest
    rest = rest.replaceAll(/\([^()]*\)/gu, '')
  }
  return rest
}

/** `*?`, `+?`, `}?`: the same repeat, only shy. */
function lazyMarks(skeleton: string): number {
  return skeleton.match(/[*+?}]\?/gu)?.length ?? 0
}
