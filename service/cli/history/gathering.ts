import type { Catalogue } from './catalogue.ts'
import type { PastFaultLog } from './past-faults.ts'
import type { UnpackedFiles } from './unpacked-files.ts'

/** What reading the named files shares. */
export interface Gathering {
  readonly catalogue: Catalogue
  readonly faults: PastFaultLog
  readonly files: UnpackedFiles
  /** Of one message. */
  readonly maxBytes: number
  /** Epoch ms. */
  readonly now: number
  /** Names of the owner's submission servers, in lower case. */
  readonly receivedBy: ReadonlySet<string>
  /** Another message was found, whatever becomes of it. */
  found(): void
}

/** Whose message it is, by its From address or by where it lies; null: nobody can tell. */
export type OwnerOf = (from: string | null) => string | null
