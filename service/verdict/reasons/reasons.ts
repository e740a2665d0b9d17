import { behaviourReasons } from './reasons-behaviour.ts'
import { contentReasons } from './reasons-content.ts'
import { evidenceReasons } from './reasons-evidence.ts'
import { limitReasons } from './reasons-limits.ts'
import { policyReasons } from './reasons-policy.ts'

/** Every reason a verdict can give. Types, sentences and docs/reference/reasons.md grow from this one table. */
export const reasons = {
  ...policyReasons,
  ...limitReasons,
  ...behaviourReasons,
  ...contentReasons,
  ...evidenceReasons
}

export type ReasonCode = keyof typeof reasons
