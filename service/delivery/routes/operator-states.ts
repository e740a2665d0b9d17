import type { Storage, Table } from '../../storage/storage.ts'

/** What people, or what watches our addresses, decided about a route. */
export interface OperatorState {
  /** `demoted`: only for mail that has no other way. `paused`: for none. */
  readonly state: 'active' | 'demoted' | 'paused'
  readonly why: string | null
  readonly by: string
  /** Epoch ms. */
  readonly at: number
}

/** Decisions about routes by name, kept over restarts. */
export interface OperatorStates {
  get(name: string): OperatorState
  /** Durable when it resolves. */
  set(name: string, state: OperatorState): Promise<void>
}

const undecided: OperatorState = { state: 'active', why: null, by: 'configuration', at: 0 }

export function openOperatorStates(storage: Storage): OperatorStates {
  const table: Table<OperatorState> = storage.table('routes.states')
  const known = new Map(Array.from(table.range(), ({ key, value }) => [String(key), value]))
  return {
    get: (name) => known.get(name) ?? undecided,
    async set(name, state) {
      await storage.transaction(() => table.put(name, state))
      known.set(name, state)
    }
  }
}

/** For the life of the process. */
export function createOperatorStates(): OperatorStates {
  const known = new Map<string, OperatorState>()
  return {
    get: (name) => known.get(name) ?? undecided,
    set: (name, state) => {
      known.set(name, state)
      return Promise.resolve()
    }
  }
}
