import { fileURLToPath } from 'node:url'
import { freePorts } from '../harness/free-ports.ts'
import { program, type ProgramHome } from '../harness/programs.ts'
import { startProgram } from '../harness/start-program.ts'
import { temporaryDirectory } from '../harness/temporary-directory.ts'
import type { OpenContext } from '../harness/client-cases.ts'

/** ZoneMTA keeps its queue in MongoDB and its counters in Redis. */
export interface Stores {
  readonly mongoPort: number
  readonly redisPort: number
}

const startMongo = fileURLToPath(new URL('StartMongo.java', import.meta.url))

/** A real Redis, and a server that speaks MongoDB's protocol. undefined: one of them is missing, the test is skipped. */
export async function startStores(t: OpenContext): Promise<Stores | undefined> {
  const redis = program(t, 'redis', 'usr/bin/redis-server')
  const mongo = program(t, 'mongo', 'lib')
  const java = program(t, 'java', 'usr/bin/java')
  if (redis === undefined || mongo === undefined || java === undefined) return undefined
  const [mongoPort = 0, redisPort = 0] = await freePorts(2)
  await startProgram(t, {
    name: 'mongo',
    path: java.at('usr/bin/java'),
    args: ['-XX:TieredStopAtLevel=1', '-Xmx128m', '-cp', mongo.at('lib/*'), startMongo, String(mongoPort)],
    readyPort: mongoPort
  })
  await startRedis(t, redis, redisPort)
  return { mongoPort, redisPort }
}

async function startRedis(t: OpenContext, redis: ProgramHome, port: number): Promise<void> {
  const directory = await temporaryDirectory('redis')
  await startProgram(t, {
    name: 'redis',
    path: redis.at('usr/bin/redis-server'),
    args: ['--bind', '127.0.0.1', '--port', String(port), '--dir', directory, '--save', ''],
    env: redis.env,
    readyPort: port
  })
}
