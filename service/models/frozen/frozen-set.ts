import { createHash, type Hash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'
import { z } from 'zod'
import { ModelError } from '../model-error.ts'

/**
 * Messages that every version of a model is measured on before it may serve: what the model is shown, and what the message was. `frozen.json` and
 * the rows that it vouches for, one JSON object a line, packed. It never changes but for senders who were erased.
 */
const headSchema = z.strictObject({
  format: z.literal(1),
  name: z.enum(['content', 'takeover']),
  /** Of the features that the rows hold. */
  featureDigest: z.string().regex(/^[0-9a-f]{64}$/u),
  createdAt: z.iso.datetime(),
  /** Where the messages are from, for people. */
  source: z.string(),
  file: z.string().regex(/^rows-[0-9a-f]{16}\.jsonl\.gz$/u),
  sha256: z.string().regex(/^[0-9a-f]{64}$/u),
  rows: z.int().nonnegative()
})

export type FrozenHead = Readonly<z.infer<typeof headSchema>>

const common = {
  id: z.string(),
  /** Keyed hash. */
  sender: z.string(),
  /** A kind of attack, or a kind of honest mail: no version may be worse in any. */
  slice: z.string(),
  isBad: z.boolean()
}

/** 32-bit floats, little-endian, in base64: the same bits come back. */
const floats = z.base64().transform((text) => decodeFloats(text))

const takeoverRow = z.strictObject({ ...common, features: floats, spamLogit: z.number().nullable() })
const contentRow = z.strictObject({
  ...common,
  tokens: z.array(z.int().nonnegative()),
  structure: floats
})

export interface FrozenRowOf {
  readonly takeover: z.output<typeof takeoverRow>
  readonly content: z.output<typeof contentRow>
}

const rowSchemas = { takeover: takeoverRow, content: contentRow } as const

/** A damaged set must not fill the memory. */
const maxRows = 500_000

/** null: there is none. Throws ModelError FROZEN_SET_CORRUPT. */
export async function readFrozenHead(directory: string): Promise<FrozenHead | null> {
  const file = path.join(directory, 'frozen.json')
  const text = await readFile(file, 'utf8').catch(() => null)
  if (text === null) return null
  try {
    return headSchema.parse(JSON.parse(text))
  } catch (error) {
    throw new ModelError('FROZEN_SET_CORRUPT', { directory, file: 'frozen.json' }, error)
  }
}

/** The rows one by one; checked against the head when the last has been given. Throws ModelError FROZEN_SET_CORRUPT. */
export async function* readFrozenRows<Name extends keyof FrozenRowOf>(
  directory: string,
  name: Name,
  { file, sha256, rows }: FrozenHead
): AsyncGenerator<FrozenRowOf[Name]> {
  const corrupt = (fault: string, cause?: unknown): never => {
    throw new ModelError('FROZEN_SET_CORRUPT', { directory, file, fault }, cause)
  }
  const hash = createHash('sha256')
  let count = 0
  try {
    for await (const line of readLines(path.join(directory, file), hash)) {
      count += 1
      if (count > Math.min(rows, maxRows)) corrupt(`more than ${count - 1} rows`)
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the schema of that name made it
      yield rowSchemas[name].parse(JSON.parse(line)) as FrozenRowOf[Name]
    }
  } catch (error) {
    if (error instanceof ModelError) throw error
    corrupt(`row ${count}: ${error instanceof Error ? error.message : String(error)}`, error)
  }
  if (count !== rows || hash.digest('hex') !== sha256) corrupt(`${count} rows instead of ${rows}`)
}

export type NewFrozenRow =
  (Omit<FrozenRowOf['takeover'], 'features'> & { readonly features: Float32Array }) | FrozenRowOf['content']

/** Writes a set, in the place of another if there is one. */
export async function writeFrozenSet(
  directory: string,
  head: Pick<FrozenHead, 'name' | 'featureDigest' | 'createdAt' | 'source'>,
  rows: Iterable<NewFrozenRow> | AsyncIterable<NewFrozenRow>
): Promise<FrozenHead> {
  return replaceRows(directory, head, toLines(rows))
}

/** Takes the messages of a sender (keyed hash) out of a set. Gives how many there were. Throws ModelError FROZEN_SET_CORRUPT. */
export async function eraseFromFrozenSet(directory: string, sender: string): Promise<number> {
  const head = await readFrozenHead(directory)
  if (head === null) return 0
  const file = path.join(directory, head.file)
  let erased = 0
  try {
    for await (const line of readLines(file)) if (isOf(line, sender)) erased += 1
  } catch (error) {
    const fault = error instanceof Error ? error.message : String(error)
    throw new ModelError('FROZEN_SET_CORRUPT', { directory, file: head.file, fault }, error)
  }
  if (erased > 0) await replaceRows(directory, head, withoutSender(file, sender))
  return erased
}

async function* withoutSender(file: string, sender: string): AsyncGenerator<string> {
  for await (const line of readLines(file)) if (!isOf(line, sender)) yield line
}

const senderSchema = z.looseObject({ sender: z.string() })

function isOf(line: string, sender: string): boolean {
  return senderSchema.parse(JSON.parse(line)).sender === sender
}

/** The head is exchanged last: until then the rows that were stay in force. */
async function replaceRows(
  directory: string,
  {
    name,
    featureDigest,
    createdAt,
    source
  }: Pick<FrozenHead, 'name' | 'featureDigest' | 'createdAt' | 'source'>,
  lines: AsyncIterable<string>
): Promise<FrozenHead> {
  await mkdir(directory, { recursive: true })
  const half = path.join(directory, 'rows.new')
  const hash = createHash('sha256')
  let rows = 0
  async function* counted(): AsyncGenerator<string> {
    for await (const line of lines) {
      rows += 1
      hash.update(line).update('\n')
      yield `${line}\n`
    }
  }
  await pipeline(Readable.from(counted()), createGzip({ level: 9 }), createWriteStream(half, { flush: true }))
  const sha256 = hash.digest('hex')
  const file = `rows-${sha256.slice(0, 16)}.jsonl.gz`
  await rename(half, path.join(directory, file))
  const head = { format: 1 as const, name, featureDigest, createdAt, source, file, sha256, rows }
  await writeFile(path.join(directory, 'frozen.new'), `${JSON.stringify(head, null, 2)}\n`, { flush: true })
  await rename(path.join(directory, 'frozen.new'), path.join(directory, 'frozen.json'))
  for (const old of await readdir(directory))
    if (old.startsWith('rows-') && old !== file) await rm(path.join(directory, old))
  return head
}

async function* toLines(rows: Iterable<NewFrozenRow> | AsyncIterable<NewFrozenRow>): AsyncGenerator<string> {
  for await (const row of rows)
    yield JSON.stringify(row, (_, value: unknown) =>
      value instanceof Float32Array ? encodeFloats(value) : value
    )
}

async function* readLines(file: string, hash?: Hash): AsyncGenerator<string> {
  const packed = createReadStream(file)
  const plain = createGunzip()
  packed.on('error', (error) => plain.destroy(error))
  const lines = createInterface({ input: packed.pipe(plain), crlfDelay: Infinity })
  let fault: Error | null = null
  plain.on('error', (error) => {
    fault = error
    lines.close()
  })
  for await (const line of lines) {
    hash?.update(line).update('\n')
    yield line
  }
  if (fault !== null) throw fault
}

function encodeFloats(values: Float32Array): string {
  const bytes = Buffer.alloc(4 * values.length)
  for (const [index, value] of values.entries()) bytes.writeFloatLE(value, 4 * index)
  return bytes.toString('base64')
}

function decodeFloats(text: string): Float32Array {
  const bytes = Buffer.from(text, 'base64')
  return Float32Array.from({ length: Math.floor(bytes.length / 4) }, (_, index) =>
    bytes.readFloatLE(4 * index)
  )
}
