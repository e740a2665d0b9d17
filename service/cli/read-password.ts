import { createInterface } from 'node:readline'
import { Writable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { CliError, usageError } from './frame/cli-error.ts'

export interface NewPassword {
  /** Take the first line of standard input; nobody is asked. */
  readonly fromStdin: boolean
  readonly name: string
}

/** A password never stands in the arguments: every process of the machine can read those. */
export async function readNewPassword({ fromStdin, name }: NewPassword): Promise<string> {
  if (fromStdin) return firstLine(await text(process.stdin))
  if (!process.stdin.isTTY)
    throw usageError('there is no terminal to ask for the password on', 'Give it with --password-stdin.')
  const password = await ask(`Password for ${name}: `)
  if ((await ask('The same again: ')) === password) return password
  throw new CliError('the two passwords differ; nothing was changed')
}

function firstLine(input: string): string {
  return input.split(/\r?\n/u)[0] ?? ''
}

/** Line editing works, but nothing is echoed. */
async function ask(prompt: string): Promise<string> {
  const mute = new Writable({ write: (_chunk, _encoding, done) => done() })
  const lines = createInterface({ input: process.stdin, output: mute, terminal: true })
  process.stdout.write(prompt)
  try {
    return await new Promise((resolve, reject) => {
      lines.once('line', resolve)
      lines.once('SIGINT', () => reject(new CliError('interrupted; nothing was changed')))
      lines.once('close', () => reject(new CliError('no password was given; nothing was changed')))
    })
  } finally {
    lines.close()
    process.stdout.write('\n')
  }
}
