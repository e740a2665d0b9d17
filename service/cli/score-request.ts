import { readFile } from 'node:fs/promises'
import { buffer } from 'node:stream/consumers'
import type { z } from 'zod'
import { addressSchema, clientSchema, identitySchema, mailFromSchema } from '../contracts/verdict-request.ts'
import { parseAddress } from '../message/address.ts'
import { parseMessage } from '../parse/parse-message.ts'
import { CliError, usageError } from './frame/cli-error.ts'

/** What the command line says about the submission; the message says the rest. */
export interface RequestFlags {
  readonly user?: string
  readonly ip?: string
  readonly helo?: string
  readonly from?: string
  readonly rcpt?: readonly string[]
}

/** The body of `POST /v1/verdicts`, without what it asks for. */
export interface ScoreRequest {
  readonly client: { readonly ip: string | null; readonly helo: string | null }
  readonly auth: { readonly user: string } | null
  readonly envelope: { readonly from: string | null; readonly to: readonly string[] }
  readonly raw: string
}

/** Throws a usage error for the first flag that says nothing sensible. */
export function checkFlags({ ip, helo, user, from, rcpt = [] }: RequestFlags): void {
  check('--ip', clientSchema.shape.ip, ip)
  check('--helo', clientSchema.shape.helo, helo)
  check('--user', identitySchema.optional(), user)
  check('--from', mailFromSchema.optional(), from)
  for (const one of rcpt) check('--rcpt', addressSchema, one)
}

/** One message as a submission: the envelope from the flags, else from the message's own fields. `-` is standard input. */
export async function readRequest(file: string, flags: RequestFlags): Promise<ScoreRequest> {
  const raw = await readRaw(file)
  return {
    client: { ip: flags.ip ?? null, helo: flags.helo ?? null },
    auth: flags.user === undefined ? null : { user: flags.user },
    envelope: await readEnvelope(file, raw, flags),
    raw: raw.toString('base64')
  }
}

async function readRaw(file: string): Promise<Buffer> {
  if (file === '-') return buffer(process.stdin)
  try {
    return await readFile(file)
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
    throw new CliError(`${file}: ${reasons[code] ?? `cannot be read (${code})`}`, { cause })
  }
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'is a directory; name the messages in it',
  EACCES: 'not allowed to read it'
}

async function readEnvelope(
  file: string,
  raw: Buffer,
  flags: RequestFlags
): Promise<ScoreRequest['envelope']> {
  if (flags.from !== undefined && flags.rcpt !== undefined) return { from: flags.from, to: flags.rcpt }
  const own = await ownAddresses(raw)
  const to = flags.rcpt ?? own.to
  if (to.length > 0) return { from: flags.from ?? own.from, to }
  throw new CliError(`${file}: its To and Cc fields name nobody`, {
    remedy: 'Say who it goes to with --rcpt ADDRESS.',
    exit: 'usage'
  })
}

async function ownAddresses(raw: Buffer): Promise<{ from: string | null; to: readonly string[] }> {
  const outcome = await parseMessage(raw)
  if (outcome.kind === 'unreadable') return { from: null, to: [] }
  const { from, to, cc } = outcome.message
  const valid = (all: typeof to): readonly string[] =>
    all.map(({ address }) => address).filter((address) => parseAddress(address) !== undefined)
  return { from: valid(from)[0] ?? null, to: Array.from(new Set([...valid(to), ...valid(cc)])) }
}

function check(flag: string, schema: z.ZodType, value: string | undefined): void {
  const parsed = schema.safeParse(value)
  if (!parsed.success)
    throw usageError(`${flag} ${value ?? ''}: ${parsed.error.issues[0]?.message ?? 'is not valid'}`)
}
