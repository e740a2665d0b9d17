import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import '../../helpers/fixed-chance.ts'
import { start } from '../house.ts'
import { openMailServer, questionAbout, type MailServer } from './mail-server.ts'

/** One question of a mail server: about which message, for whom, with or without its content. */
interface Asked {
  readonly queueId: keyof typeof texts
  readonly to: readonly number[]
  readonly shows: 'whole' | 'envelope'
  /** Without waiting for the answer to the one before. */
  readonly atOnce: boolean
}

const asked: fc.Arbitrary<Asked> = fc.record({
  queueId: fc.constantFrom('A1', 'B2', 'C3'),
  to: fc.uniqueArray(fc.nat({ max: 6 }), { minLength: 1, maxLength: 4 }),
  shows: fc.constantFrom('whole', 'envelope'),
  atOnce: fc.boolean()
})

const texts = {
  A1: 'The first message, about the garden and its many apple trees in autumn.',
  B2: 'Another one, with the figures of last month and a word on the budget.',
  C3: 'A third one: shall we meet on Thursday at the station, as we did before?'
} as const

async function askAll(server: MailServer, questions: readonly Asked[]) {
  const answers: ReturnType<MailServer['score']>[] = []
  for (const { queueId, to, shows, atOnce } of questions) {
    const text = texts[queueId]
    const draft = {
      requestId: queueId,
      to: to.map((one) => `r${one}@example.net`),
      ...(shows === 'whole' ? { text } : { shows, raw: new Uint8Array() })
    }
    const answer = server.score(questionAbout(draft))
    answers.push(answer)
    if (!atOnce) await answer
  }
  return await Promise.all(answers)
}

/** Judges nothing to be bad: who is charged and learned is all that is looked at. */
const calm = { content: null, takeover: null }

test('however a message is asked about, its people are charged once, it once, and it is learned once', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(asked, { minLength: 1, maxLength: 12 }), async (questions) => {
      const server = openMailServer({ models: calm })

      const outcomes = await askAll(server, questions)

      const messages = Map.groupBy(questions, ({ queueId }) => queueId)
      const people = [...messages.values()].map((asks) => new Set(asks.flatMap(({ to }) => to)).size)
      assert.deepEqual(server.state(), {
        learned: messages.size,
        messages: messages.size,
        recipients: people.reduce((sum, one) => sum + one, 0)
      })
      const ids = new Set(outcomes.map((outcome) => outcome.kind === 'scored' && outcome.verdict.id))
      assert.equal(ids.size, messages.size)
    }),
    { numRuns: 30 }
  )
})

test('what is learned is what one question that shows everything would have taught', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(asked, { minLength: 1, maxLength: 8 }), async (questions) => {
      const server = openMailServer({ models: calm })
      await askAll(server, questions)
      const sender = server.senders.keyOf('alice@example.org')
      const entries = [...server.senders.journal(sender)]

      const messages = [...Map.groupBy(questions, ({ queueId }) => queueId).values()]
      const isWhole = messages.map((asks) => asks.some(({ shows }) => shows === 'whole'))
      const learnedWhole = entries.filter(({ observation }) => observation.shows !== 'envelope')
      assert.deepEqual(
        [entries.length, learnedWhole.length],
        [isWhole.length, isWhole.filter(Boolean).length]
      )
      const { profile } = server.senders.snapshot(sender, start)
      assert.equal(profile.envelopesSeen, isWhole.filter((whole) => !whole).length)
      server.senders.rebuild(sender)
      assert.deepEqual(server.senders.snapshot(sender, start).profile, profile)
    }),
    { numRuns: 20 }
  )
})

test('bytes that differ are never answered from memory, whatever the queue id', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.nat({ max: 4 }), fc.nat({ max: 3 })), { minLength: 1, maxLength: 10 }),
      async (sent) => {
        const server = openMailServer({ models: calm })
        let messages = 0
        let latest = -1
        for (const [text, to] of sent) {
          const verdict = await server.ask({
            text: `Message number ${text}, all the same to us.`,
            to: [`r${to}@example.net`]
          })
          if (text !== latest) messages += 1
          if (text !== latest) assert.equal(verdict.duplicate, false)
          latest = text
        }
        assert.equal(server.state().messages, messages)
      }
    ),
    { numRuns: 20 }
  )
})
