import type { Accounts } from '@aegisguard/accounts';
import { NO_LOG_PIPELINES, type OrgId } from '@aegisguard/model';
import type { Logger } from 'pino';
import { OrgDirectory } from './org-directory.ts';

/** What a thread needs to apply an organization's rules to logs. Plain data: it crosses threads. */
export interface OrgPipelines {
  /** Other pipelines have another version. */
  readonly version: number;
  /** JSON of the `LogPipelines`; '' for an organization that has none. */
  readonly text: string;
}

const NONE = JSON.stringify(NO_LOG_PIPELINES);

/** Every organization's log pipelines. */
export class PipelinesDirectory extends OrgDirectory<OrgPipelines> {
  constructor(
    accounts: { readonly logPipelines: Pick<Accounts['logPipelines'], 'read'> },
    logger: Logger,
    nowMs: () => number,
  ) {
    const read = async (orgId: OrgId): Promise<OrgPipelines> => {
      const { value: pipelines, version } = await accounts.logPipelines.read(orgId);
      const text = JSON.stringify(pipelines);
      return { version, text: text === NONE ? '' : text };
    };
    super('log pipelines', read, logger, nowMs);
  }
}
