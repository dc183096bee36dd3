import * as vscode from "vscode";
import { parseRoleArn, roleArnProblem } from "../aws/role/arn.ts";
import { sessionNameProblem } from "../aws/role/limits.ts";
import type { Role } from "../aws/role/role.ts";
import { promptForOptions } from "./roleOptionsPrompt.ts";

const title = "Assume Role by ARN";
const totalSteps = 3;

/** What a step of the prompt ends with: a value, the way back, or nothing at all. */
type Answer<Value> = { readonly value: Value } | "back" | undefined;

/**
 * Asks for a role that stands nowhere: its ARN, the session's name, and the profile that assumes
 * it. Each step can go back; `undefined` if the user gives up.
 */
export async function promptForRole(
  sessionName: string,
  profiles: readonly string[],
): Promise<Role | undefined> {
  let roleArn = "";
  let name = sessionName;
  for (let step = 1; ; ) {
    if (step === 1) {
      const answer = await ask(
        step,
        roleArn,
        "The role's ARN",
        roleArnProblem,
        "arn:aws:iam::123456789012:role/Name",
      );
      if (answer === undefined || answer === "back") return undefined;
      roleArn = answer.value;
      step = 2;
    } else if (step === 2) {
      const answer = await ask(
        step,
        name,
        "The session's name, as CloudTrail will show it",
        sessionNameProblem,
        sessionName,
      );
      if (answer === undefined) return undefined;
      if (answer !== "back") name = answer.value;
      step = answer === "back" ? 1 : 3;
    } else {
      const answer = await askBase(step, profiles);
      if (answer === undefined) return undefined;
      if (answer === "back") step = 2;
      else return withOptions(typedRole(roleArn, name, answer.value));
    }
  }
}

function typedRole(roleArn: string, sessionName: string, sourceProfile: string | undefined): Role {
  return {
    origin: { kind: "arn" },
    name: parseRoleArn(roleArn)?.name ?? roleArn,
    roleArn,
    sessionName,
    ...(sourceProfile !== undefined && { sourceProfile }),
  };
}

async function withOptions(role: Role): Promise<Role | undefined> {
  const options = await promptForOptions(title);
  return options && { ...role, ...options };
}

function ask(
  step: number,
  value: string,
  prompt: string,
  problemOf: (text: string) => string | undefined,
  placeholder: string,
): Promise<Answer<string>> {
  const input = vscode.window.createInputBox();
  Object.assign(input, {
    title,
    totalSteps,
    step,
    value,
    prompt,
    placeholder,
    ignoreFocusOut: true,
  });
  const text = (): string => input.value.trim();
  return answerOf(input, step > 1, (accept) => [
    input.onDidChangeValue(() => {
      input.validationMessage = text() === "" ? undefined : problemOf(text());
    }),
    input.onDidAccept(() => {
      input.validationMessage = problemOf(text());
      if (input.validationMessage === undefined) accept(text());
    }),
  ]);
}

function askBase(step: number, profiles: readonly string[]): Promise<Answer<string | undefined>> {
  const pick = vscode.window.createQuickPick<vscode.QuickPickItem & { profile?: string }>();
  pick.title = title;
  pick.totalSteps = totalSteps;
  pick.step = step;
  pick.placeholder = "Whose credentials assume the role";
  pick.ignoreFocusOut = true;
  pick.items = [
    { label: "Default credential chain", description: "as the AWS CLI without --profile" },
    { label: "profiles", kind: vscode.QuickPickItemKind.Separator },
    ...profiles.map((profile) => ({ label: profile, profile })),
  ];
  return answerOf(pick, true, (accept) => [
    pick.onDidAccept(() => {
      const [item] = pick.selectedItems;
      if (item) accept(item.profile);
    }),
  ]);
}

/** Shows an input until it is accepted, left by Escape, or left by the back button. */
function answerOf<Value>(
  input: vscode.InputBox | vscode.QuickPick<vscode.QuickPickItem>,
  canGoBack: boolean,
  listen: (accept: (value: Value) => void) => vscode.Disposable[],
): Promise<Answer<Value>> {
  return new Promise((resolve) => {
    const end = (answer: Answer<Value>): void => {
      resolve(answer);
      for (const subscription of subscriptions) subscription.dispose();
      input.dispose();
    };
    const subscriptions = [
      ...listen((value) => end({ value })),
      input.onDidTriggerButton(() => end("back")),
      input.onDidHide(() => end(undefined)),
    ];
    input.buttons = canGoBack ? [vscode.QuickInputButtons.Back] : [];
    input.show();
  });
}
