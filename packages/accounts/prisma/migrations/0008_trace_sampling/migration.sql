-- Which traces an organization keeps. The previous release samples none.

ALTER TABLE "organizations"
    ADD COLUMN "trace_sampling" JSONB,
    ADD COLUMN "trace_sampling_version" INTEGER NOT NULL DEFAULT 0
        CONSTRAINT "organizations_trace_sampling_version_check" CHECK ("trace_sampling_version" >= 0),
    ADD COLUMN "trace_sampling_updated_at" TIMESTAMPTZ(3);
