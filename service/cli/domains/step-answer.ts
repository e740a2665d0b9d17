import { keyRecordsOf, type DomainKeys } from '../../authentication/dkim/domain-keys.ts'
import type { RotationStep } from '../../authentication/dkim/rotation.ts'

/** For machines: what was done, and where every generation of keys stands. Never a private key. */
export function answerOf(keys: DomainKeys, step: RotationStep) {
  return {
    domain: keys.domain,
    step: step.kind,
    notBefore: notBefore(step),
    generations: keys.generations.map((generation) => ({
      number: generation.number,
      state: generation.state,
      since: generation.since,
      selectors: generation.keys.map(({ selector }) => selector),
      records: keyRecordsOf(keys.domain, generation).map(({ name, text }) => ({ name, type: 'TXT', text }))
    }))
  }
}

/** When the next step can be made; null: as soon as DNS shows what it should. */
function notBefore(step: RotationStep): string | null {
  if (step.kind === 'published') return new Date(step.activeFrom).toISOString()
  return step.kind === 'keeping' ? new Date(step.until).toISOString() : null
}
