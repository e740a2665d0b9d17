import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import * as fc from 'fast-check'
import '../helpers/fixed-chance.ts'
import { dispositionsOf } from '../doors/callouts/dispositions.ts'
import { labelNames } from '../../service/doors/callouts/asking/label-fields.ts'
import { forgedLabels } from '../../service/doors/callouts/mta-hooks/forged-labels.ts'
import { hookAnswerSchema, toHookAnswer } from '../../service/doors/callouts/mta-hooks/hook-answer.ts'
import { hookErrorSchema } from '../../service/doors/callouts/mta-hooks/hook-error.ts'
import { knownActions } from '../../service/doors/callouts/mta-hooks/hook-request.ts'
import { createRegistrations } from '../../service/doors/callouts/mta-hooks/registrations.ts'
import { rebuildMessage } from '../../service/doors/callouts/stalwart/rebuild-message.ts'
import {
  stalwartAnswerSchema,
  toStalwartAnswer
} from '../../service/doors/callouts/stalwart/stalwart-answer.ts'
import { problemSchema } from '../../service/contracts/problem.ts'
import { bearer, client, openHooks } from '../doors/callouts/open-hooks.ts'
import { hook, register, secret } from '../doors/callouts/mta-hooks/hook-mail.ts'
import { dataStage } from '../doors/callouts/stalwart/stalwart-mail.ts'

const hooks = await openHooks(
  { after },
  { clients: [client('stalwart'), client('mta-hooks')], bodyLimitBytes: 20_000 }
)
const mx = await register(hooks.app)

const texts = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.constantFrom('', '\u0000', '<>', 'a@b', '\r\n.\r\n', '🙂@x', '\ud800', ...labelNames)
)
const verdicts = fc.constantFrom('allow' as const, 'hold' as const, 'block' as const)

/** Some members of a good request replaced, at any depth, by whatever JSON can hold. */
function spoiled(good: object): fc.Arbitrary<object> {
  const paths = pathsOf(good)
  const edit = fc.tuple(fc.constantFrom(...paths), fc.oneof(fc.jsonValue(), texts))
  return fc.array(edit, { minLength: 1, maxLength: 4 }).map((edits) => {
    const copy: object = structuredClone(good)
    for (const [path, value] of edits) put(copy, path, value)
    return copy
  })
}

function pathsOf(value: unknown, path: readonly string[] = []): readonly (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [path]
  const deeper = Object.entries(value).flatMap(([key, one]) => pathsOf(one, [...path, key]))
  return path.length === 0 ? deeper : [path, ...deeper]
}

function put(root: object, path: readonly string[], value: unknown): void {
  const [key = '', ...rest] = path
  if (rest.length === 0) Reflect.set(root, key, value)
  else {
    const next: unknown = Reflect.get(root, key)
    if (typeof next === 'object' && next !== null) put(next, rest, value)
  }
}

async function postStalwart(payload: string): Promise<void> {
  const response = await hooks.app.inject({
    method: 'POST',
    url: '/callouts/stalwart',
    headers: { ...bearer(secret), 'content-type': 'application/json' },
    payload
  })
  if (response.statusCode === 200) stalwartAnswerSchema.strict().parse(response.json())
  else assert.ok(problemSchema.strict().parse(response.json()).status < 500, response.body)
  assert.doesNotMatch(response.body, /"action":"(?!accept|reject)/u)
}

async function postHook(payload: object): Promise<void> {
  const response = await mx.post(payload)
  if (response.statusCode === 204) return
  if (response.statusCode === 200) hookAnswerSchema.strict().parse(response.json())
  else hookErrorSchema.strict().parse(response.json())
  assert.ok(response.statusCode < 500, response.body)
}

test('Stalwart is told to accept or to reject, whatever it posts', async () => {
  await fc.assert(
    fc.asyncProperty(spoiled(dataStage()), verdicts, async (payload, says) => {
      hooks.says = says
      await postStalwart(JSON.stringify(payload))
    }),
    { numRuns: 200 }
  )
})

test('Stalwart is never told to quarantine or to discard, and never with 2xx to drop a message: whatever was decided', () => {
  const headers = fc.array(fc.tuple(texts, texts), { maxLength: 20 })
  fc.assert(
    fc.property(dispositionsOf('stalwart'), headers, (decided, fields) => {
      const answer = toStalwartAnswer(decided, fields)
      stalwartAnswerSchema.strict().parse(answer)
      assert.ok(answer.action === 'accept' || answer.action === 'reject')
      assert.equal(answer.action === 'accept', decided.disposition === 'accept')
      assert.equal(answer.action === 'reject', (answer.response?.status ?? 0) >= 400)
    }),
    { numRuns: 300 }
  )
})

test("any JSON, and good JSON with some bytes changed, is answered by Stalwart's route in its form", async () => {
  const good = Buffer.from(JSON.stringify(dataStage()))
  const changed = fc
    .array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 })
    .map((edits) => edits.reduce((bytes, [at, byte]) => bytes.with(at, byte), Uint8Array.from(good)))
    .map((bytes) => Buffer.from(bytes).toString('latin1'))
  await fc.assert(fc.asyncProperty(fc.oneof(fc.json(), changed), postStalwart), { numRuns: 300 })
})

