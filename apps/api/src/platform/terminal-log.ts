const LEVELS = new Map([
  [10, 'trace'],
  [20, 'debug'],
  [30, 'info'],
  [40, 'WARN'],
  [50, 'ERROR'],
  [60, 'FATAL'],
]);
const LEVEL_ERROR = 50;
const LEVEL_WIDTH = 5;
const CONTROLS = /\p{Cc}/gu;

interface LogLine {
  readonly level: number;
  readonly time: number;
  readonly msg?: string;
  readonly err?: { readonly message?: string; readonly stack?: string };
  readonly [member: string]: unknown;
}

/** A destination for pino that shows a person at a terminal what programs get as JSON. */
export function terminalLog(write: (text: string) => void): { write(line: string): void } {
  return { write: (line) => write(`${readable(JSON.parse(line) as LogLine)}\n`) };
}

function readable({ level, time, msg, err, pid: _pid, hostname: _hostname, ...more }: LogLine): string {
  const clock = new Date(time).toTimeString().slice(0, 8);
  const members = Object.entries(more).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
  const what = [msg, err?.message].filter((text) => text !== undefined && text !== '').join(': ');
  const head = [clock, (LEVELS.get(level) ?? String(level)).padEnd(LEVEL_WIDTH), what, ...members].join(' ');
  const stack = level >= LEVEL_ERROR ? (err?.stack ?? '') : '';
  const lines = stack === '' ? [head] : [head, ...stack.split('\n')];
  return lines.map(withoutControls).join('\n');
}

/** What a client sent must not move the cursor, set colours or begin a line of its own. */
function withoutControls(line: string): string {
  return line.replace(CONTROLS, (control) => `\\u${control.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
