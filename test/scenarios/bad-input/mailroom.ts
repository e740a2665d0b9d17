import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after } from 'node:test'
import type { SyntheticSubmission } from '../../../datasets/synthetic-mail/mail.ts'
import { configSchema } from '../../../service/config/config-schema.ts'
import type { Submission } from '../../../service/message/submission.ts'
import { loadModels } from '../../../service/models/shelf/load-models.ts'
import type { TakeoverModel } from '../../../service/models/model-ports.ts'
import { showsOwnHabit } from '../../../service/scoring/learn.ts'
import { openNetworkLookup } from '../../../service/scoring/networks/network-lookup.ts'
import { observeInProcess } from '../../../service/scoring/observing/observe-in-process.ts'
import type { ObserveOutcome } from '../../../service/scoring/scoring-ports.ts'
import { silentLogger } from '../../../service/telemetry/logger.ts'
import type { Limits } from '../../../service/verdict/limits.ts'
import type { Verdict } from '../../../service/verdict/verdict.ts'
import { address, inProcess, key, openHouse, verdictOf } from '../../scoring/house.ts'
import { assertNoFeatureDominates, assertWellFormed } from './well-formed.ts'

/** What every release ships: models, the table of networks, policy and limits. Opened once for a file of tests. */
const directory = await mkdtemp(join(tmpdir(), 'sluice-bad-input-'))
const shipped = await loadModels({ directory, backend: 'wasm', log: silentLogger })
const networks = await openNetworkLookup({ file: join(directory, 'networks.bin'), log: silentLogger })
await networks.ready()
const { policy, limits: defaultLimits } = configSchema.parse({})
after(async () => {
  shipped.close()
  await networks.close()
  await rm(directory, { recursive: true, force: true })
})

export interface Mailroom {
  /** Scores and learns, as the service would. What is held of honest mail an operator releases, and that teaches too. */
  readonly send: (mail: SyntheticSubmission) => Promise<Verdict>
  /** Shows its envelope alone; it teaches if it is allowed. */
  readonly sendEnvelope: (mail: SyntheticSubmission) => Promise<Verdict>
  /** Scores it with every reason and changes nothing; proves that the verdict is well formed and that nothing in it dominates. */
  readonly probe: (mail: SyntheticSubmission) => Promise<Verdict>
}

/** The service's own story with what it ships, over a store in memory, at the mail's own time. */
export function openMailroom(limits: Partial<Limits> = {}): Mailroom {
  const { takeover, lastRow } = watched(shipped.scoring.takeover)
  let now = 0
  const { score, senders } = openHouse({
    models: { ...shipped.scoring, takeover },
    background: shipped.background,
    observer: { ...inProcess, observe },
    policy,
    limits: { ...defaultLimits, ...limits },
    clock: () => now
  })
  const judge = async (submission: Submission): Promise<Verdict> => {
    now = submission.receivedAt
    return verdictOf(await score(submission))
  }
  return {
    send: async (mail) => {
      const submission = toSubmission(mail)
      const verdict = await judge(submission)
      const seen = verdict.verdict === 'hold' ? await observe(submission) : null
      if (seen?.kind === 'observed' && showsOwnHabit(seen.observation))
        senders.learn(senders.keyOf(mail.sender), mail.id, seen.observation, { confirmed: true })
      return verdict
    },
    sendEnvelope: (mail) => judge({ ...toSubmission(mail), shows: 'envelope' }),
    probe: async (mail) => {
      const verdict = await judge({ ...toSubmission(mail), learn: 'never', explain: true })
      assertWellFormed(verdict)
      await assertNoFeatureDominates(takeover, lastRow())
      return verdict
    }
  }
}

function observe(submission: Submission): Promise<ObserveOutcome> {
  return observeInProcess({ ...submission, network: networks.originOf(submission.client.ip) }, key)
}

/** The same model; it remembers the features that it was asked about. */
function watched(model: TakeoverModel | null) {
  assert.ok(model !== null, 'the bundled takeover model does not load')
  let row = model.neutralRow
  const takeover: TakeoverModel = {
    ...model,
    predictCoalitions: (...asked) => {
      row = asked[0]
      return model.predictCoalitions?.(...asked) ?? assert.fail('the bundled model explains itself')
    }
  }
  return { takeover, lastRow: () => row }
}

function toSubmission({ id, receivedAt, sender, client, envelope, raw }: SyntheticSubmission): Submission {
  return {
    id,
    requestId: null,
    caller: 'tok_1',
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
