import type { Storage, Table } from '../storage/storage.ts'
import type { SenderKey } from './sender-store.ts'

export const limitNames = [
  'messagesPerMinute',
  'messagesPerHour',
  'messagesPerDay',
  'recipientsPerMinute',
  'recipientsPerHour',
  'recipientsPerDay',
  'newRecipientsPerMinute',
  'newRecipientsPerHour',
  'newRecipientsPerDay'
] as const
export type LimitName = (typeof limitNames)[number]

/** Limits that an operator set for one sender; those not named are the configuration's. */
export type LimitOverride = Readonly<Partial<Record<LimitName, number>>>

/** Writes belong inside `Storage.transaction`. */
export interface LimitOverrides {
  of(sender: SenderKey): LimitOverride
  /** Without any limit named the sender is back at the configuration's. */
  set(sender: SenderKey, override: LimitOverride): void
  /** What holds for a sender, given what the configuration says. `own`: those that are set for it. */
  apply<Limits extends object>(
    limits: Limits,
    sender: SenderKey
  ): Limits & { readonly own?: readonly LimitName[] }
}

const none: LimitOverride = {}

export function createLimitOverrides(storage: Pick<Storage, 'table'>): LimitOverrides {
  /** By sender. */
  const table: Table<LimitOverride> = storage.table('senders.limits')
  return {
    of: (sender) => table.get(sender) ?? none,
    set(sender, override) {
      if (Object.keys(override).length === 0) table.remove(sender)
      else table.put(sender, override)
    },
    apply(limits, sender) {
      const override = table.get(sender)
      return override === undefined ? limits : { ...limits, ...override, own: namesOf(override) }
    }
  }
}

function namesOf(override: LimitOverride): readonly LimitName[] {
  return limitNames.filter((name) => override[name] !== undefined)
}
