import { fork } from 'node:child_process'
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { freePort } from '../harness/free-ports.ts'
import { temporaryDirectory } from '../harness/temporary-directory.ts'
import { waitFor } from '../harness/wait-for.ts'

export interface OutsideServer {
  readonly url: string
  readonly user: string
  /** With what URLs, XML and header fields have to escape. */
  readonly password: string
  close(): Promise<void>
}

const user = 'mail'
const password = 'se<cret & :1 ä'
const child = fileURLToPath(new URL('../../../service/history/embedded/clickhouse-child.ts', import.meta.url))

/**
 * A ClickHouse server that is none of ours: a process by itself, opened by user and password. Its user `default`, by whom the engine itself
 * starts, may make and read nothing.
 */
export async function startOutsideServer(library: string): Promise<OutsideServer> {
  const directory = await temporaryDirectory('clickhouse')
  const port = await freePort()
  const users = join(directory, 'users.xml')
  const config = join(directory, 'config.xml')
  await writeFile(users, usersXml)
  await writeFile(
    config,
    `<clickhouse><listen_host>127.0.0.1</listen_host><http_port>${port}</http_port><users_config>${users}</users_config>${clusters}</clickhouse>`
  )
  const server = fork(child, [library, join(directory, 'data'), config], {
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    execArgv: []
  })
  const url = `http://127.0.0.1:${port}`
  await waitFor('ClickHouse', () => answers(`${url}/ping`))
  return {
    url,
    user,
    password,
    async close() {
      const ended = once(server, 'exit')
      server.kill('SIGKILL')
      await ended
    }
  }
}

async function answers(url: string): Promise<boolean> {
  return await fetch(url).then(
    ({ ok }) => ok,
    () => false
  )
}

const replica = '<replica><host>127.0.0.1</host><port>9000</port></replica>'
const clusters = `<remote_servers>
  <one_shard><shard>${replica}${replica}</shard></one_shard>
  <two_shards><shard>${replica}</shard><shard>${replica}</shard></two_shards>
</remote_servers>`

const usersXml = `<clickhouse>
  <profiles><default/></profiles>
  <quotas><default/></quotas>
  <users>
    <default>
      <password></password><networks><ip>127.0.0.1</ip></networks><profile>default</profile><quota>default</quota>
      <grants><query>GRANT SELECT ON system.*</query><query>GRANT SYSTEM ON *.*</query></grants>
    </default>
    <${user}>
      <password>se&lt;cret &amp; :1 ä</password><networks><ip>127.0.0.1</ip></networks><profile>default</profile><quota>default</quota>
      <grants><query>GRANT ALL ON *.*</query></grants>
    </${user}>
  </users>
</clickhouse>
`
