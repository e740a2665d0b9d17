import type { PolicyReason } from './reasons/reason.ts'

/** A field of the message, or of its envelope, that names somebody whom its sender may not write as. */
export type ForeignIdentity = {
  readonly code: 'FROM_NOT_OWNED' | 'ENVELOPE_NOT_OWNED'
  /** As it is written: `From`, `Resent-Sender`, `MAIL FROM`. */
  readonly field: string
} & ({ readonly address: string } | { readonly problem: string })

export function foreignReason(found: ForeignIdentity): PolicyReason {
  const { code, ...evidence } = found
  return { code, evidence }
}
