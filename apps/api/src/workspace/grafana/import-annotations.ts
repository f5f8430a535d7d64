// https://grafana.com/docs/grafana/latest/dashboards/build-dashboards/annotate-visualizations/
import type { DashboardAnnotation } from '@aegisguard/model';
import { colorOf } from './colors.ts';
import type { DataSources } from './data-sources.ts';
import { cut, type LooseObject, objectOf, objectsOf, textOf } from './loose-json.ts';
import type { Note } from './remarks.ts';

const ANNOTATIONS_MAX = 20;
const QUERY_CHARS_MAX = 10_000;

/** Annotations by queries; those that people wrote in Grafana are not part of a dashboard's JSON. */
export function importAnnotations(dashboard: LooseObject, sources: DataSources, note: Note): DashboardAnnotation[] {
  const annotations = objectsOf(objectOf(dashboard.annotations).list).flatMap((theirs) => {
    const name = textOf(theirs.name);
    // Every dashboard of Grafana has this one, for what people write on it.
    if (theirs.builtIn === 1 || theirs.builtIn === true) {
      return [];
    }
    const { language } = sources.find(theirs.datasource);
    const query = textOf(theirs.expr) || textOf(objectOf(theirs.target).expr);
    if (query === '' || query.length > QUERY_CHARS_MAX || language === 'other' || language === 'formula') {
      note(`the annotation “${name}”`, 'There are annotations by PromQL and LogQL here. It was left out.');
      return [];
    }
    return [
      {
        name: cut(name, 200),
        language: language ?? 'promql',
        query,
        color: colorOf(theirs.iconColor),
        isEnabled: theirs.enable !== false,
      },
    ];
  });
  if (annotations.length > ANNOTATIONS_MAX) {
    note('annotations', `A dashboard has at most ${ANNOTATIONS_MAX}; the others were left out.`);
  }
  return annotations.slice(0, ANNOTATIONS_MAX);
}
