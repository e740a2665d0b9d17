import { behaviourFeatureNames } from '../../service/features/behaviour.ts'
import type { ContentInput } from '../../service/models/model-ports.ts'
import { contentBuckets, structureNames } from '../../service/observation/observation.ts'
import type { ContentExample } from '../content/content-example.ts'
import type { LearnedRow } from '../takeover/row-table.ts'

/** Rows that mean nothing and are the same everywhere: half of them lean a little to one side. */
export function fixedRows(count: number): readonly LearnedRow[] {
  return Array.from({ length: count }, (_, index) => ({
    row: Float32Array.from(behaviourFeatureNames, (__, at) => wave(index, at) + (index % 2) * 0.2),
    family: index % 2 === 0 ? 'honest' : 'A1'
  }))
}

/** Messages of `tokens` words each, likewise. */
export function fixedMessages(count: number, tokens: number): readonly ContentExample[] {
  return Array.from({ length: count }, (_, index) => ({
    id: `${index}`,
    source: 'fixed',
    group: '',
    isBad: index % 2 === 1,
    tokens: Uint32Array.from({ length: tokens }, (__, at) => wordOf(index, at)),
    structure: Float32Array.from(structureNames, (__, at) => wave(index, at) + (index % 2) * 0.2)
  }))
}

export function toContentInput({ tokens, structure }: ContentExample): ContentInput {
  return { tokens: [...tokens], structure: [...(structure ?? [])] }
}

/** Between -1 and 1. */
function wave(index: number, at: number): number {
  return Math.sin(1 + 12.9898 * index + 78.233 * at)
}

/** Bad messages draw from half of the words. */
function wordOf(index: number, at: number): number {
  const words = index % 2 === 0 ? contentBuckets : contentBuckets / 2
  return (index * 7_919 + at * 104_729) % words
}
