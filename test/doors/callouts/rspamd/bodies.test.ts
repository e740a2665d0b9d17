import assert from 'node:assert/strict'
import { test } from 'node:test'
import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import { createByteBudget } from '../../../../service/access/byte-budget.ts'
import { mail, openRspamd, type Field, type OpenRspamd } from './open-rspamd.ts'

const zstd: readonly Field[] = [['Compression', 'zstd']]
const packed = zstdCompressSync(mail)

/** Whatever happened, nothing stays taken. */
function assertNothingTaken({ budget }: OpenRspamd, bytes = 1_000_000): void {
  assert.ok(budget.take(bytes))
  budget.give(bytes)
}

for (const { name, fields } of [
  { name: 'Compression: zstd, as rspamc -z', fields: zstd },
  { name: 'Content-Encoding: zstd', fields: [['Content-Encoding', 'zstd']] }
] satisfies readonly { name: string; fields: readonly Field[] }[]) {
  test(`a message comes and its answer goes with ${name}`, async (t) => {
    const rspamd = await openRspamd(t)
    const { headers, bytes } = await rspamd.post('/checkv2', fields, packed)
    assert.equal(rspamd.asked[0]?.raw?.toString(), mail)
    assert.deepEqual([headers['compression'], headers['content-encoding']], ['zstd', 'zstd'])
    assert.equal(JSON.parse(zstdDecompressSync(bytes).toString()).action, 'no action')
    assertNothingTaken(rspamd)
  })
}

test('the answer is packed for those who accept it, and for nobody else', async (t) => {
  const { post } = await openRspamd(t)
  const encodingFor = async (accepted: string): Promise<string | undefined> =>
    (await post('/checkv2', [['Accept-Encoding', accepted]])).headers['content-encoding']
  assert.deepEqual(
    [await encodingFor('gzip, zstd;q=0.5'), await encodingFor('gzip,deflate'), await encodingFor('zstdx')],
    ['zstd', undefined, undefined]
  )
})

test('an error is packed for those who sent zstd', async (t) => {
  const { post } = await openRspamd(t)
  const { status, bytes } = await post('/checkv2', zstd, 'no zstd')
  assert.equal(status, 503)
  assert.deepEqual(JSON.parse(zstdDecompressSync(bytes).toString()), {
    error: 'Decompression error: not one whole frame',
    error_domain: 'task-error'
  })
})

const checksummed = zstdCompressSync(mail, { params: { [constants.ZSTD_c_checksumFlag]: 1 } })
for (const { name, body } of [
  { name: 'nothing', body: Buffer.alloc(0) },
  { name: 'half a frame', body: packed.subarray(0, packed.length >> 1) },
  { name: 'all but the last byte', body: packed.subarray(0, -1) },
  { name: 'a frame and more', body: Buffer.concat([packed, Buffer.from('x')]) },
  { name: 'two frames, of which a decoder may read one', body: Buffer.concat([packed, packed]) },
  { name: 'a wrong checksum', body: Buffer.concat([checksummed.subarray(0, -4), Buffer.alloc(4)]) },
  // RFC 8878 section 3.1.1.1.2: a window of 4 GiB is asked for, to unpack an empty block
  { name: 'a huge window', body: Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x00, 0xb0, 1, 0, 0]) }
]) {
  test(`a packed message that is ${name} is refused`, async (t) => {
    const rspamd = await openRspamd(t)
    const { status } = await rspamd.post('/checkv2', zstd, body)
    assert.deepEqual([status, rspamd.asked], [503, []])
    assertNothingTaken(rspamd)
  })
}

for (const { name, bomb } of [
  { name: 'says its size', bomb: zstdCompressSync(Buffer.alloc(50_000_000)) },
  {
    name: 'does not say its size',
    bomb: zstdCompressSync(Buffer.alloc(50_000_000), { params: { [constants.ZSTD_c_contentSizeFlag]: 0 } })
  }
]) {
  test(`a few bytes that stand for 50 MB are not unpacked, and the envelope is judged (it ${name})`, async (t) => {
    const rspamd = await openRspamd(t)
    assert.ok(bomb.length < 10_000)
    const { status } = await rspamd.post('/checkv2', zstd, bomb)
    assert.equal(status, 200)
    assert.deepEqual([rspamd.asked[0]?.raw, (rspamd.asked[0]?.sizeBytes ?? 0) > 100_000], [null, true])
    assertNothingTaken(rspamd)
  })
}

