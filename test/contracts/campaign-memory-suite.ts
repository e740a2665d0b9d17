import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { fingerprintOf } from '../../service/senders/campaigns/body-fingerprint.ts'
import {
  nothingRecalled,
  type CampaignEvidence,
  type CampaignMemory,
  type Sighting
} from '../../service/senders/campaigns/campaign-memory.ts'
import { day, hour, monday9, observation, seeded } from '../profile/observations.ts'

/** A memory to test, and how its writes are made. */
export interface TestedMemory {
  readonly memory: CampaignMemory
  readonly write: <T>(act: () => T) => Promise<T>
}

export type OpenMemory = (t: TestContext) => Promise<TestedMemory>

/** A body of 80 words; with `changed`, so many of them are others. */
export function body(seed: number, changed = 0): string {
  const random = seeded(seed)
  const words = Array.from({ length: 80 }, () => Math.floor(65_536 * random()))
  const other = seeded(seed * 1_000 + changed)
  const varied = words.map((word, place) => (place < changed ? Math.floor(65_536 * other()) : word))
  const fingerprint = fingerprintOf(observation({ style: { words: varied } }))
  assert.ok(fingerprint !== null)
  return fingerprint
}

/** Of a sender `name`, alone in a domain, who writes to strangers. */
export function sighting(name: string, traits: Partial<Sighting> = {}): Sighting {
  return {
    sender: name,
    circle: 0,
    at: monday9,
    fingerprint: body(1),
    toStrangers: true,
    links: [],
    ...traits
  }
}

const link = (use: 'fresh' | 'habitual' | 'unknown') => ({ links: [{ domain: 'offers', use }] })

interface Case {
  readonly says: string
  /** What was seen before, and whether it was stopped. */
  readonly before: readonly (readonly [Sighting, stopped?: boolean])[]
  readonly now?: Partial<Sighting>
  readonly expected: Partial<CampaignEvidence>
}

const colleagues = { circle: 7 }
const three = ['ann', 'bob', 'cy']

const cases: readonly Case[] = [
  { says: 'nothing was seen, nothing is said', before: [], expected: nothingRecalled },
  {
    says: 'the same body from three strangers to strangers counts three',
    before: three.map((name) => [sighting(name)]),
    expected: { sameBodySenders: 3, sameBodyWeight: 3 }
  },
  {
    says: 'a body with one word in eight changed is the same',
    before: [[sighting('ann', { fingerprint: body(1, 5) })], [sighting('bob', { fingerprint: body(1, 10) })]],
    expected: { sameBodySenders: 2, sameBodyWeight: 2 }
  },
  {
    says: 'another text is another text',
    before: three.map((name) => [sighting(name, { fingerprint: body(2) })]),
    expected: { sameBodySenders: 0, sameBodyWeight: 0 }
  },
  {
    says: "the sender's own messages do not count, however many",
    before: [0, 1, 2, 3].map((place) => [sighting('me', { at: monday9 - place * hour })]),
    expected: { sameBodySenders: 0, sameBodyWeight: 0 }
  },
  {
    says: 'what was seen a day ago counts half',
    before: [[sighting('ann', { at: monday9 - day })]],
    expected: { sameBodySenders: 1, sameBodyWeight: 0.5 }
  },
  {
    says: 'after three days it is forgotten',
    before: [[sighting('ann', { at: monday9 - 3 * day - 1 })]],
    expected: { sameBodySenders: 0, sameBodyWeight: 0 }
  },
  {
    says: 'colleagues who send on the same announcement weigh nothing',
    before: three.map((name) => [sighting(name, colleagues)]),
    now: colleagues,
    expected: { sameBodySenders: 3, sameBodyWeight: 0 }
  },
  {
    says: 'the same text to people whom the senders know weighs nothing',
    before: three.map((name) => [sighting(name, { toStrangers: false })]),
    expected: { sameBodySenders: 3, sameBodyWeight: 0 }
  },
  {
    says: 'to known people with a link domain new to each it weighs half',
    before: three.map((name) => [sighting(name, { toStrangers: false, ...link('fresh') })]),
    now: { toStrangers: false, ...link('fresh') },
    expected: { sameBodyWeight: 1.5, linkDomainWeight: 1.5 }
  },
  {
    says: 'the same words with only the link that the sender always shows weigh half',
    before: three.map((name) => [sighting(name)]),
    now: link('habitual'),
    expected: { sameBodyWeight: 1.5 }
  },
  {
    says: 'a template that three senders used a week ago is established',
    before: [
      ...three.map((name) => [sighting(name, { at: monday9 - 8 * day })] as const),
      ...three.map((name) => [sighting(name)] as const)
    ],
    expected: { sameBodySenders: 3, sameBodyWeight: 0 }
  },
  {
    says: 'what the sender sent yesterday too is its own habit',
    before: [[sighting('me', { at: monday9 - day })], ...three.map((name) => [sighting(name)] as const)],
    expected: { sameBodySenders: 3, sameBodyWeight: 0 }
  },
  {
    says: 'what was held counts whoever sent it',
    before: [
      [sighting('ann', colleagues), true],
      [sighting('bob', colleagues), false]
    ],
    now: { ...colleagues, toStrangers: false },
    expected: { sameBodySenders: 2, sameBodyStopped: 1 }
  },
  {
    says: 'a body without enough words is never recognised',
    before: three.map((name) => [sighting(name, { fingerprint: null })]),
    now: { fingerprint: null },
    expected: { sameBodySenders: 0 }
  },
  {
    says: 'a link domain suddenly new to four senders counts the three others',
    before: three.map((name) => [sighting(name, { fingerprint: null, ...link('fresh') })]),
    now: { fingerprint: null, ...link('fresh') },
    expected: { linkDomainFreshSenders: 3, linkDomainWeight: 3 }
  },
  {
    says: 'a link domain that is a habit of two others is not sudden',
    before: [
      ...three.map((name) => [sighting(name, link('fresh'))] as const),
      [sighting('old', link('habitual'))],
      [sighting('older', link('habitual'))]
    ],
    now: link('fresh'),
    expected: { linkDomainWeight: 0 }
  },
  {
    says: 'a link domain in use for two weeks is not sudden',
    before: [
      ...three.map((name) => [sighting(name, { at: monday9 - 15 * day, ...link('unknown') })] as const),
      ...['dee', 'eve'].map((name) => [sighting(name, link('fresh'))] as const)
    ],
    now: link('fresh'),
    expected: { linkDomainWeight: 0 }
  },
  {
    says: 'a link domain that the sender uses says nothing',
    before: three.map((name) => [sighting(name, link('fresh'))]),
    now: link('habitual'),
    expected: { linkDomainWeight: 0 }
  }
]

