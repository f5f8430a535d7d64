import { AegisError, type MetricReader, type OrgId, parseOrgId } from '@aegisguard/model';
import { RE2JS } from 're2js';
import { evaluateQuery } from '../evaluate/evaluate-query.ts';
import { labelsKey } from '../evaluate/labels-key.ts';
import type { QueryResult } from '../evaluate/query-result.ts';
import type { Expression } from '../syntax/ast/expression.ts';
import { compareSeries } from './compare-series.ts';
import { nearlyEqual } from './nearly-equal.ts';
import type { EvaluationCommand, Expectations, MessageExpectation, ScriptWindow } from './script-command.ts';

/** The organization whose series scripts load. */
export const SCRIPT_ORG: OrgId = parseOrgId('00000000-0000-7000-8000-00000000000a');

/** As many as Prometheus allows its scripts. */
const SAMPLES_MAX = 10_000;
const TIMEOUT_MS = 30_000;

/** Evaluates a query as Prometheus's own runner does. */
export function evaluateForScript(
  reader: MetricReader,
  query: string | Expression,
  window: ScriptWindow,
  isRange: boolean,
): Promise<QueryResult> {
  const bounds = { signal: new AbortController().signal, timeoutMs: TIMEOUT_MS };
  return evaluateQuery(reader, SCRIPT_ORG, query, window, bounds, { samplesMax: SAMPLES_MAX, isRange });
}

/** Throws unless an evaluation gives what its script expects. */
export async function checkEvaluation(reader: MetricReader, command: EvaluationCommand): Promise<void> {
  const { expected, isInstant, query, window } = command;
  const result = await evaluateForScript(reader, query, window, !isInstant).catch((error: unknown) => error);
  if (expected.fail !== undefined) {
    checkFailure(result, expected.fail);
    return;
  }
  if (!isResult(result)) {
    throw result;
  }
  checkAnnotations('warning', result.warnings, expected.warn, expected.hasNoWarn);
  checkAnnotations('info', result.infos, expected.info, expected.hasNoInfo);
  checkData(result, command);
}

function isResult(result: unknown): result is QueryResult {
  return typeof result === 'object' && result !== null && 'data' in result;
}

/** Throws unless the result is a refusal, with the message that is expected. */
export function checkFailure(result: unknown, expected: MessageExpectation): void {
  if (!(result instanceof AegisError)) {
    throw result instanceof Error ? result : new Error('a failure was expected');
  }
  if (!isMatch(result.detail ?? result.message, expected)) {
    throw new Error(`the failure is "${result.detail}", not ${printExpectation(expected)}`);
  }
}

/** Throws unless the data are what is expected at the evaluation's own time or times. */
export function checkData({ data }: QueryResult, { expected, isInstant, window }: EvaluationCommand): void {
  if (data.resultType === 'string') {
    if (data.value !== expected.text) {
      throw new Error(`the text is ${JSON.stringify(data.value)}`);
    }
  } else if (data.resultType === 'scalar') {
    if (expected.scalar === undefined || !nearlyEqual(data.value, expected.scalar)) {
      throw new Error(`the number is ${data.value}`);
    }
  } else if (expected.text !== undefined || (isInstant && expected.scalar !== undefined)) {
    throw new Error(`the result is a ${data.resultType}`);
  } else {
    const times = expected.rangeVector ?? window;
    const series =
      expected.scalar === undefined ? expected.series : [{ labels: [], values: [expected.scalar], starts: [] }];
    compareSeries(data.series, series, times);
    checkOrder(
      data.series.map(({ labels }) => labelsKey(labels)),
      expected,
    );
  }
}

function checkOrder(actual: readonly string[], { isOrdered, series }: Expectations): void {
  const wanted = series.map(({ labels }) => labelsKey(labels));
  if (isOrdered && actual.some((key, place) => key !== wanted[place])) {
    throw new Error(`the order is ${actual.join(', ')}`);
  }
}

function checkAnnotations(
  kind: string,
  actual: readonly string[],
  expected: readonly MessageExpectation[],
  isNoneExpected: boolean,
): void {
  if (isNoneExpected && actual.length > 0) {
    throw new Error(`no ${kind} was expected: ${actual.join('; ')}`);
  }
  for (const one of expected) {
    if (!actual.some((message) => isMatch(message, one))) {
      throw new Error(`the ${kind} ${printExpectation(one)} is missing among: ${actual.join('; ')}`);
    }
  }
  const surprise = actual.find((message) => !expected.some((one) => isMatch(message, one)));
  if (expected.length > 0 && surprise !== undefined) {
    throw new Error(`the ${kind} is not expected: ${surprise}`);
  }
}

function isMatch(message: string, expected: MessageExpectation): boolean {
  switch (expected.kind) {
    case 'any':
      return true;
    case 'msg':
      return message === expected.text;
    case 'regex':
      return RE2JS.compile(expected.text).matcher(message).find();
  }
}

function printExpectation(expected: MessageExpectation): string {
  return expected.kind === 'any' ? 'of any kind' : `"${expected.text}"`;
}
