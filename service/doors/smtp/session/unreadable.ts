import { maxCommandBytes, type CommandOutcome } from '../commands/command.ts'
import { reply } from '../verbs/reply.ts'
import type { Line } from './input.ts'
import type { Step } from './session.ts'

/** What is no command. Where a line may be somebody else's making (SMTP smuggling), nothing more is read. */
export function unreadable(kind: Exclude<CommandOutcome['kind'] | Line['kind'], 'command'>): Step {
  switch (kind) {
    case 'bare-line-feed':
      return { reply: reply(421, '4.5.2', 'Line feed without carriage return'), next: 'hang-up' }
    case 'control-character':
      return { reply: reply(500, '5.5.2', 'Control character in command'), next: 'hang-up' }
    case 'too-long':
      return { reply: reply(500, '5.5.2', `Line longer than ${maxCommandBytes} bytes`) }
    case 'not-utf8':
      return { reply: reply(500, '5.5.2', 'Command is not UTF-8') }
    case 'line':
    case 'ended':
    case 'late':
      return { reply: reply(421, '4.4.2', 'Connection lost'), next: 'hang-up' }
  }
}
