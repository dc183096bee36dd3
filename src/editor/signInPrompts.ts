import * as vscode from "vscode";
import { Cancelled } from "../aws/calls/cancelled.ts";
import type { SignInPrompt, SignInPrompts } from "../aws/sso/signIn.ts";
import type { Asking } from "./asking.ts";
import { openInBrowser } from "./openInBrowser.ts";
import { signInFlow } from "./settings.ts";

interface Action extends vscode.QuickPickItem {
  readonly run: () => Thenable<unknown>;
}

/** Asks the user to sign in to IAM Identity Center, and waits with a list of what helps them to. */
export function signInPrompts(asking: Asking): SignInPrompts {
  return {
    flow: signInFlow,
    during: (prompt, signal, wait) => asking.during(() => during(prompt, signal, wait)),
  };
}

async function during<Result>(
  prompt: SignInPrompt,
  signal: AbortSignal,
  wait: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const list = vscode.window.createQuickPick<Action>();
  const waiting = new AbortController();
  const giveUp = (): void => waiting.abort();
  signal.addEventListener("abort", giveUp);
  list.title = `Sign In to IAM Identity Center: ${prompt.session}`;
  list.placeholder = placeholderOf(prompt);
  list.items = actionsOf(prompt);
  list.busy = true;
  list.ignoreFocusOut = true;
  list.onDidAccept(() => list.selectedItems[0]?.run());
  // Also by Escape; a list that is hidden because it's done no longer matters.
  list.onDidHide(giveUp);
  list.show();
  if (prompt.flow === "browser") void openInBrowser(prompt.url);
  try {
    return await wait(waiting.signal);
  } catch (error) {
    throw waiting.signal.aborted ? new Cancelled("The user gave up.") : error;
  } finally {
    signal.removeEventListener("abort", giveUp);
    list.dispose();
  }
}

function placeholderOf(prompt: SignInPrompt): string {
  return prompt.flow === "browser"
    ? "Waiting for you to sign in on the page that your browser shows"
    : `Waiting for you to enter the code ${prompt.userCode} on ${prompt.url}`;
}

function actionsOf(prompt: SignInPrompt): Action[] {
  if (prompt.flow === "browser") {
    return [
      { label: "$(link-external) Open the Page Again", run: () => openInBrowser(prompt.url) },
      { label: "$(copy) Copy the Page's Address", run: () => copy(prompt.url) },
    ];
  }
  const { url, urlWithCode, userCode } = prompt;
  return [
    {
      label: "$(link-external) Copy the Code and Open the Page",
      description: userCode,
      run: async () => {
        await copy(userCode);
        await openInBrowser(urlWithCode);
      },
    },
    { label: "$(copy) Copy the Code", description: userCode, run: () => copy(userCode) },
    { label: "$(copy) Copy the Page's Address", description: url, run: () => copy(urlWithCode) },
  ];
}

function copy(text: string): Thenable<void> {
  return vscode.env.clipboard.writeText(text);
}
