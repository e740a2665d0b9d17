import assert from 'node:assert/strict'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, test, type TestContext } from 'node:test'
import type { FailpointName } from '../../../service/queue/failpoint.ts'
import { startSink, type SmtpSink } from '../../helpers/smtp-sink.ts'
import { openService, routeTo } from './open-service.ts'

interface Kill {
  readonly when: string
  readonly at: FailpointName
  /** The how manieth time. */
  readonly countdown?: number
  /** What the client was told; null: the one or the other, as the kernel had sent it or not. */
  readonly told: '250' | '' | null
  /** The next host refuses the recipient for good. */
  readonly isRefused?: boolean
  readonly isLarge?: boolean
  /** How often the next host gets the message, and its sender the report, in the end. */
  readonly copies: number
  readonly reports: number
}

/** A client that got no answer has to come again: what it then sends twice is its duplicate (RFC 1047), and not counted here. */
const kills: readonly Kill[] = [
  { when: 'after DATA, before the spool', at: 'before-spool-write', told: '', copies: 0, reports: 0 },
  { when: 'with the file of a large body, before its message is kept', at: 'after-spool-write', isLarge: true, told: '', copies: 0, reports: 0 },
  { when: 'inside the transaction that keeps it', at: 'after-spool-write', told: '', copies: 0, reports: 0 },
  { when: 'after the spool, before 250', at: 'before-250', told: '', copies: 1, reports: 0 },
  { when: 'after 250', at: 'after-250', told: null, copies: 1, reports: 0 },
  { when: 'after 250, of a large body', at: 'after-250', isLarge: true, told: null, copies: 1, reports: 0 },
  { when: 'during delivery, before the end of the data', at: 'during-delivery', told: '250', copies: 1, reports: 0 },
  // The only duplicate that SMTP makes unavoidable: the host has taken it, and nobody knows (RFC 5321 section 4.1.1.4, RFC 1047)
  { when: 'between the 250 of the next host and our record', at: 'before-outcome-recorded', told: '250', copies: 2, reports: 0 },
  { when: 'between a refusal for good and our record', at: 'before-outcome-recorded', isRefused: true, told: '250', copies: 0, reports: 1 },
  { when: 'while the report is made', at: 'before-report-kept', isRefused: true, told: '250', copies: 0, reports: 1 },
  { when: 'during the delivery of the report', at: 'during-delivery', countdown: 2, isRefused: true, told: '250', copies: 0, reports: 1 },
  { when: 'between the 250 for the report and our record', at: 'before-outcome-recorded', countdown: 2, isRefused: true, told: '250', copies: 0, reports: 2 }
] // prettier-ignore

describe(
  'kill -9 loses nothing that was accepted, and doubles only what SMTP cannot tell',
  { concurrency: 2 },
  () => {
    for (const kill of kills) test(kill.when, { timeout: 60_000 }, (t) => survive(t, kill))
  }
)

async function survive(t: TestContext, kill: Kill): Promise<void> {
  const { at, countdown = 1, told, isRefused = false, isLarge = false } = kill
  const sink = await startSink({
    rcpt: (address) => (isRefused && address.startsWith('nobody@') ? '550 5.1.1 unknown' : null)
  })
  t.after(() => sink.close())
  const service = await openService(t, { routes: [routeTo(sink.port)] })
  await service.start({ failpoint: { name: at, countdown } })
  const reply = await service.submit({
    key: 'one',
    to: ['nobody@example.net'],
    sizeBytes: isLarge ? 300_000 : 500
  })
  await service.ended()
  if (told !== null) assert.equal(reply.slice(0, 3), told, 'what the client was told')
  await service.start()
  await service.idle()
  const { copies, reports } = counted(sink)
  assert.deepEqual({ copies, reports }, { copies: kill.copies, reports: kill.reports })
  assert.deepEqual(await readdir(join(service.dataDir, 'spool')), [], 'no body is left behind')
}

function counted({ mails }: SmtpSink): { copies: number; reports: number } {
  const reports = mails.filter(({ from }) => from === '')
  return { copies: mails.length - reports.length, reports: reports.length }
}
