import type { Concluded } from '../scoring/scoring-ports.ts'
import type { SenderStore } from '../senders/sender-store.ts'
import type { ShadowPlace, ShadowRecord, ShadowRecords } from '../senders/shadow-records.ts'
import { givenVerdict } from './find-verdicts.ts'

type Verdict = ReturnType<typeof givenVerdict>

/** What would have been done with one message of a mail server in shadow mode. */
export interface ShadowVerdict {
  readonly verdictId: string
  readonly queueId: string | null
  /** RFC 3339 UTC. */
  readonly at: string
  readonly sender: string
  readonly judged: Verdict['verdict']
  readonly risk: number
  /** Codes, the heaviest first. */
  readonly reasons: string[]
}

export interface ShadowVerdictsOptions {
  readonly shadow: ShadowRecords
  readonly senders: Pick<SenderStore, 'verdict'>
}

const ofMailServer = 'mta:'

/** Inside the transaction of a verdict: keeps the way from a mail server's queue id to it, in shadow mode. */
export function createRememberShadow({ shadow }: Pick<ShadowVerdictsOptions, 'shadow'>) {
  return function rememberShadow({ submission, record }: Concluded): void {
    const { caller, requestId, shadow: isShadow } = submission
    if (isShadow !== true || !caller.startsWith(ofMailServer)) return
    shadow.note(caller.slice(ofMailServer.length), {
      verdictId: record.id,
      queueId: requestId,
      at: record.at
    })
  }
}

/** What would have been done: oldest first; verdicts whose sender was erased are left out. */
export function createShadowVerdicts({ shadow, senders }: ShadowVerdictsOptions) {
  return function* shadowVerdicts(
    mta: string,
    since: number,
    after: ShadowPlace | null
  ): Generator<ShadowVerdict> {
    for (const record of shadow.of(mta, since, after)) {
      const verdict = senders.verdict(record.verdictId)
      if (verdict !== undefined) yield toShadowVerdict(record, givenVerdict(verdict))
    }
  }
}

function toShadowVerdict({ verdictId, queueId, at }: ShadowRecord, verdict: Verdict): ShadowVerdict {
  const { sender, risk, reasons } = verdict
  return {
    verdictId,
    queueId,
    at: new Date(at).toISOString(),
    sender: sender.id,
    judged: judgedOf(verdict),
    risk,
    reasons: reasons.flatMap(({ code }) => (code === 'SHADOW_MODE' ? [] : [code]))
  }
}

/** The verdict says `allow` in shadow mode; its first reason says what was judged. */
function judgedOf({ verdict, reasons }: Verdict): Verdict['verdict'] {
  const said = reasons.find(({ code }) => code === 'SHADOW_MODE')?.evidence['verdict']
  return said === 'hold' || said === 'block' ? said : verdict
}
