import assert from 'node:assert/strict'
import { readFile, truncate, unlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { before, describe, test } from 'node:test'
import { open } from 'lmdb'
import { startSink, type SmtpSink } from '../../helpers/smtp-sink.ts'
import { waitFor } from '../harness/wait-for.ts'
import { closingAfter, openService, routeTo, type DurableService } from './open-service.ts'

interface Damage {
  readonly what: string
  readonly sizeBytes: number
  /** To the message of this id, while nothing runs. */
  readonly act: (dataDir: string, id: string) => Promise<unknown>
  /** What becomes of it: its sender gets a report, or it stays where it is for an operator. */
  readonly end: 'reported' | 'set-aside'
  /** The log tells of it by this event. */
  readonly event: string
}

const large = 300_000
const small = 500

const damages: readonly Damage[] = [
  {
    what: 'a body file that is cut short',
    sizeBytes: large,
    act: (dataDir, id) => truncate(join(dataDir, 'spool', id), 100_000),
    end: 'reported',
    event: 'delivery.body_missing'
  },
  {
    what: 'a body file that is gone',
    sizeBytes: large,
    act: (dataDir, id) => unlink(join(dataDir, 'spool', id)),
    end: 'reported',
    event: 'delivery.body_missing'
  },
  {
    what: 'a body file with a flipped byte',
    sizeBytes: large,
    async act(dataDir, id) {
      const file = join(dataDir, 'spool', id)
      await writeFile(file, flipped(await readFile(file), 1_000))
    },
    end: 'reported',
    event: 'delivery.body_missing'
  },
  {
    what: 'a small body with a flipped byte in the store',
    sizeBytes: small,
    act: (dataDir, id) => change(dataDir, 'queue.bodies', id, (value) => flipped(value, 200)),
    end: 'reported',
    event: 'delivery.body_missing'
  },
  {
    what: 'a record that cannot be read',
    sizeBytes: small,
    act: (dataDir, id) =>
      change(dataDir, 'queue.messages', id, (value) => value.subarray(0, value.length / 2)),
    end: 'set-aside',
    event: 'queue.record_unreadable'
  }
]

describe('what is damaged on disk is told of and set aside, and everything else goes on', () => {
  const closing = closingAfter()
  let service: DurableService
  let sink: SmtpSink
  let isOpen = false
  const ids = new Map<string, string>()

  before(async () => {
    sink = await startSink({ greeting: () => (isOpen ? '220 sink' : '421 4.3.2 later') })
    closing.after(() => sink.close())
    service = await openService(closing, { routes: [routeTo(sink.port)], delivery: { firstRetryDelayMs: 1 } })
    await service.start()
    for (const { what, sizeBytes } of damages)
      ids.set(
        what,
        await service.accept({ key: what, to: ['one@example.net'], from: senderOf(what), sizeBytes })
      )
    for (const sizeBytes of [small, large])
      await service.accept({ key: `whole-${sizeBytes}`, to: ['one@example.net'], sizeBytes })
    await service.kill()
    for (const { what, act } of damages) await act(service.dataDir, ids.get(what) ?? '')
    isOpen = true
    await service.start()
    await waitFor('what is whole arrives', () =>
      [small, large].every((size) => copies(`whole-${size}`) === 1)
    )
  })

  for (const { what, end, event } of damages)
    test(`${what}: ${end}`, async () => {
      if (end === 'reported') await waitFor('its sender is told', () => reportsTo(senderOf(what)) === 1)
      assert.equal(copies(what), 0, 'nothing damaged leaves')
      assert.ok(
        service.warnings().split('\n').some((line) => line.includes(event) && line.includes(ids.get(what) ?? '')),
        `${event} in ${service.warnings()}`
      )
    }) // prettier-ignore

  test('new mail is taken and delivered as ever', async () => {
    await service.accept({ key: 'later', to: ['one@example.net'] })
    await waitFor('it arrives', () => copies('later') === 1)
  })

  const copies = (key: string): number =>
    sink.mails.filter(({ from, data }) => from !== '' && data.includes(`X-Key: ${key}\r\n`)).length
  const reportsTo = (sender: string): number =>
    sink.mails.filter(({ from, to }) => from === '' && to.includes(sender)).length
})

const senderOf = (what: string): string => `${what.replaceAll(' ', '-')}@example.org`

function flipped(bytes: Buffer, at: number): Buffer {
  const changed = Buffer.from(bytes)
  changed[at] = (changed[at] ?? 0) ^ 0x08
  return changed
}

/** Changes a value behind the back of the store. */
async function change(
  dataDir: string,
  table: string,
  key: string,
  act: (value: Buffer) => Buffer
): Promise<void> {
  const root = open({ path: join(dataDir, 'state'), noSubdir: false, maxDbs: 64 })
  const values = root.openDB<Buffer, string>({ name: table, encoding: 'binary' })
  const value = values.get(key)
  if (value === undefined) throw new Error(`${table} has no ${key}`)
  await values.put(key, act(value))
  await root.close()
}
