import type { ShareDone } from '../progress.ts'
import type { Answer, Asked, Carry, JobKind } from './jobs.ts'

/** Loaded when first asked for. */
const carriers: { readonly [Kind in JobKind]: () => Promise<Carry<Kind>> } = {
  'takeover network': async () => (await import('../takeover/fit-takeover-part.ts')).fitNetworkPart,
  'takeover forest': async () => (await import('../takeover/fit-takeover-part.ts')).fitForestPart,
  'content network': async () => (await import('../content/fit-content-part.ts')).fitContentPart,
  'content half': async () => (await import('../takeover/corpus/fit-half.ts')).fitHalf,
  'observe labelled': async () => (await import('../content/observe-labelled.ts')).observeLabelled
}

/** One job, in this thread. The same job has the same answer in every thread. */
export async function carryOut<Kind extends JobKind>(
  kind: Kind,
  asked: Asked<Kind>,
  progress: ShareDone
): Promise<Answer<Kind>> {
  const carry: Carry<Kind> = await carriers[kind]()
  return carry(asked, progress)
}
