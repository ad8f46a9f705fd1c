/** A game: play the attacker against one protection, with as few moves as possible. The moves and the levels. */
import { defaultKnobs, type Knobs } from '../../world/simulated/knobs.ts';
import type { MessageKey } from '../messages/message-key.ts';
import { groups, type Groups, type Power } from '../stage/powers.ts';

/** Moves for which he needs a wrongly issued certificate or a stolen key. */
const obtainedIds = ['false-certificate', 'server-key', 'false-web', 'zone-key'] as const;
type Obtained = (typeof obtainedIds)[number];
export type Move = Power | Obtained;

const [line, mx, address, tlsa, policy, web] = groups;
/** One of each group at a time, or none. */
export const moveGroups: Groups<Move> = [
  {
    ...line,
    'false-certificate': { line: 'mitm-rogue-ca' },
    'server-key': { line: 'mitm-server-key' },
  },
  mx,
  address,
  tlsa,
  policy,
  { ...web, 'false-web': { https: 'rogue-own-mx' } },
  { 'zone-key': { 'zone-key': 'stolen' } },
];

const isObtained = (move: Move): move is Obtained =>
  (obtainedIds as readonly string[]).includes(move);

export const gameProtections = ['opportunistic', 'smtp-sts-2016', 'mta-sts', 'dane'] as const;

export interface Level {
  readonly protection: (typeof gameProtections)[number];
  readonly history: 'first-contact' | 'known';
  /** May he use wrongly issued certificates and stolen keys? */
  readonly isArmed: boolean;
}

export const levels: readonly Level[] = gameProtections.flatMap((protection) =>
  (['first-contact', 'known'] as const).flatMap((history) =>
    [false, true].map((isArmed) => ({ protection, history, isArmed })),
  ),
);

export const levelId = ({ protection, history, isArmed }: Level): string =>
  `${protection} ${history} ${isArmed}`;

const idsOf = (group: Groups<Move>[number]) => Object.keys(group) as readonly Move[];

/** What he can choose from, group by group. */
export const movesAt = ({ isArmed }: Pick<Level, 'isArmed'>): readonly (readonly Move[])[] =>
  moveGroups
    .map((group) => idsOf(group).filter((move) => isArmed || !isObtained(move)))
    .filter((group) => group.length > 0);

export const wordOf = (move: Move): MessageKey =>
  isObtained(move) ? `laws.game.move.${move}` : `scene.power.${move}`;

/** With one move more or less; of one group only the last chosen stays. */
export function toggled(chosen: readonly Move[], move: Move): readonly Move[] {
  if (chosen.includes(move)) return chosen.filter((each) => each !== move);
  const group = moveGroups.find((each) => move in each) ?? {};
  return [...chosen.filter((each) => !(each in group)), move];
}

export const knobsAt = ({ protection, history }: Level, moves: readonly Move[]): Knobs => ({
  ...moves.reduce<Knobs>(
    (knobs, move) => ({ ...knobs, ...moveGroups.find((group) => move in group)?.[move] }),
    defaultKnobs,
  ),
  protection,
  history,
});
