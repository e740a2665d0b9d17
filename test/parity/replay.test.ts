import assert from 'node:assert/strict'
import { test } from 'node:test'
import { engineLibrary } from '../../service/history/embedded/engine-library.ts'
import { checkParity } from '../../training/history/check-parity.ts'
import { serveHistory } from './served-history.ts'

const skip = engineLibrary() === undefined && 'the optional packages chdb and ffi-rs are not installed'

async function* nothing() {}

test(
  'training computes every feature anew from history with the very bits that the service judged by',
  { skip },
  async (t) => {
    const served = await serveHistory({ messages: 300, personas: 12 })
    t.after(() => served.close())

    const { compared, equal, incomplete, skipped, examples } = await checkParity(served)

    assert.deepEqual(examples, [])
    assert.deepEqual(
      { compared, equal, incomplete, skipped },
      { compared: 300, equal: 300, incomplete: 0, skipped: 0 }
    )
    assert.ok(served.changes > 20)
    // What neighbours do matters for these messages
    const alone = await checkParity({ ...served, reader: { ...served.reader, priors: nothing } })
    assert.ok(alone.equal < 250 && alone.incomplete === 300, JSON.stringify(alone))
  }
)
