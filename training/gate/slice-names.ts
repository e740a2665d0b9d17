import type { SliceReport } from '../../service/models/frozen/gate-report.ts'
import type { FrozenScore } from './score-frozen.ts'

const everything = { bad: 'all attacks', honest: 'all honest mail' } as const

/** A kind of message that the gate looks at by itself. */
export interface SliceName {
  readonly slice: string
  readonly kind: SliceReport['kind']
  readonly isAll: boolean
}

/** All attacks and each kind of them, all honest mail and each kind of it. */
export function sliceNames(scored: readonly FrozenScore[]): readonly SliceName[] {
  return (['bad', 'honest'] as const).flatMap((kind) => {
    const own = scored.filter(({ isBad }) => isBad === (kind === 'bad')).map(({ slice }) => slice)
    const names = [...new Set(own)].toSorted().map((slice) => ({ slice, kind, isAll: false }))
    return [{ slice: everything[kind], kind, isAll: true }, ...names]
  })
}

export function belongs({ isBad, slice }: FrozenScore, name: SliceName): boolean {
  return isBad === (name.kind === 'bad') && (name.isAll || slice === name.slice)
}
