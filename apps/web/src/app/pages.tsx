import { lazy, type ReactNode, Suspense } from 'react';
import { Route, Routes } from 'react-router';
import { NotFoundPage } from './not-found-page.tsx';
import { LOGIN_PATH, ORGANIZATION_PATH } from './paths.ts';
import { RequireSession } from './require-session.tsx';
import { Shell } from './shell.tsx';
import { StartRedirect } from './start-redirect.tsx';

// Pages are loaded when they are first opened.
const LoginPage = lazy(async () => ({ default: (await import('../features/login/login-page.tsx')).LoginPage }));
const LogsPage = lazy(async () => ({ default: (await import('../features/logs/logs-page.tsx')).LogsPage }));

/** Every address of the application. */
export function Pages(): ReactNode {
  return (
    <Suspense fallback={null}>
      <Routes>
        <Route path={LOGIN_PATH} element={<LoginPage />} />
        <Route element={<RequireSession />}>
          <Route index element={<StartRedirect />} />
          <Route path="/logs" element={<StartRedirect />} />
          <Route path={ORGANIZATION_PATH} element={<Shell />}>
            <Route index element={<StartRedirect />} />
            <Route path="logs" element={<LogsPage />} />
          </Route>
        </Route>
        <Route path="*" element={<NotFoundPage />} />
      </Routes>
    </Suspense>
  );
}
