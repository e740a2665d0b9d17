import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { foldObservation } from '../../service/profile/fold-observation.ts'
import { sightingOf } from '../../service/scoring/judging/sighting.ts'
import { createLmdbCampaignMemory } from '../../service/senders/campaigns/lmdb-campaign-memory.ts'
import { createLmdbScoreWindow } from '../../service/senders/score-window/lmdb-score-window.ts'
import { createLmdbSenderStore } from '../../service/senders/lmdb-sender-store.ts'
import { domainOf } from '../../service/senders/priors/store-with-priors.ts'
import { openStorage } from '../../service/storage/lmdb-storage.ts'
import { measure, roundOf, steady } from './measure.ts'
import type { Timed } from './time-models.ts'
import { key, type Sent } from './warmed-senders.ts'

/** What the installation's memories cost a message, on disk but without the commit. */
export async function timeMemories(sent: readonly Sent[]): Promise<readonly Timed[]> {
  const directory = mkdtempSync(join(tmpdir(), 'sluice-bench-memories-'))
  const storage = await openStorage({ directory })
  try {
    const { priors } = createLmdbSenderStore({ storage, key })
    const campaigns = createLmdbCampaignMemory(storage)
    const window = createLmdbScoreWindow(storage)
    const known = sent.map((one) => ({
      ...one,
      sighting: sightingOf({
        ...one,
        cost: { recipients: 1, newRecipients: 0 }
      }),
      after: foldObservation(one.profile, one.observation),
      domain: domainOf(one.sender)
    }))
    // The commit is no part of it: that is measured with the profiles
    const written = (act: (one: (typeof known)[number]) => void) =>
      steady(() => storage.transaction(() => roundOf(known, act)))
    return [
      {
        what: 'priors: note',
        cost: await written(({ profile, after, domain }) => priors.note(profile, after, domain))
      },
      {
        what: 'score window: count',
        cost: await written(({ sender, observation: { receivedAt: at } }) =>
          window.add('bench', { sender, at, logit: -7, isHeld: false })
        )
      },
      { what: 'campaigns: record', cost: await written(({ sighting }) => campaigns.record(sighting, false)) },
      { what: 'campaigns: recall', cost: await measure(known, ({ sighting }) => campaigns.recall(sighting)) }
    ]
  } finally {
    await storage.close()
    rmSync(directory, { recursive: true, force: true })
  }
}
