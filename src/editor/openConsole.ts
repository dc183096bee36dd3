import * as vscode from "vscode";
import { isRoleBase } from "../aws/chain/base.ts";
import { configuredEndpoint } from "../aws/chain/endpoint.ts";
import { fallbackRegion, partitionOfRegion } from "../aws/chain/region.ts";
import {
  activeProfileName,
  type Environment,
  type SharedConfigReader,
} from "../aws/config/profiles.ts";
import type { ConsoleVisit } from "../aws/console/federation.ts";
import { loadExecution } from "../aws/lazy/index.ts";
import { parseRoleArn } from "../aws/role/arn.ts";
import { shownName } from "../aws/role/role.ts";
import type { Clock } from "../session/clock.ts";
import type { Session } from "../session/session.ts";
import type { SessionManager } from "../session/sessionManager.ts";
import { openInBrowser } from "./openInBrowser.ts";

/** What opening the console needs. */
export interface OpenConsolePorts {
  readonly sessions: SessionManager;
  readonly config: SharedConfigReader;
  readonly environment: Environment;
  readonly clock: Clock;
}

interface Destination extends vscode.QuickPickItem {
  readonly service?: string;
}

/** The pages that people go to most, by the console's own paths. */
const destinations: readonly Destination[] = [
  { label: "Console Home" },
  { label: "CloudFormation", service: "cloudformation" },
  { label: "CloudWatch", service: "cloudwatch" },
  { label: "DynamoDB", service: "dynamodbv2" },
  { label: "EC2", service: "ec2" },
  { label: "ECS", service: "ecs" },
  { label: "EKS", service: "eks" },
  { label: "IAM", service: "iam" },
  { label: "Lambda", service: "lambda" },
  { label: "RDS", service: "rds" },
  { label: "Route 53", service: "route53" },
  { label: "S3", service: "s3" },
  { label: "Secrets Manager", service: "secretsmanager" },
  { label: "SQS", service: "sqs" },
  { label: "Step Functions", service: "states" },
  { label: "Systems Manager", service: "systems-manager" },
  { label: "VPC", service: "vpc" },
];

const copyButton: vscode.QuickInputButton = {
  iconPath: new vscode.ThemeIcon("copy"),
  tooltip: "Copy the sign-in link: whoever has it is the role, for 15 minutes",
};

/** Signs the browser in to the console as the session's role, or copies the link that does. */
export async function openConsole(ports: OpenConsolePorts): Promise<void> {
  const { state } = ports.sessions;
  if (!("session" in state)) return;
  const { session } = state;
  const choice = await pickDestination(shownName(session.role));
  if (choice === undefined) return;
  const url = await signInUrl(session, choice.destination, ports);
  if (url === undefined) return;
  if (choice.copies) await vscode.env.clipboard.writeText(url);
  else await openInBrowser(url);
}

interface Choice {
  readonly destination: Destination;
  readonly copies: boolean;
}

function pickDestination(role: string): Promise<Choice | undefined> {
  return new Promise((resolve) => {
    const list = vscode.window.createQuickPick<Destination>();
    const choose = (destination: Destination | undefined, copies: boolean): void => {
      resolve(destination && { destination, copies });
      list.hide();
    };
    list.title = `Open Console as ${role}`;
    list.placeholder = "Where to";
    list.items = destinations.map((destination) => ({ ...destination, buttons: [copyButton] }));
    list.onDidAccept(() => choose(list.selectedItems[0], false));
    list.onDidTriggerItemButton(({ item }) => choose(item, true));
    list.onDidHide(() => {
      resolve(undefined);
      list.dispose();
    });
    list.show();
  });
}

async function signInUrl(
  session: Session,
  { service }: Destination,
  { config, clock, environment }: OpenConsolePorts,
): Promise<string | undefined> {
  const { consoleUrl } = await loadExecution();
  const read = await config.read();
  const profile = read.profiles.get(activeProfileName(environment));
  const endpoint = configuredEndpoint("signIn", environment, read, profile);
  const left = (session.expiresAt - clock.now()) / 1000;
  const visit: ConsoleVisit = {
    credentials: session.credentials,
    partition: partitionOf(session),
    ...(session.plan.region && { region: session.plan.region }),
    ...(service && { service }),
    ...(!isChained(session) && { durationSeconds: left }),
    ...(endpoint && { endpoint }),
  };
  try {
    return await consoleUrl(visit, new AbortController().signal);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    await vscode.window.showErrorMessage(
      `The console was not opened. ${why} Renew the session, and try again.`,
    );
    return undefined;
  }
}

/** AWS refuses a duration for a role that was assumed through another. */
function isChained({ plan }: Session): boolean {
  return plan.steps.length !== 1 || isRoleBase(plan.base);
}

function partitionOf({ role, plan }: Session): string {
  const ofArn = role.roleArn === undefined ? undefined : parseRoleArn(role.roleArn)?.partition;
  const region = plan.base.kind === "sso" ? plan.base.role.session.region : plan.stsRegion;
  return ofArn ?? partitionOfRegion(region || fallbackRegion("aws")) ?? "aws";
}
