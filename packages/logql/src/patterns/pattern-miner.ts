// Drain, clustering of log lines with a tree of fixed depth: He et al., https://jiemingzhu.github.io/pub/pjhe_icws2017.pdf
import type { LogPattern, WildcardType } from './log-pattern.ts';
import { PatternCluster } from './pattern-cluster.ts';
import { tokenizeLine } from './tokenize-line.ts';
import { valueType } from './value-type.ts';

/** Words that a line must share with a cluster. Lower unites lines that a person would tell apart. */
const LIKENESS_MIN = 0.6;
/** Tokens from the line's beginning that lines of a cluster must share, where they are words. */
const PREFIX_TOKENS = 2;
/** Clusters at a time; past it, lines of no known form are counted as others. */
const CLUSTERS_MAX = 2000;
/** Clusters that one line is compared with. */
const COMPARED_MAX = 100;

/** Patterns, most frequent first, and the lines that belong to none of them. */
export interface MinedPatterns {
  readonly patterns: readonly LogPattern[];
  readonly others: number;
}

/** Finds the forms of lines, one line after the other, in bounded memory and time. */
export class PatternMiner {
  readonly #slots: number;
  readonly #groups = new Map<string, PatternCluster[]>();
  #clusterCount = 0;
  #others = 0;

  /** `slots` of time are counted apart. */
  constructor(slots: number) {
    this.#slots = slots;
  }

  /** Takes a line in; `slot` is where its time falls. */
  add(line: string, slot: number, level: string): void {
    const tokenized = tokenizeLine(line);
    const { tokens, gaps } = tokenized;
    const types = tokens.map(valueType);
    const group = this.#groupOf(tokens, gaps, types);
    let cluster = mostAlike(group, tokens);
    if (cluster === undefined) {
      if (this.#clusterCount === CLUSTERS_MAX) {
        this.#others += 1;
        return;
      }
      cluster = new PatternCluster(line, tokenized, types, this.#slots);
      group.push(cluster);
      this.#clusterCount += 1;
    }
    cluster.add(tokens, types, slot, level);
  }

  /** What was found so far, at most `limit` patterns. */
  patterns(limit: number): MinedPatterns {
    const clusters = [...this.#groups.values()].flat().sort((a, b) => b.count - a.count);
    const left = clusters.slice(limit).reduce((sum, { count }) => sum + count, 0);
    return { patterns: clusters.slice(0, limit).map((cluster) => cluster.toPattern()), others: this.#others + left };
  }

  /** Lines can only be of one form when they agree in what stands between their tokens and in their first words. */
  #groupOf(
    tokens: readonly string[],
    gaps: readonly string[],
    types: readonly (WildcardType | undefined)[],
  ): PatternCluster[] {
    const prefix = tokens.slice(0, PREFIX_TOKENS).map((token, at) => (types[at] === undefined ? token : ''));
    const key = `${gaps.join('\0')}\n${prefix.join('\0')}`;
    let group = this.#groups.get(key);
    if (group === undefined) {
      group = [];
      this.#groups.set(key, group);
    }
    return group;
  }
}

function mostAlike(group: readonly PatternCluster[], tokens: readonly string[]): PatternCluster | undefined {
  let best: PatternCluster | undefined;
  let bestLikeness = LIKENESS_MIN;
  for (let at = 0; at < Math.min(group.length, COMPARED_MAX); at += 1) {
    const cluster = group[at];
    const likeness = cluster?.likeness(tokens) ?? 0;
    if (likeness >= bestLikeness) {
      best = cluster;
      bestLikeness = likeness;
      if (likeness === 1) {
        break;
      }
    }
  }
  return best;
}
