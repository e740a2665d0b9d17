import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startSink } from '../../helpers/smtp-sink.ts'
import { onClose } from '../harness/closing.ts'
import { waitFor } from '../harness/wait-for.ts'
import { openService, routeTo } from './open-service.ts'

const hourMs = 3_600_000
const monthMs = 30 * 24 * hourMs

test(
  'a clock that is set back by an hour delays nothing by an hour, and one that starts a month behind nothing by a month',
  { timeout: 60_000 },
  async (t) => {
    let isOpen = false
    const sink = await startSink({ data: () => (isOpen ? null : '451 4.3.0 later') })
    onClose(t, () => sink.close())
    const arrival = (key: string): Promise<unknown> =>
      waitFor(`${key} arrives`, () => sink.mails.some(({ data }) => data.includes(`X-Key: ${key}\r\n`)))
    const service = await openService(t, {
      routes: [routeTo(sink.port)],
      delivery: { firstRetryDelayMs: 500, maxRetryDelayMs: 1_000 }
    })
    const tried = (id: string): Promise<unknown> =>
      waitFor(`${id} was tried`, async () => (await service.story(id)).attempts > 0)
    await service.start({ clockShiftMs: -hourMs })

    await tried(await service.accept({ key: 'before', to: ['one@example.net'] }))
    service.signal('SIGUSR2')
    const during = await service.accept({ key: 'during', to: ['one@example.net'] })
    await tried(during)
    isOpen = true
    await arrival('before')
    await arrival('during')

    isOpen = false
    await tried(await service.accept({ key: 'restart', to: ['one@example.net'] }))
    await service.kill()
    isOpen = true
    // Its retry was set by a clock that stood a month later: a machine whose battery is empty
    await service.start({ clockShiftMs: -monthMs, startsShifted: true })
    await arrival('restart')

    const story = await service.story(during)
    assert.equal(story.recipients[0]?.state, 'delivered')
    const times = story.attemptLog.map(({ at }) => Date.parse(at))
    assert.deepEqual(
      times,
      times.toSorted((a, b) => a - b),
      'its attempts are told in their order'
    )
  }
)
