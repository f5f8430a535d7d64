import { lazy, type ReactNode, Suspense } from 'react';
import { Route, Routes } from 'react-router';
import { AccountLayout } from './account-layout.tsx';
import { NotFoundPage } from './not-found-page.tsx';
import {
  ACCOUNT_PATH,
  ingestionPath,
  LOGIN_PATH,
  logsPath,
  ORGANIZATION_PATH,
  privacyPath,
  sendDataPath,
} from './paths.ts';
import { RequireSession } from './require-session.tsx';
import { FirstSection, SectionLayout } from './section-layout.tsx';
import { ACCOUNT_SECTIONS, SECURITY_SECTIONS, SETTINGS_SECTIONS } from './sections.ts';
import { Shell } from './shell.tsx';
import { StartRedirect } from './start-redirect.tsx';

// Pages are loaded when they are first opened.
const LoginPage = lazy(async () => ({ default: (await import('../features/login/login-page.tsx')).LoginPage }));
const HomePage = lazy(async () => ({ default: (await import('../features/home/home-page.tsx')).HomePage }));
const LogsPage = lazy(async () => ({ default: (await import('../features/logs/logs-page.tsx')).LogsPage }));
const IngestionPage = lazy(async () => ({
  default: (await import('../features/ingestion/ingestion-page.tsx')).IngestionPage,
}));
const PrivacyPage = lazy(async () => ({ default: (await import('../features/privacy/privacy-page.tsx')).PrivacyPage }));
const SendDataPage = lazy(async () => ({
  default: (await import('../features/send-data/send-data-page.tsx')).SendDataPage,
}));
const DocsPage = lazy(async () => ({ default: (await import('../features/docs/docs-page.tsx')).DocsPage }));
const OrganizationPage = lazy(async () => ({
  default: (await import('../features/organization/organization-page.tsx')).OrganizationPage,
}));
const PeoplePage = lazy(async () => ({ default: (await import('../features/people/people-page.tsx')).PeoplePage }));
const RolesPage = lazy(async () => ({ default: (await import('../features/roles/roles-page.tsx')).RolesPage }));
const SsoPage = lazy(async () => ({ default: (await import('../features/sso/sso-page.tsx')).SsoPage }));
const ErasuresPage = lazy(async () => ({
  default: (await import('../features/erasures/erasures-page.tsx')).ErasuresPage,
}));
const ErasurePage = lazy(async () => ({
  default: (await import('../features/erasures/erasure-page.tsx')).ErasurePage,
}));

/** Every address of the application. */
export function Pages(): ReactNode {
  return (
    <Suspense fallback={null}>
      <Routes>
        <Route path={LOGIN_PATH} element={<LoginPage />} />
        <Route element={<RequireSession />}>
          <Route index element={<StartRedirect />} />
          <Route path="/logs" element={<StartRedirect path={logsPath} />} />
          <Route path="/ingestion" element={<StartRedirect path={ingestionPath} />} />
          <Route path="/privacy" element={<StartRedirect path={privacyPath} />} />
          <Route path="/send-data" element={<StartRedirect path={sendDataPath} />} />
          <Route path={ORGANIZATION_PATH} element={<Shell />}>
            <Route index element={<StartRedirect />} />
            <Route path="home" element={<HomePage />} />
            <Route path="logs" element={<LogsPage />} />
            <Route path="ingestion" element={<IngestionPage />} />
            <Route path="privacy" element={<PrivacyPage />} />
            <Route path="send-data" element={<SendDataPage />} />
            <Route path="docs/:slug?" element={<DocsPage />} />
            <Route path="security" element={<SectionLayout title="Security" sections={SECURITY_SECTIONS} />}>
              <Route index element={<FirstSection sections={SECURITY_SECTIONS} />} />
            </Route>
            <Route path="settings" element={<SectionLayout title="Settings" sections={SETTINGS_SECTIONS} />}>
              <Route index element={<FirstSection sections={SETTINGS_SECTIONS} />} />
              <Route path="organization" element={<OrganizationPage />} />
              <Route path="people" element={<PeoplePage />} />
              <Route path="roles" element={<RolesPage />} />
              <Route path="sso" element={<SsoPage />} />
            </Route>
          </Route>
          <Route path={ACCOUNT_PATH} element={<AccountLayout />}>
            <Route index element={<FirstSection sections={ACCOUNT_SECTIONS} />} />
            <Route path="erasures" element={<ErasuresPage />} />
            <Route path="erasures/:id" element={<ErasurePage />} />
          </Route>
        </Route>
        <Route path="*" element={<NotFoundPage />} />
      </Routes>
    </Suspense>
  );
}
