import { noAttributes, type Observation } from '../../observation/observation.ts'
import type { HabitObservation } from '../../profile/fold-observation.ts'

/**
 * An observation as the journal keeps it: without the content model's input, the hashes of style in two bytes each. Entries written
 * before something was observed lack it.
 */
export interface PackedObservation extends Omit<
  Observation,
  'content' | 'style' | 'attributes' | 'asName' | 'claims'
> {
  readonly attributes: Partial<Observation['attributes']>
  readonly asName?: string
  readonly claims?: Observation['claims']
  readonly style: Omit<Observation['style'], 'words' | 'grams' | 'gramCounts'> & {
    readonly words: Uint16Array
    readonly grams: Uint16Array
    readonly gramCounts: Uint16Array
  }
}

export function packObservation(
  observation: HabitObservation & { readonly content?: unknown }
): PackedObservation {
  const { content: _, style, ...rest } = observation
  return {
    ...rest,
    style: {
      ...style,
      words: new Uint16Array(style.words),
      grams: new Uint16Array(style.grams),
      gramCounts: new Uint16Array(style.gramCounts)
    }
  }
}

/** Folds to the same profile as the observation that was packed. */
export function unpackObservation({ style, ...rest }: PackedObservation): HabitObservation {
  return {
    asName: '',
    claims: [],
    ...rest,
    attributes: { ...noAttributes, ...rest.attributes },
    style: {
      ...style,
      words: Array.from(style.words),
      grams: Array.from(style.grams),
      gramCounts: Array.from(style.gramCounts)
    }
  }
}
