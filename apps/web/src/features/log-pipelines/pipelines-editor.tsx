import type { LogPipelinesAnswer } from '@aegisguard/model';
import { Eye } from 'lucide-react';
import { lazy, type ReactNode, Suspense, useEffect, useMemo, useRef, useState } from 'react';
import { type AddressView, useAddressView } from '../../lib/use-address-view.ts';
import { useMediaQuery } from '../../lib/use-media-query.ts';
import { Button } from '../../ui/button.tsx';
import { LeaveGuard } from '../../ui/leave-guard.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { Tabs, TabsContent, TabsList, TabsTrigger } from '../../ui/tabs.tsx';
import type { Problems } from './fields/check-fields.ts';
import { type FormScope, FormScopeProvider } from './form/form-context.ts';
import { usePipelineDraft } from './form/use-pipeline-draft.ts';
import { usePipelineForm } from './form/use-pipeline-form.ts';
import { PIPELINE_TABS, type PipelinesView, parsePipelinesView, printPipelinesView } from './pipelines-view.ts';
import { PreviewPanel } from './preview/preview-panel.tsx';
import { askedLogs, FIRST_SOURCE } from './preview/preview-source.ts';
import { usePipelinePreview } from './preview/use-pipeline-preview.ts';
import { RetentionTab } from './retention/retention-tab.tsx';
import { RulesTab } from './rules/rules-tab.tsx';
import { SaveBar } from './save/save-bar.tsx';

// The reader of YAML is needed by few.
const TextTab = lazy(async () => ({ default: (await import('./text/text-tab.tsx')).TextTab }));

/** Windows with room for the preview beside the rules; the same width as Tailwind's `xl`. */
const ROOMY = '(min-width: 80rem)';

/** Opens what the first problem is in, and puts the cursor there once it is drawn. */
function useGoToProblem({ view, now, change }: AddressView<PipelinesView>) {
  const content = useRef<HTMLDivElement>(null);
  const wanted = useRef<PipelinesView>(undefined);
  const [times, setTimes] = useState(0);
  useEffect(() => {
    if (times > 0 && wanted.current?.tab === view.tab && wanted.current.rule === view.rule) {
      wanted.current = undefined;
      content.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus();
    }
  }, [times, view]);
  const goTo = (problems: Problems): void => {
    const [list, at] = [...problems.keys()][0]?.split('.') ?? [];
    if (list === 'rules' || list === 'retention') {
      const rule = list === 'rules' && at !== undefined ? Number(at) : now().rule;
      wanted.current = { tab: list, rule };
      change(wanted.current, true);
      setTimes(times + 1);
    }
  };
  return { content, goTo };
}

/** The rules and retention with their forms, and a preview of what they do. */
export function PipelinesEditor({
  orgId,
  answer,
  mayWrite,
  maySeeLogs,
}: {
  readonly orgId: string;
  readonly answer: LogPipelinesAnswer;
  readonly mayWrite: boolean;
  readonly maySeeLogs: boolean;
}): ReactNode {
  const address = useAddressView(parsePipelinesView, printPipelinesView);
  const { view, change } = address;
  const [draft, onDraft] = usePipelineDraft(orgId);
  const pipelines = usePipelineForm(orgId, answer, draft, onDraft);
  const { fields, refused, checked } = pipelines;
  const [source, setSource] = useState(FIRST_SOURCE);
  const [isPreviewOpen, setPreviewOpen] = useState(false);
  const isRoomy = useMediaQuery(ROOMY);
  const isTrying = maySeeLogs && (isRoomy || isPreviewOpen);
  const preview = usePipelinePreview(
    orgId,
    fields,
    isTrying ? askedLogs(source, fields, view.tab === 'rules' ? view.rule : undefined) : undefined,
  );
  const { content, goTo } = useGoToProblem(address);
  const scope: FormScope = useMemo(
    () => ({
      orgId,
      isReadOnly: !mayWrite,
      form: pipelines.form,
      fields,
      checked,
      isTried: pipelines.isTried,
      refused: new Map([...preview.refused, ...refused]),
    }),
    [orgId, mayWrite, pipelines.form, fields, checked, pipelines.isTried, preview.refused, refused],
  );
  const panel = (
    <PreviewPanel
      orgId={orgId}
      preview={preview}
      fields={fields}
      source={source}
      onSource={setSource}
      onClose={isRoomy ? undefined : () => setPreviewOpen(false)}
    />
  );
  return (
    <FormScopeProvider value={scope}>
      <Tabs
        value={view.tab}
        onValueChange={(value) => change({ tab: PIPELINE_TABS.find((each) => each === value) ?? 'rules' })}
        className="flex min-h-0 flex-1 flex-col"
      >
        <div className="flex shrink-0 items-center border-line border-b px-3 py-1">
          <TabsList aria-label="Parts of the page">
            <TabsTrigger value="rules">Rules</TabsTrigger>
            <TabsTrigger value="retention">Retention</TabsTrigger>
            <TabsTrigger value="text">As text</TabsTrigger>
          </TabsList>
          {isRoomy || !maySeeLogs ? null : (
            <Button size="sm" className="ml-auto" onClick={() => setPreviewOpen(true)}>
              <Eye aria-hidden />
              Preview
            </Button>
          )}
        </div>
        <div className="flex min-h-0 flex-1">
          <div ref={content} className="scrollbar-slim min-w-0 flex-1 overflow-y-auto bg-canvas">
            <div className="flex min-h-full max-w-5xl flex-col gap-4 p-3 sm:p-4">
              {mayWrite ? null : (
                <Notice kind="info">
                  Owners and admins of the organization can change this.
                  {maySeeLogs ? ' You can see what it does.' : null}
                </Notice>
              )}
              <TabsContent value="rules">
                <RulesTab address={address} />
              </TabsContent>
              <TabsContent value="retention">
                <RetentionTab />
              </TabsContent>
              <TabsContent value="text" className="flex flex-1 flex-col">
                <Suspense fallback={null}>
                  <TextTab pipelines={pipelines} />
                </Suspense>
              </TabsContent>
            </div>
          </div>
          {isRoomy && maySeeLogs ? (
            <div className="scrollbar-slim w-[29rem] shrink-0 overflow-y-auto border-line border-l px-4 py-4">
              {panel}
            </div>
          ) : null}
        </div>
        {mayWrite ? <SaveBar pipelines={pipelines} onSave={() => goTo(pipelines.save())} /> : null}
      </Tabs>
      {isPreviewOpen && !isRoomy ? (
        <Sheet label="Preview" side="right" onClose={() => setPreviewOpen(false)}>
          <div className="px-4 py-4">{panel}</div>
        </Sheet>
      ) : null}
      {draft === null ? null : (
        <LeaveGuard title="The rules are not saved" onDiscard={() => onDraft(null)}>
          Until they are, logs that come in are treated as before your changes.
        </LeaveGuard>
      )}
    </FormScopeProvider>
  );
}
