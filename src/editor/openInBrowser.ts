import * as vscode from "vscode";

/**
 * Opens an address as it is. A `Uri` is decoded and encoded anew on its way to the browser, which
 * breaks an address inside of an address; a text, which the API takes though its types don't say so,
 * is left alone.
 * @see https://github.com/microsoft/vscode/issues/85930
 */
export function openInBrowser(url: string): Thenable<boolean> {
  return vscode.env.openExternal(url as unknown as vscode.Uri);
}
