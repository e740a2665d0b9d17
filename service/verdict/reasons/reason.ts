import type { ReasonEntry } from './reason-entry.ts'
import { reasons, type ReasonCode } from './reasons.ts'
import type { Evidence, Reason } from '../verdict.ts'

/** A reason that a rule of policy gives: it moves no risk, so it carries no contribution. */
export interface PolicyReason {
  readonly code: ReasonCode
  readonly evidence: Evidence
}

/** The reason with its sentence: the first of the table's sentences whose every `{fact}` is in the evidence. */
export function toReason(code: ReasonCode, contribution: number, evidence: Evidence): Reason {
  const entry: ReasonEntry = reasons[code]
  const sentence = sentencesOf(entry).find((text) => factsOf.get(text)?.every((name) => name in evidence))
  return {
    code,
    message: fill(sentence ?? entry.text, evidence),
    contribution: round(contribution),
    evidence
  }
}

const placeholder = /\{(\w+)\}/gu

function sentencesOf({ sentences = [], text }: ReasonEntry): readonly string[] {
  return [...sentences, text]
}

/** By sentence of the table: the facts that it speaks of. */
const factsOf: ReadonlyMap<string, readonly string[]> = new Map(
  Object.values<ReasonEntry>(reasons)
    .flatMap(sentencesOf)
    .map((text) => [text, Array.from(text.matchAll(placeholder), (match) => match[1] ?? '')])
)

function fill(text: string, evidence: Evidence): string {
  return text.replace(placeholder, (_whole, name: string) => String(evidence[name] ?? 'unknown'))
}

/** Five decimals: twenty reasons rounded to them still sum to the logit within 1e-3. */
function round(contribution: number): number {
  const rounded = Math.round(contribution * 1e5) / 1e5
  return rounded === 0 ? 0 : rounded
}
