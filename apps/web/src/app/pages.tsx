import { lazy, type ReactNode, Suspense } from 'react';
import { Route, Routes } from 'react-router';
import { AccountLayout } from './account-layout.tsx';
import { NotFoundPage } from './not-found-page.tsx';
import { ACCOUNT_PATH, ingestionPath, LOGIN_PATH, ORGANIZATION_PATH, privacyPath, sendDataPath } from './paths.ts';
import { RequireSession } from './require-session.tsx';
import { FirstSection, SectionLayout } from './section-layout.tsx';
import { ACCOUNT_SECTIONS, SECURITY_SECTIONS, SETTINGS_SECTIONS } from './sections.ts';
import { Shell } from './shell.tsx';
import { StartRedirect } from './start-redirect.tsx';

// Pages are loaded when they are first opened.
const LoginPage = lazy(async () => ({ default: (await import('../features/login/login-page.tsx')).LoginPage }));
const LogsPage = lazy(async () => ({ default: (await import('../features/logs/logs-page.tsx')).LogsPage }));
const IngestionPage = lazy(async () => ({
  default: (await import('../features/ingestion/ingestion-page.tsx')).IngestionPage,
}));
const PrivacyPage = lazy(async () => ({ default: (await import('../features/privacy/privacy-page.tsx')).PrivacyPage }));
const SendDataPage = lazy(async () => ({
  default: (await import('../features/send-data/send-data-page.tsx')).SendDataPage,
}));
const KeysPage = lazy(async () => ({ default: (await import('../features/api-keys/keys-page.tsx')).KeysPage }));
const EventsPage = lazy(async () => ({
  default: (await import('../features/security-events/events-page.tsx')).EventsPage,
}));
const AuditPage = lazy(async () => ({ default: (await import('../features/audit-log/audit-page.tsx')).AuditPage }));
const DocsPage = lazy(async () => ({ default: (await import('../features/docs/docs-page.tsx')).DocsPage }));

/** Every address of the application. */
export function Pages(): ReactNode {
  return (
    <Suspense fallback={null}>
      <Routes>
        <Route path={LOGIN_PATH} element={<LoginPage />} />
        <Route element={<RequireSession />}>
          <Route index element={<StartRedirect />} />
          <Route path="/logs" element={<StartRedirect />} />
          <Route path="/ingestion" element={<StartRedirect path={ingestionPath} />} />
          <Route path="/privacy" element={<StartRedirect path={privacyPath} />} />
          <Route path="/send-data" element={<StartRedirect path={sendDataPath} />} />
          <Route path={ORGANIZATION_PATH} element={<Shell />}>
            <Route index element={<StartRedirect />} />
            <Route path="logs" element={<LogsPage />} />
            <Route path="ingestion" element={<IngestionPage />} />
            <Route path="privacy" element={<PrivacyPage />} />
            <Route path="send-data" element={<SendDataPage />} />
            <Route path="docs/:slug?" element={<DocsPage />} />
            <Route path="security" element={<SectionLayout title="Security" sections={SECURITY_SECTIONS} />}>
              <Route index element={<FirstSection sections={SECURITY_SECTIONS} />} />
              <Route path="events" element={<EventsPage />} />
              <Route path="audit" element={<AuditPage />} />
            </Route>
            <Route path="settings" element={<SectionLayout title="Settings" sections={SETTINGS_SECTIONS} />}>
              <Route index element={<FirstSection sections={SETTINGS_SECTIONS} />} />
              <Route path="api-keys" element={<KeysPage />} />
            </Route>
          </Route>
          <Route path={ACCOUNT_PATH} element={<AccountLayout />}>
            <Route index element={<FirstSection sections={ACCOUNT_SECTIONS} />} />
          </Route>
        </Route>
        <Route path="*" element={<NotFoundPage />} />
      </Routes>
    </Suspense>
  );
}
