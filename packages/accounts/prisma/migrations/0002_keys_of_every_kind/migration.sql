-- Keys of every kind, and what an organization may set for every signal. Of the new kinds the previous release says that there are no such keys.

ALTER TABLE "api_keys"
    DROP CONSTRAINT "api_keys_kind_check",
    ADD CONSTRAINT "api_keys_kind_check" CHECK ("kind" IN ('signed', 'token', 'browser', 'query')),
    ADD COLUMN "origins" TEXT[] NOT NULL DEFAULT ARRAY[]::TEXT[];

ALTER TABLE "organizations"
    ADD COLUMN "metrics_retention_days" INTEGER NOT NULL DEFAULT 30
        CONSTRAINT "organizations_metrics_retention_days_check" CHECK ("metrics_retention_days" BETWEEN 1 AND 3650),
    ADD COLUMN "traces_retention_days" INTEGER NOT NULL DEFAULT 30
        CONSTRAINT "organizations_traces_retention_days_check" CHECK ("traces_retention_days" BETWEEN 1 AND 3650),
    ADD COLUMN "rum_retention_days" INTEGER NOT NULL DEFAULT 30
        CONSTRAINT "organizations_rum_retention_days_check" CHECK ("rum_retention_days" BETWEEN 1 AND 3650),
    ADD COLUMN "active_series_max" INTEGER
        CONSTRAINT "organizations_active_series_max_check" CHECK ("active_series_max" >= 0);
