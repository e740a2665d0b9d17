// Starts an engine, tells its process id, and waits to be killed.
import { createEmbeddedClickHouse } from '../../service/history/embedded/embedded-clickhouse.ts'
import { silentLogger } from '../../service/telemetry/logger.ts'

const engine = createEmbeddedClickHouse({ directory: process.argv[2] ?? '', log: silentLogger })
await engine.address()
process.send?.(engine.pid())
setInterval(() => undefined, 1_000)
