import { createChance, type Chance } from '../../datasets/synthetic-mail/chance.ts'
import type { BacktestLine } from '../../service/contracts/backtest-line.ts'
import { fillTemplate } from './writer/fill-template.ts'
import { htmlLike } from './writer/html-like.ts'
import { layOutLike } from './writer/lay-out-text.ts'
import { zoneOf, readableText } from './writer/mail-template.ts'
import {
  inOrderOfTime,
  readSome,
  type Cast,
  type History,
  type SimulateOptions
} from './simulate-takeovers.ts'
import { isAnswer, parentsOf, readMail, recipientsOf, senderOf, subjectOf, type ReadMail } from './victim.ts'

/** What the lender of the program wrote about himself. */
const personal = new Set([
  'reply-to',
  'organization',
  'autocrypt',
  'openpgp',
  'mail-followup-to',
  'sender',
  'x-sender'
])
/** Messages after the change that are numbered one by one. */
const numbered = 20

/**
 * Honest histories in which every sender gets a new machine somewhere in the second half: from there on the same letters come from another program and
 * network. Labels: `honest/client-change/1` to `/20`, then `honest/client-change/later`: they must not be held for long.
 */
export async function* simulateClientChanges(
  { victims, donors }: Cast,
  { seed, warmUp }: Pick<SimulateOptions, 'seed' | 'warmUp'>
): AsyncGenerator<BacktestLine> {
  const lent = donors.map(readSome).filter((mail) => mail.some(({ line }) => line.client.ip !== null))
  const histories = victims.map((history) => changed(history, lent, warmUp, createChance(`change ${seed} ${history[0]?.sender ?? ''}`)))
  const next = histories.map((history) => history.values())
  for (const at of inOrderOfTime(histories)) {
    const line = next[at]?.next()
    if (line?.done === false) yield line.value
  }
} // prettier-ignore

function changed(
  history: History,
  lent: readonly (readonly ReadMail[])[],
  warmUp: number,
  chance: Chance
): History {
  const first = Math.max(warmUp, Math.floor(history.length / 2))
  if (history.length <= first || lent.length === 0) return history
  const from = chance.int(first, history.length - 1)
  const machine = chance.pick(lent)
  const { client } = chance.pick(machine.filter(({ line }) => line.client.ip !== null)).line
  let sent = 0
  return history.map((line, at) => {
    const rewritten = at < from ? null : rewrite(line, machine, client, chance)
    if (rewritten === null) return line
    sent += 1
    return { ...rewritten, label: `honest/client-change/${sent > numbered ? 'later' : sent}` }
  })
}

/** The same letter from that machine; null where its program can't write it. */
function rewrite(
  line: BacktestLine,
  machine: readonly ReadMail[],
  client: BacktestLine['client'],
  chance: Chance
): BacktestLine | null {
  const own = readMail(line)
  const text = own === null ? '' : readableText(own.template)
  if (own === null || text.trim() === '') return null
  const alike = machine.filter((mail) => isAnswer(mail) === isAnswer(own))
  const raw = inProgram(own, text, chance.pick(alike.length > 0 ? alike : machine), chance)
  const shown = line.client.ip === null ? line.client : client
  return raw === null ? null : { ...line, client: shown, raw: Buffer.from(raw, 'latin1') }
}

function inProgram(own: ReadMail, text: string, lent: ReadMail, chance: Chance): string | null {
  const { plain, html } = lent.template
  const from = senderOf(own)
  return fillTemplate(lent.template, {
    ...(plain !== null && { plain: layOutLike(text, plain) }),
    ...(html !== null && { html: htmlLike(html.text, text) }),
    subject: subjectOf(own),
    recipients: recipientsOf(own).map((one) => one.text),
    parents: parentsOf(own),
    from: from.text,
    account: { old: senderOf(lent).address, own: from.address },
    without: personal,
    date: { at: own.line.receivedAt, zoneMinutes: zoneOf(own.template) },
    random: () => chance.number()
  })
}
