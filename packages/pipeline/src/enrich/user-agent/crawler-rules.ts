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

/** Reads the file of the package `crawler-user-agents`. The template is what the pattern found. */
export function readCrawlerRules(): CrawlerRules {
  const path = createRequire(import.meta.url).resolve('crawler-user-agents');
  const entries = JSON.parse(readFileSync(path, 'utf8')) as readonly Entry[];
  const [bots, libraries] = [false, true].map((areLibraries) =>
    entries
      .filter(({ tags = [] }) => (tags.length > 0 && tags.every((tag) => tag === LIBRARY)) === areLibraries)
      .map(({ pattern }) => ({ source: pattern, ignoreCase: false, templates: ['$0'] })),
  );
  return { bots: bots ?? [], libraries: libraries ?? [] };
}

const EDGES = /^[\s/;:(]+|[\s/;:(]+$/g;
const WORD_OF_A_BOT = /[\w.-]{0,40}(?:bot|spider|crawl)[\w.-]{0,40}/i;

/** The name of a bot: what a pattern found without what stands around it, else the word that says what it is. */
export function botName(found: string | undefined, text: string): string | undefined {
  return found?.replace(EDGES, '') || WORD_OF_A_BOT.exec(text)?.[0];
}
