import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { z } from 'zod'
import { problemSchema, type Problem } from '../../contracts/problem.ts'
import { CliError } from '../frame/cli-error.ts'
import { exchangeLines } from './exchange-lines.ts'

/** Speaks to a running service over HTTP. */
export interface ServiceClient {
  /** `http://127.0.0.1:8080`. */
  readonly address: string
  get<Schema extends z.ZodType>(path: string, schema: Schema): Promise<z.output<Schema>>
  /** `waitMs`: for what takes longer than other requests. */
  post<Schema extends z.ZodType>(
    path: string,
    body: unknown,
    schema: Schema,
    waitMs?: number
  ): Promise<z.output<Schema>>
  put<Schema extends z.ZodType>(path: string, body: unknown, schema: Schema): Promise<z.output<Schema>>
  delete<Schema extends z.ZodType>(path: string, schema: Schema): Promise<z.output<Schema>>
  /** Sends lines of JSON and gives the answers to them, in order, while more are sent. */
  exchange<Schema extends z.ZodType>(
    path: string,
    lines: AsyncIterable<string>,
    schema: Schema
  ): AsyncGenerator<z.output<Schema>>
}

export interface ServiceClientOptions {
  readonly address: string
  readonly token: string | undefined
  /** Default 60 s: a large message may wait for its turn. */
  readonly timeoutMs?: number
}

/** A refusal of the service, with its stable code. */
export class ServiceProblem extends CliError {
  override readonly name = 'ServiceProblem'
  readonly problem: Problem

  constructor(problem: Problem, remedy: string | undefined) {
    super(sentenceOf(problem), remedy === undefined ? {} : { remedy })
    this.problem = problem
  }
}

export function createServiceClient({
  address,
  token,
  timeoutMs = 60_000
}: ServiceClientOptions): ServiceClient {
  async function ask(method: string, path: string, body?: unknown, waitMs = timeoutMs): Promise<unknown> {
    const headers = {
      accept: 'application/json',
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(body !== undefined && { 'content-type': 'application/json' })
    }
    const init = { method, headers, signal: AbortSignal.timeout(waitMs) }
    try {
      const response = await fetch(new URL(path, address), {
        ...init,
        ...(body !== undefined && { body: JSON.stringify(body) })
      })
      const text = await response.text()
      if (!response.ok) throw refusal(response.status, text, address)
      return text === '' ? null : JSON.parse(text)
    } catch (cause) {
      if (cause instanceof CliError) throw cause
      throw new CliError(`the service at ${address} does not answer (${whyOf(cause)})`, {
        remedy: 'Look at its log, or start it again with `npx sluice start`.',
        cause
      })
    }
  }

  function read<Schema extends z.ZodType>(schema: Schema, answer: unknown): z.output<Schema> {
    const parsed = schema.safeParse(answer)
    if (parsed.success) return parsed.data
    throw new CliError(`the service at ${address} gave an answer that this version does not know`, {
      remedy: 'Use the `sluice` of the version that runs there.',
      cause: parsed.error
    })
  }

  return {
    address,
    get: async (path, schema) => read(schema, await ask('GET', path)),
    post: async (path, body, schema, waitMs) => read(schema, await ask('POST', path, body, waitMs)),
    put: async (path, body, schema) => read(schema, await ask('PUT', path, body)),
    delete: async (path, schema) => read(schema, await ask('DELETE', path)),
    async *exchange(path, lines, schema) {
      const url = new URL(path, address)
      const refused = (status: number, body: string): CliError => refusal(status, body, address)
      for await (const answer of exchangeLines({ url, token, lines, refusal: refused }))
        yield read(schema, jsonOrNull(answer))
    }
  }
}

/** `SLUICE_ADMIN_TOKEN`, else what the first start left in the data directory; undefined where that cannot be read. */
export async function adminTokenOf(
  dataDir: string,
  configured: string | undefined
): Promise<string | undefined> {
  if (configured !== undefined) return configured
  try {
    return (await readFile(join(dataDir, 'admin-token'), 'utf8')).trim()
  } catch {
    return undefined
  }
}

function refusal(status: number, text: string, address: string): CliError {
  const parsed = problemSchema.safeParse(jsonOrNull(text))
  if (!parsed.success) return new CliError(`the service at ${address} answered with status ${status}`)
  return new ServiceProblem(parsed.data, remedies[parsed.data.code])
}

const tokenRemedy =
  'Set SLUICE_ADMIN_TOKEN to a token with the right scope, or run this as the user who owns <dataDir>/admin-token.'

const remedies: Readonly<Record<string, string>> = {
  TOKEN_MISSING: tokenRemedy,
  TOKEN_INVALID: tokenRemedy,
  SCOPE_MISSING: tokenRemedy,
  OVERLOADED: 'Try again in a moment.',
  SHUTTING_DOWN: 'Try again once it has started again.'
}

function sentenceOf({ title, detail, errors }: Problem): string {
  const faults = (errors ?? []).map(
    ({ path, message }) => `\n  ${path === '' ? 'the request' : path}: ${message}`
  )
  if (faults.length > 0) return `${title}:${faults.join('')}`
  return detail === undefined || detail === title ? title : `${title}: ${detail}`
}

function whyOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if (error.name === 'TimeoutError') return 'no answer in time'
  return error.cause instanceof Error ? error.cause.message : error.message
}

function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
