/** The axes of the threat matrix, as settings of the simulator: a cell is nothing but a link. */
import type { Protection } from '../../core/sender/sender.ts';
import type { KnobName, Knobs } from '../../world/simulated/knobs.ts';
import { toQuery } from '../simulator/address.ts';
import { front, more, settle } from '../simulator/knob-groups.ts';

/** What an attacker does, over the knobs of a quiet world. */
export interface Attacker {
  readonly id: AttackerId | 'none';
  readonly knobs: Partial<Knobs>;
}

/** All of the full matrix. */
export const attackers = [
  { id: 'reads', knobs: { line: 'reads' } },
  { id: 'strip', knobs: { line: 'strip' } },
  { id: 'forges-dns', knobs: { 'forge-mx': 'yes', 'forge-policy': 'yes' } },
  { id: 'blocks', knobs: { line: 'strip', 'block-policy': 'drop', 'block-tlsa': 'drop' } },
  { id: 'rogue-ca', knobs: { line: 'mitm-rogue-ca' } },
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
] as const satisfies readonly { readonly id: string; readonly knobs: Partial<Knobs> }[];

export type AttackerId = (typeof attackers)[number]['id'];

/** `nobody` changes nothing. */
export const knobsOfAttacker = (wanted: AttackerId | 'nobody'): Partial<Knobs> =>
  attackers.find(({ id }) => id === wanted)?.knobs ?? {};

/** On the home page each protection meets an attacker that it does not stop. */
const atHome: readonly AttackerId[] = [
  'reads',
  'strip',
  'forges-dns',
  'blocks',
  'rogue-ca',
  'zone-key',
];
export const homeAttackers = attackers.filter(({ id }) => atHome.includes(id));

export const homeProtections = [
  'opportunistic',
  'smtp-sts-2016',
  'mta-sts',
  'dane',
] as const satisfies readonly Protection[];

export const protections = [...homeProtections, 'dane-and-mta-sts'] as const;
export type MatrixProtection = (typeof protections)[number];

export type History = Knobs['history'];
/** Those of the full matrix; a situation may have another. */
export const countedHistories = [
  'first-contact',
  'known',
  'expired',
  'forged-policy-planted',
] as const satisfies readonly History[];
export const histories: readonly History[] = [...countedHistories];

/** Which cells: histories, then attackers, then protections; outcomes are kept in this order. */
export interface Grid {
  readonly histories: readonly History[];
  readonly attackers: readonly Pick<Attacker, 'knobs'>[];
  readonly protections: readonly MatrixProtection[];
}

/** Whose attackers have names, to be shown. */
export interface NamedGrid extends Grid {
  readonly attackers: readonly Attacker[];
}

export const fullGrid: NamedGrid = { histories, attackers, protections };

/** The knobs that make a receiver. */
export const receiverKnobs: readonly KnobName[] = [...front.receiving, ...more.receiving];

/**
 * A situation of `content/scenarios/` as a row of its own: whatever happens in it, met by every
 * protection. Its own protection's cell is the situation itself.
 */
export interface Situation {
  readonly id: string;
  readonly title: string;
  /** The heading of the menu that it stands under. */
  readonly group: string;
  readonly knobs: Knobs;
}

export const situationGrid = (situation: Knobs): NamedGrid => ({
  histories: [situation.history],
  attackers: [{ id: 'none', knobs: situation }],
  protections,
});

/**
 * The settings of one cell over a receiving side. Cells of one row differ in their protection and in
 * nothing else: so the simulator, opened at one of them, reaches the others by its choice of protection.
 */
export const cellKnobs = (
  receiver: Knobs,
  protection: Protection,
  attacker: Pick<Attacker, 'knobs'>,
  history: History,
): Knobs => settle({ ...receiver, ...attacker.knobs, protection, history }).knobs;

/** The simulator's address for these settings; `simulator` is the path of its page. */
export const linkOf = (knobs: Knobs, simulator: string): string =>
  `${simulator}?${toQuery({ knobs }).toString()}`;
