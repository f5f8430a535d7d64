-- Organizations, the people in them, and the keys that their clients sign with.

CREATE TABLE "users" (
    "id" UUID NOT NULL,
    -- toLowerCase in normalizeEmail knows more alphabets than "C" does, so whatever it made passes here.
    "email" TEXT NOT NULL CONSTRAINT "users_email_check" CHECK ("email" = lower("email" COLLATE "C")),
    "name" TEXT NOT NULL,
    "password_hash" TEXT NOT NULL,
    "disabled_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    CONSTRAINT "users_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "users_email_key" ON "users"("email");

CREATE TABLE "organizations" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "logs_retention_days" INTEGER NOT NULL DEFAULT 30
        CONSTRAINT "organizations_logs_retention_days_check" CHECK ("logs_retention_days" BETWEEN 1 AND 3650),
    "ingest_rate_per_min" INTEGER
        CONSTRAINT "organizations_ingest_rate_per_min_check" CHECK ("ingest_rate_per_min" >= 0),
    CONSTRAINT "organizations_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "memberships" (
    "org_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "role" TEXT NOT NULL CONSTRAINT "memberships_role_check" CHECK ("role" IN ('owner', 'admin', 'member', 'viewer')),
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    CONSTRAINT "memberships_pkey" PRIMARY KEY ("org_id", "user_id"),
    CONSTRAINT "memberships_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organizations"("id") ON DELETE CASCADE,
    CONSTRAINT "memberships_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE
);
CREATE INDEX "memberships_user_id_idx" ON "memberships"("user_id");

CREATE TABLE "api_keys" (
    "id" TEXT NOT NULL CONSTRAINT "api_keys_id_check" CHECK ("id" ~ '^[A-Za-z0-9_-]{8,64}$'),
    "org_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "kind" TEXT NOT NULL CONSTRAINT "api_keys_kind_check" CHECK ("kind" IN ('signed')),
    "scopes" TEXT[] NOT NULL,
    "require_timestamp" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),
    CONSTRAINT "api_keys_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "api_keys_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organizations"("id") ON DELETE CASCADE
);
CREATE INDEX "api_keys_org_id_idx" ON "api_keys"("org_id");

CREATE TABLE "api_key_secrets" (
    "id" UUID NOT NULL,
    "key_id" TEXT NOT NULL,
    "ciphertext" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3),
    CONSTRAINT "api_key_secrets_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "api_key_secrets_key_id_fkey" FOREIGN KEY ("key_id") REFERENCES "api_keys"("id") ON DELETE CASCADE
);
CREATE INDEX "api_key_secrets_key_id_idx" ON "api_key_secrets"("key_id");
