import type { LogPipelines, OrgId } from '@aegisguard/model';
import { LogRules } from '@aegisguard/pipeline';
import { RecentMap } from '../platform/recent-map.ts';
import type { OrgPipelines } from './pipelines-directory.ts';
import { PolicyError } from './scrubber-cache.ts';

/** Organizations whose rules a thread keeps compiled. */
const ORGANIZATIONS_MAX = 200;

/** Rules by organization, compiled once for each version. */
export class RulesCache {
  private readonly compiled = new RecentMap<OrgId, { readonly version: number; readonly rules: LogRules }>(
    ORGANIZATIONS_MAX,
  );

  /** Undefined for an organization without rules. Throws `PolicyError` when they cannot be compiled: they were checked when they were saved, so another version of this program can. */
  of(orgId: OrgId, { version, text }: OrgPipelines): LogRules | undefined {
    if (text === '') {
      return undefined;
    }
    const known = this.compiled.get(orgId);
    if (known?.version === version) {
      return known.rules;
    }
    try {
      const rules = new LogRules(JSON.parse(text) as LogPipelines);
      this.compiled.set(orgId, { version, rules });
      return rules;
    } catch (cause) {
      throw new PolicyError(`the log pipelines of organization ${orgId} cannot be compiled`, { cause });
    }
  }
}
