import { lazy, type ReactNode, Suspense } from 'react';
import { Route, Routes } from 'react-router';
import { AccountLayout } from './account-layout.tsx';
import { NotFoundPage } from './not-found-page.tsx';
import {
  ACCOUNT_PATH,
  FORGOT_PASSWORD_PATH,
  INVITATION_PATH,
  ingestionPath,
  LOGIN_PATH,
  logsPath,
  ORGANIZATION_PATH,
  privacyPath,
  REGISTER_PATH,
  RESET_PASSWORD_PATH,
  rulesPath,
  SIGNED_IN_PATH,
  sendDataPath,
  tracesPath,
} from './paths.ts';
import { RequireSession } from './require-session.tsx';
import { FirstSection, SectionLayout } from './section-layout.tsx';
import { ACCOUNT_SECTIONS, SECURITY_SECTIONS, SETTINGS_SECTIONS } from './sections.ts';
import { Shell } from './shell.tsx';
import { StartRedirect } from './start-redirect.tsx';

// Pages are loaded when they are first opened.
const HomePage = lazy(async () => ({ default: (await import('../features/home/home-page.tsx')).HomePage }));
const LoginPage = lazy(async () => ({ default: (await import('../features/sign-in/login-page.tsx')).LoginPage }));
const RegisterPage = lazy(async () => ({
  default: (await import('../features/sign-in/register-page.tsx')).RegisterPage,
}));
const InvitationPage = lazy(async () => ({
  default: (await import('../features/sign-in/invitation-page.tsx')).InvitationPage,
}));
const ForgotPasswordPage = lazy(async () => ({
  default: (await import('../features/sign-in/forgot-password-page.tsx')).ForgotPasswordPage,
}));
const ResetPasswordPage = lazy(async () => ({
  default: (await import('../features/sign-in/reset-password-page.tsx')).ResetPasswordPage,
}));
const SignedInPage = lazy(async () => ({
  default: (await import('../features/sign-in/signed-in-page.tsx')).SignedInPage,
}));
const ProfilePage = lazy(async () => ({ default: (await import('../features/account/profile-page.tsx')).ProfilePage }));
const SecurityPage = lazy(async () => ({
  default: (await import('../features/account/security-page.tsx')).SecurityPage,
}));
const SessionsPage = lazy(async () => ({
  default: (await import('../features/account/sessions-page.tsx')).SessionsPage,
}));
const LogsPage = lazy(async () => ({ default: (await import('../features/logs/logs-page.tsx')).LogsPage }));
const TracesPage = lazy(async () => ({ default: (await import('../features/traces/traces-page.tsx')).TracesPage }));
const TraceFunnelsPage = lazy(async () => ({
  default: (await import('../features/trace-funnels/funnels-page.tsx')).FunnelsPage,
}));
const TracePage = lazy(async () => ({ default: (await import('../features/trace/trace-page.tsx')).TracePage }));
const CompareTracesPage = lazy(async () => ({
  default: (await import('../features/trace/compare/compare-page.tsx')).ComparePage,
}));
const RulesPage = lazy(async () => ({
  default: (await import('../features/recording-rules/rules-page.tsx')).RulesPage,
}));
const MetricsPage = lazy(async () => ({ default: (await import('../features/metrics/metrics-page.tsx')).MetricsPage }));
const CardinalityPage = lazy(async () => ({
  default: (await import('../features/metrics/cardinality/cardinality-page.tsx')).CardinalityPage,
}));
const DashboardsPage = lazy(async () => ({
  default: (await import('../features/dashboards/list/dashboards-page.tsx')).DashboardsPage,
}));
const DashboardPage = lazy(async () => ({
  default: (await import('../features/dashboards/dashboard-page.tsx')).DashboardPage,
}));
const ServicesPage = lazy(async () => ({
  default: (await import('../features/services/services-page.tsx')).ServicesPage,
}));
const ServicePage = lazy(async () => ({
  default: (await import('../features/services/service-page.tsx')).ServicePage,
}));
const ServiceMapPage = lazy(async () => ({
  default: (await import('../features/services/map/service-map-page.tsx')).ServiceMapPage,
}));
const IngestionPage = lazy(async () => ({
  default: (await import('../features/ingestion/ingestion-page.tsx')).IngestionPage,
}));
const LogPipelinesPage = lazy(async () => ({
  default: (await import('../features/log-pipelines/log-pipelines-page.tsx')).LogPipelinesPage,
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
const OrganizationPage = lazy(async () => ({
  default: (await import('../features/organization/organization-page.tsx')).OrganizationPage,
}));
const PeoplePage = lazy(async () => ({ default: (await import('../features/people/people-page.tsx')).PeoplePage }));
const RolesPage = lazy(async () => ({ default: (await import('../features/roles/roles-page.tsx')).RolesPage }));
const SsoPage = lazy(async () => ({ default: (await import('../features/sso/sso-page.tsx')).SsoPage }));
const SamplingPage = lazy(async () => ({
  default: (await import('../features/trace-sampling/sampling-page.tsx')).SamplingPage,
}));
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
        <Route path={REGISTER_PATH} element={<RegisterPage />} />
        <Route path={INVITATION_PATH} element={<InvitationPage />} />
        <Route path={FORGOT_PASSWORD_PATH} element={<ForgotPasswordPage />} />
        <Route path={RESET_PASSWORD_PATH} element={<ResetPasswordPage />} />
        <Route path={SIGNED_IN_PATH} element={<SignedInPage />} />
        <Route element={<RequireSession />}>
          <Route index element={<StartRedirect />} />
          <Route path="/logs" element={<StartRedirect path={logsPath} />} />
          <Route path="/traces" element={<StartRedirect path={tracesPath} />} />
          <Route path="/metrics/rules" element={<StartRedirect path={rulesPath} />} />
          <Route path="/ingestion" element={<StartRedirect path={ingestionPath} />} />
          <Route path="/privacy" element={<StartRedirect path={privacyPath} />} />
          <Route path="/send-data" element={<StartRedirect path={sendDataPath} />} />
          <Route path={ORGANIZATION_PATH} element={<Shell />}>
            <Route index element={<StartRedirect />} />
            <Route path="home" element={<HomePage />} />
            <Route path="logs" element={<LogsPage />} />
            <Route path="traces" element={<TracesPage />} />
            <Route path="traces/funnels" element={<TraceFunnelsPage />} />
            <Route path="traces/:traceId" element={<TracePage />} />
            <Route path="traces/:traceId/compare/:otherId" element={<CompareTracesPage />} />
            <Route path="metrics/rules" element={<RulesPage />} />
            <Route path="services" element={<ServicesPage />} />
            <Route path="services/service" element={<ServicePage />} />
            <Route path="services/map" element={<ServiceMapPage />} />
            <Route path="metrics" element={<MetricsPage />} />
            <Route path="metrics/cardinality" element={<CardinalityPage />} />
            <Route path="dashboards" element={<DashboardsPage />} />
            <Route path="dashboards/:id" element={<DashboardPage />} />
            <Route path="ingestion" element={<IngestionPage />} />
            <Route path="log-pipelines" element={<LogPipelinesPage />} />
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
              <Route path="organization" element={<OrganizationPage />} />
              <Route path="people" element={<PeoplePage />} />
              <Route path="roles" element={<RolesPage />} />
              <Route path="sso" element={<SsoPage />} />
              <Route path="trace-sampling" element={<SamplingPage />} />
              <Route path="api-keys" element={<KeysPage />} />
            </Route>
          </Route>
          <Route path={ACCOUNT_PATH} element={<AccountLayout />}>
            <Route index element={<FirstSection sections={ACCOUNT_SECTIONS} />} />
            <Route path="erasures" element={<ErasuresPage />} />
            <Route path="erasures/:id" element={<ErasurePage />} />
            <Route path="profile" element={<ProfilePage />} />
            <Route path="security" element={<SecurityPage />} />
            <Route path="sessions" element={<SessionsPage />} />
          </Route>
        </Route>
        <Route path="*" element={<NotFoundPage />} />
      </Routes>
    </Suspense>
  );
}
