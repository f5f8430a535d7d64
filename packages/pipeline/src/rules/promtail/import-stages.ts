import type { LogRuleStep } from '@aegisguard/model';
import { type EventType, FAILSAFE_SCHEMA, load, YAMLException } from 'js-yaml';
import { readStage } from './read-stage.ts';
import { StageFault, type YamlValue } from './stage-fields.ts';

/** Something of a file that is not here now. */
interface StageRemark {
  /** Where: `pipeline_stages[2].match.stages[0].limit`. */
  readonly path: string;
  readonly reason: string;
}

/** A pipeline of a file. */
interface ImportedPipeline {
  /** The job's name, where it is one of a whole configuration. */
  readonly name: string | undefined;
  readonly steps: readonly LogRuleStep[];
}

/** What a file has become. */
export interface ImportedStages {
  readonly pipelines: readonly ImportedPipeline[];
  readonly notCarried: readonly StageRemark[];
  /** What Promtail would not start with; nothing is to be made of such a file. */
  readonly faults: readonly StageRemark[];
}

/** Stages of a file, those within others among them: aliases of YAML make many out of few. */
const STAGES_MAX = 500;
const DEPTH_MAX = 4;
/** Nodes within nodes of a file; the library reads them by recursion. */
const NODES_DEPTH_MAX = 100;

/** Reads a Promtail configuration, or its `pipeline_stages` alone. */
export function importStages(yaml: string): ImportedStages {
  try {
    return new Importer().read(load(yaml, { schema: FAILSAFE_SCHEMA, listener: refuseDepth() }) as YamlValue);
  } catch (error) {
    if (error instanceof YAMLException) {
      return { pipelines: [], notCarried: [], faults: [{ path: '', reason: error.reason }] };
    }
    throw error;
  }
}

/** Told of the beginning and the end of every node. */
function refuseDepth(): (event: EventType) => void {
  let depth = 0;
  return (event) => {
    depth += event === 'open' ? 1 : -1;
    if (depth > NODES_DEPTH_MAX) {
      throw new YAMLException(`more than ${NODES_DEPTH_MAX} levels of nesting`);
    }
  };
}

/** Reads stages that are no YAML any more. */
export function importStageList(stages: YamlValue): ImportedStages {
  return new Importer().read(stages);
}

class Importer {
  private readonly notCarried: StageRemark[] = [];
  private readonly faults: StageRemark[] = [];
  private left = STAGES_MAX;

  read(document: YamlValue): ImportedStages {
    const pipelines = this.pipelinesOf(document);
    return { pipelines, notCarried: this.notCarried, faults: this.faults };
  }

  private pipelinesOf(document: YamlValue): readonly ImportedPipeline[] {
    if (Array.isArray(document)) {
      return [{ name: undefined, steps: this.stages(document, 'pipeline_stages', 0) }];
    }
    const members = isMap(document) ? document : {};
    if ('pipeline_stages' in members) {
      return [{ name: undefined, steps: this.stages(members.pipeline_stages, 'pipeline_stages', 0) }];
    }
    if (!Array.isArray(members.scrape_configs)) {
      this.faults.push({ path: '', reason: 'there are no pipeline_stages' });
      return [];
    }
    return (members.scrape_configs as readonly YamlValue[]).flatMap((job, at) =>
      isMap(job) && job.pipeline_stages !== undefined
        ? [
            {
              name: typeof job.job_name === 'string' ? job.job_name : undefined,
              steps: this.stages(job.pipeline_stages, `scrape_configs[${at}].pipeline_stages`, 0),
            },
          ]
        : [],
    );
  }

  private stages(value: YamlValue, path: string, depth: number): readonly LogRuleStep[] {
    if (!Array.isArray(value) || depth > DEPTH_MAX) {
      this.faults.push({
        path,
        reason: depth > DEPTH_MAX ? 'stages are nested too deeply' : 'a list is expected here',
      });
      return [];
    }
    return (value as readonly YamlValue[]).flatMap((stage, at) => this.stage(stage, `${path}[${at}]`, depth));
  }

  private stage(stage: YamlValue, path: string, depth: number): readonly LogRuleStep[] {
    this.left -= 1;
    const [entry, ...others] = isMap(stage) ? Object.entries(stage) : [];
    if (entry === undefined || others.length > 0 || this.left < 0) {
      const reason = this.left < 0 ? `there are more than ${STAGES_MAX} stages` : 'a stage is a map with one member';
      this.faults.push({ path, reason });
      return [];
    }
    const [name, value] = entry;
    const where = `${path}.${name}`;
    try {
      const read = readStage(name, value, (inner, member) => this.stages(inner, `${where}.${member}`, depth + 1));
      if (read.lost !== undefined) {
        this.notCarried.push({ path: where, reason: read.lost });
      }
      return read.steps;
    } catch (error) {
      if (!(error instanceof StageFault)) {
        throw error;
      }
      this.faults.push({ path: where, reason: error.message });
      return [];
    }
  }
}

function isMap(value: YamlValue): value is { readonly [name: string]: YamlValue } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
