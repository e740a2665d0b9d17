import type { BounceKind } from '../../message/bounce-kind.ts'
import type { EnhancedStatus } from '../../message/enhanced-status.ts'
import type { BounceRule, BounceRules } from './bounce-rules.ts'

/** What was answered instead of taking the mail. */
export interface BounceFacts {
  /** The reply with its code; without one it is our own word. */
  readonly reply: string
  readonly status: EnhancedStatus
  /** The host that said so; null: we did. */
  readonly mx: string | null
}

export interface ClassifiedBounce {
  readonly kind: BounceKind
  /** Which rule decided; null: none. */
  readonly rule: string | null
}

export type ClassifyBounce = (facts: BounceFacts) => ClassifiedBounce

/** Longer replies are read this far. */
const maxReplyLength = 500
/** What `*` in a phrase may stand for: so that no reply makes matching slow. */
const maxGap = 60

const unknown: ClassifiedBounce = { kind: 'other', rule: null }

/** Why mail was refused or put off, by the first rule that matches. */
export function createClassifyBounce({ providers, rules }: BounceRules): ClassifyBounce {
  const ready = rules.map((rule) => ({ rule, ...toTests(rule, providers) }))
  return function classifyBounce({ reply, status, mx }) {
    const said = reply.slice(0, maxReplyLength)
    const code = /^[45]\d\d(?= |$)/u.exec(said)?.[0] ?? ''
    const host = mx?.toLowerCase().replace(/\.$/u, '') ?? ''
    const found = ready.find(
      ({ isFrom, hasCode, hasStatus, says }) =>
        isFrom(host) && hasCode(code) && hasStatus(status) && says(said)
    )
    return found === undefined ? unknown : { kind: found.rule.kind, rule: found.rule.name }
  }
}

type Test = (text: string) => boolean

function toTests(
  { provider, code, status, text }: BounceRule,
  providers: BounceRules['providers']
): { readonly isFrom: Test; readonly hasCode: Test; readonly hasStatus: Test; readonly says: Test } {
  const suffixes = provider === undefined ? undefined : (providers[provider] ?? [])
  return {
    isFrom: anyOf(suffixes, (suffix, host) => host === suffix || host.endsWith(`.${suffix}`)),
    hasCode: anyOf(code, (one, said) =>
      one.endsWith('xx') ? said.startsWith(one.slice(0, 1)) : said === one
    ),
    hasStatus: anyOf(status, (one, said) =>
      one.endsWith('*') ? said.startsWith(one.slice(0, -1)) : said === one
    ),
    says: text === undefined ? () => true : phrases(text)
  }
}

function anyOf(wanted: readonly string[] | undefined, matches: (one: string, text: string) => boolean): Test {
  return (text) => wanted === undefined || wanted.some((one) => matches(one, text))
}

/** One pattern of literal phrases: nothing in it repeats but the bounded gap. */
function phrases(texts: readonly string[]): Test {
  const source = texts
    .map((text) => text.replaceAll(/[\\^$.+?()[\]{}|/]/gu, String.raw`\$&`).replace('*', `.{0,${maxGap}}`))
    .join('|')
  const pattern = new RegExp(source, 'isu')
  return (text) => pattern.test(text)
}
