import type { StoredChange } from '../../service/history/reader/replay-reader.ts'
import { toObservation, type StoredMessage } from '../../service/history/rows/read-message-row.ts'
import { noAttributes, type Observation } from '../../service/observation/observation.ts'
import type { HabitObservation } from '../../service/profile/fold-observation.ts'
import type { Profile } from '../../service/profile/profile.ts'
import { foldPlainly, foldWithJournal } from './folded-habits.ts'

/** A message beside the habits that it was judged by. */
export interface Replayed {
  readonly row: StoredMessage
  readonly observation: Observation
  readonly profile: Profile
  /** Everything that the habits had learned is in history; else they are what can still be known. */
  readonly isComplete: boolean
}

/** One sender's messages, one after another. */
export interface SenderReplay {
  /** In order of the change that they were judged by. null: it could not be read, and shows nothing. */
  next(row: StoredMessage): Replayed | null
  /** The habits after everything. */
  end(): Profile
}

interface Learning {
  readonly number: number
  readonly submissionId: string
  readonly observation: HabitObservation
}

/**
 * `changes`: all of the sender's, in order. `grown`: what messages show of which more came after they had been learned, so that they stand
 * late in the order. A row of before changes were numbered is learned at once.
 */
export function replaySender(
  changes: readonly StoredChange[],
  grown: ReadonlyMap<string, HabitObservation>
): SenderReplay {
  const named = new Set(changes.flatMap(({ submissions }) => submissions))
  const taught = new Set(changes.filter(teaches).flatMap(({ submissions }) => submissions))
  const shown = new Map(grown)
  const chain = openChain(changes, shown)

  function teach(row: StoredMessage, observation: Observation): void {
    const { submission_id: submissionId, learned, habits_made: number, caller } = row
    if (named.has(submissionId)) shown.set(submissionId, withoutContent(observation))
    if (!learned || taught.has(submissionId)) return
    if (number > 0) chain.learnAt({ number, submissionId, observation })
    else chain.learnNow(caller === 'import' ? null : { submissionId, observation })
  }

  return {
    next(row) {
      chain.applyThrough(row.habits)
      const observation = toObservation(row, noAttributes)
      if (observation === undefined) return null
      const profile = chain.habits.without(row.submission_id) ?? chain.habits.profile()
      const isComplete = chain.isWhole(row)
      teach(row, observation)
      return { row, observation, profile, isComplete }
    },
    end() {
      chain.applyThrough(Infinity)
      return chain.habits.profile()
    }
  }
}

/** The changes of one sender's habits, those with a verdict among the others, each in its turn. */
function openChain(changes: readonly StoredChange[], shown: ReadonlyMap<string, HabitObservation>) {
  const habits = changes.length === 0 ? foldPlainly() : foldWithJournal()
  const growth = openGrowth(changes)
  let waiting: readonly StoredChange[] = changes
  let learnings: readonly Learning[] = []
  let last = 0
  /** Every number so far was met, and what it needs was known. */
  let isWhole = true

  function nextNumber(): number {
    return Math.min(waiting[0]?.number ?? Infinity, learnings[0]?.number ?? Infinity)
  }

  function applyLearning(number: number): void {
    const [learning] = learnings
    if (learning?.number !== number) return
    learnings = learnings.slice(1)
    habits.learn(learning.submissionId, learning.observation)
  }

  function applyChange(number: number): void {
    const [change] = waiting
    if (change?.number !== number) return
    waiting = waiting.slice(1)
    const inIt = shownIn(change)
    isWhole = habits.change(change, (id) => inIt ?? shown.get(id)) && isWhole
    growth.meet(change)
  }

  return {
    habits,
    isWhole: (row: StoredMessage) => isWhole && last === row.habits && !growth.isOpen(row),
    applyThrough(number: number): void {
      for (let next = nextNumber(); next <= number && next < Infinity; next = nextNumber()) {
        isWhole &&= next === last + 1
        last = next
        applyLearning(next)
        applyChange(next)
      }
    },
    learnAt(learning: Learning): void {
      learnings = [...learnings, learning].toSorted((one, other) => one.number - other.number)
    },
    /** Nobody knows its turn; null: nor what it was. */
    learnNow(learning: Omit<Learning, 'number'> | null): void {
      isWhole = false
      if (learning !== null) habits.learn(learning.submissionId, learning.observation)
    }
  }
}

/** By their own act, not with their verdict. */
function teaches({ act }: StoredChange): boolean {
  return act === 'learned' || act === 'vouched' || act === 'past'
}

/** Between its first and its last question a message had taught less than what is known of it. */
function openGrowth(changes: readonly StoredChange[]) {
  const ends = new Map<string, number>()
  for (const { act, number, submissions } of changes)
    if (act === 'relearned') for (const id of submissions) ends.set(id, number)
  const open = new Set<string>()
  return {
    meet(change: StoredChange): void {
      for (const id of change.submissions) {
        const end = ends.get(id)
        if (end !== undefined && end > change.number && change.shown === '') open.add(id)
        else open.delete(id)
      }
    },
    isOpen: ({ submission_id: own }: StoredMessage): boolean =>
      open.size > 0 && [...open].some((id) => id !== own)
  }
}

/** An envelope whose content came later; older versions kept fewer attributes. */
function shownIn({ shown }: StoredChange): HabitObservation | undefined {
  if (shown === '') return undefined
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written by the service as a habit observation
  const habit = JSON.parse(shown) as HabitObservation
  return { ...habit, attributes: { ...noAttributes, ...habit.attributes } }
}

/** As the journal keeps it. */
function withoutContent(observation: Observation): HabitObservation {
  const { content: _, ...habit } = observation
  return habit
}

/** Messages that were learned before the last question about them: their rows stand later than what they taught. */
export function grownIn(changes: readonly StoredChange[]): readonly string[] {
  const taught = new Set(changes.filter(teaches).flatMap(({ submissions }) => submissions))
  return changes
    .filter(({ act }) => act === 'relearned' || act === 'withdrawn' || act === 'forgotten')
    .flatMap(({ submissions }) => submissions.filter((id) => taught.has(id)))
}
