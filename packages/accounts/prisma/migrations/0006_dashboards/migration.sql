-- Dashboards with their versions. A title is kept in both tables: lists of either need it, and a version's is what it was then.

CREATE TABLE "dashboards" (
    "id" UUID NOT NULL,
    "org_id" UUID NOT NULL,
    "title" TEXT NOT NULL,
    "description" TEXT NOT NULL,
    "tags" TEXT[] NOT NULL,
    "version" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "dashboards_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "dashboards_version_check" CHECK ("version" >= 1)
);

CREATE TABLE "dashboard_versions" (
    "dashboard_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "saved_at" TIMESTAMPTZ(3) NOT NULL,
    "saved_by" UUID,
    "message" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "panel_count" INTEGER NOT NULL,
    "content" JSONB NOT NULL,

    CONSTRAINT "dashboard_versions_pkey" PRIMARY KEY ("dashboard_id","version"),
    CONSTRAINT "dashboard_versions_content_check" CHECK (jsonb_typeof("content") = 'object')
);

CREATE INDEX "dashboards_org_id_idx" ON "dashboards"("org_id");

CREATE INDEX "dashboard_versions_saved_by_idx" ON "dashboard_versions"("saved_by");

ALTER TABLE "dashboards" ADD CONSTRAINT "dashboards_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE NO ACTION;

ALTER TABLE "dashboard_versions" ADD CONSTRAINT "dashboard_versions_dashboard_id_fkey" FOREIGN KEY ("dashboard_id") REFERENCES "dashboards"("id") ON DELETE CASCADE ON UPDATE NO ACTION;

ALTER TABLE "dashboard_versions" ADD CONSTRAINT "dashboard_versions_saved_by_fkey" FOREIGN KEY ("saved_by") REFERENCES "users"("id") ON DELETE SET NULL ON UPDATE NO ACTION;
