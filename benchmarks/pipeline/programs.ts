import { findProgram, type ProgramHome } from '../../test/integration/harness/programs.ts'

/** Something that the run needs and that is not here, with the remedy. */
export interface Missing {
  readonly missing: string
}

/** Postfix's own load generator and sink (smtp-source(1), smtp-sink(1)). */
export function findLoadPrograms(): ProgramHome | Missing {
  const home = findProgram('postfix', 'usr/sbin/smtp-source')
  const remedy = 'node scripts/fetch-servers.mjs postfix, or install the Debian package postfix'
  return home ?? { missing: `smtp-source and smtp-sink are missing: ${remedy}` }
}
