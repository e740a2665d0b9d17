import { codeOf, dnsError, isAbsent, type Resolve } from './resolve.ts'

/** An answer as it is remembered: plain data, bounded by `bounded`. */
export interface RememberedAnswer {
  /** Epoch ms at which it was given. */
  readonly at: number
  readonly kind: 'records' | 'absent' | 'failed'
  readonly records: readonly unknown[]
  /** Of the error that stands for it. */
  readonly code: string | null
}

/** Where answers outlive the process. Reads at any time; `write` in one durable step. */
export interface AnswerShelf {
  get(key: string): RememberedAnswer | undefined
  write(answers: ReadonlyMap<string, RememberedAnswer>): Promise<void>
}

export interface CachedResolveOptions {
  readonly resolve: Resolve
  readonly shelf?: AnswerShelf
  /** Epoch ms. */
  readonly clock: () => number
  readonly maxEntries?: number
  /** Questions under way; the next is refused (`ECANCELLED`) instead of waiting. */
  readonly maxUnderWay?: number
  /** Of `resolveSoon`. Default 20 ms. */
  readonly patienceMs?: number
  /** How long new answers wait to be written together. */
  readonly writeAfterMs?: number
  readonly onFault?: (error: unknown) => void
}

export interface CachedResolve {
  readonly resolve: Resolve
  /**
   * As `resolve`, for those who have no time: a question that has been under way for longer than `patienceMs` is `ETIMEOUT` to whoever asks it
   * too. So a silent name server holds up the first message, and not all of those after it.
   */
  readonly resolveSoon: Resolve
  /** Writes what is not written yet. */
  close(): Promise<void>
}

const minute = 60_000
/**
 * The answers of `dns.resolve` carry no time to live. Records of mail authentication change on the scale of days and are published with an
 * hour or more; a forecast may be half an hour behind. After that an answer is still given while the question is asked again (RFC 8767),
 * for a day: a name server that is down for a moment must not turn forecasts into guesses.
 */
const keeping = {
  records: { freshMs: 30 * minute, staleMs: 24 * 60 * minute },
  absent: { freshMs: 10 * minute, staleMs: 60 * minute },
  failed: { freshMs: minute / 2, staleMs: 0 }
} as const

/** Remembers answers: in memory, and on the shelf for the next start. Bounded in both; a question that is under way is asked once. */
export function createCachedResolve(options: CachedResolveOptions): CachedResolve {
  const { shelf, clock, maxEntries = 10_000, maxUnderWay = 200, patienceMs = 20 } = options
  const answers = new Map<string, RememberedAnswer>()
  const underWay = new Map<string, { readonly since: number; readonly answer: Promise<RememberedAnswer> }>()
  const writing = createWriting(options)
  return {
    resolve: (name, type) => resolve(name, type, Infinity),
    resolveSoon: (name, type) => resolve(name, type, patienceMs),
    close: () => writing.close()
  }

  async function resolve(name: string, type: string, patience: number): Promise<readonly unknown[]> {
    const key = `${type} ${name.toLowerCase()}`
    const known = answers.get(key) ?? shelf?.get(key)
    const age = known === undefined ? Infinity : clock() - known.at
    const { freshMs, staleMs } = keeping[known?.kind ?? 'failed']
    // A clock that was set back makes answers from the future: they count as old
    if (known !== undefined && age >= 0 && age < freshMs) return give(known, name, type)
    const asked = ask({ key, name, type, known, patience })
    if (known === undefined || age < 0 || age >= staleMs) return give(await asked, name, type)
    return give(known, name, type)
  }

  function ask({ key, name, type, known, patience }: Question): Promise<RememberedAnswer> {
    const already = underWay.get(key)
    if (already !== undefined)
      return clock() - already.since > patience
        ? Promise.resolve(failed('ETIMEOUT', clock()))
        : already.answer
    if (underWay.size >= maxUnderWay) return Promise.resolve(failed('ECANCELLED', clock()))
    const asking = look(options.resolve, name, type, clock).then((answer) => {
      underWay.delete(key)
      // No answer is no reason to forget the last one
      if (answer.kind !== 'failed' || known === undefined || known.kind === 'failed') remember(key, answer)
      return answer
    })
    underWay.set(key, { since: clock(), answer: asking })
    return asking
  }

  function remember(key: string, answer: RememberedAnswer): void {
    answers.delete(key)
    answers.set(key, answer)
    const [oldest] = answers.keys()
    if (answers.size > maxEntries && oldest !== undefined) answers.delete(oldest)
    if (answer.kind !== 'failed') writing.add(key, answer)
  }
}

interface Question {
  readonly key: string
  readonly name: string
  readonly type: string
  readonly known: RememberedAnswer | undefined
  readonly patience: number
}

function give({ kind, records, code }: RememberedAnswer, name: string, type: string): readonly unknown[] {
  if (kind === 'records') return records
  throw dnsError(code ?? 'ENODATA', type, name)
}

async function look(
  resolve: Resolve,
  name: string,
  type: string,
  clock: () => number
): Promise<RememberedAnswer> {
  try {
    const records = await resolve(name, type)
    return { at: clock(), kind: 'records', records, code: null }
  } catch (error) {
    if (!isAbsent(error)) return failed(codeOf(error), clock())
    return { at: clock(), kind: 'absent', records: [], code: codeOf(error) }
  }
}

function failed(code: string, at: number): RememberedAnswer {
  return { at, kind: 'failed', records: [], code }
}

/** New answers wait a moment and are written together. */
function createWriting({ shelf, writeAfterMs = 1_000, onFault }: CachedResolveOptions) {
  let waiting = new Map<string, RememberedAnswer>()
  let timer: NodeJS.Timeout | undefined
  return { add, close }

  function add(key: string, answer: RememberedAnswer): void {
    if (shelf === undefined) return
    waiting.set(key, answer)
    timer ??= setTimeout(() => void write(), writeAfterMs).unref()
  }

  async function write(): Promise<void> {
    clearTimeout(timer)
    timer = undefined
    const batch = waiting
    waiting = new Map()
    // It is a cache: what cannot be written is asked again after the next start
    await shelf?.write(batch).catch((error: unknown) => onFault?.(error))
  }

  async function close(): Promise<void> {
    if (waiting.size > 0) await write()
  }
}
