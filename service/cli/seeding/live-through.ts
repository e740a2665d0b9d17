import { createChance } from '../../../datasets/synthetic-mail/chance.ts'
import type { SyntheticSubmission } from '../../../datasets/synthetic-mail/mail.ts'
import { parseAddress, type Address } from '../../message/address.ts'
import type { Submission } from '../../message/submission.ts'
import { deliverDue } from './deliver-due.ts'
import type { InventedHouse } from './invented-house.ts'
import { opinionsOf, type Opinion } from './opinions.ts'
import type { Plot } from './plot.ts'

export interface LifeOptions {
  readonly plot: Plot
  readonly house: InventedHouse
  readonly seed: string
  /** What the house's clock reads. */
  readonly setTime: (at: number) => void
  readonly onProgress: (done: number, total: number) => void
}

export type Fates = Readonly<Record<string, number>>

/** Of other senders: what one message teaches must be known to the sender's next. */
const atOnce = 12
const togetherMs = 3_600_000
/** Scored messages after which the installation's counts follow: in service a quarter of an hour. */
const mergeEvery = 60

interface Due {
  readonly at: number
  readonly opinion: Opinion
  readonly messageId: string
  readonly verdictId: string
  readonly user: string
}

/** Every message is handed in at its time; people decide, complain and restore as time passes; what may leave is delivered. Gives what became of messages. */
export async function liveThrough(options: LifeOptions): Promise<Fates> {
  const { plot, house, seed, setTime, onProgress } = options
  const fates: Record<string, number> = {}
  const agenda = createAgenda(options)
  let done = 0
  let merged = 0
  await house.merging.merge()
  for (const batch of inBatches(plot.mail)) {
    const times = batch.map(({ receivedAt }) => receivedAt)
    const now = Math.max(...times)
    await agenda.actUntil(Math.min(...times))
    setTime(now)
    await house.expireHolds()
    for (const { fate, opinions } of await Promise.all(batch.map((mail) => handIn(mail, house, seed)))) {
      fates[fate] = (fates[fate] ?? 0) + 1
      agenda.add(opinions)
    }
    await deliverDue(house.queue, { seed, now, isBad: badIn(batch) })
    done += batch.length
    if (done - merged >= mergeEvery) {
      merged = done
      await house.merging.merge()
    }
    onProgress(done, plot.mail.length)
  }
  await agenda.actUntil(plot.until)
  setTime(plot.until)
  await house.expireHolds()
  await deliverDue(house.queue, { seed, now: plot.until, isBad: () => false })
  await house.merging.merge()
  return fates
}

/** What people are going to do, in order of time. */
function createAgenda({ house, setTime }: LifeOptions) {
  let due: readonly Due[] = []
  return {
    add(more: readonly Due[]): void {
      due = [...due, ...more].toSorted((one, other) => one.at - other.at)
    },
    async actUntil(end: number): Promise<void> {
      const now = due.filter(({ at }) => at <= end)
      due = due.slice(now.length)
      for (const one of now) {
        setTime(one.at)
        await carryOut(one, house)
        await house.vouching.settled()
      }
    }
  }
}

function* inBatches(mail: readonly SyntheticSubmission[]): Generator<readonly SyntheticSubmission[]> {
  let batch: SyntheticSubmission[] = []
  for (const one of mail) {
    const [first] = batch
    const fits =
      batch.length < atOnce &&
      (first === undefined || one.receivedAt - first.receivedAt < togetherMs) &&
      batch.every(({ sender }) => sender !== one.sender)
    if (!fits) {
      yield batch
      batch = []
    }
    batch.push(one)
  }
  if (batch.length > 0) yield batch
}

async function handIn(mail: SyntheticSubmission, house: InventedHouse, seed: string) {
  const submission = toSubmission(mail)
  const outcome = await house.acceptMessage(submission, { protocol: 'ESMTPSA' })
  if (outcome.kind !== 'queued' && outcome.kind !== 'held' && outcome.kind !== 'blocked')
    return { fate: outcome.kind, opinions: [] }
  const fate = outcome.kind === 'queued' ? 'allowed' : outcome.kind
  const opinions = opinionsOf(mail, fate, createChance(`${seed} opinion ${submission.id}`))
  const due = opinions.map((opinion) => ({
    at: mail.receivedAt + opinion.afterMs,
    opinion,
    messageId: submission.id,
    verdictId: outcome.verdict.id,
    user: mail.sender
  }))
  return { fate, opinions: due }
}

/** Who says it: a token's id in service. */
const by = 'support'

async function carryOut(
  { opinion, messageId, verdictId, user, at }: Due,
  house: InventedHouse
): Promise<void> {
  switch (opinion.kind) {
    case 'decide': {
      const decide = opinion.decision === 'released' ? house.releaseHold : house.rejectHold
      await decide(messageId, { by, note: null })
      return
    }
    case 'say': {
      const { label, source } = opinion
      await house.giveFeedback({ subject: { verdictId }, label, source, note: null, by: source })
      return
    }
    case 'restore':
      await house.accept(() => house.ledger.set(house.senders.keyOf(user), 'normal', at, by))
  }
}

function badIn(batch: readonly SyntheticSubmission[]): (id: string) => boolean {
  const bad = new Set(batch.flatMap((one) => (one.label === 'spam' ? [idOf(one)] : [])))
  return (id) => bad.has(id)
}

/** Of the message alone: the same in every run. */
function idOf({ sender, receivedAt, messageId }: SyntheticSubmission): string {
  const number = createChance(`${sender} ${receivedAt} ${messageId}`).int(0, 0xff_ff_ff_ff)
  return `${receivedAt.toString(36)}-${number.toString(36).padStart(7, '0')}`
}

function toSubmission(mail: SyntheticSubmission): Submission {
  const { raw, client, envelope, receivedAt, sender } = mail
  return {
    id: idOf(mail),
    requestId: null,
    caller: 'smtp',
    receivedAt,
    sender: null,
    client: { ...client, port: null, tls: null },
    auth: { user: sender, method: 'PLAIN' },
    envelope: { mailFrom: address(envelope.mailFrom), rcptTo: envelope.rcptTo.map(address) },
    raw,
    sizeBytes: raw.length,
    learn: 'auto',
    explain: false
  }
}

function address(text: string): Address {
  const parsed = parseAddress(text)
  if (parsed === undefined) throw new Error(`${text} is no address`)
  return parsed
}
