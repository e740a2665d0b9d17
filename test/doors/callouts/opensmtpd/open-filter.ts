import { PassThrough } from 'node:stream'
import type { TestContext } from 'node:test'
import type { AskSluice, ScanQuestion } from '../../../../service/doors/callouts/opensmtpd/ask-sluice.ts'
import { runFilter } from '../../../../service/doors/callouts/opensmtpd/run-filter.ts'
import type { ScanOutcome } from '../../../../service/doors/callouts/opensmtpd/scan-answer.ts'
import { createWriteLines } from '../../../../service/doors/callouts/opensmtpd/write-lines.ts'
import { silentLogger } from '../../../../service/telemetry/logger.ts'

export interface FilterSetting {
  readonly ask?: AskSluice
  readonly onFailure?: 'open' | 'closed'
  readonly maxMessageBytes?: number
  readonly maxMemoryBytes?: number
}

export const passed: ScanOutcome & { kind: 'answered' } = {
  kind: 'answered',
  fate: { kind: 'pass' },
  edits: { remove: new Map(), add: [{ name: 'X-Sluice-Verdict', value: 'allow', place: 'top' }] }
}

/** The real filter between two pipes, with a test in smtpd's place. */
export function openFilter(t: TestContext, setting: FilterSetting = {}) {
  const { onFailure = 'open', maxMessageBytes = 100_000, maxMemoryBytes = 1_000_000 } = setting
  const input = new PassThrough()
  const output = new PassThrough()
  const asked: (Pick<ScanQuestion, 'session'> & { readonly raw: string })[] = []
  const warnings: string[] = []
  const ended = runFilter({
    input,
    write: createWriteLines(output),
    ask: async (question, gone) => {
      // Its memory is given back once it is answered
      asked.push({
        session: structuredClone(question.session),
        raw: Buffer.from(question.raw).toString('latin1')
      })
      return (await setting.ask?.(question, gone)) ?? passed
    },
    onFailure,
    maxMessageBytes,
    maxMemoryBytes,
    log: { ...silentLogger, warn: (event) => warnings.push(event) }
  })
  t.after(async () => {
    input.end()
    await Promise.allSettled([ended])
  })

  let heard = ''
  let more = Promise.withResolvers<void>()
  output.on('data', (chunk: Buffer) => {
    heard += chunk.toString('latin1')
    more.resolve()
  })

  /** The next lines up to the first that ends with `end`. */
  async function until(end: string): Promise<string[]> {
    const last = `${end}\n`
    while (!heard.includes(last)) {
      await more.promise
      more = Promise.withResolvers()
    }
    const at = heard.indexOf(last) + last.length
    const lines = heard.slice(0, at - 1).split('\n')
    heard = heard.slice(at)
    return lines
  }

  const smtpd = {
    say: (...lines: readonly string[]) => void input.write(Buffer.from(`${lines.join('\n')}\n`, 'latin1')),
    until,
    report: (event: string, rest = '') =>
      smtpd.say(`report|0.7|1795353103.009943|smtp-in|${event}|5e55${rest === '' ? '' : `|${rest}`}`),
    /** A message's lines, then its end; gives what comes back. */
    async data(...lines: readonly string[]): Promise<string[]> {
      smtpd.say(...[...lines, '.'].map((line) => `filter|0.7|1.2|smtp-in|data-line|5e55|70ce|${line}`))
      const back = await until('filter-dataline|5e55|70ce|.')
      return back.map((line) => line.replace('filter-dataline|5e55|70ce|', ''))
    },
    async commit(): Promise<string> {
      smtpd.say('filter|0.7|1.2|smtp-in|commit|5e55|c0de|')
      const [line = ''] = await until('')
      return line.replace('filter-result|5e55|c0de|', '')
    }
  }
  return { smtpd, asked, warnings, input, output, ended }
}

/** As smtpd tells them of alice's message to bob. */
export const envelope = [
  ['link-connect', 'localhost|pass|192.0.2.7:40123|192.0.2.1:587'],
  ['link-identify', 'EHLO|laptop.local'],
  ['link-tls', 'TLSv1.3:TLS_AES_256_GCM_SHA384:256'],
  ['link-auth', 'fail|mallory'],
  ['link-auth', 'pass|alice'],
  ['tx-begin', 'ea8efa6a'],
  ['tx-mail', 'ea8efa6a|ok|alice@a.test'],
  ['tx-rcpt', 'ea8efa6a|permfail|nobody@b.test'],
  ['tx-rcpt', 'ea8efa6a|ok|bob@b.test']
] as const
