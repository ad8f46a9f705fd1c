/**
 * Deferred props: what a widget needs to hydrate and its page does not carry, mostly words. They are a JSON file
 * beside the script; `client:use` (src/site/client-use.ts) fetches it before it hydrates the widget. While the
 * site is built, `defer` (src/site/deferred-props.ts) puts the same value in the same place.
 */
declare global {
  /** By name of the file. */
  var deferredProps: Record<string, unknown> | undefined;
}

/** The name of a file that holds these props. */
export type Deferred<Props> = string & { readonly holds?: Props };

/** The props in a file; `undefined`, which no widget survives, when nobody fetched it: our own mistake. */
export const propsOf = <Props>(file: Deferred<Props>): Props =>
  globalThis.deferredProps?.[file] as Props;
