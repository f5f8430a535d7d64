import './lib/zod-jitless.ts';
import './styles/app.css';
import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { BrowserRouter } from 'react-router';
import { PageBoundary } from './app/page-boundary.tsx';
import { Pages } from './app/pages.tsx';
import { createQueryClient } from './app/query-client.ts';
import { keepSession } from './lib/refresh-session.ts';
import { followSession } from './lib/session.ts';
import { followTheme } from './lib/theme.ts';
import { Announcer } from './ui/announcer.tsx';
import { TooltipProvider } from './ui/tooltip.tsx';

/** How long the pointer rests before a tooltip shows. */
const TOOLTIP_DELAY_MS = 400;

followTheme();
followSession();
const queryClient = createQueryClient();
keepSession();

const root = document.getElementById('root');
if (root !== null) {
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={queryClient}>
        <TooltipProvider delayDuration={TOOLTIP_DELAY_MS}>
          <PageBoundary>
            <BrowserRouter>
              <Pages />
            </BrowserRouter>
          </PageBoundary>
          <Announcer />
        </TooltipProvider>
      </QueryClientProvider>
    </StrictMode>,
  );
}
