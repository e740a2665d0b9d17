// The pipeline with scoring left out: the product's door, queue and delivery, in a process of their own. The product has no such
// switch; this is what they cost by themselves. Prints its port; ends by SIGTERM.
import { v7 as newId } from 'uuid'
import type { ScoreSubmission } from '../../service/scoring/scoring-ports.ts'
import type { Storage } from '../../service/storage/storage.ts'
import { verdictOf } from '../../test/helpers/fixed-score.ts'
import { openPipeline, routeTo } from '../../test/helpers/open-pipeline.ts'

const ends: (() => unknown)[] = []
const pipeline = await openPipeline(
  { after: (end: () => unknown) => void ends.push(end) },
  {
    smtp: { maxConnections: 500 },
    bounds: { maxPerAddress: 1_000, maxPerNetwork: 1_000 },
    routes: [routeTo(Number(process.argv[2]))],
    score: allowEverything,
    newId
  }
)
process.once('SIGTERM', () => void close())
process.stdout.write(`${pipeline.ports.relay}\n`)

async function close(): Promise<void> {
  for (const end of ends) await end()
  process.exit(0)
}

/** Commits what the door keeps, as the real scorer does. */
function allowEverything(storage: Storage): ScoreSubmission {
  return async ({ envelope }, alongside) => {
    const verdict = { ...verdictOf('allow', envelope.mailFrom ?? ''), id: newId() }
    const kept = await storage.transaction(() => alongside?.({ verdict, headline: null }))
    return { kind: 'scored', verdict: { ...verdict, ...(kept ?? { holdId: null }) }, headline: null }
  }
}
