-- What an organization wants done with its logs before they are stored, and how long some of them are kept. The previous release applies none of it.

ALTER TABLE "organizations"
    ADD COLUMN "log_pipelines" JSONB,
    ADD COLUMN "log_pipelines_version" INTEGER NOT NULL DEFAULT 0
        CONSTRAINT "organizations_log_pipelines_version_check" CHECK ("log_pipelines_version" >= 0),
    ADD COLUMN "log_pipelines_updated_at" TIMESTAMPTZ(3);
