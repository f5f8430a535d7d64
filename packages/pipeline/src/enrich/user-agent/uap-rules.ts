// https://github.com/ua-parser/uap-core/blob/master/docs/specification.md
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { FAILSAFE_SCHEMA, load } from 'js-yaml';
import type { PatternRule } from './pattern-lists.ts';

/** The lists of uap-core. Templates: of a browser its family and three parts of its version; of an operating system four; of a device its family, brand and model. */
export interface UapRules {
  readonly browsers: readonly PatternRule[];
  readonly systems: readonly PatternRule[];
  readonly devices: readonly PatternRule[];
}

type Entry = Readonly<Record<string, string | undefined>> & { readonly regex: string };

interface RegexesFile {
  readonly user_agent_parsers: readonly Entry[];
  readonly os_parsers: readonly Entry[];
  readonly device_parsers: readonly Entry[];
}

/** A replacement's name, and what stands where a rule has none. */
type Template = readonly [name: string, fallback: string];

const BROWSER: readonly Template[] = [
  ['family_replacement', '$1'],
  ['v1_replacement', '$2'],
  ['v2_replacement', '$3'],
  ['v3_replacement', '$4'],
];
const SYSTEM: readonly Template[] = [
  ['os_replacement', '$1'],
  ['os_v1_replacement', '$2'],
  ['os_v2_replacement', '$3'],
  ['os_v3_replacement', '$4'],
  ['os_v4_replacement', '$5'],
];
const DEVICE: readonly Template[] = [
  ['device_replacement', '$1'],
  ['brand_replacement', ''],
  ['model_replacement', '$1'],
];

/** Reads the file of the package `uap-core`. */
export function readUapRules(): UapRules {
  const path = createRequire(import.meta.url).resolve('uap-core/regexes.yaml');
  const file = load(readFileSync(path, 'utf8'), { schema: FAILSAFE_SCHEMA }) as RegexesFile;
  return {
    browsers: file.user_agent_parsers.map((entry) => rule(entry, BROWSER)),
    systems: file.os_parsers.map((entry) => rule(entry, SYSTEM)),
    devices: file.device_parsers.map((entry) => rule(entry, DEVICE)),
  };
}

function rule(entry: Entry, templates: readonly Template[]): PatternRule {
  return {
    source: entry.regex,
    ignoreCase: entry.regex_flag === 'i',
    templates: templates.map(([name, fallback]) => entry[name] ?? fallback),
  };
}
