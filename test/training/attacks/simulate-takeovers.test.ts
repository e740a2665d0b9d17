import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readBacktestLine, type BacktestLine } from '../../../service/contracts/backtest-line.ts'
import { attackFamilies, knowledges, labelOf } from '../../../training/attacks/attack-cell.ts'
import { createBadTexts } from '../../../training/attacks/bad-texts.ts'
import { simulateClientChanges } from '../../../training/attacks/client-change.ts'
import { patienceMs, simulatePatience, simulateRuns } from '../../../training/attacks/intruder-runs.ts'
import { toJsonLine } from '../../../training/attacks/line-json.ts'
import { castHistories, simulateTakeovers } from '../../../training/attacks/simulate-takeovers.ts'
import { observeMail } from '../../../training/observe-mail.ts'
import { inventedHistories } from './invented-histories.ts'

async function collect(lines: AsyncIterable<BacktestLine>): Promise<BacktestLine[]> {
  const all: BacktestLine[] = []
  for await (const line of lines) all.push(line)
  return all
}

const histories = inventedHistories(8, 20)
const cast = castHistories(histories, 1)
const options = { seed: 1, attacksPerSender: 28, warmUp: 8 }
const texts = () => createBadTexts({ seed: 'test' })
const play = () => collect(simulateTakeovers(cast, { ...options, texts: texts() }))
const played = await play()
const probes = played.filter(({ role }) => role === 'probe')

const textOf = ({ raw }: BacktestLine): string => Buffer.from(raw).toString('latin1')
const field = (line: BacktestLine, name: string): string =>
  new RegExp(`^${name}:((?:[^\\r\\n]|\\r\\n[ \\t])*)`, 'imu').exec(textOf(line))?.[1]?.trim() ?? ''
const observe = (line: BacktestLine) =>
  observeMail(textOf(line), { ...line, recipients: [...line.recipients] })

/** Each probe with the honest message that it comes before. */
const pairs = probes.map((probe) => {
  const at = played.indexOf(probe)
  const next = played.slice(at).find(({ role, sender }) => role === 'observe' && sender === probe.sender)
  assert.ok(next)
  return { probe, next }
})

test('the same histories and seed give the same bytes', async () => {
  assert.deepEqual(await play(), played)
})

test('honest mail stands as it was, in order of time, without the senders that lend theirs', () => {
  const honest = played.filter(({ role }) => role === 'observe')
  assert.deepEqual(new Set(honest), new Set(cast.victims.flat()))
  assert.ok(honest.every((line, at) => line.receivedAt >= (honest[at - 1]?.receivedAt ?? 0)))
  assert.ok(cast.donors.length > 0)
})

test('every family is sent with every knowledge of headers, each before the honest message that it names', () => {
  const made = new Set(probes.map(({ label }) => label))
  const missing = attackFamilies.flatMap((family) => knowledges.map((knowledge) => labelOf({ family, knowledge }))).filter((label) => !made.has(label)) // prettier-ignore
  assert.deepEqual(missing, [])
  for (const { probe, next } of pairs) {
    assert.ok(probe.id.endsWith(` before ${next.id}`))
    assert.ok(probe.receivedAt <= next.receivedAt && probe.recipients.length > 0)
  }
})

test('lines can be written as JSON and read again as they were', () => {
  for (const line of played.slice(0, 60)) {
    assert.deepEqual(readBacktestLine(JSON.stringify(toJsonLine(line))), { kind: 'line', line, faults: [] })
  }
})

test('who knows everything copies program, moment, network and name of the next message, in another text', async () => {
  for (const { probe, next } of pairs.filter(({ probe: { label } }) => label === 'A6/M2').slice(0, 20)) {
    const [copy, model] = [await observe(probe), await observe(next)]
    assert.ok(copy && model)
    for (const name of [
      'headerOrder',
      'headerSpelling',
      'clientFull',
      'messageIdShape',
      'messageIdDomain',
      'mimeShape',
      'charset',
      'transferEncoding',
      'zone',
      'network24',
      'heloShape',
      'fromName',
      'fromAddress'
    ] as const)
      // prettier-ignore
      assert.equal(copy.attributes[name], model.attributes[name], `${name} of ${probe.id}`)
    assert.deepEqual([copy.hour, copy.weekday, copy.thread.parents.length], [model.hour, model.weekday, model.thread.parents.length]) // prettier-ignore
    assert.notEqual(copy.thread.messageId, model.thread.messageId)
  }
})

