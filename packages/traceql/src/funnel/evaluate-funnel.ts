import {
  FunnelTally,
  type OrgId,
  type QueryBounds,
  type QueryStats,
  type SpanFunnel,
  type SpanFunnelQuery,
  type SpanQueryReader,
  totalStats,
} from '@aegisguard/model';
import { Turns } from '../evaluate/turns.ts';
import { MetricsGrid } from '../metrics/metrics-grid.ts';
import { SpanSource } from '../metrics/span-source.ts';
import { spansOfRows } from '../metrics/spans-alone.ts';
import { EVERYTHING } from '../plan/condition.ts';
import { SpanNeeds } from '../plan/span-needs.ts';
import type { SpansetPipeline } from '../syntax/ast/spanset-pipeline.ts';
import { FunnelSpans } from './funnel-spans.ts';

/** A funnel, each step the spans that a pipeline finds. */
export interface FunnelQuest extends Omit<SpanFunnelQuery, 'steps'> {
  readonly steps: readonly SpansetPipeline[];
}

/** Tells how traces go through steps: the store by itself where each span alone tells of which steps it is, and the store tells exactly; else by looking at the spans of each step. */
export async function evaluateFunnel(
  reader: SpanQueryReader,
  orgId: OrgId,
  quest: FunnelQuest,
  bounds: QueryBounds,
): Promise<SpanFunnel> {
  const turns = new Turns(bounds);
  const steps = quest.steps.map(spansOfRows);
  const query = { ...quest, steps: steps.map((step) => step?.condition ?? EVERYTHING) };
  const isOfStore = steps.every((step) => step?.isExact === true);
  const told = isOfStore ? await reader.funnelTraces(orgId, query, turns.bounds) : undefined;
  if (told !== undefined) {
    return told;
  }
  const { spans, stats } = await spansOfSteps(reader, orgId, quest, turns);
  const tally = new FunnelTally(query);
  for (const path of spans.paths(quest.steps.length)) {
    await turns.pass();
    tally.add(path);
  }
  return tally.funnel(totalStats(stats));
}

async function spansOfSteps(
  reader: SpanQueryReader,
  orgId: OrgId,
  { steps, start, end }: FunnelQuest,
  turns: Turns,
): Promise<{ readonly spans: FunnelSpans; readonly stats: readonly QueryStats[] }> {
  const grid = new MetricsGrid(start, end, end > start ? end - start : 1n);
  const spans = new FunnelSpans();
  const stats: QueryStats[] = [];
  for (const [step, pipeline] of steps.entries()) {
    const source = new SpanSource(reader, orgId, pipeline, new SpanNeeds(), {
      grid,
      turns,
      own: spansOfRows(pipeline),
      lastVersions: true,
    });
    await source.each((trace, index) => spans.add(step, trace.at(index)));
    stats.push(...source.stats);
  }
  return { spans, stats };
}
