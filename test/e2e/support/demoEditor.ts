import { packageExtension } from "../../../scripts/build/extensionPackage.ts";
import { demoEnvironment, writeDemoMachine } from "../../sandbox/demo/demoMachine.ts";
import { demoWorld, type Sandbox, startSandbox, type World } from "../../sandbox/index.ts";
import { createRunFolders, type RunFolders } from "../driver/runFolders.ts";
import type { StatusBarItem } from "../driver/statusBar.ts";
import { Workbench, type WorkbenchOptions } from "../driver/workbench.ts";

/** The extension's item in the status bar, by its full id. */
export const statusBarItemId = "aws-assume-role.aws-assume-role.session";

/** How the machine of the demo's user differs from the usual one. */
export interface DemoEditorOptions {
  /** Default: the demo world. */
  readonly world?: World;
  readonly settings?: WorkbenchOptions["settings"];
  readonly workspaceTrust?: boolean;
  /** Variables of the editor, given the sandbox's URL. Default: all that lead to the sandbox. */
  readonly environment?: (sandboxUrl: string) => Record<string, string>;
  /** Changes the machine's files before the editor starts. */
  readonly prepare?: (folders: RunFolders, sandbox: Sandbox) => Promise<void> | void;
}

/** A simulated AWS, and an editor with the packaged extension on a machine that knows no other. */
export class DemoEditor {
  readonly sandbox: Sandbox;
  readonly workbench: Workbench;

  private constructor(sandbox: Sandbox, workbench: Workbench) {
    this.sandbox = sandbox;
    this.workbench = workbench;
  }

  static async start(options: DemoEditorOptions = {}): Promise<DemoEditor> {
    const sandbox = await startSandbox({ world: options.world ?? demoWorld() });
    const folders = createRunFolders();
    await writeDemoMachine(folders);
    await options.prepare?.(folders, sandbox);
    const workbench = await Workbench.start({
      vsix: packageExtension(),
      folders,
      env: (options.environment ?? demoEnvironment)(sandbox.url),
      ...(options.settings && { settings: options.settings }),
      ...(options.workspaceTrust && { workspaceTrust: true }),
    });
    return new DemoEditor(sandbox, workbench);
  }

  async stop(): Promise<void> {
    await this.workbench.stop();
    await this.sandbox.stop();
  }

  /** Opens the picker and picks a role by its label. */
  async pickRole(name: string): Promise<void> {
    await this.workbench.command("AWS: Assume Role…");
    await this.workbench.quickInput.opened("Assume Role");
    await this.workbench.quickInput.pick(name);
  }

  /** Waits until the status bar's text matches, and returns the item. */
  statusText(pattern: RegExp, timeoutMs?: number): Promise<StatusBarItem> {
    const { statusBar } = this.workbench;
    return statusBar.itemWhere(statusBarItemId, ({ text }) => pattern.test(text), timeoutMs);
  }

  /** Asks AWS, by a signed call in a new terminal, who that terminal works as. */
  async whoAmIInNewTerminal(): Promise<string> {
    await this.workbench.terminals.open();
    return (await this.workbench.terminals.run("./whoami")).output.trim();
  }
}
