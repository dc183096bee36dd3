import {
  GetRoleCredentialsCommand,
  ListAccountRolesCommand,
  ListAccountsCommand,
} from "@aws-sdk/client-sso";
import type { BaseCredentials } from "../calls/credentials.ts";
import { callSso, portalClient, type SsoContext, SsoError } from "./call.ts";
import type { OfferedRole } from "./offeredRole.ts";
import type { SsoRole } from "./session.ts";

/** @see https://docs.aws.amazon.com/singlesignon/latest/PortalAPIReference/API_GetRoleCredentials.html */
export async function getRoleCredentials(
  { accountId, roleName }: SsoRole,
  accessToken: string,
  context: SsoContext,
): Promise<BaseCredentials> {
  const command = new GetRoleCredentialsCommand({ accountId, roleName, accessToken });
  const subject = `${roleName} in ${accountId}`;
  const { roleCredentials } = await callSso(
    { operation: "GetRoleCredentials", subject, secrets: [accessToken] },
    portalClient(context),
    context,
    (client, options) => client.send(command, options),
  );
  const { accessKeyId, secretAccessKey, sessionToken, expiration } = roleCredentials ?? {};
  if (!accessKeyId || !secretAccessKey || !sessionToken || !expiration) {
    throw new SsoError({ code: "UnreadableAnswer", message: "The answer holds no credentials." });
  }
  return { credentials: { accessKeyId, secretAccessKey, sessionToken }, expiration };
}

/** The portal is throttled for each user; so many accounts are asked about at a time. */
const atATime = 4;

/** Every permission set in every account that the user is assigned to, by account. */
export async function listOfferedRoles(
  accessToken: string,
  context: SsoContext,
): Promise<OfferedRole[]> {
  const accounts = await listAccounts(accessToken, context);
  const offered: OfferedRole[][] = accounts.map(() => []);
  const queue = accounts.entries();
  const work = async (): Promise<void> => {
    for (const [index, account] of queue) {
      offered[index] = await listRolesOf(account, accessToken, context);
    }
  };
  await Promise.all(Array.from({ length: atATime }, work));
  return offered.flat();
}

interface Account {
  readonly accountId: string;
  readonly accountName: string;
}

/** @see https://docs.aws.amazon.com/singlesignon/latest/PortalAPIReference/API_ListAccounts.html */
async function listAccounts(accessToken: string, context: SsoContext): Promise<Account[]> {
  const accounts: Account[] = [];
  let nextToken: string | undefined;
  do {
    const command = new ListAccountsCommand({ accessToken, maxResults: 100, nextToken });
    const page = await callSso(
      { operation: "ListAccounts", secrets: [accessToken] },
      portalClient(context),
      context,
      (client, options) => client.send(command, options),
    );
    for (const { accountId, accountName } of page.accountList ?? []) {
      if (accountId) accounts.push({ accountId, accountName: accountName ?? "" });
    }
    nextToken = page.nextToken;
  } while (nextToken);
  return accounts.sort((a, b) => a.accountName.localeCompare(b.accountName));
}

/** @see https://docs.aws.amazon.com/singlesignon/latest/PortalAPIReference/API_ListAccountRoles.html */
async function listRolesOf(
  account: Account,
  accessToken: string,
  context: SsoContext,
): Promise<OfferedRole[]> {
  const { accountId } = account;
  const roles: OfferedRole[] = [];
  let nextToken: string | undefined;
  do {
    const command = new ListAccountRolesCommand({
      accessToken,
      accountId,
      maxResults: 100,
      nextToken,
    });
    const page = await callSso(
      { operation: "ListAccountRoles", subject: accountId, secrets: [accessToken] },
      portalClient(context),
      context,
      (client, options) => client.send(command, options),
    );
    for (const { roleName } of page.roleList ?? [])
      if (roleName) roles.push({ ...account, roleName });
    nextToken = page.nextToken;
  } while (nextToken);
  return roles.sort((a, b) => a.roleName.localeCompare(b.roleName));
}
