import { z } from 'zod'
import { nativeFaultCodes, type NativeFaultCode } from '../../service/models/tensor/native/native-fault.ts'

/** What the self-test's process answers. */
export const selfTestMessageSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('report'),
    /** Version of TensorFlow in the library. */
    tensorflow: z.string().max(100),
    /** Greatest absolute difference from WebAssembly, by check; null where one of both is no number. */
    differences: z.record(z.string().max(100), z.number().nonnegative().nullable())
  }),
  z.strictObject({
    kind: z.literal('fault'),
    code: z.custom<NativeFaultCode>((code) => typeof code === 'string' && nativeFaultCodes.includes(code)),
    detail: z.string().max(1_000)
  })
])

export type SelfTestMessage = z.output<typeof selfTestMessageSchema>
export type SelfTestReport = Extract<SelfTestMessage, { kind: 'report' }>

/** Logits and losses may differ by this: TensorFlow sums in another order, and 32-bit floats have seven digits. */
export const maxDifference = 1e-4

/** The check that differs most beyond what is allowed; undefined: all agree. */
export function worstOf({ differences }: Pick<SelfTestReport, 'differences'>): string | undefined {
  const beyond = Object.entries(differences)
    .map(([check, difference]) => ({ check, difference: difference ?? Number.POSITIVE_INFINITY }))
    .filter(({ difference }) => difference > maxDifference)
    .toSorted((one, other) => other.difference - one.difference)
  const [worst] = beyond
  if (worst === undefined) return undefined
  return Number.isFinite(worst.difference)
    ? `${worst.check}: by ${worst.difference.toPrecision(2)}`
    : `${worst.check}: no number`
}
