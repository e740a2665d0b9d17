import {
  keyRecordsOf,
  type DomainKeys,
  type Generation,
  type KeyChoice
} from '../../authentication/dkim/domain-keys.ts'
import { keepMs, type RotationStep } from '../../authentication/dkim/rotation.ts'
import type { Terminal } from '../views/terminal.ts'

/** What a step did, and the next one. */
export function printStep(
  { domain }: Pick<DomainKeys, 'domain'>,
  step: RotationStep,
  terminal: Terminal
): void {
  const again = terminal.paint('bold', `npx sluice domains rotate ${domain}`)
  const say = (...lines: readonly string[]): void => terminal.print(lines.join('\n'))
  switch (step.kind) {
    case 'made':
      say(`New keys for ${domain}: ${selectorsOf(step.generation)}. Publish, then run ${again}:\n`)
      return printRecords(domain, step.generation, terminal)
    case 'unpublished':
      say(
        `DNS does not show ${step.missing.map(({ selector }) => selector).join(', ')} of ${domain} yet. Publish, then run ${again}:\n`
      )
      return printRecords(domain, step.generation, terminal)
    case 'published':
      return say(
        `DNS shows ${selectorsOf(step.generation)} of ${domain}.`,
        `Next, from ${timeOf(step.activeFrom)} on (every name server has it by then): ${again}`
      )
    case 'activated':
      return say(
        `${selectorsOf(step.generation)} sign mail from ${domain} from now on.`,
        ...nextAfter(step.retired, again)
      )
    case 'keeping':
      return say(
        `Leave the records of ${selectorsOf(step.generation)} in DNS until ${timeOf(step.until)}: mail signed by them may still be under way.`,
        `Next, after that: ${again}`
      )
    case 'removed':
      return say(
        `The old keys of ${domain} are destroyed. Take out of DNS:\n`,
        ...step.names.map((name) => `  ${name}`)
      )
    case 'active':
      return say(`${selectorsOf(step.generation)} sign mail from ${domain}. New keys: ${again}`)
  }
}

function nextAfter(retired: Generation | null, again: string): readonly string[] {
  if (retired === null) return []
  const until = Date.parse(retired.since.retired ?? retired.since.prepared) + keepMs
  return [
    `Leave the records of ${selectorsOf(retired)} in DNS: mail signed by them may still be under way.`,
    `Next, from ${timeOf(until)} on: ${again}`
  ]
}

function printRecords(domain: string, generation: Generation, terminal: Terminal): void {
  for (const { name, text } of keyRecordsOf(domain, generation)) {
    terminal.print(`  ${terminal.paint('bold', `${name}.`)}  TXT  ${quoted(text)}`)
  }
}

/** A string of a TXT record holds 255 octets (RFC 1035 section 3.3.14); verifiers join them without blanks. */
export function quoted(text: string): string {
  return (text.match(/.{1,255}/gsu) ?? ['']).map((part) => `"${part}"`).join(' ')
}

function selectorsOf({ keys }: Generation): string {
  return keys.map(({ selector }) => selector).join(' and ')
}

function timeOf(at: number): string {
  return `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`
}

/** The lines of sluice.toml that make Sluice sign. */
export function configLines(domain: string, { selector, algorithm }: KeyChoice): string {
  return `[[domains]]\nname = "${domain}"\ndkim = { selector = "${selector}", algorithm = "${algorithm}" }`
}
