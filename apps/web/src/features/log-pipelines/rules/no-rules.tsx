import { Import, Plus, Workflow } from 'lucide-react';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { docsPath, privacyPath } from '../../../app/paths.ts';
import { Button } from '../../../ui/button.tsx';
import { fieldsOfRule, newRule, type RuleFields } from '../fields/pipeline-fields.ts';
import { useFormScope } from '../form/form-context.ts';
import { RULE_TEMPLATES } from '../templates.ts';

const LINK = 'text-accent underline underline-offset-2';

/** What rules are for, and some to begin with. */
export function NoRules({
  onBegin,
  onImport,
}: {
  readonly onBegin: (rule: RuleFields) => void;
  readonly onImport: () => void;
}): ReactNode {
  const { orgId, isReadOnly } = useFormScope();
  return (
    <div className="mx-auto flex w-full max-w-3xl flex-col gap-5 py-6">
      <div className="flex flex-col items-center gap-2 text-center">
        <Workflow aria-hidden className="size-6 text-subtle" />
        <h2 className="font-semibold text-base">Logs are stored as they come</h2>
        <p className="max-w-xl text-muted">
          Rules are applied to every log before it is stored: read something out of a line, change it, drop what nobody
          reads, keep a sample. Personal data needs none:{' '}
          <Link to={privacyPath(orgId)} className={LINK}>
            Privacy
          </Link>{' '}
          finds it, in what rules make as well.{' '}
          <Link to={docsPath(orgId, 'log-pipelines')} className={LINK}>
            Read more
          </Link>
        </p>
      </div>
      {isReadOnly ? null : (
        <>
          <ul aria-label="Rules to begin with" className="grid gap-2 sm:grid-cols-2">
            {RULE_TEMPLATES.map(({ title, about, rule }) => (
              <li key={title}>
                <button
                  type="button"
                  className="flex h-full w-full flex-col gap-0.5 rounded-lg border border-line bg-surface p-3 text-left hover:border-line-strong hover:bg-hover"
                  onClick={() => onBegin(fieldsOfRule(rule))}
                >
                  <span className="font-medium">{title}</span>
                  <span className="text-muted text-xs">{about}</span>
                </button>
              </li>
            ))}
          </ul>
          <div className="flex flex-wrap justify-center gap-2">
            <Button onClick={onImport}>
              <Import aria-hidden />
              Import Promtail stages
            </Button>
            <Button onClick={() => onBegin(newRule([]))}>
              <Plus aria-hidden />
              Begin with an empty rule
            </Button>
          </div>
        </>
      )}
    </div>
  );
}
