/** What the tests inside the extension host tell the runner outside, a line of JSON each. */
export type HostEvent =
  | { readonly kind: "pass"; readonly title: string; readonly ms: number }
  | { readonly kind: "fail"; readonly title: string; readonly error: string }
  | { readonly kind: "end" }
  | { readonly kind: "crash"; readonly error: string };
