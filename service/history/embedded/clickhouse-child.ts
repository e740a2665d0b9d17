// The child process: a genuine ClickHouse server, the engine inside npm `chdb`, on loopback HTTP. It lives as long as its IPC channel.
import { writeFileSync } from 'node:fs'
import { constants, setPriority } from 'node:os'
import { DataType, load, open } from 'ffi-rs'

const [library = '', directory = '', configFile = ''] = process.argv.slice(2)

/** clickhouse-local listens as long as its query runs: this one never ends. */
const listen =
  'SYSTEM START LISTEN HTTP; SELECT sleepEachRow(1) FROM system.numbers SETTINGS max_block_size=1, function_sleep_max_microseconds_per_block=0 FORMAT Null'
const argv = ['clickhouse', `--config-file=${configFile}`, '--path', directory, '--query', listen]

// The service has ended, however it did: nobody else may keep the directory. An exit would wait for the engine's threads; what was
// acknowledged is on disk
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'))

// Whoever waits for a verdict goes first; threads that are started later inherit it
setPriority(constants.priority.PRIORITY_LOW)
letOthersFirst()

open({ library: 'chdb', path: library })
load({
  library: 'chdb',
  funcName: 'chdb_set_signal_handlers_enabled',
  retType: DataType.Void,
  paramsType: [DataType.I32],
  paramsValue: [0]
})
const ended: unknown = load({
  library: 'chdb',
  funcName: 'chdb_query_cmdline',
  retType: DataType.External,
  paramsType: [DataType.I32, DataType.StringArray],
  paramsValue: [argv.length, argv],
  runInNewThread: true
})
Promise.resolve(ended).then(
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(`${String(error)}\n`)
    process.exit(1)
  }
)

/**
 * Linux may share the processors among sessions before it looks at who is nicer within one (sched(7), "The autogroup feature"): we are a
 * session of our own, which the parent sees to. Less far back than within one, as every other session counts here, busy ones that have
 * nothing to do with us too. Elsewhere, and in a control group, the priority alone counts.
 */
function letOthersFirst(): void {
  try {
    writeFileSync('/proc/self/autogroup', String(constants.priority.PRIORITY_BELOW_NORMAL))
  } catch {
    // The system has no such file, or lets nobody write it
  }
}