test('who knows the program only comes from another network, and who knows nothing writes in a program of his own', async () => {
  for (const { probe, next } of pairs) {
    if (probe.label?.endsWith('/M2') !== false) continue
    assert.notEqual(probe.client.ip, next.client.ip)
    const [copy, model] = [await observe(probe), await observe(next)]
    assert.ok(copy && model)
    assert.equal(copy.attributes.fromAddress, model.attributes.fromAddress)
    if (probe.label.endsWith('/M1')) assert.equal(copy.attributes.headerSpelling.length > 0, true)
  }
  const foreign = pairs.filter(({ probe: { label } }) => label?.endsWith('/M0'))
  const asBefore = foreign.filter(({ probe, next }) => field(probe, 'message-id').length === field(next, 'message-id').length) // prettier-ignore
  assert.ok(asBefore.length < foreign.length / 2)
})

test('a genuine message with a bad line is that message, and an answer in a thread answers it', () => {
  for (const { probe, next } of pairs) {
    if (probe.label === 'A4L/M2') {
      assert.equal(field(probe, 'subject'), field(next, 'subject'))
      assert.deepEqual(probe.recipients, next.recipients)
      assert.ok(probe.raw.length > next.raw.length)
    }
    if (probe.label?.startsWith('A4/') === true) assert.notEqual(field(probe, 'in-reply-to'), '')
    if (probe.label?.startsWith('A3/') === true) assert.equal(probe.recipients.length, 1)
    if (probe.label?.startsWith('A1/') === true) assert.ok(probe.recipients.length >= 10)
  }
})

test('a run is ten messages of one machine that may teach, and the sender falls silent after it', async () => {
  const cell = { family: 'A3', knowledge: 'M1' } as const
  const lines = await collect(simulateRuns(cast, { seed: 2, texts: texts(), warmUp: 8, cell }))
  for (const [sender, own] of Map.groupBy(lines, (line) => line.sender)) {
    const run = own.filter(({ label }) => label !== null)
    assert.deepEqual(run.map(({ label }) => label), Array.from({ length: 10 }, (_, at) => `run/A3/M1/${at + 1}`), sender) // prettier-ignore
    assert.equal(new Set(run.map(({ client }) => client.ip)).size, 1)
    assert.ok(run.every(({ role }) => role === 'observe'))
    assert.deepEqual(own.slice(-10), run)
  }
})

test('a patient intruder shows ten harmless messages, waits three days, and is then probed', async () => {
  const cell = { family: 'A3', knowledge: 'M1' } as const
  const lines = await collect(simulatePatience(cast, { seed: 2, texts: texts(), warmUp: 8, cell }))
  for (const own of Map.groupBy(lines, (line) => line.sender).values()) {
    const shown = own.filter(({ label }) => label === 'patience/harmless')
    const bad = own.at(-1)
    assert.deepEqual([bad?.label, bad?.role, shown.length], ['patience/A3/M1', 'probe', 10])
    assert.ok((bad?.receivedAt ?? 0) - (shown.at(-1)?.receivedAt ?? 0) >= patienceMs)
    assert.equal(bad?.client.ip, shown[0]?.client.ip)
  }
})

test('an honest change of machine keeps people, words and sender, and is labelled honest', async () => {
  const lines = await collect(simulateClientChanges(cast, { seed: 2, warmUp: 8 }))
  const changed = lines.filter(({ label }) => label !== null)
  assert.ok(changed.length > 10)
  for (const line of changed) {
    const before = histories.flat().find(({ id }) => id === line.id)
    assert.ok(before)
    assert.match(line.label ?? '', /^honest\/client-change\//u)
    assert.notEqual(line.client.ip, before.client.ip)
    const [own, model] = [await observe(line), await observe(before)]
    assert.ok(own && model)
    assert.deepEqual([own.attributes.fromAddress, own.recipients, own.thread.parents, own.hour], [model.attributes.fromAddress, model.recipients, model.thread.parents, model.hour]) // prettier-ignore
  }
})
