// https://github.com/monperrus/crawler-user-agents
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { PatternRule } from './pattern-lists.ts';

interface Entry {
  readonly pattern: string;
  readonly tags?: readonly string[];
}

/** What the list names: programs that come by themselves, and libraries that somebody's program uses. */
export interface CrawlerRules {
  readonly bots: readonly PatternRule[];
  readonly libraries: readonly PatternRule[];
}

/** Its tag for libraries. */
const LIBRARY = 'http-library';

/** Names begin where a word does: the list has `RED/`, and there is `WIRED/3.2`. */
const WORD_START = '(?<![A-Za-z0-9])';
/** The list has a build number of Android for a name; phones send it. */
const BUILD_NUMBER = /^[A-Z0-9]{4}\\?\.\d{6}/;

/** Crawlers that pretend to be a browser say where they come from; people's browsers have no link. */
const LINK: PatternRule = { source: '^Mozilla/.{0,400}[+]https?://', ignoreCase: false, templates: [''] };

/** What asks whether a machine is alive: of Kubernetes, load balancers and monitors. The list has those of the web only. */
const PROBE: PatternRule = {
  source: 'kube-probe|HealthChecker|Health-?[ ]?Check|Health[ ]?Probe|^GoogleHC|[Bb]lackbox[- ][Ee]xporter|^AlwaysOn',
  ignoreCase: false,
  templates: ['$0'],
};

/** Reads the file of the package `crawler-user-agents`. The template is what the pattern found. */
export function readCrawlerRules(): CrawlerRules {
  const path = createRequire(import.meta.url).resolve('crawler-user-agents');
  const entries = JSON.parse(readFileSync(path, 'utf8')) as readonly Entry[];
  const [bots, libraries] = [false, true].map((areLibraries) =>
    entries
      .filter(({ pattern }) => !BUILD_NUMBER.test(pattern))
      .filter(({ tags = [] }) => (tags.length > 0 && tags.every((tag) => tag === LIBRARY)) === areLibraries)
      .map(({ pattern }) => ({ source: `${WORD_START}(?:${pattern})`, ignoreCase: false, templates: ['$0'] })),
  );
  return { bots: [...(bots ?? []), PROBE, LINK], libraries: libraries ?? [] };
}

const EDGES = /^[\s/;:(]+|[\s/;:(]+$/g;
const WORD_OF_A_BOT = /[\w.-]{0,40}(?:bot|spider|crawl)[\w.-]{0,40}/i;

/** The name of a bot: what a pattern found without what stands around it, else the word that says what it is. */
export function botName(found: string | undefined, text: string): string | undefined {
  return found?.replace(EDGES, '') || WORD_OF_A_BOT.exec(text)?.[0];
}
