import { DashboardContent } from '@aegisguard/model';
import { type ReactNode, useState } from 'react';
import { serverNow } from '../../../lib/server-clock.ts';
import { describeRange, resolveRange, type TimeRange } from '../../../lib/time-range.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { Tabs, TabsContent, TabsList, TabsTrigger } from '../../../ui/tabs.tsx';
import type { DashboardLook } from '../panels/dashboard-look.ts';
import { AnnotationsTab } from './annotations-tab.tsx';
import { GeneralTab } from './general-tab.tsx';
import { VariablesTab } from './variables-tab.tsx';

/** The first thing that is wrong with a dashboard, in words; undefined when nothing is. */
function faultOf(content: DashboardContent): string | undefined {
  const names = content.variables.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) {
    return `Two variables are called “${twice}”.`;
  }
  const { error } = DashboardContent.safeParse(content);
  const [issue] = error?.issues ?? [];
  return issue === undefined ? undefined : `${issue.path.join(' › ')}: ${issue.message}`;
}

/** The dashboard as a whole: its name and time, its variables, what it marks. */
export function SettingsDialog({
  content,
  look,
  range,
  onApply,
  onClose,
}: {
  readonly content: DashboardContent;
  readonly look: DashboardLook;
  readonly range: TimeRange;
  readonly onApply: (content: DashboardContent) => void;
  readonly onClose: () => void;
}): ReactNode {
  const [edited, setEdited] = useState(content);
  const [fault, setFault] = useState<string>();
  const edit = (part: Partial<DashboardContent>): void => setEdited((before) => ({ ...before, ...part }));
  return (
    <Dialog
      size="wide"
      title="Dashboard settings"
      onClose={onClose}
      onSubmit={() => {
        const found = faultOf(edited);
        setFault(found);
        if (found === undefined) {
          onApply(DashboardContent.parse(edited));
        }
      }}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary">
            Apply
          </Button>
        </>
      }
    >
      <Tabs defaultValue="general" className="flex flex-col gap-4">
        <TabsList aria-label="Settings">
          <TabsTrigger value="general">General</TabsTrigger>
          <TabsTrigger value="variables">Variables ({edited.variables.length})</TabsTrigger>
          <TabsTrigger value="annotations">Annotations ({edited.annotations.length})</TabsTrigger>
        </TabsList>
        <TabsContent value="general">
          <GeneralTab
            content={edited}
            shown={{ range, words: describeRange(range, resolveRange(range, serverNow())) }}
            onEdit={edit}
          />
        </TabsContent>
        <TabsContent value="variables">
          <VariablesTab
            variables={edited.variables}
            look={look}
            onChange={(variables) => edit({ variables: [...variables] })}
          />
        </TabsContent>
        <TabsContent value="annotations">
          <AnnotationsTab
            annotations={edited.annotations}
            onChange={(annotations) => edit({ annotations: [...annotations] })}
          />
        </TabsContent>
      </Tabs>
      {fault === undefined ? null : <Notice kind="error">{fault}</Notice>}
    </Dialog>
  );
}
