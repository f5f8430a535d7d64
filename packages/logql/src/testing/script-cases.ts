import type { LogReader, StoredLog } from '@aegisguard/model';
import { checkAsMiddle, checkEvaluation } from './check-evaluation.ts';
import { parseScript } from './parse-script.ts';
import type { ScriptLog } from './script-command.ts';
import { storedLogs } from './script-logs.ts';

/** One evaluation of a script. */
export interface ScriptCase {
  /** From 1. */
  readonly line: number;
  readonly query: string;
  /** Throws, with what differs, unless the query gives what the script expects: as it is written, and as the middle of a range. */
  run(): Promise<void>;
}

/** The evaluations of a script, each with what is loaded by then; a command that is malformed is one that fails. */
export function scriptCases(text: string, openReader: (logs: readonly StoredLog[]) => LogReader): ScriptCase[] {
  let loaded: ScriptLog[] = [];
  let reader: LogReader | undefined;
  const cases: ScriptCase[] = [];
  for (const command of parseScript(text)) {
    if (command.kind === 'clear') {
      loaded = [];
      reader = undefined;
    } else if (command.kind === 'load') {
      loaded = [...loaded, ...command.logs];
      reader = undefined;
    } else if (command.kind === 'malformed') {
      const { line, text: query, problem } = command;
      cases.push({ line, query, run: () => Promise.reject(new Error(problem)) });
    } else {
      reader ??= openReader(storedLogs(loaded));
      const { line, query } = command;
      const source = reader;
      cases.push({
        line,
        query,
        async run() {
          await checkEvaluation(source, command);
          await checkAsMiddle(source, command);
        },
      });
    }
  }
  return cases;
}
