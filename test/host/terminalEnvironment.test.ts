import assert from "node:assert/strict";
import * as vscode from "vscode";
import { TerminalEnvironment } from "../../src/editor/terminalEnvironment.ts";
import type { Session } from "../../src/session/session.ts";
import type { StateListener } from "../../src/session/sessionManager.ts";
import type { SessionState } from "../../src/session/state.ts";

/** A collection that writes down what is done to it, in order. */
class RecordingCollection implements vscode.EnvironmentVariableCollection {
  readonly steps: string[] = [];
  readonly #variables = new Map<string, vscode.EnvironmentVariableMutator>();
  #persistent = true;
  description: string | vscode.MarkdownString | undefined;

  get persistent(): boolean {
    return this.#persistent;
  }
  set persistent(value: boolean) {
    this.#persistent = value;
    this.steps.push(`persistent = ${value}`);
  }
  replace(name: string, value: string, options?: vscode.EnvironmentVariableMutatorOptions): void {
    this.steps.push(`replace ${name}`);
    const type = vscode.EnvironmentVariableMutatorType.Replace;
    this.#variables.set(name, { type, value, options: options ?? {} });
  }
  append(): void {
    throw new Error("append is not for credentials");
  }
  prepend(): void {
    throw new Error("prepend is not for credentials");
  }
  get(name: string): vscode.EnvironmentVariableMutator | undefined {
    return this.#variables.get(name);
  }
  forEach(
    visit: (name: string, mutator: vscode.EnvironmentVariableMutator, all: this) => unknown,
  ): void {
    for (const [name, mutator] of this.#variables) visit(name, mutator, this);
  }
  delete(name: string): void {
    this.steps.push(`delete ${name}`);
    this.#variables.delete(name);
  }
  clear(): void {
    this.steps.push("clear");
    this.#variables.clear();
  }
  [Symbol.iterator](): Iterator<[string, vscode.EnvironmentVariableMutator]> {
    return this.#variables.entries();
  }
}

function sessionWith(secret: string): Session {
  const role = {
    origin: { kind: "setting" },
    name: "admin",
    roleArn: "arn:aws:iam::111122223333:role/Admin",
  } as const;
  return {
    id: "admin",
    assumedAt: 0,
    role,
    plan: {
      role,
      base: { kind: "environment" },
      steps: [],
      stsRegion: "eu-central-1",
      region: "eu-central-1",
    },
    credentials: { accessKeyId: "ASIAEXAMPLE", secretAccessKey: secret, sessionToken: "token" },
    assumedRoleArn: "arn:aws:sts::111122223333:assumed-role/Admin/me",
    expiration: 3_600_000,
    expiresAt: 3_600_000,
    clockSkewMs: 0,
  };
}

function stateWith(kind: "active" | "expiring", secret: string): SessionState {
  const renewal = { isUnderWay: false, failures: 0, isTold: false };
  return { kind, session: sessionWith(secret), renewal };
}

describe("the environment of terminals", () => {
  let collection: RecordingCollection;
  let changed: (state: SessionState) => void;
  let environment: TerminalEnvironment;

  beforeEach(() => {
    collection = new RecordingCollection();
    environment = new TerminalEnvironment(collection, {
      onDidChange: (listener: StateListener) => {
        changed = listener;
        return () => undefined;
      },
    });
  });

  it("is never persistent, from before the first value", () => {
    changed(stateWith("active", "first"));
    assert.equal(collection.steps[0], "persistent = false");
    assert.equal(collection.persistent, false);
    assert.ok(collection.steps.includes("replace AWS_SECRET_ACCESS_KEY"));
  });

  it("is applied when the process is created and again after the shell's start-up files", () => {
    changed(stateWith("active", "first"));
    assert.deepEqual(collection.get("AWS_SESSION_TOKEN")?.options, {
      applyAtProcessCreation: true,
      applyAtShellIntegration: true,
    });
  });

  it("changes only what differs", () => {
    changed(stateWith("active", "first"));
    collection.steps.length = 0;
    changed(stateWith("expiring", "first"));
    assert.deepEqual(collection.steps, []);
    changed(stateWith("active", "second"));
    assert.deepEqual(collection.steps, ["replace AWS_SECRET_ACCESS_KEY"]);
  });

  it("describes the role without a secret, and nothing once it is dropped", () => {
    changed(stateWith("active", "first"));
    assert.match(String(collection.description), /^Works as the AWS role admin until /);
    assert.doesNotMatch(String(collection.description), /first|token|ASIA/);
    changed({ kind: "none" });
    assert.equal(collection.description, undefined);
    assert.deepEqual([...collection], []);
  });

  it("is empty after the end of the extension", () => {
    changed(stateWith("active", "first"));
    environment.dispose();
    assert.deepEqual([...collection], []);
  });
});
