/**
 * Whom the command line asks, and where its trust begins: the options, else the environment
 * (`STS_DANE_RESOLVERS`, `STS_DANE_ANCHORS`, as for a build of the site), else the files in `content/`.
 */
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { TrustAnchor } from '../core/dnssec/policy.ts';
import { parseAnchors } from '../world/live/anchor.ts';
import { resolverAddress } from '../world/live/resolver-address.ts';
import type { Line } from '../view/messages/line.ts';
import { resolverFaultKey, type Options } from './arguments.ts';
import { fileFault } from './files.ts';
import type { Terminal } from './terminal.ts';

export interface Source {
  readonly address: string;
  readonly anchors: readonly TrustAnchor[];
}

export type SourceRead =
  { readonly ok: true; readonly source: Source } | ({ readonly ok: false } & Line);

const content = (name: string): unknown =>
  parse(readFileSync(new URL(`../../content/${name}`, import.meta.url), 'utf8'));

const firstOffered = (): string =>
  (content('resolvers.yaml') as readonly { readonly address: string }[])[0]?.address ?? '';

const usualAnchors = (): string =>
  (content('anchors.json') as readonly { readonly record: string }[])
    .map(({ record }) => record)
    .join('\n');

export function readSource(
  options: Pick<Options, 'resolver' | 'anchor'>,
  environment: Terminal['environment'],
): SourceRead {
  const named = (environment['STS_DANE_RESOLVERS'] ?? '').split(/[\s,]+/).find(Boolean);
  const given = options.resolver ?? named ?? firstOffered();
  const resolver = resolverAddress(given);
  if (!resolver.ok)
    return { ok: false, key: resolverFaultKey[resolver.fault], args: { resolver: given } };
  const { address } = resolver;
  const file = options.anchor ?? (environment['STS_DANE_ANCHORS'] || undefined);
  let text: string;
  try {
    text = file === undefined ? usualAnchors() : readFileSync(file, 'utf8');
  } catch (error) {
    return { ok: false, ...fileFault(file ?? '', error) };
  }
  const anchors = parseAnchors(text);
  if (anchors.ok) return { ok: true, source: { address, anchors: anchors.value } };
  const [problem] = anchors.problems;
  return {
    ok: false,
    key: `cli.anchor.${problem?.code ?? 'no-anchor'}`,
    args: { path: file ?? '', found: (problem?.found ?? '').slice(0, 80) },
  };
}
