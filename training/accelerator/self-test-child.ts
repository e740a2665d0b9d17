// The self-test's process: a library that kills its process kills this one. It lives as long as its IPC channel.
import { z } from 'zod'
import { NativeError } from '../../service/models/tensor/native/native-fault.ts'
import type { SelfTestMessage } from './self-test-report.ts'
import { runSelfTest } from './self-test.ts'

const requestSchema = z.strictObject({ directory: z.string() })

process.on('disconnect', () => process.exit(0))
process.once('message', (request: unknown) => {
  void answer(request)
    .then((message) => process.send?.(message))
    .finally(() => process.disconnect())
})

async function answer(request: unknown): Promise<SelfTestMessage> {
  try {
    return await runSelfTest(requestSchema.parse(request).directory)
  } catch (error) {
    if (error instanceof NativeError) return { kind: 'fault', ...error.fault }
    const detail = error instanceof Error ? error.message : String(error)
    return { kind: 'fault', code: 'NATIVE_LOAD_FAILED', detail: detail.slice(0, 1_000) }
  }
}
