/** The axes of the threat matrix, as settings of the simulator: a cell is nothing but a link. */
import type { Protection } from '../../core/sender/sender.ts';
import { defaultKnobs, formatKnobs, type Knobs } from '../../world/knobs.ts';

export interface AttackerColumn {
  readonly id: string;
  readonly knobs: Partial<Knobs>;
}

/** The five of the home page. */
export const homeAttackers = [
  { id: 'reads', knobs: { line: 'reads' } },
  { id: 'strip', knobs: { line: 'strip' } },
  { id: 'forges-dns', knobs: { 'forge-mx': 'yes', 'forge-policy': 'yes' } },
  { id: 'blocks', knobs: { line: 'strip', 'block-policy': 'drop', 'block-tlsa': 'drop' } },
  { id: 'rogue-ca', knobs: { line: 'mitm-rogue-ca' } },
] as const satisfies readonly AttackerColumn[];

/** All of the full matrix: the five, and what else an attacker may be able to do. */
export const attackers = [
  ...homeAttackers,
  { id: 'mitm-self', knobs: { line: 'mitm-self' } },
  { id: 'mitm-ca-wrong', knobs: { line: 'mitm-ca-wrong' } },
  { id: 'forges-address', knobs: { 'forge-address': 'yes' } },
  { id: 'blocks-mx', knobs: { 'block-mx': 'servfail' } },
  { id: 'blocks-https', knobs: { line: 'strip', https: 'refuse' } },
  {
    id: 'rogue-policy',
    knobs: { 'forge-mx': 'yes', 'forge-policy': 'yes', https: 'rogue-own-mx' },
  },
  { id: 'server-key', knobs: { line: 'mitm-server-key' } },
  {
    id: 'zone-key',
    knobs: { 'zone-key': 'stolen', 'forge-mx': 'yes', 'forge-tlsa': 'yes', 'forge-policy': 'yes' },
  },
] as const satisfies readonly AttackerColumn[];

export type AttackerId = (typeof attackers)[number]['id'];

export const homeProtections = [
  'opportunistic',
  'smtp-sts-2016',
  'mta-sts',
  'dane',
] as const satisfies readonly Protection[];

export const protections = [...homeProtections, 'dane-and-mta-sts'] as const;

export const histories = ['first-contact', 'known', 'expired'] as const;
export type History = (typeof histories)[number];

/**
 * The settings of one cell over a receiving side.
 * DANE needs a resolver that checks DNSSEC (RFC 7672 §2.1.1); nothing asks that of the others, and
 * with one they would be protected by DNSSEC, not by themselves. So only DANE's sender has it.
 */
export function cellKnobs(
  receiver: Knobs,
  protection: Protection,
  attacker: AttackerColumn,
  history: History,
): Knobs {
  return {
    ...receiver,
    ...attacker.knobs,
    protection,
    resolver: protection.startsWith('dane') ? 'validating' : 'not-validating',
    history,
  };
}

/** The simulator's address for these settings; `simulator` is the path of its page. */
export function linkOf(knobs: Knobs, simulator: string): string {
  const query = new URLSearchParams({ protection: knobs.protection });
  for (const [name, value] of formatKnobs(knobs)) query.set(name, value);
  return `${simulator}?${query.toString()}`;
}

export { defaultKnobs };
