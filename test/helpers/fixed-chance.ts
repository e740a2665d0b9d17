import * as fc from 'fast-check'

/**
 * Import this for its effect in every file with properties: they then try the same values on every run, so that a failure is
 * of the change that it appears with. `SLUICE_FUZZ_SEED=$RANDOM npm test` looks further.
 */
fc.configureGlobal({ seed: Number(process.env['SLUICE_FUZZ_SEED'] ?? 20_261_122) })
