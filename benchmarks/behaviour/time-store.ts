import { mkdtempSync, rmSync, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { foldObservation } from '../../service/profile/fold-observation.ts'
import { packProfile, type PackedProfile } from '../../service/profile/pack-profile.ts'
import { emptyProfile } from '../../service/profile/profile.ts'
import { createLmdbSenderStore } from '../../service/senders/lmdb-sender-store.ts'
import type { SenderKey, SenderStore } from '../../service/senders/sender-store.ts'
import { openStorage } from '../../service/storage/lmdb-storage.ts'
import type { Storage, Table } from '../../service/storage/storage.ts'
import { costOf, cpuMsSince, medianCost, type Cost } from './measure.ts'
import { key, messagesOf, warmedTo, type Sent } from './warmed-senders.ts'

export interface StoreCost {
  readonly senders: number
  /** Wall time of reading, folding and writing; processor time of that and of the commits. */
  readonly cost: Cost
  readonly fillSeconds: number
}

/** Senders with a warm profile, of whom all is measured. */
const warmSenders = 2_048
/** Messages that commit together, as they do under load. */
const group = 16
const rounds = 6
const putsPerTransaction = 10_000
const fillerBytes = 9_000

interface Bench {
  readonly storage: Storage
  readonly store: SenderStore
  readonly profiles: Table<PackedProfile & { readonly last: number }>
  readonly sent: readonly Sent[]
}

/**
 * What a message's profile costs beside ever more senders. Some 2,000 have warm profiles and are measured; between them stand senders of
 * one message. Both lie on pages of their own, so that the tree is as deep and wide as with warm senders only, without their 30 GB.
 */
export async function timeStore(
  sizes: readonly number[],
  sent: readonly Sent[]
): Promise<readonly StoreCost[]> {
  const directory = mkdtempSync(join(tmpdir(), 'sluice-bench-store-'))
  const storage = await openStorage({ directory })
  try {
    const store = createLmdbSenderStore({ storage, key })
    const bench = { storage, store, profiles: storage.table('senders.profiles'), sent } satisfies Bench
    await putAll(bench, warmKeys(bench), (index) => checkpoint(sentBy(bench, index).profile, warmedTo))
    const costs: StoreCost[] = []
    let filled = 0
    for (const size of sizes) {
      if (!hasRoom(directory, size - filled)) {
        console.log(`${size} senders are left out: the disk has too little room`)
        break
      }
      const startedAt = performance.now()
      await fill(bench, filled, size)
      filled = size
      const fillSeconds = (performance.now() - startedAt) / 1_000
      costs.push({ senders: size, cost: await timeLearning(bench), fillSeconds })
    }
    return costs
  } finally {
    await storage.close()
    rmSync(directory, { recursive: true, force: true })
  }
}

/** Twice of what it takes: others need the disk too. */
function hasRoom(directory: string, senders: number): boolean {
  const { bavail, bsize } = statfsSync(directory)
  return bavail * bsize > 2 * senders * fillerBytes
}

async function fill(bench: Bench, from: number, to: number): Promise<void> {
  const { store, sent } = bench
  const [first] = sent
  if (first === undefined) return
  const few = checkpoint(foldObservation(emptyProfile(), first.observation), 1)
  const count = Math.max(0, to - Math.max(from, warmSenders))
  const names = Array.from({ length: count }, (_, index) => store.keyOf(`few${from + index}@example.org`))
  // In order, a tree is filled several times as fast
  await putAll(bench, names.toSorted(), () => few)
}

function checkpoint(profile: Sent['profile'], last: number): PackedProfile & { readonly last: number } {
  return { ...packProfile(profile), last }
}

async function putAll(
  { storage, profiles }: Bench,
  senders: readonly SenderKey[],
  profileOf: (index: number) => PackedProfile & { readonly last: number }
): Promise<void> {
  for (let start = 0; start < senders.length; start += putsPerTransaction) {
    await storage.transaction(() => {
      for (const [index, sender] of senders.slice(start, start + putsPerTransaction).entries())
        profiles.put(sender, profileOf(start + index))
    })
  }
}

function warmKeys({ store }: Bench): readonly SenderKey[] {
  return Array.from({ length: warmSenders }, (_, index) => store.keyOf(`warm${index}@example.org`))
}

/** The person whose habits a warm sender has, with one of the person's messages. */
function sentBy({ sent }: Bench, index: number, round = 0): Sent {
  const person = Math.floor((index % sent.length) / messagesOf) * messagesOf
  const one = sent[Math.min(sent.length - 1, person + ((index + round) % messagesOf))]
  if (one === undefined) throw new Error('Nothing was sent')
  return one
}

/** Each round gives every warm sender one message more; the first round only warms up. */
async function timeLearning(bench: Bench): Promise<Cost> {
  const senders = warmKeys(bench)
  const costs: Cost[] = []
  for (let round = 0; round <= rounds; round += 1) {
    const wall = new Float64Array(senders.length)
    const cpuBefore = process.cpuUsage()
    for (let start = 0; start < senders.length; start += group)
      await learnGroup(bench, senders.slice(start, start + group), start, round, wall)
    costs.push(costOf(wall, cpuMsSince(cpuBefore)))
  }
  return medianCost(costs.slice(1))
}

/** As scoring does: the profile is read when a message comes, and written with the group that commits together. */
async function learnGroup(
  bench: Bench,
  senders: readonly SenderKey[],
  start: number,
  round: number,
  wall: Float64Array
): Promise<void> {
  const { storage, store } = bench
  const timed = (index: number, act: () => unknown): void => {
    const startedAt = performance.now()
    act()
    wall[index] = (wall[index] ?? 0) + performance.now() - startedAt
  }
  const commits = senders.map((sender, place) => {
    const index = start + place
    const { observation } = sentBy(bench, index, round)
    timed(index, () => store.snapshot(sender, observation.receivedAt))
    return storage.transaction(() =>
      timed(index, () => store.learn(sender, `${round}-${index}`, observation))
    )
  })
  await Promise.all(commits)
}
