import { AwsError } from "../awsError.ts";
import type { Cloud } from "../cloud/cloud.ts";
import { header, pathOf, queryOf } from "../http.ts";
import type { Service, ServiceAnswer } from "../service.ts";
import type { Account, IdentityCenterUser, Role } from "../world.ts";
import { jsonAnswer, jsonError } from "./restJson.ts";

const DEFAULT_PAGE = 20;
const DEFAULT_SESSION_SECONDS = 3600;

interface PortalCall {
  readonly cloud: Cloud;
  readonly user: IdentityCenterUser;
  readonly query: URLSearchParams;
}

const OPERATIONS: ReadonlyMap<
  string,
  { readonly operation: string; readonly run: (call: PortalCall) => unknown }
> = new Map([
  ["/federation/credentials", { operation: "GetRoleCredentials", run: getRoleCredentials }],
  ["/assignment/accounts", { operation: "ListAccounts", run: listAccounts }],
  ["/assignment/roles", { operation: "ListAccountRoles", run: listAccountRoles }],
]);

/** The access portal of IAM Identity Center, by its REST-JSON protocol. */
export function portalService(cloud: Cloud): Service {
  return {
    name: "sso",
    accept(request) {
      const known = OPERATIONS.get(pathOf(request));
      if (known === undefined || request.method !== "GET") return undefined;
      const query = new URLSearchParams(queryOf(request));
      return {
        operation: known.operation,
        params: Object.fromEntries(query),
        answer: (requestId) => {
          try {
            const user = cloud.signIns.holder(header(request, "x-amz-sso_bearer_token") ?? "");
            if (user === undefined) {
              throw new AwsError(
                "UnauthorizedException",
                401,
                "Session token not found or invalid",
              );
            }
            return { http: jsonAnswer(requestId, known.run({ cloud, user, query })) };
          } catch (error) {
            return errorAnswer(requestId, error);
          }
        },
        fail: errorAnswer,
      };
    },
  };
}

function errorAnswer(requestId: string, thrown: unknown): ServiceAnswer {
  return jsonError(requestId, thrown, (error) => ({
    message: error.message,
    __type: `com.amazonaws.switchboard.portal#${error.code}`,
  }));
}

function getRoleCredentials({ cloud, user, query }: PortalCall): unknown {
  const { account, role } = assignedRole(cloud, user, query);
  const life = role.sessionLifeSeconds ?? role.maxSessionDurationSeconds ?? DEFAULT_SESSION_SECONDS;
  const { accessKeyId, secretAccessKey, sessionToken, expiresAt } = cloud.sessions.issue({
    principal: { kind: "role", account, role, sessionName: user.name },
    expiresAt: Math.floor(cloud.clock.now() / 1000 + life) * 1000,
    mfa: false,
  });
  return { roleCredentials: { accessKeyId, secretAccessKey, sessionToken, expiration: expiresAt } };
}

function assignedRole(
  cloud: Cloud,
  user: IdentityCenterUser,
  query: URLSearchParams,
): { readonly account: Account; readonly role: Role } {
  const id = query.get("account_id");
  const set = query.get("role_name");
  const isAssigned = user.assignments.some(
    (assignment) => assignment.accountId === id && assignment.permissionSet === set,
  );
  const account = cloud.directory.account(id ?? "");
  const pattern = new RegExp(`^AWSReservedSSO_${set}_[0-9a-f]{16}$`);
  const role = account?.roles?.find(({ name }) => pattern.test(name));
  // The portal answers alike for what does not exist and what is not assigned.
  if (!isAssigned || account === undefined || role === undefined) {
    throw new AwsError("ForbiddenException", 403, "No access");
  }
  return { account, role };
}

function listAccounts({ cloud, user, query }: PortalCall): unknown {
  const ids = [...new Set(user.assignments.map(({ accountId }) => accountId))];
  const { items, nextToken } = page(ids, query);
  const accountList = items.map((accountId) => ({
    accountId,
    accountName: cloud.directory.account(accountId)?.alias ?? accountId,
    emailAddress: `aws+${accountId}@example.com`,
  }));
  return { accountList, nextToken };
}

function listAccountRoles({ user, query }: PortalCall): unknown {
  const accountId = query.get("account_id");
  const mine = user.assignments.filter((assignment) => assignment.accountId === accountId);
  if (mine.length === 0) throw new AwsError("ForbiddenException", 403, "No access");
  const { items, nextToken } = page(mine, query);
  const roleList = items.map(({ permissionSet }) => ({ roleName: permissionSet, accountId }));
  return { roleList, nextToken };
}

function page<Item>(
  all: readonly Item[],
  query: URLSearchParams,
): { readonly items: readonly Item[]; readonly nextToken: string | null } {
  const from = Number(query.get("next_token") ?? 0);
  const size = Number(query.get("max_result") ?? DEFAULT_PAGE);
  const to = from + size;
  return { items: all.slice(from, to), nextToken: to < all.length ? String(to) : null };
}
