import type { Manifest } from './manifest.ts'

export type Calibration = Manifest['calibration']

/** Raw network logit → log-odds at the calibration's prior. */
export function calibrate(rawLogit: number, { slope, intercept, prior }: Calibration): number {
  return slope * rawLogit + intercept + Math.log(prior / (1 - prior))
}
