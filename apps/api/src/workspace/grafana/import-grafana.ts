// https://grafana.com/docs/grafana/latest/dashboards/build-dashboards/view-dashboard-json-model/
import type { ImportRemark, NewDashboard, NewPanel } from '@aegisguard/model';
import { DataSources } from './data-sources.ts';
import { findPanels } from './find-panels.ts';
import { importAnnotations } from './import-annotations.ts';
import { importPanel } from './import-panel.ts';
import { importVariables } from './import-variables.ts';
import { cut, type LooseObject, listOf, numberOf, objectOf, textOf } from './loose-json.ts';
import { type Note, Remarks } from './remarks.ts';

const PANELS_MAX = 500;
const TITLE_CHARS_MAX = 200;
const DESCRIPTION_CHARS_MAX = 5000;
const TAGS_MAX = 20;
const TAG_CHARS_MAX = 50;
const PANEL_ID_CHARS_MAX = 40;

/** A dashboard of Grafana (its classic JSON, versions 16 to 42 and the rows of before) as one of ours, and what could not be carried over. Takes anything: what is no text, number or list where one should be is not there. */
export function importGrafana(dashboard: LooseObject): {
  readonly content: NewDashboard;
  readonly notCarried: readonly ImportRemark[];
} {
  const remarks = new Remarks();
  const note = remarks.of(null);
  const sources = new DataSources(dashboard);
  const found = findPanels(dashboard);
  if (found.length > PANELS_MAX) {
    note('panels', `A dashboard has at most ${PANELS_MAX}; the others were left out.`);
  }
  const ids = new Set<string>();
  const panels = found.slice(0, PANELS_MAX).map((one) => {
    return withId(importPanel(one, dashboard, sources, remarks), one.panel.id, ids);
  });
  noteLost(dashboard, note);
  const description = sources.without(textOf(dashboard.description));
  const content = {
    title: cut(sources.inTitle(textOf(dashboard.title)), TITLE_CHARS_MAX).trim() || 'Imported dashboard',
    description: cut(description, DESCRIPTION_CHARS_MAX),
    tags: tagsOf(dashboard.tags, note),
    panels,
    variables: importVariables(dashboard, sources, note),
    annotations: importAnnotations(dashboard, sources, note),
    ...timesOf(dashboard, note),
  };
  return { content, notCarried: remarks.all };
}

/** Grafana's ids are numbers, and not always unique. */
function withId(panel: NewPanel, theirs: unknown, ids: Set<string>): NewPanel {
  const id = typeof theirs === 'number' ? String(theirs) : '';
  if (id === '' || id.length > PANEL_ID_CHARS_MAX || ids.has(id)) {
    return panel;
  }
  ids.add(id);
  return { ...panel, id };
}

function tagsOf(value: unknown, note: Note): string[] {
  const tags = [...new Set(listOf(value).map((tag) => cut(textOf(tag).trim(), TAG_CHARS_MAX).trim()))];
  const named = tags.filter((tag) => tag !== '');
  if (named.length > TAGS_MAX) {
    note('tags', `A dashboard has at most ${TAGS_MAX}; the others were left out.`);
  }
  return named.slice(0, TAGS_MAX);
}

function timesOf({ time, refresh, timezone }: LooseObject, note: Note) {
  const { from, to } = objectOf(time);
  const zone = textOf(timezone);
  if (zone !== '' && zone !== 'browser') {
    note(`the time zone ${zone}`, 'Times are shown in the zone of who looks.');
  }
  return {
    from: pointOf(from) ?? 'now-1h',
    to: pointOf(to) ?? 'now',
    refreshSeconds: refreshSeconds(refresh, note),
  };
}

function pointOf(value: unknown): string | undefined {
  const text = textOf(value).trim();
  return text === '' || text.length > 40 ? undefined : text;
}

const SECONDS: ReadonlyMap<string, number> = new Map([
  ['s', 1],
  ['m', 60],
  ['h', 3600],
  ['d', 86_400],
]);
const REFRESH_SECONDS_MAX = 86_400;

function refreshSeconds(value: unknown, note: Note): number {
  const text = textOf(value).trim();
  const [, count, unit = ''] = /^(\d{1,6})([smhd])$/.exec(text) ?? [];
  const seconds = (numberOf(count) ?? 0) * (SECONDS.get(unit) ?? 0);
  if (text !== '' && seconds === 0) {
    note(`refreshing by “${text}”`, 'It refreshes when it is asked to.');
  }
  return Math.min(seconds, REFRESH_SECONDS_MAX);
}

function noteLost({ links, description }: LooseObject, note: Note): void {
  if (listOf(links).length > 0) {
    note('links', 'Dashboards have no links.');
  }
  if (textOf(description).length > DESCRIPTION_CHARS_MAX) {
    note('the end of the description', `It has at most ${DESCRIPTION_CHARS_MAX} characters.`);
  }
}
