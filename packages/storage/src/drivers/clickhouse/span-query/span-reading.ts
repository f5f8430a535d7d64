import type { FetchedSpan, OrgId, QueryStats, SpanCondition } from '@aegisguard/model';
import { totalStats } from '@aegisguard/model';
import type { EngineAnswer } from '../engine.ts';
import type { TableNames } from '../log-table.ts';
import { type Deadline, type QueryRunner, SPAN_GROUPS_MAX, type StatementTraits } from '../query-runner.ts';
import { plainAlternatives, wholeTextPattern } from '../re2-pattern.ts';
import type { RegexCheck } from '../regex-check.ts';
import type { SearchWindow } from '../search-windows.ts';
import { orgCondition } from '../selection-sql.ts';
import { type AttributeField, type AttributeSurvey, surveyAttributes } from './attribute-survey.ts';
import type { SpanBlocks } from './span-blocks.ts';

/** One question about an organization's spans: the statements it takes, and what they cost together. */
export class SpanReading {
  readonly spans: string;
  readonly org: string;
  readonly orgId: OrgId;
  readonly runner: QueryRunner;
  readonly deadline: Deadline;
  readonly answers: EngineAnswer[] = [];
  readonly #regexes: RegexCheck;

  constructor(runner: QueryRunner, { spans }: TableNames, regexes: RegexCheck, orgId: OrgId, deadline: Deadline) {
    this.spans = spans;
    this.org = orgCondition(orgId);
    this.orgId = orgId;
    this.runner = runner;
    this.deadline = deadline;
    this.#regexes = regexes;
  }

  get stats(): QueryStats {
    return totalStats(this.answers);
  }

  async rows(sql: string, traits?: StatementTraits): Promise<EngineAnswer['rows']> {
    const answer = await this.runner.run(sql, this.deadline, traits);
    this.answers.push(answer);
    return answer.rows;
  }

  /** Which attributes the spans of a range have. */
  async survey(range: SearchWindow, fields: readonly AttributeField[]): Promise<AttributeSurvey> {
    return await surveyAttributes(this, range, fields, (sql) => this.rows(sql, { isOfProjection: true }));
  }

  /** Hands over spans as they come; what `onSpans` throws ends it and comes back. `sql` selects the blocks' columns. */
  async spansOf(blocks: SpanBlocks, sql: string, onSpans: (spans: readonly FetchedSpan[]) => void): Promise<void> {
    let thrown: { readonly error: unknown } | undefined;
    let rowsRead = 0;
    try {
      const read = (piece: Uint8Array): void => {
        for (const spans of blocks.read(piece)) {
          rowsRead += spans.length;
          try {
            onSpans(spans);
          } catch (error) {
            thrown = { error };
            throw error;
          }
        }
      };
      const answer = await this.runner.stream(sql, this.deadline, read, { groupsMax: SPAN_GROUPS_MAX });
      this.answers.push({ ...answer, rowsRead });
    } catch (error) {
      throw thrown === undefined ? error : thrown.error;
    }
  }

  /** Throws `invalid-query` for an expression that RE2 refuses: a query that finds nothing to try it on would not notice. */
  async assertValid(...conditions: readonly SpanCondition[]): Promise<void> {
    await this.#regexes.assertPatterns(conditions.flatMap(patternsOf), this.runner, this.deadline);
  }
}

function patternsOf(condition: SpanCondition): readonly string[] {
  if (condition.kind === 'all' || condition.kind === 'any') {
    return condition.of.flatMap(patternsOf);
  }
  const isRegex = condition.kind === 'compare' && (condition.op === '=~' || condition.op === '!~');
  return isRegex && typeof condition.value === 'string' && plainAlternatives(condition.value) === undefined
    ? [wholeTextPattern(condition.value)]
    : [];
}
