import { startSink, type ReceivedMail, type SinkRules, type SmtpSink } from '../../helpers/smtp-sink.ts'
import type { Mail } from './mails.ts'
import { onClose, type Closing } from './closing.ts'
import { waitFor } from './wait-for.ts'

/** The world: takes every mail on a free port and keeps it. */
export interface Sink {
  readonly port: number
  /** Waits until the mail has come, at least one copy. */
  arrival(mail: Mail, limitMs?: number): Promise<ReceivedMail>
  /** The copies that have come so far. */
  copiesOf(mail: Mail): readonly ReceivedMail[]
}

export async function openSink(t: Closing, rules: SinkRules = {}): Promise<Sink> {
  const sink: SmtpSink = await startSink(rules)
  onClose(t, () => sink.close())
  return { port: sink.port, arrival, copiesOf }

  function copiesOf({ messageId }: Mail): readonly ReceivedMail[] {
    return sink.mails.filter(({ data }) => headOf(data).includes(`<${messageId}>`))
  }

  function arrival(mail: Mail, limitMs?: number): Promise<ReceivedMail> {
    return waitFor(`mail ${mail.messageId} arrives`, () => copiesOf(mail)[0], limitMs)
  }
}

/** The values of a header field, in order, unfolded. */
export function fieldsOf({ data }: ReceivedMail, name: string): readonly string[] {
  const unfolded = headOf(data).replaceAll(/\r?\n[\t ]+/gu, ' ')
  const prefix = `${name.toLowerCase()}:`
  return unfolded
    .split(/\r?\n/u)
    .filter((line) => line.toLowerCase().startsWith(prefix))
    .map((line) => line.slice(prefix.length).trim())
}

function headOf(data: string): string {
  return data.split(/\r?\n\r?\n/u, 1)[0] ?? ''
}
