-- What an organization does with personal data and secrets in its telemetry. The previous release knows no policy and scrubs nothing.

ALTER TABLE "organizations"
    ADD COLUMN "privacy_policy" JSONB,
    ADD COLUMN "privacy_version" INTEGER NOT NULL DEFAULT 0
        CONSTRAINT "organizations_privacy_version_check" CHECK ("privacy_version" >= 0),
    ADD COLUMN "privacy_updated_at" TIMESTAMPTZ(3);
