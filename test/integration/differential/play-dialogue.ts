import { setTimeout as sleep } from 'node:timers/promises'
import { connectSmtp, type SmtpClient } from '../../helpers/smtp-client.ts'
import { unescapeBytes } from '../../helpers/unescape-bytes.ts'
import type { Beginning, Dialogue } from './read-dialogues.ts'

/** What a reply means: its first digit (RFC 5321 section 4.2.1), or that there is none. */
export type ReplyClass = '2' | '3' | '4' | '5' | 'closed' | 'silent' | 'tls'

export interface Answered {
  readonly step: string
  readonly class: ReplyClass
  readonly reply: string
}

/** Begins as the dialogue says, then tells what each step is answered with. */
export async function playDialogue({ begin, steps }: Dialogue, port: number): Promise<readonly Answered[]> {
  const client = await connectSmtp(port)
  try {
    await client.reply()
    await prepare(client, begin)
    const answers: Answered[] = []
    for (const step of steps) answers.push(...(await take(client, step)))
    return answers
  } finally {
    client.close()
  }
}

const preparations: Readonly<Record<Beginning, readonly string[]>> = {
  connect: [],
  ehlo: ['EHLO x'],
  mail: ['EHLO x', 'MAIL FROM:<a@b.test>'],
  rcpt: ['EHLO x', 'MAIL FROM:<a@b.test>', 'RCPT TO:<c@d.test>'],
  data: ['EHLO x', 'MAIL FROM:<a@b.test>', 'RCPT TO:<c@d.test>', 'DATA'],
  tls: ['EHLO x', 'STARTTLS', 'TLS', 'EHLO x']
}

async function prepare(client: SmtpClient, begin: Beginning): Promise<void> {
  for (const line of preparations[begin]) {
    const [answered] = await take(client, line)
    if (answered?.class !== '2' && answered?.class !== '3' && answered?.class !== 'tls')
      throw new Error(`${line}: ${answered?.reply ?? ''}`)
  }
}

async function take(client: SmtpClient, step: string): Promise<Answered[]> {
  if (step === 'TLS') {
    await client.startTls()
    return [{ step, class: 'tls', reply: '' }]
  }
  const [, count = '1', said = ''] = /^(?:\((\d)\))?(.*)$/su.exec(step) ?? []
  client.send(Buffer.from(`${unescapeBytes(said)}\r\n`, 'latin1'))
  const answers: Answered[] = []
  for (let at = 0; at < Number(count); at += 1) answers.push(await answer(client, step))
  return answers
}

/** Nothing that a server says of itself takes longer. */
const patienceMs = 5_000

async function answer(client: SmtpClient, step: string): Promise<Answered> {
  const cancel = new AbortController()
  const late = sleep(patienceMs, null, { signal: cancel.signal }).catch(() => null)
  const reply = await Promise.race([client.reply(), late])
  cancel.abort()
  if (reply === null) return { step, class: 'silent', reply: '' }
  return { step, class: classOf(reply), reply }
}

function classOf(reply: string): ReplyClass {
  const digit = reply[0]
  return digit === '2' || digit === '3' || digit === '4' || digit === '5' ? digit : 'closed'
}
