import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chown, writeFile } from 'node:fs/promises'
import { text } from 'node:stream/consumers'
import { password, users } from './client-cases.ts'
import type { ProgramHome } from './programs.ts'

export interface SaslFiles {
  /** Cyrus SASL's configuration of the server: `smtpd.conf`. */
  readonly configuration: string
  /** The database of users, readable by `owner`. */
  readonly database: string
  /** User id of the server's processes. */
  readonly owner: number
}

/** Cyrus SASL with a database of its own in which all `users` have the `password`: AUTH PLAIN and LOGIN. */
export async function addSaslUsers(
  sasl: ProgramHome,
  { configuration, database, owner }: SaslFiles
): Promise<void> {
  const settings = {
    pwcheck_method: 'auxprop',
    auxprop_plugin: 'sasldb',
    mech_list: 'PLAIN LOGIN',
    sasldb_path: database
  }
  const lines = Object.entries(settings).map(([name, value]) => `${name}: ${value}\n`)
  await writeFile(configuration, lines.join(''))
  for (const user of Object.values(users)) await addUser(sasl, database, user)
  await chown(database, owner, 0)
}

async function addUser(sasl: ProgramHome, database: string, user: string): Promise<void> {
  const [name = '', realm = ''] = user.split('@')
  const args = ['-p', '-c', '-f', database, '-u', realm, name]
  const child = spawn(sasl.at('usr/sbin/saslpasswd2'), args, { env: { ...process.env, ...sasl.env } })
  child.stdin.end(password)
  const [stderr] = await Promise.all([text(child.stderr), once(child, 'close')])
  if (child.exitCode !== 0) throw new Error(`saslpasswd2: ${stderr}`)
}
