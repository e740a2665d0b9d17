import { join } from 'node:path'
import { createQueue } from '../../service/queue/queue.ts'
import { openStorage } from '../../service/storage/lmdb-storage.ts'

/** A store and a queue in a process of their own, which forgets what is old and is killed when half of it is gone. */
const [directory = '', now = '', killAt = ''] = process.argv.slice(2)
let left = Number(killAt)
const storage = await openStorage({ directory })
const queue = await createQueue({
  storage,
  spoolDirectory: join(directory, 'spool'),
  clock: () => Number(now),
  failpoint: (name) => {
    if (name === 'during-forgetting' && --left <= 0) process.kill(process.pid, 'SIGKILL')
  }
})
await queue.forget(Number(now), 100)