/** What every CampaignMemory promises. */
export function campaignMemorySuite(name: string, open: OpenMemory): void {
  for (const { says, before, now, expected } of cases) {
    test(`${name}: ${says}`, async (t) => {
      const { memory, write } = await open(t)
      await write(() => {
        for (const [seen, stopped = false] of before) memory.record(seen, stopped)
      })

      assertClose(memory.recall(sighting('me', now)), expected)
    })
  }

  test(`${name}: a body marked bad is known in its variations, for 90 days, and not in a text that shares half`, async (t) => {
    const { memory, write } = await open(t)
    const markOf = (fingerprint: string, at = monday9) =>
      memory.recall(sighting('me', { fingerprint, at })).bodyMark

    await write(() => memory.mark(body(1), 'bad', monday9))

    assert.deepEqual(
      [body(1), body(1, 3), body(1, 40)].map((one) => markOf(one)),
      ['bad', 'bad', 'none']
    )
    assert.equal(markOf(body(1), monday9 + 91 * day), 'none')
    const loosely = memory.recall(sighting('me', { fingerprint: body(1, 15) }))
    assert.deepEqual([loosely.bodyMark, loosely.sameBodyStopped], ['none', 2])
    await write(() => memory.mark(body(1), 'good', monday9))
    assert.equal(markOf(body(1)), 'good')
  })

  test(`${name}: a body marked good says nothing any more, whoever sends it`, async (t) => {
    const { memory, write } = await open(t)
    for (const one of three) await write(() => memory.record(sighting(one), true))

    await write(() => memory.mark(body(1), 'good', monday9))

    assertClose(memory.recall(sighting('me')), { sameBodySenders: 0, sameBodyWeight: 0, sameBodyStopped: 0 })
  })

  test(`${name}: the installation becomes familiar within a week`, async (t) => {
    const { memory, write } = await open(t)
    await write(() => memory.record(sighting('ann'), false))

    const after = [0, 3.5, 7, 70].map((days) => memory.recall(sighting('me', { at: monday9 + days * day })))

    assert.deepEqual(
      after.map(({ familiarity }) => familiarity),
      [0, 0.5, 1, 1]
    )
  })

  test(`${name}: a flood of senders keeps sixteen, the first four among them`, async (t) => {
    const { memory, write } = await open(t)
    await write(() => {
      for (let place = 0; place < 200; place += 1)
        memory.record(sighting(`s${place}`, { at: monday9 + place }), false)
    })

    const { sameBodySenders, sameBodyWeight } = memory.recall(sighting('me', { at: monday9 + 200 }))

    assert.equal(sameBodySenders, 16)
    assert.ok(Math.abs(sameBodyWeight - 16) < 0.01)
    assert.equal(memory.recall(sighting('s0', { at: monday9 + 200 })).sameBodySenders, 15)
  })

  test(`${name}: a sender who is forgotten is in no entry any more`, async (t) => {
    const { memory, write } = await open(t)
    for (const one of three) await write(() => memory.record(sighting(one, link('fresh')), false))

    let from: number | null = 0
    while (from !== null) {
      const start: number = from
      from = await write(() => memory.forget('bob', start))
    }

    assertClose(memory.recall(sighting('me', link('fresh'))), {
      sameBodySenders: 2,
      linkDomainFreshSenders: 2
    })
  })
}

function assertClose(found: CampaignEvidence, expected: Partial<CampaignEvidence>): void {
  const rounded = Object.entries({ ...found }).map(([key, value]) => [
    key,
    typeof value === 'number' ? Math.round(value * 1e6) / 1e6 : value
  ])
  assert.deepEqual({ ...Object.fromEntries(rounded), ...expected }, Object.fromEntries(rounded))
}
