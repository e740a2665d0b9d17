import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { routeAnswerSchema, routeListSchema } from '../../../../service/contracts/route.ts'
import { createOperatorStates } from '../../../../service/delivery/routes/operator-states.ts'
import { reportRoutes } from '../../../../service/delivery/routes/route-report.ts'
import { createSteering } from '../../../../service/delivery/routes/steering.ts'
import { createWarmUps } from '../../../../service/delivery/routes/warm-up.ts'
import { deliveryRoutes } from '../../../../service/doors/api/routes/delivery-routes.ts'
import { createMemoryTable } from '../../../../service/storage/memory-table.ts'
import { silentLogger } from '../../../../service/telemetry/logger.ts'
import { routeTo } from '../../../helpers/open-pipeline.ts'
import { openApi } from '../open-api.ts'

const clock = (): number => Date.UTC(2026, 10, 22, 8)

test('routes are shown with what mail goes around, and why', async (t) => {
  const { ask, steering } = await open(t)
  const choice = steering.choose({
    sender: '',
    domain: 'example.jp',
    label: 'normal',
    avoid: ['b'],
    hasRoom: () => true
  })
  for (let time = 0; time < 3; time += 1)
    steering.begin(choice, 1_000).refused({ kind: 'deferred', reply: 'connect ETIMEDOUT', status: '4.4.1' })

  const { items } = routeListSchema.parse((await ask('GET', '/v1/routes')).json())
  assert.deepEqual(
    items.map(({ name, pool, condition, badPaths }) => [name, pool, condition, badPaths]),
    [
      ['a', 'p', 'good', 1],
      ['b', 'p', 'good', 0]
    ]
  )
  const { paths } = routeAnswerSchema.parse((await ask('GET', '/v1/routes/a')).json())
  assert.deepEqual(
    paths.map(({ destination, condition, trouble, probeAt }) => [destination, condition, trouble, probeAt]),
    [['example.jp', 'bad', 'example.jp is not reached', '2026-11-22T08:01:00.000Z']]
  )
})

test('a route is paused by whoever may operate, and says so', async (t) => {
  const { ask, steering, woken } = await open(t)
  const answer = await ask('PUT', '/v1/routes/a/state', { state: 'paused', why: 'new address' })
  const { state, stateWhy } = routeAnswerSchema.parse(answer.json())
  assert.deepEqual([state, stateWhy, woken()], ['paused', 'new address', 1])
  const question = {
    sender: '',
    domain: 'example.jp',
    label: 'normal',
    avoid: [],
    hasRoom: () => true
  } as const
  assert.equal(steering.choose(question).destination.route.name, 'b')
})

test('a route that is not there, and a state that is none, are told apart', async (t) => {
  const { ask } = await open(t)
  assert.equal((await ask('PUT', '/v1/routes/c/state', { state: 'paused' })).statusCode, 404)
  assert.equal((await ask('PUT', '/v1/routes/a/state', { state: 'off' })).statusCode, 400)
})

async function open(t: TestContext) {
  const routes = ['a', 'b'].map((name) => routeTo(25, { name, kind: 'mx', pool: 'p' }))
  const pools = [{ name: 'p', algorithm: 'least-outstanding' }] as const
  const states = createOperatorStates()
  const warmUps = createWarmUps({ table: createMemoryTable(), clock })
  const steering = createSteering({
    routes,
    pools,
    states,
    warmUps,
    clock,
    random: () => 0,
    log: silentLogger
  })
  let woken = 0
  const served = deliveryRoutes({
    report: () => reportRoutes({ routes, pools, steering, warmUps }),
    pools,
    states,
    onState: () => void (woken += 1),
    clock
  })
  const { app, secretFor } = await openApi(t, { routes: [served] })
  const headers = { authorization: `Bearer ${await secretFor('operate')}` }
  const ask = (method: 'GET' | 'PUT', url: string, payload?: object) =>
    app.inject({ method, url, headers, ...(payload && { payload }) })
  return { ask, steering, woken: () => woken }
}
