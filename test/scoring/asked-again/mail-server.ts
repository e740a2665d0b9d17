import type { Submission } from '../../../service/message/submission.ts'
import type { Concluded } from '../../../service/scoring/scoring-ports.ts'
import type { Verdict } from '../../../service/verdict/verdict.ts'
import {
  message,
  openHouse,
  start,
  submission,
  verdictOf,
  type Draft,
  type House,
  type HouseOptions
} from '../house.ts'

export interface MailServer extends House {
  /** Asks about the message `4Xk2` of alice, unless the draft says otherwise. */
  readonly ask: (draft?: Draft) => Promise<Verdict>
  /** The same with its envelope alone. */
  readonly askEnvelope: (draft?: Draft) => Promise<Verdict>
  readonly state: () => { readonly learned: number; readonly messages: number; readonly recipients: number }
  readonly concluded: readonly Concluded[]
  passTime(ms: number): void
}

/** The bytes of one message, whoever they are for. */
export const bytes = message({ to: ['team@example.net'] })

/** A trusted mail server that names its messages by queue ids. */
export function openMailServer(more: HouseOptions = {}): MailServer {
  const concluded: Concluded[] = []
  let now = start
  const house = openHouse({ clock: () => now, onConcluded: (one) => void concluded.push(one), ...more })
  const { score, senders } = house
  const ask = async (draft: Draft = {}): Promise<Verdict> =>
    verdictOf(await score(questionAbout({ receivedAt: now, ...draft })))
  return {
    ...house,
    ask,
    askEnvelope: (draft) => ask({ raw: new Uint8Array(), shows: 'envelope', ...draft }),
    state() {
      const { profile, usage } = senders.snapshot(senders.keyOf('alice@example.org'), now)
      const { messagesLastDay: messages, recipientsLastDay: recipients } = usage
      return { learned: profile.messagesSeen, messages, recipients }
    },
    concluded,
    passTime: (ms) => void (now += ms)
  }
}

export function questionAbout(draft: Draft): Submission {
  const { text, ...rest } = draft
  const raw = text === undefined ? bytes : message({ to: ['team@example.net'], text })
  return submission({ requestId: '4Xk2', requestKind: 'queue', caller: 'mta:mx1', raw, ...rest })
}

/** A history of ordinary mail to bob. */
export async function teach({ score }: House, messages = 8): Promise<void> {
  for (let count = 0; count < messages; count += 1)
    await score(submission({ receivedAt: start - (messages - count) * 3_600_000 }))
}

export const strangers = Array.from({ length: 9 }, (_, index) => `stranger${index}@example.com`)
