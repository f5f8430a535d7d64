import type { Dashboard } from '@aegisguard/model';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { type ApiError, asApiError } from '../../../lib/api-error.ts';
import { serverNow } from '../../../lib/server-clock.ts';
import { resolveRange } from '../../../lib/time-range.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { Field } from '../../../ui/field.tsx';
import { Input } from '../../../ui/input.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { Select } from '../../../ui/select.tsx';
import { type CatalogueMetric, catalogue } from '../../metrics/catalogue/catalogue.ts';
import { labelNames, labelValues, metricFacts } from '../../metrics/metrics-api.ts';
import { createDashboard } from '../dashboards-api.ts';
import { errorMatchers, likelyDurations, likelyLabel, likelyRequests } from './red-guesses.ts';
import { redDashboard } from './red-template.ts';

/** Metrics of the last while are offered. */
const LOOKED_AT = { from: 'now-3h', to: 'now' };

/** Which metrics there are. */
function useMetrics(orgId: string) {
  return useQuery({
    queryKey: ['metrics', orgId, 'red'],
    queryFn: async ({ signal }) => {
      const range = resolveRange(LOOKED_AT, serverNow());
      const [names, facts] = await Promise.all([
        labelValues(orgId, '__name__', undefined, range, signal),
        metricFacts(orgId, signal),
      ]);
      return catalogue(names, facts, new Map());
    },
  });
}

/** The labels of a metric, and what tells failures apart. */
function useLabels(orgId: string, metric: string) {
  return useQuery({
    queryKey: ['metrics', orgId, 'red', metric],
    queryFn: async () => {
      const range = resolveRange(LOOKED_AT, serverNow());
      const labels = (await labelNames(orgId, metric, range)).filter((label) => label !== '__name__');
      return { labels, errors: errorMatchers(labels) };
    },
    enabled: metric !== '',
  });
}

function MetricChoice({
  label,
  hint,
  value,
  metrics,
  none,
  onChange,
}: {
  readonly label: string;
  readonly hint: string;
  readonly value: string;
  readonly metrics: readonly CatalogueMetric[];
  /** What choosing none is called, where that may be. */
  readonly none?: string;
  readonly onChange: (name: string) => void;
}): ReactNode {
  return (
    <Field label={label} hint={metrics.find(({ name }) => name === value)?.help || hint}>
      {(control) => (
        <Select {...control} value={value} onChange={(event) => onChange(event.target.value)}>
          {none === undefined ? null : <option value="">{none}</option>}
          {metrics.map(({ name }) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}

interface Choices {
  readonly title?: string;
  readonly requests?: string;
  readonly durations?: string;
  readonly label?: string;
  readonly errors?: string;
}

/** What is chosen, and for what is not what is likely meant. */
function useRedSource(orgId: string) {
  const [choices, setChoices] = useState<Choices>({});
  const metrics = useMetrics(orgId);
  const counters = metrics.data?.filter(({ kind }) => kind === 'counter') ?? [];
  const histograms = metrics.data?.filter(({ kind }) => kind === 'histogram' || kind === 'native histogram') ?? [];
  const requests = choices.requests ?? likelyRequests(counters.map(({ name }) => name));
  const labels = useLabels(orgId, requests);
  const durations = choices.durations ?? likelyDurations(histograms.map(({ name }) => name));
  return {
    metrics,
    counters,
    histograms,
    labels: labels.data?.labels ?? [],
    matchers: labels.data?.errors ?? [],
    source: {
      title: choices.title ?? 'Services',
      requests,
      durations,
      isNativeHistogram: histograms.some(({ name, kind }) => name === durations && kind === 'native histogram'),
      label: choices.label ?? likelyLabel(labels.data?.labels ?? []),
      errors: choices.errors ?? labels.data?.errors[0] ?? '',
    },
    choose: (part: Choices) => setChoices((before) => ({ ...before, ...part })),
  };
}

/** A dashboard of requests, errors and durations, made by pointing at two metrics and a label. */
export function RedTemplateDialog({
  orgId,
  onMade,
  onClose,
}: {
  readonly orgId: string;
  readonly onMade: (dashboard: Dashboard) => void;
  readonly onClose: () => void;
}): ReactNode {
  const { metrics, counters, histograms, labels, matchers, source, choose } = useRedSource(orgId);
  const [isSaving, setSaving] = useState(false);
  const [error, setError] = useState<ApiError>();
  const make = async (): Promise<void> => {
    setSaving(true);
    try {
      onMade(await createDashboard(orgId, redDashboard(source)));
    } catch (cause) {
      setError(asApiError(cause));
      setSaving(false);
    }
  };
  const shownError = error ?? (metrics.error === null ? undefined : asApiError(metrics.error));
  const isReady = source.requests !== '' && source.label !== '' && source.title.trim() !== '';
  return (
    <Dialog
      title="Service dashboard"
      description="Requests, errors and durations (RED) of your services, each to be chosen above the panels."
      onClose={onClose}
      onSubmit={() => {
        if (isReady && !isSaving) {
          void make();
        }
      }}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" disabled={!isReady || isSaving}>
            {isSaving ? 'Creating…' : 'Create'}
          </Button>
        </>
      }
    >
      {metrics.data !== undefined && counters.length === 0 ? (
        <Notice kind="info">No counter came in during the last 3 hours: send metrics first.</Notice>
      ) : null}
      <Field label="Title">
        {(control) => (
          <Input
            {...control}
            data-autofocus=""
            maxLength={200}
            value={source.title}
            onChange={(event) => choose({ title: event.target.value })}
          />
        )}
      </Field>
      <MetricChoice
        label="Requests"
        hint="A counter of requests."
        value={source.requests}
        metrics={counters}
        onChange={(requests) => choose({ requests })}
      />
      <MetricChoice
        label="Durations"
        hint="A histogram of how long they took."
        value={source.durations}
        metrics={histograms}
        none="None"
        onChange={(durations) => choose({ durations })}
      />
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Service label" hint="Its values are the services.">
          {(control) => (
            <Select {...control} value={source.label} onChange={(event) => choose({ label: event.target.value })}>
              {labels.map((label) => (
                <option key={label} value={label}>
                  {label}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Field label="A request failed where" hint="Of the counter’s labels.">
          {(control) => (
            <>
              <Input
                {...control}
                spellCheck={false}
                list="red-errors"
                className="font-mono"
                placeholder='status=~"5.."'
                value={source.errors}
                onChange={(event) => choose({ errors: event.target.value })}
              />
              <datalist id="red-errors">
                {matchers.map((matcher) => (
                  <option key={matcher} value={matcher} />
                ))}
              </datalist>
            </>
          )}
        </Field>
      </div>
      {shownError === undefined ? null : (
        <Notice kind="error">
          {shownError.title}. {shownError.detail}
        </Notice>
      )}
    </Dialog>
  );
}
