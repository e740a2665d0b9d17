import { behaviourFeatureNames, behaviourGroups } from '../../service/features/behaviour.ts'
import { maskRow } from '../../service/models/network/mask-row.ts'
import {
  envelopeAttributes,
  noAttributes,
  unseenContent,
  type Observation
} from '../../service/observation/observation.ts'
import type { SenderHistory, TrainingMail } from './corpus/sender-history.ts'

/** What the message would have shown had only its envelope been shown. */
export function envelopeOf(whole: Observation): Observation {
  const shown = envelopeAttributes.map((name) => [name, whole.attributes[name]])
  return {
    ...whole,
    ...unseenContent,
    attributes: { ...noAttributes, ...Object.fromEntries(shown) },
    claims: []
  }
}

/** A sender whose mail server never shows content. */
export function withoutContent({ mail, crafted, ...history }: SenderHistory): SenderHistory {
  return { ...history, mail: mail.map(asEnvelope), crafted: crafted.map(asEnvelope) }
}

export function asEnvelope<Mail extends TrainingMail>(mail: Mail): Mail {
  return { ...mail, observation: envelopeOf(mail.observation), reading: null }
}

/** A whole message's row as its envelope would have made it, and as scoring hands it to the model. */
export function envelopeRow(row: Float32Array, neutral: Float32Array, knowsZone: boolean): Float32Array {
  const shown = row.map((value, column) => (ofContent[column] === true ? 0 : value))
  return maskRow(shown, neutral, groupOf, knowsZone ? shownGroups : shownGroups & ~bitOf('time'))
}

/** Columns of the groups that an envelope shows which it does not show. */
const ofContent = behaviourFeatureNames.map((name) =>
  /^client\.(?:zone|family|full|with_)|^recipients\.(?:bucket_with_kind|self_copied)/u.test(name)
)

const groups = Object.keys(behaviourGroups)
const groupOf = Uint8Array.from(behaviourFeatureNames, (name) =>
  groups.indexOf(name.slice(0, name.indexOf('.')))
)
const shownGroups = ['client', 'time', 'recipients', 'volume', 'history'].reduce(
  (mask, group) => mask | bitOf(group),
  0
)

function bitOf(group: string): number {
  return 1 << groups.indexOf(group)
}
