// npm run audit-dependencies: known vulnerabilities of what the product runs with, from npm's audit of the lockfile. Severities below high are only counted.
// What is accepted for a while stands in accepted-advisories.json, with the reason and the day on which it ends. Ends with EXIT_SKIPPED where the audit service does not answer.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import process from 'node:process';
import { EXIT_SKIPPED } from './gates.ts';

/** One finding of `npm audit --json`, as far as it matters here; a text in `via` names another package of the report. */
interface Advisory {
  readonly url: string;
  readonly title: string;
  readonly severity: string;
  readonly range: string;
}

/** What `npm audit --json` prints (auditReportVersion 2), or what went wrong. */
export interface AuditReport {
  readonly vulnerabilities?: Readonly<Record<string, { readonly via: readonly (Advisory | string)[] }>>;
  readonly statusCode?: number;
  readonly error?: { readonly code?: string };
}

/** An advisory that we live with for a while. */
export interface Accepted {
  /** The last part of its URL: GHSA-xxxx-xxxx-xxxx. */
  readonly id: string;
  readonly reason: string;
  /** Last day, YYYY-MM-DD. */
  readonly until: string;
}

/** What a report means. */
export interface Verdict {
  readonly problems: readonly string[];
  readonly notes: readonly string[];
}

const GRAVE: readonly string[] = ['high', 'critical'];
const TIMEOUT_MS = 60_000;
const FETCH_TIMEOUT_MS = 20_000;

/** Judges a report on a day (YYYY-MM-DD). An acceptance that is over, or of nothing that is found, is said. */
export function judge(report: AuditReport, accepted: readonly Accepted[], today: string): Verdict {
  const found = new Map<string, string>();
  let lesser = 0;
  for (const [name, { via }] of Object.entries(report.vulnerabilities ?? {})) {
    for (const advisory of via) {
      if (typeof advisory === 'string') continue;
      if (!GRAVE.includes(advisory.severity)) lesser += 1;
      else
        found.set(
          idOf(advisory),
          `${name} ${advisory.range}: ${advisory.title} (${advisory.severity}) ${advisory.url}`,
        );
    }
  }
  const valid = accepted.filter(({ until }) => until >= today);
  const problems = [...found].filter(([id]) => !valid.some((entry) => entry.id === id)).map(([, text]) => text);
  const over = accepted.filter(({ id, until }) => until < today && found.has(id));
  const needless = accepted.filter(({ id }) => !found.has(id));
  return {
    problems: [...problems, ...over.map(({ id, until }) => `${id} was accepted until ${until}`)],
    notes: [
      ...needless.map(({ id }) => `${id} is accepted but no longer found: remove it from accepted-advisories.json`),
      `${found.size} grave, ${lesser} lesser advisories`,
    ],
  };
}

function idOf({ url }: Advisory): string {
  return url.slice(url.lastIndexOf('/') + 1);
}

function main(): void {
  const args = [
    'audit',
    '--json',
    '--omit=dev',
    '--package-lock-only',
    '--fetch-retries=1',
    `--fetch-timeout=${FETCH_TIMEOUT_MS}`,
  ];
  const { error, stdout } = spawnSync('npm', args, { encoding: 'utf8', timeout: TIMEOUT_MS });
  const report = parseReport(stdout ?? '');
  if (report?.vulnerabilities === undefined) {
    // npm's own message names the registry that is set up here, which is nobody's business.
    const status = report?.statusCode === undefined ? undefined : `HTTP ${report.statusCode}`;
    const why = error?.message ?? status ?? report?.error?.code ?? 'npm audit said nothing';
    console.log(`the audit service does not answer: ${why}`);
    process.exitCode = EXIT_SKIPPED;
    return;
  }
  const accepted: Accepted[] = JSON.parse(
    readFileSync(new URL('../accepted-advisories.json', import.meta.url), 'utf8'),
  );
  const { notes, problems } = judge(report, accepted, new Date().toISOString().slice(0, 10));
  for (const note of notes) console.log(note);
  for (const problem of problems) console.error(problem);
  process.exitCode = problems.length === 0 ? 0 : 1;
}

function parseReport(text: string): AuditReport | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

if (import.meta.main) main();
