import type { Verdict } from '../../../verdict/verdict.ts'

export interface LabelField {
  readonly name: LabelName
  /** Printable ASCII in one line. */
  readonly value: string
}

/** Only we write these: what a message brings along is removed by every client that can. */
export const labelNames = ['X-Sluice-Verdict', 'X-Sluice-Priority', 'X-Sluice-Id'] as const
export type LabelName = (typeof labelNames)[number]

/** What the mail server may route by: the verdict, the priority label with its RFC 6710 value, and the id to ask support about. */
export function labelsOf({ id, verdict, priority }: Verdict): readonly LabelField[] {
  return [
    { name: 'X-Sluice-Verdict', value: verdict },
    { name: 'X-Sluice-Priority', value: `${priority.label} (${priority.mtPriority})` },
    { name: 'X-Sluice-Id', value: id }
  ]
}