test('a hook is answered in the form of MTA Hooks, whatever is posted', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(spoiled(hook({ auth: { login: 'a' } })), fc.object()),
      verdicts,
      async (payload, says) => {
        hooks.says = says
        await postHook(payload)
      }
    ),
    { numRuns: 200 }
  )
})

/** How strict it is. */
function rank(action: string): number {
  return knownActions.findIndex((one) => one === action)
}

test('what the mail server would do is never made milder', () => {
  fc.assert(
    fc.property(
      dispositionsOf('mta-hooks'),
      fc.constantFrom(...knownActions),
      fc.oneof(fc.array(fc.nat(20)), fc.constant('too-many' as const)),
      (decided, planned, forged) => {
        const answer = toHookAnswer(decided, planned, forged)
        if (answer !== null) hookAnswerSchema.strict().parse(answer)
        const set = answer?.set?.find(({ path }) => path === '/action')?.value
        const done = typeof set === 'string' ? set : planned
        assert.ok(rank(done) >= rank(planned))
        assert.ok(decided.disposition === 'accept' || rank(done) >= rank('quarantine'))
      }
    ),
    { numRuns: 300 }
  )
})

test('a registration id is what we made, or unknown', () => {
  const options = { key: Buffer.alloc(32, 1), newId: () => 'id1', clock: () => 1e12 }
  const registrations = createRegistrations(options)
  const { id } = registrations.create('mx', ['/stage'], null)
  assert.equal(registrations.find(id, 'mx').kind, 'active')
  const spoil = fc
    .tuple(fc.nat(id.length - 1), fc.string({ minLength: 1, maxLength: 1 }))
    .map(([at, character]) => id.slice(0, at) + character + id.slice(at + 1))
  fc.assert(
    fc.property(fc.oneof(texts, spoil), (other) => {
      fc.pre(other !== id)
      assert.equal(registrations.find(other, 'mx').kind, 'unknown')
    }),
    { numRuns: 300 }
  )
})

/** Every field, the slow way. */
function forgedIn(header: string): readonly number[] {
  const fields = header.replaceAll(/\r?\n[ \t]/gu, ' ').split('\n')
  const ours = labelNames.map((name) => name.toLowerCase())
  return fields.flatMap((field, place) =>
    ours.includes(field.split(':')[0]?.trim().toLowerCase() ?? '') ? [place] : []
  )
}

test('forged labels are found where a reader of header fields finds them', () => {
  const names = fc.constantFrom('Subject', 'X', 'x-sluice', 'X-Sluice-Id-2', ...labelNames, 'x-SLUICE-id  ')
  const values = fc.constantFrom('', ' a', ' a\r\n b', ' X-Sluice-Id: 1\r\n\tX-Sluice-Id: 2')
  const fields = fc.array(fc.tuple(names, values), { minLength: 1, maxLength: 30 })
  fc.assert(
    fc.property(fields, (all) => {
      const header = all.map(([name, value]) => `${name}:${value}`).join('\r\n')
      const message = Buffer.from(`${header}\r\n\r\nX-Sluice-Id: in the body\r\n`)
      assert.deepEqual(forgedLabels(message), forgedIn(header))
    })
  )
})

test('any bytes are searched for forged labels: what is found is in order, or too many', () => {
  const lines = fc.array(fc.constantFrom('X-Sluice-Id: 1', '\tx', 'a', '\r', 'X-Sluice-Verdict :'), {
    maxLength: 1_500
  })
  const bytes = fc.oneof(
    fc.uint8Array(),
    lines.map((all) => Buffer.from(all.join('\n')))
  )
  fc.assert(
    fc.property(bytes, (message) => {
      const found = forgedLabels(message)
      assert.ok(found === 'too-many' || found.every((place, at) => place > (found[at - 1] ?? -1)))
    })
  )
})

test('a rebuilt message has the header fields that were shown, and no other', () => {
  const names = fc.stringMatching(/^[!-9;-~]{1,20}$/u)
  const headers = fc.array(fc.tuple(names, texts), { maxLength: 10 })
  fc.assert(
    fc.property(headers, texts, (fields, contents) => {
      const text = Buffer.from(rebuildMessage(fields, contents)).toString()
      const [header = ''] = text.split(/(?<=^|\r\n)\r\n/u)
      const starts = header.split('\n').filter((line) => line !== '' && !/^[ \t]/u.test(line))
      assert.deepEqual(
        starts.map((line) => line.slice(0, line.indexOf(':'))),
        fields.map(([name]) => name)
      )
      assert.ok(text.endsWith(Buffer.from(contents).toString()))
    })
  )
})
