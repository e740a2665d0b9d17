import type { JudgedMessage } from '../../service/history/reader/drift-reader.ts'
import type { ModelName } from '../../service/models/model-directory.ts'
import type { ColumnGroup } from './column-groups.ts'
import { compareWeeks, type CompareOptions, type DriftWeek } from './stability/compare-weeks.ts'
import { countWeeks } from './stability/count-weeks.ts'
import { createEdges } from './reference-edges.ts'
import type { ReferenceWeeks } from './reference-weeks.ts'
import { weekOf } from './week.ts'

/** Columns on their way through both passes: all is drawn before anything is counted. */
export interface MeasuredGroup extends Pick<ColumnGroup, 'kind' | 'names'> {
  readonly name: ModelName
  readonly reference: ReferenceWeeks
  draw(message: JudgedMessage): void
  count(message: JudgedMessage): void
  end(limits: Omit<CompareOptions, 'isReference'>): MeasuredWeeks
}

export interface MeasuredWeeks {
  readonly weeks: readonly DriftWeek[]
  readonly reference: { readonly messages: number; readonly senders: number }
}

export function openMeasuredGroup(
  name: ModelName,
  { kind, names, valuesOf }: ColumnGroup,
  reference: ReferenceWeeks
): MeasuredGroup {
  const drawn = createEdges(names)
  let counting: ReturnType<typeof countWeeks> | null = null
  const isReference = (week: number): boolean => week >= reference.from && week < reference.to
  const open = () => (counting ??= countWeeks({ edges: drawn.end(), isReference }))

  return {
    name,
    kind,
    names,
    reference,
    draw(message) {
      const values = isReference(weekOf(message.received_at)) ? valuesOf(message) : null
      if (values !== null) drawn.add(values)
    },
    count(message) {
      const values = valuesOf(message)
      if (values !== null) open().add(message.sender, message.received_at, values)
    },
    end(limits) {
      const counts = open().end()
      const { messages, senders } = counts.reference
      return { weeks: compareWeeks(counts, { ...limits, isReference }), reference: { messages, senders } }
    }
  }
}
