/**
 * The live world: the check of a domain over DNS-over-HTTPS, proved here from the trust anchors. The resolver only
 * carries messages. Works in a browser and in Node.
 */
import anchors from '../../content/anchors.json' with { type: 'json' };
import { parseAnchors } from '../world/live/anchor.ts';

export { parseDomainInput, type DomainInput } from '../core/check/domain-input.ts';
export { inspect } from '../core/check/inspect.ts';
export type { Report } from '../core/check/report.ts';
export { verdictOf, type Verdict } from '../core/check/verdict.ts';
export { openLive, type Live, type LiveOptions } from '../world/live/live.ts';
export { recordProof } from '../world/live/proof.ts';
export { runLive } from '../world/run.ts';
export { parseAnchors };

/** The keys of the DNS root as DS records (RFC 4034 §5), one a line: for `parseAnchors`. From data.iana.org/root-anchors/. */
export const rootAnchors: string = anchors.map(({ record }) => record).join('\n');
