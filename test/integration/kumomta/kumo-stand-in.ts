import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { onClose, type Closing } from '../harness/closing.ts'
import { openLog } from '../harness/logs.ts'
import type { Mail } from '../harness/mails.ts'
import type { ProgramHome } from '../harness/programs.ts'
import type { Sent } from '../harness/send-by-swaks.ts'
import { toSent, type KeptMails } from '../hooks/kept-mails.ts'
import { kumoHttp, type Calls } from './kumo-http.ts'
import { kumoMessage, type KumoMessage } from './kumo-message.ts'
import { quote, toLua } from './to-lua.ts'

export const luaCommand = 'usr/bin/lua5.4'

export interface KumoOptions {
  readonly lua: ProgramHome
  /** Path of deploy/mta/kumomta/sluice.lua. */
  readonly policy: string
  /** What init.lua sets of `sluice.options`. */
  readonly options: Readonly<Record<string, string>>
  readonly world: KeptMails
}

interface Transaction {
  readonly mail: Mail
  readonly message: KumoMessage
  readonly finish: (reply: string) => void
}

const callSchema = z.tuple([z.string(), z.string(), z.array(z.coerce.string())])
const driver = fileURLToPath(new URL('stand-in.lua', import.meta.url))

/** sluice.lua in a real Lua, with KumoMTA's functions played by this process: its HTTP client asks the real Sluice. Gives what sends a mail. */
export function startKumoStandIn(t: Closing, options: KumoOptions): (mail: Mail) => Promise<Sent> {
  const { lua, policy } = options
  const log = openLog('kumomta')
  const child = spawn(lua.at(luaCommand), [driver, policy], { env: lua.env, stdio: 'pipe' })
  child.stderr.on('data', (chunk: Buffer) => log.add(chunk))
  onClose(t, async () => void child.kill())
  const { calls, send } = createServer(options, (text) => log.add(`${text}\n`))
  void answerCalls()
  return send

  async function answerCalls(): Promise<void> {
    for await (const line of createInterface({ input: child.stdout })) {
      const [object, method, words] = callSchema.parse(JSON.parse(line))
      const call = calls()[`${object}:${method}`]
      const answer = call === undefined ? `fail("no ${object}:${method}")` : await call(...words)
      child.stdin.write(`${answer}\n`)
    }
  }
}

/** One message after the other, as Lua asks for the next. */
function createServer({ options, world }: KumoOptions, warn: (text: string) => void) {
  const waiting: Transaction[] = []
  let arrived: (() => void) | null = null
  let current: Transaction | null = null
  const own: Calls = {
    ...kumoHttp(),
    'serde:json_parse': (text = '') => toLua(JSON.parse(text)),
    'kumo:log_warn': (text = '') => {
      warn(text)
      return 'nil'
    },
    'test:options': () => toLua(options),
    'test:next_message': async () => {
      while (waiting.length === 0) await new Promise<void>((resolve) => (arrived = resolve))
      current = waiting.shift() ?? null
      return quote('laptop.example.org')
    },
    'test:taken': () => {
      const { mail, message } = current ?? {}
      const isHeld = message?.meta('queue') !== undefined
      if (mail !== undefined && message !== undefined && !isHeld)
        world.keep({ from: mail.from, to: mail.to, data: message.data() })
      return finish(isHeld ? `250 OK, in queue ${message?.meta('queue')}` : '250 OK')
    },
    'test:refused': (code = '', text = '') => finish(`${code} ${text}`),
    // What a fault in a policy makes KumoMTA say
    'test:broken': (text = '') => finish(`421 4.3.0 ${text}`)
  }

  function finish(reply: string): string {
    current?.finish(reply)
    current = null
    return 'nil'
  }

  function send(mail: Mail): Promise<Sent> {
    const startedAt = performance.now()
    return new Promise((resolve) => {
      const message = kumoMessage(mail)
      waiting.push({ mail, message, finish: (reply) => resolve(toSent(reply, startedAt)) })
      arrived?.()
    })
  }

  return { calls: (): Calls => ({ ...own, ...current?.message.calls }), send }
}
