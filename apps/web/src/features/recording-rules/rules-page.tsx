import { RULE_ROUTES, type RuleGroup } from '@aegisguard/model';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Download, Pause, Pencil, Play, Plus, RefreshCw, Repeat, Trash2, Upload } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { Link } from 'react-router';
import { MetricsTabs } from '../../app/metrics-tabs.tsx';
import { PageHeader } from '../../app/page-header.tsx';
import { docsPath } from '../../app/paths.ts';
import { useMay } from '../../app/use-may.ts';
import { useOrgId } from '../../app/use-org-id.ts';
import { announce } from '../../lib/announcements.ts';
import { asApiError } from '../../lib/api-error.ts';
import { callRoute } from '../../lib/call-route.ts';
import { downloadRoute } from '../../lib/download-route.ts';
import { downloadBlob } from '../../lib/download-text.ts';
import { Button } from '../../ui/button.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Notice } from '../../ui/notice.tsx';
import type { RowAction } from '../../ui/row-menu.tsx';
import { Section } from '../../ui/section.tsx';
import { DeleteGroupDialog } from './delete-group-dialog.tsx';
import { GROUP_COLUMNS } from './group-columns.tsx';
import { ImportDialog } from './import-dialog.tsx';
import { RuleGroupDialog } from './rule-group-dialog.tsx';
import { ruleGroupsKey, settingsOf, useRuleGroups } from './rules-api.ts';

type Task = { readonly kind: 'new' | 'import' } | { readonly kind: 'edit' | 'delete'; readonly group: RuleGroup };

/** The dialog of what is being done. */
function TaskDialog({
  orgId,
  task,
  onDone,
  onClose,
}: {
  readonly orgId: string;
  readonly task: Task;
  readonly onDone: () => void;
  readonly onClose: () => void;
}): ReactNode {
  switch (task.kind) {
    case 'import':
      return <ImportDialog orgId={orgId} onImported={onDone} onClose={onClose} />;
    case 'delete':
      return <DeleteGroupDialog orgId={orgId} group={task.group} onDeleted={onDone} onClose={onClose} />;
    default: {
      const group = task.kind === 'edit' ? task.group : undefined;
      return <RuleGroupDialog orgId={orgId} group={group} onSaved={onDone} onClose={onClose} />;
    }
  }
}

function useToggle(orgId: string, onDone: () => void) {
  return useMutation({
    mutationFn: (group: RuleGroup) => {
      const body = { ...settingsOf(group), enabled: !group.enabled };
      return callRoute(RULE_ROUTES.updateRuleGroup, { params: { id: group.id }, body, orgId });
    },
    onSuccess: ({ name, enabled }) => {
      announce(`The group “${name}” is ${enabled ? 'on' : 'off'}.`);
      onDone();
    },
  });
}

function useSaveFile(orgId: string) {
  return useMutation({
    mutationFn: async () => {
      const { signal } = new AbortController();
      const content = await downloadRoute(RULE_ROUTES.exportRules, {
        query: undefined,
        orgId,
        signal,
        onBytes: () => undefined,
      });
      downloadBlob('recording-rules.yaml', content);
    },
  });
}

/** Queries whose results are stored as metrics again and again. */
export function RulesPage(): ReactNode {
  const orgId = useOrgId();
  const client = useQueryClient();
  const { may } = useMay(orgId);
  const list = useRuleGroups(orgId);
  const [task, setTask] = useState<Task>();
  const reload = (): void => void client.invalidateQueries({ queryKey: ruleGroupsKey(orgId) });
  const toggle = useToggle(orgId, reload);
  const saveFile = useSaveFile(orgId);
  const mayWrite = may('monitors:write');
  const failure = toggle.error ?? saveFile.error;
  const actionsOf = (group: RuleGroup): readonly RowAction[] => [
    { label: 'Change…', icon: Pencil, onSelect: () => setTask({ kind: 'edit', group }) },
    {
      label: group.enabled ? 'Turn off' : 'Turn on',
      icon: group.enabled ? Pause : Play,
      onSelect: () => toggle.mutate(group),
    },
    { label: 'Delete…', icon: Trash2, isDanger: true, onSelect: () => setTask({ kind: 'delete', group }) },
  ];
  const newGroup = (
    <Button variant="primary" onClick={() => setTask({ kind: 'new' })}>
      <Plus aria-hidden />
      New group
    </Button>
  );
  return (
    <>
      <PageHeader title="Recording rules">
        <IconButton label="Refresh" onClick={reload}>
          <RefreshCw aria-hidden />
        </IconButton>
      </PageHeader>
      <MetricsTabs orgId={orgId} />
      <div className="scrollbar-slim flex min-h-0 flex-1 flex-col gap-4 overflow-y-auto p-4">
        {failure === null ? null : <Notice kind="error">{asApiError(failure).title}.</Notice>}
        <Section
          title="Groups"
          className="p-0"
          description={
            <>
              What is asked often is computed once, every interval, and stored as a metric of its own.{' '}
              <Link to={docsPath(orgId, 'recording-rules')} className="text-accent underline underline-offset-2">
                How recording rules work
              </Link>
            </>
          }
          actions={
            <>
              <Button disabled={saveFile.isPending} onClick={() => saveFile.mutate()}>
                <Download aria-hidden />
                Export
              </Button>
              {mayWrite ? (
                <>
                  <Button onClick={() => setTask({ kind: 'import' })}>
                    <Upload aria-hidden />
                    Import
                  </Button>
                  {newGroup}
                </>
              ) : null}
            </>
          }
        >
          <DataTable
            label="Groups of recording rules"
            columns={GROUP_COLUMNS}
            list={list}
            rowId={({ id }) => id}
            rowName={({ name }) => name}
            {...(mayWrite ? { rowActions: actionsOf } : {})}
            empty={
              <EmptyState icon={Repeat} title="No recording rules yet">
                A slow query that a dashboard asks every few seconds is a good first one. Rule files of Prometheus can
                be imported.
              </EmptyState>
            }
          />
        </Section>
      </div>
      {task === undefined ? null : (
        <TaskDialog orgId={orgId} task={task} onDone={reload} onClose={() => setTask(undefined)} />
      )}
    </>
  );
}
