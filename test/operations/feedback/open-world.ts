import { randomUUID } from 'node:crypto'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { loadBounceRules } from '../../../service/delivery/bounces/bounce-rules.ts'
import { createClassifyBounce } from '../../../service/delivery/bounces/classify-bounce.ts'
import { createDelivery } from '../../../service/delivery/delivery.ts'
import { readReport } from '../../../service/delivery/feedback/read-report.ts'
import {
  createSignedAddresses,
  type SignedAddresses
} from '../../../service/delivery/feedback/signed-address.ts'
import { createReportLimit } from '../../../service/delivery/notices/report-limit.ts'
import { createReporter } from '../../../service/delivery/notices/reporter.ts'
import { createReturnPath } from '../../../service/delivery/outgoing/return-path.ts'
import { loadCertificate } from '../../../service/doors/smtp/certificate.ts'
import { createFeedbackDoor } from '../../../service/doors/smtp/feedback/feedback-door.ts'
import { createTakeReport, type TakeReportOptions } from '../../../service/operations/feedback/take-report.ts'
import { createRememberOutcomes } from '../../../service/operations/history/remember-outcomes.ts'
import type { QueuedMessage } from '../../../service/queue/records/queued-message.ts'
import { createLmdbOutcomeMemory, type OutcomeMemory } from '../../../service/senders/outcome-memory.ts'
import { silentLogger } from '../../../service/telemetry/logger.ts'
import { createMetrics } from '../../../service/telemetry/metrics.ts'
import { openActs, type Acts } from '../../helpers/open-acts.ts'
import { deliveryDefaults, openPipeline, routeTo, type Pipeline } from '../../helpers/open-pipeline.ts'
import { connectSmtp } from '../../helpers/smtp-client.ts'
import { startSink, type ReceivedMail, type SmtpSink } from '../../helpers/smtp-sink.ts'
import { key, submission } from '../../scoring/house.ts'
import { reportBytes } from '../../delivery/feedback/corpus.ts'

export interface World extends Pipeline, Acts {
  readonly sink: SmtpSink
  readonly addresses: SignedAddresses
  readonly feedbackPort: number
  readonly outcomes: OutcomeMemory
  /** Alice writes; resolves with the message once the world has it, and the envelope in which it came. */
  readonly send: (to?: readonly string[]) => Promise<{ readonly id: string; readonly envelope: ReceivedMail }>
  /** Hands a report of the corpus to the feedback port; gives the last reply. */
  readonly report: (
    name: string,
    to: string,
    more?: { readonly from?: string; readonly returnPath?: string }
  ) => Promise<string>
  readonly message: (id: string) => QueuedMessage
}

const classify = createClassifyBounce(loadBounceRules(null))
export const domain = 'bounces.example.org'
const keys = mkdtemp(join(tmpdir(), 'sluice-feedback-keys-'))
const hostname = 'mx.test'

/** Real rooms: scoring, queue, delivery with signed return paths to a host that takes everything, and the feedback port. */
export async function openWorld(t: TestContext, limits: { readonly perHour?: number } = {}): Promise<World> {
  const { perHour = 60 } = limits
  const clock = Date.now
  // Before the store, which the pipeline closes: what is ended first has to be named first
  const ends: (() => Promise<void>)[] = []
  t.after(async () => {
    for (const end of ends) await end()
  })
  const pipeline = await openPipeline(t, { newId: randomUUID })
  const { queue, storage, senders } = pipeline
  const acts = openActs(pipeline)
  const sink = await startSink()
  const addresses = createSignedAddresses({ domain, key, validDays: 12 })
  const outcomes = createLmdbOutcomeMemory(storage)
  const remember = createRememberOutcomes({ senders, outcomes, ledger: acts.ledger, clock })
  const shared = { queue, hostname, clock, newId: randomUUID, log: silentLogger, metrics: createMetrics() }
  const delivery = createDelivery({
    ...shared,
    routes: [routeTo(sink.port)],
    config: deliveryDefaults,
    returnPath: createReturnPath(addresses, clock),
    onSettled: remember,
    random: () => 0,
    graceMs: 50
  })
  const allowance = () => createReportLimit({ maxPerHour: perHour, clock })
  const takeReport = createTakeReport({
    ...shared,
    accept: (act) => storage.transaction(act),
    senders,
    memory: acts.memory,
    giveFeedback: acts.giveFeedback,
    tell: createReporter({ ...shared, delayNoticeMs: 0, maxAgeMs: 3_600_000, maxReportsPerHour: 60 }),
    classify: (said) => classify(said).kind,
    remember,
    read: (raw, about) => readReport(raw, { fromReporter: about.kind === 'reporter' }),
    readAddress: (address) => addresses.read(address, clock()),
    reporterAllowance: allowance(),
    senderAllowance: allowance(),
    passOnAllowance: allowance()
  } satisfies TakeReportOptions)
  const door = createFeedbackDoor({
    ...shared,
    config: {
      host: '127.0.0.1',
      hostname,
      feedbackPort: 0,
      maxReportBytes: 100_000,
      maxConnections: 4,
      idleTimeoutMs: 5_000
    },
    certificate: await loadCertificate({ directory: await keys, hostname: 'localhost', clock }),
    readAddress: (address) => addresses.read(address, clock()),
    takeReport
  })
  const feedbackPort = (await door.listen()) ?? 0
  delivery.start()
  ends.push(
    () => door.close(),
    () => delivery.close(),
    () => sink.close()
  )
  return { ...pipeline, ...acts, sink, addresses, feedbackPort, outcomes, send, report, message }

  async function send(to: readonly string[] = ['bob@example.net']) {
    const come = sink.mails.length
    const id = randomUUID()
    const outcome = await pipeline.acceptMessage(submission({ id, to, receivedAt: clock() }), {
      protocol: 'ESMTP'
    })
    if (outcome.kind !== 'queued') throw new Error(`not queued but ${outcome.kind}`)
    const mails = await sink.received(come + 1)
    const envelope = mails[come]
    if (envelope === undefined) throw new Error('nothing came')
    // The host has said 250; its being written down is a moment later
    while (message(id).state !== 'done') await new Promise((resolve) => setImmediate(resolve))
    return { id, envelope }
  }

  function message(id: string): QueuedMessage {
    const known = queue.get(id)
    if (known === undefined) throw new Error(`${id} is not known`)
    return known
  }

  async function report(
    name: string,
    to: string,
    { from = '', returnPath = to }: { readonly from?: string; readonly returnPath?: string } = {}
  ): Promise<string> {
    const client = await connectSmtp(feedbackPort)
    try {
      await client.reply()
      await client.say('EHLO mx.example.net')
      await client.say(`MAIL FROM:<${from}>`)
      const taken = await client.say(`RCPT TO:<${to}>`)
      if (!taken.startsWith('250')) return taken
      await client.say('DATA')
      client.send(reportBytes(name, returnPath))
      return await client.say('\r\n.')
    } finally {
      client.close()
    }
  }
}
