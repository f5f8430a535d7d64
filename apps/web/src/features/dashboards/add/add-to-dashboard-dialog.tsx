import { DASHBOARD_ROUTES, type NewPanel } from '@aegisguard/model';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { announce } from '../../../lib/announcements.ts';
import { asApiError } from '../../../lib/api-error.ts';
import { callRoute } from '../../../lib/call-route.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { Field } from '../../../ui/field.tsx';
import { Input } from '../../../ui/input.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { Select } from '../../../ui/select.tsx';
import { addToDashboard } from './add-to-dashboard.ts';

/** Dashboards that are offered. */
const OFFERED_MAX = 100;

/** Asks where a panel is to stand, and puts it there. */
export function AddToDashboardDialog({
  orgId,
  suggestedTitle,
  panelOf,
  onClose,
}: {
  readonly orgId: string;
  readonly suggestedTitle: string;
  readonly panelOf: (title: string) => NewPanel;
  readonly onClose: () => void;
}): ReactNode {
  const client = useQueryClient();
  const [title, setTitle] = useState(suggestedTitle.slice(0, 80));
  const [id, setId] = useState('');
  const [newTitle, setNewTitle] = useState('');
  const { data } = useQuery({
    queryKey: ['dashboards', orgId, 'offered'],
    queryFn: ({ signal }) =>
      callRoute(DASHBOARD_ROUTES.listDashboards, { query: { limit: OFFERED_MAX }, orgId, signal }),
  });
  const adding = useMutation({
    mutationFn: () => addToDashboard(orgId, id === '' ? { newTitle: newTitle.trim() } : { id }, panelOf(title.trim())),
    onSuccess: (dashboard) => {
      void client.invalidateQueries({ queryKey: ['dashboards', orgId] });
      announce(`The panel is on the dashboard “${dashboard}”.`);
      onClose();
    },
  });
  const isReady = id !== '' || newTitle.trim() !== '';
  return (
    <Dialog
      title="Add to a dashboard"
      description="What is shown now becomes a panel at the dashboard’s end."
      onClose={onClose}
      onSubmit={() => {
        if (isReady && !adding.isPending) {
          adding.mutate();
        }
      }}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" disabled={!isReady || adding.isPending}>
            {adding.isPending ? 'Adding…' : 'Add'}
          </Button>
        </>
      }
    >
      {adding.error === null ? null : (
        <Notice kind="error">{asApiError(adding.error).detail ?? asApiError(adding.error).title}</Notice>
      )}
      <Field label="Title of the panel">
        {(control) => (
          <Input
            {...control}
            data-autofocus
            value={title}
            maxLength={500}
            onChange={({ target }) => setTitle(target.value)}
          />
        )}
      </Field>
      <Field label="Dashboard">
        {(control) => (
          <Select {...control} value={id} onChange={({ target }) => setId(target.value)}>
            <option value="">A new one</option>
            {data?.items.map((dashboard) => (
              <option key={dashboard.id} value={dashboard.id}>
                {dashboard.title}
              </option>
            ))}
          </Select>
        )}
      </Field>
      {id === '' ? (
        <Field label="Title of the new dashboard">
          {(control) => (
            <Input {...control} value={newTitle} maxLength={200} onChange={({ target }) => setNewTitle(target.value)} />
          )}
        </Field>
      ) : null}
    </Dialog>
  );
}
