-- Recording rules (docs/adr/0017-recording-rules.md).

CREATE TABLE "rule_groups" (
    "id" UUID NOT NULL,
    "org_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "interval_seconds" INTEGER NOT NULL,
    "series_limit" INTEGER NOT NULL,
    "rules" JSONB NOT NULL,
    "enabled" BOOLEAN NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "outcome" JSONB,
    "missed" INTEGER NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "lease_id" UUID,
    "leased_until" TIMESTAMPTZ(3),
    CONSTRAINT "rule_groups_pkey" PRIMARY KEY ("id")
);

CREATE UNIQUE INDEX "rule_groups_org_id_name_key" ON "rule_groups"("org_id", "name");

CREATE INDEX "rule_groups_due_at_idx" ON "rule_groups"("due_at");

ALTER TABLE "rule_groups" ADD CONSTRAINT "rule_groups_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE NO ACTION;
