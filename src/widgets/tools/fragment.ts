/**
 * Addresses of the tools: `#tlsa`, `#publish` and `#report`, with what to begin with behind a question
 * mark, as in `#publish?domain=example.nl&mx=mx1.example.nl&mx=mx2.example.nl`. A fragment never
 * leaves the browser, so the server that gives out the page does not learn the name.
 *
 * - `#tlsa?host=…&domain=…&tlsa=…`: `tlsa` once for each record, four fields with blanks
 * - `#publish?domain=…&mx=…&host=…`: `mx` once for each host; `host` is the one for the TLSA records
 */
export const toolIds = ['tlsa', 'publish', 'report'] as const;
export type ToolId = (typeof toolIds)[number];

export interface ToolStart {
  readonly tool: ToolId;
  readonly values: URLSearchParams;
}

/** Reads the fragment with its `#`; undefined where it is no address of a tool. Never throws. */
export function readFragment(fragment: string): ToolStart | undefined {
  const [name = '', ...rest] = fragment.replace(/^#/, '').split('?');
  const tool = toolIds.find((id) => id === name);
  return tool && { tool, values: new URLSearchParams(rest.join('?')) };
}

/**
 * Calls `open` with what the address says for this tool, now and whenever it changes, and brings the
 * tool into view: the browser itself finds no element with a question mark in its id.
 * Returns what ends it.
 */
export function followFragment(tool: ToolId, open: (values: URLSearchParams) => void): () => void {
  const follow = () => {
    const start = readFragment(location.hash);
    if (start?.tool !== tool || start.values.size === 0) return;
    open(start.values);
    const section = document.getElementById(tool);
    // On a phone a section is folded until somebody comes to it.
    section?.closest('details')?.setAttribute('open', '');
    section?.scrollIntoView();
  };
  follow();
  window.addEventListener('hashchange', follow);
  return () => window.removeEventListener('hashchange', follow);
}
