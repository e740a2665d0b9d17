import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { NativeFault } from '../../service/models/tensor/native/native-fault.ts'
import { selfTestMessageSchema, worstOf, type SelfTestMessage } from './self-test-report.ts'

/** What is known of a library whose files are whole. */
export type Proof =
  | { readonly kind: 'proven'; readonly tensorflow: string; readonly greatestDifference: number }
  | { readonly kind: 'refused'; readonly fault: NativeFault }

export interface SelfTestOptions {
  /** Of the package. */
  readonly directory: string
  readonly timeLimitMs?: number
}

const childFile = fileURLToPath(new URL('./self-test-child.ts', import.meta.url))
/** Thirty times what it takes on two busy cores. */
const defaultLimitMs = 120_000
const maxSaid = 1_000

/** Runs the self-test in a process of its own, which ends with this call whatever happens. Never rejects because of the library. */
export async function proveInChild({
  directory,
  timeLimitMs = defaultLimitMs
}: SelfTestOptions): Promise<Proof> {
  const child = fork(childFile, { stdio: ['ignore', 'ignore', 'pipe', 'ipc'], execArgv: [] })
  let said = ''
  child.stderr?.on('data', (chunk: Buffer) => (said = (said + chunk.toString()).slice(-maxSaid)))
  let timer: NodeJS.Timeout | undefined
  try {
    return await new Promise<Proof>((resolve) => {
      const refuse = (code: NativeFault['code'], detail: string): void =>
        resolve({ kind: 'refused', fault: { code, detail } })
      timer = setTimeout(() => refuse('NATIVE_TEST_TOO_SLOW', `${timeLimitMs / 1_000} s`), timeLimitMs)
      child.on('message', (raw) => {
        const message = selfTestMessageSchema.safeParse(raw)
        if (message.success) resolve(judge(message.data))
        else refuse('NATIVE_TEST_CRASHED', 'its answer cannot be read')
      })
      child.on('error', ({ message }) => refuse('NATIVE_TEST_CRASHED', message))
      child.on('exit', (code, signal) => refuse('NATIVE_TEST_CRASHED', crashOf(code, signal, said)))
      child.send({ directory })
    })
  } finally {
    clearTimeout(timer)
    child.kill('SIGKILL')
  }
}

function judge(message: SelfTestMessage): Proof {
  if (message.kind === 'fault')
    return { kind: 'refused', fault: { code: message.code, detail: message.detail } }
  const detail = worstOf(message)
  if (detail !== undefined) return { kind: 'refused', fault: { code: 'NATIVE_TEST_DIFFERS', detail } }
  const differences = Object.values(message.differences).map((difference) => difference ?? 0)
  return { kind: 'proven', tensorflow: message.tensorflow, greatestDifference: Math.max(0, ...differences) }
}

function crashOf(code: number | null, signal: string | null, said: string): string {
  const last = said.trim().split('\n').at(-1) ?? ''
  const end = signal ?? `exit code ${code}`
  return last === '' ? end : `${end}: ${last}`
}
