import { CANARY } from "./canary.ts";
import type { Account, IdentityCenter, Permissions, Role, World } from "./world.ts";

/** The names and credentials of the demo world, for those who set up a machine to use it. */
export const DEMO = {
  accountId: "111122223333",
  productionAccountId: "444455556666",
  region: "eu-central-1",
  userArn: "arn:aws:iam::111122223333:user/dev",
  accessKeyId: "AKIADEMODEVUSER00001",
  secretAccessKey: `demo/dev+key${CANARY}demo+dev/key`,
  mfaSerial: "arn:aws:iam::111122223333:mfa/dev",
  /** Base 32. */
  mfaSecret: "DEMODEVUSERMFA234567DEMODEVUSERM",
  externalId: "demo-partner-42",
  identityCenter: {
    startUrl: "https://demo.awsapps.com/start",
    region: "eu-central-1",
    userName: "dev@example.com",
    /** The roles that the permission sets of the same names are in the accounts. */
    roles: {
      readOnly:
        "arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/eu-central-1/AWSReservedSSO_ReadOnly_0123456789abcdef",
      support:
        "arn:aws:iam::444455556666:role/aws-reserved/sso.amazonaws.com/eu-central-1/AWSReservedSSO_Support_fedcba9876543210",
    },
  },
  roles: {
    /** Works at once. */
    readOnly: "arn:aws:iam::111122223333:role/ReadOnly",
    /** Wants an MFA code. */
    admin: "arn:aws:iam::111122223333:role/Admin",
    /** The first step to `deploy`. */
    hub: "arn:aws:iam::111122223333:role/Hub",
    /** In the second account, through `hub` only. */
    deploy: "arn:aws:iam::444455556666:role/Deploy",
    /** Denied: the role does not trust the user. */
    forbidden: "arn:aws:iam::444455556666:role/Forbidden",
    /** Its sessions end after 90 seconds. */
    shortLived: "arn:aws:iam::111122223333:role/ShortLived",
    /** In the second account, wants the external id. */
    partner: "arn:aws:iam::444455556666:role/Partner",
  },
} as const;

/** Two accounts, one user and a role for everything that can happen when a role is assumed. */
export function demoWorld(): World {
  return {
    accounts: [toolsAccount(), productionAccount()],
    identityCenters: [identityCenter()],
  };
}

function identityCenter(): IdentityCenter {
  const { startUrl, userName } = DEMO.identityCenter;
  return {
    startUrl,
    users: [
      {
        name: userName,
        assignments: [
          { accountId: DEMO.accountId, permissionSet: "ReadOnly" },
          { accountId: DEMO.productionAccountId, permissionSet: "Support" },
        ],
      },
    ],
  };
}

/** A role as Identity Center makes it of a permission set. */
function permissionSetRole(arn: string, permissions: Permissions): Role {
  const [, path, name] = /:role(\/.*\/)(.*)$/.exec(arn) ?? [];
  return { name: name ?? "", path: path ?? "/", trust: { principals: [] }, permissions };
}

function toolsAccount(): Account {
  return {
    id: DEMO.accountId,
    alias: "demo-tools",
    users: [
      {
        name: "dev",
        accessKeys: [{ id: DEMO.accessKeyId, secret: DEMO.secretAccessKey }],
        permissions: {
          assumeRole: [{ roles: ["arn:aws:iam::*:role/*"] }],
          actions: ["sts:*"],
        },
        mfaDevices: [{ serial: DEMO.mfaSerial, secret: DEMO.mfaSecret }],
      },
    ],
    roles: [
      {
        name: "ReadOnly",
        trust: { principals: [DEMO.userArn] },
        permissions: { actions: ["*:Get*", "*:List*", "*:Describe*"] },
        maxSessionDurationSeconds: 43_200,
      },
      {
        name: "Admin",
        trust: { principals: [DEMO.accountId], mfa: true },
        permissions: { actions: ["*"] },
      },
      {
        name: "Hub",
        trust: { principals: [DEMO.userArn, DEMO.identityCenter.roles.readOnly] },
        permissions: { assumeRole: [{ roles: [DEMO.roles.deploy] }] },
      },
      permissionSetRole(DEMO.identityCenter.roles.readOnly, {
        actions: ["*:Get*", "*:List*", "*:Describe*"],
      }),
      {
        name: "ShortLived",
        trust: { principals: [DEMO.userArn] },
        sessionLifeSeconds: 90,
      },
    ],
  };
}

function productionAccount(): Account {
  return {
    id: DEMO.productionAccountId,
    alias: "demo-production",
    roles: [
      permissionSetRole(DEMO.identityCenter.roles.support, { actions: ["support:*"] }),
      { name: "Deploy", trust: { principals: [DEMO.roles.hub] } },
      { name: "Forbidden", trust: { principals: [DEMO.productionAccountId] } },
      { name: "Partner", trust: { principals: [DEMO.userArn], externalId: DEMO.externalId } },
    ],
  };
}