test('another compression is refused, not taken for a message', async (t) => {
  const { post, asked } = await openRspamd(t)
  const { status, json } = await post('/checkv2', [['Content-Encoding', 'gzip']])
  assert.deepEqual([status, json.error, asked], [500, 'of compressions only zstd is supported', []])
})

test('of a message beyond the limit the envelope is judged, and its size', async (t) => {
  const rspamd = await openRspamd(t)
  const { json } = await rspamd.post('/checkv2', [['User', 'alice']], Buffer.alloc(200_000, 65))
  const [question] = rspamd.asked
  assert.deepEqual(
    [json.action, question?.raw, question?.sizeBytes, question?.user],
    ['no action', null, 200_000, 'alice']
  )
  assertNothingTaken(rspamd)
})

test('a message of exactly the limit is judged whole', async (t) => {
  const { post, asked } = await openRspamd(t)
  await post('/checkv2', [], Buffer.alloc(100_000, 65))
  assert.equal(asked[0]?.raw?.length, 100_000)
})

test('100 MB announced are refused before they come', async (t) => {
  const { say, asked } = await openRspamd(t)
  const said = await say('POST /checkv2 HTTP/1.0\r\nContent-Length: 100000000\r\n\r\n', 'From', 'half-close')
  assert.match(
    said,
    /^HTTP\/1\.1 513 request is larger than 300000 bytes\r\n.*"error_domain":"protocol-error"\}/su
  )
  assert.equal(asked.length, 0)
})

test('100 MB are not asked for', async (t) => {
  const { say } = await openRspamd(t)
  const said = await say(
    'POST /checkv2 HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 100000000\r\n\r\n'
  )
  assert.match(said, /^HTTP\/1\.1 513 /u)
})

test('a message that is to be asked for is asked for', async (t) => {
  const { say, asked } = await openRspamd(t)
  const head = `POST /checkv2 HTTP/1.1\r\nHost: x\r\nConnection: close\r\nExpect: 100-continue\r\nContent-Length: ${mail.length}\r\n\r\n`
  assert.match(await say(head, mail), /^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200 OK/u)
  assert.equal(asked[0]?.raw?.toString(), mail)
})

const chunked = 'POST /checkv2 HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n'
const inChunks = (text: string, size: number): string =>
  `${Array.from({ length: Math.ceil(text.length / size) }, (_, at) => text.slice(at * size, (at + 1) * size))
    .map((part) => `${part.length.toString(16)}\r\n${part}\r\n`)
    .join('')}0\r\n\r\n`

test('Haraka sends in chunks, and be they of one byte', async (t) => {
  const rspamd = await openRspamd(t)
  for (const size of [1, 7, 10_000]) {
    assert.match(await rspamd.say(chunked, inChunks(mail, size)), /^HTTP\/1\.1 200 OK/u)
    assert.equal(rspamd.asked.at(-1)?.raw?.toString(), mail)
  }
  assertNothingTaken(rspamd)
})

test('chunks without end are refused', async (t) => {
  const rspamd = await openRspamd(t)
  const said = await rspamd.say(chunked, inChunks('A'.repeat(400_000), 50_000))
  assert.match(said, /^HTTP\/1\.1 513 /u)
  assert.equal(rspamd.asked.length, 0)
  assertNothingTaken(rspamd)
})

for (const { onFailure, action } of [
  { onFailure: 'open', action: 'no action' },
  { onFailure: 'closed', action: 'soft reject' }
] as const) {
  test(`where too much is being received the client’s setting decides: ${onFailure} is ${action}`, async (t) => {
    const budget = createByteBudget(10_000)
    const rspamd = await openRspamd(t, { budget, client: { onFailure } })
    const { json } = await rspamd.post('/checkv2', [], Buffer.alloc(50_000, 65))
    const fromPacked = await rspamd.post('/checkv2', zstd, zstdCompressSync(Buffer.alloc(50_000, 65)))
    assert.deepEqual(
      [json.action, JSON.parse(zstdDecompressSync(fromPacked.bytes).toString()).action],
      [action, action]
    )
    assert.equal(rspamd.asked.length, 0)
    assertNothingTaken(rspamd, 10_000)
  })
}

test('a client that goes away amid its message is not judged, and its memory is given back', async (t) => {
  const rspamd = await openRspamd(t)
  const said = await rspamd.say(
    'POST /checkv2 HTTP/1.1\r\nHost: x\r\nContent-Length: 300\r\n\r\n',
    'From: a',
    'half-close'
  )
  assert.match(said, /^HTTP\/1\.1 400 /u)
  assert.equal(rspamd.asked.length, 0)
  assertNothingTaken(rspamd)
})
